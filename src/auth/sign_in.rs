//! Signing in: to Microsoft's page and back. Authorization code with PKCE, one attempt at a time.
//!
//! Between leaving and coming back only the attempt is remembered, in this tab; it is forgotten the moment it is read.

use std::rc::Rc;

use serde::Deserialize;
use serde::Serialize;

use crate::auth::App;
use crate::auth::Audience;
use crate::auth::Session;
use crate::auth::callback;
use crate::auth::callback::Outcome;
use crate::auth::error::SignInError;
use crate::auth::id_token;
use crate::auth::id_token::Expected;
use crate::auth::id_token::IdTokenFault;
use crate::auth::pkce;
use crate::auth::pkce::Draws;
use crate::auth::pkce::Endpoint;
use crate::auth::pkce::Wish;
use crate::auth::scopes::ScopeSet;
use crate::auth::tenant_hint::TenantHint;
use crate::domain::cloud::Cloud;
use crate::domain::ids::AppId;
use crate::domain::secret::Secret;
use crate::net::Net;
use crate::net::Watch;
use crate::world::Visit;
use crate::world::World;

/// Where the attempt is remembered in the tab.
const ATTEMPT: &str = "sign-in";
/// An answer later than this belongs to nobody any more.
const LONGEST: i64 = 10 * 60;

/// One wish to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The cloud.
    pub cloud: Cloud,
    /// This site's own app registration in that cloud.
    pub client_id: AppId,
    /// This site's address as registered, exactly.
    pub redirect_uri: String,
    /// The tenant.
    pub tenant: TenantHint,
    /// What to ask for.
    pub scopes: ScopeSet,
    /// The account expected, if known: skips the account picker.
    pub login_hint: Option<String>,
    /// A claims challenge to answer, JSON.
    pub claims: Option<String>,
}

impl SignIn {
    /// The page on which an administrator consents for the whole tenant. The answer comes in the query and proves nothing.
    #[must_use]
    pub fn admin_consent_url(&self) -> String {
        let scopes: Vec<String> = self
            .scopes
            .of(Audience::Graph)
            .into_iter()
            .map(|scope| scope.qualified(self.cloud))
            .collect();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.client_id.to_string())
            .append_pair("scope", &scopes.join(" "))
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", "admin-consent")
            .finish();
        format!(
            "https://{}/{}/v2.0/adminconsent?{query}",
            self.cloud.login_host(),
            self.tenant.path_segment()
        )
    }
}

/// What is remembered while the person is on Microsoft's page. The cloud is remembered, not its URLs: those come from the fixed table
/// again, so nothing in the tab's storage can send the code elsewhere.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attempt {
    cloud: String,
    tenant: String,
    client_id: String,
    redirect_uri: String,
    discovery: bool,
    verifier: String,
    state: String,
    nonce: String,
    started: i64,
}

/// Starts: remembers the attempt and goes to the sign-in page.
pub async fn begin(world: &Rc<dyn World>, sign_in: &SignIn) -> Result<Visit, SignInError> {
    let draws = Draws::fresh(world.as_ref()).ok_or(SignInError::NoRandom)?;
    let tenant = sign_in.tenant.path_segment();
    let endpoint = Endpoint {
        cloud: sign_in.cloud,
        tenant: &tenant,
        client_id: sign_in.client_id,
        redirect_uri: &sign_in.redirect_uri,
    };
    let mut scopes = vec![OPENID.to_owned()];
    scopes.extend(
        sign_in
            .scopes
            .scopes()
            .into_iter()
            .map(|scope| scope.qualified(sign_in.cloud)),
    );
    let wish = Wish {
        scopes,
        login_hint: sign_in.login_hint.as_deref(),
        claims: sign_in.claims.as_deref(),
    };
    let url = pkce::authorize_url(&endpoint, &draws, &wish).ok_or(SignInError::BadRequest)?;
    let attempt = Attempt {
        cloud: sign_in.cloud.key().to_owned(),
        tenant: tenant.clone(),
        client_id: sign_in.client_id.to_string(),
        redirect_uri: sign_in.redirect_uri.clone(),
        discovery: sign_in.scopes.discovery,
        verifier: draws.verifier.expose().to_owned(),
        state: draws.state,
        nonce: draws.nonce,
        started: world.now().as_second(),
    };
    let text = serde_json::to_string(&attempt).map_err(|_| SignInError::BadRequest)?;
    if !world.remember(ATTEMPT, &text) {
        return Err(SignInError::NoMemory);
    }
    Ok(world.visit(&url).await)
}

/// The scopes of OpenID Connect: who it is, and a refresh token, without which there is no second service.
const OPENID: &str = "openid profile offline_access";

/// The scope parameter of a token request: one service's permissions, and who it is.
#[must_use]
pub fn token_scope(cloud: Cloud, scopes: ScopeSet, audience: Audience) -> String {
    let mut text = OPENID.to_owned();
    for scope in scopes.of(audience) {
        text.push(' ');
        text.push_str(&scope.qualified(cloud));
    }
    text
}

/// Forgets an attempt that will not be finished; true if there was one (the person came back without an answer).
#[must_use]
pub fn abandon(world: &dyn World) -> bool {
    let was = world.recall(ATTEMPT).is_some();
    world.forget(ATTEMPT);
    was
}

/// Finishes: `fragment` is what came back in the address, without `#`. `client_id` and `redirect_uri` are this site's, now.
///
/// Whatever happens, the attempt is gone afterwards: an answer cannot be used twice.
pub async fn finish(
    world: &Rc<dyn World>,
    fragment: &str,
    client_id: AppId,
    redirect_uri: &str,
) -> Result<Session, SignInError> {
    let remembered = world.recall(ATTEMPT).map(Secret::new);
    world.forget(ATTEMPT);
    let callback = callback::parse(fragment).map_err(SignInError::BadAnswer)?;
    let attempt: Attempt = remembered
        .and_then(|text| serde_json::from_str(text.expose()).ok())
        .ok_or(SignInError::NoAttempt)?;
    if callback.state != attempt.state {
        return Err(SignInError::NoAttempt);
    }
    let age = world.now().as_second().saturating_sub(attempt.started);
    if !(-60..=LONGEST).contains(&age) {
        return Err(SignInError::Stale);
    }
    let cloud = Cloud::find(&attempt.cloud).ok_or(SignInError::NoAttempt)?;
    let hint = TenantHint::parse(&attempt.tenant).map_err(|_| SignInError::NoAttempt)?;
    if attempt.client_id != client_id.to_string() || attempt.redirect_uri != redirect_uri {
        return Err(SignInError::OtherSettings);
    }
    let code = match callback.outcome {
        Outcome::Refused(refusal) => return Err(SignInError::Refused(refusal)),
        Outcome::Code(code) => code,
    };
    // Mix-up: an answer that says it is from elsewhere is not redeemed here.
    let home = format!("https://{}/", cloud.login_host());
    if callback
        .issuer
        .as_ref()
        .is_some_and(|issuer| !issuer.starts_with(&home))
    {
        return Err(SignInError::Identity(IdTokenFault::Issuer));
    }
    let scopes = ScopeSet {
        discovery: attempt.discovery,
    };
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
        tenant: hint.id(),
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
    let app = App {
        cloud,
        client_id,
        redirect_uri: redirect_uri.to_owned(),
        scopes,
    };
    let session = Session::new(Rc::clone(world), net, app, identity, grant);
    // Azure too, now, while the consent is fresh. A tenant without Azure can still set up the apps: the first call to Azure will say why not.
    let _ = session.pass(Audience::Arm, &Watch::quiet()).await;
    Ok(session)
}
