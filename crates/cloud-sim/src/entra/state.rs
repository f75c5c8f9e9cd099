//! What the sign-in service stores: its clients, and codes, tokens and devices in use.

use crate::entra::flow::Flow;
use crate::entra::flow::Reply;
use crate::entra::modes::Modes;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// This tool's own app registration in the simulated public cloud.
pub const TOOL_PUBLIC: AppId = AppId::new(Uuid::from_u128(0x7c3f9a52_18d4_4e6b_9b0d_5a2e64f1c801));

/// This tool's own app registration in the simulated US Government cloud.
pub const TOOL_US_GOV: AppId = AppId::new(Uuid::from_u128(0x7c3f9a52_18d4_4e6b_9b0d_5a2e64f1c802));

/// State of the sign-in service: flows in progress, codes, refresh tokens, sessions.
#[derive(Clone, Default)]
pub struct Entra {
    pub(in crate::entra) modes: Modes,
    pub(in crate::entra) flows: BTreeMap<String, Flow>,
    pub(in crate::entra) codes: BTreeMap<String, Code>,
    pub(in crate::entra) refresh_tokens: BTreeMap<String, Refresh>,
    pub(in crate::entra) devices: BTreeMap<String, Device>,
    pub(in crate::entra) sessions: BTreeMap<String, (TenantId, ObjectId)>,
    /// Redirect URIs added to this tool's own registration.
    pub(in crate::entra) tool_pages: Vec<String>,
}

#[derive(Clone)]
pub(in crate::entra) struct Code {
    pub(in crate::entra) flow: Flow,
    pub(in crate::entra) reply: Reply,
    pub(in crate::entra) tenant: TenantId,
    pub(in crate::entra) user: ObjectId,
    pub(in crate::entra) issued: Timestamp,
    pub(in crate::entra) is_spent: bool,
}

#[derive(Clone)]
pub(in crate::entra) struct Refresh {
    pub(in crate::entra) flow: Flow,
    pub(in crate::entra) tenant: TenantId,
    pub(in crate::entra) user: ObjectId,
    pub(in crate::entra) issued: Timestamp,
    /// For single-page applications: when the first refresh token of the chain was issued.
    pub(in crate::entra) spa_since: Option<Timestamp>,
    pub(in crate::entra) is_confidential: bool,
    pub(in crate::entra) is_revoked: bool,
}

#[derive(Clone)]
pub(in crate::entra) struct Device {
    pub(in crate::entra) typed: String,
    pub(in crate::entra) flow: Flow,
    pub(in crate::entra) started: Timestamp,
    pub(in crate::entra) state: DeviceState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::entra) enum DeviceState {
    Pending,
    Approved(TenantId, ObjectId),
    Declined,
}
