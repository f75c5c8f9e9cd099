//! The features whose code arrives when it is needed: what the admin does waits for it, and a part that does not arrive is an answer.

use std::cell::Cell;
use std::cell::RefCell;
use std::fs;
use std::future::poll_fn;
use std::path::Path;
use std::task::Poll;

use cloud_sim::platform::SimPlatform;
use cmg_entra_setup::ui::effects::PartLoader;
use cmg_entra_setup::ui::everything;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::PartsThere;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::msg::RunMsg;
use cmg_entra_setup::ui::part::Part;
use cmg_entra_setup::ui::review::state::Review;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;
use cmg_entra_setup::ui::runs::state::RunState;
use domain::locale::Locale;
use domain::platform::Platform as _;

use crate::page::Page;
use crate::page::start;
use crate::page::world;
use crate::unfinished::dies_after;

thread_local! {
    /// The part that does not arrive.
    static MISSING: Cell<Option<Part>> = const { Cell::new(None) };
    static LOADED: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
    static PREFETCHED: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
}

const LOADER: PartLoader = PartLoader {
    load: |part, t| {
        LOADED.with_borrow_mut(|loaded| loaded.push(part));
        if MISSING.get() == Some(part) {
            return Box::pin(async { Err("part.wasm (HTTP 404)".to_owned()) });
        }
        (everything::LOADER.load)(part, t)
    },
    prefetch: |part, _| PREFETCHED.with_borrow_mut(|all| all.push(part)),
    ..everything::LOADER
};

thread_local! {
    /// The languages in which the part was loaded.
    static LANGUAGES: RefCell<Vec<Locale>> = const { RefCell::new(Vec::new()) };
}

/// A page of which only the core is there.
fn opened(world: &SimPlatform) -> Page {
    let start = Start {
        parts: PartsThere::default(),
        ..start(world)
    };
    Page::open_with(world.clone(), start, LOADER)
}

fn signed_in() -> Page {
    let mut page = opened(&world());
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    assert!(page.model.sign_in.access.user().is_some());
    page
}

fn loaded() -> Vec<Part> {
    LOADED.with_borrow(Clone::clone)
}

fn run_state(page: &Page) -> Option<RunState> {
    page.model.runs.run.as_ref().map(|run| run.state)
}

#[test]
fn each_part_is_loaded_when_its_page_or_its_effects_need_it() {
    let mut page = signed_in();
    assert_eq!(loaded(), []);
    page.goes(Route::Review);
    assert!(matches!(page.model.review.state, Review::Ready(_)));
    assert_eq!(loaded(), [Part::Review]);
    assert_eq!(PREFETCHED.take(), [Part::Review, Part::Run]);
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(loaded(), [Part::Review, Part::Run]);
    assert_eq!(run_state(&page), Some(RunState::Complete));
    page.saves_secret();
    page.goes(Route::CheckPair);
    assert_eq!(page.model.missing_part(), None);
    page.goes(Route::Register);
    page.goes(Route::Plan);
    page.goes(Route::Providers);
    page.goes(Route::Evidence);
    let all = [
        Part::Review,
        Part::Run,
        Part::Pair,
        Part::Registration,
        Part::Plan,
        Part::Providers,
        Part::Evidence,
    ];
    assert_eq!(loaded(), all);
}

#[test]
fn create_waits_for_what_runs_the_plan() {
    let mut page = signed_in();
    page.goes(Route::Review);
    MISSING.set(Some(Part::Run));
    let before = page.world.requests();
    page.does(Msg::Run(RunMsg::Approved));
    assert_eq!(page.model.route, Route::Review);
    assert!(matches!(page.model.review.state, Review::Ready(_)));
    assert!(page.model.runs.run.is_none());
    assert_eq!(page.world.requests(), before);
    let t = page.model.locale;
    assert_eq!(page.model.notice.text, t.part_failed_title());
    MISSING.set(None);
    page.does(Msg::PartAsked(Part::Run));
    assert_eq!(run_state(&page), Some(RunState::Complete));
}

#[test]
fn a_click_that_waits_is_forgotten_when_the_admin_leaves_the_page() {
    let mut page = signed_in();
    page.goes(Route::Review);
    MISSING.set(Some(Part::Run));
    page.does(Msg::Run(RunMsg::Approved));
    page.goes(Route::Step(WizardStep::AzureService));
    MISSING.set(None);
    page.goes(Route::Unfinished);
    page.goes(Route::Review);
    assert_eq!(loaded(), [Part::Review, Part::Run, Part::Run]);
    assert_eq!(run_state(&page), None);
}

#[test]
fn a_page_whose_part_is_missing_reads_when_it_arrives() {
    MISSING.set(Some(Part::Review));
    let mut page = signed_in();
    page.types(FieldId::ServerName, "CMG-Server");
    page.goes(Route::Review);
    assert_eq!(page.model.missing_part(), Some(Part::Review));
    assert!(matches!(page.model.review.state, Review::Reading));
    MISSING.set(None);
    page.does(Msg::PartAsked(Part::Review));
    assert!(matches!(page.model.review.state, Review::Ready(_)));
    assert_eq!(page.model.setup.draft.server_name, "CMG-Server");
}

#[test]
fn stored_journals_load_what_reads_them() {
    let world = dies_after(2);
    MISSING.set(Some(Part::Run));
    let mut page = opened(&world);
    assert_eq!(loaded(), [Part::Run]);
    assert!(!page.model.runs.journals.is_waiting());
    // Without the journals, the review would plan what the run has done.
    page.goes(Route::Step(WizardStep::AzureService));
    page.types(FieldId::Tenant, "fabrikam.com");
    page.does(Msg::SignInAsked);
    page.goes(Route::Review);
    assert!(matches!(page.model.review.state, Review::Reading));
    MISSING.set(None);
    page.does(Msg::PartAsked(Part::Run));
    assert!(page.model.runs.journals.is_waiting());
    let Review::Ready(_) = &page.model.review.state else {
        panic!("{:?}", page.model.review.state)
    };
    assert!(page.model.recorded_run().is_some());
}

#[test]
fn a_journal_of_this_tab_is_read_before_a_review() {
    let world = dies_after(2);
    let page = Page::open(world.clone(), start(&world));
    let text = page.model.runs.journals.open().next().unwrap().text();
    let world = crate::page::world();
    assert!(world.session_set("journal", &text));
    MISSING.set(Some(Part::Run));
    let mut page = opened(&world);
    page.goes(Route::Review);
    assert_eq!(page.model.missing_part(), Some(Part::Run));
    MISSING.set(None);
    page.does(Msg::PartAsked(Part::Run));
    assert_eq!(page.model.missing_part(), None);
    assert!(page.model.runs.journals.is_waiting());
}

/// The Rust files below a folder, with their text without white space.
fn code(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            found.push((name, text.split_whitespace().collect()));
        }
    }
}

/// In a release, a sentence whose part has not arrived would be missing on the page.
#[test]
fn a_sentence_of_a_feature_is_used_only_where_its_part_has_arrived() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    code(&root.join("src"), &mut files);
    code(&root.join("crates/engine/src"), &mut files);
    let run = "src/ui/runs/";
    let pair = "src/ui/pair/";
    let export = "crates/engine/src/export/";
    let pages = [
        (
            run,
            "hand_over progress received undo unfinished values waterfall",
        ),
        (
            pair,
            "find findings report retire secrets sign_ins time_line",
        ),
    ];
    let [run, pair] = pages.map(|(folder, names)| {
        let names = names.split(' ');
        names
            .map(|name| format!("{folder}{name}.rs"))
            .collect::<Vec<_>>()
    });
    let of_pair = [
        "compare_reports.rs",
        "report.rs",
        "../audit.rs",
        "../audit/",
    ];
    let steps = [
        "dialogs.rs",
        "next_steps.rs",
        "provider_request.rs",
        "reminder.rs",
        "renewal.rs",
    ];
    let registration = [
        "registration.rs",
        "registration/address.rs",
        "registration/portal.rs",
    ];
    let exports = |names: &[&str]| -> Vec<String> {
        let place = |name: &&str| match name.strip_prefix("../") {
            Some(name) => format!("crates/engine/src/{name}"),
            None => format!("{export}{name}"),
        };
        names.iter().map(place).collect()
    };
    let mut checked = 0;
    for (catalogue, may) in [
        (&["run.ftl", "unfinished.ftl"][..], run),
        (&["pair.ftl"], [pair, exports(&of_pair)].concat()),
        (&["handover.ftl", "report.ftl"], exports(&steps)),
        (
            &["plan.ftl"],
            [
                exports(&["setup.rs"]),
                ["opened.rs", "update.rs", "view.rs"]
                    .map(|name| format!("src/ui/plan/{name}"))
                    .to_vec(),
            ]
            .concat(),
        ),
        (
            &["registration.ftl"],
            [
                exports(&registration),
                vec!["src/ui/registration/view.rs".to_owned()],
            ]
            .concat(),
        ),
    ] {
        for name in catalogue {
            let text = fs::read_to_string(root.join("locales/en").join(name)).unwrap();
            let ids = text.lines().filter_map(|line| line.split_once(" ="));
            let ids =
                ids.filter(|(id, _)| id.starts_with(|letter: char| letter.is_ascii_lowercase()));
            for (id, _) in ids {
                let id = id.replace('-', "_");
                let calls = [
                    format!("t.{id}("),
                    format!("locale.{id}("),
                    format!("Locale::{id}"),
                ];
                for (file, text) in &files {
                    let is_used = calls.iter().any(|call| text.contains(call.as_str()));
                    let may_use = may.iter().any(|place| file.starts_with(place.as_str()));
                    assert!(
                        !is_used || may_use,
                        "{file} uses {id}: move it from {name} to features.ftl"
                    );
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 600, "{checked}");
}

/// The sentences of a part that loads while the language changes are there in the language that the page has then.
#[test]
fn a_part_arrives_in_the_language_that_the_page_has_then() {
    const SLOW: PartLoader = PartLoader {
        load: |part, t| {
            LANGUAGES.with_borrow_mut(|all| all.push(t));
            let mut turns = 9;
            // Not ready at first: messages come first.
            let later = poll_fn(move |context| {
                context.waker().wake_by_ref();
                turns -= 1;
                match turns {
                    0 => Poll::Ready(()),
                    _ => Poll::Pending,
                }
            });
            Box::pin(async move {
                later.await;
                (everything::LOADER.load)(part, t).await
            })
        },
        ..everything::LOADER
    };
    let world = world();
    let start = Start {
        parts: PartsThere::default(),
        ..start(&world)
    };
    let mut page = Page::open_with(world.clone(), start, SLOW);
    page.does_at_once(Msg::WentTo(Route::Register));
    page.does(Msg::Typed(FieldId::Language, "de".to_owned()));
    assert_eq!(page.model.missing_part(), None);
    assert_eq!(page.model.locale, Locale::De);
    LANGUAGES.with_borrow(|all| assert!(all.contains(&Locale::De), "{all:?}"));
}
