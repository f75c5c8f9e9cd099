//! Microsoft Graph's objects as they travel, with the properties this product reads or writes and no others.
//!
//! Names and casing are Graph v1.0's. A property that is `None` is not sent, and Graph then keeps its value.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::domain::ids::AppId;
use crate::domain::ids::KeyId;
use crate::domain::ids::ObjectId;
use crate::domain::ids::PermissionId;
use crate::domain::moment;

/// `application`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Object ID; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ObjectId>,
    /// Application (client) ID; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The key given at upsert; read-only afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_name: Option<String>,
    /// Application name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Which accounts may sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_audience: Option<String>,
    /// App ID URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_uris: Option<Vec<String>>,
    /// Device tokens without a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_device_only_auth_supported: Option<bool>,
    /// "Allow public client flows".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fallback_public_client: Option<bool>,
    /// Free labels; ours tells where the app came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Platform Web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Web>,
    /// Platform mobile and desktop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<PublicClient>,
    /// What the app exposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<Api>,
    /// What the app asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResource>>,
    /// Secrets, without their text; read-only here.
    #[serde(skip_serializing)]
    pub password_credentials: Option<Vec<PasswordCredential>>,
    /// When it was made; read-only.
    #[serde(skip_serializing, default, deserialize_with = "moment::optional")]
    pub created_date_time: Option<Timestamp>,
    /// When it was deleted; read-only.
    #[serde(skip_serializing, default, deserialize_with = "moment::optional")]
    pub deleted_date_time: Option<Timestamp>,
}

/// `webApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Web {
    /// HomePage URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_page_url: Option<String>,
    /// Redirect URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
}

/// `publicClientApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicClient {
    /// Redirect URIs.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
}

/// `apiApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// Token version; `None` is version 1, and is sent as it is read: not at all.
    #[serde(skip_serializing)]
    pub requested_access_token_version: Option<u8>,
    /// Scopes.
    #[serde(default, rename = "oauth2PermissionScopes")]
    pub oauth2_permission_scopes: Vec<Scope>,
}

/// `permissionScope`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// Its GUID, chosen by whoever makes the app.
    pub id: PermissionId,
    /// The name in a token.
    pub value: Option<String>,
    /// `User`: admins and users may consent. `Admin`: admins only.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// A disabled scope is not issued.
    pub is_enabled: bool,
    /// What an admin reads when consenting.
    pub admin_consent_display_name: Option<String>,
    /// The longer text for admins.
    pub admin_consent_description: Option<String>,
    /// What a user reads when consenting. Read and sent back: scopes travel as a whole list, and what is left out is lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_consent_display_name: Option<String>,
    /// The longer text for users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_consent_description: Option<String>,
}

/// `requiredResourceAccess`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResource {
    /// The API.
    pub resource_app_id: AppId,
    /// Its permissions.
    pub resource_access: Vec<ResourceAccess>,
}

/// `resourceAccess`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResourceAccess {
    /// The scope or role.
    pub id: PermissionId,
    /// `Scope` or `Role`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// `passwordCredential`, without its text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCredential {
    /// Its key ID.
    pub key_id: KeyId,
    /// Its description.
    pub display_name: Option<String>,
    /// When it ends.
    #[serde(default, deserialize_with = "moment::optional")]
    pub end_date_time: Option<Timestamp>,
}

/// `oAuth2PermissionGrant`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionGrant {
    /// Its key; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Service principal (object ID) of the client.
    pub client_id: ObjectId,
    /// `AllPrincipals` is tenant-wide.
    pub consent_type: String,
    /// Service principal (object ID) of the API.
    pub resource_id: ObjectId,
    /// Scopes, separated by blanks. Never empty: an empty text corrupts the grant.
    pub scope: String,
}

/// `appRoleAssignment`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment {
    /// Its key; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Service principal that is given the role.
    pub principal_id: ObjectId,
    /// Service principal of the API.
    pub resource_id: ObjectId,
    /// The role.
    pub app_role_id: PermissionId,
}

/// `organization`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The tenant ID.
    pub id: crate::domain::ids::TenantId,
    /// The tenant's name.
    pub display_name: Option<String>,
    /// Its verified domains.
    pub verified_domains: Option<Vec<VerifiedDomain>>,
}

/// `verifiedDomain`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedDomain {
    /// The domain.
    pub name: String,
    /// The domain the tenant was born with.
    #[serde(default)]
    pub is_initial: bool,
}
