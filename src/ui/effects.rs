//! The one place that starts asynchronous work.
