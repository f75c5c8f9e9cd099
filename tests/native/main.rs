//! The native tests: one binary, no browser.

mod shell;
