//! Elements, written in the order they are read: `tag("li").class("badge").say(name).html()`.
//!
//! Does what `html!` does, by calls instead of code expanded in place: the macro alone made a third of the page's code.
//! Nothing here is generic, for the same reason. What is absent keeps its place, so that an element below it stays the same element.

use std::rc::Rc;

use yew::html::onclick;
use yew::prelude::AttrValue;
use yew::prelude::Callback;
use yew::prelude::Html;
use yew::prelude::MouseEvent;
use yew::virtual_dom::Key;
use yew::virtual_dom::VList;
use yew::virtual_dom::VTag;
use yew::virtual_dom::VText;

use crate::ui::msg::Msg;

/// An element being made.
#[must_use]
pub struct Markup(Box<VTag>);

/// An element by its name.
#[inline(never)]
pub fn tag(name: &'static str) -> Markup {
    Markup(Box::new(VTag::new(name)))
}

/// Text on its own.
#[inline(never)]
pub fn text(text: &str) -> Html {
    Html::VText(VText::new(text.to_owned()))
}

/// One after the other, with no element around them.
#[inline(never)]
pub fn several(parts: Vec<Html>) -> Html {
    Html::VList(Rc::new(VList::with_children(parts, None)))
}

/// Nothing is drawn. Asked of the list itself: comparing two drawings would bring the code that compares everything.
pub fn is_absent(drawn: &Html) -> bool {
    matches!(drawn, Html::VList(list) if list.is_empty())
}

impl Markup {
    #[inline(never)]
    fn add(mut self, name: &'static str, value: AttrValue) -> Self {
        self.0.add_attribute(name, value);
        self
    }

    /// The class.
    #[inline(never)]
    pub fn class(self, class: &'static str) -> Self {
        self.add("class", AttrValue::Static(class))
    }

    /// An attribute.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: &'static str) -> Self {
        self.add(name, AttrValue::Static(value))
    }

    /// An attribute whose text is made while drawing.
    #[inline(never)]
    pub fn set_to(self, name: &'static str, value: &str) -> Self {
        self.add(name, AttrValue::from(value.to_owned()))
    }

    /// An attribute that may be absent.
    #[inline(never)]
    pub fn set_some(self, name: &'static str, value: Option<&'static str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// An attribute that is either there or not.
    #[inline(never)]
    pub fn set_if(self, name: &'static str, is_set: bool) -> Self {
        self.set_some(name, is_set.then_some(name))
    }

    /// What is typed in. A property and not an attribute: a redraw puts back what the draft has.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> Self {
        self.0.set_value(AttrValue::from(value.to_owned()));
        self
    }

    /// Whether it is checked: a property, as above.
    #[inline(never)]
    pub fn checked(mut self, is_on: bool) -> Self {
        self.0.set_checked(is_on);
        self
    }

    /// A new key makes a new element: a live region says the same sentence again.
    #[inline(never)]
    pub fn key(mut self, key: u32) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// A click sends this message.
    #[inline(never)]
    pub fn click(mut self, send: &Callback<Msg>, msg: Msg) -> Self {
        let send = send.clone();
        let clicked = Callback::from(move |_: MouseEvent| send.emit(msg.clone()));
        self.0.add_listener(Rc::new(onclick::Wrapper::new(clicked)));
        self
    }

    /// Text inside.
    #[inline(never)]
    pub fn say(self, words: &str) -> Self {
        self.put(text(words))
    }

    /// An element inside.
    #[inline(never)]
    pub fn with(self, child: Self) -> Self {
        self.put(child.html())
    }

    /// Something drawn elsewhere inside.
    #[inline(never)]
    pub fn put(mut self, child: Html) -> Self {
        self.0.add_child(child);
        self
    }

    /// Something that may be absent.
    #[inline(never)]
    pub fn maybe(self, child: Option<Html>) -> Self {
        self.put(child.unwrap_or_default())
    }

    /// A row for each.
    #[inline(never)]
    pub fn all(self, children: &mut dyn Iterator<Item = Html>) -> Self {
        self.put(several(children.collect()))
    }

    /// The element, made.
    #[inline(never)]
    pub fn html(self) -> Html {
        Html::VTag(Rc::new(*self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn children(markup: Markup, wanted: usize) {
        let Html::VList(list) = markup.0.children().unwrap() else {
            panic!("not a list");
        };
        assert_eq!(list.len(), wanted);
    }

    #[test]
    fn what_is_absent_keeps_its_place() {
        assert!(is_absent(&Html::default()));
        assert!(!is_absent(&text("")));
        children(tag("p").maybe(None).say("below"), 2);
        children(tag("p").maybe(Some(text("above"))).say("below"), 2);
        children(tag("ul").all(&mut None.into_iter()).say("below"), 2);
    }

    #[test]
    fn an_attribute_that_is_not_set_is_not_there() {
        let row = tag("details").set_if("open", false).set_some("id", None);
        assert_eq!(row.0.attributes.iter().count(), 0);
        let row = tag("details").set_if("open", true).set_to("id", "a");
        let all: Vec<_> = row.0.attributes.iter().collect();
        assert_eq!(all, [("open", "open"), ("id", "a")]);
    }
}
