//! Follows a prefill link: changes of the model.

use crate::ui::app_id_uri::state::UriCheck;
use crate::ui::field_id::FieldId;
use crate::ui::links::state::LinkError;
use crate::ui::links::state::LinkResult;
use crate::ui::links::state::PrefillLink;
use crate::ui::links::state::PrefilledField;
use crate::ui::links::state::kept;
use crate::ui::links::state::typed_in;
use crate::ui::links::state::write;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::providers::state::ProviderAnswers;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::propose;
use crate::ui::storage;
use domain::cloud::Cloud;
use domain::config::features::Feature;
use domain::ids::TenantId;
use engine::desired::Draft;
use engine::export::provider_request::ProviderRequest;

impl Model {
    /// A link with the answers of this page; `None` if they must not be carried.
    #[must_use]
    pub fn own_link(&self) -> Option<String> {
        if self.route == Route::CheckUri {
            let mut fresh = UriCheck::default();
            if let Some(cloud) = self.site.config().and_then(|config| config.cloud) {
                cloud.key().clone_into(&mut fresh.cloud);
            }
            let (typed, fresh) = (self.app_id_uri.check.typed(), fresh.typed());
            return Some(write(&self.home, Route::CheckUri, &typed, &fresh));
        }
        if self.route.is_of_providers() {
            let fresh = ProviderAnswers::default();
            let (cloud, tenant) = (&self.setup.draft.cloud, &self.setup.draft.tenant);
            let answers = self.providers.answers_for_link();
            let typed = answers.for_link(cloud, tenant);
            let cloud = self.site.config().and_then(|config| config.cloud);
            let fresh = fresh.for_link(cloud.unwrap_or_default().key(), "");
            return Some(write(&self.home, Route::Providers, &typed, &fresh));
        }
        if self.setup.draft.has_existing() || self.recorded_run().is_some() {
            return None;
        }
        let mut fresh = Draft::new(Cloud::default(), self.setup.draft.scope_id);
        if let Some(config) = self.site.config() {
            propose(config, &mut fresh);
        }
        let place = Route::Step(WizardStep::AzureService);
        let (typed, fresh) = (typed_in(&self.setup.draft), typed_in(&fresh));
        Some(write(&self.home, place, &typed, &fresh))
    }

    /// A link for the person who registers the providers of a request. `None` if that person cannot open this page by its address.
    #[must_use]
    pub fn provider_link(&self, tenant: TenantId, request: &ProviderRequest) -> Option<String> {
        if self.embedding.is_embedded() || self.site.turns_off(Route::Providers) {
            return None;
        }
        let answers = ProviderAnswers {
            wanted: request.namespaces.clone(),
            ids: request
                .subscription
                .map(|id| id.to_string())
                .unwrap_or_default(),
            ..ProviderAnswers::default()
        };
        let tenant = tenant.to_string();
        let typed = answers.for_link(request.cloud.key(), &tenant);
        let fresh = ProviderAnswers::default();
        let fresh = fresh.for_link(Cloud::default().key(), "");
        Some(write(&self.home, Route::Providers, &typed, &fresh))
    }

    /// Keeps the values of a plan link for the part that reads them. True if the address is one.
    pub(in crate::ui) fn takes_plan_link(&mut self, address: &str) -> bool {
        let Some((path, query)) = address.split_once('?') else {
            return false;
        };
        if path != Route::Plan.address() {
            return false;
        }
        self.plan.link = Some(query.to_owned());
        true
    }

    fn answer_of(&self, entry: FieldId) -> String {
        let draft = typed_in(&self.setup.draft);
        let check = self.app_id_uri.check.typed();
        let providers = self.providers.answers.typed();
        let all = draft.iter().chain(&check).chain(&providers);
        let found = all.into_iter().find(|(one, _)| *one == entry);
        found.map_or_else(String::new, |(_, text)| (*text).to_owned())
    }

    /// Follows a link, once the site's settings are read: the site owner's defaults apply first, and fields of disabled features are not
    /// filled in.
    pub(in crate::ui) fn follow(&mut self, link: Result<PrefillLink, LinkError>) -> Vec<Effect> {
        if matches!(self.site, SiteConfig::Reading) {
            self.links.waiting = Some(link);
            return vec![self.show_place(false)];
        }
        let is_busy = self.is_running()
            || self.runs.journals.undo.is_underway()
            || self.recorded_run().is_some();
        let link = match link {
            Ok(_) if is_busy => Err(LinkError::Busy),
            link => link,
        };
        let link = match link {
            Ok(link) => link,
            Err(fault) => {
                let announcement = fault.sentence(self.locale);
                self.links.followed = Some(LinkResult::Refused(fault));
                self.announce(&announcement);
                return vec![self.show_place(false)];
            }
        };
        // A link cannot fill in a repair's answers, so the wizard's answers are restored first.
        let mut effects = self.restore_draft();
        if let Some(language) = link.language {
            effects.extend(self.choose_language(language.tag()));
        }
        let mut filled = Vec::new();
        let mut unknown = link.unknown;
        for (entry, is) in link.fills {
            let feature = if matches!(
                entry,
                FieldId::UserDiscovery | FieldId::GroupDiscovery | FieldId::GroupNames
            ) {
                Some(Feature::Discovery)
            } else {
                (entry == FieldId::Subscription).then_some(Feature::Providers)
            };
            if feature.is_some_and(|feature| !self.has(feature)) {
                unknown.push(entry.key().to_owned());
                continue;
            }
            let was = self.answer_of(entry);
            if was == is {
                continue;
            }
            effects.extend(self.typed(entry, is.clone()));
            self.setup.left.insert(entry, ());
            filled.push(PrefilledField { entry, was, is });
        }
        effects.extend(self.enter(link.place, false));
        if filled.is_empty() && unknown.is_empty() {
            return effects;
        }
        let count = u64::try_from(filled.len()).unwrap_or_default();
        self.announce(&self.locale.link_filled(count));
        effects.push(Effect::Remember(storage::LINK, kept(&filled)));
        self.links.followed = Some(LinkResult::Filled(filled, unknown));
        effects
    }

    /// Closes the link banner. With `takes_back`, also undoes the link; fields that were edited since stay as they are.
    pub(in crate::ui) fn link_seen(&mut self, takes_back: bool) -> Vec<Effect> {
        let mut effects = vec![Effect::Forget(storage::LINK)];
        let Some(LinkResult::Filled(filled, _)) = self.links.followed.take() else {
            return effects;
        };
        if !takes_back
            || self.setup.draft.has_existing()
            || self.recorded_run().is_some()
            || self.is_running()
        {
            return effects;
        }
        for one in filled {
            if self.answer_of(one.entry) == one.is {
                effects.extend(self.typed(one.entry, one.was));
                self.setup.left.remove(&one.entry);
            }
        }
        effects.extend(self.enter_providers());
        self.announce(self.locale.link_taken_back());
        if self.route == Route::Review {
            effects.extend(self.read_for_review());
        }
        effects
    }
}
