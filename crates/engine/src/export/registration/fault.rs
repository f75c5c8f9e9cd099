//! What the number of a sign-in refusal says of the page's own registration. Microsoft shows some of these on its own page and never comes
//! back, so they are also listed where the registration is explained.
//!
//! Source: "Microsoft Entra authentication and authorization error codes" (2024-04-24). 500113 and 9002326 are not in it; their texts are
//! those Microsoft's sign-in shows. A number that has several causes, or another one, is not listed: `crates/domain/src/entra.rs` has the same rule.

use crate::export::registration::Registration;
use crate::export::registration::azure_cli;
use domain::ids::AppId;
use domain::words::Words;

/// What is wrong with the registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address is not listed.
    Redirect,
    /// It is listed under another platform.
    Platform,
    /// There is no app of this client ID in the tenant.
    Unknown,
    /// A service is not among its permissions.
    Service,
    /// Nobody who may has consented.
    Consent,
    /// It is for one tenant, and none was named.
    Tenant,
    /// The account is of another tenant.
    Account,
    /// It is switched off, or for assigned people only.
    Closed,
    /// It was asked for a token by implicit grant, which this page never does.
    Implicit,
}

/// Each with its numbers.
const NUMBERS: [(Fault, &[u32]); 9] = [
    (Fault::Redirect, &[50_011, 500_113]),
    (Fault::Platform, &[9_002_326]),
    (Fault::Unknown, &[700_016, 700_011]),
    (Fault::Service, &[650_057]),
    (Fault::Consent, &[65_001, 90_094, 90_095, 65_004]),
    (Fault::Tenant, &[50_194]),
    (Fault::Account, &[50_020]),
    (Fault::Closed, &[7_000_112, 50_105]),
    (Fault::Implicit, &[700_054]),
];

impl Fault {
    /// All of them, with the numbers Microsoft has for each.
    #[must_use]
    pub fn all() -> &'static [(Self, &'static [u32])] {
        &NUMBERS
    }

    /// What an `AADSTS` number says of the registration, if anything.
    #[must_use]
    pub fn of(code: u32) -> Option<Self> {
        let known = NUMBERS.iter().find(|(_, codes)| codes.contains(&code));
        known.map(|(fault, _)| *fault)
    }

    /// What is wrong, and where in the portal it is mended.
    #[must_use]
    pub fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Redirect => words.register_fault_redirect(),
            Self::Platform => words.register_fault_platform(),
            Self::Unknown => words.register_fault_unknown(),
            Self::Service => words.register_fault_service(),
            Self::Consent => words.register_fault_consent(),
            Self::Tenant => words.register_fault_tenant(),
            Self::Account => words.register_fault_account(),
            Self::Closed => words.register_fault_closed(),
            Self::Implicit => words.register_fault_implicit(),
        }
    }

    /// The line of Azure CLI that mends it, where one does.
    #[must_use]
    pub fn command(self, registration: &Registration, client: AppId) -> Option<String> {
        let client = client.to_string();
        match self {
            Self::Redirect | Self::Platform => {
                Some(azure_cli::mend_redirects(registration, &client))
            }
            Self::Service => Some(azure_cli::mend_permissions(registration, &client)),
            Self::Consent => Some(azure_cli::mend_consent(&client)),
            Self::Closed => Some(format!(
                "az ad sp update --id {client} --set accountEnabled=true"
            )),
            Self::Unknown | Self::Tenant | Self::Account | Self::Implicit => None,
        }
    }
}
