//! The one decision whether a token may go to a host.
