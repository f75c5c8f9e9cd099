//! Maps sign-in error numbers to faults in the page's own app registration. Microsoft shows some of these errors on its own page without
//! returning, so the page also lists them where it explains the registration.
//!
//! Source: "Microsoft Entra authentication and authorization error codes" (2024-04-24). It does not list 500113 and 9002326; their texts
//! are from Microsoft's sign-in page. A number with several causes, or a different one, is not listed: `crates/domain/src/entra.rs` has the
//! same rule.

use crate::export::registration::Registration;
use crate::export::registration::azure_cli;
use domain::ids::AppId;
use domain::locale::Locale;

/// A fault in the app registration or its consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationError {
    /// The redirect URI is not in the registration.
    Redirect,
    /// The redirect URI is on the wrong platform.
    Platform,
    /// The tenant has no app with this client ID.
    Unknown,
    /// A service is missing from the app's permissions.
    Service,
    /// No admin has consented to the permissions.
    Consent,
    /// The app is single-tenant, and the sign-in named no tenant.
    Tenant,
    /// The account belongs to another tenant.
    Account,
    /// The app is disabled, or limited to assigned users.
    Closed,
    /// A token was requested with the implicit grant, which this page never uses.
    Implicit,
}

/// Each fault with its error numbers.
const NUMBERS: [(RegistrationError, &[u32]); 9] = [
    (RegistrationError::Redirect, &[50_011, 500_113]),
    (RegistrationError::Platform, &[9_002_326]),
    (RegistrationError::Unknown, &[700_016, 700_011]),
    (RegistrationError::Service, &[650_057]),
    (
        RegistrationError::Consent,
        &[65_001, 90_094, 90_095, 65_004],
    ),
    (RegistrationError::Tenant, &[50_194]),
    (RegistrationError::Account, &[50_020]),
    (RegistrationError::Closed, &[7_000_112, 50_105]),
    (RegistrationError::Implicit, &[700_054]),
];

impl RegistrationError {
    /// All faults, with the numbers that Microsoft uses for each.
    #[must_use]
    pub fn all() -> &'static [(Self, &'static [u32])] {
        &NUMBERS
    }

    /// The fault for an `AADSTS` number; `None` if the registration is not the cause.
    #[must_use]
    pub fn of(code: u32) -> Option<Self> {
        let known = NUMBERS.iter().find(|(_, codes)| codes.contains(&code));
        known.map(|(fault, _)| *fault)
    }

    /// The fault and where in the Microsoft Entra admin center to fix it.
    #[must_use]
    pub fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::Redirect => t.register_fault_redirect(),
            Self::Platform => t.register_fault_platform(),
            Self::Unknown => t.register_fault_unknown(),
            Self::Service => t.register_fault_service(),
            Self::Consent => t.register_fault_consent(),
            Self::Tenant => t.register_fault_tenant(),
            Self::Account => t.register_fault_account(),
            Self::Closed => t.register_fault_closed(),
            Self::Implicit => t.register_fault_implicit(),
        }
    }

    /// Azure CLI command that fixes the fault, if there is one.
    #[must_use]
    pub fn command(self, registration: &Registration, client: AppId) -> Option<String> {
        let client = client.to_string();
        match self {
            Self::Redirect | Self::Platform => {
                Some(azure_cli::fix_redirects(registration, &client))
            }
            Self::Service => Some(azure_cli::fix_permissions(registration, &client)),
            Self::Consent => Some(azure_cli::fix_consent(&client)),
            Self::Closed => Some(format!(
                "az ad sp update --id {client} --set accountEnabled=true"
            )),
            Self::Unknown | Self::Tenant | Self::Account | Self::Implicit => None,
        }
    }
}
