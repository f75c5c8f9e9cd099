//! The Configuration Manager script.
