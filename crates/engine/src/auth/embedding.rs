//! Sign-in with tokens from the embedding page.
//!
//! Such a token may be for another tenant, user, service, or cloud, by mistake or on purpose, and the page would then write to the wrong
//! tenant. So three sources must agree: the details that the embedding page reports, the token's own claims if they can be read (an access
//! token is for its service and may be unreadable for others), and, before anything else, Microsoft Graph itself.

pub mod fault;
mod given;

use crate::auth::embedding::fault::EmbeddingTokenError;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::Either;
use futures_util::future::join;
use futures_util::future::select;
use serde_json::Value;

use crate::auth::account::Account;
use crate::auth::account::Audience;
use crate::auth::embedding::given::check;
use crate::auth::error::SignInError;
use crate::auth::id_token::IdTokenFault;
use crate::auth::id_token::Identity;
use crate::auth::scopes::ScopeSet;
use crate::auth::session::Session;
use crate::auth::session::SignInClient;
use crate::auth::session::TokenSource;
use crate::auth::session::needs;
use crate::auth::sign_in;
use domain::cloud::Cloud;

use crate::net::ApiRequest;
use crate::net::Failure;
use crate::net::Net;
use crate::net::Observer;
use crate::net::SignInReason;
use domain::platform::Platform;
use domain::platform::TokenError;
use domain::platform::TokenRequest;
use domain::platform::TokenResponse;
use domain::tenant::TenantHint;

/// Maximum wait for the first token: the embedding page may have to show Microsoft's sign-in page.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// Maximum wait during a run: the embedding page already has the token, or the user must act.
const LONGEST_RENEWAL: Duration = Duration::from_secs(2 * 60);
/// Settings for a sign-in through the embedding page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddingSignIn {
    /// Cloud of the sign-in.
    pub cloud: Cloud,
    /// Tenant of the sign-in; `None` for the tenant of the embedding page's account.
    pub tenant: Option<TenantHint>,
    /// Permissions to request.
    pub scopes: ScopeSet,
    /// Claims challenge to satisfy, as JSON.
    pub claims: Option<String>,
}

/// Signs in with a token from the embedding page.
pub async fn sign_in(
    world: &Rc<dyn Platform>,
    request: &EmbeddingSignIn,
) -> Result<Session, SignInError> {
    let asked = TokenRequest {
        authority: authority(request.cloud, &sign_in::segment(request.tenant.as_ref())),
        scopes: scopes_of(request.cloud, request.scopes, Audience::Graph),
        claims: request.claims.clone(),
        is_fresh: false,
    };
    let given = ask(world.as_ref(), asked, LONGEST)
        .await
        .map_err(SignInError::Portal)?;
    let checked = check(given, request.cloud, Audience::Graph, world.now());
    let checked = checked.map_err(SignInError::Portal)?;
    let (Some(tenant), Some(account)) = (checked.tenant, checked.account) else {
        return Err(SignInError::Portal(EmbeddingTokenError::Nobody));
    };
    if let Some(TenantHint::Id(wanted)) = &request.tenant
        && *wanted != tenant
    {
        return Err(SignInError::Identity(IdTokenFault::Tenant(tenant)));
    }
    let identity = Identity {
        tenant,
        account: Account {
            name: checked.name.unwrap_or_else(|| account.to_string()),
            display_name: None,
            object_id: account,
        },
        login_hint: None,
        age: None,
    };
    let app = SignInClient {
        cloud: request.cloud,
        scopes: request.scopes,
        // The embedding page controls the sign-in and its age.
        old_at: None,
        source: TokenSource::Portal,
    };
    let net = Net::new(Rc::clone(world));
    let session = Session::new(Rc::clone(world), net, app, identity, checked.grant);
    confirm(&session).await?;
    sign_in::admitted(session).await
}

/// Requests another token for a session. If it fails, the request that needs the token was not carried out.
pub(super) async fn renew(
    session: &Session,
    audience: Audience,
    claims: Option<&str>,
    watch: &Observer,
) -> Result<(), Failure> {
    let inner = &session.0;
    if inner.signed_out.get() {
        return Err(needs(SignInReason::SignedOut));
    }
    let (cloud, scopes) = (inner.app.cloud, inner.app.scopes);
    let now = inner.world.elapsed();
    let request =
        TokenRequest {
            authority: authority(cloud, &session.tenant().to_string()),
            scopes: scopes_of(cloud, scopes, audience),
            claims: claims.map(str::to_owned),
            // If a token is far from its expiry, the only reason to renew it is that the service rejected it.
            is_fresh: inner.tokens.borrow().get(&audience).is_some_and(|token| {
                claims.is_none() && token.ends.saturating_sub(now) > token.margin
            }),
        };
    let asked = pin!(ask(inner.world.as_ref(), request, LONGEST_RENEWAL));
    let cancelled = pin!(watch.cancel().cancelled());
    let given = match select(asked, cancelled).await {
        Either::Left((given, _)) => given,
        Either::Right(_) => return Err(Failure::Cancelled),
    };
    let given = given.map_err(|fault| match (claims, fault) {
        (Some(claims), _) => needs(SignInReason::Claims(claims.to_owned())),
        (None, EmbeddingTokenError::TimedOut) => Failure::NoToken,
        (None, EmbeddingTokenError::Refused(code)) => needs(SignInReason::Portal(code)),
        (None, _) => needs(SignInReason::Expired),
    })?;
    let other = || needs(SignInReason::OtherAccount);
    let checked =
        check(given, cloud, audience, inner.world.now()).map_err(|fault| match fault {
            EmbeddingTokenError::Ended | EmbeddingTokenError::Odd => needs(SignInReason::Expired),
            EmbeddingTokenError::Refused(_)
            | EmbeddingTokenError::TimedOut
            | EmbeddingTokenError::Nobody
            | EmbeddingTokenError::Disagrees
            | EmbeddingTokenError::Audience(_)
            | EmbeddingTokenError::Cloud
            | EmbeddingTokenError::NotTaken => other(),
        })?;
    // Without user and tenant, from the embedding page or the token, the token cannot be accepted as the same user's.
    if checked.tenant != Some(session.tenant())
        || checked.account != Some(session.account().object_id)
    {
        return Err(other());
    }
    if inner.signed_out.get() {
        return Err(needs(SignInReason::SignedOut));
    }
    session.keep(audience, checked.grant);
    Ok(())
}

fn authority(cloud: Cloud, segment: &str) -> String {
    format!("https://{}/{segment}", cloud.login_host())
}

fn scopes_of(cloud: Cloud, scopes: ScopeSet, audience: Audience) -> Vec<String> {
    let scopes = scopes.of(audience);
    scopes.iter().map(|scope| scope.qualified(cloud)).collect()
}

async fn ask(
    world: &dyn Platform,
    request: TokenRequest,
    within: Duration,
) -> Result<TokenResponse, EmbeddingTokenError> {
    match select(world.token(request), world.sleep(within)).await {
        Either::Left((Ok(given), _)) => Ok(given),
        Either::Left((Err(TokenError::Refused(code)), _)) => {
            Err(EmbeddingTokenError::Refused(code))
        }
        Either::Left((Err(TokenError::NoPortal), _)) => Err(EmbeddingTokenError::Refused(None)),
        Either::Left((Err(TokenError::Odd), _)) => Err(EmbeddingTokenError::Odd),
        Either::Right(_) => Err(EmbeddingTokenError::TimedOut),
    }
}

/// Asks Microsoft Graph which user and tenant the token is for. Without an answer, the token is refused.
async fn confirm(session: &Session) -> Result<(), SignInError> {
    let host = Audience::Graph.host(session.cloud());
    let watch = Observer::quiet();
    let read = |path: &str| {
        let call = ApiRequest::get(format!("https://{host}/v1.0/{path}"));
        session.call(Audience::Graph, call, &watch)
    };
    let (me, organisation) = join(read("me?$select=id"), read("organization?$select=id")).await;
    let unread = |failure: Failure| match failure {
        Failure::SignInNeeded { .. } | Failure::Refused(_) => {
            SignInError::Portal(EmbeddingTokenError::NotTaken)
        }
        Failure::Unknown { .. }
        | Failure::NotSent
        | Failure::NoToken
        | Failure::Throttled { .. }
        | Failure::Server(_)
        | Failure::Unexpected { .. }
        | Failure::ForeignHost { .. }
        | Failure::Cancelled => SignInError::OddToken(failure),
    };
    let person = me.map_err(unread)?.body["id"].take();
    let tenant = organisation.map_err(unread)?.body["value"][0]["id"].take();
    if is_id(&person, session.account().object_id) && is_id(&tenant, session.tenant()) {
        Ok(())
    } else {
        Err(SignInError::Portal(EmbeddingTokenError::Disagrees))
    }
}

fn is_id<T: std::str::FromStr + PartialEq>(value: &Value, id: T) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.parse::<T>().is_ok_and(|read| read == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use futures_executor::block_on;
    use jiff::Timestamp;
    use serde_json::json;

    use crate::auth::id_token::tests::PERSON;
    use crate::auth::id_token::tests::TENANT;
    use crate::net::Body;
    use crate::net::RetryPolicy;
    use crate::net::script::Script;
    use crate::net::script::answer;
    use domain::locale::Locale;
    use domain::secret::Secret;

    const OTHER: &str = "11111111-d99c-4558-af0c-de7774091dda";
    const NOW: i64 = 1_790_676_000;
    const GRAPH_SCOPES: &str = "User.Read Organization.Read.All Application.ReadWrite.All \
                                DelegatedPermissionGrant.ReadWrite.All Policy.Read.All";

    /// A valid token with these claims changed (`null` removes one).
    fn jwt(audience: &str, changes: &Value) -> String {
        let mut claims = json!({
            "aud": audience, "iss": format!("https://sts.windows.net/{TENANT}/"), "tid": TENANT, "oid": PERSON,
            "scp": GRAPH_SCOPES, "exp": NOW + 4000, "upn": "ada@contoso.com", "ver": "1.0",
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2ln", part(&json!({"alg": "RS256"})), part(&claims))
    }

    const GRAPH: &str = "https://graph.microsoft.com";
    const ARM: &str = "https://management.azure.com/";

    fn bare(access: String) -> TokenResponse {
        TokenResponse {
            access: Secret::new(access),
            tenant: None,
            account: None,
            name: None,
            scopes: None,
            ends: None,
        }
    }

    /// Token details as MSAL reports them, for a token whose claims cannot be read.
    fn said(tenant: &str, account: &str) -> TokenResponse {
        TokenResponse {
            tenant: Some(tenant.to_owned()),
            account: Some(account.to_owned()),
            name: Some("ada@contoso.com".to_owned()),
            scopes: Some(
                GRAPH_SCOPES
                    .split(' ')
                    .map(|scope| format!("https://graph.microsoft.com/{scope}"))
                    .collect(),
            ),
            ends: Timestamp::from_second(NOW + 4000).ok(),
            ..bare("opaque".to_owned())
        }
    }

    fn sign_in_request() -> EmbeddingSignIn {
        EmbeddingSignIn {
            cloud: Cloud::Public,
            tenant: TenantHint::parse(TENANT).ok(),
            scopes: ScopeSet::SetUp,
            claims: None,
        }
    }

    /// Graph's responses to `me` and `organization`.
    fn confirms(script: &Script, person: &'static str, tenant: &'static str) {
        script.then(move |_| answer(200, &[], json!({ "id": person })));
        script.then(move |_| answer(200, &[], json!({"value": [{ "id": tenant }]})));
    }

    fn sign_in(script: &Rc<Script>, request: &EmbeddingSignIn) -> Result<Session, SignInError> {
        let world: Rc<dyn Platform> = Rc::clone(script) as Rc<dyn Platform>;
        block_on(super::sign_in(&world, request))
    }

    fn given(tokens: Vec<TokenResponse>) -> Rc<Script> {
        let script = Script::empty();
        script
            .tokens
            .borrow_mut()
            .extend(tokens.into_iter().map(Ok));
        script
    }

    fn signed_in() -> (Rc<Script>, Session) {
        let script = given(vec![
            bare(jwt(GRAPH, &json!({}))),
            bare(jwt(ARM, &json!({"scp": "user_impersonation"}))),
        ]);
        confirms(&script, PERSON, TENANT);
        let session = sign_in(&script, &sign_in_request()).unwrap();
        (script, session)
    }

    #[track_caller]
    fn refused(token: TokenResponse, fault: EmbeddingTokenError) {
        let script = given(vec![token]);
        let outcome = sign_in(&script, &sign_in_request()).map(drop);
        assert_eq!(outcome, Err(SignInError::Portal(fault)));
        assert!(script.requests().is_empty(), "no request was sent");
    }

    #[test]
    fn the_embedding_page_signs_in_its_account_without_a_client_id() {
        let (script, session) = signed_in();
        assert_eq!(session.tenant().to_string(), TENANT);
        assert_eq!(session.account().name, "ada@contoso.com");
        assert_eq!(session.account().object_id.to_string(), PERSON);
        let token_requests = script.token_requests.borrow();
        assert_eq!(
            token_requests[0].authority,
            format!("https://login.microsoftonline.com/{TENANT}")
        );
        assert_eq!(token_requests[0].scopes.len(), 5);
        assert!(!token_requests[0].is_fresh);
        assert_eq!(
            token_requests[1].scopes,
            ["https://management.azure.com/user_impersonation"]
        );
        session.sign_out();
        assert!(
            script.visits().is_empty(),
            "the embedding page stays signed in"
        );
    }

    #[test]
    fn a_token_from_an_embedding_page_does_not_resolve_a_domain() {
        let script = given(vec![bare(jwt(GRAPH, &json!({})))]);
        confirms(&script, PERSON, TENANT);
        let hinted = EmbeddingSignIn {
            tenant: Some(TenantHint::parse("woodgrove.com").unwrap()),
            ..sign_in_request()
        };
        let session = sign_in(&script, &hinted).unwrap();
        assert_eq!(session.tenant().to_string(), TENANT);
        assert_eq!(
            session.domain(),
            None,
            "the embedding page can supply a token of any tenant"
        );
    }

    #[test]
    fn an_opaque_token_is_verified_with_microsoft_graph() {
        let script = given(vec![said(TENANT, PERSON)]);
        confirms(&script, PERSON, TENANT);
        assert!(sign_in(&script, &sign_in_request()).is_ok());
        for (person, tenant) in [(OTHER, TENANT), (PERSON, OTHER)] {
            let script = given(vec![said(TENANT, PERSON)]);
            confirms(&script, person, tenant);
            assert_eq!(
                sign_in(&script, &sign_in_request()).map(drop),
                Err(SignInError::Portal(EmbeddingTokenError::Disagrees))
            );
        }
        refused(bare("opaque".to_owned()), EmbeddingTokenError::Nobody);
    }

    #[test]
    fn a_token_of_another_tenant_is_not_used() {
        let elsewhere = json!({"tid": OTHER, "iss": format!("https://sts.windows.net/{OTHER}/")});
        for token in [bare(jwt(GRAPH, &elsewhere)), said(OTHER, PERSON)] {
            let script = given(vec![token]);
            assert_eq!(
                sign_in(&script, &sign_in_request()).map(drop),
                Err(SignInError::Identity(IdTokenFault::Tenant(
                    OTHER.parse().unwrap()
                )))
            );
            assert!(script.requests().is_empty());
        }
        let mixed = TokenResponse {
            access: Secret::new(jwt(GRAPH, &json!({}))),
            ..said(OTHER, PERSON)
        };
        refused(mixed, EmbeddingTokenError::Disagrees);
        let mixed = TokenResponse {
            access: Secret::new(jwt(GRAPH, &json!({}))),
            ..said(TENANT, OTHER)
        };
        refused(mixed, EmbeddingTokenError::Disagrees);
    }

    #[test]
    fn a_token_for_another_service_or_cloud_is_not_used() {
        for audience in [
            ARM,
            "https://vault.azure.net",
            "https://graph.microsoft.com.evil.test",
            "https://graph.microsoft.com@evil.test",
            "http://graph.microsoft.com",
            "https://graph.windows.net",
            "00000002-0000-0000-c000-000000000000",
            "",
        ] {
            refused(
                bare(jwt(audience, &json!({}))),
                EmbeddingTokenError::Audience(Audience::Graph),
            );
        }
        for cloud in [
            "https://graph.microsoft.us",
            "https://dod-graph.microsoft.us/",
        ] {
            refused(bare(jwt(cloud, &json!({}))), EmbeddingTokenError::Cloud);
        }
        // Graph's client ID is the same in every cloud; the issuer differs.
        let gov = json!({"iss": format!("https://login.microsoftonline.us/{TENANT}/v2.0")});
        let id = "00000003-0000-0000-C000-000000000000";
        refused(bare(jwt(id, &gov)), EmbeddingTokenError::Cloud);
        let public = json!({"iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0")});
        let script = given(vec![bare(jwt(id, &public))]);
        confirms(&script, PERSON, TENANT);
        assert!(sign_in(&script, &sign_in_request()).is_ok());
    }

    #[test]
    fn an_invalid_or_expired_token_is_not_used() {
        for text in [
            "",
            "a b",
            "a\r\nHost: evil.test",
            "\u{e4}",
            &"x".repeat(20_000),
        ] {
            refused(
                TokenResponse {
                    access: Secret::new(text.to_owned()),
                    ..said(TENANT, PERSON)
                },
                EmbeddingTokenError::Odd,
            );
        }
        refused(said("contoso.com", PERSON), EmbeddingTokenError::Odd);
        refused(said(TENANT, "ada"), EmbeddingTokenError::Odd);
        refused(
            bare(jwt(GRAPH, &json!({"exp": NOW - 1}))),
            EmbeddingTokenError::Ended,
        );
        let script = given(vec![said(TENANT, PERSON)]);
        script.then(|_| {
            answer(
                401,
                &[],
                json!({"error": {"code": "InvalidAuthenticationToken"}}),
            )
        });
        script.then(|_| {
            answer(
                401,
                &[],
                json!({"error": {"code": "InvalidAuthenticationToken"}}),
            )
        });
        script
            .tokens
            .borrow_mut()
            .push_back(Err(TokenError::Refused(None)));
        assert_eq!(
            sign_in(&script, &sign_in_request()).map(drop),
            Err(SignInError::Portal(EmbeddingTokenError::NotTaken)),
            "the sign-in fails if the embedding page gives no new token"
        );
    }

    #[test]
    fn a_refusal_or_timeout_of_the_embedding_page_is_reported() {
        for (not_given, fault) in [
            (
                TokenError::Refused(Some("user_cancelled".to_owned())),
                EmbeddingTokenError::Refused(Some("user_cancelled".to_owned())),
            ),
            (TokenError::Odd, EmbeddingTokenError::Odd),
            (TokenError::NoPortal, EmbeddingTokenError::Refused(None)),
        ] {
            let script = Script::empty();
            script.tokens.borrow_mut().push_back(Err(not_given));
            assert_eq!(
                sign_in(&script, &sign_in_request()).map(drop),
                Err(SignInError::Portal(fault))
            );
        }
        let script = Script::empty();
        assert_eq!(
            sign_in(&script, &sign_in_request()).map(drop),
            Err(SignInError::Portal(EmbeddingTokenError::TimedOut))
        );
    }

    #[test]
    fn the_embedding_page_has_ten_minutes_to_sign_in_and_two_to_renew() {
        let script = Script::empty();
        assert!(sign_in(&script, &sign_in_request()).is_err());
        assert_eq!(script.elapsed(), Duration::from_secs(600));
        let (script, session) = signed_in();
        script.advance(Duration::from_secs(4_100));
        let asked = script.elapsed();
        assert_eq!(post(&session), Err(Failure::NoToken));
        assert_eq!(script.elapsed() - asked, Duration::from_secs(120));
    }

    #[test]
    fn a_permission_missing_from_the_token_is_reported() {
        let script = given(vec![bare(jwt(GRAPH, &json!({"scp": "User.Read"})))]);
        confirms(&script, PERSON, TENANT);
        let outcome = sign_in(&script, &sign_in_request()).map(drop);
        assert!(
            matches!(&outcome, Err(SignInError::ScopesMissing(missing)) if missing.len() == 4),
            "{outcome:?}"
        );
    }

    fn post(session: &Session) -> Result<(), Failure> {
        let url = "https://graph.microsoft.com/v1.0/applications".to_owned();
        let call = ApiRequest::new(
            http::Method::POST,
            url,
            Body::Json(json!({})),
            RetryPolicy::OnlyIfRefused,
        );
        block_on(session.call(Audience::Graph, call, &Observer::quiet())).map(drop)
    }

    #[test]
    fn a_new_token_is_requested_once_after_a_refusal() {
        let (script, session) = signed_in();
        let expired = || {
            answer(
                401,
                &[],
                json!({"error": {"code": "InvalidAuthenticationToken"}}),
            )
        };
        script.then(move |_| expired());
        script.then(|_| answer(201, &[], json!({})));
        script
            .tokens
            .borrow_mut()
            .push_back(Ok(bare(jwt(GRAPH, &json!({})))));
        assert_eq!(post(&session), Ok(()));
        assert!(script.token_requests.borrow()[2].is_fresh);
        script.then(move |_| expired());
        script
            .tokens
            .borrow_mut()
            .push_back(Err(TokenError::Refused(Some("not_now".to_owned()))));
        let refused = needs(SignInReason::Portal(Some("not_now".to_owned())));
        let problem = crate::net::problem::of(&refused);
        assert_eq!(post(&session), Err(refused));
        assert!(problem.fix(Locale::En).contains("not_now"), "{problem:?}");
    }

    /// The service did not reject this token, so the embedding page can supply one that it already has.
    #[test]
    fn a_token_about_to_expire_needs_no_fresh_one() {
        // The token ends after 4,000 seconds. It is renewed from 300 seconds before its end.
        for passed in [3_700, 3_900] {
            let (script, session) = signed_in();
            script.advance(Duration::from_secs(passed));
            script
                .tokens
                .borrow_mut()
                .push_back(Ok(bare(jwt(GRAPH, &json!({"exp": NOW + 8_000})))));
            script.then(|_| answer(201, &[], json!({})));
            assert_eq!(post(&session), Ok(()));
            assert!(!script.token_requests.borrow()[2].is_fresh, "{passed}");
        }
    }

    #[test]
    fn a_renewed_token_for_another_account_is_refused() {
        for token in [
            bare(jwt(GRAPH, &json!({"tid": OTHER}))),
            bare(jwt(GRAPH, &json!({"oid": OTHER}))),
            bare(jwt(ARM, &json!({}))),
            bare("opaque".to_owned()),
            said(OTHER, PERSON),
        ] {
            let (script, session) = signed_in();
            script.advance(Duration::from_secs(3_900));
            script.tokens.borrow_mut().push_back(Ok(token));
            assert_eq!(post(&session), Err(needs(SignInReason::OtherAccount)));
        }
        let (script, session) = signed_in();
        script.advance(Duration::from_secs(4_100));
        assert_eq!(
            post(&session),
            Err(Failure::NoToken),
            "the token request times out"
        );
        session.forget();
        assert_eq!(post(&session), Err(needs(SignInReason::SignedOut)));
    }

    #[test]
    fn a_claims_challenge_is_passed_to_the_embedding_page() {
        let (script, session) = signed_in();
        let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ==""#;
        script.then(move |_| answer(401, &[("www-authenticate", challenge)], json!({})));
        script
            .tokens
            .borrow_mut()
            .push_back(Err(TokenError::Refused(Some(
                "interaction_required".to_owned(),
            ))));
        assert_eq!(
            post(&session),
            Err(needs(SignInReason::Claims(r#"{"a":1}"#.to_owned())))
        );
        assert_eq!(
            script.token_requests.borrow()[2].claims.as_deref(),
            Some(r#"{"a":1}"#)
        );
        // The claims already rule out the token that the embedding page has.
        assert!(!script.token_requests.borrow()[2].is_fresh);
    }
}
