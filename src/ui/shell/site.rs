//! Site settings from the site owner, whether they are valid, and which parts of the page they turn on.

use crate::ui::route::Route;
use crate::ui::route::WizardStep;
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
pub enum SiteConfig {
    Reading,
    /// The file could not be read.
    Unread,
    /// The settings are invalid, with the reason as text.
    Refused(String),
    Ready(Config),
}

impl SiteConfig {
    /// The settings, if they are valid.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        match self {
            Self::Ready(config) => Some(config),
            Self::Reading | Self::Unread | Self::Refused(_) => None,
        }
    }

    /// Whether a feature is on. All are on until the site's settings turn them off.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        self.config()
            .is_none_or(|config| config.features.has(feature))
    }

    /// Whether the site owner has turned off the feature of a page.
    #[must_use]
    pub fn turns_off(&self, place: Route) -> bool {
        let needed: &[Feature] = match place {
            Route::Start
            | Route::Register
            | Route::Run
            | Route::Unfinished
            | Route::Undo
            | Route::HandOver
            | Route::Evidence => &[],
            Route::Plan => &[Feature::SetUp],
            Route::CheckUri => &[Feature::AppIdUriCheck],
            Route::Step(WizardStep::Discovery) => &[Feature::SetUp, Feature::Discovery],
            Route::Step(WizardStep::Subscription) => &[Feature::SetUp, Feature::Providers],
            Route::Step(WizardStep::AzureService | WizardStep::WebApp | WizardStep::NativeApp)
            | Route::Review => &[Feature::SetUp],
            Route::CheckPair | Route::Report => &[Feature::Check],
            Route::Retire => &[Feature::Check, Feature::Retire],
            // A registration that has begun can be watched to its end.
            Route::ProvidersRun => &[],
            Route::Providers | Route::ProvidersReview => &[Feature::Providers],
        };
        needed.iter().any(|feature| !self.has(*feature))
    }
}

/// Writes the site owner's defaults into a draft that the admin has not edited.
pub(in crate::ui) fn propose(config: &Config, draft: &mut Draft) {
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
    fn a_file_url_is_resolved_beside_the_page() {
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
