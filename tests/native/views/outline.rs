//! A page as text and roles, in the manner of an ARIA snapshot: one line for each element that a person sees or a screen reader announces.
//!
//! ```text
//! - textbox "Tenant" [aria-describedby=tenant-hint] [id=tenant] [name=tenant] [type=text]: fabrikam.com
//!   - /description: Tenant ID or domain.
//! ```
//!
//! - `"…"` is the accessible name. Text after the colon is the value or the content, unless the name is the same.
//! - All attributes are in brackets, except presentational ones (`class`, and how an icon is drawn) and those that the role repeats.
//! - `<bdi>` and `<strong>` stay in the text. `<unseen>` is text for screen readers only.
//! - Elements without a role and without attributes (`div`, `span`) have no line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cmg_entra_setup::ui::components::icon::Icon;
use sha2::Digest as _;
use sha2::Sha256;
use yew::prelude::Html;
use yew::prelude::Properties;
use yew::prelude::component;

use super::markup::Element;
use super::markup::Node;
use super::markup::parse;

/// Classes that decide who gets the content, not only how it looks.
pub(super) const CLASSES: [&str; 3] = ["no-print", "no-screen", "unseen"];

/// Attributes that only decide how a drawing looks. `check_names` makes sure that screen readers skip every drawing.
pub(super) const DRAWING: [&str; 12] = [
    "aria-hidden",
    "class",
    "fill",
    "focusable",
    "height",
    "preserveaspectratio",
    "stroke",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-width",
    "viewbox",
    "width",
];

/// Attributes that are set by being there.
pub(super) const BOOLEAN: [&str; 10] = [
    "autofocus",
    "checked",
    "disabled",
    "hidden",
    "inert",
    "multiple",
    "open",
    "readonly",
    "required",
    "selected",
];

/// A longer listing appears as its first line and its hash. The golden files of the exports have these scripts in full.
const LONGEST_LISTING: usize = 60;

#[derive(Clone, PartialEq, Properties)]
struct DrawnProps {
    icon: Drawn,
}

#[derive(Clone, Copy, PartialEq)]
struct Drawn(Icon);

#[component]
fn Drawing(props: &DrawnProps) -> Html {
    props.icon.0.view()
}

/// The names of the icons by their paths.
pub(super) struct Icons(BTreeMap<String, String>);

impl Icons {
    pub(super) fn new() -> Self {
        let icons = [
            Icon::Check,
            Icon::Cross,
            Icon::Warning,
            Icon::Question,
            Icon::Info,
            Icon::Circle,
            Icon::Spinner,
            Icon::Chevron,
            Icon::Cloud,
            Icon::Building,
            Icon::Person,
            Icon::Copy,
            Icon::Save,
            Icon::Lock,
        ];
        Self(
            icons
                .into_iter()
                .map(|icon| {
                    let renderer = yew::LocalServerRenderer::<Drawing>::with_props(DrawnProps {
                        icon: Drawn(icon),
                    });
                    let html = futures_executor::block_on(renderer.hydratable(false).render());
                    (paths(&parse(&html)), format!("{icon:?}").to_lowercase())
                })
                .collect(),
        )
    }

    /// The name of the icon, or the hash of another drawing.
    fn name(&self, svg: &Element) -> String {
        let paths = paths(svg);
        let unnamed = || format!("drawing-{}", &hash(&paths)[..8]);
        self.0.get(&paths).cloned().unwrap_or_else(unnamed)
    }
}

fn paths(svg: &Element) -> String {
    let all = svg.all();
    let paths: Vec<&str> = all.iter().filter_map(|it| it.attribute("d")).collect();
    paths.join(" ")
}

fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

/// The whole page.
pub(super) fn outline(page: &Element, icons: &Icons) -> String {
    let mut outline = Outline {
        icons,
        page: page.all(),
        text: String::new(),
    };
    outline.children(page, 0, false);
    outline.text
}

struct Outline<'a> {
    icons: &'a Icons,
    /// All elements, to find the ones that an ID names.
    page: Vec<&'a Element>,
    text: String,
}

impl Outline<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:1$}{line}", "", depth * 2);
    }

    /// `is_inside`: below `main` or another section, where a `header` is not the page's.
    fn children(&mut self, element: &Element, depth: usize, is_inside: bool) {
        let content = content(element);
        if is_phrase(&content) {
            let phrase = phrase(&content);
            if !phrase.is_empty() {
                self.line(depth, &format!("- text: {phrase}"));
            }
            return;
        }
        for child in content {
            match child {
                Node::Text(_) => {
                    let text = phrase(&[child]);
                    if !text.is_empty() {
                        self.line(depth, &format!("- text: {text}"));
                    }
                }
                Node::Element(child) => self.element(child, depth, is_inside),
            }
        }
    }

    fn element(&mut self, element: &Element, depth: usize, is_inside: bool) {
        let name = self.name(element);
        let attributes = self.attributes(element, &name);
        let role = role(element, name.is_some(), is_inside);
        let is_inside = is_inside || element.is(&["article", "aside", "main", "nav", "section"]);
        if role.is_empty() && attributes.is_empty() {
            return self.children(element, depth, is_inside);
        }
        let content = content(element);
        let is_phrase = is_phrase(&content);
        let mut line = match role {
            "" if is_phrase && element.is(&["div", "span"]) => "- text".to_owned(),
            "" => "- generic".to_owned(),
            role => format!("- {role}"),
        };
        if let Some(name) = &name {
            let _ = write!(line, " {}", quoted(&name.text));
        }
        line.push_str(&attributes);

        let mut block = Vec::new();
        let mut has_children = false;
        let text = match element.name.as_str() {
            "input" if !is_choice(element) => exact(element.attribute("value").unwrap_or_default()),
            "pre" | "textarea" => {
                block = listing(&element.text());
                String::new()
            }
            _ if is_phrase => phrase(&content),
            _ => {
                has_children = true;
                String::new()
            }
        };
        let is_said = name.is_some_and(|it| it.is_content && escaped(&it.text) == text);
        if !text.is_empty() && !is_said {
            let _ = write!(line, ": {text}");
        } else if has_children || !block.is_empty() {
            line.push(':');
        }
        self.line(depth, &line);
        let description = self.words(element.ids("aria-describedby"));
        if !description.is_empty() {
            self.line(depth + 1, &format!("- /description: {description}"));
        }
        for line in block {
            self.line(depth + 1, format!("| {line}").trim_end());
        }
        if has_children {
            self.children(element, depth + 1, is_inside);
        }
    }

    /// The attributes in brackets, after the state that the element itself says.
    fn attributes(&self, element: &Element, name: &Option<Name>) -> String {
        let mut text = String::new();
        if let Some(level) = element.name.strip_prefix('h')
            && is_heading(element)
        {
            let _ = write!(text, " [level={level}]");
        }
        if element.is(&["ol"]) {
            text.push_str(" [ordered]");
        }
        if element.is(&["button"]) && element.attribute("type").is_none() {
            // The browser's default is a button that submits a form.
            text.push_str(" [type=missing]");
        }
        for (key, value) in &element.attributes {
            match key.as_str() {
                "class" => {
                    for class in CLASSES {
                        if element.has_class(class) {
                            let _ = write!(text, " [{class}]");
                        }
                    }
                }
                "role" => {}
                "type" if is_choice(element) => {}
                "type" if element.is(&["button"]) && value == "button" => {}
                "value" if element.is(&["input"]) && !is_choice(element) => {}
                "scope" if header_role(element).is_some() => {}
                key if name.as_ref().is_some_and(|it| it.attribute == key) => {
                    let _ = write!(text, " [{key}]");
                }
                key if DRAWING.contains(&key) && element.is(&["svg"]) => {}
                key => text.push_str(&bracket(key, value)),
            }
        }
        for svg in element.child_elements().filter(|it| is_icon(it)) {
            let _ = write!(text, " [icon={}]", self.icons.name(svg));
            for (key, value) in &svg.attributes {
                if !DRAWING.contains(&key.as_str()) {
                    let key = key.strip_prefix("data-").unwrap_or(key);
                    text.push_str(&bracket(&format!("icon-{key}"), value));
                }
            }
        }
        text
    }

    /// The accessible name, as far as the pages need it: <https://www.w3.org/TR/accname-1.2/>.
    fn name(&self, element: &Element) -> Option<Name> {
        if element.attribute("aria-labelledby").is_some() {
            return Some(Name::new(self.words(element.ids("aria-labelledby"))));
        }
        for key in ["aria-label", "alt"] {
            if let Some(text) = element.attribute(key) {
                return Some(Name {
                    attribute: key,
                    ..Name::new(text.to_owned())
                });
            }
        }
        match element.name.as_str() {
            "input" | "output" | "progress" | "select" | "textarea" => {
                let id = element.attribute("id")?;
                let labels: Vec<String> = self
                    .page
                    .iter()
                    .filter(|it| it.is(&["label"]) && it.attribute("for") == Some(id))
                    .map(|it| spoken(it))
                    .collect();
                (!labels.is_empty()).then(|| Name::new(labels.join(" ")))
            }
            "fieldset" | "figure" | "table" => element
                .child_elements()
                .find(|it| it.is(&["caption", "figcaption", "legend"]))
                .map(|it| Name::new(spoken(it))),
            "a" | "button" | "option" => Some(Name::of_content(element)),
            _ if is_heading(element) => Some(Name::of_content(element)),
            _ => None,
        }
    }

    /// The text of the elements with these IDs.
    fn words<'a>(&self, ids: impl Iterator<Item = &'a str>) -> String {
        let texts: Vec<String> = ids
            .filter_map(|id| self.page.iter().find(|it| it.attribute("id") == Some(id)))
            .map(|it| spoken(it))
            .collect();
        texts.join(" ")
    }
}

struct Name {
    text: String,
    /// The attribute of the element that has the name, or empty.
    attribute: &'static str,
    /// The name is the content of the element.
    is_content: bool,
}

impl Name {
    fn new(text: String) -> Self {
        Self {
            text,
            attribute: "",
            is_content: false,
        }
    }

    fn of_content(element: &Element) -> Self {
        Self {
            is_content: true,
            ..Self::new(spoken(element))
        }
    }
}

/// The ARIA role, or the tag where ARIA has no word that is as clear. Empty for elements without meaning.
fn role(element: &Element, is_named: bool, is_inside: bool) -> &str {
    if let Some(role) = element.attribute("role") {
        return role;
    }
    match element.name.as_str() {
        "dl" | "div" | "span" => "",
        "footer" | "header" | "section" if is_inside && !is_named => "",
        "section" if !is_named => "",
        "section" => "region",
        "footer" if !is_inside => "contentinfo",
        "header" if !is_inside => "banner",
        "a" if element.attribute("href").is_some() => "link",
        "dd" => "definition",
        "dt" => "term",
        "fieldset" => "group",
        "input" => match element.attribute("type") {
            Some("checkbox") => "checkbox",
            Some("radio") => "radio",
            Some("text") => "textbox",
            _ => "input",
        },
        "li" => "listitem",
        "nav" => "navigation",
        "ol" | "ul" => "list",
        "output" => "status",
        "p" => "paragraph",
        "progress" => "progressbar",
        "select" => "combobox",
        "tbody" | "thead" => "rowgroup",
        "td" => "cell",
        "textarea" => "textbox",
        "th" => header_role(element).unwrap_or("th"),
        "tr" => "row",
        _ if is_heading(element) => "heading",
        tag => tag,
    }
}

fn header_role(element: &Element) -> Option<&'static str> {
    match element.attribute("scope") {
        Some("col") => Some("columnheader"),
        Some("row") => Some("rowheader"),
        _ => None,
    }
}

fn is_heading(element: &Element) -> bool {
    element.is(&["h1", "h2", "h3", "h4", "h5", "h6"])
}

fn is_choice(element: &Element) -> bool {
    element.is(&["input"]) && matches!(element.attribute("type"), Some("checkbox" | "radio"))
}

/// A drawing of lines alone. Any other one, such as a time line, gets lines in the outline.
fn is_icon(element: &Element) -> bool {
    element.is(&["svg"]) && element.child_elements().all(|it| it.is(&["path"]))
}

/// The children without icons.
fn content(element: &Element) -> Vec<&Node> {
    element
        .children
        .iter()
        .filter(|child| !matches!(child, Node::Element(element) if is_icon(element)))
        .collect()
}

/// True if the nodes read as one text. Otherwise each gets a line.
fn is_phrase(nodes: &[&Node]) -> bool {
    let is_text = |node: &&&Node| matches!(node, Node::Text(text) if !is_blank(text));
    // The style sheet puts spans beside or below one another, if there is no text between them.
    let is_run = nodes.len() < 2
        || nodes.iter().any(|node| is_text(&node))
        || !nodes.iter().any(|node| match node {
            Node::Text(_) => false,
            Node::Element(element) => element.name == "span" && !element.has_class("unseen"),
        });
    is_run
        && nodes.iter().all(|node| match node {
            Node::Text(_) => true,
            Node::Element(element) => {
                element.is(&["bdi", "code", "em", "span", "strong", "time"])
                    && element.attributes.keys().all(|key| {
                        ["class", "datetime", "dir", "lang", "translate"].contains(&key.as_str())
                    })
                    && is_phrase(&element.children.iter().collect::<Vec<_>>())
            }
        })
}

/// The nodes as one text, with the elements that matter.
fn phrase(nodes: &[&Node]) -> String {
    fn add(node: &Node, text: &mut String) {
        let element = match node {
            Node::Text(it) => return text.push_str(&escaped(it)),
            Node::Element(element) => element,
        };
        let mut tag = element.name.clone();
        if element.has_class("unseen") {
            "unseen".clone_into(&mut tag);
        }
        for (key, value) in &element.attributes {
            if key != "class" {
                let _ = write!(tag, " {key}={}", plain(value));
            }
        }
        let is_shown = tag != "span" && !is_blank(&element.text());
        if is_shown {
            let _ = write!(text, "<{tag}>");
        }
        for child in &element.children {
            add(child, text);
        }
        if is_shown {
            let name = tag.split(' ').next().unwrap_or_default();
            let _ = write!(text, "</{name}>");
        }
    }
    let mut text = String::new();
    for node in nodes {
        add(node, &mut text);
    }
    collapsed(&text)
}

/// What a screen reader says for the content of an element.
fn spoken(element: &Element) -> String {
    fn add(element: &Element, text: &mut String) {
        let is_phrase = is_phrase(&content(element));
        for child in &element.children {
            match child {
                Node::Text(it) => text.push_str(it),
                Node::Element(it) => {
                    let is_hidden = it.attribute("aria-hidden") == Some("true")
                        || it.attributes.contains_key("hidden");
                    // The value of a control inside its label is not part of the label.
                    if is_hidden || it.is(&["input", "select", "textarea"]) {
                        continue;
                    }
                    match it.attribute("aria-label") {
                        Some(label) => text.push_str(label),
                        None => add(it, text),
                    }
                }
            }
            if !is_phrase {
                text.push(' ');
            }
        }
    }
    let mut text = String::new();
    add(element, &mut text);
    collapsed(&text)
}

fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}

/// Without the spaces that a browser does not show.
fn collapsed(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ")
}

/// Text of a page that looks like a tag stays different from the tag.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let begins_tag = |next: &char| next.is_ascii_alphabetic() || *next == '/';
        if it == '<' && rest.peek().is_some_and(begins_tag) {
            escaped.push_str("&lt;");
        } else {
            escaped.push(it);
        }
    }
    escaped
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

/// A value without quotes, if its end is clear.
fn plain(value: &str) -> String {
    let needs_quotes = |it: char| it.is_whitespace() || ['"', ']', '>'].contains(&it);
    if value.is_empty() || value.contains(needs_quotes) {
        quoted(value)
    } else {
        value.to_owned()
    }
}

fn bracket(key: &str, value: &str) -> String {
    if BOOLEAN.contains(&key) {
        format!(" [{key}]")
    } else {
        format!(" [{key}={}]", plain(value))
    }
}

/// The value of a text box, with the spaces at its ends.
fn exact(value: &str) -> String {
    if value.trim() == value && !value.contains('\n') {
        value.to_owned()
    } else {
        format!("{value:?}")
    }
}

fn listing(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() > LONGEST_LISTING {
        let rest = lines.len() - 1;
        lines.truncate(1);
        lines.push(format!("… and {rest} lines, SHA-256 {}", hash(text)));
    }
    lines
}
