//! The report of a check as a file for a ticket, and the strict reader of such a file.
//!
//! `docs/report.md` tells what is in it and what is not, `docs/report.schema.json` its shape. No person, no token and no secret can get
//! in: `audit::Report` has no place for one.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::audit::AppFact;
use crate::audit::Check;
use crate::audit::Report;
use crate::audit::SecretFact;
use crate::audit::State;
use domain::cloud::Cloud;
use domain::ids::TenantId;
use domain::json;
use domain::json::Object;
use domain::known::Answer;
use domain::lookalike::is_unseen;
use domain::moment;
use domain::words::Words;

/// What tells this file from other JSON.
pub const KIND: &str = "cmg-entra-setup/report";
/// Shape of the file: raised when a property changes, not when there is one more check or repair.
pub const VERSION: u64 = 1;
/// Largest file read. A full one has some 15 kB.
pub const SIZE_MAX: usize = 1_000_000;
/// The most entries of a list that are read: an app cannot hold more.
const ENTRIES_MAX: usize = 1_200;

/// The report as JSON for a file. Keys are in alphabetical order, so that two reports can be compared line by line.
#[must_use]
pub fn written(report: &Report, words: Words) -> String {
    let counts: Map<String, Value> = State::ALL
        .into_iter()
        .map(|state| (state.key().to_owned(), json!(report.count(state))))
        .collect();
    let secrets: Vec<Value> = report.secrets.iter().map(secret_record).collect();
    let checks: Vec<Value> = report
        .checks
        .iter()
        .map(|check| check_record(check, words))
        .collect();
    let record = json!({
        "kind": KIND,
        "version": VERSION,
        "about": words.report_about(),
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

/// The name of the file: letters, digits, hyphens and one full stop, whatever the names in it are.
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

fn check_record(check: &Check, words: Words) -> Value {
    let (title, date) = check.id.source();
    let repairs: Vec<_> = check.repairs.iter().map(|repair| repair.key()).collect();
    let mut record = json!({
        "check": check.id.key(),
        "state": check.state.key(),
        "title": check.id.title(words),
        "seen": check.seen,
        "source": { "title": title, "date": date },
        "repairs": repairs,
    });
    if check.state != State::Ok {
        record["meaning"] = json!(check.id.meaning(words));
    }
    record
}

/// JSON text in which nothing is unseen: such a character stands as its number, which JSON reads as the character itself.
fn spelled(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        // Outside texts JSON has nothing unseen but the line ends written above.
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

/// An earlier report, as far as it can be compared. Its texts come from a file: show them escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Version of the tool that wrote it.
    pub tool: String,
    /// When it was read.
    pub at: Timestamp,
    /// The cloud.
    pub cloud: Cloud,
    /// The tenant.
    pub tenant: TenantId,
    /// The tenant's name, where it was read.
    pub tenant_name: Option<String>,
    /// The web (server) app, if it was there.
    pub server: Option<AppFact>,
    /// The native (client) app, if it was there.
    pub client: Option<AppFact>,
    /// App ID URIs of the web (server) app.
    pub uris: Vec<String>,
    /// Its secrets.
    pub secrets: Vec<SecretFact>,
    /// Every check; of another version of the tool there may be some that this one does not know.
    pub checks: Vec<StoredCheck>,
}

/// A check of an earlier report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCheck {
    /// `CheckId::key`, or that of a check this version does not know.
    pub check: String,
    /// What it found.
    pub state: State,
    /// What was seen.
    pub seen: String,
}

/// A file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportError {
    /// Larger than any report.
    TooLarge,
    /// No JSON, or a property is named twice.
    NotJson,
    /// JSON of another kind.
    OtherKind,
    /// A newer version of the tool wrote it.
    Newer,
    /// A property holds something else than it should.
    Shape {
        /// Which, by its path.
        property: &'static str,
    },
    /// A property is there that has no place.
    Extra {
        /// In which object, by its path.
        object: &'static str,
    },
}

impl ReportError {
    /// The rule and the mend.
    #[must_use]
    pub fn sentence(self, words: Words) -> String {
        match self {
            Self::TooLarge => words.report_too_large().to_owned(),
            Self::NotJson => words.report_not_json().to_owned(),
            Self::OtherKind => words.report_other_kind().to_owned(),
            Self::Newer => words.report_newer().to_owned(),
            Self::Shape { property } => words.report_shape(property),
            Self::Extra { object } => words.report_extra(object),
        }
    }
}

impl Stored {
    /// Reads an earlier report.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, ReportError> {
        if text.len() > SIZE_MAX {
            return Err(ReportError::TooLarge);
        }
        // Editors on Windows put a byte order mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = json::parse(text.as_bytes()).map_err(|_| ReportError::NotJson)?;
        let mut file: Object = serde_json::from_value(value).map_err(|_| ReportError::OtherKind)?;
        let kind: Option<String> = take(&mut file, "kind").unwrap_or_default();
        if kind.as_deref() != Some(KIND) {
            return Err(ReportError::OtherKind);
        }
        match take::<u64>(&mut file, "version")? {
            VERSION => {}
            newer if newer > VERSION => return Err(ReportError::Newer),
            _ => return Err(shape("version")),
        }
        let _: String = take(&mut file, "about")?;
        let _: Option<bool> = take(&mut file, "discovery")?;
        let cloud: String = take(&mut file, "cloud")?;
        let mut tenant: Object = take(&mut file, "tenant")?;
        let checks = list(&mut file, "checks", check)?;
        count(take(&mut file, "counts")?, &checks)?;
        let stored = Self {
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

fn shape(property: &'static str) -> ReportError {
    ReportError::Shape { property }
}

/// What the property at the end of a path holds.
fn take<T: DeserializeOwned>(object: &mut Object, path: &'static str) -> Result<T, ReportError> {
    let taken: serde_json::Result<T> = object.take(name(path));
    taken.map_err(|_| shape(path))
}

fn take_moment(object: &mut Object, path: &'static str) -> Result<Option<Timestamp>, ReportError> {
    let taken: serde_json::Result<_> = object.take_by(name(path), moment::optional);
    taken.map_err(|_| shape(path))
}

fn name(path: &'static str) -> &'static str {
    path.rsplit('.').next().unwrap_or(path)
}

fn list<T>(
    object: &mut Object,
    path: &'static str,
    read: fn(Object) -> Result<T, ReportError>,
) -> Result<Vec<T>, ReportError> {
    let entries: Vec<Object> = few(take(object, path)?, path)?;
    entries.into_iter().map(read).collect()
}

fn few<T>(entries: Vec<T>, path: &'static str) -> Result<Vec<T>, ReportError> {
    if entries.len() > ENTRIES_MAX {
        return Err(shape(path));
    }
    Ok(entries)
}

fn end(object: &Object, path: &'static str) -> Result<(), ReportError> {
    let ended: serde_json::Result<()> = object.end();
    ended.map_err(|_| ReportError::Extra { object: path })
}

/// What two entries share would be compared with only one of them.
fn once<T, K: PartialEq>(
    path: &'static str,
    entries: &[T],
    key: fn(&T) -> &K,
) -> Result<(), ReportError> {
    let mut rest = entries;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|it| key(it) == key(first)) {
            return Err(shape(path));
        }
        rest = others;
    }
    Ok(())
}

fn app(mut object: Object) -> Result<AppFact, ReportError> {
    let app = AppFact {
        app: take(&mut object, "app.appId")?,
        object: take(&mut object, "app.objectId")?,
        name: take(&mut object, "app.displayName")?,
        created: take_moment(&mut object, "app.createdDateTime")?,
    };
    end(&object, "app").map(|()| app)
}

fn secret(mut object: Object) -> Result<SecretFact, ReportError> {
    let secret = SecretFact {
        key: take(&mut object, "secrets.keyId")?,
        name: take(&mut object, "secrets.description")?,
        start: take_moment(&mut object, "secrets.startDateTime")?,
        end: take_moment(&mut object, "secrets.endDateTime")?,
    };
    end(&object, "secrets").map(|()| secret)
}

fn check(mut object: Object) -> Result<StoredCheck, ReportError> {
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

/// The counts are those of the checks: a cut or patched file is no report.
fn count(mut counts: Object, checks: &[StoredCheck]) -> Result<(), ReportError> {
    for state in State::ALL {
        let counted: serde_json::Result<usize> = counts.take(state.key());
        let found = checks.iter().filter(|it| it.state == state).count();
        if counted.ok() != Some(found) {
            return Err(shape("counts"));
        }
    }
    end(&counts, "counts")
}
