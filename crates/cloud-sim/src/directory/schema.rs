//! Which properties an object can have, their types, and which of them only the service sets.
//!
//! Names and types from the service's metadata (v1.0, 2026-08-20). The values are validated elsewhere.

use serde_json::Value;
use uuid::Uuid;

use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::invalid;
use crate::directory::list::Holds;

pub(in crate::directory) struct Property {
    name: &'static str,
    kind: Kind,
    is_read_only: bool,
}

enum Kind {
    Text,
    Bool,
    Int,
    Guid,
    Moment,
    Texts,
    Guids,
    One(&'static str, &'static [Property]),
    Many(&'static str, &'static [Property]),
}

const fn may(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        is_read_only: false,
    }
}

const fn read_only(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        is_read_only: true,
    }
}

const SCOPE: &[Property] = &[
    may("id", Kind::Guid),
    may("adminConsentDescription", Kind::Text),
    may("adminConsentDisplayName", Kind::Text),
    may("isEnabled", Kind::Bool),
    may("origin", Kind::Text),
    may("type", Kind::Text),
    may("userConsentDescription", Kind::Text),
    may("userConsentDisplayName", Kind::Text),
    may("value", Kind::Text),
];
const PRE_AUTHORIZED: &[Property] = &[
    may("appId", Kind::Guid),
    may("delegatedPermissionIds", Kind::Guids),
];
const API: &[Property] = &[
    may("acceptMappedClaims", Kind::Bool),
    may("knownClientApplications", Kind::Guids),
    may(
        "oauth2PermissionScopes",
        Kind::Many("PermissionScope", SCOPE),
    ),
    may(
        "preAuthorizedApplications",
        Kind::Many("PreAuthorizedApplication", PRE_AUTHORIZED),
    ),
    may("requestedAccessTokenVersion", Kind::Int),
];
const APP_ROLE: &[Property] = &[
    may("id", Kind::Guid),
    may("allowedMemberTypes", Kind::Texts),
    may("description", Kind::Text),
    may("displayName", Kind::Text),
    may("isEnabled", Kind::Bool),
    may("origin", Kind::Text),
    may("value", Kind::Text),
];
const IMPLICIT: &[Property] = &[
    may("enableAccessTokenIssuance", Kind::Bool),
    may("enableIdTokenIssuance", Kind::Bool),
];
const URI_SETTINGS: &[Property] = &[may("uri", Kind::Text), may("index", Kind::Int)];
const WEB: &[Property] = &[
    may("homePageUrl", Kind::Text),
    may(
        "implicitGrantSettings",
        Kind::One("ImplicitGrantSettings", IMPLICIT),
    ),
    may("logoutUrl", Kind::Text),
    may("redirectUris", Kind::Texts),
    may(
        "redirectUriSettings",
        Kind::Many("RedirectUriSettings", URI_SETTINGS),
    ),
];
const REDIRECTS: &[Property] = &[may("redirectUris", Kind::Texts)];
const INFO: &[Property] = &[
    may("termsOfServiceUrl", Kind::Text),
    may("supportUrl", Kind::Text),
    may("privacyStatementUrl", Kind::Text),
    may("marketingUrl", Kind::Text),
    read_only("logoUrl", Kind::Text),
];
const ACCESS: &[Property] = &[may("id", Kind::Guid), may("type", Kind::Text)];
const REQUIRED: &[Property] = &[
    may("resourceAppId", Kind::Text),
    may("resourceAccess", Kind::Many("ResourceAccess", ACCESS)),
];
const CLAIM: &[Property] = &[
    may("name", Kind::Text),
    may("source", Kind::Text),
    may("essential", Kind::Bool),
    may("additionalProperties", Kind::Texts),
];
const CLAIMS: &[Property] = &[
    may("idToken", Kind::Many("OptionalClaim", CLAIM)),
    may("accessToken", Kind::Many("OptionalClaim", CLAIM)),
    may("saml2Token", Kind::Many("OptionalClaim", CLAIM)),
];
const PASSWORD: &[Property] = &[
    may("customKeyIdentifier", Kind::Text),
    may("displayName", Kind::Text),
    may("endDateTime", Kind::Moment),
    may("hint", Kind::Text),
    may("keyId", Kind::Guid),
    may("secretText", Kind::Text),
    may("startDateTime", Kind::Moment),
];
const KEY: &[Property] = &[
    may("customKeyIdentifier", Kind::Text),
    may("displayName", Kind::Text),
    may("endDateTime", Kind::Moment),
    may("key", Kind::Text),
    may("keyId", Kind::Guid),
    may("startDateTime", Kind::Moment),
    may("type", Kind::Text),
    may("usage", Kind::Text),
];
const PARENTAL: &[Property] = &[
    may("countriesBlockedForMinors", Kind::Texts),
    may("legalAgeGroupRule", Kind::Text),
];
const LOCK: &[Property] = &[
    may("isEnabled", Kind::Bool),
    may("allProperties", Kind::Bool),
    may("credentialsWithUsageSign", Kind::Bool),
    may("credentialsWithUsageVerify", Kind::Bool),
    may("tokenEncryptionKeyId", Kind::Bool),
];
const BEHAVIOURS: &[Property] = &[
    may("blockAzureADGraphAccess", Kind::Bool),
    may("removeUnverifiedEmailClaim", Kind::Bool),
    may("requireClientServicePrincipal", Kind::Bool),
];
const KEY_VALUE: &[Property] = &[may("key", Kind::Text), may("value", Kind::Text)];
const ADD_IN: &[Property] = &[
    may("id", Kind::Guid),
    may("type", Kind::Text),
    may("properties", Kind::Many("KeyValue", KEY_VALUE)),
];
const SIGNATURE: &[Property] = &[
    may("allowedWeakAlgorithms", Kind::Text),
    may("isSignedRequestRequired", Kind::Bool),
];
const NOTHING: &[Property] = &[];

/// `microsoft.graph.application`
pub(in crate::directory) const APPLICATION: &[Property] = &[
    read_only("id", Kind::Guid),
    read_only("appId", Kind::Guid),
    read_only("applicationTemplateId", Kind::Text),
    read_only("certification", Kind::One("Certification", NOTHING)),
    read_only("createdByAppId", Kind::Guid),
    read_only("createdDateTime", Kind::Moment),
    read_only("deletedDateTime", Kind::Moment),
    read_only("disabledByMicrosoftStatus", Kind::Text),
    read_only("publisherDomain", Kind::Text),
    read_only("uniqueName", Kind::Text),
    read_only("verifiedPublisher", Kind::One("VerifiedPublisher", NOTHING)),
    may("addIns", Kind::Many("AddIn", ADD_IN)),
    may("api", Kind::One("ApiApplication", API)),
    may("appRoles", Kind::Many("AppRole", APP_ROLE)),
    may(
        "authenticationBehaviors",
        Kind::One("AuthenticationBehaviors", BEHAVIOURS),
    ),
    may("defaultRedirectUri", Kind::Text),
    may("description", Kind::Text),
    may("displayName", Kind::Text),
    may("groupMembershipClaims", Kind::Text),
    may("identifierUris", Kind::Texts),
    may("info", Kind::One("InformationalUrl", INFO)),
    may("isDeviceOnlyAuthSupported", Kind::Bool),
    may("isDisabled", Kind::Bool),
    may("isFallbackPublicClient", Kind::Bool),
    may("keyCredentials", Kind::Many("KeyCredential", KEY)),
    may("logo", Kind::Text),
    may("nativeAuthenticationApisEnabled", Kind::Text),
    may("notes", Kind::Text),
    may("oauth2RequirePostResponse", Kind::Bool),
    may("optionalClaims", Kind::One("OptionalClaims", CLAIMS)),
    may(
        "parentalControlSettings",
        Kind::One("ParentalControlSettings", PARENTAL),
    ),
    may(
        "passwordCredentials",
        Kind::Many("PasswordCredential", PASSWORD),
    ),
    may(
        "publicClient",
        Kind::One("PublicClientApplication", REDIRECTS),
    ),
    may(
        "requestSignatureVerification",
        Kind::One("RequestSignatureVerification", SIGNATURE),
    ),
    may(
        "requiredResourceAccess",
        Kind::Many("RequiredResourceAccess", REQUIRED),
    ),
    may("samlMetadataUrl", Kind::Text),
    may("serviceManagementReference", Kind::Text),
    may(
        "servicePrincipalLockConfiguration",
        Kind::One("ServicePrincipalLockConfiguration", LOCK),
    ),
    may("signInAudience", Kind::Text),
    may("spa", Kind::One("SpaApplication", REDIRECTS)),
    may("tags", Kind::Texts),
    may("tokenEncryptionKeyId", Kind::Guid),
    may("web", Kind::One("WebApplication", WEB)),
];

const SAML: &[Property] = &[may("relayState", Kind::Text)];
const RESOURCE_SPECIFIC: &[Property] = &[
    may("id", Kind::Guid),
    may("description", Kind::Text),
    may("displayName", Kind::Text),
    may("isEnabled", Kind::Bool),
    may("value", Kind::Text),
];

/// `microsoft.graph.servicePrincipal`
pub(in crate::directory) const SERVICE_PRINCIPAL: &[Property] = &[
    read_only("id", Kind::Guid),
    read_only("appDescription", Kind::Text),
    read_only("appDisplayName", Kind::Text),
    read_only("appOwnerOrganizationId", Kind::Guid),
    read_only("applicationTemplateId", Kind::Text),
    read_only("createdByAppId", Kind::Guid),
    read_only("createdDateTime", Kind::Moment),
    read_only("deletedDateTime", Kind::Moment),
    read_only("disabledByMicrosoftStatus", Kind::Text),
    read_only(
        "resourceSpecificApplicationPermissions",
        Kind::Many("ResourceSpecificPermission", RESOURCE_SPECIFIC),
    ),
    read_only("signInAudience", Kind::Text),
    read_only("verifiedPublisher", Kind::One("VerifiedPublisher", NOTHING)),
    may("appId", Kind::Guid),
    may("accountEnabled", Kind::Bool),
    may("addIns", Kind::Many("AddIn", ADD_IN)),
    may("alternativeNames", Kind::Texts),
    may("appRoleAssignmentRequired", Kind::Bool),
    may("appRoles", Kind::Many("AppRole", APP_ROLE)),
    may(
        "customSecurityAttributes",
        Kind::One("CustomSecurityAttributeValue", NOTHING),
    ),
    may("description", Kind::Text),
    may("displayName", Kind::Text),
    may("homepage", Kind::Text),
    may("info", Kind::One("InformationalUrl", INFO)),
    may("isDisabled", Kind::Bool),
    may("keyCredentials", Kind::Many("KeyCredential", KEY)),
    may("loginUrl", Kind::Text),
    may("logoutUrl", Kind::Text),
    may("notes", Kind::Text),
    may("notificationEmailAddresses", Kind::Texts),
    may(
        "oauth2PermissionScopes",
        Kind::Many("PermissionScope", SCOPE),
    ),
    may(
        "passwordCredentials",
        Kind::Many("PasswordCredential", PASSWORD),
    ),
    may("preferredSingleSignOnMode", Kind::Text),
    may("preferredTokenSigningKeyThumbprint", Kind::Text),
    may("replyUrls", Kind::Texts),
    may(
        "samlSingleSignOnSettings",
        Kind::One("SamlSingleSignOnSettings", SAML),
    ),
    may("servicePrincipalNames", Kind::Texts),
    may("servicePrincipalType", Kind::Text),
    may("tags", Kind::Texts),
    may("tokenEncryptionKeyId", Kind::Guid),
];

/// `microsoft.graph.oAuth2PermissionGrant`, with the two dates that older clients still send.
pub(in crate::directory) const GRANT: &[Property] = &[
    read_only("id", Kind::Text),
    may("clientId", Kind::Text),
    may("consentType", Kind::Text),
    may("principalId", Kind::Text),
    may("resourceId", Kind::Text),
    may("scope", Kind::Text),
    may("startTime", Kind::Moment),
    may("expiryTime", Kind::Moment),
];

/// `microsoft.graph.appRoleAssignment`
pub(in crate::directory) const ASSIGNMENT: &[Property] = &[
    read_only("id", Kind::Text),
    read_only("createdDateTime", Kind::Moment),
    read_only("deletedDateTime", Kind::Moment),
    read_only("principalDisplayName", Kind::Text),
    read_only("principalType", Kind::Text),
    read_only("resourceDisplayName", Kind::Text),
    may("appRoleId", Kind::Guid),
    may("principalId", Kind::Guid),
    may("resourceId", Kind::Guid),
];

/// The body of `addPassword`.
pub(in crate::directory) const PASSWORD_CREDENTIAL: &[Property] = PASSWORD;

/// A type's properties, and the kind of literal that a filter can compare each with.
pub(in crate::directory) fn compared(
    properties: &'static [Property],
) -> Vec<(&'static str, Holds)> {
    let holds = |property: &Property| match property.kind {
        Kind::Text => Holds::Text,
        Kind::Bool => Holds::Bool,
        Kind::Int | Kind::Guid | Kind::Moment => Holds::Bare,
        Kind::Texts | Kind::Guids | Kind::One(..) | Kind::Many(..) => Holds::More,
    };
    properties
        .iter()
        .map(|property| (property.name, holds(property)))
        .collect()
}

/// Rejects unknown properties, properties that only the service sets, and values of the wrong type.
pub(in crate::directory) fn check(
    resource: &str,
    properties: &[Property],
    object: &Object,
) -> Result<(), Refusal> {
    for (name, value) in object {
        // Annotations (`@odata.type`, `owners@odata.bind`) are not properties.
        if name.contains('@') {
            continue;
        }
        let Some(property) = properties.iter().find(|property| property.name == name) else {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                format!("Invalid property '{name}'."),
            ));
        };
        if property.is_read_only {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                format!("Property '{name}' is read-only and cannot be set."),
            )
            .detail("ReadOnlyProperty", name));
        }
        check_value(resource, property, value)?;
    }
    Ok(())
}

fn check_value(resource: &str, property: &Property, value: &Value) -> Result<(), Refusal> {
    let is_guid = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| Uuid::try_parse(text).is_ok())
    };
    let is_list = |fits: &dyn Fn(&Value) -> bool| {
        value.as_array().is_some_and(|items| items.iter().all(fits))
    };
    let fits = match &property.kind {
        Kind::Texts => is_list(&Value::is_string),
        Kind::Guids => is_list(&is_guid),
        Kind::Many(inner, properties) => {
            let Some(items) = value.as_array() else {
                return Err(invalid(property.name, resource));
            };
            for item in items {
                let Some(item) = item.as_object() else {
                    return Err(invalid(property.name, resource));
                };
                check(inner, properties, item)?;
            }
            true
        }
        // Every property that is not a collection can be null.
        _ if value.is_null() => true,
        Kind::Text => value.is_string(),
        Kind::Bool => value.is_boolean(),
        Kind::Int => value.is_i64(),
        Kind::Guid => is_guid(value),
        Kind::Moment => value
            .as_str()
            .is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        Kind::One(inner, properties) => {
            let Some(object) = value.as_object() else {
                return Err(invalid(property.name, resource));
            };
            check(inner, properties, object)?;
            true
        }
    };
    if fits {
        Ok(())
    } else {
        Err(invalid(property.name, resource))
    }
}

/// Applies a change to a state: omitted members keep their value, also inside complex properties. Collections are replaced as a whole. Null
/// resets the value to that of a blank object.
pub(in crate::directory) fn merge(state: &mut Object, change: Object, blank: &Object) {
    for (name, value) in change {
        if name.contains('@') {
            continue;
        }
        let unset = blank.get(&name).cloned().unwrap_or(Value::Null);
        match (state.get_mut(&name), value) {
            (_, Value::Null) => {
                state.insert(name, unset);
            }
            (Some(Value::Object(inner)), Value::Object(change)) => {
                let blank = unset.as_object().cloned().unwrap_or_default();
                merge(inner, change, &blank);
            }
            (None | Some(_), value) => {
                state.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Object {
        value.as_object().cloned().unwrap_or_default()
    }

    #[track_caller]
    fn refused(body: Value, message: &str) {
        let refusal = check("Application", APPLICATION, &object(body)).unwrap_err();
        assert_eq!((refusal.status, refusal.message.as_str()), (400, message));
    }

    #[test]
    fn an_invalid_property_is_named_in_the_error() {
        refused(json!({ "colour": "red" }), "Invalid property 'colour'.");
        refused(
            json!({ "web": { "redirects": [] } }),
            "Invalid property 'redirects'.",
        );
        refused(
            json!({ "appId": "a" }),
            "Property 'appId' is read-only and cannot be set.",
        );
        refused(
            json!({ "identifierUris": "api://x" }),
            "Invalid value specified for property 'identifierUris' of resource 'Application'.",
        );
        refused(
            json!({ "identifierUris": null }),
            "Invalid value specified for property 'identifierUris' of resource 'Application'.",
        );
        refused(
            json!({ "isFallbackPublicClient": "true" }),
            "Invalid value specified for property 'isFallbackPublicClient' of resource 'Application'.",
        );
        refused(
            json!({ "api": { "oauth2PermissionScopes": [{ "id": "1" }] } }),
            "Invalid value specified for property 'id' of resource 'PermissionScope'.",
        );
    }

    #[test]
    fn a_patch_keeps_omitted_properties_and_replaces_whole_lists() {
        let mut state = object(
            json!({ "tags": ["a", "b"], "notes": "n", "web": { "redirectUris": ["x"], "logoutUrl": "y" } }),
        );
        let blank = object(json!({ "web": { "redirectUris": [], "logoutUrl": null } }));
        merge(
            &mut state,
            object(json!({ "tags": ["c"], "notes": null, "web": { "logoutUrl": "z" } })),
            &blank,
        );
        assert_eq!(
            Value::Object(state),
            json!({ "tags": ["c"], "notes": null, "web": { "redirectUris": ["x"], "logoutUrl": "z" } })
        );
    }
}
