//! Two persons and one plan: the first designs without a sign-in, the second carries it out, the first gets the result. A plan, a link or a
//! result does nothing by itself.

use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PlanMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::plan::state::OpenRefused;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use domain::config::Config;
use domain::platform::Platform as _;
use engine::export::plan_file::PlanError;
use engine::export::received::ReceivedError;
use engine::export::saved_file::FileError;
use jiff::Timestamp;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::unfinished;
use crate::views::html;

const FABRIKAM: &str = "fabrikam.com";

/// The answers of the first person, who is not signed in.
fn designed() -> Page {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.types(FieldId::Tenant, FABRIKAM);
    page.types(FieldId::ServerName, "CMG O'Brien");
    page.types(FieldId::UserDiscovery, "on");
    page.goes(Route::Plan);
    page
}

fn link_of(page: &Page) -> String {
    let link = page.model.plan_file().unwrap().link().unwrap();
    format!("/plan?{link}")
}

fn opened(address: &str) -> (Model, Vec<Effect>) {
    let world = world();
    let mut start = start(&world);
    address.clone_into(&mut start.address);
    Model::new(start)
}

/// The second person, who has opened the link and uses its answers.
fn carrying_out(address: &str) -> Page {
    let mut page = signed_in();
    page.does(Msg::Moved(address.to_owned()));
    assert_eq!(page.model.route, Route::Plan);
    page.does(Msg::Plan(PlanMsg::Used));
    assert_eq!(page.model.route, Route::Review);
    // Discovery needs one more permission.
    page.does(Msg::SignInAsked);
    assert!(
        matches!(page.model.review.state, Review::Ready(_)),
        "{:?}",
        page.model.review.state
    );
    page
}

fn record(page: &Page) -> String {
    let run = page.model.runs.run.as_ref().unwrap();
    let handoff = run.handoff.as_ref().unwrap();
    handoff.record(run.review.plan_hash.as_deref())
}

#[test]
fn two_persons_set_up_a_pair_from_one_plan() {
    let mut first = designed();
    assert!(matches!(first.model.sign_in.access, AuthState::SignedOut));
    assert_eq!(first.world.requests(), 0);
    let hash = first.model.plan_file().unwrap().hash();
    let link = link_of(&first);
    let page = html(&first.model);
    for text in [
        &hash,
        "Application Administrator",
        "Privileged Role Administrator",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains(&format!("{}#{link}", first.model.home).replace('&', "&amp;")));

    let mut second = carrying_out(&link);
    let shown = html(&second.model);
    assert!(shown.contains(&hash));
    assert!(shown.contains(domain::locale::Locale::En.shared_plan_same()));
    assert_eq!(second.model.setup.draft.server_name, "CMG O'Brien");
    assert_eq!(
        second.model.setup.draft.scope_id,
        first.model.setup.draft.scope_id
    );
    second.does(Msg::Run(RunMsg::Approved));
    second.goes(Route::HandOver);
    assert!(html(&second.model).contains("Send the result back"));
    let secret = second.model.runs.secret.clone().unwrap();
    let record = record(&second);
    assert!(record.contains(&hash));
    second.does_at_once(Msg::Run(RunMsg::SecretToggled));
    let text = second.window.filled.borrow().clone().unwrap();
    assert!(!record.contains(&text));
    assert!(record.contains(&secret.key_id.to_string()));

    first.types(FieldId::PlanText, &record);
    assert_eq!(first.model.plan.refused, None);
    assert_eq!(first.model.route, Route::HandOver);
    let page = html(&first.model);
    for text in [
        "This is the result of the plan with your answers.",
        "The secret is not in this file",
        "Import-CMAADServerApplication",
        "New-CMCloudManagementGateway",
        "AADRESOURCEURI",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(first.world.requests(), 0);
    assert!(matches!(first.model.sign_in.access, AuthState::SignedOut));
    first.does(Msg::Run(RunMsg::ReceivedClosed));
    assert_eq!(first.model.route, Route::Plan);
}

/// A link or a file shows a plan. The answers, the sign-in and the requests stay as they were, until a person uses it.
#[test]
fn a_plan_changes_nothing_until_it_is_used() {
    let link = link_of(&designed());
    let (model, effects) = opened(&link);
    assert_eq!(model.route, Route::Plan);
    assert!(model.plan.opened.is_some());
    assert_eq!(model.setup.draft.tenant, "");
    for effect in effects {
        assert!(
            matches!(
                effect,
                Effect::Remember(..)
                    | Effect::Forget(_)
                    | Effect::ShowPlace { is_new: false, .. }
                    | Effect::ReadJournals
                    | Effect::AbandonSignIn
                    | Effect::FillSecret(None)
                    | Effect::EmitToParent(_)
            ),
            "{effect:?}"
        );
    }

    let mut page = signed_in();
    page.types(FieldId::ServerName, "Mine");
    let before = page.model.setup.draft.clone();
    let requests = page.world.requests();
    page.does(Msg::Moved(link.clone()));
    assert_eq!(
        (&page.model.setup.draft, page.world.requests()),
        (&before, requests)
    );
    page.does(Msg::Plan(PlanMsg::Closed));
    assert_eq!(page.model.plan.opened, None);
    page.types(
        FieldId::PlanText,
        &format!("https://cmg.contoso.com/#{link}"),
    );
    assert_eq!(
        (&page.model.setup.draft, page.world.requests()),
        (&before, requests)
    );
    page.does(Msg::Plan(PlanMsg::Used));
    assert_ne!(page.model.setup.draft, before);
    page.does(Msg::Plan(PlanMsg::TakenBack));
    assert_eq!(page.model.setup.draft, before);
    assert_eq!(page.model.plan.agreed, None);
    assert_eq!(page.world.session_get("plan"), None);
}

#[test]
fn the_review_says_when_the_answers_are_no_longer_the_plan() {
    let mut page = carrying_out(&link_of(&designed()));
    page.types(FieldId::ServerName, "Another name");
    page.goes(Route::Review);
    let differs = domain::locale::Locale::En.shared_plan_differs();
    assert!(html(&page.model).contains(differs));
    // After the redirect of a sign-in, or a reload.
    let world = page.world.clone();
    let page = Page::open(world.clone(), start(&world));
    assert!(page.model.plan.agreed.is_some());
}

#[test]
fn a_plan_needs_a_tenant_and_valid_answers() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Plan);
    assert!(html(&page.model).contains("Name the tenant"));
    page.types(FieldId::Tenant, FABRIKAM);
    page.types(FieldId::HomePageUrl, "javascript:alert(1)");
    assert!(!html(&page.model).contains("Save the plan"));
    page.types(FieldId::HomePageUrl, "https://contoso.com/");
    assert!(html(&page.model).contains("Save the plan"));
    // The sign-in completes answers without a tenant.
    let mut page = signed_in();
    page.types(FieldId::Tenant, "");
    page.goes(Route::Plan);
    let tenant = page.model.sign_in.access.user().unwrap().tenant.to_string();
    assert_eq!(page.model.plan_file().unwrap().draft().tenant, tenant);
}

#[test]
fn a_result_of_another_tenant_or_plan_is_named() {
    let mut second = carrying_out(&link_of(&designed()));
    second.does(Msg::Run(RunMsg::Approved));
    let record = record(&second);
    // This page has a result of its own.
    second.goes(Route::Plan);
    second.types(FieldId::PlanText, &record);
    assert_eq!(second.model.plan.refused, Some(OpenRefused::Busy));
    assert_eq!(second.model.route, Route::Plan);
    assert!(
        second.model.plan.text.contains("planHash"),
        "what was typed stays"
    );

    let mut other = designed();
    other.types(FieldId::Tenant, "11111111-2222-4333-8444-555555555555");
    other.types(FieldId::PlanText, &record);
    assert_eq!(other.model.plan.refused, Some(OpenRefused::OtherTenant));

    let mut other = designed();
    other.types(FieldId::ServerName, "Since changed");
    other.types(FieldId::PlanText, &record);
    assert!(html(&other.model).contains("This is not the result of the plan"));

    // Another computer, on which nothing was answered.
    let world = world();
    let mut fresh = Page::open(world.clone(), start(&world));
    fresh.goes(Route::Plan);
    fresh.types(FieldId::PlanText, &record);
    let page = html(&fresh.model);
    assert!(page.contains("Result of another person"));
    assert!(!page.contains("the result of the plan with your"));
}

#[test]
fn bad_plans_and_results_are_refused_beside_the_field() {
    let mut page = designed();
    let good = page.model.plan_file().unwrap().text(Timestamp::UNIX_EPOCH);
    let plan = |error| OpenRefused::Plan(PlanError::Unreadable(error));
    let result = |error| OpenRefused::Result(ReceivedError::Unreadable(error));
    for (text, why) in [
        (
            good.replace(FABRIKAM, "woodgrove.com"),
            OpenRefused::Plan(PlanError::Changed),
        ),
        (
            good[..good.len() / 2].to_owned(),
            result(FileError::NotJson),
        ),
        (
            good.replace("\"version\": 1", "\"version\": 2"),
            plan(FileError::Newer),
        ),
        (
            good.replace("setup/plan", "setup/report"),
            plan(FileError::OtherKind),
        ),
        ("x".repeat(300_000), result(FileError::TooLarge)),
        (
            "https://cmg.contoso.com/#/plan?version=9".to_owned(),
            plan(FileError::Newer),
        ),
        (
            "https://cmg.contoso.com/#/review".to_owned(),
            result(FileError::NotJson),
        ),
        (
            r#"{"format":"cmg-entra-setup/handover/7"}"#.to_owned(),
            result(FileError::Newer),
        ),
    ] {
        page.types(FieldId::PlanText, &text);
        assert_eq!(page.model.plan.refused, Some(why), "{text:.80}");
        assert_eq!(page.model.plan.text, text);
        let page = html(&page.model);
        assert!(
            page.contains("field-error") || page.contains("aria-invalid=\"true\""),
            "{text:.80}"
        );
    }
    page.types(FieldId::PlanText, &good);
    assert_eq!(page.model.plan.refused, None);
    // 50 MB: the browser does not read it.
    page.does(Msg::FileRead(FieldId::PlanText, None));
    assert!(page.model.notice.is_visible);
}

/// Neither while a run is unfinished, nor where the site owner has turned off what the plan uses.
#[test]
fn a_plan_is_not_used_where_it_cannot_be() {
    let link = link_of(&designed());
    let world = world();
    let mut start = start(&world);
    let text = r#"{"clients":{"public":"5e97358c-d99c-4558-af0c-de7774091dda"},"features":{"discovery":false}}"#;
    start.config = Some(Config::parse(text.as_bytes()).unwrap());
    start.address = link.clone();
    let mut page = Page::open(world, start);
    let before = page.model.setup.draft.clone();
    page.does(Msg::Plan(PlanMsg::Used));
    assert_eq!(page.model.plan.refused, Some(OpenRefused::TurnedOff));
    assert_eq!(page.model.setup.draft, before);
    assert!(page.model.plan.opened.is_some());

    let mut page = unfinished::opened(&unfinished::dies_after(5));
    page.does(Msg::SignInAsked);
    page.does(Msg::Moved(link));
    let before = page.model.setup.draft.clone();
    page.does(Msg::Plan(PlanMsg::Used));
    assert_eq!(page.model.plan.refused, Some(OpenRefused::Busy));
    assert_eq!(page.model.setup.draft, before);
}

/// The result of another person stays until this page has a result of its own.
#[test]
fn a_run_replaces_the_result_of_another_person() {
    let mut second = carrying_out(&link_of(&designed()));
    second.does(Msg::Run(RunMsg::Approved));
    let record = record(&second);
    let mut page = signed_in();
    page.goes(Route::Plan);
    page.types(FieldId::PlanText, &record);
    assert!(html(&page.model).contains("Result of another person"));
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    assert!(!html(&page.model).contains("Result of another person"));
    assert!(html(&page.model).contains("Show"));
}

#[test]
fn the_answers_of_a_run_are_not_taken_back() {
    let mut page = carrying_out(&link_of(&designed()));
    page.does(Msg::Run(RunMsg::Approved));
    let during = page.model.setup.draft.clone();
    page.goes(Route::Plan);
    page.does(Msg::Plan(PlanMsg::TakenBack));
    assert_eq!(page.model.setup.draft, during);
    assert_eq!(page.model.plan.refused, Some(OpenRefused::Busy));
}

/// Work on the plan page counts as use of the page, so the sign-in stays.
#[test]
fn clicks_on_the_plan_page_are_input() {
    for msg in [PlanMsg::Used, PlanMsg::TakenBack, PlanMsg::Closed] {
        assert!(Msg::Plan(msg).is_by_hand(), "{msg:?}");
    }
    assert!(!Msg::Plan(PlanMsg::Entered).is_by_hand());
    assert!(Msg::Run(RunMsg::ReceivedClosed).is_by_hand());
}

/// The tenant has changed since the review, so the run does not begin and the page reviews again.
#[test]
fn the_plan_hash_stays_when_the_tenant_has_changed() {
    let mut page = carrying_out(&link_of(&designed()));
    let hash = page.model.plan_file().map(|plan| plan.hash());
    second_window_sets_up(&page);
    page.does(Msg::Run(RunMsg::Approved));
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state);
    };
    assert!(hash.is_some());
    assert_eq!(review.plan_hash, hash);
}

#[test]
fn a_result_of_another_cloud_is_refused() {
    let mut second = carrying_out(&link_of(&designed()));
    second.does(Msg::Run(RunMsg::Approved));
    let record = record(&second);
    let mut first = designed();
    first.types(FieldId::Cloud, "usgov");
    first.types(FieldId::PlanText, &record);
    assert_eq!(first.model.plan.refused, Some(OpenRefused::OtherTenant));
}

/// Another admin sets up the pair of the same plan.
fn second_window_sets_up(page: &Page) {
    let mut other = unfinished::opened(&page.world.another_page(false));
    other.does(Msg::Moved(link_of(&designed())));
    other.does(Msg::Plan(PlanMsg::Used));
    other.does(Msg::SignInAsked);
    other.does(Msg::Run(RunMsg::Approved));
    assert!(other.model.runs.run.is_some());
    other.saves_secret();
}
