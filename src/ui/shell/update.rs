//! Applies the settings of the site to the model.

use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::propose;
use crate::ui::shell::theme::Theme;
use crate::ui::sign_in::state::AuthState;
use crate::ui::storage;
use domain::config::Config;
use domain::config::features::Feature;

impl Model {
    /// Whether a feature is on. All are on until the site's settings turn them off.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        self.site.has(feature)
    }

    /// Whether the site owner has turned off the feature of a page. Work that has begun can be finished.
    #[must_use]
    pub fn is_off(&self, place: Route) -> bool {
        let is_begun = place == Route::Review && self.is_begun()
            || place == Route::Report && self.setup.draft.has_existing();
        !is_begun && self.site.turns_off(place)
    }

    /// A review may belong to a repair or to a run to continue. After the sign-in redirect that is not known yet.
    fn is_begun(&self) -> bool {
        self.setup.draft.has_existing()
            || self.runs.journals.is_waiting()
            || self.runs.unread.is_some()
            || matches!(self.sign_in.access, AuthState::Redeeming)
    }

    /// The steps of the wizard that are on, in order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = WizardStep> {
        WizardStep::ALL
            .into_iter()
            .filter(|step| !self.is_off(Route::Step(*step)))
    }

    pub(in crate::ui) fn site_read(&mut self, site: SiteConfig) -> Vec<Effect> {
        self.site = site;
        let Some(config) = self.site.config().cloned() else {
            let mut effects = self.drop_answer();
            if let Some(link) = self.links.waiting.take() {
                effects.extend(self.follow(link));
            }
            return effects;
        };
        self.take_defaults(&config);
        self.registration
            .propose(self.setup.draft.cloud(), !config.parents.is_empty());
        // No sign-in request: the draft behind the response is missing or was rejected, so the response is dropped.
        let mut effects = match self.sign_in_request() {
            None => self.drop_answer(),
            Some(request) => {
                let finish = |answer| Effect::FinishSignIn {
                    answer,
                    request: Box::new(request),
                };
                self.sign_in.answer.take().map(finish).into_iter().collect()
            }
        };
        if let Some(link) = self.links.waiting.take() {
            effects.extend(self.follow(link));
        }
        // The page may have opened on a route that the settings turn off.
        if self.is_off(self.route) {
            effects.extend(self.enter(self.route, false));
        }
        effects
    }

    /// Shows the chosen theme and keeps it for this tab.
    pub(in crate::ui) fn choose_theme(&mut self, key: &str) -> Vec<Effect> {
        self.theme = Theme::find(key);
        let kept = Effect::Remember(storage::THEME, self.theme.key().to_owned());
        vec![Effect::ShowTheme(self.theme), kept]
    }

    fn drop_answer(&mut self) -> Vec<Effect> {
        if self.sign_in.answer.take().is_none() {
            return Vec::new();
        }
        self.sign_in.access = AuthState::SignedOut;
        vec![Effect::AbandonSignIn]
    }

    /// Applies the site owner's defaults where the admin has not typed yet.
    fn take_defaults(&mut self, config: &Config) {
        if !self.app_id_uri.is_check_own {
            if let Some(cloud) = config.cloud {
                self.app_id_uri.check.cloud = cloud.key().to_owned();
            }
            if let Some(name) = &config.proposals.uri_name {
                self.app_id_uri.check.name.clone_from(name);
            }
        }
        if !self.setup.is_draft_own {
            propose(config, &mut self.setup.draft);
        }
        self.drop_unasked();
        self.recheck();
    }

    /// Clears answers of features that are off, from any source: they would be applied without being shown.
    pub(in crate::ui) fn drop_unasked(&mut self) {
        let has_discovery = self.has(Feature::Discovery);
        let has_providers = self.has(Feature::Providers);
        let saved_draft = self.pair.saved_draft.as_deref_mut();
        for draft in [&mut self.setup.draft].into_iter().chain(saved_draft) {
            if draft.has_existing() {
                continue;
            }
            if !has_discovery {
                draft.user_discovery = false;
                draft.group_discovery = false;
            }
            if !has_providers {
                draft.subscription.clear();
            }
        }
    }
}
