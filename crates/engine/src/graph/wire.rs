//! Microsoft Graph's objects as they travel, with the properties this product reads or writes and no others.
//!
//! Names and casing are Graph v1.0's. A property that is `None` is not sent, and Graph then keeps its value.

use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::PermissionId;
use domain::json::Object;
use domain::moment;

/// `application`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// Platform single-page application; read-only here.
    #[serde(skip_serializing)]
    pub spa: Option<PublicClient>,
    /// What the app asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResource>>,
    /// True: the app was deactivated and gets no new tokens ("Deactivate an app registration", 2026-03-16).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_disabled: Option<bool>,
    /// Why Microsoft has disabled the app, if it has; read-only.
    #[serde(skip_serializing)]
    pub disabled_by_microsoft_status: Option<String>,
    /// Secrets, without their text; read-only here.
    #[serde(skip_serializing)]
    pub password_credentials: Option<Vec<PasswordCredential>>,
    /// Certificates, by name or thumbprint; read-only here.
    #[serde(skip_serializing)]
    pub key_credentials: Option<Vec<KeyCredential>>,
    /// When it was made; read-only.
    #[serde(skip_serializing)]
    pub created_date_time: Option<Timestamp>,
    /// When it was deleted; read-only.
    #[serde(skip_serializing)]
    pub deleted_date_time: Option<Timestamp>,
}

impl Application {
    /// True if every list was sent. With little permission Microsoft Graph sends null in place of a list, and a list that is sent back
    /// replaces the whole one: what was not read would be lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.identifier_uris.is_some()
            && self.tags.is_some()
            && self.web.is_some()
            && self.public_client.is_some()
            && self.api.is_some()
            && self.required_resource_access.is_some()
            && self.password_credentials.is_some()
            && self.key_credentials.is_some()
    }
}

impl<'de> Deserialize<'de> for Application {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let mut app = Self::default();
        object.read("id", &mut app.id)?;
        object.read("appId", &mut app.app_id)?;
        object.read("uniqueName", &mut app.unique_name)?;
        object.read("displayName", &mut app.display_name)?;
        object.read("signInAudience", &mut app.sign_in_audience)?;
        object.read("identifierUris", &mut app.identifier_uris)?;
        object.read(
            "isDeviceOnlyAuthSupported",
            &mut app.is_device_only_auth_supported,
        )?;
        object.read("isFallbackPublicClient", &mut app.is_fallback_public_client)?;
        object.read("tags", &mut app.tags)?;
        object.read("web", &mut app.web)?;
        object.read("publicClient", &mut app.public_client)?;
        object.read("api", &mut app.api)?;
        object.read("spa", &mut app.spa)?;
        object.read("requiredResourceAccess", &mut app.required_resource_access)?;
        object.read("isDisabled", &mut app.is_disabled)?;
        object.read(
            "disabledByMicrosoftStatus",
            &mut app.disabled_by_microsoft_status,
        )?;
        object.read("passwordCredentials", &mut app.password_credentials)?;
        object.read("keyCredentials", &mut app.key_credentials)?;
        app.created_date_time = object.take_by("createdDateTime", moment::optional)?;
        app.deleted_date_time = object.take_by("deletedDateTime", moment::optional)?;
        Ok(app)
    }
}

/// `webApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Web {
    /// HomePage URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_page_url: Option<String>,
    /// Redirect URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
    /// Tokens given out without a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implicit_grant_settings: Option<Implicit>,
}

/// `implicitGrantSettings`. Absent is off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Implicit {
    /// Access tokens.
    pub enable_access_token_issuance: bool,
    /// ID tokens.
    pub enable_id_token_issuance: bool,
}

impl<'de> Deserialize<'de> for Implicit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            enable_access_token_issuance: object.take_or_default("enableAccessTokenIssuance")?,
            enable_id_token_issuance: object.take_or_default("enableIdTokenIssuance")?,
        })
    }
}

impl<'de> Deserialize<'de> for Web {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            home_page_url: object.take("homePageUrl")?,
            redirect_uris: object.take("redirectUris")?,
            implicit_grant_settings: object.take("implicitGrantSettings")?,
        })
    }
}

/// `publicClientApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicClient {
    /// Redirect URIs.
    pub redirect_uris: Vec<String>,
}

impl<'de> Deserialize<'de> for PublicClient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            redirect_uris: object.take_or_default("redirectUris")?,
        })
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn null<S: Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

/// `apiApplication`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// Token version; `None` is version 1, and is sent as it is read: not at all.
    #[serde(skip_serializing)]
    pub requested_access_token_version: Option<u8>,
    /// Version 1 is asked for outright, as `null`.
    #[serde(
        rename = "requestedAccessTokenVersion",
        skip_serializing_if = "is_false",
        serialize_with = "null"
    )]
    pub is_version_one_asked: bool,
    /// Scopes.
    #[serde(rename = "oauth2PermissionScopes")]
    pub oauth2_permission_scopes: Vec<Scope>,
}

impl<'de> Deserialize<'de> for Api {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            requested_access_token_version: object.take("requestedAccessTokenVersion")?,
            is_version_one_asked: false,
            oauth2_permission_scopes: object.take_or_default("oauth2PermissionScopes")?,
        })
    }
}

/// `permissionScope`.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            value: object.take("value")?,
            kind: object.take("type")?,
            is_enabled: object.take("isEnabled")?,
            admin_consent_display_name: object.take("adminConsentDisplayName")?,
            admin_consent_description: object.take("adminConsentDescription")?,
            user_consent_display_name: object.take("userConsentDisplayName")?,
            user_consent_description: object.take("userConsentDescription")?,
        })
    }
}

/// `requiredResourceAccess`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResource {
    /// The API.
    pub resource_app_id: AppId,
    /// Its permissions.
    pub resource_access: Vec<ResourceAccess>,
}

impl<'de> Deserialize<'de> for RequiredResource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            resource_app_id: object.take("resourceAppId")?,
            resource_access: object.take("resourceAccess")?,
        })
    }
}

/// `resourceAccess`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResourceAccess {
    /// The scope or role.
    pub id: PermissionId,
    /// `Scope` or `Role`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl<'de> Deserialize<'de> for ResourceAccess {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            kind: object.take("type")?,
        })
    }
}

/// `passwordCredential`, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordCredential {
    /// Its key ID.
    pub key_id: KeyId,
    /// Its description.
    pub display_name: Option<String>,
    /// When it begins.
    pub start_date_time: Option<Timestamp>,
    /// When it ends.
    pub end_date_time: Option<Timestamp>,
}

impl<'de> Deserialize<'de> for PasswordCredential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            key_id: object.take("keyId")?,
            display_name: object.take("displayName")?,
            start_date_time: object.take_by("startDateTime", moment::optional)?,
            end_date_time: object.take_by("endDateTime", moment::optional)?,
        })
    }
}

/// `keyCredential`, without its key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyCredential {
    /// Its description.
    pub display_name: Option<String>,
    /// When it ends.
    pub end_date_time: Option<Timestamp>,
}

impl<'de> Deserialize<'de> for KeyCredential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            display_name: object.take("displayName")?,
            end_date_time: object.take_by("endDateTime", moment::optional)?,
        })
    }
}

/// An owner of an application: a person or a service principal.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// Object ID.
    pub id: ObjectId,
    /// The name.
    pub display_name: Option<String>,
    /// The sign-in name of a person.
    pub user_principal_name: Option<String>,
}

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            display_name: object.take("displayName")?,
            user_principal_name: object.take("userPrincipalName")?,
        })
    }
}

/// `federatedIdentityCredential`.
#[derive(Clone, Debug, PartialEq)]
pub struct FederatedCredential {
    /// Who signs the tokens.
    pub issuer: Option<String>,
    /// Whose they are.
    pub subject: Option<String>,
}

impl<'de> Deserialize<'de> for FederatedCredential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            issuer: object.take("issuer")?,
            subject: object.take("subject")?,
        })
    }
}

/// `oAuth2PermissionGrant`.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

impl<'de> Deserialize<'de> for PermissionGrant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            client_id: object.take("clientId")?,
            consent_type: object.take("consentType")?,
            resource_id: object.take("resourceId")?,
            scope: object.take("scope")?,
        })
    }
}

/// `appRoleAssignment`.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

impl<'de> Deserialize<'de> for RoleAssignment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            principal_id: object.take("principalId")?,
            resource_id: object.take("resourceId")?,
            app_role_id: object.take("appRoleId")?,
        })
    }
}

/// `servicePrincipal`, as far as it decides who gets tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePrincipal {
    /// Object ID.
    pub id: ObjectId,
    /// False: nobody gets a token for it or by it.
    pub account_enabled: Option<bool>,
    /// True: only those who are assigned to it get tokens.
    pub app_role_assignment_required: Option<bool>,
    /// How its users sign in, if not by OpenID Connect: `saml`, `password`, `notSupported`.
    pub preferred_single_sign_on_mode: Option<String>,
    /// Secrets of its own, beside those of its application.
    pub password_credentials: Vec<PasswordCredential>,
    /// Certificates of its own.
    pub key_credentials: Vec<KeyCredential>,
}

impl<'de> Deserialize<'de> for ServicePrincipal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            account_enabled: object.take("accountEnabled")?,
            app_role_assignment_required: object.take("appRoleAssignmentRequired")?,
            preferred_single_sign_on_mode: object.take("preferredSingleSignOnMode")?,
            password_credentials: object.take("passwordCredentials")?,
            key_credentials: object.take("keyCredentials")?,
        })
    }
}

/// `conditionalAccessPolicy`, as far as it says which apps it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Its name.
    pub display_name: Option<String>,
    /// `enabled`, `disabled` or `enabledForReportingButNotEnforced`.
    pub state: Option<String>,
    /// Application IDs, or `All`.
    pub include: Vec<String>,
    /// Application IDs left out.
    pub exclude: Vec<String>,
    /// A rule by custom security attributes decides too; nobody without their values can follow it.
    pub has_filter: bool,
}

impl<'de> Deserialize<'de> for AccessPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let conditions: serde_json::Value = object.take("conditions")?;
        let apps = &conditions["applications"];
        let list = |name: &str| {
            apps[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str().map(str::to_owned))
                .collect()
        };
        Ok(Self {
            display_name: object.take("displayName")?,
            state: object.take("state")?,
            include: list("includeApplications"),
            exclude: list("excludeApplications"),
            has_filter: !apps["applicationFilter"].is_null(),
        })
    }
}

/// `organization`.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// The tenant ID.
    pub id: domain::ids::TenantId,
    /// The tenant's name.
    pub display_name: Option<String>,
    /// Its verified domains.
    pub verified_domains: Option<Vec<VerifiedDomain>>,
    /// `AAD`, `AAD B2C` or `CIAM`.
    pub tenant_type: Option<String>,
}

impl<'de> Deserialize<'de> for Organization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            display_name: object.take("displayName")?,
            verified_domains: object.take("verifiedDomains")?,
            tenant_type: object.take("tenantType")?,
        })
    }
}

/// `verifiedDomain`.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedDomain {
    /// The domain.
    pub name: String,
    /// The domain the tenant was born with.
    pub is_initial: bool,
}

impl<'de> Deserialize<'de> for VerifiedDomain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            name: object.take("name")?,
            is_initial: object.take_or_default("isInitial")?,
        })
    }
}
