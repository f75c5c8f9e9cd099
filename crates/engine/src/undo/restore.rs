//! Computes the values that restore changed properties. Pure.
//!
//! It only removes and never adds. `before` and `after` come from a journal, which may come from a file with arbitrary content. So they
//! only select: every element and value that is sent comes from the current state.

use serde_json::Value;
use serde_json::json;

/// True for a deactivated app. Undo must not turn it off, because the app would get tokens again.
const LOCK: &str = "isDisabled";

/// The values to send so that the changes in `after` are undone. `None` if they are already undone, or if another client changed the
/// property since.
pub(crate) fn restored(current: &Value, before: &Value, after: &Value) -> Option<Value> {
    match after {
        Value::Object(fields) => {
            let parts: serde_json::Map<String, Value> = fields
                .iter()
                .filter(|(name, _)| *name != LOCK)
                .filter_map(|(name, after)| {
                    let current = current.get(name).unwrap_or(&Value::Null);
                    let before = before.get(name).unwrap_or(&Value::Null);
                    Some((name.clone(), restored(current, before, after)?))
                })
                .collect();
            (!parts.is_empty()).then_some(Value::Object(parts))
        }
        Value::Array(after) => {
            let (Some(current), before) = (current.as_array(), before.as_array()) else {
                return None;
            };
            let before = before.map(Vec::as_slice).unwrap_or_default();
            // This tool only adds to a list. If `before` has an element that `after` lacks, this tool did not write that list.
            let is_within = |it: &Value| after.iter().any(|a| reduced(a, it).is_some());
            if !before.iter().all(is_within) {
                return None;
            }
            let is_ours = |it: &Value| after.contains(it) || after.contains(&enabled(it));
            let back: Vec<Value> = current
                .iter()
                .filter_map(|it| {
                    if !is_ours(it) || before.contains(it) {
                        return Some(it.clone());
                    }
                    before.iter().find_map(|less| reduced(it, less))
                })
                .collect();
            let is_over = is_same_set(&back, current);
            (!is_over).then_some(Value::Array(back))
        }
        // Only settings that were turned on are turned off again. The reverse would let a forged journal admit accounts of other
        // organizations or turn on the implicit grant.
        Value::Bool(true) => {
            let was_off = matches!(before, Value::Bool(false) | Value::Null);
            (current == after && was_off).then(|| before.clone())
        }
        Value::Null | Value::Bool(false) | Value::Number(_) | Value::String(_) => None,
    }
}

/// `current` reduced to `less`: built only from parts of `current`, with list elements removed and settings turned off. `None` if `less` is
/// not such a reduction. `less` must not omit a property, because Microsoft Graph would reset it to its default.
fn reduced(current: &Value, less: &Value) -> Option<Value> {
    match (current, less) {
        (Value::Object(current), Value::Object(less)) if current.len() == less.len() => {
            let parts: Option<serde_json::Map<String, Value>> = current
                .iter()
                .map(|(name, current)| {
                    let less = less.get(name)?;
                    let part = reduced(current, less).filter(|_| name != LOCK || current == less);
                    Some((name.clone(), part?))
                })
                .collect();
            parts.map(Value::Object)
        }
        (Value::Array(current), Value::Array(less)) => {
            let is_within = |it: &Value| current.iter().any(|c| reduced(c, it).is_some());
            let kept = |it: &Value| less.iter().find_map(|less| reduced(it, less));
            let is_less = less.len() <= current.len() && less.iter().all(is_within);
            is_less.then(|| Value::Array(current.iter().filter_map(kept).collect()))
        }
        (Value::Bool(true), Value::Bool(false)) => Some(Value::Bool(false)),
        (current, less) => (current == less).then(|| current.clone()),
    }
}

/// A scope as it was before it was disabled for removal. Any other value is unchanged.
fn enabled(it: &Value) -> Value {
    let mut it = it.clone();
    if let Some(flag) = it.get_mut("isEnabled") {
        *flag = Value::Bool(true);
    }
    it
}

/// The scopes that remain in a grant after those in `after` are removed. Scopes that others added since stay.
pub(crate) fn narrowed(current: &str, before: &str, after: &str) -> String {
    let has = |text: &str, scope: &str| text.split_whitespace().any(|it| it == scope);
    let kept = current
        .split_whitespace()
        .filter(|scope| has(before, scope) || !has(after, scope));
    kept.collect::<Vec<_>>().join(" ")
}

fn is_same_set(one: &[Value], other: &[Value]) -> bool {
    one.iter().all(|it| other.contains(it)) && other.iter().all(|it| one.contains(it))
}

/// The current scopes, with those disabled that will be removed or disabled. `None` if there are none.
pub(crate) fn disabled(current: &Value, restored: &Value) -> Option<Value> {
    const SCOPES: &str = "/api/oauth2PermissionScopes";
    let kept = restored.pointer(SCOPES)?.as_array()?;
    let mut scopes = current.pointer(SCOPES)?.as_array()?.clone();
    let mut is_needed = false;
    for scope in &mut scopes {
        let is_enabled = scope.get("isEnabled") == Some(&Value::Bool(true));
        if is_enabled && !kept.contains(scope) {
            scope["isEnabled"] = Value::Bool(false);
            is_needed = true;
        }
    }
    is_needed.then(|| json!({ "api": { "oauth2PermissionScopes": scopes } }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn added_values_are_removed_and_values_of_others_are_kept() {
        let back = restored(
            &json!({ "web": { "redirectUris": ["a", "ours", "theirs"] } }),
            &json!({ "web": { "redirectUris": ["a"] } }),
            &json!({ "web": { "redirectUris": ["a", "ours"] } }),
        );
        assert_eq!(
            back,
            Some(json!({ "web": { "redirectUris": ["a", "theirs"] } }))
        );
        assert_eq!(
            narrowed("User.Read ours theirs", "User.Read", "User.Read ours"),
            "User.Read theirs"
        );
    }

    #[test]
    fn a_forged_journal_cannot_add_values() {
        for (current, before, after) in [
            (
                json!({ "web": { "redirectUris": ["a"] } }),
                json!({ "web": { "redirectUris": ["https://evil.example"] } }),
                json!({ "web": { "redirectUris": ["a"] } }),
            ),
            (
                json!({ "keyCredentials": null }),
                json!({ "keyCredentials": [{ "key": "evil" }] }),
                json!({ "keyCredentials": null }),
            ),
            (
                json!({ "signInAudience": "AzureADMyOrg" }),
                json!({ "signInAudience": "AzureADMultipleOrgs" }),
                json!({ "signInAudience": "AzureADMyOrg" }),
            ),
            (
                json!({ "web": { "implicitGrantSettings": { "enableIdTokenIssuance": false } } }),
                json!({ "web": { "implicitGrantSettings": { "enableIdTokenIssuance": true } } }),
                json!({ "web": { "implicitGrantSettings": { "enableIdTokenIssuance": false } } }),
            ),
            (
                json!({ "isDeviceOnlyAuthSupported": true }),
                json!({ "isDeviceOnlyAuthSupported": "evil" }),
                json!({ "isDeviceOnlyAuthSupported": true }),
            ),
            (
                json!({ "requiredResourceAccess": [{ "resourceAppId": "g", "resourceAccess": ["read"] }] }),
                json!({ "requiredResourceAccess": [{ "resourceAppId": "g", "resourceAccess": ["write"] }] }),
                json!({ "requiredResourceAccess": [{ "resourceAppId": "g", "resourceAccess": ["read"] }] }),
            ),
        ] {
            assert_eq!(restored(&current, &before, &after), None, "{before}");
        }
        assert_eq!(
            narrowed("User.Read", "User.Read Mail.ReadWrite", "User.Read"),
            "User.Read"
        );
    }

    #[test]
    fn a_value_is_restored_only_if_it_is_unchanged_since() {
        let back = |current: Value, before: Value, after: Value| {
            restored(
                &json!({ "a": current }),
                &json!({ "a": before }),
                &json!({ "a": after }),
            )
        };
        let off = |before: Value| Some(json!({ "a": before }));
        assert_eq!(
            back(json!(true), json!(false), json!(true)),
            off(json!(false))
        );
        assert_eq!(
            back(json!(true), json!(null), json!(true)),
            off(json!(null))
        );
        // Changed since, or never changed by this tool.
        assert_eq!(back(json!(false), json!(null), json!(true)), None);
        assert_eq!(back(json!(true), json!(true), json!(true)), None);
        assert_eq!(back(json!(2), json!(1), json!(2)), None);
        assert_eq!(back(json!(null), json!(1), json!(null)), None);
        // Already as it was before.
        assert_eq!(back(json!(["x"]), json!(["x"]), json!(["x", "y"])), None);
        assert_eq!(back(json!("x"), json!(["x"]), json!(["x", "y"])), None);
    }

    #[test]
    fn a_disabled_scope_is_still_recognized() {
        let scope = |id: u8, is_enabled: bool| json!({ "id": id, "isEnabled": is_enabled });
        // This tool's scope, already disabled, and another one.
        assert_eq!(
            restored(
                &json!([scope(1, false), scope(2, true)]),
                &json!([]),
                &json!([scope(1, true)])
            ),
            Some(json!([scope(2, true)]))
        );
        // The scope existed but was disabled, and this tool enabled it.
        assert_eq!(
            restored(
                &json!([scope(1, true)]),
                &json!([scope(1, false)]),
                &json!([scope(1, true)])
            ),
            Some(json!([scope(1, false)]))
        );
    }

    #[test]
    fn only_removed_scopes_are_disabled_and_only_once() {
        let api = |scopes: Value| json!({ "api": { "oauth2PermissionScopes": scopes } });
        let scope = |id: u8, is_enabled: bool| json!({ "id": id, "isEnabled": is_enabled });
        let current = api(json!([scope(1, true), scope(2, true), scope(3, false)]));
        assert_eq!(
            disabled(&current, &api(json!([scope(2, true)]))),
            Some(api(json!([
                scope(1, false),
                scope(2, true),
                scope(3, false)
            ])))
        );
        let kept = api(json!([scope(1, true), scope(2, true)]));
        assert_eq!(disabled(&current, &kept), None);
        assert_eq!(disabled(&current, &json!({})), None);
    }

    /// True if every sent value exists in the current state, except for settings that are turned off.
    fn is_there(sent: &Value, current: &Value, is_in_list: bool) -> bool {
        match (sent, current) {
            (Value::Bool(false), Value::Bool(true)) => true,
            (Value::Null, Value::Bool(true)) => !is_in_list,
            (Value::Object(sent), Value::Object(current)) => {
                (!is_in_list || sent.len() == current.len())
                    && sent.iter().all(|(name, sent)| {
                        let current = current.get(name);
                        let is_lock = name == "isDisabled" && Some(sent) != current;
                        !is_lock && current.is_some_and(|it| is_there(sent, it, is_in_list))
                    })
            }
            (Value::Array(sent), Value::Array(current)) => {
                sent.len() <= current.len()
                    && sent
                        .iter()
                        .all(|sent| current.iter().any(|it| is_there(sent, it, true)))
            }
            (sent, current) => sent == current,
        }
    }

    /// JSON with few names and values, so that three samples overlap.
    fn few() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            Just(json!(true)),
            Just(json!(false)),
            Just(json!("r")),
            Just(json!("w")),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            let name = prop_oneof![
                Just("id"),
                Just("isEnabled"),
                Just("isDisabled"),
                Just("of")
            ];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::btree_map(name.prop_map(str::to_owned), inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// A list of scopes or permissions, some of them truncated.
    fn list() -> impl Strategy<Value = Value> {
        let of = prop::sample::subsequence(vec!["r", "w"], 0..=2);
        let item = (
            1..3_u8,
            prop::option::of(any::<bool>()),
            prop::option::of(of),
        );
        let item = item.prop_map(|(id, is_enabled, of)| {
            let mut item = json!({ "id": id });
            if let Some(is_enabled) = is_enabled {
                item["isEnabled"] = is_enabled.into();
            }
            if let Some(of) = of {
                item["of"] = json!(of);
            }
            item
        });
        prop::collection::vec(item, 0..3).prop_map(|items| json!({ "api": { "scopes": items } }))
    }

    fn forged() -> impl Strategy<Value = [Value; 3]> {
        // A forger knows the current state, so two of the three values are often equal.
        let lists = (list(), list(), list());
        let all = (few(), few(), few());
        (prop_oneof![lists, all], any::<bool>()).prop_map(|((current, before, after), knows)| {
            let after = if knows { current.clone() } else { after };
            [current, before, after]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn any_journal_sends_only_values_that_exist_now(
            [current, before, after] in forged()
        ) {
            if let Some(sent) = restored(&current, &before, &after) {
                prop_assert!(is_there(&sent, &current, false), "{sent}");
                if let Some(first) = disabled(&current, &sent) {
                    prop_assert!(is_there(&first, &current, false), "{first}");
                }
            }
        }

        #[test]
        fn no_journal_adds_a_scope_to_a_grant(
            current in "([ab] ?){0,4}", before in "([abc] ?){0,4}", after in "([abc] ?){0,4}"
        ) {
            let kept = narrowed(&current, &before, &after);
            prop_assert!(kept.split_whitespace().all(|it| current.split_whitespace().any(|had| had == it)));
        }
    }

    #[test]
    fn a_scope_that_is_disabled_now_stays_disabled() {
        // The journal omits that the scope is disabled. Sent that way, Microsoft Graph would enable it.
        let scope = json!({ "id": 1, "isEnabled": false });
        for (before, after) in [
            (json!([{ "id": 1 }]), json!([scope])),
            (json!([{ "id": 1, "isEnabled": true }]), json!([scope])),
            (
                json!([{ "id": 1 }]),
                json!([{ "id": 1, "isEnabled": true }]),
            ),
        ] {
            assert_eq!(restored(&json!([scope]), &before, &after), None, "{before}");
        }
    }

    #[test]
    fn a_deactivated_app_stays_deactivated() {
        for before in [json!({}), json!({ "isDisabled": false })] {
            let on = json!({ "isDisabled": true });
            assert_eq!(restored(&on, &before, &on), None, "{before}");
        }
    }

    #[test]
    fn a_permission_is_removed_and_its_group_is_kept() {
        let group = |of: &[&str]| json!([{ "resourceAppId": "g", "resourceAccess": of }]);
        assert_eq!(
            restored(&group(&["r", "w"]), &group(&["r"]), &group(&["r", "w"])),
            Some(group(&["r"]))
        );
        // Changed since, so the whole group now belongs to another client.
        assert_eq!(
            restored(
                &group(&["r", "w", "x"]),
                &group(&["r"]),
                &group(&["r", "w"])
            ),
            None
        );
    }
}
