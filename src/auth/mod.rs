//! Session: one sign-in, a token per audience.

pub mod callback;
pub mod id_token;
pub mod pkce;
