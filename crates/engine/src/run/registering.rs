//! Watches the registration of a resource provider for a limited time during a run.

use std::rc::Rc;

use crate::arm;
use crate::auth::account::Audience;
use crate::desired::providers::RegistrationState;
use crate::desired::providers::next_look;
use crate::net::Failure;
use crate::net::Observer;
use crate::plan::step::StepId;
use crate::plan::write::Write;
use crate::read::tenant::state_of;
use crate::run::RunExecutor;
use crate::run::StepState;
use crate::run::timeline::WaitNote;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::problem::Problem;

impl RunExecutor {
    /// After a register request: checks until the provider is registered or the checks are used up. Any other write is done immediately.
    pub(crate) async fn watch_registration(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        watch: &Observer,
    ) -> Result<StepState, Problem> {
        let Write::Register {
            subscription,
            namespace,
        } = write
        else {
            return Ok(StepState::Done);
        };
        let mut looks = 0;
        loop {
            match self.is_registered(*subscription, *namespace, watch).await {
                Look::Registered => return Ok(StepState::Done),
                Look::NotYet => {}
                Look::Over => return Ok(StepState::UnderWay),
            }
            let Some(wait) = next_look(looks) else {
                return Ok(StepState::UnderWay);
            };
            looks += 1;
            self.note(id, WaitNote::Registering { wait });
            if self.pause(wait).await.is_err() {
                // The run was stopped, but Azure continues: the request was carried out.
                return Ok(StepState::UnderWay);
            }
        }
    }

    async fn is_registered(
        &self,
        subscription: SubscriptionId,
        namespace: ProviderNamespace,
        watch: &Observer,
    ) -> Look {
        let call = arm::provider(self.cloud, subscription, namespace);
        match self.session.call(Audience::Arm, call, watch).await {
            Ok(reply) if state_of(&reply.body) == Some(RegistrationState::Registered) => {
                Look::Registered
            }
            Ok(_)
            | Err(
                Failure::Refused(_)
                | Failure::Server(_)
                | Failure::Unknown { .. }
                | Failure::Unexpected { .. }
                | Failure::Throttled { .. }
                | Failure::NotSent
                | Failure::NoToken,
            ) => Look::NotYet,
            Err(
                Failure::SignInNeeded { .. } | Failure::ForeignHost { .. } | Failure::Cancelled,
            ) => Look::Over,
        }
    }
}

/// Result of one status check. Azure already accepted the request, so a failed check is not a failed registration.
enum Look {
    Registered,
    /// Azure is still registering it, or this check failed.
    NotYet,
    /// Further checks cannot succeed: the sign-in expired, or the run was stopped.
    Over,
}
