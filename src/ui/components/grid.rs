//! A table of thousands of rows, of which those in sight are drawn: the grid pattern of the ARIA Authoring Practices Guide.
//!
//! The grid itself has the focus and names its active cell (`aria-activedescendant`), so a row that is no longer drawn loses no focus. All
//! rows have the same height, so two empty boxes take the place of the others.

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::grid_state::GridEvent;
use crate::ui::components::grid_state::GridMove;
use crate::ui::components::grid_state::GridState;
use domain::locale::Locale;
use web_sys::Element as DomElement;
use yew::prelude::Callback;
use yew::prelude::Event;
use yew::prelude::Html;
use yew::prelude::KeyboardEvent;
use yew::prelude::TargetCast as _;

/// A column.
pub struct GridColumn {
    pub name: Html,
    /// `ascending` or `descending`, if the rows are sorted by it.
    pub sorted: Option<&'static str>,
}

/// A row.
pub struct GridRow {
    /// One for each column. The second is the header of the row.
    pub cells: Vec<Html>,
    /// Whether it is selected; `None` if it cannot be.
    pub is_selected: Option<bool>,
}

/// What a grid shows.
pub struct Grid<'a> {
    pub locale: Locale,
    pub id: &'static str,
    /// Which columns it has, for the style sheet.
    pub kind: &'static str,
    pub label: &'a str,
    pub columns: Vec<GridColumn>,
    /// Number of rows.
    pub rows: usize,
    pub state: GridState,
    /// Whether rows can be selected.
    pub selects: bool,
}

/// Column whose cell is the header of its row.
const ROW_HEADER: usize = 1;

impl Grid<'_> {
    /// `row` draws the row at a place.
    pub fn view(self, send: &Callback<GridEvent>, row: &dyn Fn(usize) -> GridRow) -> Html {
        let drawn = self.state.drawn(self.rows);
        let active = self.state.row(self.rows).filter(|it| drawn.contains(it));
        let count = self.columns.len();
        let grid = el("div")
            .attr("id", self.id)
            .attr("role", "grid")
            .attr("tabindex", "0")
            .attr_value("aria-label", self.label)
            .attr_value("aria-rowcount", &(self.rows + 1).to_string())
            .attr_value("aria-colcount", &count.to_string())
            .attr_some("aria-multiselectable", self.selects.then_some("true"))
            .attr("data-kind", self.kind)
            .class("data-grid");
        let grid = match active {
            Some(row) => grid.attr_value(
                "aria-activedescendant",
                &cell_id(self.id, row, self.state.column()),
            ),
            None => grid,
        };
        grid.on_scroll(scrolled(send, drawn.start, self.rows))
            .on_key(keyed(send, self.locale))
            .child(self.header())
            .child(space(drawn.start))
            .nodes(&mut drawn.clone().map(|place| {
                let is_active = active == Some(place);
                self.row(send, place, is_active, row(place))
            }))
            .child(space(self.rows - drawn.end))
            .html()
    }

    fn header(&self) -> Element {
        el("div")
            .attr("role", "row")
            .attr("aria-rowindex", "1")
            .class("grid-row grid-head")
            .nodes(&mut self.columns.iter().map(|column| {
                el("div")
                    .attr("role", "columnheader")
                    .attr_some("aria-sort", column.sorted)
                    .class("grid-cell")
                    .node(column.name.clone())
                    .html()
            }))
    }

    fn row(&self, send: &Callback<GridEvent>, place: usize, is_active: bool, row: GridRow) -> Html {
        let selected = row.is_selected.map(|it| if it { "true" } else { "false" });
        el("div")
            .attr("role", "row")
            .attr_value("aria-rowindex", &(place + 2).to_string())
            .attr_some("aria-selected", selected)
            .attr_some("data-state", is_active.then_some("active"))
            .key(u32::try_from(place).unwrap_or(u32::MAX))
            .class("grid-row")
            .nodes(
                &mut row.cells.into_iter().enumerate().map(|(column, cell)| {
                    let role = if column == ROW_HEADER {
                        "rowheader"
                    } else {
                        "gridcell"
                    };
                    let is_cell = is_active && column == self.state.column();
                    el("div")
                        .attr("role", role)
                        .attr_value("id", &cell_id(self.id, place, column))
                        .attr_some("data-state", is_cell.then_some("active"))
                        .class("grid-cell")
                        .on_any_click(send.reform(move |()| GridEvent::Picked(place, column)))
                        .node(cell)
                        .html()
                }),
            )
            .html()
    }
}

fn cell_id(grid: &str, row: usize, column: usize) -> String {
    format!("{grid}-{row}-{column}")
}

/// An empty box as high as this many rows. The policy of the page allows no inline styles, and the height of an SVG is an attribute: its unit
/// is the height of a row (`style/components.css`).
fn space(rows: usize) -> Element {
    el("svg")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .attr("width", "1")
        .attr_value("height", &format!("{rows}em"))
        .class("grid-space")
}

fn scrolled(send: &Callback<GridEvent>, drawn: usize, rows: usize) -> Callback<Event> {
    let send = send.clone();
    Callback::from(move |event: Event| {
        let grid: DomElement = event.target_unchecked_into();
        let size = |it: i32| u64::try_from(it).unwrap_or_default();
        // The header has the height of a row.
        let all = u64::try_from(rows).unwrap_or_default() + 1;
        let above = size(grid.scroll_top()) * all / size(grid.scroll_height()).max(1);
        let first = GridState::first_for(usize::try_from(above).unwrap_or_default(), rows);
        if first != drawn {
            send.emit(GridEvent::Scrolled(first));
        }
    })
}

fn keyed(send: &Callback<GridEvent>, t: Locale) -> Callback<KeyboardEvent> {
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        let has_control = event.ctrl_key() || event.meta_key();
        if event.alt_key() {
            return;
        }
        if let Some(heard) = heard(&event.key(), has_control, t.direction() == "rtl") {
            event.prevent_default();
            send.emit(heard);
        }
    })
}

/// What a key does. `None` leaves it to the browser.
fn heard(key: &str, has_control: bool, is_rtl: bool) -> Option<GridEvent> {
    let to = match (key, has_control) {
        ("ArrowUp", false) => GridMove::Up,
        ("ArrowDown", false) => GridMove::Down,
        ("ArrowLeft", false) if is_rtl => GridMove::After,
        ("ArrowRight", false) if is_rtl => GridMove::Before,
        ("ArrowLeft", false) => GridMove::Before,
        ("ArrowRight", false) => GridMove::After,
        ("PageUp", false) => GridMove::PageUp,
        ("PageDown", false) => GridMove::PageDown,
        ("Home", false) => GridMove::RowStart,
        ("End", false) => GridMove::RowEnd,
        ("Home", true) => GridMove::First,
        ("End", true) => GridMove::Last,
        (" ", false) => return Some(GridEvent::Toggled),
        ("a" | "A", true) => return Some(GridEvent::AllSelected),
        _ => return None,
    };
    Some(GridEvent::Moved(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_follow_the_reading_direction_and_other_keys_are_the_browsers() {
        let moved = |to| Some(GridEvent::Moved(to));
        assert_eq!(heard("ArrowRight", false, false), moved(GridMove::After));
        assert_eq!(heard("ArrowRight", false, true), moved(GridMove::Before));
        assert_eq!(heard("Home", true, false), moved(GridMove::First));
        assert_eq!(heard("a", true, false), Some(GridEvent::AllSelected));
        for (key, has_control) in [("a", false), ("Tab", false), ("ArrowUp", true), ("c", true)] {
            assert_eq!(heard(key, has_control, false), None, "{key}");
        }
    }
}
