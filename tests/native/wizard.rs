//! Guarantees of the wizard during answers, sign-in, navigation, and reload: typed values stay, and nothing runs without the admin.

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cloud_sim::entra::state::TOOL_US_GOV;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::app_id_uri::state::UriCheck;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::shell::site::SiteConfig;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use cmg_entra_setup::ui::sign_in::state::SignInMismatch;
use cmg_entra_setup::ui::storage::DraftError;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Platform as _;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;
use domain::secret::Secret;
use engine::auth::sign_in;
use engine::plan::step::StepId;
use engine::run::Progress;
use http::Method;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::page::signed_in_to;
use crate::page::start;
use crate::page::world;

const GRANTS: &str = "/v1.0/oauth2PermissionGrants";

/// Every text field of the wizard with an unusual value.
const TYPED: [(FieldId, &str); 12] = [
    (FieldId::ConnectionName, "  Zürich CMG "),
    (FieldId::Description, "\u{202e}reversed"),
    (FieldId::Tenant, "fabrikam.com"),
    (FieldId::ServerName, ""),
    (FieldId::HomePageUrl, "not a URL"),
    (FieldId::UriForm, "own"),
    (FieldId::UriName, "a b"),
    (FieldId::UriDomain, "nowhere..com"),
    (FieldId::UriText, "https://ConfigMgrService/"),
    (FieldId::SecretLife, "2-years"),
    (FieldId::ClientName, "CMG-ServerApp"),
    (FieldId::GroupNames, "one\n\ntwo "),
];

fn typed_everything(page: &mut Page) {
    for (entry, text) in TYPED {
        page.types(entry, text);
    }
    page.types(FieldId::GroupDiscovery, "on");
}

#[test]
fn typed_values_survive_navigation() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    let typed = page.model.setup.draft.clone();
    let routes: Vec<Route> = Route::all().collect();
    for place in routes.iter().chain(routes.iter().rev()).copied() {
        page.goes(place);
        assert_eq!(page.model.setup.draft, typed, "{place:?}");
    }
    for address in ["/review", "", "/nowhere", "code=1&state=2", "/web-app"] {
        page.does(Msg::Moved(address.to_owned()));
        assert_eq!(page.model.setup.draft, typed, "{address:?}");
    }
}

#[test]
fn typed_values_survive_sign_in_and_sign_out() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    page.types(FieldId::Tenant, "nowhere.example");
    let typed = page.model.setup.draft.clone();
    page.does(Msg::SignInAsked);
    assert!(matches!(page.model.sign_in.access, AuthState::Refused(_)));
    assert_eq!(page.model.setup.draft, typed);
    page.types(FieldId::Tenant, "fabrikam.com");
    let typed = page.model.setup.draft.clone();
    page.does(Msg::SignInAsked);
    assert!(matches!(page.model.sign_in.access, AuthState::SignedIn(_)));
    page.goes(Route::Review);
    assert!(matches!(page.model.review.state, Review::Faulty { .. }));
    assert_eq!(page.model.setup.draft, typed);
    page.does(Msg::SignedOut);
    assert!(matches!(page.model.sign_in.access, AuthState::SignedOut));
    assert_eq!(page.model.setup.draft, typed);
}

#[test]
fn typed_values_survive_a_reload() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    let again = Page::open(world.clone(), start(&world));
    assert_eq!(again.model.setup.draft, page.model.setup.draft);
    assert!(again.model.setup.is_resumed);
}

#[test]
fn typed_values_on_the_app_id_uri_page_survive_a_reload() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    for (entry, text) in [
        (FieldId::CheckCloud, "usgov"),
        (FieldId::CheckTenant, " 5e97358c"),
        (FieldId::CheckApp, "not an ID"),
        (FieldId::CheckDomains, "zürich.ch\n\nnowhere..com"),
        (FieldId::CheckUnique, "on"),
        (FieldId::CheckDefault, "off"),
        (FieldId::CheckUri, "https://a&b=c+d%20/\u{202e}"),
        (FieldId::CheckName, ""),
    ] {
        page.types(entry, text);
    }
    let again = Page::open(world.clone(), start(&world));
    assert_eq!(again.model.app_id_uri.check, page.model.app_id_uri.check);
    assert_ne!(again.model.app_id_uri.check, UriCheck::default());
}

#[test]
fn the_demo_stores_typed_values_apart_from_the_published_page() {
    let tab = world();
    tab.session_set("draft", "of the published page");
    let opened = || world().with_tab(Rc::new(tab.clone()), Box::new(|| ()));
    let mut page = Page::open(opened(), start(&opened()));
    typed_everything(&mut page);
    let again = Page::open(opened(), start(&opened()));
    assert_eq!(again.model.setup.draft, page.model.setup.draft);
    page.world.session_remove("draft");
    assert_eq!(opened().session_get("draft"), None);
    assert_eq!(
        tab.session_get("draft").as_deref(),
        Some("of the published page")
    );
}

#[test]
fn a_reload_of_the_demo_keeps_the_clouds_and_the_journals() {
    let tab = world();
    let reloads = Rc::new(Cell::new(0));
    let opened = || {
        let reloads = Rc::clone(&reloads);
        let reload = Box::new(move || reloads.set(reloads.get() + 1));
        signed_in_to(world().with_tab(Rc::new(tab.clone()), reload))
    };
    let mut page = opened();
    page.does(Msg::WentTo(Route::Review));
    // The page crashes when the first change is answered.
    page.world
        .with_sim(|sim| sim.inject_into_next_change(FaultKind::CrashAnswered));
    page.crashes(Msg::Run(RunMsg::Approved));
    assert_eq!(reloads.get(), 1);
    let before = page.world.with_sim(|sim| sim.snapshot());

    let again = opened();
    assert_eq!(again.world.with_sim(|sim| sim.snapshot()), before);
    assert_eq!(again.model.runs.journals.open().count(), 1);
}

#[test]
fn values_typed_before_the_site_settings_load_are_kept() {
    let settings = || {
        let text = r#"{ "clients": {}, "cloud": "usgov", "tenant": "contoso-gov.us" }"#;
        Msg::SiteRead(SiteConfig::Ready(Config::parse(text.as_bytes()).unwrap()))
    };
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.does(settings());
    assert_eq!(page.model.setup.draft.cloud, "usgov");
    assert_eq!(page.model.app_id_uri.check.cloud, "usgov");

    let mut page = Page::open(world.clone(), start(&world));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.types(FieldId::CheckUri, "api://x");
    page.does(settings());
    assert_eq!(page.model.setup.draft.tenant, "fabrikam.com");
    assert_eq!(page.model.app_id_uri.check.cloud, "public");
    let mut again = Page::open(world.clone(), start(&world));
    again.does(settings());
    assert_eq!(again.model.app_id_uri.check, page.model.app_id_uri.check);
}

/// Leaves the page for Microsoft's sign-in page, as a real browser does. Returns the response of that page.
fn leaves(page: &mut Page) -> String {
    let wanted = page.model.update(Msg::SignInAsked);
    let Some(Effect::SignIn(request)) = wanted
        .iter()
        .find(|effect| matches!(effect, Effect::SignIn(_)))
    else {
        panic!("no sign-in in {wanted:?}");
    };
    for effect in &wanted {
        if let Effect::Remember(key, text) = effect {
            page.world.session_set(key, text);
        }
    }
    match page.world.run(sign_in::begin(&page.shared(), request)) {
        Ok(SignInRedirect::Answered(answer)) => answer,
        other => panic!("no answer: {other:?}"),
    }
}

/// Starts the page again with the response in its URL.
fn comes_back(world: &SimPlatform, answer: String) -> Page {
    let start = Start {
        answer: Rc::new(RefCell::new(Some(Secret::new(answer)))),
        ..start(world)
    };
    Page::open(world.clone(), start)
}

#[test]
fn the_sign_in_redirect_returns_to_the_step_that_started_it() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::Discovery));
    page.types(FieldId::UserDiscovery, "on");
    let typed = page.model.setup.draft.clone();
    let answer = leaves(&mut page);
    let page = comes_back(&world, answer);
    assert!(
        matches!(page.model.sign_in.access, AuthState::SignedIn(_)),
        "{:?}",
        page.model.sign_in.access
    );
    assert_eq!(page.model.route, Route::Step(WizardStep::Discovery));
    assert_eq!(page.model.setup.draft, typed);
    assert_eq!(page.model.mismatch(), None);
    assert_eq!(world.session_get("place"), None);
}

#[test]
fn a_user_who_cannot_consent_gets_the_admin_consent_link() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Cloud, "usgov");
    page.types(FieldId::Tenant, "contoso-gov.us");
    let granted = leaves(&mut page);
    let (_, state) = granted.split_once("state=").unwrap();
    let state = state.split('&').next().unwrap_or_default();
    let refused = format!(
        "error=access_denied&error_description=AADSTS90094%3A+An+administrator+must+consent.&state={state}"
    );
    let page = comes_back(&world, refused);
    let AuthState::Refused(refused) = &page.model.sign_in.access else {
        panic!("{:?}", page.model.sign_in.access);
    };
    let link = refused.consent.as_deref().unwrap_or_default();
    assert!(
        link.starts_with("https://login.microsoftonline.us/contoso-gov.us/v2.0/adminconsent?"),
        "{refused:?}"
    );
    assert!(link.contains(&TOOL_US_GOV.to_string()), "{link}");
}

#[test]
fn a_response_for_another_cloud_is_refused_with_an_error() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.types(FieldId::Cloud, "usgov");
    page.types(FieldId::Tenant, "contoso-gov.us");
    let answer = leaves(&mut page);
    // In the meantime, another version of the page was published.
    world.session_set("draft", "{\"version\":99}");
    world.reset_counts();
    let page = comes_back(&world, answer);
    let AuthState::Refused(refused) = &page.model.sign_in.access else {
        panic!("{:?}", page.model.sign_in.access);
    };
    assert_eq!(
        refused.error.sentence(Locale::En),
        "The sign-in was started for a different cloud than the one now chosen in this tab, so nothing was done with it."
    );
    assert_eq!(world.requests(), 0);
    assert_eq!(world.session_get("sign-in"), None, "the attempt is kept");
}

#[test]
fn an_unusable_response_removes_its_attempt() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    let answer = leaves(&mut page);
    let start = Start {
        answer: Rc::new(RefCell::new(Some(Secret::new(answer)))),
        config: Some(Config::default()),
        ..start(&world)
    };
    let page = Page::open(world.clone(), start);
    assert!(matches!(page.model.sign_in.access, AuthState::SignedOut));
    assert_eq!(world.session_get("sign-in"), None);
}

#[test]
fn an_unreadable_draft_is_kept_and_reported() {
    let world = world();
    world.session_set(
        "draft",
        "{\"version\":99,\"secret\":\"of another version\"}",
    );
    let mut page = Page::open(world.clone(), start(&world));
    let refused = page.model.setup.refused.clone().unwrap();
    assert_eq!(refused.why, DraftError::Version);
    assert!(!page.model.setup.is_resumed);
    // Neither typing nor the next start overwrites the draft, because the admin may still need it.
    page.types(FieldId::ConnectionName, "x");
    let mut page = Page::open(world.clone(), start(&world));
    assert_eq!(page.model.setup.draft.connection_name, "x");
    assert_eq!(page.model.setup.refused, Some(refused));
    page.does(Msg::RefusedDropped);
    assert_eq!(world.session_get("draft-refused"), None);
}

#[test]
fn errors_show_only_after_a_field_loses_focus() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::WebApp));
    page.does(Msg::Typed(FieldId::HomePageUrl, "h".to_owned()));
    assert_eq!(page.model.fault(FieldId::HomePageUrl), None);
    page.does(Msg::Left(FieldId::HomePageUrl));
    assert!(page.model.fault(FieldId::HomePageUrl).is_some());
    // Validated at each change from now on.
    page.does(Msg::Typed(
        FieldId::HomePageUrl,
        "https://cmg.contoso.com".to_owned(),
    ));
    assert_eq!(page.model.fault(FieldId::HomePageUrl), None);
}

#[test]
fn a_run_cannot_start_before_the_review_has_passed() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    world.reset_counts();
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::Run);
    assert_eq!(page.model.route, Route::Review);
    assert!(page.model.runs.run.is_none());
    assert_eq!(world.requests(), 0);
}

#[test]
fn discovery_and_a_new_cloud_or_tenant_need_another_sign_in() {
    let unfit = |change: &dyn Fn(&mut Page)| {
        let mut page = signed_in();
        change(&mut page);
        page.model.mismatch()
    };
    assert_eq!(unfit(&|_| ()), None);
    assert_eq!(
        unfit(&|page| page.types(FieldId::UserDiscovery, "on")),
        Some(SignInMismatch::Discovery)
    );
    assert_eq!(
        unfit(&|page| page.types(FieldId::Cloud, "usgov")),
        Some(SignInMismatch::Cloud)
    );
    assert_eq!(
        unfit(&|page| page.types(FieldId::Tenant, "woodgrove.com")),
        Some(SignInMismatch::Tenant)
    );
    assert_eq!(
        unfit(&|page| page.types(FieldId::Tenant, "fabrikam.onmicrosoft.com")),
        None
    );
    assert_eq!(
        unfit(&|page| page.does(Msg::SignedOut)),
        Some(SignInMismatch::SignedOut)
    );
}

fn reviewed(page: &mut Page) {
    let subscription = first_subscription(page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
}

#[test]
fn navigation_during_a_run_stays_on_the_run_page() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model.runs.run.as_ref().is_some_and(|run| run.count().0 > 0)
    });
    assert!(page.model.is_running());
    let wanted = page.model.update(Msg::Moved("/web-app".to_owned()));
    assert_eq!(page.model.route, Route::Run);
    assert!(matches!(
        wanted.as_slice(),
        [Effect::ShowPlace {
            place: Route::Run,
            is_new: true,
            ..
        }]
    ));
    assert!(page.model.update(Msg::Run(RunMsg::Approved)).is_empty());
}

#[test]
fn a_failed_run_continues_and_creates_nothing_twice() {
    let mut page = signed_in();
    page.goes_wrong(Method::POST, GRANTS, FaultKind::Denied);
    reviewed(&mut page);
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Paused, "a role can be activated");
    assert!(page.model.runs.secret.is_none(), "no secret before consent");
    let has_server_app = |step: &Progress| step.id == StepId::ServerApp && step.state.is_good();
    assert!(run.steps.iter().any(has_server_app));
    let (done, all) = run.count();
    assert!(done < all, "{done} of {all} done, though some failed");
    let typed = page.model.setup.draft.clone();
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    let left: Vec<_> = review.requests.iter().map(|it| it.step).collect();
    assert_eq!(left, [StepId::ServerConsent, StepId::Secret]);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    assert_eq!(page.model.setup.draft, typed);
    assert!(page.model.runs.secret.is_some());
    assert!(page.model.runs.run.as_ref().unwrap().handoff.is_ok());
}

#[test]
fn stop_ends_a_run_and_shows_it() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::Run(RunMsg::StopAsked));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Stopped
    );
}

/// Another tab can keep a transaction on the journal's store open for any length of time.
#[test]
fn stop_ends_a_run_when_the_browser_does_not_respond() {
    for done in 0..9 {
        let mut page = signed_in();
        reviewed(&mut page);
        if done == 0 {
            page.world.refuse_to_keep(Some(StorageError::Busy));
            page.does_at_once(Msg::Run(RunMsg::Approved));
        } else {
            page.does_until(Msg::Run(RunMsg::Approved), |model| {
                model
                    .runs
                    .run
                    .as_ref()
                    .is_some_and(|run| run.count().0 == done)
            });
            page.world.refuse_to_keep(Some(StorageError::Busy));
        }
        let pressed = page.world.elapsed();
        page.does(Msg::Run(RunMsg::StopAsked));
        let run = page.model.runs.run.as_ref();
        assert!(
            run.is_none_or(|run| !matches!(run.state, RunState::Underway | RunState::Stopping)),
            "{done}: {run:#?}"
        );
        // One journal record for requests already sent, and the store reads of the following review.
        let took = page.world.elapsed() - pressed;
        assert!(took < Duration::from_secs(120), "{done}: {took:?}");
    }
}

#[test]
fn the_secret_is_shown_and_copied_on_request_until_it_is_saved() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    assert_eq!(*page.window.filled.borrow(), None);
    page.does(Msg::Run(RunMsg::SecretCopyAsked));
    let secret = page.window.clipboard.borrow().last().cloned().unwrap();
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    assert_eq!(page.window.filled.borrow().as_ref(), Some(&secret));
    page.goes(Route::Run);
    page.goes(Route::HandOver);
    assert_eq!(
        *page.window.filled.borrow(),
        None,
        "shown again without being asked for"
    );
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    page.does(Msg::Run(RunMsg::SecretSaved));
    assert_eq!(*page.window.filled.borrow(), None);
    assert!(page.model.runs.secret.is_none());
    page.does(Msg::Run(RunMsg::SecretCopyAsked));
    assert_eq!(page.window.clipboard.borrow().len(), 1);
    assert!(
        !format!("{:?}", page.model).contains(&secret),
        "the secret is in the debug output"
    );
    assert!(!page.everything_remembered().contains(&secret));
}

#[test]
fn a_shown_secret_is_masked_after_a_minute_or_when_hidden() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    assert!(page.window.filled.borrow().is_some());
    page.does_at_once(Msg::Hidden);
    assert_eq!(*page.window.filled.borrow(), None);
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    assert!(page.window.filled.borrow().is_some());
    // All timers expire: that of the first display and that of this one.
    page.does(Msg::Left(FieldId::ServerName));
    assert_eq!(*page.window.filled.borrow(), None);
    assert!(page.model.runs.secret.is_some());
}

#[test]
fn returning_without_a_response_abandons_the_sign_in() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    let wanted = page.model.update(Msg::SignInAsked);
    assert!(
        wanted
            .iter()
            .any(|effect| matches!(effect, Effect::SignIn(_)))
    );
    assert!(matches!(page.model.sign_in.access, AuthState::Redirecting));
    page.does(Msg::ShownAgain);
    assert!(matches!(page.model.sign_in.access, AuthState::SignedOut));
}

#[test]
fn an_abandoned_attempt_is_removed() {
    /// The key that `auth::sign_in` uses in session storage.
    const ATTEMPT: &str = "sign-in";
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    let remembered = |world: &SimPlatform| world.session_get(ATTEMPT).is_some();
    let wanted = page.model.update(Msg::SignInAsked);
    // The effect does this before it leaves for the sign-in page.
    assert!(wanted.iter().any(|it| matches!(it, Effect::SignIn(_))));
    assert!(world.session_set(ATTEMPT, "an attempt"));
    page.does(Msg::ShownAgain);
    assert!(!remembered(&world), "the attempt is still there");
    assert!(matches!(page.model.sign_in.access, AuthState::SignedOut));
    // Without a sign-in of its own, the restored page does not remove another page's attempt.
    assert!(world.session_set(ATTEMPT, "an attempt"));
    page.does(Msg::ShownAgain);
    assert!(remembered(&world));
}

#[test]
fn another_sign_in_keeps_the_only_copy_of_a_secret() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Run(RunMsg::Approved));
    let wanted = page.model.update(Msg::SignInAsked);
    assert!(
        !wanted
            .iter()
            .any(|effect| matches!(effect, Effect::SignIn(_)))
    );
    assert_eq!(page.model.route, Route::HandOver);
}

#[test]
fn a_countdown_shows_the_rest_of_a_wait() {
    let mut page = signed_in();
    page.goes_wrong(
        Method::POST,
        GRANTS,
        FaultKind::Throttled(Some(Duration::from_secs(20))),
    );
    reviewed(&mut page);
    let left = |model: &Model| {
        let run = model.runs.run.as_ref()?;
        run.steps.iter().find_map(|step| {
            Some(run.left(step, cmg_entra_setup::ui::runs::state::wait_of(step.note?)?))
        })
    };
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        left(model).is_some_and(|left| left > 10)
    });
    let first = left(&page.model).unwrap();
    let later = page.model.now + jiff::SignedDuration::from_secs(5);
    page.model.update(Msg::Run(RunMsg::Ticked(later)));
    assert_eq!(left(&page.model), Some(first - 5));
}

#[test]
fn a_secret_that_was_neither_shown_nor_copied_is_removed_only_after_a_question() {
    let created = || {
        let mut page = signed_in();
        reviewed(&mut page);
        page.does(Msg::Run(RunMsg::Approved));
        page.goes(Route::HandOver);
        page
    };
    let mut page = created();
    page.does(Msg::Run(RunMsg::SecretSaved));
    assert!(page.model.runs.secret.is_some());
    assert!(crate::views::html(&page.model).contains(Locale::En.hand_over_secret_unseen()));
    // Copying another value, or a copy that the browser refuses, does not answer the question.
    page.does(Msg::Copied(true));
    assert!(page.model.runs.asks_before_removal);
    page.model.runs.is_secret_copying = true;
    page.does(Msg::Copied(false));
    assert!(page.model.runs.asks_before_removal && !page.model.runs.is_secret_seen);
    // Copying the secret does.
    page.does(Msg::Run(RunMsg::SecretCopyAsked));
    assert!(!page.model.runs.asks_before_removal);
    page.does(Msg::Run(RunMsg::SecretSaved));
    assert!(page.model.runs.secret.is_none());

    let mut page = created();
    page.does(Msg::Run(RunMsg::SecretSaved));
    page.does(Msg::Run(RunMsg::SecretSaved));
    assert!(page.model.runs.secret.is_none(), "removed without saving");
}
