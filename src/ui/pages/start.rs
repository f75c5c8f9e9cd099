//! What the page does, what it promises, and the two ways in.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::words::Words;
use crate::ui::components::frame::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Tone;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::site::Site;
use crate::ui::stage::RefusedDraft;
use crate::ui::stage::Stage;

/// As markup.
pub fn draw(stage: &Stage, send: &Callback<Msg>) -> Html {
    let words = stage.words;
    let action = if stage.is_resumed {
        words.start_resume_action()
    } else {
        words.start_set_up_action()
    };
    let needs_client = stage
        .site
        .config()
        .is_some_and(|config| config.client_id(stage.draft.cloud()).is_none());
    html! {
        <>
            { head("", words.start_title(), words.start_lead()) }
            { site_message(words, &stage.site) }
            { for needs_client.then(|| no_client(words, send)) }
            { for stage.refused.as_ref().map(|refused| refused_draft(words, send, refused)) }
            <div class="deck">
                <section class="card">
                    <h2>{ words.start_set_up_title() }</h2>
                    <p>{ words.start_set_up_text() }</p>
                    if stage.is_resumed {
                        <p class="quiet">{ words.start_resume_text() }</p>
                    }
                    <p class="card-foot">{ button(send, Msg::WentTo(Place::Step(Step::AzureService)), "primary", html! { { action } }) }</p>
                </section>
                <section class="card">
                    <h2>{ words.start_uri_title() }</h2>
                    <p>{ words.start_uri_text() }</p>
                    <p class="card-foot">{ button(send, Msg::WentTo(Place::CheckUri), "", html! { { words.start_uri_action() } }) }</p>
                </section>
            </div>
            <div class="deck">
                <section class="group">
                    <h2>{ words.start_promises_title() }</h2>
                    { bullets(Icon::Lock, &[
                        words.start_promise_direct(),
                        words.start_promise_review(),
                        words.start_promise_memory(),
                        words.start_promise_least(),
                        words.start_promise_telemetry(),
                    ]) }
                </section>
                <section class="group">
                    <h2>{ words.start_needs_title() }</h2>
                    { bullets(Icon::Check, &[words.start_need_role(), words.start_need_azure(), words.start_need_site()]) }
                </section>
            </div>
        </>
    }
}

fn bullets(icon: Icon, lines: &[&'static str]) -> Html {
    html! {
        <ul class="bullets">
            { for lines.iter().map(|line| html! { <li>{ icon.draw() }<span>{ *line }</span></li> }) }
        </ul>
    }
}

/// What keeps people from signing in on this site, if anything does.
pub fn site_message(words: Words, site: &Site) -> Html {
    match site {
        Site::Ready(_) | Site::Reading => Html::default(),
        Site::Unread => message(
            Tone::Danger,
            words.config_unread_title(),
            html! { <p>{ words.config_unread_mend() }</p> },
        ),
        Site::Refused(sentence) => message(
            Tone::Danger,
            words.config_refused_title(),
            html! { <><p>{ sentence }</p><p>{ words.config_refused_mend() }</p></> },
        ),
    }
}

/// Nobody can sign in in this cloud before the site has a client ID.
pub fn no_client(words: Words, send: &Callback<Msg>) -> Html {
    message(
        Tone::Warning,
        words.azure_service_no_client(),
        html! {
            <>
                <p>{ words.azure_service_no_client_text() }</p>
                <p>{ button(send, Msg::WentTo(Place::Register), "", html! { { words.azure_service_no_client_link() } }) }</p>
            </>
        },
    )
}

fn refused_draft(words: Words, send: &Callback<Msg>, refused: &RefusedDraft) -> Html {
    let file = File {
        name: "cmg-entra-setup-draft.txt".to_owned(),
        kind: "text/plain",
        text: refused.text.clone(),
    };
    message(
        Tone::Warning,
        words.start_draft_refused(),
        html! {
            <>
                <p>{ refused.why.sentence(words) }{ " " }{ words.start_draft_keep() }</p>
                <p class="row">
                    { button(send, Msg::SaveAsked(file), "", html! { { words.start_draft_save() } }) }
                    { button(send, Msg::RefusedDropped, "quiet", html! { { words.start_draft_drop() } }) }
                </p>
            </>
        },
    )
}
