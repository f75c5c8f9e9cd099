//! Rows of Microsoft's two reports on sign-ins, limited to the properties that this product reads.
//!
//! Sources: "appCredentialSignInActivity resource type" and "servicePrincipalSignInActivity resource type" (Microsoft Graph beta, 2026).

use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;

use domain::ids::AppId;
use domain::ids::KeyId;
use domain::json::Object;
use domain::moment;

/// A `signInActivity` object: when the last sign-in was, if the report has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity(pub Option<Timestamp>);

impl<'de> Deserialize<'de> for Activity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let at: Option<Timestamp> = object.take_by("lastSignInDateTime", moment::optional)?;
        // Microsoft's services also write "never" as 0001-01-01.
        Ok(Self(at.filter(|at| *at > Timestamp::UNIX_EPOCH)))
    }
}

/// An `appCredentialSignInActivity` object: one secret or certificate, and one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialActivity {
    /// Key ID of the secret or certificate.
    pub key: KeyId,
    /// The last sign-in with it.
    pub last: Activity,
}

impl<'de> Deserialize<'de> for CredentialActivity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            key: object.take("keyId")?,
            last: object.take_or_default("signInActivity")?,
        })
    }
}

/// A `servicePrincipalSignInActivity` object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalActivity {
    /// Client ID of the app.
    pub app: AppId,
    /// The last sign-ins in which the app got the token, for a user and for itself.
    pub as_client: [Activity; 2],
    /// The last sign-ins in which the token was for the app, of a user and of another app.
    pub as_resource: [Activity; 2],
}

impl<'de> Deserialize<'de> for PrincipalActivity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            app: object.take("appId")?,
            as_client: [
                object.take_or_default("delegatedClientSignInActivity")?,
                object.take_or_default("applicationAuthenticationClientSignInActivity")?,
            ],
            as_resource: [
                object.take_or_default("delegatedResourceSignInActivity")?,
                object.take_or_default("applicationAuthenticationResourceSignInActivity")?,
            ],
        })
    }
}
