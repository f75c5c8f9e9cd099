//! The requests of a set-up, from the plan against an empty tenant: what the page itself would send.
//!
//! An ID that exists only during the run, and the two values of the secret that depend on it, are variables. Their names stand between
//! control characters, which no validated name, URL or URI contains, so no text of the admin can be taken for a variable.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

use crate::desired::Desired;
use crate::desired::providers::RegistrationState;
use crate::export::quote::QuotedText;
use crate::plan::compare;
use crate::plan::reference::IdRef;
use crate::plan::reference::Reference;
use crate::plan::step::StepId;
use crate::plan::write::Setting;
use crate::plan::write::Write;
use crate::read::app_policies::SecretPolicy;
use crate::read::observed::Observed;
use crate::read::observed::Tenant;
use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::TenantRules;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::tenant::TenantKind;

/// Stands before and after the name of a variable.
const MARK: char = '\u{1}';

/// The scope of the server app, which an existing app may have under another GUID.
pub(super) const SCOPE: &str = "\u{1}scope\u{1}";

/// When the secret ends.
const END: &str = "\u{1}end\u{1}";

/// The GUID in the description of the secret.
const RUN: &str = "\u{1}run\u{1}";

/// Name of an ID, in the spelling of bash.
fn mark(id: IdRef) -> &'static str {
    match id {
        IdRef::ServerObject => "\u{1}server_object\u{1}",
        IdRef::ServerApp => "\u{1}server_app\u{1}",
        IdRef::ServerPrincipal => "\u{1}server_principal\u{1}",
        IdRef::ClientObject => "\u{1}client_object\u{1}",
        IdRef::ClientApp => "\u{1}client_app\u{1}",
        IdRef::ClientPrincipal => "\u{1}client_principal\u{1}",
        IdRef::GraphPrincipal => "\u{1}graph_principal\u{1}",
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Literal text.
    Text(&'a str),
    /// The value of a variable, by its name in the spelling of bash.
    Variable(&'a str),
}

/// The parts of a text with variables. No part is empty.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let parts = text.split(MARK).enumerate();
    let piece = |(place, part)| {
        if place % 2 == 0 {
            Piece::Text(part)
        } else {
            Piece::Variable(part)
        }
    };
    let is_full = |piece: &Piece<'_>| !matches!(piece, Piece::Text(""));
    parts.map(piece).filter(is_full).collect()
}

/// A request of the set-up. URL and body can have variables.
#[derive(Clone, Debug)]
pub(super) struct SetupRequest {
    /// The step that sends it.
    pub(super) step: StepId,
    /// Its URL.
    pub(super) url: String,
    /// Its JSON body.
    pub(super) body: Option<Value>,
}

/// All requests of a set-up.
#[derive(Clone, Debug)]
pub(super) struct SetupRequests {
    requests: Vec<SetupRequest>,
    graph: String,
}

impl SetupRequests {
    /// The requests that make the wanted state in an empty tenant. `None` if a rule of Microsoft Entra ID forbids a step.
    pub(super) fn of(desired: &Desired) -> Option<Self> {
        let desired = Desired {
            another_secret: false,
            secret_later: false,
            adopted: Vec::new(),
            leaves_out_refused: false,
            ..desired.clone()
        };
        let placeholder = ObjectId::new(Uuid::max());
        let observed = empty_tenant(&desired, placeholder);
        let plan = compare::plan(&desired, &observed, Timestamp::UNIX_EPOCH);
        if plan.is_blocked() {
            return None;
        }
        let setting = Setting {
            cloud: desired.cloud,
            tenant: desired.tenant,
            now: Timestamp::UNIX_EPOCH,
            run: RUN,
        };
        let request = |step: StepId, write: &Write| {
            let request = with_graph_principal(write, placeholder).shown(&setting, mark);
            let mut body = request.body;
            for (pointer, value) in variables(step) {
                if let Some(place) = body.as_mut().and_then(|it| it.pointer_mut(pointer)) {
                    *place = json!(value);
                }
            }
            SetupRequest {
                step,
                url: request.url,
                body,
            }
        };
        let steps = plan.steps.iter();
        Some(Self {
            requests: steps
                .filter_map(|step| Some(request(step.id, step.action.write()?)))
                .collect(),
            graph: format!("https://{}/v1.0/", desired.cloud.graph_host()),
        })
    }

    /// The request of a step.
    pub(super) fn get(&self, step: StepId) -> Option<&SetupRequest> {
        self.requests.iter().find(|it| it.step == step)
    }

    /// The requests that register resource providers.
    pub(super) fn registrations(&self) -> impl Iterator<Item = &SetupRequest> {
        let all = self.requests.iter();
        all.filter(|it| matches!(it.step, StepId::Provider(_)))
    }

    /// What follows the version in the URL of a Microsoft Graph request. Empty if the plan has no such step.
    pub(super) fn path(&self, step: StepId) -> &str {
        let url = self.get(step).map_or("", |it| it.url.as_str());
        url.strip_prefix(&self.graph).unwrap_or(url)
    }

    /// The body of a step as one line of ASCII. Empty if the plan has no such step.
    pub(super) fn body(&self, step: StepId) -> String {
        let body = self.get(step).and_then(|it| it.body.as_ref());
        body.map(ascii_json).unwrap_or_default()
    }

    /// A text in the body of a step. Empty if it has none.
    pub(super) fn text(&self, step: StepId, pointer: &str) -> &str {
        let body = self.get(step).and_then(|it| it.body.as_ref());
        let found = body.and_then(|it| it.pointer(pointer));
        found.and_then(Value::as_str).unwrap_or_default()
    }
}

/// The values of a step that become variables, in addition to the IDs.
fn variables(step: StepId) -> &'static [(&'static str, &'static str)] {
    if step == StepId::ClientSettings {
        &[("/requiredResourceAccess/1/resourceAccess/0/id", SCOPE)]
    } else if step == StepId::Secret {
        &[("/passwordCredential/endDateTime", END)]
    } else {
        &[]
    }
}

/// Takes the ID of Microsoft Graph's service principal for one that is known only during the run: every tenant has another.
fn with_graph_principal(write: &Write, placeholder: ObjectId) -> Write {
    let mut write = write.clone();
    if let Write::Grant { resource, .. } | Write::Role { resource, .. } = &mut write
        && *resource == Reference::Known(placeholder)
    {
        *resource = Reference::Later(IdRef::GraphPrincipal);
    }
    write
}

/// A tenant with nothing in it but Microsoft Graph, and without policies.
fn empty_tenant(desired: &Desired, graph_principal: ObjectId) -> Observed {
    let providers = desired.providers().into_iter();
    Observed {
        tenant: Tenant {
            id: desired.tenant,
            name: Known::Unknown,
            kind: Known::Known(TenantKind::Workforce),
            initial_domain: Known::Unknown,
            rules: TenantRules {
                cloud: desired.cloud,
                tenant: Some(desired.tenant),
                domains: Known::Unknown,
                unique_identifier: Policy::OFF,
                default_only: Policy::OFF,
                taken: Vec::new(),
            },
            secrets: SecretPolicy::default(),
            default_policy: Known::Unknown,
            users_may_register: Known::Unknown,
            roles: Known::Unknown,
        },
        server: Known::Known(None),
        client: Known::Known(None),
        namesakes: Known::Known(Vec::new()),
        uri_holder: Known::Known(None),
        deleted: Known::Known(Vec::new()),
        graph_principal: Known::Known(graph_principal),
        providers: providers
            .map(|it| (it, Known::Known(RegistrationState::NotRegistered)))
            .collect(),
        recorded: Vec::new(),
        subscription: Known::Unknown,
        deleted_principals: Known::Known(Vec::new()),
        arm_permissions: Known::Unknown,
        azure: None,
        around: Default::default(),
    }
}

/// JSON in one line of ASCII. Variables keep their marks.
///
/// `$` and `'` are written as `\u` too: Azure Pipelines expands `$( … )` in a script before the shell reads it, and no shell needs an
/// escape in its single quotes then.
pub(super) fn ascii_json(value: &Value) -> String {
    let mut text = String::new();
    write_json(value, &mut text);
    text
}

fn write_json(value: &Value, text: &mut String) {
    let mut separator = "";
    match value {
        Value::Object(members) => {
            text.push('{');
            for (name, member) in members {
                text.push_str(separator);
                write_json_text(name, text);
                text.push(':');
                write_json(member, text);
                separator = ",";
            }
            text.push('}');
        }
        Value::Array(members) => {
            text.push('[');
            for member in members {
                text.push_str(separator);
                write_json(member, text);
                separator = ",";
            }
            text.push(']');
        }
        Value::String(line) => write_json_text(line, text),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

fn write_json_text(line: &str, text: &mut String) {
    text.push('"');
    for c in line.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            MARK => text.push(c),
            '$' | '\'' => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            ' '..='~' => text.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text.push('"');
}

/// A bash word for a text with variables: one argument.
///
/// A `$` that could start an expression of Azure Pipelines is written as a code.
pub(super) fn bash_word(text: &str) -> String {
    let mut word = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Variable(name) => {
                let _ = write!(word, "\"${name}\"");
            }
            Piece::Text(text) => {
                let mut rest = text;
                while let Some(place) = ["$(", "$[", "${{"]
                    .iter()
                    .filter_map(|it| rest.find(it))
                    .min()
                {
                    let (before, after) = rest.split_at(place);
                    push_bash(&mut word, before);
                    word.push_str(r"$'\x24'");
                    rest = after.get(1..).unwrap_or_default();
                }
                push_bash(&mut word, rest);
            }
        }
    }
    if word.is_empty() {
        word.push_str("''");
    }
    word
}

fn push_bash(word: &mut String, text: &str) {
    if let Ok(text) = QuotedText::parse(text) {
        word.push_str(&text.bash());
    }
}

/// A PowerShell expression for a text with variables: one argument.
pub(super) fn powershell_word(text: &str) -> String {
    let parts: Vec<String> = pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Variable(name) => format!("${}", camel_case(name)),
            Piece::Text(text) => {
                QuotedText::parse(text).map_or_else(|_| "''".to_owned(), |it| it.powershell())
            }
        })
        .collect();
    match parts.as_slice() {
        [] => "''".to_owned(),
        [only] => only.clone(),
        // A sum starts with a text, so that PowerShell adds texts.
        [first, ..] if first.starts_with('$') => format!("('' + {})", parts.join(" + ")),
        _ => format!("({})", parts.join(" + ")),
    }
}

/// Name of a variable in the spelling of PowerShell.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_admin_is_never_a_variable() {
        let text = "server_app \u{1}server_app\u{1} ${server_app}";
        assert_eq!(
            pieces(text),
            [
                Piece::Text("server_app "),
                Piece::Variable("server_app"),
                Piece::Text(" ${server_app}")
            ]
        );
        assert_eq!(
            bash_word(text),
            r#"'server_app '"$server_app"' ${server_app}'"#
        );
        assert_eq!(bash_word("a$(b)$[c]$d"), r"'a'$'\x24''(b)'$'\x24''[c]$d'");
        assert_eq!(
            powershell_word(text),
            "('server_app ' + $serverApp + ' ${server_app}')"
        );
        assert_eq!(powershell_word("\u{1}run\u{1}x"), "('' + $run + 'x')");
        assert_eq!(
            (bash_word(""), powershell_word("")),
            ("''".into(), "''".into())
        );
    }

    #[test]
    fn json_is_ascii_and_starts_no_expansion() {
        let value = json!({ "a$(b)'": ["\u{1}run\u{1}", "\"\\\u{2019}😀\u{7f}", null, true, 1] });
        let text = ascii_json(&value);
        assert_eq!(
            text,
            "{\"a\\u0024(b)\\u0027\":[\"\u{1}run\u{1}\",\"\\\"\\\\\\u2019\\ud83d\\ude00\\u007f\",null,true,1]}"
        );
        let read: Value = serde_json::from_str(&text.replace(MARK, "\\u0001")).unwrap();
        assert_eq!(read, value);
    }
}
