//! The tests in rings, from the quickest to the slowest, and the table at the end.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::browser;
use crate::bundle;
use crate::hosts::try_recipes;
use crate::page;
use crate::reproduce;
use crate::setup;
use crate::shell::{self, Trouble, command, print, root, run_and_read, say};
use crate::size;

struct Ring {
    name: &'static str,
    what: &'static str,
    work: fn() -> Result<Outcome, Trouble>,
}

/// What a ring that passed has to tell.
struct Outcome {
    checks: usize,
    /// Journeys that failed and passed when they were run once more.
    flaky: Vec<String>,
}

impl Outcome {
    fn of(report: &str) -> Self {
        Self {
            checks: passed(report),
            flaky: flaky(report),
        }
    }
}

impl From<usize> for Outcome {
    fn from(checks: usize) -> Self {
        Self {
            checks,
            flaky: Vec::new(),
        }
    }
}

const RINGS: [Ring; 12] = [
    Ring {
        name: "format",
        what: "rustfmt",
        work: format,
    },
    Ring {
        name: "lint",
        what: "clippy, TypeScript and ESLint",
        work: lint,
    },
    Ring {
        name: "native",
        what: "tests without a browser",
        work: native,
    },
    Ring {
        name: "sweep",
        what: "every request goes wrong, once",
        work: sweep,
    },
    Ring {
        name: "browser",
        what: "tests in Chromium",
        work: in_browser,
    },
    Ring {
        name: "build",
        what: "the page and the demo",
        work: build,
    },
    Ring {
        name: "bundle",
        what: "what is in them, and its weight",
        work: look_into_bundle,
    },
    Ring {
        name: "reproduce",
        what: "the page once more, elsewhere",
        work: || reproduce::run().map(Outcome::from),
    },
    Ring {
        name: "e2e",
        what: "whole journeys in real browsers",
        work: end_to_end,
    },
    Ring {
        name: "hosts",
        what: "the recipes in nginx and Apache",
        work: hosts,
    },
    Ring {
        name: "clients",
        what: "MSAL and Azure CLI try the clouds",
        work: independent_clients,
    },
    Ring {
        name: "docs",
        what: "documentation without warnings",
        work: docs,
    },
];

const MEND: &str =
    "mend what is named above, then run this ring again with `cargo xtask test --ring NAME`";

/// Runs the rings named, or all of them, without those left out. The first that fails ends it.
pub(crate) fn run(names: &[&str], without: &[&str]) -> Result<(), Trouble> {
    if let Some(unknown) = names
        .iter()
        .chain(without)
        .find(|name| RINGS.iter().all(|ring| ring.name != **name))
    {
        let known: Vec<&str> = RINGS.iter().map(|ring| ring.name).collect();
        return Err(Trouble::new(
            format!("there is no ring `{unknown}`"),
            format!("use one of: {}", known.join(" ")),
        ));
    }
    let mut rows = Vec::new();
    let mut flaky = Vec::new();
    let mut end = Ok(());
    for ring in RINGS
        .iter()
        .filter(|ring| names.is_empty() || names.contains(&ring.name))
        .filter(|ring| !without.contains(&ring.name))
    {
        say(&format!("ring {}: {}", ring.name, ring.what));
        let start = Instant::now();
        let result = (ring.work)();
        let checks = result.as_ref().ok().map(|outcome| outcome.checks);
        rows.push(row(ring, checks, start.elapsed()));
        match result {
            Ok(outcome) => flaky.extend(outcome.flaky),
            Err(trouble) => {
                end = Err(trouble);
                break;
            }
        }
    }
    print(&format!(
        "\n{:<9} {:<34} {:>7} {:>8}\n{}",
        "ring",
        "what",
        "checks",
        "time",
        rows.join("\n")
    ));
    if !flaky.is_empty() {
        print(&format!(
            "\nFlaky, passed the second time:\n  {}",
            flaky.join("\n  ")
        ));
    }
    end
}

fn row(ring: &Ring, checks: Option<usize>, time: Duration) -> String {
    let checks = checks.map_or_else(|| "failed".to_owned(), |count| count.to_string());
    let seconds = time.as_secs();
    format!(
        "{:<9} {:<34} {checks:>7} {:>5}:{:02}",
        ring.name,
        ring.what,
        seconds / 60,
        seconds % 60
    )
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    cargo
}

fn format() -> Result<Outcome, Trouble> {
    shell::run(
        &mut cargo(&["fmt", "--all", "--check"]),
        "run `cargo fmt --all`",
    )?;
    Ok(1.into())
}

fn lint() -> Result<Outcome, Trouble> {
    setup::wasm_target()?;
    let rules = ["--", "--deny", "warnings"];
    let native = ["clippy", "--locked", "--workspace", "--all-targets"];
    let wasm = [
        "clippy",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--lib",
        "--bins",
        "--test",
        "browser",
    ];
    let demo = [
        "clippy",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--features",
        "demo",
        "--lib",
    ];
    for arguments in [&native[..], &wasm[..], &demo[..]] {
        shell::run(cargo(arguments).args(rules), MEND)?;
    }
    Ok((3 + javascript()? + dependencies()?).into())
}

/// The JavaScript of the page and of the tests. The configuration and the packages are in `tests/e2e`.
fn javascript() -> Result<usize, Trouble> {
    setup::for_javascript()?;
    let checks: [&[&str]; 4] = [
        &["tsc", "--project", "src"],
        &["tsc", "--project", "tests/e2e"],
        &["tsc", "--project", "tests/clients/node"],
        &[
            "eslint",
            "--config",
            "tests/e2e/eslint.config.js",
            "src",
            "tests",
        ],
    ];
    for arguments in checks {
        shell::run(
            command("npx")
                .args(["--no-install", "--prefix", "tests/e2e"])
                .args(arguments),
            MEND,
        )?;
    }
    Ok(checks.len())
}

/// Licences, sources and bans of what others wrote, and its known faults if their database has been fetched.
fn dependencies() -> Result<usize, Trouble> {
    if shell::find("cargo-deny").is_none() {
        say(
            "cargo-deny is not here, so deny.toml is left to CI; `cargo install --locked cargo-deny` brings it",
        );
        return Ok(0);
    }
    let mut checks = vec!["licenses", "bans", "sources"];
    // Where `cargo deny fetch db` puts it.
    if shell::cargo_home().is_some_and(|home| home.join("advisory-dbs").is_dir()) {
        checks.push("advisories");
    } else {
        say("no database of known faults is here; `cargo deny fetch db` brings it");
    }
    shell::run(
        command("cargo-deny")
            .args(["--workspace", "--locked", "--offline", "check"])
            .args(&checks),
        "take another crate, or argue in deny.toml why this one may come in",
    )?;
    Ok(checks.len())
}

fn native() -> Result<Outcome, Trouble> {
    let text = run_and_read(&mut cargo(&["test", "--locked", "--workspace"]), MEND)?;
    Ok(Outcome::of(&text))
}

/// Whole runs with every mishap at every place, and with several drawn from seeds.
fn sweep() -> Result<Outcome, Trouble> {
    let mut cargo = cargo(&[
        "run",
        "--locked",
        "--profile",
        "sweep",
        "--package",
        "sweep",
    ]);
    let text = run_and_read(
        &mut cargo,
        "mend what is named above. `SWEEP_SEED=N cargo run --profile sweep -p sweep` tells one story again",
    )?;
    Ok(Outcome::of(&text))
}

fn in_browser() -> Result<Outcome, Trouble> {
    setup::for_browser_tests()?;
    let browser = browser::find_or_install()?;
    let capabilities = browser::write_capabilities(&browser)?;
    let text = run_and_read(
        cargo(&[
            "test",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
            "--test",
            "browser",
        ])
        .env("CHROMEDRIVER", browser.driver)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities),
        MEND,
    )?;
    Ok(Outcome::of(&text))
}

fn build() -> Result<Outcome, Trouble> {
    page::build_both()?;
    Ok(2.into())
}

fn look_into_bundle() -> Result<Outcome, Trouble> {
    Ok((bundle::check()? + size::check()?).into())
}

fn has_page() -> Result<(), Trouble> {
    if fs::exists(root().join("dist/demo/index.html")).unwrap_or(false) {
        return Ok(());
    }
    Err(Trouble::new(
        "there is no page in dist",
        "run `cargo xtask build` first",
    ))
}

fn end_to_end() -> Result<Outcome, Trouble> {
    has_page()?;
    setup::for_end_to_end()?;
    let browser = browser::find_or_install()?;
    shell::run(
        &mut cargo(&["build", "--locked", "--package", "emulator"]),
        MEND,
    )?;
    let text = run_and_read(
        command("npx")
            .args(["--no-install", "playwright", "test"])
            .current_dir(root().join("tests/e2e"))
            .env("CHROME", browser.program)
            .envs(browser::firefox().map(|firefox| ("FIREFOX", firefox)))
            .envs(browser::webkit()?),
        "mend what is named above. Pictures and traces of what failed are in target/e2e",
    )?;
    Ok(Outcome::of(&text))
}

fn hosts() -> Result<Outcome, Trouble> {
    has_page()?;
    Ok(try_recipes()?
        .as_deref()
        .map_or_else(|| 0.into(), Outcome::of))
}

/// Clients that know nothing of this project must get along with the clouds our own tests believe in.
fn independent_clients() -> Result<Outcome, Trouble> {
    let browser = browser::find_or_install()?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let text = run_and_read(
        command(python)
            .arg("tests/clients/run")
            .current_dir(root())
            .env("CHROME", browser.program),
        "mend what is named above, then run `tests/clients/run` again, with `--without NAME` to leave one out",
    )?;
    Ok(Outcome::of(&text))
}

fn docs() -> Result<Outcome, Trouble> {
    let mut cargo = cargo(&[
        "doc",
        "--locked",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ]);
    shell::run(cargo.env("RUSTDOCFLAGS", "--deny warnings"), MEND)?;
    Ok(1.into())
}

/// Sums up "12 passed" as cargo's, wasm-bindgen's and Playwright's reports have it.
fn passed(report: &str) -> usize {
    report
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line
                .split([' ', ';', '.', ','])
                .filter(|word| !word.is_empty())
                .collect();
            let at = words.iter().position(|word| *word == "passed")?;
            words.get(at.checked_sub(1)?)?.parse::<usize>().ok()
        })
        .sum()
}

/// The journeys that Playwright's report lists below "1 flaky".
fn flaky(report: &str) -> Vec<String> {
    let is_head = |line: &&str| {
        line.trim()
            .strip_suffix(" flaky")
            .is_some_and(|count| count.parse::<usize>().is_ok())
    };
    report
        .lines()
        .skip_while(|line| !is_head(line))
        .skip(1)
        .take_while(|line| line.starts_with("    "))
        .map(|line| line.trim_matches([' ', '─']).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{flaky, passed};

    #[test]
    fn names_the_journeys_that_passed_the_second_time() {
        let report = "  ✓  1 a.spec.js:3:1 › is not flaky (1s)\n\n  2 flaky\n    \
                      a.spec.js:9:1 › waits ──────\n    b.spec.js:4:1 › reloads ───\n  4 passed (12.3s)\n";
        assert_eq!(
            flaky(report),
            ["a.spec.js:9:1 › waits", "b.spec.js:4:1 › reloads"]
        );
        assert_eq!(passed(report), 4);
        assert!(flaky("  4 passed (12.3s)\n").is_empty());
    }

    #[test]
    fn counts_what_passed_in_every_runners_words() {
        let report = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 0 ignored\n\
                      test result: ok. 3 passed; 0 failed; 0 filtered out\n  4 passed (12.3s)\n";
        assert_eq!(passed(report), 19);
    }
}
