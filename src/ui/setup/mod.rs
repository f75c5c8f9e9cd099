//! The steps of the wizard.

pub mod azure_service;
pub mod discovery;
pub mod native_app;
pub mod refused;
pub mod secret_life;
pub mod state;
pub mod steps;
pub mod update;
pub mod web_app;
