//! Runs the tests in rings, from the fastest to the slowest, and prints a table at the end.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::browser;
use crate::bundle;
use crate::hosts::test_recipes;
use crate::page;
use crate::reproduce;
use crate::setup;
use crate::shell::{self, Error, command, log, print, root, run_and_read};
use crate::size;

struct Ring {
    name: &'static str,
    description: &'static str,
    run: fn() -> Result<Outcome, Error>,
}

/// The result of a successful ring.
pub(crate) struct Outcome {
    checks: usize,
    /// Tests that failed and passed on the second attempt.
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
        description: "rustfmt",
        run: format,
    },
    Ring {
        name: "lint",
        description: "clippy, TypeScript and ESLint",
        run: lint,
    },
    Ring {
        name: "native",
        description: "tests without a browser",
        run: native,
    },
    Ring {
        name: "sweep",
        description: "runs with injected faults",
        run: sweep,
    },
    Ring {
        name: "browser",
        description: "tests in Chromium",
        run: in_browser,
    },
    Ring {
        name: "build",
        description: "the page and the demo",
        run: build,
    },
    Ring {
        name: "bundle",
        description: "build contents and file sizes",
        run: check_bundle,
    },
    Ring {
        name: "reproduce",
        description: "second build, compared",
        run: || reproduce::run().map(Outcome::from),
    },
    Ring {
        name: "e2e",
        description: "end-to-end tests in real browsers",
        run: end_to_end,
    },
    Ring {
        name: "hosts",
        description: "recipes in nginx and Apache httpd",
        run: hosts,
    },
    Ring {
        name: "clients",
        description: "MSAL and Azure CLI on the emulator",
        run: independent_clients,
    },
    Ring {
        name: "docs",
        description: "documentation without warnings",
        run: docs,
    },
];

const NEXT_STEP: &str =
    "fix the problems shown above, then run this ring again with `cargo xtask test --ring NAME`";

/// Runs the named rings, or all rings, except the skipped ones. Stops at the first failure.
pub(crate) fn run(names: &[&str], without: &[&str]) -> Result<(), Error> {
    if let Some(unknown) = names
        .iter()
        .chain(without)
        .find(|name| RINGS.iter().all(|ring| ring.name != **name))
    {
        let known: Vec<&str> = RINGS.iter().map(|ring| ring.name).collect();
        return Err(Error::new(
            format!("`{unknown}` is not a valid ring"),
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
        log(&format!("ring {}: {}", ring.name, ring.description));
        let start = Instant::now();
        let result = (ring.run)();
        let checks = result.as_ref().ok().map(|outcome| outcome.checks);
        rows.push(row(ring, checks, start.elapsed()));
        match result {
            Ok(outcome) => flaky.extend(outcome.flaky),
            Err(error) => {
                end = Err(error);
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
            "\nFlaky tests that passed on the second attempt:\n  {}",
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
        ring.description,
        seconds / 60,
        seconds % 60
    )
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    cargo
}

pub(crate) fn format() -> Result<Outcome, Error> {
    shell::run(
        &mut cargo(&["fmt", "--all", "--check"]),
        "run `cargo fmt --all`",
    )?;
    Ok(1.into())
}

fn lint() -> Result<Outcome, Error> {
    setup::wasm_target()?;
    Ok(
        (clippy_native()? + clippy_wasm()? + clippy_demo()? + javascript()? + dependencies()?)
            .into(),
    )
}

fn clippy(options: &[&str]) -> Result<(), Error> {
    shell::run(
        cargo(&["clippy", "--locked"])
            .args(options)
            .args(["--", "--deny", "warnings"]),
        NEXT_STEP,
    )
}

/// Every crate for this machine. Returns the number of commands.
pub(crate) fn clippy_native() -> Result<usize, Error> {
    clippy(&["--workspace", "--all-targets"])?;
    Ok(1)
}

const WASM: [&str; 3] = ["--target", "wasm32-unknown-unknown", "--lib"];

/// The page for the browser, and its tests there. Returns the number of commands.
pub(crate) fn clippy_wasm() -> Result<usize, Error> {
    clippy(&[&WASM[..], &["--bins", "--test", "browser"]].concat())?;
    Ok(1)
}

/// The demo for the browser, in parts as it is published. Returns the number of commands.
fn clippy_demo() -> Result<usize, Error> {
    clippy(&[&WASM[..], &["--features", "demo,split"]].concat())?;
    Ok(1)
}

/// The JavaScript of the page and of the tests. The configuration and the packages are in `tests/e2e`.
pub(crate) fn javascript() -> Result<usize, Error> {
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
            NEXT_STEP,
        )?;
    }
    Ok(checks.len())
}

/// Checks licenses, sources, and bans of dependencies, and their known vulnerabilities if the database is available.
fn dependencies() -> Result<usize, Error> {
    if shell::find("cargo-deny").is_none() {
        log(
            "cargo-deny is missing, so only CI checks deny.toml. Install it with `cargo install --locked cargo-deny`",
        );
        return Ok(0);
    }
    let mut checks = vec!["licenses", "bans", "sources"];
    // `cargo deny fetch db` stores the database here.
    if shell::cargo_home().is_some_and(|home| home.join("advisory-dbs").is_dir()) {
        checks.push("advisories");
    } else {
        log("the vulnerability database is missing. Download it with `cargo deny fetch db`");
    }
    shell::run(
        command("cargo-deny")
            .args(["--workspace", "--locked", "--offline", "check"])
            .args(&checks),
        "use another crate, or add an exception with its reason to deny.toml",
    )?;
    Ok(checks.len())
}

fn native() -> Result<Outcome, Error> {
    let mut text = run_and_read(&mut cargo(&["test", "--locked", "--workspace"]), NEXT_STEP)?;
    // The page's program gets its sentences as files. In the workspace, the tests have them compiled in.
    text += &run_and_read(
        &mut cargo(&[
            "test",
            "--locked",
            "--package",
            "domain",
            "--features",
            "sentence-files",
            "--test",
            "sentence_files",
        ]),
        NEXT_STEP,
    )?;
    Ok(Outcome::of(&text))
}

/// Complete runs with each fault at each position, and with several random faults.
fn sweep() -> Result<Outcome, Error> {
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
        "fix the problems shown above. `SWEEP_SEED=N cargo run --profile sweep -p sweep` repeats one random script",
    )?;
    Ok(Outcome::of(&text))
}

fn in_browser() -> Result<Outcome, Error> {
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
        NEXT_STEP,
    )?;
    Ok(Outcome::of(&text))
}

fn build() -> Result<Outcome, Error> {
    page::build_both()?;
    Ok(2.into())
}

fn check_bundle() -> Result<Outcome, Error> {
    Ok((bundle::check()? + size::check()?).into())
}

/// The page and the demo must be built.
pub(crate) fn require_page() -> Result<(), Error> {
    if fs::exists(root().join("dist/demo/index.html")).unwrap_or(false) {
        return Ok(());
    }
    Err(Error::new(
        "dist contains no page",
        "run `cargo xtask build` first",
    ))
}

fn end_to_end() -> Result<Outcome, Error> {
    require_page()?;
    setup::for_end_to_end()?;
    let browser = browser::find_or_install()?;
    shell::run(
        &mut cargo(&["build", "--locked", "--package", "emulator"]),
        NEXT_STEP,
    )?;
    // Writes the pages that `tests/e2e/markup.spec.js` validates to target/views.
    shell::run(
        &mut cargo(&[
            "test",
            "--locked",
            "--workspace",
            "--test",
            "native",
            "--",
            "views::",
        ]),
        NEXT_STEP,
    )?;
    let text = run_and_read(
        command("npx")
            .args(["--no-install", "playwright", "test"])
            .current_dir(root().join("tests/e2e"))
            .env("CHROME", browser.program)
            .envs(browser::firefox().map(|firefox| ("FIREFOX", firefox)))
            .envs(browser::webkit()?),
        "fix the problems shown above. Screenshots and traces of failed tests are in target/e2e",
    )?;
    Ok(Outcome::of(&text))
}

fn hosts() -> Result<Outcome, Error> {
    require_page()?;
    Ok(test_recipes()?
        .as_deref()
        .map_or_else(|| 0.into(), Outcome::of))
}

/// Independent clients must work with the simulated clouds that the project's own tests use.
fn independent_clients() -> Result<Outcome, Error> {
    let browser = browser::find_or_install()?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let text = run_and_read(
        command(python)
            .arg("tests/clients/run")
            .current_dir(root())
            .env("CHROME", browser.program),
        "fix the problems shown above, then run `tests/clients/run` again. `--without NAME` skips one client",
    )?;
    Ok(Outcome::of(&text))
}

fn docs() -> Result<Outcome, Error> {
    let mut cargo = cargo(&[
        "doc",
        "--locked",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ]);
    shell::run(cargo.env("RUSTDOCFLAGS", "--deny warnings"), NEXT_STEP)?;
    Ok(1.into())
}

/// Adds up "12 passed" in the reports of cargo, wasm-bindgen, and Playwright.
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

/// The tests that Playwright's report lists below "1 flaky".
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
    fn tests_that_passed_on_the_second_attempt_are_listed() {
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
    fn passed_tests_are_counted_in_every_report_format() {
        let report = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 0 ignored\n\
                      test result: ok. 3 passed; 0 failed; 0 filtered out\n  4 passed (12.3s)\n";
        assert_eq!(passed(report), 19);
    }
}
