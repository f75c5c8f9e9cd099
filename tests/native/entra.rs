//! Tests of the simulated sign-in service as any client uses it: errors, where it reports them, and the effects of consent.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cloud_sim::Sim;
use domain::cloud::Cloud;
use domain::platform::HttpResponse;
use domain::tenant::TenantHint;
use engine::auth::account::Audience;
use engine::auth::scopes::ScopeSet;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use http::Request;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

const TOOL: &str = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const GRAPH_TOOLS: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const SITE: &str = "https://cmg-entra-setup.test/";
const ORIGIN: &str = "https://cmg-entra-setup.test";
const LOGIN: &str = "https://login.microsoftonline.com";
// The example values of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

type Fields<'a> = &'a [(&'a str, &'a str)];

/// Result of a browser navigation.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// A page with this heading.
    Page(String),
    /// An error page with this error code. The client gets no response.
    Told(u32),
    /// A redirect to the client with these parameters.
    Back(BTreeMap<String, String>),
}

/// A browser with one session in one simulated cloud.
struct Browser {
    sim: Sim,
    now: Timestamp,
    cookie: Option<String>,
    page: String,
}

fn fields(base: Fields<'_>, changes: Fields<'_>) -> String {
    let mut all: BTreeMap<&str, &str> = base.iter().copied().collect();
    all.extend(changes.iter().copied());
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(all.into_iter().filter(|(_, value)| *value != "-"))
        .finish()
}

fn number_after(text: &str, mark: &str) -> Option<u32> {
    let (_, rest) = text.split_once(mark)?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
    rest[..end].parse().ok()
}

impl Browser {
    fn new() -> Self {
        Self {
            sim: Sim::new(1),
            now: "2026-11-23T10:00:00Z".parse().unwrap(),
            cookie: None,
            page: String::new(),
        }
    }

    fn send(&mut self, request: Request<Vec<u8>>) -> HttpResponse {
        self.sim.handle(self.now, &request).answer.unwrap()
    }

    fn open(&mut self, url: &str) -> Seen {
        let request = Request::get(url);
        self.see(request, String::new())
    }

    fn post(&mut self, path: &str, body: String) -> Seen {
        let request = Request::post(format!("{LOGIN}{path}"));
        self.see(request, body)
    }

    fn see(&mut self, request: http::request::Builder, body: String) -> Seen {
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let response = self.send(request.body(body.into_bytes()).unwrap());
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = Some(cookie.to_owned());
        }
        if let Some(to) = response.headers().get("location") {
            let (_, answer) = to
                .to_str()
                .unwrap()
                .split_once(['#', '?'])
                .unwrap_or_default();
            let pairs = form_urlencoded::parse(answer.as_bytes()).into_owned();
            return Seen::Back(pairs.collect());
        }
        self.page = String::from_utf8(response.into_body()).unwrap();
        if let Some(code) = number_after(&self.page, "id=\"error\">AADSTS") {
            return Seen::Told(code);
        }
        let (_, rest) = self.page.split_once("<h1>").unwrap();
        Seen::Page(rest.split('<').next().unwrap().to_owned())
    }

    /// Opens the authorize endpoint with the page's usual parameters and these changes. The value `-` removes a parameter.
    fn authorize(&mut self, tenant: &str, changes: Fields<'_>) -> Seen {
        let query = fields(
            &[
                ("client_id", TOOL),
                ("redirect_uri", SITE),
                ("response_type", "code"),
                ("response_mode", "fragment"),
                (
                    "scope",
                    "openid profile https://graph.microsoft.com/User.Read",
                ),
                ("state", "s"),
                ("nonce", "n"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
            changes,
        );
        self.open(&format!("{LOGIN}/{tenant}/oauth2/v2.0/authorize?{query}"))
    }

    /// Submits the form of the current page.
    #[track_caller]
    fn press(&mut self, name: &str, value: &str) -> Seen {
        let cut = |from: &str| {
            let (_, rest) = self.page.split_once(from).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (action, flow) = (cut("action=\""), cut("name=\"flow\" value=\""));
        self.post(&action, fields(&[("flow", &flow), (name, value)], &[]))
    }

    #[track_caller]
    fn back(seen: Seen) -> BTreeMap<String, String> {
        match seen {
            Seen::Back(pairs) => pairs,
            other @ (Seen::Page(_) | Seen::Told(_)) => panic!("not back at the client: {other:?}"),
        }
    }

    /// Signs in, consents to the requested permissions, and returns the code.
    #[track_caller]
    fn code(&mut self, user: &str, changes: Fields<'_>) -> String {
        let tenant = user.split('@').nth(1).unwrap();
        let mut seen = self.authorize(tenant, changes);
        if seen == Seen::Page("Pick an account".to_owned()) {
            seen = self.press("account", user);
        }
        if seen == Seen::Page("Permissions requested".to_owned()) {
            seen = self.press("answer", "accept");
        }
        Self::back(seen)["code"].clone()
    }

    /// Sends a request to the token endpoint and returns its JSON.
    fn token(&mut self, tenant: &str, origin: Option<&str>, body: String) -> Value {
        let mut request = Request::post(format!("{LOGIN}/{tenant}/oauth2/v2.0/token"))
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let response = self.send(request.body(body.into_bytes()).unwrap());
        serde_json::from_slice(response.body()).unwrap()
    }

    fn redeem(&mut self, code: &str, changes: Fields<'_>) -> Value {
        self.redeem_in("fabrikam.com", code, changes)
    }

    fn redeem_in(&mut self, tenant: &str, code: &str, changes: Fields<'_>) -> Value {
        let body = fields(
            &[
                ("client_id", TOOL),
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", SITE),
                ("code_verifier", VERIFIER),
                ("scope", "https://graph.microsoft.com/User.Read"),
            ],
            changes,
        );
        self.token(tenant, Some(ORIGIN), body)
    }
}

fn claims(answer: &Value) -> Value {
    let token = answer["access_token"].as_str().unwrap();
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn codes(answer: &Value) -> Value {
    answer["error_codes"].clone()
}

#[test]
fn an_unknown_client_or_url_gets_an_error_page_and_no_redirect() {
    for (tenant, change, code) in [
        (
            "fabrikam.com",
            ("redirect_uri", "https://evil.example/"),
            50011,
        ),
        (
            "fabrikam.com",
            ("redirect_uri", "https://cmg-entra-setup.test/x"),
            50011,
        ),
        ("fabrikam.com", ("redirect_uri", "-"), 50011),
        (
            "fabrikam.com",
            ("client_id", "00000000-1111-4222-8333-444444444444"),
            700_016,
        ),
        ("fabrikam.com", ("client_id", "no id"), 700_016),
        ("fabrikam.com", ("client_id", "-"), 900_144),
        ("nowhere.example", ("state", "s"), 90002),
        ("not a tenant", ("state", "s"), 900_023),
        ("contoso-gov.us", ("state", "s"), 90038),
    ] {
        let tenant = tenant.replace(' ', "%20");
        let seen = Browser::new().authorize(&tenant, &[change]);
        assert_eq!(seen, Seen::Told(code), "{tenant} {change:?}");
    }
}

#[test]
fn a_known_client_gets_errors_in_its_response_mode_with_state() {
    for (change, word, code) in [
        (
            ("response_type", "token"),
            "unsupported_response_type",
            "AADSTS700051",
        ),
        (
            ("response_type", "id_token"),
            "unsupported_response_type",
            "AADSTS700054",
        ),
        (("response_type", "-"), "invalid_request", "AADSTS900144"),
        (
            ("response_mode", "smoke"),
            "invalid_request",
            "AADSTS900971",
        ),
        (("scope", "-"), "invalid_request", "AADSTS900144"),
        (
            ("scope", "User.Read https://graph.microsoft.com/.default"),
            "invalid_scope",
            "AADSTS70011",
        ),
        (("prompt", "often"), "invalid_request", "AADSTS90023"),
        (("prompt", "none"), "login_required", "AADSTS50058"),
        (("code_challenge", "-"), "invalid_request", "AADSTS9002325"),
        (
            ("code_challenge_method", "plain"),
            "invalid_request",
            "AADSTS9002325",
        ),
        (
            ("code_challenge", "short"),
            "invalid_request",
            "AADSTS501491",
        ),
        (("claims", "no json"), "invalid_request", "AADSTS9002313"),
    ] {
        let answer = Browser::back(Browser::new().authorize("fabrikam.com", &[change]));
        assert_eq!(answer["error"], word, "{change:?}");
        assert!(
            answer["error_description"].starts_with(&format!("{code}:")),
            "{answer:?}"
        );
        assert_eq!(answer["state"], "s");
    }
}

#[test]
fn an_unknown_permission_ends_the_sign_in() {
    for (scope, word) in [
        ("https://graph.microsoft.com/No.Such", "invalid_client"),
        ("api://no-such-api/access", "invalid_resource"),
    ] {
        let mut browser = Browser::new();
        browser.authorize("fabrikam.com", &[("scope", scope)]);
        let answer = Browser::back(browser.press("account", "admin@fabrikam.com"));
        assert_eq!(answer["error"], word, "{scope}");
    }
}

#[test]
fn one_sign_in_grants_consent_for_two_services_once() {
    let scope = "openid offline_access https://graph.microsoft.com/User.Read https://management.azure.com/user_impersonation";
    let mut browser = Browser::new();
    assert_eq!(
        browser.authorize("organizations", &[("scope", scope)]),
        Seen::Page("Pick an account".to_owned())
    );
    assert_eq!(
        browser.press("account", "admin@fabrikam.com"),
        Seen::Page("Permissions requested".to_owned())
    );
    for permission in ["User.Read", "user_impersonation", "offline_access"] {
        assert!(
            browser
                .page
                .contains(&format!("data-permission=\"{permission}\"")),
            "{permission}"
        );
    }
    assert!(Browser::back(browser.press("answer", "accept")).contains_key("code"));
    // The session and the consent persist, also for a request without a user interface.
    assert!(
        Browser::back(browser.authorize("fabrikam.com", &[("scope", scope), ("prompt", "none")]))
            .contains_key("code")
    );
    assert_eq!(
        browser.authorize("fabrikam.com", &[("prompt", "select_account")]),
        Seen::Page("Pick an account".to_owned())
    );
    assert_eq!(
        browser.authorize("fabrikam.com", &[("prompt", "consent")]),
        Seen::Page("Permissions requested".to_owned())
    );
    // Sign-out ends the session.
    browser.open(&format!("{LOGIN}/common/oauth2/v2.0/logout"));
    let silent = Browser::back(browser.authorize("fabrikam.com", &[("prompt", "none")]));
    assert_eq!(silent["error"], "login_required");
}

#[test]
fn only_an_administrator_can_grant_admin_permissions() {
    let scope = "https://graph.microsoft.com/Application.ReadWrite.All";
    let mut browser = Browser::new();
    browser.authorize("fabrikam.com", &[("scope", scope)]);
    assert_eq!(
        browser.press("account", "azure@fabrikam.com"),
        Seen::Page("Need admin approval".to_owned())
    );
    // A forged form does not grant consent.
    assert_eq!(
        browser.press("answer", "accept"),
        Seen::Page("Need admin approval".to_owned())
    );
    let answer = Browser::back(browser.press("answer", "return"));
    assert_eq!(answer["error"], "access_denied");
    assert!(answer["error_description"].starts_with("AADSTS90094:"));

    // After an administrator has consented for all users, every user can sign in.
    let mut admin = browser;
    admin.cookie = None;
    admin.authorize("fabrikam.com", &[("scope", scope)]);
    admin.press("account", "apps@fabrikam.com");
    let form = admin.page.split("name=\"flow\" value=\"").nth(1).unwrap();
    let flow = form.split('"').next().unwrap().to_owned();
    let body = fields(&[("flow", &flow), ("answer", "accept"), ("all", "1")], &[]);
    let consent = admin
        .page
        .split("action=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert!(Browser::back(admin.post(&consent, body)).contains_key("code"));
    admin.cookie = None;
    admin.authorize("fabrikam.com", &[("scope", scope)]);
    assert!(Browser::back(admin.press("account", "azure@fabrikam.com")).contains_key("code"));
}

#[test]
fn a_user_can_decline_and_cancel() {
    let mut browser = Browser::new();
    browser.authorize("fabrikam.com", &[]);
    assert_eq!(
        Browser::back(browser.press("cancel", "1"))["error"],
        "access_denied"
    );
    browser.authorize("fabrikam.com", &[]);
    browser.press("account", "admin@fabrikam.com");
    let answer = Browser::back(browser.press("answer", "cancel"));
    assert!(answer["error_description"].starts_with("AADSTS65004:"));
}

#[test]
fn an_account_of_another_tenant_sees_an_error_on_the_page() {
    let mut browser = Browser::new();
    browser.authorize("fabrikam.com", &[]);
    assert_eq!(
        browser.press("login", "admin@woodgrove.com"),
        Seen::Page("Pick an account".to_owned())
    );
    assert!(browser.page.contains("AADSTS50020"));
}

#[test]
fn the_default_scope_returns_only_granted_permissions() {
    let mut browser = Browser::new();
    browser.code(
        "admin@fabrikam.com",
        &[
            ("client_id", GRAPH_TOOLS),
            ("redirect_uri", "http://localhost:4000"),
            ("scope", "User.Read"),
        ],
    );
    let all = [
        ("client_id", GRAPH_TOOLS),
        ("redirect_uri", "http://localhost:4000"),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    let code = browser.code("admin@fabrikam.com", &all);
    let answer = browser.token(
        "fabrikam.com",
        None,
        fields(
            &[
                ("client_id", GRAPH_TOOLS),
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", "http://localhost:4000"),
                ("code_verifier", VERIFIER),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            &[],
        ),
    );
    assert_eq!(claims(&answer)["scp"], "User.Read", "{answer}");
}

#[test]
fn a_code_is_refused_if_any_parameter_differs() {
    for (change, code) in [
        (("code_verifier", "-"), 900_144),
        (
            (
                "code_verifier",
                "aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            ),
            501_481,
        ),
        (("redirect_uri", "https://cmg.example/"), 500_112),
        (("client_id", AZURE_CLI), 70000),
        (("client_secret", "a secret"), 700_025),
        (("code", "made up"), 70000),
        (("grant_type", "-"), 900_144),
        (("grant_type", "request"), 70003),
        (
            (
                "scope",
                "https://graph.microsoft.com/User.Read https://management.azure.com/user_impersonation",
            ),
            28000,
        ),
        (
            ("scope", "https://management.azure.com/user_impersonation"),
            65001,
        ),
    ] {
        let mut browser = Browser::new();
        let fresh = browser.code("admin@fabrikam.com", &[]);
        let answer = browser.redeem(&fresh, &[change]);
        assert_eq!(codes(&answer), json!([code]), "{change:?} {answer}");
    }
}

#[test]
fn a_code_expires_after_ten_minutes() {
    let mut browser = Browser::new();
    let code = browser.code("admin@fabrikam.com", &[]);
    browser.now += std::time::Duration::from_secs(600);
    let answer = browser.redeem(&code, &[]);
    assert_eq!(codes(&answer), json!([70008]));
}

#[test]
fn an_error_has_all_details_that_support_requires() {
    let mut browser = Browser::new();
    let answer = browser.redeem("made up", &[]);
    for name in [
        "error",
        "error_description",
        "timestamp",
        "trace_id",
        "correlation_id",
        "error_uri",
    ] {
        assert!(answer[name].is_string(), "{name}: {answer}");
    }
    let text = answer["error_description"].as_str().unwrap();
    assert!(text.contains("Trace ID:") && text.contains("Correlation ID:"));
}

#[test]
fn unqualified_scopes_give_a_token_for_microsoft_graph() {
    let mut browser = Browser::new();
    let code = browser.code("admin@fabrikam.com", &[]);
    let answer = browser.redeem(&code, &[("scope", "User.Read")]);
    assert_eq!(
        claims(&answer)["aud"],
        "00000003-0000-0000-c000-000000000000"
    );
    assert!(
        answer["scope"]
            .as_str()
            .unwrap()
            .split(' ')
            .any(|scope| scope == "User.Read")
    );
}

#[test]
fn mfa_is_required_until_the_claims_are_passed_on() {
    let mut browser = Browser::new();
    *browser.sim.entra_modes() =
        serde_json::from_value(json!({ "policy": "mfa-for-arm" })).unwrap();
    let both = "openid offline_access https://graph.microsoft.com/User.Read https://management.azure.com/user_impersonation";
    let arm = [("scope", "https://management.azure.com/user_impersonation")];
    let code = browser.code("admin@fabrikam.com", &[("scope", both)]);
    let refused = browser.redeem(&code, &arm);
    assert_eq!(codes(&refused), json!([50076]));
    assert_eq!(refused["error"], "interaction_required");
    let challenge = refused["claims"].as_str().unwrap().to_owned();
    let code = browser.code(
        "admin@fabrikam.com",
        &[("scope", both), ("claims", &challenge)],
    );
    assert!(browser.redeem(&code, &arm)["access_token"].is_string());
}

#[test]
fn the_admin_consent_response_is_always_in_the_query() {
    let url = format!(
        "{LOGIN}/fabrikam.com/v2.0/adminconsent?{}",
        fields(
            &[
                ("client_id", TOOL),
                ("redirect_uri", SITE),
                ("scope", "https://graph.microsoft.com/.default"),
                ("state", "s"),
            ],
            &[],
        )
    );
    let mut browser = Browser::new();
    browser.open(&url);
    browser.press("account", "admin@fabrikam.com");
    let declined = Browser::back(browser.press("answer", "cancel"));
    assert_eq!(
        (
            declined["admin_consent"].as_str(),
            declined["error"].as_str()
        ),
        ("True", "access_denied")
    );
    browser.open(&url);
    let given = Browser::back(browser.press("answer", "accept"));
    assert_eq!(
        (given["admin_consent"].as_str(), given["state"].as_str()),
        ("True", "s")
    );
    assert!(!given.contains_key("error"));
    // After admin consent, users see no more consent prompts.
    browser.cookie = None;
    browser.authorize(
        "fabrikam.com",
        &[("scope", "https://graph.microsoft.com/Policy.Read.All")],
    );
    assert!(Browser::back(browser.press("account", "azure@fabrikam.com")).contains_key("code"));
}

/// Uses this page's admin consent link, and the sign-in of a user who cannot consent.
#[test]
fn consent_through_the_link_is_enough_for_the_sign_in() {
    for scopes in [ScopeSet::Check, ScopeSet::SetUp, ScopeSet::Discovery] {
        let request = SignIn {
            cloud: Cloud::Public,
            client_id: TOOL.parse().unwrap(),
            redirect_uri: SITE.to_owned(),
            tenant: Some(TenantHint::parse("fabrikam.com").unwrap()),
            scopes,
            login_hint: None,
            claims: None,
            step_up: StepUp::default(),
        };
        let asked: Vec<String> = std::iter::once(sign_in::OPENID.to_owned())
            .chain(scopes.scopes().iter().map(|it| it.qualified(request.cloud)))
            .collect();
        let asked = asked.join(" ");
        let mut browser = Browser::new();
        browser.sim.entra_modes().no_user_consent = true;
        let person_signs_in = |browser: &mut Browser| {
            browser.cookie = None;
            browser.authorize("fabrikam.com", &[("scope", &asked)]);
            browser.press("account", "azure@fabrikam.com")
        };
        assert_eq!(
            person_signs_in(&mut browser),
            Seen::Page("Need admin approval".to_owned())
        );
        browser.cookie = None;
        browser.open(&request.admin_consent_url());
        browser.press("account", "admin@fabrikam.com");
        let given = Browser::back(browser.press("answer", "accept"));
        assert_eq!(given["admin_consent"], "True");
        assert!(!given.contains_key("error"), "{given:?}");
        let code = Browser::back(person_signs_in(&mut browser))["code"].clone();
        let scope = sign_in::token_scope(request.cloud, scopes, Audience::Graph);
        let answer = browser.redeem(&code, &[("scope", &scope)]);
        let body = fields(
            &[
                ("client_id", TOOL),
                ("grant_type", "refresh_token"),
                (
                    "refresh_token",
                    answer["refresh_token"].as_str().unwrap_or_default(),
                ),
                (
                    "scope",
                    &sign_in::token_scope(request.cloud, scopes, Audience::Arm),
                ),
            ],
            &[],
        );
        let azure = browser.token("fabrikam.com", Some(ORIGIN), body);
        assert!(azure["access_token"].is_string(), "{azure}");
    }
}

#[test]
fn discovery_returns_the_right_cloud_even_on_a_wrong_host() {
    let mut browser = Browser::new();
    for (word, issuer, scope) in [
        (
            "fabrikam.com",
            "https://login.microsoftonline.com/",
            json!("DODCON"),
        ),
        (
            "contoso-gov.us",
            "https://login.microsoftonline.us/",
            json!("DODCON"),
        ),
        (
            "tailspin-defense.us",
            "https://login.microsoftonline.us/",
            json!("DOD"),
        ),
    ] {
        let request = Request::get(format!(
            "{LOGIN}/{word}/v2.0/.well-known/openid-configuration"
        ));
        let response = browser.send(request.body(Vec::new()).unwrap());
        let document: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(
            document["issuer"].as_str().unwrap().starts_with(issuer),
            "{document}"
        );
        let is_gov = word != "fabrikam.com";
        assert_eq!(
            document.get("tenant_region_sub_scope"),
            is_gov.then_some(&scope),
            "{word}"
        );
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
    }
}

#[test]
fn only_microsoft_hosts_are_instances() {
    let mut browser = Browser::new();
    for (endpoint, status) in [
        (
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            200,
        ),
        (
            "https://login.microsoftonline.us/organizations/oauth2/v2.0/authorize",
            200,
        ),
        (
            "https://login.evil.example/common/oauth2/v2.0/authorize",
            400,
        ),
        ("http://login.microsoftonline.com/common", 400),
    ] {
        let query = fields(
            &[("api-version", "1.1"), ("authorization_endpoint", endpoint)],
            &[],
        );
        let request = Request::get(format!("{LOGIN}/common/discovery/instance?{query}"));
        let response = browser.send(request.body(Vec::new()).unwrap());
        assert_eq!(response.status().as_u16(), status, "{endpoint}");
    }
}

/// Updates the Microsoft Graph service principal in Fabrikam.
fn set_graph(browser: &mut Browser, change: &Value) {
    let token = browser.sim.token_for(
        browser.now,
        "admin@fabrikam.com",
        "https://graph.microsoft.com",
        &["Directory.AccessAsUser.All"],
    );
    let url = "https://graph.microsoft.com/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
    let request = Request::patch(url)
        .header("authorization", format!("Bearer {}", token.unwrap()))
        .header("content-type", "application/json")
        .body(change.to_string().into_bytes());
    assert_eq!(browser.send(request.unwrap()).status(), 204);
}

#[test]
fn a_disabled_or_unassigned_service_gives_no_tokens() {
    for (change, code) in [
        (json!({ "accountEnabled": false }), 500_014),
        (json!({ "appRoleAssignmentRequired": true }), 50105),
    ] {
        let mut browser = Browser::new();
        let fresh = browser.code("admin@fabrikam.com", &[]);
        set_graph(&mut browser, &change);
        let answer = browser.redeem(&fresh, &[]);
        assert_eq!(codes(&answer), json!([code]), "{change} {answer}");
        let answer = Browser::back(browser.authorize("fabrikam.com", &[]));
        let start = format!("AADSTS{code}:");
        assert!(
            answer["error_description"].starts_with(&start),
            "{answer:?}"
        );
    }
}

#[test]
fn admin_consent_for_read_permissions_covers_readers() {
    let scope = [
        "User.Read",
        "Application.Read.All",
        "Directory.Read.All",
        "Policy.Read.All",
    ]
    .map(|scope| format!("https://graph.microsoft.com/{scope}"))
    .join(" ");
    let mut browser = Browser::new();
    let changes = [("scope", scope.as_str())];
    browser.authorize("fabrikam.com", &changes);
    assert_eq!(
        browser.press("account", "admin@fabrikam.com"),
        Seen::Page("Permissions requested".to_owned())
    );
    let code = Browser::back(browser.press("answer", "accept"))["code"].clone();
    let answer = browser.redeem(&code, &changes);
    for value in scope.split(' ').filter_map(|one| one.rsplit('/').next()) {
        let granted = claims(&answer)["scp"].as_str().unwrap().to_owned();
        assert!(granted.split(' ').any(|one| one == value), "{granted}");
    }

    // The administrator of the reader's tenant has consented for all users.
    let mut browser = Browser::new();
    browser.authorize("tailwindtraders.com", &changes);
    let seen = browser.press("account", "reader@tailwindtraders.com");
    let code = Browser::back(seen)["code"].clone();
    let answer = browser.redeem_in("tailwindtraders.com", &code, &changes);
    let token = answer["access_token"].as_str().unwrap();
    let request = Request::get("https://graph.microsoft.com/v1.0/applications")
        .header("authorization", format!("Bearer {token}"));
    let response = browser.send(request.body(Vec::new()).unwrap());
    let told: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(told["value"].as_array().map(Vec::len), Some(2), "{told}");

    let mut browser = Browser::new();
    browser.authorize("fabrikam.com", &changes);
    assert_eq!(
        browser.press("account", "azure@fabrikam.com"),
        Seen::Page("Need admin approval".to_owned())
    );
}
