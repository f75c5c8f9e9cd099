//! The page in a frame: sign-in opens in its own window, which returns a response, returns none, or is abandoned.

use cmg_entra_setup::auth::error::SignInError;
use cmg_entra_setup::auth::sign_in::SignIn;
use cmg_entra_setup::sim::Sim;
use cmg_entra_setup::sim::world::SimWorld;
use cmg_entra_setup::sim::world::Window;
use cmg_entra_setup::ui::access::Access;
use cmg_entra_setup::ui::entry::Entry;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::place::Place;
use cmg_entra_setup::ui::place::Step;
use cmg_entra_setup::ui::review::Review;
use cmg_entra_setup::ui::stage::Start;
use cmg_entra_setup::world::World as _;

use crate::page::Page;
use crate::page::start;

const BRIDGE: &str = "https://cmg-entra-setup.test/bridge.html";

fn world() -> SimWorld {
    let mut sim = Sim::new(1);
    sim.serve_page_at(BRIDGE);
    SimWorld::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap())
}

/// A page in a frame, at the sign-in step.
pub(crate) fn framed() -> Page {
    let world = world();
    let start = Start {
        is_framed: true,
        portal_signs_in: false,
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    page.goes(Place::Step(Step::AzureService));
    page.types(Entry::Tenant, "fabrikam.com");
    page
}

/// The sign-in that starts when the admin selects Sign in.
fn wish(page: &Page) -> SignIn {
    let mut stage = page.stage.clone();
    let wanted = stage.update(Msg::SignInAsked);
    let Some(Effect::SignIn(wish)) = wanted
        .iter()
        .find(|effect| matches!(effect, Effect::SignIn(_)))
    else {
        panic!("no sign-in in {wanted:?}");
    };
    wish.as_ref().clone()
}

#[track_caller]
fn is_refused(page: &Page, expected: &SignInError) {
    let Access::Refused(refused) = &page.stage.access else {
        panic!("{:?}", page.stage.access);
    };
    assert_eq!(&refused.error, expected);
}

#[test]
fn a_window_returns_to_its_own_url_and_signs_in_the_page() {
    let mut page = framed();
    assert_eq!(wish(&page).redirect_uri, BRIDGE);
    page.does(Msg::SignInAsked);
    assert!(page.stage.access.visitor().is_some());
    assert_eq!(page.world.recall("sign-in"), None);
}

#[test]
fn a_page_in_its_own_tab_returns_to_its_own_url() {
    let mut page = framed();
    page.stage.bridge = None;
    assert_eq!(wish(&page).redirect_uri, "https://cmg-entra-setup.test/");
}

#[test]
fn a_blocked_window_shows_an_error_and_leaves_no_attempt() {
    let mut page = framed();
    page.world.let_window(Some(Window::Blocked));
    page.does(Msg::SignInAsked);
    is_refused(&page, &SignInError::NoWindow);
    assert_eq!(page.world.recall("sign-in"), None);
    page.world.let_window(None);
    page.does(Msg::SignInAsked);
    assert!(page.stage.access.visitor().is_some(), "and then it opens");
}

#[test]
fn a_sign_in_in_a_window_can_be_canceled() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    assert!(matches!(page.stage.access, Access::Leaving));
    page.does(Msg::SignInDropped);
    assert!(matches!(page.stage.access, Access::Out));
    assert_eq!(page.world.recall("sign-in"), None);
}

#[test]
fn a_sign_in_canceled_on_the_review_shows_what_is_missing() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.goes(Place::Review);
    page.does_at_once(Msg::SignInAsked);
    page.goes_at_once(Place::Review);
    assert_eq!(page.stage.review, Review::Reading);
    page.does(Msg::SignInDropped);
    assert!(matches!(page.stage.review, Review::Faulty { .. }));
}

#[test]
fn the_page_waits_only_for_the_latest_window() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    page.world.let_window(None);
    // This ends only because the first window is abandoned. Otherwise the page would wait for it without a limit.
    page.does(Msg::SignInAsked);
    assert!(page.stage.access.visitor().is_some());
}
