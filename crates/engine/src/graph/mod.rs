//! Microsoft Graph's verbs, as far as this product needs them: each builds one `Call`.
//!
//! Building and sending are apart, so that the review page shows the very request that will be sent.
//! Sources: Microsoft Graph v1.0 reference (application upsert 2024-08-22, servicePrincipal upsert, permission grants), read 2026-11-23.

use http::Method;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use crate::net::Body;
use crate::net::Call;
use crate::net::Repeat;
use crate::net::headers::CONSISTENCY_LEVEL;
use crate::net::headers::PREFER;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;

pub mod errors;
pub mod wire;

/// The properties of an application that are read.
const APPLICATION: &str = "id,appId,uniqueName,displayName,signInAudience,identifierUris,isDeviceOnlyAuthSupported,isFallbackPublicClient,tags,web,publicClient,spa,api,requiredResourceAccess,isDisabled,disabledByMicrosoftStatus,passwordCredentials,keyCredentials,createdDateTime";

/// What stays readable in a query value; everything else is encoded.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn url(cloud: Cloud, path: &str) -> String {
    format!("https://{}/v1.0{path}", cloud.graph_host())
}

/// A text inside single quotes of a filter or a key: doubled quotes, then percent-encoded (SECURITY.md W14).
fn quoted(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    format!("'{}'", utf8_percent_encode(&doubled, QUERY))
}

fn read(cloud: Cloud, path: &str) -> Call {
    Call::get(url(cloud, path))
}

fn write(cloud: Cloud, method: Method, path: &str, body: &impl Serialize, repeat: Repeat) -> Call {
    // A value of ours always serialises; `Null` would be refused by Graph, never misread.
    let body = serde_json::to_value(body).unwrap_or(Value::Null);
    Call::new(method, url(cloud, path), Body::Json(body), repeat)
}

/// A query over properties the directory keeps no index of ("Advanced query capabilities", 2026): its answers lag behind a little.
fn advanced(call: Call) -> Call {
    call.header(CONSISTENCY_LEVEL, "eventual")
}

fn create_if_missing(call: Call) -> Call {
    call.header(PREFER, "create-if-missing")
}

/// The tenant's name and verified domains.
#[must_use]
pub fn organization(cloud: Cloud) -> Call {
    read(
        cloud,
        "/organization?$select=id,displayName,verifiedDomains,tenantType",
    )
}

/// Active directory roles of the signed-in account, also through groups.
///
/// The cast makes it an advanced query ("List a user's memberships", 2025-08-05).
#[must_use]
pub fn my_roles(cloud: Cloud) -> Call {
    advanced(read(
        cloud,
        "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true",
    ))
}

/// The tenant's default app management policy.
#[must_use]
pub fn app_management_policy(cloud: Cloud) -> Call {
    read(cloud, "/policies/defaultAppManagementPolicy")
}

/// The app management policies of an app's own: one at most.
#[must_use]
pub fn policies_of_app(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/applications(appId='{app}')/appManagementPolicies"),
    )
}

/// Whether users may register apps.
#[must_use]
pub fn authorization_policy(cloud: Cloud) -> Call {
    read(cloud, "/policies/authorizationPolicy")
}

/// The application with our key; 404 if there is none.
#[must_use]
pub fn application_by_unique_name(cloud: Cloud, unique_name: &str) -> Call {
    read(
        cloud,
        &format!(
            "/applications(uniqueName={})?$select={APPLICATION}",
            quoted(unique_name)
        ),
    )
}

/// The application with an object ID.
#[must_use]
pub fn application(cloud: Cloud, id: ObjectId) -> Call {
    read(cloud, &format!("/applications/{id}?$select={APPLICATION}"))
}

/// The application with a client ID; 404 if there is none.
#[must_use]
pub fn application_by_app_id(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/applications(appId='{app}')?$select={APPLICATION}"),
    )
}

/// Applications with this tool's label.
#[must_use]
pub fn applications_tagged(cloud: Cloud, tag: &str) -> Call {
    read(
        cloud,
        &format!(
            "/applications?$filter=tags/any(t:t%20eq%20{})&$select={APPLICATION}",
            quoted(tag)
        ),
    )
}

/// Applications with an App ID URI that begins so.
#[must_use]
pub fn applications_with_uri_like(cloud: Cloud, start: &str) -> Call {
    read(
        cloud,
        &format!(
            "/applications?$filter=identifierUris/any(u:startswith(u,{}))&$select={APPLICATION}",
            quoted(start)
        ),
    )
}

/// Applications with a redirect URI on platform "mobile and desktop" that begins so.
#[must_use]
pub fn applications_with_redirect_like(cloud: Cloud, start: &str) -> Call {
    advanced(read(
        cloud,
        &format!(
            "/applications?$filter=publicClient/redirectUris/any(p:startswith(p,{}))&$count=true&$select={APPLICATION}",
            quoted(start)
        ),
    ))
}

/// Applications that ask for permissions of an API.
#[must_use]
pub fn applications_asking_for(cloud: Cloud, api: AppId) -> Call {
    advanced(read(
        cloud,
        &format!(
            "/applications?$filter=requiredResourceAccess/any(r:r/resourceAppId%20eq%20'{api}')&$count=true&$select={APPLICATION}"
        ),
    ))
}

/// Applications whose name begins in one of these ways.
#[must_use]
pub fn applications_named_like(cloud: Cloud, starts: &[&str]) -> Call {
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

/// Who owns an application.
#[must_use]
pub fn owners_of(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/applications(appId='{app}')/owners?$select=id,displayName,userPrincipalName"),
    )
}

/// Who owns a service principal, by its application ID.
#[must_use]
pub fn principal_owners_of(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!(
            "/servicePrincipals(appId='{app}')/owners?$select=id,displayName,userPrincipalName"
        ),
    )
}

/// The federated credentials of an application.
#[must_use]
pub fn federated_credentials_of(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/applications(appId='{app}')/federatedIdentityCredentials"),
    )
}

/// Conditional Access policies.
#[must_use]
pub fn access_policies(cloud: Cloud) -> Call {
    read(
        cloud,
        "/identity/conditionalAccess/policies?$select=id,displayName,state,conditions",
    )
}

/// A service principal by its application ID, with what decides who gets tokens; 404 if there is none.
#[must_use]
pub fn principal_state(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!(
            "/servicePrincipals(appId='{app}')?$select=id,appId,accountEnabled,appRoleAssignmentRequired,preferredSingleSignOnMode,passwordCredentials,keyCredentials"
        ),
    )
}

/// Grants a service principal holds as a client, by its application ID.
#[must_use]
pub fn grants_by_app_id(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/oauth2PermissionGrants"),
    )
}

/// Application permissions assigned to a service principal, by its application ID.
#[must_use]
pub fn roles_by_app_id(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/appRoleAssignments"),
    )
}

/// Who is assigned to a service principal's own roles, by its application ID.
#[must_use]
pub fn assigned_by_app_id(cloud: Cloud, app: AppId) -> Call {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app}')/appRoleAssignedTo"),
    )
}

/// Grants by which others use an API.
#[must_use]
pub fn grants_for(cloud: Cloud, resource: ObjectId) -> Call {
    read(
        cloud,
        &format!("/oauth2PermissionGrants?$filter=resourceId%20eq%20'{resource}'"),
    )
}

/// Applications with either of two names.
#[must_use]
pub fn applications_named(cloud: Cloud, first: &str, second: &str) -> Call {
    let (first, second) = (quoted(first), quoted(second));
    read(
        cloud,
        &format!(
            "/applications?$filter=displayName%20eq%20{first}%20or%20displayName%20eq%20{second}&$select=id,appId,uniqueName,displayName"
        ),
    )
}

/// The application that holds an App ID URI.
#[must_use]
pub fn applications_with_uri(cloud: Cloud, uri: &str) -> Call {
    read(
        cloud,
        &format!(
            "/applications?$filter=identifierUris/any(u:u%20eq%20{})&$select=id,appId,uniqueName,displayName",
            quoted(uri)
        ),
    )
}

/// The service principals that hold a name: an App ID URI can be taken by an enterprise application alone.
#[must_use]
pub fn principals_with_name(cloud: Cloud, name: &str) -> Call {
    read(
        cloud,
        &format!(
            "/servicePrincipals?$filter=servicePrincipalNames/any(n:n%20eq%20{})&$select=id,appId,displayName",
            quoted(name)
        ),
    )
}

/// A delegated grant by its key; 404 if there is none.
#[must_use]
pub fn grant(cloud: Cloud, id: &str) -> Call {
    let id = utf8_percent_encode(id, QUERY);
    read(cloud, &format!("/oauth2PermissionGrants/{id}"))
}

/// A service principal by its object ID; 404 if there is none.
#[must_use]
pub fn principal(cloud: Cloud, id: ObjectId) -> Call {
    read(cloud, &format!("/servicePrincipals/{id}?$select=id,appId"))
}

/// Something that was deleted and can still be restored; 404 if there is no such thing.
#[must_use]
pub fn deleted_item(cloud: Cloud, id: ObjectId) -> Call {
    read(cloud, &format!("/directory/deletedItems/{id}"))
}

/// Applications deleted less than 30 days ago.
#[must_use]
pub fn deleted_applications(cloud: Cloud) -> Call {
    read(
        cloud,
        &format!(
            "/directory/deletedItems/microsoft.graph.application?$select={APPLICATION},deletedDateTime"
        ),
    )
}

/// Service principals deleted less than 30 days ago. Restoring an application does not restore its service principal
/// ("Restore deleted item", 2026-03-14).
#[must_use]
pub fn deleted_principals(cloud: Cloud) -> Call {
    read(
        cloud,
        "/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id,appId,deletedDateTime",
    )
}

/// A service principal by its application ID; 404 if there is none.
#[must_use]
pub fn principal_by_app_id(cloud: Cloud, app_id: AppId) -> Call {
    read(
        cloud,
        &format!("/servicePrincipals(appId='{app_id}')?$select=id,appId"),
    )
}

/// Tenant-wide and personal grants of a client.
#[must_use]
pub fn grants_of(cloud: Cloud, client: ObjectId) -> Call {
    read(
        cloud,
        &format!("/oauth2PermissionGrants?$filter=clientId%20eq%20'{client}'"),
    )
}

/// Application permissions assigned to a service principal.
#[must_use]
pub fn roles_of(cloud: Cloud, principal: ObjectId) -> Call {
    read(
        cloud,
        &format!("/servicePrincipals/{principal}/appRoleAssignments"),
    )
}

/// Creates the application with our key, or updates it: repeating it makes no second app.
#[must_use]
pub fn upsert_application(cloud: Cloud, unique_name: &str, body: &wire::Application) -> Call {
    create_if_missing(write(
        cloud,
        Method::PATCH,
        &format!("/applications(uniqueName={})", quoted(unique_name)),
        body,
        Repeat::Harmless,
    ))
}

/// Changes an application. Collections are replaced whole.
#[must_use]
pub fn patch_application(cloud: Cloud, id: ObjectId, body: &wire::Application) -> Call {
    write(
        cloud,
        Method::PATCH,
        &format!("/applications/{id}"),
        body,
        Repeat::Harmless,
    )
}

/// Creates the service principal of an application, or leaves it as it is.
///
/// The tag is the one the portal sets: it makes the app show under Enterprise applications.
#[must_use]
pub fn upsert_principal(cloud: Cloud, app_id: AppId) -> Call {
    create_if_missing(write(
        cloud,
        Method::PATCH,
        &format!("/servicePrincipals(appId='{app_id}')"),
        &json!({ "tags": ["WindowsAzureActiveDirectoryIntegratedApp"] }),
        Repeat::Harmless,
    ))
}

/// Consents tenant-wide. Read before sending it again.
#[must_use]
pub fn create_grant(cloud: Cloud, grant: &wire::PermissionGrant) -> Call {
    write(
        cloud,
        Method::POST,
        "/oauth2PermissionGrants",
        grant,
        Repeat::OnlyIfRefused,
    )
}

/// Replaces the scopes of a grant: send the union.
#[must_use]
pub fn update_grant(cloud: Cloud, id: &str, scope: &str) -> Call {
    let id = utf8_percent_encode(id, QUERY);
    write(
        cloud,
        Method::PATCH,
        &format!("/oauth2PermissionGrants/{id}"),
        &json!({ "scope": scope }),
        Repeat::Harmless,
    )
}

/// Assigns an application permission. Read before sending it again.
#[must_use]
pub fn assign_role(cloud: Cloud, assignment: &wire::RoleAssignment) -> Call {
    let resource = assignment.resource_id;
    write(
        cloud,
        Method::POST,
        &format!("/servicePrincipals/{resource}/appRoleAssignedTo"),
        assignment,
        Repeat::OnlyIfRefused,
    )
}

/// Makes a client secret. Read before sending it again, and remove the one whose text was lost.
#[must_use]
pub fn add_password(cloud: Cloud, id: ObjectId, display_name: &str, end: jiff::Timestamp) -> Call {
    let body = json!({ "passwordCredential": { "displayName": display_name, "endDateTime": end.to_string() } });
    write(
        cloud,
        Method::POST,
        &format!("/applications/{id}/addPassword"),
        &body,
        Repeat::OnlyIfRefused,
    )
}

/// Removes a client secret by its key ID.
#[must_use]
pub fn remove_password(cloud: Cloud, id: ObjectId, key_id: KeyId) -> Call {
    write(
        cloud,
        Method::POST,
        &format!("/applications/{id}/removePassword"),
        &json!({ "keyId": key_id }),
        Repeat::Harmless,
    )
}

/// Changes who gets tokens of a service principal.
#[must_use]
pub fn patch_principal(cloud: Cloud, id: ObjectId, properties: &Value) -> Call {
    write(
        cloud,
        Method::PATCH,
        &format!("/servicePrincipals/{id}"),
        properties,
        Repeat::Harmless,
    )
}

/// Brings a deleted application or service principal back, and nothing that belongs to it.
#[must_use]
pub fn restore(cloud: Cloud, id: ObjectId) -> Call {
    Call::new(
        Method::POST,
        url(cloud, &format!("/directory/deletedItems/{id}/restore")),
        Body::Empty,
        Repeat::OnlyIfRefused,
    )
}

/// Deletes an application: it can be restored for 30 days, and until then it holds its key and its App ID URIs.
#[must_use]
pub fn delete_application(cloud: Cloud, id: ObjectId) -> Call {
    delete(cloud, &format!("/applications/{id}"))
}

/// Deletes a deleted application or service principal permanently.
#[must_use]
pub fn purge(cloud: Cloud, id: ObjectId) -> Call {
    delete(cloud, &format!("/directory/deletedItems/{id}"))
}

/// Deletes a service principal.
#[must_use]
pub fn delete_principal(cloud: Cloud, id: ObjectId) -> Call {
    delete(cloud, &format!("/servicePrincipals/{id}"))
}

/// Revokes a delegated grant.
#[must_use]
pub fn delete_grant(cloud: Cloud, id: &str) -> Call {
    let id = utf8_percent_encode(id, QUERY);
    delete(cloud, &format!("/oauth2PermissionGrants/{id}"))
}

/// Takes an app role assignment back.
#[must_use]
pub fn delete_role(cloud: Cloud, resource: ObjectId, id: &str) -> Call {
    let id = utf8_percent_encode(id, QUERY);
    delete(
        cloud,
        &format!("/servicePrincipals/{resource}/appRoleAssignedTo/{id}"),
    )
}

/// By ID, so doing it twice is doing it once.
fn delete(cloud: Cloud, path: &str) -> Call {
    Call::new(
        Method::DELETE,
        url(cloud, path),
        Body::Empty,
        Repeat::Harmless,
    )
}

/// Changes properties of an application that are given as JSON.
#[must_use]
pub fn change_application(cloud: Cloud, id: ObjectId, properties: &Value) -> Call {
    write(
        cloud,
        Method::PATCH,
        &format!("/applications/{id}"),
        properties,
        Repeat::Harmless,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_quote_cannot_leave_its_filter() {
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
            panic!("a body")
        };
        assert_eq!(json.to_string(), r#"{"displayName":"CMG-ServerApp"}"#);
    }
}
