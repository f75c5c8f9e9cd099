//! `cargo xtask screenshots`: pictures of every page and state, made from the demo.

use std::fs;

use crate::browser;
use crate::rings::require_page;
use crate::setup;
use crate::shell::{Error, command, root, run};

/// Photographs the built page and its demo. `for_documents` also replaces the pictures in `docs/images`.
pub(crate) fn take(for_documents: bool) -> Result<(), Error> {
    require_page()?;
    setup::for_end_to_end()?;
    let browser = browser::find_or_install()?;
    // `tests/e2e/screenshots/camera.js` writes there, also if Cargo uses another target folder.
    let folder = root().join("target/screenshots");
    // Pictures of states that no longer exist would look current.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| {
            Error::new(
                format!("{} cannot be removed: {error}", folder.display()),
                "close the programs that show its pictures, and try again",
            )
        })?;
    }
    run(
        command("npx")
            .args(["--no-install", "playwright", "test"])
            .args(["--config", "screenshots/playwright.config.js"])
            .current_dir(root().join("tests/e2e"))
            .env("CHROME", browser.program)
            .envs(for_documents.then_some(("DOCUMENTS", "1"))),
        "fix the problems shown above. The pictures that were taken are in target/screenshots",
    )
}
