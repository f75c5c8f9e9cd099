//! A long report on the screen: what the filter leaves out is printed, and the repairs stay where the admin sees them.

use cloud_sim::scenarios::kinds::Scenario;
use cmg_entra_setup::ui::field_id::FieldId;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::pair::state::ReportFilter;
use engine::audit::State;

use super::html;
use super::markup::Element;
use super::markup::parse;
use crate::page::Page;
use crate::pair_check::found;

fn report(shape: Scenario) -> Page {
    let (mut page, pair) = found(shape);
    page.does(Msg::PairChosen(pair));
    page
}

fn count(page: &Page, filter: ReportFilter) -> usize {
    let checks = &page.model.pair.report().unwrap().checks;
    checks.iter().filter(|it| filter.has(it.state)).count()
}

/// The elements that the screen shows.
fn on_screen(element: &Element) -> Vec<&Element> {
    if element.has_class("no-screen") {
        return Vec::new();
    }
    let mut all = vec![element];
    all.extend(element.child_elements().flat_map(on_screen));
    all
}

fn checks<'a>(elements: &[&'a Element]) -> Vec<&'a str> {
    let checks = elements.iter().filter_map(|it| it.attribute("data-check"));
    checks.collect()
}

#[test]
fn a_filter_hides_findings_from_the_screen_but_not_from_paper() {
    let mut page = report(Scenario::Console2018);
    let all = count(&page, ReportFilter::All);
    let repairs = |elements: &[&Element]| -> usize {
        let boxes = elements.iter().filter_map(|it| it.attribute("name"));
        boxes.filter(|name| name.starts_with("repair-")).count()
    };
    let tree = parse(&html(&page.model));
    let every_repair = repairs(&on_screen(&tree));
    for (key, filter) in [
        ("open", ReportFilter::Open),
        ("cannot-tell", ReportFilter::CannotTell),
        ("ok", ReportFilter::Ok),
        ("all", ReportFilter::All),
    ] {
        page.types(FieldId::ReportFilter, key);
        let shown = count(&page, filter);
        let expected = format!("{shown} of {all} checks are shown.");
        assert_eq!(page.model.notice.text, expected);
        let tree = parse(&html(&page.model));
        assert_eq!(checks(&on_screen(&tree)).len(), shown, "{key}");
        assert_eq!(checks(&tree.all()).len(), all, "{key}");
        // A check box that nobody sees would still be counted by a screen reader's list of controls.
        assert_eq!(repairs(&tree.all()), repairs(&on_screen(&tree)), "{key}");
    }
    assert_eq!(
        repairs(&on_screen(&parse(&html(&page.model)))),
        every_repair
    );
    page.types(FieldId::ReportFilter, "cannot-tell");
    page.types(FieldId::ReportGrouping, "app");
    page.does(Msg::SignedOut);
    assert_eq!(page.model.pair.filter, ReportFilter::CannotTell);
}

#[test]
fn findings_are_grouped_by_result_or_by_app() {
    let mut page = report(Scenario::Console2018);
    let headings = |page: &Page| -> Vec<String> {
        let tree = parse(&html(&page.model));
        let all = tree.all();
        let has_findings = |it: &&&Element| {
            it.is(&["section"])
                && it.child_elements().any(|it| it.is(&["h3"]))
                && it
                    .all()
                    .iter()
                    .any(|it| it.attribute("data-check").is_some())
        };
        let sections = all.iter().filter(has_findings);
        let headings = sections.map(|section| {
            let heading = section.child_elements().find(|it| it.is(&["h3"])).unwrap();
            let rows = checks(&section.all()).len();
            let text = heading.text();
            assert!(text.ends_with(&format!(" ({rows})")), "{text}: {rows}");
            text
        });
        headings.collect()
    };
    let checks = &page.model.pair.report().unwrap().checks;
    let of = |state| checks.iter().filter(|it| it.state == state).count();
    let by_result = [
        format!("Broken ({})", of(State::Broken)),
        format!("Attention ({})", of(State::Attention)),
        format!("Cannot tell ({})", of(State::CannotTell)),
    ];
    assert_eq!(headings(&page), by_result);
    page.types(FieldId::ReportGrouping, "app");
    let by_app = headings(&page);
    assert!(by_app[0].starts_with("Web (server) app ("), "{by_app:?}");
    assert!(by_app[1].starts_with("Native (client) app ("), "{by_app:?}");
    assert_eq!(by_app[2], "Tenant and subscription (1)");
}

#[test]
fn a_short_report_has_no_filter() {
    let mut page = report(Scenario::SecretExpired);
    let wrong = count(&page, ReportFilter::All) - count(&page, ReportFilter::Ok);
    assert!(wrong < 6, "{wrong}");
    // Chosen while the report was long.
    page.types(FieldId::ReportFilter, "ok");
    let html = html(&page.model);
    let tree = parse(&html);
    assert_eq!(checks(&on_screen(&tree)), checks(&tree.all()));
    assert!(!html.contains(r#"name="report-filter""#));
}
