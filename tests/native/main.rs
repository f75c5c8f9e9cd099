//! The native tests: one binary, no browser.

fn main() {}
