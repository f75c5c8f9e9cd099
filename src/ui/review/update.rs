//! The review: reads, shows the plan, and starts the approved run.

use std::rc::Rc;

use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::ReviewEffect;
use crate::ui::msg::ReviewMsg;
use crate::ui::review::state::Review;
use crate::ui::review::state::ReviewData;
use crate::ui::route::Route;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignInMismatch;
use domain::problem::Problem;
use engine::desired::OnRefusal;
use engine::desired::purpose::Purpose;
use engine::read::observed::Observed;
use jiff::Timestamp;

impl Model {
    /// Reads or reviews again if the answer has changed whether the sign-in is in the typed tenant: data of one tenant does not apply to
    /// another.
    pub(in crate::ui) fn ask_tenant_again(
        &mut self,
        before: Option<SignInMismatch>,
    ) -> Vec<Effect> {
        if self.sign_in.access.user().is_none()
            || self.sign_in.access.tenant_mismatch(&self.setup.draft) == before
        {
            return Vec::new();
        }
        if self
            .sign_in
            .access
            .tenant_mismatch(&self.setup.draft)
            .is_some()
        {
            self.pair.search = None;
            self.pair.checkup = None;
        }
        let read = if self.route == Route::Review {
            self.read_for_review()
        } else {
            self.read_pair()
        };
        read.into_iter().collect()
    }

    /// Starts the review: errors known on the page show at once; the rest is read.
    pub(in crate::ui) fn read_for_review(&mut self) -> Option<Effect> {
        self.reads += 1;
        self.review.is_site_disconnected = false;
        self.recheck();
        if matches!(
            self.sign_in.access,
            AuthState::Redirecting | AuthState::Redeeming
        ) {
            self.review.state = Review::Reading;
            return None;
        }
        let unfit = self.mismatch();
        if unfit.is_some() || !self.setup.faults.is_empty() {
            self.review.state = Review::Faulty {
                faults: self.setup.faults.clone(),
                unfit,
            };
            return None;
        }
        let desired = self.desired().ok()?;
        self.review.state = Review::Reading;
        Some(Effect::Review(ReviewEffect::Observe {
            round: self.reads,
            desired: Box::new(desired),
        }))
    }

    pub(in crate::ui) fn handle_review(&mut self, msg: Msg) -> Vec<Effect> {
        let Msg::Review(msg) = msg else {
            return Vec::new();
        };
        match msg {
            ReviewMsg::Observed { round, now, read } => {
                self.observed(round, now, Rc::unwrap_or_clone(read))
            }
            ReviewMsg::UnfoldToggled => {
                self.review.is_unfolded = !self.review.is_unfolded;
                Vec::new()
            }
        }
    }

    fn observed(
        &mut self,
        round: u32,
        now: Timestamp,
        read: Result<Observed, Problem>,
    ) -> Vec<Effect> {
        self.now = now;
        if round != self.reads || !matches!(self.review.state, Review::Reading) {
            return Vec::new();
        }
        self.review.state = match (read, self.desired()) {
            (Ok(observed), Ok(desired)) => {
                let recorded_run = self.resumed();
                let hash = self.plan_file().map(|plan| plan.hash());
                let review =
                    ReviewData::new(&desired, observed, &recorded_run, hash, now, self.locale);
                Review::Ready(Box::new(review))
            }
            (Ok(_), Err(faults)) => Review::Faulty {
                faults,
                unfit: None,
            },
            (Err(problem), _) => Review::Failed(problem),
        };
        if self.mismatch() == Some(SignInMismatch::Old) {
            return self.read_for_review().into_iter().collect();
        }
        let Review::Ready(review) = &self.review.state else {
            return Vec::new();
        };
        let planned = self.emit_planned(review);
        let writes = u64::try_from(review.plan.writes()).unwrap_or_default();
        self.announce(&self.locale.review_writes(writes));
        vec![planned]
    }

    /// Makes the sentences of the review again.
    pub(in crate::ui) fn translate_review(&mut self) {
        let (now, t) = (self.now, self.locale);
        match &mut self.review.state {
            Review::Faulty { faults, .. } => faults.clone_from(&self.setup.faults),
            Review::Ready(review) => review.translate(now, t),
            Review::Absent | Review::Reading | Review::Failed(_) => {}
        }
    }
}

/// Why Create cannot be selected.
pub(in crate::ui) fn why_disabled(model: &Model) -> &'static str {
    let t = model.locale;
    match (model.setup.draft.purpose(), &model.review.state) {
        (_, Review::Ready(review))
            if !review.plan.is_blocked()
                && review.refused.count() > 0
                && model.setup.draft.on_refusal == OnRefusal::Undecided =>
        {
            t.review_refused_disabled()
        }
        (Purpose::Retirement, Review::Ready(review)) if !review.plan.is_blocked() => {
            t.review_retire_disabled()
        }
        _ => t.review_create_disabled(),
    }
}
