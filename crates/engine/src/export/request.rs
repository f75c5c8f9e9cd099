//! One request as text to copy: the HTTP message, and commands of other tools that send the same request.
//!
//! Bodies are ASCII here: JSON writes any other character as `\u`, so no shell, code page or terminal changes it. No text holds a token: the
//! commands use the sign-in of their tool, and curl reads a variable.

use std::fmt::Write as _;

use domain::variants::variants;
use serde_json::Value;
use strum::EnumCount;
use strum::VariantArray;

use crate::auth::account::Audience;
use crate::auth::scopes::Scope;
use crate::export::quote::QuotedText;
use crate::export::registration::azure_cli::cloud_name;
use crate::export::registration::graph_powershell::environment;
use crate::export::registration::literal;
use crate::plan::write::ShownRequest;
use domain::cloud::Cloud;
use domain::ids::TenantId;

/// How a request is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum RequestFormat {
    /// The HTTP/1.1 message, without the header that has the token.
    #[default]
    Http,
    /// `az rest`, for bash ("az rest", Azure CLI reference, 2026).
    AzureCli,
    /// `Invoke-MgGraphRequest` for Microsoft Graph, `Invoke-AzRestMethod` for Azure Resource Manager (their references, 2026).
    PowerShell,
    /// curl, for bash. It reads the token from a variable.
    Curl,
}

impl RequestFormat {
    /// All formats, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the format in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::AzureCli => "azure-cli",
            Self::PowerShell => "powershell",
            Self::Curl => "curl",
        }
    }

    /// The format with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// Name of the format, which is the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::AzureCli => "Azure CLI (bash)",
            Self::PowerShell => "PowerShell",
            Self::Curl => "curl (bash)",
        }
    }

    /// The request as text.
    #[must_use]
    pub fn write(self, request: &ShownRequest, cloud: Cloud) -> String {
        match self {
            Self::Http => http(request),
            Self::AzureCli => azure_cli(request, cloud),
            Self::PowerShell => powershell(request),
            Self::Curl => curl(request),
        }
    }

    /// The commands that sign in before requests with these permissions. Empty if the format has no sign-in of its own.
    #[must_use]
    pub fn connect(self, cloud: Cloud, tenant: TenantId, scopes: &[Scope]) -> Vec<String> {
        let azure = cloud_name(cloud);
        let of = |audience| scopes.iter().filter(move |it| it.audience() == audience);
        match self {
            Self::Http | Self::Curl => Vec::new(),
            Self::AzureCli => vec![
                format!("az cloud set --name {azure}"),
                format!("az login --tenant {tenant} --allow-no-subscriptions"),
            ],
            Self::PowerShell => {
                let graph: Vec<&str> = of(Audience::Graph).map(|it| it.name()).collect();
                let environment = environment(cloud);
                let mut lines = Vec::new();
                if !graph.is_empty() {
                    lines.push(format!(
                        "Connect-MgGraph -Environment {environment} -TenantId {tenant} -Scopes {} -NoWelcome",
                        graph.join(",")
                    ));
                }
                if of(Audience::Arm).next().is_some() {
                    lines.push(format!(
                        "Connect-AzAccount -Environment {azure} -Tenant {tenant}"
                    ));
                }
                lines
            }
        }
    }
}

/// JSON in one line of ASCII.
pub(crate) fn ascii_json(body: &Value) -> String {
    ascii(&body.to_string())
}

/// Writes what is not printable ASCII as `\u`. All of it is in JSON strings.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            ' '..='~' | '\n' => text.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// Headers of the request, with the type of its body.
fn headers(request: &ShownRequest) -> Vec<(&str, &str)> {
    let own = request.headers.iter();
    let mut headers: Vec<(&str, &str)> = own
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    if request.body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    headers
}

fn http(request: &ShownRequest) -> String {
    let rest = request.url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut text = format!("{} {path} HTTP/1.1\nhost: {host}\n", request.method);
    for (name, value) in headers(request) {
        let _ = writeln!(text, "{name}: {value}");
    }
    if let Some(body) = &request.body {
        let _ = write!(text, "\n{}", ascii(&format!("{body:#}")));
    }
    text
}

fn azure_cli(request: &ShownRequest, cloud: Cloud) -> String {
    let bash = |text: &str| literal(text, QuotedText::bash);
    let mut text = format!("az rest --method {}", request.method);
    // Azure CLI knows the token that Azure Resource Manager wants, and Microsoft Graph's only in some clouds.
    if request.audience == Audience::Graph {
        let _ = write!(text, " --resource https://{}", cloud.graph_host());
    }
    let _ = write!(text, " \\\n  --url {}", bash(&request.url));
    let headers = headers(request);
    if !headers.is_empty() {
        text.push_str(" \\\n  --headers");
        for (name, value) in headers {
            let _ = write!(text, " {}", bash(&format!("{name}={value}")));
        }
    }
    if let Some(body) = &request.body {
        let _ = write!(text, " \\\n  --body {}", bash(&ascii_json(body)));
    }
    text
}

fn powershell(request: &ShownRequest) -> String {
    let quoted = |text: &str| literal(text, QuotedText::powershell);
    let url = quoted(&request.url);
    let body = request.body.as_ref().map(|body| quoted(&ascii_json(body)));
    let method = &request.method;
    match request.audience {
        Audience::Graph => {
            let mut text = format!("Invoke-MgGraphRequest -Method {method} -Uri {url}");
            if !request.headers.is_empty() {
                let own = request.headers.iter();
                let pairs: Vec<String> = own
                    .map(|(name, value)| format!("{} = {}", quoted(name.as_str()), quoted(value)))
                    .collect();
                let _ = write!(text, " -Headers @{{ {} }}", pairs.join("; "));
            }
            if let Some(body) = body {
                let _ = write!(text, " -ContentType 'application/json' -Body {body}");
            }
            text
        }
        Audience::Arm => {
            let payload = body.map_or_else(String::new, |body| format!(" -Payload {body}"));
            format!("Invoke-AzRestMethod -Method {method} -Uri {url}{payload}")
        }
    }
}

fn curl(request: &ShownRequest) -> String {
    let bash = |text: &str| literal(text, QuotedText::bash);
    // Without `--globoff`, curl takes braces in a URL for a list.
    let mut text = format!(
        "curl --globoff --request {} {}",
        request.method,
        bash(&request.url)
    );
    text.push_str(" \\\n  --oauth2-bearer \"$TOKEN\"");
    for (name, value) in headers(request) {
        let _ = write!(
            text,
            " \\\n  --header {}",
            bash(&format!("{name}: {value}"))
        );
    }
    match &request.body {
        Some(body) => {
            let _ = write!(text, " \\\n  --data {}", bash(&ascii_json(body)));
        }
        // A POST needs a length.
        None if request.method == http::Method::POST => text.push_str(" \\\n  --data ''"),
        None => {}
    }
    text
}
