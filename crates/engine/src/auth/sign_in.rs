//! Sign-in through Microsoft's page: authorization code flow with PKCE, one attempt at a time.
//!
//! While the user is on Microsoft's page, this tab stores only the attempt. It is deleted as soon as it is read.

use std::rc::Rc;

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;

use crate::auth::account::Audience;
use crate::auth::callback;
use crate::auth::callback::CallbackOutcome;
use crate::auth::error::SignInError;
use crate::auth::id_token;
use crate::auth::id_token::Expected;
use crate::auth::id_token::IdTokenFault;
use crate::auth::pkce;
use crate::auth::pkce::AuthSecrets;
use crate::auth::pkce::AuthorizationRequest;
use crate::auth::pkce::Endpoint;
use crate::auth::scopes::ScopeSet;
use crate::auth::session::Session;
use crate::auth::session::SignInClient;
use crate::auth::session::TokenSource;
use crate::net::Net;
use crate::net::Observer;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::json;
use domain::json::Object;
use domain::platform::Platform;
use domain::platform::PopupError;
use domain::platform::SignInRedirect;
use domain::secret::Secret;
use domain::tenant::TenantHint;

/// Session storage key of the attempt.
const ATTEMPT: &str = "sign-in";
/// Path segment that accepts any work or school account.
const ANY_TENANT: &str = "organizations";
/// Maximum age of an attempt, in seconds. A later response is refused.
const LONGEST: i64 = 10 * 60;

/// Tolerance in seconds: the user may have entered the credentials this long before the attempt started.
const SLACK: i64 = 60;

/// Settings for a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Cloud of the sign-in.
    pub cloud: Cloud,
    /// Client ID of the page's own app in that cloud.
    pub client_id: AppId,
    /// Redirect URI of the page, exactly as registered.
    pub redirect_uri: String,
    /// Tenant of the sign-in; `None` for the account's own work or school tenant.
    pub tenant: Option<TenantHint>,
    /// Permissions to request.
    pub scopes: ScopeSet,
    /// Expected account, if known; skips the account picker.
    pub login_hint: Option<String>,
    /// Claims challenge to satisfy, as JSON.
    pub claims: Option<String>,
    /// How recent the sign-in must be.
    pub step_up: StepUp,
}

/// How recent a sign-in must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepUp {
    /// Requires the user to enter the credentials again.
    pub is_anew: bool,
    /// Maximum age of the sign-in when the page writes; `None` for any age.
    pub within: Option<SignedDuration>,
}

impl SignIn {
    /// All permissions to consent to, for all services.
    fn asked(&self) -> Vec<String> {
        let scopes = self.scopes.scopes().into_iter();
        std::iter::once(OPENID.to_owned())
            .chain(scopes.map(|scope| scope.qualified(self.cloud)))
            .collect()
    }

    /// URL of the page on which an admin consents for the whole tenant, to all permissions that the sign-in requests: sign-in would fail
    /// for any permission missing here. Like the sign-in page, it accepts a list of permissions and approves all of them ("Admin consent on
    /// the Microsoft identity platform", 2023-11-08); `.default` would request those in the app registration. The response arrives in the
    /// query and proves nothing.
    #[must_use]
    pub fn admin_consent_url(&self) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.client_id.to_string())
            .append_pair("scope", &self.asked().join(" "))
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", "admin-consent")
            .finish();
        format!(
            "https://{}/{}/v2.0/adminconsent?{query}",
            self.cloud.login_host(),
            segment(self.tenant.as_ref())
        )
    }
}

/// Stored while the user is on Microsoft's page. It holds the cloud instead of URLs, which come from the fixed table, so that manipulated
/// session storage cannot redirect the code.
#[derive(Default, Serialize)]
struct Attempt {
    cloud: String,
    tenant: String,
    client_id: String,
    redirect_uri: String,
    scopes: String,
    verifier: String,
    state: String,
    nonce: String,
    started: i64,
    anew: bool,
}

impl<'de> Deserialize<'de> for Attempt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let mut attempt = Self::default();
        object.read("cloud", &mut attempt.cloud)?;
        object.read("tenant", &mut attempt.tenant)?;
        object.read("client_id", &mut attempt.client_id)?;
        object.read("redirect_uri", &mut attempt.redirect_uri)?;
        object.read("scopes", &mut attempt.scopes)?;
        object.read("verifier", &mut attempt.verifier)?;
        object.read("state", &mut attempt.state)?;
        object.read("nonce", &mut attempt.nonce)?;
        object.read("started", &mut attempt.started)?;
        object.read("anew", &mut attempt.anew)?;
        object.end().map(|()| attempt)
    }
}

/// Stores the attempt and opens the sign-in page.
pub async fn begin(
    world: &Rc<dyn Platform>,
    sign_in: &SignIn,
) -> Result<SignInRedirect, SignInError> {
    let auth_secrets = AuthSecrets::fresh(world.as_ref()).ok_or(SignInError::NoRandom)?;
    let tenant = segment(sign_in.tenant.as_ref());
    let endpoint = Endpoint {
        cloud: sign_in.cloud,
        tenant: &tenant,
        client_id: sign_in.client_id,
        redirect_uri: &sign_in.redirect_uri,
    };
    let request = AuthorizationRequest {
        scopes: sign_in.asked(),
        login_hint: sign_in.login_hint.as_deref(),
        claims: sign_in.claims.as_deref(),
        is_anew: sign_in.step_up.is_anew,
    };
    let url =
        pkce::authorize_url(&endpoint, &auth_secrets, &request).ok_or(SignInError::BadRequest)?;
    let attempt = Attempt {
        cloud: sign_in.cloud.key().to_owned(),
        tenant: tenant.clone(),
        client_id: sign_in.client_id.to_string(),
        redirect_uri: sign_in.redirect_uri.clone(),
        scopes: sign_in.scopes.key().to_owned(),
        verifier: auth_secrets.verifier.expose().to_owned(),
        state: auth_secrets.state,
        nonce: auth_secrets.nonce,
        started: world.now().as_second(),
        anew: sign_in.step_up.is_anew,
    };
    let text = serde_json::to_string(&attempt).map_err(|_| SignInError::BadRequest)?;
    if !world.session_set(ATTEMPT, &text) {
        return Err(SignInError::NoMemory);
    }
    world.open_sign_in_page(&url).await.map_err(|why| {
        world.session_remove(ATTEMPT);
        match why {
            PopupError::NoWindow => SignInError::NoWindow,
            PopupError::NoAnswer => SignInError::Stale,
        }
    })
}

/// Tenant segment of a sign-in URL. Needs no encoding: see `TenantHint`.
pub(super) fn segment(tenant: Option<&TenantHint>) -> String {
    tenant.map_or_else(|| ANY_TENANT.to_owned(), ToString::to_string)
}

/// Parses a stored segment. `None` if this page did not write it.
fn named(segment: &str) -> Option<Option<TenantHint>> {
    if segment == ANY_TENANT {
        Some(None)
    } else {
        TenantHint::parse(segment).ok().map(Some)
    }
}

/// OpenID Connect scopes: the user's identity, and a refresh token, which is needed for tokens of a second service.
pub const OPENID: &str = "openid profile offline_access";

/// Scope parameter of a token request: the permissions of one service and the OpenID Connect scopes.
#[must_use]
pub fn token_scope(cloud: Cloud, scopes: ScopeSet, audience: Audience) -> String {
    let mut text = OPENID.to_owned();
    for scope in scopes.of(audience) {
        text.push(' ');
        text.push_str(&scope.qualified(cloud));
    }
    text
}

/// Deletes an attempt that will not be finished. True if there was one: the user came back without a response.
#[must_use]
pub fn abandon(world: &dyn Platform) -> bool {
    let was = world.session_get(ATTEMPT).is_some();
    world.session_remove(ATTEMPT);
    was
}

/// Redeems the response. `fragment` comes from the URL, without `#`. `now` holds the current settings, which must match the attempt; the
/// attempt decides.
///
/// Deletes the attempt in any case, so that a response cannot be used twice.
pub async fn finish(
    world: &Rc<dyn Platform>,
    fragment: &str,
    now: &SignIn,
) -> Result<Session, SignInError> {
    let (client_id, redirect_uri) = (now.client_id, now.redirect_uri.as_str());
    let remembered = world.session_get(ATTEMPT).map(Secret::new);
    world.session_remove(ATTEMPT);
    let callback = callback::parse(fragment).map_err(SignInError::BadAnswer)?;
    let attempt: Attempt = remembered
        .and_then(|text| json::read(text.expose().as_bytes()).ok())
        .ok_or(SignInError::NoAttempt)?;
    if callback.state != attempt.state {
        return Err(SignInError::NoAttempt);
    }
    let age = world.now().as_second().saturating_sub(attempt.started);
    if !(-60..=LONGEST).contains(&age) {
        return Err(SignInError::Stale);
    }
    let cloud = Cloud::find(&attempt.cloud).ok_or(SignInError::NoAttempt)?;
    let tenant = named(&attempt.tenant).ok_or(SignInError::NoAttempt)?;
    if cloud != now.cloud {
        return Err(SignInError::OtherCloud);
    }
    if attempt.client_id != client_id.to_string() || attempt.redirect_uri != redirect_uri {
        return Err(SignInError::OtherSettings);
    }
    let code = match callback.outcome {
        CallbackOutcome::Refused(refusal) => return Err(SignInError::Refused(refusal)),
        CallbackOutcome::Code(code) => code,
    };
    // Protection against mix-up attacks: a response from another issuer is not redeemed.
    let home = format!("https://{}/", cloud.login_host());
    if callback
        .issuer
        .as_ref()
        .is_some_and(|issuer| !issuer.starts_with(&home))
    {
        return Err(SignInError::Identity(IdTokenFault::Issuer));
    }
    let scopes = ScopeSet::find(&attempt.scopes).ok_or(SignInError::BadRequest)?;
    let net = Net::new(Rc::clone(world));
    let verifier = Secret::new(attempt.verifier);
    let endpoint = Endpoint {
        cloud,
        tenant: &attempt.tenant,
        client_id,
        redirect_uri,
    };
    let scope = token_scope(cloud, scopes, Audience::Graph);
    let grant = pkce::redeem(&net, world.as_ref(), &endpoint, code, &verifier, &scope).await?;
    let token = grant
        .id_token
        .as_ref()
        .ok_or(SignInError::Identity(IdTokenFault::Absent))?;
    let expected = Expected {
        cloud,
        client_id,
        tenant: match &tenant {
            Some(TenantHint::Id(id)) => Some(*id),
            Some(TenantHint::Domain(_)) | None => None,
        },
        nonce: Some(&attempt.nonce),
        now: Some(world.now()),
    };
    let identity = id_token::read(token, &expected).map_err(SignInError::Identity)?;
    if callback
        .issuer
        .is_some_and(|issuer| issuer != id_token::issuer(cloud, identity.tenant))
    {
        return Err(SignInError::Identity(IdTokenFault::Issuer));
    }
    let taken = age.max(0).saturating_add(SLACK);
    if attempt.anew && identity.age.is_some_and(|age| age > taken) {
        return Err(SignInError::Identity(IdTokenFault::AuthTime));
    }
    let known = identity.age.or(attempt.anew.then_some(0));
    let app = SignInClient {
        cloud,
        scopes,
        old_at: now
            .step_up
            .within
            .map(|within| old_at(world.now(), known, within)),
        source: TokenSource::Entra {
            client_id,
            redirect_uri: redirect_uri.to_owned(),
            domain: match tenant {
                Some(TenantHint::Domain(domain)) => Some(domain),
                Some(TenantHint::Id(_)) | None => None,
            },
        },
    };
    let session = Session::new(Rc::clone(world), net, app, identity, grant);
    admitted(session).await
}

/// When the sign-in becomes too old. If its age is unknown, it is too old at once, because Microsoft Entra ID may have signed the user in
/// silently.
fn old_at(now: Timestamp, age: Option<i64>, within: SignedDuration) -> Timestamp {
    let Some(age) = age else { return now };
    let left = within.saturating_sub(SignedDuration::from_secs(age));
    now.saturating_add(left).unwrap_or(now)
}

/// Returns the session if the consent covers all Graph permissions it needs.
pub(super) async fn admitted(session: Session) -> Result<Session, SignInError> {
    let scopes = session.asked();
    let missing = session.missing(&scopes.of(Audience::Graph));
    if !missing.is_empty() {
        return Err(SignInError::ScopesMissing(missing));
    }
    // Also gets a token for Azure now, while the consent is new. A tenant without Azure can still set up the apps; the first Azure request
    // reports the reason.
    if scopes != ScopeSet::Check {
        let _ = session.pass(Audience::Arm, &Observer::quiet()).await;
    }
    Ok(session)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    use std::collections::BTreeMap;
    use std::time::Duration;

    use futures_executor::block_on;
    use serde_json::Value;
    use serde_json::json;

    use crate::auth::callback::CallbackFault;
    use crate::auth::id_token::tests::CLIENT;
    use crate::auth::id_token::tests::TENANT;
    use crate::auth::id_token::tests::token;
    use crate::net::Failure;
    use crate::net::MalformedResponse;
    use crate::net::script::Script;
    use crate::net::script::answer;
    use domain::entra::EntraReason;
    use domain::locale::Locale;
    use domain::platform::HttpRequest;
    use domain::platform::HttpResponse;
    use domain::platform::NoAnswer;

    const HOME: &str = "https://setup.contoso.com/cmg/";

    fn sign_in_request() -> SignIn {
        SignIn {
            cloud: Cloud::Public,
            client_id: CLIENT.parse().unwrap(),
            redirect_uri: HOME.to_owned(),
            tenant: Some(TenantHint::parse(TENANT).unwrap()),
            scopes: ScopeSet::Discovery,
            login_hint: None,
            claims: None,
            step_up: StepUp::default(),
        }
    }

    fn world(script: &Rc<Script>) -> Rc<dyn Platform> {
        script.clone()
    }

    /// Starts a sign-in. Returns the URL of the sign-in page and its parameters.
    fn begun(script: &Rc<Script>, sign_in: &SignIn) -> (String, BTreeMap<String, String>) {
        assert_eq!(
            block_on(begin(&world(script), sign_in)),
            Ok(SignInRedirect::Leaving)
        );
        let visits = script.visits();
        let (page, query) = visits.last().unwrap().split_once('?').unwrap();
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        (page.to_owned(), pairs.collect())
    }

    fn finished(script: &Rc<Script>, fragment: &str) -> Result<Session, SignInError> {
        block_on(finish(&world(script), fragment, &sign_in_request()))
    }

    /// Form parameters of a request to the token endpoint.
    pub(crate) fn form(request: &HttpRequest) -> BTreeMap<String, String> {
        form_urlencoded::parse(request.body())
            .into_owned()
            .collect()
    }

    /// A token response for the requested service, with these claims changed.
    pub(crate) fn granted(request: &HttpRequest, claims: &Value) -> Result<HttpResponse, NoAnswer> {
        let form = form(request);
        let refresh = form.get("refresh_token").map_or("0", String::as_str);
        answer(
            200,
            &[],
            json!({
                "token_type": "Bearer", "scope": form["scope"], "expires_in": 3600, "ext_expires_in": 3600,
                "access_token": if form["scope"].contains("management") { "arm-token" } else { "graph-token" },
                "refresh_token": format!("{refresh}+"), "id_token": token(claims), "client_info": "eyJ9",
            }),
        )
    }

    /// Signs in with this response to the code, followed by the token for Azure.
    fn redeemed(
        script: &Rc<Script>,
        reply: impl FnOnce(&HttpRequest, &str) -> Result<HttpResponse, NoAnswer> + 'static,
    ) -> Result<Session, SignInError> {
        let (_, parameters) = begun(script, &sign_in_request());
        let nonce = parameters["nonce"].clone();
        script.then(move |request| reply(request, &nonce));
        finished(script, &format!("code=c-1&state={}", parameters["state"]))
    }

    /// A completed sign-in.
    pub(crate) fn signed_in(script: &Rc<Script>) -> Session {
        let (_, parameters) = begun(script, &sign_in_request());
        let nonce = parameters["nonce"].clone();
        script.then(move |request| granted(request, &json!({ "nonce": nonce })));
        script.then(|request| granted(request, &json!({"nonce": null})));
        finished(script, &format!("code=c-1&state={}", parameters["state"])).unwrap()
    }

    #[test]
    fn a_step_up_sign_in_always_asks_for_credentials() {
        for login_hint in [None, Some("ada@contoso.com".to_owned())] {
            let sign_in = SignIn {
                login_hint: login_hint.clone(),
                step_up: StepUp {
                    is_anew: true,
                    within: None,
                },
                ..sign_in_request()
            };
            let (_, parameters) = begun(&Script::empty(), &sign_in);
            assert_eq!(parameters["prompt"], "login");
            assert_eq!(parameters.get("login_hint"), login_hint.as_ref());
        }
    }

    #[test]
    fn the_authorization_request_has_exactly_these_parameters() {
        let script = Script::empty();
        let (page, mut parameters) = begun(&script, &sign_in_request());
        assert_eq!(
            page,
            format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize")
        );
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(
                parameters.remove(name).map(|value| value.len()),
                Some(43),
                "{name}"
            );
        }
        let expected = [
            ("client_id", CLIENT),
            ("code_challenge_method", "S256"),
            ("prompt", "select_account"),
            ("redirect_uri", HOME),
            ("response_mode", "fragment"),
            ("response_type", "code"),
            (
                "scope",
                "openid profile offline_access https://graph.microsoft.com/User.Read \
                 https://graph.microsoft.com/Organization.Read.All https://graph.microsoft.com/Application.ReadWrite.All \
                 https://graph.microsoft.com/DelegatedPermissionGrant.ReadWrite.All https://graph.microsoft.com/Policy.Read.All \
                 https://graph.microsoft.com/AppRoleAssignment.ReadWrite.All https://management.azure.com/user_impersonation",
            ),
        ];
        assert_eq!(
            parameters,
            expected
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into()
        );
    }

    #[test]
    fn only_needed_scopes_and_parameters_are_requested() {
        let script = Script::empty();
        let sign_in = SignIn {
            tenant: None,
            scopes: ScopeSet::default(),
            login_hint: Some("ada@contoso.com".to_owned()),
            claims: Some(r#"{"a":1}"#.to_owned()),
            ..sign_in_request()
        };
        let (page, parameters) = begun(&script, &sign_in);
        assert!(page.contains("/organizations/"), "{page}");
        assert!(!parameters["scope"].contains("AppRoleAssignment"));
        assert_eq!(parameters["login_hint"], "ada@contoso.com");
        assert_eq!(parameters.get("prompt"), None);
        assert_eq!(parameters["claims"], r#"{"a":1}"#);
    }

    #[test]
    fn each_sign_in_attempt_uses_new_random_values() {
        let script = Script::empty();
        let (_, first) = begun(&script, &sign_in_request());
        let (_, second) = begun(&script, &sign_in_request());
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(first[name], second[name]);
        }
        assert_ne!(first["state"], first["nonce"]);
    }

    #[test]
    fn a_sign_in_needs_random_numbers_and_session_storage() {
        let script = Script::empty();
        script.random.set(false);
        assert_eq!(
            block_on(begin(&world(&script), &sign_in_request())),
            Err(SignInError::NoRandom)
        );
        script.random.set(true);
        script.remembers.set(false);
        assert_eq!(
            block_on(begin(&world(&script), &sign_in_request())),
            Err(SignInError::NoMemory)
        );
        assert!(script.visits().is_empty());
        let lost = SignIn {
            redirect_uri: "not a URL".to_owned(),
            ..sign_in_request()
        };
        assert_eq!(
            block_on(begin(&world(&script), &lost)),
            Err(SignInError::BadRequest)
        );
    }

    #[test]
    fn a_sign_in_ends_with_a_token_for_each_service() {
        let script = Script::empty();
        let session = signed_in(&script);
        assert_eq!(session.tenant().to_string(), TENANT);
        assert_eq!(session.account().name, "ada@contoso.com");
        assert_eq!(session.missing(&session.asked().scopes()), []);
        let requests = script.requests();
        assert_eq!(requests.len(), 2);
        let expected_uri = format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token");
        for request in &requests {
            assert_eq!(request.uri().to_string(), expected_uri);
            assert!(!request.headers().contains_key("authorization"));
        }
        let code = form(&requests[0]);
        assert_eq!(code["grant_type"], "authorization_code");
        assert_eq!(code["redirect_uri"], HOME);
        assert_eq!(code["code_verifier"].len(), 43);
        assert!(
            !code["scope"].contains("management"),
            "each request is for one service"
        );
        assert!(!code.contains_key("client_secret"));
        let azure = form(&requests[1]);
        assert_eq!(azure["grant_type"], "refresh_token");
        assert_eq!(azure["refresh_token"], "0+");
        assert_eq!(
            azure["scope"],
            "openid profile offline_access https://management.azure.com/user_impersonation"
        );
    }

    #[test]
    fn session_storage_is_empty_after_sign_in_and_never_has_tokens() {
        let script = Script::empty();
        begun(&script, &sign_in_request());
        let remembered = script.memory()["sign-in"].clone();
        assert!(remembered.contains("verifier") && !remembered.contains("token"));
        let session = signed_in(&script);
        assert!(script.memory().is_empty());
        assert!(!format!("{session:?}").contains("token"));
    }

    #[test]
    fn a_sign_in_response_cannot_be_used_twice() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        let nonce = parameters["nonce"].clone();
        script.then(move |request| granted(request, &json!({ "nonce": nonce })));
        script.then(|request| granted(request, &json!({"nonce": null})));
        let fragment = format!("code=c-1&state={}", parameters["state"]);
        assert!(finished(&script, &fragment).is_ok());
        assert_eq!(
            finished(&script, &fragment).err(),
            Some(SignInError::NoAttempt)
        );
        assert_eq!(script.requests().len(), 2);
    }

    #[test]
    fn an_unrequested_response_is_refused_without_a_request() {
        let script = Script::empty();
        assert_eq!(
            finished(&script, "code=c&state=s").err(),
            Some(SignInError::NoAttempt)
        );
        for (fragment, error) in [
            ("code=c&state=s", SignInError::NoAttempt),
            ("code=c", SignInError::BadAnswer(CallbackFault::NoState)),
            ("", SignInError::BadAnswer(CallbackFault::Neither)),
        ] {
            begun(&script, &sign_in_request());
            assert_eq!(finished(&script, fragment).err(), Some(error), "{fragment}");
            assert!(script.memory().is_empty(), "the stored attempt is deleted");
        }
        let (_, parameters) = begun(&script, &sign_in_request());
        let state = &parameters["state"];
        let wrong = format!("code=c&state={}", state.to_uppercase());
        assert_eq!(
            finished(&script, &wrong).err(),
            Some(SignInError::NoAttempt)
        );
        let (_, parameters) = begun(&script, &sign_in_request());
        let twice = format!("code=c&state={0}&state={0}", parameters["state"]);
        assert_eq!(
            finished(&script, &twice).err(),
            Some(SignInError::BadAnswer(CallbackFault::Duplicate))
        );
        assert!(script.requests().is_empty());
    }

    #[test]
    fn a_late_sign_in_response_is_refused() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        script.advance(Duration::from_secs(601));
        let fragment = format!("code=c&state={}", parameters["state"]);
        assert_eq!(finished(&script, &fragment).err(), Some(SignInError::Stale));
        assert!(script.requests().is_empty());
    }

    #[test]
    fn a_response_in_the_last_second_is_accepted() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        script.advance(Duration::from_secs(600));
        let fragment = format!("error=access_denied&state={}", parameters["state"]);
        assert!(matches!(
            finished(&script, &fragment).err(),
            Some(SignInError::Refused(_))
        ));
    }

    #[test]
    fn changed_settings_stop_the_sign_in() {
        let script = Script::empty();
        let other = "11111111-d99c-4558-af0c-de7774091dda";
        for (client_id, home) in [(other, HOME), (CLIENT, "https://elsewhere.example/")] {
            let (_, parameters) = begun(&script, &sign_in_request());
            let outcome = block_on(finish(
                &world(&script),
                &format!("code=c&state={}", parameters["state"]),
                &SignIn {
                    client_id: client_id.parse().unwrap(),
                    redirect_uri: home.to_owned(),
                    ..sign_in_request()
                },
            ));
            assert_eq!(outcome.err(), Some(SignInError::OtherSettings));
        }
        assert!(script.requests().is_empty());
    }

    #[test]
    fn changed_session_storage_cannot_redirect_the_code() {
        for (find, replace) in [
            ("\"public\"", "\"evil\""),
            (TENANT, "evil.example/x"),
            (TENANT, "common"),
            (
                "\"started\"",
                "\"token_url\":\"https://evil.example\",\"started\"",
            ),
        ] {
            let script = Script::empty();
            let (_, parameters) = begun(&script, &sign_in_request());
            let changed = script.memory()["sign-in"].replace(find, replace);
            assert!(script.session_set("sign-in", &changed));
            let fragment = format!("code=c&state={}", parameters["state"]);
            assert_eq!(
                finished(&script, &fragment).err(),
                Some(SignInError::NoAttempt)
            );
            assert!(script.requests().is_empty());
        }
    }

    #[test]
    fn a_response_from_another_issuer_is_not_redeemed() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        let fragment = format!(
            "code=c&state={}&iss=https%3A%2F%2Fevil.example%2Fv2.0",
            parameters["state"]
        );
        assert_eq!(
            finished(&script, &fragment).err(),
            Some(SignInError::Identity(IdTokenFault::Issuer))
        );
        assert!(script.requests().is_empty());
    }

    #[test]
    fn the_issuer_in_a_response_must_match_the_tenant() {
        let other = "11111111-d99c-4558-af0c-de7774091dda";
        let wrong = Some(SignInError::Identity(IdTokenFault::Issuer));
        for (tenant, fault) in [(TENANT, None), (other, wrong)] {
            let script = Script::empty();
            let (_, parameters) = begun(&script, &sign_in_request());
            let nonce = parameters["nonce"].clone();
            script.then(move |request| granted(request, &json!({ "nonce": nonce })));
            script.then(|request| granted(request, &json!({"nonce": null})));
            let fragment = format!(
                "code=c&state={}&iss=https%3A%2F%2Flogin.microsoftonline.com%2F{tenant}%2Fv2.0",
                parameters["state"]
            );
            assert_eq!(finished(&script, &fragment).err(), fault);
        }
    }

    #[test]
    fn an_error_response_is_reported_without_a_request() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        let fragment = format!(
            "error=access_denied&error_description=AADSTS65004%3A+Declined&state={}",
            parameters["state"]
        );
        let error = finished(&script, &fragment).unwrap_err();
        assert_eq!(
            error.refusal().map(|refusal| refusal.reason),
            Some(EntraReason::Declined)
        );
        assert_eq!(
            error.title(Locale::En),
            "You did not accept the permissions"
        );
        assert!(script.requests().is_empty());
    }

    #[test]
    fn the_code_is_sent_only_once() {
        for (outcome, error) in [
            (
                Err(NoAnswer::Lost),
                SignInError::Unreachable(NoAnswer::Lost),
            ),
            (
                Err(NoAnswer::TimedOut),
                SignInError::Unreachable(NoAnswer::TimedOut),
            ),
            (
                Err(NoAnswer::Cut { status: 200 }),
                SignInError::Unreachable(NoAnswer::Cut { status: 200 }),
            ),
            (
                answer(429, &[("retry-after", "1")], json!({})),
                SignInError::OddToken(Failure::Unexpected {
                    status: 429,
                    why: MalformedResponse::BadJson,
                }),
            ),
            (
                answer(503, &[], json!({})),
                SignInError::OddToken(Failure::Unexpected {
                    status: 503,
                    why: MalformedResponse::BadJson,
                }),
            ),
            (
                answer(200, &[("content-type", "text/html")], json!({})),
                SignInError::OddToken(Failure::Unexpected {
                    status: 200,
                    why: MalformedResponse::BadJson,
                }),
            ),
        ] {
            let script = Script::empty();
            assert_eq!(redeemed(&script, |_, _| outcome).err(), Some(error));
            assert_eq!(script.requests().len(), 1);
        }
    }

    #[test]
    fn a_refused_code_is_explained_with_the_ids_from_entra() {
        let script = Script::empty();
        let error = redeemed(&script, |_, _| {
            answer(
                400,
                &[],
                json!({
                    "error": "invalid_request", "error_codes": [9_002_326], "timestamp": "2026-09-29 10:00:00Z",
                    "error_description": "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
                    "trace_id": "t-1", "correlation_id": "c-1",
                }),
            )
        })
        .unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!(
            (refusal.code, refusal.reason),
            (9_002_326, EntraReason::WrongPlatform)
        );
        assert_eq!(refusal.correlation_id.as_deref(), Some("c-1"));
        assert_eq!(
            error.fix(Locale::En),
            "Ask the site owner to move the address to the platform \"Single-page application\" in its app registration."
        );
    }

    #[test]
    fn an_id_token_that_does_not_match_the_sign_in_is_refused() {
        let nonce = redeemed(&Script::empty(), |request, _| granted(request, &json!({})));
        assert_eq!(
            nonce.err(),
            Some(SignInError::Identity(IdTokenFault::Nonce))
        );
        let other = "11111111-d99c-4558-af0c-de7774091dda";
        let error = redeemed(&Script::empty(), move |request, nonce| {
            granted(
                request,
                &json!({"nonce": nonce, "tid": other, "iss": format!("https://login.microsoftonline.com/{other}/v2.0")}),
            )
        })
        .unwrap_err();
        assert_eq!(
            error.sentence(Locale::En),
            "You signed in to the tenant 11111111-d99c-4558-af0c-de7774091dda, not to the tenant that was requested."
        );
        let absent = redeemed(&Script::empty(), |_, _| {
            answer(
                200,
                &[],
                json!({"access_token": "a", "token_type": "bearer"}),
            )
        });
        assert_eq!(
            absent.err(),
            Some(SignInError::Identity(IdTokenFault::Absent))
        );
    }

    #[test]
    fn a_wrong_clock_is_reported_in_minutes() {
        let error = redeemed(&Script::empty(), |request, nonce| {
            let made = 1_790_676_000 + 3_600;
            granted(
                request,
                &json!({"nonce": nonce, "iat": made, "nbf": made, "exp": made + 3_600}),
            )
        })
        .unwrap_err();
        assert_eq!(
            error.title(Locale::En),
            "The clock of this computer is slow"
        );
        assert_eq!(
            error.sentence(Locale::En),
            "It is behind Microsoft's clock by 60 minutes."
        );
        assert_eq!(
            error.fix(Locale::En),
            "Set the clock of this computer, then sign in again."
        );
    }

    #[test]
    fn missing_scopes_are_named_and_end_the_sign_in() {
        let script = Script::empty();
        let (_, parameters) = begun(&script, &sign_in_request());
        let nonce = parameters["nonce"].clone();
        script.then(move |request| {
            let mut reply = granted(request, &json!({ "nonce": nonce })).unwrap();
            let mut body: Value = serde_json::from_slice(reply.body()).unwrap();
            body["scope"] =
                json!("openid profile User.Read https://graph.microsoft.com/Policy.Read.All");
            *reply.body_mut() = body.to_string().into_bytes();
            Ok(reply)
        });
        let error =
            finished(&script, &format!("code=c&state={}", parameters["state"])).unwrap_err();
        assert_eq!(
            error.sentence(Locale::En),
            "The sign-in lacks Organization.Read.All, Application.ReadWrite.All, DelegatedPermissionGrant.ReadWrite.All, \
             AppRoleAssignment.ReadWrite.All, so nothing was done with it."
        );
        assert!(error.is_consent());
        // No request to Azure either.
        assert_eq!(script.requests().len(), 1);
    }

    #[test]
    fn the_admin_consent_url_has_the_requested_scopes() {
        let sign_in = SignIn {
            scopes: ScopeSet::default(),
            ..sign_in_request()
        };
        assert_eq!(
            sign_in.admin_consent_url(),
            "https://login.microsoftonline.com/5e97358c-d99c-4558-af0c-de7774091dda/v2.0/adminconsent\
             ?client_id=1b730954-1685-4b74-9bfd-dac224a7b894\
             &scope=openid+profile+offline_access+https%3A%2F%2Fgraph.microsoft.com%2FUser.Read+https%3A%2F%2Fgraph.microsoft.com%2FOrganization.Read.All+\
             https%3A%2F%2Fgraph.microsoft.com%2FApplication.ReadWrite.All+\
             https%3A%2F%2Fgraph.microsoft.com%2FDelegatedPermissionGrant.ReadWrite.All+\
             https%3A%2F%2Fgraph.microsoft.com%2FPolicy.Read.All+\
             https%3A%2F%2Fmanagement.azure.com%2Fuser_impersonation\
             &redirect_uri=https%3A%2F%2Fsetup.contoso.com%2Fcmg%2F&state=admin-consent"
        );
    }

    #[test]
    fn a_failed_popup_leaves_no_stored_attempt() {
        for (why, error) in [
            (PopupError::NoWindow, SignInError::NoWindow),
            (PopupError::NoAnswer, SignInError::Stale),
        ] {
            let script = Script::empty();
            script.not_visited.set(Some(why));
            assert_eq!(
                block_on(begin(&world(&script), &sign_in_request())),
                Err(error)
            );
            assert!(script.memory().is_empty());
        }
    }

    #[test]
    fn an_abandoned_sign_in_is_reported_once() {
        let script = Script::empty();
        assert!(!abandon(script.as_ref()));
        begun(&script, &sign_in_request());
        assert!(abandon(script.as_ref()));
        assert!(!abandon(script.as_ref()));
    }
}
