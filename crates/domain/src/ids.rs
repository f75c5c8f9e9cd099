//! Identifiers as separate types, so that an object ID cannot be used as an application ID.
//!
//! Also the IDs that Microsoft publishes: they are the same in every tenant and cloud.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;

use uuid::Uuid;

/// Why a GUID is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidError {
    /// The text is empty.
    Empty,
    /// Not 8-4-4-4-12 hexadecimal digits with hyphens.
    Scenario,
    /// The all-zero GUID, which identifies no object.
    Nil,
}

/// Parses a GUID with hyphens, as Microsoft Entra ID and Configuration Manager write it.
fn guid(text: &str) -> Result<Uuid, GuidError> {
    if text.is_empty() {
        return Err(GuidError::Empty);
    }
    // `Uuid` alone also parses braces, `urn:uuid:`, and bare hexadecimal, which no Microsoft service accepts here.
    if text.len() != 36 {
        return Err(GuidError::Scenario);
    }
    match Uuid::try_parse(text) {
        Ok(id) if id.is_nil() => Err(GuidError::Nil),
        Ok(id) => Ok(id),
        Err(_) => Err(GuidError::Scenario),
    }
}

macro_rules! guid_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a GUID that is known to be this kind of ID.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The ID as a plain GUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Strict: a value that is not a GUID makes the response invalid.
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                guid(&text).map(Self).map_err(|_| D::Error::custom("not a GUID"))
            }
        }

        impl FromStr for $name {
            type Err = GuidError;

            fn from_str(text: &str) -> Result<Self, GuidError> {
                guid(text).map(Self)
            }
        }
    };
}

guid_type!(
    /// A Microsoft Entra (directory) tenant ID.
    TenantId
);
guid_type!(
    /// An application (client) ID.
    AppId
);
guid_type!(
    /// The object ID of an application, service principal or user.
    ObjectId
);
guid_type!(
    /// The ID of a delegated scope or an app role.
    PermissionId
);
guid_type!(
    /// The ID of an Azure subscription.
    SubscriptionId
);
guid_type!(
    /// The key ID of a client secret.
    KeyId
);

/// Application ID of Microsoft Graph.
pub const GRAPH: AppId = AppId(Uuid::from_u128(0x00000003_0000_0000_c000_000000000000));
/// Application permission `Directory.Read.All` of Microsoft Graph.
pub const DIRECTORY_READ_ALL: PermissionId =
    PermissionId(Uuid::from_u128(0x7ab1d382_f21e_4acd_a863_ba3e13f7da61));
/// Delegated permission `User.Read` of Microsoft Graph.
pub const USER_READ: PermissionId =
    PermissionId(Uuid::from_u128(0xe1fe6dd8_ba31_4d61_89e7_88639da4683d));
/// Delegated permission `Directory.Read.All` of Microsoft Graph. It needs a signed-in user.
pub const DIRECTORY_READ_ALL_DELEGATED: PermissionId =
    PermissionId(Uuid::from_u128(0x06da0dbc_49e2_44d2_8312_53f166ab848a));
/// Application ID of Azure Resource Manager (earlier "Windows Azure Service Management API"; Microsoft's public list, 2026-08-20).
pub const ARM: AppId = AppId(Uuid::from_u128(0x797f4846_ba00_4fd7_ba43_dac1f8f63013));
/// Azure AD Graph, which is retired and no longer answers requests.
pub const AZURE_AD_GRAPH: AppId = AppId(Uuid::from_u128(0x00000002_0000_0000_c000_000000000000));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hyphenated_guids_are_accepted_as_ids() {
        assert!(
            "5e97358c-d99c-4558-af0c-de7774091dda"
                .parse::<TenantId>()
                .is_ok()
        );
        for (text, error) in [
            ("", GuidError::Empty),
            ("5e97358cd99c4558af0cde7774091dda", GuidError::Scenario),
            (
                "{5e97358c-d99c-4558-af0c-de7774091dda}",
                GuidError::Scenario,
            ),
            ("5e97358c-d99c-4558-af0c-de7774091ddg", GuidError::Scenario),
            (" 5e97358c-d99c-4558-af0c-de7774091dd", GuidError::Scenario),
            ("00000000-0000-0000-0000-000000000000", GuidError::Nil),
        ] {
            assert_eq!(text.parse::<TenantId>(), Err(error), "{text}");
        }
    }

    #[test]
    fn guids_are_shown_in_lower_case() {
        let id: AppId = "5E97358C-D99C-4558-AF0C-DE7774091DDA".parse().unwrap();
        assert_eq!(id.to_string(), "5e97358c-d99c-4558-af0c-de7774091dda");
    }
}
