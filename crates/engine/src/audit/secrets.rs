//! Checks of client secrets: which are valid, which expire, and how many there are.

use jiff::SignedDuration;

use crate::audit::SecretFact;
use crate::audit::Seen;
use crate::audit::View;
use crate::audit::server::SOON;
use crate::desired::repair::Repair;
use crate::plan::compare::created;
use crate::read::observed::ObservedApp;
use domain::locale::formats::iso_day;

/// Maximum number of valid secrets: one, and a second during a renewal. With more, it is unclear who uses which.
const MANY: usize = 2;
/// A lifetime that no admin intends: the console once offered "never", which became 99 years.
const NEVER: SignedDuration = SignedDuration::from_hours(24 * 365 * 10);

/// The secrets, the first to expire first.
pub(super) fn facts(view: &View<'_>) -> Vec<SecretFact> {
    let Some(app) = view.server() else {
        return Vec::new();
    };
    let mut facts = Vec::<SecretFact>::new();
    for secret in app.properties.password_credentials.iter().flatten() {
        let fact = SecretFact {
            key: secret.key_id,
            name: secret.display_name.clone().unwrap_or_default(),
            start: secret.start_date_time,
            end: secret.end_date_time,
        };
        // Inserts one at a time: a sort adds 1 kB to the page, and an app has only a few secrets.
        let place = facts.partition_point(|it| (it.end, it.key) < (fact.end, fact.key));
        facts.insert(place, fact);
    }
    facts
}

pub(super) fn check(view: &View<'_>, app: &ObservedApp) -> Seen {
    let t = view.t;
    if app.properties.password_credentials.is_none() {
        return Seen::unread(t);
    }
    let all = facts(view);
    let dead: Vec<Repair> = all
        .iter()
        .filter(|it| !it.lives(view.now))
        .map(|it| Repair::OldSecret(it.key))
        .collect();
    let living: Vec<&SecretFact> = all.iter().filter(|it| it.lives(view.now)).collect();
    let Some(last) = living.iter().max_by_key(|it| it.end) else {
        let text = match all.last().and_then(|it| it.end) {
            Some(end) => t.doc_secrets_expired(iso_day(end)),
            None => t.doc_secrets_none().to_owned(),
        };
        return Seen::broken(text).fix(&[Repair::Secret]).fix(&dead);
    };
    let until = last.end.map(iso_day).unwrap_or_default();
    let left = last.end.map(|end| end.duration_since(view.now));
    if left.is_some_and(|left| left < SOON) {
        return Seen::attention(t.doc_secrets_soon(&until))
            .fix(&[Repair::Secret])
            .fix(&dead);
    }
    let mut texts = Vec::new();
    let mut repairs = dead.clone();
    if !dead.is_empty() {
        texts.push(t.doc_secrets_dead(u64::try_from(dead.len()).unwrap_or_default()));
    }
    if living.len() > MANY {
        texts.push(t.doc_secrets_many(u64::try_from(living.len()).unwrap_or_default()));
        // The page cannot see which secret the site uses, so the admin decides for each.
        repairs.extend(living.iter().map(|it| Repair::OldSecret(it.key)));
    }
    if left.is_none_or(|left| left > NEVER) {
        texts.push(t.doc_secrets_never(&until));
        repairs.push(Repair::Secret);
    } else if let Some(days) = longer_than_policy(view, &living) {
        texts.push(t.doc_secrets_longer(u64::from(days)));
    }
    if texts.is_empty() {
        Seen::ok(t.doc_secrets_ok(&until))
    } else {
        texts.insert(0, t.doc_secrets_ok(&until));
        Seen::attention(texts.join(" ")).fix(&repairs)
    }
}

/// The longest lifetime that the tenant's policy allows, if a valid secret exceeds it.
fn longer_than_policy(view: &View<'_>, living: &[&SecretFact]) -> Option<u32> {
    let created = created(view.server(), view.now);
    let days = view.observed.tenant.secrets.limits(&created).longest?;
    let most = SignedDuration::from_hours(24 * i64::from(days));
    let is_longer = |it: &&&SecretFact| {
        it.start
            .zip(it.end)
            .is_some_and(|(start, end)| end.duration_since(start) > most)
    };
    living.iter().find(is_longer).map(|_| days)
}
