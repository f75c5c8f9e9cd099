//! Client secrets: made by the service, shown once, limited by the tenant's app management policy.
//!
//! After `application-addpassword`, `application-removepassword` and `passwordcredentialconfiguration`.

use jiff::Span;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::fine_stamp;
use crate::directory::Call;
use crate::directory::app_policies;
use crate::directory::holders::Holder;
use crate::directory::invalid;
use crate::directory::schema;
use crate::directory::store::Record;
use domain::secret::Secret;

/// How long the text of a secret is.
const LENGTH: usize = 40;
/// How many secrets an app for personal accounts holds.
const MOST_OF_PERSONAL: usize = 2;

/// What a secret is made for.
pub(in crate::directory) struct Target {
    /// Its object ID; empty while it is being created.
    pub(in crate::directory) id: String,
    pub(in crate::directory) created: Timestamp,
    /// Which part of the tenant's default policy is for it.
    pub(in crate::directory) restrictions: &'static str,
}

/// A secret just made.
pub(in crate::directory) struct Made {
    /// With `secretText`, for the one answer that shows it.
    pub(in crate::directory) shown: Object,
    /// Without it, for every later one.
    stored: Object,
    secret: Secret,
}

pub(super) fn add_to_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::application(call)?;
    add(call, holder)
}

pub(super) fn add_to_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::principal(call)?;
    add(call, holder)
}

pub(super) fn remove_from_application(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::application(call)?;
    remove(call, holder)
}

pub(super) fn remove_from_principal(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let holder = Holder::principal(call)?;
    remove(call, holder)
}

fn add(call: &mut Call<'_>, holder: Holder) -> Result<Answer, Refusal> {
    holder.may_manage(call)?;
    let body = call.object()?;
    if let Some(unknown) = body.keys().find(|name| *name != "passwordCredential") {
        return Err(Refusal::new(
            400,
            "BadRequest",
            format!(
                "The parameter '{unknown}' is not a valid parameter for the operation 'addPassword'."
            ),
        ));
    }
    let credential = body.get("passwordCredential").cloned().unwrap_or(json!({}));
    let record = holder.record(call.tenant());
    check_number(record)?;
    let target = Target {
        id: record.id().to_owned(),
        created: record.created,
        restrictions: holder.restrictions(),
    };
    let made = make(call, &credential, &target)?;
    let mut shown = made.shown.clone();
    shown.insert(
        "@odata.context".to_owned(),
        json!(call.context("microsoft.graph.passwordCredential")),
    );
    let now = call.now;
    keep(holder.record_mut(call.tenant_mut()), now, made);
    Ok(Answer::ok(Value::Object(shown)))
}

fn remove(call: &mut Call<'_>, holder: Holder) -> Result<Answer, Refusal> {
    holder.may_manage(call)?;
    let body = call.object()?;
    let key = body
        .get("keyId")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let now = call.now;
    let record = holder.record_mut(call.tenant_mut());
    let mut state = record.properties.clone();
    let held = state
        .get_mut("passwordCredentials")
        .and_then(Value::as_array_mut)
        .and_then(|held| {
            let place = held.iter().position(|one| {
                one["keyId"]
                    .as_str()
                    .is_some_and(|id| id.eq_ignore_ascii_case(&key))
            })?;
            Some(held.remove(place))
        });
    if held.is_none() {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!("No password credential found with keyId '{key}'."),
        )
        .detail("InvalidValue", "keyId"));
    }
    record
        .secrets
        .retain(|(id, _)| !id.eq_ignore_ascii_case(&key));
    record.replace(now, state);
    Ok(Answer::done())
}

/// An app whose audience includes personal accounts holds two secrets at most ("Supported accounts validation", 2026-09-25).
fn check_number(application: &Record) -> Result<(), Refusal> {
    let is_personal = application.text("signInAudience").contains("Personal");
    let held = application.properties.get("passwordCredentials");
    let held = held.and_then(Value::as_array).map_or(0, Vec::len);
    if is_personal && held >= MOST_OF_PERSONAL {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            format!("You can only add a maximum of {MOST_OF_PERSONAL} encrypted credentials."),
        ));
    }
    Ok(())
}

/// Makes a secret as asked, if the policy in force allows it.
pub(in crate::directory) fn make(
    call: &mut Call<'_>,
    credential: &Value,
    target: &Target,
) -> Result<Made, Refusal> {
    let asked = credential
        .as_object()
        .ok_or_else(|| invalid("passwordCredential", "Application"))?;
    schema::check("PasswordCredential", schema::PASSWORD_CREDENTIAL, asked)?;
    for own in ["secretText", "keyId", "hint"] {
        if asked.get(own).is_some_and(|value| !value.is_null()) {
            return Err(only_by_action());
        }
    }
    let moment = |name: &str| {
        asked
            .get(name)
            .and_then(Value::as_str)
            .and_then(|text| text.parse::<Timestamp>().ok())
    };
    let start = moment("startDateTime").unwrap_or(call.now);
    let end = match moment("endDateTime") {
        Some(end) => end,
        None => after(start, Span::new().years(2)).unwrap_or(start),
    };
    if end <= start {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "Key credential end date is invalid.",
        )
        .detail("InvalidValue", "endDateTime"));
    }
    check_policy(call, target, start, end)?;

    // Three leading characters are the hint; the rest has the alphabet of real ones.
    let text = call.sim.draws.text(3) + "8Q~" + &call.sim.draws.text(LENGTH - 6);
    let mut stored = Object::new();
    for (name, value) in [
        ("customKeyIdentifier", Value::Null),
        (
            "displayName",
            asked.get("displayName").cloned().unwrap_or(Value::Null),
        ),
        ("endDateTime", json!(fine_stamp(end))),
        ("hint", json!(&text[..3])),
        ("keyId", json!(call.sim.draws.guid().to_string())),
        ("secretText", Value::Null),
        ("startDateTime", json!(fine_stamp(start))),
    ] {
        stored.insert(name.to_owned(), value);
    }
    let mut shown = stored.clone();
    shown.insert("secretText".to_owned(), json!(text));
    Ok(Made {
        shown,
        stored,
        secret: Secret::new(text),
    })
}

pub(in crate::directory) fn keep(record: &mut Record, now: Timestamp, made: Made) {
    let mut state = record.properties.clone();
    let key = made.stored["keyId"].as_str().unwrap_or_default().to_owned();
    if let Some(held) = state
        .get_mut("passwordCredentials")
        .and_then(Value::as_array_mut)
    {
        held.push(Value::Object(made.stored));
    }
    record.secrets.push((key, made.secret));
    record.replace(now, state);
}

/// 400: a password can be put in no other way than by asking the service to make one.
pub(in crate::directory) fn only_by_action() -> Refusal {
    Refusal::new(
        400,
        "Request_BadRequest",
        "New password credentials must be generated with service actions.",
    )
    .detail("InvalidValue", "passwordCredentials")
}

fn check_policy(
    call: &Call<'_>,
    target: &Target,
    start: Timestamp,
    end: Timestamp,
) -> Result<(), Refusal> {
    let tenant = call.tenant();
    for restriction in app_policies::of_passwords(tenant, &target.id, target.restrictions) {
        let is_on = restriction["state"] != "disabled";
        if !is_on || !app_policies::covers(tenant, restriction, target.created, &call.caller) {
            continue;
        }
        match restriction["restrictionType"].as_str() {
            Some("passwordAddition") => {
                return Err(Refusal::new(
                    400,
                    "CredentialTypeNotAllowedAsPerAppPolicy",
                    "Credential type not allowed as per assigned policy",
                ));
            }
            Some("passwordLifetime") => {
                let longest = restriction["maxLifetime"].as_str().unwrap_or_default();
                let latest = longest
                    .parse::<Span>()
                    .ok()
                    .and_then(|span| after(start, span));
                if latest.is_some_and(|latest| end > latest) {
                    return Err(Refusal::new(
                        400,
                        "CredentialInvalidLifetimeAsPerAppPolicy",
                        format!(
                            "Credential lifetime exceeds the max value allowed as per assigned policy. Max lifetime allowed: {longest}."
                        ),
                    ));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A calendar span later, in UTC.
fn after(moment: Timestamp, span: Span) -> Option<Timestamp> {
    let later = moment
        .to_zoned_datetime(TimeZone::UTC)
        .checked_add(span)
        .ok()?;
    Some(later.timestamp())
}
