//! Tests of the emulator through real sockets: TLS, host names, CORS, lost responses, and a complete sign-in.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use aws_lc_rs::signature::RSA_PSS_SHA256;
use aws_lc_rs::signature::RsaEncoding;
use aws_lc_rs::signature::RsaKeyPair;
use aws_lc_rs::signature::RsaPublicKeyComponents;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use emulator::Emulator;
use emulator::Options;
use emulator::site::Site;
use http::HeaderMap;
use http::Request;
use serde_json::Value;
use serde_json::json;
use ureq::Agent;

const TOOL: &str = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const PAGE: &str = "https://cmg-entra-setup.test/";
const ORIGIN: &str = "https://cmg-entra-setup.test";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const ADMIN: &str = "admin@fabrikam.com";
const LOGIN: &str = "https://login.microsoftonline.com/fabrikam.com";
const SCOPES: &str = "openid profile offline_access https://graph.microsoft.com/User.Read \
     https://graph.microsoft.com/Application.ReadWrite.All https://management.azure.com/user_impersonation";

/// An emulator, and a client that trusts it and reaches it only through its proxy.
struct Test {
    emulator: Emulator,
    agent: Agent,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The parameters of the redirect back to the page.
    #[track_caller]
    fn sent_back(&self) -> BTreeMap<String, String> {
        let to = self.header("location").expect("no redirect");
        let (place, answer) = to.split_once(['#', '?']).unwrap();
        assert_eq!(place, PAGE);
        form_urlencoded::parse(answer.as_bytes())
            .into_owned()
            .collect()
    }

    #[track_caller]
    fn refused(&self, code: u32) {
        assert_eq!(self.json()["error_codes"], json!([code]), "{}", self.text);
    }
}

impl Test {
    fn start() -> Self {
        Self::with(Vec::new())
    }

    fn with(sites: Vec<Site>) -> Self {
        let emulator = Emulator::start(Options {
            sites,
            ..Options::default()
        })
        .unwrap();
        let trusted = ureq::tls::Certificate::from_pem(emulator.authority.as_bytes()).unwrap();
        let tls = ureq::tls::TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(
                tokio_rustls::rustls::crypto::aws_lc_rs::default_provider(),
            ))
            .root_certs(ureq::tls::RootCerts::Specific(Arc::new(vec![trusted])))
            .build();
        let proxy = ureq::Proxy::new(&format!("http://{}", emulator.proxy)).unwrap();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .proxy(Some(proxy))
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        Self { emulator, agent }
    }

    fn try_send(&self, request: Request<Vec<u8>>) -> Result<Answer, ureq::Error> {
        let mut response = self.agent.run(request)?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.body_mut().read_to_string()?,
        })
    }

    #[track_caller]
    fn send(&self, request: Request<Vec<u8>>) -> Answer {
        self.try_send(request).unwrap()
    }

    #[track_caller]
    fn get(&self, url: &str) -> Answer {
        self.send(Request::get(url).body(Vec::new()).unwrap())
    }

    #[track_caller]
    fn form(&self, url: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request =
            Request::post(url).header("content-type", "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        self.send(request.body(body.into_bytes()).unwrap())
    }

    #[track_caller]
    fn modes(&self, change: Value) {
        let request = Request::post("https://emulator.test/modes")
            .body(change.to_string().into_bytes())
            .unwrap();
        let answer = self.send(request);
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    fn authorize_url(&self) -> String {
        let challenge =
            URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, VERIFIER.as_bytes()));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("client_id", TOOL),
                ("redirect_uri", PAGE),
                ("response_type", "code"),
                ("response_mode", "fragment"),
                ("scope", SCOPES),
                ("state", "a state"),
                ("nonce", "a nonce"),
                ("code_challenge", challenge.as_str()),
                ("code_challenge_method", "S256"),
                ("prompt", "select_account"),
            ])
            .finish();
        format!("{LOGIN}/oauth2/v2.0/authorize?{query}")
    }

    /// Goes through the sign-in pages as a user does. Returns the parameters of the redirect.
    #[track_caller]
    fn sign_in(&self) -> BTreeMap<String, String> {
        let picker = self.get(&self.authorize_url());
        assert!(picker.text.contains("Pick an account"), "{}", picker.text);
        let login = format!(
            "https://login.microsoftonline.com{}",
            between(&picker.text, "action=\"", "\"")
        );
        let flow = between(&picker.text, "name=\"flow\" value=\"", "\"");
        let mut page = self.form(&login, &[("flow", flow), ("account", ADMIN)], None);
        if page.text.contains("Permissions requested") {
            let accept = format!(
                "https://login.microsoftonline.com{}",
                between(&page.text, "action=\"", "\"")
            );
            let flow = between(&page.text, "name=\"flow\" value=\"", "\"").to_owned();
            page = self.form(&accept, &[("flow", &flow), ("answer", "accept")], None);
        }
        assert_eq!(page.status, 302, "{}", page.text);
        page.sent_back()
    }

    #[track_caller]
    fn redeem(&self, code: &str, origin: Option<&str>) -> Answer {
        self.form(
            &format!("{LOGIN}/oauth2/v2.0/token"),
            &[
                ("client_id", TOOL),
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", PAGE),
                ("code_verifier", VERIFIER),
                (
                    "scope",
                    "openid profile offline_access https://graph.microsoft.com/User.Read",
                ),
            ],
            origin,
        )
    }

    #[track_caller]
    fn refresh(&self, token: &str, scope: &str) -> Answer {
        self.form(
            &format!("{LOGIN}/oauth2/v2.0/token"),
            &[
                ("client_id", TOOL),
                ("grant_type", "refresh_token"),
                ("refresh_token", token),
                ("scope", scope),
            ],
            Some(ORIGIN),
        )
    }

    #[track_caller]
    fn call(&self, method: &str, url: &str, token: &str, body: Option<Value>) -> Answer {
        self.try_call(method, url, token, body).unwrap()
    }

    fn try_call(
        &self,
        method: &str,
        url: &str,
        token: &str,
        body: Option<Value>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header("authorization", format!("Bearer {token}"))
            .header("origin", ORIGIN);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        self.try_send(request.body(body).unwrap())
    }

    /// An access token of an app without a user.
    #[track_caller]
    fn program_token(&self) -> String {
        let answer = self.form(
            &format!("{LOGIN}/oauth2/v2.0/token"),
            &[
                ("client_id", AZURE_CLI),
                ("grant_type", "password"),
                ("username", ADMIN),
                ("password", "Simulated-Passw0rd!"),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            None,
        );
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }
}

#[track_caller]
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).expect(from) + from.len();
    let length = text[start..].find(to).expect(to);
    &text[start..start + length]
}

fn part(token: &str, place: usize) -> Value {
    let text = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

#[test]
fn a_page_signs_in_and_calls_both_services() {
    let test = Test::start();
    let back = test.sign_in();
    assert_eq!(back["state"], "a state");

    let answer = test.redeem(&back["code"], Some(ORIGIN));
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    let graph = answer.json();
    let claims = part(graph["id_token"].as_str().unwrap(), 1);
    assert_eq!(claims["nonce"], "a nonce");
    assert_eq!(claims["preferred_username"], ADMIN);
    assert_eq!(
        claims["iss"],
        format!(
            "https://login.microsoftonline.com/{}/v2.0",
            claims["tid"].as_str().unwrap()
        )
    );

    let me = test.call(
        "GET",
        "https://graph.microsoft.com/v1.0/me",
        graph["access_token"].as_str().unwrap(),
        None,
    );
    assert_eq!(me.json()["userPrincipalName"], ADMIN);
    assert_eq!(me.header("access-control-allow-origin"), Some("*"));
    let exposed = me.header("access-control-expose-headers").unwrap();
    assert!(exposed.contains("Retry-After") && exposed.contains("request-id"));

    // The same refresh token works for the other resource. A request for both resources at once is refused.
    let refresh = graph["refresh_token"].as_str().unwrap();
    let arm = test.refresh(refresh, "https://management.azure.com/user_impersonation");
    let listed = test.call(
        "GET",
        "https://management.azure.com/subscriptions?api-version=2022-12-01",
        arm.json()["access_token"].as_str().unwrap(),
        None,
    );
    assert_eq!(listed.status, 200, "{}", listed.text);
    assert_eq!(listed.header("access-control-expose-headers"), None);
    test.refresh(
        refresh,
        "https://graph.microsoft.com/User.Read https://management.azure.com/user_impersonation",
    )
    .refused(28000);

    // One service does not accept a token for the other.
    let crossed = test.call(
        "GET",
        "https://management.azure.com/subscriptions?api-version=2022-12-01",
        graph["access_token"].as_str().unwrap(),
        None,
    );
    assert_eq!(crossed.status, 401);
}

#[test]
fn a_code_is_redeemed_once_and_only_with_an_origin() {
    let test = Test::start();
    let back = test.sign_in();
    test.redeem(&back["code"], None).refused(9_002_327);
    // A page of another origin gets no CORS header, so it cannot read even a success. The code is used up by that request.
    let stolen = test.redeem(&back["code"], Some("https://evil.example"));
    assert_eq!(stolen.header("access-control-allow-origin"), None);
    test.redeem(&back["code"], Some(ORIGIN)).refused(54005);
}

#[test]
fn a_refresh_token_of_a_page_expires_after_24_hours() {
    let test = Test::start();
    let back = test.sign_in();
    let first = test.redeem(&back["code"], Some(ORIGIN)).json();
    let first = first["refresh_token"].as_str().unwrap();
    test.modes(json!({ "clock_offset_seconds": 80_000 }));
    let second = test.refresh(first, "https://graph.microsoft.com/User.Read");
    assert_eq!(second.status, 200, "{}", second.text);
    let left = second.json()["refresh_token_expires_in"].as_i64().unwrap();
    assert!((6_300..=6_400).contains(&left), "{left}");
    test.modes(json!({ "clock_offset_seconds": 86_500 }));
    let second = second.json();
    test.refresh(
        second["refresh_token"].as_str().unwrap(),
        "https://graph.microsoft.com/User.Read",
    )
    .refused(700_084);
}

#[test]
fn tokens_are_valid_with_the_published_keys() {
    let test = Test::start();
    let document = test
        .get(&format!("{LOGIN}/v2.0/.well-known/openid-configuration"))
        .json();
    let keys = test.get(document["jwks_uri"].as_str().unwrap());
    assert_eq!(keys.header("access-control-allow-origin"), Some("*"));
    let token = test.program_token();
    let verifies = |token: &str| {
        let header = part(token, 0);
        let keys = keys.json();
        let key = keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .find(|key| key["kid"] == header["kid"])
            .unwrap();
        let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        RsaPublicKeyComponents {
            n: number("n"),
            e: number("e"),
        }
        .verify(
            &RSA_PKCS1_2048_8192_SHA256,
            signed.as_bytes(),
            &URL_SAFE_NO_PAD.decode(signature).unwrap(),
        )
        .is_ok()
    };
    assert!(verifies(&token));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    assert!(!verifies(&format!("{signed}x.{signature}")));
}

#[test]
fn a_new_secret_signs_in_a_service_but_not_a_page() {
    let test = Test::start();
    let token = test.program_token();
    let graph = "https://graph.microsoft.com/v1.0";
    let app = test
        .call(
            "POST",
            &format!("{graph}/applications"),
            &token,
            Some(json!({ "displayName": "Peer" })),
        )
        .json();
    let app_id = app["appId"].as_str().unwrap();
    let made = test
        .call(
            "POST",
            &format!(
                "{graph}/applications/{}/addPassword",
                app["id"].as_str().unwrap()
            ),
            &token,
            Some(json!({ "passwordCredential": { "displayName": "one" } })),
        )
        .json();
    let principal = test.call(
        "POST",
        &format!("{graph}/servicePrincipals"),
        &token,
        Some(json!({ "appId": app_id })),
    );
    assert_eq!(principal.status, 201, "{}", principal.text);
    let ask = |secret: &str, origin: Option<&str>| {
        test.form(
            &format!("{LOGIN}/oauth2/v2.0/token"),
            &[
                ("client_id", app_id),
                ("grant_type", "client_credentials"),
                ("client_secret", secret),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            origin,
        )
    };
    let secret = made["secretText"].as_str().unwrap();
    let answer = ask(secret, None).json();
    let claims = part(answer["access_token"].as_str().unwrap(), 1);
    assert_eq!(claims["idtyp"], "app");
    ask(secret, Some(ORIGIN)).refused(9_002_326);
    ask("wrong", None).refused(7_000_215);
}

/// A certificate (DER) and its private key.
fn certificate() -> (Vec<u8>, RsaKeyPair) {
    let key = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    let key = key.unwrap();
    let made = rcgen::CertificateParams::new(vec!["peer.example".to_owned()]).unwrap();
    let certificate = made.self_signed(&key).unwrap();
    let key = RsaKeyPair::from_pkcs8(&key.serialize_der()).unwrap();
    (certificate.der().to_vec(), key)
}

fn jws(header: &Value, claims: &Value, key: &RsaKeyPair) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let algorithm: &'static dyn RsaEncoding = match header["alg"].as_str() {
        Some("PS256") => &RSA_PSS_SHA256,
        _ => &RSA_PKCS1_SHA256,
    };
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        algorithm,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_certificate_of_the_app_signs_in_a_service() {
    let test = Test::start();
    let token = test.program_token();
    let graph = "https://graph.microsoft.com/v1.0";
    let (der, key) = certificate();
    let body = json!({ "displayName": "Peer", "keyCredentials": [{
        "type": "AsymmetricX509Cert", "usage": "Verify", "key": STANDARD.encode(&der),
    }] });
    let app = test.call("POST", &format!("{graph}/applications"), &token, Some(body));
    let app_id = app.json()["appId"].as_str().unwrap().to_owned();
    let principal = json!({ "appId": app_id });
    let made = test.call(
        "POST",
        &format!("{graph}/servicePrincipals"),
        &token,
        Some(principal),
    );
    assert_eq!(made.status, 201, "{}", made.text);

    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let now = i64::try_from(now.as_secs()).unwrap();
    let endpoint = format!("{LOGIN}/oauth2/v2.0/token");
    let thumbprint = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &der).as_ref());
    let header =
        |algorithm: &str| json!({ "typ": "JWT", "alg": algorithm, "x5t#S256": thumbprint });
    let claims = json!({
        "aud": endpoint, "iss": app_id, "sub": app_id, "jti": "one", "nbf": now, "exp": now + 600,
    });
    let ask = |assertion: &str| {
        test.form(
            &endpoint,
            &[
                ("client_id", app_id.as_str()),
                ("grant_type", "client_credentials"),
                (
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ),
                ("client_assertion", assertion),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            None,
        )
    };
    for algorithm in ["RS256", "PS256"] {
        let answer = ask(&jws(&header(algorithm), &claims, &key));
        assert_eq!(answer.status, 200, "{algorithm}: {}", answer.text);
    }
    // MSAL for Python writes fractions of a second.
    let mut fine = claims.clone();
    fine["exp"] = json!(f64::from(u32::try_from(now).unwrap()) + 600.5);
    assert_eq!(ask(&jws(&header("PS256"), &fine, &key)).status, 200);
    let (_, other) = certificate();
    ask(&jws(&header("PS256"), &claims, &other)).refused(700_027);
    let unsigned = json!({ "typ": "JWT", "alg": "none" });
    ask(&jws(&unsigned, &claims, &key)).refused(700_027);
    let foreign = json!({ "typ": "JWT", "alg": "PS256", "x5t#S256": "x" });
    ask(&jws(&foreign, &claims, &key)).refused(700_027);
    for (name, value, code) in [
        (
            "aud",
            json!("https://login.example/oauth2/v2.0/token"),
            700_023,
        ),
        ("iss", json!(TOOL), 700_021),
        ("exp", json!(now - 600), 700_024),
        ("nbf", json!(now + 3600), 700_024),
    ] {
        let mut wrong = claims.clone();
        wrong[name] = value;
        ask(&jws(&header("PS256"), &wrong, &key)).refused(code);
    }
    ask("x").refused(50_027);
}

#[test]
fn a_device_code_is_pending_until_the_user_signs_in() {
    let test = Test::start();
    let started = test
        .form(
            &format!("{LOGIN}/oauth2/v2.0/devicecode"),
            &[
                ("client_id", AZURE_CLI),
                ("scope", "https://management.azure.com/.default"),
            ],
            None,
        )
        .json();
    let poll = || {
        test.form(
            &format!("{LOGIN}/oauth2/v2.0/token"),
            &[
                ("client_id", AZURE_CLI),
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("device_code", started["device_code"].as_str().unwrap()),
            ],
            None,
        )
    };
    poll().refused(70016);
    let url = started["verification_uri"].as_str().unwrap();
    let picker = test.form(
        url,
        &[("otc", started["user_code"].as_str().unwrap())],
        None,
    );
    let flow = between(&picker.text, "name=\"flow\" value=\"", "\"");
    let done = test.form(
        &format!(
            "https://login.microsoftonline.com{}",
            between(&picker.text, "action=\"", "\"")
        ),
        &[("flow", flow), ("account", ADMIN)],
        None,
    );
    assert!(done.text.contains("You have signed in"), "{}", done.text);
    assert_eq!(poll().status, 200);
}

#[test]
fn preflights_succeed_and_errors_can_lack_cors_headers() {
    let test = Test::start();
    let preflight = test.send(
        Request::options("https://graph.microsoft.com/v1.0/applications")
            .header("origin", ORIGIN)
            .header("access-control-request-method", "PATCH")
            .header(
                "access-control-request-headers",
                "authorization,content-type,prefer",
            )
            .body(Vec::new())
            .unwrap(),
    );
    assert_eq!(preflight.status, 200);
    assert_eq!(
        preflight.header("access-control-allow-headers"),
        Some("authorization,content-type,prefer")
    );
    assert!(
        preflight
            .header("access-control-allow-methods")
            .unwrap()
            .contains("PATCH")
    );
    let unsigned = || {
        test.call(
            "GET",
            "https://graph.microsoft.com/v1.0/me",
            "no token",
            None,
        )
    };
    assert_eq!(unsigned().header("access-control-allow-origin"), Some("*"));
    test.modes(json!({ "cors": "not-on-errors" }));
    assert_eq!(unsigned().header("access-control-allow-origin"), None);
}

#[test]
fn very_many_subscriptions_and_the_faults_of_azure_are_switches() {
    let test = Test::start();
    let estate = json!({ "sign_in_name": ADMIN, "count": 60, "seed": 1 });
    test.modes(json!({ "estate": estate }));
    let code = test.sign_in()["code"].clone();
    let tokens = test.redeem(&code, Some(ORIGIN)).json();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let arm = test.refresh(refresh, "https://management.azure.com/user_impersonation");
    let arm = arm.json()["access_token"].as_str().unwrap().to_owned();
    let list = || {
        let url = "https://management.azure.com/subscriptions?api-version=2022-12-01";
        test.call("GET", url, &arm, None)
    };
    let first = list().json();
    assert_eq!(first["value"].as_array().unwrap().len(), 50);

    let url = "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    let query = || {
        test.call(
            "POST",
            url,
            &arm,
            Some(json!({ "query": "resourcecontainers" })),
        )
    };
    let allow = "access-control-allow-origin";
    assert_eq!((query().status, query().header(allow)), (200, Some("*")));
    test.modes(json!({ "without_cors": ["/providers/microsoft.resourcegraph/"] }));
    assert_eq!((query().status, query().header(allow)), (200, None));
    assert_eq!(list().header(allow), Some("*"));
    let preflight = Request::options(url)
        .header("origin", ORIGIN)
        .header("access-control-request-method", "POST")
        .body(Vec::new())
        .unwrap();
    let preflight = test.send(preflight);
    assert_eq!(preflight.header(allow), None);
    assert_ne!(preflight.status, 200);

    test.modes(json!({ "azure": { "resource_graph": "refuses", "paging": "other-host" } }));
    assert_eq!(query().status, 403);
    let link = list().json()["nextLink"].as_str().unwrap().to_owned();
    assert!(
        link.starts_with("https://management.azure.example/"),
        "{link}"
    );
    let moved = json!({ "moved": { "subscription": first["value"][0]["subscriptionId"], "to": "5e97358c-d99c-4558-8000-000000050000" } });
    test.modes(json!({ "azure": {}, "subscription_changes": [[{ "after-writes": 0 }, moved]] }));
    assert_ne!(list().json()["value"][0], first["value"][0]);
}

#[test]
fn responses_are_lost_or_cut_on_request() {
    let test = Test::start();
    let token = test.program_token();
    let url = "https://graph.microsoft.com/v1.0/applications";
    let create = || test.try_call("POST", url, &token, Some(json!({ "displayName": "Once" })));
    let count = || {
        let listed = test.call(
            "GET",
            &format!("{url}?$filter=displayName%20eq%20'Once'"),
            &token,
            None,
        );
        listed.json()["value"].as_array().unwrap().len()
    };
    let fault = |kind: Value| json!({ "faults": [{ "method": "POST", "path_prefix": "/v1.0/applications", "kind": kind }] });
    for (kind, made) in [("lost-before", 0), ("lost-after", 1), ("cut-after", 2)] {
        test.modes(fault(json!(kind)));
        assert!(create().is_err(), "{kind}");
        assert_eq!(count(), made, "{kind}");
    }
    test.modes(fault(json!({ "throttled": 7 })));
    let throttled = create().unwrap();
    assert_eq!(throttled.status, 429);
    assert_eq!(throttled.header("retry-after"), Some("7"));
    assert_eq!(create().unwrap().status, 201);
}

#[test]
fn sign_in_pages_cannot_be_framed_and_close_the_opener() {
    let test = Test::start();
    let page = test.get(&test.authorize_url());
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        Some("same-origin")
    );
    assert_eq!(page.header("access-control-allow-origin"), None);
    test.modes(json!({ "entra": { "coop": false } }));
    let page = test.get(&test.authorize_url());
    assert_eq!(page.header("cross-origin-opener-policy"), None);
}

#[test]
fn the_log_has_no_secret_and_the_needles_have_all() {
    let test = Test::start();
    let back = test.sign_in();
    let tokens = test.redeem(&back["code"], Some(ORIGIN)).json();
    let log = test.get("https://emulator.test/requests").text;
    let needles = test.get("https://emulator.test/needles").text;
    for secret in [
        back["code"].as_str(),
        VERIFIER,
        tokens["access_token"].as_str().unwrap(),
        tokens["refresh_token"].as_str().unwrap(),
        tokens["id_token"].as_str().unwrap(),
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(needles.contains(secret), "{secret} is not a needle");
    }
    assert!(
        log.contains("\"path\":\"/fabrikam.com/oauth2/v2.0/token\""),
        "{log}"
    );
}

#[test]
fn every_other_host_name_is_refused_and_recorded() {
    let test = Test::start();
    assert!(
        test.try_send(
            Request::get("https://evil.example/")
                .body(Vec::new())
                .unwrap()
        )
        .is_err()
    );
    let wrong_port = Request::get("https://graph.microsoft.com:444/")
        .body(Vec::new())
        .unwrap();
    assert!(test.try_send(wrong_port).is_err());
    let refused = test.get("https://emulator.test/refused").json();
    assert_eq!(
        refused["refused"],
        json!({ "evil.example:443": 1, "graph.microsoft.com:444": 1 })
    );
}

#[test]
fn a_built_page_is_served_with_content_types_and_headers() {
    let folder = std::env::temp_dir().join(format!("emulator-site-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<!doctype html>hello").unwrap();
    std::fs::write(folder.join("app_bg.wasm"), b"\0asm").unwrap();
    let test = Test::with(vec![Site {
        host: "cmg-entra-setup.test".to_owned(),
        folder: folder.clone(),
        headers: vec![(
            "content-security-policy".parse().unwrap(),
            "default-src 'none'".parse().unwrap(),
        )],
        ..Site::default()
    }]);
    let index = test.get(PAGE);
    assert_eq!(index.text, "<!doctype html>hello");
    assert_eq!(
        index.header("content-security-policy"),
        Some("default-src 'none'")
    );
    let wasm = test.get(&format!("{PAGE}app_bg.wasm"));
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
    assert_eq!(test.get(&format!("{PAGE}nothing.js")).status, 404);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_reset_clears_everything_except_the_key() {
    let test = Test::start();
    let token = test.program_token();
    let keys = "https://login.microsoftonline.com/common/discovery/v2.0/keys";
    let before = test.get(keys).text;
    test.send(
        Request::post("https://emulator.test/reset")
            .body(Vec::new())
            .unwrap(),
    );
    assert_eq!(test.get(keys).text, before);
    let me = test.call("GET", "https://graph.microsoft.com/v1.0/me", &token, None);
    assert_eq!(me.status, 401);
    assert!(!test.emulator.names.is_empty());
}
