//! World two: clouds made of memory.

pub mod directory;
pub mod entra;
pub mod faults;
pub mod odata;
pub mod seed;
pub mod subscriptions;
