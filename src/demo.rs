//! The demo: the page over a simulated cloud that runs in real time, and a panel that lets things go wrong.
//!
//! The tab keeps the clouds and the journals over a reload. The panel is an application of its own, so the page is the published one.

use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::directory::store::Replication;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::SimPlatform;
use cloud_sim::tab::KEY_PREFIX;
use gloo_events::EventListener;
use web_sys::Element;
use yew::AppHandle;
use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::Properties;
use yew::prelude::component;
use yew::prelude::html;
use yew::prelude::use_state_eq;

use crate::browser::BrowserPlatform;
use crate::browser::session_storage;
use crate::ui::model::Demo;
use crate::ui::model::DemoTenant;
use domain::cloud::Cloud;
use domain::config::Config;
use domain::locale::Locale;
use domain::platform::Platform;

/// Starts the clouds, and shows the panel before the element of the page.
pub(crate) fn start(t: Locale, page: &Element) -> (Rc<dyn Platform>, Option<Demo>) {
    skip_question();
    let world = SimPlatform::live(
        Sim::new(1).lively(),
        Box::new(|duration| Box::pin(async move { BrowserPlatform::new().sleep(duration).await })),
        Box::new(|| BrowserPlatform::new().now()),
        Box::new(|buffer| BrowserPlatform::new().random_bytes(buffer)),
    )
    .with_tab(Rc::new(BrowserPlatform::new()), Box::new(reload));
    show_panel(t, page, &world);
    (Rc::new(world), Some(settings()))
}

/// The client IDs and the tenants.
fn settings() -> Demo {
    let (public, us_gov) = (
        cloud_sim::entra::state::TOOL_PUBLIC,
        cloud_sim::entra::state::TOOL_US_GOV,
    );
    let config = format!(
        r#"{{"clients":{{"public":"{public}","usgov":"{us_gov}","usgov-dod":"{us_gov}"}}}}"#
    );
    let tenant = |cloud, domain, detail| DemoTenant {
        cloud,
        domain,
        detail,
    };
    let tenants = [
        tenant(Cloud::Public, "fabrikam.com", Locale::demo_fabrikam),
        tenant(Cloud::Public, "woodgrove.com", Locale::demo_woodgrove),
        tenant(Cloud::Public, "litware.com", Locale::demo_litware),
        tenant(
            Cloud::Public,
            "adventure-works.com",
            Locale::demo_adventure_works,
        ),
        tenant(Cloud::Public, "northwind.com", Locale::demo_northwind),
        tenant(Cloud::Public, "proseware.com", Locale::demo_proseware),
        tenant(Cloud::Public, "tailwindtraders.com", Locale::demo_tailwind),
        tenant(
            Cloud::Public,
            "wideworldimporters.com",
            Locale::demo_wide_world,
        ),
        tenant(Cloud::Public, "vanarsdel.com", Locale::demo_vanarsdel),
        tenant(Cloud::Public, "cohowinery.com", Locale::demo_coho),
        tenant(Cloud::Public, "alpineskihouse.com", Locale::demo_alpine),
        tenant(Cloud::UsGov, "contoso-gov.us", Locale::demo_contoso_gov),
        tenant(
            Cloud::UsGovDod,
            "tailspin-defense.us",
            Locale::demo_tailspin,
        ),
    ];
    (
        Config::parse(config.as_bytes()).unwrap_or_default(),
        tenants.to_vec(),
    )
}

thread_local! {
    /// The page is about to load again.
    static IS_RELOADING: Cell<bool> = const { Cell::new(false) };
}

/// Loads the page again, as after a crash.
fn reload() {
    IS_RELOADING.set(true);
    if let Some(window) = web_sys::window() {
        // Fails only in a document that is no longer shown.
        let _ = window.location().reload();
    }
}

/// A crash asks no question. Browsers call the listeners of this event in the order in which they were added, so this one is added before
/// the page's own.
fn skip_question() {
    let Some(window) = web_sys::window() else {
        return;
    };
    EventListener::new(&window, "beforeunload", |event| {
        if IS_RELOADING.get() {
            event.stop_immediate_propagation();
        }
    })
    .forget();
}

thread_local! {
    static PANEL: RefCell<Option<(AppHandle<Panel>, PanelProps)>> = const { RefCell::new(None) };
}

/// Shows the panel in another language.
pub(crate) fn show_language(t: Locale) {
    PANEL.with_borrow_mut(|shown| {
        if let Some((panel, props)) = shown {
            panel.update(PanelProps { t, ..props.clone() });
        }
    });
}

fn show_panel(t: Locale, page: &Element, world: &SimPlatform) {
    // The first view keeps the place of the panel (xtask/release/src/view.rs).
    let place = page.previous_element_sibling().or_else(|| {
        let place = page.owner_document()?.create_element("div").ok()?;
        page.before_with_node_1(&place).ok()?;
        Some(place)
    });
    if let Some(place) = place {
        let world = World(world.clone());
        let props = PanelProps { t, world };
        let panel = yew::Renderer::<Panel>::with_root_and_props(place, props.clone()).render();
        PANEL.set(Some((panel, props)));
    }
}

#[derive(Clone)]
struct World(SimPlatform);

impl PartialEq for World {
    /// There is one.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PanelProps {
    t: Locale,
    world: World,
}

/// What a button of the panel causes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    Throttling,
    LostAnswer,
    Refusal,
    ExpiredSignIn,
    Crash,
    SlowDirectory,
    NormalDirectory,
}

impl Cause {
    const ALL: [Self; 7] = [
        Self::Throttling,
        Self::LostAnswer,
        Self::Refusal,
        Self::ExpiredSignIn,
        Self::Crash,
        Self::SlowDirectory,
        Self::NormalDirectory,
    ];

    /// The button, and what the panel says after a click.
    fn sentences(self, t: Locale) -> (&'static str, &'static str) {
        match self {
            Self::Throttling => (t.demo_throttling(), t.demo_throttling_set()),
            Self::LostAnswer => (t.demo_lost_answer(), t.demo_lost_answer_set()),
            Self::Refusal => (t.demo_refusal(), t.demo_refusal_set()),
            Self::ExpiredSignIn => (t.demo_expired(), t.demo_expired_set()),
            Self::Crash => (t.demo_crash(), t.demo_crash_set()),
            Self::SlowDirectory => (t.demo_slow(), t.demo_slow_set()),
            Self::NormalDirectory => (t.demo_normal(), t.demo_normal_set()),
        }
    }

    fn apply(self, sim: &mut Sim) {
        let mut next_change = |kind| sim.inject_into_next_change(kind);
        match self {
            Self::LostAnswer => next_change(FaultKind::LostAfter),
            Self::Refusal => next_change(FaultKind::Denied),
            Self::Crash => next_change(FaultKind::CrashAnswered),
            Self::Throttling => {
                sim.inject(next(3, FaultKind::Throttled(Some(Duration::from_secs(5)))));
            }
            Self::ExpiredSignIn => {
                sim.revoke_sessions();
                sim.inject(next(1, FaultKind::Revoked(None)));
            }
            Self::SlowDirectory => sim.replicate(Replication {
                by_key: Duration::from_secs(10),
                lists: Duration::from_secs(40),
                references: Duration::from_secs(30),
            }),
            Self::NormalDirectory => sim.replicate(Replication::LIVELY),
        }
    }
}

/// A fault of the next requests to Microsoft Graph.
fn next(times: u32, kind: FaultKind) -> Fault {
    Fault {
        method: None,
        path_prefix: "/v1.0".to_owned(),
        skip: 0,
        times,
        kind,
    }
}

/// Removes everything that the demo keeps in this tab, and starts again.
fn start_over() {
    session_storage::remove_all(KEY_PREFIX);
    reload();
}

#[component]
fn Panel(props: &PanelProps) -> Html {
    let t = props.t;
    let caused = use_state_eq(|| None::<Cause>);
    let buttons = Cause::ALL.into_iter().map(|cause| {
        let (label, _) = cause.sentences(t);
        let (caused, world) = (caused.clone(), props.world.clone());
        let onclick = Callback::from(move |_| {
            world.0.with_sim(|sim| cause.apply(sim));
            caused.set(Some(cause));
        });
        html! { <button type="button" class="button" {onclick}>{ label }</button> }
    });
    html! {
        <section class="panel no-print" aria-label={ t.demo_panel() }>
            <details class="fold">
                <summary>{ t.demo_panel() }</summary>
                <p>{ t.demo_panel_lead() }</p>
                <div class="row">
                    { for buttons }
                    <button type="button" class="button" onclick={ Callback::from(|_| start_over()) }>{ t.demo_start_over() }</button>
                </div>
                <p role="status">{ (*caused).map_or("", |cause| cause.sentences(t).1) }</p>
            </details>
        </section>
    }
}
