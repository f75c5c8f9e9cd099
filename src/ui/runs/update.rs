//! Starts, shows and ends a run: changes of the model.

use crate::ui::embedding::events::Finished;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::route::Route;
use crate::ui::runs::state::Notifications;
use crate::ui::runs::state::RunState;
use engine::journal::RecordedRun;
use engine::run::Progress;
use engine::run::RunOutcome;
use engine::run::prepare::StartError;
use jiff::Timestamp;

impl Model {
    /// The run did not begin: shows the review again with the reason, and with the new data if the tenant has changed.
    pub(in crate::ui) fn run_stopped(&mut self, stop: StartError) -> Vec<Effect> {
        let Some(run) = self.runs.run.take() else {
            return Vec::new();
        };
        self.review.state = match (&stop, self.desired()) {
            (StartError::Changed(observed), Ok(desired)) => {
                let recorded_run = self.resumed();
                let observed = observed.as_ref().clone();
                let review =
                    ReviewData::new(&desired, observed, &recorded_run, self.now, self.locale);
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
            Effect::AskBeforeLeaving(self.runs.secret.is_some()),
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
        file: Option<Box<RecordedRun>>,
    ) -> Vec<Effect> {
        self.now = outcome.ended;
        if let Some(stop) = outcome.stop.take() {
            return self.run_stopped(stop);
        }
        if let Some(file) = file {
            self.runs.journals.file = file.is_open().then_some(*file);
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
            if self.runs.notifications == Notifications::On {
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
            Effect::AskBeforeLeaving(self.runs.secret.is_some()),
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

    pub(in crate::ui) fn notifications_answered(&mut self, is_allowed: bool) {
        self.runs.notifications = if is_allowed {
            Notifications::On
        } else {
            Notifications::Refused
        };
        let announcement = match is_allowed {
            true => self.locale.run_notify_on(),
            false => self.locale.run_notify_refused(),
        };
        self.announce(announcement);
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
            Effect::SecretSaved { is_complete },
            Effect::FillSecret(None),
            Effect::AskBeforeLeaving(false),
            Effect::FocusHeading,
        ]
    }
}
