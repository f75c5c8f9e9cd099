//! Prepares a run before the first write: locks the tenant, checks who owns the run, reads the tenant again, and opens the journal.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::Either;
use futures_util::future::select;

use crate::auth::session::Session;
use crate::journal;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::JournalLocation;
use crate::journal::PATIENCE;
use crate::journal::RecordedRun;
use crate::journal::RunStarted;
use crate::journal::StoredRun;
use crate::journal::Who;
use crate::journal::history::History;
use crate::journal::history::without_lost_secrets;
use crate::journal::origin::is_stored;
use crate::journal::origin::recorded;
use crate::journal::origin::with_recorded;
use crate::net::Observer;
use crate::net::cancel::CancellationToken;
use crate::plan::compare;
use crate::read::observed::Observed;
use crate::read::tenant;
use crate::run::request::RunRequest;
use domain::known::Answer;
use domain::platform::Lock;
use domain::platform::Locking;
use domain::platform::Platform;
use domain::platform::StorageError;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use domain::tenant::typed_names;

/// Why a run did not start. Nothing was written.
#[derive(Clone, Debug, PartialEq)]
pub enum StartError {
    /// Another window of this browser is running, started by this account.
    OtherPage(Option<Who>),
    /// The run to continue belongs to another account or tenant.
    OtherAccount(Who),
    /// The draft names another tenant than the session's, or it is unknown whether it does.
    OtherTenant(Answer),
    /// The sign-in is older than the site owner's maximum age for writing.
    SignInOld,
    /// The browser cannot store the journal.
    NotKept(StorageError),
    /// The new read results in a different plan than the approved one.
    Changed(Box<Observed>),
    /// The tenant could not be read again.
    Unread(Problem),
}

/// Asks for a lock of this browser, and waits a limited time for the answer.
pub(crate) async fn take_lock(world: &Rc<dyn Platform>, name: &str) -> Locking {
    let asked = world.lock(name);
    match select(asked, world.sleep(PATIENCE)).await {
        Either::Left((locking, _)) => locking,
        Either::Right(_) => Locking::Unknown,
    }
}

/// Locks a tenant, so that only one run or undo is active.
pub async fn lock_tenant(
    world: &Rc<dyn Platform>,
    session: &Session,
) -> Result<Option<Lock>, StartError> {
    match take_lock(world, &format!("apply:{}", session.tenant())).await {
        Locking::Held(lock) => Ok(Some(lock)),
        // Without locks, keyed writes and the reads before resending still prevent duplicates.
        Locking::Unknown => Ok(None),
        Locking::Taken => {
            let stored = journal::stored(world.as_ref()).await.unwrap_or_default();
            let open = stored.iter().rev().find_map(|it| match it {
                StoredRun::Run(recorded_run) if recorded_run.is_open() => recorded_run
                    .started()
                    .filter(|started| started.tenant == session.tenant()),
                StoredRun::Run(_) | StoredRun::Foreign { .. } => None,
            });
            Err(StartError::OtherPage(
                open.map(|started| started.account.clone()),
            ))
        }
    }
}

/// Runs the preparation until it completes or the user selects Stop. It writes nothing, so stopping loses nothing.
pub(crate) async fn until_stopped<T>(
    cancel: &CancellationToken,
    ready: impl Future<Output = Result<T, StartError>>,
) -> Result<T, StartError> {
    match select(pin!(ready), pin!(cancel.cancelled())).await {
        Either::Left((ready, _)) => ready,
        Either::Right(_) => Err(StartError::Unread(Problem::new(ProblemKind::Cancelled))),
    }
}

fn check_age(session: &Session) -> Result<(), StartError> {
    if session.is_old() {
        return Err(StartError::SignInOld);
    }
    Ok(())
}

/// Whether this session may continue an earlier run.
pub(crate) fn check_owner(recorded_run: &RecordedRun, session: &Session) -> Result<(), StartError> {
    check_age(session)?;
    match recorded_run.started() {
        Some(started)
            if started.tenant == session.tenant()
                && started.cloud == session.cloud().key()
                && started.account.object_id == session.account().object_id =>
        {
            Ok(())
        }
        Some(started) => Err(StartError::OtherAccount(started.account.clone())),
        None => Err(StartError::Unread(Problem::new(ProblemKind::PageFault {
            what: "a journal without a beginning",
        }))),
    }
}

/// Reads the state again, compares it with the approved plan, and opens the journal.
pub(crate) async fn prepare(
    world: &Rc<dyn Platform>,
    session: &Session,
    order: &RunRequest,
    journal: &Journal,
    cancel: &CancellationToken,
) -> Result<(History, Observed), StartError> {
    check_age(session)?;
    if let Some(recorded_run) = &order.recorded_run {
        check_owner(recorded_run, session)?;
    }
    let approved = order.approved.plan();
    if approved.desired.tenant != session.tenant() || approved.desired.cloud != session.cloud() {
        return Err(StartError::OtherTenant(Answer::No));
    }
    let history = order
        .recorded_run
        .as_ref()
        .map(History::of)
        .unwrap_or_default();
    let watch = Observer::with_cancel(|_| (), cancel.clone());
    let observed = tenant::read_tenant(session, &approved.desired, &watch)
        .await
        .map_err(StartError::Unread)?;
    let stored = journal::stored(world.as_ref()).await.unwrap_or_default();
    let own = (order.recorded_run.as_ref())
        .filter(|recorded_run| is_stored(&stored, recorded_run))
        .map(|_| &history);
    let recorded = recorded(&stored, session.tenant());
    let observed = with_recorded(observed, &recorded, own, &approved.desired);
    check_tenant(session, order, &observed)?;
    let seen = without_lost_secrets(observed.clone(), &history, order.in_hand);
    let now = world.now();
    if compare::plan(&approved.desired, &seen, now).hash() != approved.hash() {
        return Err(StartError::Changed(Box::new(observed)));
    }
    if order.keeping == JournalLocation::Store
        && has_moved_on(world, session, order.recorded_run.as_ref()).await
    {
        return Err(StartError::Changed(Box::new(observed)));
    }
    let started = RunStarted {
        cloud: session.cloud().key().to_owned(),
        tenant: session.tenant(),
        account: Who::from(session.account()),
        plan: approved.hash(),
        steps: approved
            .steps
            .iter()
            .filter(|step| step.action.write().is_some())
            .map(|step| step.id.name().into_owned())
            .collect(),
        draft: order.draft.clone(),
    };
    let settled = history.settled(&approved.desired, &observed);
    journal
        .open(
            order.recorded_run.clone(),
            order.keeping,
            Event::Began(Box::new(started)),
        )
        .await
        .map_err(StartError::NotKept)?;
    for (step, made) in &settled {
        let found = Event::Done {
            step: step.name().into_owned(),
            request_id: None,
            made: made.clone(),
        };
        journal.write(found).await.map_err(StartError::NotKept)?;
    }
    Ok((history.with(&settled, now), observed))
}

/// Checks that plan, sign-in, and state are for the same tenant. If this is unknown, the run does not start.
fn check_tenant(
    session: &Session,
    order: &RunRequest,
    observed: &Observed,
) -> Result<(), StartError> {
    let draft = &order.draft;
    if draft.cloud() != session.cloud() {
        return Err(StartError::OtherTenant(Answer::No));
    }
    let verified = &observed.tenant.rules.domains;
    match typed_names(&draft.tenant, session.tenant(), session.domain(), verified) {
        Answer::Yes => Ok(()),
        answer @ (Answer::No | Answer::CannotTell) => Err(StartError::OtherTenant(answer)),
    }
}

/// True if another window wrote to the journal since the review. Its records must be neither overwritten nor ignored.
async fn has_moved_on(
    world: &Rc<dyn Platform>,
    session: &Session,
    recorded_run: Option<&RecordedRun>,
) -> bool {
    let stored = journal::stored(world.as_ref()).await.unwrap_or_default();
    stored.iter().any(|it| match (it, recorded_run) {
        (StoredRun::Run(found), Some(recorded_run)) => {
            found.run == recorded_run.run && found != recorded_run
        }
        (StoredRun::Run(found), None) => {
            found.is_open()
                && found
                    .started()
                    .is_some_and(|started| started.tenant == session.tenant())
        }
        (StoredRun::Foreign { .. }, _) => false,
    })
}
