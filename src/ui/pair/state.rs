//! Pair check: finds app pairs, checks one, and collects the repairs that the admin selects.
//!
//! Finding and checking only read. A repair is a review and a run like any other, with answers of its own. The wizard's answers are saved
//! meanwhile and restored afterwards.

use jiff::Timestamp;

use crate::ui::sign_in::state::ReadState;
use domain::ids::AppId;
use domain::problem::Problem;
use engine::audit::Report;
use engine::audit::State;
use engine::desired::Draft;
use engine::desired::repair::Repair;
use engine::export::report::Stored;
use engine::export::saved_file::FileError;
use engine::read::consumers::Consumers;
use engine::read::discover::Found;
use engine::read::discover::Pair;
use engine::read::observed::Observed;
use engine::read::sign_ins::LastUse;
use engine::read::sign_ins::SignIns;
use strum::EnumIter;
use strum::EnumString;
use strum::IntoStaticStr;

/// Results of the checks that a long report shows on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ReportFilter {
    #[default]
    All,
    /// What is broken or needs attention.
    Open,
    CannotTell,
    Ok,
}

impl ReportFilter {
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }

    #[must_use]
    pub fn has(self, state: State) -> bool {
        match self {
            Self::All => true,
            Self::Open => matches!(state, State::Broken | State::Attention),
            Self::CannotTell => state == State::CannotTell,
            Self::Ok => state == State::Ok,
        }
    }
}

/// How a long report arranges its findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ReportGrouping {
    #[default]
    Result,
    App,
}

impl ReportGrouping {
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }
}

#[derive(Clone, Debug, Default)]
pub struct PairModel {
    /// The pasted client ID.
    pub typed: String,
    /// Client ID of the web (server) app that the admin picked.
    pub picked_server: String,
    /// Client ID of the native (client) app that the admin picked.
    pub picked_client: String,
    /// `None` before the first search.
    pub search: Option<ReadState<Found>>,
    /// Number of searches: the result of an older one is ignored.
    pub(in crate::ui) searches: u32,
    /// The admin sets up another pair, although the tenant has one.
    pub wants_another: bool,
    /// The pair to check.
    pub pair: Option<Pair>,
    pub checkup: Option<ReadState<Box<CheckResult>>>,
    /// Selected repairs.
    pub chosen: Vec<Repair>,
    /// The admin confirms that Configuration Manager has the new secret, so old secrets may be removed.
    pub has_new_secret: bool,
    /// Consumers of the pair; `None` before they are requested.
    pub uses: Option<ReadState<Consumers>>,
    /// Last sign-ins of the pair; `None` before they are requested.
    pub sign_ins: Option<ReadState<SignIns>>,
    /// The wizard's answers, while a repair's answers replace them.
    pub saved_draft: Option<Box<Draft>>,
    /// Results that the report shows.
    pub filter: ReportFilter,
    /// Order of the findings.
    pub grouping: ReportGrouping,
    /// Pasted text of an earlier report.
    pub earlier: String,
    /// The parsed `earlier`; `None` if it is empty.
    pub earlier_read: Option<Result<Box<Stored>, FileError>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CheckResult {
    pub observed: Observed,
    pub report: Report,
}

impl PairModel {
    /// State at page start. The answers of a repair name its pair.
    #[must_use]
    pub fn new(typed: Option<String>, saved_draft: Option<Draft>, draft: Option<&Draft>) -> Self {
        let id = |text: &str| text.parse::<AppId>().ok();
        let pair = |draft: &Draft| Pair {
            server: id(&draft.server_app),
            client: id(&draft.client_app),
            is_linked: true,
        };
        let existing = draft.filter(|draft| draft.has_existing());
        Self {
            typed: typed.unwrap_or_default(),
            saved_draft: saved_draft.map(Box::new),
            pair: existing.map(pair),
            ..Self::default()
        }
    }

    /// The pasted text, if it is a client ID.
    #[must_use]
    pub fn typed_id(&self) -> Option<AppId> {
        self.typed.trim().parse().ok()
    }

    /// The pairs that a setup would add another one to: two apps that exist, and of which one requests permissions of the other.
    pub fn there(&self) -> impl Iterator<Item = (&Found, &Pair)> {
        let found = self.search.as_ref().and_then(ReadState::done);
        let pairs = found.into_iter().flat_map(|found| {
            found.pairs.iter().filter(|pair| {
                let is_there = |app| found.candidate(app).is_some_and(|it| !it.is_deleted);
                let apps = [pair.server, pair.client];
                pair.is_linked && apps.into_iter().all(|app| app.is_some_and(is_there))
            })
        });
        pairs.filter_map(move |pair| Some((found?, pair)))
    }

    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        let checkup = self.checkup.as_ref()?.done()?;
        Some(&checkup.report)
    }

    /// Problems of the read requests that failed.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let search = self.search.as_ref().and_then(ReadState::failed);
        let checkup = self.checkup.as_ref();
        let azure = checkup
            .and_then(ReadState::done)
            .and_then(|checkup| checkup.observed.azure.as_ref());
        let sign_ins = self.sign_ins.as_ref().and_then(ReadState::failed);
        [search, checkup.and_then(ReadState::failed), azure, sign_ins]
            .into_iter()
            .flatten()
    }

    /// When the newest secret was last used, if Microsoft reports a sign-in with it since it was created, and none with an older secret
    /// afterwards: another site may use the same app.
    #[must_use]
    pub fn new_secret_used(&self, now: Timestamp) -> Option<Timestamp> {
        let report = self.report()?;
        let newest = report.newest_secret(now)?;
        let sign_ins = self.sign_ins.as_ref()?.done()?;
        let last = |key| match sign_ins.of_secret(key) {
            LastUse::At(at) => Some(at),
            LastUse::NotReported | LastUse::CannotTell(_) => None,
        };
        let used = last(newest.key).filter(|at| newest.start.is_some_and(|start| *at >= start))?;
        let is_later = |key| last(key).is_some_and(|at| at > used);
        let mut older = report.secrets.iter().filter(|it| it.key != newest.key);
        (!older.any(|it| is_later(it.key))).then_some(used)
    }

    /// Whether a repair may be selected. An unexpired secret may be removed only after the new one was used, or after the admin confirms
    /// that the site has it.
    #[must_use]
    pub fn may_choose(&self, repair: Repair, now: Timestamp) -> bool {
        let Repair::OldSecret(key) = repair else {
            return true;
        };
        let secrets = self.report().map(|report| &report.secrets);
        let mut living = secrets.into_iter().flatten().filter(|it| it.lives(now));
        self.has_new_secret
            || self.new_secret_used(now).is_some()
            || !living.any(|it| it.key == key)
    }
}

/// Limits the search to the latest few pairs, because one browser may have set up many.
pub fn latest(mut apps: Vec<AppId>) -> Vec<AppId> {
    apps.split_off(apps.len().saturating_sub(4))
}
