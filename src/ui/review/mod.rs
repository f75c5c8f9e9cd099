//! The review of the plan.

pub mod effects;
pub mod origin;
pub mod outcome;
pub mod part;
pub mod requests;
pub mod state;
pub mod summary;
pub mod update;
pub mod view;
