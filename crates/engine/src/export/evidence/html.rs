//! The evidence as one HTML file, to read and to print. Its own policy allows its style sheet by hash, and nothing else: no script, no
//! image, no request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use html_escape::encode_double_quoted_attribute;
use html_escape::encode_text;
use sha2::Digest;
use sha2::Sha256;

use crate::export::evidence::ABOUT;
use crate::export::evidence::ChainedEntry;
use crate::export::evidence::Evidence;
use crate::export::report::spelled;
use domain::confusables::escaped;

const STYLE: &str = include_str!("evidence.css");

pub(super) fn written(evidence: &Evidence) -> String {
    let head = &evidence.head;
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let mut page = Markup::default();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    page.raw(&hash);
    page.raw("'; base-uri 'none'; form-action 'none'\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    page.text(&format!("Evidence of run {}", head.run));
    page.raw("</title>\n<style>");
    page.raw(STYLE);
    page.raw(
        "</style>\n</head>\n<body>\n<main>\n<h1>Evidence of a run of CMG Entra Setup</h1>\n<p>",
    );
    page.text(ABOUT);
    page.raw("</p>\n");
    end(&mut page, evidence);
    page.raw("<dl>\n");
    let tenant = head.tenant.to_string();
    for (name, value) in [
        ("Run", head.run.as_str()),
        (
            "Tenant",
            head.tenant_name.as_deref().unwrap_or("(not read)"),
        ),
        ("Tenant ID", &tenant),
        ("Cloud", head.cloud.key()),
        ("Account", &head.actor.name),
        (
            "Object ID of the account",
            &head.actor.object_id.to_string(),
        ),
        ("Fingerprint of the plan (SHA-256)", &head.fingerprint),
        (
            "Plan hash (SHA-256)",
            head.plan_hash.as_deref().unwrap_or("(none)"),
        ),
        ("Approved", &head.began.to_string()),
        ("Ended", &head.ended.to_string()),
        ("Result", head.result.key()),
        ("Entries", &evidence.entries.len().to_string()),
        ("Version of the tool", env!("CARGO_PKG_VERSION")),
    ] {
        page.raw("<dt>");
        page.text(name);
        page.raw("</dt><dd>");
        page.foreign(value);
        page.raw("</dd>\n");
    }
    page.raw("</dl>\n<h2>Entries</h2>\n<table>\n<thead><tr>");
    for (class, title) in [
        ("number", "No."),
        ("time", "Time (UTC)"),
        ("what", "What"),
        ("request", "Request"),
        ("answer", "Answer"),
        ("hash", "Hash"),
    ] {
        page.raw("<th scope=\"col\" class=\"");
        page.raw(class);
        page.raw("\">");
        page.text(title);
        page.raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for link in evidence.chained() {
        row(&mut page, evidence, &link);
    }
    page.raw("</tbody>\n</table>\n<h2>End</h2>\n");
    end(&mut page, evidence);
    page.raw("</main>\n</body>\n</html>\n");
    page.0
}

fn end(page: &mut Markup, evidence: &Evidence) {
    page.raw("<p class=\"end\">End hash (SHA-256): ");
    page.code(evidence.end_hash());
    page.raw("<br>Only the JSON file with the same end hash can be verified.</p>\n");
}

fn row(page: &mut Markup, evidence: &Evidence, link: &ChainedEntry<'_>) {
    let it = link.entry;
    page.raw("<tr><th scope=\"row\" class=\"number\">");
    page.text(&link.number.to_string());
    page.raw("</th>\n<td class=\"time\">");
    if let Some(at) = it.at {
        let at = at.to_string();
        page.raw("<time datetime=\"");
        page.0.push_str(&encode_double_quoted_attribute(&at));
        page.raw("\">");
        // The day and the time of day can be in two lines.
        page.text(&at.replacen('T', " ", 1).replacen('Z', "", 1));
        page.raw("</time>");
    }
    page.raw("</td>\n<td class=\"what\">");
    page.text(it.kind.key());
    page.named("", it.step.as_deref());
    page.named("result", it.result);
    page.named("fingerprint", it.fingerprint.as_deref());
    if it.actor != evidence.head.actor {
        page.named("account", Some(&it.actor.name));
    }
    page.raw("</td>\n<td class=\"request\">");
    if let Some((method, url)) = it.method.as_ref().zip(it.url.as_ref()) {
        page.code(&format!("{method} {url}"));
    }
    let number = it.exchange.zip(it.attempt);
    let number = number.map(|(exchange, attempt)| format!("{exchange}, attempt {attempt}"));
    page.named("request", number.as_deref());
    let trace = it.client_request_id.map(|id| id.to_string());
    page.named("client-request-id", trace.as_deref());
    page.named("SHA-256 of the body", it.body_sha256.as_deref());
    if let Some(body) = &it.body {
        page.raw("<pre>");
        page.0
            .push_str(&encode_text(&spelled(&format!("{body:#}"))));
        page.raw("</pre>");
    }
    page.raw("</td>\n<td class=\"answer\">");
    let status = it.status.map(|status| status.to_string());
    page.named("status", status.as_deref());
    page.named("no answer", it.no_answer);
    let took = it.milliseconds.map(|took| took.to_string());
    page.named("milliseconds", took.as_deref());
    page.named("request-id", it.request_id.as_deref());
    page.named("problem", it.problem.as_deref());
    page.raw("</td>\n<td class=\"hash\">");
    page.code(link.hash);
    page.raw("</td></tr>\n");
}

/// HTML text under construction.
#[derive(Default)]
struct Markup(String);

impl Markup {
    /// Markup of this file.
    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Any text. Invisible characters become code points.
    fn text(&mut self, text: &str) {
        self.0.push_str(&encode_text(&escaped(text)));
    }

    /// A text of others, which must not change the direction of what is around it.
    fn foreign(&mut self, text: &str) {
        self.raw("<bdi>");
        self.text(text);
        self.raw("</bdi>");
    }

    fn code(&mut self, text: &str) {
        self.raw("<code dir=\"ltr\">");
        self.foreign(text);
        self.raw("</code>");
    }

    /// A line with a value, if there is one.
    fn named(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        self.raw("<div>");
        if !name.is_empty() {
            self.raw("<span class=\"name\">");
            self.text(name);
            self.raw("</span> ");
        }
        self.code(value);
        self.raw("</div>");
    }
}
