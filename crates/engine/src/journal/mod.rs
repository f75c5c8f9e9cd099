//! Journal of a run: a record before each write and one after it, in a store that survives a crash.
//!
//! A write is sent only after its intent is on disk. After a crash, a write without a record was not sent, and the outcome of a write with
//! only an intent must be looked up. The journal contains no secret and no token: bodies only as a hash, responses only as status and IDs,
//! and about users only the sign-in name and object ID of the admin who ran it.

pub mod history;
pub mod origin;
pub mod records;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::Either;
use futures_util::future::select;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use uuid::Uuid;

use crate::auth::account::Account;
use crate::desired::Draft;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::json;
use domain::platform::Pending;
use domain::platform::Platform;
use domain::platform::StorageError;

/// Format version of the records. Newer records are shown and exported, but never continued.
pub const VERSION: u32 = 1;

/// Timeout for the browser's store and locks. Longer than the browser's own timeout, so that the page can report the browser's reason.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// How long a journal is kept after its run has ended: as long as a deleted app can be restored.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Key prefix of all journal records in the store.
const SHELF: &str = "run/";

/// One journal record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Format version of this record.
    pub version: u32,
    /// ID of the run. It stays the same when the run is continued.
    pub run: Uuid,
    /// Numbers from 1 in order. A crash may leave a gap if two steps wrote in parallel.
    pub serial: u32,
    /// Time of the record, by this computer's clock.
    pub at: Timestamp,
    /// The recorded event.
    pub event: Event,
}

/// An event of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Event {
    /// The run started or continued with this plan.
    Began(Box<RunStarted>),
    /// A write is about to be sent.
    Intent(Box<Intent>),
    /// The write was carried out, or its result was found.
    Done {
        /// Name of the step, see `StepId::name`.
        step: String,
        /// Microsoft's ID of the request.
        #[serde(rename = "requestId")]
        request_id: Option<String>,
        /// What undo must remove; `None` if the write created nothing new.
        made: Option<Created>,
    },
    /// The write was not carried out, or its outcome is unknown.
    Failed {
        /// Name of the step, see `StepId::name`.
        step: String,
        /// Headline of the problem in English, for readers of the file.
        title: String,
        /// Microsoft's ID of the request.
        #[serde(rename = "requestId")]
        request_id: Option<String>,
        /// True if the write may have been carried out.
        #[serde(rename = "isUnknown")]
        is_unknown: bool,
    },
    /// An object of this run is about to be removed.
    Removing {
        /// The object to remove.
        made: Created,
    },
    /// An object of this run is gone: undone, or a secret whose text was lost.
    Removed {
        /// The removed object.
        made: Created,
    },
    /// The admin confirmed that the secret is saved.
    SecretSaved,
    /// The admin approved the undo.
    Undoing {
        /// Account that approved the undo.
        account: Who,
    },
    /// The run needs no further action.
    Ended {
        /// How the run ended.
        how: End,
    },
}

/// The approved start or continuation of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunStarted {
    /// Key of the cloud, see `Cloud::key`.
    pub cloud: String,
    /// Tenant of the run.
    pub tenant: TenantId,
    /// Account that runs it.
    pub account: Who,
    /// `Plan::hash` of the approved plan.
    pub plan: String,
    /// Steps of the plan that write.
    pub steps: Vec<String>,
    /// The draft, as typed.
    pub draft: Draft,
}

/// The account that runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// Sign-in name of the account.
    pub name: String,
    /// Object ID of the user in the tenant.
    pub object_id: ObjectId,
}

impl From<&Account> for Who {
    fn from(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            object_id: account.object_id,
        }
    }
}

/// A write that is about to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    /// Name of the step, see `StepId::name`.
    pub step: String,
    /// The page's ID of the step, as sent to the service (`client-request-id`).
    pub trace: Option<Uuid>,
    /// HTTP method of the request.
    pub method: String,
    /// URL of the request. Contains IDs and keys, but no secret.
    pub url: String,
    /// SHA-256 of the request body.
    pub body: Option<String>,
    /// What undo must remove, if it is known before the response.
    pub change: Option<Created>,
}

/// The result of a write, identified by ID, as undo needs it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum Created {
    /// A created application.
    #[serde(rename_all = "camelCase")]
    Application {
        /// Object ID of the application.
        object: ObjectId,
        /// Application (client) ID.
        app: AppId,
    },
    /// A created service principal.
    Principal {
        /// Object ID of the service principal.
        object: ObjectId,
    },
    /// A created delegated grant.
    Grant {
        /// ID of the grant.
        id: String,
    },
    /// A created app role assignment.
    Role {
        /// Service principal that has the role.
        principal: ObjectId,
        /// Service principal that defines the role.
        resource: ObjectId,
        /// ID of the assignment.
        id: String,
    },
    /// A created client secret.
    Secret {
        /// Object ID of the application.
        object: ObjectId,
        /// Key ID of the secret.
        key: KeyId,
    },
    /// Changed properties of an existing application.
    Change {
        /// Object ID of the application.
        object: ObjectId,
        /// Properties before the change.
        before: serde_json::Value,
        /// Properties as sent.
        after: serde_json::Value,
    },
    /// Changed scopes of an existing grant.
    Scopes {
        /// ID of the grant.
        id: String,
        /// Scopes before the change.
        before: String,
        /// Scopes as sent.
        after: String,
    },
}

/// How a run ended permanently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// Everything in the plan exists, and the secret is saved.
    Complete,
    /// The objects that the run created were removed.
    Undone,
    /// The admin keeps what exists.
    Kept,
}

/// Where a journal is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JournalLocation {
    /// In the browser's store (IndexedDB).
    #[default]
    Store,
    /// Only in this page, to be saved as a file, because the browser stores nothing.
    File,
}

/// An earlier run from the store or a file.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedRun {
    /// ID of the run.
    pub run: Uuid,
    /// All records in order; the first is `Began`.
    pub records: Vec<Record>,
}

/// Why journal records cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer version of this page wrote them.
    Newer,
    /// They are not a journal, or the journal is incomplete.
    Broken,
}

/// An entry in the store.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredRun {
    /// A run that can be read.
    Run(RecordedRun),
    /// Records that cannot be read. The admin can view, export, and delete them, but not continue the run.
    Foreign {
        /// The part of the keys that identifies the run.
        run: String,
        /// Why it cannot be read.
        why: Unreadable,
        /// The raw records, one per line.
        text: String,
    },
}

/// The journal of one run. Stores each record before the write that it announces.
pub struct Journal {
    world: Rc<dyn Platform>,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    run: Uuid,
    keeping: JournalLocation,
    records: Vec<Record>,
}

impl Journal {
    /// An empty journal for a run that has not started.
    #[must_use]
    pub fn new(world: Rc<dyn Platform>) -> Self {
        Self {
            world,
            state: RefCell::default(),
        }
    }

    /// Opens the journal with the first record of a run, or with the next record of an earlier run.
    ///
    /// # Errors
    /// The record could not be stored. No write may be sent then.
    pub async fn open(
        &self,
        recorded_run: Option<RecordedRun>,
        keeping: JournalLocation,
        event: Event,
    ) -> Result<(), StorageError> {
        let (run, records) = match recorded_run {
            Some(recorded_run) => (recorded_run.run, recorded_run.records),
            None => (self.world.fresh_guid(), Vec::new()),
        };
        if keeping == JournalLocation::Store && !records.is_empty() {
            self.shelve(run, &records).await?;
        }
        self.state.replace(State {
            run,
            keeping,
            records,
        });
        self.write(event).await
    }

    /// Copies the records of a journal file to the store that receives the next records, so that the journal there is complete.
    async fn shelve(&self, run: Uuid, records: &[Record]) -> Result<(), StorageError> {
        let world = self.world.as_ref();
        let there = in_time(world, world.list(&format!("{SHELF}{run}/"))).await?;
        if there.len() < records.len() {
            for record in records {
                in_time(world, world.put(&shelf_key(record), &line(record))).await?;
            }
        }
        Ok(())
    }

    /// Writes a record and completes when it is on disk.
    ///
    /// # Errors
    /// The record could not be stored.
    pub async fn write(&self, event: Event) -> Result<(), StorageError> {
        let (record, keeping) = {
            let mut state = self.state.borrow_mut();
            let serial = state.records.last().map_or(0, |last| last.serial) + 1;
            let record = Record {
                version: VERSION,
                run: state.run,
                serial,
                at: self.world.now(),
                event,
            };
            state.records.push(record.clone());
            (record, state.keeping)
        };
        match keeping {
            JournalLocation::Store => {
                let world = self.world.as_ref();
                in_time(world, world.put(&shelf_key(&record), &line(&record))).await
            }
            JournalLocation::File => Ok(()),
        }
    }

    /// ID of the run.
    #[must_use]
    pub fn run(&self) -> Uuid {
        self.state.borrow().run
    }

    /// The run so far; `None` if it has not started.
    #[must_use]
    pub fn recorded_run(&self) -> Option<RecordedRun> {
        let state = self.state.borrow();
        (!state.records.is_empty()).then(|| RecordedRun {
            run: state.run,
            records: state.records.clone(),
        })
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl RecordedRun {
    /// Parses a journal file: one record per line.
    ///
    /// # Errors
    /// The text is not a journal, or is from a newer version.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Stamp {
            version: u32,
        }
        let read = |line: &str| match json::read::<Record>(line.as_bytes()) {
            Ok(record) if record.version == VERSION => Ok(record),
            _ => match json::read::<Stamp>(line.as_bytes()) {
                Ok(stamp) if stamp.version > VERSION => Err(Unreadable::Newer),
                Ok(_) | Err(_) => Err(Unreadable::Broken),
            },
        };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let records = lines.map(read).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = records.first() else {
            return Err(Unreadable::Broken);
        };
        let run = first.run;
        let is_whole = matches!(first.event, Event::Began(_))
            && records.iter().all(|record| record.run == run)
            && records.is_sorted_by(|a, b| a.serial < b.serial);
        if is_whole {
            Ok(Self { run, records })
        } else {
            Err(Unreadable::Broken)
        }
    }

    /// The journal as a file: one record per line (JSON Lines).
    #[must_use]
    pub fn text(&self) -> String {
        self.records
            .iter()
            .map(|record| line(record) + "\n")
            .collect()
    }

    /// The latest start or continuation, with its account and plan.
    #[must_use]
    pub fn started(&self) -> Option<&RunStarted> {
        self.records.iter().rev().find_map(|it| match &it.event {
            Event::Began(started) => Some(started.as_ref()),
            Event::Intent(_)
            | Event::Done { .. }
            | Event::Failed { .. }
            | Event::Removing { .. }
            | Event::Removed { .. }
            | Event::SecretSaved
            | Event::Undoing { .. }
            | Event::Ended { .. } => None,
        })
    }

    /// When the run started.
    #[must_use]
    pub fn began(&self) -> Option<Timestamp> {
        self.records.first().map(|record| record.at)
    }

    /// When the run ended; `None` if it needs a decision or further work.
    #[must_use]
    pub fn ended(&self) -> Option<Timestamp> {
        let mut records = self.records.iter();
        let ended = records.find(|record| matches!(record.event, Event::Ended { .. }));
        ended.map(|record| record.at)
    }

    /// True if the run needs a decision or further work.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended().is_none()
    }
}

/// All runs in the store, oldest first.
///
/// # Errors
/// The store cannot be read.
pub async fn stored(world: &dyn Platform) -> Result<Vec<StoredRun>, StorageError> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for (key, text) in in_time(world, world.list(SHELF)).await? {
        let rest = key.strip_prefix(SHELF).unwrap_or(&key);
        let name = rest.split('/').next().unwrap_or(rest).to_owned();
        match runs.last_mut() {
            Some((last, all)) if *last == name => {
                all.push('\n');
                all.push_str(&text);
            }
            Some(_) | None => runs.push((name, text)),
        }
    }
    let mut found: Vec<StoredRun> = runs
        .into_iter()
        .map(|(run, text)| match RecordedRun::parse(&text) {
            Ok(recorded_run) if recorded_run.run.to_string() == run => StoredRun::Run(recorded_run),
            Ok(_) => StoredRun::Foreign {
                run,
                why: Unreadable::Broken,
                text,
            },
            Err(why) => StoredRun::Foreign { run, why, text },
        })
        .collect();
    found.sort_by_key(|it| match it {
        StoredRun::Run(recorded_run) => recorded_run.began(),
        StoredRun::Foreign { .. } => None,
    });
    Ok(found)
}

/// Whether the store has journals. Reading them takes more code. A store that cannot be read counts as empty.
pub async fn has_some(world: &dyn Platform) -> bool {
    let listed = in_time(world, world.list(SHELF)).await;
    listed.is_ok_and(|records| !records.is_empty())
}

/// Deletes a run from the store.
///
/// # Errors
/// The store cannot be written.
pub async fn discard(world: &dyn Platform, run: &str) -> Result<(), StorageError> {
    in_time(world, world.delete(&format!("{SHELF}{run}/"))).await
}

/// Deletes runs that ended, either `before` this time or all of them. Returns the remaining runs.
pub async fn tidied(
    world: &dyn Platform,
    stored: Vec<StoredRun>,
    before: Option<Timestamp>,
) -> Vec<StoredRun> {
    let mut left = Vec::new();
    for it in stored {
        let ended = match &it {
            StoredRun::Run(recorded_run) => {
                recorded_run.ended().map(|ended| (recorded_run.run, ended))
            }
            StoredRun::Foreign { .. } => None,
        };
        let due = ended.filter(|(_, ended)| before.is_none_or(|before| *ended < before));
        let is_gone = match due {
            Some((run, _)) => discard(world, &run.to_string()).await.is_ok(),
            None => false,
        };
        if !is_gone {
            left.push(it);
        }
    }
    left
}

/// Checks whether the store works by writing a record.
///
/// # Errors
/// Why the store does not work.
pub async fn probe(world: &dyn Platform) -> Result<(), StorageError> {
    const PROBE: &str = "probe";
    in_time(world, world.put(PROBE, &"-".repeat(1024))).await?;
    in_time(world, world.delete(PROBE)).await
}

/// Applies a timeout to a store operation.
pub(crate) async fn in_time<T>(
    world: &dyn Platform,
    asked: Pending<'_, Result<T, StorageError>>,
) -> Result<T, StorageError> {
    match select(asked, world.sleep(PATIENCE)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Err(StorageError::Busy),
    }
}

fn shelf_key(record: &Record) -> String {
    format!("{SHELF}{}/{:06}", record.run, record.serial)
}

fn line(record: &Record) -> String {
    // These types always serialize. The reader would refuse an empty line and never misread it.
    serde_json::to_string(record).unwrap_or_default()
}
