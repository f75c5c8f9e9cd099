//! The page's binary. All code is in the library: `embed.rs` exports the functions that `boot.js` and `embed.js` call.

use cmg_entra_setup as _;

fn main() {}
