//! Puts scripts of the test's own in the place of the browser's functions.
#![expect(
    clippy::disallowed_methods,
    reason = "how a browser refuses can only be shown by a script in its place"
)]

use js_sys::Function;
use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A change to the browser until dropped.
pub(crate) struct Patch(Function);

impl Patch {
    /// Gives a thing another property; `descriptor` is one of `Object.defineProperty`.
    pub(crate) fn property(thing: &str, name: &str, descriptor: &str) -> Self {
        let script = format!(
            "const was = Object.getOwnPropertyDescriptor({thing}, '{name}');
             Object.defineProperty({thing}, '{name}', {{ configurable: true, ...{descriptor} }});
             return () => was ? Object.defineProperty({thing}, '{name}', was) : delete {thing}['{name}'];"
        );
        Self(run(&script).dyn_into().unwrap())
    }

    /// Puts a function in the place of another, which it can call as `real`.
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

/// What a script returns.
pub(crate) fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).unwrap()
}

/// What the promise of a script comes to.
pub(crate) async fn settled(script: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(run(script).unchecked_into::<Promise>()).await
}
