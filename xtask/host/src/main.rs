//! `cargo xtask headers` and `cargo xtask check-host`: prints the required headers and checks a web server for them.
//!
//! Separate from `xtask`, so that `xtask` itself starts without building dependencies.

mod advice;
mod check;
mod client;
mod headers;
mod report;

use std::ffi::OsString;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use domain::cloud::Cloud;
use domain::config::Config;
use lexopt::{Arg, Parser, ValueExt as _};
use url::Url;

use crate::check::CheckRequest;
use crate::client::{Client, ConnectOptions};
use crate::headers::Server;
use crate::report::Verdict;

const HELP: &str = "\
cargo xtask headers [OPTIONS]             prints the HTTP headers that the web server must send with every response
  --cloud public|usgov|usgov-dod          only for this cloud; repeat it for more clouds
  --parent ORIGIN                         a portal that can embed the page in a frame; repeat it for more portals
  --for plain|nginx|apache|iis|static-web-apps

cargo xtask check-host URL [OPTIONS]      checks a live deployment; exit code 0: no errors, 1: errors, 2: not checked
  --against FOLDER                        compares the files with a build (dist) or an unpacked release
  --no-headers                            skips the headers, for a web server that cannot set them
  --address IP                            connects to this IP address instead of the one from DNS
  --authority FILE                        trusts the certificates in this PEM file instead of those of this machine
  --door FILE                             sends the headers in this file, one per line, to a site behind a sign-in
  --json                                  prints JSON for a pipeline";

/// Exit code for invalid arguments, and for a site that could not be checked.
const NOT_CHECKED: u8 = 2;

type Error = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run(Parser::from_env()) {
        Ok(code) => code,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "{problem}");
            ExitCode::from(NOT_CHECKED)
        }
    }
}

fn run(mut parser: Parser) -> Result<ExitCode, Error> {
    let command = match parser.next()? {
        Some(Arg::Value(word)) => word,
        _ => OsString::new(),
    };
    match command.to_str() {
        Some("headers") => print_headers(parser),
        Some("check") => check_host(parser),
        _ => Err(HELP.into()),
    }
}

fn print(text: &str) -> Result<(), Error> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

fn help() -> Result<ExitCode, Error> {
    print(HELP)?;
    Ok(ExitCode::SUCCESS)
}

fn print_headers(mut parser: Parser) -> Result<ExitCode, Error> {
    let mut clouds = Vec::new();
    let mut parents: Vec<String> = Vec::new();
    let mut server = Server::Plain;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") => return help(),
            Arg::Long("cloud") => {
                let key = parser.value()?.string()?;
                clouds.push(
                    Cloud::find(&key)
                        .ok_or_else(|| format!("`{key}` is not a valid cloud\n\n{HELP}"))?,
                );
            }
            Arg::Long("parent") => parents.push(parser.value()?.string()?),
            Arg::Long("for") => {
                let name = parser.value()?.string()?;
                server = Server::find(&name)
                    .ok_or_else(|| format!("`{name}` is not a valid web server\n\n{HELP}"))?;
            }
            other @ (Arg::Short(_) | Arg::Long(_) | Arg::Value(_)) => {
                return Err(other.unexpected().into());
            }
        }
    }
    // Parsed as the page does, so that the header and config.json agree.
    let settings = serde_json::json!({ "parents": parents }).to_string();
    Config::parse(settings.as_bytes()).map_err(|error| error.sentence(Default::default()))?;
    print(&server.lines(&headers::of(&clouds, &parents)).join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn check_host(mut parser: Parser) -> Result<ExitCode, Error> {
    let mut url = None;
    let mut against: Option<PathBuf> = None;
    let mut authority: Option<PathBuf> = None;
    let mut session_headers: Option<PathBuf> = None;
    let mut address: Option<IpAddr> = None;
    let (mut without_headers, mut is_json) = (false, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") => return help(),
            Arg::Value(text) if url.is_none() => url = Some(Url::parse(&text.string()?)?),
            Arg::Long("against") => against = Some(parser.value()?.into()),
            Arg::Long("authority") => authority = Some(parser.value()?.into()),
            Arg::Long("door") => session_headers = Some(parser.value()?.into()),
            Arg::Long("address") => address = Some(parser.value()?.parse()?),
            Arg::Long("no-headers") => without_headers = true,
            Arg::Long("json") => is_json = true,
            other @ (Arg::Short(_) | Arg::Long(_) | Arg::Value(_)) => {
                return Err(other.unexpected().into());
            }
        }
    }
    let url = url.ok_or(HELP)?;
    let client = Client::new(&ConnectOptions {
        address,
        authority: authority.as_deref(),
        session_headers: session_headers.as_deref(),
    })?;
    let request = CheckRequest {
        url,
        against: against.as_deref(),
        without_headers,
    };
    let report = check::run(&client, &request);
    if is_json {
        print(&serde_json::to_string_pretty(
            &report.json(request.url.as_str()),
        )?)?;
    } else {
        print(&report.text(request.url.as_str()))?;
    }
    Ok(if report.count(Verdict::Wrong) > 0 {
        ExitCode::FAILURE
    } else if report.count(Verdict::Right) == 0 {
        ExitCode::from(NOT_CHECKED)
    } else {
        ExitCode::SUCCESS
    })
}
