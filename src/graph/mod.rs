//! Microsoft Graph's verbs, as far as this product needs them.

pub mod errors;
pub mod wire;
