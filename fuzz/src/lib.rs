//! What the targets share. `tests/native/fuzzed.rs` has the same oracles.

pub mod oracles;
