//! Messages to and from an embedding page.

pub mod events;
pub mod state;
pub mod update;
