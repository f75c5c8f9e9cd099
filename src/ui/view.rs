//! One file per page. A page is a function of the model.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri;
use crate::ui::components::markup::several;
use crate::ui::links;
use crate::ui::model::Stage;
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
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let (page, foot) = match stage.place {
        Place::Start => (shell::start::draw(stage, send), Html::default()),
        Place::CheckUri => (
            several(vec![
                app_id_uri::view::draw(stage),
                links::view::copy(stage, send),
            ]),
            app_id_uri::view::foot(stage, send),
        ),
        Place::Register => (
            registration::view::draw(stage, send),
            app_id_uri::view::foot(stage, send),
        ),
        Place::Step(step) => (draw_step(stage, send, step), step_foot(stage, send, step)),
        Place::Review => (
            several(vec![
                review::view::draw(stage, send),
                links::view::copy(stage, send),
            ]),
            review::view::foot(stage, send),
        ),
        Place::Run => (
            runs::progress::draw(stage, send),
            runs::progress::foot(stage, send),
        ),
        Place::CheckPair => (pair::find::draw(stage, send), pair::find::foot(stage, send)),
        Place::Report => (
            pair::report::draw(stage, send),
            pair::report::foot(stage, send),
        ),
        Place::Retire => (
            pair::retire::draw(stage, send),
            pair::retire::foot(stage, send),
        ),
        Place::Unfinished => (
            runs::unfinished::draw(stage, send),
            runs::unfinished::foot(stage, send),
        ),
        Place::Undo => (runs::undo::draw(stage, send), runs::undo::foot(stage, send)),
        Place::HandOver => (
            runs::hand_over::draw(stage, send),
            runs::hand_over::foot(stage, send),
        ),
    };
    frame(stage, send, page, foot)
}

fn draw_step(stage: &Stage, send: &Callback<Msg>, step: Step) -> Html {
    match step {
        Step::AzureService => setup::azure_service::draw(stage, send),
        Step::WebApp => setup::web_app::draw(stage),
        Step::NativeApp => setup::native_app::draw(stage),
        Step::Discovery => setup::discovery::draw(stage, send),
        Step::Subscription => providers::subscription::draw(stage, send),
    }
}
