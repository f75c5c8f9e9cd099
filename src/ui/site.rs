//! Site settings from the site owner, whether they are valid, and which parts of the page they turn on.

use crate::ui::access::Access;
use crate::ui::msg::Effect;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::stage::Stage;
use domain::config::Config;
use domain::config::features::Feature;
use engine::desired::Draft;

/// Redirect page of the sign-in window. It passes the response to the page in the frame.
pub const BRIDGE: &str = "bridge.html";

/// URL of a file in the same folder as the page. The page's file name does not matter.
#[must_use]
pub fn beside(home: &str, file: &str) -> String {
    let folder = home.rfind('/').map_or(home, |slash| &home[..=slash]);
    format!("{folder}{file}")
}

/// The settings of the site.
#[derive(Clone, Debug, PartialEq)]
pub enum Site {
    Reading,
    /// The file could not be read.
    Unread,
    /// The settings are invalid, with the reason as text.
    Refused(String),
    Ready(Config),
}

impl Site {
    /// The settings, if they are valid.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        match self {
            Self::Ready(config) => Some(config),
            Self::Reading | Self::Unread | Self::Refused(_) => None,
        }
    }
}

impl Stage {
    /// Whether a feature is on. All are on until the site's settings turn them off.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        self.site
            .config()
            .is_none_or(|config| config.features.has(feature))
    }

    /// Whether the site owner has turned off the feature of a page. Work that has begun can be finished.
    #[must_use]
    pub fn is_off(&self, place: Place) -> bool {
        let needed: &[Feature] = match place {
            Place::Start
            | Place::Register
            | Place::Run
            | Place::Unfinished
            | Place::Undo
            | Place::HandOver => &[],
            Place::Review if self.is_begun() => &[],
            Place::Report if self.draft.has_existing() => &[],
            Place::CheckUri => &[Feature::AppIdUriCheck],
            Place::Step(Step::Discovery) => &[Feature::SetUp, Feature::Discovery],
            Place::Step(Step::Subscription) => &[Feature::SetUp, Feature::Providers],
            Place::Step(Step::AzureService | Step::WebApp | Step::NativeApp) | Place::Review => {
                &[Feature::SetUp]
            }
            Place::CheckPair | Place::Report => &[Feature::Check],
            Place::Retire => &[Feature::Check, Feature::Retire],
        };
        needed.iter().any(|feature| !self.has(*feature))
    }

    /// A review may belong to a repair or to a run to continue. After the sign-in redirect that is not known yet.
    fn is_begun(&self) -> bool {
        self.draft.has_existing()
            || self.journals.is_waiting()
            || matches!(self.access, Access::Returning)
    }

    /// The steps of the wizard that are on, in order.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Step> {
        Step::ALL
            .into_iter()
            .filter(|step| !self.is_off(Place::Step(*step)))
    }

    pub(super) fn site_read(&mut self, site: Site) -> Vec<Effect> {
        self.site = site;
        let Some(config) = self.site.config().cloned() else {
            let mut effects = self.drop_answer();
            if let Some(link) = self.waiting_link.take() {
                effects.extend(self.follow(link));
            }
            return effects;
        };
        self.take_defaults(&config);
        self.form
            .propose(self.draft.cloud(), !config.parents.is_empty());
        // No sign-in request: the draft behind the response is missing or was rejected, so the response is dropped.
        let mut effects = match self.wish() {
            None => self.drop_answer(),
            Some(wish) => {
                let finish = |answer| Effect::FinishSignIn {
                    answer,
                    wish: Box::new(wish),
                };
                self.answer.take().map(finish).into_iter().collect()
            }
        };
        if let Some(link) = self.waiting_link.take() {
            effects.extend(self.follow(link));
        }
        // The page may have opened on a route that the settings turn off.
        if self.is_off(self.place) {
            effects.extend(self.enter(self.place, false));
        }
        effects
    }

    fn drop_answer(&mut self) -> Vec<Effect> {
        if self.answer.take().is_none() {
            return Vec::new();
        }
        self.access = Access::Out;
        vec![Effect::AbandonSignIn]
    }

    /// Applies the site owner's defaults where the admin has not typed yet.
    fn take_defaults(&mut self, config: &Config) {
        if !self.is_check_own {
            if let Some(cloud) = config.cloud {
                self.check.cloud = cloud.key().to_owned();
            }
            if let Some(name) = &config.proposals.uri_name {
                self.check.name.clone_from(name);
            }
        }
        if !self.is_draft_own {
            propose(config, &mut self.draft);
        }
        self.drop_unasked();
        self.recheck();
    }

    /// Clears answers of features that are off, from any source: they would be applied without being shown.
    pub(super) fn drop_unasked(&mut self) {
        let has_discovery = self.has(Feature::Discovery);
        let has_providers = self.has(Feature::Providers);
        let parked = self.doctor.parked.as_deref_mut();
        for draft in [&mut self.draft].into_iter().chain(parked) {
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

/// Writes the site owner's defaults into a draft that the admin has not edited.
pub(super) fn propose(config: &Config, draft: &mut Draft) {
    let proposals = &config.proposals;
    let text = |value: Option<&str>, slot: &mut String| {
        if let Some(value) = value {
            value.clone_into(slot);
        }
    };
    text(config.cloud.map(|it| it.key()), &mut draft.cloud);
    let tenant = config.tenant.as_ref().map(ToString::to_string);
    text(tenant.as_deref(), &mut draft.tenant);
    let names =
        [&proposals.server_app, &proposals.client_app].map(|it| it.as_ref().map(|it| it.as_str()));
    text(names[0], &mut draft.server_name);
    text(names[1], &mut draft.client_name);
    let name = proposals.connection_name.as_ref().map(|it| it.as_str());
    text(name, &mut draft.connection_name);
    text(
        proposals.connection_description.as_deref(),
        &mut draft.description,
    );
    text(proposals.uri_form.map(|it| it.key()), &mut draft.uri_form);
    text(proposals.uri_name.as_deref(), &mut draft.uri_name);
    let domain = proposals.uri_domain.as_ref().map(|it| it.as_str());
    text(domain, &mut draft.uri_domain);
    text(
        proposals.secret_life.map(|it| it.key()),
        &mut draft.secret_life,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_beside_the_page_whatever_the_page_is_called() {
        for (home, url) in [
            ("https://contoso.com/", "https://contoso.com/config.json"),
            (
                "https://contoso.com/cmg/",
                "https://contoso.com/cmg/config.json",
            ),
            (
                "https://contoso.com/cmg/index.html",
                "https://contoso.com/cmg/config.json",
            ),
        ] {
            assert_eq!(beside(home, "config.json"), url);
        }
    }
}
