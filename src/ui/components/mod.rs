//! Parts that several pages use. Each is a function of its arguments; none fetches, waits or stores anything.

pub mod exemption;
pub mod field;
pub mod frame;
pub mod host;
pub mod icon;
pub mod link;
pub mod markup;
pub mod message;
pub mod onward;
pub mod origin;
pub mod outcome;
pub mod picture;
pub mod plan;
pub mod registration;
pub mod repair;
pub mod text;
pub mod value;
pub mod verdict;
pub mod window;
