//! Find an existing pair: sign in with read permissions, list the pairs, select one.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::clouds::clouds;
use crate::ui::components::field::Kind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
use crate::ui::sign_in::state::Reading;
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
    let words = model.words;
    let is_in = matches!(model.sign_in.access, AuthState::SignedIn(_));
    several(vec![
        head("", words.check_pair_title(), words.check_pair_lead()),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.azure_service_admin()))
            .maybe((!is_in).then(|| {
                several(vec![
                    clouds(
                        words,
                        FieldId::Cloud,
                        words.azure_service_environment(),
                        words.azure_service_environment_hint(),
                        &model.setup.draft.cloud,
                    ),
                    tenant_field(model),
                    tag("p").say(words.check_pair_read_only()).html(),
                ])
            }))
            .put(sign_in(model, send))
            .html(),
        if is_in {
            found(model, send)
        } else {
            Html::default()
        },
    ])
}

fn found(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let doctor = &model.pair;
    let is_wrong = !doctor.typed.trim().is_empty() && doctor.typed_id().is_none();
    let field = tag("section")
        .class("card")
        .with(tag("h2").say(words.check_pair_by_id()))
        .put(
            TextField {
                entry: FieldId::PairId,
                kind: Kind::Code,
                label: words.check_pair_id(),
                hint: words.check_pair_id_hint(),
                value: &doctor.typed,
                fault: is_wrong.then(|| words.check_pair_id_wrong().to_owned()),
                is_required: false,
            }
            .view(words),
        )
        .with(tag("p").put(button(
            send,
            Msg::Pair(PairMsg::FindAsked),
            "",
            text(words.check_pair_look()),
        )))
        .html();
    let body = match &doctor.search {
        None => Html::default(),
        Some(Reading::Waiting) => tag("section")
            .class("card")
            .put(busy(words.check_pair_looking()))
            .html(),
        Some(Reading::Failed(failed)) => problem(words, failed),
        Some(Reading::Done(found)) => several(vec![
            if found.is_partial {
                message(
                    Severity::Warning,
                    words.check_pair_partial_title(),
                    tag("p").say(words.check_pair_partial()).html(),
                )
            } else {
                Html::default()
            },
            pairs(words, send, found),
            by_hand(model, send, found),
        ]),
    };
    several(vec![body, field])
}

fn pairs(words: Locale, send: &Callback<Msg>, found: &Found) -> Html {
    if found.pairs.is_empty() {
        return message(
            Severity::Info,
            words.check_pair_none_title(),
            tag("p").say(words.check_pair_none()).html(),
        );
    }
    let count = u64::try_from(found.pairs.len()).unwrap_or_default();
    tag("section")
        .class("group")
        .with(tag("h2").say(&words.doctor_found(count)))
        .all(
            &mut found
                .pairs
                .iter()
                .map(|pair| pair_card(words, send, found, pair)),
        )
        .html()
}

fn pair_card(words: Locale, send: &Callback<Msg>, found: &Found, pair: &Pair) -> Html {
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
    tag("section")
        .class("card")
        .put(half(words, found, AppRole::Server, pair.server))
        .put(half(words, found, AppRole::Client, pair.client))
        .maybe((!is_sure).then(|| tag("p").class("quiet").say(words.check_pair_guess()).html()))
        .maybe(shared.then(|| {
            tag("p")
                .class("quiet")
                .say(words.check_pair_shared())
                .html()
        }))
        .with(tag("p").class("card-foot").put(button(
            send,
            Msg::Pair(PairMsg::PairChosen(pair.clone())),
            if is_sure || found.pairs.len() == 1 {
                "primary"
            } else {
                ""
            },
            several(vec![
                    text(words.check_pair_check()),
                    tag("span").class("unseen").say(" ").put(foreign(&name)).html(),
                ]),
        )))
        .html()
}

fn half(words: Locale, found: &Found, part: AppRole, app: Option<AppId>) -> Html {
    let title = match part {
        AppRole::Server => words.plan_server_app(),
        AppRole::Client => words.plan_client_app(),
    };
    let Some(candidate) = app.and_then(|app| found.candidate(app)) else {
        return tag("div")
            .class("group")
            .with(tag("h3").say(title))
            .with(tag("p").class("quiet").say(words.check_pair_half()))
            .html();
    };
    tag("div")
        .class("group")
        .with(tag("h3").say(title))
        .with(
            tag("p")
                .with(tag("strong").put(foreign(&candidate.name)))
                .say(" · ")
                .put(code(&candidate.app.to_string())),
        )
        .with(
            tag("p")
                .class("row")
                .maybe(candidate.is_deleted.then(|| {
                    tag("span")
                        .set("data-state", "warning")
                        .class("tag")
                        .say(words.check_pair_deleted())
                        .html()
                }))
                .all(&mut candidate.clues.iter().map(|clue| {
                    tag("span")
                        .set("data-state", "info")
                        .class("tag")
                        .say(clue_name(words, *clue))
                        .html()
                })),
        )
        .html()
}

fn clue_name(words: Locale, clue: MatchEvidence) -> &'static str {
    match clue {
        MatchEvidence::Typed => words.clue_typed(),
        MatchEvidence::Recorded => words.clue_recorded(),
        MatchEvidence::Key => words.clue_key(),
        MatchEvidence::Label => words.clue_label(),
        MatchEvidence::Uri => words.clue_uri(),
        MatchEvidence::Scope => words.clue_scope(),
        MatchEvidence::Redirect => words.clue_redirect(),
        MatchEvidence::Name => words.clue_name(),
    }
}

/// Lets the admin pick any two apps, because a name does not prove that two apps are a pair.
fn by_hand(model: &Model, send: &Callback<Msg>, found: &Found) -> Html {
    let words = model.words;
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
        let none = (String::new(), words.check_pair_no_app().to_owned());
        let (first, rest): (Vec<_>, Vec<_>) =
            found.candidates.iter().partition(|it| it.part == part);
        std::iter::once(none)
            .chain(first.into_iter().map(named))
            .chain(rest.into_iter().map(named))
            .collect()
    };
    tag("details")
        .class("card fold")
        .with(tag("summary").with(tag("h2").say(words.check_pair_by_hand())))
        .put(
            PickField {
                entry: FieldId::PickServer,
                label: words.plan_server_app(),
                hint: "",
                options: options(AppRole::Server),
                picked: &model.pair.picked_server,
                fault: None,
            }
            .view(words),
        )
        .put(
            PickField {
                entry: FieldId::PickClient,
                label: words.plan_client_app(),
                hint: "",
                options: options(AppRole::Client),
                picked: &model.pair.picked_client,
                fault: None,
            }
            .view(words),
        )
        .with(tag("p").put(button(
            send,
            Msg::Pair(PairMsg::PickedChosen),
            "",
            text(words.check_pair_check()),
        )))
        .html()
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Start),
        "",
        text(model.words.frame_back()),
    )
}
