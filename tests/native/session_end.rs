//! How a sign-in ends without Sign out: the page discards its tokens and nothing else.

use std::time::Duration;

use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use cmg_entra_setup::ui::sign_in::state::Ended;
use domain::platform::Platform as _;

use crate::page::Page;
use crate::page::signed_in;

#[track_caller]
fn ended(page: &Page, why: Ended) {
    assert_eq!(page.model.sign_in.access, AuthState::Ended(why));
}

#[track_caller]
fn still_in(page: &Page) {
    assert!(
        page.model.sign_in.access.user().is_some(),
        "{:?}",
        page.model.sign_in.access
    );
}

#[test]
fn an_idle_page_ends_its_sign_in_and_keeps_typed_values() {
    let mut page = signed_in();
    page.types(FieldId::Description, "For the branch offices");
    page.looks(30);
    still_in(&page);
    assert!(page.has_token());
    page.looks(1);
    ended(&page, Ended::Idle);
    assert_eq!(page.model.setup.draft.description, "For the branch offices");
    assert!(!page.has_token(), "a token is left");
    page.goes(Route::Review);
    assert!(!matches!(page.model.review.state, Review::Ready(_)));
    page.does(Msg::SignInAsked);
    still_in(&page);
}

#[test]
fn a_page_in_use_stays_signed_in() {
    let mut page = signed_in();
    for _ in 0..6 {
        page.looks(25);
        page.types(FieldId::Description, "Still here");
    }
    still_in(&page);
}

#[test]
fn time_asleep_counts_as_idle_despite_input_on_waking() {
    let mut page = signed_in();
    page.looks(2);
    page.passes(Duration::from_secs(8 * 3600));
    page.types(FieldId::Description, "Good morning");
    page.looks(1);
    ended(&page, Ended::Idle);
}

#[test]
fn a_computer_asleep_from_the_first_minute_loses_its_token() {
    for hours in [1, 8, 11] {
        let mut page = signed_in();
        page.passes(Duration::from_secs(30));
        page.types(FieldId::Description, "And to lunch");
        page.passes(Duration::from_secs(hours * 3600));
        page.does(page.look());
        ended(&page, Ended::Idle);
        assert!(!page.has_token(), "a token is left");
    }
    // Too short, so the regular check ends the sign-in later.
    let mut page = signed_in();
    page.passes(Duration::from_secs(20 * 60));
    page.does(page.look());
    still_in(&page);
    page.looks(10);
    ended(&page, Ended::Idle);
}

#[test]
fn an_unfinished_sign_in_discards_the_previous_token() {
    let mut page = signed_in();
    assert!(page.has_token());
    page.types(FieldId::Tenant, "nowhere.example");
    page.does(Msg::SignInAsked);
    assert!(matches!(page.model.sign_in.access, AuthState::Refused(_)));
    assert!(!page.has_token(), "a token is left");
}

#[test]
fn a_run_counts_as_use_and_its_secret_outlives_the_sign_in() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    page.passes(Duration::from_secs(40 * 60));
    page.does_at_once(page.look());
    still_in(&page);
    page.looks(1);
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    still_in(&page);
    page.goes(Route::HandOver);
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    page.looks(32);
    ended(&page, Ended::Idle);
    assert!(page.model.runs.secret.is_some(), "the only copy is gone");
    assert!(!page.model.runs.is_secret_shown);
    page.saves_secret();
    assert!(page.model.runs.secret.is_none());
    assert!(page.model.runs.journals.open().next().is_none());
}

#[test]
fn a_run_that_takes_hours_keeps_its_sign_in() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    assert!(page.model.is_busy());
    // The admin does not use the page, and each inactivity check runs on time.
    let mut look = page.look();
    for _ in 0..180 {
        let Msg::Looked(visit, now) = look else {
            unreachable!()
        };
        page.model.update(Msg::Looked(visit, now));
        still_in(&page);
        look = Msg::Looked(visit, now + Duration::from_secs(60));
    }
}

#[test]
fn an_undo_in_progress_counts_as_use() {
    let world = crate::unfinished::dies_after(3);
    let mut page = crate::unfinished::opened(&world);
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    page.does(Msg::SignInAsked);
    page.model.update(Msg::Run(RunMsg::UndoApproved));
    assert!(page.model.is_busy());
    let Msg::Looked(visit, now) = page.look() else {
        unreachable!()
    };
    for minute in 1..40 {
        let now = now + Duration::from_secs(60 * minute);
        page.model.update(Msg::Looked(visit, now));
        still_in(&page);
    }
}

#[test]
fn checks_of_an_earlier_sign_in_end_nothing() {
    let mut page = signed_in();
    page.looks(29);
    page.does(Msg::SignInAsked);
    let late = page.world.now() + Duration::from_secs(3600);
    page.does(Msg::Looked(1, late));
    page.does(Msg::Looked(1, late + Duration::from_secs(3600)));
    still_in(&page);
}

#[test]
fn sign_out_waits_for_the_run_and_then_removes_the_secret() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    assert_eq!(page.model.update(Msg::SignedOut).len(), 0);
    still_in(&page);
    page.does(page.look());
    assert!(page.model.runs.secret.is_some());
    page.does(Msg::SignedOut);
    assert!(page.model.runs.secret.is_none());
    assert!(!page.has_token(), "a token is left");
}

#[test]
fn a_sign_out_in_another_tab_masks_the_secret() {
    let mut page = signed_in();
    let user = page.model.sign_in.access.user().unwrap();
    let who = user.account.object_id.to_string();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    assert!(page.model.runs.is_secret_shown);
    page.model.update(Msg::SignedOutElsewhere(who));
    assert!(!page.model.runs.is_secret_shown);
    assert!(page.model.runs.secret.is_some(), "the only copy is gone");
}

#[test]
fn a_sign_out_ends_the_same_account_in_other_tabs() {
    let mut first = signed_in();
    let mut second = signed_in();
    first.does(Msg::SignedOut);
    let told = first.window.told.borrow().clone();
    let [who] = told.as_slice() else {
        panic!("{told:?}")
    };
    second.does(Msg::SignedOutElsewhere("somebody else".to_owned()));
    still_in(&second);
    second.does(Msg::SignedOutElsewhere(who.clone()));
    ended(&second, Ended::Elsewhere);
    assert!(!second.has_token(), "a token is left");
    second.does(Msg::SignedOutElsewhere(who.clone()));
    ended(&second, Ended::Elsewhere);
}

#[test]
fn a_sign_out_in_another_tab_pauses_a_run() {
    let mut page = signed_in();
    let user = page.model.sign_in.access.user().unwrap();
    let who = user.account.object_id.to_string();
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::SignedOutElsewhere(who));
    ended(&page, Ended::Elsewhere);
    let run = page.model.runs.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Paused);
    page.does(Msg::SignInAsked);
    still_in(&page);
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
}
