//! Hosts of the page: the program that knows what they have to send, and the ring that tries it in real servers.

use std::env;
use std::fs;
use std::process;

use crate::browser;
use crate::setup;
use crate::shell::{Trouble, answer, command, find, root, run, run_and_read, say};

/// What the recipes of `docs/hosting` are for, and what they name besides.
const PACKAGES: [&str; 4] = [
    "nginx",
    "libnginx-mod-http-brotli-static",
    "apache2",
    "brotli",
];

/// Runs the program of `xtask/host`, in the folder the person is in.
pub(crate) fn ask(what: &str, options: &[&str]) -> Result<(), Trouble> {
    let mut cargo = command("cargo");
    cargo
        .args(["run", "--quiet", "--locked", "--package", "host"])
        .arg("--manifest-path")
        .arg(root().join("Cargo.toml"))
        .args(["--", what])
        .args(options);
    if let Ok(folder) = env::current_dir() {
        cargo.current_dir(folder);
    }
    let status = cargo.status().map_err(|error| {
        Trouble::new(
            format!("cargo cannot be started: {error}"),
            "run `cargo xtask setup` and try again",
        )
    })?;
    if !status.success() {
        // Its own words and its own number: a pipeline goes by both.
        process::exit(status.code().unwrap_or(2));
    }
    Ok(())
}

/// The recipes in real servers. Returns what they print; nothing where servers cannot be had, and then it says why.
pub(crate) fn try_recipes() -> Result<Option<String>, Trouble> {
    if !is_root() {
        say("left out: the servers take the real ports, which only root may");
        return Ok(None);
    }
    if !fs::exists("/etc/debian_version").unwrap_or(false) || find("apt-get").is_none() {
        say("left out: the recipes are for the servers of Debian, and this is none");
        return Ok(None);
    }
    if !PACKAGES.iter().all(|package| is_installed(package)) {
        install()?;
    }
    setup::for_end_to_end()?;
    let browser = browser::find_or_install()?;
    let mut cargo = command("cargo");
    cargo
        .args(["test", "--locked", "--package", "host", "--test", "hosts"])
        .args(["--", "--ignored", "--nocapture"])
        .env("CHROME", browser.program);
    if let Some(firefox) = browser::firefox() {
        cargo.env("FIREFOX", firefox);
    }
    run_and_read(
        &mut cargo,
        "mend what is named above, in docs/hosting or in xtask/host",
    )
    .map(Some)
}

fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    answer(&mut query).as_deref() == Some("installed")
}

fn install() -> Result<(), Trouble> {
    const NEXT: &str = "install nginx and Apache httpd by hand, or leave this ring out";
    say("nginx or Apache httpd is missing: installing them by apt-get");
    run(command("apt-get").args(["update", "--quiet"]), NEXT)?;
    run(
        command("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(PACKAGES)
            .env("DEBIAN_FRONTEND", "noninteractive")
            // Installed and not started: each deployment starts its own.
            .env("RUNLEVEL", "1"),
        NEXT,
    )
}

fn is_root() -> bool {
    cfg!(unix) && answer(command("id").arg("-u")).as_deref() == Some("0")
}
