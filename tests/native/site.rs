//! Settings of the site owner: default values of the wizard, disabled features, and the site owner's texts.

use cmg_entra_setup::ui::embedding::state::Embedding;
use std::cell::RefCell;
use std::rc::Rc;

use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::scenarios::kinds::Scenario;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use cmg_entra_setup::ui::shell::site::SiteConfig;
use domain::app_id_uri::choice::UriForm;
use domain::config::Config;
use domain::config::features::Feature;
use domain::locale::Locale;
use domain::platform::Platform as _;
use domain::secret::Secret;

use crate::page::Page;
use crate::page::start;
use crate::page::world;
use crate::pair_check::found;
use crate::unfinished::dies_after;
use crate::unfinished::opened;
use crate::views::html;

const EN: Locale = Locale::En;

fn config(members: &str) -> Config {
    let text = format!(r#"{{ "clients": {{ "public": "{TOOL_PUBLIC}" }}, {members} }}"#);
    Config::parse(text.as_bytes()).unwrap()
}

fn settings(members: &str) -> Msg {
    Msg::SiteRead(SiteConfig::Ready(config(members)))
}

fn without(feature: Feature) -> String {
    format!(r#""features": {{ "{}": false }}"#, feature.key())
}

/// A page that starts with these settings.
fn page(members: &str) -> Page {
    let world = world();
    let start = Start {
        config: Some(config(members)),
        ..start(&world)
    };
    Page::open(world, start)
}

const DEFAULTS: &str = r#"
    "cloud": "usgov", "tenant": "contoso-gov.us",
    "names": { "prefix": "Contoso ", "clientApp": "Contoso devices" },
    "connection": { "name": "Contoso CMG", "description": "By the CMG team" },
    "appIdUri": { "form": "domain-name", "name": "cmg-2", "domain": "contoso-gov.us" },
    "secretLife": 730
"#;

#[test]
fn the_wizard_starts_with_the_site_defaults() {
    let page = page(DEFAULTS);
    let draft = &page.model.setup.draft;
    assert_eq!(draft.cloud, "usgov");
    assert_eq!(draft.tenant, "contoso-gov.us");
    assert_eq!(draft.server_name, "Contoso CMG-ServerApp");
    assert_eq!(draft.client_name, "Contoso devices");
    assert_eq!(draft.connection_name, "Contoso CMG");
    assert_eq!(draft.description, "By the CMG team");
    assert_eq!(draft.uri_form(), UriForm::DomainAndName);
    assert_eq!(draft.uri_name, "cmg-2");
    assert_eq!(draft.uri_domain, "contoso-gov.us");
    assert_eq!(draft.secret_life, "2-years");
    assert_eq!(page.model.app_id_uri.check.name, "cmg-2");
    assert!(
        page.model.setup.faults.is_empty(),
        "{:?}",
        page.model.setup.faults
    );
}

#[test]
fn a_missing_setting_keeps_its_built_in_default() {
    let plain = page(r#""cloud": "public""#).model.setup.draft;
    let built_in = Page::open(world(), start(&world())).model.setup.draft;
    assert_eq!(plain, built_in);
}

#[test]
fn typed_values_take_precedence_over_site_defaults() {
    let world = world();
    let late = || Start {
        config: None,
        ..start(&world)
    };
    let mut page = Page::open(world.clone(), late());
    page.types(FieldId::ServerName, "Mine");
    page.types(FieldId::CheckName, "mine");
    let typed = page.model.setup.draft.clone();
    page.does(settings(DEFAULTS));
    assert_eq!(page.model.setup.draft, typed);
    assert_eq!(page.model.app_id_uri.check.name, "mine");
    // From session storage, before the settings are loaded and with them.
    let mut again = Page::open(world.clone(), late());
    again.does(settings(DEFAULTS));
    assert_eq!(again.model.setup.draft, typed);
    let start = Start {
        config: Some(config(DEFAULTS)),
        ..start(&world)
    };
    assert_eq!(Page::open(world, start).model.setup.draft, typed);
}

#[test]
fn the_wizard_starts_with_the_site_defaults_after_a_repair() {
    let (mut page, pair) = found(Scenario::DeviceTokensOff);
    page.does(settings(
        r#""names": { "prefix": "Contoso " }, "secretLife": 730"#,
    ));
    page.does(Msg::PairChosen(pair));
    page.does(Msg::Pair(PairMsg::AllChosen));
    page.does(Msg::Pair(PairMsg::RepairsAsked));
    assert!(page.model.setup.draft.has_existing());
    page.model.pair.saved_draft = None;
    page.goes(Route::Step(WizardStep::WebApp));
    assert_eq!(page.model.setup.draft.server_name, "Contoso CMG-ServerApp");
    assert_eq!(page.model.setup.draft.secret_life, "2-years");
    assert_eq!(page.model.setup.draft.tenant, "fabrikam.com");
}

/// Each feature with its routes.
const PLACES: [(Feature, &[Route]); 6] = [
    (
        Feature::SetUp,
        &[
            Route::Step(WizardStep::AzureService),
            Route::Step(WizardStep::WebApp),
            Route::Step(WizardStep::NativeApp),
            Route::Step(WizardStep::Discovery),
            Route::Step(WizardStep::Subscription),
            Route::Review,
            Route::Plan,
        ],
    ),
    (Feature::Discovery, &[Route::Step(WizardStep::Discovery)]),
    (
        Feature::Providers,
        &[Route::Step(WizardStep::Subscription), Route::Providers],
    ),
    (
        Feature::Check,
        &[Route::CheckPair, Route::Report, Route::Retire],
    ),
    (Feature::Retire, &[Route::Retire]),
    (Feature::AppIdUriCheck, &[Route::CheckUri]),
];

#[test]
fn a_url_of_a_disabled_feature_leads_to_a_notice_on_the_start() {
    for (feature, own) in PLACES {
        for place in Route::all() {
            // Without a pair, a run or a selection, the URL leads to another page.
            if matches!(
                place,
                Route::Report
                    | Route::Retire
                    | Route::Run
                    | Route::ProvidersReview
                    | Route::ProvidersRun
            ) {
                continue;
            }
            let is_off = own.contains(&place);
            let told = EN.start_off(route::title(place, EN));
            let check = |page: &Page, how: &str| {
                let html = html(&page.model);
                assert_eq!(
                    html.contains(EN.start_off_title()),
                    is_off,
                    "{place:?} {how}"
                );
                if is_off {
                    assert_eq!(page.model.route, Route::Start, "{place:?} {how}");
                    assert!(
                        html.contains(&told.replace('&', "&amp;")),
                        "{place:?} {how}: {html}"
                    );
                }
            };
            let mut going = page(&without(feature));
            going.goes(place);
            check(&going, "by a button");
            going.goes(Route::Start);
            assert!(!html(&going.model).contains(EN.start_off_title()));
            // Opened by its URL, before the settings are loaded.
            let world = world();
            let start = Start {
                config: None,
                address: place.address().to_owned(),
                ..start(&world)
            };
            let mut opened = Page::open(world, start);
            opened.does(settings(&without(feature)));
            check(&opened, "by its address");
        }
    }
}

#[test]
fn retiring_can_be_disabled_with_a_selected_pair() {
    let (mut page, pair) = found(Scenario::DeviceTokensOff);
    page.does(Msg::PairChosen(pair));
    assert!(html(&page.model).contains(EN.report_retire_action()));
    page.does(settings(&without(Feature::Retire)));
    assert!(!html(&page.model).contains(EN.report_retire_action()));
    page.goes(Route::Retire);
    assert_eq!(page.model.turned_away, Some(Route::Retire));
    page.goes(Route::Report);
    assert_eq!(page.model.route, Route::Report);
    page.does(settings(&without(Feature::Check)));
    assert_eq!(page.model.turned_away, Some(Route::Report));
}

#[test]
fn repairs_can_be_disabled_and_the_report_stays() {
    let (mut page, pair) = found(Scenario::DeviceTokensOff);
    page.does(Msg::PairChosen(pair));
    let offers = [
        "name=\"repair-",
        EN.secrets_renew_action(),
        EN.report_choose_all(),
        EN.report_update_settings(),
        &EN.report_review(0),
    ];
    let before = html(&page.model);
    for offer in offers {
        assert!(before.contains(offer), "{offer}");
    }
    page.does(settings(&without(Feature::Repair)));
    assert_eq!(page.model.route, Route::Report);
    let after = html(&page.model);
    for offer in offers {
        assert!(!after.contains(offer), "{offer}");
    }
    assert!(after.contains(EN.report_save()) && after.contains(EN.report_retire_action()));
}

#[test]
fn a_disabled_feature_has_no_button() {
    for (feature, action) in [
        (Feature::SetUp, EN.start_set_up_action()),
        (Feature::Check, EN.start_check_action()),
        (Feature::AppIdUriCheck, EN.start_uri_action()),
    ] {
        let button = format!(">{action}</button>");
        let all = html(&page(r#""features": {}"#).model);
        assert!(all.contains(&button), "{action}");
        assert!(
            !html(&page(&without(feature)).model).contains(&button),
            "{action}"
        );
    }
    let mut page = page(r#""features": { "discovery": false, "providers": false }"#);
    page.goes(Route::Step(WizardStep::NativeApp));
    let drawn = html(&page.model);
    assert!(!drawn.contains(EN.step_discovery()) && !drawn.contains(EN.step_subscription()));
    assert!(drawn.contains(&EN.step_eyebrow(4, 3)), "{drawn}");
    // The last available step leads to the review, and the review leads back to it.
    assert!(!drawn.contains(&EN.frame_next(EN.step_subscription())));
    assert_eq!(page.model.steps().next_back(), Some(WizardStep::NativeApp));
}

#[test]
fn a_setup_works_without_discovery_and_subscription() {
    let world = world();
    let mut before = Page::open(world.clone(), start(&world));
    before.types(FieldId::Tenant, "fabrikam.com");
    before.types(FieldId::UserDiscovery, "on");
    before.types(FieldId::GroupDiscovery, "on");
    before.types(
        FieldId::Subscription,
        "5e97358c-d99c-4558-af0c-de7774091dda",
    );
    let start = Start {
        config: Some(config(
            r#""features": { "discovery": false, "providers": false }"#,
        )),
        ..start(&world)
    };
    let mut page = Page::open(world, start);
    assert!(!page.model.setup.draft.discovery_wanted());
    assert_eq!(page.model.setup.draft.subscription, "");
    assert_eq!(page.model.setup.draft.tenant, "fabrikam.com");
    // The value also cannot be set through a message without a control on the page.
    page.types(FieldId::UserDiscovery, "on");
    page.types(
        FieldId::Subscription,
        "5e97358c-d99c-4558-af0c-de7774091dda",
    );
    assert!(!page.model.setup.draft.discovery_wanted());
    assert_eq!(page.model.setup.draft.subscription, "");
    page.goes(Route::Step(WizardStep::AzureService));
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    let Review::Ready(review) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state);
    };
    assert!(review.plan.desired.providers().is_empty());
    assert!(!review.plan.desired.wants_directory());
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
}

#[test]
fn a_started_run_can_be_completed_with_all_features_disabled() {
    let all_off = Feature::ALL
        .map(|feature| format!(r#""{}": false"#, feature.key()))
        .join(", ");
    let all_off = format!(r#""features": {{ {all_off} }}"#);
    let world = dies_after(3);
    let mut page = opened(&world);
    page.does(settings(&all_off));
    assert!(html(&page.model).contains(EN.unfinished_banner_action()));
    page.goes(Route::Unfinished);
    assert_eq!(page.model.route, Route::Unfinished);
    let run = page.model.runs.journals.open().next().unwrap().run;
    page.does(Msg::Run(RunMsg::UndoAsked(run)));
    assert_eq!(page.model.route, Route::Undo);
    page.goes(Route::Unfinished);
    page.does(Msg::Run(RunMsg::ResumeAsked(run)));
    assert_eq!(page.model.route, Route::Review);
    let before = html(&page.model);
    assert!(!before.contains("class=\"link-button\""), "{before}");
    page.does(Msg::SignInAsked);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(
        page.model.runs.run.as_ref().unwrap().state,
        RunState::Complete
    );
    // Through the redirect to the sign-in page and back. The settings are loaded before the journals.
    let answer = Secret::new("code=x&state=y".to_owned());
    world.session_set("place", Route::Review.address());
    let start = Start {
        answer: Rc::new(RefCell::new(Some(answer))),
        config: Some(config(&all_off)),
        ..start(&world)
    };
    let (model, _) = Model::new(start);
    assert_eq!(model.route, Route::Review);
}

#[test]
fn invalid_settings_disable_nothing() {
    let mut page = page(&without(Feature::AppIdUriCheck));
    page.does(Msg::SiteRead(SiteConfig::Refused("x".to_owned())));
    page.goes(Route::CheckUri);
    assert_eq!(page.model.route, Route::CheckUri);
}

const HOST: &str = r#"
    "organization": {
        "name": "Contoso <b>IT</b>",
        "notice": "Open a change before you select Create. <img src=x onerror=alert(1)>",
        "contact": "mailto:cmg@contoso.com",
        "helpUrl": "https://wiki.contoso.com/cmg?a=1&b=2"
    },
    "logo": "contoso.svg"
"#;

#[test]
fn site_owner_texts_appear_as_plain_text_and_links() {
    let page = page(HOST);
    let drawn = html(&page.model);
    assert!(
        !drawn.contains("<b>") && !drawn.contains("<img src=x"),
        "{drawn}"
    );
    assert_eq!(drawn.matches("<img ").count(), 1);
    assert!(drawn.contains("src=\"https://cmg-entra-setup.test/contoso.svg\""));
    for link in [
        r#"<a href="mailto:cmg@contoso.com" rel="noopener noreferrer" translate="no">cmg@contoso.com</a>"#,
        r#"<a href="https://wiki.contoso.com/cmg?a=1&amp;b=2" target="_blank" rel="noopener noreferrer" translate="no">https://wiki.contoso.com/cmg?a=1&amp;b=2</a>"#,
    ] {
        assert!(drawn.contains(link), "{drawn}");
    }
    // The product name stays next to it.
    assert!(drawn.contains(EN.product_name()) && drawn.contains(EN.host_title()));
    // Only the start page shows the site owner's texts. Every page shows the logo.
    let mut page = page;
    page.goes(Route::Step(WizardStep::WebApp));
    let drawn = html(&page.model);
    assert!(!drawn.contains(EN.host_title()) && drawn.contains("contoso.svg"));
}

#[test]
fn the_page_omits_empty_site_owner_details() {
    let drawn = html(&page(r#""organization": {}"#).model);
    assert!(!drawn.contains(EN.host_title()) && !drawn.contains("<img"));
    let only = html(&page(r#""organization": { "helpUrl": "https://wiki" }"#).model);
    assert!(only.contains(EN.host_title()) && only.contains(EN.host_help()));
    assert!(!only.contains(EN.host_contact()) && !only.contains("<img"));
    let silent = html(&page(r#""organization": { "name": "Contoso" }"#).model);
    assert!(silent.contains(EN.host_title()) && !silent.contains("<dl"));
    let logo = html(&page(r#""logo": "a.png""#).model);
    assert!(
        logo.contains(&format!("alt=\"{}\"", EN.host_logo())) && !logo.contains(EN.host_title())
    );
}

#[test]
fn a_framed_page_shows_no_logo() {
    let world = world();
    let start = Start {
        embedding: Embedding::Frame,
        config: Some(config(HOST)),
        ..start(&world)
    };
    let drawn = html(&Page::open(world, start).model);
    assert!(!drawn.contains("<img"));
    assert!(drawn.contains(EN.host_title()));
}
