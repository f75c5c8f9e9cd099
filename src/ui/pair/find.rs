//! Find an existing pair: sign in with read permissions, list the pairs, select one.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::candidate::candidate_details;
use crate::ui::components::clouds::clouds;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::route::Route;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::ReadState;
use crate::ui::sign_in::view::sign_in;
use crate::ui::sign_in::view::tenant_field;
use domain::confusables::isolated;
use domain::ids::AppId;
use domain::locale::Locale;
use engine::desired::repair::AppRole;
use engine::read::discover::Candidate;
use engine::read::discover::Found;
use engine::read::discover::MatchEvidence;
use engine::read::discover::Pair;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let is_in = matches!(model.sign_in.access, AuthState::SignedIn(_));
    fragment(vec![
        head("", t.check_pair_title(), t.check_pair_lead()),
        el("section")
            .class("card")
            .child(el("h2").text(t.azure_service_admin()))
            .node_some((!is_in).then(|| {
                fragment(vec![
                    clouds(
                        t,
                        FieldId::Cloud,
                        t.azure_service_environment(),
                        t.azure_service_environment_hint(),
                        &model.setup.draft.cloud,
                    ),
                    tenant_field(model),
                    el("p").text(t.check_pair_read_only()).html(),
                ])
            }))
            .node(sign_in(model, send))
            .html(),
        if is_in {
            found(model, send)
        } else {
            Html::default()
        },
    ])
}

fn found(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let pair_model = &model.pair;
    let is_wrong = !pair_model.typed.trim().is_empty() && pair_model.typed_id().is_none();
    let field = el("section")
        .class("card")
        .child(el("h2").text(t.check_pair_by_id()))
        .node(
            TextField {
                entry: FieldId::PairId,
                kind: InputKind::Code,
                label: t.check_pair_id(),
                hint: t.check_pair_id_hint(),
                value: &pair_model.typed,
                fault: is_wrong.then(|| t.check_pair_id_wrong().to_owned()),
                is_required: false,
            }
            .view(t),
        )
        .child(el("p").node(button(
            send,
            Msg::Pair(PairMsg::FindAsked),
            "",
            text(t.check_pair_look()),
        )))
        .html();
    let body = match &pair_model.search {
        None => Html::default(),
        Some(ReadState::Waiting) => el("section")
            .class("card")
            .node(busy(t.check_pair_looking()))
            .html(),
        Some(ReadState::Failed(failed)) => problem(t, failed),
        Some(ReadState::Done(found)) => fragment(vec![
            if found.is_partial {
                message(
                    Severity::Warning,
                    t.check_pair_partial_title(),
                    el("p").text(t.check_pair_partial()).html(),
                )
            } else {
                Html::default()
            },
            pairs(t, send, found),
            by_hand(model, send, found),
        ]),
    };
    fragment(vec![body, field])
}

fn pairs(t: Locale, send: &Callback<Msg>, found: &Found) -> Html {
    if found.pairs.is_empty() {
        return message(
            Severity::Info,
            t.check_pair_none_title(),
            el("p").text(t.check_pair_none()).html(),
        );
    }
    let count = u64::try_from(found.pairs.len()).unwrap_or_default();
    el("section")
        .class("group")
        .child(el("h2").text(&t.pair_found(count)))
        .nodes(
            &mut found
                .pairs
                .iter()
                .map(|pair| pair_card(t, send, found, pair)),
        )
        .html()
}

fn pair_card(t: Locale, send: &Callback<Msg>, found: &Found, pair: &Pair) -> Html {
    let is_sure = found.is_sure(pair);
    let shared = [pair.server, pair.client]
        .into_iter()
        .flatten()
        .any(|app| found.uses(app) > 1);
    let name = [pair.server, pair.client]
        .into_iter()
        .flatten()
        .filter_map(|app| found.candidate(app))
        .map(|it| it.name.clone())
        .next()
        .unwrap_or_default();
    el("section")
        .class("card")
        .node(half(t, found, AppRole::Server, pair.server))
        .node(half(t, found, AppRole::Client, pair.client))
        .node_some((!is_sure).then(|| el("p").class("quiet").text(t.check_pair_guess()).html()))
        .node_some(shared.then(|| el("p").class("quiet").text(t.check_pair_shared()).html()))
        .child(el("p").class("card-foot").node(button(
            send,
            Msg::PairChosen(pair.clone()),
            if is_sure || found.pairs.len() == 1 {
                "primary"
            } else {
                ""
            },
            fragment(vec![
                    text(t.check_pair_check()),
                    el("span").class("unseen").text(" ").node(foreign(&name)).html(),
                ]),
        )))
        .html()
}

fn half(t: Locale, found: &Found, part: AppRole, app: Option<AppId>) -> Html {
    let title = match part {
        AppRole::Server => t.plan_server_app(),
        AppRole::Client => t.plan_client_app(),
    };
    let Some(candidate) = app.and_then(|app| found.candidate(app)) else {
        return el("div")
            .class("group")
            .child(el("h3").text(title))
            .child(el("p").class("quiet").text(t.check_pair_half()))
            .html();
    };
    el("div")
        .class("group")
        .child(el("h3").text(title))
        .child(
            el("p")
                .child(el("strong").node(foreign(&candidate.name)))
                .text(" · ")
                .node(code(&candidate.app.to_string())),
        )
        .node(candidate_details(t, candidate))
        .child(
            el("p")
                .class("row")
                .node_some(candidate.is_deleted.then(|| {
                    el("span")
                        .attr("data-state", "warning")
                        .class("tag")
                        .text(t.check_pair_deleted())
                        .html()
                }))
                .nodes(&mut candidate.clues.iter().map(|clue| {
                    el("span")
                        .attr("data-state", "info")
                        .class("tag")
                        .text(clue_name(t, *clue))
                        .html()
                })),
        )
        .html()
}

fn clue_name(t: Locale, clue: MatchEvidence) -> &'static str {
    match clue {
        MatchEvidence::Typed => t.clue_typed(),
        MatchEvidence::Recorded => t.clue_recorded(),
        MatchEvidence::Key => t.clue_key(),
        MatchEvidence::Label => t.clue_label(),
        MatchEvidence::Uri => t.clue_uri(),
        MatchEvidence::Scope => t.clue_scope(),
        MatchEvidence::Redirect => t.clue_redirect(),
        MatchEvidence::Name => t.clue_name(),
    }
}

/// Lets the admin pick any two apps, because a name does not prove that two apps are a pair.
fn by_hand(model: &Model, send: &Callback<Msg>, found: &Found) -> Html {
    let t = model.locale;
    if found.candidates.is_empty() {
        return Html::default();
    }
    let options = |part: AppRole| {
        let named = |it: &Candidate| {
            (
                it.app.to_string(),
                format!("{} · {}", isolated(&it.name), it.app),
            )
        };
        let none = (String::new(), t.check_pair_no_app().to_owned());
        let (first, rest): (Vec<_>, Vec<_>) =
            found.candidates.iter().partition(|it| it.part == part);
        std::iter::once(none)
            .chain(first.into_iter().map(named))
            .chain(rest.into_iter().map(named))
            .collect()
    };
    el("details")
        .class("card fold")
        .child(el("summary").child(el("h2").text(t.check_pair_by_hand())))
        .node(
            PickField::plain(
                FieldId::PickServer,
                t.plan_server_app(),
                options(AppRole::Server),
                &model.pair.picked_server,
            )
            .view(t),
        )
        .node(
            PickField::plain(
                FieldId::PickClient,
                t.plan_client_app(),
                options(AppRole::Client),
                &model.pair.picked_client,
            )
            .view(t),
        )
        .child(el("p").node(button(
            send,
            Msg::Pair(PairMsg::PickedChosen),
            "",
            text(t.check_pair_check()),
        )))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Start),
        "",
        text(model.locale.frame_back()),
    )
}
