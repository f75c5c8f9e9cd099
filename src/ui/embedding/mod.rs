//! What an embedding page is told.

pub mod events;
pub mod update;
