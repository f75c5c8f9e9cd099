//! What a run intended and what came of it: a record before each write, a record after, on a shelf that survives a crash.
//!
//! A write is sent only when its intent is on the disk. So after a crash, whatever is not in the journal was not sent, and whatever
//! is there without a result has to be looked up. Holds no secret and no token: bodies only as a hash, answers only as status and IDs,
//! of people no more than the sign-in name and object ID of whoever ran it.

pub mod history;
pub mod origin;
pub mod ownership;
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

use crate::auth::Account;
use crate::desired::Draft;
use crate::journal::history::History;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::TenantId;
use domain::json;
use domain::platform::NotKept;
use domain::platform::Pending;
use domain::platform::World;

/// Shape of the records; a newer one is shown and exported, never continued.
pub const VERSION: u32 = 1;

/// How long the browser's shelf and its locks are waited for. Longer than a browser takes to give up by itself, so that its reason is told.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// A journal is kept for as long after its run has ended as a deleted app can be restored.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Every record of ours on the shelf begins so.
const SHELF: &str = "run/";

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Shape of this record.
    pub version: u32,
    /// The run: the same through all its continuations.
    pub run: Uuid,
    /// 1, 2, 3 … A crash may leave a gap where two steps wrote side by side.
    pub serial: u32,
    /// When, by this computer's clock.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Event {
    /// The run began, or went on with this plan.
    Began(Box<Leg>),
    /// A write is about to be sent.
    Intent(Box<Intent>),
    /// It was carried out, or found done.
    Done {
        /// `StepId::name`.
        step: String,
        /// Microsoft's request ID.
        #[serde(rename = "requestId")]
        request_id: Option<String>,
        /// What undoing would have to take back; nothing if the write made nothing that was not there.
        made: Option<Made>,
    },
    /// It was not, or nobody can say.
    Failed {
        /// `StepId::name`.
        step: String,
        /// What happened, in English, for whoever reads the file.
        title: String,
        /// Microsoft's request ID.
        #[serde(rename = "requestId")]
        request_id: Option<String>,
        /// True if it may have been carried out all the same.
        #[serde(rename = "isUnknown")]
        is_unknown: bool,
    },
    /// Something this run made is about to be removed.
    Removing {
        /// What.
        made: Made,
    },
    /// Something this run made is gone: undone, or a secret whose text was lost.
    Removed {
        /// What.
        made: Made,
    },
    /// The person said that the secret is saved.
    SecretSaved,
    /// Undoing was approved.
    Undoing {
        /// By whom.
        account: Who,
    },
    /// Nothing is left to do.
    Ended {
        /// How.
        how: End,
    },
}

/// A run, or a continuation of it, as approved.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Leg {
    /// `Cloud::key`.
    pub cloud: String,
    /// The tenant.
    pub tenant: TenantId,
    /// Who runs it.
    pub account: Who,
    /// `Plan::hash` of what was approved.
    pub plan: String,
    /// The steps of the plan that write.
    pub steps: Vec<String>,
    /// What was wanted, as typed.
    pub draft: Draft,
}

/// Who runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// The sign-in name.
    pub name: String,
    /// The person's object in the tenant.
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

/// A write about to be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    /// `StepId::name`.
    pub step: String,
    /// Our ID of the step, as the service was told (`client-request-id`).
    pub trace: Option<Uuid>,
    /// HTTP method.
    pub method: String,
    /// URL. Holds IDs and keys, nothing secret.
    pub url: String,
    /// SHA-256 of the body.
    pub body: Option<String>,
    /// What undoing would have to take back, where that is known before the answer.
    pub change: Option<Made>,
}

/// What a write left behind, by ID: all that undoing needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum Made {
    /// An application.
    #[serde(rename_all = "camelCase")]
    Application {
        /// Object ID.
        object: ObjectId,
        /// Application (client) ID.
        app: AppId,
    },
    /// A service principal.
    Principal {
        /// Object ID.
        object: ObjectId,
    },
    /// A delegated grant.
    Grant {
        /// Its key.
        id: String,
    },
    /// An app role assignment.
    Role {
        /// The service principal it is assigned to.
        principal: ObjectId,
        /// The service principal whose role it is.
        resource: ObjectId,
        /// Its key.
        id: String,
    },
    /// A client secret.
    Secret {
        /// The application's object ID.
        object: ObjectId,
        /// Its key ID.
        key: KeyId,
    },
    /// Properties of an application that was there before.
    Change {
        /// Its object ID.
        object: ObjectId,
        /// The properties as they were.
        before: serde_json::Value,
        /// The properties as they were sent.
        after: serde_json::Value,
    },
    /// The scopes of a grant that was there before.
    Scopes {
        /// Its key.
        id: String,
        /// Its scopes as they were.
        before: String,
        /// Its scopes as they were sent.
        after: String,
    },
}

/// How a run ended for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// Everything wanted is there, and the secret is saved.
    Complete,
    /// What it made was removed again.
    Undone,
    /// The person keeps what is there.
    Kept,
}

/// Where a journal is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// On the browser's shelf.
    #[default]
    Shelf,
    /// In this page alone, to be saved as a file: where the browser keeps nothing.
    File,
}

/// A run of the past, as the shelf or a file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Its ID.
    pub run: Uuid,
    /// Its records, in their order; the first is `Began`.
    pub records: Vec<Record>,
}

/// Why records are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer version of this page wrote them.
    Newer,
    /// They are not a journal, or not a whole one.
    Broken,
}

/// What lies on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub enum Shelved {
    /// A run.
    Run(Past),
    /// Something that is not read: shown, exported, thrown away on demand, never continued.
    Foreign {
        /// The part of its keys that names the run.
        run: String,
        /// Why it is not read.
        why: Unreadable,
        /// The records as they are, one per line.
        text: String,
    },
}

/// The journal of one run. Its records go to the shelf one by one, each before the write it announces.
pub struct Journal {
    world: Rc<dyn World>,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    run: Uuid,
    keeping: Keeping,
    records: Vec<Record>,
}

impl Journal {
    /// An empty one, for a run that has not begun.
    #[must_use]
    pub fn new(world: Rc<dyn World>) -> Self {
        Self {
            world,
            state: RefCell::default(),
        }
    }

    /// Opens it with the first record of a run, or with the next one of a run of the past.
    ///
    /// # Errors
    /// The shelf did not take the record; then nothing may be sent.
    pub async fn open(
        &self,
        past: Option<Past>,
        keeping: Keeping,
        event: Event,
    ) -> Result<(), NotKept> {
        let (run, records) = match past {
            Some(past) => (past.run, past.records),
            None => (self.world.fresh_guid(), Vec::new()),
        };
        if keeping == Keeping::Shelf && !records.is_empty() {
            self.shelve(run, &records).await?;
        }
        self.state.replace(State {
            run,
            keeping,
            records,
        });
        self.write(event).await
    }

    /// Puts the records of a journal from a file on the shelf, where the next ones go: one without the others tells half a story.
    async fn shelve(&self, run: Uuid, records: &[Record]) -> Result<(), NotKept> {
        let world = self.world.as_ref();
        let there = in_time(world, world.kept(&format!("{SHELF}{run}/"))).await?;
        if there.len() < records.len() {
            for record in records {
                in_time(world, world.keep(&shelf_key(record), &line(record))).await?;
            }
        }
        Ok(())
    }

    /// Writes a record; ends when it is on the disk.
    ///
    /// # Errors
    /// The shelf did not take it.
    pub async fn write(&self, event: Event) -> Result<(), NotKept> {
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
            Keeping::Shelf => {
                let world = self.world.as_ref();
                in_time(world, world.keep(&shelf_key(&record), &line(&record))).await
            }
            Keeping::File => Ok(()),
        }
    }

    /// The run's ID.
    #[must_use]
    pub fn run(&self) -> Uuid {
        self.state.borrow().run
    }

    /// The run so far, if it has begun.
    #[must_use]
    pub fn past(&self) -> Option<Past> {
        let state = self.state.borrow();
        (!state.records.is_empty()).then(|| Past {
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

impl Past {
    /// Reads a journal that was saved as a file: one record per line.
    ///
    /// # Errors
    /// Why it is not one, or not one for this version.
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

    /// The newest leg: who went on with which plan.
    #[must_use]
    pub fn leg(&self) -> Option<&Leg> {
        self.records.iter().rev().find_map(|it| match &it.event {
            Event::Began(leg) => Some(leg.as_ref()),
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

    /// What was wanted, to go on with. One more secret is wanted no longer once it is made and saved; it is wanted again once its text
    /// is lost, though the newest leg may have left it out, because the page still had it then.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let mut draft = self.leg()?.draft.clone();
        let is_saved = self
            .records
            .iter()
            .any(|record| record.event == Event::SecretSaved);
        if is_saved {
            draft.forget_new_secret();
        } else if History::of(self).has_lost_secret(None) {
            for record in &self.records {
                if let Event::Began(leg) = &record.event {
                    draft.want_secret_as(&leg.draft);
                }
            }
        }
        Some(draft)
    }

    /// When it began.
    #[must_use]
    pub fn began(&self) -> Option<Timestamp> {
        self.records.first().map(|record| record.at)
    }

    /// When it ended, if nothing is left to decide or to do.
    #[must_use]
    pub fn ended(&self) -> Option<Timestamp> {
        let mut records = self.records.iter();
        let ended = records.find(|record| matches!(record.event, Event::Ended { .. }));
        ended.map(|record| record.at)
    }

    /// True if something is left to decide or to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended().is_none()
    }
}

/// Everything on the shelf, the oldest run first.
///
/// # Errors
/// The shelf cannot be read.
pub async fn shelved(world: &dyn World) -> Result<Vec<Shelved>, NotKept> {
    let mut runs: Vec<(String, String)> = Vec::new();
    for (key, text) in in_time(world, world.kept(SHELF)).await? {
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
    let mut found: Vec<Shelved> = runs
        .into_iter()
        .map(|(run, text)| match Past::parse(&text) {
            Ok(past) if past.run.to_string() == run => Shelved::Run(past),
            Ok(_) => Shelved::Foreign {
                run,
                why: Unreadable::Broken,
                text,
            },
            Err(why) => Shelved::Foreign { run, why, text },
        })
        .collect();
    found.sort_by_key(|it| match it {
        Shelved::Run(past) => past.began(),
        Shelved::Foreign { .. } => None,
    });
    Ok(found)
}

/// Takes a run off the shelf.
///
/// # Errors
/// The shelf cannot be written.
pub async fn discard(world: &dyn World, run: &str) -> Result<(), NotKept> {
    in_time(world, world.discard(&format!("{SHELF}{run}/"))).await
}

/// Takes the runs off the shelf that have ended: those that ended `before` this moment, or all of them. What is left.
pub async fn tidied(
    world: &dyn World,
    shelved: Vec<Shelved>,
    before: Option<Timestamp>,
) -> Vec<Shelved> {
    let mut left = Vec::new();
    for it in shelved {
        let ended = match &it {
            Shelved::Run(past) => past.ended().map(|ended| (past.run, ended)),
            Shelved::Foreign { .. } => None,
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

/// Asks the shelf whether it keeps records, by keeping one.
///
/// # Errors
/// It does not, and why.
pub async fn probe(world: &dyn World) -> Result<(), NotKept> {
    const PROBE: &str = "probe";
    in_time(world, world.keep(PROBE, &"-".repeat(1024))).await?;
    in_time(world, world.discard(PROBE)).await
}

/// Waits for the shelf, but not for ever.
async fn in_time<T>(
    world: &dyn World,
    asked: Pending<'_, Result<T, NotKept>>,
) -> Result<T, NotKept> {
    match select(asked, world.sleep(PATIENCE)).await {
        Either::Left((ended, _)) => ended,
        Either::Right(_) => Err(NotKept::Busy),
    }
}

fn shelf_key(record: &Record) -> String {
    format!("{SHELF}{}/{:06}", record.run, record.serial)
}

fn line(record: &Record) -> String {
    // Texts, numbers and flags always have a JSON form; an empty line would be refused when read, never misread.
    serde_json::to_string(record).unwrap_or_default()
}
