//! The resource provider pages when something else happens than planned, and what they say then.

use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cloud_sim::subscriptions::changes::SubscriptionChange;
use cloud_sim::subscriptions::changes::When;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::ProvidersMsg;
use cmg_entra_setup::ui::providers::state::ListState;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::shell::notice::Notifications;
use domain::locale::Locale;
use domain::platform::Platform as _;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::providers::matrix::Reading;
use engine::providers::progress::ProviderProgress;
use engine::providers::register::RegistrationEnd;
use http::Method;
use jiff::SignedDuration;
use std::time::Duration;

use crate::page::Page;
use crate::providers_page::EVERYBODY;
use crate::providers_page::does;
use crate::providers_page::end_of;
use crate::providers_page::estate;
use crate::providers_page::open;
use crate::providers_page::review;
use crate::providers_page::run;
use crate::providers_page::select_all;
use crate::providers_page::signed_in;
use crate::views::html;

/// The next requests of this kind fail in the same way.
fn goes_wrong(world: &SimPlatform, method: Method, path: &str, times: u32, kind: FaultKind) {
    world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(method),
            path_prefix: path.to_owned(),
            skip: 0,
            times,
            kind,
        });
    });
}

fn text_of(page: &Page) -> String {
    html(&page.model)
}

#[test]
fn the_tenants_of_the_account_have_names_and_lead_to_a_sign_in() {
    let world = estate(5);
    world.with_sim(|sim| {
        assert!(sim.invite(EVERYBODY, "woodgrove.com"));
        // The test signs in to the second tenant with its own account.
        assert!(sim.invite("admin@woodgrove.com", "fabrikam.com"));
        assert!(!sim.invite(EVERYBODY, "contoso-gov.us"));
    });
    let mut page = signed_in(&world);
    let known = page.model.providers.tenants.done().unwrap();
    let names: Vec<&str> = known.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Fabrikam", "Woodgrove Bank"]);
    let other = known[1].id;
    let text = text_of(&page);
    assert!(text.contains("Woodgrove Bank") && text.contains(Locale::En.providers_own_tenants()));
    // A selection in the first tenant is named after the sign-in to the second.
    select_all(&mut page);
    let (cloud, first) = page.model.azure_tenant().unwrap();
    does(&mut page, ProvidersMsg::TenantAsked((cloud, other)));
    assert_eq!(page.model.azure_tenant(), Some((cloud, other)));
    assert_eq!(page.model.providers.tenant(first).unwrap().name, "Fabrikam");
    let text = text_of(&page);
    let selections = text.split(Locale::En.providers_other_selections()).nth(1);
    assert!(selections.unwrap().contains("Fabrikam"));
}

#[test]
fn a_list_without_the_names_of_tenants_is_complete() {
    let world = estate(5);
    goes_wrong(&world, Method::GET, "/tenants", 9, FaultKind::Denied);
    let page = signed_in(&world);
    let providers = &page.model.providers;
    assert!(matches!(providers.list, ListState::Done(_)));
    assert!(matches!(providers.tenants, Reading::Failed(_)));
    assert!(text_of(&page).contains(Locale::En.providers_tenants_unread()));
}

#[test]
fn the_list_does_not_wait_for_the_names_of_tenants() {
    let world = estate(5);
    let slow = FaultKind::Slow(Duration::from_secs(20));
    goes_wrong(&world, Method::GET, "/tenants", 1, slow);
    let mut page = open(&world);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does_until(Msg::SignInAsked, |model| {
        matches!(model.providers.list, ListState::Done(_))
    });
    assert_eq!(page.model.providers.tenants, Reading::UnderWay);
    page.does(Msg::SkipAsked);
    assert!(page.model.providers.tenants.done().is_some());
}

#[test]
fn records_that_cannot_be_read_are_named_and_can_be_removed() {
    let world = estate(5);
    let key = "provider-run/7d7e2c1a-94a5-4a7e-8f5e-2f9d3b1c6a55/000001";
    let record = r#"{"version":2,"run":"7d7e2c1a-94a5-4a7e-8f5e-2f9d3b1c6a55","plans":[]}"#;
    world.run(world.put(key, record)).unwrap();
    let mut page = signed_in(&world);
    assert!(text_of(&page).contains(Locale::En.providers_unreadable()));
    let run = page.model.providers.stored.unreadable[0];
    does(&mut page, ProvidersMsg::DiscardAsked(run));
    assert!(page.model.providers.stored.unreadable.is_empty());
    assert!(!text_of(&page).contains(Locale::En.providers_unreadable()));
    assert_eq!(world.run(world.list("provider-run/")).unwrap(), []);
}

#[test]
fn the_page_says_that_its_link_lacks_a_large_selection() {
    let world = estate(100);
    let mut page = signed_in(&world);
    let sentence = Locale::En.providers_link_most(50);
    assert!(!text_of(&page).contains(&sentence));
    select_all(&mut page);
    assert!(page.model.selected_count() > 50);
    assert!(text_of(&page).contains(&sentence));
}

#[test]
fn a_wait_of_the_reads_is_shown_until_it_is_over() {
    let world = estate(40);
    let wait = FaultKind::Throttled(Some(Duration::from_secs(20)));
    goes_wrong(&world, Method::GET, "/subscriptions/", 12, wait.clone());
    let mut page = open(&world);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does_until(Msg::SignInAsked, |model| {
        model.providers.throttled_until.is_some()
    });
    assert!(text_of(&page).contains(Locale::En.providers_throttled()));
    let until = page.model.providers.throttled_until.unwrap();
    let left = until.duration_since(world.now());
    assert!(
        left > SignedDuration::ZERO && left <= SignedDuration::from_secs(21),
        "{left:?}"
    );
    page.does(Msg::SkipAsked);
    let providers = &page.model.providers;
    assert_eq!(providers.throttled_until, None);
    let rows = providers.matrix.rows();
    assert!(rows.iter().all(|row| row.states.done().is_some()));
    // The list itself waits too.
    goes_wrong(
        &world,
        Method::POST,
        "/providers/Microsoft.ResourceGraph",
        1,
        wait,
    );
    page.does_until(Msg::Providers(ProvidersMsg::ListAsked), |model| {
        model.providers.throttled_until.is_some()
    });
    page.does(Msg::SkipAsked);
    assert_eq!(page.model.providers.throttled_until, None);
    assert!(matches!(page.model.providers.list, ListState::Done(_)));
}

#[test]
fn a_storm_of_refusals_ends_in_what_was_planned() {
    let world = estate(60);
    let mut page = signed_in(&world);
    select_all(&mut page);
    let wait = FaultKind::Throttled(Some(Duration::from_secs(7)));
    goes_wrong(&world, Method::GET, "/subscriptions/", 40, wait.clone());
    goes_wrong(&world, Method::POST, "/subscriptions/", 40, wait);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| run.throttled_until.is_some())
    });
    assert!(text_of(&page).contains(Locale::En.providers_throttled()));
    page.does(Msg::SkipAsked);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    let throttled = |problem: &Problem| matches!(problem.kind, ProblemKind::Throttled { .. });
    assert!(!run(&page).problems().iter().any(|(it, _)| throttled(it)));
    assert_eq!(run(&page).count().waiting, 0);
}

#[test]
fn a_subscription_that_moves_away_fails_alone_and_says_why() {
    let world = estate(80);
    let mut page = signed_in(&world);
    let elsewhere = world.with_sim(|sim| sim.invite(EVERYBODY, "woodgrove.com"));
    assert!(elsewhere);
    select_all(&mut page);
    review(&mut page);
    let plan = page.model.providers.plan.clone().unwrap();
    let last = plan.subscriptions.last().unwrap().id;
    does(&mut page, ProvidersMsg::ListAsked);
    let other = page.model.providers.tenants.done().unwrap();
    let to = other.iter().find(|it| it.id != plan.tenant).unwrap().id;
    world.with_sim(|sim| {
        let change = SubscriptionChange::Moved {
            subscription: last,
            to,
        };
        sim.change_subscription(When::AfterWrites(1), change);
    });
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    let place = plan.subscriptions.len() - 1;
    let results = &run(&page).progress[place];
    assert!(
        results
            .iter()
            .all(|it| matches!(it, ProviderProgress::Failed(_))),
        "{results:?}"
    );
    assert_eq!(run(&page).problems_of(place).len(), 1);
}

#[test]
fn a_role_that_is_removed_in_mid_run_fails_the_rest_and_names_the_least_role() {
    let world = estate(80);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    world.with_sim(|sim| {
        // The groups below the root, from which all rights come.
        for group in 0..10 {
            let change = SubscriptionChange::RoleRemoved {
                scope: format!("mg-{group}"),
                sign_in_name: EVERYBODY.to_owned(),
            };
            sim.change_subscription(When::AfterWrites(20), change);
        }
    });
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    let run = run(&page);
    let counts = run.count();
    assert!(counts.failed > 50 && counts.under_way > 10, "{counts:?}");
    assert_eq!((counts.waiting, counts.stopped), (0, 0));
    let problems = run.problems();
    let forbidden = |kind: &ProblemKind| *kind == ProblemKind::RegisterForbidden;
    assert!(problems.iter().any(|(it, _)| forbidden(&it.kind)));
    // What Azure had taken is not said to have failed, and the custom role is at hand.
    assert!(text_of(&page).contains(Locale::En.providers_export_role()));
    let left = run.unfinished().subscriptions.len();
    assert!(page.model.selected_count() >= left);
}

#[test]
fn ten_thousand_subscriptions_are_listed_and_the_cut_is_said() {
    let world = estate(10_001);
    let mut page = signed_in(&world);
    let ListState::Done(summary) = &page.model.providers.list else {
        panic!("{:?}", page.model.providers.list)
    };
    assert!(summary.is_cut);
    assert_eq!(page.model.providers.matrix.rows().len(), 10_000);
    select_all(&mut page);
    review(&mut page);
    let text = text_of(&page);
    // 28 rows are drawn, whatever the number.
    assert!(text.matches("role=\"row\"").count() < 40);
    page.goes(Route::Providers);
    assert!(text_of(&page).contains(Locale::En.providers_cut_title()));
}

#[test]
fn an_hour_of_sleep_in_a_registration_loses_nothing() {
    let world = estate(80);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| run.count().registered > 40)
    });
    // The access token is out of date when the tab wakes.
    page.passes(Duration::from_secs(3_700));
    page.does(Msg::SkipAsked);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    assert_eq!(run(&page).count().waiting + run(&page).count().stopped, 0);
    let run = run(&page);
    for minutes in [run.minutes_left(), run.rate()] {
        assert!(minutes.is_none_or(|it| it < 100_000), "{minutes:?}");
    }
}

#[test]
fn the_title_of_the_tab_counts_and_the_browser_notifies_at_the_end() {
    for is_allowed in [false, true] {
        let world = estate(40);
        let mut page = signed_in(&world);
        page.window.allows_notifications.set(is_allowed);
        select_all(&mut page);
        review(&mut page);
        page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
            let run = model.providers.run.as_ref();
            run.is_some_and(|run| run.count().registered > 3)
        });
        assert!(text_of(&page).contains(Locale::En.run_notify()));
        page.does_until(Msg::NotificationsAsked, |model| {
            model.notice.notifications != Notifications::Off
        });
        let title = page.window.titles.borrow().last().cloned().unwrap();
        assert!(
            title.starts_with('(') && title.contains(Locale::En.providers_run_title()),
            "{title}"
        );
        page.does(Msg::SkipAsked);
        let title = page.window.titles.borrow().last().cloned().unwrap();
        assert!(title.starts_with(run(&page).title(Locale::En)), "{title}");
        let notified = page.window.notified.borrow();
        assert_eq!(notified.len(), usize::from(is_allowed), "{notified:?}");
    }
}

#[test]
fn the_table_gets_the_results_after_the_end_is_shown() {
    let world = estate(30);
    let mut page = signed_in(&world);
    select_all(&mut page);
    let selected = page.model.selected_count();
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| !run.is_under_way())
    });
    assert_eq!(page.model.selected_count(), selected);
    page.does(Msg::SkipAsked);
    assert!(page.model.selected_count() < selected);
}
