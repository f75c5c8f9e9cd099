//! What the review does outside the model.

use std::rc::Rc;

use crate::ui::effects::Effects;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::ReviewEffect;
use crate::ui::msg::ReviewMsg;
use crate::ui::part::Part;
use domain::platform::Pending;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::net::Observer;
use engine::read::tenant;

/// Performs an effect of the review to its end.
pub(in crate::ui) fn perform(effects: Rc<Effects>, effect: Effect) -> Pending<'static, ()> {
    Box::pin(async move {
        let Effect::Review(ReviewEffect::Observe { round, desired }) = effect else {
            return;
        };
        if !effects.read_journals().await {
            // Without the journals, the plan would repeat what an unfinished run has done.
            let again = Effect::Review(ReviewEffect::Observe { round, desired });
            effects.wait(Part::Run, again);
            return;
        }
        let read = match effects.session() {
            Some(session) => tenant::read_tenant(&session, &desired, &Observer::quiet()).await,
            None => Err(Problem::new(ProblemKind::SignInNeeded { claims: None })),
        };
        effects.emit(Msg::Review(ReviewMsg::Observed {
            round,
            now: effects.world.now(),
            read: Rc::new(read),
        }));
    })
}
