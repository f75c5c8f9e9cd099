//! What the account may not do is counted and named before the run, and can be left out.

use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::review::state::ReviewData;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use domain::roles::Task;
use engine::desired::OnRefusal;
use engine::plan::step::StepId;
use uuid::Uuid;

use crate::page;
use crate::page::Page;
use crate::views::html;

/// At the review, signed in with an account that may create apps, may not consent, and may not register providers.
fn at_the_review(subscription: bool) -> Page {
    let world = page::world();
    let mut page = Page::open(world.clone(), page::start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "litware.com");
    page.does(Msg::SignInAsked);
    if subscription {
        let subscription = page::first_subscription(&page);
        page.types(FieldId::Subscription, &subscription);
    }
    page.goes(Route::Review);
    page
}

fn decides(page: &mut Page, what: OnRefusal) {
    page.does(Msg::Typed(FieldId::OnRefusal, what.key().to_owned()));
}

fn review(page: &Page) -> &ReviewData {
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state);
    };
    review
}

fn writes(page: &Page) -> Vec<StepId> {
    review(page).requests.iter().map(|it| it.step).collect()
}

#[test]
fn the_review_counts_and_names_what_will_be_refused() {
    let page = at_the_review(false);
    let refused = &review(&page).refused;
    let consents = vec![StepId::ServerConsent, StepId::GraphConsent];
    assert_eq!(refused.refused, [(Task::ConsentToServerApp, consents)]);
    assert_eq!(refused.dependents, [StepId::Secret]);
    assert_eq!((refused.count(), refused.remaining), (3, 6));
    let html = html(&page.model);
    assert!(html.contains("3 changes will be refused"), "{html}");
    assert!(
        html.contains("Needs: Cloud Application Administrator"),
        "{html}"
    );
}

#[test]
fn a_run_with_refused_changes_needs_a_decision() {
    let mut page = at_the_review(false);
    assert!(!page.model.may_begin());
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.run.is_none(), "nothing began");
    decides(&mut page, OnRefusal::Try);
    assert!(page.model.may_begin());
    assert_eq!(writes(&page).len(), 9, "all are tried");
    // Another account decides again.
    page.does(Msg::SignInAsked);
    assert!(!page.model.may_begin());
}

#[test]
fn what_is_left_out_is_listed_after_the_run_and_done_by_another_account() {
    let mut page = at_the_review(false);
    decides(&mut page, OnRefusal::LeaveOut);
    assert_eq!(writes(&page).len(), 6);
    assert_eq!(review(&page).refused.count(), 3, "still listed");
    assert!(html(&page.model).contains("3 changes are left out"));
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Paused);
    assert_eq!(run.problems().count(), 0);
    assert!(page.model.runs.secret.is_none(), "no secret before consent");
    assert!(html(&page.model).contains("What this account may change is done"));
    page.goes(Route::HandOver);
    let shown = html(&page.model);
    assert!(
        shown.contains("Not everything is set up yet") && shown.contains("Admin consent"),
        "{shown}"
    );

    // The account gets the role: the rest is done, and nothing is done twice.
    let global_administrator = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);
    page.world
        .with_sim(|sim| sim.set_directory_roles("admin@litware.com", &[global_administrator]));
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    assert_eq!(
        writes(&page),
        [StepId::ServerConsent, StepId::GraphConsent, StepId::Secret]
    );
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    assert!(page.model.runs.secret.is_some());
}

/// A Global Administrator without a role in Azure: the apps are complete, and the hand-over asks the subscription's owner.
#[test]
fn left_out_providers_are_requested_in_the_hand_over() {
    let mut page = at_the_review(true);
    let global_administrator = Uuid::from_u128(0x62e9_0394_69f5_4237_9190_0121_7714_5e10);
    page.world
        .with_sim(|sim| sim.set_directory_roles("admin@litware.com", &[global_administrator]));
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    let refused = &review(&page).refused;
    let tasks: Vec<_> = refused.refused.iter().map(|(task, _)| *task).collect();
    assert_eq!(tasks, [Task::RegisterProviders]);
    decides(&mut page, OnRefusal::LeaveOut);
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Paused);
    page.goes(Route::HandOver);
    let handoff = page.model.runs.run.as_ref().unwrap().handoff.as_ref();
    let handoff = handoff.unwrap();
    assert!(handoff.provider_request.is_some());
    let shown = html(&page.model);
    assert!(shown.contains("These changes are left"), "{shown}");
}

/// A role that reads may change nothing, so nothing can be left out.
#[test]
fn an_account_that_may_do_nothing_can_only_try() {
    let mut page = at_the_review(false);
    page.world
        .with_sim(|sim| sim.set_directory_roles("admin@litware.com", &[]));
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    assert_eq!(review(&page).refused.remaining, 0);
    assert!(!html(&page.model).contains("leave-out"));
}
