//! After a resource provider was asked to register: how long the run watches it.

use std::rc::Rc;

use crate::arm;
use crate::auth::Audience;
use crate::domain::cmg::ProviderNamespace;
use crate::domain::ids::SubscriptionId;
use crate::domain::problem::Problem;
use crate::engine::apply::Note;
use crate::engine::apply::Run;
use crate::engine::apply::StepState;
use crate::engine::observe::state_of;
use crate::engine::plan::StepId;
use crate::engine::providers::RegistrationState;
use crate::engine::providers::next_look;
use crate::engine::write::Write;
use crate::net::Failure;
use crate::net::Watch;

impl Run {
    /// After a register request: looks until the provider is registered or enough was looked. Anything else is simply done.
    pub(in crate::engine) async fn watch_registration(
        self: &Rc<Self>,
        id: StepId,
        write: &Write,
        watch: &Watch,
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
            if self.is_registered(*subscription, *namespace, watch).await? {
                return Ok(StepState::Done);
            }
            let Some(wait) = next_look(looks) else {
                return Ok(StepState::UnderWay);
            };
            looks += 1;
            self.note(id, Note::Registering { wait });
            if self.pause(wait).await.is_err() {
                // Stopped while Azure works on: the request was carried out.
                return Ok(StepState::UnderWay);
            }
        }
    }

    async fn is_registered(
        &self,
        subscription: SubscriptionId,
        namespace: ProviderNamespace,
        watch: &Watch,
    ) -> Result<bool, Problem> {
        match self
            .session
            .call(
                Audience::Arm,
                arm::provider(self.cloud, subscription, namespace),
                watch,
            )
            .await
        {
            Ok(reply) => Ok(state_of(&reply.body) == Some(RegistrationState::Registered)),
            // The registration was accepted. Not being able to look is no failure of it.
            Err(
                Failure::Refused(_)
                | Failure::Server(_)
                | Failure::Unknown { .. }
                | Failure::Unexpected { .. }
                | Failure::Throttled { .. },
            ) => Ok(false),
            Err(failure) => Err(arm::errors::problem(&failure)),
        }
    }
}
