//! What only paper shows: the day, the address of the page, and the tenant.

use cmg_entra_setup::ui::model::Start;
use cmg_entra_setup::ui::route::Route;

use super::html;
use super::markup::Element;
use super::markup::parse;
use crate::page::Page;
use crate::page::signed_in;
use crate::page::start;
use crate::page::world;

/// The line on every sheet.
fn head(page: &Page) -> String {
    let tree = parse(&html(&page.model));
    let all = tree.all();
    let heads: Vec<&&Element> = all.iter().filter(|it| it.has_class("print-head")).collect();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].has_class("no-screen"));
    heads[0].text()
}

#[test]
fn a_printed_page_names_the_day_the_address_and_the_tenant() {
    let before = "CMG Entra Setup · https://cmg-entra-setup.test/ · 2026-11-23 (UTC)";
    let world = world();
    let page = Page::open(world.clone(), start(&world));
    assert_eq!(head(&page), before);
    let mut page = signed_in();
    page.goes(Route::Review);
    let user = page.model.sign_in.access.user().unwrap();
    let expected = format!("{before} · Fabrikam · {}", user.tenant);
    assert_eq!(head(&page), expected);
}

/// Nobody takes the printed page of a demo for that of a tenant.
#[test]
fn a_printed_demo_page_says_that_the_cloud_is_simulated() {
    let world = world();
    let start = Start {
        demo: Some(Vec::new()),
        ..start(&world)
    };
    let page = Page::open(world.clone(), start);
    assert!(head(&page).contains("Demo: a simulated cloud."));
}
