//! Every exchange, redacted.
