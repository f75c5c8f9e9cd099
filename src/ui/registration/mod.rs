//! The client ID page: how to register this page's own app.

pub mod errors;
pub mod part;
pub mod state;
pub mod view;
