//! Routes of the page: the part of the URL after `#`, so that Back, Forward and bookmarks work.

use domain::locale::Locale;
use domain::variants::variants;
use strum::EnumCount;
use strum::EnumIter;
use strum::IntoEnumIterator as _;
use strum::VariantArray;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter)]
pub enum Route {
    #[default]
    Start,
    /// App ID URI check without a sign-in.
    CheckUri,
    /// How to get a client ID for this site.
    Register,
    /// A plan for another person, or from one.
    Plan,
    #[strum(disabled)]
    Step(WizardStep),
    /// Review + create.
    Review,
    Run,
    /// Find an existing pair.
    CheckPair,
    /// Check result of the pair.
    Report,
    /// Retire the pair.
    Retire,
    /// Resource providers of many subscriptions: the table.
    Providers,
    /// What will be registered.
    ProvidersReview,
    /// The registration, under way or ended.
    ProvidersRun,
    /// Unfinished runs.
    Unfinished,
    /// Undo of a run.
    Undo,
    /// What to enter in Configuration Manager.
    HandOver,
    /// The evidence of a run, and the check of evidence without a sign-in.
    Evidence,
}

/// The steps of the wizard, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumCount, VariantArray)]
pub enum WizardStep {
    /// Connection, cloud and sign-in.
    AzureService,
    WebApp,
    NativeApp,
    Discovery,
    /// Subscription and resource providers.
    Subscription,
}

impl WizardStep {
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Name in the list of steps and on the Next button.
    #[must_use]
    pub fn name(self, t: Locale) -> &'static str {
        match self {
            Self::AzureService => t.step_azure_service(),
            Self::WebApp => t.step_web_app(),
            Self::NativeApp => t.step_native_app(),
            Self::Discovery => t.step_discovery(),
            Self::Subscription => t.step_subscription(),
        }
    }
}

impl Route {
    /// Every route, in the order of the enum, then the steps of the wizard.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter().chain(WizardStep::ALL.map(Self::Step))
    }

    /// True if the page only reads: its sign-in asks for read permissions only.
    #[must_use]
    pub fn only_reads(self) -> bool {
        matches!(self, Self::CheckPair | Self::Report | Self::Retire)
    }

    /// True if the page needs Azure alone.
    #[must_use]
    pub fn is_of_providers(self) -> bool {
        matches!(
            self,
            Self::Providers | Self::ProvidersReview | Self::ProvidersRun
        )
    }

    /// The part after `#`. It begins with a slash, which a sign-in response never does.
    #[must_use]
    pub fn address(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::CheckUri => "/app-id-uri",
            Self::Register => "/client-id",
            Self::Plan => "/plan",
            Self::Step(WizardStep::AzureService) => "/azure-service",
            Self::Step(WizardStep::WebApp) => "/web-app",
            Self::Step(WizardStep::NativeApp) => "/native-app",
            Self::Step(WizardStep::Discovery) => "/discovery",
            Self::Step(WizardStep::Subscription) => "/subscription",
            Self::Review => "/review",
            Self::Run => "/run",
            Self::CheckPair => "/check",
            Self::Report => "/report",
            Self::Retire => "/retire",
            Self::Providers => "/providers",
            Self::ProvidersReview => "/providers/review",
            Self::ProvidersRun => "/providers/run",
            Self::Unfinished => "/unfinished",
            Self::Undo => "/undo",
            Self::HandOver => "/hand-over",
            Self::Evidence => "/evidence",
        }
    }

    #[must_use]
    pub fn find(address: &str) -> Option<Self> {
        Self::all().find(|place| place.address() == address)
    }
}

/// Window title of a page.
#[must_use]
pub fn title(place: Route, t: Locale) -> &'static str {
    match place {
        Route::Start => t.start_title(),
        Route::CheckUri => t.uri_title(),
        Route::Register => t.register_title(),
        Route::Plan => t.shared_plan_title(),
        Route::Step(WizardStep::AzureService) => t.azure_service_title(),
        Route::Step(WizardStep::WebApp) => t.web_app_title(),
        Route::Step(WizardStep::NativeApp) => t.native_app_title(),
        Route::Step(WizardStep::Discovery) => t.discovery_title(),
        Route::Step(WizardStep::Subscription) => t.subscription_title(),
        Route::Review => t.review_title(),
        Route::Run => t.run_title_underway(),
        Route::CheckPair => t.check_pair_title(),
        Route::Report => t.report_title(),
        Route::Retire => t.retire_title(),
        Route::Providers => t.providers_title(),
        Route::ProvidersReview => t.providers_review_title(),
        Route::ProvidersRun => t.providers_run_title(),
        Route::Unfinished => t.unfinished_title(),
        Route::Undo => t.undo_title(),
        Route::HandOver => t.hand_over_title(),
        Route::Evidence => t.evidence_title(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_found_by_its_address() {
        for place in Route::all() {
            assert_eq!(Route::find(place.address()), Some(place));
            assert!(place.address().starts_with('/'));
        }
        assert_eq!(Route::find("code=1"), None);
    }
}
