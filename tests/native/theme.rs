//! The theme: what the admin chooses stays for the tab, and only where the page has a tab of its own.

use std::fs;
use std::path::Path;

use cmg_entra_setup::ui::embedding::state::Embedding;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::shell::theme::Theme;
use cmg_entra_setup::ui::storage;
use domain::platform::Platform as _;
use strum::IntoEnumIterator as _;

use crate::page::Page;
use crate::page::start;
use crate::page::world;
use crate::views::html;

fn source(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn the_theme_is_shown_at_once_and_after_a_reload() {
    let world = world();
    let mut page = Page::open(world.clone(), start(&world));
    assert_eq!(*page.window.theme.borrow(), None);
    page.types(FieldId::Theme, "dark");
    assert_eq!(page.window.theme.borrow().as_deref(), Some("dark"));
    assert_eq!(page.model.theme, Theme::Dark);

    let mut page = Page::open(world.clone(), start(&world));
    assert_eq!(page.window.theme.borrow().as_deref(), Some("dark"));
    assert!(html(&page.model).contains(r#"<option value="dark" selected="selected">"#));
    page.types(FieldId::Theme, "system");
    assert_eq!(page.window.theme.borrow().as_deref(), Some("system"));
}

#[test]
fn a_stored_text_that_is_no_theme_changes_nothing() {
    let world = world();
    assert!(world.session_set(storage::THEME, "<style>"));
    let page = Page::open(world.clone(), start(&world));
    assert_eq!(page.model.theme, Theme::System);
    assert_eq!(*page.window.theme.borrow(), None);
}

#[test]
fn an_embedding_page_chooses_the_theme() {
    for embedding in [
        Embedding::Frame,
        Embedding::Module {
            parent_signs_in: false,
        },
    ] {
        let world = world();
        assert!(world.session_set(storage::THEME, "dark"));
        let start = Start {
            embedding,
            ..start(&world)
        };
        let page = Page::open(world.clone(), start);
        assert_eq!(*page.window.theme.borrow(), None);
        assert!(!html(&page.model).contains(r#"name="theme""#));
    }
}

/// The script of the first view applies the theme before the program is loaded.
#[test]
fn the_first_view_and_the_style_sheet_know_every_theme() {
    let first = source("src/first.js");
    let prefix = source("src/browser/session_storage.rs");
    let prefix = prefix.split_once("const PREFIX: &str = \"").unwrap().1;
    let prefix = prefix.split_once('"').unwrap().0;
    assert!(first.contains(&format!("getItem(`{prefix}${{name}}`)")));
    assert!(first.contains(&format!("kept(\"{}\")", storage::THEME)));
    let tokens = source("style/tokens.css");
    for theme in Theme::iter().filter(|theme| *theme != Theme::System) {
        let key = theme.key();
        assert!(tokens.contains(&format!("[data-theme=\"{key}\"]")), "{key}");
    }
    assert!(first.contains(r#"["light", "dark"].includes(theme)"#));
    // The rule for paper comes last, because all these selectors weigh the same.
    let print = tokens.find("@media print").unwrap();
    assert!(tokens.rfind("[data-theme=\"").unwrap() < print);
    assert!(tokens[print..].contains("[data-theme] {\n      color-scheme: light;"));
}
