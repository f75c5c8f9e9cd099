//! Repairs as text, and the check box that selects one.

use jiff::Timestamp;
use yew::prelude::Html;

use crate::ui::components::markup::tag;
use crate::ui::field_id::MEND;
use crate::ui::pair::state::PairModel;
use domain::locale::Locale;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;

/// Text of a repair's check box.
#[must_use]
pub fn repair_name(words: Locale, repair: Repair) -> String {
    let fixed = match repair {
        Repair::OldSecret(key) => return words.repair_old_secret(key.to_string()),
        Repair::Provider(namespace) => return words.repair_provider(namespace.name()),
        Repair::Restore(_) => words.repair_restore(),
        Repair::Create(AppRole::Server) => words.repair_create_server(),
        Repair::Create(AppRole::Client) => words.repair_create_client(),
        Repair::Audience(_) => words.repair_audience(),
        Repair::Redirect(_) => words.repair_redirect(),
        Repair::SecondLocalhost => words.repair_second_localhost(),
        Repair::BrokerOnServer => words.repair_broker_on_server(),
        Repair::ForeignBroker => words.repair_foreign_broker(),
        Repair::Scope => words.repair_scope(),
        Repair::ScopeForUsers => words.repair_scope_for_users(),
        Repair::DeviceTokens => words.repair_device_tokens(),
        Repair::TokenVersion => words.repair_token_version(),
        Repair::Implicit(_) => words.repair_implicit(),
        Repair::AppIdUri => words.repair_app_id_uri(),
        Repair::PublicClient => words.repair_public_client(),
        Repair::Permissions => words.repair_permissions(),
        Repair::AzureAdGraph(_) => words.repair_azure_ad_graph(),
        Repair::OwnApi(_) => words.repair_own_api(),
        Repair::DelegatedDirectory => words.repair_delegated_directory(),
        Repair::GoneScope => words.repair_gone_scope(),
        Repair::DirectoryOn => words.repair_directory_on(),
        Repair::DirectoryOff => words.repair_directory_off(),
        Repair::Principal(_) => words.repair_principal(),
        Repair::Reactivate(_) => words.repair_reactivate(),
        Repair::Enable(_) => words.repair_enable(),
        Repair::Assignment(_) => words.repair_assignment(),
        Repair::ServerConsent => words.repair_server_consent(),
        Repair::GraphConsent => words.repair_graph_consent(),
        Repair::Secret => words.repair_secret(),
        Repair::Delete(AppRole::Server) => words.repair_delete_server(),
        Repair::Delete(AppRole::Client) => words.repair_delete_client(),
    };
    fixed.to_owned()
}

/// Check box of a repair. A page may show the same repair twice: `place` keeps the IDs distinct.
pub fn repair_box(
    words: Locale,
    doctor: &PairModel,
    now: Timestamp,
    place: &str,
    repair: Repair,
) -> Html {
    let key = repair.key();
    let id = format!("{place}-{key}");
    let may = doctor.may_choose(repair, now);
    tag("label")
        .set_to("for", &id)
        .class("choice")
        .with(
            tag("input")
                .set_to("id", &id)
                .set_to("name", &format!("{MEND}{key}"))
                .set("type", "checkbox")
                .set_if("disabled", !may)
                .value("on")
                .checked(doctor.chosen.contains(&repair)),
        )
        .with(
            tag("span")
                .class("choice-text")
                .with(
                    tag("span")
                        .class("choice-name")
                        .say(&repair_name(words, repair)),
                )
                .maybe(repair.takes_away().then(|| {
                    tag("span")
                        .class("field-hint")
                        .say(if matches!(repair, Repair::Delete(_)) {
                            words.repair_can_be_restored()
                        } else {
                            words.repair_takes_away()
                        })
                        .html()
                }))
                .maybe((!may).then(|| {
                    tag("span")
                        .class("field-hint")
                        .say(words.repair_not_yet())
                        .html()
                })),
        )
        .html()
}
