//! One file per page. A page is a function of the model.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri;
use crate::ui::components::element::fragment;
use crate::ui::links;
use crate::ui::loading;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::part::Part;
use crate::ui::providers;
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
    let logic = Part::of(model.route).and_then(|part| model.parts.get(part));
    let (page, foot) = match (model.route, logic) {
        _ if model.missing_part().is_some() && Part::of(model.route).is_some() => {
            (loading::page(model), Html::default())
        }
        (_, Some(logic)) => (logic.page)(model, send),
        (Route::CheckUri, _) => (
            fragment(vec![
                app_id_uri::view::view(model),
                links::view::copy(model, send),
            ]),
            app_id_uri::view::actions(model, send),
        ),
        (Route::Step(step), _) => (
            draw_step(model, send, step),
            step_actions(model, send, step),
        ),
        (_, None) => (start(model, send), Html::default()),
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
            loading::failure(model, send),
            window.unwrap_or_default(),
            links::view::notice(model, send).unwrap_or_default(),
            providers::banner::banner(model, send),
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
