//! The rules of a tenant, as far as they were read, and the facts of the app that a URI is for.
//!
//! This file does not check URIs. The policies come from the tenant's app management policy ("identifierUriConfiguration resource type",
//! 2026-04-30; "Restrictions on identifier URIs", 2025-01-29).

use jiff::Timestamp;
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::dns::Domain;
use crate::ids::AppId;
use crate::ids::TenantId;
use crate::known::Answer;
use crate::known::Known;

/// Whether a policy is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PolicyState {
    /// Read: the policy is enabled.
    On,
    /// Read: the policy is disabled or absent.
    Off,
    /// The policy was not read.
    #[default]
    Unknown,
}

/// One restriction on new identifier URIs, with its exemptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether the policy is in force.
    pub state: PolicyState,
    /// `excludeAppsReceivingV2Tokens`: exempts apps that receive v2 tokens.
    pub spares_v2_tokens: bool,
    /// `excludeSaml`: exempts SAML apps.
    pub spares_saml: bool,
    /// `restrictForAppsCreatedAfterDateTime`: the policy applies to apps created at or after this time. `None`: to every app.
    pub applies_since: Option<Timestamp>,
    /// A fact that is not read here may exempt the app or the caller: `excludeActors` names a security attribute, or the app may have its
    /// own policy.
    pub may_exempt: bool,
}

impl Policy {
    /// A policy that is not in force.
    pub const OFF: Self = Self::in_state(PolicyState::Off);
    /// A policy that was not read.
    pub const UNKNOWN: Self = Self::in_state(PolicyState::Unknown);
    /// In force as Microsoft enables it: exempts apps with v2 tokens and SAML apps.
    pub const ON: Self = Self::in_state(PolicyState::On);

    const fn in_state(state: PolicyState) -> Self {
        Self {
            state,
            spares_v2_tokens: true,
            spares_saml: true,
            applies_since: None,
            may_exempt: false,
        }
    }

    /// Whether the policy applies to new URIs of this app.
    #[must_use]
    pub fn binds(&self, app: &AppFacts) -> Answer {
        match self.state {
            PolicyState::Off => return Answer::No,
            PolicyState::Unknown => return Answer::CannotTell,
            PolicyState::On => {}
        }
        if self.spares_v2_tokens && app.receives_v2_tokens {
            return Answer::No;
        }
        let by_kind = if self.spares_saml {
            app.is_saml.ask(|is_saml| !is_saml)
        } else {
            Answer::Yes
        };
        by_kind.and(self.binds_by_age(&app.created))
    }

    /// Whether the policy applies to an app created at this time, regardless of the kind of app.
    #[must_use]
    pub fn binds_by_age(&self, created: &Known<Timestamp>) -> Answer {
        let by_age = match (self.state, self.applies_since) {
            (PolicyState::Off, _) => return Answer::No,
            (PolicyState::Unknown, _) => return Answer::CannotTell,
            (PolicyState::On, None) => Answer::Yes,
            (PolicyState::On, Some(since)) => created.ask(|created| *created >= since),
        };
        if self.may_exempt {
            by_age.and(Answer::CannotTell)
        } else {
            by_age
        }
    }
}

/// A URI that another app of the tenant uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenUri {
    /// The URI, as the app has it.
    pub uri: String,
    /// Display name of the app that uses it.
    pub app: String,
    /// Whether that app is deleted. A deleted app keeps its URIs for 30 days.
    pub is_deleted: bool,
}

/// The rules of a tenant, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantRules {
    /// Cloud of the tenant.
    pub cloud: Cloud,
    /// Tenant ID; `None` if it is not known.
    pub tenant: Option<TenantId>,
    /// All verified domains, including the initial domain.
    pub domains: Known<Vec<Domain>>,
    /// `uriAdditionWithoutUniqueTenantIdentifier`, in the admin center "Block identifier URIs without unique tenant identifier". Microsoft
    /// enabled it in many tenants in June and July 2025.
    pub unique_identifier: Policy,
    /// `nonDefaultUriAddition`, in the admin center "Block custom identifier URIs". Only admins of the tenant enable it.
    pub default_only: Policy,
    /// URIs that other apps are known to use. An empty list does not mean that every URI is free: Microsoft Entra ID decides.
    pub taken: Vec<TakenUri>,
}

impl TenantRules {
    /// Whether a GUID is the tenant's ID.
    pub(crate) fn is_tenant(&self, guid: Uuid) -> Answer {
        Known::from(self.tenant).ask(|tenant| tenant.uuid() == guid)
    }
}

/// Application ID of the app that a URI is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnId {
    /// The app exists and has this ID.
    Is(AppId),
    /// The app does not exist yet, so no typed ID can be its own.
    NotYet,
    /// The app may exist, but its ID is not known here.
    #[default]
    Unknown,
}

/// Facts about the app that a URI is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppFacts {
    /// Application ID of the app, if known.
    pub own_id: OwnId,
    /// URIs the app already has. No policy affects them.
    pub existing_uris: Vec<String>,
    /// `api.requestedAccessTokenVersion` is 2.
    pub receives_v2_tokens: bool,
    /// The service principal has `preferredSingleSignOnMode` set to `SAML`.
    pub is_saml: Known<bool>,
    /// When the app was created.
    pub created: Known<Timestamp>,
}

impl AppFacts {
    /// An app to be created: single-tenant with v1 tokens, as Configuration Manager requires.
    #[must_use]
    pub fn not_yet_created(now: Timestamp) -> Self {
        Self {
            own_id: OwnId::NotYet,
            is_saml: Known::Known(false),
            created: Known::Known(now),
            ..Self::default()
        }
    }

    /// Whether a GUID is the app's own ID.
    pub(crate) fn is_own(&self, guid: Uuid) -> Answer {
        match self.own_id {
            OwnId::Is(id) => Answer::from(id.uuid() == guid),
            OwnId::NotYet => Answer::No,
            OwnId::Unknown => Answer::CannotTell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(change: impl FnOnce(&mut AppFacts)) -> AppFacts {
        let mut app = AppFacts::not_yet_created("2026-11-23T10:00:00Z".parse().unwrap());
        change(&mut app);
        app
    }

    #[track_caller]
    fn binds(policy: Policy, app: &AppFacts, answer: Answer) {
        assert_eq!(policy.binds(app), answer, "{policy:?} {app:?}");
    }

    #[test]
    fn a_policy_applies_unless_it_exempts_the_app() {
        let plain = app(|_| {});
        let v2 = app(|app| app.receives_v2_tokens = true);
        let saml = app(|app| app.is_saml = Known::Known(true));
        binds(Policy::ON, &plain, Answer::Yes);
        binds(Policy::ON, &v2, Answer::No);
        binds(Policy::ON, &saml, Answer::No);
        let stricter = Policy {
            spares_v2_tokens: false,
            spares_saml: false,
            ..Policy::ON
        };
        let unread = app(|app| app.is_saml = Known::Unknown);
        binds(Policy::ON, &unread, Answer::CannotTell);
        binds(stricter, &unread, Answer::Yes);
        binds(stricter, &v2, Answer::Yes);
        binds(stricter, &saml, Answer::Yes);
        for app in [&plain, &v2] {
            binds(Policy::OFF, app, Answer::No);
            binds(Policy::UNKNOWN, app, Answer::CannotTell);
        }
    }

    #[test]
    fn a_policy_for_newer_apps_exempts_older_apps() {
        let since = "2026-01-01T00:00:00Z".parse().unwrap();
        let policy = Policy {
            applies_since: Some(since),
            ..Policy::ON
        };
        binds(policy, &app(|_| {}), Answer::Yes);
        // The policy applies at exactly this time ("on or after").
        let same = Known::Known(since);
        binds(policy, &app(|app| app.created = same), Answer::Yes);
        let older = Known::Known("2024-05-05T00:00:00Z".parse().unwrap());
        binds(policy, &app(|app| app.created = older), Answer::No);
        binds(
            policy,
            &app(|app| app.created = Known::Unknown),
            Answer::CannotTell,
        );
    }

    #[test]
    fn a_policy_with_exemptions_may_exempt_the_app() {
        let policy = Policy {
            may_exempt: true,
            ..Policy::ON
        };
        binds(policy, &app(|_| {}), Answer::CannotTell);
        binds(
            policy,
            &app(|app| app.is_saml = Known::Known(true)),
            Answer::No,
        );
    }
}
