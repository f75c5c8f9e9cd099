//! The one loop.

pub mod components;
pub mod effects;
pub mod pages;
pub mod stage;
