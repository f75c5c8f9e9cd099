//! How it starts, and in which world.
