//! Reads an answer: JSON or a named oddity.
