//! How it starts, and in which world.

/// Mounts the application on the page's own element.
#[cfg(target_arch = "wasm32")]
pub fn start() {
    use yew::prelude::{Html, function_component, html};
    #[function_component]
    fn Nothing() -> Html {
        html! { <main><h1>{ "CMG Entra Setup" }</h1></main> }
    }
    let window = web_sys::window();
    let element = window
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    if let Some(element) = element {
        yew::Renderer::<Nothing>::with_root(element).render();
    }
}
