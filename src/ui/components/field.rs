//! Form fields: label, hint, control and error message.
//!
//! Controls have no listeners. The page handles them all (`ui/mod.rs`), by the name of their `FieldId`.

use yew::prelude::Html;

use crate::ui::components::icon::Icon;
use crate::ui::components::markup::Markup;
use crate::ui::components::markup::is_absent;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::field_id::FieldId;
use domain::locale::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Single-line text.
    Line,
    /// An identifier or a URI.
    Code,
    /// Several lines.
    Lines,
}

#[derive(Clone, Debug)]
pub struct TextField<'a> {
    pub entry: FieldId,
    pub kind: Kind,
    pub label: &'a str,
    /// Shown below the label.
    pub hint: &'a str,
    pub value: &'a str,
    /// Error message.
    pub fault: Option<String>,
    pub is_required: bool,
}

impl TextField<'_> {
    pub fn view(self, words: Locale) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let control = match self.kind {
            Kind::Lines => tag("textarea")
                .set("id", key)
                .set("name", key)
                .set("rows", "4"),
            Kind::Line | Kind::Code => tag("input")
                .set("id", key)
                .set("name", key)
                .set("type", "text")
                .set_some("data-kind", (self.kind == Kind::Code).then_some("code")),
        };
        let control = control
            .value(self.value)
            .set("autocomplete", "off")
            .set("autocapitalize", "off")
            .set("spellcheck", "false");
        let control = explained(control, described, self.fault.is_some())
            .set_some("aria-required", self.is_required.then_some("true"));
        tag("div")
            .class("field")
            .with(
                tag("label")
                    .set("for", key)
                    .say(self.label)
                    .put(need(words, self.is_required)),
            )
            .put(hint(key, self.hint))
            .with(control)
            .put(fault(words, key, self.fault))
            .html()
    }
}

/// One of a few options.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// Value in the draft.
    pub key: &'a str,
    /// Visible text.
    pub name: Html,
    pub detail: Html,
    pub is_disabled: bool,
}

impl<'a> Choice<'a> {
    /// An option with one line of detail.
    #[must_use]
    pub fn new(key: &'a str, name: &str, detail: &str) -> Self {
        let detail = if detail.is_empty() {
            Html::default()
        } else {
            tag("span").class("field-hint").say(detail).html()
        };
        Self {
            key,
            name: text(name),
            detail,
            is_disabled: false,
        }
    }
}

/// Radio buttons.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    pub entry: FieldId,
    /// The question.
    pub label: &'a str,
    /// Shown below the question.
    pub hint: &'a str,
    pub choices: Vec<Choice<'a>>,
    /// Key of the selected option.
    pub picked: &'a str,
    /// Error message.
    pub fault: Option<String>,
}

impl Choices<'_> {
    pub fn view(self, words: Locale) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let is_short = self.choices.iter().all(|choice| is_absent(&choice.detail));
        let fieldset = explained(tag("fieldset").set("id", key), described, false);
        fieldset
            .class("field")
            .with(tag("legend").say(self.label))
            .put(hint(key, self.hint))
            .with(
                tag("div")
                    .set_some("data-state", is_short.then_some("row"))
                    .class("choices")
                    .all(&mut self.choices.into_iter().map(|choice| {
                        choice_row(
                            key,
                            "radio",
                            choice.key,
                            (choice.key == self.picked, choice.is_disabled),
                            choice.name,
                            choice.detail,
                        )
                    })),
            )
            .put(fault(words, key, self.fault))
            .html()
    }
}

/// A check box with one line of detail.
pub fn check_box(entry: FieldId, is_on: bool, name: &str, detail: &str) -> Html {
    let detail = if detail.is_empty() {
        Html::default()
    } else {
        tag("span").class("field-hint").say(detail).html()
    };
    choice_row(
        entry.key(),
        "checkbox",
        "on",
        (is_on, false),
        text(name),
        detail,
    )
}

fn choice_row(
    name: &'static str,
    control: &'static str,
    value: &str,
    (is_on, is_disabled): (bool, bool),
    title: Html,
    detail: Html,
) -> Html {
    let id = format!("{name}-{value}");
    tag("label")
        .set_to("for", &id)
        .class("choice")
        .with(
            tag("input")
                .set_to("id", &id)
                .set("name", name)
                .set("type", control)
                .set_if("disabled", is_disabled)
                .value(value)
                .checked(is_on),
        )
        .with(
            tag("span")
                .class("choice-text")
                .with(tag("span").class("choice-name").put(title))
                .put(detail),
        )
        .html()
}

/// A drop-down list.
#[derive(Clone, Debug)]
pub struct PickField<'a> {
    pub entry: FieldId,
    pub label: &'a str,
    /// Shown below the label.
    pub hint: &'a str,
    /// Key and text of each option.
    pub options: Vec<(String, String)>,
    /// Key of the selected option.
    pub picked: &'a str,
    /// Error message.
    pub fault: Option<String>,
}

impl PickField<'_> {
    pub fn view(self, words: Locale) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        tag("div")
            .class("field")
            .with(tag("label").set("for", key).say(self.label))
            .put(hint(key, self.hint))
            .with(
                explained(
                    tag("select").set("id", key).set("name", key),
                    described,
                    self.fault.is_some(),
                )
                .all(&mut self.options.into_iter().map(|(value, text)| {
                    tag("option")
                        .set_to("value", &value)
                        .set_if("selected", value == self.picked)
                        .say(&text)
                        .html()
                })),
            )
            .put(fault(words, key, self.fault))
            .html()
    }
}

fn need(words: Locale, is_required: bool) -> Html {
    if is_required {
        Html::default()
    } else {
        several(vec![
            text(" "),
            tag("span")
                .class("field-need")
                .say(words.frame_optional())
                .html(),
        ])
    }
}

fn hint(key: &str, text: &str) -> Html {
    if text.is_empty() {
        Html::default()
    } else {
        tag("p")
            .set_to("id", &format!("{key}-hint"))
            .class("field-hint")
            .say(text)
            .html()
    }
}

fn fault(words: Locale, key: &str, sentence: Option<String>) -> Html {
    let Some(sentence) = sentence else {
        return Html::default();
    };
    tag("p")
        .set_to("id", &format!("{key}-fault"))
        .class("field-fault")
        .put(Icon::Warning.view())
        .with(
            tag("span")
                .with(
                    tag("span")
                        .class("unseen")
                        .say(words.frame_error())
                        .say(" "),
                )
                .say(&sentence),
        )
        .html()
}

/// Links a control to its hint and its error message.
fn explained(control: Markup, described: Option<String>, is_faulty: bool) -> Markup {
    let control = match described {
        Some(ids) => control.set_to("aria-describedby", &ids),
        None => control,
    };
    control.set_some("aria-invalid", is_faulty.then_some("true"))
}

fn described_by(key: &str, hint: &str, fault: Option<&str>) -> Option<String> {
    match (hint.is_empty(), fault) {
        (true, None) => None,
        (false, None) => Some(format!("{key}-hint")),
        (true, Some(_)) => Some(format!("{key}-fault")),
        (false, Some(_)) => Some(format!("{key}-hint {key}-fault")),
    }
}
