//! What has changed since an earlier report of the same tenant. Pure.
//!
//! Lists are compared as sets, IDs as IDs and moments as moments. What could not be read in one of the two reports is no difference.

use crate::audit::AppFact;
use crate::audit::Report;
use crate::audit::State;
use crate::audit::check::CheckId;
use crate::desired::repair::Part;
use crate::export::report::Stored;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::lookalike::isolated;
use domain::words::Words;

/// The two reports are not about the same tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// Another cloud.
    Cloud,
    /// Another tenant.
    Tenant,
}

impl Incomparable {
    /// The rule and the mend.
    #[must_use]
    pub fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Cloud => words.report_other_cloud(),
            Self::Tenant => words.report_other_tenant(),
        }
    }
}

/// Which way a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A better state.
    Better,
    /// A worse state.
    Worse,
    /// Something else is seen in the same state, or one of the two states is no answer.
    Other,
}

/// What a check found, then or now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The state.
    pub state: State,
    /// What was seen.
    pub seen: String,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A check found something else.
    Check {
        /// Which.
        id: CheckId,
        /// For the better or not.
        turn: Turn,
        /// Then.
        from: Finding,
        /// Now.
        to: Finding,
    },
    /// There was no such app, and now there is.
    AppCame(Part, AppId),
    /// There was such an app, and now there is none.
    AppGone(Part, AppId),
    /// Another app stands in its place.
    AppReplaced {
        /// Which of the two.
        part: Part,
        /// Then.
        from: AppId,
        /// Now.
        to: AppId,
    },
    /// An App ID URI came.
    UriCame(String),
    /// An App ID URI is gone.
    UriGone(String),
    /// A secret came.
    SecretCame(KeyId, String),
    /// A secret is gone.
    SecretGone(KeyId, String),
}

impl Difference {
    /// What a person reads.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::Check { id, turn, from, to } => {
                let head = match turn {
                    Turn::Better => words.report_better(name(*id, words)),
                    Turn::Worse => words.report_worse(name(*id, words)),
                    Turn::Other => words.report_changed(name(*id, words)),
                };
                words.report_check(
                    shown(&from.seen),
                    head,
                    to.state.label(words),
                    shown(&to.seen),
                    from.state.label(words),
                )
            }
            Self::AppCame(part, app) => words.report_app_came(title(*part, words), app),
            Self::AppGone(part, app) => words.report_app_gone(title(*part, words), app),
            Self::AppReplaced { part, from, to } => {
                words.report_app_replaced(title(*part, words), from, to)
            }
            Self::UriCame(uri) => words.report_uri_came(isolated(uri)),
            Self::UriGone(uri) => words.report_uri_gone(isolated(uri)),
            Self::SecretCame(key, name) => words.report_secret_came(key, isolated(name)),
            Self::SecretGone(key, name) => words.report_secret_gone(key, isolated(name)),
        }
    }
}

fn title(part: Part, words: Words) -> &'static str {
    match part {
        Part::Server => words.plan_server_app(),
        Part::Client => words.plan_client_app(),
    }
}

/// The check with its app: both apps have a redirect URI.
fn name(id: CheckId, words: Words) -> String {
    let is_app = matches!(id, CheckId::ServerApp | CheckId::ClientApp);
    let part = if is_app {
        None
    } else if id.is_of_server() {
        Some(Part::Server)
    } else {
        id.is_of_client().then_some(Part::Client)
    };
    match part {
        Some(part) => words.report_check_of(title(part, words), id.title(words)),
        None => id.title(words).to_owned(),
    }
}

/// What was seen, without the marks that kept names in it in their place: they are set anew around the whole.
fn shown(seen: &str) -> String {
    isolated(&seen.replace(is_isolate, ""))
}

fn is_isolate(character: char) -> bool {
    matches!(character, '\u{2068}' | '\u{2069}')
}

/// Tells what has changed: apps, App ID URIs, secrets, then the checks in the order of the report.
///
/// # Errors
/// The earlier report is of another cloud or tenant.
pub fn differences(earlier: &Stored, now: &Report) -> Result<Vec<Difference>, Incomparable> {
    if earlier.cloud != now.cloud {
        return Err(Incomparable::Cloud);
    }
    if earlier.tenant != now.tenant {
        return Err(Incomparable::Tenant);
    }
    let mut found = Vec::new();
    let both = Both { earlier, now };
    both.app(Part::Server, &mut found);
    both.app(Part::Client, &mut found);
    if let (Some(server), Some(server_now)) = (&earlier.server, &now.server) {
        both.uris(&mut found);
        // Of another app they are all others, which says nothing.
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

    /// True if both reports know what a check is about.
    fn is_read(&self, id: CheckId) -> bool {
        let is_answer = |it: Option<Finding>| it.is_some_and(|it| it.state != State::CannotTell);
        is_answer(self.then(id)) && is_answer(self.now(id))
    }

    fn app(&self, part: Part, found: &mut Vec<Difference>) {
        let (then, now, id) = match part {
            Part::Server => (&self.earlier.server, &self.now.server, CheckId::ServerApp),
            Part::Client => (&self.earlier.client, &self.now.client, CheckId::ClientApp),
        };
        let id_of = |app: &Option<AppFact>| app.as_ref().map(|app| app.app);
        match (id_of(then), id_of(now)) {
            (Some(from), Some(to)) if from != to => {
                found.push(Difference::AppReplaced { part, from, to });
            }
            // An app that could not be read is not gone.
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
        // A check that only one report has is about an app that only one has, which is told already, or is new in this version.
        let (Some(from), Some(to)) = (self.then(id), self.now(id)) else {
            return;
        };
        let turn = match (rank(from.state), rank(to.state)) {
            (Some(then), Some(now)) if then < now => Turn::Better,
            (Some(then), Some(now)) if then > now => Turn::Worse,
            _ if from.state != to.state || !same_text(&from.seen, &to.seen) => Turn::Other,
            _ => return,
        };
        found.push(Difference::Check { id, turn, from, to });
    }
}

/// How good a state is; nothing for "cannot tell", which is neither better nor worse than any.
fn rank(state: State) -> Option<u8> {
    match state {
        State::Broken => Some(0),
        State::Attention => Some(1),
        State::Ok => Some(2),
        State::CannotTell => None,
    }
}

/// The text as it is compared: GUIDs in lower case.
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

/// Letter by letter but for a GUID's case. Entra keeps no slash at the end.
fn same_uri(one: &str, other: &str) -> bool {
    let bare = |uri: &str| plain(uri.strip_suffix('/').unwrap_or(uri));
    bare(one) == bare(other)
}

/// The same words, in whatever order a list among them was read.
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
    // Counted and not sorted: a sort weighs 1 kB in the page. The length first: the one side may be a file of a million words.
    one.len() == other.len() && one.iter().all(|it| times(&one, it) == times(&other, it))
}
