//! Sign-in, session and sign-out.

pub mod account;
pub mod request;
pub mod session;
pub mod state;
pub mod update;
pub mod view;
pub mod window;
