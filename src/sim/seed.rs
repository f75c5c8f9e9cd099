//! The demo tenants.
