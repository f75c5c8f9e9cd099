//! When to ask again, and how long to wait first.
