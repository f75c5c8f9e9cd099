//! The resource providers of many subscriptions: which there are, what is registered in each, and who may register.

pub mod journal;
pub mod list;
pub mod matrix;
pub mod progress;
pub mod read;
pub mod register;
pub mod selection;
pub mod tenants;
