//! `cargo xtask`: sets up, builds, tests, and serves the project on Linux, macOS, and Windows.
//!
//! Uses only the standard library. Nothing here is part of the product.

mod browser;
mod bundle;
mod hosts;
mod page;
mod reproduce;
mod rings;
mod serve;
mod setup;
mod shell;
mod size;

use std::env;
use std::process::ExitCode;

use crate::shell::Trouble;

const HELP: &str = "\
cargo xtask demo [--no-open] [--port N]   builds the demo and serves it on this machine
cargo xtask test [--ring NAME]...         runs all tests, in rings; with --ring, only the named rings
                 [--without NAME]...      skips the named rings; `--without build` tests the existing dist
cargo xtask build                         builds the page in dist/ and the demo in dist/demo/
cargo xtask reproduce                     builds the page again in another folder and compares the files byte for byte
cargo xtask package                       packs dist into cmg-entra-setup-VERSION.zip for publishing
cargo xtask headers [--help]              prints the HTTP headers for the web server, for selected clouds and portals
cargo xtask check-host URL [--help]       checks a live deployment and lists what to fix on its web server
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
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Result<(), Trouble> {
    match arguments {
        ["demo", options @ ..] => demo(options),
        ["test", options @ ..] => {
            let (only, without) = rings_of(options)?;
            rings::run(&only, &without)
        }
        ["build"] => page::build_both(),
        ["reproduce"] => reproduce::run().map(drop),
        ["package"] => page::package(),
        ["headers", options @ ..] => hosts::ask("headers", options),
        ["check-host", options @ ..] => hosts::ask("check", options),
        ["size"] => size::show(),
        ["setup"] => setup::everything(),
        [] | ["help" | "--help" | "-h"] => {
            eprintln!("{HELP}");
            Ok(())
        }
        other => Err(unknown(other)),
    }
}

fn unknown(arguments: &[&str]) -> Trouble {
    Trouble::new(
        format!("`{}` is not a valid command", arguments.join(" ")),
        format!("use one of these:\n\n{HELP}"),
    )
}

fn demo(options: &[&str]) -> Result<(), Trouble> {
    let mut port = 8080;
    let mut opens = true;
    let mut rest = options;
    loop {
        rest = match rest {
            [] => break,
            ["--no-open", rest @ ..] => {
                opens = false;
                rest
            }
            ["--port", number, rest @ ..] => {
                port = number.parse().map_err(|_| {
                    Trouble::new(
                        format!("`{number}` is not a port"),
                        "use a number from 1 to 65535",
                    )
                })?;
                rest
            }
            other => return Err(unknown(other)),
        };
    }
    let folder = page::build_demo()?;
    serve::forever(&folder, port, opens)
}

/// The rings to run (empty for all) and the rings to skip.
type Rings<'a> = (Vec<&'a str>, Vec<&'a str>);

fn rings_of<'a>(options: &[&'a str]) -> Result<Rings<'a>, Trouble> {
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
            other => return Err(unknown(other)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::rings_of;

    #[test]
    fn rings_can_be_selected_or_skipped() {
        assert_eq!(rings_of(&[]).unwrap(), (vec![], vec![]));
        assert_eq!(
            rings_of(&["--ring", "lint", "--without", "build", "--ring", "native"]).unwrap(),
            (vec!["lint", "native"], vec!["build"])
        );
        assert!(rings_of(&["--without"]).is_err());
    }
}
