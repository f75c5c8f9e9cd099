//! An old sign-in cannot write if the site owner sets a maximum sign-in age, and every sign-in expires.

use std::time::Duration;

use cloud_sim::entra::state::TOOL_PUBLIC;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::journals::Undo;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use cmg_entra_setup::ui::sign_in::state::Ended;
use cmg_entra_setup::ui::sign_in::state::SignInMismatch;
use domain::config::Config;
use engine::run::prepare::StartError;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::views::html;

/// Signed in to Fabrikam on a site with a maximum sign-in age of 15 minutes.
fn limited() -> Page {
    let world = world();
    let text = format!(r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}" }}, "signInAge": 15 }}"#);
    let start = Start {
        config: Some(Config::parse(text.as_bytes()).unwrap()),
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.mismatch(), None);
    page
}

/// True if the next sign-in requires credentials again.
fn asks_anew(page: &Page) -> bool {
    let wanted = page.model.clone().update(Msg::SignInAsked);
    wanted
        .iter()
        .any(|effect| matches!(effect, Effect::SignIn(request) if request.step_up.is_anew))
}

#[track_caller]
fn is_old(page: &Page) {
    let Review::Faulty { unfit, .. } = &page.model.review.state else {
        panic!("{:?}", page.model.review.state);
    };
    assert_eq!(*unfit, Some(SignInMismatch::Old));
    assert!(html(&page.model).contains("requires a recent sign-in before anything is written"));
}

#[track_caller]
fn completes(page: &mut Page) {
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
}

#[test]
fn a_long_review_requires_another_sign_in() {
    let mut page = limited();
    page.goes(Route::Review);
    page.looks(14);
    assert!(page.model.may_begin());
    page.looks(2);
    is_old(&page);
    assert!(asks_anew(&page));
    completes(&mut page);
}

#[test]
fn the_engine_writes_nothing_with_an_old_sign_in() {
    let mut page = limited();
    page.goes(Route::Review);
    page.passes(Duration::from_secs(16 * 60));
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(page.model.runs.stop, Some(StartError::SignInOld));
    assert!(page.model.runs.run.is_none());
    is_old(&page);
    completes(&mut page);
}

#[test]
fn an_undo_also_requires_a_new_sign_in() {
    let mut page = limited();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::Run(RunMsg::StopAsked));
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    assert!(matches!(page.model.runs.journals.undo, Undo::Ready { .. }));
    page.passes(Duration::from_secs(16 * 60));
    page.does(Msg::Run(RunMsg::UndoApproved));
    assert!(matches!(
        page.model.runs.journals.undo,
        Undo::Stopped(StartError::SignInOld)
    ));
    page.does(Msg::SignInAsked);
    assert!(matches!(page.model.runs.journals.undo, Undo::Ready { .. }));
}

#[test]
fn only_a_write_under_an_age_limit_requires_new_credentials() {
    let mut page = limited();
    assert!(asks_anew(&page));
    page.goes(Route::CheckPair);
    assert!(!asks_anew(&page));
    let page = signed_in();
    assert!(!asks_anew(&page));
}

#[test]
fn a_sign_in_in_use_ends_after_12_hours() {
    let mut page = signed_in();
    for _ in 0..47 {
        page.looks(15);
        page.types(FieldId::Description, "Still here");
    }
    assert!(page.model.sign_in.access.user().is_some());
    page.looks(15);
    assert_eq!(page.model.sign_in.access, AuthState::Ended(Ended::Over));
    assert!(!page.has_token(), "a token is left");
}
