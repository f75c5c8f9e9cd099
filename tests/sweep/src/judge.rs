//! What must be true in the end, whatever went wrong on the way.

use std::collections::BTreeSet;
use std::time::Duration;

use cmg_entra_setup::domain::ids::KeyId;
use cmg_entra_setup::engine::desired::Draft;
use cmg_entra_setup::sim::world::SimWorld;
use serde_json::Value;

use crate::person::Go;
use crate::person::Goal;
use crate::person::Person;
use crate::scene::Kind;
use crate::scene::TENANT;
use crate::scene::app;
use crate::scene::server_key;

/// After this long every copy of the directory has heard of everything.
const SETTLED: Duration = Duration::from_secs(20 * 60);

/// What a scene comes to when nothing goes wrong.
#[derive(Clone)]
pub(crate) struct Golden {
    before: Value,
    after: Value,
    /// The run makes a secret.
    makes_secret: bool,
    /// How many requests it takes, sign-in included.
    pub(crate) requests: u64,
    /// How many records it keeps.
    pub(crate) records: u32,
}

impl Golden {
    pub(crate) fn of(kind: Kind, world: &SimWorld, draft: &Draft, before: Value) -> Self {
        let mut person = Person::new(world.fork(), draft.clone(), kind.goal());
        assert_eq!(person.go(), Go::Complete, "{kind:?} undisturbed");
        let requests = person.world.requests();
        assert_eq!(person.save(true), Go::Complete);
        let (open, texts) = person.shelf();
        assert_eq!(open, 0, "{kind:?} undisturbed leaves its run open");
        let mut golden = Self {
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
            golden.check_complete(&person).unwrap();
        }
        golden
    }

    /// Everything is there, once, and nothing else has changed.
    pub(crate) fn check_complete(&self, person: &Person) -> Result<(), String> {
        check_shelf(person)?;
        person.world.advance(SETTLED);
        same("complete", &self.after, &state(&person.world))?;
        if self.makes_secret {
            let saved = person.saved.ok_or("nobody has the secret")?;
            check_secret(&person.world, saved)?;
        }
        Ok(())
    }

    /// Everything is as it was; own apps may lie among the deleted items.
    pub(crate) fn check_undone(&self, person: &Person, for_good: bool) -> Result<(), String> {
        check_shelf(person)?;
        person.world.advance(SETTLED);
        let (mut before, mut now) = (self.before.clone(), state(&person.world));
        // Providers stay registered: others may have begun to use them.
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
        same("undone", &before, &now)
    }
}

/// The tenant, in a form two runs can be compared by.
pub(crate) fn state(world: &SimWorld) -> Value {
    let state = world.with_sim(|sim| sim.snapshot_of(TENANT)).to_string();
    // The run's ID is the one thing in there that is drawn anew.
    let mut parts = state.split("CMG Entra Setup ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("CMG Entra Setup <run>");
        text.push_str(part.get(36..).unwrap_or_default());
    }
    serde_json::from_str(&text).unwrap()
}

/// The first difference, in words.
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
    Err(format!("{what}: {}", differences.join("\n    ")))
}

/// An object without what it has not.
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

/// The secret the person has is in the tenant.
fn check_secret(world: &SimWorld, saved: KeyId) -> Result<(), String> {
    let server = app(world, &server_key()).ok_or("no server app")?;
    let keys = server["passwordCredentials"].as_array().unwrap();
    let saved = saved.to_string();
    if keys.iter().any(|it| it["keyId"].as_str() == Some(&saved)) {
        Ok(())
    } else {
        Err("the secret that was handed over is not in the tenant".to_owned())
    }
}

/// Nothing waits for a decision, and nothing secret lies on the shelf.
fn check_shelf(person: &Person) -> Result<(), String> {
    let (open, texts) = person.shelf();
    check_texts(&texts)?;
    if open > 0 {
        return Err(format!("{open} runs are left open:\n{texts}"));
    }
    Ok(())
}

/// Every secret of the simulated cloud holds these three letters, every token begins with an encoded brace.
pub(crate) fn check_texts(texts: &str) -> Result<(), String> {
    if texts.contains("8Q~") || texts.contains("eyJ") || texts.contains("Bearer") {
        return Err("something secret lies on the shelf".to_owned());
    }
    Ok(())
}
