//! One file per page. A page is a function of the model.

pub mod azure_service;
pub mod check_pair;
pub mod check_uri;
pub mod discovery;
pub mod hand_over;
pub mod native_app;
pub mod register;
pub mod report;
pub mod retire;
pub mod review;
pub mod run;
pub mod secrets;
pub mod start;
pub mod subscription;
pub mod summary;
pub mod undo;
pub mod unfinished;
pub mod web_app;

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::frame::frame;
use crate::ui::components::frame::step_foot;
use crate::ui::components::link;
use crate::ui::components::markup::several;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::stage::Stage;
use domain::words::Words;

/// The current page in its frame.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let (page, foot) = match stage.place {
        Place::Start => (start::draw(stage, send), Html::default()),
        Place::CheckUri => (
            several(vec![check_uri::draw(stage), link::copy(stage, send)]),
            check_uri::foot(stage, send),
        ),
        Place::Register => (register::draw(stage, send), check_uri::foot(stage, send)),
        Place::Step(step) => (draw_step(stage, send, step), step_foot(stage, send, step)),
        Place::Review => (
            several(vec![review::draw(stage, send), link::copy(stage, send)]),
            review::foot(stage, send),
        ),
        Place::Run => (run::draw(stage, send), run::foot(stage, send)),
        Place::CheckPair => (check_pair::draw(stage, send), check_pair::foot(stage, send)),
        Place::Report => (report::draw(stage, send), report::foot(stage, send)),
        Place::Retire => (retire::draw(stage, send), retire::foot(stage, send)),
        Place::Unfinished => (unfinished::draw(stage, send), unfinished::foot(stage, send)),
        Place::Undo => (undo::draw(stage, send), undo::foot(stage, send)),
        Place::HandOver => (hand_over::draw(stage, send), hand_over::foot(stage, send)),
    };
    frame(stage, send, page, foot)
}

fn draw_step(stage: &Stage, send: &Callback<Msg>, step: Step) -> Html {
    match step {
        Step::AzureService => azure_service::draw(stage, send),
        Step::WebApp => web_app::draw(stage),
        Step::NativeApp => native_app::draw(stage),
        Step::Discovery => discovery::draw(stage, send),
        Step::Subscription => subscription::draw(stage, send),
    }
}

/// Window title of a page.
#[must_use]
pub fn title(place: Place, words: Words) -> &'static str {
    match place {
        Place::Start => words.start_title(),
        Place::CheckUri => words.uri_title(),
        Place::Register => words.register_title(),
        Place::Step(Step::AzureService) => words.azure_service_title(),
        Place::Step(Step::WebApp) => words.web_app_title(),
        Place::Step(Step::NativeApp) => words.native_app_title(),
        Place::Step(Step::Discovery) => words.discovery_title(),
        Place::Step(Step::Subscription) => words.subscription_title(),
        Place::Review => words.review_title(),
        Place::Run => words.run_title_underway(),
        Place::CheckPair => words.check_pair_title(),
        Place::Report => words.report_title(),
        Place::Retire => words.retire_title(),
        Place::Unfinished => words.unfinished_title(),
        Place::Undo => words.undo_title(),
        Place::HandOver => words.hand_over_title(),
    }
}
