//! What has to be sent to give changed properties back. Pure.

use serde_json::Value;
use serde_json::json;

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
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            (current == after && before != after).then(|| before.clone())
        }
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
