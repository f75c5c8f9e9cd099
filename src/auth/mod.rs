//! Who is signed in, and a token for each service.
//!
//! Tokens live here, in memory, and leave only as the `Authorization` header of a call to the one host they are for.

pub mod callback;
pub mod id_token;
pub mod pkce;
pub mod scopes;
pub mod sign_in;

use std::rc::Rc;

use crate::auth::scopes::Scope;
use crate::domain::cloud::Cloud;
use crate::domain::ids::ObjectId;
use crate::domain::ids::TenantId;
use crate::net::Call;
use crate::net::Failure;
use crate::net::Reply;
use crate::net::Watch;

/// The service an access token is for. A token for one is never sent to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    Arm,
}

impl Audience {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Graph, Self::Arm];

    /// The only host its tokens may go to.
    #[must_use]
    pub fn host(self, cloud: Cloud) -> &'static str {
        match self {
            Self::Graph => cloud.graph_host(),
            Self::Arm => cloud.arm_host(),
        }
    }
}

/// The person signed in. For display; nothing is decided by it but "same person as before".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The sign-in name (`preferred_username`).
    pub name: String,
    /// The display name, if Entra sent one.
    pub display_name: Option<String>,
    /// The person's object in the tenant.
    pub object_id: ObjectId,
}

/// One sign-in in one tenant of one cloud. Clones are the same session.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    cloud: Cloud,
    tenant: TenantId,
    account: Account,
}

impl Session {
    /// Sends a call with the token of this service, renewing it when needed.
    pub async fn call(
        &self,
        _audience: Audience,
        _call: Call,
        _watch: &Watch,
    ) -> Result<Reply, Failure> {
        Err(Failure::NotSent)
    }

    /// Reads a list to its end: every element of every page's `value`.
    pub async fn call_pages(
        &self,
        _audience: Audience,
        _call: Call,
        _watch: &Watch,
    ) -> Result<Vec<serde_json::Value>, Failure> {
        Err(Failure::NotSent)
    }

    /// The cloud signed in to.
    #[must_use]
    pub fn cloud(&self) -> Cloud {
        self.0.cloud
    }

    /// The tenant signed in to; every token of the session is of this tenant.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.0.tenant
    }

    /// The person.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.0.account
    }

    /// True if consent covers this permission.
    #[must_use]
    pub fn has_scope(&self, _scope: Scope) -> bool {
        false
    }

    /// Those of `wanted` that consent lacks.
    #[must_use]
    pub fn missing(&self, wanted: &[Scope]) -> Vec<Scope> {
        wanted
            .iter()
            .copied()
            .filter(|scope| !self.has_scope(*scope))
            .collect()
    }
}
