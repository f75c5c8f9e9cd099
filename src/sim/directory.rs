//! The simulated Microsoft Graph.
