//! The sign-in request that the answers so far need.

use crate::ui::model::Model;
use crate::ui::review::state::Review;
use crate::ui::sign_in::state::SignedInUser;
use domain::tenant::TenantHint;
use engine::auth::embedding::EmbeddingSignIn;
use engine::auth::scopes::ScopeSet;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::run::prepare::StartError;

impl Model {
    /// The token request to an embedding page that signs in. That page knows the account.
    pub(in crate::ui) fn embedding_sign_in_request(&self) -> Option<EmbeddingSignIn> {
        Some(EmbeddingSignIn {
            cloud: self.setup.draft.cloud(),
            tenant: self.tenant_wanted()?,
            scopes: self.scopes_wanted(),
            claims: self.claims(),
        })
    }

    /// The typed tenant. `Some(None)` if nothing is typed; `None` if the text is not a tenant.
    pub(in crate::ui) fn tenant_wanted(&self) -> Option<Option<TenantHint>> {
        let typed = &self.setup.draft.tenant;
        if typed.is_empty() {
            return Some(None);
        }
        TenantHint::parse(typed).ok().map(Some)
    }

    pub(in crate::ui) fn scopes_wanted(&self) -> ScopeSet {
        if self.route.is_of_providers() {
            ScopeSet::Providers
        } else if self.route.only_reads() {
            ScopeSet::Check
        } else {
            ScopeSet::set_up(self.setup.draft.discovery_wanted())
        }
    }

    /// The sign-in request for these answers; `None` if they or the site's settings do not allow one.
    pub(in crate::ui) fn sign_in_request(&self) -> Option<SignIn> {
        let cloud = self.setup.draft.cloud();
        let user = self.sign_in.access.user();
        Some(SignIn {
            cloud,
            client_id: self.site.config()?.client_id(cloud)?,
            redirect_uri: self.redirect_uri(),
            tenant: self.tenant_wanted()?,
            scopes: self.scopes_wanted(),
            login_hint: user
                // Entra would refuse an account of another tenant without showing the account picker.
                .filter(|_| {
                    self.sign_in
                        .access
                        .tenant_mismatch(&self.setup.draft)
                        .is_none()
                })
                .map(|user| user.account.name.clone())
                .or_else(|| self.name_of_chosen()),
            claims: self.claims(),
            step_up: self.step_up(),
        })
    }

    /// If the site limits the sign-in age, every sign-in that may write asks for credentials again: Entra reports the age of an existing
    /// session to few apps.
    pub(in crate::ui) fn step_up(&self) -> StepUp {
        let within = self.site.config().and_then(|config| config.sign_in_age);
        StepUp {
            is_anew: within.is_some() && !self.route.only_reads(),
            within,
        }
    }

    /// URL of the admin consent page for everything these answers need. `None` if the embedding page signs in, because then it uses its own
    /// app.
    pub(in crate::ui) fn consent_link(&self) -> Option<String> {
        let request = self
            .sign_in_request()
            .filter(|_| !self.embedding.parent_signs_in())?;
        let to_page = SignIn {
            redirect_uri: self.home.clone(),
            ..request
        };
        Some(to_page.admin_consent_url())
    }

    /// The claims challenge of a service, for the next sign-in.
    pub(in crate::ui) fn claims(&self) -> Option<String> {
        let of_run = self.runs.run.iter().flat_map(|run| run.problems());
        let of_review = match &self.review.state {
            Review::Failed(problem) => Some(problem),
            Review::Ready(review) => review.observed.azure.as_ref(),
            Review::Absent | Review::Faulty { .. } | Review::Reading => None,
        };
        let of_reading = self
            .sign_in
            .access
            .user()
            .into_iter()
            .flat_map(SignedInUser::problems);
        let stopped = match &self.runs.stop {
            Some(StartError::Unread(problem)) => Some(problem),
            Some(_) | None => None,
        };
        of_run
            .map(|(_, problem)| problem)
            .chain(of_review)
            .chain(stopped)
            .chain(of_reading)
            .chain(self.pair.problems())
            .chain(self.runs.journals.undo.problems())
            .chain(self.providers.problems())
            .find_map(|problem| problem.claims().map(str::to_owned))
    }
}
