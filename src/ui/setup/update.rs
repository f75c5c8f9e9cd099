//! What an answer changes: the draft, the App ID URI page, and what is read again.

use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::review::state::Review;
use crate::ui::route::Route;
use crate::ui::sign_in::state::ReadState;
use crate::ui::storage;
use domain::ids::SubscriptionId;
use engine::desired::OnRefusal;
use engine::desired::text_language::TextLanguage;
use engine::export::request::RequestFormat;
use engine::journal::JournalLocation;
use engine::read::observed::there;

impl Model {
    pub(in crate::ui) fn typed(&mut self, entry: FieldId, text: String) -> Vec<Effect> {
        let is_on = !text.is_empty();
        let before = self.sign_in.access.tenant_mismatch(&self.setup.draft);
        let draft = &mut self.setup.draft;
        match entry {
            FieldId::ConnectionName => draft.connection_name = text,
            FieldId::Description => draft.description = text,
            FieldId::Cloud => draft.cloud = text,
            FieldId::Tenant => draft.tenant = text,
            FieldId::ServerName => draft.server_name = text,
            FieldId::HomePageUrl => draft.home_page_url = text,
            FieldId::UriForm => draft.uri_form = text,
            FieldId::UriName => draft.uri_name = text,
            FieldId::UriDomain => draft.uri_domain = text,
            FieldId::UriText => draft.uri_text = text,
            FieldId::SecretLife => draft.secret_life = text,
            FieldId::ClientName => draft.client_name = text,
            FieldId::TextLanguage => {
                draft.choose_text_language(TextLanguage::find(&text).unwrap_or_default());
            }
            FieldId::UserDiscovery => draft.user_discovery = is_on,
            FieldId::GroupDiscovery => draft.group_discovery = is_on,
            FieldId::GroupNames => draft.group_names = text,
            FieldId::Subscription => draft.subscription = text,
            FieldId::AnotherSecret => draft.another_secret = is_on,
            FieldId::SecretLater => draft.secret_later = is_on,
            FieldId::OnRefusal => draft.on_refusal = OnRefusal::find(&text),
            FieldId::AdoptServer | FieldId::AdoptClient => {
                let Review::Ready(review) = &self.review.state else {
                    return Vec::new();
                };
                let observed = &review.observed;
                let found = if entry == FieldId::AdoptServer {
                    there(&observed.server)
                } else {
                    there(&observed.client)
                };
                if let Some(app) = found.map(|app| app.app_id) {
                    draft.adopted.retain(|it| *it != app);
                    if is_on {
                        draft.adopted.push(app);
                    }
                }
            }
            FieldId::KeepAsFile => {
                self.runs.journals.keeping = if is_on {
                    JournalLocation::File
                } else {
                    JournalLocation::Store
                };
                return Vec::new();
            }
            FieldId::Theme => return self.choose_theme(&text),
            FieldId::Language => return self.choose_language(&text),
            FieldId::RequestFormat => {
                self.review.format = RequestFormat::find(&text).unwrap_or_default();
                return Vec::new();
            }
            FieldId::SiteDisconnected => {
                self.review.is_site_disconnected = is_on;
                return Vec::new();
            }
            // From a link; `FieldId::part` gives typed ones to their part.
            FieldId::Providers(field) => {
                self.providers.answers.set(field, text);
                return Vec::new();
            }
            // `FieldId::part` gives them to their part.
            FieldId::Journal
            | FieldId::PlanText
            | FieldId::SetupExport
            | FieldId::ForGood
            | FieldId::PairId
            | FieldId::PickServer
            | FieldId::PickClient
            | FieldId::HasNewSecret
            | FieldId::ReportFilter
            | FieldId::ReportGrouping
            | FieldId::EarlierReport
            | FieldId::EvidenceFormat
            | FieldId::EvidencePack
            | FieldId::EvidenceEnd
            | FieldId::Repair(_) => return Vec::new(),
            FieldId::CheckCloud
            | FieldId::CheckTenant
            | FieldId::CheckApp
            | FieldId::CheckDomains
            | FieldId::CheckUnique
            | FieldId::CheckDefault
            | FieldId::CheckUri
            | FieldId::CheckName => {
                self.app_id_uri.check.set(entry, text);
                self.app_id_uri.is_check_own = true;
                let kept = storage::write_check(&self.app_id_uri.check);
                return vec![Effect::Remember(storage::CHECK, kept)];
            }
            FieldId::RegisterCloud
            | FieldId::RegisterWork
            | FieldId::RegisterAddress
            | FieldId::RegisterFramed
            | FieldId::RegisterConsent
            | FieldId::RegisterWay => {
                self.registration.set(entry, text);
                return vec![Effect::Remember(storage::FORM, self.registration.kept())];
            }
        }
        self.setup.is_draft_own = true;
        self.drop_unasked();
        self.recheck();
        let mut effects = vec![self.keep_draft()];
        effects.extend(self.ask_tenant_again(before));
        if entry == FieldId::Subscription {
            effects.extend(self.read_providers());
            if self.route == Route::Report {
                effects.extend(self.examine());
            }
        }
        if matches!(
            entry,
            FieldId::AnotherSecret
                | FieldId::SecretLater
                | FieldId::OnRefusal
                | FieldId::AdoptServer
                | FieldId::AdoptClient
        ) {
            effects.extend(self.read_for_review());
        }
        effects
    }

    /// Removes white space around a pasted value, when the admin leaves its field. While typing, a space at the end may be a part of a name.
    pub(in crate::ui) fn trim(&mut self, entry: FieldId) -> Vec<Effect> {
        let Some(text) = self.setup.draft_line(entry) else {
            return Vec::new();
        };
        let trimmed = text.trim().to_owned();
        if trimmed == *text {
            return Vec::new();
        }
        self.typed(entry, trimmed)
    }

    pub(in crate::ui) fn keep_draft(&self) -> Effect {
        Effect::Remember(storage::DRAFT, storage::write_draft(&self.setup.draft))
    }

    /// Reads the providers of the selected subscription, unless they are read or being read.
    pub(in crate::ui) fn read_providers(&mut self) -> Option<Effect> {
        let chosen: SubscriptionId = self.setup.draft.subscription.parse().ok()?;
        let user = self.sign_in.access.user_mut()?;
        if !user.may_use_azure {
            return None;
        }
        if user.providers.as_ref().is_some_and(|(of, _)| *of == chosen) {
            return None;
        }
        user.providers = Some((chosen, ReadState::Waiting));
        Some(Effect::ReadProviders(chosen))
    }

    pub(in crate::ui) fn read_again(&mut self) -> Vec<Effect> {
        let Some(user) = self.sign_in.access.user_mut() else {
            return Vec::new();
        };
        user.facts = ReadState::Waiting;
        user.subscriptions = ReadState::Waiting;
        user.providers = None;
        let mut effects = vec![Effect::ReadSubscriptions];
        effects.extend((!self.is_for_azure_only()).then_some(Effect::ReadTenant));
        effects.extend(self.read_providers());
        effects
    }
}
