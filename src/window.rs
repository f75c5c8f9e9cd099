//! What the page does to its own window besides drawing: address, focus, clipboard, files, other tabs, the parent page.
//!
//! Apart from [`domain::platform`], because only the user interface needs it.

use domain::platform::Pending;
use domain::secret::Secret;

/// What the page does to its own window besides drawing.
pub trait Screen {
    /// This page's own address, without query and fragment: what is registered as redirect URI.
    fn home(&self) -> String;

    /// What follows `#` in the address.
    fn place(&self) -> String;

    /// Shows a place after `#` and a title; `is_new` makes an entry for Back.
    fn show_place(&self, place: &str, title: &str, is_new: bool);

    /// Calls whenever Back, Forward or a typed address has changed what follows `#`.
    fn on_moved(&self, tell: Box<dyn Fn(String)>);

    /// Calls whenever the page was kept by the browser and is shown again as it was left.
    fn on_shown_again(&self, tell: Box<dyn Fn()>);

    /// Calls whenever the page goes out of sight.
    fn on_hidden(&self, tell: Box<dyn Fn()>);

    /// Tells the other tabs of this page a text. Never a secret: whoever shares the origin hears it.
    fn tell_others(&self, text: &str);

    /// Calls whenever another tab of this page tells something.
    fn on_told(&self, tell: Box<dyn Fn(String)>);

    /// Tells the portal that holds this page an event (`ui/host.rs`), as JSON; nothing where none does. Never a secret.
    fn tell_host(&self, message: &str);

    /// Moves the focus to an element, by its ID, and scrolls to the top.
    fn focus(&self, id: &str);

    /// Puts a text on the clipboard; `false` if the browser refused.
    fn copy(&self, text: &str) -> Pending<'static, bool>;

    /// Selects the text of a field, by its ID, for copying by hand.
    fn select(&self, id: &str);

    /// Writes a secret into a field, by its ID, past everything that draws; an empty one wipes the field.
    fn fill(&self, id: &str, secret: Option<&Secret>);

    /// Hands a text over as a file.
    fn save(&self, name: &str, kind: &str, text: &str);

    /// Prints the page as it is.
    fn print(&self);

    /// Whether to ask before the page is left.
    fn ask_before_leaving(&self, is_on: bool);

    /// The page is about to be drawn anew: what others changed in its nodes is put right.
    fn before_drawing(&self);

    /// The page has been drawn, and no other script has run since.
    fn drawn(&self);
}
