//! The resource providers of many subscriptions.

pub mod selection;
