//! Microsoft Graph's JSON objects, limited to the properties that this product reads or writes.
//!
//! Names and casing match Graph v1.0. A property that is `None` is not sent, and Graph keeps its value.

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

/// An `application` object of Microsoft Graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Object ID of the application; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ObjectId>,
    /// Application (client) ID; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The unique key, set by the upsert; read-only afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_name: Option<String>,
    /// Display name of the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Which accounts can sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_audience: Option<String>,
    /// App ID URIs of the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_uris: Option<Vec<String>>,
    /// Allows device-only tokens, without a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_device_only_auth_supported: Option<bool>,
    /// "Allow public client flows" in the Microsoft Entra admin center.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fallback_public_client: Option<bool>,
    /// Free-form tags. This tool's tag shows where the app came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Settings of the Web platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Web>,
    /// Settings of the mobile and desktop platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<PublicClient>,
    /// Scopes and token version that the app exposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<Api>,
    /// Settings of the single-page application platform; read-only here.
    #[serde(skip_serializing)]
    pub spa: Option<PublicClient>,
    /// Permissions that the app requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResource>>,
    /// True: the app was deactivated and gets no new tokens ("Deactivate an app registration", 2026-03-16).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_disabled: Option<bool>,
    /// Why Microsoft disabled the app, if it did; read-only.
    #[serde(skip_serializing)]
    pub disabled_by_microsoft_status: Option<String>,
    /// Client secrets, without their text; read-only here.
    #[serde(skip_serializing)]
    pub password_credentials: Option<Vec<PasswordCredential>>,
    /// Certificates, by name or thumbprint; read-only here.
    #[serde(skip_serializing)]
    pub key_credentials: Option<Vec<KeyCredential>>,
    /// Time of creation; read-only.
    #[serde(skip_serializing)]
    pub created_date_time: Option<Timestamp>,
    /// Time of deletion; read-only.
    #[serde(skip_serializing)]
    pub deleted_date_time: Option<Timestamp>,
}

impl Application {
    /// Redirect URIs on the Web platform.
    #[must_use]
    pub fn web_redirects(&self) -> Vec<String> {
        let web = self.web.as_ref();
        web.and_then(|it| it.redirect_uris.clone())
            .unwrap_or_default()
    }

    /// Redirect URIs on the mobile and desktop platform.
    #[must_use]
    pub fn desktop_redirects(&self) -> Vec<String> {
        let desktop = self.public_client.as_ref();
        desktop
            .map(|it| it.redirect_uris.clone())
            .unwrap_or_default()
    }

    /// True if Microsoft Graph sent every list. With few permissions it sends null instead of a list. A write replaces a whole list, so
    /// entries that were not read would be lost.
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

/// A `webApplication` object of Microsoft Graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Web {
    /// URL of the app's home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_page_url: Option<String>,
    /// Redirect URIs of the Web platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
    /// Settings of the implicit grant flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implicit_grant_settings: Option<Implicit>,
}

/// `implicitGrantSettings` of the Web platform. Absent means off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Implicit {
    /// Whether access tokens are issued without a code.
    pub enable_access_token_issuance: bool,
    /// Whether ID tokens are issued without a code.
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

/// A `publicClientApplication` object of Microsoft Graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicClient {
    /// Redirect URIs of the platform.
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
    reason = "serde requires this signature"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde requires this signature"
)]
fn null<S: Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

/// An `apiApplication` object of Microsoft Graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Api {
    /// Access token version. `None` means version 1 and is written as it is read: not at all.
    #[serde(skip_serializing)]
    pub requested_access_token_version: Option<u8>,
    /// Requests version 1 explicitly, as `null`.
    #[serde(
        rename = "requestedAccessTokenVersion",
        skip_serializing_if = "is_false",
        serialize_with = "null"
    )]
    pub is_version_one_asked: bool,
    /// Scopes that the app exposes.
    #[serde(rename = "oauth2PermissionScopes")]
    pub oauth2_permission_scopes: Vec<PermissionScope>,
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

/// A `permissionScope` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionScope {
    /// GUID of the scope, chosen by the app's creator.
    pub id: PermissionId,
    /// Name of the scope in a token.
    pub value: Option<String>,
    /// `User`: admins and users may consent. `Admin`: admins only.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether tokens can contain the scope.
    pub is_enabled: bool,
    /// Title that an admin sees when consenting.
    pub admin_consent_display_name: Option<String>,
    /// Description that an admin sees when consenting.
    pub admin_consent_description: Option<String>,
    /// Title that a user sees when consenting. Read only to send it back: a write replaces the whole list of scopes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_consent_display_name: Option<String>,
    /// Description that a user sees when consenting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_consent_description: Option<String>,
}

impl<'de> Deserialize<'de> for PermissionScope {
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

/// A `requiredResourceAccess` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResource<A = AppId> {
    /// Application ID of the API.
    pub resource_app_id: A,
    /// Requested permissions of that API.
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

/// A `resourceAccess` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResourceAccess {
    /// ID of the scope or app role.
    pub id: PermissionId,
    /// `Scope` (delegated) or `Role` (application).
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

/// The properties of the client app that contain IDs: a partial `application` object. `A` is the kind of an API's application ID.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientSettings<A> {
    /// Settings of the mobile and desktop platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<PublicClient>,
    /// Permissions that the app requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResource<A>>>,
}

/// A `passwordCredential` object, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordCredential {
    /// Key ID of the secret.
    pub key_id: KeyId,
    /// Description of the secret.
    pub display_name: Option<String>,
    /// Start of the validity period.
    pub start_date_time: Option<Timestamp>,
    /// End of the validity period.
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

/// A `keyCredential` object, without its key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyCredential {
    /// Description of the certificate.
    pub display_name: Option<String>,
    /// End of the validity period.
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

/// An owner of an application: a user or a service principal.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectoryObject {
    /// Object ID of the owner.
    pub id: ObjectId,
    /// Display name of the owner.
    pub display_name: Option<String>,
    /// Sign-in name; `None` for a service principal.
    pub user_principal_name: Option<String>,
}

impl<'de> Deserialize<'de> for DirectoryObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            id: object.take("id")?,
            display_name: object.take("displayName")?,
            user_principal_name: object.take("userPrincipalName")?,
        })
    }
}

/// A `federatedIdentityCredential` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq)]
pub struct FederatedCredential {
    /// Issuer of the external tokens.
    pub issuer: Option<String>,
    /// Subject that the external tokens must have.
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

/// An `oAuth2PermissionGrant` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionGrant<I = ObjectId> {
    /// ID of the grant; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Object ID of the client's service principal.
    pub client_id: I,
    /// `AllPrincipals` means tenant-wide.
    pub consent_type: String,
    /// Object ID of the API's service principal.
    pub resource_id: I,
    /// Scopes, separated by spaces. Never empty: an empty text corrupts the grant.
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

/// An `appRoleAssignment` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment<I = ObjectId> {
    /// ID of the assignment; read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Service principal that receives the role.
    pub principal_id: I,
    /// Service principal of the API.
    pub resource_id: I,
    /// ID of the app role.
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

/// A `servicePrincipal` object, limited to the properties that decide who gets tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct ServicePrincipal {
    /// Object ID of the service principal.
    pub id: ObjectId,
    /// False: no tokens are issued for it or to it.
    pub account_enabled: Option<bool>,
    /// True: only assigned users and apps get tokens.
    pub app_role_assignment_required: Option<bool>,
    /// Sign-in method of its users, if not OpenID Connect: `saml`, `password`, `notSupported`.
    pub preferred_single_sign_on_mode: Option<String>,
    /// Its own secrets, in addition to those of its application.
    pub password_credentials: Vec<PasswordCredential>,
    /// Its own certificates, in addition to those of its application.
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

/// A `conditionalAccessPolicy` object, limited to the apps it applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Display name of the policy.
    pub display_name: Option<String>,
    /// `enabled`, `disabled`, or `enabledForReportingButNotEnforced`.
    pub state: Option<String>,
    /// Included application IDs, or `All`.
    pub include: Vec<String>,
    /// Excluded application IDs.
    pub exclude: Vec<String>,
    /// A filter by custom security attributes also applies. Its result is unknown without the attribute values.
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

/// An `organization` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// ID of the tenant.
    pub id: domain::ids::TenantId,
    /// Display name of the tenant.
    pub display_name: Option<String>,
    /// Verified domains of the tenant.
    pub verified_domains: Option<Vec<VerifiedDomain>>,
    /// `AAD`, `AAD B2C`, or `CIAM`.
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

/// A `verifiedDomain` object of Microsoft Graph.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedDomain {
    /// Name of the domain.
    pub name: String,
    /// True for the initial domain of the tenant.
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
