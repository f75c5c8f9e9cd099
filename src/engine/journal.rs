//! What a run intended and what came of it.
