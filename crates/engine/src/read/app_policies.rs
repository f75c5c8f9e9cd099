//! Converts Microsoft Graph's app management policies to the rules that apply to one app.
//!
//! A tenant has one default policy, and an app has at most one policy of its own. An app with its own policy does not inherit from the
//! default ("Application authentication methods API overview", 2026-05-14). No page documents what a disabled policy of an app means, so
//! the default blocks nothing in that case.

use jiff::Timestamp;
use serde_json::Value;

use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::PolicyState;
use domain::app_id_uri::rules::TenantRules;
use domain::known::Answer;
use domain::known::Known;
use domain::moment;

/// Client secret policies for one app, or for an app that does not exist yet. The default has no limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecretPolicy {
    addition: Vec<Policy>,
    lifetimes: Vec<(Policy, Option<u32>)>,
}

/// Limits of the policies for a new client secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretLimits {
    /// Whether the policies block every new secret.
    pub is_blocked: Answer,
    /// Longest lifetime, in days, that certainly applies.
    pub longest: Option<u32>,
    /// A limit that may apply: it is shorter than `longest` or could not be read.
    pub perhaps: Option<PerhapsLimit>,
    /// A restriction of the tenant is enabled but does not apply to this app.
    pub is_spared: bool,
    /// Whether every policy was read.
    pub is_read: bool,
}

/// A limit that may apply to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerhapsLimit {
    /// The limit in days.
    Days(u32),
    /// The length of the limit could not be read.
    Unreadable,
}

/// The policies of the tenant and the app, as read. `own` lists the policies assigned to the app; a new app has none.
pub(crate) struct Policies<'a> {
    pub(crate) default: &'a Known<Value>,
    pub(crate) own: &'a Known<Vec<Value>>,
}

/// One policy, grouped by restriction. `None` means that the restriction is absent.
struct Restrictions<'a> {
    is_enabled: Known<bool>,
    passwords: Option<&'a Value>,
    uris: Option<&'a Value>,
}

impl SecretPolicy {
    /// Policies for a tenant that was not read.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            addition: vec![Policy::UNKNOWN],
            lifetimes: vec![(Policy::UNKNOWN, None)],
        }
    }

    /// Limits for an app created at this time.
    #[must_use]
    pub fn limits(&self, created: &Known<Timestamp>) -> SecretLimits {
        let blocks = self.addition.iter().map(|it| it.binds_by_age(created));
        let certain = |(policy, days): &(Policy, Option<u32>)| {
            let binds = policy.binds_by_age(created) == Answer::Yes;
            days.filter(|_| binds)
        };
        let longest = self.lifetimes.iter().filter_map(certain).min();
        let perhaps = self
            .lifetimes
            .iter()
            .filter_map(
                |(policy, days)| match (policy.binds_by_age(created), days) {
                    (Answer::No, _) => None,
                    (Answer::Yes | Answer::CannotTell, None) => Some(PerhapsLimit::Unreadable),
                    (Answer::Yes, Some(_)) => None,
                    (Answer::CannotTell, Some(days)) => Some(PerhapsLimit::Days(*days)),
                },
            )
            .filter(|limit| match limit {
                PerhapsLimit::Days(days) => longest.is_none_or(|longest| *days < longest),
                PerhapsLimit::Unreadable => true,
            })
            .reduce(|one, other| match (one, other) {
                (PerhapsLimit::Days(one), PerhapsLimit::Days(other)) => {
                    PerhapsLimit::Days(one.min(other))
                }
                (PerhapsLimit::Unreadable, _) | (_, PerhapsLimit::Unreadable) => {
                    PerhapsLimit::Unreadable
                }
            });
        let all = || {
            self.addition
                .iter()
                .chain(self.lifetimes.iter().map(|(policy, _)| policy))
        };
        SecretLimits {
            is_blocked: blocks.fold(Answer::No, Answer::or),
            longest,
            perhaps,
            is_spared: all()
                .any(|it| it.state == PolicyState::On && it.binds_by_age(created) == Answer::No),
            is_read: all().all(|it| it.state != PolicyState::Unknown),
        }
    }
}

impl Policies<'_> {
    /// The rules for client secrets.
    pub(crate) fn secrets(&self) -> SecretPolicy {
        let entries =
            |restrictions: &Restrictions<'_>, kind: &str| -> Option<Vec<(Policy, Option<u32>)>> {
                let Some(list) = restrictions.passwords else {
                    return Some(Vec::new());
                };
                // A list with another structure may contain any restriction.
                let list = list.as_array()?;
                let entries = list.iter().filter(|it| it["restrictionType"] == kind);
                Some(
                    entries
                        .map(|entry| {
                            let days = entry["maxLifetime"].as_str().and_then(moment::whole_days);
                            (secret_restriction(entry), days)
                        })
                        .collect(),
                )
            };
        let of_kind = |kind: &str| {
            self.combine(
                |it| entries(it, kind),
                |(policy, days)| (doubtful(*policy), *days),
                || (Policy::UNKNOWN, None),
            )
        };
        SecretPolicy {
            addition: of_kind("passwordAddition")
                .into_iter()
                .map(|(policy, _)| policy)
                .collect(),
            lifetimes: of_kind("passwordLifetime"),
        }
    }

    /// The tenant's rules for App ID URIs, with these policies added.
    pub(crate) fn put_into(&self, rules: TenantRules) -> TenantRules {
        let one = |name: &str| {
            let entry = |restrictions: &Restrictions<'_>| -> Option<Vec<Policy>> {
                let Some(uris) = restrictions.uris else {
                    return Some(Vec::new());
                };
                match uris.as_object()?.get(name) {
                    None | Some(Value::Null) => Some(Vec::new()),
                    Some(restriction) => Some(vec![uri_restriction(restriction)]),
                }
            };
            let found = self.combine(entry, |it| doubtful(*it), || Policy::UNKNOWN);
            let mut in_force = found.into_iter().filter(|it| it.state != PolicyState::Off);
            in_force.next().unwrap_or(Policy::OFF)
        };
        TenantRules {
            unique_identifier: one("uriAdditionWithoutUniqueTenantIdentifier"),
            default_only: one("nonDefaultUriAddition"),
            ..rules
        }
    }

    /// The entries of one kind that apply: the app's own policy, if it has one, otherwise the default policy.
    fn combine<T>(
        &self,
        entries: impl Fn(&Restrictions<'_>) -> Option<Vec<T>>,
        doubtful: impl Fn(&T) -> T,
        unknown: impl Fn() -> T,
    ) -> Vec<T> {
        let in_force = |restrictions: &Restrictions<'_>| match restrictions.is_enabled {
            Known::Known(false) => Vec::new(),
            Known::Known(true) => entries(restrictions).unwrap_or_else(|| vec![unknown()]),
            Known::Unknown => vec![unknown()],
        };
        let default = match self.default {
            Known::Known(policy) => in_force(&default_restrictions(policy)),
            Known::Unknown => vec![unknown()],
        };
        match self.own {
            Known::Known(own) if own.is_empty() => default,
            Known::Known(own) => {
                let own: Vec<Restrictions<'_>> = own.iter().map(own_restrictions).collect();
                if own.iter().all(|it| it.is_enabled == Known::Known(false)) {
                    return default.iter().map(doubtful).collect();
                }
                own.iter().flat_map(in_force).collect()
            }
            // The app may have a policy that removes the default's restrictions or adds one.
            Known::Unknown => {
                let mut default: Vec<T> = default.iter().map(doubtful).collect();
                default.push(unknown());
                default
            }
        }
    }
}

fn default_restrictions(policy: &Value) -> Restrictions<'_> {
    Restrictions {
        is_enabled: policy["isEnabled"].as_bool().into(),
        passwords: there(policy.pointer("/applicationRestrictions/passwordCredentials")),
        uris: there(policy.pointer("/applicationRestrictions/identifierUris")),
    }
}

/// "customAppManagementConfiguration": rules for secrets are at the top level, those for applications alone one level below.
fn own_restrictions(policy: &Value) -> Restrictions<'_> {
    Restrictions {
        is_enabled: policy["isEnabled"].as_bool().into(),
        passwords: there(policy.pointer("/restrictions/passwordCredentials")),
        uris: there(policy.pointer("/restrictions/applicationRestrictions/identifierUris")),
    }
}

fn there(value: Option<&Value>) -> Option<&Value> {
    value.filter(|it| !it.is_null())
}

/// The same restriction, with the app possibly exempt from it.
fn doubtful(policy: Policy) -> Policy {
    Policy {
        may_exempt: true,
        ..policy
    }
}

/// Reads one restriction of `identifierUris` ("identifierUriRestriction", 2026-04-30).
fn uri_restriction(restriction: &Value) -> Policy {
    let is = |key: &str| restriction[key].as_bool() == Some(true);
    Policy {
        spares_v2_tokens: is("excludeAppsReceivingV2Tokens"),
        spares_saml: is("excludeSaml"),
        ..dated(
            restriction,
            match restriction["state"].as_str() {
                Some("enabled") => PolicyState::On,
                Some("disabled") => PolicyState::Off,
                _ => PolicyState::Unknown,
            },
        )
    }
}

/// Reads one entry of `passwordCredentials` ("passwordCredentialConfiguration", 2026-05-14).
fn secret_restriction(entry: &Value) -> Policy {
    let state = match entry["state"].as_str() {
        Some("enabled") => PolicyState::On,
        Some("disabled") => PolicyState::Off,
        // Policies older than this property: every entry applies.
        None if entry["state"].is_null() => PolicyState::On,
        Some(_) | None => PolicyState::Unknown,
    };
    Policy {
        spares_v2_tokens: false,
        spares_saml: false,
        ..dated(entry, state)
    }
}

/// Adds the start date and the exemptions of a restriction.
fn dated(restriction: &Value, state: PolicyState) -> Policy {
    let since = &restriction["restrictForAppsCreatedAfterDateTime"];
    let applies_since = since.as_str().and_then(moment::parse);
    let is_date_unread = applies_since.is_none() && !since.is_null();
    Policy {
        state: if is_date_unread && state == PolicyState::On {
            PolicyState::Unknown
        } else {
            state
        },
        applies_since,
        may_exempt: exempts_callers(&restriction["excludeActors"]),
        ..Policy::OFF
    }
}

/// Whether some callers are exempt ("appManagementPolicyActorExemptions": lists of security attributes, which this tool does not read).
fn exempts_callers(actors: &Value) -> bool {
    let Some(lists) = actors.as_object() else {
        return !actors.is_null();
    };
    let is_empty = |list: &Value| list.is_null() || list.as_array().is_some_and(Vec::is_empty);
    lists
        .iter()
        .any(|(name, list)| !name.starts_with('@') && !is_empty(list))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SINCE: &str = "2026-11-22T00:00:00Z";

    fn addition(more: &Value) -> Value {
        restriction("passwordAddition", more)
    }

    fn restriction(kind: &str, more: &Value) -> Value {
        let mut entry = json!({ "restrictionType": kind, "state": "enabled" });
        if let (Value::Object(entry), Value::Object(more)) = (&mut entry, more) {
            entry.extend(more.clone());
        }
        entry
    }

    fn default_policy(entries: &[Value]) -> Known<Value> {
        Known::Known(json!({
            "isEnabled": true,
            "applicationRestrictions": { "passwordCredentials": entries },
        }))
    }

    fn own_policy(entries: &[Value]) -> Known<Vec<Value>> {
        Known::Known(vec![json!({
            "isEnabled": true,
            "restrictions": { "passwordCredentials": entries },
        })])
    }

    fn none() -> Known<Vec<Value>> {
        Known::Known(Vec::new())
    }

    fn limits(default: &Known<Value>, own: &Known<Vec<Value>>, created: &str) -> SecretLimits {
        let created = Known::from(moment::parse(created));
        Policies { default, own }.secrets().limits(&created)
    }

    #[track_caller]
    fn blocks(default: &Known<Value>, own: &Known<Vec<Value>>, created: &str, expected: Answer) {
        assert_eq!(
            limits(default, own, created).is_blocked,
            expected,
            "{default:?} {own:?} {created}"
        );
    }

    #[test]
    fn a_restriction_blocks_only_the_apps_it_certainly_applies_to() {
        use Answer::{CannotTell, No, Yes};
        let dated = json!({ "restrictForAppsCreatedAfterDateTime": SINCE });
        for (more, created, expected) in [
            (json!({}), "2025-01-01T00:00:00Z", Yes),
            (json!({ "state": "disabled" }), "2026-11-29T00:00:00Z", No),
            (json!({ "state": null }), "2026-11-29T00:00:00Z", Yes),
            (
                json!({ "state": "audit" }),
                "2026-11-29T00:00:00Z",
                CannotTell,
            ),
            // At or after the date.
            (dated.clone(), "2025-01-01T00:00:00Z", No),
            (dated.clone(), "2026-11-21T23:59:59Z", No),
            (dated.clone(), SINCE, Yes),
            (dated.clone(), "2026-11-29T00:00:00Z", Yes),
            (dated.clone(), "", CannotTell),
            (
                json!({ "restrictForAppsCreatedAfterDateTime": "2999-01-01T00:00:00Z" }),
                "2026-11-29T00:00:00Z",
                No,
            ),
            (
                json!({ "restrictForAppsCreatedAfterDateTime": "soon" }),
                "2026-11-29T00:00:00Z",
                CannotTell,
            ),
            // A security attribute that cannot be read here identifies exempt callers.
            (
                json!({ "excludeActors": { "customSecurityAttributes": [{ "id": "x" }] } }),
                "2026-11-29T00:00:00Z",
                CannotTell,
            ),
            (
                json!({ "excludeActors": { "customSecurityAttributes": [] } }),
                "2026-11-29T00:00:00Z",
                Yes,
            ),
            (
                json!({ "excludeActors": null }),
                "2026-11-29T00:00:00Z",
                Yes,
            ),
            (
                json!({ "excludeActors": "?" }),
                "2026-11-29T00:00:00Z",
                CannotTell,
            ),
        ] {
            let policy = default_policy(&[addition(&more)]);
            blocks(&policy, &none(), created, expected);
        }
        let other = default_policy(&[restriction("symmetricKeyAddition", &json!({}))]);
        blocks(&other, &none(), SINCE, No);
        blocks(&Known::Unknown, &none(), SINCE, CannotTell);
        blocks(
            &Known::Known(json!({ "isEnabled": false })),
            &none(),
            SINCE,
            No,
        );
        blocks(&Known::Known(json!({})), &none(), SINCE, CannotTell);
        let odd =
            json!({ "isEnabled": true, "applicationRestrictions": { "passwordCredentials": "?" } });
        blocks(&Known::Known(odd), &none(), SINCE, CannotTell);
    }

    #[test]
    fn the_apps_own_policy_overrides_the_default() {
        use Answer::{CannotTell, No, Yes};
        let blocking = default_policy(&[addition(&json!({}))]);
        let free = default_policy(&[]);
        let off = addition(&json!({ "state": "disabled" }));
        let on = addition(&json!({}));
        blocks(
            &blocking,
            &own_policy(std::slice::from_ref(&off)),
            SINCE,
            No,
        );
        blocks(&free, &own_policy(std::slice::from_ref(&on)), SINCE, Yes);
        // "doesn't inherit from the tenant default policy"
        blocks(&blocking, &own_policy(&[]), SINCE, No);
        blocks(&free, &own_policy(&[]), SINCE, No);
        blocks(&blocking, &Known::Unknown, SINCE, CannotTell);
        blocks(&free, &Known::Unknown, SINCE, CannotTell);
        let mut disabled = own_policy(&[off]);
        if let Known::Known(policies) = &mut disabled {
            policies[0]["isEnabled"] = json!(false);
        }
        blocks(&blocking, &disabled, SINCE, CannotTell);
        blocks(&Known::Unknown, &own_policy(&[on]), SINCE, Yes);
    }

    #[test]
    fn the_shortest_applicable_lifetime_is_the_limit() {
        let life = |text: &str, more: Value| {
            let mut entry = restriction("passwordLifetime", &more);
            entry["maxLifetime"] = json!(text);
            entry
        };
        let later = json!({ "restrictForAppsCreatedAfterDateTime": "2999-01-01T00:00:00Z" });
        let actors = json!({ "excludeActors": { "customSecurityAttributes": [{ "id": "x" }] } });
        let both = default_policy(&[life("P2Y", json!({})), life("P180D", json!({}))]);
        assert_eq!(limits(&both, &none(), SINCE).longest, Some(180));
        let spared = default_policy(&[life("P2Y", json!({})), life("P30D", later)]);
        let found = limits(&spared, &none(), SINCE);
        assert_eq!(
            (found.longest, found.perhaps, found.is_spared),
            (Some(730), None, true)
        );
        let perhaps = default_policy(&[life("P2Y", json!({})), life("P30D", actors.clone())]);
        let found = limits(&perhaps, &none(), SINCE);
        assert_eq!(
            (found.longest, found.perhaps),
            (Some(730), Some(PerhapsLimit::Days(30)))
        );
        // A longer limit that may apply has no effect.
        let longer = default_policy(&[life("P90D", json!({})), life("P1Y", actors)]);
        assert_eq!(limits(&longer, &none(), SINCE).perhaps, None);
        let unreadable = default_policy(&[life("forever", json!({}))]);
        assert_eq!(
            limits(&unreadable, &none(), SINCE).perhaps,
            Some(PerhapsLimit::Unreadable)
        );
    }

    #[test]
    fn rules_for_app_id_uris_follow_the_same_precedence() {
        let rules = |default: Value, own: Known<Vec<Value>>| {
            let default = Known::Known(default);
            let policies = Policies {
                default: &default,
                own: &own,
            };
            let rules = policies.put_into(TenantRules::default());
            (rules.unique_identifier, rules.default_only)
        };
        let uris = json!({ "uriAdditionWithoutUniqueTenantIdentifier": { "state": "enabled", "excludeSaml": true } });
        let default =
            json!({ "isEnabled": true, "applicationRestrictions": { "identifierUris": uris } });
        let (unique, only) = rules(default.clone(), none());
        assert_eq!(
            (unique.state, only.state),
            (PolicyState::On, PolicyState::Off)
        );
        assert!(unique.spares_saml && !unique.spares_v2_tokens && !unique.may_exempt);
        let own = |state: &str| {
            let uris = json!({ "uriAdditionWithoutUniqueTenantIdentifier": { "state": state } });
            Known::Known(vec![json!({
                "isEnabled": true,
                "restrictions": { "applicationRestrictions": { "identifierUris": uris } },
            })])
        };
        assert_eq!(
            rules(default.clone(), own("disabled")).0.state,
            PolicyState::Off
        );
        assert_eq!(
            rules(json!({ "isEnabled": false }), own("enabled")).0.state,
            PolicyState::On
        );
        let (unique, _) = rules(default.clone(), own_policy(&[]));
        assert_eq!(unique.state, PolicyState::Off);
        let (unique, only) = rules(default, Known::Unknown);
        assert_eq!((unique.state, unique.may_exempt), (PolicyState::On, true));
        assert_eq!(only.state, PolicyState::Unknown);
    }
}
