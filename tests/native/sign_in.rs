//! The sign-in against a sign-in service with every possible fault: each fault has its own error, and each allowed variation is accepted.
//!
//! The faults are the negative test cases of the OpenID Connect relying party tests, and those of Microsoft Entra ID.

use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::platform::SimPlatform;
use cloud_sim::seed::FABRIKAM;
use domain::cloud::Cloud;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::tenant::TenantHint;
use engine::auth::error::SignInError;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use jiff::SignedDuration;
use serde_json::Value;
use serde_json::json;

const SITE: &str = "https://cmg-entra-setup.test/";

fn world(modes: Value) -> SimPlatform {
    let mut sim = Sim::new(1);
    *sim.entra_modes() = serde_json::from_value(modes).unwrap();
    SimPlatform::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap())
}

fn request(tenant: &str) -> SignIn {
    SignIn {
        cloud: Cloud::Public,
        client_id: TOOL_PUBLIC,
        redirect_uri: SITE.to_owned(),
        tenant: Some(TenantHint::parse(tenant).unwrap()),
        scopes: ScopeSet::Discovery,
        login_hint: None,
        claims: None,
        step_up: StepUp::default(),
    }
}

fn try_sign_in(world: &SimPlatform, request: &SignIn) -> Result<Session, Box<SignInError>> {
    let shared: Rc<dyn Platform> = Rc::new(world.clone());
    let signed_in = world.run(async {
        match sign_in::begin(&shared, request).await? {
            SignInRedirect::Answered(fragment) => {
                sign_in::finish(&shared, &fragment, request).await
            }
            SignInRedirect::Leaving => panic!("memory leaves no page"),
        }
    });
    signed_in.map_err(Box::new)
}

/// Checks the result of a switch: `ok`, or the start of the error's name.
#[track_caller]
fn comes_to(modes: Value, expected: &str) {
    let tenant = FABRIKAM.to_string();
    let what = match try_sign_in(&world(modes.clone()), &request(&tenant)) {
        Ok(_) => "ok".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    assert!(what.starts_with(expected), "{modes}: {what}");
}

#[test]
fn each_invalid_id_token_has_its_own_error() {
    for (fault, expected) in [
        ("none", "ok"),
        ("absent", "Identity(Absent)"),
        ("garbage", "Identity(Unreadable)"),
        ("wrong-nonce", "Identity(Nonce)"),
        ("no-nonce", "Identity(Missing(\"nonce\"))"),
        ("wrong-issuer", "Identity(Issuer)"),
        ("template-issuer", "Identity(Issuer)"),
        ("no-issuer", "Identity(Missing(\"iss\"))"),
        ("wrong-audience", "Identity(Audience)"),
        ("no-audience", "Identity(Missing(\"aud\"))"),
        ("two-audiences", "Identity(Audience)"),
        ("audience-list", "ok"),
        ("expired", "Identity(ClockAhead"),
        ("no-expiry", "Identity(Missing(\"exp\"))"),
        ("not-yet", "Identity(ClockBehind"),
        ("stale", "Identity(ClockAhead"),
        ("no-subject", "Identity(Missing(\"sub\"))"),
        ("other-tenant", "Identity(Tenant"),
        ("old-version", "Identity(Version)"),
        ("alg-none", "Identity(Algorithm)"),
        ("alg-hs256", "Identity(Algorithm)"),
        ("alg-es256", "Identity(Algorithm)"),
        ("alg-null", "Identity(Algorithm)"),
        ("encrypted", "Identity(Encrypted)"),
        // The page does not verify the signature, because the token comes from Microsoft Entra ID over TLS (`auth/id_token.rs`).
        ("wrong-signature", "ok"),
        ("wrong-kid", "ok"),
        ("no-kid", "ok"),
        ("no-kid-of-several", "ok"),
    ] {
        comes_to(json!({ "id_token": fault }), expected);
    }
}

#[test]
fn a_response_for_another_sign_in_is_refused() {
    for (fault, expected) in [
        ("wrong-state", "NoAttempt"),
        ("no-state", "BadAnswer"),
        ("two-states", "BadAnswer"),
        ("code-and-error", "BadAnswer"),
        ("wrong-iss", "Identity(Issuer)"),
        ("right-iss", "ok"),
        ("server-error", "Refused"),
        ("unavailable", "Refused"),
        ("hostile-text", "Refused"),
    ] {
        comes_to(json!({ "answer": fault }), expected);
    }
}

#[test]
fn an_unusual_token_response_has_the_expected_outcome() {
    for (fault, expected) in [
        ("lower-case-type", "ok"),
        ("no-expires-in", "ok"),
        ("no-scope", "ok"),
        ("smaller-scope", "ScopesMissing([OrganizationReadAll, "),
        // The token is opaque to a client. The service that it is not intended for refuses it.
        ("other-audience", "ok"),
        ("no-refresh", "ok"),
        ("dead-refresh", "ok"),
        ("other-type", "OddToken"),
        ("page", "OddToken"),
        ("server-error", "OddToken"),
        ("transient", "Refused"),
    ] {
        comes_to(json!({ "token": fault }), expected);
    }
}

#[test]
fn an_error_code_is_handled_the_same_from_both_endpoints() {
    for code in [
        40010, 50011, 50020, 50057, 50058, 50076, 50105, 50194, 50196, 53000, 53003, 54005, 65001,
        65004, 90002, 90038, 500_011, 650_057, 700_016, 900_144, 7_000_112, 9_002_326, 123_456,
    ] {
        let tenant = FABRIKAM.to_string();
        let told =
            |modes: Value| match try_sign_in(&world(modes), &request(&tenant)).map_err(|it| *it) {
                Err(SignInError::Refused(refusal)) => (refusal.code, refusal.reason),
                other => panic!("{code}: {other:?}"),
            };
        let at_page = told(json!({ "answer": { "refused": code } }));
        assert_eq!(at_page, told(json!({ "token": { "refused": code } })));
        assert_eq!(at_page.0, code);
    }
}

#[test]
fn a_blocking_policy_ends_the_sign_in() {
    comes_to(json!({ "policy": "blocked" }), "Refused");
}

#[test]
fn tenants_of_another_cloud_and_unknown_tenants_are_refused() {
    for (tenant, code) in [("contoso-gov.us", 90038), ("nowhere.example.com", 90002)] {
        match try_sign_in(&world(json!({})), &request(tenant)) {
            Err(error) => {
                let SignInError::Refused(refusal) = *error else {
                    panic!("{tenant}: {error:?}");
                };
                assert_eq!(refusal.code, code, "{tenant}");
            }
            Ok(_) => panic!("{tenant} signed in"),
        }
    }
}

#[test]
fn a_response_for_another_sign_in_causes_no_request() {
    let world = world(json!({ "answer": "wrong-state" }));
    assert!(try_sign_in(&world, &request("fabrikam.com")).is_err());
    assert_eq!(world.requests(), 0);
}

#[test]
fn a_sign_in_that_takes_too_long_is_refused() {
    let world = world(json!({}));
    let shared: Rc<dyn Platform> = Rc::new(world.clone());
    let request = request("fabrikam.com");
    let Ok(SignInRedirect::Answered(fragment)) = world.run(sign_in::begin(&shared, &request))
    else {
        panic!("no answer");
    };
    world.advance(Duration::from_secs(11 * 60));
    let finished = world.run(sign_in::finish(&shared, &fragment, &request));
    assert!(matches!(finished, Err(SignInError::Stale)));
    assert_eq!(world.requests(), 0);
}

#[test]
fn the_age_of_a_sign_in_comes_from_auth_time() {
    let within = Some(SignedDuration::from_mins(15));
    let minutes = |modes: Value, is_anew: bool, within| {
        let world = world(modes);
        let request = SignIn {
            step_up: StepUp { is_anew, within },
            ..request("fabrikam.com")
        };
        let session = try_sign_in(&world, &request).map_err(|error| format!("{error:?}"))?;
        let left = session.old_at().map(|at| at.duration_since(world.now()));
        assert_eq!(
            session.is_old(),
            left.is_some_and(|left| !left.is_positive())
        );
        Ok(left.map(|left| (left.as_secs_f64() / 60.0).round() as i64))
    };
    assert_eq!(minutes(json!({}), true, within), Ok(Some(15)));
    assert_eq!(minutes(json!({"auth_age": 0}), true, within), Ok(Some(15)));
    assert_eq!(
        minutes(json!({"auth_age": -300}), true, within),
        Ok(Some(15))
    );
    assert_eq!(minutes(json!({"auth_age": 60}), true, within), Ok(Some(14)));
    assert_eq!(
        minutes(json!({"auth_age": 61}), true, within),
        Err("Identity(AuthTime)".to_owned()),
        "Entra has let a session pass that was there before"
    );
    assert_eq!(
        minutes(json!({"auth_age": 600}), false, within),
        Ok(Some(5))
    );
    assert_eq!(
        minutes(json!({"auth_age": 6000}), false, within),
        Ok(Some(-85))
    );
    assert_eq!(minutes(json!({}), false, within), Ok(Some(0)), "unknown");
    assert_eq!(minutes(json!({"auth_age": 6000}), false, None), Ok(None));
}
