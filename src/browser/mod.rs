//! World one: the real browser.

pub mod fetch;
pub mod store;
