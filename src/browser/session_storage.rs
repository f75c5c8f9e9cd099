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

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
