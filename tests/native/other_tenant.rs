//! The page writes only into the typed tenant, no matter when a value was typed and which data could not be read.

use std::rc::Rc;

use cloud_sim::faults::FaultKind;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use cloud_sim::seed::WOODGROVE;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::sign_in::state::AuthState;
use cmg_entra_setup::ui::sign_in::state::ReadState;
use cmg_entra_setup::ui::sign_in::state::SignInMismatch;
use http::Method;

use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::pair_check::found;
use crate::views::html;

/// Signed in to Fabrikam through an embedding page: Microsoft Entra ID has resolved no domain.
fn by_portal(typed: &str, is_readable: bool) -> Page {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, &FABRIKAM.to_string());
    if !is_readable {
        page.goes_wrong(Method::GET, "/v1.0/organization", FaultKind::Denied);
    }
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.sign_in.access.user().unwrap().tenant, FABRIKAM);
    page.types(FieldId::Tenant, typed);
    page
}

#[track_caller]
fn begins_nothing(page: &mut Page, unfit: SignInMismatch) {
    assert_eq!(page.model.mismatch(), Some(unfit));
    page.goes(Route::Review);
    page.world.reset_counts();
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.run.is_none(), "it began");
    assert_eq!(page.world.requests(), 0, "something was sent");
    let Review::Faulty { unfit: told, .. } = &page.model.review.state else {
        panic!("{:?}", page.model.review.state);
    };
    assert_eq!(*told, Some(unfit));
    let shown = html(&page.model);
    assert!(shown.contains(&page.model.setup.draft.tenant), "{shown}");
    assert!(shown.contains(&FABRIKAM.to_string()), "{shown}");
}

#[track_caller]
fn completes(page: &mut Page) {
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
}

#[test]
fn a_portal_tenant_is_compared_with_the_typed_domain() {
    begins_nothing(
        &mut by_portal("woodgrove.com", true),
        SignInMismatch::Tenant,
    );
    begins_nothing(
        &mut by_portal("woodgrove.com", false),
        SignInMismatch::TenantUnknown,
    );
    begins_nothing(
        &mut by_portal("fabrikam.com", false),
        SignInMismatch::TenantUnknown,
    );
    begins_nothing(
        &mut by_portal(&WOODGROVE.to_string(), false),
        SignInMismatch::Tenant,
    );
    completes(&mut by_portal("Fabrikam.com", true));
    completes(&mut by_portal("", false));
    completes(&mut by_portal(&FABRIKAM.to_string().to_uppercase(), false));
}

#[test]
fn a_domain_counts_only_for_the_sign_in_that_resolved_it() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.goes_wrong(Method::GET, "/v1.0/organization", FaultKind::Denied);
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.mismatch(), None);
    page.types(FieldId::Tenant, "woodgrove.com");
    begins_nothing(&mut page, SignInMismatch::TenantUnknown);
    page.types(FieldId::Tenant, "FABRIKAM.com");
    completes(&mut page);
}

#[test]
fn a_tenant_typed_after_the_review_blocks_the_run() {
    let mut page = signed_in();
    page.goes(Route::Review);
    assert!(page.model.may_begin());
    page.types(FieldId::Tenant, "woodgrove.com");
    begins_nothing(&mut page, SignInMismatch::Tenant);
    // The link that the review offers to continue.
    page.does(Msg::Typed(FieldId::Tenant, FABRIKAM.to_string()));
    completes(&mut page);
}

#[test]
fn the_tenant_is_checked_again_on_approval_and_on_new_facts() {
    let mut page = signed_in();
    page.goes(Route::Review);
    let reviewed = page.model.clone();
    // Changed without a message, as if the page had missed one.
    page.model.setup.draft.tenant = "woodgrove.com".to_owned();
    assert!(!page.model.may_begin());
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.run.is_none());
    page.model = reviewed;
    let AuthState::SignedIn(user) = &mut page.model.sign_in.access else {
        panic!("signed out");
    };
    let ReadState::Done(mut facts) = std::mem::replace(&mut user.facts, ReadState::Waiting) else {
        panic!("unread");
    };
    let tenant = user.tenant;
    facts.rules.domains = facts.rules.domains.map(|_| Vec::new());
    assert!(page.model.may_begin(), "Entra has resolved it");
    page.does(Msg::TenantRead(tenant, Rc::new(Ok(facts))));
    begins_nothing(&mut page, SignInMismatch::Tenant);
}

#[test]
fn a_sign_in_to_another_tenant_after_the_review_starts_no_run() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.model.setup.draft.tenant.clear();
    let AuthState::SignedIn(user) = &mut page.model.sign_in.access else {
        panic!("signed out");
    };
    user.tenant = WOODGROVE;
    assert!(!page.model.may_begin());
}

#[test]
fn a_pair_of_another_tenant_is_not_searched_or_repaired() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    assert_eq!(page.model.route, Route::Report);
    assert!(page.model.pair.report().is_some());
    page.types(FieldId::Tenant, "woodgrove.com");
    assert!(page.model.pair.report().is_none());
    page.world.reset_counts();
    page.goes(Route::CheckPair);
    page.goes(Route::Report);
    assert_eq!(page.world.requests(), 0);
    assert!(html(&page.model).contains("woodgrove.com"));
    page.types(FieldId::Tenant, "fabrikam.com");
    assert!(page.model.pair.report().is_some());
}

#[test]
fn the_tenant_in_a_saved_draft_or_a_link_is_checked_too() {
    let mut page = signed_in();
    page.types(FieldId::Tenant, "woodgrove.com");
    let mut again = Page::open(page.world.clone(), start(&page.world));
    again.types(FieldId::Tenant, "fabrikam.com");
    again.does(Msg::SignInAsked);
    again.goes(Route::Review);
    assert!(again.model.may_begin());
    again.does(Msg::Moved("/review?tenant=woodgrove.com".to_owned()));
    assert!(!again.model.may_begin());
    begins_nothing(&mut again, SignInMismatch::Tenant);
}

#[test]
fn an_account_typed_as_the_tenant_shows_a_field_error() {
    let mut page = by_portal("fabrikam.com", true);
    page.types(FieldId::Tenant, "admin@fabrikam.com");
    page.goes(Route::Step(WizardStep::AzureService));
    let told = page.model.fault(FieldId::Tenant).unwrap();
    assert!(told.contains("after the @"), "{told}");
    page.goes(Route::Review);
    assert!(!page.model.may_begin());
}
