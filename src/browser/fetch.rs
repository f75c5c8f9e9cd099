//! fetch(), one request and one answer.
