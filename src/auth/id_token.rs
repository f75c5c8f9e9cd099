//! Checks of the ID token's claims.
