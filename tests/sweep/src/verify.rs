//! Conditions that must be true at the end of every script, with any faults.

use std::collections::BTreeSet;
use std::time::Duration;

use cloud_sim::platform::SimPlatform;
use domain::ids::KeyId;
use engine::desired::Draft;
use engine::desired::repair;
use engine::desired::repair::Repair;
use serde_json::Value;

use crate::actor::Actor;
use crate::actor::Go;
use crate::actor::Goal;
use crate::fixture::Kind;
use crate::fixture::OLD;
use crate::fixture::TENANT;
use crate::fixture::app_of;

/// Time after which every replica of the directory has all writes.
const SETTLED: Duration = Duration::from_secs(20 * 60);

/// The result of a scene without faults.
#[derive(Clone)]
pub(crate) struct Golden {
    kind: Kind,
    before: Value,
    after: Value,
    /// True if the run creates a secret.
    makes_secret: bool,
    /// Number of requests, sign-in included.
    pub(crate) requests: u64,
    /// Number of journal records.
    pub(crate) records: u32,
}

impl Golden {
    pub(crate) fn of(kind: Kind, world: &SimPlatform, draft: &Draft, before: Value) -> Self {
        let mut person = Actor::new(world.fork(), draft.clone(), kind.goal());
        assert_eq!(person.go(), Go::Complete, "{kind:?} undisturbed");
        let requests = person.world.requests();
        assert_eq!(person.save(true), Go::Complete);
        let (open, texts) = person.shelf();
        assert_eq!(open, 0, "{kind:?} undisturbed leaves its run open");
        let mut golden = Self {
            kind,
            after: state(&person.world),
            before,
            makes_secret: person.saved.is_some(),
            requests,
            records: u32::try_from(texts.matches("\"serial\"").count()).unwrap(),
        };
        if kind.is_undo() {
            golden.makes_secret = false;
            golden
                .check_undone(
                    &person,
                    matches!(kind.goal(), Goal::Undo { for_good: true }),
                )
                .unwrap();
        } else {
            golden.check_complete(&mut person).unwrap();
        }
        if kind.shape().is_some() && !kind.is_undo() {
            let changed = changed(&golden.before, &golden.after);
            assert!(!changed.is_empty(), "{kind:?} changes nothing");
            assert_eq!(unnamed(kind, &changed), Vec::<&String>::new(), "{kind:?}");
        }
        golden
    }

    /// Checks that each object exists once and that nothing else has changed. In an existing pair, another run plans no writes.
    pub(crate) fn check_complete(&self, person: &mut Actor) -> Result<(), String> {
        check_shelf(person)?;
        person.world.advance(SETTLED);
        same("complete", &self.after, &state(&person.world))?;
        if self.makes_secret {
            let saved = person.saved.ok_or("the secret was not saved")?;
            check_secret(person, saved)?;
        }
        if self.kind.shape().is_some() {
            check_over(person)?;
        }
        Ok(())
    }

    /// Checks that the tenant is as before. The run's own apps can be among the deleted items.
    pub(crate) fn check_undone(&self, person: &Actor, for_good: bool) -> Result<(), String> {
        check_shelf(person)?;
        person.world.advance(SETTLED);
        let (mut before, mut now) = (self.before.clone(), state(&person.world));
        // Resource providers stay registered, because other services may use them by now.
        let registered = |state: &Value| -> BTreeSet<String> {
            let subscriptions = state["subscriptions"].as_object().unwrap();
            let all = subscriptions
                .values()
                .flat_map(|it| it.as_object().unwrap());
            all.filter(|(_, state)| *state == "Registered")
                .map(|(name, _)| name.clone())
                .collect()
        };
        if !registered(&now).is_superset(&registered(&before)) {
            return Err("undone: a provider is not registered any more".to_owned());
        }
        for state in [&mut before, &mut now] {
            state["subscriptions"] = Value::Null;
        }
        if !for_good {
            let ours = |it: &Value| {
                it["uniqueName"]
                    .as_str()
                    .is_some_and(|key| key.contains("cmg-entra-setup"))
            };
            for state in [&mut before, &mut now] {
                let deleted = state["deletedApplications"].as_array_mut().unwrap();
                deleted.retain(|it| !ours(it));
            }
        }
        if matches!(self.kind, Kind::OldPairRepair | Kind::UndoOldPairRepair) {
            // Removed values are not restored.
            for state in [&mut before, &mut now] {
                let apps = state["applications"].as_array_mut().unwrap();
                let server = apps
                    .iter_mut()
                    .find(|it| it["displayName"] == "Fabrikam server");
                server.unwrap()["web"]["implicitGrantSettings"] = Value::Null;
            }
        }
        if matches!(self.kind, Kind::OldSecret | Kind::Retire) {
            // The run created nothing, and removed values stay removed: each value is as before or as planned.
            return between(&before, &self.after, &now);
        }
        same("undone", &before, &now)
    }
}

/// The tenant in a form that allows a comparison of two runs.
pub(crate) fn state(world: &SimPlatform) -> Value {
    let state = world.with_sim(|sim| sim.snapshot_of(TENANT)).to_string();
    // Only the ID of the run is random.
    let mut parts = state.split("CMG Entra Setup ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("CMG Entra Setup <run>");
        text.push_str(part.get(36..).unwrap_or_default());
    }
    serde_json::from_str(&text).unwrap()
}

/// Returns an error that describes the first difference.
fn same(what: &str, wanted: &Value, found: &Value) -> Result<(), String> {
    if wanted == found {
        return Ok(());
    }
    let mut differences = Vec::new();
    for (name, wanted) in wanted.as_object().unwrap() {
        let found = &found[name];
        if let (Some(wanted), Some(found)) = (wanted.as_array(), found.as_array()) {
            let missing = wanted
                .iter()
                .filter(|it| count(wanted, it) > count(found, it));
            let surplus = found
                .iter()
                .filter(|it| count(found, it) > count(wanted, it));
            let missing = missing.map(|it| format!("{name} lacks {}", short(it)));
            let surplus = surplus.map(|it| format!("{name} has {}", short(it)));
            differences.extend(missing.chain(surplus));
        } else if wanted != found {
            differences.push(format!("{name}: {wanted} became {found}"));
        }
    }
    differences.extend(changed(wanted, found));
    Err(format!("{what}: {}", differences.join("\n    ")))
}

/// Checks that every difference was planned, for a partial run.
fn between(before: &Value, after: &Value, now: &Value) -> Result<(), String> {
    for (name, now) in now.as_object().unwrap() {
        let [before, after, now] =
            [&before[name], &after[name], now].map(|it| it.as_array().cloned().unwrap_or_default());
        let is_in = |all: &[Value], it: &&Value| all.contains(*it);
        let odd = now
            .iter()
            .find(|it| !is_in(&before, it) && !is_in(&after, it));
        let lost = before
            .iter()
            .find(|it| is_in(&after, it) && !is_in(&now, it));
        if let Some(it) = odd.or(lost) {
            return Err(format!("undone: {name} has or lacks {}", short(it)));
        }
    }
    Ok(())
}

/// Checks that another run plans no writes. The new secret exists already, so it is not selected again.
fn check_over(person: &mut Actor) -> Result<(), String> {
    let repairs = repair::read(&person.draft.repairs).unwrap();
    let repairs: Vec<_> = repairs
        .into_iter()
        .filter(|it| *it != Repair::Secret)
        .collect();
    person.draft.repairs = repair::written(&repairs);
    match person.still_planned() {
        Some(0) => Ok(()),
        planned => Err(format!("going on once more: {planned:?} writes planned")),
    }
}

/// Changes of a run, one per line: `-` for removed and `+` for added values.
fn changed(before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (lines(before), lines(after));
    let gone = before.difference(&after).map(|it| format!("- {it}"));
    let new = after.difference(&before).map(|it| format!("+ {it}"));
    gone.chain(new).collect()
}

/// All values of a state, one per line. The order of lists does not matter.
fn lines(state: &Value) -> BTreeSet<String> {
    fn walk(path: &str, value: &Value, lines: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let name = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    walk(&name, value, lines);
                }
            }
            Value::Array(all) => {
                for one in all {
                    let name = [
                        "id",
                        "displayName",
                        "resourceAppId",
                        "principalId",
                        "clientId",
                    ];
                    let name = name.iter().find_map(|name| one[*name].as_str());
                    walk(&format!("{path}[{}]", name.unwrap_or_default()), one, lines);
                }
            }
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                lines.insert(format!("{path}: {value}"));
            }
        }
    }
    let mut all = BTreeSet::new();
    walk("", state, &mut all);
    all
}

/// Values that a run without faults removes although none of its repairs names them.
fn unnamed(kind: Kind, changed: &[String]) -> Vec<&String> {
    const IMPLICIT: &str = "applications[<application Fabrikam server>].web.implicitGrantSettings";
    let secret = format!("applications[<application Fabrikam server>].passwordCredentials[{OLD}]");
    let is_named = |line: &&String| match kind {
        Kind::OldPairRepair => line.contains(IMPLICIT),
        Kind::OldSecret => line.contains(&secret),
        // The two apps and everything that belongs to them.
        Kind::Retire => line.contains("Fabrikam server") || line.contains("Fabrikam client"),
        Kind::Fresh
        | Kind::Discovery
        | Kind::Repair
        | Kind::Renewal
        | Kind::Providers
        | Kind::UndoDiscovery
        | Kind::UndoForGood
        | Kind::UndoRepair
        | Kind::SecondSecret
        | Kind::UndoOldPairRepair => false,
    };
    let gone = changed.iter().filter(|line| line.starts_with('-'));
    gone.filter(|line| !is_named(line)).collect()
}

/// An object without its empty members.
fn short(value: &Value) -> String {
    let Some(fields) = value.as_object() else {
        return value.to_string();
    };
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let fields = fields.iter().filter(|(_, value)| !is_empty(value));
    let told: Vec<String> = fields
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let told = told.join(", ");
    told.chars().take(160).collect()
}

fn count(all: &[Value], one: &Value) -> usize {
    all.iter().filter(|it| *it == one).count()
}

/// Checks that the secret saved by the admin exists in the tenant.
fn check_secret(person: &Actor, saved: KeyId) -> Result<(), String> {
    let server = app_of(&person.world, &person.draft).ok_or("no server app")?;
    let keys = server["passwordCredentials"].as_array().unwrap();
    let saved = saved.to_string();
    if keys.iter().any(|it| it["keyId"].as_str() == Some(&saved)) {
        Ok(())
    } else {
        Err("the secret that was handed over is not in the tenant".to_owned())
    }
}

/// Checks that no run waits for a decision and that the store contains no secret.
fn check_shelf(person: &Actor) -> Result<(), String> {
    let (open, texts) = person.shelf();
    check_texts(&texts)?;
    if open > 0 {
        return Err(format!("{open} runs are left open:\n{texts}"));
    }
    Ok(())
}

/// Every secret of the simulated cloud contains these three characters. Every token starts with an encoded brace. The ID of a grant, 43
/// random characters, can start the same way.
pub(crate) fn check_texts(texts: &str) -> Result<(), String> {
    const LETTERS_OF_ID: usize = 43;
    let is_apart = |it: char| !it.is_ascii_alphanumeric() && !matches!(it, '-' | '_');
    let mut words = texts.split(is_apart);
    let is_token = words.any(|it| it.starts_with("eyJ") && it.len() != LETTERS_OF_ID);
    if is_token || texts.contains("8Q~") || texts.contains("Bearer") {
        return Err("something secret lies on the shelf".to_owned());
    }
    Ok(())
}
