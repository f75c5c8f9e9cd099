//! One file per page. A page is a function of the model.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri;
use crate::ui::components::element::fragment;
use crate::ui::links;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::pair;
use crate::ui::providers;
use crate::ui::registration;
use crate::ui::review;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::runs;
use crate::ui::setup;
use crate::ui::shell;
use crate::ui::shell::frame::frame;
use crate::ui::shell::frame::step_actions;

/// The current page in its frame.
pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let (page, foot) = match model.route {
        Route::Start => (shell::start::view(model, send), Html::default()),
        Route::CheckUri => (
            fragment(vec![
                app_id_uri::view::view(model),
                links::view::copy(model, send),
            ]),
            app_id_uri::view::actions(model, send),
        ),
        Route::Register => (
            registration::view::view(model, send),
            app_id_uri::view::actions(model, send),
        ),
        Route::Step(step) => (
            draw_step(model, send, step),
            step_actions(model, send, step),
        ),
        Route::Review => (
            fragment(vec![
                review::view::view(model, send),
                links::view::copy(model, send),
            ]),
            review::view::actions(model, send),
        ),
        Route::Run => (
            runs::progress::view(model, send),
            runs::progress::actions(model, send),
        ),
        Route::CheckPair => (
            pair::find::view(model, send),
            pair::find::actions(model, send),
        ),
        Route::Report => (
            pair::report::view(model, send),
            pair::report::actions(model, send),
        ),
        Route::Retire => (
            pair::retire::view(model, send),
            pair::retire::actions(model, send),
        ),
        Route::Unfinished => (
            runs::unfinished::view(model, send),
            runs::unfinished::actions(model, send),
        ),
        Route::Undo => (
            runs::undo::view(model, send),
            runs::undo::actions(model, send),
        ),
        Route::HandOver => (
            fragment(vec![
                runs::hand_over::view(model, send),
                // For the account that does the rest.
                if model
                    .runs
                    .run
                    .as_ref()
                    .is_some_and(|run| run.has_left_out())
                {
                    links::view::copy(model, send)
                } else {
                    Html::default()
                },
            ]),
            runs::hand_over::actions(model, send),
        ),
    };
    frame(model, send, page, foot)
}

fn draw_step(model: &Model, send: &Callback<Msg>, step: WizardStep) -> Html {
    match step {
        WizardStep::AzureService => setup::azure_service::view(model, send),
        WizardStep::WebApp => setup::web_app::view(model),
        WizardStep::NativeApp => setup::native_app::view(model),
        WizardStep::Discovery => setup::discovery::view(model, send),
        WizardStep::Subscription => providers::subscription::view(model, send),
    }
}
