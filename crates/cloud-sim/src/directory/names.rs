//! Names of service principals. Within a tenant, only one service principal or application can have each name.
//!
//! An enterprise application alone can reserve a URI that no application registration has.

use serde_json::Value;
use serde_json::json;

use crate::answer::Refusal;
use crate::directory::store::Directory;
use crate::directory::store::Record;

/// The application ID, the URIs of the application in the same tenant, and the service principal's own names.
pub(in crate::directory) fn of(directory: &Directory, principal: &Record) -> Vec<String> {
    let app_id = principal.text("appId");
    let mut names = vec![app_id.to_owned()];
    let application = directory.application(app_id);
    let uris = application.map(|record| texts(record, "identifierUris"));
    let own = texts(principal, "servicePrincipalNames");
    for name in uris.into_iter().flatten().chain(own) {
        if !names.iter().any(|held| held.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    names
}

fn texts(record: &Record, property: &str) -> Vec<String> {
    let values = record.properties.get(property).and_then(Value::as_array);
    let values = values.into_iter().flatten().filter_map(Value::as_str);
    values.map(str::to_owned).collect()
}

/// Whether a service principal of another application has this name and is not deleted.
pub(in crate::directory) fn is_held_by_another(
    directory: &Directory,
    app_id: Option<&str>,
    name: &str,
) -> bool {
    let live = directory.service_principals.iter().filter(|record| {
        !record.is_deleted()
            && app_id.is_none_or(|own| !own.eq_ignore_ascii_case(record.text("appId")))
    });
    live.into_iter().any(|record| {
        of(directory, record)
            .iter()
            .any(|held| held.eq_ignore_ascii_case(name))
    })
}

/// 409 if another service principal that is not deleted, or an application with another app ID, has one of these names.
pub(in crate::directory) fn check_free(
    directory: &Directory,
    own_id: &str,
    names: &[String],
) -> Result<(), Refusal> {
    let others = directory
        .service_principals
        .iter()
        .filter(|record| !record.is_deleted() && record.id() != own_id);
    let held: Vec<String> = others.flat_map(|record| of(directory, record)).collect();
    let taken = names
        .iter()
        .find(|name| held.iter().any(|held| held.eq_ignore_ascii_case(name)));
    match taken {
        None => Ok(()),
        Some(name) => Err(Refusal::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            format!(
                "The service principal cannot be created, updated, or restored because the service principal name {name} is already in use."
            ),
        )
        .detail("ObjectConflict", "servicePrincipalNames")),
    }
}

/// When an application is restored, its service principal gets its names from the application again and loses its own.
pub(in crate::directory) fn follow_application(directory: &mut Directory, app_id: &str) {
    if directory.application(app_id).is_none() {
        return;
    }
    let live = directory
        .service_principals
        .iter_mut()
        .find(|record| !record.is_deleted() && record.text("appId") == app_id);
    if let Some(record) = live {
        record
            .properties
            .insert("servicePrincipalNames".to_owned(), json!([app_id]));
    }
}
