//! `cargo run -p emulator`: runs the emulator until it is stopped.

use std::io::Read as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use emulator::Emulator;
use emulator::Options;
use emulator::StartError;
use emulator::site::Site;
use lexopt::ValueExt as _;

const HELP: &str = "\
Serves simulated Microsoft Entra, Microsoft Graph and Azure Resource Manager on this machine, under their production names.

  --port N             HTTPS port (8443; 0 takes a free one)
  --proxy N            port of the CONNECT proxy (8444; 0 takes a free one)
  --seed N             seed of the simulated clouds (1)
  --ca-out FILE        writes the certificate to trust
  --site DIR           serves a built page; may be repeated, and what follows is of the latest
  --site-host NAME     its name (cmg-entra-setup.test)
  --site-base PATH     its path prefix (/)
  --site-header 'N: V' a header for each of its answers; may be repeated
  --site-file P=FILE   answers the path P of it from FILE; may be repeated
  --until-stdin-ends   also stops when standard input ends
  --help

Stops at SIGTERM and Ctrl+C. The controls are under https://emulator.test: GET /requests /snapshot /counts /needles /refused,
POST /reset /modes.
";

struct Arguments {
    options: Options,
    ca_out: Option<PathBuf>,
    until_stdin_ends: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), StartError> {
    let Some(arguments) = read(lexopt::Parser::from_env())? else {
        std::io::stdout().write_all(HELP.as_bytes())?;
        return Ok(());
    };
    let emulator = Emulator::start(arguments.options)?;
    if let Some(file) = arguments.ca_out {
        std::fs::write(file, &emulator.authority)?;
    }
    let mut out = std::io::stdout();
    writeln!(
        out,
        "ready https={} proxy={} names={}",
        emulator.https.port(),
        emulator.proxy.port(),
        emulator.names.join(",")
    )?;
    out.flush()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(told_to_stop(arguments.until_stdin_ends));
    // A thread that still reads standard input must not keep the process alive.
    runtime.shutdown_background();
    Ok(())
}

fn read(mut parser: lexopt::Parser) -> Result<Option<Arguments>, StartError> {
    let mut options = Options {
        port: 8443,
        proxy: 8444,
        seed: 1,
        sites: Vec::new(),
    };
    let mut sites: Vec<Site> = Vec::new();
    let mut ca_out = None;
    let mut until_stdin_ends = false;
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("help") => return Ok(None),
            lexopt::Arg::Long("port") => options.port = parser.value()?.parse()?,
            lexopt::Arg::Long("proxy") => options.proxy = parser.value()?.parse()?,
            lexopt::Arg::Long("seed") => options.seed = parser.value()?.parse()?,
            lexopt::Arg::Long("ca-out") => ca_out = Some(parser.value()?.into()),
            lexopt::Arg::Long("site") => sites.push(Site {
                host: "cmg-entra-setup.test".to_owned(),
                folder: parser.value()?.into(),
                ..Site::default()
            }),
            lexopt::Arg::Long("site-host") => {
                latest(&mut sites)?.host = parser.value()?.string()?;
            }
            lexopt::Arg::Long("site-base") => {
                latest(&mut sites)?.base = parser.value()?.string()?;
            }
            lexopt::Arg::Long("site-header") => {
                let line = parser.value()?.string()?;
                let (name, value) = line
                    .split_once(':')
                    .ok_or_else(|| format!("no colon in --site-header {line}"))?;
                latest(&mut sites)?
                    .headers
                    .push((name.trim().parse()?, value.trim().parse()?));
            }
            lexopt::Arg::Long("site-file") => {
                let pair = parser.value()?.string()?;
                let (path, file) = pair
                    .split_once('=')
                    .ok_or_else(|| format!("no = in --site-file {pair}"))?;
                latest(&mut sites)?
                    .files
                    .push((path.trim_start_matches('/').to_owned(), file.into()));
            }
            lexopt::Arg::Long("until-stdin-ends") => until_stdin_ends = true,
            other @ (lexopt::Arg::Short(_) | lexopt::Arg::Long(_) | lexopt::Arg::Value(_)) => {
                return Err(other.unexpected().into());
            }
        }
    }
    options.sites = sites;
    Ok(Some(Arguments {
        options,
        ca_out,
        until_stdin_ends,
    }))
}

/// The site that an option belongs to.
fn latest(sites: &mut [Site]) -> Result<&mut Site, StartError> {
    let latest = sites.last_mut();
    latest.ok_or_else(|| "name the folder with --site first".into())
}

async fn told_to_stop(until_stdin_ends: bool) {
    let stdin = async {
        if until_stdin_ends {
            let _ =
                tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated() => {}
        () = stdin => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
