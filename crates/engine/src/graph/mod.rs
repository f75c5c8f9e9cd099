//! Builds the Microsoft Graph requests that this product needs.
//!
//! Building is separate from sending, so that the review page shows the exact request. Sources: Microsoft Graph v1.0 reference (application
//! upsert 2024-08-22, servicePrincipal upsert, permission grants), read 2026-11-23.

use http::Method;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::graph::id::IdOrName;
use crate::net::ApiRequest;
use crate::net::Body;
use crate::net::RetryPolicy;
use crate::net::headers::CONSISTENCY_LEVEL;
use crate::net::headers::PREFER;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;

pub mod errors;
pub mod id;
pub mod sign_ins;
pub mod wire;

/// The properties of an application that the page reads.
const APPLICATION: &str = "id,appId,uniqueName,displayName,signInAudience,identifierUris,isDeviceOnlyAuthSupported,isFallbackPublicClient,tags,web,publicClient,spa,api,requiredResourceAccess,isDisabled,disabledByMicrosoftStatus,passwordCredentials,keyCredentials,createdDateTime";

/// Characters that stay unencoded in a query value.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn url(cloud: Cloud, path: &str) -> String {
    format!("https://{}/v1.0{path}", cloud.graph_host())
}

/// Encodes a text for single quotes in a filter or a key: doubled quotes, then percent-encoding (SECURITY.md W14).
fn quoted(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    format!("'{}'", utf8_percent_encode(&doubled, QUERY))
}

fn read(cloud: Cloud, path: &str) -> ApiRequest {
    ApiRequest::get(url(cloud, path))
}

fn write(
    cloud: Cloud,
    method: Method,
    path: &str,
    body: &impl Serialize,
    repeat: RetryPolicy,
) -> ApiRequest {
    // The page's own types always serialize. Graph would refuse `Null` and never misread it.
    let body = serde_json::to_value(body).unwrap_or(Value::Null);
    ApiRequest::new(method, url(cloud, path), Body::Json(body), repeat)
}

/// A query on properties without an index in the directory ("Advanced query capabilities", 2026): its results lag slightly behind.
fn advanced(call: ApiRequest) -> ApiRequest {
    call.header(CONSISTENCY_LEVEL, "eventual")
}

fn create_if_missing(call: ApiRequest) -> ApiRequest {
    call.header(PREFER, "create-if-missing")
}

/// Reads the tenant's name and verified domains.
#[must_use]
pub fn organization(cloud: Cloud) -> ApiRequest {
    read(
        cloud,
        "/organization?$select=id,displayName,verifiedDomains,tenantType",
    )
}

/// Lists the active directory roles of the signed-in account, including those through groups.
///
/// The cast makes it an advanced query ("List a user's memberships", 2025-08-05).
#[must_use]
pub fn my_roles(cloud: Cloud) -> ApiRequest {
    advanced(read(
        cloud,
        "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true",
    ))
}

/// Reads the tenant's default app management policy.
#[must_use]
pub fn app_management_policy(cloud: Cloud) -> ApiRequest {
    read(cloud, "/policies/defaultAppManagementPolicy")
}

/// Lists the app management policies assigned to an app: at most one.
#[must_use]
pub fn policies_of_app(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/applications(appId='{app}')/appManagementPolicies"),
    )
}

/// Reads whether users may register apps.
#[must_use]
pub fn authorization_policy(cloud: Cloud) -> ApiRequest {
    read(cloud, "/policies/authorizationPolicy")
}

/// Reads the application with this tool's key; 404 if there is none.
#[must_use]
pub fn application_by_unique_name(cloud: Cloud, unique_name: &str) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/applications(uniqueName={})?$select={APPLICATION}",
            quoted(unique_name)
        ),
    )
}

/// Reads an application by its object ID.
#[must_use]
pub fn application(cloud: Cloud, id: ObjectId) -> ApiRequest {
    read(cloud, &format!("/applications/{id}?$select={APPLICATION}"))
}

/// Reads the application with a client ID; 404 if there is none.
#[must_use]
pub fn application_by_app_id(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/applications(appId='{app}')?$select={APPLICATION}"),
    )
}

/// Lists the applications that have this tool's tag.
#[must_use]
pub fn applications_tagged(cloud: Cloud, tag: &str) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/applications?$filter=tags/any(t:t%20eq%20{})&$select={APPLICATION}",
            quoted(tag)
        ),
    )
}

/// Lists applications with an App ID URI that starts with `start`.
#[must_use]
pub fn applications_with_uri_like(cloud: Cloud, start: &str) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/applications?$filter=identifierUris/any(u:startswith(u,{}))&$select={APPLICATION}",
            quoted(start)
        ),
    )
}

/// Lists applications with a "mobile and desktop" redirect URI that starts with `start`.
#[must_use]
pub fn applications_with_redirect_like(cloud: Cloud, start: &str) -> ApiRequest {
    advanced(read(
        cloud,
        &format!(
            "/applications?$filter=publicClient/redirectUris/any(p:startswith(p,{}))&$count=true&$select={APPLICATION}",
            quoted(start)
        ),
    ))
}

/// Lists applications that request permissions of an API.
#[must_use]
pub fn applications_asking_for(cloud: Cloud, api: AppId) -> ApiRequest {
    advanced(read(
        cloud,
        &format!(
            "/applications?$filter=requiredResourceAccess/any(r:r/resourceAppId%20eq%20'{api}')&$count=true&$select={APPLICATION}"
        ),
    ))
}

/// Lists applications whose display name starts with one of `starts`.
#[must_use]
pub fn applications_named_like(cloud: Cloud, starts: &[&str]) -> ApiRequest {
    let starts: Vec<String> = starts
        .iter()
        .map(|start| format!("startswith(displayName,{})", quoted(start)))
        .collect();
    read(
        cloud,
        &format!(
            "/applications?$filter={}&$select={APPLICATION}",
            starts.join("%20or%20")
        ),
    )
}

/// Lists the owners of an application, by its application ID.
#[must_use]
pub fn owners_of(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/applications(appId='{app}')/owners?$select=id,displayName,userPrincipalName"),
    )
}

/// Lists the owners of a service principal, by its application ID.
#[must_use]
pub fn principal_owners_of(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/servicePrincipals(appId='{app}')/owners?$select=id,displayName,userPrincipalName"
        ),
    )
}

/// Lists the federated credentials of an application.
#[must_use]
pub fn federated_credentials_of(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/applications(appId='{app}')/federatedIdentityCredentials"),
    )
}

/// Lists the tenant's Conditional Access policies.
#[must_use]
pub fn access_policies(cloud: Cloud) -> ApiRequest {
    read(
        cloud,
        "/identity/conditionalAccess/policies?$select=id,displayName,state,conditions",
    )
}

/// Reads a service principal by its application ID, with the properties that decide who gets tokens; 404 if there is none.
#[must_use]
pub fn principal_state(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/servicePrincipals(appId='{app}')?$select=id,appId,accountEnabled,appRoleAssignmentRequired,preferredSingleSignOnMode,passwordCredentials,keyCredentials"
        ),
    )
}

/// Lists the grants that a service principal holds as a client, by its application ID.
#[must_use]
pub fn grants_by_app_id(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/oauth2PermissionGrants"),
    )
}

/// Lists the application permissions assigned to a service principal, by its application ID.
#[must_use]
pub fn roles_by_app_id(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/appRoleAssignments"),
    )
}

/// Lists who is assigned to a service principal's own roles, by its application ID.
#[must_use]
pub fn assigned_by_app_id(cloud: Cloud, app: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/appRoleAssignedTo"),
    )
}

/// Lists the grants through which other apps use an API.
#[must_use]
pub fn grants_for(cloud: Cloud, resource: ObjectId) -> ApiRequest {
    read(
        cloud,
        &format!("/oauth2PermissionGrants?$filter=resourceId%20eq%20'{resource}'"),
    )
}

/// Lists the last sign-ins with each secret and certificate of an app. A report of the beta version, global service only ("List
/// appCredentialSignInActivities", 2026).
#[must_use]
pub fn credential_sign_ins(cloud: Cloud, app: AppId) -> ApiRequest {
    report(cloud, "appCredentialSignInActivities", app)
}

/// Lists the last sign-ins of an app, and to it. A report of the beta version, global service only ("List
/// servicePrincipalSignInActivities", 2026).
#[must_use]
pub fn principal_sign_ins(cloud: Cloud, app: AppId) -> ApiRequest {
    report(cloud, "servicePrincipalSignInActivities", app)
}

fn report(cloud: Cloud, name: &str, app: AppId) -> ApiRequest {
    let host = cloud.graph_host();
    ApiRequest::get(format!(
        "https://{host}/beta/reports/{name}?$filter=appId%20eq%20'{app}'"
    ))
}

/// Lists applications with either of two names.
#[must_use]
pub fn applications_named(cloud: Cloud, first: &str, second: &str) -> ApiRequest {
    let (first, second) = (quoted(first), quoted(second));
    read(
        cloud,
        &format!(
            "/applications?$filter=displayName%20eq%20{first}%20or%20displayName%20eq%20{second}&$select=id,appId,uniqueName,displayName"
        ),
    )
}

/// Lists the application that uses an App ID URI.
#[must_use]
pub fn applications_with_uri(cloud: Cloud, uri: &str) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/applications?$filter=identifierUris/any(u:u%20eq%20{})&$select=id,appId,uniqueName,displayName",
            quoted(uri)
        ),
    )
}

/// Lists the service principals that use a name: an enterprise application alone can use an App ID URI.
#[must_use]
pub fn principals_with_name(cloud: Cloud, name: &str) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/servicePrincipals?$filter=servicePrincipalNames/any(n:n%20eq%20{})&$select=id,appId,displayName",
            quoted(name)
        ),
    )
}

/// Reads a delegated grant by its ID; 404 if there is none.
#[must_use]
pub fn grant(cloud: Cloud, id: &str) -> ApiRequest {
    let id = utf8_percent_encode(id, QUERY);
    read(cloud, &format!("/oauth2PermissionGrants/{id}"))
}

/// Reads a service principal by its object ID; 404 if there is none.
#[must_use]
pub fn principal(cloud: Cloud, id: ObjectId) -> ApiRequest {
    read(cloud, &format!("/servicePrincipals/{id}?$select=id,appId"))
}

/// Reads a deleted object that can still be restored; 404 if there is none.
#[must_use]
pub fn deleted_item(cloud: Cloud, id: ObjectId) -> ApiRequest {
    read(cloud, &format!("/directory/deletedItems/{id}"))
}

/// Lists applications that were deleted less than 30 days ago.
#[must_use]
pub fn deleted_applications(cloud: Cloud) -> ApiRequest {
    read(
        cloud,
        &format!(
            "/directory/deletedItems/microsoft.graph.application?$select={APPLICATION},deletedDateTime"
        ),
    )
}

/// Lists service principals that were deleted less than 30 days ago. Restoring an application does not restore its service principal
/// ("Restore deleted item", 2026-03-14).
#[must_use]
pub fn deleted_principals(cloud: Cloud) -> ApiRequest {
    read(
        cloud,
        "/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id,appId,deletedDateTime",
    )
}

/// Reads a service principal by its application ID; 404 if there is none.
#[must_use]
pub fn principal_by_app_id(cloud: Cloud, app_id: AppId) -> ApiRequest {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app_id}')?$select=id,appId"),
    )
}

/// Lists tenant-wide and per-user grants of a client.
#[must_use]
pub fn grants_of(cloud: Cloud, client: ObjectId) -> ApiRequest {
    read(
        cloud,
        &format!("/oauth2PermissionGrants?$filter=clientId%20eq%20'{client}'"),
    )
}

/// Lists the application permissions assigned to a service principal.
#[must_use]
pub fn roles_of(cloud: Cloud, principal: ObjectId) -> ApiRequest {
    read(
        cloud,
        &format!("/servicePrincipals/{principal}/appRoleAssignments"),
    )
}

/// Creates or updates the application with this tool's key. Idempotent: a retry creates no second app.
#[must_use]
pub fn upsert_application(cloud: Cloud, unique_name: &str, body: &wire::Application) -> ApiRequest {
    create_if_missing(write(
        cloud,
        Method::PATCH,
        &format!("/applications(uniqueName={})", quoted(unique_name)),
        body,
        RetryPolicy::Harmless,
    ))
}

/// Updates an application. Graph replaces collections as a whole.
#[must_use]
pub fn patch_application(
    cloud: Cloud,
    id: IdOrName<ObjectId>,
    body: &impl Serialize,
) -> ApiRequest {
    write(
        cloud,
        Method::PATCH,
        &format!("/applications/{id}"),
        body,
        RetryPolicy::Harmless,
    )
}

/// Creates the service principal of an application, or leaves an existing one unchanged.
///
/// The Azure portal sets the same tag, which lists the app under Enterprise applications.
#[must_use]
pub fn upsert_principal(cloud: Cloud, app_id: IdOrName<AppId>) -> ApiRequest {
    create_if_missing(write(
        cloud,
        Method::PATCH,
        &format!("/servicePrincipals(appId='{app_id}')"),
        &json!({ "tags": ["WindowsAzureActiveDirectoryIntegratedApp"] }),
        RetryPolicy::Harmless,
    ))
}

/// Grants tenant-wide consent. Read the grants before a retry.
#[must_use]
pub fn create_grant(cloud: Cloud, grant: &wire::PermissionGrant<IdOrName<ObjectId>>) -> ApiRequest {
    write(
        cloud,
        Method::POST,
        "/oauth2PermissionGrants",
        grant,
        RetryPolicy::OnlyIfRefused,
    )
}

/// Replaces the scopes of a grant: send the old and the new ones together.
#[must_use]
pub fn update_grant(cloud: Cloud, id: &str, scope: &str) -> ApiRequest {
    let id = utf8_percent_encode(id, QUERY);
    write(
        cloud,
        Method::PATCH,
        &format!("/oauth2PermissionGrants/{id}"),
        &json!({ "scope": scope }),
        RetryPolicy::Harmless,
    )
}

/// Assigns an application permission. Read the assignments before a retry.
#[must_use]
pub fn assign_role(
    cloud: Cloud,
    assignment: &wire::RoleAssignment<IdOrName<ObjectId>>,
) -> ApiRequest {
    let resource = assignment.resource_id;
    write(
        cloud,
        Method::POST,
        &format!("/servicePrincipals/{resource}/appRoleAssignedTo"),
        assignment,
        RetryPolicy::OnlyIfRefused,
    )
}

/// Creates a client secret. Before a retry, read the secrets and remove the one whose text was lost.
#[must_use]
pub fn add_password(
    cloud: Cloud,
    id: IdOrName<ObjectId>,
    display_name: &str,
    end: jiff::Timestamp,
) -> ApiRequest {
    let body = json!({ "passwordCredential": { "displayName": display_name, "endDateTime": end.to_string() } });
    write(
        cloud,
        Method::POST,
        &format!("/applications/{id}/addPassword"),
        &body,
        RetryPolicy::OnlyIfRefused,
    )
}

/// Removes a client secret by its key ID.
#[must_use]
pub fn remove_password(cloud: Cloud, id: ObjectId, key_id: KeyId) -> ApiRequest {
    write(
        cloud,
        Method::POST,
        &format!("/applications/{id}/removePassword"),
        &json!({ "keyId": key_id }),
        RetryPolicy::Harmless,
    )
}

/// Changes who gets tokens for a service principal.
#[must_use]
pub fn patch_principal(cloud: Cloud, id: ObjectId, properties: &Value) -> ApiRequest {
    write(
        cloud,
        Method::PATCH,
        &format!("/servicePrincipals/{id}"),
        properties,
        RetryPolicy::Harmless,
    )
}

/// Restores a deleted application or service principal, without the objects that belong to it.
#[must_use]
pub fn restore(cloud: Cloud, id: ObjectId) -> ApiRequest {
    ApiRequest::new(
        Method::POST,
        url(cloud, &format!("/directory/deletedItems/{id}/restore")),
        Body::Empty,
        RetryPolicy::OnlyIfRefused,
    )
}

/// Deletes an application. It can be restored for 30 days; until then it keeps its key and its App ID URIs.
#[must_use]
pub fn delete_application(cloud: Cloud, id: ObjectId) -> ApiRequest {
    delete(cloud, &format!("/applications/{id}"))
}

/// Permanently deletes a deleted application or service principal.
#[must_use]
pub fn purge(cloud: Cloud, id: ObjectId) -> ApiRequest {
    delete(cloud, &format!("/directory/deletedItems/{id}"))
}

/// Deletes a service principal by its object ID.
#[must_use]
pub fn delete_principal(cloud: Cloud, id: ObjectId) -> ApiRequest {
    delete(cloud, &format!("/servicePrincipals/{id}"))
}

/// Revokes a delegated grant by its ID.
#[must_use]
pub fn delete_grant(cloud: Cloud, id: &str) -> ApiRequest {
    let id = utf8_percent_encode(id, QUERY);
    delete(cloud, &format!("/oauth2PermissionGrants/{id}"))
}

/// Removes an app role assignment.
#[must_use]
pub fn delete_role(cloud: Cloud, resource: ObjectId, id: &str) -> ApiRequest {
    let id = utf8_percent_encode(id, QUERY);
    delete(
        cloud,
        &format!("/servicePrincipals/{resource}/appRoleAssignedTo/{id}"),
    )
}

/// Addressed by ID, so a repeated delete has no further effect.
fn delete(cloud: Cloud, path: &str) -> ApiRequest {
    ApiRequest::new(
        Method::DELETE,
        url(cloud, path),
        Body::Empty,
        RetryPolicy::Harmless,
    )
}

/// Updates properties of an application, given as JSON.
#[must_use]
pub fn change_application(cloud: Cloud, id: ObjectId, properties: &Value) -> ApiRequest {
    write(
        cloud,
        Method::PATCH,
        &format!("/applications/{id}"),
        properties,
        RetryPolicy::Harmless,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_name_is_escaped_in_the_filter() {
        let call = applications_named(Cloud::Public, "O'Neill' or 1 eq 1 &$top=1", "b/c");
        assert!(
            call.url.contains("displayName%20eq%20'O%27%27Neill%27%27%20or%201%20eq%201%20%26%24top%3D1'%20or%20displayName%20eq%20'b%2Fc'"),
            "{}",
            call.url
        );
    }

    #[test]
    fn absent_properties_are_not_sent() {
        let body = wire::Application {
            display_name: Some("CMG-ServerApp".to_owned()),
            ..Default::default()
        };
        let call = upsert_application(Cloud::UsGov, "key", &body);
        assert_eq!(
            call.url,
            "https://graph.microsoft.us/v1.0/applications(uniqueName='key')"
        );
        assert_eq!(call.headers, [(PREFER, "create-if-missing".to_owned())]);
        let Body::Json(json) = call.body else {
            panic!("no JSON body")
        };
        assert_eq!(json.to_string(), r#"{"displayName":"CMG-ServerApp"}"#);
    }
}
