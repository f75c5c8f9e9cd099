//! The parts pages share.
