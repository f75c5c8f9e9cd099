//! Starts the page. Everything is in the library; see `embed.rs`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    cmg_entra_setup::embed::start();
}
