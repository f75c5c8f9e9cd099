//! Subscription and resource providers: the step of the wizard, and the pages for many subscriptions.

pub mod account;
pub mod banner;
pub mod cells;
pub mod choose;
pub mod details;
pub mod effects;
pub mod export;
pub mod filters;
pub mod part;
pub mod progress;
pub mod review;
pub mod run;
pub mod state;
pub mod stored;
pub mod subscription;
pub mod table;
pub mod unread;
pub mod update;
pub mod update_run;
