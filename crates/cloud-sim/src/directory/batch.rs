//! JSON batching: up to 20 requests in one.
//!
//! Source: "Combine multiple HTTP requests using JSON batching" (2025-02-21). The outer response is 200 regardless of the inner ones, their
//! order is not kept, and a request whose dependency failed gets 424.

use std::collections::BTreeMap;

use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::Method;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::Ids;
use crate::directory::Raw;
use crate::directory::call::Body;
use crate::directory::call::Call;
use crate::directory::finish;
use crate::directory::serve;

const MOST: usize = 20;

struct Step {
    id: String,
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Option<Value>,
    depends_on: Vec<String>,
}

pub(super) fn run(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let Some(requests) = body.get("requests").and_then(Value::as_array) else {
        return Err(malformed("Invalid batch payload format."));
    };
    if requests.is_empty() || requests.len() > MOST {
        return Err(malformed(&format!(
            "Number of batch request steps must be between 1 and {MOST}."
        )));
    }
    let mut steps: Vec<Step> = Vec::new();
    for request in requests {
        let step = read(request)?;
        if steps.iter().any(|earlier| earlier.id == step.id) {
            return Err(malformed(&format!(
                "Request Id : {} is duplicated.",
                step.id
            )));
        }
        steps.push(step);
    }
    for step in &steps {
        for needed in &step.depends_on {
            if !steps.iter().any(|other| other.id == *needed) {
                return Err(malformed("Invalid batch payload format."));
            }
        }
    }
    let mut done: BTreeMap<String, Value> = BTreeMap::new();
    let mut waiting: Vec<&Step> = steps.iter().collect();
    while !waiting.is_empty() {
        let is_ready = |step: &&Step| step.depends_on.iter().all(|id| done.contains_key(id));
        let (ready, rest): (Vec<&Step>, Vec<&Step>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            return Err(malformed("Invalid batch payload format."));
        }
        for step in ready {
            let response = carry_out(call, step, &done);
            done.insert(step.id.clone(), response);
        }
        waiting = rest;
    }
    // Reversed, so that a client cannot rely on the order.
    let responses: Vec<Value> = done.into_values().rev().collect();
    Ok(Answer::ok(json!({ "responses": responses })))
}

fn malformed(message: &str) -> Refusal {
    Refusal::new(400, "BadRequest", message)
}

fn read(request: &Value) -> Result<Step, Refusal> {
    let invalid = || malformed("Invalid batch payload format.");
    let text = |name: &str| request[name].as_str().map(str::to_owned);
    let id = text("id").ok_or_else(invalid)?;
    let method = text("method")
        .and_then(|method| Method::from_bytes(method.to_uppercase().as_bytes()).ok())
        .ok_or_else(invalid)?;
    let url = text("url").ok_or_else(invalid)?;
    if url.contains("$batch") || url.contains("://") {
        return Err(invalid());
    }
    let mut headers = HeaderMap::new();
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
        let value = value.as_str().ok_or_else(invalid)?;
        let value = HeaderValue::from_str(value).map_err(|_| invalid())?;
        headers.insert(name, value);
    }
    let body = request.get("body").cloned();
    let is_write = method == Method::POST || method == Method::PATCH || method == Method::PUT;
    let has_type = headers.contains_key(http::header::CONTENT_TYPE);
    if is_write && (body.is_none() || !has_type) {
        return Err(malformed(&format!(
            "Write request id : {id} does not contain Content-Type header or body."
        )));
    }
    let depends_on = request["dependsOn"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|id| id.as_str().map(str::to_owned).ok_or_else(invalid))
        .collect::<Result<Vec<String>, Refusal>>()?;
    Ok(Step {
        id,
        method,
        url,
        headers,
        body,
        depends_on,
    })
}

fn carry_out(call: &mut Call<'_>, step: &Step, done: &BTreeMap<String, Value>) -> Value {
    let ids = Ids {
        request: call.request_id.clone(),
        client: call.request_id.clone(),
    };
    let has_failed = |id: &String| {
        done[id]["status"]
            .as_u64()
            .is_none_or(|status| status >= 400)
    };
    let outcome = if step.depends_on.iter().any(has_failed) {
        Err(Refusal::new(
            424,
            "FailedDependency",
            "Failed Dependency. The request this one depends on did not succeed.",
        ))
    } else {
        let path = format!("/v1.0/{}", step.url.trim_start_matches('/'));
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let mut headers = step.headers.clone();
        if let Some(authorization) = call.headers.get(http::header::AUTHORIZATION) {
            headers.insert(http::header::AUTHORIZATION, authorization.clone());
        }
        let raw = Raw {
            method: &step.method,
            path,
            query,
            headers: &headers,
            body: Body::Json(step.body.clone()),
        };
        let fault = call.sim.faults.strike(&step.method, path);
        match fault.and_then(|kind| kind.refusal()) {
            Some(refusal) => Err(refusal),
            None => serve(call.sim, call.now, call.cloud, raw, &ids),
        }
    };
    let (status, headers, body) = finish(call.now, &ids, outcome);
    let mut named = Object::new();
    named.insert("Cache-Control".to_owned(), json!("no-cache"));
    for (name, value) in headers {
        named.insert(name.to_owned(), json!(value));
    }
    let mut response = json!({ "id": step.id, "status": status, "headers": named });
    if let Some(body) = body {
        response["body"] = body;
    }
    response
}
