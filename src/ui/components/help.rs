//! What a field is for, what happens with its value, and Microsoft's page about it: folded, beside the hint.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::outside::source;
use crate::ui::field_id::FieldId;
use domain::locale::Locale;
use domain::sources;
use domain::sources::Source;

/// The help of a field. Empty for a field whose hint says everything.
pub fn help(t: Locale, entry: FieldId, label: &str) -> Html {
    let Some((sentences, page)) = content(t, entry) else {
        return Html::default();
    };
    el("details")
        .key_text(entry.key())
        .class("fold help no-print")
        .child(
            el("summary")
                .text(t.help_title())
                .child(el("span").class("unseen").text(" ").text(label)),
        )
        .child(el("p").class("field-hint").text(sentences))
        .node(source(t, page))
        .html()
}

fn content(t: Locale, entry: FieldId) -> Option<(&'static str, Source)> {
    Some(match entry {
        FieldId::ConnectionName => (t.help_connection_name(), sources::WIZARD),
        FieldId::Description => (t.help_description(), sources::CONFIGURE),
        FieldId::Cloud => (t.help_cloud(), sources::CONFIGURE),
        FieldId::Tenant => (t.help_tenant(), sources::REGISTER),
        FieldId::ServerName => (t.help_server_name(), sources::REGISTER),
        FieldId::HomePageUrl => (t.help_home_page_url(), sources::CONFIGURE),
        FieldId::UriForm => (t.help_uri_form(), sources::CONFIGURE),
        FieldId::UriName | FieldId::CheckName => (t.help_uri_name(), sources::CONFIGURE),
        FieldId::UriDomain | FieldId::CheckDomains => (t.help_uri_domain(), sources::URIS),
        FieldId::UriText => (t.help_uri_text(), sources::URIS),
        FieldId::SecretLife => (t.help_secret_life(), sources::REGISTER),
        FieldId::ClientName => (t.help_client_name(), sources::REGISTER),
        FieldId::TextLanguage => (t.help_text_language(), sources::CONSENT),
        FieldId::GroupNames => (t.help_group_names(), sources::DISCOVERY),
        FieldId::Subscription => (t.help_subscription(), sources::SET_UP),
        FieldId::CheckCloud => (t.help_check_cloud(), sources::URIS),
        FieldId::CheckTenant => (t.help_check_tenant(), sources::URIS),
        FieldId::CheckApp => (t.help_check_app(), sources::URIS),
        FieldId::CheckUnique => (t.help_check_unique(), sources::POLICY),
        FieldId::CheckDefault => (t.help_check_default(), sources::POLICY),
        FieldId::CheckUri => (t.help_check_uri(), sources::URIS),
        FieldId::PairId => (t.help_pair_id(), sources::REGISTER),
        FieldId::PickServer => (t.help_pick_server(), sources::REGISTER),
        FieldId::PickClient => (t.help_pick_client(), sources::REGISTER),
        FieldId::RegisterCloud => (t.help_register_cloud(), sources::NATIONAL_CLOUDS),
        FieldId::RegisterWork => (t.help_register_work(), sources::CONSENT),
        FieldId::RegisterAddress => (t.help_register_address(), sources::REPLY_URL),
        FieldId::UserDiscovery
        | FieldId::GroupDiscovery
        | FieldId::AnotherSecret
        | FieldId::SecretLater
        | FieldId::AdoptServer
        | FieldId::AdoptClient
        | FieldId::Theme
        | FieldId::Language
        | FieldId::RegisterFramed
        | FieldId::RegisterConsent
        | FieldId::RegisterWay
        | FieldId::Journal
        | FieldId::KeepAsFile
        | FieldId::OnRefusal
        | FieldId::SiteDisconnected
        | FieldId::RequestFormat
        | FieldId::PlanText
        | FieldId::SetupExport
        | FieldId::ForGood
        | FieldId::HasNewSecret
        | FieldId::ReportFilter
        | FieldId::ReportGrouping
        | FieldId::EarlierReport
        | FieldId::EvidenceFormat
        | FieldId::EvidencePack
        | FieldId::EvidenceEnd
        | FieldId::Providers(_)
        | FieldId::Repair(_) => return None,
    })
}
