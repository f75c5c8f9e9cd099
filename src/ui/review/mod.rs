//! The review of the plan.

pub mod origin;
pub mod outcome;
pub mod state;
pub mod summary;
pub mod update;
pub mod view;
