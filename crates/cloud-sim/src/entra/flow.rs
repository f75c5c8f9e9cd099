//! A sign-in under way, as the service remembers it between two pages.

use uuid::Uuid;

use crate::entra::authority::Authority;
use crate::entra::client::Platform;
use crate::entra::scope::Asked;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;

/// A sign-in under way.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) host: String,
    pub(super) authority: Authority,
    pub(super) client: AppId,
    pub(super) asked: Asked,
    pub(super) want: Want,
    pub(super) prompt: Option<Prompt>,
    pub(super) hint: Option<String>,
    /// A second factor was asked for (claims), and so given.
    pub(super) is_strong: bool,
    /// The client can handle claims challenges (`xms_cc`).
    pub(super) is_cae_capable: bool,
    pub(super) account: Option<(TenantId, ObjectId)>,
    pub(super) consented: bool,
    pub(super) correlation: Uuid,
}

/// What the client gets in the end.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// An authorization code, perhaps with an id_token.
    Code(Reply),
    /// A device code is approved.
    Device(String),
    /// Admin consent, answered in the query.
    AdminConsent {
        redirect: String,
        state: Option<String>,
        scope: String,
    },
}

/// Where and how the answer goes.
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

/// How parameters travel back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
}

/// PKCE.
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
