//! The tests in a real browser: one binary, started by wasm-bindgen's test runner (`cargo xtask test --ring browser`).
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_tests_run_where_the_page_may_run() {
    let window = web_sys::window().expect("a window");
    assert!(window.is_secure_context());
    assert!(window.crypto().is_ok());
}
