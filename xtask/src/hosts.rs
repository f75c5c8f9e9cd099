//! Starts `xtask/host`, which knows the required HTTP headers, and the test ring that runs the recipes in real web servers.

use std::env;
use std::fs;
use std::process;

use crate::browser;
use crate::setup;
use crate::shell::{Error, command, find, log, output_of, root, run, run_and_read};

/// Debian packages for the recipes of `docs/hosting`.
const PACKAGES: [&str; 4] = [
    "nginx",
    "libnginx-mod-http-brotli-static",
    "apache2",
    "brotli",
];

/// Runs `xtask/host` in the current folder of the user.
pub(crate) fn run_host(command_name: &str, options: &[&str]) -> Result<(), Error> {
    let mut cargo = command("cargo");
    cargo
        .args(["run", "--quiet", "--locked", "--package", "host"])
        .arg("--manifest-path")
        .arg(root().join("Cargo.toml"))
        .args(["--", command_name])
        .args(options);
    if let Ok(folder) = env::current_dir() {
        cargo.current_dir(folder);
    }
    let status = cargo.status().map_err(|error| {
        Error::new(
            format!("cargo cannot be started: {error}"),
            "run `cargo xtask setup` and try again",
        )
    })?;
    if !status.success() {
        // Exits with the program's own exit code, because pipelines use it.
        process::exit(status.code().unwrap_or(2));
    }
    Ok(())
}

/// Tests the recipes in real web servers. Returns the output, or `None` with a message if the servers are not available.
pub(crate) fn test_recipes() -> Result<Option<String>, Error> {
    if !is_root() {
        log("skipped: the servers use the standard ports, which require root");
        return Ok(None);
    }
    if !fs::exists("/etc/debian_version").unwrap_or(false) || find("apt-get").is_none() {
        log("skipped: the recipes are for Debian, and this machine does not run Debian");
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
        "fix the problems shown above, in docs/hosting or in xtask/host",
    )
    .map(Some)
}

fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    output_of(&mut query).as_deref() == Some("installed")
}

fn install() -> Result<(), Error> {
    const NEXT_STEP: &str =
        "install nginx and Apache httpd manually, or skip this ring with `--without hosts`";
    log("nginx or Apache httpd is missing. Installing both with apt-get");
    run(command("apt-get").args(["update", "--quiet"]), NEXT_STEP)?;
    run(
        command("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(PACKAGES)
            .env("DEBIAN_FRONTEND", "noninteractive")
            // Installs the services without starting them, because each test starts its own.
            .env("RUNLEVEL", "1"),
        NEXT_STEP,
    )
}

fn is_root() -> bool {
    cfg!(unix) && output_of(command("id").arg("-u")).as_deref() == Some("0")
}
