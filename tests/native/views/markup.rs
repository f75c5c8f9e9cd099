//! HTML as a tree of elements, exactly as written.
//!
//! In the browser, Yew creates each element by itself, so no parser repairs the nesting there. That is why this tree has no repairs either:
//! wrong nesting fails the test.

use std::collections::BTreeMap;

use html5gum::Token;
use html5gum::Tokenizer;
use html5gum::emitters::default::DefaultEmitter;

#[derive(Clone)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

#[derive(Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Node>,
}

impl Element {
    pub(super) fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The IDs in an attribute such as `aria-describedby`.
    pub(super) fn ids(&self, name: &str) -> impl Iterator<Item = &str> {
        self.attribute(name)
            .into_iter()
            .flat_map(str::split_ascii_whitespace)
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.ids("class").any(|it| it == class)
    }

    pub(super) fn child_elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// This element and all elements inside it, in reading order.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.child_elements().flat_map(Self::all));
        all
    }

    /// All text inside, with its spaces and line breaks.
    pub(super) fn text(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Node::Text(text) => text.clone(),
                Node::Element(element) => element.text(),
            })
            .collect()
    }

    /// The start tag, for messages.
    pub(super) fn tag(&self) -> String {
        let attributes: String = self
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}=\"{value}\""))
            .collect();
        format!("<{}{attributes}>", self.name)
    }
}

/// The root is an element without a name.
#[track_caller]
pub(super) fn parse(html: &str) -> Element {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut emitter = DefaultEmitter::default();
    // The content of a text area is text, not markup.
    emitter.naively_switch_states(true);
    let mut open = vec![Element::default()];
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(start) => {
                let element = Element {
                    name: text(&start.name),
                    attributes: start
                        .attributes
                        .iter()
                        .map(|(name, value)| (text(name), text(value)))
                        .collect(),
                    children: Vec::new(),
                };
                let is_void = element.is(&["br", "hr", "img", "input"]);
                open.push(element);
                if is_void {
                    close(&mut open);
                }
            }
            Token::EndTag(end) => {
                let name = text(&end.name);
                assert_eq!(open.last().unwrap().name, name, "the end tag </{name}>");
                close(&mut open);
            }
            Token::String(string) => {
                let parent = open.last_mut().unwrap();
                parent.children.push(Node::Text(text(&string)));
            }
            Token::Error(error) => panic!("{error:?}: {html}"),
            Token::Comment(_) | Token::Doctype(_) => panic!("a page has neither: {token:?}"),
        }
    }
    assert_eq!(open.len(), 1, "no end tag: {}", open.last().unwrap().tag());
    open.remove(0)
}

fn close(open: &mut Vec<Element>) {
    let element = open.pop().unwrap();
    let parent = open.last_mut().unwrap();
    parent.children.push(Node::Element(element));
}
