//! The services that tokens are for, and the signed-in account.

use crate::net::headers::CLIENT_REQUEST_ID;
use crate::net::headers::MS_CLIENT_REQUEST_ID;
use domain::cloud::Cloud;
use domain::ids;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::variants::variants;
use http::HeaderName;
use strum::EnumCount;
use strum::VariantArray;

/// The service that an access token is for. A token is never sent to another service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum Audience {
    /// Microsoft Graph, for Microsoft Entra objects.
    Graph,
    /// Azure Resource Manager, for subscriptions and resource providers.
    Arm,
}

impl Audience {
    /// Both services, in request order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Header in which the service reads the page's step ID.
    pub(in crate::auth) fn step_header(self) -> HeaderName {
        match self {
            Self::Graph => CLIENT_REQUEST_ID,
            Self::Arm => MS_CLIENT_REQUEST_ID,
        }
    }

    /// Client ID of the service, the same in every cloud ("Verify first-party Microsoft applications in sign-in reports", 2025-05-29).
    #[must_use]
    pub fn app_id(self) -> AppId {
        match self {
            Self::Graph => ids::GRAPH,
            Self::Arm => ids::ARM,
        }
    }

    /// The only host that may receive the service's tokens.
    #[must_use]
    pub fn host(self, cloud: Cloud) -> &'static str {
        match self {
            Self::Graph => cloud.graph_host(),
            Self::Arm => cloud.arm_host(),
        }
    }
}

/// The signed-in account. For display; the only decision based on it is whether the user is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Sign-in name (`preferred_username`).
    pub name: String,
    /// Display name, if Microsoft Entra ID sent one.
    pub display_name: Option<String>,
    /// Object ID of the user in the tenant.
    pub object_id: ObjectId,
}
