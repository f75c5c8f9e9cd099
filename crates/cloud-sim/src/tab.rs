//! A real tab of a browser, whose session storage keeps the demo's clouds and journals over a reload.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::Sim;
use crate::recording::Recording;
use domain::platform::Platform;

/// Key of the recorded changes of the clouds.
const CLOUDS: &str = "clouds";
/// Key of the store, which holds the journals.
const STORE: &str = "store";

/// Prefix of every key: the published page might have been open in the same tab.
pub const KEY_PREFIX: &str = "demo:";

pub(crate) struct Tab {
    storage: Rc<dyn Platform>,
    /// Loads the page again. A simulated crash ends in it.
    reload: Box<dyn Fn()>,
    /// Number of changes to the clouds that are stored.
    kept: Cell<usize>,
}

impl Tab {
    /// Also returns the clouds and the store as the tab kept them.
    pub(crate) fn open(
        storage: Rc<dyn Platform>,
        reload: Box<dyn Fn()>,
        sim: Sim,
    ) -> (Self, Sim, BTreeMap<String, String>) {
        let tab = Self {
            storage,
            reload,
            kept: Cell::default(),
        };
        let earlier = tab.get(CLOUDS).and_then(|text| Recording::parse(&text));
        let earlier = earlier.unwrap_or_default();
        tab.kept.set(earlier.count());
        let store = tab
            .get(STORE)
            .and_then(|text| serde_json::from_str(&text).ok());
        (tab, sim.recorded(earlier), store.unwrap_or_default())
    }

    pub(crate) fn reload(&self) {
        (self.reload)();
    }

    pub(crate) fn get(&self, key: &str) -> Option<String> {
        self.storage.session_get(&own(key))
    }

    pub(crate) fn set(&self, key: &str, text: &str) -> bool {
        self.storage.session_set(&own(key), text)
    }

    pub(crate) fn remove(&self, key: &str) {
        self.storage.session_remove(&own(key));
    }

    /// Keeps the clouds, if they have changed. If the storage is full, a reload forgets them.
    pub(crate) fn keep_clouds(&self, sim: &Sim) {
        if let Some(recording) = sim.recording()
            && recording.count() != self.kept.replace(recording.count())
        {
            let _ = self.set(CLOUDS, &recording.text());
        }
    }

    pub(crate) fn keep_store(&self, store: &BTreeMap<String, String>) {
        if let Ok(text) = serde_json::to_string(store) {
            let _ = self.set(STORE, &text);
        }
    }
}

fn own(key: &str) -> String {
    format!("{KEY_PREFIX}{key}")
}
