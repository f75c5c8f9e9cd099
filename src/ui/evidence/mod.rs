//! The evidence page: what a run sent, to save, and the check whether evidence was changed.

pub mod part;
pub mod state;
pub mod update;
pub mod view;
