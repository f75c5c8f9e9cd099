//! Registration states of resource providers, and how long a run watches a registration.

use std::time::Duration;

/// Azure's `registrationState` of a resource provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationState {
    /// Never registered, or unregistered.
    NotRegistered,
    /// Requested and in progress region by region. Azure recommends not to wait for it.
    Registering,
    /// The provider is ready to use.
    Registered,
    /// The provider is being unregistered.
    Unregistering,
}

impl RegistrationState {
    /// Parses Azure's value. `None` for a value that is not one of these states.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        [
            ("NotRegistered", Self::NotRegistered),
            ("Registering", Self::Registering),
            ("Registered", Self::Registered),
            ("Unregistering", Self::Unregistering),
        ]
        .into_iter()
        .find_map(|(name, state)| name.eq_ignore_ascii_case(word).then_some(state))
    }
}

/// Wait time before the next status check, after this many checks: 10 s, longer after a minute. `None`: no further checks.
///
/// Registration can take minutes per region and took days in one report (azure-cli #29028), so the run ends with "in progress" instead of
/// waiting for it.
#[must_use]
pub fn next_look(looks: u32) -> Option<Duration> {
    match looks {
        0..6 => Some(Duration::from_secs(10)),
        6..12 => Some(Duration::from_secs(30)),
        _ => None,
    }
}

/// How long a run watches a registration at most.
#[must_use]
pub fn longest_watch() -> Duration {
    (0..).map_while(next_look).sum()
}
