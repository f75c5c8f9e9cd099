//! The main loop: a message changes the model, the model returns effects, the page renders, and the effects run and end in messages.
//!
//! `App` is the only component with state; everything else is a function of the model.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::Callback;
use yew::prelude::Component;
use yew::prelude::Context;
use yew::prelude::FocusEvent;
use yew::prelude::Html;
use yew::prelude::InputEvent;
use yew::prelude::Properties;
use yew::prelude::TargetCast as _;
use yew::prelude::html;

use crate::ui::components::field::FILE_SUFFIX;
use crate::ui::effects::Effects;
use crate::ui::effects::LoadedPart;
use crate::ui::effects::PartLoader;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::model::Start;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::window::Window;
use domain::platform::Platform;

/// Platform, window and start data of the page.
#[derive(Clone, Properties)]
pub struct AppProps {
    pub world: Rc<dyn Platform>,
    pub screen: Rc<dyn Window>,
    pub start: Rc<Start>,
    pub loader: PartLoader,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.start, &other.start)
    }
}

/// What the page is told.
pub enum AppMsg {
    Page(Msg),
    /// A part of the program has arrived.
    PartArrived(&'static LoadedPart),
}

pub struct App {
    model: Model,
    effects: Rc<Effects>,
    /// Effects to start after rendering: some need the rendered elements, such as setting the focus.
    wanted: Vec<Effect>,
    /// Number of renders, used as a key.
    drawn: Cell<u64>,
}

impl Component for App {
    type Message = AppMsg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let AppProps {
            world,
            screen,
            start,
            loader,
        } = ctx.props().clone();
        let (model, wanted) = Model::new(start.as_ref().clone());
        let send = ctx.link().callback(AppMsg::Page);
        let arrived = ctx.link().callback(AppMsg::PartArrived);
        let effects = Effects::new(world, screen, model.locale, loader, send, arrived);
        Self {
            model,
            effects,
            wanted,
            drawn: Cell::default(),
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: AppMsg) -> bool {
        self.wanted.extend(match msg {
            AppMsg::Page(msg) => self.model.update(msg),
            AppMsg::PartArrived(part) => self.model.part_arrived(part),
        });
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let screen = Rc::clone(&ctx.props().screen);
        screen.before_drawing();
        let times = self.drawn.get().wrapping_add(1);
        self.drawn.set(times);
        html! {
            <>
                { view(&self.model, &ctx.link().callback(AppMsg::Page)) }
                <Drawn key={times} {screen} />
            </>
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.effects.end();
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        for effect in self.wanted.drain(..) {
            self.effects.start(effect);
        }
    }
}

/// Notifies the window that the page has rendered, and renders nothing itself. A new key each time makes Yew create it right after the
/// document change. `rendered` is too late: Yew lets other scripts run first if rendering took more than 16 ms.
struct Drawn;

#[derive(Properties)]
struct DrawnProps {
    screen: Rc<dyn Window>,
}

impl PartialEq for DrawnProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.screen, &other.screen)
    }
}

impl Component for Drawn {
    type Message = ();
    type Properties = DrawnProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().screen.drawn();
        Self
    }

    fn view(&self, _: &Context<Self>) -> Html {
        Html::default()
    }
}

/// The whole page. One pair of listeners handles every control, by its name.
pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let typed = {
        let send = send.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(msg) = typed(&event.target_unchecked_into()) {
                send.emit(msg);
            }
        })
    };
    let left = {
        let send = send.clone();
        Callback::from(move |event: FocusEvent| {
            let control: HtmlInputElement = event.target_unchecked_into();
            if let Some(entry) = FieldId::find(&control.id()) {
                send.emit(Msg::Left(entry));
            }
        })
    };
    html! { <div oninput={typed} onfocusout={left}>{ crate::ui::view::view(model, send) }</div> }
}

/// The message for an input event. `input`, `select` and `textarea` expose name and value under the same property names.
fn typed(control: &HtmlInputElement) -> Option<Msg> {
    if control.type_() == "file" {
        let name = control.name();
        let entry = FieldId::find(name.strip_suffix(FILE_SUFFIX)?)?;
        return Some(Msg::FilePicked(entry));
    }
    let entry = FieldId::find(&control.name())?;
    let is_off = control.type_() == "checkbox" && !control.checked();
    Some(Msg::Typed(
        entry,
        if is_off {
            String::new()
        } else {
            control.value()
        },
    ))
}
