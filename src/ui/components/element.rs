//! Builder for elements, in reading order: `el("li").class("badge").text(name).html()`.
//!
//! Does what `html!` does, with calls instead of expanded code: for the whole page, the macro costs
//! 19 kB more (brotli, D12). Nothing here is generic, for the same reason. An absent child keeps its position, so that the elements after it stay the same elements.

use std::rc::Rc;

use yew::html::onclick;
use yew::html::onkeydown;
use yew::html::onscroll;
use yew::prelude::AttrValue;
use yew::prelude::Callback;
use yew::prelude::Event;
use yew::prelude::Html;
use yew::prelude::KeyboardEvent;
use yew::prelude::MouseEvent;
use yew::virtual_dom::Key;
use yew::virtual_dom::VList;
use yew::virtual_dom::VTag;
use yew::virtual_dom::VText;

use crate::ui::msg::Clicked;

/// An element under construction.
#[must_use]
pub struct Element(Box<VTag>);

#[inline(never)]
pub fn el(name: &'static str) -> Element {
    Element(Box::new(VTag::new(name)))
}

/// A text node.
#[inline(never)]
pub fn text(text: &str) -> Html {
    Html::VText(VText::new(text.to_owned()))
}

/// Children without an element around them.
#[inline(never)]
pub fn fragment(parts: Vec<Html>) -> Html {
    Html::VList(Rc::new(VList::with_children(parts, None)))
}

/// True if nothing renders. It checks the list itself: comparing two `Html` values would pull in the code that compares everything.
pub fn is_empty(drawn: &Html) -> bool {
    matches!(drawn, Html::VList(list) if list.is_empty())
}

impl Element {
    #[inline(never)]
    fn add(mut self, name: &'static str, value: AttrValue) -> Self {
        self.0.add_attribute(name, value);
        self
    }

    #[inline(never)]
    pub fn class(self, class: &'static str) -> Self {
        self.add("class", AttrValue::Static(class))
    }

    #[inline(never)]
    pub fn attr(self, name: &'static str, value: &'static str) -> Self {
        self.add(name, AttrValue::Static(value))
    }

    /// An attribute with a computed value.
    #[inline(never)]
    pub fn attr_value(self, name: &'static str, value: &str) -> Self {
        self.add(name, AttrValue::from(value.to_owned()))
    }

    /// An attribute that may be absent.
    #[inline(never)]
    pub fn attr_some(self, name: &'static str, value: Option<&'static str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// A boolean attribute.
    #[inline(never)]
    pub fn attr_if(self, name: &'static str, is_set: bool) -> Self {
        self.attr_some(name, is_set.then_some(name))
    }

    /// The input value. A property and not an attribute, so that a render restores the draft's value.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> Self {
        self.0.set_value(AttrValue::from(value.to_owned()));
        self
    }

    /// The checked state: a property, for the same reason.
    #[inline(never)]
    pub fn checked(mut self, is_on: bool) -> Self {
        self.0.set_checked(is_on);
        self
    }

    /// A new key creates a new element, so that a live region announces the same text again.
    #[inline(never)]
    pub fn key(mut self, key: u32) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// A text as key: the element is never reused for another one, whose unfolded state it would take over.
    #[inline(never)]
    pub fn key_text(mut self, key: &'static str) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Sends `msg` on a click. The second click of a double click opens no page: its button is at the same place on the page that the
    /// first click opened.
    pub fn on_click<M: Clicked>(self, send: &Callback<M>, msg: M) -> Self {
        let send = send.clone();
        self.on_click_event(Callback::from(move |event: MouseEvent| {
            if event.detail() < 2 || !msg.opens_page() {
                send.emit(msg.clone());
            }
        }))
    }

    #[inline(never)]
    fn on_click_event(mut self, clicked: Callback<MouseEvent>) -> Self {
        self.0.add_listener(Rc::new(onclick::Wrapper::new(clicked)));
        self
    }

    /// Calls `clicked` on every click.
    pub fn on_any_click(self, clicked: Callback<()>) -> Self {
        self.on_click_event(clicked.reform(|_: MouseEvent| ()))
    }

    #[inline(never)]
    pub fn on_key(mut self, pressed: Callback<KeyboardEvent>) -> Self {
        self.0
            .add_listener(Rc::new(onkeydown::Wrapper::new(pressed)));
        self
    }

    #[inline(never)]
    pub fn on_scroll(mut self, scrolled: Callback<Event>) -> Self {
        self.0
            .add_listener(Rc::new(onscroll::Wrapper::new(scrolled)));
        self
    }

    /// Adds a text.
    #[inline(never)]
    pub fn text(self, t: &str) -> Self {
        self.node(text(t))
    }

    /// Adds an element.
    #[inline(never)]
    pub fn child(self, child: Self) -> Self {
        self.node(child.html())
    }

    /// Adds rendered content.
    #[inline(never)]
    pub fn node(mut self, child: Html) -> Self {
        self.0.add_child(child);
        self
    }

    /// Adds content that may be absent.
    #[inline(never)]
    pub fn node_some(self, child: Option<Html>) -> Self {
        self.node(child.unwrap_or_default())
    }

    /// Adds all items.
    #[inline(never)]
    pub fn nodes(self, children: &mut dyn Iterator<Item = Html>) -> Self {
        self.node(fragment(children.collect()))
    }

    /// Finishes the element.
    #[inline(never)]
    pub fn html(self) -> Html {
        Html::VTag(Rc::new(*self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn children(markup: Element, wanted: usize) {
        let Html::VList(list) = markup.0.children().unwrap() else {
            panic!("not a list");
        };
        assert_eq!(list.len(), wanted);
    }

    #[test]
    fn an_absent_node_keeps_its_position() {
        assert!(is_empty(&Html::default()));
        assert!(!is_empty(&text("")));
        children(el("p").node_some(None).text("below"), 2);
        children(el("p").node_some(Some(text("above"))).text("below"), 2);
        children(el("ul").nodes(&mut None.into_iter()).text("below"), 2);
    }

    #[test]
    fn an_unset_attribute_is_not_rendered() {
        let row = el("details").attr_if("open", false).attr_some("id", None);
        assert_eq!(row.0.attributes.iter().count(), 0);
        let row = el("details").attr_if("open", true).attr_value("id", "a");
        let all: Vec<_> = row.0.attributes.iter().collect();
        assert_eq!(all, [("open", "open"), ("id", "a")]);
    }
}
