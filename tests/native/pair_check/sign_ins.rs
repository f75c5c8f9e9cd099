//! The last sign-ins of a pair: asked for by a click, with three answers, and what they allow.

use std::time::Duration;

use cloud_sim::seed::CONTOSO_GOVERNMENT;
use domain::ids::KeyId;
use engine::read::sign_ins::LastUse;
use engine::read::sign_ins::NoReport;
use engine::read::sign_ins::SignIns;
use uuid::Uuid;

use super::*;

const APPLICATION_ADMINISTRATOR: Uuid = Uuid::from_u128(0x9b895d92_2cd3_44c7_9d02_a6ac2d5ea5c3);
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// A report of a pair, before anything was looked up.
fn checked(shape: Scenario) -> (Page, Pair) {
    let (mut page, pair) = found(shape);
    page.does(Msg::PairChosen(pair.clone()));
    (page, pair)
}

fn looked_up(page: &mut Page) -> &SignIns {
    page.does(Msg::Pair(PairMsg::SignInsAsked));
    let read = page.model.pair.sign_ins.as_ref();
    read.and_then(ReadState::done).unwrap()
}

/// Requests for the two reports so far.
fn requests(page: &Page) -> u64 {
    page.world.with_sim(|sim| {
        let counts = sim.counts().iter();
        let of_reports = counts.filter(|(route, _)| route.contains("SignInActivities"));
        of_reports.map(|(_, count)| count).sum()
    })
}

fn says(page: &Page, sentence: &str) -> bool {
    crate::views::html(&page.model).contains(sentence)
}

/// How often the page offers another sign-in.
fn sign_ins_offered(page: &Page) -> usize {
    let html = crate::views::html(&page.model);
    let button = format!(">{}</button>", Locale::En.azure_service_sign_in_again());
    html.matches(&button).count()
}

fn chooses_old(page: &mut Page, key: KeyId) -> bool {
    let repair = Repair::OldSecret(key);
    page.does(Msg::Typed(FieldId::Repair(repair), "on".to_owned()));
    page.model.pair.chosen.contains(&repair)
}

/// The site uses this secret of the pair, at this time.
fn site_uses(page: &Page, pair: &Pair, key: KeyId, at: jiff::Timestamp) {
    let graph = GRAPH.parse().unwrap();
    let own = (pair.server.unwrap(), key);
    page.world
        .with_sim(|sim| sim.sign_in_with_secret(at, FABRIKAM, own, graph));
}

#[test]
fn the_last_sign_ins_are_read_only_on_the_click_and_without_another_sign_in() {
    let (mut page, _) = checked(Scenario::Docs2026Complete);
    page.goes(Route::Retire);
    page.goes(Route::Report);
    assert_eq!(requests(&page), 0);
    let key = secrets(&page)[0];
    let since = page.model.sign_in.access.user().map(|user| user.since);
    let read = looked_up(&mut page).clone();
    let at = |text: &str| LastUse::At(text.parse().unwrap());
    assert_eq!(read.of_secret(key), at("2026-11-22T07:00:00Z"));
    let devices = "2026-11-22T05:00:00Z";
    let all: Vec<_> = read.apps().map(|(_, uses)| uses).collect();
    assert_eq!(
        all,
        [
            [at("2026-11-22T07:00:00Z"), at(devices)],
            [at(devices), LastUse::NotReported]
        ]
    );
    assert_eq!(requests(&page), 3);
    let user = page.model.sign_in.access.user();
    assert_eq!(user.map(|user| user.since), since, "the same sign-in");
    for place in [Route::Report, Route::Retire] {
        page.goes(place);
        assert!(says(
            &page,
            "Last sign-in to this app: 2026-11-22 05:00:00 UTC"
        ));
    }
    page.goes(Route::Report);
    assert!(says(&page, "Last used: 2026-11-22 07:00:00 UTC"));
    assert_eq!(requests(&page), 3);
}

#[test]
fn an_old_secret_may_be_removed_once_the_new_one_was_used() {
    let (mut page, pair) = checked(Scenario::SevenSecrets);
    let now = page.model.now;
    let newest = report(&page).newest_secret(now).unwrap().key;
    let old = *secrets(&page).iter().find(|key| **key != newest).unwrap();
    // The site still signs in with an old secret.
    looked_up(&mut page);
    assert!(!chooses_old(&mut page, old));
    assert!(says(&page, Locale::En.secrets_has_new()));

    let at = world_now() - Duration::from_hours(25);
    site_uses(&page, &pair, newest, at);
    looked_up(&mut page);
    assert_eq!(page.model.pair.new_secret_used(now), Some(at));
    assert!(says(&page, "The new secret was used at 2026-11-22 "));
    assert!(!says(&page, Locale::En.secrets_has_new()));
    assert!(chooses_old(&mut page, old));

    // Another site uses the same app, and still has the old secret.
    site_uses(&page, &pair, old, at + Duration::from_secs(60));
    looked_up(&mut page);
    assert_eq!(page.model.pair.new_secret_used(now), None);
    assert!(!chooses_old(&mut page, old));
    assert!(says(&page, Locale::En.secrets_has_new()));
    site_uses(&page, &pair, newest, at + Duration::from_secs(120));
    looked_up(&mut page);
    assert!(chooses_old(&mut page, old));

    // What the next report no longer says is not kept.
    page.world.with_sim(|sim| sim.forget_sign_ins(FABRIKAM));
    looked_up(&mut page);
    assert!(page.model.pair.chosen.is_empty());
    // The admin's word is enough without a report.
    page.does(Msg::Typed(FieldId::HasNewSecret, "on".to_owned()));
    assert!(chooses_old(&mut page, old));
}

#[test]
fn a_sign_in_before_the_secret_began_does_not_count() {
    let (mut page, pair) = checked(Scenario::SecretEndsSoon);
    let [old] = secrets(&page)[..] else {
        panic!("one secret")
    };
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    page.saves_secret();
    page.goes(Route::Report);
    page.does(Msg::SignInAsked);
    let now = page.model.now;
    let new = report(&page).newest_secret(now).unwrap().key;
    assert_ne!(new, old);
    looked_up(&mut page);
    assert!(says(&page, "Last used: not reported"));
    assert!(!chooses_old(&mut page, old));
    site_uses(&page, &pair, new, now - Duration::from_hours(30));
    looked_up(&mut page);
    assert!(!chooses_old(&mut page, old));
}

#[test]
fn a_secret_that_is_not_listed_is_not_reported_and_not_called_unused() {
    let (mut page, _) = checked(Scenario::Docs2026Complete);
    page.world.with_sim(|sim| sim.forget_sign_ins(FABRIKAM));
    let key = secrets(&page)[0];
    let read = looked_up(&mut page);
    assert_eq!(read.of_secret(key), LastUse::NotReported);
    assert_eq!(read.obstacle(), None);
    assert!(says(&page, "Last used: not reported"));
    assert!(says(&page, "Not reported does not mean not used."));
}

#[test]
fn without_a_report_the_page_says_why_and_links_to_the_sign_in_logs() {
    type Change = fn(&mut cloud_sim::Sim);
    let premium: Change = |sim| {
        sim.set_premium(FABRIKAM, false);
    };
    let role: Change = |sim| {
        sim.set_directory_roles("admin@fabrikam.com", &[APPLICATION_ADMINISTRATOR]);
    };
    for (change, why, sentence) in [
        (
            premium,
            NoReport::NoLicense,
            Locale::En.sign_ins_no_license(),
        ),
        (role, NoReport::NoRole, Locale::En.sign_ins_no_role()),
    ] {
        let (mut page, pair) = checked(Scenario::Docs2026Complete);
        let key = secrets(&page)[0];
        page.world.with_sim(change);
        let read = looked_up(&mut page);
        assert_eq!(read.of_secret(key), LastUse::CannotTell(&why));
        assert_eq!(read.obstacle(), Some(&why));
        assert!(says(&page, "Last used: cannot tell"));
        assert!(says(&page, sentence));
        let app = pair.server.unwrap();
        assert!(says(&page, "ManagedAppMenuBlade/~/Overview/objectId/"));
        assert!(says(&page, &format!("/appId/{app}")));
        assert!(report(&page).server.is_some(), "the rest stays");
    }
}

#[test]
fn an_unknown_refusal_of_the_reports_is_shown_in_microsofts_words() {
    use cloud_sim::faults::FaultKind;
    let (mut page, _) = checked(Scenario::Docs2026Complete);
    let body = r#"{"error":{"code":"Gone","message":"This report has moved."}}"#;
    page.goes_wrong(
        http::Method::GET,
        "/beta/reports/appCredentialSignInActivities",
        FaultKind::Instead(410, body.to_owned()),
    );
    let key = secrets(&page)[0];
    let read = looked_up(&mut page);
    assert!(matches!(
        read.of_secret(key),
        LastUse::CannotTell(NoReport::Failed(_))
    ));
    let known = read
        .apps()
        .all(|(_, [client, _])| matches!(client, LastUse::At(_)));
    assert!(known, "the other report is there");
    assert!(says(&page, "This report has moved."));
}

#[test]
fn an_ended_sign_in_stops_the_look_up_and_offers_another_one() {
    use cloud_sim::faults::FaultKind;
    let (mut page, _) = checked(Scenario::Docs2026Complete);
    for _ in 0..2 {
        page.goes_wrong(
            http::Method::GET,
            "/beta/reports/appCredentialSignInActivities",
            FaultKind::Revoked(None),
        );
    }
    let offered = sign_ins_offered(&page);
    page.does(Msg::Pair(PairMsg::SignInsAsked));
    let read = page.model.pair.sign_ins.as_ref();
    assert!(read.and_then(ReadState::failed).is_some(), "{read:?}");
    assert_eq!(sign_ins_offered(&page), offered + 1);
    page.does(Msg::SignInAsked);
    page.goes(Route::Report);
    assert_eq!(looked_up(&mut page).obstacle(), None);
}

#[test]
fn a_sign_in_for_a_setup_may_need_another_one_to_read_the_reports() {
    let (mut page, pair) = set_up_beside(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    let offered = sign_ins_offered(&page);
    let read = looked_up(&mut page);
    assert_eq!(read.obstacle(), Some(&NoReport::NoPermission));
    assert!(says(&page, Locale::En.sign_ins_no_permission()));
    assert_eq!(sign_ins_offered(&page), offered + 1);
    page.does(Msg::SignInAsked);
    assert_eq!(looked_up(&mut page).obstacle(), None);
}

#[test]
fn other_clouds_have_no_reports_and_are_not_asked() {
    let world = page::world();
    let made = world.with_sim(|sim| {
        scenarios::make(
            sim,
            CONTOSO_GOVERNMENT,
            Scenario::Docs2026Complete,
            world_now(),
        )
    });
    let mut page = Page::open(world.clone(), page::start(&world));
    page.goes(Route::CheckPair);
    page.types(FieldId::Cloud, "usgov");
    page.types(FieldId::Tenant, "contoso-gov.us");
    page.does(Msg::SignInAsked);
    page.does(Msg::PairChosen(Pair {
        server: made.server,
        client: made.client,
        is_linked: true,
    }));
    assert!(says(&page, Locale::En.sign_ins_other_cloud()));
    assert!(!says(&page, Locale::En.sign_ins_ask()));
    let read = looked_up(&mut page);
    assert_eq!(read.obstacle(), Some(&NoReport::OtherCloud));
    assert_eq!(requests(&page), 0);
}

#[test]
fn the_sign_ins_of_another_pair_are_not_shown() {
    let (mut page, pair) = checked(Scenario::Docs2026Complete);
    looked_up(&mut page);
    let other = Pair {
        client: None,
        ..pair
    };
    page.does(Msg::PairChosen(other));
    assert_eq!(page.model.pair.sign_ins, None);
}
