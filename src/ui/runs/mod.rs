//! A run, its journal, its undo, and the hand-over.

pub mod banner;
pub mod effects;
pub mod estimate;
pub mod file;
pub mod hand_over;
pub mod journals;
pub mod journals_update;
pub mod part;
pub mod progress;
pub mod received;
pub mod state;
pub mod undo;
pub mod unfinished;
pub mod update;
pub mod values;
pub mod waterfall;
