//! Pure values: clouds, IDs, the App ID URI validator, the apps that Configuration Manager needs, every sentence of the page, and
//! [`platform`], the list of side effects. No I/O and no clock of its own.

#![warn(missing_docs)]

pub mod confusables;
pub mod json;
pub mod known;
pub mod locale;
pub mod variants;

pub mod cloud;
pub mod dns;
pub mod ids;
pub mod moment;
pub mod tenant;

pub mod app_id_uri;
pub mod cmg;
pub mod config;
pub mod ownership_tags;
pub mod roles;
pub mod sources;

pub mod entra;
pub mod problem;
pub mod secret;

pub mod platform;
