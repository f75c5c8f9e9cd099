//! The page in a frame: sign-in opens in its own window, which returns a response, returns none, or is abandoned.

use cloud_sim::Sim;
use cloud_sim::platform::SimPlatform;
use cloud_sim::platform::Window;
use cmg_entra_setup::ui::embedding::state::Embedding;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Effect;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use domain::platform::Platform as _;
use engine::auth::error::SignInError;
use engine::auth::sign_in::SignIn;

use crate::page::Page;
use crate::page::start;

const BRIDGE: &str = "https://cmg-entra-setup.test/bridge.html";

fn world() -> SimPlatform {
    let mut sim = Sim::new(1);
    sim.serve_page_at(BRIDGE);
    SimPlatform::virtual_clock(sim, "2026-11-23T10:00:00Z".parse().unwrap())
}

/// A page in a frame, at the sign-in step.
pub(crate) fn framed() -> Page {
    let world = world();
    let start = Start {
        embedding: Embedding::Frame,
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page
}

/// The sign-in that starts when the admin selects Sign in.
fn request(page: &Page) -> SignIn {
    let mut model = page.model.clone();
    let wanted = model.update(Msg::SignInAsked);
    let Some(Effect::SignIn(request)) = wanted
        .iter()
        .find(|effect| matches!(effect, Effect::SignIn(_)))
    else {
        panic!("no sign-in in {wanted:?}");
    };
    request.as_ref().clone()
}

#[track_caller]
fn is_refused(page: &Page, expected: &SignInError) {
    let AuthState::Refused(refused) = &page.model.sign_in.access else {
        panic!("{:?}", page.model.sign_in.access);
    };
    assert_eq!(&refused.error, expected);
}

#[test]
fn a_window_returns_to_its_own_url_and_signs_in_the_page() {
    let mut page = framed();
    assert_eq!(request(&page).redirect_uri, BRIDGE);
    page.does(Msg::SignInAsked);
    assert!(page.model.sign_in.access.user().is_some());
    assert_eq!(page.world.session_get("sign-in"), None);
}

#[test]
fn a_page_in_its_own_tab_returns_to_its_own_url() {
    let mut page = framed();
    page.model.embedding = Embedding::Standalone;
    assert_eq!(request(&page).redirect_uri, "https://cmg-entra-setup.test/");
}

#[test]
fn a_blocked_window_shows_an_error_and_leaves_no_attempt() {
    let mut page = framed();
    page.world.let_window(Some(Window::Blocked));
    page.does(Msg::SignInAsked);
    is_refused(&page, &SignInError::NoWindow);
    assert_eq!(page.world.session_get("sign-in"), None);
    page.world.let_window(None);
    page.does(Msg::SignInAsked);
    assert!(
        page.model.sign_in.access.user().is_some(),
        "and then it opens"
    );
}

#[test]
fn a_sign_in_in_a_window_can_be_canceled() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    assert!(matches!(page.model.sign_in.access, AuthState::Redirecting));
    page.does(Msg::SignInDropped);
    assert!(matches!(page.model.sign_in.access, AuthState::SignedOut));
    assert_eq!(page.world.session_get("sign-in"), None);
}

#[test]
fn a_sign_in_canceled_on_the_review_shows_what_is_missing() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.goes(Route::Review);
    page.does_at_once(Msg::SignInAsked);
    page.goes_at_once(Route::Review);
    assert_eq!(page.model.review.state, Review::Reading);
    page.does(Msg::SignInDropped);
    assert!(matches!(page.model.review.state, Review::Faulty { .. }));
}

#[test]
fn the_page_waits_only_for_the_latest_window() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    page.world.let_window(None);
    // This ends only because the first window is abandoned. Otherwise the page would wait for it without a limit.
    page.does(Msg::SignInAsked);
    assert!(page.model.sign_in.access.user().is_some());
}
