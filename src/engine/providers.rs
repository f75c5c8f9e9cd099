//! Resource providers: which are needed, and waiting for them.
