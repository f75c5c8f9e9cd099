//! How it starts, and in which world: the browser's own, or in the demo a simulated cloud.
//!
//! The only file that knows both worlds. What the demo needs is named on one line, so that the published page has none of it.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use crate::browser::BrowserWorld;
use crate::browser::bridge;
use crate::browser::redirect;
use crate::browser::screen::BrowserScreen;
use crate::domain::cloud::Cloud;
use crate::domain::config::Config;
use crate::domain::secret::Secret;
use crate::domain::words::Words;
use crate::sim;
use crate::ui::App;
use crate::ui::AppProps;
use crate::ui::memory;
use crate::ui::stage::DemoTenant;
use crate::ui::stage::Start;
use crate::world::Screen;
use crate::world::World;

/// Mounts the application on the page's own element.
pub fn start() {
    // Yew's own hook writes the panic to the console, which outlives the page's secrets. The boot script sees the trap and says so.
    yew::set_custom_panic_hook(Box::new(|_| {}));
    // Before anything else: the address may hold the answer of a sign-in, and must not keep it.
    let answer = redirect::take_fragment();
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    let Some(element) = element else { return };
    let words = Words::En;
    let screen: Rc<dyn Screen> = Rc::new(BrowserScreen::new());
    let (world, demo): (Rc<dyn World>, _) = if cfg!(feature = "demo") {
        demo(words)
    } else {
        (Rc::new(BrowserWorld::new()), None)
    };
    let (config, tenants) = demo.unzip();
    // The demo's sign-in takes no window.
    let is_framed = tenants.is_none() && bridge::is_framed();
    let start = Rc::new(Start {
        words,
        demo: tenants,
        home: screen.home(),
        is_framed,
        config,
        now: world.now(),
        guid: world.fresh_guid(),
        // A page in a frame is answered over a channel. What its parent may have put into its address is none of that.
        answer: Rc::new(RefCell::new(answer.filter(|_| !is_framed).map(Secret::new))),
        address: screen.place(),
        draft: world.recall(memory::DRAFT),
        refused: world.recall(memory::REFUSED),
        place: world.recall(memory::PLACE),
        check: world.recall(memory::CHECK),
        parked: world.recall(memory::PARKED),
        pair: world.recall(memory::PAIR),
        journal: world.recall(memory::JOURNAL),
    });
    yew::Renderer::<App>::with_root_and_props(
        element,
        AppProps {
            world,
            screen,
            start,
        },
    )
    .render();
}

/// What the demo has in place of a `config.json` and of Microsoft's account picker.
type Demo = (Config, Vec<DemoTenant>);

/// A simulated cloud on the page's own time, with the client IDs it knows and the tenants it has.
fn demo(words: Words) -> (Rc<dyn World>, Option<Demo>) {
    let sim = sim::Sim::new(1).lively();
    let world = sim::world::SimWorld::live(
        sim,
        Box::new(|duration| Box::pin(async move { BrowserWorld::new().sleep(duration).await })),
        Box::new(|| BrowserWorld::new().now()),
        Box::new(|buffer| BrowserWorld::new().random_bytes(buffer)),
    )
    .with_tab(Rc::new(BrowserWorld::new()));
    let (public, us_gov) = (sim::entra::TOOL_PUBLIC, sim::entra::TOOL_US_GOV);
    let config = format!(
        r#"{{"clients":{{"public":"{public}","usgov":"{us_gov}","usgov-dod":"{us_gov}"}}}}"#
    );
    let tenants = [
        (Cloud::Public, "fabrikam.com", words.demo_fabrikam()),
        (Cloud::Public, "woodgrove.com", words.demo_woodgrove()),
        (Cloud::Public, "litware.com", words.demo_litware()),
        (
            Cloud::Public,
            "adventure-works.com",
            words.demo_adventure_works(),
        ),
        (Cloud::Public, "northwind.com", words.demo_northwind()),
        (Cloud::Public, "proseware.com", words.demo_proseware()),
        (Cloud::Public, "tailwindtraders.com", words.demo_tailwind()),
        (
            Cloud::Public,
            "wideworldimporters.com",
            words.demo_wide_world(),
        ),
        (Cloud::Public, "vanarsdel.com", words.demo_vanarsdel()),
        (Cloud::Public, "cohowinery.com", words.demo_coho()),
        (Cloud::Public, "alpineskihouse.com", words.demo_alpine()),
        (Cloud::UsGov, "contoso-gov.us", words.demo_contoso_gov()),
        (
            Cloud::UsGovDod,
            "tailspin-defense.us",
            words.demo_tailspin(),
        ),
    ];
    let tenants = tenants.map(|(cloud, domain, detail)| DemoTenant {
        cloud,
        domain,
        detail,
    });
    (
        Rc::new(world),
        Some((
            Config::parse(config.as_bytes()).unwrap_or_default(),
            tenants.to_vec(),
        )),
    )
}
