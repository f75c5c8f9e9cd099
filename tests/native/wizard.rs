//! What an admin may rely on while answering, signing in, going back and starting again: nothing typed is lost, nothing runs by itself.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cmg_entra_setup::auth::sign_in;
use cmg_entra_setup::domain::config::Config;
use cmg_entra_setup::domain::secret::Secret;
use cmg_entra_setup::domain::words::Words;
use cmg_entra_setup::engine::plan::StepId;
use cmg_entra_setup::sim::entra::TOOL_US_GOV;
use cmg_entra_setup::sim::faults::FaultKind;
use cmg_entra_setup::sim::world::SimWorld;
use cmg_entra_setup::ui::access::Access;
use cmg_entra_setup::ui::access::Unfit;
use cmg_entra_setup::ui::entry::Entry;
use cmg_entra_setup::ui::memory::WhyNot;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::place::Place;
use cmg_entra_setup::ui::place::Step;
use cmg_entra_setup::ui::review::Review;
use cmg_entra_setup::ui::run::RunState;
use cmg_entra_setup::ui::site::Site;
use cmg_entra_setup::ui::stage::Stage;
use cmg_entra_setup::ui::stage::Start;
use cmg_entra_setup::ui::uri_check::UriCheck;
use cmg_entra_setup::world::NotKept;
use cmg_entra_setup::world::Visit;
use cmg_entra_setup::world::World as _;
use http::Method;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;

const GRANTS: &str = "/v1.0/oauth2PermissionGrants";

/// Every text control of the wizard, with something odd typed into it.
const TYPED: [(Entry, &str); 12] = [
    (Entry::ConnectionName, "  Zürich CMG "),
    (Entry::Description, "\u{202e}reversed"),
    (Entry::Tenant, "fabrikam.com"),
    (Entry::ServerName, ""),
    (Entry::HomePageUrl, "not a URL"),
    (Entry::UriForm, "own"),
    (Entry::UriName, "a b"),
    (Entry::UriDomain, "nowhere..com"),
    (Entry::UriText, "https://ConfigMgrService/"),
    (Entry::SecretLife, "2-years"),
    (Entry::ClientName, "CMG-ServerApp"),
    (Entry::GroupNames, "one\n\ntwo "),
];

fn typed_everything(page: &mut Page) {
    for (entry, text) in TYPED {
        page.types(entry, text);
    }
    page.types(Entry::GroupDiscovery, "on");
}

#[test]
fn nothing_typed_is_lost_by_going_back_and_forth() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    let typed = page.stage.draft.clone();
    for place in Place::ALL.into_iter().chain(Place::ALL.into_iter().rev()) {
        page.goes(place);
        assert_eq!(page.stage.draft, typed, "{place:?}");
    }
    for address in ["/review", "", "/nowhere", "code=1&state=2", "/web-app"] {
        page.does(Msg::Moved(address.to_owned()));
        assert_eq!(page.stage.draft, typed, "{address:?}");
    }
}

#[test]
fn nothing_typed_is_lost_by_a_sign_in_a_refused_sign_in_or_a_sign_out() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    page.types(Entry::Tenant, "nowhere.example");
    let typed = page.stage.draft.clone();
    page.does(Msg::SignInAsked);
    assert!(matches!(page.stage.access, Access::Refused(_)));
    assert_eq!(page.stage.draft, typed);
    page.types(Entry::Tenant, "fabrikam.com");
    let typed = page.stage.draft.clone();
    page.does(Msg::SignInAsked);
    assert!(matches!(page.stage.access, Access::In(_)));
    page.goes(Place::Review);
    assert!(matches!(page.stage.review, Review::Faulty { .. }));
    assert_eq!(page.stage.draft, typed);
    page.does(Msg::SignedOut);
    assert!(matches!(page.stage.access, Access::Out));
    assert_eq!(page.stage.draft, typed);
}

#[test]
fn nothing_typed_is_lost_by_a_reload() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    typed_everything(&mut page);
    let again = Page::open(world.clone(), start(&world));
    assert_eq!(again.stage.draft, page.stage.draft);
    assert!(again.stage.is_resumed);
}

#[test]
fn nothing_typed_on_the_app_id_uri_page_is_lost_by_a_reload() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    for (entry, text) in [
        (Entry::CheckCloud, "usgov"),
        (Entry::CheckTenant, " 5e97358c"),
        (Entry::CheckApp, "not an ID"),
        (Entry::CheckDomains, "zürich.ch\n\nnowhere..com"),
        (Entry::CheckUnique, "on"),
        (Entry::CheckDefault, "off"),
        (Entry::CheckUri, "https://a&b=c+d%20/\u{202e}"),
        (Entry::CheckName, ""),
    ] {
        page.types(entry, text);
    }
    let again = Page::open(world.clone(), start(&world));
    assert_eq!(again.stage.check, page.stage.check);
    assert_ne!(again.stage.check, UriCheck::default());
}

#[test]
fn the_demo_keeps_what_is_typed_in_the_tab_and_touches_nothing_of_the_published_page() {
    let tab = world();
    tab.remember("draft", "of the published page");
    let opened = || world().with_tab(Rc::new(tab.clone()));
    let mut page = Page::open(opened(), start(&opened()));
    typed_everything(&mut page);
    let again = Page::open(opened(), start(&opened()));
    assert_eq!(again.stage.draft, page.stage.draft);
    page.world.forget("draft");
    assert_eq!(opened().recall("draft"), None);
    assert_eq!(
        tab.recall("draft").as_deref(),
        Some("of the published page")
    );
}

#[test]
fn what_was_typed_before_the_settings_of_the_site_arrived_stays() {
    let settings = || {
        let text = r#"{ "clients": {}, "cloud": "usgov", "tenant": "contoso-gov.us" }"#;
        Msg::SiteRead(Site::Ready(Config::parse(text.as_bytes()).unwrap()))
    };
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.does(settings());
    assert_eq!(page.stage.draft.cloud, "usgov");
    assert_eq!(page.stage.check.cloud, "usgov");

    let mut page = Page::open(world.clone(), start(&world));
    page.types(Entry::Tenant, "fabrikam.com");
    page.types(Entry::CheckUri, "api://x");
    page.does(settings());
    assert_eq!(page.stage.draft.tenant, "fabrikam.com");
    assert_eq!(page.stage.check.cloud, "public");
    let mut again = Page::open(world.clone(), start(&world));
    again.does(settings());
    assert_eq!(again.stage.check, page.stage.check);
}

/// As a real browser does it: the page is left for Microsoft's. The answer that Microsoft's page gives.
fn leaves(page: &mut Page) -> String {
    let wanted = page.stage.update(Msg::SignInAsked);
    let Some(Effect::SignIn(wish)) = wanted
        .iter()
        .find(|effect| matches!(effect, Effect::SignIn(_)))
    else {
        panic!("no sign-in in {wanted:?}");
    };
    for effect in &wanted {
        if let Effect::Remember(key, text) = effect {
            page.world.remember(key, text);
        }
    }
    match page.world.run(sign_in::begin(&page.shared(), wish)) {
        Ok(Visit::Answered(answer)) => answer,
        other => panic!("no answer: {other:?}"),
    }
}

/// And is started anew with the answer in its address.
fn comes_back(world: &SimWorld, answer: String) -> Page {
    let start = Start {
        answer: Rc::new(RefCell::new(Some(Secret::new(answer)))),
        ..start(world)
    };
    Page::open(world.clone(), start)
}

#[test]
fn the_sign_in_redirect_comes_back_to_the_step_it_was_started_from() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Place::Step(Step::Discovery));
    page.types(Entry::UserDiscovery, "on");
    let typed = page.stage.draft.clone();
    let answer = leaves(&mut page);
    let page = comes_back(&world, answer);
    assert!(
        matches!(page.stage.access, Access::In(_)),
        "{:?}",
        page.stage.access
    );
    assert_eq!(page.stage.place, Place::Step(Step::Discovery));
    assert_eq!(page.stage.draft, typed);
    assert_eq!(page.stage.unfit(), None);
    assert_eq!(world.recall("place"), None);
}

#[test]
fn who_may_not_consent_comes_back_with_the_link_for_somebody_who_may() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Place::Step(Step::AzureService));
    page.types(Entry::Cloud, "usgov");
    page.types(Entry::Tenant, "contoso-gov.us");
    let granted = leaves(&mut page);
    let (_, state) = granted.split_once("state=").unwrap();
    let state = state.split('&').next().unwrap_or_default();
    let refused = format!(
        "error=access_denied&error_description=AADSTS90094%3A+An+administrator+must+consent.&state={state}"
    );
    let page = comes_back(&world, refused);
    let Access::Refused(refused) = &page.stage.access else {
        panic!("{:?}", page.stage.access);
    };
    let link = refused.consent.as_deref().unwrap_or_default();
    assert!(
        link.starts_with("https://login.microsoftonline.us/contoso-gov.us/v2.0/adminconsent?"),
        "{refused:?}"
    );
    assert!(link.contains(&TOOL_US_GOV.to_string()), "{link}");
}

#[test]
fn an_answer_for_another_cloud_than_the_draft_names_is_not_used_and_that_is_told() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.types(Entry::Cloud, "usgov");
    page.types(Entry::Tenant, "contoso-gov.us");
    let answer = leaves(&mut page);
    // Another version of the page was published meanwhile.
    world.remember("draft", "{\"version\":99}");
    world.reset_counts();
    let page = comes_back(&world, answer);
    let Access::Refused(refused) = &page.stage.access else {
        panic!("{:?}", page.stage.access);
    };
    assert_eq!(
        refused.error.sentence(Words::En),
        "The sign-in was started for a different cloud than the one now chosen in this tab, so nothing was done with it."
    );
    assert_eq!(world.requests(), 0);
    assert_eq!(world.recall("sign-in"), None, "the attempt is kept");
}

#[test]
fn an_answer_that_nobody_can_use_leaves_nothing_of_its_sign_in_behind() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    let answer = leaves(&mut page);
    let start = Start {
        answer: Rc::new(RefCell::new(Some(Secret::new(answer)))),
        config: Some(Config::default()),
        ..start(&world)
    };
    let page = Page::open(world.clone(), start);
    assert!(matches!(page.stage.access, Access::Out));
    assert_eq!(world.recall("sign-in"), None);
}

#[test]
fn a_stored_draft_that_cannot_be_read_is_kept_and_told() {
    let world = world();
    world.remember(
        "draft",
        "{\"version\":99,\"secret\":\"of another version\"}",
    );
    let mut page = Page::open(world.clone(), start(&world));
    let refused = page.stage.refused.clone().unwrap();
    assert_eq!(refused.why, WhyNot::Version);
    assert!(!page.stage.is_resumed);
    // Typing does not overwrite what may still be wanted, nor does the next start.
    page.types(Entry::ConnectionName, "x");
    let mut page = Page::open(world.clone(), start(&world));
    assert_eq!(page.stage.draft.connection_name, "x");
    assert_eq!(page.stage.refused, Some(refused));
    page.does(Msg::RefusedDropped);
    assert_eq!(world.recall("draft-refused"), None);
}

#[test]
fn faults_are_told_once_a_field_was_left_and_never_before() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Place::Step(Step::WebApp));
    page.does(Msg::Typed(Entry::HomePageUrl, "h".to_owned()));
    assert_eq!(page.stage.fault(Entry::HomePageUrl), None);
    page.does(Msg::Left(Entry::HomePageUrl));
    assert!(page.stage.fault(Entry::HomePageUrl).is_some());
    // Live from then on.
    page.does(Msg::Typed(
        Entry::HomePageUrl,
        "https://cmg.contoso.com".to_owned(),
    ));
    assert_eq!(page.stage.fault(Entry::HomePageUrl), None);
}

#[test]
fn nothing_can_be_created_before_the_review_has_passed() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    world.reset_counts();
    page.does(Msg::Approved);
    page.goes(Place::Review);
    page.does(Msg::Approved);
    page.goes(Place::Run);
    assert_eq!(page.stage.place, Place::Review);
    assert!(page.stage.run.is_none());
    assert_eq!(world.requests(), 0);
}

#[test]
fn discovery_and_another_cloud_or_tenant_take_another_sign_in() {
    let unfit = |change: &dyn Fn(&mut Page)| {
        let mut page = signed_in();
        change(&mut page);
        page.stage.unfit()
    };
    assert_eq!(unfit(&|_| ()), None);
    assert_eq!(
        unfit(&|page| page.types(Entry::UserDiscovery, "on")),
        Some(Unfit::Discovery)
    );
    assert_eq!(
        unfit(&|page| page.types(Entry::Cloud, "usgov")),
        Some(Unfit::Cloud)
    );
    assert_eq!(
        unfit(&|page| page.types(Entry::Tenant, "woodgrove.com")),
        Some(Unfit::Tenant)
    );
    assert_eq!(
        unfit(&|page| page.types(Entry::Tenant, "fabrikam.onmicrosoft.com")),
        None
    );
    assert_eq!(
        unfit(&|page| page.does(Msg::SignedOut)),
        Some(Unfit::SignedOut)
    );
}

fn reviewed(page: &mut Page) {
    let subscription = first_subscription(page);
    page.types(Entry::Subscription, &subscription);
    page.goes(Place::Review);
}

#[test]
fn a_run_is_watched_to_its_end_whatever_is_pressed_in_the_browser() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does_until(Msg::Approved, |stage| {
        stage.run.as_ref().is_some_and(|run| run.count().0 > 0)
    });
    assert!(page.stage.is_running());
    let wanted = page.stage.update(Msg::Moved("/web-app".to_owned()));
    assert_eq!(page.stage.place, Place::Run);
    assert!(matches!(
        wanted.as_slice(),
        [Effect::ShowPlace {
            place: Place::Run,
            is_new: true,
            ..
        }]
    ));
    assert!(page.stage.update(Msg::Approved).is_empty());
}

#[test]
fn a_failed_run_goes_on_where_it_stopped_and_makes_nothing_twice() {
    let mut page = signed_in();
    page.goes_wrong(Method::POST, GRANTS, FaultKind::Denied);
    reviewed(&mut page);
    page.does(Msg::Approved);
    let run = page.stage.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Paused, "a role can be activated");
    assert!(run.is_good(StepId::ServerApp));
    let (done, all) = run.count();
    assert!(done < all, "{done} of {all} done, though some failed");
    let typed = page.stage.draft.clone();
    page.goes(Place::Review);
    let Review::Ready(sheet) = &page.stage.review else {
        panic!("{:?}", page.stage.review)
    };
    assert_eq!(sheet.plan.writes(), 1, "{:?}", sheet.requests);
    page.does(Msg::Approved);
    assert_eq!(page.stage.run.as_ref().unwrap().state, RunState::Complete);
    assert_eq!(page.stage.draft, typed);
    // The secret of the first run is still the one to hand over.
    assert!(page.stage.secret.is_some());
    assert!(page.stage.run.as_ref().unwrap().handoff.is_ok());
}

#[test]
fn stop_ends_a_run_and_says_so() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does_until(Msg::Approved, |stage| {
        stage.run.as_ref().is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::StopAsked);
    assert_eq!(page.stage.run.as_ref().unwrap().state, RunState::Stopped);
}

/// Another tab may hold a transaction on the journal's store for as long as it likes.
#[test]
fn stop_ends_a_run_that_the_browser_does_not_answer_whenever_it_is_pressed() {
    for done in 0..9 {
        let mut page = signed_in();
        reviewed(&mut page);
        if done == 0 {
            page.world.refuse_to_keep(Some(NotKept::Busy));
            page.does_at_once(Msg::Approved);
        } else {
            page.does_until(Msg::Approved, |stage| {
                stage.run.as_ref().is_some_and(|run| run.count().0 == done)
            });
            page.world.refuse_to_keep(Some(NotKept::Busy));
        }
        let pressed = page.world.elapsed();
        page.does(Msg::StopAsked);
        let run = page.stage.run.as_ref();
        assert!(
            run.is_none_or(|run| !matches!(run.state, RunState::Underway | RunState::Stopping)),
            "{done}: {run:#?}"
        );
        // One record of what was sent already, and what the review then asks the shelf.
        let took = page.world.elapsed() - pressed;
        assert!(took < Duration::from_secs(120), "{done}: {took:?}");
    }
}

#[test]
fn the_secret_is_shown_on_request_copied_on_request_and_gone_once_saved() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Approved);
    page.goes(Place::HandOver);
    assert_eq!(*page.window.filled.borrow(), None);
    page.does(Msg::SecretCopyAsked);
    let secret = page.window.clipboard.borrow().last().cloned().unwrap();
    page.does_at_once(Msg::SecretToggled);
    assert_eq!(page.window.filled.borrow().as_ref(), Some(&secret));
    page.goes(Place::Run);
    page.goes(Place::HandOver);
    assert_eq!(
        *page.window.filled.borrow(),
        None,
        "shown again without being asked for"
    );
    page.does_at_once(Msg::SecretToggled);
    page.does(Msg::SecretSaved);
    assert_eq!(*page.window.filled.borrow(), None);
    assert!(page.stage.secret.is_none());
    page.does(Msg::SecretCopyAsked);
    assert_eq!(page.window.clipboard.borrow().len(), 1);
    assert!(
        !format!("{:?}", page.stage).contains(&secret),
        "the secret is in the debug output"
    );
    assert!(!page.everything_remembered().contains(&secret));
}

#[test]
fn a_secret_in_sight_is_masked_after_a_minute_and_as_soon_as_nobody_looks() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Approved);
    page.goes(Place::HandOver);
    page.does_at_once(Msg::SecretToggled);
    assert!(page.window.filled.borrow().is_some());
    page.does_at_once(Msg::Hidden);
    assert_eq!(*page.window.filled.borrow(), None);
    page.does_at_once(Msg::SecretToggled);
    assert!(page.window.filled.borrow().is_some());
    // All timers pass: the one of the first showing, and the one of this.
    page.does(Msg::Left(Entry::ServerName));
    assert_eq!(*page.window.filled.borrow(), None);
    assert!(page.stage.secret.is_some());
}

#[test]
fn coming_back_from_the_sign_in_page_without_an_answer_is_no_dead_end() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Place::Step(Step::AzureService));
    let wanted = page.stage.update(Msg::SignInAsked);
    assert!(
        wanted
            .iter()
            .any(|effect| matches!(effect, Effect::SignIn(_)))
    );
    assert!(matches!(page.stage.access, Access::Leaving));
    page.does(Msg::ShownAgain);
    assert!(matches!(page.stage.access, Access::Out));
}

#[test]
fn an_attempt_that_brought_nothing_is_forgotten() {
    /// Where `auth::sign_in` keeps it.
    const ATTEMPT: &str = "sign-in";
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Place::Step(Step::AzureService));
    let remembered = |world: &SimWorld| world.recall(ATTEMPT).is_some();
    let wanted = page.stage.update(Msg::SignInAsked);
    // As the effect does before it leaves for the sign-in page.
    assert!(wanted.iter().any(|it| matches!(it, Effect::SignIn(_))));
    assert!(world.remember(ATTEMPT, "an attempt"));
    page.does(Msg::ShownAgain);
    assert!(!remembered(&world), "the attempt is still there");
    assert!(matches!(page.stage.access, Access::Out));
    // Shown again while nobody is signing in, it takes nothing from another one's attempt.
    assert!(world.remember(ATTEMPT, "an attempt"));
    page.does(Msg::ShownAgain);
    assert!(remembered(&world));
}

#[test]
fn signing_in_again_does_not_take_the_only_copy_of_a_secret_away() {
    let mut page = signed_in();
    reviewed(&mut page);
    page.does(Msg::Approved);
    let wanted = page.stage.update(Msg::SignInAsked);
    assert!(
        !wanted
            .iter()
            .any(|effect| matches!(effect, Effect::SignIn(_)))
    );
    assert_eq!(page.stage.place, Place::HandOver);
}

#[test]
fn a_countdown_tells_what_is_left_of_a_wait() {
    let mut page = signed_in();
    page.goes_wrong(
        Method::POST,
        GRANTS,
        FaultKind::Throttled(Some(Duration::from_secs(20))),
    );
    reviewed(&mut page);
    let left = |stage: &Stage| {
        let run = stage.run.as_ref()?;
        run.steps
            .iter()
            .find_map(|step| Some(run.left(step, cmg_entra_setup::ui::run::wait_of(step.note?)?)))
    };
    page.does_until(Msg::Approved, |stage| {
        left(stage).is_some_and(|left| left > 10)
    });
    let first = left(&page.stage).unwrap();
    let later = page.stage.now + jiff::SignedDuration::from_secs(5);
    page.stage.update(Msg::Ticked(later));
    assert_eq!(left(&page.stage), Some(first - 5));
}
