//! The language: who chooses it, and that switching it loses nothing and leaves no sentence of the other language.

use std::fs;
use std::path::Path;

use cloud_sim::platform::SimPlatform;
use cloud_sim::scenarios::kinds::Scenario;
use cmg_entra_setup::ui::embedding::state::Embedding;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Model;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::PairMsg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::shell::notice::Notice;
use cmg_entra_setup::ui::shell::site::SiteConfig;
use cmg_entra_setup::ui::storage;
use domain::locale::Locale;
use domain::platform::Platform as _;
use engine::journal::JournalLocation;

use crate::page::Page;
use crate::page::first_subscription;
use crate::page::start;
use crate::page::world;
use crate::pair_check::found_in;
use crate::repairs::get;
use crate::views::html;

/// The page without what it announces: the switch is announced.
fn quiet(model: &Model) -> String {
    let mut model = model.clone();
    model.notice = Notice::default();
    html(&model)
}

fn opened(world: &SimPlatform, locale: Locale) -> Page {
    let start = Start {
        locale,
        ..start(world)
    };
    Page::open(world.clone(), start)
}

fn signed_in(locale: Locale) -> Page {
    let mut page = opened(&world(), locale);
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    // An answer, which the language of the page does not change.
    page.types(FieldId::TextLanguage, "en");
    page.does(Msg::SignInAsked);
    page
}

/// A page that reached a state in English and then changed to German, shows what a page shows that was German from the beginning.
#[track_caller]
fn same_as_from_the_beginning(reach: impl Fn(Locale) -> Page) {
    let mut page = reach(Locale::En);
    // Without time for anything else: a run in progress stays where it is.
    for msg in [
        Msg::Typed(FieldId::Language, "de".to_owned()),
        Msg::LanguageLoaded(Locale::De, Ok(())),
    ] {
        drop(page.model.update(msg));
    }
    let german = reach(Locale::De);
    let (is, was) = (quiet(&page.model), quiet(&german.model));
    let at = is
        .char_indices()
        .zip(was.chars())
        .find(|((_, a), b)| a != b)
        .map(|((at, _), _)| at);
    if let Some(at) = at {
        let from = is[..at].rfind('<').unwrap_or_default();
        let shown = |text: &str| text[from..].chars().take(300).collect::<String>();
        assert_eq!(
            shown(&is),
            shown(&was),
            "after the change, and from the beginning"
        );
    }
    assert_eq!(is.len(), was.len());
}

#[test]
fn the_language_is_shown_at_once_and_kept_for_the_tab() {
    let world = world();
    let mut page = opened(&world, Locale::En);
    assert_eq!(*page.window.language.borrow(), None);
    page.types(FieldId::Language, "de");
    assert_eq!(page.model.locale, Locale::De);
    assert_eq!(page.window.language.borrow().as_deref(), Some("de ltr"));
    assert_eq!(world.session_get(storage::LANGUAGE).as_deref(), Some("de"));
    let title = page.window.titles.borrow().last().cloned().unwrap();
    assert_eq!(title, Locale::De.frame_window(Locale::De.start_title()));
    let german = html(&page.model);
    assert!(german.contains(Locale::De.start_lead()));
    assert!(german.contains(Locale::De.frame_language_shown()));
    assert!(german.contains(r#"<option value="de" lang="de" selected="selected">Deutsch"#));
    page.types(FieldId::Language, "en");
    assert!(html(&page.model).contains(Locale::En.start_lead()));
    assert_eq!(world.session_get(storage::LANGUAGE).as_deref(), Some("en"));
}

#[test]
fn every_page_changes_completely() {
    for route in [
        Route::Start,
        Route::CheckUri,
        Route::Register,
        Route::Evidence,
        Route::Step(WizardStep::AzureService),
        Route::Step(WizardStep::WebApp),
        Route::Step(WizardStep::NativeApp),
        Route::Step(WizardStep::Discovery),
        Route::Step(WizardStep::Subscription),
        Route::Review,
        Route::CheckPair,
        Route::Unfinished,
    ] {
        same_as_from_the_beginning(|locale| {
            let mut page = opened(&world(), locale);
            page.goes(route);
            page
        });
        same_as_from_the_beginning(|locale| {
            let mut page = signed_in(locale);
            page.goes(route);
            page
        });
    }
}

#[test]
fn errors_change_and_what_was_typed_stays() {
    same_as_from_the_beginning(|locale| {
        let mut page = signed_in(locale);
        page.goes(Route::Step(WizardStep::WebApp));
        page.types(FieldId::ServerName, " Zürich ");
        page.types(FieldId::UriForm, "domain-name");
        page.types(FieldId::HomePageUrl, "ConfigMgrService");
        page
    });
    let faulty = |locale| {
        let mut page = signed_in(locale);
        page.types(FieldId::HomePageUrl, "ConfigMgrService");
        page.goes(Route::Review);
        page
    };
    same_as_from_the_beginning(faulty);
    let mut page = faulty(Locale::En);
    let draft = page.model.setup.draft.clone();
    page.types(FieldId::Language, "de");
    assert_eq!(page.model.setup.draft, draft);
}

#[test]
fn a_review_and_a_run_change_without_a_request() {
    let reviewed = |locale| {
        let mut page = signed_in(locale);
        let subscription = first_subscription(&page);
        page.types(FieldId::Subscription, &subscription);
        page.goes(Route::Review);
        page
    };
    same_as_from_the_beginning(reviewed);
    let mut page = reviewed(Locale::En);
    let before = page.world.requests();
    page.does(Msg::Typed(FieldId::Language, "de".to_owned()));
    assert_eq!(page.world.requests(), before);

    same_as_from_the_beginning(|locale| {
        let mut page = reviewed(locale);
        page.does_until(Msg::Run(RunMsg::Approved), |model| {
            let run = model.runs.run.as_ref();
            run.is_some_and(|run| run.count().0 == 5)
        });
        page
    });
    let complete = |locale| {
        let mut page = reviewed(locale);
        page.does(Msg::Run(RunMsg::Approved));
        page
    };
    same_as_from_the_beginning(complete);
    let handed_over = |locale| {
        let mut page = complete(locale);
        page.goes(Route::HandOver);
        page
    };
    same_as_from_the_beginning(handed_over);
    let mut page = handed_over(Locale::En);
    page.types(FieldId::Language, "de");
    // The secret is only here.
    page.saves_secret();
    assert!(page.model.runs.secret.is_none());
}

#[test]
fn a_run_goes_on_while_the_language_changes() {
    let mut page = signed_in(Locale::En);
    page.goes(Route::Review);
    page.does_until(Msg::Run(RunMsg::Approved), |model| {
        let run = model.runs.run.as_ref();
        run.is_some_and(|run| run.count().0 == 2)
    });
    page.does(Msg::Typed(FieldId::Language, "de".to_owned()));
    let run = page.model.runs.run.as_ref().unwrap();
    assert!(run.handoff.is_ok(), "{:?}", run.state);
    let stored = &page.model.runs.journals;
    assert_eq!(stored.keeping, JournalLocation::Store);
}

#[test]
fn a_report_changes_completely() {
    for scenario in [
        Scenario::Console2018,
        Scenario::SevenSecrets,
        Scenario::NoServerApp,
        Scenario::AccessAllApps,
    ] {
        same_as_from_the_beginning(|locale| {
            let (mut page, pair) = found_in(scenario, locale);
            page.does(Msg::PairChosen(pair));
            page.does(Msg::Pair(PairMsg::SignInsAsked));
            page
        });
        same_as_from_the_beginning(|locale| {
            let (mut page, pair) = found_in(scenario, locale);
            page.does(Msg::PairChosen(pair));
            page.goes(Route::Retire);
            page
        });
    }
}

#[test]
fn an_undo_changes_completely() {
    same_as_from_the_beginning(|locale| {
        let before = crate::unfinished::dies_after(5);
        let mut page = opened(&before, locale);
        page.goes(Route::Unfinished);
        page.types(FieldId::Tenant, "fabrikam.com");
        page.does(Msg::SignInAsked);
        let run = page.model.runs.journals.open().next().unwrap().run;
        page.does(Msg::Run(RunMsg::UndoAsked(run)));
        page
    });
}

#[test]
fn invalid_settings_say_why_in_the_language() {
    let world = world();
    let mut page = Page::open(
        world.clone(),
        Start {
            config: None,
            ..start(&world)
        },
    );
    page.does(Msg::SiteRead(SiteConfig::Refused("english".to_owned())));
    page.types(FieldId::Language, "de");
    // The file is read again; without one, the page has default settings.
    assert!(!html(&page.model).contains("english"));
}

#[test]
fn a_file_that_does_not_arrive_is_named_and_changes_nothing() {
    let mut page = opened(&world(), Locale::En);
    page.does(Msg::Typed(FieldId::Language, "ar-XB".to_owned()));
    assert_eq!(page.model.locale, Locale::En);
    let html = html(&page.model);
    let sentence = Locale::En.frame_language_failed("sentences-ar-XB-core.txt (HTTP 404)");
    assert!(html.contains(&sentence), "{html}");
    assert!(html.contains(r#"<option value="en" lang="en" selected="selected">"#));
}

#[test]
fn the_last_choice_counts() {
    let mut page = opened(&world(), Locale::En);
    let effects = page
        .model
        .update(Msg::Typed(FieldId::Language, "de".to_owned()));
    drop(effects);
    page.does(Msg::Typed(FieldId::Language, "en".to_owned()));
    page.does(Msg::LanguageLoaded(Locale::De, Ok(())));
    assert_eq!(page.model.locale, Locale::En);
}

#[test]
fn an_embedding_page_chooses_until_the_admin_does() {
    let world = world();
    let start = Start {
        embedding: Embedding::Frame,
        ..start(&world)
    };
    let mut page = Page::open(world.clone(), start);
    page.does(Msg::LanguageWanted(Locale::De));
    assert_eq!(page.model.locale, Locale::De);
    assert_eq!(world.session_get(storage::LANGUAGE), None);
    assert!(html(&page.model).contains(r#"name="language""#));
    page.types(FieldId::Language, "en");
    page.does(Msg::LanguageWanted(Locale::De));
    assert_eq!(page.model.locale, Locale::En);
}

#[test]
fn a_link_chooses_the_language() {
    let mut page = opened(&world(), Locale::En);
    page.does(Msg::Moved(
        "/web-app?language=de&server-name=CMG".to_owned(),
    ));
    assert_eq!(page.model.locale, Locale::De);
    assert_eq!(page.model.setup.draft.server_name, "CMG");
    page.does(Msg::Moved(
        "/web-app?language=fr&server-name=Other".to_owned(),
    ));
    assert_eq!(page.model.locale, Locale::De);
    assert_eq!(page.model.setup.draft.server_name, "CMG");
    let refused = Locale::De.link_choice("language");
    assert!(html(&page.model).contains(&refused));
}

/// `boot.js` and `embed.js` choose the language before the program is loaded.
#[test]
fn the_scripts_know_the_languages_and_the_key() {
    let source =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let tags = Locale::ALL.map(|language| format!("\"{}\"", language.tag()));
    let list = format!("const languages = [{}];", tags.join(", "));
    for script in ["src/first.js", "src/embed/embed.js"] {
        assert!(source(script).contains(&list), "{script}: {list}");
    }
    for script in ["src/first.js", "src/boot.js", "src/embed/embed.js"] {
        for language in Locale::ALL {
            let is_rtl = language.direction() == "rtl";
            assert_eq!(
                is_rtl,
                source(script).contains(&format!("=== \"{}\" ? \"rtl\"", language.tag()))
            );
        }
    }
    assert!(source("src/first.js").contains(&format!("\"cmg-entra-setup:{}\"", storage::LANGUAGE)));
    assert!(source("src/embed/embed.js").contains(&format!(":{}`", storage::LANGUAGE)));
}

#[test]
fn the_texts_in_the_tenant_have_the_language_that_was_chosen_for_them() {
    let english = "Allows the app to access CMG-ServerApp as the signed-in user.";
    let german =
        "Ermöglicht der App, im Namen des angemeldeten Benutzers auf CMG-ServerApp zuzugreifen.";
    for (page_language, chosen, text) in [
        (Locale::En, None, english),
        (Locale::De, None, german),
        (Locale::Pseudo, None, english),
        (Locale::En, Some("de"), german),
        (Locale::De, Some("en"), english),
    ] {
        let mut page = opened(&world(), page_language);
        page.goes(Route::Step(WizardStep::WebApp));
        if let Some(chosen) = chosen {
            page.types(FieldId::TextLanguage, chosen);
        }
        page.types(FieldId::Tenant, "fabrikam.com");
        page.does(Msg::SignInAsked);
        page.goes(Route::Review);
        let plan = |page: &Page| match &page.model.review.state {
            Review::Ready(review) => Some(review.plan.hash()),
            Review::Absent | Review::Faulty { .. } | Review::Reading | Review::Failed(_) => None,
        };
        let before = plan(&page);
        assert!(before.is_some());
        // The language of the page changes neither the plan nor what is written.
        page.types(FieldId::Language, "de");
        page.types(FieldId::Language, "en");
        assert_eq!(plan(&page), before);
        page.does(Msg::Run(RunMsg::Approved));
        let apps = get(&page.world, "applications").to_string();
        assert!(apps.contains(text), "{page_language:?} {chosen:?}: {apps}");
        let other = if text == english { german } else { english };
        assert!(!apps.contains(other), "{page_language:?} {chosen:?}");
    }
}

#[test]
fn an_untouched_draft_follows_the_language_of_the_page() {
    let mut page = opened(&world(), Locale::En);
    page.types(FieldId::Language, "de");
    assert_eq!(page.model.setup.draft.text_language().key(), "de");
    page.types(FieldId::ConnectionName, "CMG");
    page.types(FieldId::Language, "en");
    assert_eq!(page.model.setup.draft.text_language().key(), "de");
}
