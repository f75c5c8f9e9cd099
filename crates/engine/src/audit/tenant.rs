//! Checks of the pair's surroundings: tenant policies, Conditional Access, and the subscription.

use crate::audit::Seen;
use crate::audit::State;
use crate::audit::View;
use crate::desired::providers::RegistrationState;
use crate::desired::repair::Repair;
use crate::graph::wire::AccessPolicy;
use crate::plan::compare::created;
use crate::read::app_policies::PerhapsLimit;
use domain::cmg::GatewayFeatures;
use domain::cmg::ProviderNamespace;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::known::Known;

pub(super) fn secret_policy(view: &View<'_>) -> Seen {
    let t = view.t;
    let limits = (view.observed.tenant.secrets).limits(&created(view.server(), view.now));
    match (limits.is_blocked, limits.longest, limits.perhaps) {
        (Answer::Yes, ..) => Seen::attention(t.doc_secret_policy_blocked()),
        _ if !limits.is_read => Seen::unread(t),
        (Answer::CannotTell, ..) => Seen::new(State::CannotTell, t.doc_secret_policy_perhaps()),
        (_, _, Some(PerhapsLimit::Days(days))) => Seen::new(
            State::CannotTell,
            t.doc_secret_policy_perhaps_days(u64::from(days)),
        ),
        (_, _, Some(PerhapsLimit::Unreadable)) => {
            Seen::new(State::CannotTell, t.check_secret_unreadable())
        }
        (_, Some(days), None) => Seen::ok(t.doc_secret_policy_days(u64::from(days))),
        (_, None, None) if limits.is_spared => Seen::ok(t.doc_secret_policy_spared()),
        (_, None, None) => Seen::ok(t.doc_secret_policy_free()),
    }
}

pub(super) fn conditional_access(view: &View<'_>) -> Seen {
    let t = view.t;
    let Some(server) = view.server() else {
        return Seen::new(State::CannotTell, t.doc_client_permissions_no_server());
    };
    let Known::Known(policies) = &view.observed.around.access_policies else {
        return Seen::new(State::CannotTell, t.doc_conditional_access_unread());
    };
    let app = server.app_id.to_string();
    let names = |list: &[String]| list.iter().any(|it| it.eq_ignore_ascii_case(&app));
    let reaches = |policy: &&AccessPolicy| {
        let is_included = policy.include.iter().any(|it| it == "All") || names(&policy.include);
        is_included && !names(&policy.exclude)
    };
    let is_on = |policy: &&AccessPolicy| policy.state.as_deref() == Some("enabled");
    let name = |policy: &AccessPolicy| isolated(policy.display_name.as_deref().unwrap_or_default());
    let enforced: Vec<String> = policies
        .iter()
        .filter(is_on)
        .filter(reaches)
        .map(name)
        .collect();
    if !enforced.is_empty() {
        return Seen::attention(t.doc_conditional_access_reaches(enforced.join(", ")));
    }
    if policies
        .iter()
        .filter(is_on)
        .any(|policy| policy.has_filter)
    {
        return Seen::new(State::CannotTell, t.doc_conditional_access_filter());
    }
    let is_tried = |policy: &&AccessPolicy| {
        policy.state.as_deref() == Some("enabledForReportingButNotEnforced")
    };
    let tried: Vec<String> = policies
        .iter()
        .filter(is_tried)
        .filter(reaches)
        .map(name)
        .collect();
    if tried.is_empty() {
        Seen::ok(t.doc_conditional_access_ok())
    } else {
        Seen::ok(t.doc_conditional_access_tried(tried.join(", ")))
    }
}

pub(super) fn providers(view: &View<'_>) -> Seen {
    let t = view.t;
    if view.desired.subscription.is_none() {
        return Seen::new(State::CannotTell, t.doc_providers_choose());
    }
    let mut missing = Vec::new();
    let mut names = Vec::new();
    let mut is_unread = false;
    let mut is_under_way = false;
    // The pair may have a feature that no answer of this page turned on.
    let gateway = GatewayFeatures {
        discovery: view.desired.wants_directory() || super::discovery(view) == Answer::Yes,
    };
    let all = ProviderNamespace::ALL.into_iter();
    for namespace in all.filter(|namespace| namespace.is_needed(gateway)) {
        match view.observed.providers.get(&namespace) {
            Some(Known::Known(RegistrationState::Registered)) => {}
            Some(Known::Known(RegistrationState::Registering)) => is_under_way = true,
            Some(Known::Known(
                RegistrationState::NotRegistered | RegistrationState::Unregistering,
            )) => {
                missing.push(Repair::Provider(namespace));
                names.push(namespace.name());
            }
            Some(Known::Unknown) | None => is_unread = true,
        }
    }
    if !missing.is_empty() {
        return Seen::broken(t.doc_providers_missing(names.join(", "))).fix(&missing);
    }
    if is_unread {
        return match &view.observed.azure {
            Some(problem) => Seen::new(State::CannotTell, t.doc_providers_unread(problem.title(t))),
            None => Seen::unread(t),
        };
    }
    Seen::ok(if is_under_way {
        t.doc_providers_under_way()
    } else {
        t.doc_providers_ok()
    })
}
