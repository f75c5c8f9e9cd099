//! The simulated sign-in service.
