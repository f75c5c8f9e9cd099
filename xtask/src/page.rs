//! Builds the page and the demo with trunk.

use std::env;
use std::path::PathBuf;

use crate::setup::{self, Optimiser};
use crate::shell::{Trouble, command, root, run, say};

/// The page into `dist`, then the demo into `dist/demo`. In this order: trunk empties the folder it writes to.
pub(crate) fn build_both() -> Result<(), Trouble> {
    setup::for_page(Optimiser::Required)?;
    trunk(&["--dist", "dist"], true)?;
    trunk(&["--dist", "dist/demo", "--features", "demo"], true)?;
    say("dist holds the page to publish, dist/demo the demo");
    Ok(())
}

/// The demo alone, into `dist/demo`.
pub(crate) fn build_demo() -> Result<PathBuf, Trouble> {
    let optimised = setup::for_page(Optimiser::IfThere)?;
    trunk(&["--dist", "dist/demo", "--features", "demo"], optimised)?;
    Ok(root().join("dist").join("demo"))
}

fn trunk(options: &[&str], optimised: bool) -> Result<(), Trouble> {
    // Trunk runs wasm-opt for `--release` and not for a profile by name.
    let profile: &[&str] = if optimised {
        &["--release"]
    } else {
        &["--cargo-profile", "release"]
    };
    run(
        command("trunk")
            .args(["build", "--offline", "--locked"])
            .args(profile)
            .args(options)
            .env("RUSTFLAGS", flags()),
        "mend what the compiler names above",
    )
}

/// No folder of this machine in the program: it is nobody's business, and two machines then build the same bytes.
fn flags() -> String {
    let home = env::var("CARGO_HOME")
        .ok()
        .or_else(|| env::home_dir().map(|home| home.join(".cargo").to_string_lossy().into_owned()));
    let mut flags = env::var("RUSTFLAGS").unwrap_or_default();
    for (folder, name) in [
        (home, "cargo"),
        (Some(root().to_string_lossy().into_owned()), "page"),
    ] {
        // Cargo splits this variable at blanks, and offers no way to quote one here.
        if let Some(folder) = folder.filter(|folder| !folder.contains(' ')) {
            flags.push_str(&format!(" --remap-path-prefix={folder}={name}"));
        }
    }
    flags.trim().to_owned()
}
