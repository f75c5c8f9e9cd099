//! What the pair check does outside the model.

use std::rc::Rc;

use crate::ui::effects::Effects;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::PairEffect;
use crate::ui::msg::PairMsg;
use domain::platform::Pending;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::net::Observer;
use engine::read::consumers;
use engine::read::sign_ins;
use engine::read::tenant;

/// Performs an effect of the pair check to its end.
pub(in crate::ui) fn perform(effects: Rc<Effects>, effect: Effect) -> Pending<'static, ()> {
    Box::pin(async move {
        if let Effect::Pair(effect) = effect {
            effects.perform_pair(effect).await;
        }
    })
}

impl Effects {
    async fn perform_pair(&self, effect: PairEffect) {
        match effect {
            PairEffect::Examine { round, desired } => {
                let read = match self.session() {
                    Some(session) => {
                        tenant::read_tenant(&session, &desired, &Observer::quiet()).await
                    }
                    None => Err(Problem::new(ProblemKind::SignInNeeded { claims: None })),
                };
                self.emit(Msg::Pair(PairMsg::Examined {
                    round,
                    now: self.world.now(),
                    read: Rc::new(read),
                }));
            }
            PairEffect::ReadUses {
                round,
                app,
                principal,
            } => {
                if let Some(session) = self.session() {
                    let read =
                        consumers::list_consumers(&session, app, principal, &Observer::quiet())
                            .await;
                    self.emit(Msg::Pair(PairMsg::UsesRead(round, Rc::new(read))));
                }
            }
            PairEffect::ReadSignIns { server, client } => {
                if let Some(session) = self.session() {
                    let (now, watch) = (self.world.now(), Observer::quiet());
                    let read = sign_ins::read_sign_ins(&session, server, client, now, &watch).await;
                    self.emit(Msg::Pair(PairMsg::SignInsRead {
                        server,
                        client,
                        read: Rc::new(read),
                    }));
                }
            }
        }
    }
}
