//! A sign-in that is old writes nothing where the host asks for new ones, and none lasts for ever.

use std::time::Duration;

use cmg_entra_setup::domain::config::Config;
use cmg_entra_setup::engine::prepare::Stop;
use cmg_entra_setup::sim::entra::TOOL_PUBLIC;
use cmg_entra_setup::ui::access::Access;
use cmg_entra_setup::ui::access::Ended;
use cmg_entra_setup::ui::access::Unfit;
use cmg_entra_setup::ui::entry::Entry;
use cmg_entra_setup::ui::journals::Undo;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::place::Place;
use cmg_entra_setup::ui::place::Step;
use cmg_entra_setup::ui::review::Review;
use cmg_entra_setup::ui::run::RunState;
use cmg_entra_setup::ui::stage::Start;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::views::html;

/// Signed in to Fabrikam, at a host that asks for sign-ins of a quarter of an hour at most.
fn limited() -> Page {
    let world = world();
    let text = format!(r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}" }}, "signInAge": 15 }}"#);
    let start = Start {
        config: Some(Config::parse(text.as_bytes()).unwrap()),
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    page.goes(Place::Step(Step::AzureService));
    page.types(Entry::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    assert_eq!(page.stage.unfit(), None);
    page
}

/// Whether the next sign-in asks for credentials.
fn asks_anew(page: &Page) -> bool {
    let wanted = page.stage.clone().update(Msg::SignInAsked);
    wanted
        .iter()
        .any(|effect| matches!(effect, Effect::SignIn(wish) if wish.step_up.is_anew))
}

#[track_caller]
fn is_old(page: &Page) {
    let Review::Faulty { unfit, .. } = &page.stage.review else {
        panic!("{:?}", page.stage.review);
    };
    assert_eq!(*unfit, Some(Unfit::Old));
    assert!(html(&page.stage).contains("requires a recent sign-in before anything is written"));
}

#[track_caller]
fn completes(page: &mut Page) {
    page.does(Msg::SignInAsked);
    page.goes(Place::Review);
    page.does(Msg::Approved);
    assert_eq!(page.stage.run.as_ref().unwrap().state, RunState::Complete);
}

#[test]
fn a_review_that_takes_too_long_takes_another_sign_in() {
    let mut page = limited();
    page.goes(Place::Review);
    page.looks(14);
    assert!(page.stage.may_begin());
    page.looks(2);
    is_old(&page);
    assert!(asks_anew(&page));
    completes(&mut page);
}

#[test]
fn the_engine_writes_nothing_with_an_old_sign_in_whatever_the_page_has_seen() {
    let mut page = limited();
    page.goes(Place::Review);
    page.passes(Duration::from_secs(16 * 60));
    page.does(Msg::Approved);
    assert_eq!(page.stage.stop, Some(Stop::SignInOld));
    assert!(page.stage.run.is_none());
    is_old(&page);
    completes(&mut page);
}

#[test]
fn taking_back_takes_a_new_sign_in_too() {
    let mut page = limited();
    page.goes(Place::Review);
    page.does_until(Msg::Approved, |stage| {
        stage.run.as_ref().is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::StopAsked);
    let run = page.stage.journals.open().next().unwrap().run;
    page.does(Msg::UndoAsked(run));
    assert!(matches!(page.stage.journals.undo, Undo::Ready { .. }));
    page.passes(Duration::from_secs(16 * 60));
    page.does(Msg::UndoApproved);
    assert!(matches!(
        page.stage.journals.undo,
        Undo::Stopped(Stop::SignInOld)
    ));
    page.does(Msg::SignInAsked);
    assert!(matches!(page.stage.journals.undo, Undo::Ready { .. }));
}

#[test]
fn a_check_asks_for_no_credentials_and_without_a_limit_nothing_does() {
    let mut page = limited();
    assert!(asks_anew(&page));
    page.goes(Place::CheckPair);
    assert!(!asks_anew(&page));
    let page = signed_in();
    assert!(!asks_anew(&page));
}

#[test]
fn no_sign_in_lasts_longer_than_half_a_day_however_much_it_is_used() {
    let mut page = signed_in();
    for _ in 0..47 {
        page.looks(15);
        page.types(Entry::Description, "Still here");
    }
    assert!(page.stage.access.visitor().is_some());
    page.looks(15);
    assert_eq!(page.stage.access, Access::Ended(Ended::Over));
    assert!(!page.has_token(), "a token is left");
}
