//! Properties that must hold for any input bytes. Each function panics when its property is violated.
//!
//! Where a second parser of the same text exists, its result is compared: the `url` crate parses as browsers do, and the simulated cloud
//! parses filters as Microsoft Graph does.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cloud_sim::odata;
use cloud_sim::odata::Comparison;
use cloud_sim::odata::Filter;
use cloud_sim::odata::Literal;
use domain::app_id_uri::AppIdUri;
use domain::cloud::Cloud;
use domain::config::Config;
use domain::confusables::is_unseen;
use domain::json;
use domain::known::Answer;
use domain::locale::Locale;
use domain::secret::Secret;
use engine::arm;
use engine::audit::Check;
use engine::audit::Report;
use engine::audit::check::CheckId;
use engine::auth::callback;
use engine::auth::challenge::Challenge;
use engine::auth::id_token;
use engine::auth::id_token::Expected;
use engine::export::compare_reports::differences;
use engine::export::evidence;
use engine::export::evidence::verify::EvidenceVerdict;
use engine::export::evidence::verify::verify;
use engine::export::plan_file::PlanFile;
use engine::export::received;
use engine::export::received::ReceivedResult;
use engine::export::report;
use engine::export::report::Stored;
use engine::export::saved_file::FileError;
use engine::graph;
use engine::journal::RecordedRun;
use engine::net::ApiError;
use engine::net::answer;
use engine::net::host::is_on;
use engine::net::paging::Pages;
use engine::net::retry;
use http::HeaderMap;
use http::HeaderValue;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use url::Url;

const CLIENT: &str = "11111111-2222-4333-8444-555555555555";
const TENANT: &str = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const NOW: i64 = 1_795_000_000;

fn text(data: &[u8]) -> &str {
    // Text reaches the page through the browser, which passes only valid UTF-8.
    str::from_utf8(data).unwrap_or_default()
}

/// An accepted response has one state and either one code or one error. A second parser agrees.
pub fn callback(data: &[u8]) {
    let text = text(data);
    let (search, hash) = text.split_once('\n').unwrap_or(("", text));
    if let Some(found) = callback::answer_in(search, hash) {
        // A response that is only in the query is reported without its content.
        assert_ne!(found.is_empty(), callback::is_answer(&found));
    }
    let Ok(answer) = callback::parse(hash) else {
        return;
    };
    let Ok(url) = Url::parse(&format!("https://page.example/?{hash}")) else {
        panic!("a browser would not take {hash:?}");
    };
    // `#` would end the query for the `url` crate.
    if hash.contains('#') {
        return;
    }
    let values = |wanted: &str| -> Vec<String> {
        url.query_pairs()
            .filter(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
            .collect()
    };
    assert_eq!(values("state"), [answer.state]);
    let filled = |name| {
        values(name)
            .iter()
            .filter(|value| !value.is_empty())
            .count()
    };
    assert_eq!(filled("code") + filled("error"), 1);
    match answer.outcome {
        callback::CallbackOutcome::Code(_) => assert_eq!(filled("code"), 1),
        callback::CallbackOutcome::Refused(_) => assert_eq!(filled("error"), 1),
    }
}

/// Claims are a JSON object or absent, and only status 401 or 403 can request them.
pub fn challenge(data: &[u8]) {
    let mut refusal = ApiError {
        www_authenticate: Some(text(data).to_owned()),
        ..ApiError::default()
    };
    for status in [400, 401, 403] {
        refusal.status = status;
        let Some(challenge) = Challenge::of(&refusal) else {
            assert_ne!(status, 401);
            continue;
        };
        assert_ne!(status, 400);
        if let Some(claims) = challenge.claims {
            let claims: Value = serde_json::from_str(&claims).unwrap();
            assert!(claims.is_object());
        }
    }
}

/// For any content, the configuration names only known clouds and contains no request address.
pub fn config(data: &[u8]) {
    let Ok(config) = Config::parse(data) else {
        return;
    };
    for cloud in Cloud::ALL {
        let id = config.client_id(cloud).map(|id| id.to_string());
        assert!(id.is_none_or(|id| id.len() == 36));
    }
    // The logo is next to the page. A link leads to a web page or a mailbox.
    let beside = Url::parse("https://contoso.com/cmg/").unwrap();
    if let Some(logo) = &config.logo {
        let url = beside.join(logo.as_str()).unwrap();
        assert_eq!(url.as_str(), format!("{beside}{}", logo.as_str()));
    }
    let organization = &config.organization;
    for link in [&organization.contact, &organization.help]
        .into_iter()
        .flatten()
    {
        let link = link.as_str();
        // Browsers reject an invalid internationalized domain name.
        let Ok(url) = Url::parse(link) else {
            assert!(link.contains("xn--"));
            continue;
        };
        assert!(matches!(url.scheme(), "https" | "mailto"));
        assert!(url.username().is_empty() && url.password().is_none());
        assert!(url.host_str().is_none_or(|host| link.contains(host)));
    }
    for line in [
        &organization.name,
        &organization.notice,
        &config.proposals.connection_description,
    ]
    .into_iter()
    .flatten()
    {
        assert!(!line.contains(is_unseen) && line.trim() == line && !line.is_empty());
    }
    if let Some(name) = &config.proposals.uri_name {
        let uri = format!("api://5e97358c-d99c-4558-af0c-de7774091dda/{name}");
        assert!(AppIdUri::parse(&uri).is_ok());
    }
    // A second parser also finds an object, or nothing.
    let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    if !data.trim_ascii().is_empty() {
        let read: Value = serde_json::from_slice(data).unwrap();
        assert!(read.is_object());
    }
}

/// A token goes only where a browser would send the request: that exact host, https, the default port, and no user information. A next
/// page is in the same list as the first page.
pub fn host(data: &[u8]) {
    let rest = text(data);
    for cloud in Cloud::ALL {
        for host in [cloud.graph_host(), cloud.arm_host(), cloud.login_host()] {
            let first = format!("https://{host}/v1.0/things");
            for url in [
                rest.to_owned(),
                format!("https://{host}{rest}"),
                format!("https://{host}/{rest}"),
                format!("https://{host}/v1.0/{rest}"),
                format!("https://{rest}{host}/"),
            ] {
                if is_on(&url, host) {
                    on_that_host(&url, host);
                }
                let page = json!({ "value": [], "@odata.nextLink": url });
                if let Ok(Some(next)) = Pages::new(first.clone(), host).take(200, page) {
                    assert_eq!(next, url);
                    let read = on_that_host(&url, host);
                    let area = read.path_segments().and_then(|mut steps| steps.next());
                    assert!(
                        area.is_some_and(|area| area.eq_ignore_ascii_case("v1.0")),
                        "{url}"
                    );
                }
            }
        }
    }
}

fn on_that_host(url: &str, host: &str) -> Url {
    let Ok(read) = Url::parse(url) else {
        panic!("a browser would not take {url:?}");
    };
    assert_eq!(read.scheme(), "https", "{url:?}");
    assert_eq!(read.host_str(), Some(host), "{url:?}");
    assert_eq!(read.port(), None, "{url:?}");
    assert_eq!((read.username(), read.password()), ("", None), "{url:?}");
    read
}

/// According to a second parser, an accepted token has this attempt's nonce, this app, this tenant's issuer, and valid dates.
pub fn id_token(data: &[u8]) {
    let expected = Expected {
        cloud: Cloud::ALL[0],
        client_id: CLIENT.parse().unwrap(),
        tenant: Some(TENANT.parse().unwrap()),
        nonce: Some("nonce"),
        now: Timestamp::from_second(NOW).ok(),
    };
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let signed = encode(br#"{"alg":"RS256","typ":"JWT"}"#);
    let good = json!({
        "aud": CLIENT, "iss": id_token::issuer(expected.cloud, TENANT.parse().unwrap()), "tid": TENANT,
        "oid": CLIENT, "sub": "s", "nonce": "nonce", "ver": "2.0", "iat": NOW, "nbf": NOW, "exp": NOW + 3600,
        "preferred_username": "a@contoso.com", "name": "A",
    });
    // Uses the bytes as the whole token, as its claims, as its header, and as changes to the claims of a valid token.
    let mut changed = good.clone();
    if let Ok(Value::Object(changes)) = serde_json::from_slice(data) {
        for (name, value) in changes {
            changed[name] = value;
        }
    }
    for (token, claims) in [
        (text(data).to_owned(), None),
        (
            format!("{signed}.{}.c2ln", encode(data)),
            serde_json::from_slice(data).ok(),
        ),
        (
            format!(
                "{}.{}.c2ln",
                encode(data),
                encode(good.to_string().as_bytes())
            ),
            Some(good),
        ),
        (
            format!("{signed}.{}.c2ln", encode(changed.to_string().as_bytes())),
            Some(changed),
        ),
    ] {
        let Ok(identity) = id_token::read(&Secret::new(token), &expected) else {
            continue;
        };
        assert_eq!(identity.tenant.to_string(), TENANT);
        let Some(claims) = claims else {
            continue;
        };
        let says = |name: &str| {
            claims[name]
                .as_str()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        assert_eq!(claims["nonce"], "nonce");
        assert_eq!(claims["ver"], "2.0");
        assert_eq!(says("tid"), TENANT);
        assert!(says("iss").ends_with(&format!("/{TENANT}/v2.0")));
        assert!(
            says("aud") == CLIENT || claims["aud"].as_array().is_some_and(|all| all.len() == 1)
        );
        assert!(claims["exp"].as_i64().is_some_and(|end| end > NOW - 3600));
    }
}

/// A journal that can be parsed has the same content after it is written and parsed again.
pub fn journal(data: &[u8]) {
    let Ok(past) = RecordedRun::parse(text(data)) else {
        return;
    };
    let written = past.text();
    let again = RecordedRun::parse(&written).map(|past| past.text()).ok();
    assert_eq!(again, Some(written));
    let _ = (past.started(), past.draft(), past.began(), past.is_open());
}

/// The JSON parser returns only values that a second parser also finds, and no response causes a panic.
pub fn json_answer(data: &[u8]) {
    if let Ok(value) = json::parse(data) {
        assert_eq!(Some(&value), serde_json::from_slice(data).ok().as_ref());
        let _ = serde_json::from_value::<graph::wire::Application>(value.clone());
        let _ = serde_json::from_value::<graph::wire::PermissionGrant>(value.clone());
        let _ = serde_json::from_value::<graph::wire::RoleAssignment>(value.clone());
        let _ = serde_json::from_value::<graph::wire::Organization>(value.clone());
        let _ = serde_json::from_value::<graph::wire::PasswordCredential>(value.clone());
        let _ = serde_json::from_value::<arm::wire::SubscriptionResource>(value.clone());
        let _ = serde_json::from_value::<arm::wire::Permission>(value.clone());
        let first = "https://graph.microsoft.com/v1.0/things".to_owned();
        let _ = Pages::new(first, "graph.microsoft.com").take(200, value);
    }
    for status in [200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503] {
        let mut response = http::Response::new(data.to_vec());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response
            .headers_mut()
            .insert("content-type", HeaderValue::from_static("application/json"));
        let read = answer::read(response, Timestamp::UNIX_EPOCH);
        assert!(read.is_err() || status < 300);
    }
}

/// For any name, the service finds exactly that name between the quotes and nothing after them.
pub fn odata(data: &[u8]) {
    let name = text(data);
    // The simulated cloud must parse a filter with any text without a panic.
    let _ = odata::parse(name);
    let is_name = |filter: &Filter, path: &str, wanted: &str| {
        matches!(filter, Filter::Compare(found, Comparison::Eq, Literal::Text(value))
            if found.0 == [path] && value == wanted)
    };
    let named = read(&graph::applications_named(Cloud::ALL[0], name, "other").url);
    let Filter::Or(left, right) = named else {
        panic!("{named:?}");
    };
    assert!(is_name(&left, "displayName", name) && is_name(&right, "displayName", "other"));
    let with_uri = read(&graph::applications_with_uri(Cloud::ALL[0], name).url);
    let Filter::Any(_, Some((variable, inner))) = with_uri else {
        panic!("{with_uri:?}");
    };
    assert!(is_name(&inner, &variable, name));
    let key = graph::application_by_unique_name(Cloud::ALL[0], name).url;
    let key = Url::parse(&key).unwrap();
    assert_eq!(key.fragment(), None);
    assert_eq!(key.path_segments().map(Iterator::count), Some(2), "{key}");
}

/// Parses the filter of a URL as the service does.
fn read(url: &str) -> Filter {
    let url = Url::parse(url).unwrap();
    assert_eq!(url.fragment(), None);
    let filters: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| name == "$filter")
        .map(|(_, value)| value.into_owned())
        .collect();
    let [filter] = filters.as_slice() else {
        panic!("{} filters in {url}", filters.len());
    };
    odata::parse(filter).unwrap_or_else(|error| panic!("{filter:?}: {error:?}"))
}

/// A plan or a record that is accepted comes back equal, and a plan never names an app.
pub fn plan(data: &[u8]) {
    let text = text(data);
    let plans = [PlanFile::parse(text).ok(), PlanFile::parse_link(text).ok()];
    for plan in plans.into_iter().flatten() {
        assert!(!plan.draft().has_existing() && plan.draft().repairs.is_empty());
        assert_eq!(
            PlanFile::parse(&plan.text(Timestamp::UNIX_EPOCH)).as_ref(),
            Ok(&plan)
        );
        if let Some(link) = plan.link() {
            assert_eq!(PlanFile::parse_link(&link).as_ref(), Ok(&plan));
        }
    }
    if let Ok(received) = ReceivedResult::parse(text) {
        let written = received.handoff.record(received.plan_hash.as_deref());
        if let Ok(again) = ReceivedResult::parse(&written) {
            assert_eq!(again, received);
        } else {
            assert!(written.len() > received::SIZE_MAX);
        }
    }
}

/// A second parser also accepts intact evidence and reads what was verified. One more character in any entry is then a change.
pub fn evidence(data: &[u8]) {
    let text = text(data);
    let Ok(EvidenceVerdict::Intact(verified)) = verify(text) else {
        return;
    };
    let read: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    assert_eq!(read["kind"], evidence::KIND);
    assert_eq!(read["version"], evidence::VERSION);
    assert_eq!(read["endHash"], verified.end_hash);
    assert_eq!(
        read["entries"].as_array().map(Vec::len),
        Some(verified.count)
    );
    for place in 0..verified.count {
        let mut changed = read.clone();
        let name = changed["entries"][place]["actor"]["name"].as_str();
        changed["entries"][place]["actor"]["name"] = json!(format!("{} ", name.unwrap()));
        let verdict = verify(&changed.to_string());
        assert!(matches!(verdict, Ok(EvidenceVerdict::Changed(_))));
    }
}

/// A second parser also accepts a parsed report. The report has no differences from itself, and writing it again keeps its content.
pub fn report(data: &[u8]) {
    let text = text(data);
    let Ok(stored) = Stored::parse(text) else {
        return;
    };
    let read: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    assert_eq!(read["kind"], report::KIND);
    assert_eq!(read["version"], report::VERSION);
    let tenant = read["tenant"]["id"].as_str().unwrap();
    assert!(tenant.eq_ignore_ascii_case(&stored.tenant.to_string()));
    let length = |name: &str| read[name].as_array().map(Vec::len);
    assert_eq!(length("checks"), Some(stored.checks.len()));
    assert_eq!(length("secrets"), Some(stored.secrets.len()));

    let known = stored.checks.iter().filter_map(|it| {
        Some(Check {
            id: check_of(&it.check)?,
            state: it.state,
            seen: it.seen.clone(),
            repairs: Vec::new(),
        })
    });
    let same = Report {
        language: Locale::find(&stored.language).unwrap_or_default(),
        at: stored.at,
        cloud: stored.cloud,
        tenant: stored.tenant,
        tenant_name: stored.tenant_name.clone(),
        server: stored.server.clone(),
        client: stored.client.clone(),
        uris: stored.uris.clone(),
        secrets: stored.secrets.clone(),
        checks: known.collect(),
        discovery: Answer::CannotTell,
    };
    assert_eq!(differences(&stored, &same), Ok(Vec::new()));
    match Stored::parse(&report::written(&same, Locale::En)) {
        Ok(again) => {
            let checks = |it: &Stored| -> Vec<_> {
                let known = it.checks.iter();
                known
                    .filter(|it| check_of(&it.check).is_some())
                    .cloned()
                    .collect()
            };
            assert_eq!(checks(&again), checks(&stored));
            assert_eq!(
                (again.at, again.server, again.client),
                (stored.at, stored.server, stored.client)
            );
            assert_eq!((again.uris, again.secrets), (stored.uris, stored.secrets));
        }
        // Invisible characters are escaped when written, so the report can exceed the size limit.
        Err(error) => assert_eq!(error, FileError::TooLarge),
    }
}

fn check_of(key: &str) -> Option<CheckId> {
    CheckId::ALL.into_iter().find(|id| id.key() == key)
}

/// A requested wait is honored to the second or ignored. The result is never a wait of zero.
pub fn retry_after(data: &[u8]) {
    let now = Timestamp::from_second(NOW).unwrap();
    for name in ["retry-after", "retry-after-ms", "x-ms-retry-after-ms"] {
        let mut headers = HeaderMap::new();
        let Ok(value) = HeaderValue::from_bytes(data) else {
            return;
        };
        headers.insert(name, value);
        let wait = retry::asked(&headers, now);
        assert_ne!(wait, Some(Duration::ZERO));
        let digits = text(data.trim_ascii());
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if let (true, Ok(number)) = (is_number, digits.parse::<u64>()) {
            let unit = if name == "retry-after" {
                Duration::from_secs(number)
            } else {
                Duration::from_millis(number)
            };
            assert_eq!(
                wait,
                Some(unit).filter(|wait| !wait.is_zero()),
                "{name}: {digits}"
            );
        }
        if !is_number && name != "retry-after" {
            assert!(wait.is_none() || digits.starts_with('+'));
        }
    }
}
