//! Shared code of the fuzz targets. `tests/native/fuzzed.rs` uses the same oracles.

pub mod oracles;
