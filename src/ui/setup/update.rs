//! What an answer changes: the draft, the App ID URI page, and what is read again.

use crate::ui::field_id::Entry;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::review::state::Review;
use crate::ui::route::Place;
use crate::ui::sign_in::state::Reading;
use crate::ui::storage;
use domain::ids::SubscriptionId;
use engine::journal::Keeping;
use engine::read::observed::there;

impl Model {
    pub(in crate::ui) fn typed(&mut self, entry: Entry, text: String) -> Vec<Effect> {
        let is_on = !text.is_empty();
        let before = self.sign_in.access.elsewhere(&self.setup.draft);
        let draft = &mut self.setup.draft;
        match entry {
            Entry::ConnectionName => draft.connection_name = text,
            Entry::Description => draft.description = text,
            Entry::Cloud => draft.cloud = text,
            Entry::Tenant => draft.tenant = text,
            Entry::ServerName => draft.server_name = text,
            Entry::HomePageUrl => draft.home_page_url = text,
            Entry::UriForm => draft.uri_form = text,
            Entry::UriName => draft.uri_name = text,
            Entry::UriDomain => draft.uri_domain = text,
            Entry::UriText => draft.uri_text = text,
            Entry::SecretLife => draft.secret_life = text,
            Entry::ClientName => draft.client_name = text,
            Entry::UserDiscovery => draft.user_discovery = is_on,
            Entry::GroupDiscovery => draft.group_discovery = is_on,
            Entry::GroupNames => draft.group_names = text,
            Entry::Subscription => draft.subscription = text,
            Entry::AnotherSecret => draft.another_secret = is_on,
            Entry::SecretLater => draft.secret_later = is_on,
            Entry::AdoptServer | Entry::AdoptClient => {
                let Review::Ready(sheet) = &self.review.state else {
                    return Vec::new();
                };
                let observed = &sheet.observed;
                let found = if entry == Entry::AdoptServer {
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
            Entry::Journal => return self.journal_opened(text),
            Entry::KeepAsFile => {
                self.runs.journals.keeping = if is_on { Keeping::File } else { Keeping::Shelf };
                return Vec::new();
            }
            Entry::ForGood => {
                self.choose_for_good(is_on);
                return Vec::new();
            }
            Entry::PairId
            | Entry::PickServer
            | Entry::PickClient
            | Entry::HasNewSecret
            | Entry::EarlierReport
            | Entry::Repair(_) => return self.doctor_typed(entry, text),
            Entry::CheckCloud
            | Entry::CheckTenant
            | Entry::CheckApp
            | Entry::CheckDomains
            | Entry::CheckUnique
            | Entry::CheckDefault
            | Entry::CheckUri
            | Entry::CheckName => {
                self.app_id_uri.check.set(entry, text);
                self.app_id_uri.is_check_own = true;
                let kept = storage::write_check(&self.app_id_uri.check);
                return vec![Effect::Remember(storage::CHECK, kept)];
            }
            Entry::RegisterCloud
            | Entry::RegisterWork
            | Entry::RegisterAddress
            | Entry::RegisterFramed
            | Entry::RegisterConsent
            | Entry::RegisterWay => {
                self.registration.set(entry, text);
                return vec![Effect::Remember(storage::FORM, self.registration.kept())];
            }
        }
        self.setup.is_draft_own = true;
        self.drop_unasked();
        self.recheck();
        let mut effects = vec![self.keep_draft()];
        effects.extend(self.ask_tenant_again(before));
        if entry == Entry::Subscription {
            effects.extend(self.read_providers());
            if self.route == Place::Report {
                effects.extend(self.examine());
            }
        }
        if matches!(
            entry,
            Entry::AnotherSecret | Entry::SecretLater | Entry::AdoptServer | Entry::AdoptClient
        ) {
            effects.extend(self.observe());
        }
        effects
    }

    pub(in crate::ui) fn keep_draft(&self) -> Effect {
        Effect::Remember(storage::DRAFT, storage::write_draft(&self.setup.draft))
    }

    /// Reads the providers of the selected subscription, unless they are read or being read.
    pub(in crate::ui) fn read_providers(&mut self) -> Option<Effect> {
        let chosen: SubscriptionId = self.setup.draft.subscription.parse().ok()?;
        let visitor = self.sign_in.access.visitor_mut()?;
        if visitor
            .providers
            .as_ref()
            .is_some_and(|(of, _)| *of == chosen)
        {
            return None;
        }
        visitor.providers = Some((chosen, Reading::Waiting));
        Some(Effect::ReadProviders(chosen))
    }

    pub(in crate::ui) fn read_again(&mut self) -> Vec<Effect> {
        let Some(visitor) = self.sign_in.access.visitor_mut() else {
            return Vec::new();
        };
        visitor.facts = Reading::Waiting;
        visitor.subscriptions = Reading::Waiting;
        visitor.providers = None;
        let mut effects = vec![Effect::ReadTenant, Effect::ReadSubscriptions];
        effects.extend(self.read_providers());
        effects
    }
}
