//! Following nextLink without being led astray.
