//! Where the admin is in a table of which only the visible rows are drawn.

use std::ops::Range;

/// Rows that are drawn: those in sight, and as many above and below.
const DRAWN: usize = 28;
/// Rows drawn above the first one in sight.
const MARGIN: usize = 8;
/// The drawn rows move in steps, so that not every pixel draws the page again.
const STEP: usize = 4;
/// Rows that Page Up and Page Down pass.
const PAGE: usize = 10;

/// The drawn rows and the active cell of a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridState {
    /// First drawn row.
    first: usize,
    /// Row of the active cell.
    row: usize,
    /// Column of the active cell.
    column: usize,
}

/// What happened in a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridEvent {
    /// The drawn rows begin with this one.
    Scrolled(usize),
    /// A cell was selected with the pointer: row and column.
    Picked(usize, usize),
    /// A key moves the active cell.
    Moved(GridMove),
    /// Space: selects the row of the active cell, or clears it.
    Toggled,
    /// Ctrl+A: selects all rows.
    AllSelected,
}

/// How a key moves the active cell ("Grid and table properties", ARIA Authoring Practices Guide, 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridMove {
    Up,
    Down,
    /// To the cell before, in reading direction.
    Before,
    /// To the cell after, in reading direction.
    After,
    PageUp,
    PageDown,
    RowStart,
    RowEnd,
    /// First cell of the first row.
    First,
    /// Last cell of the last row.
    Last,
}

impl GridState {
    /// Place of the active row, for a grid with this many rows.
    #[must_use]
    pub fn row(&self, rows: usize) -> Option<usize> {
        let last = rows.checked_sub(1)?;
        Some(self.row.min(last))
    }

    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// The rows to draw, of this many.
    #[must_use]
    pub fn drawn(&self, rows: usize) -> Range<usize> {
        let first = self.first.min(rows.saturating_sub(DRAWN));
        first..rows.min(first.saturating_add(DRAWN))
    }

    /// First row to draw if this one is the first in sight, of this many.
    #[must_use]
    pub fn first_for(in_sight: usize, rows: usize) -> usize {
        let first = in_sight.saturating_sub(MARGIN) / STEP * STEP;
        first.min(rows.saturating_sub(DRAWN))
    }

    /// Draws the rows from this one on.
    pub fn scroll(&mut self, first: usize) {
        self.first = first;
    }

    /// Makes a cell the active one.
    pub fn pick(&mut self, row: usize, column: usize) {
        (self.row, self.column) = (row, column);
    }

    /// Moves the active cell, and draws its row.
    pub fn go(&mut self, to: GridMove, rows: usize, columns: usize) {
        let Some(row) = self.row(rows) else { return };
        let (last, end) = (rows.saturating_sub(1), columns.saturating_sub(1));
        let (row, column) = match to {
            GridMove::Up => (row.saturating_sub(1), self.column),
            GridMove::Down => (row.saturating_add(1), self.column),
            GridMove::Before => (row, self.column.saturating_sub(1)),
            GridMove::After => (row, self.column.saturating_add(1)),
            GridMove::PageUp => (row.saturating_sub(PAGE), self.column),
            GridMove::PageDown => (row.saturating_add(PAGE), self.column),
            GridMove::RowStart => (row, 0),
            GridMove::RowEnd => (row, end),
            GridMove::First => (0, 0),
            GridMove::Last => (last, end),
        };
        (self.row, self.column) = (row.min(last), column.min(end));
        let drawn = self.drawn(rows);
        let is_near = self.row >= drawn.start.saturating_add(1) || drawn.start == 0;
        if !is_near || self.row >= drawn.end {
            self.first = Self::first_for(self.row, rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_active_cell_stays_within_the_grid_and_is_drawn() {
        use GridMove::{After, Before, Down, First, Last, PageDown, PageUp, RowEnd, RowStart, Up};
        let mut grid = GridState::default();
        let rows = 5_000;
        for (to, row, column) in [
            (Up, 0, 0),
            (Before, 0, 0),
            (Down, 1, 0),
            (After, 1, 1),
            (RowEnd, 1, 7),
            (After, 1, 7),
            (PageDown, 11, 7),
            (RowStart, 11, 0),
            (PageUp, 1, 0),
            (PageUp, 0, 0),
            (Last, 4_999, 7),
            (Down, 4_999, 7),
            (PageDown, 4_999, 7),
            (PageUp, 4_989, 7),
            (First, 0, 0),
        ] {
            grid.go(to, rows, 8);
            assert_eq!(
                (grid.row(rows), grid.column()),
                (Some(row), column),
                "{to:?}"
            );
            assert!(grid.drawn(rows).contains(&row), "{to:?}");
            assert!(grid.drawn(rows).len() <= DRAWN);
        }
    }

    #[test]
    fn fewer_rows_than_before_are_drawn_to_their_end() {
        let mut grid = GridState::default();
        grid.go(GridMove::Last, 5_000, 8);
        assert_eq!(grid.drawn(3), 0..3);
        assert_eq!(grid.row(3), Some(2));
        assert_eq!(grid.drawn(0), 0..0);
        assert_eq!(grid.row(0), None);
        grid.go(GridMove::Up, 0, 8);
        grid.go(GridMove::Up, 3, 8);
        assert_eq!(grid.row(3), Some(1));
    }

    #[test]
    fn the_rows_in_sight_are_drawn_with_a_margin() {
        let mut grid = GridState::default();
        for in_sight in [0, 5, 12, 13, 100, 4_990] {
            grid.scroll(GridState::first_for(in_sight, 5_000));
            let drawn = grid.drawn(5_000);
            let last = (in_sight + 12).min(4_999);
            assert!(
                drawn.contains(&in_sight) && drawn.contains(&last),
                "{in_sight}"
            );
        }
    }
}
