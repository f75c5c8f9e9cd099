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
use crate::ui::setup::steps::step_actions;
use crate::ui::setup::steps::steps;
use crate::ui::shell::frame::Frame;
use crate::ui::shell::start::StartPage;
use crate::ui::sign_in;

/// The current page in its frame.
pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let (page, foot) = match model.route {
        Route::Start => (start(model, send), Html::default()),
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
    // On this page the message is shown beside the sign-in button.
    let window = (model.route != Route::Step(WizardStep::AzureService))
        .then(|| sign_in::window::view(model, send))
        .flatten();
    let frame = Frame {
        locale: model.locale,
        home: &model.home,
        now: model.now,
        is_demo: model.demo.is_some(),
        embedding: model.embedding,
        site: &model.site,
        route: model.route,
        language: model.loading_language.unwrap_or(model.locale),
        theme: model.theme,
        notice: &model.notice,
        printed: sign_in::account::printed(model),
        badges: sign_in::account::badges(model),
        steps: steps(model, send),
        messages: vec![
            window.unwrap_or_default(),
            links::view::notice(model, send).unwrap_or_default(),
        ],
        page,
        actions: foot,
    };
    frame.view(&send.reform(Msg::from))
}

/// The start page, with what earlier visits left.
fn start(model: &Model, send: &Callback<Msg>) -> Html {
    let page = StartPage {
        locale: model.locale,
        embedding: model.embedding,
        site: &model.site,
        cloud: model.setup.draft.cloud(),
        turned_away: model.turned_away,
        is_resumed: model.setup.is_resumed,
        unfinished: runs::banner::banner(model, send),
        refused: model
            .setup
            .refused
            .as_ref()
            .map_or_else(Html::default, |refused| {
                setup::refused::view(model.locale, send, refused)
            }),
    };
    page.view(&send.reform(Msg::from))
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
