//! The places of the page and their addresses: what follows `#`, so that Back, Forward and bookmarks work.

use domain::words::Words;

/// A place a person can be at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// What the page does, and the ways in.
    #[default]
    Start,
    /// Check an App ID URI without signing in.
    CheckUri,
    /// How to get a client ID for this site.
    Register,
    /// A step of the wizard.
    Step(Step),
    /// Review + create.
    Review,
    /// The run.
    Run,
    /// Find a pair that is there already.
    CheckPair,
    /// What is right and wrong with it.
    Report,
    /// Retire it.
    Retire,
    /// Runs that are not finished.
    Unfinished,
    /// Taking back what a run made.
    Undo,
    /// What to enter in Configuration Manager.
    HandOver,
}

/// A step of the wizard, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Connection, cloud and sign-in.
    AzureService,
    /// The web (server) app.
    WebApp,
    /// The native (client) app.
    NativeApp,
    /// Discovery.
    Discovery,
    /// Subscription and resource providers.
    Subscription,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::AzureService,
        Self::WebApp,
        Self::NativeApp,
        Self::Discovery,
        Self::Subscription,
    ];

    /// Its name in the list of steps and on the Next button.
    #[must_use]
    pub fn name(self, words: Words) -> &'static str {
        match self {
            Self::AzureService => words.step_azure_service(),
            Self::WebApp => words.step_web_app(),
            Self::NativeApp => words.step_native_app(),
            Self::Discovery => words.step_discovery(),
            Self::Subscription => words.step_subscription(),
        }
    }
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Start,
        Self::CheckUri,
        Self::Register,
        Self::Step(Step::AzureService),
        Self::Step(Step::WebApp),
        Self::Step(Step::NativeApp),
        Self::Step(Step::Discovery),
        Self::Step(Step::Subscription),
        Self::Review,
        Self::Run,
        Self::CheckPair,
        Self::Report,
        Self::Retire,
        Self::Unfinished,
        Self::Undo,
        Self::HandOver,
    ];

    /// True where the page only reads: a sign-in from there is asked for no more than that.
    #[must_use]
    pub fn only_reads(self) -> bool {
        matches!(self, Self::CheckPair | Self::Report | Self::Retire)
    }

    /// What follows `#`. Always begins with a slash, which no answer of a sign-in does.
    #[must_use]
    pub fn address(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::CheckUri => "/app-id-uri",
            Self::Register => "/client-id",
            Self::Step(Step::AzureService) => "/azure-service",
            Self::Step(Step::WebApp) => "/web-app",
            Self::Step(Step::NativeApp) => "/native-app",
            Self::Step(Step::Discovery) => "/discovery",
            Self::Step(Step::Subscription) => "/subscription",
            Self::Review => "/review",
            Self::Run => "/run",
            Self::CheckPair => "/check",
            Self::Report => "/report",
            Self::Retire => "/retire",
            Self::Unfinished => "/unfinished",
            Self::Undo => "/undo",
            Self::HandOver => "/hand-over",
        }
    }

    /// The place of an address.
    #[must_use]
    pub fn find(address: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|place| place.address() == address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_by_its_address() {
        for place in Place::ALL {
            assert_eq!(Place::find(place.address()), Some(place));
            assert!(place.address().starts_with('/'));
        }
        assert_eq!(Place::find("code=1"), None);
    }
}
