//! Repairs as text, and the check box that selects one.

use jiff::Timestamp;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::field_id::REPAIR_PREFIX;
use crate::ui::pair::state::PairModel;
use domain::locale::Locale;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;

/// Text of a repair's check box.
#[must_use]
pub fn repair_name(t: Locale, repair: Repair) -> String {
    let fixed = match repair {
        Repair::OldSecret(key) => return t.repair_old_secret(key.to_string()),
        Repair::Provider(namespace) => return t.repair_provider(namespace.name()),
        Repair::Restore(_) => t.repair_restore(),
        Repair::Create(AppRole::Server) => t.repair_create_server(),
        Repair::Create(AppRole::Client) => t.repair_create_client(),
        Repair::Audience(_) => t.repair_audience(),
        Repair::Redirect(_) => t.repair_redirect(),
        Repair::SecondLocalhost => t.repair_second_localhost(),
        Repair::BrokerOnServer => t.repair_broker_on_server(),
        Repair::ForeignBroker => t.repair_foreign_broker(),
        Repair::Scope => t.repair_scope(),
        Repair::ScopeForUsers => t.repair_scope_for_users(),
        Repair::DeviceTokens => t.repair_device_tokens(),
        Repair::TokenVersion => t.repair_token_version(),
        Repair::Implicit(_) => t.repair_implicit(),
        Repair::AppIdUri => t.repair_app_id_uri(),
        Repair::PublicClient => t.repair_public_client(),
        Repair::Permissions => t.repair_permissions(),
        Repair::AzureAdGraph(_) => t.repair_azure_ad_graph(),
        Repair::OwnApi(_) => t.repair_own_api(),
        Repair::DelegatedDirectory => t.repair_delegated_directory(),
        Repair::GoneScope => t.repair_gone_scope(),
        Repair::DirectoryOn => t.repair_directory_on(),
        Repair::DirectoryOff => t.repair_directory_off(),
        Repair::Principal(_) => t.repair_principal(),
        Repair::Reactivate(_) => t.repair_reactivate(),
        Repair::Enable(_) => t.repair_enable(),
        Repair::Assignment(_) => t.repair_assignment(),
        Repair::ServerConsent => t.repair_server_consent(),
        Repair::GraphConsent => t.repair_graph_consent(),
        Repair::Secret => t.repair_secret(),
        Repair::Delete(AppRole::Server) => t.repair_delete_server(),
        Repair::Delete(AppRole::Client) => t.repair_delete_client(),
    };
    fixed.to_owned()
}

/// Check box of a repair. A page may show the same repair twice: `place` keeps the IDs distinct.
pub fn repair_box(
    t: Locale,
    pair_model: &PairModel,
    now: Timestamp,
    place: &str,
    repair: Repair,
) -> Html {
    let key = repair.key();
    let id = format!("{place}-{key}");
    let may = pair_model.may_choose(repair, now);
    el("label")
        .attr_value("for", &id)
        .class("choice")
        .child(
            el("input")
                .attr_value("id", &id)
                .attr_value("name", &format!("{REPAIR_PREFIX}{key}"))
                .attr("type", "checkbox")
                .attr_if("disabled", !may)
                .value("on")
                .checked(pair_model.chosen.contains(&repair)),
        )
        .child(
            el("span")
                .class("choice-text")
                .child(
                    el("span")
                        .class("choice-name")
                        .text(&repair_name(t, repair)),
                )
                .node_some(repair.takes_away().then(|| {
                    el("span")
                        .class("field-hint")
                        .text(if matches!(repair, Repair::Delete(_)) {
                            t.repair_can_be_restored()
                        } else {
                            t.repair_takes_away()
                        })
                        .html()
                }))
                .node_some((!may).then(|| {
                    el("span")
                        .class("field-hint")
                        .text(t.repair_not_yet())
                        .html()
                })),
        )
        .html()
}
