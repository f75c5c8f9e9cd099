//! Tests in a real browser. `cargo xtask test --ring browser` starts this binary with the test runner of wasm-bindgen.
#![cfg(target_arch = "wasm32")]

// With `cfg(test)`, clippy allows `unwrap` in helper functions of these files, as it does in tests.
#[cfg(test)]
mod adapters;
#[cfg(test)]
mod foreign;
#[cfg(test)]
mod indexed_db;
#[cfg(test)]
mod lock;
#[cfg(test)]
mod page;
#[cfg(test)]
mod patch;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
