//! What an embedding page is told.

pub mod events;
pub mod state;
pub mod update;
