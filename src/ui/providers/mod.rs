//! Subscription and resource providers.

pub mod subscription;
pub mod unread;
