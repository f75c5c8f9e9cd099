//! Why a token from the embedding page is refused.

use crate::auth::account::Audience;

/// Why a token from the embedding page is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmbeddingTokenError {
    /// The embedding page refused. Holds its error code, if any.
    Refused(Option<String>),
    /// The embedding page did not respond in time.
    TimedOut,
    /// The response is not a valid token response.
    Odd,
    /// The response does not say whose token it is, and the token's claims cannot be read.
    Nobody,
    /// User or tenant differ between the token, the embedding page, and Microsoft Graph.
    Disagrees,
    /// The token is for another service. Holds the requested one.
    Audience(Audience),
    /// The token is for another cloud.
    Cloud,
    /// The token has expired.
    Ended,
    /// Microsoft Graph rejects the token.
    NotTaken,
}
