//! A sign-in in progress, as the service stores it between two pages.

use uuid::Uuid;

use crate::entra::authority::Authority;
use crate::entra::client::Platform;
use crate::entra::scope::Asked;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) host: String,
    pub(super) authority: Authority,
    pub(super) client: AppId,
    pub(super) asked: Asked,
    pub(super) want: Want,
    pub(super) prompt: Option<Prompt>,
    pub(super) hint: Option<String>,
    /// Multifactor authentication was requested (claims). The simulated sign-in then always includes it.
    pub(super) is_strong: bool,
    /// The client supports claims challenges (`xms_cc`).
    pub(super) is_cae_capable: bool,
    pub(super) account: Option<(TenantId, ObjectId)>,
    pub(super) consented: bool,
    pub(super) correlation: Uuid,
}

/// The result that the client gets.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// An authorization code, an ID token, or both.
    Code(Reply),
    /// Approval of the device code.
    Device(String),
    /// Admin consent, with the response in the query.
    AdminConsent {
        redirect: String,
        state: Option<String>,
        scope: String,
    },
}

/// Where and how the response is sent.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) redirect: String,
    pub(super) platform: Platform,
    pub(super) mode: Mode,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<Challenge>,
    pub(super) wants_code: bool,
    pub(super) wants_id_token: bool,
    pub(super) wants_client_info: bool,
}

/// The response mode: how parameters are sent to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
}

/// The PKCE challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    Plain(String),
    S256(String),
}

/// `prompt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prompt {
    Login,
    None,
    Consent,
    SelectAccount,
}
