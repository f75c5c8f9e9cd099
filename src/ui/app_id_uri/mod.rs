//! The App ID URI page, without a sign-in.

pub mod state;
pub mod view;
