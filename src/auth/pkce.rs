//! Authorization code with PKCE; the only file that names the oauth2 crate.
