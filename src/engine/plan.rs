//! Compares desired and observed: every step with its action, reason and exact request.
