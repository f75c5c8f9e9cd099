//! Form fields: label, hint, control and error message.
//!
//! Controls have no listeners. The page handles them all (`ui/mod.rs`), by the name of their `FieldId`.

use yew::prelude::Html;

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::is_empty;
use crate::ui::components::element::text;
use crate::ui::components::help::help;
use crate::ui::components::icon::Icon;
use crate::ui::field_id::FieldId;
use domain::locale::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
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
    pub kind: InputKind,
    pub label: &'a str,
    /// Shown below the label.
    pub hint: &'a str,
    pub value: &'a str,
    /// Error message.
    pub fault: Option<String>,
    pub is_required: bool,
}

impl TextField<'_> {
    pub fn view(self, t: Locale) -> Html {
        self.judged(t, None)
    }

    /// The same for a value that is judged elsewhere on the page: `refused` is the ID of the element that says why it is refused.
    pub fn judged(self, t: Locale, refused: Option<&'static str>) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let described = match (described, refused) {
            (Some(ids), Some(id)) => Some(format!("{ids} {id}")),
            (ids, id) => ids.or(id.map(str::to_owned)),
        };
        let control = match self.kind {
            InputKind::Lines => el("textarea")
                .attr("id", key)
                .attr("name", key)
                .attr("rows", "4"),
            InputKind::Line | InputKind::Code => el("input")
                .attr("id", key)
                .attr("name", key)
                .attr("type", "text")
                .attr_some(
                    "data-kind",
                    (self.kind == InputKind::Code).then_some("code"),
                ),
        };
        let control = control
            .value(self.value)
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false");
        let control = explained(
            control,
            described,
            self.fault.is_some() || refused.is_some(),
        )
        .attr_some("aria-required", self.is_required.then_some("true"));
        el("div")
            .class("field")
            .child(
                el("label")
                    .attr("for", key)
                    .text(self.label)
                    .node(need(t, self.is_required)),
            )
            .node(hint(key, self.hint))
            .node(help(t, self.entry, self.label))
            .child(control)
            .node(fault(t, key, self.fault))
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
            el("span").class("field-hint").text(detail).html()
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
    pub fn view(self, t: Locale) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        let is_short = self.choices.iter().all(|choice| is_empty(&choice.detail));
        let fieldset = explained(el("fieldset").attr("id", key), described, false);
        fieldset
            .class("field")
            .child(el("legend").text(self.label))
            .node(hint(key, self.hint))
            .node(help(t, self.entry, self.label))
            .child(
                el("div")
                    .attr_some("data-state", is_short.then_some("row"))
                    .class("choices")
                    .nodes(&mut self.choices.into_iter().map(|choice| {
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
            .node(fault(t, key, self.fault))
            .html()
    }
}

/// End of the name and the ID of a file control, after those of its text field.
pub const FILE_SUFFIX: &str = "-file";

/// Fills a text field from a file, by choosing it or by dropping it on the control.
pub fn file_field(t: Locale, entry: FieldId) -> Html {
    let id = format!("{}{FILE_SUFFIX}", entry.key());
    el("div")
        .class("field")
        .child(el("label").attr_value("for", &id).text(t.frame_file()))
        .child(
            el("input")
                .attr("type", "file")
                .attr("accept", ".json,.jsonl,.txt")
                .attr_value("id", &id)
                .attr_value("name", &id),
        )
        .html()
}

/// A check box with one line of detail.
pub fn check_box(entry: FieldId, is_on: bool, name: &str, detail: &str) -> Html {
    let detail = if detail.is_empty() {
        Html::default()
    } else {
        el("span").class("field-hint").text(detail).html()
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
    el("label")
        .attr_value("for", &id)
        .class("choice")
        .child(
            el("input")
                .attr_value("id", &id)
                .attr("name", name)
                .attr("type", control)
                .attr_if("disabled", is_disabled)
                .value(value)
                .checked(is_on),
        )
        .child(
            el("span")
                .class("choice-text")
                .child(el("span").class("choice-name").node(title))
                .node(detail),
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

impl<'a> PickField<'a> {
    /// A list without hint and error.
    #[must_use]
    pub fn plain(
        entry: FieldId,
        label: &'a str,
        options: Vec<(String, String)>,
        picked: &'a str,
    ) -> Self {
        Self {
            entry,
            label,
            hint: "",
            options,
            picked,
            fault: None,
        }
    }

    pub fn view(self, t: Locale) -> Html {
        let help = help(t, self.entry, self.label);
        self.with_help(t, help)
    }

    /// The same with this help. The start page has no field with help, and needs none of its code.
    pub fn with_help(self, t: Locale, help: Html) -> Html {
        let key = self.entry.key();
        let described = described_by(key, self.hint, self.fault.as_deref());
        el("div")
            .class("field")
            .child(el("label").attr("for", key).text(self.label))
            .node(hint(key, self.hint))
            .node(help)
            .child(
                explained(
                    el("select").attr("id", key).attr("name", key),
                    described,
                    self.fault.is_some(),
                )
                .nodes(&mut self.options.into_iter().map(|(value, text)| {
                    el("option")
                        .attr_value("value", &value)
                        .attr_if("selected", value == self.picked)
                        .text(&text)
                        .html()
                })),
            )
            .node(fault(t, key, self.fault))
            .html()
    }
}

fn need(t: Locale, is_required: bool) -> Html {
    if is_required {
        Html::default()
    } else {
        fragment(vec![
            text(" "),
            el("span")
                .class("field-need")
                .text(t.frame_optional())
                .html(),
        ])
    }
}

fn hint(key: &str, text: &str) -> Html {
    if text.is_empty() {
        Html::default()
    } else {
        el("p")
            .attr_value("id", &format!("{key}-hint"))
            .class("field-hint")
            .text(text)
            .html()
    }
}

fn fault(t: Locale, key: &str, sentence: Option<String>) -> Html {
    let Some(sentence) = sentence else {
        return Html::default();
    };
    el("p")
        .attr_value("id", &format!("{key}-fault"))
        .class("field-fault")
        .node(Icon::Warning.view())
        .child(
            el("span")
                .child(el("span").class("unseen").text(t.frame_error()).text(" "))
                .text(&sentence),
        )
        .html()
}

/// Links a control to its hint and its error message.
fn explained(control: Element, described: Option<String>, is_faulty: bool) -> Element {
    let control = match described {
        Some(ids) => control.attr_value("aria-describedby", &ids),
        None => control,
    };
    control.attr_some("aria-invalid", is_faulty.then_some("true"))
}

fn described_by(key: &str, hint: &str, fault: Option<&str>) -> Option<String> {
    match (hint.is_empty(), fault) {
        (true, None) => None,
        (false, None) => Some(format!("{key}-hint")),
        (true, Some(_)) => Some(format!("{key}-fault")),
        (false, Some(_)) => Some(format!("{key}-hint {key}-fault")),
    }
}
