//! Journal of a run in many subscriptions: which were begun, and what came of each.
//!
//! A run in five thousand subscriptions sends up to twenty thousand requests that are harmless to repeat. So one record announces many
//! subscriptions at once, and a run that was interrupted is continued by reading them again.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::Timestamp;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::de::Error as _;
use uuid::Uuid;

use crate::auth::account::Account;
use crate::journal::in_time;
use crate::providers::progress::ProviderProgress;
use crate::providers::selection::ProviderSelection;
use crate::providers::selection::SelectedSubscription;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::json;
use domain::json::Object;
use domain::moment;
use domain::platform::Platform;
use domain::platform::StorageError;

/// Format version of the records. Newer records are not read.
const VERSION: u32 = 1;

/// Key prefix of the records in the store.
const SHELF: &str = "provider-run/";

/// Subscriptions that one record announces, and results that one record has.
pub(in crate::providers) const TOGETHER: usize = 50;

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    version: u32,
    run: Uuid,
    serial: u32,
    at: Timestamp,
    event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Event {
    Began(Began),
    /// Requests to these subscriptions follow.
    Intent {
        subscriptions: Vec<SubscriptionId>,
    },
    Results {
        results: Vec<RecordedResult>,
    },
    Ended,
}

/// The start of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Began {
    cloud: String,
    tenant: TenantId,
    account: String,
    subscriptions: Vec<Planned>,
}

/// A selected subscription.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Planned {
    id: SubscriptionId,
    name: String,
    namespaces: Vec<String>,
}

/// What came of one provider in one subscription.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct RecordedResult {
    subscription: SubscriptionId,
    namespace: String,
    result: ResultKind,
}

/// The results that a record tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum ResultKind {
    Present,
    Registered,
    LeftToAzure,
    Failed,
    Stopped,
}

/// A run in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredProviderRun {
    /// ID of the run.
    pub run: Uuid,
    /// When it began.
    pub began: Timestamp,
    /// Sign-in name of the account that began it.
    pub account: String,
    /// What was selected.
    pub selection: ProviderSelection,
    /// Whether the run has not reached its end.
    pub is_open: bool,
    /// Sorted.
    registered: Vec<(SubscriptionId, ProviderNamespace)>,
}

impl StoredProviderRun {
    /// What is left to register, according to the records. The run reads each subscription again.
    #[must_use]
    pub fn left(&self) -> ProviderSelection {
        let mut left = self.selection.clone();
        for one in &mut left.subscriptions {
            let id = one.id;
            let is_done =
                |it: &ProviderNamespace| self.registered.binary_search(&(id, *it)).is_ok();
            one.namespaces.retain(|it| !is_done(it));
        }
        left.subscriptions.retain(|it| !it.namespaces.is_empty());
        left
    }
}

/// Writes the records of one run.
pub struct ProviderJournal {
    world: Rc<dyn Platform>,
    run: Uuid,
    serial: RefCell<u32>,
    waiting: RefCell<Vec<RecordedResult>>,
}

impl ProviderJournal {
    /// Begins the journal of a run.
    ///
    /// # Errors
    /// The record could not be stored. No write may be sent then.
    pub async fn begin(
        world: Rc<dyn Platform>,
        account: &Account,
        selection: &ProviderSelection,
    ) -> Result<Self, StorageError> {
        let journal = Self {
            run: world.fresh_guid(),
            world,
            serial: RefCell::default(),
            waiting: RefCell::default(),
        };
        let planned = |one: &SelectedSubscription| Planned {
            id: one.id,
            name: one.name.clone(),
            namespaces: one
                .namespaces
                .iter()
                .map(|it| it.name().to_owned())
                .collect(),
        };
        let began = Began {
            cloud: selection.cloud.key().to_owned(),
            tenant: selection.tenant,
            account: account.name.clone(),
            subscriptions: selection.subscriptions.iter().map(planned).collect(),
        };
        journal.write(Event::Began(began)).await?;
        Ok(journal)
    }

    /// ID of the run.
    #[must_use]
    pub fn run(&self) -> Uuid {
        self.run
    }

    /// Announces requests to these subscriptions.
    pub(in crate::providers) async fn intend(
        &self,
        subscriptions: Vec<SubscriptionId>,
    ) -> Result<(), StorageError> {
        self.write(Event::Intent { subscriptions }).await
    }

    /// Notes a result, which is stored with the next ones.
    pub(in crate::providers) fn note(
        &self,
        subscription: SubscriptionId,
        namespace: ProviderNamespace,
        now: &ProviderProgress,
    ) {
        let result = match now {
            ProviderProgress::Waiting | ProviderProgress::UnderWay => return,
            ProviderProgress::Present => ResultKind::Present,
            ProviderProgress::Registered => ResultKind::Registered,
            ProviderProgress::LeftToAzure => ResultKind::LeftToAzure,
            ProviderProgress::Failed(_) => ResultKind::Failed,
            ProviderProgress::Stopped => ResultKind::Stopped,
        };
        self.waiting.borrow_mut().push(RecordedResult {
            subscription,
            namespace: namespace.name().to_owned(),
            result,
        });
    }

    /// Stores the results that were noted, if there are `at_least` that many.
    pub(in crate::providers) async fn flush(&self, at_least: usize) -> Result<(), StorageError> {
        let results = {
            let mut waiting = self.waiting.borrow_mut();
            if waiting.is_empty() || waiting.len() < at_least {
                return Ok(());
            }
            std::mem::take(&mut *waiting)
        };
        self.write(Event::Results { results }).await
    }

    /// Stores what is left, and the end.
    pub(in crate::providers) async fn end(&self) -> Result<(), StorageError> {
        self.flush(0).await?;
        self.write(Event::Ended).await
    }

    async fn write(&self, event: Event) -> Result<(), StorageError> {
        let serial = {
            let mut serial = self.serial.borrow_mut();
            *serial += 1;
            *serial
        };
        let record = Record {
            version: VERSION,
            run: self.run,
            serial,
            at: self.world.now(),
            event,
        };
        let key = format!("{SHELF}{}/{serial:06}", self.run);
        // These types always serialize. The reader refuses an empty line.
        let text = serde_json::to_string(&record).unwrap_or_default();
        let world = self.world.as_ref();
        in_time(world, world.put(&key, &text)).await
    }
}

impl std::fmt::Debug for ProviderJournal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderJournal")
            .field("run", &self.run)
            .finish_non_exhaustive()
    }
}

/// The runs in the store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredProviderRuns {
    /// Those that this version can read, the oldest first.
    pub runs: Vec<StoredProviderRun>,
    /// The others: of a newer version, or damaged.
    pub unreadable: Vec<Uuid>,
}

/// All runs in the store.
///
/// # Errors
/// The store cannot be read.
pub async fn stored(world: &dyn Platform) -> Result<StoredProviderRuns, StorageError> {
    let listed = in_time(world, world.list(SHELF)).await?;
    let run_of = |key: &str| key.strip_prefix(SHELF)?.split('/').next()?.parse().ok();
    let mut all = StoredProviderRuns::default();
    // The store gives them by key, so the records of a run are together and in their order.
    for records in listed.chunk_by(|(a, _), (b, _)| run_of(a) == run_of(b)) {
        let Some(run) = records.first().and_then(|(key, _)| run_of(key)) else {
            continue;
        };
        let records = records.iter();
        let records: Result<Vec<Record>, _> = records
            .map(|(_, text)| json::read(text.as_bytes()))
            .collect();
        match records.ok().and_then(|records| stored_run(run, &records)) {
            Some(stored) => all.runs.push(stored),
            None => all.unreadable.push(run),
        }
    }
    all.runs.sort_by_key(|it| it.began);
    Ok(all)
}

/// Deletes a run from the store.
///
/// # Errors
/// The store cannot be written.
pub async fn discard(world: &dyn Platform, run: Uuid) -> Result<(), StorageError> {
    in_time(world, world.delete(&format!("{SHELF}{run}/"))).await
}

fn stored_run(run: Uuid, records: &[Record]) -> Option<StoredProviderRun> {
    let (first, rest) = records.split_first()?;
    let Event::Began(began) = &first.event else {
        return None;
    };
    let is_known = |record: &Record| record.version == VERSION && record.run == run;
    if !records.iter().all(is_known) {
        return None;
    }
    let subscriptions = began.subscriptions.iter().map(|one| {
        let namespaces = one.namespaces.iter().map(|it| ProviderNamespace::find(it));
        Some(SelectedSubscription {
            id: one.id,
            name: one.name.clone(),
            namespaces: namespaces.collect::<Option<Vec<_>>>()?,
        })
    });
    let selection = ProviderSelection {
        cloud: Cloud::find(&began.cloud)?,
        tenant: began.tenant,
        subscriptions: subscriptions.collect::<Option<Vec<_>>>()?,
    };
    let mut registered = Vec::new();
    let mut is_open = true;
    for record in rest {
        match &record.event {
            Event::Results { results } => {
                for it in results {
                    if matches!(it.result, ResultKind::Present | ResultKind::Registered) {
                        registered.push((it.subscription, ProviderNamespace::find(&it.namespace)?));
                    }
                }
            }
            Event::Ended => is_open = false,
            Event::Began(_) | Event::Intent { .. } => {}
        }
    }
    registered.sort_unstable();
    Some(StoredProviderRun {
        run,
        began: first.at,
        account: began.account.clone(),
        selection,
        is_open,
        registered,
    })
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let record = Self {
            version: object.take("version")?,
            run: object.take("run")?,
            serial: object.take("serial")?,
            at: object.take_by("at", moment::required)?,
            event: object.take("event")?,
        };
        object.end().map(|()| record)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let kind: String = object.take("kind")?;
        Ok(match kind.as_str() {
            "began" => Self::Began(object.rest()?),
            "intent" => Self::Intent {
                subscriptions: object.take("subscriptions")?,
            },
            "results" => Self::Results {
                results: object.take("results")?,
            },
            "ended" => Self::Ended,
            _ => return Err(D::Error::custom("an unknown event")),
        })
    }
}

impl<'de> Deserialize<'de> for Began {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let began = Self {
            cloud: object.take("cloud")?,
            tenant: object.take("tenant")?,
            account: object.take("account")?,
            subscriptions: object.take("subscriptions")?,
        };
        object.end().map(|()| began)
    }
}

impl<'de> Deserialize<'de> for Planned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let planned = Self {
            id: object.take("id")?,
            name: object.take("name")?,
            namespaces: object.take("namespaces")?,
        };
        object.end().map(|()| planned)
    }
}

impl<'de> Deserialize<'de> for RecordedResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let result = Self {
            subscription: object.take("subscription")?,
            namespace: object.take("namespace")?,
            result: object.take("result")?,
        };
        object.end().map(|()| result)
    }
}
