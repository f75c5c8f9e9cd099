//! The resource provider pages in use: the table, the selection, the review, the registration, and what survives.

use cloud_sim::Sim;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cloud_sim::subscriptions::modes::PagingFault;
use cloud_sim::subscriptions::modes::ResourceGraph;
use cmg_entra_setup::ui::components::grid_state::GridEvent;
use cmg_entra_setup::ui::components::grid_state::GridMove;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::field_id::ProviderField;
use cmg_entra_setup::ui::links::state::parse;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::ProvidersMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::providers::progress::NotBegun;
use cmg_entra_setup::ui::providers::progress::ProviderRun;
use cmg_entra_setup::ui::providers::progress::ProviderRunState;
use cmg_entra_setup::ui::providers::state::ListState;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::sign_in::state::SignInMismatch;
use domain::cmg::ProviderNamespace;
use domain::known::Answer;
use domain::known::Known;
use domain::platform::Locking;
use domain::platform::Platform as _;
use domain::platform::StorageError;
use engine::desired::providers::RegistrationState;
use engine::export::provider_request::ProviderRequest;
use engine::export::providers::ProviderExport;
use engine::providers::list::ListSource;
use engine::providers::matrix::Column;
use engine::providers::matrix::Reading;
use engine::providers::matrix::RowProgress;
use engine::providers::matrix::SubscriptionRow;
use engine::providers::progress::ProviderProgress;
use engine::providers::register::RegistrationEnd;
use engine::providers::selection::ProviderSelection;
use http::Method;

use crate::page::Page;
use crate::page::signed_in as set_up;
use crate::page::start;
use crate::page::world;
use crate::views::golden;
use crate::views::html;

pub(crate) const EVERYBODY: &str = "admin@fabrikam.com";
const REGISTER: &str = "POST arm subscriptions/{}/providers/{}/register";
const STATES: &str = "GET arm subscriptions/{}/providers";
const RIGHTS: &str = "GET arm subscriptions/{}/providers/Microsoft.Authorization/permissions";

pub(crate) fn estate(count: usize) -> SimPlatform {
    let world = world();
    let fill = |sim: &mut Sim| sim.fill_with_subscriptions(EVERYBODY, count, 7);
    assert_eq!(world.with_sim(fill).len(), count);
    world
}

pub(crate) fn open(world: &SimPlatform) -> Page {
    Page::open(world.clone(), start(world))
}

/// Signed in on the page of the resource providers.
pub(crate) fn signed_in(world: &SimPlatform) -> Page {
    let mut page = open(world);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    page
}

pub(crate) fn does(page: &mut Page, msg: ProvidersMsg) {
    page.does(Msg::Providers(msg));
}

pub(crate) fn run(page: &Page) -> &ProviderRun {
    page.model.providers.run.as_ref().unwrap()
}

pub(crate) fn select_all(page: &mut Page) {
    does(page, ProvidersMsg::ShownPicked(true));
}

pub(crate) fn review(page: &mut Page) {
    does(page, ProvidersMsg::ReviewAsked);
    assert_eq!(page.model.route, Route::ProvidersReview);
}

fn register(page: &mut Page) {
    review(page);
    does(page, ProvidersMsg::Approved);
    assert_eq!(page.model.route, Route::ProvidersRun);
}

fn count(page: &Page, route: &str) -> u64 {
    let count = |sim: &mut Sim| sim.counts().get(route).copied();
    page.world.with_sim(count).unwrap_or_default()
}

/// Requests to Microsoft Graph.
fn graph_requests(page: &Page) -> u64 {
    let sum = |sim: &mut Sim| {
        let all = sim.counts().iter();
        all.filter(|(route, _)| route.contains(" graph "))
            .map(|(_, number)| number)
            .sum()
    };
    page.world.with_sim(sum)
}

fn grid(page: &mut Page, event: GridEvent) {
    does(page, ProvidersMsg::Grid(event));
}

/// Place of the first shown row that has this answer about changes.
fn place_of(model: &Model, writable: Answer) -> usize {
    let providers = &model.providers;
    let rows = providers.matrix.rows();
    let mut shown = providers.shown.iter();
    shown
        .position(|row| rows[*row].is_writable() == writable)
        .unwrap()
}

pub(crate) fn end_of(page: &Page) -> RegistrationEnd {
    let state = &run(page).state;
    let ProviderRunState::Ended(end) = state else {
        panic!("{state:?}")
    };
    end.clone()
}

#[test]
fn an_account_without_a_role_in_entra_registers_from_the_start_page() {
    let world = estate(30);
    let mut page = signed_in(&world);
    let providers = &page.model.providers;
    assert!(
        matches!(&providers.list, ListState::Done(it) if it.source == ListSource::ResourceGraph)
    );
    let rows = providers.matrix.rows();
    assert_eq!(rows.len(), 30);
    assert!(rows.iter().all(|row| row.states.done().is_some()));
    // Few subscriptions: what the account may do is read without a request.
    assert!(rows.iter().all(|row| row.permissions.done().is_some()));
    // Nothing of the directory was read.
    let user = page.model.sign_in.access.user().unwrap();
    assert!(user.is_for_azure_only() && user.facts.done().is_none());
    assert_eq!(graph_requests(&page), 0);
    select_all(&mut page);
    let selected = page.model.selected_count();
    assert!(selected > 0 && selected < 30, "some take no changes");
    review(&mut page);
    let plan = page.model.providers.plan.clone().unwrap();
    assert_eq!(count(&page, REGISTER), 0);
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    let counts = run(&page).count();
    let planned = plan.subscriptions.iter().map(|it| it.namespaces.len());
    assert_eq!(counts.all, planned.sum::<usize>());
    assert_eq!(counts.waiting + counts.stopped, 0);
    assert!(counts.registered > 0 && counts.failed > 0, "{counts:?}");
    // The table shows the new states without another read, and what is done is no longer selected.
    let reads = count(&page, STATES);
    page.goes(Route::Providers);
    assert_eq!(count(&page, STATES), reads);
    for (one, results) in plan.subscriptions.iter().zip(&run(&page).progress) {
        let rows = page.model.providers.matrix.rows();
        let row = rows.iter().find(|row| row.listed.subscription.id == one.id);
        for (namespace, result) in one.namespaces.iter().zip(results) {
            if *result == ProviderProgress::Registered {
                let state = row.unwrap().state(*namespace);
                assert_eq!(state, Known::Known(RegistrationState::Registered));
            }
        }
    }
    let unfinished = run(&page).unfinished().subscriptions.len();
    assert!(page.model.selected_count() < selected);
    assert!(page.model.selected_count() >= unfinished);
    let rows = page.model.providers.matrix.rows();
    assert!(rows.iter().all(|row| row.states.done().is_some()));
    assert_eq!(graph_requests(&page), 0);
}

#[test]
fn a_sign_in_for_azure_alone_writes_no_app_and_reads_no_directory() {
    let world = estate(3);
    let mut page = signed_in(&world);
    page.goes(Route::Step(WizardStep::AzureService));
    assert_eq!(page.model.mismatch(), Some(SignInMismatch::AzureOnly));
    page.goes(Route::CheckPair);
    page.goes(Route::Review);
    page.does(Msg::ReadAgainAsked);
    assert_eq!(graph_requests(&page), 0);
    // A sign-in for the set-up is enough for Azure.
    page.goes(Route::Step(WizardStep::AzureService));
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.mismatch(), None);
    page.goes(Route::Providers);
    assert_eq!(page.model.providers.matrix.rows().len(), 3);
}

#[test]
fn a_sign_in_for_checking_is_not_used_for_azure() {
    let world = estate(3);
    let mut page = open(&world);
    page.goes(Route::CheckPair);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Providers);
    assert_eq!(page.model.providers.list, ListState::NotRead);
    assert_eq!(page.model.azure_tenant(), None);
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.providers.matrix.rows().len(), 3);
}

#[test]
fn keys_move_through_the_table_and_select_what_takes_changes() {
    let world = estate(60);
    let mut page = signed_in(&world);
    grid(&mut page, GridEvent::Moved(GridMove::Last));
    let model = &page.model.providers;
    assert_eq!(model.grid.row(60), Some(59));
    assert!(model.grid.drawn(60).contains(&59));
    let writable = place_of(&page.model, Answer::Yes);
    grid(&mut page, GridEvent::Picked(writable, 0));
    grid(&mut page, GridEvent::Toggled);
    assert_eq!(page.model.selected_count(), 1);
    grid(&mut page, GridEvent::Toggled);
    assert_eq!(page.model.selected_count(), 0);
    let read_only = place_of(&page.model, Answer::No);
    grid(&mut page, GridEvent::Picked(read_only, 0));
    grid(&mut page, GridEvent::Toggled);
    assert_eq!(page.model.selected_count(), 0);
    assert!(page.model.notice.is_visible);
    grid(&mut page, GridEvent::AllSelected);
    let rows = page.model.providers.matrix.rows();
    let writable = rows.iter().filter(|it| it.is_writable() != Answer::No);
    assert_eq!(page.model.selected_count(), writable.count());
}

#[test]
fn the_filter_chooses_the_rows_and_what_is_selected_of_them() {
    let world = estate(80);
    let mut page = signed_in(&world);
    page.types(FieldId::Providers(ProviderField::Progress), "missing");
    let providers = &page.model.providers;
    let wanted = &providers.answers.wanted;
    let missing = providers.shown.len();
    assert!(missing > 0 && missing < 80);
    let is_missing =
        |place: &usize| providers.matrix.rows()[*place].progress(wanted) == RowProgress::Missing;
    assert!(providers.shown.iter().all(is_missing));
    let t = page.model.locale;
    let said = t.providers_shown(u64::try_from(missing).unwrap());
    assert_eq!(page.model.notice.text, said);
    select_all(&mut page);
    let of_missing = page.model.selected_count();
    assert!(of_missing <= missing);
    does(&mut page, ProvidersMsg::FilterDropped);
    assert_eq!(page.model.providers.shown.len(), 80);
    assert_eq!(page.model.selected_count(), of_missing);
    // A column sorts, and the second time in reverse.
    for is_reversed in [false, true] {
        does(&mut page, ProvidersMsg::SortAsked(Column::State));
        let answers = &page.model.providers.answers;
        assert_eq!(
            (answers.order(), answers.is_reversed),
            (Column::State, is_reversed)
        );
    }
    let model = &page.model.providers;
    let states = model
        .shown
        .iter()
        .map(|it| &model.matrix.rows()[*it].listed.subscription.state);
    let states: Vec<String> = states.map(|it| it.to_lowercase()).collect();
    assert!(states.is_sorted_by(|one, next| one >= next));
    // Without a provider there is nothing to register.
    for namespace in ProviderNamespace::ALL {
        page.types(FieldId::Providers(ProviderField::Wanted(namespace)), "");
    }
    does(&mut page, ProvidersMsg::ReviewAsked);
    assert_eq!(page.model.route, Route::Providers);
    assert_eq!(page.model.notice.text, t.providers_nothing_to_do());
}

#[test]
fn the_selection_outlives_a_reload_and_foreign_text_does_not_become_one() {
    let world = estate(30);
    let mut page = signed_in(&world);
    page.types(
        FieldId::Providers(ProviderField::Wanted(ProviderNamespace::Compute)),
        "",
    );
    page.types(FieldId::Providers(ProviderField::Ids), "a, b");
    page.types(FieldId::Providers(ProviderField::Search), "c");
    select_all(&mut page);
    let selections = page.model.providers.selections.clone();
    let again = page.world.another_page(true);
    let mut page = open(&again);
    page.goes(Route::Providers);
    assert_eq!(page.model.providers.selections, selections);
    let answers = &page.model.providers.answers;
    assert_eq!(
        (answers.ids.as_str(), answers.search.as_str()),
        ("a, b", "c")
    );
    assert_eq!(
        page.model.providers.answers.wanted,
        ProviderNamespace::ALL[..3]
    );
    let text = again.session_get("providers").unwrap();
    assert!(again.session_set("providers", &text.replace("\"cloud\"", "\"moon\"")));
    let mut page = open(&again);
    page.goes(Route::Providers);
    assert_eq!(page.model.providers.selections, []);
}

#[test]
fn a_link_names_the_wish_and_the_page_makes_the_same_link() {
    let world = estate(30);
    let mut page = signed_in(&world);
    let place = place_of(&page.model, Answer::Yes);
    does(&mut page, ProvidersMsg::RowToggled(place));
    page.types(
        FieldId::Providers(ProviderField::Wanted(ProviderNamespace::Storage)),
        "",
    );
    let link = page.model.own_link().unwrap();
    let (_, address) = link.split_once('#').unwrap();
    assert!(address.starts_with("/providers?"), "{address}");
    assert!(parse(address).unwrap().is_ok());
    let selected = page.model.providers.selections[0]
        .subscriptions
        .iter()
        .next();
    let id = *selected.unwrap().0;
    assert!(
        address.contains(&format!("subscriptions={id}")),
        "{address}"
    );

    let world = estate(30);
    let mut page = Page::open(
        world.clone(),
        Start {
            address: address.to_owned(),
            ..start(&world)
        },
    );
    assert_eq!(page.model.route, Route::Providers);
    // A link signs nobody in and selects nothing before the list is read.
    assert_eq!(page.world.requests(), 0);
    assert_eq!(page.model.setup.draft.tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    let providers = &page.model.providers;
    assert!(
        !providers
            .answers
            .wanted
            .contains(&ProviderNamespace::Storage)
    );
    let tenant = providers.of.unwrap().1;
    assert_eq!(page.model.selected_count(), 1);
    assert!(providers.is_selected(tenant, id));
}

#[test]
fn the_review_names_where_the_account_has_no_right_and_leaves_it_out_on_request() {
    let world = estate(40);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    let planned = page
        .model
        .providers
        .plan
        .clone()
        .unwrap()
        .subscriptions
        .len();
    let forbidden = page.model.forbidden_in_plan();
    assert!(!forbidden.is_empty() && forbidden.len() < planned);
    does(&mut page, ProvidersMsg::ForbiddenDropped);
    let left = page.model.providers.plan.clone().unwrap().subscriptions;
    assert_eq!(left.len(), planned - forbidden.len());
    assert!(left.iter().all(|one| !forbidden.contains_key(&one.id)));
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(run(&page).count().failed, 0);
}

#[test]
fn a_link_never_has_more_than_a_link_may_have() {
    let world = estate(100);
    let mut page = signed_in(&world);
    let ids = page.model.providers.matrix.rows().iter();
    let ids: Vec<String> = ids
        .map(|row| row.listed.subscription.id.to_string())
        .collect();
    page.types(FieldId::Providers(ProviderField::Ids), &ids.join("\n"));
    page.types(
        FieldId::Providers(ProviderField::Search),
        &"x".repeat(3_000),
    );
    for select in [false, true] {
        does(&mut page, ProvidersMsg::FilterDropped);
        does(&mut page, ProvidersMsg::ShownPicked(select));
        let link = page.model.own_link().unwrap();
        let (_, address) = link.split_once('#').unwrap();
        assert!(parse(address).unwrap().is_ok(), "{address}");
    }
}

#[test]
fn a_link_that_is_taken_back_shows_every_row_again() {
    let world = estate(30);
    let with_link = Start {
        address: "/providers?tenant=fabrikam.com&search=platform".to_owned(),
        ..start(&world)
    };
    let mut page = Page::open(world, with_link);
    page.does(Msg::SignInAsked);
    assert!(page.model.providers.shown.len() < 30);
    page.does(Msg::LinkSeen(true));
    assert_eq!(page.model.providers.answers.search, "");
    assert_eq!(page.model.providers.shown.len(), 30);
}

#[test]
fn the_text_for_the_owner_of_the_subscription_has_a_link_that_selects_it() {
    let world = estate(12);
    let page = signed_in(&world);
    let rows = page.model.providers.matrix.rows().iter();
    let is_open = |row: &&SubscriptionRow| {
        let state = row.state(ProviderNamespace::Storage);
        row.is_writable() == Answer::Yes && state == Known::Known(RegistrationState::NotRegistered)
    };
    let row = rows.clone().find(is_open).unwrap();
    let request = ProviderRequest {
        cloud: domain::cloud::Cloud::Public,
        subscription: Some(row.listed.subscription.id),
        namespaces: vec![ProviderNamespace::Storage],
        link: None,
    };
    let tenant = page.model.azure_tenant().unwrap().1;
    let link = page.model.provider_link(tenant, &request).unwrap();
    let (_, address) = link.split_once('#').unwrap();
    let with_link = Start {
        address: address.to_owned(),
        ..start(&world)
    };
    let mut opened = Page::open(world.another_page(false), with_link);
    opened.does(Msg::SignInAsked);
    assert_eq!(opened.model.azure_tenant(), page.model.azure_tenant());
    assert_eq!(opened.model.selected_count(), 1);
    does(&mut opened, ProvidersMsg::ReviewAsked);
    let plan = opened.model.providers.plan.clone().unwrap();
    assert_eq!(plan.subscriptions[0].id, row.listed.subscription.id);
    assert_eq!(
        plan.subscriptions[0].namespaces,
        [ProviderNamespace::Storage]
    );
}

#[test]
fn typed_ids_are_selected_and_those_that_cannot_be_are_named() {
    let world = estate(30);
    let mut page = signed_in(&world);
    let rows = page.model.providers.matrix.rows();
    let id = |writable| {
        let row = rows.iter().find(|row| row.is_writable() == writable);
        row.unwrap().listed.subscription.id
    };
    let (good, read_only) = (id(Answer::Yes), id(Answer::No));
    let unknown = "5e97358c-d99c-4558-af0c-de7774091dda";
    page.types(
        FieldId::Providers(ProviderField::Ids),
        &format!("{good}, {read_only}\n{unknown}"),
    );
    does(&mut page, ProvidersMsg::IdsPicked);
    assert_eq!(page.model.selected_count(), 1);
    assert_eq!(
        page.model.providers.missing_ids,
        [read_only, unknown.parse().unwrap()]
    );
    page.types(FieldId::Providers(ProviderField::Ids), "contoso-prod");
    assert!(page.model.providers.answers.ids().is_err());
    does(&mut page, ProvidersMsg::IdsPicked);
    assert_eq!(page.model.selected_count(), 1);
}

#[test]
fn the_selections_of_several_tenants_stay_beside_each_other() {
    let world = estate(10);
    let mut page = signed_in(&world);
    select_all(&mut page);
    let first = page.model.azure_tenant().unwrap();
    let selected = page.model.selected_count();
    page.types(FieldId::Tenant, "woodgrove.com");
    page.does(Msg::SignInAsked);
    let second = page.model.azure_tenant().unwrap();
    assert_ne!(first, second);
    assert_eq!(page.model.selected_count(), 0);
    assert_eq!(page.model.providers.of, Some(second));
    let kept = page.model.providers.selection(first.1).unwrap();
    assert_eq!(kept.subscriptions.len(), selected);
    does(&mut page, ProvidersMsg::TenantAsked(first));
    assert_eq!(page.model.azure_tenant(), Some(first));
    assert_eq!(page.model.selected_count(), selected);
    does(&mut page, ProvidersMsg::SelectionDropped(first.1));
    assert_eq!(page.model.selected_count(), 0);
}

#[test]
fn a_stopped_registration_is_reviewed_again_with_what_is_left() {
    let world = estate(100);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| run.count().registered + run.count().under_way > 20)
    });
    // The other pages can be used meanwhile, and a sign-in cannot.
    page.goes_at_once(Route::CheckUri);
    assert_eq!(page.model.route, Route::CheckUri);
    page.does_at_once(Msg::SignInAsked);
    let t = page.model.locale;
    assert_eq!(page.model.notice.text, t.providers_stop_first());
    page.does_at_once(Msg::SignedOut);
    assert!(page.model.sign_in.access.user().is_some());
    page.goes_at_once(Route::ProvidersRun);
    does(&mut page, ProvidersMsg::StopAsked);
    assert_eq!(end_of(&page), RegistrationEnd::Stopped);
    let left = run(&page).unfinished();
    assert!(run(&page).count().stopped > 0);
    assert_eq!(page.model.providers.stored.runs.len(), 1);
    does(&mut page, ProvidersMsg::RetryAsked);
    assert_eq!(page.model.providers.plan, Some(left));
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    // The records of the first attempt are replaced.
    assert_eq!(page.model.providers.stored.runs, []);
}

#[test]
fn the_browser_asks_before_leaving_until_both_the_registration_and_the_secret_are_safe() {
    let mut page = set_up();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.secret.is_some() && page.window.asks.get());
    page.does(Msg::Run(RunMsg::SecretCopyAsked));
    page.goes(Route::Providers);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        model.providers.run.as_ref().unwrap().count().waiting == 0
    });
    page.goes_at_once(Route::HandOver);
    page.does_at_once(Msg::Run(RunMsg::SecretSaved));
    assert!(page.model.providers.is_running() && page.model.runs.secret.is_none());
    assert!(page.window.asks.get(), "a registration is under way");
    page.does(Msg::SkipAsked);
    assert!(!page.model.providers.is_running());
    assert!(!page.window.asks.get());
}

#[test]
fn the_end_of_a_registration_does_not_forget_an_unsaved_secret() {
    let mut page = set_up();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::Providers);
    select_all(&mut page);
    register(&mut page);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    assert!(page.model.runs.secret.is_some() && page.window.asks.get());
}

#[test]
fn a_review_outlives_the_end_of_the_sign_in() {
    let world = estate(10);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    let plan = page.model.providers.plan.clone();
    let account = page.model.sign_in.access.user().unwrap().account.object_id;
    page.does(Msg::SignedOutElsewhere(account.to_string()));
    assert_eq!(page.model.providers.plan, plan);
    assert!(!page.model.may_register());
    let t = page.model.locale;
    assert!(html(&page.model).contains(t.providers_signed_out()));
    page.does(Msg::SignInAsked);
    assert_eq!(page.model.route, Route::ProvidersReview);
    assert_eq!(page.model.providers.plan, plan);
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
}

#[test]
fn a_registration_whose_page_was_closed_goes_on_from_its_records() {
    let world = estate(100);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| run.count().registered > 90)
    });
    let world = page.world.another_page(false);
    drop(page);
    let mut page = open(&world);
    page.goes(Route::Providers);
    let stored = page.model.providers.stored.runs[0].clone();
    let number = |it: &ProviderSelection| {
        let all = it.subscriptions.iter();
        all.map(|one| one.namespaces.len()).sum::<usize>()
    };
    assert!(number(&stored.left()) < number(&stored.selection));
    // Signs in to the tenant of the run first. Nothing continues by itself.
    does(&mut page, ProvidersMsg::ResumeAsked(stored.run));
    assert!(page.model.azure_tenant().is_some() && page.model.providers.plan.is_none());
    let sent = count(&page, REGISTER);
    does(&mut page, ProvidersMsg::ResumeAsked(stored.run));
    assert_eq!(page.model.providers.plan, Some(stored.left()));
    assert_eq!(count(&page, REGISTER), sent);
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    assert_eq!(page.model.providers.stored.runs, []);
}

#[test]
fn the_records_of_an_ended_registration_are_removed() {
    let world = estate(10);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        model.providers.run.as_ref().unwrap().count().waiting == 0
    });
    let records = |world: &SimPlatform| world.run(world.list("provider-run/")).unwrap().len();
    assert!(records(&world) > 1);
    page.does(Msg::SkipAsked);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
    assert_eq!(records(&world), 0);
}

#[test]
fn records_can_be_removed_without_continuing() {
    let world = estate(60);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        model.providers.run.as_ref().unwrap().count().registered > 10
    });
    let world = page.world.another_page(false);
    drop(page);
    let mut page = open(&world);
    page.goes(Route::Providers);
    let stored = page.model.providers.stored.runs[0].run;
    does(&mut page, ProvidersMsg::DiscardAsked(stored));
    assert_eq!(page.model.providers.stored.runs, []);
}

#[test]
fn the_records_of_a_registration_in_another_tab_stay() {
    let world = estate(60);
    let mut page = signed_in(&world);
    select_all(&mut page);
    review(&mut page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        model.providers.run.as_ref().unwrap().count().registered > 10
    });
    // The first page is still there, and holds its lock.
    let mut second = open(&world.another_page(false));
    second.goes(Route::Providers);
    let stored = second.model.providers.stored.runs[0].run;
    does(&mut second, ProvidersMsg::DiscardAsked(stored));
    assert_eq!(second.model.providers.stored.runs.len(), 1);
    let t = second.model.locale;
    assert_eq!(second.model.notice.text, t.providers_other_tab());
    drop(page);
    does(&mut second, ProvidersMsg::DiscardAsked(stored));
    assert_eq!(second.model.providers.stored.runs, []);
}

#[test]
fn two_tabs_do_not_register_in_one_tenant_at_the_same_time() {
    let world = estate(10);
    let mut page = signed_in(&world);
    let tenant = page.model.azure_tenant().unwrap().1;
    let other = world.another_page(false);
    let held = other.run(other.lock(&format!("register:{tenant}")));
    assert!(matches!(held, Locking::Held(_)));
    select_all(&mut page);
    register(&mut page);
    assert_eq!(
        run(&page).state,
        ProviderRunState::NotBegun(NotBegun::OtherTab)
    );
    assert_eq!(count(&page, REGISTER), 0);
    drop(held);
    does(&mut page, ProvidersMsg::RetryAsked);
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(end_of(&page), RegistrationEnd::Complete);
}

#[test]
fn nothing_is_sent_if_the_browser_stores_no_record() {
    let world = estate(10);
    let mut page = signed_in(&world);
    select_all(&mut page);
    world.refuse_to_keep(Some(StorageError::Blocked));
    register(&mut page);
    let not_begun = NotBegun::NotRecorded(StorageError::Blocked);
    assert_eq!(run(&page).state, ProviderRunState::NotBegun(not_begun));
    assert_eq!(count(&page, REGISTER), 0);
}

#[test]
fn a_sign_in_that_is_too_old_registers_nothing() {
    let world = estate(10);
    let text = format!(
        r#"{{ "clients": {{ "public": "{}" }}, "signInAge": 15 }}"#,
        cloud_sim::entra::state::TOOL_PUBLIC
    );
    let config = domain::config::Config::parse(text.as_bytes()).unwrap();
    let with_limit = Start {
        config: Some(config),
        ..start(&world)
    };
    let mut page = Page::open(world.clone(), with_limit);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    select_all(&mut page);
    review(&mut page);
    assert!(page.model.may_register());
    // Between two looks at the clock, the model knows no newer time.
    page.passes(std::time::Duration::from_secs(16 * 60));
    let mut late = page;
    does(&mut late, ProvidersMsg::Approved);
    assert_eq!(
        run(&late).state,
        ProviderRunState::NotBegun(NotBegun::SignInOld)
    );
    does(&mut late, ProvidersMsg::RetryAsked);
    let mut page = late;
    page.looks(1);
    assert!(!page.model.may_register());
    does(&mut page, ProvidersMsg::Approved);
    assert_eq!(page.model.route, Route::ProvidersReview);
    assert_eq!(count(&page, REGISTER), 0);
}

#[test]
fn sign_out_forgets_what_was_read_and_selected() {
    let world = estate(10);
    let mut page = signed_in(&world);
    select_all(&mut page);
    assert!(world.session_get("providers").is_some());
    page.does(Msg::SignedOut);
    let providers = &page.model.providers;
    assert!(providers.matrix.rows().is_empty() && providers.selections.is_empty());
    assert_eq!(world.session_get("providers"), None);
}

#[test]
fn rights_in_many_subscriptions_are_read_on_request_for_those_that_are_shown() {
    let world = estate(150);
    let mut page = signed_in(&world);
    assert_eq!(count(&page, RIGHTS), 0);
    page.types(FieldId::Providers(ProviderField::Progress), "missing");
    let shown = page.model.providers.shown.len();
    page.does_until(Msg::Providers(ProvidersMsg::RightsAsked), |model| {
        // The page says how many are left.
        model.providers.counts.rights_under_way < shown
    });
    assert!(page.model.providers.counts.rights_under_way > 0);
    page.does(Msg::SkipAsked);
    assert_eq!(page.model.providers.counts.rights_under_way, 0);
    assert_eq!(count(&page, RIGHTS), u64::try_from(shown).unwrap());
    let providers = &page.model.providers;
    let read = providers.matrix.rows().iter();
    let read = read.filter(|row| row.permissions != Reading::NotRead);
    assert_eq!(read.count(), shown);
    page.types(FieldId::Providers(ProviderField::Rights), "no");
    assert!(page.model.providers.shown.len() < shown);
}

#[test]
fn a_list_that_cannot_be_read_to_its_end_says_so_and_shows_what_was_read() {
    let world = estate(120);
    world.with_sim(|sim| {
        sim.azure_modes().resource_graph = ResourceGraph::Refuses;
        sim.azure_modes().paging = PagingFault::Loop;
    });
    let mut page = signed_in(&world);
    let providers = &page.model.providers;
    assert!(
        matches!(providers.list, ListState::Failed(_)),
        "{:?}",
        providers.list
    );
    assert_eq!(providers.matrix.rows().len(), 50);
    for row in providers.matrix.rows() {
        // Also the reads of the providers have no end here.
        assert!(matches!(row.states, Reading::Failed(_)), "{row:?}");
    }
    world.with_sim(|sim| sim.azure_modes().paging = PagingFault::default());
    does(&mut page, ProvidersMsg::ListAsked);
    assert!(matches!(page.model.providers.list, ListState::Done(_)));
    assert_eq!(page.model.providers.matrix.rows().len(), 120);
}

#[test]
fn an_account_without_a_subscription_is_told_so() {
    let world = estate(0);
    let page = signed_in(&world);
    assert!(matches!(page.model.providers.list, ListState::Done(_)));
    assert!(page.model.providers.matrix.rows().is_empty());
}

#[test]
fn a_subscription_that_cannot_be_read_does_not_hide_the_others() {
    let world = estate(20);
    let mut page = open(&world);
    page.goes_wrong(Method::GET, "/subscriptions/", FaultKind::Denied);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    let rows = page.model.providers.matrix.rows();
    let failed = |row: &&SubscriptionRow| matches!(row.states, Reading::Failed(_));
    assert_eq!(rows.iter().filter(failed).count(), 1);
    assert_eq!(
        rows.iter()
            .filter(|row| row.states.done().is_some())
            .count(),
        19
    );
}

#[test]
fn many_answers_come_in_few_messages() {
    let world = estate(1_000);
    let mut page = open(&world);
    page.goes(Route::Providers);
    page.types(FieldId::Tenant, "fabrikam.com");
    let begun = world.now();
    page.messages.set(0);
    page.does(Msg::SignInAsked);
    assert_eq!(count(&page, STATES), 1_000);
    let passed = world.now().duration_since(begun).as_millis();
    // One message for each quarter of a second, and a few for the sign-in and the list.
    let most = u32::try_from(passed / 250).unwrap() + 20;
    assert!(
        page.messages.get() <= most,
        "{} of {most}",
        page.messages.get()
    );
}

#[test]
fn the_table_and_the_review_are_saved_as_files() {
    let world = estate(30);
    let mut page = signed_in(&world);
    does(&mut page, ProvidersMsg::MatrixAsked);
    select_all(&mut page);
    review(&mut page);
    for export in ProviderExport::ALL {
        does(&mut page, ProvidersMsg::ExportAsked(export));
    }
    let saved = page.window.saved.borrow();
    let names: Vec<&str> = saved.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[0], "resource-providers.csv");
    assert_eq!(
        names[1..],
        ProviderExport::ALL.map(ProviderExport::file_name)
    );
    // A header, and a line for each provider of each subscription.
    assert_eq!(saved[0].1.lines().count(), 1 + 30 * 4);
    assert!(saved[0].1.contains(",NotRegistered,"));
    let plan = page.model.providers.plan.as_ref().unwrap();
    let first = plan.subscriptions[0].id.to_string();
    assert!(saved[1..].iter().all(|(_, text)| text.contains(&first)));
}

#[test]
fn the_pages_match_the_golden_files() {
    let world = estate(8);
    let mut page = open(&world);
    page.goes(Route::Providers);
    golden("providers-signed-out", &page);
    let mut page = signed_in(&world);
    golden("providers", &page);
    does(&mut page, ProvidersMsg::FiltersToggled);
    golden("providers-filters", &page);
    does(&mut page, ProvidersMsg::FiltersToggled);
    page.types(
        FieldId::Providers(ProviderField::Search),
        "nothing has this name",
    );
    page.types(FieldId::Providers(ProviderField::Ids), "contoso-prod");
    golden("providers-bad-input", &page);
    does(&mut page, ProvidersMsg::FilterDropped);
    select_all(&mut page);
    review(&mut page);
    golden("providers-review", &page);
    page.does_until(Msg::Providers(ProvidersMsg::Approved), |model| {
        let run = model.providers.run.as_ref();
        run.is_some_and(|run| run.count().waiting == 0)
    });
    golden("providers-run-underway", &page);
    let world = page.world.another_page(false);
    let mut page = open(&world);
    page.goes(Route::Providers);
    golden("providers-unfinished", &page);
    let mut page = signed_in(&world);
    page.types(FieldId::Providers(ProviderField::Ids), "");
    select_all(&mut page);
    register(&mut page);
    golden("providers-run-ended", &page);
    world.refuse_to_keep(Some(StorageError::Full));
    does(&mut page, ProvidersMsg::RetryAsked);
    does(&mut page, ProvidersMsg::Approved);
    golden("providers-not-begun", &page);
}
