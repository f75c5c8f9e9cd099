//! Find, check, repair and retire an existing pair.

pub mod effects;
pub mod find;
pub mod findings;
pub mod part;
pub mod report;
pub mod retire;
pub mod secrets;
pub mod sign_ins;
pub mod state;
pub mod time_line;
pub mod update;
