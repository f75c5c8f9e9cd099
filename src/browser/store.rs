//! This tab's memory: sessionStorage, which survives a redirect and a reload and ends with the tab.

use web_sys::Storage;

/// Every key of ours begins so; the origin may be shared with other pages of the host.
const PREFIX: &str = "cmg-entra-setup:";

/// Reads.
#[must_use]
pub fn recall(key: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// Writes; `false` if the browser refused (private mode, full, blocked).
#[must_use]
pub fn remember(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{key}"), text).is_ok())
}

/// Removes.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Removing what is not there, or from a blocked storage, leaves nothing behind either way.
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
