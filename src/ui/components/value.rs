//! Values to read and to take along: lists of names and values, and read-only fields with a Copy button.

use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::words::Words;
use crate::ui::components::icon::Icon;
use crate::ui::msg::Msg;

/// Names and values in two columns.
pub fn essentials(rows: Vec<(&str, Html)>) -> Html {
    html! {
        <dl class="essentials">
            { for rows.into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
        </dl>
    }
}

/// A value that can be copied, all of it in sight. It is selected where the browser refuses the clipboard.
pub fn copyable(words: Words, send: &Callback<Msg>, id: &str, label: &str, value: &str) -> Html {
    let copied = Msg::CopyAsked {
        id: id.to_owned(),
        text: value.to_owned(),
    };
    html! {
        <div class="value">
            <label for={id.to_owned()}>{ label }</label>
            <output class="value-text code" id={id.to_owned()} aria-live="off" translate="no">{ value }</output>
            { button(send, copied, "", html! { <>{ Icon::Copy.draw() }<span>{ words.action_copy() }<span class="unseen">{ " " }{ label }</span></span></> }) }
        </div>
    }
}

/// A button that sends one message.
pub fn button(send: &Callback<Msg>, msg: Msg, kind: &'static str, body: Html) -> Html {
    let kind = (!kind.is_empty()).then_some(kind);
    html! { <button type="button" class="button" data-kind={kind} onclick={on(send, msg)}>{ body }</button> }
}

/// Sends this message, whatever the event.
pub fn on<E: 'static>(send: &Callback<Msg>, msg: Msg) -> Callback<E> {
    let send = send.clone();
    Callback::from(move |_| send.emit(msg.clone()))
}
