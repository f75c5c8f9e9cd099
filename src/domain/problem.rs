//! What went wrong, in the admin's words, and what to do next.
