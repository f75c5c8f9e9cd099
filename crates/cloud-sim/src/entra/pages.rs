//! The pages that a user sees while signing in: plain forms without scripts, usable with a keyboard and by tests.
//!
//! They are clearly marked as a simulation and contain no logic: they show what `authorize` and `device` decided.

use std::fmt::Write as _;

use http::StatusCode;

use crate::MARKER;
use domain::platform::HttpResponse;

/// Escapes text for HTML content and quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

pub(super) fn page(status: StatusCode, title: &str, inner: &str, coop: bool) -> HttpResponse {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<p class=\"brand\">Simulated sign-in service</p>\n<h1>{title}</h1>\n{inner}</main>\n\
         <footer>{MARKER}. Nothing here reaches Microsoft.</footer>\n</body>\n</html>\n"
    );
    let mut response = HttpResponse::new(html.into_bytes());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, http::HeaderValue::from_static(value));
    };
    set("content-type", "text/html; charset=utf-8");
    set("cache-control", "no-store, no-cache");
    set("pragma", "no-cache");
    set("x-frame-options", "DENY");
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "strict-origin-when-cross-origin");
    // No `form-action`, because a browser would apply it to the redirect back to the client.
    set(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    );
    if coop {
        set("cross-origin-opener-policy", "same-origin");
    }
    response
}

/// An account in the list.
pub(super) struct Choice<'a> {
    pub(super) name: &'a str,
    pub(super) user: &'a str,
    pub(super) is_signed_in: bool,
}

/// The page "Pick an account".
pub(super) fn accounts(
    action: &str,
    flow: &str,
    client: &str,
    tenant: Option<&str>,
    hint: &str,
    choices: &[Choice<'_>],
    trouble: Option<&str>,
) -> String {
    let mut html = String::new();
    let _ = write!(
        html,
        "<p>to continue to <strong>{}</strong>",
        escape(client)
    );
    if let Some(tenant) = tenant {
        let _ = write!(html, " in {}", escape(tenant));
    }
    html.push_str("</p>\n");
    if let Some(trouble) = trouble {
        let _ = writeln!(html, "<p role=\"alert\">{}</p>", escape(trouble));
    }
    let _ = writeln!(
        html,
        "<form method=\"post\" action=\"{}\">\n<input type=\"hidden\" name=\"flow\" value=\"{}\">",
        escape(action),
        escape(flow)
    );
    for choice in choices {
        let _ = writeln!(
            html,
            "<button class=\"account\" name=\"account\" value=\"{}\"><b>{}</b><br>{}{}</button>",
            escape(choice.user),
            escape(choice.name),
            escape(choice.user),
            if choice.is_signed_in {
                " (signed in)"
            } else {
                ""
            }
        );
    }
    let _ = writeln!(
        html,
        "</form>\n<form method=\"post\" action=\"{}\">\n<input type=\"hidden\" name=\"flow\" value=\"{}\">\n\
         <label>Use another account<br><input name=\"login\" value=\"{}\" autocomplete=\"username\" spellcheck=\"false\"></label>\n\
         <p><button>Sign in</button> <button name=\"cancel\" value=\"1\">Cancel</button></p>\n</form>",
        escape(action),
        escape(flow),
        escape(hint)
    );
    html
}

/// A permission on the consent page.
pub(super) struct Permission {
    pub(super) resource: String,
    pub(super) value: String,
    pub(super) title: String,
    pub(super) is_admin_only: bool,
}

/// The page "Permissions requested".
pub(super) fn consent(
    action: &str,
    flow: &str,
    client: &str,
    user: &str,
    permissions: &[Permission],
    may_consent_for_all: bool,
) -> String {
    let mut html = String::new();
    let _ = write!(
        html,
        "<p>{}</p>\n<p><strong>{}</strong> would like to:</p>\n<ul>\n",
        escape(user),
        escape(client)
    );
    for permission in permissions {
        let _ = writeln!(
            html,
            "<li data-permission=\"{}\">{} <small>{}: {}{}</small></li>",
            escape(&permission.value),
            escape(&permission.title),
            escape(&permission.resource),
            escape(&permission.value),
            if permission.is_admin_only {
                ", needs an admin"
            } else {
                ""
            }
        );
    }
    let _ = write!(
        html,
        "</ul>\n<form method=\"post\" action=\"{}\">\n<input type=\"hidden\" name=\"flow\" value=\"{}\">\n",
        escape(action),
        escape(flow)
    );
    if may_consent_for_all {
        html.push_str("<p><label><input type=\"checkbox\" name=\"all\" value=\"1\"> Consent on behalf of your organization</label></p>\n");
    }
    html.push_str(
        "<p><button name=\"answer\" value=\"accept\">Accept</button> <button name=\"answer\" value=\"cancel\">Cancel</button></p>\n</form>\n",
    );
    html
}

/// The page "Need admin approval".
pub(super) fn approval(action: &str, flow: &str, client: &str) -> String {
    format!(
        "<p><strong>{}</strong> needs permission to access resources in your organization that only an admin can grant. Ask an admin to \
         grant permission to this app before you can use it.</p>\n<form method=\"post\" action=\"{}\">\n\
         <input type=\"hidden\" name=\"flow\" value=\"{}\">\n<p><button name=\"answer\" value=\"return\">Return to the application without \
         granting consent</button></p>\n</form>\n",
        escape(client),
        escape(action),
        escape(flow)
    )
}

/// The response as a form that the browser posts to the client.
pub(super) fn form_post(redirect: &str, answer: &[(String, String)]) -> String {
    let mut html = format!("<form method=\"post\" action=\"{}\">\n", escape(redirect));
    for (name, value) in answer {
        let _ = writeln!(
            html,
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escape(name),
            escape(value)
        );
    }
    html.push_str("<p><button>Continue</button></p>\n</form>\n");
    html
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f2f2f2;color:#1b1b1b}\
main{max-width:27rem;margin:3rem auto 1rem;padding:2rem;background:#fff}\
h1{font-size:1.5rem;font-weight:600;margin:.5rem 0}.brand{color:#5a5a5a;margin:0}\
.account{display:block;width:100%;text-align:left;margin:.25rem 0}button{font:inherit;padding:.5rem 1rem}\
input[name=login]{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}small{color:#5a5a5a}\
[role=alert]{color:#a4262c}footer{max-width:27rem;margin:0 auto;color:#5a5a5a;font-size:.85rem}";

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn names_cannot_become_markup() {
        assert_eq!(
            escape(r#"<img src=x onerror='1'>&""#),
            "&lt;img src=x onerror=&#39;1&#39;&gt;&amp;&quot;"
        );
    }
}
