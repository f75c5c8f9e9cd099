//! What stands before the first write: the tenant is locked, the run's owner checked, the tenant read once more, and the journal opened.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::Either;
use futures_util::future::select;

use crate::auth::Session;
use crate::journal;
use crate::journal::Event;
use crate::journal::Journal;
use crate::journal::Keeping;
use crate::journal::Leg;
use crate::journal::PATIENCE;
use crate::journal::Past;
use crate::journal::Shelved;
use crate::journal::Who;
use crate::journal::history::History;
use crate::journal::history::without_lost_secrets;
use crate::journal::origin::is_shelved;
use crate::journal::origin::recorded;
use crate::journal::origin::with_recorded;
use crate::net::Watch;
use crate::net::cancel::Cancel;
use crate::plan::compare;
use crate::read::observed::Observed;
use crate::read::tenant;
use crate::run::Order;
use domain::known::Answer;
use domain::platform::Lock;
use domain::platform::Locking;
use domain::platform::NotKept;
use domain::platform::World;
use domain::problem::Kind;
use domain::problem::Problem;
use domain::tenant::typed_names;

/// Why a run did not begin. Nothing was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// Another window of this browser is at it, begun by this account.
    OtherPage(Option<Who>),
    /// The run to go on with belongs to another account or tenant.
    OtherAccount(Who),
    /// The draft names another tenant than the one signed in to, or whether it does cannot be told.
    OtherTenant(Answer),
    /// The sign-in is older than the site's settings allow for writing.
    SignInOld,
    /// The browser does not keep the journal.
    NotKept(NotKept),
    /// What was read again gives another plan than the approved one.
    Changed(Box<Observed>),
    /// It could not be read again.
    Unread(Problem),
}

/// The lock of a tenant: one run at a time, and one page that undoes.
pub async fn claim(world: &Rc<dyn World>, session: &Session) -> Result<Option<Lock>, Stop> {
    let asked = world.lock(&format!("apply:{}", session.tenant()));
    let locking = match select(asked, world.sleep(PATIENCE)).await {
        Either::Left((locking, _)) => locking,
        Either::Right(_) => Locking::Unknown,
    };
    match locking {
        Locking::Held(lock) => Ok(Some(lock)),
        // A browser without locks: keyed writes and the looks before resending still keep things single.
        Locking::Unknown => Ok(None),
        Locking::Taken => {
            let shelved = journal::shelved(world.as_ref()).await.unwrap_or_default();
            let open = shelved.iter().rev().find_map(|it| match it {
                Shelved::Run(past) if past.is_open() => {
                    past.leg().filter(|leg| leg.tenant == session.tenant())
                }
                Shelved::Run(_) | Shelved::Foreign { .. } => None,
            });
            Err(Stop::OtherPage(open.map(|leg| leg.account.clone())))
        }
    }
}

/// What stands before a run, until Stop is pressed. Nothing is written before it is over, so nothing is lost.
pub(crate) async fn until_stopped<T>(
    cancel: &Cancel,
    ready: impl Future<Output = Result<T, Stop>>,
) -> Result<T, Stop> {
    match select(pin!(ready), pin!(cancel.pressed())).await {
        Either::Left((ready, _)) => ready,
        Either::Right(_) => Err(Stop::Unread(Problem::new(Kind::Cancelled))),
    }
}

fn check_age(session: &Session) -> Result<(), Stop> {
    if session.is_old() {
        return Err(Stop::SignInOld);
    }
    Ok(())
}

/// Whether a run of the past may be gone on with in this session.
pub(crate) fn check_owner(past: &Past, session: &Session) -> Result<(), Stop> {
    check_age(session)?;
    match past.leg() {
        Some(leg)
            if leg.tenant == session.tenant()
                && leg.cloud == session.cloud().key()
                && leg.account.object_id == session.account().object_id =>
        {
            Ok(())
        }
        Some(leg) => Err(Stop::OtherAccount(leg.account.clone())),
        None => Err(Stop::Unread(Problem::new(Kind::PageFault {
            what: "a journal without a beginning",
        }))),
    }
}

/// Reads once more, compares with what was approved, and opens the journal.
pub(crate) async fn prepare(
    world: &Rc<dyn World>,
    session: &Session,
    order: &Order,
    journal: &Journal,
    cancel: &Cancel,
) -> Result<(History, Observed), Stop> {
    check_age(session)?;
    if let Some(past) = &order.past {
        check_owner(past, session)?;
    }
    let approved = order.approved.plan();
    if approved.desired.tenant != session.tenant() || approved.desired.cloud != session.cloud() {
        return Err(Stop::OtherTenant(Answer::No));
    }
    let history = order.past.as_ref().map(History::of).unwrap_or_default();
    let watch = Watch::with_cancel(|_| (), cancel.clone());
    let observed = tenant::observe(session, &approved.desired, &watch)
        .await
        .map_err(Stop::Unread)?;
    let shelved = journal::shelved(world.as_ref()).await.unwrap_or_default();
    let own = (order.past.as_ref())
        .filter(|past| is_shelved(&shelved, past))
        .map(|_| &history);
    let recorded = recorded(&shelved, session.tenant());
    let observed = with_recorded(observed, &recorded, own, &approved.desired);
    check_tenant(session, order, &observed)?;
    let seen = without_lost_secrets(observed.clone(), &history, order.in_hand);
    let now = world.now();
    if compare::plan(&approved.desired, &seen, now).hash() != approved.hash() {
        return Err(Stop::Changed(Box::new(observed)));
    }
    if order.keeping == Keeping::Shelf && has_moved_on(world, session, order.past.as_ref()).await {
        return Err(Stop::Changed(Box::new(observed)));
    }
    let leg = Leg {
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
            order.past.clone(),
            order.keeping,
            Event::Began(Box::new(leg)),
        )
        .await
        .map_err(Stop::NotKept)?;
    for (step, made) in &settled {
        let found = Event::Done {
            step: step.name().into_owned(),
            request_id: None,
            made: made.clone(),
        };
        journal.write(found).await.map_err(Stop::NotKept)?;
    }
    Ok((history.with(&settled, now), observed))
}

/// Whether plan, sign-in and answers are of one tenant. What cannot be told does not begin.
fn check_tenant(session: &Session, order: &Order, observed: &Observed) -> Result<(), Stop> {
    let draft = &order.draft;
    if draft.cloud() != session.cloud() {
        return Err(Stop::OtherTenant(Answer::No));
    }
    let verified = &observed.tenant.rules.domains;
    match typed_names(&draft.tenant, session.tenant(), session.domain(), verified) {
        Answer::Yes => Ok(()),
        answer @ (Answer::No | Answer::CannotTell) => Err(Stop::OtherTenant(answer)),
    }
}

/// True if another window has written to the journal since the review: its records must not be written over, nor be left behind.
async fn has_moved_on(world: &Rc<dyn World>, session: &Session, past: Option<&Past>) -> bool {
    let shelved = journal::shelved(world.as_ref()).await.unwrap_or_default();
    shelved.iter().any(|it| match (it, past) {
        (Shelved::Run(found), Some(past)) => found.run == past.run && found != past,
        (Shelved::Run(found), None) => {
            found.is_open()
                && found
                    .leg()
                    .is_some_and(|leg| leg.tenant == session.tenant())
        }
        (Shelved::Foreign { .. }, _) => false,
    })
}
