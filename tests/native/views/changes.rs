//! Every change of a page changes its outline, except the changes of mere looks that `outline.rs` names.

use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::route::Route;
use cmg_entra_setup::ui::route::WizardStep;

use super::html;
use super::markup::Element;
use super::markup::Node;
use super::markup::parse;
use super::outline::BOOLEAN;
use super::outline::CLASSES;
use super::outline::DRAWING;
use super::outline::Icons;
use super::outline::outline;
use crate::page::Page;
use crate::page::signed_in;

/// The element at this position in reading order.
fn nth<'a>(element: &'a mut Element, index: &mut usize) -> Option<&'a mut Element> {
    if *index == 0 {
        return Some(element);
    }
    for child in &mut element.children {
        if let Node::Element(child) = child {
            *index -= 1;
            if let Some(found) = nth(child, index) {
                return Some(found);
            }
        }
    }
    None
}

/// A `div` or `span` without content has no line.
fn is_empty(element: &Element) -> bool {
    element.is(&["div", "span"])
        && element.children.is_empty()
        && element.attributes.keys().all(|key| key == "class")
}

/// One change of one element, with its description.
type Change = (String, Box<dyn Fn(&mut Element)>);

fn changes(element: &Element) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    if is_empty(element) {
        return changes;
    }
    for (key, value) in element.attributes.clone() {
        if key == "class" {
            for class in CLASSES.into_iter().filter(|it| element.has_class(it)) {
                changes.push((
                    format!("without the class {class}"),
                    Box::new(move |it| {
                        let value = it.attributes["class"].replace(class, "");
                        it.attributes.insert("class".to_owned(), value);
                    }),
                ));
            }
            continue;
        }
        if element.is(&["svg"]) && DRAWING.contains(&key.as_str()) {
            continue;
        }
        if !BOOLEAN.contains(&key.as_str()) {
            let key = key.clone();
            changes.push((
                format!("another {key}"),
                Box::new(move |it| it.attributes.get_mut(&key).unwrap().push('x')),
            ));
        }
        // An empty value of an input is the same as none.
        if !(key == "value" && value.is_empty() && element.is(&["input"])) {
            changes.push((
                format!("without {key}"),
                Box::new(move |it| drop(it.attributes.remove(&key))),
            ));
        }
    }
    for (index, child) in element.children.iter().enumerate() {
        match child {
            Node::Text(_) => changes.push((
                "another text".to_owned(),
                Box::new(move |it| {
                    if let Node::Text(text) = &mut it.children[index] {
                        text.push('x');
                    }
                }),
            )),
            Node::Element(child) if is_empty(child) => {}
            Node::Element(_) => changes.push((
                "without a child".to_owned(),
                Box::new(move |it| drop(it.children.remove(index))),
            )),
        }
    }
    // Listings and drawings show their content only.
    if element.is(&["code", "path"]) {
        return changes;
    }
    for (key, value) in [("aria-busy", "true"), ("disabled", ""), ("lang", "en")] {
        if element.attributes.contains_key(key) {
            continue;
        }
        changes.push((
            format!("with {key}"),
            Box::new(move |it| {
                it.attributes.insert(key.to_owned(), value.to_owned());
            }),
        ));
    }
    if !element.attributes.contains_key("role") {
        changes.push((
            "another element".to_owned(),
            Box::new(|it| it.name = "mark".to_owned()),
        ));
    }
    changes
}

fn check(page: &Page, icons: &Icons) -> usize {
    let tree = parse(&html(&page.model));
    let before = outline(&tree, icons);
    let mut tried = 0;
    // Without the root, which is no element of the page.
    for (index, element) in tree.all().into_iter().enumerate().skip(1) {
        for (what, change) in changes(element) {
            let mut changed = tree.clone();
            change(nth(&mut changed, &mut index.clone()).unwrap());
            assert!(
                outline(&changed, icons) != before,
                "no difference: {} {what}",
                element.tag()
            );
            tried += 1;
        }
    }
    tried
}

#[test]
fn every_change_of_a_page_changes_its_outline() {
    let icons = Icons::new();
    let mut page = signed_in();
    page.goes(Route::Step(WizardStep::WebApp));
    page.types(FieldId::UriForm, "domain-name");
    page.types(FieldId::HomePageUrl, "ConfigMgrService");
    let mut tried = check(&page, &icons);
    page.goes(Route::CheckUri);
    tried += check(&page, &icons);
    assert!(tried > 1000, "{tried}");
}
