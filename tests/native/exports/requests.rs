//! Requests as commands of other tools, read back by independent parsers: any text arrives unchanged.

use domain::cloud::Cloud;
use engine::auth::account::Audience;
use engine::auth::scopes::ScopeSet;
use engine::export::request::RequestFormat;
use engine::plan::write::ShownRequest;
use http::HeaderName;
use http::Method;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

use super::CODE_PAGES;
use super::golden;
use super::powershell::Script;
use crate::page::first_subscription;
use crate::page::signed_in;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;

const TENANT: &str = "5e97358c-d99c-4558-8000-000000010000";

/// Texts that end a string, a command or a line somewhere.
const HOSTILE: &[&str] = &[
    "O'Brien \"x\" $(whoami) `id` ${HOME} %PATH% !x",
    "a\\\nb\r\tc\u{7f}\u{85}\u{2028}\u{2029}",
    "{server app object ID} '@{ x = 1 }' #requires",
    "\u{2018}Б\u{202e}😀 – ёü\u{feff}",
    "-Uri 'x' ; & | < > ^ \\' \\\" ''",
    "@file",
];

fn patch(text: &str) -> ShownRequest {
    ShownRequest {
        audience: Audience::Graph,
        method: Method::PATCH,
        url: "https://graph.microsoft.com/v1.0/applications(uniqueName='a%27b%20c')/{server app object ID}?$select=id".to_owned(),
        headers: vec![(HeaderName::from_static("prefer"), "create-if-missing".to_owned())],
        body: Some(json!({ "displayName": text, text: [text, null, 1] })),
    }
}

fn register() -> ShownRequest {
    ShownRequest {
        audience: Audience::Arm,
        method: Method::POST,
        url: "https://management.azure.com/subscriptions/x/providers/Microsoft.KeyVault/register?api-version=2024-03-01".to_owned(),
        headers: Vec::new(),
        body: None,
    }
}

/// The words of a bash command.
fn words(command: &str) -> Vec<String> {
    assert!(command.is_ascii(), "{command}");
    shlex::split(command).unwrap()
}

/// The argument after an option.
fn after<'a>(words: &'a [String], option: &str) -> Option<&'a str> {
    let place = words.iter().position(|it| it == option)?;
    words.get(place + 1).map(String::as_str)
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Each format says the method, the URL, the headers and the body of this request, and nothing else.
fn says_the_same(request: &ShownRequest) {
    let cloud = Cloud::Public;
    let is_graph = request.audience == Audience::Graph;

    let http = RequestFormat::Http.write(request, cloud);
    let (head, body) = http.split_once("\n\n").unwrap_or((&http, ""));
    let mut lines = head.lines();
    let (host, path) = request.url["https://".len()..].split_once('/').unwrap();
    let first = format!("{} /{path} HTTP/1.1", request.method);
    assert_eq!(lines.next(), Some(first.as_str()));
    assert_eq!(lines.next(), Some(format!("host: {host}").as_str()));
    let said: Vec<&str> = lines.collect();
    for (name, value) in &request.headers {
        assert!(said.contains(&format!("{name}: {value}").as_str()));
    }
    assert_eq!(
        said.len(),
        request.headers.len() + usize::from(request.body.is_some())
    );
    assert_eq!(
        request.body,
        (!body.is_empty()).then(|| json_of(body)),
        "{http}"
    );

    let az = words(&RequestFormat::AzureCli.write(request, cloud));
    assert_eq!(az[..2], ["az", "rest"]);
    assert_eq!(after(&az, "--method"), Some(request.method.as_str()));
    assert_eq!(after(&az, "--url"), Some(request.url.as_str()));
    assert_eq!(
        after(&az, "--resource"),
        is_graph.then_some("https://graph.microsoft.com")
    );
    assert_eq!(after(&az, "--body").map(json_of), request.body);
    for (name, value) in &request.headers {
        assert!(az.contains(&format!("{name}={value}")));
    }

    let curl = words(&RequestFormat::Curl.write(request, cloud));
    assert_eq!(curl[..2], ["curl", "--globoff"]);
    assert_eq!(after(&curl, "--request"), Some(request.method.as_str()));
    assert_eq!(curl[4], request.url);
    let data = after(&curl, "--data").filter(|it| !it.is_empty());
    assert_eq!(data.map(json_of), request.body);
    assert_eq!(after(&curl, "--oauth2-bearer"), Some("$TOKEN"));

    let text = RequestFormat::PowerShell.write(request, cloud);
    assert!(text.is_ascii() && !text.contains('\n'), "{text}");
    for code_page in CODE_PAGES {
        let script = Script::read(text.as_bytes(), code_page);
        assert_eq!(script.faults(), Vec::<String>::new(), "{text}");
        let calls = script.calls();
        let (cmdlet, parameters) = calls.first_key_value().unwrap();
        assert_eq!(calls.len(), 1, "{text}");
        let allowed: &[&str] = if is_graph {
            assert_eq!(cmdlet, "Invoke-MgGraphRequest");
            &["Method", "Uri", "Headers", "ContentType", "Body"]
        } else {
            assert_eq!(cmdlet, "Invoke-AzRestMethod");
            &["Method", "Uri", "Payload"]
        };
        for parameter in parameters {
            assert!(allowed.contains(&parameter.as_str()), "{parameter}");
        }
        let skeleton = script.skeleton("");
        let texts: Vec<&str> = skeleton
            .iter()
            .filter_map(|it| it.strip_prefix("text: "))
            .collect();
        assert_eq!(texts.first(), Some(&request.url.as_str()));
        if let Some(body) = &request.body {
            assert_eq!(json_of(texts.last().unwrap()), *body);
        }
    }
}

#[test]
fn a_hostile_text_arrives_unchanged_in_every_format() {
    for text in HOSTILE {
        says_the_same(&patch(text));
    }
    says_the_same(&register());
}

proptest! {
    #[test]
    fn any_text_arrives_unchanged_in_every_format(text in any::<String>()) {
        says_the_same(&patch(&text));
    }
}

#[test]
fn every_request_of_a_plan_is_said_the_same_in_every_format() {
    let mut page = signed_in();
    page.types(FieldId::ServerName, "O'Brien \"x\" $(whoami) `id` Б😀");
    page.types(FieldId::UserDiscovery, "on");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert!(review.requests.len() >= 10);
    for planned in &review.requests {
        says_the_same(&planned.request);
    }
}

/// What the run has added to the tenant, list by list.
fn added(before: &Value, after: &Value) -> Value {
    let lists = after.as_object().unwrap().iter();
    let new = lists.filter_map(|(name, list)| match (list, &before[name]) {
        (Value::Array(after), Value::Array(before)) => {
            let new: Vec<&Value> = after.iter().filter(|it| !before.contains(it)).collect();
            (!new.is_empty()).then(|| (name.clone(), json!(new)))
        }
        (Value::Object(after), before) => {
            let new = after.iter().filter(|(name, it)| before[*name] != **it);
            let new: serde_json::Map<_, _> =
                new.map(|(name, it)| (name.clone(), it.clone())).collect();
            (!new.is_empty()).then(|| (name.clone(), Value::Object(new)))
        }
        (_, _) => None,
    });
    Value::Object(new.collect())
}

/// `tests/clients/python/test_requests.py` runs these commands with Azure CLI, and compares the tenant with what the page has made.
#[test]
fn the_commands_for_azure_cli_and_what_the_page_makes_match_the_golden_files() {
    let mut page = signed_in();
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    let cloud = review.plan.desired.cloud;
    let mut text = String::new();
    for planned in &review.requests {
        let command = RequestFormat::AzureCli.write(&planned.request, cloud);
        text.push_str(&format!("# {}\n{command}\n\n", planned.step.name()));
    }
    golden("requests-azure-cli.sh", &text);
    let tenant = TENANT.parse().unwrap();
    let before = page.world.with_sim(|sim| sim.snapshot_of(tenant));
    page.does(Msg::Run(RunMsg::Approved));
    let after = page.world.with_sim(|sim| sim.snapshot_of(tenant));
    let added = added(&before, &after);
    golden("requests-state.json", &format!("{added:#}\n"));
}

#[test]
fn the_sign_in_of_each_tool_names_cloud_tenant_and_permissions() {
    let tenant = TENANT.parse().unwrap();
    let scopes = ScopeSet::Discovery.scopes();
    let connect = |format: RequestFormat, cloud| format.connect(cloud, tenant, &scopes);
    assert_eq!(
        connect(RequestFormat::AzureCli, Cloud::UsGov),
        [
            "az cloud set --name AzureUSGovernment".to_owned(),
            format!("az login --tenant {TENANT} --allow-no-subscriptions"),
        ]
    );
    let powershell = connect(RequestFormat::PowerShell, Cloud::UsGovDod);
    assert!(powershell[0].contains("-Environment USGovDoD"));
    assert!(powershell[0].contains("Application.ReadWrite.All,"));
    assert!(powershell[1].contains("-Environment AzureUSGovernment"));
    let providers = ScopeSet::Check.scopes();
    assert_eq!(
        RequestFormat::PowerShell
            .connect(Cloud::Public, tenant, &providers)
            .len(),
        1
    );
    for format in [RequestFormat::Http, RequestFormat::Curl] {
        assert!(connect(format, Cloud::Public).is_empty());
    }
    for format in RequestFormat::ALL {
        assert_eq!(RequestFormat::find(format.key()), Some(format));
        assert!(!format.name().is_empty());
    }
    assert_eq!(RequestFormat::find("wget"), None);
}
