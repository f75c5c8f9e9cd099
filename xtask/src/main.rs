//! `cargo xtask`: sets up, builds, tests, and serves the project on Linux, macOS, and Windows.
//!
//! Uses only the standard library. Nothing here is part of the product.

mod browser;
mod bundle;
mod check;
mod dev;
mod hosts;
mod page;
mod reproduce;
mod rings;
mod screenshots;
mod serve;
mod setup;
mod shell;
mod size;

use std::env;
use std::process::ExitCode;

use crate::shell::Error;

const HELP: &str = "\
cargo xtask dev [--no-open] [--port N]    builds the demo quickly, serves it, and reloads the page after each change
cargo xtask check                         checks format and lints, and runs the unit tests of what has changed
cargo xtask demo [--no-open] [--port N]   builds the demo and serves it on this machine
cargo xtask test [--ring NAME]...         runs all tests, in rings; with --ring, only the named rings
                 [--without NAME]...      skips the named rings; `--without build` tests the existing dist
cargo xtask build                         builds the page in dist/ and the demo in dist/demo/
cargo xtask reproduce                     builds the page again in another folder and compares the files byte for byte
cargo xtask package                       packs dist into cmg-entra-setup-VERSION.zip for publishing
cargo xtask headers [--help]              prints the HTTP headers for the web server, for selected clouds and portals
cargo xtask check-host URL [--help]       checks a live deployment and lists what to fix on its web server
cargo xtask screenshots [--docs]          photographs every page and state of the built page; --docs also updates docs/images
cargo xtask size                          prints the size of each file of the page
cargo xtask setup                         downloads the tools for the other commands, which also do this themselves

Rings, in order: format lint native sweep browser build bundle reproduce e2e hosts clients docs
Tools are installed only in the folder .tools of the project. Exception: as root on a Debian machine, `test` and
`setup` install missing browsers with apt-get, and the ring hosts installs nginx and Apache httpd.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Result<(), Error> {
    match arguments {
        ["dev", options @ ..] => {
            let (port, opens_browser) = parse_server(options)?;
            dev::run(port, opens_browser)
        }
        ["demo", options @ ..] => {
            let (port, opens_browser) = parse_server(options)?;
            serve::forever(&page::build_demo()?, port, opens_browser)
        }
        ["check"] => check::run(),
        ["test", options @ ..] => {
            let (only, without) = parse_rings(options)?;
            rings::run(&only, &without)
        }
        ["build"] => page::build_both(),
        ["reproduce"] => reproduce::run().map(drop),
        ["package"] => page::package(),
        ["headers", options @ ..] => hosts::run_host("headers", options),
        ["check-host", options @ ..] => hosts::run_host("check", options),
        ["screenshots"] => screenshots::take(false),
        ["screenshots", "--docs"] => screenshots::take(true),
        ["size"] => size::print_table(),
        ["setup"] => setup::install_all(),
        [] | ["help" | "--help" | "-h"] => {
            eprintln!("{HELP}");
            Ok(())
        }
        other => Err(unknown_command(other)),
    }
}

fn unknown_command(arguments: &[&str]) -> Error {
    Error::new(
        format!("`{}` is not a valid command", arguments.join(" ")),
        format!("use one of these:\n\n{HELP}"),
    )
}

/// The port, and true if a browser opens the page.
fn parse_server(options: &[&str]) -> Result<(u16, bool), Error> {
    let mut port = 8080;
    let mut opens_browser = true;
    let mut rest = options;
    loop {
        rest = match rest {
            [] => break,
            ["--no-open", rest @ ..] => {
                opens_browser = false;
                rest
            }
            ["--port", number, rest @ ..] => {
                port = number.parse().map_err(|_| {
                    Error::new(
                        format!("`{number}` is not a port"),
                        "use a number from 1 to 65535",
                    )
                })?;
                rest
            }
            other => return Err(unknown_command(other)),
        };
    }
    Ok((port, opens_browser))
}

/// The rings to run (empty for all) and the rings to skip.
type Rings<'a> = (Vec<&'a str>, Vec<&'a str>);

fn parse_rings<'a>(options: &[&'a str]) -> Result<Rings<'a>, Error> {
    let (mut only, mut without) = (Vec::new(), Vec::new());
    let mut rest = options;
    loop {
        rest = match rest {
            [] => return Ok((only, without)),
            ["--ring", name, rest @ ..] => {
                only.push(*name);
                rest
            }
            ["--without", name, rest @ ..] => {
                without.push(*name);
                rest
            }
            other => return Err(unknown_command(other)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::parse_rings;

    #[test]
    fn rings_can_be_selected_or_skipped() {
        assert_eq!(parse_rings(&[]).unwrap(), (vec![], vec![]));
        assert_eq!(
            parse_rings(&["--ring", "lint", "--without", "build", "--ring", "native"]).unwrap(),
            (vec!["lint", "native"], vec!["build"])
        );
        assert!(parse_rings(&["--without"]).is_err());
    }
}
