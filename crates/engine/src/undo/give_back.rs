//! Computes the requests that undo one change from the current state: once when the undo is planned and shown, and again when it runs. Only
//! the requests that were shown are sent.

use serde_json::Value;

use crate::journal::Created;
use crate::journal::history::part;
use crate::undo::restore::disabled;
use crate::undo::restore::narrowed;
use crate::undo::restore::restored;
use domain::ids::ObjectId;

/// Requests that undo one change.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reversal {
    /// Nothing: this tool does not own the object, or it changed since.
    #[default]
    Nothing,
    /// The object is deleted by its ID.
    Whole,
    /// Properties of an application, one request per value.
    Properties(Vec<Value>),
    /// The scopes that remain in a grant.
    Scopes(String),
}

/// The objects of a run, as read when its undo was planned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurrentObjects {
    /// Objects that this tool does not own.
    pub(crate) foreign: Vec<Created>,
    /// Properties of the applications that the run changed.
    pub(crate) apps: Vec<(ObjectId, Value)>,
    /// Scopes of the grants that the run changed.
    pub(crate) grants: Vec<(String, String)>,
}

impl CurrentObjects {
    /// Requests to undo one more change, given that the earlier ones were sent.
    pub(crate) fn back(&mut self, made: &Created) -> Reversal {
        if self.foreign.contains(made) {
            return Reversal::Nothing;
        }
        match made {
            Created::Change {
                object,
                before,
                after,
            } => {
                let Some((_, now)) = self.apps.iter_mut().find(|(id, _)| id == object) else {
                    return Reversal::Nothing;
                };
                let back = properties(now, before, after);
                if let Reversal::Properties(bodies) = &back {
                    for body in bodies {
                        merge(now, body);
                    }
                }
                back
            }
            Created::Scopes { id, before, after } => {
                let Some((_, now)) = self.grants.iter_mut().find(|(it, _)| it == id) else {
                    return Reversal::Nothing;
                };
                let back = scopes(now, before, after);
                if let Reversal::Scopes(kept) = &back {
                    now.clone_from(kept);
                }
                back
            }
            Created::Application { .. }
            | Created::Principal { .. }
            | Created::Grant { .. }
            | Created::Role { .. }
            | Created::Secret { .. } => Reversal::Whole,
        }
    }
}

/// Requests that restore changed properties, unless they changed again since.
pub(crate) fn properties(now: &Value, before: &Value, after: &Value) -> Reversal {
    let current = part(now, after);
    let Some(restored) = restored(&current, before, after) else {
        return Reversal::Nothing;
    };
    // An enabled scope cannot be removed, so it is disabled first.
    let first = disabled(&current, &restored);
    Reversal::Properties(first.into_iter().chain([restored]).collect())
}

/// Removes the scopes from a grant that the run added.
pub(crate) fn scopes(now: &str, before: &str, after: &str) -> Reversal {
    let kept = narrowed(now, before, after);
    let is_same = kept.split_whitespace().eq(now.split_whitespace());
    if is_same {
        Reversal::Nothing
    } else {
        Reversal::Scopes(kept)
    }
}

/// Applies a PATCH to properties: lists and values are replaced, objects are merged.
fn merge(now: &mut Value, patch: &Value) {
    if let (Value::Object(now), Value::Object(patch)) = (&mut *now, patch) {
        for (name, patch) in patch {
            merge(now.entry(name.clone()).or_insert(Value::Null), patch);
        }
    } else {
        *now = patch.clone();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_changes_of_one_list_are_planned_in_sequence() {
        let object = uuid::Uuid::from_u128(1).to_string().parse().unwrap();
        let change = |before: Value, after: Value| Created::Change {
            object,
            before: json!({ "tags": before, "isFallbackPublicClient": false }),
            after: json!({ "tags": after, "isFallbackPublicClient": true }),
        };
        let now = json!({ "tags": ["a", "b", "c"], "isFallbackPublicClient": true });
        let mut seen = CurrentObjects {
            apps: vec![(object, now)],
            ..CurrentObjects::default()
        };
        assert_eq!(
            seen.back(&change(json!(["a", "b"]), json!(["a", "b", "c"]))),
            Reversal::Properties(vec![
                json!({ "tags": ["a", "b"], "isFallbackPublicClient": false })
            ])
        );
        assert_eq!(
            seen.back(&change(json!(["a"]), json!(["a", "b"]))),
            Reversal::Properties(vec![json!({ "tags": ["a"] })])
        );
    }

    #[test]
    fn unread_or_foreign_objects_are_not_changed() {
        let made = Created::Scopes {
            id: "g".to_owned(),
            before: "a".to_owned(),
            after: "a b".to_owned(),
        };
        assert_eq!(CurrentObjects::default().back(&made), Reversal::Nothing);
        let mut seen = CurrentObjects {
            grants: vec![("g".to_owned(), "a b".to_owned())],
            ..CurrentObjects::default()
        };
        assert_eq!(seen.clone().back(&made), Reversal::Scopes("a".to_owned()));
        seen.foreign.push(made.clone());
        assert_eq!(seen.back(&made), Reversal::Nothing);
        assert_eq!(scopes("a  c", "a", "a b"), Reversal::Nothing);
    }
}
