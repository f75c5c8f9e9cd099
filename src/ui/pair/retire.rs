//! Retire a pair: its consumers, what deleting means, and a check box for each app.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::pair::sign_ins;
use crate::ui::route::Route;
use crate::ui::sign_in::state::ReadState;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use engine::export::renewal::usage;
use engine::read::consumers::Consumers;
use engine::read::observed::Observed;
use engine::read::observed::ObservedApp;
use engine::read::observed::there;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let checkup = model.pair.checkup.as_ref().and_then(ReadState::done);
    let body = match checkup {
        None => fragment(vec![
            el("p").text(t.retire_check_first()).html(),
            button(send, Msg::WentTo(Route::Report), "", text(t.report_again())),
        ]),
        Some(checkup) => fragment(vec![
            message(
                Severity::Warning,
                t.retire_warning_title(),
                el("p").text(t.retire_warning()).html(),
            ),
            uses(model, send, &checkup.observed),
            ticks(model, &checkup.observed),
            message(
                Severity::Info,
                t.undo_soft_title(),
                el("p").text(t.retire_soft()).html(),
            ),
        ]),
    };
    fragment(vec![head("", t.retire_title(), t.retire_lead()), body])
}

fn uses(model: &Model, send: &Callback<Msg>, observed: &Observed) -> Html {
    let t = model.locale;
    let callers = match &observed.around.callers {
        Known::Unknown => el("li").text(t.retire_callers_unread()).html(),
        Known::Known(all) => {
            let client = there(&observed.client).map(|app| app.app_id);
            let others: Vec<_> = all.iter().filter(|(app, _)| Some(*app) != client).collect();
            let count = u64::try_from(others.len()).unwrap_or_default();
            el("li")
                .child(
                    el("div")
                        .class("list-text")
                        .child(el("span").text(&t.retire_callers(count)))
                        .nodes(&mut others.into_iter().map(|(app, name)| {
                            el("span")
                                .class("list-note")
                                .node(foreign(name))
                                .text(" · ")
                                .node(code(&app.to_string()))
                                .html()
                        })),
                )
                .html()
        }
    };
    let read = match &model.pair.uses {
        None => Html::default(),
        Some(ReadState::Waiting) => el("li").node(busy(t.retire_reading())).html(),
        Some(ReadState::Failed(failed)) => el("li").node(problem(t, failed)).html(),
        Some(ReadState::Done(uses)) => read_uses(t, uses),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.retire_uses()))
        .child(
            el("ul")
                .class("list")
                .node(callers)
                .node(read)
                .node(roles(t, observed))
                .node_some(there(&observed.server).map(|app| elsewhere(t, app))),
        )
        .node(sign_ins::view(model, send))
        .html()
}

/// Facts that only Microsoft's portals and the console show.
fn elsewhere(t: Locale, app: &ObservedApp) -> Html {
    let usage = usage(app.app_id, t);
    let row = |path: &str, notes: Vec<String>| {
        el("li")
            .child(
                el("div")
                    .class("list-text")
                    .child(el("span").text(path))
                    .nodes(
                        &mut notes
                            .iter()
                            .map(|note| el("span").class("list-note").text(note).html()),
                    ),
            )
            .html()
    };
    let tabs = usage.tabs.iter().map(|(tab, who)| format!("{tab}: {who}"));
    let mut notes = vec![usage.find.clone()];
    notes.extend(tabs);
    notes.push(usage.limits.to_owned());
    fragment(vec![
        row(usage.path, notes),
        row(usage.console_path, vec![usage.console.to_owned()]),
    ])
}

fn read_uses(t: Locale, uses: &Consumers) -> Html {
    let count = |known: Known<usize>, some: fn(&Locale, u64) -> String, unread: &str| match known {
        Known::Known(count) => some(&t, u64::try_from(count).unwrap_or_default()),
        Known::Unknown => unread.to_owned(),
    };
    let grants = uses.grants.as_ref().map(|all| all.len());
    fragment(vec![
        el("li")
            .child(el("span").text(&count(
                grants,
                |t, count| t.retire_grants(count),
                t.retire_grants_unread(),
            )))
            .html(),
        el("li")
            .child(el("span").text(&count(
                uses.assigned,
                |t, count| t.retire_assigned(count),
                t.retire_assigned_unread(),
            )))
            .html(),
    ])
}

fn roles(t: Locale, observed: &Observed) -> Html {
    let principal = there(&observed.server)
        .and_then(|app| app.principal.as_ref().known()?.as_ref())
        .map(|principal| principal.roles.as_ref().map(Vec::len));
    let sentence = match principal {
        Some(Known::Known(0)) => t.retire_roles_none(),
        Some(Known::Known(_)) => t.retire_roles_some(),
        Some(Known::Unknown) => t.retire_roles_unread(),
        None => return Html::default(),
    };
    el("li").child(el("span").text(sentence)).html()
}

fn ticks(model: &Model, observed: &Observed) -> Html {
    let t = model.locale;
    let row = |part: AppRole, app: Option<&ObservedApp>| {
        app.map(|_| repair_box(t, &model.pair, model.now, "retire", Repair::Delete(part)))
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.retire_choose()))
        .child(
            el("div")
                .class("choices")
                .node_some(row(AppRole::Client, there(&observed.client)))
                .node_some(row(AppRole::Server, there(&observed.server))),
        )
        .html()
}

/// Review of the deletion, and back.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let is_chosen = model.is_retiring(AppRole::Server) || model.is_retiring(AppRole::Client);
    fragment(vec![
        if is_chosen {
            button(
                send,
                Msg::Pair(PairMsg::RetireAsked),
                "primary",
                text(t.retire_review()),
            )
        } else {
            Html::default()
        },
        button(send, Msg::WentTo(Route::Report), "", text(t.retire_back())),
    ])
}
