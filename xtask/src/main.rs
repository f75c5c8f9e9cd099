//! `cargo xtask`: sets up, builds, tests and shows the project, on Linux, macOS and Windows alike.
//!
//! Standard library only. Nothing here is part of the product.

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
cargo xtask demo [--no-open] [--port N]   build the demo and show it on this machine
cargo xtask test [--ring NAME]...         every test, in rings; with --ring only those named
                 [--without NAME]...      all but those named: `--without build` tests the dist that is there
cargo xtask build                         dist/ holds the page, dist/demo/ the demo
cargo xtask reproduce                     build the page again elsewhere: is it the same, byte for byte?
cargo xtask package                       packs dist into cmg-entra-setup-VERSION.zip, to publish
cargo xtask headers [--help]              what a host has to send, narrowed to a cloud and to portals
cargo xtask check-host URL [--help]       looks at a live deployment and says what its host has to mend
cargo xtask size                          what the page weighs
cargo xtask setup                         fetch the tools the others need (they do it themselves)

Rings, in order: format lint native sweep browser build bundle reproduce e2e hosts clients docs
Tools go into the folder .tools of the project. Nothing is installed elsewhere, except that `test` and `setup`
install Chromium and Firefox by apt-get on a Debian machine where you are root and it is missing; the ring hosts
installs nginx and Apache httpd so.";

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
        format!("`{}` is not a command here", arguments.join(" ")),
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

/// The rings to run, none of which means all, and those to leave out.
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
    fn rings_are_named_or_left_out() {
        assert_eq!(rings_of(&[]).unwrap(), (vec![], vec![]));
        assert_eq!(
            rings_of(&["--ring", "lint", "--without", "build", "--ring", "native"]).unwrap(),
            (vec!["lint", "native"], vec!["build"])
        );
        assert!(rings_of(&["--without"]).is_err());
    }
}
