//! Strict parser of the sign-in answer.
