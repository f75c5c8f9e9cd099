//! Writes the report of a check as a file for a ticket, and reads such a file strictly.
//!
//! `docs/report.md` describes the content, `docs/report.schema.json` its structure. `audit::Report` has no field for a user, a token, or a
//! secret, so the file cannot contain any.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::audit::AppFact;
use crate::audit::Check;
use crate::audit::Report;
use crate::audit::SecretFact;
use crate::audit::State;
use crate::export::saved_file::FileError;
use crate::export::saved_file::end;
use crate::export::saved_file::name;
use crate::export::saved_file::object;
use crate::export::saved_file::shape;
use crate::export::saved_file::take;
use crate::export::saved_file::take_kind;
use domain::cloud::Cloud;
use domain::confusables::is_unseen;
use domain::ids::TenantId;
use domain::json::Object;
use domain::known::Answer;
use domain::locale::Locale;
use domain::moment;

/// Value that identifies this file format.
pub const KIND: &str = "cmg-entra-setup/report";
/// Version of the file format: raised when a property changes, not for an additional check or repair.
pub const VERSION: u64 = 1;
/// In English in every language: a file for programs.
const ABOUT: &str = "What CMG Entra Setup found about a pair of app registrations for a cloud management gateway. This file contains no token and no secret value. Names of apps, secrets and policies are as people typed them.";
/// Maximum file size in bytes. A full report has about 15 kB.
pub const SIZE_MAX: usize = 1_000_000;
/// Maximum list length: an app cannot have more entries.
const ENTRIES_MAX: usize = 1_200;

/// The report as JSON for a file. Keys are in alphabetical order, so that two reports can be compared line by line.
#[must_use]
pub fn written(report: &Report, t: Locale) -> String {
    let counts: Map<String, Value> = State::ALL
        .into_iter()
        .map(|state| (state.key().to_owned(), json!(report.count(state))))
        .collect();
    let secrets: Vec<Value> = report.secrets.iter().map(secret_record).collect();
    let checks: Vec<Value> = report
        .checks
        .iter()
        .map(|check| check_record(check, t))
        .collect();
    let record = json!({
        "kind": KIND,
        "version": VERSION,
        "about": ABOUT,
        "language": t.tag(),
        "tool": env!("CARGO_PKG_VERSION"),
        "readAt": report.at.to_string(),
        "cloud": report.cloud.key(),
        "tenant": { "id": report.tenant.to_string(), "name": report.tenant_name },
        "serverApp": report.server.as_ref().map(app_record),
        "clientApp": report.client.as_ref().map(app_record),
        "appIdUris": report.uris,
        "secrets": secrets,
        "discovery": match report.discovery {
            Answer::Yes => Some(true),
            Answer::No => Some(false),
            Answer::CannotTell => None,
        },
        "counts": counts,
        "checks": checks,
    });
    spelled(&format!("{record:#}\n"))
}

/// File name: only letters, digits, hyphens, and one period, even if the names contain other characters.
#[must_use]
pub fn file_name(report: &Report) -> String {
    let day: String = report.at.to_string().chars().take(10).collect();
    format!("cmg-report-{}-{day}.json", report.tenant)
}

fn app_record(app: &AppFact) -> Value {
    json!({
        "appId": app.app.to_string(),
        "objectId": app.object.to_string(),
        "displayName": app.name,
        "createdDateTime": app.created.map(|at| at.to_string()),
    })
}

fn secret_record(secret: &SecretFact) -> Value {
    json!({
        "keyId": secret.key.to_string(),
        "description": secret.name,
        "startDateTime": secret.start.map(|at| at.to_string()),
        "endDateTime": secret.end.map(|at| at.to_string()),
    })
}

fn check_record(check: &Check, t: Locale) -> Value {
    let source = check.id.source();
    let repairs: Vec<_> = check.repairs.iter().map(|repair| repair.key()).collect();
    let mut record = json!({
        "check": check.id.key(),
        "state": check.state.key(),
        "title": check.id.title(t),
        "seen": check.seen,
        "source": { "title": source.title, "date": source.date },
        "repairs": repairs,
    });
    if check.state != State::Ok {
        record["meaning"] = json!(check.id.meaning(t));
    }
    record
}

/// JSON text without invisible characters: they are written as escapes, which JSON reads as the same characters.
pub(crate) fn spelled(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        // Outside strings, the only invisible characters in this JSON are the line breaks written above.
        if character != '\n' && is_unseen(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// An earlier report, as far as it can be compared. Its texts come from a file: escape them before display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Tag of the language of its sentences.
    pub language: String,
    /// Version of the tool that wrote the report.
    pub tool: String,
    /// When the tenant was read.
    pub at: Timestamp,
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// ID of the tenant.
    pub tenant: TenantId,
    /// Name of the tenant, if it was read.
    pub tenant_name: Option<String>,
    /// The web (server) app, if it existed.
    pub server: Option<AppFact>,
    /// The native (client) app, if it existed.
    pub client: Option<AppFact>,
    /// App ID URIs of the web (server) app.
    pub uris: Vec<String>,
    /// Secrets of the web (server) app.
    pub secrets: Vec<SecretFact>,
    /// All checks. A report from another version of the tool may contain checks that this version does not know.
    pub checks: Vec<StoredCheck>,
}

/// A check of an earlier report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheck {
    /// `CheckId::key`, or the key of a check that this version does not know.
    pub check: String,
    /// State that the check reported.
    pub state: State,
    /// What the check found, as text.
    pub seen: String,
}

/// One sentence with the rule and how to fix it.
#[must_use]
pub fn sentence(error: FileError, t: Locale) -> String {
    match error {
        FileError::TooLarge => t.report_too_large().to_owned(),
        FileError::NotJson => t.report_not_json().to_owned(),
        FileError::OtherKind => t.report_other_kind().to_owned(),
        FileError::Newer => t.report_newer().to_owned(),
        FileError::Shape { property } => t.report_shape(property),
        FileError::Extra { object } => t.report_extra(object),
    }
}

impl Stored {
    /// Reads an earlier report.
    ///
    /// # Errors
    /// The first error in the file.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        let mut file = object(text, SIZE_MAX)?;
        take_kind(&mut file, KIND, VERSION)?;
        let _: String = take(&mut file, "about")?;
        let language: String = take(&mut file, "language")?;
        let _: Option<bool> = take(&mut file, "discovery")?;
        let cloud: String = take(&mut file, "cloud")?;
        let mut tenant: Object = take(&mut file, "tenant")?;
        let checks = list(&mut file, "checks", check)?;
        count(take(&mut file, "counts")?, &checks)?;
        let stored = Self {
            language,
            tool: take(&mut file, "tool")?,
            at: take_moment(&mut file, "readAt")?.ok_or(shape("readAt"))?,
            cloud: Cloud::find(&cloud).ok_or(shape("cloud"))?,
            tenant: take(&mut tenant, "tenant.id")?,
            tenant_name: take(&mut tenant, "tenant.name")?,
            server: take::<Option<Object>>(&mut file, "serverApp")?
                .map(app)
                .transpose()?,
            client: take::<Option<Object>>(&mut file, "clientApp")?
                .map(app)
                .transpose()?,
            uris: few(take(&mut file, "appIdUris")?, "appIdUris")?,
            secrets: list(&mut file, "secrets", secret)?,
            checks,
        };
        end(&tenant, "tenant")?;
        end(&file, "report")?;
        once("checks.check", &stored.checks, |it| &it.check)?;
        once("secrets.keyId", &stored.secrets, |it| &it.key)?;
        Ok(stored)
    }
}

fn take_moment(object: &mut Object, path: &'static str) -> Result<Option<Timestamp>, FileError> {
    let taken: serde_json::Result<_> = object.take_by(name(path), moment::optional);
    taken.map_err(|_| shape(path))
}

fn list<T>(
    object: &mut Object,
    path: &'static str,
    read: fn(Object) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let entries: Vec<Object> = few(take(object, path)?, path)?;
    entries.into_iter().map(read).collect()
}

fn few<T>(entries: Vec<T>, path: &'static str) -> Result<Vec<T>, FileError> {
    if entries.len() > ENTRIES_MAX {
        return Err(shape(path));
    }
    Ok(entries)
}

/// Refuses entries with the same key, because a comparison would use only one of them.
fn once<T, K: PartialEq>(
    path: &'static str,
    entries: &[T],
    key: fn(&T) -> &K,
) -> Result<(), FileError> {
    let mut rest = entries;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|it| key(it) == key(first)) {
            return Err(shape(path));
        }
        rest = others;
    }
    Ok(())
}

fn app(mut object: Object) -> Result<AppFact, FileError> {
    let app = AppFact {
        app: take(&mut object, "app.appId")?,
        object: take(&mut object, "app.objectId")?,
        name: take(&mut object, "app.displayName")?,
        created: take_moment(&mut object, "app.createdDateTime")?,
    };
    end(&object, "app").map(|()| app)
}

fn secret(mut object: Object) -> Result<SecretFact, FileError> {
    let secret = SecretFact {
        key: take(&mut object, "secrets.keyId")?,
        name: take(&mut object, "secrets.description")?,
        start: take_moment(&mut object, "secrets.startDateTime")?,
        end: take_moment(&mut object, "secrets.endDateTime")?,
    };
    end(&object, "secrets").map(|()| secret)
}

fn check(mut object: Object) -> Result<StoredCheck, FileError> {
    let state: String = take(&mut object, "checks.state")?;
    let state = State::find(&state).ok_or(shape("checks.state"))?;
    let mut source: Object = take(&mut object, "checks.source")?;
    let _: String = take(&mut source, "checks.source.title")?;
    let _: String = take(&mut source, "checks.source.date")?;
    end(&source, "checks.source")?;
    let _: String = take(&mut object, "checks.title")?;
    let _: Vec<String> = take(&mut object, "checks.repairs")?;
    let meaning: Option<String> = take(&mut object, "checks.meaning")?;
    if meaning.is_none() != (state == State::Ok) {
        return Err(shape("checks.meaning"));
    }
    let check = StoredCheck {
        check: take(&mut object, "checks.check")?,
        state,
        seen: take(&mut object, "checks.seen")?,
    };
    end(&object, "checks").map(|()| check)
}

/// The counts must match the checks: otherwise the file is truncated or was edited.
fn count(mut counts: Object, checks: &[StoredCheck]) -> Result<(), FileError> {
    for state in State::ALL {
        let counted: serde_json::Result<usize> = counts.take(state.key());
        let found = checks.iter().filter(|it| it.state == state).count();
        if counted.ok() != Some(found) {
            return Err(shape("counts"));
        }
    }
    end(&counts, "counts")
}
