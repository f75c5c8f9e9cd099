//! The faults of a run, and how the admin reacts to them.

use std::time::Duration;

use cloud_sim::Pace;
use cloud_sim::directory::store::Replication;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::FaultInjection;
use domain::platform::Platform as _;
use fastrand::Rng;

use crate::actor::Actor;
use crate::actor::Go;
use crate::actor::Goal;
use crate::fixture::Fixture;
use crate::fixture::Kind;
use crate::fixture::TENANT;
use crate::verify::check_texts;

/// Maximum number of attempts. More attempts count as a defect of the page.
const PATIENCE: usize = 10;

/// What the admin does after an attempt, for any result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Continues in the same page, or in a new page after a crash.
    GoOn,
    /// Reloads the page, also after a complete run. Values that only the page has are lost.
    Reload,
    /// Undoes the run.
    Undo { for_good: bool },
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::GoOn, Self::Reload, Self::Undo { for_good: false }];
}

/// The fault of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InjectedFault {
    Of(FaultKind),
    /// The token is refused, and a new one requires a sign-in.
    SignedOut,
}

const PORTAL: &str = "<html>Sign in to the guest network</html>";
const SESSION_OVER: &str = r#"{"error":"invalid_grant","error_description":"AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime.","error_codes":[700084]}"#;
const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

impl InjectedFault {
    pub(crate) fn all() -> Vec<Self> {
        let gateway = |status| FaultKind::Instead(status, String::new());
        let mut all: Vec<Self> = [
            FaultKind::Throttled(Some(Duration::from_secs(7))),
            FaultKind::Throttled(None),
            gateway(500),
            gateway(503),
            gateway(504),
            FaultKind::Failed(500),
            FaultKind::Failed(503),
            FaultKind::Failed(504),
            FaultKind::LostBefore,
            FaultKind::LostAfter,
            FaultKind::HangAfter,
            FaultKind::CutAfter,
            FaultKind::Instead(200, PORTAL.to_owned()),
            FaultKind::Garbled(PORTAL.to_owned()),
            FaultKind::Revoked(None),
            FaultKind::Revoked(Some(CLAIMS.to_owned())),
            FaultKind::Denied,
            FaultKind::Concurrency,
            FaultKind::Twice,
            FaultKind::CrashBefore,
            FaultKind::CrashAfter,
            FaultKind::CrashAnswered,
        ]
        .map(Self::Of)
        .into();
        all.push(Self::SignedOut);
        all
    }

    /// Faults that leave the outcome of a write unknown or crash the page. Slow replication makes these difficult.
    pub(crate) fn doubtful() -> Vec<Self> {
        [
            FaultKind::LostBefore,
            FaultKind::LostAfter,
            FaultKind::Twice,
            FaultKind::CrashBefore,
            FaultKind::CrashAfter,
        ]
        .map(Self::Of)
        .into()
    }
}

/// A replication delay.
pub(crate) fn lag(seconds: u64) -> Replication {
    let lag = Duration::from_secs(seconds);
    Replication {
        by_key: lag,
        lists: lag,
        references: lag,
    }
}

/// Replication delays in seconds: normal, slow, and longer than a run waits.
pub(crate) const LAGS: [u64; 3] = [5, 90, 660];

/// One scripted run.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) kind: Kind,
    pub(crate) lag: Option<Replication>,
    pub(crate) is_uneven: bool,
    /// Faults, each with the number of requests before it.
    pub(crate) mischief: Vec<(u32, InjectedFault)>,
    /// A fault of the journal, with the number of records before it.
    pub(crate) mishap: Option<(u32, FaultInjection)>,
    /// What the admin does after each attempt. After the last entry, the admin continues.
    pub(crate) ways: Vec<Way>,
    /// Seconds before each new attempt. The last value repeats.
    pub(crate) waits: Vec<u64>,
}

/// The result of a script.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    /// Number of requests sent.
    pub(crate) requests: u64,
    /// True if every planned fault occurred.
    pub(crate) is_struck: bool,
    /// One line for each attempt.
    pub(crate) goes: Vec<String>,
    /// True if the run ended as the admin first intended.
    pub(crate) is_complete: bool,
}

impl Script {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            lag: None,
            is_uneven: false,
            mischief: Vec::new(),
            mishap: None,
            ways: Vec::new(),
            waits: vec![1, 20, 120, 720, 3600],
        }
    }

    /// Creates a random script. The same seed gives the same script.
    pub(crate) fn drawn(seed: u64, scenes: &[Fixture]) -> Self {
        let mut dice = Rng::with_seed(seed);
        let scene = &scenes[dice.usize(..scenes.len())];
        let kinds = InjectedFault::all();
        let requests = u32::try_from(scene.golden.requests).unwrap();
        let mut script = Self::new(scene.kind);
        script.lag = match dice.u8(..6) {
            0 => Some(lag(LAGS[dice.usize(..LAGS.len())])),
            1 | 2 => {
                let mut some = || Duration::from_secs(dice.u64(..200));
                Some(Replication {
                    by_key: some(),
                    lists: some(),
                    references: some(),
                })
            }
            _ => None,
        };
        script.is_uneven = dice.bool();
        let count = dice.usize(2..=4);
        script.mischief = (0..count)
            .map(|place| {
                let most = if place == 0 { requests } else { 60 };
                (dice.u32(..most), kinds[dice.usize(..kinds.len())].clone())
            })
            .collect();
        if dice.u8(..4) == 0 {
            let mishaps = [
                FaultInjection::CrashBefore,
                FaultInjection::CrashAfter,
                FaultInjection::Full,
            ];
            script.mishap = Some((
                dice.u32(..scene.golden.records + 8),
                mishaps[dice.usize(..mishaps.len())],
            ));
        }
        script.ways = (0..dice.usize(..4))
            .map(|_| match dice.u8(..8) {
                0 => Way::Undo {
                    for_good: dice.bool(),
                },
                1 | 2 => Way::Reload,
                _ => Way::GoOn,
            })
            .collect();
        script.waits.insert(0, dice.u64(..900));
        script
    }

    /// Runs the script. Any violated condition is an error.
    pub(crate) fn play(&self, scene: &Fixture) -> Result<Trace, String> {
        let mut tale = Trace::default();
        match self.unfold(scene, &mut tale) {
            Ok(()) => Ok(tale),
            Err(error) => Err(format!("{error}\n  {}", tale.goes.join("\n  "))),
        }
    }

    fn unfold(&self, scene: &Fixture, tale: &mut Trace) -> Result<(), String> {
        let mut person = scene.person();
        self.prepare(&person);
        for round in 0..PATIENCE {
            let went = person.go();
            let way = self.ways.get(round).copied().unwrap_or(Way::GoOn);
            tale.goes
                .push(format!("{} {went:?}, then {way:?}", person.world.now()));
            if let Go::Stopped(reasons) = &went
                && reasons.iter().any(|reason| reason.contains("UNNAMED"))
            {
                return Err("a stop without a name".to_owned());
            }
            check_texts(&person.texts())?;
            self.check_secrets(&person)?;
            tale.requests = person.world.requests();
            match (&went, person.goal) {
                // If the last record did not fit in the store, the run is found again without remaining steps.
                (Go::Complete, Goal::Undo { for_good }) if person.shelf().0 == 0 => {
                    self.settle(&person, tale);
                    return scene.golden.check_undone(&person, for_good);
                }
                (Go::Complete, Goal::Run) if way == Way::GoOn => {
                    if person.save(true) == Go::Complete && person.shelf().0 == 0 {
                        self.settle(&person, tale);
                        return scene.golden.check_complete(&mut person);
                    }
                    person.reload();
                }
                (Go::Crashed, _) => person.reload(),
                (Go::Complete | Go::Stopped(_), _) if way == Way::Reload => person.reload(),
                (Go::Complete | Go::Stopped(_), _) => {}
            }
            if let (Way::Undo { for_good }, Goal::Run) = (way, person.goal) {
                person.goal = Goal::Undo { for_good };
            }
            let (open, texts) = person.shelf();
            if open == 0 && texts.contains(r#""how":"complete""#) {
                // The run was complete before the admin could undo it.
                self.settle(&person, tale);
                return scene.golden.check_complete(&mut person);
            }
            let wait = self.waits.get(round).or(self.waits.last());
            let wait = wait.copied().unwrap_or_default();
            person.world.advance(Duration::from_secs(wait));
        }
        Err("it does not come to an end".to_owned())
    }

    fn prepare(&self, person: &Actor) {
        let world = &person.world;
        world.with_sim(|sim| {
            if let Some(lag) = self.lag {
                sim.replicate(lag);
            }
            if self.is_uneven {
                let (least, most) = (Duration::from_millis(20), Duration::from_millis(900));
                sim.set_pace(Pace::Varied(least, most));
            }
            for (skip, mischief) in &self.mischief {
                let fault = |skip: u32, path_prefix: String, kind: FaultKind| Fault {
                    method: None,
                    path_prefix,
                    skip,
                    times: 1,
                    kind,
                };
                match mischief {
                    InjectedFault::Of(kind) => {
                        sim.inject(fault(*skip, String::new(), kind.clone()));
                    }
                    InjectedFault::SignedOut => {
                        sim.inject(fault(*skip, String::new(), FaultKind::Revoked(None)));
                        let over = FaultKind::Instead(400, SESSION_OVER.to_owned());
                        sim.inject(fault(0, format!("/{TENANT}/oauth2"), over));
                    }
                }
            }
        });
        if let Some((after, mishap)) = self.mishap {
            world.let_happen(after, mishap);
        }
    }

    /// Checks that no second secret was created while the first one was valid, because a read would have shown the first. Only requests
    /// that the browser itself sends twice are exempt.
    fn check_secrets(&self, person: &Actor) -> Result<(), String> {
        let is_twice = |(_, it): &(u32, InjectedFault)| *it == InjectedFault::Of(FaultKind::Twice);
        let most = person
            .world
            .with_sim(|sim| sim.most_secrets_at_once(TENANT));
        if most > 1 && !self.mischief.iter().any(is_twice) {
            return Err(format!("{most} secrets of one run at once"));
        }
        Ok(())
    }

    /// Ends the script: remaining faults must not affect the final checks.
    fn settle(&self, person: &Actor, tale: &mut Trace) {
        let was_spent = person.world.with_sim(|sim| sim.is_harmless());
        let was_spared = person.world.spare_records();
        person.world.with_sim(cloud_sim::Sim::clear_faults);
        tale.is_struck = was_spent && !was_spared;
        tale.is_complete = person.goal == self.kind.goal();
    }
}
