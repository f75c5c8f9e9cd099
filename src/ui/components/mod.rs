//! Parts that several pages use. Each is a function of its arguments; none fetches, waits or stores anything.

pub mod candidate;
pub mod clouds;
pub mod diagram;
pub mod element;
pub mod exemption;
pub mod field;
pub mod head;
pub mod help;
pub mod icon;
pub mod listing;
pub mod message;
pub mod next_steps;
pub mod onward;
pub mod outside;
pub mod part_failed;
pub mod plan;
pub mod provider;
pub mod refused;
pub mod repair;
pub mod start_error;
pub mod text;
pub mod time;
pub mod value;
pub mod verdict;
pub mod who;
