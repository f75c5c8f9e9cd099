//! The frame around every page, the start page, and the site's settings.

pub mod frame;
pub mod language;
pub mod messages;
pub mod notice;
pub mod opening;
pub mod site;
pub mod site_card;
pub mod start;
pub mod theme;
pub mod update;
