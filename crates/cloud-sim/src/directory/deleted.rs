//! Deleted items: applications and service principals that can still be restored.
//!
//! Each object is restored and purged separately: restoring an application does not restore its service principal, and purging it leaves
//! the service principal among the deleted items (`directory-deleteditems-restore`, 2026-03-14; "Restore a removed application
//! registration", 2025-02-28).

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::applications;
use crate::directory::call::Call;
use crate::directory::call::check_object_id;
use crate::directory::call::denied;
use crate::directory::call::missing;
use crate::directory::credentials;
use crate::directory::names;
use crate::directory::roles;
use crate::directory::service_principals;
use crate::directory::store::Record;

pub(super) fn applications(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_see(call)?;
    let objects = gone(&call.tenant().directory.applications);
    call.page(&applications::kind(), objects)
}

pub(super) fn service_principals(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_see(call)?;
    let objects = gone(&call.tenant().directory.service_principals);
    call.page(&service_principals::kind(), objects)
}

fn gone(records: &[Record]) -> Vec<Object> {
    records
        .iter()
        .filter(|record| record.is_deleted())
        .map(|record| {
            let mut object = record.properties.clone();
            credentials::hide_keys(&mut object);
            object
        })
        .collect()
}

fn may_see(call: &Call<'_>) -> Result<(), Refusal> {
    if roles::manages_all_apps(call.tenant(), &call.caller) {
        Ok(())
    } else {
        Err(denied())
    }
}

/// Kind and index of the object.
#[derive(Clone, Copy)]
enum Found {
    Application(usize),
    ServicePrincipal(usize),
}

fn find(call: &Call<'_>) -> Result<Found, Refusal> {
    let id = call.id(0);
    check_object_id(id)?;
    let place = |records: &[Record]| {
        records
            .iter()
            .position(|record| record.is_deleted() && record.id().eq_ignore_ascii_case(id))
    };
    let directory = &call.tenant().directory;
    place(&directory.applications)
        .map(Found::Application)
        .or_else(|| place(&directory.service_principals).map(Found::ServicePrincipal))
        .ok_or_else(|| missing(id))
}

fn render(call: &Call<'_>, found: Found) -> Object {
    let directory = &call.tenant().directory;
    let (record, type_name) = match found {
        Found::Application(place) => (&directory.applications[place], "application"),
        Found::ServicePrincipal(place) => {
            (&directory.service_principals[place], "servicePrincipal")
        }
    };
    let mut object = record.properties.clone();
    credentials::hide_keys(&mut object);
    object.insert(
        "@odata.type".to_owned(),
        json!(format!("#microsoft.graph.{type_name}")),
    );
    object
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_see(call)?;
    let found = find(call)?;
    call.entity("directoryObjects", render(call, found))
}

pub(super) fn get_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_see(call)?;
    match find(call)? {
        found @ Found::Application(_) => call.entity("applications", render(call, found)),
        Found::ServicePrincipal(_) => Err(missing(call.id(0))),
    }
}

pub(super) fn get_service_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_see(call)?;
    match find(call)? {
        found @ Found::ServicePrincipal(_) => call.entity("servicePrincipals", render(call, found)),
        Found::Application(_) => Err(missing(call.id(0))),
    }
}

pub(super) fn restore(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let found = find(call)?;
    may_see(call)?;
    let directory = &mut call.tenant_mut().directory;
    let app_id = match found {
        Found::Application(place) => {
            revive(&mut directory.applications[place]);
            directory.applications[place].text("appId").to_owned()
        }
        Found::ServicePrincipal(place) => {
            let record = &directory.service_principals[place];
            names::check_free(directory, record.id(), &names::of(directory, record))?;
            let app_id = record.text("appId").to_owned();
            revive(&mut directory.service_principals[place]);
            app_id
        }
    };
    names::follow_application(directory, &app_id);
    call.entity("directoryObjects", render(call, found))
}

fn revive(record: &mut Record) {
    record.deleted = None;
    record
        .properties
        .insert("deletedDateTime".to_owned(), Value::Null);
}

pub(super) fn purge(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let found = find(call)?;
    may_see(call)?;
    let directory = &mut call.tenant_mut().directory;
    match found {
        Found::Application(place) => {
            directory.applications.remove(place);
        }
        Found::ServicePrincipal(place) => {
            directory.service_principals.remove(place);
        }
    }
    Ok(Answer::done())
}
