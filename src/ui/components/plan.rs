//! A plan as text: the names of its steps, what happens to each and why.

use domain::locale::Locale;
use engine::plan::Action;
use engine::plan::Property;
use engine::plan::Reason;
use engine::plan::step::StepId;

#[must_use]
pub fn step_name(words: Locale, id: StepId) -> String {
    let fixed = match id {
        StepId::Provider(namespace) => return words.plan_provider(namespace.name()),
        StepId::ServerApp => words.plan_server_app(),
        StepId::ClientApp => words.plan_client_app(),
        StepId::AppIdUri => words.plan_app_id_uri(),
        StepId::ServerPrincipal => words.plan_server_principal(),
        StepId::ClientSettings => words.plan_client_settings(),
        StepId::ClientPrincipal => words.plan_client_principal(),
        StepId::ServerConsent => words.plan_server_consent(),
        StepId::GraphConsent => words.plan_graph_consent(),
        StepId::DirectoryConsent => words.plan_directory_consent(),
        StepId::Secret => words.plan_secret(),
        StepId::RestoreServer => words.plan_restore_server(),
        StepId::RestoreClient => words.plan_restore_client(),
        StepId::ScopeOff => words.plan_scope_off(),
        StepId::ServerAccess => words.plan_server_access(),
        StepId::ClientAccess => words.plan_client_access(),
        StepId::DirectoryRevoke => words.plan_directory_revoke(),
        StepId::OldSecret(key) => return words.plan_old_secret(key.to_string()),
        StepId::DeleteClient => words.plan_delete_client(),
        StepId::DeleteServer => words.plan_delete_server(),
    };
    fixed.to_owned()
}

/// The state for the style sheet, and its name.
#[must_use]
pub fn action_words(words: Locale, action: &Action) -> (&'static str, &'static str) {
    match action {
        Action::Create(_) => ("create", words.action_create()),
        Action::Update(_) => ("update", words.action_update()),
        Action::Remove(_) => ("remove", words.action_remove()),
        Action::Keep => ("yes", words.action_keep()),
        Action::Blocked(_) => ("no", words.action_blocked()),
    }
}

#[must_use]
pub fn reason_sentence(words: Locale, reason: &Reason) -> String {
    let fixed = match reason {
        Reason::Differs(properties) => {
            let names: Vec<&str> = properties
                .iter()
                .map(|property| property_name(words, *property))
                .collect();
            return words.reason_differs(names.join(", "));
        }
        Reason::Missing => words.reason_missing(),
        Reason::AsWanted => words.reason_as_wanted(),
        Reason::UnderWay => words.reason_under_way(),
        Reason::SecretLives => words.reason_secret_lives(),
        Reason::SecretLater => words.reason_secret_later(),
        Reason::AnotherSecret => words.reason_another_secret(),
        Reason::NotReadable => words.reason_not_readable(),
        Reason::Held => words.reason_held(),
        Reason::Rule => words.reason_rule(),
        Reason::PrincipalLost => words.reason_principal_lost(),
        Reason::NotChosen => words.reason_not_chosen(),
        Reason::Unwanted => words.reason_unwanted(),
    };
    fixed.to_owned()
}

fn property_name(words: Locale, property: Property) -> &'static str {
    match property {
        Property::Audience => words.property_audience(),
        Property::Redirect => words.property_redirect(),
        Property::Scope => words.property_scope(),
        Property::DeviceOnly => words.property_device_only(),
        Property::PublicClient => words.property_public_client(),
        Property::Permissions => words.property_permissions(),
        Property::AppIdUri => words.property_app_id_uri(),
        Property::Consent => words.property_consent(),
        Property::Implicit => words.property_implicit(),
        Property::TokenVersion => words.property_token_version(),
        Property::Tag => words.property_label(),
        Property::Active => words.property_active(),
        Property::Enabled => words.property_enabled(),
        Property::Assignment => words.property_assignment(),
    }
}
