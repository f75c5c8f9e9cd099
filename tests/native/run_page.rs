//! What the page shows during a run: its requests over time, the time left, the count in the title, a notification at the end.

use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::embedding::state::Embedding;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::estimate::TimeLeft;
use cmg_entra_setup::ui::runs::estimate::rounded;
use cmg_entra_setup::ui::runs::state::RunModel;
use cmg_entra_setup::ui::shell::notice::Notifications;
use domain::locale::Locale;
use engine::export::request::RequestFormat;
use engine::plan::step::StepId;
use engine::run::Progress;
use engine::run::timeline::Span;
use engine::run::timeline::WaitNote;
use http::Method;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::start;
use crate::views::html;

const GRANTS: &str = "/v1.0/oauth2PermissionGrants";

/// At the review, in a cloud whose answers take time.
fn at_the_review() -> Page {
    at_the_review_of(Sim::new(1).lively())
}

fn at_the_review_of(sim: Sim) -> Page {
    let world = SimPlatform::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap());
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    // Two resource providers of its subscription are not registered.
    page.types(FieldId::Tenant, "wideworldimporters.com");
    page.does(Msg::SignInAsked);
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    page
}

fn run(model: &Model) -> &RunModel {
    model.runs.run.as_ref().unwrap()
}

/// Starts the run, and stops at this moment of it.
fn approves_until(page: &mut Page, is_there: impl Fn(&RunModel) -> bool) {
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model.runs.run.as_ref().is_some_and(|run| is_there(run))
    });
}

fn step(run: &RunModel, id: StepId) -> &Progress {
    run.steps.iter().find(|step| step.id == id).unwrap()
}

#[test]
fn every_request_and_every_wait_of_a_step_is_in_its_timeline() {
    let mut page = at_the_review();
    let wait = Duration::from_secs(20);
    page.goes_wrong(Method::POST, GRANTS, FaultKind::Throttled(Some(wait)));
    page.does(Msg::Run(RunMsg::Approved));
    let run = run(&page.model);
    let mut throttled = 0;
    for step in &run.steps {
        let timeline = &step.timeline;
        let Some(started) = timeline.started() else {
            continue;
        };
        let requests = timeline.spans().iter().filter(|span| match span {
            Span::Request(_) => true,
            Span::Wait { .. } => false,
        });
        assert_eq!(requests.count(), step.attempt as usize, "{:?}", step.id);
        assert!(started >= run.began);
        assert!(timeline.took().is_some() && timeline.current().is_none());
        let mut at = started;
        for span in timeline.spans() {
            assert!(
                span.from() >= at && span.to() >= span.from(),
                "{:?}",
                step.id
            );
            at = span.from();
            if let Span::Wait {
                note: WaitNote::Throttled { .. },
                from,
                to,
            } = span
            {
                throttled += 1;
                let waited = Duration::try_from(to.duration_since(*from)).unwrap();
                assert!(waited <= wait && waited > wait / 2, "{waited:?}");
            }
        }
    }
    assert!(throttled > 0);
    let page = html(&page.model);
    assert!(page.contains(Locale::En.run_requests()), "{page}");
    assert!(page.contains("the service limited requests"), "{page}");
    assert!(page.contains("Status 429 after"), "{page}");
    assert!(page.contains(r#"data-state="refused""#), "{page}");
}

#[test]
fn each_step_shows_the_request_that_was_sent_in_the_picked_format() {
    let mut page = at_the_review();
    let before = html(&page.model);
    assert!(before.contains("PATCH /v1.0/applications(uniqueName="));
    assert!(before.contains("{server app object ID}"));
    page.types(FieldId::RequestFormat, "azure-cli");
    let review = html(&page.model);
    assert!(review.contains("az rest --method PATCH"));
    assert!(review.contains(Locale::En.request_connect()) && review.contains("az login --tenant"));
    page.does(Msg::Run(RunMsg::Approved));
    let ended = html(&page.model);
    let run = run(&page.model);
    let writing = run.plan().steps.iter();
    for step in writing.filter(|it| it.action.write().is_some()) {
        let progress = run.steps.iter().find(|it| it.id == step.id).unwrap();
        let sent = progress.sent.as_ref().unwrap();
        let text = format!("{} {:?}", sent.url, sent.body);
        assert!(!text.contains('{') || !text.contains("ID}"), "{text}");
    }
    assert!(!ended.contains(" object ID}"));
    assert!(ended.contains("az rest --method POST"));
    let secret = page.model.runs.secret.as_ref().unwrap();
    assert!(!ended.contains(secret.text.expose()));
    page.types(FieldId::RequestFormat, "powershell");
    // The run has registered resource providers.
    assert!(html(&page.model).contains("Connect-AzAccount"));
    page.types(FieldId::RequestFormat, "wget");
    assert_eq!(page.model.review.format, RequestFormat::Http);
}

#[test]
fn a_request_without_an_answer_is_shown_as_such() {
    let mut page = at_the_review();
    page.goes_wrong(Method::POST, GRANTS, FaultKind::LostAfter);
    page.does(Msg::Run(RunMsg::Approved));
    let page = html(&page.model);
    assert!(page.contains("No answer after"), "{page}");
}

#[test]
fn a_request_on_its_way_has_no_end_yet() {
    let mut page = at_the_review();
    approves_until(&mut page, |run| {
        step(run, StepId::ServerApp).timeline.current().is_some()
    });
    assert!(
        step(run(&page.model), StepId::ServerApp)
            .timeline
            .took()
            .is_none()
    );
    assert!(html(&page.model).contains(Locale::En.run_lane_reads()));
}

#[test]
fn the_time_left_is_estimated_from_the_steps_that_are_done() {
    let mut page = at_the_review();
    approves_until(&mut page, |run| run.count().0 == 0);
    assert_eq!(run(&page.model).time_left(), None);

    // Every answer takes the same time, and nothing is copied.
    let mut page = at_the_review_of(Sim::new(1));
    approves_until(&mut page, |run| {
        step(run, StepId::ClientApp).state.is_over()
    });
    let Some(TimeLeft::About(left)) = run(&page.model).time_left() else {
        panic!("{:?}", run(&page.model).time_left());
    };
    // Of the steps that are left, the secret has the longest row: settings or service principal, consent, secret.
    let done = run(&page.model).steps.iter();
    let done: Vec<Duration> = done.filter_map(|step| step.timeline.took()).collect();
    let average = done.iter().sum::<Duration>() / u32::try_from(done.len()).unwrap();
    assert!(
        left > average * 2 && left < average * 10,
        "{left:?} {average:?}"
    );
    assert!(html(&page.model).contains("an estimate from the steps so far"));
}

#[test]
fn only_the_registration_of_providers_is_left() {
    let hour = Duration::from_secs(3600);
    let mut page = at_the_review_of(Sim::new(1).lively().with_registering(hour));
    approves_until(&mut page, |run| {
        matches!(run.time_left(), Some(TimeLeft::AtMost(_)))
    });
    let text = html(&page.model);
    assert!(
        text.contains("Azure completes the registration without this page"),
        "{text}"
    );
    let Some(TimeLeft::AtMost(left)) = run(&page.model).time_left() else {
        unreachable!()
    };
    assert!(left <= Duration::from_secs(240), "{left:?}");
    let later = page.model.now + jiff::SignedDuration::from_secs(30);
    page.model.update(Msg::Run(RunMsg::Ticked(later)));
    let Some(TimeLeft::AtMost(then)) = run(&page.model).time_left() else {
        unreachable!()
    };
    assert_eq!(left.saturating_sub(then), Duration::from_secs(30));
}

#[test]
fn an_estimate_is_rounded_up() {
    for (seconds, shown) in [
        (0, 5),
        (1, 5),
        (5, 5),
        (6, 10),
        (60, 60),
        (61, 90),
        (200, 210),
    ] {
        assert_eq!(rounded(Duration::from_secs(seconds)), shown);
    }
    assert_eq!(rounded(Duration::from_millis(5_001)), 10);
}

#[test]
fn the_page_says_what_the_run_waits_for() {
    let mut page = at_the_review();
    approves_until(&mut page, |run| run.count().0 == 1);
    let text = html(&page.model);
    assert!(text.contains(Locale::En.run_now()), "{text}");
    assert!(text.contains("Waits for the answer"), "{text}");
}

#[test]
fn the_title_of_the_window_has_the_count_while_the_run_is_in_progress() {
    let mut page = at_the_review();
    page.does(Msg::Run(RunMsg::Approved));
    let titles = page.window.titles.borrow().clone();
    let (_, all) = run(&page.model).count();
    assert_eq!(titles.len() as u64, all, "{titles:?}");
    assert!(titles[0].starts_with(&format!("(1/{all}) ")), "{titles:?}");
    let places = page.window.place_titles.borrow().clone();
    assert!(
        places.last().is_some_and(|title| !title.starts_with('(')),
        "{places:?}"
    );
}

#[test]
fn a_notification_at_the_end_is_shown_only_if_it_was_asked_for() {
    let mut page = at_the_review();
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.window.notified.borrow().is_empty());

    for is_allowed in [false, true] {
        let mut page = at_the_review();
        page.window.allows_notifications.set(is_allowed);
        approves_until(&mut page, |run| run.count().0 == 1);
        assert!(html(&page.model).contains(Locale::En.run_notify()));
        page.does_until(Msg::NotificationsAsked, |model| {
            model.notice.notifications != Notifications::Off
        });
        let (state, sentence, shown) = if is_allowed {
            (Notifications::On, Locale::En.run_notify_on(), 1)
        } else {
            (Notifications::Refused, Locale::En.run_notify_refused(), 0)
        };
        assert_eq!(page.model.notice.notifications, state);
        assert!(html(&page.model).contains(sentence));
        page.does(Msg::SkipAsked);
        let notified = page.window.notified.borrow();
        assert_eq!(notified.len(), shown, "{notified:?}");
        // It is visible outside of the page.
        assert!(
            notified
                .iter()
                .all(|text| text.contains("Setup is complete") && !text.contains("importers")),
            "{notified:?}"
        );
    }
}

#[test]
fn an_embedded_page_offers_no_notification() {
    let mut page = at_the_review();
    approves_until(&mut page, |run| run.count().0 == 1);
    assert!(html(&page.model).contains(Locale::En.run_notify()));
    page.model.embedding = Embedding::Frame;
    assert!(!html(&page.model).contains(Locale::En.run_notify()));
}

#[test]
fn a_hand_over_without_its_values_says_so_in_its_title_and_leads_to_the_run() {
    let mut page = at_the_review();
    page.goes_wrong(Method::PATCH, "/v1.0/applications", FaultKind::Denied);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    let text = html(&page.model);
    let missing = Locale::En.hand_over_missing();
    assert!(text.contains(&format!(">{missing}</h1>")), "{text}");
    assert!(!text.contains(Locale::En.hand_over_title()), "{text}");
    assert!(text.contains(Locale::En.hand_over_run()), "{text}");
}
