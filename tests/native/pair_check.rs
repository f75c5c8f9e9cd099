//! The pair check and the repair in each scenario: the check finds every problem, a repair fixes them, a second repair writes nothing.

#[path = "pair_check/sign_ins.rs"]
mod sign_ins;
#[path = "pair_check/truth.rs"]
mod truth;

use std::collections::BTreeMap;

use cloud_sim::scenarios;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::sign_in::state::ReadState;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::State;
use engine::desired::repair::Repair;
use engine::export::configmgr;
use engine::read::discover::Found;
use engine::read::discover::Pair;

use crate::page;
use crate::page::Page;

/// Each scenario with the checks that are not OK and their state: `!` broken, `~` attention, `?` cannot tell.
const EXPECTED: &[(Scenario, &str)] = &[
    (Scenario::Docs2026, "server-device-tokens!"),
    (Scenario::Docs2026Complete, ""),
    (
        Scenario::Docs2024,
        "server-device-tokens! server-implicit~ client-implicit~",
    ),
    (
        Scenario::Docs2023,
        "server-device-tokens! server-implicit~ client-implicit~ server-age~",
    ),
    (
        Scenario::Docs2021,
        "server-redirect! server-device-tokens! server-implicit~ client-implicit~ server-age~ client-permissions~ client-consent!",
    ),
    (
        Scenario::Console2018,
        "server-redirect! server-device-tokens! server-app-id-uri~ server-permissions! server-secrets~ server-age~ client-permissions~ client-graph-consent~",
    ),
    (Scenario::Console2309, ""),
    (Scenario::ServerMultiTenant, "server-audience~"),
    (Scenario::ClientMultiTenant, "client-audience~"),
    (Scenario::NoRedirect, "server-redirect!"),
    (Scenario::RedirectSpa, "server-redirect!"),
    (Scenario::RedirectTwice, "server-redirect~"),
    (Scenario::BrokerOnServer, "server-broker-redirect~"),
    (Scenario::NoBroker, "client-redirect!"),
    (Scenario::BrokerCase, "client-redirect!"),
    (Scenario::BrokerServerId, "client-redirect!"),
    (Scenario::NoScope, "server-scope! client-permissions~"),
    (Scenario::ScopeDisabled, "server-scope!"),
    (Scenario::ScopeAdmins, "server-scope~"),
    (Scenario::ScopeRenamed, "server-scope! client-permissions~"),
    (Scenario::OldScopeId, "client-permissions~"),
    (Scenario::DeviceTokensUnset, "server-device-tokens!"),
    (Scenario::DeviceTokensOff, "server-device-tokens!"),
    (Scenario::TokensV2, "server-token-version~"),
    (Scenario::ServerIdTokens, "server-implicit~"),
    (Scenario::ClientIdTokens, "client-implicit~"),
    (Scenario::ServerAccessTokens, "server-implicit~"),
    (Scenario::NoAppIdUri, "server-app-id-uri!"),
    (Scenario::AppIdUriDomain, ""),
    (Scenario::AppIdUriWord, ""),
    (Scenario::SecondAppIdUri, ""),
    (Scenario::PublicClientOff, "client-public!"),
    (Scenario::NoUserRead, "client-permissions~"),
    (Scenario::NoClientPermission, "client-permissions~"),
    (Scenario::DirectoryReadDelegated, "server-permissions!"),
    (
        Scenario::DirectoryReadUnassigned,
        "server-directory-consent!",
    ),
    (Scenario::AzureAdGraph, "server-permissions!"),
    (
        Scenario::NoServerPrincipal,
        "server-principal! server-directory-consent! client-consent!",
    ),
    (
        Scenario::NoClientPrincipal,
        "client-principal! client-consent! client-graph-consent~",
    ),
    (Scenario::ServerPrincipalOff, "server-principal!"),
    (Scenario::ClientPrincipalOff, "client-principal!"),
    (Scenario::ServerAssignment, "server-assignment~"),
    (Scenario::ClientAssignment, "client-assignment~"),
    (Scenario::NoConsent, "client-consent! client-graph-consent~"),
    (Scenario::ConsentOneUser, "client-consent!"),
    (Scenario::ConsentOtherScope, "client-consent!"),
    (Scenario::NoClientApp, "client-app!"),
    (
        Scenario::NoServerApp,
        "server-app! client-permissions? client-consent! tenant-conditional-access?",
    ),
    (Scenario::SecretExpired, "server-secrets!"),
    (Scenario::SecretEndsSoon, "server-secrets~"),
    (Scenario::NoSecret, "server-secrets!"),
    (Scenario::SevenSecrets, "server-secrets~"),
    (Scenario::SecretBeyondPolicy, "server-secrets~"),
    (Scenario::OldApp, "server-age~"),
    (Scenario::NoOwners, "server-owners~"),
    (
        Scenario::OneApp,
        "client-app! server-broker-redirect~ server-permissions~ client-permissions~",
    ),
    (
        Scenario::DeletedPair,
        "server-app! client-app! tenant-conditional-access?",
    ),
    (Scenario::TwoPairs, ""),
    (Scenario::AccessAllApps, "tenant-conditional-access~"),
    (Scenario::AccessExcluded, ""),
    (Scenario::AccessReportOnly, ""),
];

/// A page in a tenant that has a pair of this scenario. The admin is signed in with read permissions only.
pub(crate) fn found(shape: Scenario) -> (Page, Pair) {
    found_in(shape, Locale::En)
}

/// The same in a language.
pub(crate) fn found_in(shape: Scenario, locale: Locale) -> (Page, Pair) {
    let world = page::world();
    let made = world.with_sim(|sim| scenarios::make(sim, FABRIKAM, shape, world_now()));
    let start = Start {
        locale,
        ..page::start(&world)
    };
    let mut page = Page::open(world.clone(), start);
    page.goes(Route::CheckPair);
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    let pair = Pair {
        server: made.server,
        client: made.client,
        is_linked: true,
    };
    (page, pair)
}

fn world_now() -> jiff::Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn report(page: &Page) -> &Report {
    page.model.pair.report().unwrap_or_else(|| {
        panic!("no report: {:?}", page.model.pair.checkup);
    })
}

/// The checks that are not OK, in the format of `EXPECTED`. Skips the resource providers, because no subscription is selected.
fn findings(report: &Report) -> String {
    let told = report.checks.iter().filter_map(|check| {
        let mark = match check.state {
            State::Ok => return None,
            State::Attention => '~',
            State::Broken => '!',
            State::CannotTell => '?',
        };
        let key = check.id.key();
        (key != "azure-providers").then(|| format!("{key}{mark}"))
    });
    told.collect::<Vec<_>>().join(" ")
}

fn sorted(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    parts.sort_unstable();
    parts
}

#[test]
fn each_scenario_has_its_expected_findings() {
    let expected: BTreeMap<_, _> = EXPECTED.iter().copied().collect();
    let mut wrong = Vec::new();
    for shape in Scenario::ALL {
        let (mut page, pair) = found(*shape);
        page.does(Msg::PairChosen(pair));
        let told = findings(report(&page));
        let wanted = expected.get(shape).copied().unwrap_or("not in the table");
        if sorted(&told) != sorted(wanted) {
            wrong.push(format!(
                "{}: found {told:?}, expected {wanted:?}",
                shape.key()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Selects the repairs, reviews them, signs in for write access, runs them, saves the secret, and checks again. Returns the writes.
fn fix(page: &mut Page, repairs: &[Repair]) -> usize {
    page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
    for repair in repairs {
        page.does(Msg::Typed(FieldId::Repair(*repair), "on".to_owned()));
    }
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    if matches!(page.model.review.state, Review::Faulty { .. }) {
        page.does(Msg::SignInAsked);
    }
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?} {:?}", page.model.route, page.model.review.state);
    };
    assert!(!review.plan.is_blocked(), "{:?}", review.plan.steps);
    let writes = review.plan.writes();
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().expect("a run");
    let problems: Vec<_> = run.problems().collect();
    assert!(problems.is_empty(), "{problems:?}");
    page.saves_secret();
    page.goes(Route::Report);
    writes
}

/// All offered repairs. Keeps the newest secret unless a new one is created.
fn offered(page: &Page) -> Vec<Repair> {
    let report = report(page);
    let last = report.secrets.last().map(|it| Repair::OldSecret(it.key));
    let mut offered = report.repairs();
    if !offered.contains(&Repair::Secret) {
        offered.retain(|it| Some(*it) != last);
    }
    offered
}

/// Result of the finished search for pairs.
fn searched(page: &Page) -> &Found {
    page.model
        .pair
        .search
        .as_ref()
        .and_then(ReadState::done)
        .unwrap()
}

/// Searches for the pair with the page and checks it.
fn check_again(page: &mut Page, pair: &Pair) {
    page.goes(Route::CheckPair);
    page.does(Msg::Pair(PairMsg::FindAsked));
    let found = searched(page).pairs.clone();
    let has = |it: &&Pair| {
        pair.server.is_some() && it.server == pair.server
            || pair.client.is_some() && it.client == pair.client
    };
    let again = found
        .iter()
        .find(has)
        .cloned()
        .unwrap_or_else(|| pair.clone());
    page.does(Msg::PairChosen(again));
}

#[test]
fn a_repair_fixes_all_offered_and_a_second_repair_has_no_writes() {
    let mut told = Vec::new();
    for shape in Scenario::ALL {
        let (mut page, pair) = found(*shape);
        page.does(Msg::PairChosen(pair.clone()));
        let first = offered(&page);
        // A pair restored from the deleted items is checked and repaired again.
        for _ in 0..3 {
            let repairs = offered(&page);
            if repairs.is_empty() {
                break;
            }
            let writes = fix(&mut page, &repairs);
            assert!(
                writes > 0,
                "{}: nothing planned for {repairs:?}",
                shape.key()
            );
            check_again(&mut page, &pair);
        }
        let left = report(&page);
        let still: Vec<_> = left
            .checks
            .iter()
            .filter(|check| !check.repairs.is_empty() || check.state == State::Broken)
            // The repair cannot split one app into two. The admin must do it.
            .filter(|check| *shape != Scenario::OneApp || check.id.key() != "client-app")
            .collect();
        if !still.is_empty() {
            told.push(format!("{}: still {still:?}", shape.key()));
            continue;
        }
        let again: Vec<Repair> = first
            .into_iter()
            .filter(|it| *it != Repair::Secret)
            .collect();
        if again.is_empty() {
            continue;
        }
        page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
        for repair in &again {
            page.does(Msg::Typed(FieldId::Repair(*repair), "on".to_owned()));
        }
        page.does(Msg::Pair(PairMsg::RepairsAsked));
        let Review::Ready(review) = &page.model.review.state else {
            panic!("{:?}", page.model.review.state)
        };
        if review.plan.writes() > 0 {
            told.push(format!("{}: {again:?} {:?}", shape.key(), review.requests));
        }
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn a_check_takes_two_waves_and_no_write_permission() {
    let (page, pair) = found(Scenario::Docs2026Complete);
    assert!(!page.model.sign_in.access.user().unwrap().may_write);
    assert_eq!(
        page.model.route,
        Route::CheckPair,
        "neither a key nor a name is sure: a person chooses"
    );
    let mut page = page;
    page.world.reset_counts();
    page.does(Msg::Pair(PairMsg::FindAsked));
    page.does(Msg::PairChosen(pair));
    assert!(matches!(page.model.pair.checkup, Some(ReadState::Done(_))));
    // Nine reads find the pair and 22 more read its details. Each request waits for at most one other.
    assert_eq!((page.world.requests(), page.world.waves()), (31, 2));
}

/// The demo shows the pair after sign-in, with the response times and replication delay of the demo cloud.
#[test]
fn the_check_finds_the_pairs_of_the_demo() {
    use cloud_sim::Sim;
    use cloud_sim::platform::SimPlatform;
    for (domain, pairs) in [
        ("proseware.com", 1),
        ("tailwindtraders.com", 1),
        ("wideworldimporters.com", 1),
        ("vanarsdel.com", 1),
        ("cohowinery.com", 1),
        ("alpineskihouse.com", 2),
        ("adventure-works.com", 1),
    ] {
        let world = SimPlatform::virtual_clock(Sim::new(1).lively(), world_now());
        let mut page = Page::open(world.clone(), page::start(&world));
        page.goes(Route::CheckPair);
        page.types(FieldId::Tenant, domain);
        page.does(Msg::SignInAsked);
        let found = searched(&page);
        assert_eq!(found.pairs.len(), pairs, "{domain}: {found:#?}");
        // No pair was recorded in this browser or typed, so none is checked before the admin selects one.
        assert!(page.model.pair.report().is_none(), "{domain}");
    }
}

/// The key IDs of the server app's secrets. The one that expires first comes first.
fn secrets(page: &Page) -> Vec<domain::ids::KeyId> {
    report(page).secrets.iter().map(|it| it.key).collect()
}

#[test]
fn a_secret_is_renewed_without_a_gap() {
    let (mut page, pair) = found(Scenario::SecretEndsSoon);
    page.does(Msg::PairChosen(pair));
    let [old] = secrets(&page)[..] else {
        panic!("one secret")
    };
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    let handoff = run.handoff.as_ref().expect("handed over as if made here");
    assert!(
        configmgr::script(handoff).contains("AppIdUri"),
        "the import script"
    );
    assert!(page.model.runs.secret.is_some());
    page.saves_secret();
    page.goes(Route::Report);
    let both = secrets(&page);
    assert!(
        both.len() == 2 && both.contains(&old),
        "the old one stays: {both:?}"
    );
    // The admin has not confirmed that the site uses the new secret.
    page.does(Msg::Typed(
        FieldId::Repair(Repair::OldSecret(old)),
        "on".to_owned(),
    ));
    assert!(page.model.pair.chosen.is_empty());
    page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
    page.does(Msg::Typed(
        FieldId::Repair(Repair::OldSecret(old)),
        "on".to_owned(),
    ));
    // Clearing the confirmation also clears the selected repair.
    page.does(Msg::Typed(FieldId::HasNewSecret, String::new()));
    assert!(page.model.pair.chosen.is_empty());
    let writes = fix(&mut page, &[Repair::OldSecret(old)]);
    assert_eq!(writes, 1);
    assert_eq!(secrets(&page).len(), 1);
    assert!(!secrets(&page).contains(&old));
}

#[test]
fn discovery_can_be_disabled_and_enabled_again() {
    use domain::known::Answer;
    let (mut page, pair) = found(Scenario::Console2309);
    page.does(Msg::PairChosen(pair));
    assert_eq!(report(&page).discovery, Answer::Yes);
    fix(&mut page, &[Repair::DirectoryOff]);
    assert_eq!(report(&page).discovery, Answer::No);
    assert!(
        findings(report(&page)).is_empty(),
        "{}",
        findings(report(&page))
    );
    fix(&mut page, &[Repair::DirectoryOn]);
    assert_eq!(report(&page).discovery, Answer::Yes);
    assert!(findings(report(&page)).is_empty());
}

#[test]
fn a_retired_pair_can_be_restored() {
    use engine::desired::repair::AppRole;
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair.clone()));
    page.goes(Route::Retire);
    let uses = page
        .model
        .pair
        .uses
        .as_ref()
        .and_then(ReadState::done)
        .unwrap();
    assert_eq!(
        uses.grants.as_ref().known().map(Vec::len),
        Some(1),
        "the client app"
    );
    for part in [AppRole::Server, AppRole::Client] {
        page.does(Msg::Typed(
            FieldId::Repair(Repair::Delete(part)),
            "on".to_owned(),
        ));
    }
    page.does(Msg::Pair(PairMsg::RetireAsked));
    page.does(Msg::SignInAsked);
    // Nothing is deleted before the admin confirms that the site no longer uses the apps.
    page.does(Msg::Run(RunMsg::Approved));
    assert!(page.model.runs.run.is_none());
    page.types(FieldId::SiteDisconnected, "on");
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_none()
    );
    let html = crate::views::html(&page.model);
    assert!(html.contains("The pair is retired") && !html.contains("Go to the hand-over"));
    assert!(html.contains(&pair.server.unwrap().to_string()));
    page.goes(Route::HandOver);
    let html = crate::views::html(&page.model);
    assert!(html.contains("Nothing to enter") && !html.contains("Import both apps"));
    page.goes(Route::Report);
    let html = crate::views::html(&page.model);
    assert!(html.contains("Both apps are deleted") && !html.contains("Something does not work"));
    let offered = report(&page).repairs();
    assert_eq!(
        offered,
        [
            Repair::Restore(AppRole::Server),
            Repair::Restore(AppRole::Client)
        ]
    );
    fix(&mut page, &offered);
    assert!(report(&page).server.is_some() && report(&page).client.is_some());
}

/// Signs in for a setup, in a tenant with the pair of a scenario.
fn set_up_beside(shape: Scenario) -> (Page, Pair) {
    let world = page::world();
    let made = world.with_sim(|sim| scenarios::make(sim, FABRIKAM, shape, world_now()));
    let page = page::signed_in_to(world);
    let pair = Pair {
        server: made.server,
        client: made.client,
        is_linked: true,
    };
    (page, pair)
}

#[test]
fn a_setup_in_a_tenant_with_a_pair_offers_its_check_and_another_pair() {
    let (mut page, pair) = set_up_beside(Scenario::Console2018);
    let html = crate::views::html(&page.model);
    assert!(html.contains(Locale::En.pair_there()));
    assert!(html.contains(&pair.server.unwrap().to_string()));
    page.does(Msg::AnotherWanted);
    assert!(!crate::views::html(&page.model).contains(Locale::En.pair_there()));

    let (mut page, pair) = set_up_beside(Scenario::Console2018);
    page.does(Msg::PairChosen(pair));
    assert_eq!(page.model.route, Route::Report);
    assert!(report(&page).server.is_some());
}

#[test]
fn a_setup_in_a_tenant_without_a_pair_is_not_interrupted() {
    let page = page::signed_in();
    assert!(page.model.pair.search.is_some());
    assert!(!crate::views::html(&page.model).contains(Locale::En.pair_there()));
}

#[test]
fn a_setup_in_a_tenant_that_cannot_be_searched_says_so() {
    use cloud_sim::faults::Fault;
    use cloud_sim::faults::FaultKind;
    let world = page::world();
    world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(http::Method::GET),
            path_prefix: "/v1.0/directory/deletedItems".to_owned(),
            skip: 0,
            times: 100,
            kind: FaultKind::LostBefore,
        });
    });
    let mut page = page::signed_in_to(world);
    let html = crate::views::html(&page.model);
    assert!(html.contains(Locale::En.pair_unknown()), "{html}");
    page.does(Msg::AnotherWanted);
    assert!(!crate::views::html(&page.model).contains(Locale::En.pair_unknown()));
}

/// The search after the sign-in is under way while the admin opens the review: neither result is lost.
#[test]
fn the_search_for_pairs_does_not_delay_the_review() {
    let (mut page, _) = set_up_beside(Scenario::Console2018);
    page.goes(Route::Review);
    assert!(matches!(page.model.review.state, Review::Ready(_)));
    page.goes(Route::CheckPair);
    assert!(page.model.pair.search.as_ref().unwrap().done().is_some());
}

#[test]
fn wizard_values_return_after_a_repair() {
    use cmg_entra_setup::ui::route::WizardStep;
    let (mut page, pair) = found(Scenario::NoRedirect);
    page.types(FieldId::ConnectionName, "Zürich CMG");
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    assert_ne!(page.model.setup.draft.connection_name, "Zürich CMG");
    // A reload in between, as in the redirect to the sign-in page and back.
    let world = page.world.clone();
    let mut start = page::start(&world);
    start.address = "/review".to_owned();
    let mut page = Page::open(world.clone(), start);
    assert!(page.model.setup.draft.has_existing());
    page.goes(Route::Step(WizardStep::AzureService));
    assert_eq!(page.model.setup.draft.connection_name, "Zürich CMG");
    assert!(!page.model.setup.draft.has_existing());
}

#[test]
fn update_application_settings_is_one_selection() {
    let (mut page, pair) = found(Scenario::Docs2021);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::UpdateChosen));
    assert_eq!(page.model.pair.chosen, Repair::UPDATE_APPLICATION_SETTINGS);
    let chosen = page.model.pair.chosen.clone();
    fix(&mut page, &chosen);
    let left = findings(report(&page));
    for gone in [
        "server-redirect",
        "server-device-tokens",
        "server-directory",
    ] {
        assert!(!left.contains(gone), "{left}");
    }
}

#[test]
fn providers_are_checked_after_a_subscription_is_selected() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    // The read-only sign-in shows no subscription. Selecting a repair leads to the sign-in with more permissions.
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.goes(Route::Report);
    let user = page.model.sign_in.access.user().unwrap();
    let all = user.subscriptions.done().unwrap();
    let production = all.iter().find(|it| it.name == "Fabrikam Production");
    let subscription = production.unwrap().id.to_string();
    page.does(Msg::Typed(FieldId::Subscription, subscription));
    let providers = |page: &Page| {
        report(page)
            .checks
            .iter()
            .find(|check| check.id.key() == "azure-providers")
            .cloned()
            .unwrap()
    };
    let check = providers(&page);
    assert_eq!(check.state, State::Broken, "{check:?}");
    fix(&mut page, &check.repairs);
    assert_eq!(providers(&page).state, State::Ok, "{:?}", providers(&page));
}

#[test]
fn an_existing_pair_gets_the_same_hand_over_as_a_new_pair() {
    // Unchanged, with the read-only sign-in.
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::HandOverAsked));
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(page.model.route, Route::HandOver, "there is no run to show");
    let handoff = page
        .model
        .runs
        .run
        .as_ref()
        .unwrap()
        .handoff
        .as_ref()
        .unwrap();
    assert!(configmgr::script(handoff).contains("Import-CMAADServerApplication"));
    assert!(page.model.runs.secret.is_none());
    // After a repair, because its client app was missing.
    let (mut page, pair) = found(Scenario::NoClientApp);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    assert!(run.problems().next().is_none());
    let script = configmgr::script(run.handoff.as_ref().unwrap());
    assert!(script.contains("Import-CMAADClientApplication"), "{script}");
}

#[test]
fn a_renewed_secret_stays_within_the_tenant_limit() {
    let (mut page, pair) = found(Scenario::SecretBeyondPolicy);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    let secret = page.model.runs.secret.as_ref().expect("made");
    let life = secret.end.duration_since(world_now());
    assert!(life < jiff::SignedDuration::from_hours(24 * 180), "{life}");
}

#[test]
fn the_check_finds_a_deleted_pair() {
    let (page, pair) = found(Scenario::DeletedPair);
    let found = searched(&page);
    let tied = found
        .pairs
        .iter()
        .find(|it| it.server == pair.server)
        .unwrap();
    assert_eq!(tied.client, pair.client);
    let server = found.candidate(pair.server.unwrap()).unwrap();
    assert!(server.is_deleted);
}

#[test]
fn a_pasted_client_id_finds_the_pair_under_any_name() {
    let (page, pair) = found(Scenario::TwoPairs);
    assert!(page.model.pair.pair.is_none(), "a person chooses");
    let mut page = page;
    page.types(FieldId::PairId, &pair.client.unwrap().to_string());
    page.does(Msg::Pair(PairMsg::FindAsked));
    let chosen = page
        .model
        .pair
        .pair
        .as_ref()
        .expect("the one that was named");
    assert_eq!((chosen.server, chosen.client), (pair.server, pair.client));
}

#[test]
fn an_enabled_scope_is_disabled_before_it_changes() {
    let (mut page, pair) = found(Scenario::ScopeAdmins);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::ScopeForUsers)));
    page.does(Msg::SignInAsked);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    let [off, on] = &review.requests[..] else {
        panic!("{:?}", review.requests)
    };
    let has = |planned: &cmg_entra_setup::ui::review::state::PlannedRequest, text: &str| {
        let body = planned.request.body.as_ref();
        body.is_some_and(|body| format!("{body:#}").contains(text))
    };
    assert!((off.wave, on.wave) == (1, 2));
    assert!(has(off, r#""isEnabled": false"#) && has(off, r#""type": "Admin""#));
    assert!(has(on, r#""isEnabled": true"#) && has(on, r#""type": "User""#));
}

#[test]
fn an_interrupted_repair_continues_and_keeps_wizard_values() {
    use cloud_sim::faults::Fault;
    use cloud_sim::faults::FaultKind;
    use cmg_entra_setup::ui::route::WizardStep;
    let (mut page, pair) = found(Scenario::Docs2021);
    page.types(FieldId::ConnectionName, "Zürich CMG");
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    page.does(Msg::SignInAsked);
    page.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(http::Method::POST),
            path_prefix: "/v1.0/oauth2PermissionGrants".to_owned(),
            skip: 0,
            times: 100,
            kind: FaultKind::LostBefore,
        });
    });
    page.does(Msg::Run(RunMsg::Approved));
    assert!(
        page.model
            .runs
            .run
            .as_ref()
            .unwrap()
            .problems()
            .next()
            .is_some()
    );
    // A different page later: the repair does not continue by itself.
    let world = page.world.another_page(false);
    world.with_sim(cloud_sim::Sim::clear_faults);
    drop(page);
    let mut page = Page::open(world.clone(), page::start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::ConnectionName, "Zürich CMG");
    let run = page
        .model
        .runs
        .journals
        .open()
        .next()
        .expect("unfinished")
        .run;
    page.does(Msg::Run(RunMsg::ResumeAsked(run)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    let run = page.model.runs.run.as_ref().unwrap();
    assert!(run.problems().next().is_none() && run.is_repair());
    page.goes(Route::Report);
    assert!(
        !findings(report(&page)).contains('!'),
        "{}",
        findings(report(&page))
    );
    page.goes(Route::Step(WizardStep::AzureService));
    assert_eq!(page.model.setup.draft.connection_name, "Zürich CMG");
}

/// The older secret can have a later expiry date than the new one.
#[test]
fn the_older_secret_is_removed_even_if_it_expires_later() {
    let (mut page, pair) = found(Scenario::Docs2023);
    page.does(Msg::PairChosen(pair));
    let [old] = secrets(&page)[..] else {
        panic!("one secret")
    };
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    page.saves_secret();
    page.goes(Route::Report);
    let ends = |key| {
        report(&page)
            .secrets
            .iter()
            .find(|it| it.key == key)
            .unwrap()
            .end
    };
    let newest = report(&page).newest_secret(page.model.now).unwrap().key;
    assert!(newest != old && ends(old) > ends(newest));
    let html = crate::views::html(&page.model);
    assert!(html.contains(&format!("repair-old-secret-{old}")));
    assert!(!html.contains(&format!("repair-old-secret-{newest}")));
    // The expiry date to enter is that of the new secret.
    let day: String = ends(newest).unwrap().to_string().chars().take(10).collect();
    assert!(
        html.contains(&format!("{day} as Secret Key Expiry")),
        "{day}"
    );
}
