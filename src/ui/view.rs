//! One file per page. A page is a function of the model.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri;
use crate::ui::components::markup::several;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::pair;
use crate::ui::providers;
use crate::ui::registration;
use crate::ui::review;
use crate::ui::route::Place;
use crate::ui::route::Step;
use crate::ui::runs;
use crate::ui::setup;
use crate::ui::shell;
use crate::ui::shell::frame::frame;
use crate::ui::shell::frame::step_foot;

/// The current page in its frame.
pub fn draw(model: &Model, send: &Callback<Msg>) -> Html {
    let (page, foot) = match model.route {
        Place::Start => (shell::start::draw(model, send), Html::default()),
        Place::CheckUri => (
            several(vec![
                app_id_uri::view::draw(model),
                links::view::copy(model, send),
            ]),
            app_id_uri::view::foot(model, send),
        ),
        Place::Register => (
            registration::view::draw(model, send),
            app_id_uri::view::foot(model, send),
        ),
        Place::Step(step) => (draw_step(model, send, step), step_foot(model, send, step)),
        Place::Review => (
            several(vec![
                review::view::draw(model, send),
                links::view::copy(model, send),
            ]),
            review::view::foot(model, send),
        ),
        Place::Run => (
            runs::progress::draw(model, send),
            runs::progress::foot(model, send),
        ),
        Place::CheckPair => (pair::find::draw(model, send), pair::find::foot(model, send)),
        Place::Report => (
            pair::report::draw(model, send),
            pair::report::foot(model, send),
        ),
        Place::Retire => (
            pair::retire::draw(model, send),
            pair::retire::foot(model, send),
        ),
        Place::Unfinished => (
            runs::unfinished::draw(model, send),
            runs::unfinished::foot(model, send),
        ),
        Place::Undo => (runs::undo::draw(model, send), runs::undo::foot(model, send)),
        Place::HandOver => (
            runs::hand_over::draw(model, send),
            runs::hand_over::foot(model, send),
        ),
    };
    frame(model, send, page, foot)
}

fn draw_step(model: &Model, send: &Callback<Msg>, step: Step) -> Html {
    match step {
        Step::AzureService => setup::azure_service::draw(model, send),
        Step::WebApp => setup::web_app::draw(model),
        Step::NativeApp => setup::native_app::draw(model),
        Step::Discovery => setup::discovery::draw(model, send),
        Step::Subscription => providers::subscription::draw(model, send),
    }
}
