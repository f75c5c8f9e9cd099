//! What each page says to a person and to a screen reader, compared with `golden/views`, and the requirements of its markup.
//!
//! `UPDATE_GOLDEN=1 cargo test` rewrites the files; review the difference like code.

mod changes;
mod findings;
mod help;
mod markup;
mod outline;
mod printed;
mod time_line;

use std::path::Path;
use std::rc::Rc;

use cloud_sim::platform::Window;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::FABRIKAM;
use cloud_sim::seed::WOODGROVE;
use cmg_entra_setup::ui;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::PlanMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::shell::site::SiteConfig;
use domain::config::Config;
use domain::platform::Platform as _;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::Properties;
use yew::prelude::component;

use crate::frame::framed;
use crate::page::Page;
use crate::page::first_subscription;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;
use crate::pair_check::found;
use crate::unfinished::dies_after;
use crate::unfinished::opened;

use markup::Element;
use markup::parse;
use outline::Icons;
use outline::outline;

#[derive(Clone, PartialEq, Properties)]
struct ShownProps {
    model: Shown,
}

#[derive(Clone)]
struct Shown(Rc<Model>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn Whole(props: &ShownProps) -> Html {
    ui::app::view(&props.model.0, &Callback::noop())
}

pub(crate) fn html(model: &Model) -> String {
    let model = Shown(Rc::new(model.clone()));
    let renderer =
        yew::LocalServerRenderer::<Whole>::with_props(ShownProps { model }).hydratable(false);
    futures_executor::block_on(renderer.render())
}

/// The HTML of the pages, for `tests/e2e/markup.spec.js`. One element per line, so that its messages have a line.
fn keep_html(name: &str, html: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/views");
    std::fs::create_dir_all(&folder).unwrap();
    let mut text = html.replace("><", ">\n<");
    text.push('\n');
    std::fs::write(folder.join(format!("{name}.html")), text).unwrap();
}

#[track_caller]
pub(crate) fn golden(name: &str, page: &Page) {
    let html = html(&page.model);
    keep_html(name, &html);
    let tree = parse(&html);
    check_names(&tree);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/native/golden/views")
        .join(format!("{name}.txt"));
    let is = outline(&tree, &Icons::new());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, is).unwrap();
        return;
    }
    let was = std::fs::read_to_string(&path).unwrap_or_default();
    if is != was {
        let at = is
            .lines()
            .zip(was.lines())
            .take_while(|(is, was)| is == was)
            .count();
        let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
        panic!(
            "{name}.txt differs from line {}: review it, then UPDATE_GOLDEN=1\n was: {}\n  is: {}",
            at + 1,
            line(&was),
            line(&is)
        );
    }
}

/// Checks the accessibility requirements of every page, for screen readers and for keyboards.
#[track_caller]
fn check_names(page: &Element) {
    let all = page.all();
    let ids: Vec<&str> = all.iter().filter_map(|it| it.attribute("id")).collect();
    for (index, id) in ids.iter().enumerate() {
        assert!(!ids[..index].contains(id), "two elements have the ID {id}");
    }
    for element in &all {
        let tag = element.tag();
        for name in ["aria-describedby", "aria-labelledby", "for"] {
            for id in element.ids(name) {
                assert!(
                    ids.contains(&id),
                    "{name} points to {id}, which is not there: {tag}"
                );
            }
        }
        assert!(
            element.attribute("style").is_none(),
            "the page's policy blocks this style: {tag}"
        );
        assert!(!tag.contains(" aria_"), "an invalid attribute: {tag}");
        if element.is(&["input", "select", "textarea", "output"]) {
            let id = element
                .attribute("id")
                .unwrap_or_else(|| panic!("no ID: {tag}"));
            let is_labelled = all
                .iter()
                .any(|it| it.is(&["label"]) && it.attribute("for") == Some(id));
            assert!(is_labelled, "no visible label: {tag}");
        }
        if element.is(&["svg"]) {
            assert_eq!(
                element.attribute("aria-hidden"),
                Some("true"),
                "a sign beside words is not read out: {tag}"
            );
        }
        if element.is(&["progress", "nav", "figure"]) {
            assert!(element.attribute("aria-label").is_some(), "no name: {tag}");
        }
        if element.is(&[
            "button", "summary", "legend", "label", "h1", "h2", "h3", "h4",
        ]) {
            assert!(!element.text().trim().is_empty(), "says nothing: {tag}");
        }
    }
    for name in ["h1", "main"] {
        assert_eq!(
            all.iter().filter(|it| it.is(&[name])).count(),
            1,
            "one <{name}> on a page"
        );
    }
    let heading = all.iter().find(|it| it.is(&["h1"])).unwrap();
    assert_eq!(
        heading.attribute("tabindex"),
        Some("-1"),
        "the heading cannot take the focus"
    );
}

#[test]
fn pages_outside_the_wizard_match_the_golden_files() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    golden("start", &page);
    page.goes(Route::CheckUri);
    golden("check-uri-empty", &page);
    page.types(FieldId::CheckTenant, "5e97358c-d99c-4558-af0c-de7774091dda");
    page.types(
        FieldId::CheckDomains,
        "contoso.com\ncontoso.onmicrosoft.com",
    );
    page.types(FieldId::CheckUri, "https://ConfigMgrService");
    page.types(FieldId::CheckUnique, "on");
    golden("check-uri", &page);
    page.goes(Route::Register);
    golden("register", &page);
}

#[test]
fn wizard_steps_match_the_golden_files() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    golden("azure-service-signed-out", &page);
    let mut page = signed_in();
    golden("azure-service", &page);
    page.goes(Route::Step(WizardStep::WebApp));
    golden("web-app", &page);
    page.types(FieldId::UriForm, "domain-name");
    page.types(FieldId::HomePageUrl, "ConfigMgrService");
    golden("web-app-faults", &page);
    page.goes(Route::Step(WizardStep::NativeApp));
    golden("native-app", &page);
    page.goes(Route::Step(WizardStep::Discovery));
    page.types(FieldId::GroupDiscovery, "on");
    golden("discovery", &page);
    page.goes(Route::Step(WizardStep::Subscription));
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    golden("subscription", &page);
    page.goes(Route::Review);
    golden("review-faults", &page);
}

#[test]
fn plan_pages_match_the_golden_files() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Plan);
    golden("plan-unanswered", &page);
    page.types(FieldId::Tenant, &FABRIKAM.to_string());
    page.types(
        FieldId::Subscription,
        "a1b2c3d4-e5f6-4708-9a0b-1c2d3e4f5a6b",
    );
    page.types(FieldId::GroupDiscovery, "on");
    page.types(FieldId::GroupNames, "Laptops\nServers");
    golden("plan-own", &page);
    let link = page.model.plan_file().unwrap().link().unwrap();
    page.types(FieldId::PlanText, &format!("#/plan?{link}x"));
    golden("plan-refused", &page);
    page.types(FieldId::PlanText, &format!("#/plan?{link}"));
    golden("plan-opened", &page);
    page.does(Msg::Plan(PlanMsg::Used));
    page.goes(Route::Plan);
    golden("plan-used", &page);
    page.types(
        FieldId::PlanText,
        include_str!("golden/handover-plain.json"),
    );
    golden("plan-other-tenant", &page);
    page.types(FieldId::Tenant, "");
    page.types(
        FieldId::PlanText,
        include_str!("golden/handover-plain.json"),
    );
    golden("received", &page);
}

#[test]
fn review_run_and_hand_over_match_the_golden_files() {
    let mut page = signed_in();
    let subscription = first_subscription(&page);
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    golden("review", &page);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        model
            .runs
            .run
            .as_ref()
            .is_some_and(|run| run.count().0 == 5)
    });
    golden("run-underway", &page);

    let mut page = signed_in();
    page.types(FieldId::Subscription, &subscription);
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    golden("run-complete", &page);
    page.goes(Route::HandOver);
    golden("hand-over", &page);
    page.does_at_once(Msg::Run(RunMsg::SecretToggled));
    let shown = page.window.filled.borrow().clone().unwrap();
    assert!(
        !html(&page.model).contains(&shown),
        "the secret is in the markup"
    );
    page.saves_secret();
    assert_eq!(*page.window.filled.borrow(), None);
    golden("hand-over-saved", &page);
}

#[test]
fn pair_check_repair_and_retire_match_the_golden_files() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::CheckPair);
    golden("check-pair-signed-out", &page);
    page.types(FieldId::PairId, "not an ID");
    let (mut page, pair) = found(Scenario::Console2018);
    let (mut two, _) = found(Scenario::TwoPairs);
    two.types(FieldId::PairId, "not an ID");
    golden("check-pair", &two);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.types(FieldId::EarlierReport, "{}");
    golden("report", &page);
    page.goes(Route::Retire);
    golden("retire", &page);
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    golden("review-repair-read-only", &page);
    page.does(Msg::SignInAsked);
    golden("review-repair", &page);
    page.does(Msg::Run(RunMsg::Approved));
    golden("run-repair-complete", &page);
    page.goes(Route::HandOver);
    golden("hand-over-repair", &page);
}

#[test]
fn the_last_sign_ins_match_the_golden_file() {
    let (mut page, pair) = found(Scenario::SevenSecrets);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::SignInsAsked));
    golden("report-sign-ins", &page);
    page.goes(Route::Retire);
    golden("retire-sign-ins", &page);
}

#[test]
fn a_renewal_hands_over_only_the_secret() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::RepairAsked(Repair::Secret)));
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    golden("hand-over-renewed", &page);
    let html = html(&page.model);
    assert!(html.contains("Enter the new secret") && !html.contains("Import both apps"));
}

#[test]
fn a_retirement_matches_the_golden_files() {
    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.does(Msg::PairChosen(pair));
    page.goes(Route::Retire);
    for part in [AppRole::Server, AppRole::Client] {
        page.types(FieldId::Repair(Repair::Delete(part)), "on");
    }
    page.does(Msg::Pair(PairMsg::RetireAsked));
    page.does(Msg::SignInAsked);
    golden("review-retire", &page);
    page.types(FieldId::SiteDisconnected, "on");
    page.does(Msg::Run(RunMsg::Approved));
    golden("run-retire-complete", &page);
    page.goes(Route::HandOver);
    golden("hand-over-retired", &page);
    page.goes(Route::Report);
    golden("report-retired", &page);
}

/// A policy blocks the secret, and a pair with the same names exists. The page shows how to continue in each case.
#[test]
fn blocked_reviews_match_the_golden_files() {
    let policy = crate::stories::truth::blocking(&serde_json::json!({}));
    let mut page = signed_in();
    page.world.with_sim(|sim| {
        assert!(sim.set_app_management_policy(FABRIKAM, policy.clone()));
        assert!(sim.delegate_subscription("Fabrikam Development", WOODGROVE));
    });
    page.does(Msg::ReadAgainAsked);
    page.goes(Route::Step(WizardStep::Subscription));
    golden("subscription-not-usable", &page);
    page.goes(Route::Review);
    golden("review-secret-blocked", &page);
    page.types(FieldId::SecretLater, "on");
    golden("review-secret-later", &page);
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::HandOver);
    golden("hand-over-secret-later", &page);

    let (mut page, pair) = found(Scenario::Docs2026Complete);
    page.world
        .with_sim(|sim| assert!(sim.set_app_management_policy(FABRIKAM, policy.clone())));
    page.does(Msg::PairChosen(pair));
    golden("report-secret-blocked", &page);

    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "adventure-works.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    golden("review-pair-there", &page);
}

/// A pair created in another browser can belong to another admin.
#[test]
fn a_pair_of_another_browser_is_shown_before_it_is_used() {
    let mut page = signed_in();
    page.goes(Route::Review);
    page.does(Msg::Run(RunMsg::Approved));
    page.saves_secret();
    let world = page.world.another_page(false);
    drop(page);
    world.run(world.delete("run/")).unwrap();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    golden("review-unknown-origin", &page);
    page.does(Msg::Typed(FieldId::AdoptServer, "on".to_owned()));
    page.does(Msg::Typed(FieldId::AdoptClient, "on".to_owned()));
    golden("review-chosen-origin", &page);
}

#[test]
fn unfinished_runs_and_undo_match_the_golden_files() {
    let world = dies_after(6);
    let mut page = opened(&world);
    golden("start-unfinished", &page);
    page.goes(Route::Unfinished);
    golden("unfinished", &page);
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::ResumeAsked(run)));
    page.does(Msg::SignInAsked);
    golden("review-continued", &page);
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    golden("undo", &page);
    page.does(Msg::Run(RunMsg::UndoApproved));
    golden("undo-done", &page);
}

/// The check must find an error. Otherwise the assertions above would pass for any page.
#[test]
fn the_accessibility_check_finds_each_error() {
    let world = world();
    let page = Page::open(world.clone(), start(&world));
    let good = html(&page.model);
    check_names(&parse(&good));
    for (from, to) in [
        (
            "<h1 id=\"title\"",
            "<h1 id=\"other\" aria-describedby=\"nowhere\"",
        ),
        ("aria-hidden=\"true\"", ""),
        ("tabindex=\"-1\"", ""),
        ("</main>", "<input id=\"x\" name=\"x\"></main>"),
        ("</main>", "<button type=\"button\"> </button></main>"),
        ("</main>", "<p style=\"color:red\">x</p></main>"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let bad = parse(&bad);
        assert!(
            std::panic::catch_unwind(|| check_names(&bad)).is_err(),
            "passed: {from} -> {to}"
        );
    }
}

#[test]
fn the_start_page_with_site_details_matches_the_golden_file() {
    let text = r#"{ "organization": { "name": "Contoso IT", "notice": "Open a change first.",
        "contact": "mailto:cmg@contoso.com", "helpUrl": "https://wiki.contoso.com/cmg" },
        "logo": "contoso.svg", "features": { "check": false } }"#;
    let world = world();
    let mut page = Page::open(
        world.clone(),
        Start {
            config: Some(Config::parse(text.as_bytes()).unwrap()),
            ..start(&world)
        },
    );
    page.goes(Route::CheckPair);
    golden("start-host", &page);
}

#[test]
fn framed_pages_match_the_golden_files() {
    let mut page = framed();
    page.world.let_window(Some(Window::Open));
    page.does_at_once(Msg::SignInAsked);
    golden("framed-window-open", &page);
    page.does(Msg::SignInDropped);
    page.world.let_window(Some(Window::Blocked));
    page.does(Msg::SignInAsked);
    golden("framed-no-window", &page);
    let text = r#"{ "parents": ["https://portal.contoso.com"] }"#;
    let site = SiteConfig::Ready(Config::parse(text.as_bytes()).unwrap());
    page.does(Msg::SiteRead(site));
    page.goes(Route::Register);
    golden("register-framed", &page);
}

#[test]
fn pages_about_refused_changes_match_the_golden_files() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "litware.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    golden("review-refused", &page);
    page.types(FieldId::OnRefusal, "leave-out");
    golden("review-left-out", &page);
    page.does(Msg::Run(RunMsg::Approved));
    golden("run-left-out", &page);
    page.goes(Route::HandOver);
    golden("hand-over-left-out", &page);
}

/// The golden files contain every page.
#[test]
fn links_to_other_sites_open_in_a_new_tab_without_a_referrer() {
    let mut links = 0;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/golden/views");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (file, text) = (path.display(), std::fs::read_to_string(&path).unwrap());
        for line in text.lines().filter(|line| line.contains("[href=https://")) {
            // The page itself, outside its frame.
            if line.contains("[href=https://cmg-entra-setup.test/") {
                continue;
            }
            links += 1;
            assert!(line.contains("[target=_blank]"), "{file}: {line}");
            assert!(
                line.contains("[rel=\"noopener noreferrer\"]"),
                "{file}: {line}"
            );
        }
    }
    assert!(links > 20, "{links}");
}
