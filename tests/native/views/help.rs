//! The help of each field: what it says, that it names its field, and that it repeats no hint.

use std::collections::BTreeSet;

use cloud_sim::scenarios::kinds::Scenario;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;

use super::html;
use super::markup::Element;
use super::markup::parse;
use crate::page::Page;
use crate::page::signed_in;
use crate::pair_check::found;

/// Pages with all fields of the wizard, the App ID URI page, the registration of the page, and the pair check.
fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    for step in WizardStep::ALL {
        let mut page = signed_in();
        page.types(FieldId::GroupDiscovery, "on");
        page.goes(Route::Step(step));
        pages.push(page);
    }
    for form in ["domain-name", "own"] {
        let mut page = signed_in();
        page.types(FieldId::UriForm, form);
        page.goes(Route::Step(WizardStep::WebApp));
        pages.push(page);
    }
    let mut page = signed_in();
    page.goes(Route::CheckUri);
    pages.push(page);
    let mut page = signed_in();
    page.goes(Route::Register);
    pages.push(page);
    let (mut page, _) = found(Scenario::TwoPairs);
    page.goes(Route::CheckPair);
    pages.push(page);
    pages
}

fn child<'a>(field: &'a Element, names: &[&str]) -> Option<&'a Element> {
    field.child_elements().find(|it| it.is(names))
}

/// The label without "(optional)".
fn label(field: &Element) -> String {
    let label = child(field, &["label", "legend"]).unwrap();
    let text = label.text();
    text.trim_end_matches("(optional)").trim().to_owned()
}

#[test]
fn every_field_says_what_it_is_for_with_one_link() {
    let mut seen = BTreeSet::new();
    let mut without = BTreeSet::new();
    for page in pages() {
        let tree = parse(&html(&page.model));
        for field in tree.all().into_iter().filter(|it| it.has_class("field")) {
            let label = label(field);
            let Some(help) = child(field, &["details"]) else {
                without.insert(label);
                continue;
            };
            let summary = child(help, &["summary"]).unwrap();
            assert_eq!(summary.text(), format!("What is this? {label}"));
            let text = child(help, &["p"]).unwrap().text();
            let sentences = text.matches(". ").count() + 1;
            assert!(text.ends_with('.') && sentences <= 2, "{label}: {text}");
            if let Some(hint) = child(field, &["p"]) {
                let hint = hint.text();
                for sentence in hint.split(". ") {
                    let sentence = sentence.trim_end_matches('.');
                    assert!(!text.contains(sentence), "{label} repeats: {sentence}");
                }
            }
            let links = help.all().into_iter().filter(|it| it.is(&["a"])).count();
            assert_eq!(links, 1, "{label}");
            seen.insert(text);
        }
    }
    // The check boxes of the discovery say what they are for, the method is shown below its choice, and language and theme need no help.
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    assert_eq!(without, ["Discovery", "Language", "Method", "Theme"]);
    assert_eq!(seen.len(), 27, "a help is shown on no page, or twice");
}
