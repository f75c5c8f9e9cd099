//! CMG Entra Setup: integrates a Configuration Manager site with Microsoft Entra ID for a cloud management gateway.
//!
//! This crate is the page: the browser, the user interface, and how it starts. `ARCHITECTURE.md` explains the other crates.

/// The real browser as a platform.
#[cfg(target_arch = "wasm32")]
pub mod browser;

/// Effects on the page's own window.
pub mod window;

/// The user interface.
pub mod ui;

/// The page over a simulated cloud.
#[cfg(all(feature = "demo", target_arch = "wasm32"))]
mod demo;

/// How the page starts.
pub mod embed;
