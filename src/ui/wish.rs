//! What a sign-in asks Microsoft Entra ID for, read off the answers so far.

use crate::ui::access::Visitor;
use crate::ui::review::Review;
use crate::ui::stage::Stage;
use domain::tenant::TenantHint;
use engine::auth::portal::ByPortal;
use engine::auth::scopes::ScopeSet;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::run::prepare::Stop;

impl Stage {
    /// The same where the page around this one signs in. Whose account, that page knows.
    pub(super) fn wish_of_portal(&self) -> Option<ByPortal> {
        Some(ByPortal {
            cloud: self.draft.cloud(),
            tenant: self.tenant_wanted()?,
            scopes: self.scopes_wanted(),
            claims: self.claims(),
        })
    }

    /// The tenant typed, if any; nothing while what is typed is none.
    pub(super) fn tenant_wanted(&self) -> Option<Option<TenantHint>> {
        let typed = &self.draft.tenant;
        if typed.is_empty() {
            return Some(None);
        }
        TenantHint::parse(typed).ok().map(Some)
    }

    pub(super) fn scopes_wanted(&self) -> ScopeSet {
        if self.place.only_reads() {
            ScopeSet::Check
        } else {
            ScopeSet::set_up(self.draft.discovery_wanted())
        }
    }

    /// The sign-in these answers take; nothing while they or the site's settings do not allow one.
    pub(super) fn wish(&self) -> Option<SignIn> {
        let cloud = self.draft.cloud();
        let visitor = self.access.visitor();
        Some(SignIn {
            cloud,
            client_id: self.site.config()?.client_id(cloud)?,
            redirect_uri: self.bridge.as_ref().unwrap_or(&self.home).clone(),
            tenant: self.tenant_wanted()?,
            scopes: self.scopes_wanted(),
            login_hint: visitor
                // An account of another tenant would be refused there, without a picker to choose another.
                .filter(|_| self.access.elsewhere(&self.draft).is_none())
                .map(|visitor| visitor.account.name.clone())
                .or_else(|| self.name_of_chosen()),
            claims: self.claims(),
            step_up: self.step_up(),
        })
    }

    /// With a limit, every sign-in that may write begins with the credentials: how old another one is, Entra tells few pages.
    pub(super) fn step_up(&self) -> StepUp {
        let within = self.site.config().and_then(|config| config.sign_in_age);
        StepUp {
            is_anew: within.is_some() && !self.place.only_reads(),
            within,
        }
    }

    /// The page on which an administrator consents to all that these answers ask for. A portal that signs in asks in its own name.
    pub(super) fn consent_link(&self) -> Option<String> {
        let wish = self.wish().filter(|_| !self.portal_signs_in)?;
        let to_page = SignIn {
            redirect_uri: self.home.clone(),
            ..wish
        };
        Some(to_page.admin_consent_url())
    }

    /// What a service has asked the next sign-in to bring along (a claims challenge).
    pub(super) fn claims(&self) -> Option<String> {
        let of_run = self.run.iter().flat_map(|run| run.problems());
        let of_review = match &self.review {
            Review::Failed(problem) => Some(problem),
            Review::Ready(sheet) => sheet.observed.azure.as_ref(),
            Review::Absent | Review::Faulty { .. } | Review::Reading => None,
        };
        let of_reading = self
            .access
            .visitor()
            .into_iter()
            .flat_map(Visitor::problems);
        let stopped = match &self.stop {
            Some(Stop::Unread(problem)) => Some(problem),
            Some(_) | None => None,
        };
        of_run
            .map(|(_, problem)| problem)
            .chain(of_review)
            .chain(stopped)
            .chain(of_reading)
            .chain(self.doctor.problems())
            .chain(self.journals.undo.problems())
            .find_map(|problem| problem.claims().map(str::to_owned))
    }
}
