//! Session storage of this tab. It survives a redirect and a reload, and ends with the tab.

use web_sys::Storage;

/// Prefix of every key, because other pages may share the origin.
const PREFIX: &str = "cmg-entra-setup:";

#[must_use]
pub fn session_get(key: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// `false` if the browser refused (private mode, full, blocked).
#[must_use]
pub fn session_set(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{key}"), text).is_ok())
}

pub fn session_remove(key: &str) {
    if let Some(storage) = storage() {
        // Fails only for a missing key or blocked storage; then nothing is left behind either.
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// Whether this page has stored anything under another key.
#[must_use]
pub fn has_other_than(known: &[&str]) -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let mut keys =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    keys.any(|key| {
        key.strip_prefix(PREFIX)
            .is_some_and(|key| !known.contains(&key))
    })
}

/// Removes every key with this prefix.
#[cfg(feature = "demo")]
pub fn remove_all(prefix: &str) {
    let Some(storage) = storage() else { return };
    let prefix = format!("{PREFIX}{prefix}");
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    for key in keys.collect::<Vec<_>>() {
        if key.starts_with(&prefix) {
            // Fails only for blocked storage, which holds nothing.
            let _ = storage.remove_item(&key);
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
