//! This tab's memory.
