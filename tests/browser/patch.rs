//! Replaces browser functions and properties with test scripts.
#![expect(
    clippy::disallowed_methods,
    reason = "only a script in its place can produce a browser's refusal"
)]

use js_sys::Function;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A change to the browser that is undone when dropped.
pub(crate) struct Patch(Function);

impl Patch {
    /// Replaces a property of an object. `descriptor` is the argument of `Object.defineProperty`.
    pub(crate) fn property(thing: &str, name: &str, descriptor: &str) -> Self {
        let script = format!(
            "const was = Object.getOwnPropertyDescriptor({thing}, '{name}');
             Object.defineProperty({thing}, '{name}', {{ configurable: true, ...{descriptor} }});
             return () => was ? Object.defineProperty({thing}, '{name}', was) : delete {thing}['{name}'];"
        );
        Self(run(&script).dyn_into().unwrap())
    }

    /// Replaces a function. The replacement can call the original as `real`.
    pub(crate) fn function(thing: &str, name: &str, function: &str) -> Self {
        Self::property(
            thing,
            name,
            &format!("((real) => ({{ value: {function}, writable: true }}))({thing}.{name})"),
        )
    }
}

impl Drop for Patch {
    fn drop(&mut self) {
        self.0.call0(&JsValue::NULL).unwrap();
    }
}

/// Runs a script and returns its result.
pub(crate) fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

/// Awaits the promise that a script returns.
pub(crate) async fn settled(script: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(run(script).unchecked_into::<Promise>()).await
}
