//! Starts the page. Everything is in the library; see `embed.rs`.

fn main() {}
