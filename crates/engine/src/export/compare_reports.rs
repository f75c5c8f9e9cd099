//! Compares a report with an earlier report of the same tenant. Pure.
//!
//! Lists are compared as sets, IDs as IDs, and timestamps as timestamps. A value that could not be read in one of the two reports is not a
//! difference.

use crate::audit::AppFact;
use crate::audit::Report;
use crate::audit::State;
use crate::audit::check::CheckId;
use crate::desired::repair::AppRole;
use crate::export::report::Stored;
use domain::confusables::isolated;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::locale::Locale;

/// Why two reports cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// The reports are from different clouds.
    Cloud,
    /// The reports are from different tenants.
    Tenant,
}

impl Incomparable {
    /// One sentence with the rule and how to fix it.
    #[must_use]
    pub fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::Cloud => t.report_other_cloud(),
            Self::Tenant => t.report_other_tenant(),
        }
    }
}

/// How the result of a check changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The new state is better.
    Better,
    /// The new state is worse.
    Worse,
    /// The details changed but not the state, or one of the two states is "cannot tell".
    Other,
}

/// Result of a check in one of the two reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// State of the check.
    pub state: State,
    /// What the check found, as text.
    pub seen: String,
}

/// One difference between two reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The result of a check changed.
    Check {
        /// The check whose result changed.
        id: CheckId,
        /// Whether the result got better or worse.
        turn: Trend,
        /// Result in the earlier report.
        from: Finding,
        /// Result in the new report.
        to: Finding,
    },
    /// The app is new in this report.
    AppCame(AppRole, AppId),
    /// The app is no longer there.
    AppGone(AppRole, AppId),
    /// A different app has this role now.
    AppReplaced {
        /// Role of the app: server or client.
        part: AppRole,
        /// App in the earlier report.
        from: AppId,
        /// App in the new report.
        to: AppId,
    },
    /// The App ID URI is new.
    UriCame(String),
    /// The App ID URI is no longer there.
    UriGone(String),
    /// The secret is new. Holds its description.
    SecretCame(KeyId, String),
    /// The secret is no longer there. Holds its description.
    SecretGone(KeyId, String),
}

impl Difference {
    /// The difference in one sentence for the user.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::Check { id, turn, from, to } => {
                let head = match turn {
                    Trend::Better => t.report_better(name(*id, t)),
                    Trend::Worse => t.report_worse(name(*id, t)),
                    Trend::Other => t.report_changed(name(*id, t)),
                };
                t.report_check(
                    shown(&from.seen),
                    head,
                    to.state.label(t),
                    shown(&to.seen),
                    from.state.label(t),
                )
            }
            Self::AppCame(part, app) => t.report_app_came(title(*part, t), app),
            Self::AppGone(part, app) => t.report_app_gone(title(*part, t), app),
            Self::AppReplaced { part, from, to } => {
                t.report_app_replaced(title(*part, t), from, to)
            }
            Self::UriCame(uri) => t.report_uri_came(isolated(uri)),
            Self::UriGone(uri) => t.report_uri_gone(isolated(uri)),
            Self::SecretCame(key, name) => t.report_secret_came(key, isolated(name)),
            Self::SecretGone(key, name) => t.report_secret_gone(key, isolated(name)),
        }
    }
}

fn title(part: AppRole, t: Locale) -> &'static str {
    match part {
        AppRole::Server => t.plan_server_app(),
        AppRole::Client => t.plan_client_app(),
    }
}

/// Name of the check with its app, because both apps have a redirect URI.
fn name(id: CheckId, t: Locale) -> String {
    let is_app = matches!(id, CheckId::ServerApp | CheckId::ClientApp);
    let part = if is_app {
        None
    } else if id.is_of_server() {
        Some(AppRole::Server)
    } else {
        id.is_of_client().then_some(AppRole::Client)
    };
    match part {
        Some(part) => t.report_check_of(title(part, t), id.title(t)),
        None => id.title(t).to_owned(),
    }
}

/// The finding without the isolates around the names in it; a new pair surrounds the complete text.
fn shown(seen: &str) -> String {
    isolated(&seen.replace(is_isolate, ""))
}

fn is_isolate(character: char) -> bool {
    matches!(character, '\u{2068}' | '\u{2069}')
}

/// Lists the differences: apps, App ID URIs, secrets, then the checks in the order of the report.
///
/// # Errors
/// The earlier report is from another cloud or tenant.
pub fn differences(earlier: &Stored, now: &Report) -> Result<Vec<Difference>, Incomparable> {
    if earlier.cloud != now.cloud {
        return Err(Incomparable::Cloud);
    }
    if earlier.tenant != now.tenant {
        return Err(Incomparable::Tenant);
    }
    let mut found = Vec::new();
    let both = Both { earlier, now };
    both.app(AppRole::Server, &mut found);
    both.app(AppRole::Client, &mut found);
    if let (Some(server), Some(server_now)) = (&earlier.server, &now.server) {
        both.uris(&mut found);
        // Another app has entirely different secrets, so listing them has no value.
        if server.app == server_now.app {
            both.secrets(&mut found);
        }
    }
    for check in &now.checks {
        both.check(check.id, &mut found);
    }
    Ok(found)
}

struct Both<'a> {
    earlier: &'a Stored,
    now: &'a Report,
}

impl Both<'_> {
    fn then(&self, id: CheckId) -> Option<Finding> {
        let key = id.key();
        let check = self.earlier.checks.iter().find(|it| it.check == key)?;
        Some(Finding {
            state: check.state,
            seen: check.seen.clone(),
        })
    }

    fn now(&self, id: CheckId) -> Option<Finding> {
        let check = self.now.check(id)?;
        Some(Finding {
            state: check.state,
            seen: check.seen.clone(),
        })
    }

    /// True if both reports could read the subject of a check.
    fn is_read(&self, id: CheckId) -> bool {
        let is_answer = |it: Option<Finding>| it.is_some_and(|it| it.state != State::CannotTell);
        is_answer(self.then(id)) && is_answer(self.now(id))
    }

    fn app(&self, part: AppRole, found: &mut Vec<Difference>) {
        let (then, now, id) = match part {
            AppRole::Server => (&self.earlier.server, &self.now.server, CheckId::ServerApp),
            AppRole::Client => (&self.earlier.client, &self.now.client, CheckId::ClientApp),
        };
        let id_of = |app: &Option<AppFact>| app.as_ref().map(|app| app.app);
        match (id_of(then), id_of(now)) {
            (Some(from), Some(to)) if from != to => {
                found.push(Difference::AppReplaced { part, from, to });
            }
            // An app that could not be read may still exist.
            (None, Some(app)) if self.is_read(id) => found.push(Difference::AppCame(part, app)),
            (Some(app), None) if self.is_read(id) => found.push(Difference::AppGone(part, app)),
            _ => {}
        }
    }

    fn uris(&self, found: &mut Vec<Difference>) {
        let (then, now) = (&self.earlier.uris, &self.now.uris);
        let is_in = |list: &[String], uri: &str| list.iter().any(|it| same_uri(it, uri));
        for uri in now.iter().filter(|uri| !is_in(then, uri)) {
            found.push(Difference::UriCame(uri.clone()));
        }
        for uri in then.iter().filter(|uri| !is_in(now, uri)) {
            found.push(Difference::UriGone(uri.clone()));
        }
    }

    fn secrets(&self, found: &mut Vec<Difference>) {
        if !self.is_read(CheckId::Secrets) {
            return;
        }
        let (then, now) = (&self.earlier.secrets, &self.now.secrets);
        for secret in now {
            if then.iter().all(|it| it.key != secret.key) {
                found.push(Difference::SecretCame(secret.key, secret.name.clone()));
            }
        }
        for secret in then {
            if now.iter().all(|it| it.key != secret.key) {
                found.push(Difference::SecretGone(secret.key, secret.name.clone()));
            }
        }
    }

    fn check(&self, id: CheckId, found: &mut Vec<Difference>) {
        // A check in only one report belongs to an app that is already listed, or is new in this version.
        let (Some(from), Some(to)) = (self.then(id), self.now(id)) else {
            return;
        };
        // Sentences of different languages cannot be compared.
        let is_read_alike = self.earlier.language == self.now.language.tag();
        let turn = match (rank(from.state), rank(to.state)) {
            (Some(then), Some(now)) if then < now => Trend::Better,
            (Some(then), Some(now)) if then > now => Trend::Worse,
            _ if from.state != to.state || is_read_alike && !same_text(&from.seen, &to.seen) => {
                Trend::Other
            }
            _ => return,
        };
        found.push(Difference::Check { id, turn, from, to });
    }
}

/// Rank of a state. `None` for "cannot tell", which is neither better nor worse.
fn rank(state: State) -> Option<u8> {
    match state {
        State::Broken => Some(0),
        State::Attention => Some(1),
        State::Ok => Some(2),
        State::CannotTell => None,
    }
}

/// The text for comparison, with GUIDs in lowercase.
fn plain(text: &str) -> String {
    const GUID: usize = 36;
    let mut plain = text.to_owned();
    let mut at = 0;
    while at + GUID <= text.len() {
        let is_guid = |it: &str| it.parse::<ObjectId>().is_ok();
        if text.get(at..at + GUID).is_some_and(is_guid) {
            if let Some(guid) = plain.get_mut(at..at + GUID) {
                guid.make_ascii_lowercase();
            }
            at += GUID;
        } else {
            at += 1;
        }
    }
    plain
}

/// Exact comparison, except for the case of GUIDs. Microsoft Entra ID keeps no trailing slash.
fn same_uri(one: &str, other: &str) -> bool {
    let bare = |uri: &str| plain(uri.strip_suffix('/').unwrap_or(uri));
    bare(one) == bare(other)
}

/// True if both texts have the same words, in any order: lists have no fixed order.
fn same_text(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (plain(one), plain(other));
    let words = |text: &str| -> Vec<String> {
        let is_edge = |c: char| is_isolate(c) || matches!(c, ',' | '.');
        let words = text.split_whitespace().map(|it| it.trim_matches(is_edge));
        words
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(&one), words(&other));
    let times = |list: &[String], word: &str| list.iter().filter(|it| *it == word).count();
    // Counts instead of sorting: a sort adds 1 kB to the page. Compares the lengths first, because one side may be a file with a million
    // words.
    one.len() == other.len() && one.iter().all(|it| times(&one, it) == times(&other, it))
}
