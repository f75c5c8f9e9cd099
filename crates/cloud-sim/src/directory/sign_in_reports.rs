//! The reports on the last sign-ins of apps and of their credentials. Both are beta and in the global service only.
//!
//! Sources: "List appCredentialSignInActivities" and "List servicePrincipalSignInActivities" (Microsoft Graph beta, 2026), "What is the Usage
//! and insights report in Microsoft Entra ID" (2026) for license and roles, "Analyze activity logs with Microsoft Graph" (2026) for the
//! errors. No page says how late a sign-in appears; here it is a day.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

use crate::Sim;
use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::stamp;
use crate::directory::call::Call;
use crate::directory::list::Kind;
use crate::directory::list::texts;
use crate::directory::roles;
use crate::directory::store::passed;
use crate::directory::tenant::Tenant;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::TenantId;

/// How long after a sign-in the reports contain it.
const DELAY: Duration = Duration::from_hours(24);

/// One sign-in, as far as the reports need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignIn {
    pub(crate) at: Timestamp,
    /// The app that got the token.
    pub(crate) client: AppId,
    /// The API that the token is for.
    pub(crate) resource: AppId,
    pub(crate) by: SignedInBy,
}

/// Who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedInBy {
    /// A user, through the client.
    User,
    /// The client itself, with this secret.
    Secret(KeyId),
}

impl Sim {
    /// Records a sign-in for the reports. Forgets the earlier ones that no report shows any more.
    pub(crate) fn note_sign_in(&mut self, now: Timestamp, tenant: TenantId, sign_in: SignIn) {
        let Some(tenant) = self.tenant_mut(tenant) else {
            return;
        };
        tenant.sign_ins.push(sign_in);
        let all = tenant.sign_ins.clone();
        tenant.sign_ins.retain(|one| {
            let is_same = |other: &&SignIn| {
                (other.client, other.resource, other.by) == (one.client, one.resource, one.by)
            };
            let mut later = all.iter().filter(is_same).filter(|it| it.at > one.at);
            !later.any(|it| passed(it.at, DELAY, now))
        });
    }
}

pub(super) fn of_credentials(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    may_read(call)?;
    let mut last: BTreeMap<(String, String, String), Timestamp> = BTreeMap::new();
    for one in reported(call) {
        if let SignedInBy::Secret(key) = one.by {
            let row = (
                key.to_string(),
                one.client.to_string(),
                one.resource.to_string(),
            );
            keep(&mut last, row, one.at);
        }
    }
    let rows = last
        .into_iter()
        .map(|((key, client, resource), at)| {
            credential(call.tenant(), &key, &client, &resource, at)
        })
        .collect();
    let kind = Kind {
        set: "reports/appCredentialSignInActivities".to_owned(),
        type_name: "appCredentialSignInActivity",
        properties: texts(&[
            "appId",
            "appObjectId",
            "createdDateTime",
            "credentialOrigin",
            "expirationDateTime",
            "id",
            "keyId",
            "keyType",
            "keyUsage",
            "resourceId",
            "servicePrincipalObjectId",
            "signInActivity",
        ]),
        filterable: &["appId", "keyId"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, rows)
}

fn credential(tenant: &Tenant, key: &str, client: &str, resource: &str, at: Timestamp) -> Object {
    let directory = &tenant.directory;
    let application = directory.application(client);
    let held = application.and_then(|it| it.properties.get("passwordCredentials"));
    let held = held.and_then(Value::as_array).into_iter().flatten();
    let secret = held.into_iter().find(|it| it["keyId"] == key);
    let of_secret = |name: &str| secret.map_or(Value::Null, |it| it[name].clone());
    let principal = |app: &str| directory.service_principal_of(app).map(|it| it.id());
    object(json!({
        "appId": client,
        "appObjectId": application.map(|it| it.id()),
        "createdDateTime": of_secret("startDateTime"),
        "credentialOrigin": "application",
        "expirationDateTime": of_secret("endDateTime"),
        "id": STANDARD.encode(format!("{key}|application|{resource}")),
        "keyId": key,
        "keyType": "clientSecret",
        "keyUsage": "verify",
        "resourceId": principal(resource),
        "servicePrincipalObjectId": principal(client),
        "signInActivity": activity(Some(at)),
    }))
}

pub(super) fn of_principals(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    const NAMES: [&str; 4] = [
        "delegatedClientSignInActivity",
        "delegatedResourceSignInActivity",
        "applicationAuthenticationClientSignInActivity",
        "applicationAuthenticationResourceSignInActivity",
    ];
    may_read(call)?;
    let mut last: BTreeMap<String, BTreeMap<&str, Timestamp>> = BTreeMap::new();
    let [user_client, user_resource, app_client, app_resource] = NAMES;
    for one in reported(call) {
        let (client, resource) = match one.by {
            SignedInBy::User => (user_client, user_resource),
            SignedInBy::Secret(_) => (app_client, app_resource),
        };
        for (app, name) in [(one.client, client), (one.resource, resource)] {
            keep(last.entry(app.to_string()).or_default(), name, one.at);
        }
    }
    let rows = last
        .into_iter()
        .map(|(app, known)| {
            let mut row = json!({
                "appId": app,
                "id": STANDARD.encode(&app),
                "lastSignInActivity": activity(known.values().max().copied()),
            });
            for name in NAMES {
                row[name] = activity(known.get(name).copied());
            }
            object(row)
        })
        .collect();
    let kind = Kind {
        set: "reports/servicePrincipalSignInActivities".to_owned(),
        type_name: "servicePrincipalSignInActivity",
        properties: texts(&[&["appId", "id", "lastSignInActivity"][..], &NAMES].concat()),
        filterable: &["appId"],
        advanced: &[],
        is_cast: false,
    };
    call.page(&kind, rows)
}

/// The sign-ins that the reports contain.
fn reported<'a>(call: &'a Call<'_>) -> impl Iterator<Item = &'a SignIn> {
    let now = call.now;
    let all = call.tenant().sign_ins.iter();
    all.filter(move |one| passed(one.at, DELAY, now))
}

fn keep<K: Ord>(last: &mut BTreeMap<K, Timestamp>, key: K, at: Timestamp) {
    let held = last.entry(key).or_insert(at);
    *held = at.max(*held);
}

/// Null if there was none.
fn activity(at: Option<Timestamp>) -> Value {
    at.map_or(
        Value::Null,
        |at| json!({ "lastSignInDateTime": stamp(at), "lastSignInRequestId": null }),
    )
}

fn object(value: Value) -> Object {
    value.as_object().cloned().unwrap_or_default()
}

/// Cloud, permission, license, role.
fn may_read(call: &Call<'_>) -> Result<(), Refusal> {
    if call.cloud != Cloud::Public {
        return Err(Refusal::new(
            400,
            "BadRequest",
            "Resource not found for the segment 'reports'.",
        ));
    }
    let refused = |code: &str, message: &str| Err(Refusal::new(403, code, message));
    if !(call.caller).has_one_of(&["AuditLog.Read.All", "Directory.Read.All"]) {
        return refused(
            "Authentication_MSGraphPermissionMissing",
            "The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.",
        );
    }
    if !call.tenant().is_premium {
        return refused(
            "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
            "Neither tenant is B2C or tenant doesn't have premium license",
        );
    }
    if !roles::may_read_sign_in_reports(call.tenant(), &call.caller) {
        return refused(
            "Authentication_RequestFromUnsupportedUserRole",
            "User is not in the allowed roles",
        );
    }
    Ok(())
}
