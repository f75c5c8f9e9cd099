//! The signed-in user's session, with one token per service.
//!
//! Tokens stay in memory and leave only as the `Authorization` header of a request to the one host they are for.

pub mod account;
pub mod callback;
pub mod challenge;
pub mod embedding;
pub mod error;
pub mod id_token;
pub mod pkce;
mod renewal;
pub mod scopes;
pub mod session;
pub mod sign_in;
