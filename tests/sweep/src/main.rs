//! The sweep: each kind of run is repeated with every fault at every request and at every journal record, and with thousands of random
//! scripts of several faults each. At the end, the tenant must be as if no fault had occurred, or as if the run had not happened.
//!
//! `cargo run --profile sweep -p sweep` runs all scripts. `cargo test` runs a sample. To repeat one random script with full output:
//!
//! ```text
//! SWEEP_SEED=123 cargo run --profile sweep -p sweep
//! ```
//!
//! `SWEEP_SEEDS=100000` runs more random scripts, and `SWEEP_EVERY=20` runs one of twenty. The sweep is a separate program, so that it
//! builds without the dependencies of the other tests.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test program that prints its own report"
)]

mod actor;
mod fixture;
mod script;
mod special;
mod verify;

use std::env;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use cloud_sim::platform::FaultInjection;

use crate::fixture::Fixture;
use crate::fixture::Kind;
use crate::script::InjectedFault;
use crate::script::LAGS;
use crate::script::Script;
use crate::script::Way;
use crate::script::lag;

/// Number of random scripts.
const SEEDS: u64 = 8_000;
/// Maximum number of violations in the output.
const SHOWN: usize = 12;

/// One unit of work.
enum Job {
    /// One fault at one position.
    Case(Script),
    /// A random script with this seed.
    Seed(u64),
    /// The special cases of this scene.
    Special(Kind),
}

/// Results of all jobs.
#[derive(Default)]
struct Report {
    cases: usize,
    seeds: usize,
    /// Additional requests of the runs that were continued to the end in a new page, compared with a run without faults.
    added: Vec<u64>,
    violations: Vec<String>,
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|text| text.parse().ok())
}

fn main() -> ExitCode {
    let start = Instant::now();
    let scenes: Vec<Fixture> = Kind::ALL.map(Fixture::new).into();
    if let Some(seed) = number("SWEEP_SEED") {
        return tell(seed, &scenes);
    }
    let mut jobs = jobs(&scenes, number("SWEEP_SEEDS").unwrap_or(SEEDS));
    if let Some(every) = number("SWEEP_EVERY").and_then(|every| usize::try_from(every).ok()) {
        let rest = jobs.split_off(Kind::ALL.len());
        jobs.extend(rest.into_iter().step_by(every));
    }
    let report = play_all(&jobs);
    let mut added = report.added;
    added.sort_unstable();
    let median = added.get(added.len() / 2).copied().unwrap_or_default();
    let most = added.last().copied().unwrap_or_default();
    for violation in report.violations.iter().take(SHOWN) {
        eprintln!("{violation}\n");
    }
    println!(
        "sweep: {} passed ({} cases, {} seeds) in {} s; going on in a new page adds {median} requests in the median, {most} at most; violations {}",
        report.cases + report.seeds,
        report.cases,
        report.seeds,
        start.elapsed().as_secs(),
        report.violations.len()
    );
    if report.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one random script and prints it in full.
fn tell(seed: u64, scenes: &[Fixture]) -> ExitCode {
    let script = Script::drawn(seed, scenes);
    println!("{script:#?}");
    match script.play(scene_of(script.kind, scenes)) {
        Ok(tale) => {
            println!("{}\nas it must be", tale.goes.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn scene_of(kind: Kind, scenes: &[Fixture]) -> &Fixture {
    scenes.iter().find(|scene| scene.kind == kind).unwrap()
}

fn jobs(scenes: &[Fixture], seeds: u64) -> Vec<Job> {
    let mut jobs: Vec<Job> = Kind::ALL.map(Job::Special).into();
    jobs.extend(cases(scenes).into_iter().map(Job::Case));
    jobs.extend((0..seeds).map(Job::Seed));
    jobs
}

/// Scripts for every fault at every request and every record of every scene, with every recovery.
fn cases(scenes: &[Fixture]) -> Vec<Script> {
    let mut cases = Vec::new();
    for scene in scenes {
        let ways: &[Way] = if scene.kind.is_undo() {
            &Way::ALL[..2]
        } else {
            &Way::ALL
        };
        let mut add = |script: Script| {
            for way in ways {
                cases.push(Script {
                    ways: vec![*way],
                    ..script.clone()
                });
            }
        };
        let plain = Script::new(scene.kind);
        add(plain.clone());
        let requests = u32::try_from(scene.golden.requests).unwrap();
        for place in 0..requests {
            for mischief in InjectedFault::all() {
                add(Script {
                    mischief: vec![(place, mischief)],
                    ..plain.clone()
                });
            }
        }
        // An existing pair has replicated long ago, and the run creates little in it.
        let lags = if scene.kind.shape().is_some() {
            &LAGS[1..2]
        } else {
            &LAGS
        };
        for seconds in lags.iter().copied() {
            for place in 0..requests {
                for mischief in InjectedFault::doubtful() {
                    add(Script {
                        mischief: vec![(place, mischief)],
                        lag: Some(lag(seconds)),
                        ..plain.clone()
                    });
                }
            }
        }
        for place in 0..scene.golden.records + 2 {
            for mishap in [
                FaultInjection::CrashBefore,
                FaultInjection::CrashAfter,
                FaultInjection::Full,
            ] {
                add(Script {
                    mishap: Some((place, mishap)),
                    ..plain.clone()
                });
            }
        }
    }
    cases
}

/// Runs all jobs on all cores. Each thread has its own simulated clouds.
fn play_all(jobs: &[Job]) -> Report {
    let next = AtomicUsize::new(0);
    let report = Mutex::new(Report::default());
    panic::set_hook(Box::new(|_| ()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let scenes: Vec<Fixture> = Kind::ALL.map(Fixture::new).into();
                let mut own = Report::default();
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    own.play(job, &scenes);
                }
                report.lock().unwrap().add(own);
            });
        }
    });
    drop(panic::take_hook());
    report.into_inner().unwrap()
}

impl Report {
    fn play(&mut self, job: &Job, scenes: &[Fixture]) {
        let name = match job {
            Job::Case(script) => format!("{script:?}"),
            Job::Seed(seed) => {
                format!("SWEEP_SEED={seed} cargo run --profile sweep -p sweep")
            }
            Job::Special(kind) => format!("special cases of {kind:?}"),
        };
        let played = panic::catch_unwind(AssertUnwindSafe(|| match job {
            Job::Case(script) => self
                .told(script, scenes)
                .map(|is_case| (usize::from(is_case), 0)),
            Job::Seed(seed) => self
                .told(&Script::drawn(*seed, scenes), scenes)
                .map(|_| (0, 1)),
            Job::Special(kind) => special::all(scene_of(*kind, scenes)).map(|cases| (cases, 0)),
        }));
        let played = played.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(format!("panicked: {}", text.unwrap_or_default()))
        });
        match played {
            Ok((cases, seeds)) => {
                self.cases += cases;
                self.seeds += seeds;
            }
            Err(error) => self.violations.push(format!("{name}\n  {error}")),
        }
    }

    /// Returns true if every planned fault occurred. A fault after the end of the run does not occur, and such a script is not counted.
    fn told(&mut self, script: &Script, scenes: &[Fixture]) -> Result<bool, String> {
        let scene = scene_of(script.kind, scenes);
        let tale = script.play(scene)?;
        let was_resumed = script.ways.first() == Some(&Way::Reload) && tale.goes.len() > 1;
        if was_resumed && tale.is_complete && script.lag.is_none() && tale.is_struck {
            let more = tale.requests.saturating_sub(scene.golden.requests);
            self.added.push(more);
        }
        Ok(tale.is_struck)
    }

    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.seeds += other.seeds;
        self.added.extend(other.added);
        self.violations.extend(other.violations);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_of_the_sweep_has_no_violations() {
        let scenes: Vec<Fixture> = Kind::ALL.map(Fixture::new).into();
        let all = jobs(&scenes, SEEDS);
        let (special, rest) = all.split_at(Kind::ALL.len());
        let mut report = Report::default();
        for job in special.iter().chain(rest.iter().step_by(997)) {
            report.play(job, &scenes);
        }
        assert!(
            report.violations.is_empty(),
            "{}",
            report.violations.join("\n\n")
        );
    }
}
