//! The evidence page: the evidence of the run of this page, then the check of evidence, which needs no sign-in and no network.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::file_field;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::EvidenceMsg;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use domain::locale::Locale;
use engine::export::evidence::format::EvidenceFormat;
use engine::export::evidence::verify::ChangedPlace;
use engine::export::evidence::verify::EvidenceError;
use engine::export::evidence::verify::EvidenceVerdict;
use engine::export::evidence::verify::VerifiedEvidence;
use engine::export::evidence::verify::parse_hash;

/// Element ID of the end hash of the run.
const END_HASH: &str = "evidence-end-hash";

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    fragment(vec![
        head("", t.evidence_title(), t.evidence_lead()),
        of_run(model, send),
        check(model),
    ])
}

/// The evidence of the run of this page.
fn of_run(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let card = el("section")
        .class("card no-print")
        .child(el("h2").text(t.evidence_run()));
    let Some(evidence) = model.evidence_of_run() else {
        return card.child(el("p").text(t.evidence_no_run())).html();
    };
    let count = u64::try_from(evidence.entries().len()).unwrap_or_default();
    let formats = EvidenceFormat::ALL.map(|format| {
        let (name, detail) = match format {
            EvidenceFormat::Json => (t.evidence_json(), t.evidence_json_detail()),
            EvidenceFormat::Html => (t.evidence_html(), t.evidence_html_detail()),
            EvidenceFormat::Markdown => (t.evidence_markdown(), t.evidence_markdown_detail()),
            EvidenceFormat::Har => (t.evidence_har(), t.evidence_har_detail()),
        };
        Choice::new(format.key(), name, detail)
    });
    card.child(el("p").text(&t.evidence_run_text(count)))
        .node(copyable(
            t,
            send,
            END_HASH,
            t.evidence_end_hash(),
            evidence.end_hash(),
        ))
        .child(
            el("p")
                .class("quiet small")
                .text(t.evidence_end_hash_hint()),
        )
        .node(
            Choices {
                entry: FieldId::EvidenceFormat,
                label: t.evidence_format(),
                hint: t.evidence_format_hint(),
                choices: formats.into(),
                picked: model.evidence.format.key(),
                fault: None,
            }
            .view(t),
        )
        .child(el("p").class("row").node(button(
            send,
            Msg::Evidence(EvidenceMsg::SaveAsked),
            "primary",
            fragment(vec![Icon::Save.view(), text(t.evidence_save())]),
        )))
        .html()
}

/// The check of evidence.
fn check(model: &Model) -> Html {
    let t = model.locale;
    let state = &model.evidence;
    let fault = match &state.verdict {
        Some(Err(error)) => Some(sentence(t, *error)),
        Some(Ok(_)) | None => None,
    };
    let is_hash = state.end.trim().is_empty() || parse_hash(&state.end).is_some();
    el("section")
        .class("card")
        .child(el("h2").text(t.evidence_check()))
        .child(el("p").text(t.evidence_check_text()))
        .node(
            TextField {
                entry: FieldId::EvidencePack,
                kind: InputKind::Lines,
                label: t.evidence_pack(),
                hint: t.evidence_pack_hint(),
                value: &state.pack,
                fault,
                is_required: true,
            }
            .view(t),
        )
        .node(file_field(t, FieldId::EvidencePack))
        .node(
            TextField {
                entry: FieldId::EvidenceEnd,
                kind: InputKind::Code,
                label: t.evidence_noted(),
                hint: t.evidence_noted_hint(),
                value: &state.end,
                fault: (!is_hash).then(|| t.evidence_noted_wrong().to_owned()),
                is_required: false,
            }
            .view(t),
        )
        .node(match &state.verdict {
            Some(Ok(EvidenceVerdict::Intact(verified))) => intact(t, verified, &state.end),
            Some(Ok(EvidenceVerdict::Changed(place))) => {
                changed(t.evidence_changed(), &place_sentence(t, *place))
            }
            Some(Err(_)) => message(
                Severity::Warning,
                t.evidence_cannot_tell(),
                el("p").text(t.evidence_cannot_tell_text()).html(),
            ),
            None => Html::default(),
        })
        .html()
}

fn changed(title: &str, sentence: &str) -> Html {
    message(Severity::Danger, title, el("p").text(sentence).html())
}

fn intact(t: Locale, verified: &VerifiedEvidence, noted: &str) -> Html {
    let noted = parse_hash(noted);
    let result = match &noted {
        Some(noted) if *noted == verified.end_hash => message(
            Severity::Good,
            t.evidence_intact(),
            el("p").text(t.evidence_intact_noted()).html(),
        ),
        Some(_) => changed(t.evidence_other_end(), t.evidence_other_end_text()),
        None => message(
            Severity::Good,
            t.evidence_intact(),
            el("p").text(t.evidence_intact_text()).html(),
        ),
    };
    fragment(vec![
        result,
        essentials(vec![
            (t.evidence_end_hash(), code(&verified.end_hash)),
            (t.evidence_entries(), text(&verified.count.to_string())),
            (t.evidence_run_id(), code(&verified.run)),
            (t.azure_service_tenant_id(), code(&verified.tenant)),
            (t.evidence_account(), foreign(&verified.account)),
            (
                t.evidence_approved(),
                text(&moment(t, Some(verified.began))),
            ),
        ]),
    ])
}

fn place_sentence(t: Locale, place: ChangedPlace) -> String {
    match place {
        ChangedPlace::Head => t.evidence_changed_head().to_owned(),
        ChangedPlace::Entry { number } => t.evidence_changed_entry(number),
        ChangedPlace::Missing { number, count } => t.evidence_changed_missing(count, number),
        ChangedPlace::End => t.evidence_changed_end().to_owned(),
    }
}

fn sentence(t: Locale, error: EvidenceError) -> String {
    match error {
        EvidenceError::TooLarge => t.evidence_too_large().to_owned(),
        EvidenceError::Truncated => t.evidence_truncated().to_owned(),
        EvidenceError::NotJson => t.evidence_not_json().to_owned(),
        EvidenceError::Repeated => t.evidence_repeated().to_owned(),
        EvidenceError::OtherFormat => t.evidence_other_format().to_owned(),
        EvidenceError::OtherKind => t.evidence_other_kind().to_owned(),
        EvidenceError::Newer => t.evidence_newer().to_owned(),
        EvidenceError::Shape { property } => t.evidence_shape(property),
    }
}

/// Back to where the admin came from.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    if model.runs.run.is_none() {
        return app_id_uri::view::actions(model, send);
    }
    let t = model.locale;
    button(send, Msg::WentTo(Route::Run), "", text(t.evidence_back()))
}
