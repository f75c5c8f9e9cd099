//! A plan for another person: to hand over, to open, and to take back its result.

pub mod opened;
pub mod part;
pub mod state;
pub mod update;
pub mod view;
