//! An admin who uses the page: signs in, reviews the plan, approves it, hands over, continues after a fault, or undoes the run.
//!
//! Calls the engine in the same order as the page (`ui/update.rs`, `ui/runs/update.rs`, `ui/effects.rs`).

use std::rc::Rc;

use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::platform::SimPlatform;
use cloud_sim::seed::FABRIKAM;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::ids::KeyId;
use domain::locale::Locale;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use domain::tenant::TenantHint;
use engine::audit;
use engine::auth::error::SignInError;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::desired::Draft;
use engine::desired::repair::Repair;
use engine::journal;
use engine::journal::End;
use engine::journal::Event;
use engine::journal::Journal;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::journal::StoredRun;
use engine::journal::history::History;
use engine::journal::history::without_lost_secrets;
use engine::journal::origin;
use engine::net::Observer;
use engine::net::cancel::CancellationToken;
use engine::plan::Action;
use engine::plan::Plan;
use engine::plan::compare;
use engine::read::tenant;
use engine::run;
use engine::run::NewSecret;
use engine::run::StepState;
use engine::run::prepare::StartError;
use engine::run::request::RunRequest;
use engine::undo;
use engine::undo::UndoStepState;
use engine::undo::execute;

const SITE: &str = "https://cmg-entra-setup.test/";

/// The result of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// The run or the undo is complete.
    Complete,
    /// The attempt stopped, with the reasons shown to the admin.
    Stopped(Vec<String>),
    /// The page crashed.
    Crashed,
}

/// What the admin wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Run,
    Undo { for_good: bool },
}

/// An admin with one page in a browser.
pub(crate) struct Actor {
    pub(crate) world: SimPlatform,
    pub(crate) goal: Goal,
    /// The typed values, as stored in the tab.
    pub(crate) draft: Draft,
    session: Option<Session>,
    /// Claims that the next sign-in must satisfy.
    claims: Option<String>,
    rules: TenantRules,
    /// The secret that the page shows.
    secret: Option<NewSecret>,
    /// The secret that the admin has saved and confirmed.
    pub(crate) saved: Option<KeyId>,
    journal: Option<Rc<Journal>>,
    /// True until the first review after a page load. An unfinished run continues with its own answers.
    is_fresh: bool,
    /// The account that signs in. If `None`, the first user of the tenant.
    pub(crate) account: Option<&'static str>,
    /// A change to the tenant between review and Create, made once.
    pub(crate) meanwhile: Option<Meanwhile>,
}

/// The reason why an attempt ended early.
struct Halt {
    reasons: Vec<String>,
    must_sign_in: bool,
    /// Claims that the next sign-in must satisfy.
    claims: Option<String>,
}

impl Halt {
    fn of(problem: &Problem) -> Self {
        Self {
            reasons: vec![named(problem)],
            must_sign_in: problem.asks_for_sign_in(),
            claims: problem.claims().map(str::to_owned),
        }
    }

    fn at(stop: &StartError) -> Self {
        match stop {
            StartError::Unread(problem) => Self::of(problem),
            StartError::OtherPage(_) => Self::word("OtherPage"),
            StartError::OtherAccount(_) => Self::word("OtherAccount"),
            StartError::OtherTenant(_) => Self::word("OtherTenant"),
            StartError::SignInOld => Self::word("SignInOld"),
            StartError::NotKept(_) => Self::word("NotKept"),
            StartError::Changed(_) => Self::word("Changed"),
        }
    }

    fn word(word: &str) -> Self {
        Self {
            reasons: vec![word.to_owned()],
            must_sign_in: false,
            claims: None,
        }
    }
}

/// The name of a problem. Problems without a cause are marked, and the sweep reports them.
fn named(problem: &Problem) -> String {
    if let ProblemKind::PageFault { what } = problem.kind {
        return format!("UNNAMED page fault: {what}");
    }
    let words = problem.said.as_ref().map(|said| said.code.as_str());
    // An error with the service's own code has a name.
    if problem.kind == ProblemKind::Refused && words.unwrap_or_default().is_empty() {
        return format!("UNNAMED refusal: {:?}", problem.said);
    }
    format!("{:?}", problem.kind)
}

/// A change to the tenant between review and Create.
pub(crate) type Meanwhile = Box<dyn FnOnce(&SimPlatform)>;

impl Actor {
    pub(crate) fn new(world: SimPlatform, draft: Draft, goal: Goal) -> Self {
        Self {
            world,
            goal,
            draft,
            session: None,
            claims: None,
            rules: TenantRules::default(),
            secret: None,
            saved: None,
            journal: None,
            is_fresh: true,
            account: None,
            meanwhile: None,
        }
    }

    /// Reloads the page, after a crash or on purpose. Values that only the page has are lost.
    pub(crate) fn reload(&mut self) {
        self.world = self.world.another_page(true);
        self.session = None;
        self.secret = None;
        self.journal = None;
        self.is_fresh = true;
    }

    /// Makes one complete attempt to reach the goal.
    pub(crate) fn go(&mut self) -> Go {
        let world = self.world.clone();
        let ended = match self.goal {
            Goal::Run => world.try_run(self.run()),
            Goal::Undo { for_good } => world.try_run(self.take_back(for_good)),
        };
        self.ended(ended)
    }

    /// Signs in without any other action.
    pub(crate) fn visit(&mut self) -> Go {
        let world = self.world.clone();
        let ended = world.try_run(async { self.sign_in().await.map(drop) });
        self.ended(ended)
    }

    /// Converts the result of an attempt.
    pub(crate) fn ended(&mut self, ended: Option<Result<(), Halted>>) -> Go {
        match ended {
            Some(Ok(())) => Go::Complete,
            Some(Err(Halted(halt))) => {
                if halt.must_sign_in {
                    self.session = None;
                    self.claims = halt.claims;
                }
                Go::Stopped(halt.reasons)
            }
            None if self.world.is_dead() => Go::Crashed,
            None => Go::Stopped(vec!["UNNAMED: waits for ever".to_owned()]),
        }
    }

    /// Saves and confirms the secret if the page shows one. A complete run ends with this.
    pub(crate) fn save(&mut self, is_complete: bool) -> Go {
        let world = self.world.clone();
        match world.try_run(self.put_away(is_complete)) {
            Some(()) => Go::Complete,
            None => Go::Crashed,
        }
    }

    async fn put_away(&mut self, is_complete: bool) {
        let Some(secret) = self.secret.take() else {
            return;
        };
        self.saved = Some(secret.key_id);
        if let Some(journal) = &self.journal {
            let _ = journal.write(Event::SecretSaved).await;
            if is_complete {
                let _ = journal.write(Event::Ended { how: End::Complete }).await;
            }
        }
    }

    fn shared(&self) -> Rc<dyn Platform> {
        Rc::new(self.world.clone())
    }

    async fn sign_in(&mut self) -> Result<Session, Halted> {
        if let Some(session) = &self.session {
            return Ok(session.clone());
        }
        // A redirect would lose the only copy of the secret, so the page asks the admin to save it first.
        self.put_away(false).await;
        let world = self.shared();
        let request = SignIn {
            cloud: Cloud::Public,
            client_id: TOOL_PUBLIC,
            redirect_uri: SITE.to_owned(),
            tenant: TenantHint::parse(&FABRIKAM.to_string()).ok(),
            scopes: ScopeSet::set_up(self.draft.discovery_wanted()),
            login_hint: self.account.map(str::to_owned),
            claims: self.claims.take(),
            step_up: StepUp::default(),
        };
        let refused = |error: SignInError| Halted(Halt::word(error.title(Locale::En)));
        let visit = sign_in::begin(&world, &request).await.map_err(refused)?;
        let SignInRedirect::Answered(answer) = visit else {
            return Err(Halted(Halt::word("UNNAMED: no answer of the sign-in page")));
        };
        let session = sign_in::finish(&world, &answer, &request)
            .await
            .map_err(refused)?;
        self.session = Some(session.clone());
        self.rules = TenantRules {
            cloud: Cloud::Public,
            tenant: Some(session.tenant()),
            ..TenantRules::default()
        };
        let watch = Observer::quiet();
        let tenant = tenant::tenant(&session, &watch).await.map_err(halted)?;
        self.rules = tenant.rules;
        // Needed only for the selection. The page shows an error next to the field.
        let _ = tenant::subscriptions(&session, &watch).await;
        Ok(session)
    }

    /// The unfinished run of this tenant, if any.
    async fn recorded_run(&self, session: &Session) -> Result<Option<RecordedRun>, Halted> {
        let stopped = |why| Halted(Halt::at(&StartError::NotKept(why)));
        journal::probe(&self.world).await.map_err(stopped)?;
        let stored = journal::stored(&self.world).await.map_err(stopped)?;
        Ok(stored
            .into_iter()
            .filter_map(|it| match it {
                StoredRun::Run(recorded_run) => Some(recorded_run),
                StoredRun::Foreign { .. } => None,
            })
            .filter(|recorded_run| recorded_run.is_open())
            .rfind(|recorded_run| {
                recorded_run.started().is_some_and(|started| {
                    started.tenant == session.tenant() && started.cloud == "public"
                })
            }))
    }

    /// Reads the tenant and compares it, as the review page does.
    pub(crate) async fn review(&mut self) -> Result<(Session, Option<RecordedRun>, Plan), Halted> {
        let session = self.sign_in().await?;
        let recorded_run = self.recorded_run(&session).await?;
        if let Some(recorded_run) = &recorded_run
            && self.is_fresh
            && let Some(draft) = recorded_run.draft()
        {
            // The run does not store this selection. A new page asks for it, and the admin selects the same apps again.
            let adopted = std::mem::take(&mut self.draft.adopted);
            self.draft = Draft { adopted, ..draft };
        }
        self.is_fresh = false;
        let facts = AppFacts {
            own_id: OwnId::Unknown,
            ..AppFacts::not_yet_created(self.world.now())
        };
        let tenant = session.tenant();
        let desired = self
            .draft
            .check(tenant, &self.rules, &facts, Locale::En)
            .map_err(|_| Halted(Halt::word("UNNAMED: the answers are refused")))?;
        let observed = tenant::read_tenant(&session, &desired, &Observer::quiet())
            .await
            .map_err(halted)?;
        let history = recorded_run.as_ref().map(History::of).unwrap_or_default();
        let in_hand = self.secret.as_ref().map(|secret| secret.key_id);
        let observed = without_lost_secrets(observed, &history, in_hand);
        let stored = journal::stored(&self.world).await;
        let recorded = origin::recorded(&stored.unwrap_or_default(), tenant);
        let own = recorded_run.is_some().then_some(&history);
        let observed = origin::with_recorded(observed, &recorded, own, &desired);
        let plan = compare::plan(&desired, &observed, self.world.now());
        Ok((session, recorded_run, plan))
    }

    /// Repairs that the pair check offers for the pair of the draft.
    pub(crate) fn offered(&mut self) -> Vec<Repair> {
        let world = self.world.clone();
        let read = world.try_run(async {
            let session = self.sign_in().await?;
            let facts = AppFacts::not_yet_created(self.world.now());
            let tenant = session.tenant();
            let desired = self.draft.check(tenant, &self.rules, &facts, Locale::En);
            let desired = desired.map_err(|_| Halted(Halt::word("UNNAMED: refused")))?;
            let observed = tenant::read_tenant(&session, &desired, &Observer::quiet()).await;
            let observed = observed.map_err(halted)?;
            let report = audit::audit(&desired, &observed, self.world.now(), Locale::En);
            Ok::<_, Halted>(report.repairs())
        });
        read.and_then(Result::ok).unwrap_or_default()
    }

    /// Number of writes that a review plans in a reloaded page with the same answers.
    pub(crate) fn still_planned(&mut self) -> Option<usize> {
        self.reload();
        let world = self.world.clone();
        let read = world.try_run(async { self.review().await.map(|(.., plan)| plan.writes()) });
        read.and_then(Result::ok)
    }

    pub(crate) async fn run(&mut self) -> Result<(), Halted> {
        let (session, recorded_run, plan) = self.review().await?;
        let approved = plan.approve().map_err(|plan| Halted(blocked(&plan)))?;
        if let Some(meanwhile) = self.meanwhile.take() {
            meanwhile(&self.world);
        }
        let journal = Rc::new(Journal::new(self.shared()));
        let mut outcome = run::run(
            self.shared(),
            session,
            RunRequest {
                approved,
                draft: self.draft.clone(),
                recorded_run,
                in_hand: self.secret.as_ref().map(|secret| secret.key_id),
                keeping: JournalLocation::Store,
            },
            Rc::clone(&journal),
            Rc::new(|_| ()),
            CancellationToken::default(),
        )
        .await;
        if let Some(stop) = &outcome.stop {
            return Err(Halted(Halt::at(stop)));
        }
        self.journal = Some(journal);
        if let Some(secret) = outcome.secret.take() {
            self.secret = Some(secret);
            self.draft.forget_new_secret();
        }
        let failed: Vec<Halt> = outcome
            .steps
            .iter()
            .filter_map(|step| match &step.state {
                StepState::Failed(problem) => Some(Halt::of(problem)),
                StepState::Waiting | StepState::Running => {
                    Some(Halt::word("UNNAMED: a step is left in the middle"))
                }
                StepState::Done
                | StepState::Kept
                | StepState::UnderWay
                | StepState::Skipped { .. } => None,
            })
            .collect();
        all(failed)
    }

    async fn take_back(&mut self, for_good: bool) -> Result<(), Halted> {
        let session = self.sign_in().await?;
        let Some(recorded_run) = self.recorded_run(&session).await? else {
            return Ok(());
        };
        let cancel = CancellationToken::default();
        let world = self.shared();
        let findings = undo::find_out(&world, &session, &recorded_run, &cancel)
            .await
            .map_err(|stop| Halted(Halt::at(&stop)))?;
        let plan = findings.plan_with(for_good);
        let undone = execute::run(
            world,
            session,
            recorded_run,
            plan,
            JournalLocation::Store,
            Rc::new(|_, _| ()),
            cancel,
        )
        .await;
        if let Some(stop) = &undone.stop {
            return Err(Halted(Halt::at(stop)));
        }
        let failed = undone
            .states
            .iter()
            .filter_map(|state| match state {
                UndoStepState::Failed(problem) => Some(Halt::of(problem)),
                UndoStepState::Waiting | UndoStepState::Running => {
                    Some(Halt::word("UNNAMED: a removal is left in the middle"))
                }
                UndoStepState::Changed => Some(Halt::word("changed since it was shown")),
                UndoStepState::Done | UndoStepState::Left => None,
            })
            .collect();
        all(failed)?;
        self.secret = None;
        Ok(())
    }

    /// The number of runs in the store that wait for a decision, and all texts in the store.
    pub(crate) fn shelf(&self) -> (usize, String) {
        let stored = self.world.run(journal::stored(&self.world));
        let open = stored.iter().flatten().filter(|it| match it {
            StoredRun::Run(recorded_run) => recorded_run.is_open(),
            StoredRun::Foreign { .. } => true,
        });
        (open.count(), self.texts())
    }

    /// All texts in the store.
    pub(crate) fn texts(&self) -> String {
        let texts = self.world.run(self.world.list(""));
        let texts = texts.into_iter().flatten().map(|(key, text)| key + &text);
        texts.collect()
    }
}

/// Wraps `Halt`, which stays private, so that futures of this file have a public type.
pub(crate) struct Halted(Halt);

fn halted(problem: Problem) -> Halted {
    Halted(Halt::of(&problem))
}

fn all(failed: Vec<Halt>) -> Result<(), Halted> {
    if failed.is_empty() {
        return Ok(());
    }
    Err(Halted(Halt {
        must_sign_in: failed.iter().any(|halt| halt.must_sign_in),
        claims: failed.iter().find_map(|halt| halt.claims.clone()),
        reasons: failed.into_iter().flat_map(|halt| halt.reasons).collect(),
    }))
}

fn blocked(plan: &Plan) -> Halt {
    let steps = plan.steps.iter();
    let problems = steps.filter_map(|step| match &step.action {
        Action::Blocked(problem) => Some(format!("{:?} blocked: {}", step.id, named(problem))),
        Action::Create(_) | Action::Update(_) | Action::Remove(_) | Action::Keep => None,
    });
    Halt {
        reasons: problems.collect(),
        must_sign_in: false,
        claims: None,
    }
}
