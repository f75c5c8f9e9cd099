//! A plan as text: the names of its steps, what happens to each and why.

use domain::locale::Locale;
use domain::sources;
use domain::sources::Source;
use engine::plan::Action;
use engine::plan::Property;
use engine::plan::StepReason;
use engine::plan::step::StepId;

#[must_use]
pub fn step_name(t: Locale, id: StepId) -> String {
    let fixed = match id {
        StepId::Provider(namespace) => return t.plan_provider(namespace.name()),
        StepId::ServerApp => t.plan_server_app(),
        StepId::ClientApp => t.plan_client_app(),
        StepId::AppIdUri => t.plan_app_id_uri(),
        StepId::ServerPrincipal => t.plan_server_principal(),
        StepId::ClientSettings => t.plan_client_settings(),
        StepId::ClientPrincipal => t.plan_client_principal(),
        StepId::ServerConsent => t.plan_server_consent(),
        StepId::GraphConsent => t.plan_graph_consent(),
        StepId::DirectoryConsent => t.plan_directory_consent(),
        StepId::Secret => t.plan_secret(),
        StepId::RestoreServer => t.plan_restore_server(),
        StepId::RestoreClient => t.plan_restore_client(),
        StepId::ScopeOff => t.plan_scope_off(),
        StepId::ServerAccess => t.plan_server_access(),
        StepId::ClientAccess => t.plan_client_access(),
        StepId::DirectoryRevoke => t.plan_directory_revoke(),
        StepId::OldSecret(key) => return t.plan_old_secret(key.to_string()),
        StepId::DeleteClient => t.plan_delete_client(),
        StepId::DeleteServer => t.plan_delete_server(),
    };
    fixed.to_owned()
}

/// What clients or the site need the step for, and Microsoft's page that says so.
#[must_use]
pub fn step_purpose(t: Locale, id: StepId) -> (&'static str, Source) {
    match id {
        StepId::ServerApp => (t.purpose_server_app(), sources::REGISTER),
        StepId::ClientApp => (t.purpose_client_app(), sources::REGISTER),
        StepId::AppIdUri => (t.purpose_app_id_uri(), sources::CONFIGURE),
        StepId::ServerPrincipal | StepId::ClientPrincipal => {
            (t.purpose_principal(), sources::PRINCIPAL)
        }
        StepId::ClientSettings => (t.purpose_client_settings(), sources::REGISTER),
        StepId::ServerConsent => (t.purpose_server_consent(), sources::CONSENT),
        StepId::GraphConsent => (t.purpose_graph_consent(), sources::CONSENT),
        StepId::DirectoryConsent => (t.purpose_directory_consent(), sources::DISCOVERY),
        StepId::Secret => (t.purpose_secret(), sources::WIZARD),
        StepId::RestoreServer | StepId::RestoreClient => {
            (t.purpose_restore(), sources::APPLICATION)
        }
        StepId::ScopeOff => (t.purpose_scope_off(), sources::APPLICATION),
        StepId::ServerAccess | StepId::ClientAccess => (t.purpose_access(), sources::PRINCIPAL),
        StepId::DirectoryRevoke => (t.purpose_directory_revoke(), sources::DISCOVERY),
        StepId::OldSecret(_) => (t.purpose_old_secret(), sources::PRACTICES),
        StepId::DeleteClient | StepId::DeleteServer => (t.purpose_delete(), sources::PRACTICES),
        StepId::Provider(namespace) => (namespace.purpose(t), sources::CONFIGURE),
    }
}

/// The state for the style sheet, and its name.
#[must_use]
pub fn action_words(t: Locale, action: &Action) -> (&'static str, &'static str) {
    match action {
        Action::Create(_) => ("create", t.action_create()),
        Action::Update(_) => ("update", t.action_update()),
        Action::Remove(_) => ("remove", t.action_remove()),
        Action::Keep => ("yes", t.action_keep()),
        Action::Blocked(_) => ("no", t.action_blocked()),
    }
}

#[must_use]
pub fn reason_sentence(t: Locale, reason: &StepReason) -> String {
    let fixed = match reason {
        StepReason::Differs(properties) => {
            let names: Vec<&str> = properties
                .iter()
                .map(|property| property_name(t, *property))
                .collect();
            return t.reason_differs(names.join(", "));
        }
        StepReason::Missing => t.reason_missing(),
        StepReason::AsWanted => t.reason_as_wanted(),
        StepReason::UnderWay => t.reason_under_way(),
        StepReason::SecretLives => t.reason_secret_lives(),
        StepReason::SecretLater => t.reason_secret_later(),
        StepReason::AnotherSecret => t.reason_another_secret(),
        StepReason::NotReadable => t.reason_not_readable(),
        StepReason::Held => t.reason_held(),
        StepReason::Rule => t.reason_rule(),
        StepReason::PrincipalLost => t.reason_principal_lost(),
        StepReason::NotChosen => t.reason_not_chosen(),
        StepReason::Unwanted => t.reason_unwanted(),
        StepReason::TagOnly => t.reason_tag_only(),
        StepReason::NotAllowed { .. } => t.reason_not_allowed(),
        StepReason::NeedsNotAllowed => t.reason_needs_not_allowed(),
    };
    fixed.to_owned()
}

fn property_name(t: Locale, property: Property) -> &'static str {
    match property {
        Property::Audience => t.property_audience(),
        Property::Redirect => t.property_redirect(),
        Property::Scope => t.property_scope(),
        Property::DeviceOnly => t.property_device_only(),
        Property::PublicClient => t.property_public_client(),
        Property::Permissions => t.property_permissions(),
        Property::AppIdUri => t.property_app_id_uri(),
        Property::Consent => t.property_consent(),
        Property::Implicit => t.property_implicit(),
        Property::TokenVersion => t.property_token_version(),
        Property::Tag => t.property_label(),
        Property::Active => t.property_active(),
        Property::Enabled => t.property_enabled(),
        Property::Assignment => t.property_assignment(),
    }
}
