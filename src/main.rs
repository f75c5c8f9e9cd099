//! The page. Everything is in the library: `embed.rs` exports what `boot.js` and `embed.js` call.

use cmg_entra_setup as _;

fn main() {}
