//! The live region: what screen readers are told, and what is also shown for some seconds.

use crate::ui::components::element::Element;
use crate::ui::components::element::el;

/// The browser's notification at the end of a run or a registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notifications {
    /// The admin did not ask for it.
    #[default]
    Off,
    On,
    /// The browser does not allow it.
    Refused,
}

/// Text of the live region.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    pub text: String,
    /// Repeating a text makes a new notice.
    pub number: u32,
    /// Shown on the page too, for some seconds. Otherwise only screen readers get it, because the page shows the same elsewhere.
    pub is_visible: bool,
    pub notifications: Notifications,
}

impl Notice {
    /// Tells screen readers what the page shows by itself.
    pub fn announce(&mut self, text: &str) {
        self.text = text.to_owned();
        self.number = self.number.wrapping_add(1);
        self.is_visible = false;
    }

    pub fn view(&self) -> Element {
        el("div")
            .attr("role", "status")
            .class(if self.is_visible {
                "no-print"
            } else {
                "unseen"
            })
            .child(
                el("p")
                    .attr_some("class", self.is_visible.then_some("toast"))
                    .key(self.number)
                    .text(&self.text),
            )
    }
}
