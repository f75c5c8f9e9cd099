//! The signed-in user's session, with one token per service.

use crate::auth::account::Account;
use crate::auth::account::Audience;
use std::cell::Cell;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use litemap::LiteMap;

use crate::auth::challenge::Challenge;
use crate::auth::id_token::Identity;
use crate::auth::pkce::Grant;
use crate::auth::scopes::Scope;
use crate::auth::scopes::ScopeSet;
use crate::net::ApiRequest;
use crate::net::ApiResponse;
use crate::net::Failure;
use crate::net::Net;
use crate::net::Observer;
use crate::net::SignInReason;
use crate::net::cancel::CancellationToken;
use crate::net::paging::Pages;
use domain::cloud::Cloud;
use domain::dns::Domain;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::platform::Platform;
use domain::secret::Secret;

/// One sign-in in one tenant of one cloud. Clones share the same session.
#[derive(Clone)]
pub struct Session(pub(in crate::auth) Rc<Inner>);

pub(in crate::auth) struct Inner {
    pub(in crate::auth) world: Rc<dyn Platform>,
    pub(in crate::auth) net: Net,
    pub(in crate::auth) app: SignInClient,
    pub(in crate::auth) identity: Identity,
    pub(in crate::auth) since: Timestamp,
    pub(in crate::auth) signed_out: Cell<bool>,
    pub(in crate::auth) refresh: RefCell<Option<Secret>>,
    pub(in crate::auth) tokens: RefCell<LiteMap<Audience, Token>>,
    pub(in crate::auth) renewals: RefCell<LiteMap<Audience, Rc<TokenRenewal>>>,
}

/// Settings of the sign-in, and the source of its tokens.
#[derive(Clone, Debug)]
pub(crate) struct SignInClient {
    pub(in crate::auth) cloud: Cloud,
    pub(in crate::auth) scopes: ScopeSet,
    pub(in crate::auth) source: TokenSource,
    /// When the sign-in becomes too old to write.
    pub(in crate::auth) old_at: Option<Timestamp>,
}

/// Where the tokens come from.
#[derive(Clone, Debug)]
pub(crate) enum TokenSource {
    /// Microsoft Entra ID, with this page as the client.
    Entra {
        client_id: AppId,
        redirect_uri: String,
        /// Domain that named the tenant in the sign-in request.
        domain: Option<Domain>,
    },
    /// The embedding page.
    Portal,
}

pub(in crate::auth) struct Token {
    pub(in crate::auth) authorization: Secret,
    /// On the monotonic clock, because the wall clock may be wrong or change.
    pub(in crate::auth) ends: Duration,
    pub(in crate::auth) margin: Duration,
    pub(in crate::auth) scopes: Vec<String>,
}

impl Session {
    /// Creates a session with its first token, which is for Graph.
    pub(in crate::auth) fn new(
        world: Rc<dyn Platform>,
        net: Net,
        app: SignInClient,
        identity: Identity,
        grant: Grant,
    ) -> Self {
        let since = world.now();
        let session = Self(Rc::new(Inner {
            world,
            net,
            app,
            identity,
            since,
            signed_out: Cell::new(false),
            refresh: RefCell::default(),
            tokens: RefCell::default(),
            renewals: RefCell::default(),
        }));
        session.keep(Audience::Graph, grant);
        session
    }

    /// Sends a request with the token of this service. Renews a token that is about to expire, and once more if the service rejects it. A
    /// 401 means that the request was not carried out, so even a write may be sent again.
    pub async fn call(
        &self,
        audience: Audience,
        mut call: ApiRequest,
        watch: &Observer,
    ) -> Result<ApiResponse, Failure> {
        call.step.get_or_insert_with(|| self.0.world.fresh_guid());
        let pass = self.pass(audience, watch).await?;
        let refusal = match self.0.net.send(&call, &pass, watch).await {
            Err(Failure::Refused(refusal)) => refusal,
            outcome => return outcome,
        };
        let Some(challenge) = Challenge::of(&refusal) else {
            return Err(Failure::Refused(refusal));
        };
        let claims = challenge.claims;
        let renewed = match &claims {
            Some(claims) => self.renew(audience, Some(claims), watch).await,
            None => self.renew_together(audience, watch).await,
        };
        renewed.map_err(|failure| match (claims, failure) {
            (Some(claims), Failure::SignInNeeded { why }) => needs(with_claims(why, claims)),
            (_, failure) => failure,
        })?;
        let pass = self.pass(audience, watch).await?;
        match self.0.net.send(&call, &pass, watch).await {
            // Renew only once, to avoid a loop.
            Err(Failure::Refused(refusal)) => Err(match Challenge::of(&refusal) {
                Some(Challenge {
                    claims: Some(claims),
                }) => needs(SignInReason::Claims(claims)),
                Some(Challenge { claims: None }) => needs(SignInReason::Expired),
                None => Failure::Refused(refusal),
            }),
            outcome => outcome,
        }
    }

    /// Reads all pages of a list and returns the elements of every page's `value`.
    pub async fn call_pages(
        &self,
        audience: Audience,
        mut call: ApiRequest,
        watch: &Observer,
    ) -> Result<Vec<serde_json::Value>, Failure> {
        let mut pages = Pages::new(call.url.clone(), audience.host(self.cloud()));
        loop {
            let reply = self.call(audience, call.clone(), watch).await?;
            match pages.take(reply.status, reply.body)? {
                Some(next) => call.url = next,
                None => return Ok(pages.into_values()),
            }
        }
    }

    /// Cloud of the session.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        self.0.app.cloud
    }

    /// Tenant of the session and of all its tokens.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.0.identity.tenant
    }

    /// The domain used to start the sign-in, which Microsoft Entra ID resolved to this tenant. `None` if it named no
    /// domain, or if the embedding page provided the token.
    #[must_use]
    pub fn domain(&self) -> Option<&Domain> {
        match &self.0.app.source {
            TokenSource::Entra { domain, .. } => domain.as_ref(),
            TokenSource::Portal => None,
        }
    }

    /// Account of the session and of all its tokens.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.0.identity.account
    }

    /// Time of the sign-in.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.0.since
    }

    /// When the sign-in becomes too old to write; `None` if the site owner sets no maximum age.
    #[must_use]
    pub fn old_at(&self) -> Option<Timestamp> {
        self.0.app.old_at
    }

    /// Whether the sign-in is too old to write.
    #[must_use]
    pub fn is_old(&self) -> bool {
        self.old_at().is_some_and(|at| self.0.world.now() >= at)
    }

    /// Permissions requested at sign-in.
    #[must_use]
    pub fn asked(&self) -> ScopeSet {
        self.0.app.scopes
    }

    /// True if the consent covers this permission, according to Microsoft Entra ID.
    #[must_use]
    pub fn has_scope(&self, scope: Scope) -> bool {
        self.0
            .tokens
            .borrow()
            .get(&scope.audience())
            .is_some_and(|token| {
                token
                    .scopes
                    .iter()
                    .any(|granted| granted.eq_ignore_ascii_case(scope.name()))
            })
    }

    /// Permissions in `wanted` that the consent lacks.
    #[must_use]
    pub fn missing(&self, wanted: &[Scope]) -> Vec<Scope> {
        wanted
            .iter()
            .copied()
            .filter(|scope| !self.has_scope(*scope))
            .collect()
    }

    /// Drops all tokens locally, without a request. No further request can be sent.
    pub fn forget(&self) {
        self.0.signed_out.set(true);
        self.0.refresh.take();
        self.0.tokens.take();
    }

    /// Drops all tokens and opens Microsoft's sign-out page, which returns to this page. A user signed in by the embedding page stays
    /// signed in there.
    pub fn sign_out(&self) {
        self.forget();
        let app = &self.0.app;
        let TokenSource::Entra { redirect_uri, .. } = &app.source else {
            return;
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("post_logout_redirect_uri", redirect_uri);
        if let Some(hint) = &self.0.identity.login_hint {
            query.append_pair("logout_hint", hint);
        }
        let url = format!(
            "https://{}/{}/oauth2/v2.0/logout?{}",
            app.cloud.login_host(),
            self.tenant(),
            query.finish()
        );
        self.0.world.sign_out_redirect(&url);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("cloud", &self.cloud())
            .field("tenant", &self.tenant())
            .field("account", self.account())
            .finish_non_exhaustive()
    }
}

/// Same reason, for a sign-in with the claims that the service requires.
fn with_claims(why: SignInReason, claims: String) -> SignInReason {
    match why {
        SignInReason::Refused(mut refusal) => {
            refusal.claims = Some(claims);
            SignInReason::Refused(refusal)
        }
        SignInReason::Expired
        | SignInReason::Claims(_)
        | SignInReason::Portal(_)
        | SignInReason::OtherAccount
        | SignInReason::SignedOut => SignInReason::Claims(claims),
    }
}

pub(in crate::auth) fn needs(why: SignInReason) -> Failure {
    Failure::SignInNeeded { why }
}

/// A renewal in progress, shared by all requests that need it.
#[derive(Default)]
pub(in crate::auth) struct TokenRenewal {
    pub(in crate::auth) over: CancellationToken,
    pub(in crate::auth) outcome: RefCell<Option<Result<(), Failure>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    use futures_executor::block_on;
    use serde_json::Value;
    use serde_json::json;

    use crate::auth::sign_in::tests::form;
    use crate::auth::sign_in::tests::granted;
    use crate::auth::sign_in::tests::signed_in;
    use crate::net::Body;
    use crate::net::RetryPolicy;
    use crate::net::script::Script;
    use crate::net::script::answer;
    use domain::entra::EntraReason;
    use domain::entra::EntraRefusal;
    use domain::platform::HttpRequest;
    use domain::platform::HttpResponse;
    use domain::platform::NoAnswer;

    const APPS: &str = "https://graph.microsoft.com/v1.0/applications";

    fn get(session: &Session) -> Result<ApiResponse, Failure> {
        block_on(session.call(
            Audience::Graph,
            ApiRequest::get(APPS.to_owned()),
            &Observer::quiet(),
        ))
    }

    fn post(session: &Session) -> Result<ApiResponse, Failure> {
        let call = ApiRequest::new(
            http::Method::POST,
            APPS.to_owned(),
            Body::Json(json!({})),
            RetryPolicy::OnlyIfRefused,
        );
        block_on(session.call(Audience::Graph, call, &Observer::quiet()))
    }

    fn ok() -> Result<HttpResponse, NoAnswer> {
        answer(200, &[], json!({}))
    }

    fn expired() -> Result<HttpResponse, NoAnswer> {
        answer(
            401,
            &[],
            json!({"error": {"code": "InvalidAuthenticationToken", "message": "Lifetime validation failed."}}),
        )
    }

    fn renewed(script: &Script) {
        script.then(|request| granted(request, &json!({"nonce": null})));
    }

    /// The requests after the sign-in: host and token, or the requested grant.
    fn sent(script: &Script) -> Vec<String> {
        script.requests()[2..]
            .iter()
            .map(|request| match request.headers().get("authorization") {
                Some(header) => format!(
                    "{} {}",
                    request.uri().host().unwrap(),
                    header.to_str().unwrap()
                ),
                None => form(request)["grant_type"].clone(),
            })
            .collect()
    }

    #[test]
    fn each_service_gets_its_own_token() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
        script.then(|_| ok());
        let azure = ApiRequest::get(
            "https://management.azure.com/subscriptions?api-version=2022-12-01".to_owned(),
        );
        assert!(block_on(session.call(Audience::Arm, azure, &Observer::quiet())).is_ok());
        assert_eq!(
            sent(&script),
            [
                "graph.microsoft.com Bearer graph-token",
                "management.azure.com Bearer arm-token"
            ]
        );
        let headers = script.requests()[3].headers().clone();
        assert!(headers.contains_key("x-ms-client-request-id"));
    }

    #[test]
    fn a_token_is_never_sent_to_the_other_service() {
        let script = Script::empty();
        let session = signed_in(&script);
        let crossed = ApiRequest::get(APPS.to_owned());
        assert_eq!(
            block_on(session.call(Audience::Arm, crossed, &Observer::quiet())),
            Err(Failure::ForeignHost {
                host: "graph.microsoft.com".to_owned()
            })
        );
        assert!(sent(&script).is_empty());
    }

    #[test]
    fn a_token_about_to_expire_is_renewed_first() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(3_301));
        renewed(&script);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
        assert_eq!(
            sent(&script),
            ["refresh_token", "graph.microsoft.com Bearer graph-token"]
        );
        assert_eq!(
            form(&script.requests()[2])["refresh_token"],
            "0++",
            "the newest refresh token is used"
        );
    }

    #[test]
    fn concurrent_calls_share_one_renewal() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(4_000));
        renewed(&script);
        script.then(|_| ok());
        script.then(|_| ok());
        let watch = Observer::quiet();
        let call = || session.call(Audience::Graph, ApiRequest::get(APPS.to_owned()), &watch);
        let (first, second) = block_on(futures_util::future::join(call(), call()));
        assert!(first.is_ok() && second.is_ok());
        script.advance(Duration::from_secs(4_000));
        script.then(|_| answer(400, &[], json!({"error": "invalid_grant"})));
        let (first, second) = block_on(futures_util::future::join(call(), call()));
        assert_eq!(refused(first.clone()).reason, EntraReason::SessionOver);
        assert_eq!(first, second);
    }

    #[test]
    fn an_abandoned_renewal_does_not_block_the_next() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(4_000));
        renewed(&script);
        let watch = Observer::quiet();
        let mut left =
            Box::pin(session.call(Audience::Graph, ApiRequest::get(APPS.to_owned()), &watch));
        assert!(block_on(async { futures_util::poll!(left.as_mut()) }).is_pending());
        drop(left);
        renewed(&script);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
    }

    #[test]
    fn a_valid_token_is_used_when_sign_in_is_unreachable() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(3_301));
        for _ in 0..5 {
            script.then(|_| Err(NoAnswer::Lost));
        }
        script.then(|_| ok());
        assert!(get(&session).is_ok());
        script.advance(Duration::from_secs(300));
        for _ in 0..5 {
            script.then(|_| Err(NoAnswer::Lost));
        }
        assert_eq!(
            post(&session),
            Err(Failure::NoToken),
            "an expired token is not used"
        );
    }

    #[test]
    fn a_refused_token_is_renewed_and_the_write_is_sent_once_more() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.then(|_| expired());
        renewed(&script);
        script.then(|_| answer(201, &[], json!({"id": "1"})));
        assert_eq!(post(&session).unwrap().status, 201);
        let requests = script.requests();
        assert_eq!(
            requests[2].headers()["client-request-id"],
            requests[4].headers()["client-request-id"]
        );
    }

    #[test]
    fn a_token_refused_twice_needs_a_new_sign_in() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.then(|_| expired());
        renewed(&script);
        script.then(|_| expired());
        assert_eq!(post(&session), Err(needs(SignInReason::Expired)));
        assert_eq!(sent(&script).len(), 3);
    }

    const CHALLENGE: &str =
        r#"Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ==""#;

    #[test]
    fn a_claims_challenge_is_answered_once() {
        let script = Script::empty();
        let session = signed_in(&script);
        let challenge = || answer(401, &[("www-authenticate", CHALLENGE)], json!({}));
        script.then(move |_| challenge());
        renewed(&script);
        script.then(move |_| challenge());
        assert_eq!(
            get(&session),
            Err(needs(SignInReason::Claims(r#"{"a":1}"#.to_owned())))
        );
        assert_eq!(form(&script.requests()[3])["claims"], r#"{"a":1}"#);
        assert_eq!(sent(&script).len(), 3);
    }

    #[test]
    fn a_challenge_that_needs_a_sign_in_keeps_its_claims() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.then(|_| answer(403, &[("www-authenticate", CHALLENGE)], json!({})));
        script.then(|_| {
            answer(
                400,
                &[],
                json!({"error": "interaction_required", "error_codes": [50076]}),
            )
        });
        let refusal = refused(post(&session));
        assert_eq!(
            (refusal.reason, refusal.claims.as_deref()),
            (EntraReason::StrongerSignIn, Some(r#"{"a":1}"#)),
            "the reason from Microsoft Entra ID and the claims from the service"
        );
    }

    #[track_caller]
    fn refused(outcome: Result<ApiResponse, Failure>) -> EntraRefusal {
        match outcome {
            Err(Failure::SignInNeeded {
                why: SignInReason::Refused(refusal),
            }) => *refusal,
            other => panic!("not a sign-in refusal: {other:?}"),
        }
    }

    #[test]
    fn every_refused_renewal_has_its_reason() {
        // Realistic response: 53003 comes with claims that name the policy and do not enable a new sign-in.
        let claims = r#"{"access_token":{"capolids":{"essential":true,"values":["p"]}}}"#;
        for (error, code, claims, reason) in [
            ("invalid_grant", 700_084, None, EntraReason::SessionOver),
            ("invalid_grant", 50076, None, EntraReason::StrongerSignIn),
            (
                "interaction_required",
                50076,
                Some(claims),
                EntraReason::StrongerSignIn,
            ),
            ("access_denied", 53003, Some(claims), EntraReason::Blocked),
            ("access_denied", 530_084, None, EntraReason::Blocked),
            (
                "invalid_resource",
                500_011,
                None,
                EntraReason::ServiceMissing,
            ),
            ("invalid_grant", 65001, None, EntraReason::ConsentNeeded),
            ("invalid_grant", 123_456, None, EntraReason::Other),
        ] {
            let script = Script::empty();
            let session = signed_in(&script);
            script.advance(Duration::from_secs(4_000));
            let text = format!("AADSTS{code}: Error text.\r\nTrace ID: t");
            let body = json!({
                "error": error, "error_codes": [code], "error_description": text, "correlation_id": "c-1", "claims": claims,
            });
            script.then(move |_| answer(400, &[], body));
            let refusal = refused(post(&session));
            assert_eq!((refusal.code, refusal.reason), (code, reason));
            assert_eq!(refusal.description, text);
            assert_eq!(refusal.correlation_id.as_deref(), Some("c-1"));
            assert_eq!(refusal.claims.as_deref(), claims);
        }
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(4_000));
        script.then(|_| answer(400, &[], json!({"error": "invalid_grant"})));
        assert_eq!(refused(post(&session)).reason, EntraReason::SessionOver);
    }

    #[test]
    fn a_refusal_for_azure_does_not_affect_graph() {
        let script = Script::empty();
        let session = signed_in(&script);
        // Graph's token lasts longer than Azure's in this test.
        script.advance(Duration::from_secs(3_301));
        renewed(&script);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
        script.then(|_| {
            answer(
                400,
                &[],
                json!({"error": "access_denied", "error_codes": [53003]}),
            )
        });
        let azure = || {
            ApiRequest::get(
                "https://management.azure.com/subscriptions?api-version=2022-12-01".to_owned(),
            )
        };
        let outcome = block_on(session.call(Audience::Arm, azure(), &Observer::quiet()));
        assert_eq!(refused(outcome).reason, EntraReason::Blocked);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
    }

    #[test]
    fn a_valid_token_is_used_while_the_sign_in_service_is_busy() {
        let busy = || {
            answer(
                400,
                &[],
                json!({"error": "temporarily_unavailable", "error_codes": [90033]}),
            )
        };
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(3_301));
        script.then(move |_| busy());
        script.then(|_| ok());
        assert!(get(&session).is_ok());
        script.advance(Duration::from_secs(300));
        script.then(move |_| busy());
        assert_eq!(refused(post(&session)).reason, EntraReason::Busy);
    }

    #[test]
    fn a_token_of_another_tenant_or_user_is_not_used() {
        let other = "11111111-d99c-4558-af0c-de7774091dda";
        for claims in [
            json!({"nonce": null, "oid": other}),
            json!({"nonce": null, "tid": other, "iss": format!("https://login.microsoftonline.com/{other}/v2.0")}),
            json!({"nonce": null, "aud": other}),
        ] {
            let script = Script::empty();
            let session = signed_in(&script);
            script.advance(Duration::from_secs(4_000));
            script.then(move |request| granted(request, &claims));
            assert_eq!(post(&session), Err(needs(SignInReason::OtherAccount)));
        }
    }

    /// A token response with these changes; null removes a value.
    fn changed(request: &HttpRequest, changes: &Value) -> Result<HttpResponse, NoAnswer> {
        let mut reply = granted(request, &json!({"nonce": null})).unwrap();
        let mut body: Value = serde_json::from_slice(reply.body()).unwrap();
        for (name, value) in changes.as_object().unwrap() {
            body[name] = value.clone();
        }
        let members = body.as_object_mut().unwrap();
        members.retain(|_, value| !value.is_null());
        *reply.body_mut() = body.to_string().into_bytes();
        Ok(reply)
    }

    #[test]
    fn a_renewal_without_an_id_token_is_accepted() {
        // OpenID Connect Core 1.0, 12.2: a refresh response "might not contain an id_token".
        let script = Script::empty();
        let session = signed_in(&script);
        for newest in ["first", "second"] {
            script.advance(Duration::from_secs(4_000));
            script.then(move |request| {
                changed(request, &json!({"id_token": null, "refresh_token": newest}))
            });
            script.then(|_| ok());
            assert!(get(&session).is_ok());
        }
        assert_eq!(session.account().name, "ada@contoso.com");
        let asked: Vec<_> = script.requests()[2..]
            .iter()
            .filter(|request| request.uri().path().ends_with("/token"))
            .map(|request| form(request)["refresh_token"].clone())
            .collect();
        assert_eq!(asked, ["0++", "first"], "the newest refresh token is used");
    }

    #[test]
    fn an_incomplete_renewal_keeps_the_refresh_token() {
        for changes in [
            json!({"refresh_token": null}),
            json!({"refresh_token": ""}),
            json!({"scope": null}),
            json!({"scope": "https://graph.microsoft.com/User.Read"}),
            json!({"expires_in": null}),
        ] {
            let script = Script::empty();
            let session = signed_in(&script);
            script.advance(Duration::from_secs(4_000));
            let sent = changes.clone();
            script.then(move |request| changed(request, &sent));
            script.then(|_| ok());
            assert!(get(&session).is_ok(), "{changes}");
            script.advance(Duration::from_secs(4_000));
            renewed(&script);
            script.then(|_| ok());
            assert!(get(&session).is_ok(), "{changes}");
            let newest = if changes.get("refresh_token").is_some() {
                "0++"
            } else {
                "0+++"
            };
            assert_eq!(form(&script.requests()[4])["refresh_token"], newest);
        }
    }

    #[test]
    fn a_renewal_with_an_invalid_id_token_is_discarded() {
        for id_token in [json!("no.token"), json!(""), json!("a.b.c")] {
            let script = Script::empty();
            let session = signed_in(&script);
            script.advance(Duration::from_secs(4_000));
            let changes = json!({"id_token": id_token, "refresh_token": "other-token"});
            script.then(move |request| changed(request, &changes));
            assert_eq!(post(&session), Err(needs(SignInReason::OtherAccount)));
            renewed(&script);
            script.then(|_| ok());
            assert!(get(&session).is_ok());
            assert_eq!(form(&script.requests()[3])["refresh_token"], "0++");
        }
    }

    #[test]
    fn a_short_lived_token_is_not_renewed_for_every_call() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.advance(Duration::from_secs(4_000));
        script.then(|request| {
            let mut reply = granted(request, &json!({"nonce": null})).unwrap();
            let text = String::from_utf8(reply.body().clone()).unwrap();
            *reply.body_mut() = text
                .replace("\"expires_in\":3600", "\"expires_in\":60")
                .into_bytes();
            Ok(reply)
        });
        for _ in 0..3 {
            script.then(|_| ok());
            assert!(get(&session).is_ok());
        }
        assert_eq!(sent(&script).len(), 4);
        script.advance(Duration::from_secs(31));
        renewed(&script);
        script.then(|_| ok());
        assert!(get(&session).is_ok());
    }

    #[test]
    fn signing_out_stops_all_requests_of_the_session() {
        let script = Script::empty();
        let session = signed_in(&script);
        let clone = session.clone();
        session.sign_out();
        assert_eq!(post(&clone), Err(needs(SignInReason::SignedOut)));
        assert!(sent(&script).is_empty());
        assert_eq!(
            script.visits().last().map(String::as_str),
            Some(
                "https://login.microsoftonline.com/5e97358c-d99c-4558-af0c-de7774091dda/oauth2/v2.0/logout\
                 ?post_logout_redirect_uri=https%3A%2F%2Fsetup.contoso.com%2Fcmg%2F"
            )
        );
    }

    #[test]
    fn a_list_is_read_page_by_page_from_its_own_host() {
        let script = Script::empty();
        let session = signed_in(&script);
        script.then(|_| {
            answer(
                200,
                &[],
                json!({"value": [1], "@odata.nextLink": format!("{APPS}?$skiptoken=2")}),
            )
        });
        script.then(|_| answer(200, &[], json!({"value": [2]})));
        let list = |session: &Session| {
            block_on(session.call_pages(
                Audience::Graph,
                ApiRequest::get(APPS.to_owned()),
                &Observer::quiet(),
            ))
        };
        assert_eq!(list(&session), Ok(vec![json!(1), json!(2)]));
        script.then(|_| {
            answer(
                200,
                &[],
                json!({"value": [1], "@odata.nextLink": "https://graph.microsoft.com@evil/"}),
            )
        });
        assert_eq!(
            list(&session),
            Err(Failure::ForeignHost {
                host: "graph.microsoft.com@evil".to_owned()
            })
        );
        assert_eq!(script.requests().len(), 5);
    }
}
