//! What has to be sent to give changed properties back. Pure.
//!
//! It takes away and never adds: what `before` says comes from a journal, a journal may come from a file, and a file may say anything.

use serde_json::Value;
use serde_json::json;

use crate::engine::history::holds;

/// What has to be sent so that what `after` brought is gone again; nothing if it is gone, or was changed by somebody else.
pub(in crate::engine) fn restored(current: &Value, before: &Value, after: &Value) -> Option<Value> {
    match after {
        Value::Object(fields) => {
            let parts: serde_json::Map<String, Value> = fields
                .iter()
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
            // This tool sends what was there and more. A list that would bring something new is none it has replaced.
            let is_within =
                |it: &Value| after.iter().any(|a| holds(a, it) || holds(a, &enabled(it)));
            if !before.iter().all(is_within) {
                return None;
            }
            let back = if is_same_set(current, after) {
                before.to_vec()
            } else {
                let is_ours = |it: &&Value| {
                    (after.contains(it) || after.contains(&enabled(it))) && !before.contains(it)
                };
                let keep = current.iter().filter(|it| !is_ours(it));
                keep.cloned().collect()
            };
            let is_over = is_same_set(&back, current);
            (!is_over).then_some(Value::Array(back))
        }
        // What was switched on is switched off. Nothing else goes back: accounts of other organizations that were shut out, or an implicit
        // grant that was switched off, would be let in again on a journal's word.
        Value::Bool(true) => {
            let was_off = matches!(before, Value::Bool(false) | Value::Null);
            (current == after && was_off).then(|| before.clone())
        }
        Value::Null | Value::Bool(false) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A scope as it was before it was disabled on its way out; anything else as it is.
fn enabled(it: &Value) -> Value {
    let mut it = it.clone();
    if let Some(flag) = it.get_mut("isEnabled") {
        *flag = Value::Bool(true);
    }
    it
}

/// The scopes a grant keeps when those are taken away that `after` brought: what others have added since stays.
pub(in crate::engine) fn narrowed(current: &str, before: &str, after: &str) -> String {
    let has = |text: &str, scope: &str| text.split_whitespace().any(|it| it == scope);
    let kept = current
        .split_whitespace()
        .filter(|scope| has(before, scope) || !has(after, scope));
    kept.collect::<Vec<_>>().join(" ")
}

fn is_same_set(one: &[Value], other: &[Value]) -> bool {
    one.iter().all(|it| other.contains(it)) && other.iter().all(|it| one.contains(it))
}

/// The scopes as they are, with those disabled that will be removed or disabled; nothing if there are none.
pub(in crate::engine) fn disabled(current: &Value, restored: &Value) -> Option<Value> {
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
    use super::*;

    #[test]
    fn what_was_added_goes_and_what_others_added_stays() {
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
    fn a_forged_past_brings_nothing_new() {
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
    fn a_value_goes_back_unless_somebody_else_changed_it() {
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
        // Changed since, or never changed: by now nothing of it is ours.
        assert_eq!(back(json!(false), json!(null), json!(true)), None);
        assert_eq!(back(json!(true), json!(true), json!(true)), None);
        assert_eq!(back(json!(2), json!(1), json!(2)), None);
        assert_eq!(back(json!(null), json!(1), json!(null)), None);
        // A list that is as it was.
        assert_eq!(back(json!(["x"]), json!(["x"]), json!(["x", "y"])), None);
        assert_eq!(back(json!("x"), json!(["x"]), json!(["x", "y"])), None);
    }

    #[test]
    fn a_scope_disabled_on_its_way_is_still_the_same_scope() {
        let scope = |id: u8, is_enabled: bool| json!({ "id": id, "isEnabled": is_enabled });
        // Ours, disabled already, beside one of somebody else's.
        assert_eq!(
            restored(
                &json!([scope(1, false), scope(2, true)]),
                &json!([]),
                &json!([scope(1, true)])
            ),
            Some(json!([scope(2, true)]))
        );
        // It was there, disabled, and this tool enabled it.
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
    fn only_scopes_that_go_are_disabled_and_only_once() {
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
}
