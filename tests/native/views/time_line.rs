//! The time line of the secrets: its dates, its legend, and that its shapes say what its colours say.

use cloud_sim::scenarios::kinds::Scenario;
use cmg_entra_setup::ui::msg::Msg;
use cmg_entra_setup::ui::sign_in::state::ReadState;

use super::html;
use super::markup::Element;
use super::markup::parse;
use crate::page::Page;
use crate::pair_check::found;

fn page(shape: Scenario) -> (Page, Element) {
    let (mut page, pair) = found(shape);
    page.does(Msg::PairChosen(pair));
    let tree = parse(&html(&page.model));
    (page, tree)
}

fn drawings(tree: &Element) -> Vec<&Element> {
    let all = tree.all().into_iter();
    all.filter(|it| it.has_class("time-line")).collect()
}

/// Tenths of a percent.
fn place(text: &str) -> u32 {
    let digits = text.strip_suffix('%').unwrap().replace('.', "");
    digits.parse().unwrap()
}

#[test]
fn the_time_line_shows_today_and_the_dates_of_each_secret() {
    for shape in [
        Scenario::SevenSecrets,
        Scenario::SecretExpired,
        Scenario::SecretEndsSoon,
        Scenario::Docs2026Complete,
    ] {
        let (page, tree) = page(shape);
        let report = page.model.pair.report().unwrap();
        let drawings = drawings(&tree);
        let line = drawings.first().unwrap();
        let all = line.all();
        let texts: Vec<_> = all.iter().filter(|it| it.is(&["text"])).collect();
        assert_eq!(texts[0].text(), "Today, 2026-11-23");
        let bars: Vec<_> = all.iter().filter(|it| it.is(&["rect"])).collect();
        assert_eq!(bars.len(), report.secrets.len());
        for ((bar, text), secret) in bars.iter().zip(&texts[1..]).zip(&report.secrets) {
            let day = |at: Option<jiff::Timestamp>| at.unwrap().to_string()[..10].to_owned();
            let expected = format!("{} to {}", day(secret.start), day(secret.end));
            assert_eq!(text.text(), expected);
            let state = if secret.lives(report.at) {
                "living"
            } else {
                "dead"
            };
            assert_eq!(bar.attribute("data-state"), Some(state));
            let from = place(bar.attribute("x").unwrap());
            let width = place(bar.attribute("width").unwrap());
            assert!(from + width <= 1003, "{}", bar.tag());
            // Half of the line has room for the dates.
            let side = place(text.attribute("x").unwrap());
            match text.attribute("text-anchor") {
                Some("start") => assert!(side <= 500, "{}", text.tag()),
                Some("end") => assert!(side >= 500, "{}", text.tag()),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// The new secret after an expired one is at the right end of the line.
#[test]
fn dates_at_the_right_end_of_the_time_line_stay_on_the_page() {
    let (mut page, _) = page(Scenario::SecretExpired);
    let Some(ReadState::Done(checkup)) = &mut page.model.pair.checkup else {
        panic!("no report");
    };
    let at = |text: &str| Some(text.parse().unwrap());
    let mut old = checkup.report.secrets[0].clone();
    old.start = at("2024-01-01T00:00:00Z");
    old.end = at("2026-11-20T00:00:00Z");
    let mut new = old.clone();
    new.start = old.end;
    new.end = None;
    checkup.report.secrets = vec![old, new];
    let sides = |page: &Page| -> Vec<String> {
        let tree = parse(&html(&page.model));
        let line = drawings(&tree)[0].all();
        let texts = line.iter().filter(|it| it.is(&["text"]));
        let side = |it: &&&Element| it.attribute("text-anchor").unwrap().to_owned();
        texts
            .map(|it| format!("{} {}", side(&it), it.text()))
            .collect()
    };
    assert_eq!(
        sides(&page),
        [
            "start Today, 2026-11-23",
            "start 2024-01-01 to 2026-11-20",
            "start From 2026-11-20, without an expiry date",
        ]
    );
    let Some(ReadState::Done(checkup)) = &mut page.model.pair.checkup else {
        panic!("no report");
    };
    checkup.report.secrets[1].end = at("2027-01-20T00:00:00Z");
    assert_eq!(
        sides(&page),
        [
            "end Today, 2026-11-23",
            "start 2024-01-01 to 2026-11-20",
            "end 2026-11-20 to 2027-01-20",
        ]
    );
}

#[test]
fn the_legend_explains_every_shape_of_the_time_line() {
    let (_, tree) = page(Scenario::SecretExpired);
    let all = tree.all();
    let legend = all.iter().find(|it| it.has_class("legend")).unwrap();
    let names: Vec<_> = legend.child_elements().map(Element::text).collect();
    assert_eq!(names, ["Valid", "Expired", "Today"]);
    // No other state has a shape.
    for bar in all.iter().filter(|it| it.is(&["rect"])) {
        let state = bar.attribute("data-state").unwrap();
        assert!(["living", "dead"].contains(&state), "{state}");
    }
    let text = tree.text();
    assert!(!text.contains("The line ends three years"));
    // The console of 2018 made secrets of 99 years.
    let (_, tree) = page(Scenario::Console2018);
    assert!(tree.text().contains("The line ends three years"));
}
