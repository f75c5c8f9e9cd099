//! Resource providers: the states Azure knows, and how long their registration is watched.

use std::time::Duration;

/// `registrationState`, in Azure's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationState {
    /// Never registered, or unregistered.
    NotRegistered,
    /// Asked for, and under way region by region. Azure says: do not wait for it before going on.
    Registering,
    /// Ready.
    Registered,
    /// Being unregistered by somebody.
    Unregistering,
}

impl RegistrationState {
    /// Reads Azure's word. Another word is not a state we know, and nothing is assumed from it.
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

/// How long to wait before looking again, after this many looks: 10 s, slower after a minute. `None`: enough looked.
///
/// Registering may take minutes per region and has been seen to take days (azure-cli #29028), so the run ends with
/// "under way" instead of waiting for it.
#[must_use]
pub fn next_look(looks: u32) -> Option<Duration> {
    match looks {
        0..6 => Some(Duration::from_secs(10)),
        6..12 => Some(Duration::from_secs(30)),
        _ => None,
    }
}
