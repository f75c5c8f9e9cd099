//! Steps to create the registration by hand, with the names used in the Microsoft Entra admin center ("Register an application in Microsoft
//! Entra ID", "Configure permissions for an app", 2025). Plain data for the user interface.

use crate::auth::account::Audience;
use crate::auth::scopes::Scope;
use crate::export::registration::Registration;
use domain::locale::Locale;

/// A step with the values to enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalStep {
    /// What the admin does in this step.
    pub sentence: &'static str,
    /// Values to enter, each with its field name.
    pub values: Vec<(&'static str, String)>,
}

/// The steps in order.
#[must_use]
pub fn steps(registration: &Registration, t: Locale) -> Vec<PortalStep> {
    let mut steps = vec![PortalStep {
        sentence: t.register_step_create(),
        values: vec![
            (t.register_name(), super::NAME.to_owned()),
            (t.register_redirect(), registration.address.to_string()),
        ],
    }];
    if registration.is_framed {
        steps.push(PortalStep {
            sentence: t.register_step_bridge(),
            values: vec![(t.register_bridge(), registration.address.bridge())],
        });
    }
    let names = |audience| {
        let names: Vec<_> = registration
            .scopes()
            .into_iter()
            .filter(|scope| scope.audience() == audience)
            .map(Scope::name)
            .collect();
        names.join(", ")
    };
    steps.push(PortalStep {
        sentence: t.register_step_graph(),
        values: vec![(t.register_graph(), names(Audience::Graph))],
    });
    if registration.audiences().any(|it| it == Audience::Arm) {
        steps.push(PortalStep {
            sentence: t.register_step_azure(),
            values: vec![(t.register_azure(), names(Audience::Arm))],
        });
    }
    let mut say = |sentence| {
        steps.push(PortalStep {
            sentence,
            values: Vec::new(),
        });
    };
    say(if registration.consents {
        t.register_step_consent()
    } else {
        t.register_step_no_consent()
    });
    say(t.register_step_none());
    say(t.register_step_config());
    steps
}
