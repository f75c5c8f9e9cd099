//! What the page does to its own window besides drawing: address, focus, clipboard, files, other tabs, the parent page.
//!
//! Apart from [`domain::platform`], because only the user interface needs it.

use domain::platform::Pending;
use domain::secret::Secret;

/// Side effects on the page's own window. Separate from `Platform`, because only the user interface needs them.
pub trait Window {
    /// URL of this page without query and fragment: the value registered as redirect URI.
    fn page_url(&self) -> String;

    /// Fragment of the current URL, without `#`.
    fn fragment(&self) -> String;

    /// Sets the URL fragment and the page title. `is_new` adds a history entry, so that Back works.
    fn show_route(&self, place: &str, title: &str, is_new: bool);

    /// Sets the page title alone: browsers limit how often the address changes.
    fn show_title(&self, title: &str);

    /// Asks the user for notifications. Returns `false` if the browser or the user refuses.
    fn ask_to_notify(&self) -> Pending<'static, bool>;

    /// Shows a notification of the browser if the page is hidden. The text is visible outside of the page, so it names nobody.
    fn notify(&self, text: &str);

    /// Shows the page in this theme (`data-theme` in `tokens.css`), unless another page shows it.
    fn show_theme(&self, theme: &str);

    /// Declares the language and the direction of the page, for browsers and screen readers.
    fn show_language(&self, tag: &str, direction: &str);

    /// Calls `handle` when the embedding page chooses another language, with its tag.
    fn on_language(&self, handle: Box<dyn Fn(String)>);

    /// Calls `handle` when the fragment changes through Back, Forward, or a typed URL.
    fn on_moved(&self, handle: Box<dyn Fn(String)>);

    /// Calls `handle` when the browser restores the page from its back/forward cache.
    fn on_shown_again(&self, handle: Box<dyn Fn()>);

    /// Calls `handle` when the page becomes hidden.
    fn on_hidden(&self, handle: Box<dyn Fn()>);

    /// Sends a text to the other tabs of this page. Never send a secret: every script of the origin can read it.
    fn broadcast(&self, text: &str);

    /// Calls `handle` when another tab of this page sends a text.
    fn on_broadcast(&self, handle: Box<dyn Fn(String)>);

    /// Sends an event (`ui/embedding/events.rs`) as JSON to the embedding page, if there is one. Never send a secret.
    fn notify_parent(&self, message: &str);

    /// Moves the focus to the element with this ID and scrolls to the top.
    fn focus(&self, id: &str);

    /// Moves the focus to a control, and scrolls it into view.
    fn focus_control(&self, id: &str);

    /// True if no element has the focus, because the one that had it was removed.
    fn is_focus_lost(&self) -> bool;

    /// Copies a text to the clipboard. Returns `false` if the browser refused.
    fn copy(&self, text: &str) -> Pending<'static, bool>;

    /// Reads the file chosen in the control with this ID. `None` if there is none, or if it is larger than any file of this page.
    fn read_file(&self, id: &str) -> Pending<'static, Option<String>>;

    /// Selects the text of the field with this ID, so that the user can copy it.
    fn select(&self, id: &str);

    /// Writes a secret into the field with this ID without rendering it. `None` clears the field.
    fn fill_secret(&self, id: &str, secret: Option<&Secret>);

    /// Offers a text to the user as a file download.
    fn save(&self, name: &str, kind: &str, text: &str);

    /// Opens the browser's print dialog for the page.
    fn print(&self);

    /// Scrolls the element with this ID, which has `rows` rows of the same height below a header of that height, so that a row is in sight.
    fn show_row(&self, id: &str, row: usize, rows: usize);

    /// Turns the browser's prompt before leaving the page on or off.
    fn ask_before_leaving(&self, is_on: bool);

    /// Runs before the page renders: repairs nodes that other scripts changed.
    fn before_drawing(&self);

    /// Runs after the page has rendered, before any other script runs.
    fn drawn(&self);
}
