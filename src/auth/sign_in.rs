//! Signing in: to Microsoft's page and back. Authorization code with PKCE, one attempt at a time, nothing kept that is not needed.

use std::rc::Rc;

use crate::auth::Session;
use crate::auth::scopes::ScopeSet;
use crate::domain::cloud::Cloud;
use crate::domain::ids::AppId;
use crate::domain::ids::TenantId;
use crate::world::Visit;
use crate::world::World;

/// Which tenant to sign in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantHint {
    /// Whichever work or school tenant the account belongs to.
    AnyOrganization,
    /// This one.
    Id(TenantId),
    /// The one with this verified domain, in ASCII.
    Domain(String),
}

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

/// Why signing in failed. Data; its sentences follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The browser has no source of random numbers fit for keys.
    NoRandom,
}

/// Starts: remembers the attempt and goes to the sign-in page.
pub async fn begin(_world: &Rc<dyn World>, _sign_in: SignIn) -> Result<Visit, SignInError> {
    Err(SignInError::NoRandom)
}

/// Finishes: `fragment` is what came back in the address, without `#`. `client_id` and `redirect_uri` are this site's, now.
pub async fn finish(
    _world: &Rc<dyn World>,
    _fragment: &str,
    _client_id: AppId,
    _redirect_uri: &str,
) -> Result<Session, SignInError> {
    Err(SignInError::NoRandom)
}
