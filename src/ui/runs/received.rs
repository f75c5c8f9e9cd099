//! The result of another person's run, opened from its record: what to enter in Configuration Manager.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::day;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use crate::ui::runs::hand_over::script;
use crate::ui::runs::hand_over::steps;
use crate::ui::runs::hand_over::values;
use crate::ui::runs::state::Received;
use domain::ids::AppId;

pub fn view(model: &Model, send: &Callback<Msg>, received: &Received) -> Html {
    let t = model.locale;
    let handoff = &received.result.handoff;
    let hash = received.result.plan_hash.as_deref();
    let end = handoff.server.secret.end;
    let of_plan = received.is_of_plan.map(|is_of_plan| {
        if is_of_plan {
            (Severity::Good, t.received_of_plan())
        } else {
            (Severity::Warning, t.received_of_other_plan())
        }
    });
    let app =
        |name: &str, id: AppId| fragment(vec![foreign(name), text(" · "), code(&id.to_string())]);
    let (severity, ends) = if end <= model.now {
        (Severity::Danger, t.received_secret_ended(day(t, end)))
    } else {
        (Severity::Warning, t.hand_over_secret_ends(day(t, end)))
    };
    fragment(vec![
        head("", t.received_title(), t.received_lead()),
        of_plan.map_or_else(Html::default, |(severity, sentence)| {
            message(severity, "", el("p").text(sentence).html())
        }),
        el("section")
            .class("card")
            .child(el("h2").text(t.received_what()))
            .child(el("p").text(t.received_compare()))
            .node(essentials(vec![
                (
                    t.azure_service_tenant_name(),
                    foreign(handoff.tenant.name.as_str()),
                ),
                (
                    t.azure_service_tenant_id(),
                    code(&handoff.tenant.id.to_string()),
                ),
                (
                    t.plan_server_app(),
                    app(handoff.server.name.as_str(), handoff.server.app_id),
                ),
                (
                    t.plan_client_app(),
                    app(handoff.client.name.as_str(), handoff.client.app_id),
                ),
                (
                    t.shared_plan_hash(),
                    hash.map_or_else(|| text(t.received_no_hash()), code),
                ),
            ]))
            .html(),
        message(
            severity,
            t.received_secret(),
            fragment(vec![
                el("p").text(t.received_secret_text()).html(),
                el("p").text(&ends).html(),
            ]),
        ),
        values(model, send, handoff),
        script(model, send, handoff),
        steps(model, send, handoff),
    ])
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::Run(RunMsg::ReceivedClosed),
        "",
        text(model.locale.received_close()),
    )
}
