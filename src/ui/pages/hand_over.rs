//! Hand-over: what to enter in Configuration Manager, field by field; the secret once; the script, the record, what is left to do.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::words::Words;
use crate::export::configmgr;
use crate::export::dialogs::Dialog;
use crate::export::dialogs::Field;
use crate::export::dialogs::FieldKind;
use crate::export::handoff::Handoff;
use crate::export::next_steps::DisableAuthentication;
use crate::export::next_steps::Need;
use crate::ui::components::frame::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Tone;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::stage::SECRET_FIELD;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let handoff = match stage.run.as_ref().map(|run| &run.handoff) {
        Some(Ok(handoff)) => handoff,
        Some(Err(_)) | None => {
            return html! {
                <>
                    { head("", words.hand_over_title(), "") }
                    { message(Tone::Warning, words.hand_over_missing(), html! { <p>{ words.hand_over_missing_text() }</p> }) }
                </>
            };
        }
    };
    html! {
        <>
            { head("", words.hand_over_title(), words.hand_over_lead()) }
            { secret(stage, send, handoff) }
            <section class="card">
                <h2>{ words.hand_over_values() }</h2>
                { dialogs(stage, send, handoff) }
                { for handoff.app_id_uri_note(words).map(|note| message(Tone::Info, "", html! { <p>{ note }</p> })) }
            </section>
            { script(words, send, handoff) }
            <section class="card">
                <h2>{ words.hand_over_steps() }</h2>
                <ol class="numbered">
                    { for handoff.next_steps(words).into_iter().map(|step| {
                        let state = match step.need {
                            Need::Required => "warning",
                            Need::Recommended => "info",
                        };
                        html! {
                            <li><div class="list-text">
                                <p class="row"><strong>{ step.title }</strong><span class="tag" data-state={state}>{ step.need.tag(words) }</span></p>
                                <p class="small">{ step.path }</p>
                                <p class="list-note">{ step.detail }</p>
                            </div></li>
                        }
                    }) }
                </ol>
                { disable(words) }
            </section>
            <section class="card">
                <h2>{ words.hand_over_done() }</h2>
                <p>{ words.hand_over_done_text() }</p>
                <p>{ button(send, Msg::SignedOut, "", html! { { words.azure_service_sign_out() } }) }</p>
            </section>
        </>
    }
}

/// The secret. Its field has no value in the markup: the text is put there by hand, and wiped by hand (`Effect::FillSecret`).
fn secret(stage: &Stage, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let words = stage.words;
    let ends = words.hand_over_secret_ends(handoff.secret_end_day());
    if stage.secret.is_none() {
        return html! {
            <section class="card">
                <h2>{ words.hand_over_secret() }</h2>
                <p>{ words.hand_over_secret_none() }</p>
                <p class="quiet">{ ends }</p>
            </section>
        };
    }
    let toggle = if stage.is_secret_shown {
        words.hand_over_secret_hide()
    } else {
        words.hand_over_secret_show()
    };
    html! {
        <section class="card" data-state="secret">
            <h2>{ words.hand_over_secret() }</h2>
            <p>{ words.hand_over_secret_text() }</p>
            <div class="value">
                <label for={SECRET_FIELD}>{ words.hand_over_secret_label() }</label>
                <input id={SECRET_FIELD} type="text" readonly=true placeholder="••••••••••••••••••••" autocomplete="off" spellcheck="false" translate="no"
                    aria-describedby="secret-hint" />
                <span class="row">
                    { button(send, Msg::SecretToggled, "", html! { <span>{ toggle }<span class="unseen">{ " " }{ words.hand_over_secret_label() }</span></span> }) }
                    { secret_copy(words, send, "primary") }
                </span>
                <p class="field-hint" id="secret-hint">{ words.hand_over_secret_hint() }{ " " }{ ends }{ "." }</p>
            </div>
            <p>{ button(send, Msg::SecretSaved, "", html! { <>{ Icon::Check.draw() }{ words.hand_over_secret_saved() }</> }) }</p>
        </section>
    }
}

/// Every field under the page or dialog it is on.
fn dialogs(stage: &Stage, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let words = stage.words;
    let fields = handoff.fields(words);
    let mut pages: Vec<Dialog> = Vec::new();
    for field in &fields {
        if !pages.contains(&field.dialog) {
            pages.push(field.dialog);
        }
    }
    html! {
        <>
            { for pages.into_iter().map(|dialog| html! {
                <section class="group">
                    <h3>{ dialog.title(words) }</h3>
                    <div class="values">
                        { for fields.iter().enumerate().filter(|(_, field)| field.dialog == dialog).map(|(index, field)| value(stage, send, index, field)) }
                    </div>
                </section>
            }) }
        </>
    }
}

fn value(stage: &Stage, send: &Callback<Msg>, index: usize, field: &Field) -> Html {
    let words = stage.words;
    let copy_secret = (field.kind == FieldKind::Secret && stage.secret.is_some())
        .then(|| secret_copy(words, send, ""));
    match field.kind {
        FieldKind::Copy => copyable(
            words,
            send,
            &format!("value-{index}"),
            field.label,
            &field.value,
        ),
        FieldKind::Choose | FieldKind::Secret => html! {
            <div class="value">
                <span class="value-label">{ field.label }</span>
                <span class="value-text">{ &field.value }</span>
                { for copy_secret }
                if field.kind == FieldKind::Choose {
                    <span class="field-hint">{ words.hand_over_choose() }</span>
                }
            </div>
        },
    }
}

/// Copies the secret without showing it.
fn secret_copy(words: Words, send: &Callback<Msg>, kind: &'static str) -> Html {
    let label = html! { <>{ Icon::Copy.draw() }<span>{ words.action_copy() }<span class="unseen">{ " " }{ words.hand_over_secret_label() }</span></span></> };
    button(send, Msg::SecretCopyAsked, kind, label)
}

fn script(words: Words, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let text = configmgr::script(handoff);
    let file = File {
        name: configmgr::file_name(handoff),
        kind: "text/plain",
        text: text.clone(),
    };
    let record = File {
        name: handoff.record_file_name(),
        kind: "application/json",
        text: handoff.record(words),
    };
    let copied = Msg::CopyAsked {
        id: "script".to_owned(),
        text: text.clone(),
    };
    html! {
        <section class="card">
            <h2>{ words.hand_over_script() }</h2>
            <p>{ words.hand_over_script_text() }</p>
            <p class="row">
                { button(send, Msg::SaveAsked(file), "primary", html! { <>{ Icon::Save.draw() }{ words.hand_over_script_save() }</> }) }
                { button(send, copied, "", html! { <>{ Icon::Copy.draw() }{ words.hand_over_script_copy() }</> }) }
                { button(send, Msg::SaveAsked(record), "", html! { <>{ Icon::Save.draw() }{ words.hand_over_record() }</> }) }
            </p>
            <p class="quiet small">{ words.hand_over_record_text() }</p>
            <details class="fold">
                <summary>{ words.hand_over_script_show() }</summary>
                <pre class="listing" id="script" tabindex="0" aria-label={words.hand_over_script()} translate="no"><code>{ text }</code></pre>
            </details>
        </section>
    }
}

fn disable(words: Words) -> Html {
    let told = DisableAuthentication::tell(words);
    html! {
        <details class="fold">
            <summary>{ words.hand_over_disable() }</summary>
            <div class="group">
                <p>{ told.when }</p>
                <p>{ told.path }</p>
                <p><strong>{ told.option }</strong></p>
                <ul class="bullets">
                    { for told.notes.into_iter().map(|line| html! { <li>{ Icon::Info.draw() }<span>{ line }</span></li> }) }
                    { for told.hurry.into_iter().map(|line| html! { <li>{ Icon::Info.draw() }<span>{ line }</span></li> }) }
                </ul>
            </div>
        </details>
    }
}

/// Back to the run; nothing is left to press here.
pub fn foot(stage: &Stage, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Place::Run),
        "",
        html! { { stage.words.hand_over_run() } },
    )
}
