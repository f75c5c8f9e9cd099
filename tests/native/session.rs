//! One session in the simulated clouds: both services, renewal, policies, and expiry. `sign_in.rs` tests invalid responses.

use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::entra::modes::AnswerFault;
use cloud_sim::entra::modes::IdTokenFault;
use cloud_sim::entra::modes::Modes;
use cloud_sim::entra::modes::Policy;
use cloud_sim::entra::modes::TokenFault;
use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use domain::cloud::Cloud;
use domain::entra::EntraReason;
use domain::entra::EntraRefusal;
use domain::locale::Locale;
use domain::platform::NoAnswer;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::tenant::TenantHint;
use engine::auth::account::Audience;
use engine::auth::error::SignInError;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::net::ApiRequest;
use engine::net::Failure;
use engine::net::Observer;
use engine::net::SignInReason;

const SITE: &str = "https://cmg-entra-setup.test/";
const TENANT: &str = "fabrikam.com";

fn world(modes: Modes) -> SimPlatform {
    let world = SimPlatform::virtual_clock(Sim::new(1), "2026-11-23T10:00:00Z".parse().unwrap());
    world.with_sim(|sim| *sim.entra_modes() = modes);
    world
}

fn sign_in_request() -> SignIn {
    SignIn {
        cloud: Cloud::Public,
        client_id: TOOL_PUBLIC,
        redirect_uri: SITE.to_owned(),
        tenant: Some(TenantHint::parse(TENANT).unwrap()),
        scopes: ScopeSet::Discovery,
        login_hint: None,
        claims: None,
        step_up: StepUp::default(),
    }
}

fn signed_in(world: &SimPlatform, request: &SignIn) -> Result<Session, SignInError> {
    world.run(async {
        let shared: Rc<dyn Platform> = Rc::new(world.clone());
        let SignInRedirect::Answered(fragment) = sign_in::begin(&shared, request).await? else {
            panic!("the simulated service answers at once")
        };
        sign_in::finish(&shared, &fragment, request).await
    })
}

fn with(modes: Modes) -> Result<Session, SignInError> {
    signed_in(&world(modes), &sign_in_request())
}

fn me(world: &SimPlatform, session: &Session) -> Result<u16, Failure> {
    let call = ApiRequest::get("https://graph.microsoft.com/v1.0/me".to_owned());
    world
        .run(session.call(Audience::Graph, call, &Observer::quiet()))
        .map(|reply| reply.status)
}

fn subscriptions(world: &SimPlatform, session: &Session) -> Result<usize, Failure> {
    let call = ApiRequest::get(
        "https://management.azure.com/subscriptions?api-version=2022-12-01".to_owned(),
    );
    world
        .run(session.call_pages(Audience::Arm, call, &Observer::quiet()))
        .map(|values| values.len())
}

/// Microsoft Entra ID's error for a token request.
#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> EntraRefusal {
    match outcome {
        Err(Failure::SignInNeeded {
            why: SignInReason::Refused(refusal),
        }) => *refusal,
        other => panic!("not a refusal of Entra's: {other:?}"),
    }
}

#[test]
fn one_sign_in_gives_access_to_both_services() {
    let world = world(Modes::default());
    let session = signed_in(&world, &sign_in_request()).unwrap();
    assert_eq!(session.account().name, "admin@fabrikam.com");
    assert_eq!(session.missing(&session.asked().scopes()), []);
    assert_eq!(me(&world, &session), Ok(200));
    assert!(subscriptions(&world, &session).unwrap() > 1);
}

#[test]
fn hostile_error_text_never_enters_our_own_messages() {
    let error = with(Modes {
        answer: AnswerFault::HostileText,
        ..Modes::default()
    })
    .unwrap_err();
    let theirs = &error.refusal().unwrap().description;
    assert!(theirs.contains('<'), "kept as it came: {theirs}");
    let ours = format!(
        "{} {} {}",
        error.title(Locale::En),
        error.sentence(Locale::En),
        error.fix(Locale::En)
    );
    assert!(ours.is_ascii() && !ours.contains('<'), "{ours}");
}

#[test]
fn allowed_variations_of_token_responses_are_accepted() {
    for token in [
        TokenFault::NoScope,
        TokenFault::NoExpiresIn,
        TokenFault::LowerCaseType,
    ] {
        let world = world(Modes {
            token,
            ..Modes::default()
        });
        let session = signed_in(&world, &sign_in_request()).unwrap();
        assert_eq!(me(&world, &session), Ok(200), "{token:?}");
        assert_eq!(session.missing(&session.asked().scopes()), [], "{token:?}");
    }
}

#[test]
fn the_apps_can_be_set_up_without_a_refresh_token() {
    for token in [TokenFault::NoRefresh, TokenFault::DeadRefresh] {
        let world = world(Modes {
            token,
            ..Modes::default()
        });
        let session = signed_in(&world, &sign_in_request()).unwrap();
        assert_eq!(me(&world, &session), Ok(200));
        assert!(
            matches!(
                subscriptions(&world, &session),
                Err(Failure::SignInNeeded { .. })
            ),
            "{token:?}"
        );
    }
}

#[test]
fn a_sign_in_with_the_claims_satisfies_a_policy_for_azure() {
    let world = world(Modes {
        policy: Policy::MfaForArm,
        ..Modes::default()
    });
    let session = signed_in(&world, &sign_in_request()).unwrap();
    let refusal = refused(subscriptions(&world, &session));
    assert_eq!(refusal.reason, EntraReason::StrongerSignIn);
    let again = SignIn {
        claims: refusal.claims,
        login_hint: Some(session.account().name.clone()),
        ..sign_in_request()
    };
    let session = signed_in(&world, &again).unwrap();
    assert!(subscriptions(&world, &session).is_ok());
}

#[test]
fn the_code_is_not_sent_again_after_a_lost_response() {
    for (kind, no_answer) in [
        (FaultKind::LostBefore, NoAnswer::Lost),
        (FaultKind::LostAfter, NoAnswer::Lost),
        (FaultKind::HangAfter, NoAnswer::TimedOut),
        (FaultKind::CutAfter, NoAnswer::Cut { status: 200 }),
    ] {
        let world = world(Modes::default());
        world.with_sim(|sim| {
            sim.inject(Fault {
                method: None,
                path_prefix: format!("/{TENANT}/oauth2/v2.0/token"),
                skip: 0,
                times: 1,
                kind: kind.clone(),
            });
        });
        assert_eq!(
            signed_in(&world, &sign_in_request()).err(),
            Some(SignInError::Unreachable(no_answer)),
            "{kind:?}"
        );
        assert_eq!(world.requests(), 1);
    }
}

#[test]
fn an_expired_token_is_renewed_for_at_most_24_hours() {
    let world = world(Modes::default());
    let session = signed_in(&world, &sign_in_request()).unwrap();
    for _ in 0..23 {
        world.advance(Duration::from_secs(3600));
        assert_eq!(me(&world, &session), Ok(200));
    }
    world.advance(Duration::from_secs(2 * 3600));
    let refusal = refused(me(&world, &session));
    assert_eq!(
        (refusal.code, refusal.reason),
        (700_084, EntraReason::SessionOver)
    );
}

#[test]
fn a_renewal_without_an_id_token_keeps_the_account() {
    let world = world(Modes::default());
    let session = signed_in(&world, &sign_in_request()).unwrap();
    world.with_sim(|sim| sim.entra_modes().id_token = IdTokenFault::Absent);
    for _ in 0..3 {
        world.advance(Duration::from_secs(2 * 3600));
        assert_eq!(me(&world, &session), Ok(200));
        assert!(subscriptions(&world, &session).is_ok());
    }
    world.with_sim(|sim| sim.entra_modes().id_token = IdTokenFault::OtherTenant);
    world.advance(Duration::from_secs(2 * 3600));
    assert_eq!(
        me(&world, &session),
        Err(Failure::SignInNeeded {
            why: SignInReason::OtherAccount
        })
    );
}

#[test]
fn a_revoked_token_is_renewed_without_the_user() {
    let world = world(Modes::default());
    let session = signed_in(&world, &sign_in_request()).unwrap();
    world.with_sim(|sim| {
        sim.inject(Fault {
            method: None,
            path_prefix: "/v1.0/me".to_owned(),
            skip: 0,
            times: 1,
            kind: FaultKind::Revoked(None),
        });
    });
    assert_eq!(me(&world, &session), Ok(200));
}
