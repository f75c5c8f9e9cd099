//! The sign-in: changes of the model.

use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::route::Route;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::SignInRefused;
use crate::ui::sign_in::state::SignedInUser;
use crate::ui::storage;
use domain::confusables::isolated;
use domain::ids::TenantId;
use engine::desired::OnRefusal;

impl Model {
    pub(in crate::ui) fn user_of(&mut self, tenant: TenantId) -> Option<&mut SignedInUser> {
        self.sign_in
            .access
            .user_mut()
            .filter(|user| user.tenant == tenant)
    }

    pub(in crate::ui) fn is_for_azure_only(&self) -> bool {
        let user = self.sign_in.access.user();
        user.is_some_and(SignedInUser::is_for_azure_only)
    }

    pub(in crate::ui) fn sign_in(&mut self) -> Vec<Effect> {
        let request = if self.embedding.parent_signs_in() {
            self.embedding_sign_in_request()
                .map(|request| Effect::SignInByPortal(Box::new(request)))
        } else {
            self.sign_in_request()
                .map(|request| Effect::SignIn(Box::new(request)))
        };
        let Some(request) = request else {
            self.setup.left.insert(FieldId::Tenant, ());
            return Vec::new();
        };
        if self.runs.secret.is_some() {
            // Leaving the page would lose the only copy of the secret.
            self.notify(self.locale.hand_over_save_first());
            return self.go(Route::HandOver, true);
        }
        if self.providers.is_running() {
            // The registration uses this sign-in.
            self.notify(self.locale.providers_stop_first());
            return Vec::new();
        }
        self.sign_in.access = AuthState::Redirecting;
        // The previous session's tokens are discarded now: if this sign-in is abandoned, nothing else would do it.
        let forgotten = (!self.is_busy()).then_some(Effect::ForgetSession);
        let mut effects: Vec<Effect> = forgotten.into_iter().collect();
        effects.extend([
            self.keep_draft(),
            Effect::Remember(storage::PLACE, self.route.address().to_owned()),
            request,
        ]);
        effects
    }

    pub(in crate::ui) fn signed_in(
        &mut self,
        result: Result<SignedInUser, SignInRefused>,
    ) -> Vec<Effect> {
        let forget = Effect::Forget(storage::PLACE);
        match result {
            Err(refused) => {
                self.announce(refused.error.title(self.locale));
                self.sign_in.access = AuthState::Refused(refused);
                let mut effects = vec![forget, Effect::FocusIfLost];
                if self.route == Route::Review {
                    effects.extend(self.read_for_review());
                }
                effects
            }
            Ok(user) => {
                self.announce(
                    &self
                        .locale
                        .azure_service_signed_in(isolated(&user.account.name)),
                );
                self.sign_in.access = AuthState::SignedIn(Box::new(user));
                self.recheck();
                let may_write = self.sign_in.access.user().is_some_and(|it| it.may_write);
                let mut effects = vec![forget, Effect::FocusIfLost];
                effects.extend((!self.is_for_azure_only()).then_some(Effect::ReadTenant));
                // A sign-in that only reads has not asked for Azure permissions.
                effects.extend(may_write.then_some(Effect::ReadSubscriptions));
                effects.extend(self.read_providers());
                effects.push(self.watch_use());
                effects.extend(self.enter_providers());
                // The decision was about another account, or about earlier roles.
                self.setup.draft.on_refusal = OnRefusal::default();
                if self.route == Route::Review {
                    effects.extend(self.read_for_review());
                }
                if self.route == Route::Undo {
                    effects.extend(self.find_out());
                }
                effects.extend(self.read_pair());
                effects.extend(self.look_for_pairs());
                effects
            }
        }
    }
}
