//! The requests and answers as an HTTP Archive ("HAR 1.2 Spec", 2012), which the developer tools of browsers open.
//!
//! A browser does not say which version of HTTP it used or how many bytes it sent, so these are empty or -1, as the specification allows.
//! Properties that begin with an underscore are the page's own.

use serde_json::Value;
use serde_json::json;

use crate::export::evidence::ChainedEntry;
use crate::export::evidence::Evidence;
use crate::export::evidence::EvidenceKind;
use crate::export::report::spelled;

pub(super) fn written(evidence: &Evidence) -> String {
    let of_kind = |kind| {
        evidence
            .chained()
            .filter(move |it| it.entry.kind == kind && it.entry.exchange.is_some())
    };
    let answers: Vec<ChainedEntry<'_>> = of_kind(EvidenceKind::Answered).collect();
    let entries: Vec<Value> = of_kind(EvidenceKind::Sent)
        .filter_map(|sent| {
            let mut answers = answers.iter();
            let answer = answers.find(|it| it.entry.exchange == sent.entry.exchange)?;
            entry(&sent, answer)
        })
        .collect();
    let record = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": "CMG Entra Setup", "version": env!("CARGO_PKG_VERSION") },
            "entries": entries,
            "comment": format!(
                "Requests of run {}. End hash {}. Authorization headers, cookies and the bodies of answers are left out.",
                evidence.head.run,
                evidence.end_hash()
            ),
            "_endHash": evidence.end_hash(),
            "_run": evidence.head.run,
            "_tenant": evidence.head.tenant.to_string(),
            "_cloud": evidence.head.cloud.key(),
        }
    });
    spelled(&format!("{record:#}\n"))
}

/// `None` if the request has no time, which every sent one has.
fn entry(sent: &ChainedEntry<'_>, answer: &ChainedEntry<'_>) -> Option<Value> {
    let (request, reply) = (sent.entry, answer.entry);
    let url = request.url.as_deref()?;
    let took = reply.milliseconds.unwrap_or_default();
    let header = |name: &str, value: Option<String>| {
        value.map(|value| json!({ "name": name, "value": value }))
    };
    let is_azure = url.contains("/subscriptions/");
    let trace = request.client_request_id.map(|id| id.to_string());
    let mut headers: Vec<Value> = header(
        if is_azure {
            "x-ms-client-request-id"
        } else {
            "client-request-id"
        },
        trace,
    )
    .into_iter()
    .collect();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query: Vec<Value> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let mut shown = json!({
        "method": request.method,
        "url": url,
        "httpVersion": "",
        "cookies": [],
        "queryString": query,
        "headersSize": -1,
        "bodySize": -1,
    });
    if let Some(body) = &request.body {
        headers.extend(header("content-type", Some("application/json".to_owned())));
        shown["postData"] = json!({
            "mimeType": "application/json",
            "params": [],
            "text": body.to_string(),
        });
    }
    shown["headers"] = json!(headers);
    let name = if is_azure {
        "x-ms-request-id"
    } else {
        "request-id"
    };
    let reply_headers: Vec<Value> = header(name, reply.request_id.clone()).into_iter().collect();
    Some(json!({
        "startedDateTime": request.at?.to_string(),
        "time": took,
        "request": shown,
        "response": {
            // 0 is what browsers write for a request without an answer.
            "status": reply.status.unwrap_or_default(),
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": reply_headers,
            "content": { "size": 0, "mimeType": "", "comment": "left out" },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": { "send": 0, "wait": took, "receive": 0 },
        "_step": request.step,
        "_attempt": request.attempt,
        "_noAnswer": reply.no_answer,
        "_sentNumber": sent.number,
        "_sentHash": sent.hash,
        "_answeredNumber": answer.number,
        "_answeredHash": answer.hash,
    }))
}
