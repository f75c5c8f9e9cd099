//! The page in a frame: Microsoft's page has a window of its own, which answers, or does not, or is given up.

use cloud_sim::Sim;
use cloud_sim::world::SimWorld;
use cloud_sim::world::Window;
use cmg_entra_setup::ui::embedding::state::Embedding;
use cmg_entra_setup::ui::field_id::Entry;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Place;
use cmg_entra_setup::ui::route::Step;
use cmg_entra_setup::ui::sign_in::state::Access;
use domain::platform::World as _;
use engine::auth::error::SignInError;
use engine::auth::sign_in::SignIn;

use crate::page::Page;
use crate::page::start;

const BRIDGE: &str = "https://cmg-entra-setup.test/bridge.html";

fn world() -> SimWorld {
    let mut sim = Sim::new(1);
    sim.serve_page_at(BRIDGE);
    SimWorld::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap())
}

/// In a frame, at the step of the sign-in.
pub(crate) fn framed() -> Page {
    let world = world();
    let start = Start {
        embedding: Embedding::Frame,
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    page.goes(Place::Step(Step::AzureService));
    page.types(Entry::Tenant, "fabrikam.com");
    page
}

/// The sign-in that is wanted when Sign in is pressed.
fn wish(page: &Page) -> SignIn {
    let mut model = page.model.clone();
    let wanted = model.update(Msg::SignInAsked);
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
    let Access::Refused(refused) = &page.model.sign_in.access else {
        panic!("{:?}", page.model.sign_in.access);
    };
    assert_eq!(&refused.error, expected);
}

#[test]
fn a_window_comes_back_to_its_own_address_and_signs_the_page_in() {
    let mut page = framed();
    assert_eq!(wish(&page).redirect_uri, BRIDGE);
    page.does(Msg::SignInAsked);
    assert!(page.model.sign_in.access.visitor().is_some());
    assert_eq!(page.world.recall("sign-in"), None);
}

#[test]
fn a_page_with_a_tab_of_its_own_comes_back_to_itself() {
    let mut page = framed();
    page.model.embedding = Embedding::Standalone;
    assert_eq!(wish(&page).redirect_uri, "https://cmg-entra-setup.test/");
}

#[test]
fn a_window_that_does_not_open_is_told_and_leaves_no_attempt() {
    let mut page = framed();
    page.world.let_window(Some(Window::Blocked));
    page.does(Msg::SignInAsked);
    is_refused(&page, &SignInError::NoWindow);
    assert_eq!(page.world.recall("sign-in"), None);
    page.world.let_window(None);
    page.does(Msg::SignInAsked);
    assert!(
        page.model.sign_in.access.visitor().is_some(),
        "and then it opens"
    );
}

#[test]
fn a_sign_in_in_a_window_can_be_given_up() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    assert!(matches!(page.model.sign_in.access, Access::Leaving));
    page.does(Msg::SignInDropped);
    assert!(matches!(page.model.sign_in.access, Access::Out));
    assert_eq!(page.world.recall("sign-in"), None);
}

#[test]
fn given_up_on_the_review_it_says_again_what_is_missing() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.goes(Place::Review);
    page.does_at_once(Msg::SignInAsked);
    page.goes_at_once(Place::Review);
    assert_eq!(page.model.review.state, Review::Reading);
    page.does(Msg::SignInDropped);
    assert!(matches!(page.model.review.state, Review::Faulty { .. }));
}

#[test]
fn only_the_latest_window_is_waited_for() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    page.world.let_window(None);
    // Ends only because the first window is given up: it would be waited for without end.
    page.does(Msg::SignInAsked);
    assert!(page.model.sign_in.access.visitor().is_some());
}
