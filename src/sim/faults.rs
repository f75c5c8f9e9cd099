//! Throttling, delays and lost answers, on demand.
