//! What the tenant and the subscription hold now.
