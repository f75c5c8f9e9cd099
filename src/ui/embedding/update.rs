//! Which events the embedding page receives.

use crate::ui::embedding::events::Ending;
use crate::ui::embedding::events::Finished;
use crate::ui::embedding::events::ParentEvent;
use crate::ui::embedding::events::SignedIn;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::review::state::ReviewData;
use engine::plan::Action;
use engine::undo::UndoOutcome;

impl Model {
    pub(in crate::ui) fn signed_in_as(&self) -> SignedIn {
        let user = self.sign_in.access.user()?;
        Some((user.cloud, user.tenant, user.may_write))
    }

    /// The sign-in event, if the sign-in has changed since `before`.
    pub(in crate::ui) fn emit_sign_in(&self, before: SignedIn) -> Option<Effect> {
        let now = self.signed_in_as();
        (now != before).then_some(Effect::EmitToParent(match now {
            Some((cloud, tenant, may_write)) => ParentEvent::SignedIn {
                cloud,
                tenant,
                may_write,
            },
            None => ParentEvent::SignedOut,
        }))
    }

    /// The event for a completed review.
    pub(in crate::ui) fn emit_planned(&self, review: &ReviewData) -> Effect {
        let plan = &review.plan;
        let count = |is: fn(&Action) -> bool| {
            let steps = plan.steps.iter();
            steps.filter(|step| is(&step.action)).count()
        };
        Effect::EmitToParent(ParentEvent::Planned {
            plan: plan.hash(),
            writes: plan.writes(),
            kept: count(|action| matches!(action, Action::Keep)),
            blocked: count(|action| matches!(action, Action::Blocked(_))),
        })
    }

    /// The event for a finished run.
    pub(in crate::ui) fn emit_finished(&self, mut finished: Finished) -> Option<Effect> {
        finished.ending = self.runs.run.as_ref()?.state.into();
        Some(Effect::EmitToParent(ParentEvent::Finished(Box::new(
            finished,
        ))))
    }

    /// The event for a finished undo. An undo that did not begin has changed nothing.
    pub(in crate::ui) fn emit_undone(&self, undone: &UndoOutcome) -> Option<Effect> {
        let (cloud, tenant, _) = self.signed_in_as()?;
        let ending = match undone.is_complete() {
            true => Ending::Undone,
            false => Ending::Incomplete,
        };
        undone.stop.is_none().then(|| {
            Effect::EmitToParent(ParentEvent::Finished(Box::new(Finished {
                ending,
                cloud,
                tenant,
                server: None,
                client: None,
                uri: None,
                secret: None,
                subscription: None,
                providers: Vec::new(),
            })))
        })
    }
}
