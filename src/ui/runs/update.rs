//! Starts, shows and ends a run: changes of the model.

use std::rc::Rc;

use crate::ui::embedding::events::Finished;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::RunEffect;
use crate::ui::msg::RunMsg;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::review::update::why_disabled;
use crate::ui::route::Route;
use crate::ui::runs::journals::Undo;
use crate::ui::runs::state::RunModel;
use crate::ui::runs::state::RunState;
use crate::ui::shell::notice::Notifications;
use engine::export::evidence::approval::Approval;
use engine::journal::RecordedRun;
use engine::journal::Who;
use engine::run::Progress;
use engine::run::RunOutcome;
use engine::run::prepare::StartError;
use engine::run::request::RunRequest;
use jiff::Timestamp;

impl Model {
    /// Makes the sentences of the approved review again.
    pub(in crate::ui) fn translate_run(&mut self) {
        let (now, t) = (self.now, self.locale);
        if let Some(run) = &mut self.runs.run {
            run.review.translate(now, t);
        }
    }

    /// Handles a message of runs, their journals and the hand-over.
    pub(in crate::ui) fn handle_run(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Typed(entry, text) = msg {
            if entry == FieldId::Journal {
                return self.journal_opened(text);
            }
            self.choose_for_good(!text.is_empty());
            return Vec::new();
        }
        let Msg::Run(msg) = msg else {
            return Vec::new();
        };
        match msg {
            RunMsg::Approved => self.approved(),
            RunMsg::Progressed(now, progress) => {
                self.progressed(now, Rc::unwrap_or_clone(progress))
            }
            RunMsg::Ticked(now) => self.ticked(now),
            RunMsg::StopAsked if matches!(self.runs.journals.undo, Undo::Finding) => {
                vec![Effect::Stop]
            }
            RunMsg::StopAsked if self.runs.journals.undo.is_underway() => vec![Effect::Stop],
            RunMsg::StopAsked => self.stop(),
            RunMsg::RunEnded(outcome, file) => self.run_ended(Rc::unwrap_or_clone(outcome), file),
            RunMsg::JournalsRead(stored, trouble) => {
                self.journals_read(Rc::unwrap_or_clone(stored), trouble)
            }
            RunMsg::ResumeAsked(run) => self.resume(run),
            RunMsg::UndoAsked(run) => self.undo_asked(run),
            RunMsg::FoundOut(run, found) => self.found_out(run, Rc::unwrap_or_clone(found)),
            RunMsg::UndoApproved => self.undo_approved(),
            RunMsg::UndoProgressed(place, state) => {
                self.undo_progressed(place, Rc::unwrap_or_clone(state));
                Vec::new()
            }
            RunMsg::UndoEnded(undone) => self.undo_ended(Rc::unwrap_or_clone(undone)),
            RunMsg::JournalAsked => vec![Effect::Run(RunEffect::SaveJournal)],
            RunMsg::CloseAsked(run, how) => self.close_run(run, how),
            RunMsg::DiscardAsked(run) => vec![Effect::Run(RunEffect::Discard(run))],
            RunMsg::SecretCopyAsked => {
                self.runs.is_secret_copying = self.runs.secret.is_some();
                let secret = self.runs.secret.clone();
                secret.map(Effect::CopySecret).into_iter().collect()
            }
            RunMsg::SecretToggled => {
                self.runs.is_secret_shown =
                    !self.runs.is_secret_shown && self.runs.secret.is_some();
                self.runs.is_secret_seen |= self.runs.is_secret_shown;
                self.runs.asks_before_removal = false;
                self.runs.showing = self.runs.showing.wrapping_add(1);
                vec![self.fill_secret(), Effect::MaskLater(self.runs.showing)]
            }
            RunMsg::MaskDue(showing) if showing == self.runs.showing => self.mask(),
            RunMsg::MaskDue(_) => Vec::new(),
            RunMsg::SecretSaved => self.secret_saved(),
            RunMsg::ReceivedClosed => {
                self.runs.received = None;
                self.go(Route::Plan, true)
            }
        }
    }

    pub(in crate::ui) fn approved(&mut self) -> Vec<Effect> {
        if !self.may_begin() {
            // The sign-in may have changed since the review: review again to show why the run cannot begin.
            let is_ready = matches!(self.review.state, Review::Ready(_));
            if is_ready && self.mismatch().is_some() {
                return self.read_for_review().into_iter().collect();
            }
            let why = why_disabled(self);
            self.notify(why);
            return Vec::new();
        }
        let user = self.sign_in.access.user();
        let Some(who) = user.map(|user| Who::from(&user.account)) else {
            return Vec::new();
        };
        let Review::Ready(review) = std::mem::take(&mut self.review.state) else {
            return Vec::new();
        };
        match review.plan.clone().approve() {
            Err(_) => {
                self.review.state = Review::Ready(review);
                Vec::new()
            }
            Ok(approved) => {
                self.runs.stop = None;
                // Repairs that are still needed appear in the next check.
                self.pair.chosen.clear();
                let order = RunRequest {
                    approved,
                    draft: self.setup.draft.clone(),
                    recorded_run: self.recorded_run().cloned(),
                    in_hand: self.runs.secret.as_ref().map(|secret| secret.key_id),
                    keeping: self.runs.journals.keeping,
                };
                let approval = Approval::new(
                    order.approved.plan(),
                    review.plan_hash.clone(),
                    who,
                    self.now,
                    order.recorded_run.as_ref(),
                );
                // This page now has a result of its own.
                self.runs.received = None;
                self.runs.run = Some(Box::new(RunModel::new(review, self.now, approval)));
                let mut effects = self.enter(Route::Run, true);
                effects.extend([
                    Effect::AskBeforeLeaving(true),
                    Effect::Run(RunEffect::Apply(Box::new(order))),
                    Effect::Tick,
                ]);
                effects
            }
        }
    }

    /// The run did not begin: shows the review again with the reason, and with the new data if the tenant has changed.
    pub(in crate::ui) fn run_stopped(&mut self, stop: StartError) -> Vec<Effect> {
        let Some(run) = self.runs.run.take() else {
            return Vec::new();
        };
        self.review.state = match (&stop, self.desired()) {
            (StartError::Changed(observed), Ok(desired)) => {
                let recorded_run = self.resumed();
                let observed = observed.as_ref().clone();
                let hash = run.review.plan_hash;
                let (now, t) = (self.now, self.locale);
                let review = ReviewData::new(&desired, observed, &recorded_run, hash, now, t);
                Review::Ready(Box::new(review))
            }
            _ => Review::Ready(run.review),
        };
        let planned = match (&stop, &self.review.state) {
            (StartError::Changed(_), Review::Ready(review)) => Some(self.emit_planned(review)),
            _ => None,
        };
        let reviews_again = matches!(stop, StartError::SignInOld | StartError::OtherTenant(_));
        self.runs.stop = Some(stop);
        self.route = Route::Review;
        self.announce(self.locale.review_not_begun());
        let mut effects = vec![
            self.show_place(false),
            self.ask_before_leaving(),
            Effect::FocusHeading,
        ];
        effects.extend(planned);
        if reviews_again {
            effects.extend(self.read_for_review());
        }
        effects
    }

    pub(in crate::ui) fn run_ended(
        &mut self,
        mut outcome: RunOutcome,
        file: Option<Rc<RecordedRun>>,
    ) -> Vec<Effect> {
        self.now = outcome.ended;
        if let Some(stop) = outcome.stop.take() {
            return self.run_stopped(stop);
        }
        if let Some(file) = file {
            self.runs.journals.file = file.is_open().then(|| Rc::unwrap_or_clone(file));
        }
        // If this run created no secret, an earlier run's secret stays the one to hand over.
        if let Some(secret) = outcome.secret.clone() {
            self.runs.secret = Some(secret);
            self.runs.is_secret_seen = false;
            self.runs.asks_before_removal = false;
            // The request for one more secret applied to this run only.
            self.setup.draft.forget_new_secret();
        }
        let mut effects = Vec::new();
        if let Some(run) = &mut self.runs.run {
            let finished = Finished::new(&run.review, &outcome);
            run.end(outcome);
            // Nothing was written, so there is no run to show.
            let is_hand_over = run.count().1 == 0 && run.handoff.is_ok();
            let title = run.title(self.locale);
            if self.notice.notifications == Notifications::On {
                effects.push(Effect::Notify(title));
            }
            if is_hand_over {
                self.route = Route::HandOver;
            } else {
                self.announce(title);
            }
            effects.extend(self.emit_finished(finished));
        }
        effects.extend([
            self.keep_draft(),
            self.keep_file(),
            self.show_place(false),
            self.ask_before_leaving(),
            Effect::FocusHeading,
        ]);
        effects
    }
}

impl Model {
    pub(in crate::ui) fn progressed(&mut self, now: Timestamp, progress: Progress) -> Vec<Effect> {
        self.now = now;
        let Some(run) = &mut self.runs.run else {
            return Vec::new();
        };
        let before = run.count();
        run.update_step(progress, now);
        let (done, all) = run.count();
        if (done, all) == before {
            return Vec::new();
        }
        let announcement = self.locale.run_count(all, done);
        self.announce(&announcement);
        vec![Effect::ShowTitle(self.window_title())]
    }

    pub(in crate::ui) fn ticked(&mut self, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        match &mut self.runs.run {
            Some(run) if run.state.is_underway() => {
                run.now = now;
                vec![Effect::Tick]
            }
            Some(_) | None => Vec::new(),
        }
    }

    pub(in crate::ui) fn stop(&mut self) -> Vec<Effect> {
        let t = self.locale;
        match &mut self.runs.run {
            Some(run) if run.state.is_underway() => {
                run.state = RunState::Stopping;
                self.announce(t.run_stopping());
                vec![Effect::Stop]
            }
            Some(_) | None => Vec::new(),
        }
    }

    pub(in crate::ui) fn mask(&mut self) -> Vec<Effect> {
        self.runs.is_secret_shown = false;
        vec![self.fill_secret()]
    }

    pub(in crate::ui) fn secret_saved(&mut self) -> Vec<Effect> {
        // A secret that was neither shown nor copied cannot have been saved.
        if !self.runs.is_secret_seen && !self.runs.asks_before_removal {
            self.runs.asks_before_removal = true;
            self.announce(self.locale.hand_over_secret_unseen());
            return Vec::new();
        }
        let is_complete = self
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.state == RunState::Complete);
        if is_complete {
            self.runs.journals.file = None;
        }
        self.runs.secret = None;
        self.runs.is_secret_shown = false;
        self.runs.asks_before_removal = false;
        self.notify(self.locale.hand_over_secret_gone());
        vec![
            self.keep_file(),
            Effect::Run(RunEffect::SecretSaved { is_complete }),
            Effect::FillSecret(None),
            self.ask_before_leaving(),
            Effect::FocusHeading,
        ]
    }
}
