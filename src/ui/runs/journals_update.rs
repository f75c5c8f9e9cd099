//! Unfinished runs and the undo: changes of the model.

use std::rc::Rc;

use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::RunEffect;
use crate::ui::msg::RunMsg;
use crate::ui::part::Part;
use crate::ui::review::state::Resumed;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::route::Route;
use crate::ui::runs::file;
use crate::ui::runs::journals::Undo;
use crate::ui::runs::journals::is_in;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignInMismatch;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::storage;
use domain::platform::StorageError;
use engine::desired::OnRefusal;
use engine::desired::purpose::Purpose;
use engine::journal::End;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::journal::RunStarted;
use engine::journal::StoredRun;
use engine::journal::history::History;
use engine::run::prepare::StartError;
use engine::undo::Findings;
use engine::undo::UndoOutcome;
use engine::undo::UndoStepState;
use uuid::Uuid;

impl Model {
    /// The unfinished run of the signed-in tenant, if any. The next run continues it.
    #[must_use]
    pub fn recorded_run(&self) -> Option<&RecordedRun> {
        let user = self.sign_in.access.user()?;
        let is_here = |recorded_run: &&RecordedRun| {
            recorded_run
                .started()
                .is_some_and(|started| is_in(started, user))
        };
        self.runs.journals.open().filter(is_here).last()
    }

    /// The unfinished run, if another account began it.
    #[must_use]
    pub fn past_of_another(&self) -> Option<&RecordedRun> {
        let account = &self.sign_in.access.user()?.account;
        self.recorded_run().filter(|recorded_run| {
            recorded_run
                .started()
                .is_some_and(|started| started.account.object_id != account.object_id)
        })
    }

    /// The unfinished run, if it is about other apps than the current answers: a setup and a repair are different runs.
    #[must_use]
    pub fn past_of_other_work(&self) -> Option<&RecordedRun> {
        self.recorded_run().filter(|recorded_run| {
            recorded_run.started().is_some_and(|started| {
                (&started.draft.server_app, &started.draft.client_app)
                    != (&self.setup.draft.server_app, &self.setup.draft.client_app)
            })
        })
    }

    /// Set if a new sign-in is needed before these answers can be applied.
    #[must_use]
    pub fn mismatch(&self) -> Option<SignInMismatch> {
        self.sign_in.access.mismatch(&self.setup.draft, self.now)
    }

    /// True if a reviewed plan may run: the signed-in tenant is the typed and reviewed one, nothing else runs, the journal can be stored,
    /// and the unfinished run does not belong to another account.
    #[must_use]
    pub fn may_begin(&self) -> bool {
        let keeps_nothing = self.runs.journals.trouble.is_some()
            && self.runs.journals.keeping == JournalLocation::Store;
        let is_of = |review: &ReviewData, user: &SignedInUser| {
            review.plan.desired.tenant == user.tenant && review.plan.desired.cloud == user.cloud
        };
        let is_here = match (&self.review.state, self.sign_in.access.user()) {
            (Review::Ready(review), Some(user)) => is_of(review, user),
            _ => false,
        };
        let is_confirmed = match &self.review.state {
            Review::Ready(review) => {
                let deletes = review.plan.desired.purpose() == Purpose::Retirement;
                let is_refused = review.refused.count() > 0;
                (!deletes || self.review.is_site_disconnected)
                    && (!is_refused || self.setup.draft.on_refusal != OnRefusal::Undecided)
            }
            Review::Absent | Review::Faulty { .. } | Review::Reading | Review::Failed(_) => true,
        };
        is_here
            && is_confirmed
            && self.mismatch().is_none()
            && !self.is_busy()
            && !keeps_nothing
            && self.past_of_another().is_none()
            && self.past_of_other_work().is_none()
    }

    /// The run that the review continues.
    #[must_use]
    pub fn resumed(&self) -> Resumed {
        Resumed {
            history: self.recorded_run().map(History::of).unwrap_or_default(),
            in_hand: self.runs.secret.as_ref().map(|secret| secret.key_id),
            recorded: self.recorded(),
            is_stored: self
                .recorded_run()
                .is_some_and(|recorded_run| self.is_stored(recorded_run.run)),
        }
    }

    pub(in crate::ui) fn journals_read(
        &mut self,
        stored: Vec<StoredRun>,
        trouble: Option<StorageError>,
    ) -> Vec<Effect> {
        self.runs.journals.stored = stored;
        self.runs.journals.trouble = trouble;
        // The stored journal has newer records than the copy in the page.
        let in_page = self
            .runs
            .journals
            .file
            .as_ref()
            .map(|recorded_run| recorded_run.run);
        let mut effects = Vec::new();
        if in_page.is_some_and(|run| self.is_stored(run)) {
            self.runs.journals.file = None;
            effects.push(Effect::Forget(storage::JOURNAL));
        }
        if trouble.is_none() {
            self.runs.journals.keeping = JournalLocation::Store;
        }
        // After a reload on the Undo page, the run is known only now.
        let is_due = self.route == Route::Undo && matches!(self.runs.journals.undo, Undo::Absent);
        if is_due {
            effects.extend(self.find_out());
        }
        effects
    }

    /// The browser stores no journals.
    pub(in crate::ui) fn no_journals(&mut self, trouble: Option<StorageError>) -> Vec<Effect> {
        if let Some(logic) = self.parts.get(Part::Run) {
            let read = RunMsg::JournalsRead(Rc::default(), trouble);
            return (logic.update)(self, Msg::Run(read));
        }
        self.runs.journals.trouble = trouble;
        if trouble.is_none() {
            self.runs.journals.keeping = JournalLocation::Store;
        }
        Vec::new()
    }

    /// Reads the journal that only this tab has. An invalid one is dropped: this page wrote it, and the admin has it as a file.
    /// The page that shows or continues its run reads again.
    pub(in crate::ui) fn take_unread(&mut self) -> Vec<Effect> {
        let Some(text) = self.runs.unread.take() else {
            return Vec::new();
        };
        self.runs.journals.file = RecordedRun::parse(&text).ok();
        let read = match self.route {
            Route::Review => self.read_for_review(),
            Route::Undo => self.find_out(),
            Route::Start
            | Route::CheckUri
            | Route::Register
            | Route::Plan
            | Route::Step(_)
            | Route::Run
            | Route::CheckPair
            | Route::Report
            | Route::Retire
            | Route::Providers
            | Route::ProvidersReview
            | Route::ProvidersRun
            | Route::Unfinished
            | Route::HandOver
            | Route::Evidence => None,
        };
        read.into_iter().collect()
    }

    /// Saves the page's only copy of a journal across the sign-in redirect or a reload.
    pub(in crate::ui) fn keep_file(&self) -> Effect {
        match &self.runs.journals.file {
            Some(recorded_run) => Effect::Remember(storage::JOURNAL, recorded_run.text()),
            None => Effect::Forget(storage::JOURNAL),
        }
    }

    pub(in crate::ui) fn journal_opened(&mut self, text: String) -> Vec<Effect> {
        let is_empty = text.trim().is_empty();
        match RecordedRun::parse(&text) {
            Ok(recorded_run) => {
                self.runs.journals.file = Some(recorded_run);
                self.runs.journals.file_refused = None;
                self.runs.journals.file_text.clear();
            }
            Err(why) => {
                self.runs.journals.file_refused = (!is_empty).then_some(why);
                self.runs.journals.file_text = text;
            }
        }
        vec![self.keep_file()]
    }

    /// Continues a run: opens a review of its answers against the tenant as it is now.
    pub(in crate::ui) fn resume(&mut self, run: Uuid) -> Vec<Effect> {
        let Some(started) = self.chosen_leg(run) else {
            return Vec::new();
        };
        let draft = self.runs.journals.find(run).and_then(RecordedRun::draft);
        let mut draft = draft.unwrap_or_else(|| started.draft.clone());
        if self.runs.secret.is_some() {
            // Not lost: this page still has it.
            draft.forget_new_secret();
        }
        // The tenant ID of the run, because a domain name may have been typed then.
        draft.tenant = started.tenant.to_string();
        let mut effects = if draft.has_existing() {
            self.save_draft(draft)
        } else {
            self.setup.draft = draft;
            self.recheck();
            vec![self.keep_draft()]
        };
        effects.extend(self.enter(Route::Review, true));
        effects
    }

    pub(in crate::ui) fn undo_asked(&mut self, run: Uuid) -> Vec<Effect> {
        let Some(started) = self.chosen_leg(run) else {
            return Vec::new();
        };
        self.setup.draft.cloud.clone_from(&started.draft.cloud);
        self.setup.draft.tenant = started.tenant.to_string();
        self.runs.journals.undo = Undo::Absent;
        let mut effects = vec![self.keep_draft()];
        effects.extend(self.enter(Route::Undo, true));
        effects
    }

    fn chosen_leg(&mut self, run: Uuid) -> Option<RunStarted> {
        if self.is_busy() {
            return None;
        }
        let started = self.runs.journals.find(run)?.started()?.clone();
        self.runs.journals.chosen = Some(run);
        Some(started)
    }

    /// Starts the lookup of what the chosen run created, once an account of its tenant is signed in.
    pub(in crate::ui) fn find_out(&mut self) -> Option<Effect> {
        if self.runs.journals.undo.is_underway() {
            return None;
        }
        if !self.fits_chosen() {
            return None;
        }
        let recorded_run = Box::new(self.chosen_run()?.clone());
        self.runs.journals.chosen = Some(recorded_run.run);
        self.runs.journals.undo = Undo::Finding;
        Some(Effect::Run(RunEffect::FindOut(recorded_run)))
    }

    pub(in crate::ui) fn found_out(
        &mut self,
        run: Uuid,
        found: Result<Findings, StartError>,
    ) -> Vec<Effect> {
        if self.runs.journals.chosen == Some(run)
            && matches!(self.runs.journals.undo, Undo::Finding)
        {
            self.runs.journals.undo = match found {
                Ok(findings) => Undo::Ready {
                    findings: Box::new(findings),
                    for_good: false,
                },
                Err(stop) => Undo::Stopped(stop),
            };
        }
        Vec::new()
    }

    pub(in crate::ui) fn choose_for_good(&mut self, is_on: bool) {
        if let Undo::Ready { findings, for_good } = &mut self.runs.journals.undo {
            *for_good = is_on;
            findings.plan = findings.plan_with(is_on);
        }
    }

    pub(in crate::ui) fn undo_approved(&mut self) -> Vec<Effect> {
        let chosen = self.runs.journals.chosen;
        let recorded_run = chosen.and_then(|run| self.runs.journals.find(run)).cloned();
        let (Undo::Ready { findings, .. }, Some(recorded_run)) =
            (&self.runs.journals.undo, recorded_run)
        else {
            return Vec::new();
        };
        let plan = Box::new(findings.plan.clone());
        let run = recorded_run.run;
        self.runs.journals.undo = Undo::Under {
            states: vec![UndoStepState::Waiting; plan.removals.len()],
            plan: plan.clone(),
            is_over: false,
        };
        vec![
            Effect::AskBeforeLeaving(true),
            Effect::Run(RunEffect::Undo {
                recorded_run: Box::new(recorded_run),
                plan,
                keeping: if self.is_stored(run) {
                    JournalLocation::Store
                } else {
                    JournalLocation::File
                },
            }),
        ]
    }

    pub(in crate::ui) fn undo_progressed(&mut self, place: usize, state: UndoStepState) {
        if let Undo::Under { states, .. } = &mut self.runs.journals.undo
            && let Some(known) = states.get_mut(place)
        {
            *known = state;
        }
    }

    pub(in crate::ui) fn undo_ended(&mut self, undone: UndoOutcome) -> Vec<Effect> {
        let is_complete = undone.is_complete();
        let announced = self.emit_undone(&undone);
        let t = self.locale;
        match (undone.stop, &mut self.runs.journals.undo) {
            (Some(stop), undo) => *undo = Undo::Stopped(stop),
            (
                None,
                Undo::Under {
                    states, is_over, ..
                },
            ) => {
                *states = undone.states;
                *is_over = true;
            }
            (None, _) => {}
        }
        if is_complete {
            // The objects of the run are gone, including its secret.
            self.runs.run = None;
            self.review.state = Review::Absent;
            self.runs.secret = None;
            self.runs.is_secret_shown = false;
            self.runs.journals.file = None;
            self.announce(t.undo_notice_done());
        } else {
            self.announce(t.undo_notice_not_done());
        }
        let mut effects = vec![
            self.keep_file(),
            self.fill_secret(),
            self.ask_before_leaving(),
            Effect::FocusHeading,
        ];
        effects.extend(announced);
        effects
    }

    pub(in crate::ui) fn close_run(&mut self, run: Uuid, how: End) -> Vec<Effect> {
        let Some(recorded_run) = self.runs.journals.find(run).cloned() else {
            return Vec::new();
        };
        if self.runs.journals.file.as_ref().map(|it| it.run) == Some(run) {
            self.runs.journals.file = None;
        }
        if self.runs.journals.chosen == Some(run) {
            self.runs.journals.undo = Undo::Absent;
        }
        self.announce(self.locale.unfinished_state_closed());
        let mut effects = Vec::new();
        if how == End::Kept {
            effects.push(Effect::Save(file::file(&recorded_run)));
        }
        if self.is_stored(run) {
            effects.push(Effect::Run(RunEffect::CloseRun(
                Box::new(recorded_run),
                how,
            )));
        }
        effects.push(self.keep_file());
        effects.extend(self.enter(Route::Unfinished, true));
        effects
    }

    fn is_stored(&self, run: Uuid) -> bool {
        self.runs
            .journals
            .stored
            .iter()
            .any(|it| matches!(it, StoredRun::Run(recorded_run) if recorded_run.run == run))
    }

    /// The browser asks before it leaves the page while something sends requests, and while only this page has a secret.
    pub(in crate::ui) fn ask_before_leaving(&self) -> Effect {
        Effect::AskBeforeLeaving(self.runs.secret.is_some() || self.is_busy())
    }

    /// True while a run, an undo or a registration sends requests.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.is_running() || self.runs.journals.undo.is_underway() || self.providers.is_running()
    }

    /// The chosen run. After a reload: the run of the tenant, otherwise the newest.
    #[must_use]
    pub fn chosen_run(&self) -> Option<&RecordedRun> {
        match self.runs.journals.chosen {
            Some(run) => self.runs.journals.find(run),
            None => self
                .recorded_run()
                .or_else(|| self.runs.journals.open().last()),
        }
    }

    /// Account that began the chosen run, as the login hint.
    pub(in crate::ui) fn name_of_chosen(&self) -> Option<String> {
        let chosen = self.runs.journals.find(self.runs.journals.chosen?)?;
        Some(chosen.started()?.account.name.clone())
    }

    /// Whether the sign-in fits the chosen run, for the Undo page.
    #[must_use]
    pub fn fits_chosen(&self) -> bool {
        let started = self.chosen_run().and_then(RecordedRun::started);
        match (&self.sign_in.access, started) {
            (AuthState::SignedIn(user), Some(started)) => is_in(started, user),
            (AuthState::SignedIn(_), None)
            | (
                AuthState::SignedOut
                | AuthState::Redirecting
                | AuthState::Redeeming
                | AuthState::Refused(_)
                | AuthState::Ended(_),
                _,
            ) => false,
        }
    }
}
