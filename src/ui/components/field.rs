//! Things to fill in: label, hint, control and the sentence that says what is wrong with what was typed.
//!
//! No control listens: the page hears them all at once (`ui/mod.rs`), by the name of their `Entry`.

use yew::prelude::Html;
use yew::prelude::html;

use crate::domain::words::Words;
use crate::ui::components::icon::Icon;
use crate::ui::entry::Entry;

/// What kind of control a text goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or name.
    Line,
    /// An identifier or a URI.
    Code,
    /// Several lines.
    Lines,
}

/// A field for text.
#[derive(Clone, Debug)]
pub struct TextField<'a> {
    /// What it is for.
    pub entry: Entry,
    /// The control.
    pub kind: Kind,
    /// Its label.
    pub label: &'a str,
    /// What stands below the label.
    pub hint: &'a str,
    /// What is typed.
    pub value: &'a str,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// It may not be left empty.
    pub is_required: bool,
}

impl TextField<'_> {
    /// As markup.
    pub fn draw(self, words: Words) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let invalid = self.fault.is_some().then_some("true");
        let required = self.is_required.then_some("true");
        let kind = (self.kind == Kind::Code).then_some("code");
        let value = self.value.to_owned();
        html! {
            <div class="field">
                <label for={key}>{ self.label }{ need(words, self.is_required) }</label>
                { hint(key, self.hint) }
                if self.kind == Kind::Lines {
                    <textarea id={key} name={key} {value} rows="4" autocomplete="off" autocapitalize="off" spellcheck="false"
                        aria-describedby={described} aria-invalid={invalid} aria-required={required} />
                } else {
                    <input id={key} name={key} type="text" {value} data-kind={kind} autocomplete="off" autocapitalize="off" spellcheck="false"
                        aria-describedby={described} aria-invalid={invalid} aria-required={required} />
                }
                { fault(words, key, self.fault) }
            </div>
        }
    }
}

/// One of a few.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// What the draft keeps.
    pub key: &'a str,
    /// What a person reads.
    pub name: Html,
    /// More about it.
    pub detail: Html,
}

impl<'a> Choice<'a> {
    /// A choice with a line of detail.
    #[must_use]
    pub fn new(key: &'a str, name: &str, detail: &str) -> Self {
        let detail = if detail.is_empty() {
            Html::default()
        } else {
            html! { <span class="field-hint">{ detail }</span> }
        };
        Self {
            key,
            name: html! { { name } },
            detail,
        }
    }
}

/// Radio buttons: one of a few, all in sight.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    /// What they are for.
    pub entry: Entry,
    /// The question.
    pub label: &'a str,
    /// What stands below the question.
    pub hint: &'a str,
    /// The answers.
    pub choices: Vec<Choice<'a>>,
    /// The key of the answer picked.
    pub picked: &'a str,
    /// What is wrong with it.
    pub fault: Option<String>,
}

impl Choices<'_> {
    /// As markup.
    pub fn draw(self, words: Words) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let is_short = self
            .choices
            .iter()
            .all(|choice| choice.detail == Html::default());
        html! {
            <fieldset class="field" id={key} aria-describedby={described}>
                <legend>{ self.label }</legend>
                { hint(key, self.hint) }
                <div class="choices" data-state={is_short.then_some("row")}>
                    { for self.choices.into_iter().map(|choice| choice_row(key, "radio", choice.key, choice.key == self.picked, choice.name, choice.detail)) }
                </div>
                { fault(words, key, self.fault) }
            </fieldset>
        }
    }
}

/// A check box with a line of detail.
pub fn check_box(entry: Entry, is_on: bool, name: &str, detail: &str) -> Html {
    let detail = if detail.is_empty() {
        Html::default()
    } else {
        html! { <span class="field-hint">{ detail }</span> }
    };
    choice_row(
        entry.key(),
        "checkbox",
        "on",
        is_on,
        html! { { name } },
        detail,
    )
}

fn choice_row(
    name: &'static str,
    control: &'static str,
    value: &str,
    is_on: bool,
    title: Html,
    detail: Html,
) -> Html {
    let id = format!("{name}-{value}");
    html! {
        <label class="choice" for={id.clone()}>
            <input {id} {name} type={control} value={value.to_owned()} checked={is_on} />
            <span class="choice-text"><span class="choice-name">{ title }</span>{ detail }</span>
        </label>
    }
}

/// A list to pick one of many from.
#[derive(Clone, Debug)]
pub struct PickField<'a> {
    /// What it is for.
    pub entry: Entry,
    /// Its label.
    pub label: &'a str,
    /// What stands below the label.
    pub hint: &'a str,
    /// Key and text of each.
    pub options: Vec<(String, String)>,
    /// The key of the one picked.
    pub picked: &'a str,
    /// What is wrong with it.
    pub fault: Option<String>,
}

impl PickField<'_> {
    /// As markup.
    pub fn draw(self, words: Words) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let invalid = self.fault.is_some().then_some("true");
        html! {
            <div class="field">
                <label for={key}>{ self.label }</label>
                { hint(key, self.hint) }
                <select id={key} name={key} aria-describedby={described} aria-invalid={invalid}>
                    { for self.options.into_iter().map(|(value, text)| {
                        let selected = value == self.picked;
                        html! { <option {value} {selected}>{ text }</option> }
                    }) }
                </select>
                { fault(words, key, self.fault) }
            </div>
        }
    }
}

fn need(words: Words, is_required: bool) -> Html {
    if is_required {
        Html::default()
    } else {
        html! { <>{ " " }<span class="field-need">{ words.frame_optional() }</span></> }
    }
}

fn hint(key: &str, text: &str) -> Html {
    if text.is_empty() {
        Html::default()
    } else {
        html! { <p class="field-hint" id={format!("{key}-hint")}>{ text }</p> }
    }
}

fn fault(words: Words, key: &str, sentence: Option<String>) -> Html {
    let Some(sentence) = sentence else {
        return Html::default();
    };
    html! {
        <p class="field-fault" id={format!("{key}-fault")}>
            { Icon::Warning.draw() }
            <span><span class="unseen">{ words.frame_error() }{ " " }</span>{ sentence }</span>
        </p>
    }
}

fn described_by(key: &str, hint: &str, fault: Option<&str>) -> Option<String> {
    match (hint.is_empty(), fault) {
        (true, None) => None,
        (false, None) => Some(format!("{key}-hint")),
        (true, Some(_)) => Some(format!("{key}-fault")),
        (false, Some(_)) => Some(format!("{key}-hint {key}-fault")),
    }
}
