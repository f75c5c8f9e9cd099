//! Errors about the client: its identity, its redirect URIs and origin, its authentication.

use http::StatusCode;

use crate::entra::refusal::Refusal;

impl Refusal {
    pub(in crate::entra) fn client_unknown(client: &str, tenant: &str) -> Self {
        Self::new(
            700_016,
            "unauthorized_client",
            format!(
                "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has \
                 not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your \
                 authentication request to the wrong tenant."
            ),
        )
    }

    pub(in crate::entra) fn client_disabled(client: &str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new(
                7_000_112,
                "unauthorized_client",
                format!("Application '{client}' is disabled."),
            )
        }
    }

    pub(in crate::entra) fn not_multi_tenant(client: &str, name: &str, endpoint: &str) -> Self {
        Self::new(
            50194,
            "invalid_request",
            format!(
                "Application '{client}'({name}) is not configured as a multi-tenant application. Usage of the /{endpoint} endpoint is not \
                 supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be \
                 multi-tenant."
            ),
        )
    }

    pub(in crate::entra) fn redirect_none() -> Self {
        Self::new(
            500_113,
            "invalid_client",
            "No reply address is registered for the application.",
        )
    }

    pub(in crate::entra) fn redirect_unregistered(uri: &str, client: &str) -> Self {
        Self::new(
            50011,
            "invalid_client",
            format!(
                "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application \
                 '{client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal."
            ),
        )
    }

    pub(in crate::entra) fn redirect_changed(now: &str, then: &str) -> Self {
        Self::new(
            500_112,
            "invalid_client",
            format!(
                "The reply address '{now}' does not match the reply address '{then}' provided when requesting Authorization code."
            ),
        )
    }

    pub(in crate::entra) fn only_spa_crosses_origins() -> Self {
        Self::new(
            9_002_326,
            "invalid_request",
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: see the \
             'Origin' header.",
        )
    }

    pub(in crate::entra) fn spa_must_cross_origins() -> Self {
        Self::new(
            9_002_327,
            "invalid_request",
            "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
        )
    }

    pub(in crate::entra) fn public_client_with_secret() -> Self {
        Self::unauthorized(
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        )
    }

    pub(in crate::entra) fn secret_needed() -> Self {
        Self::unauthorized(
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )
    }

    pub(in crate::entra) fn secret_needed_for_app() -> Self {
        Self::unauthorized(
            7_000_216,
            "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        )
    }

    pub(in crate::entra) fn secret_wrong(client: &str) -> Self {
        Self::unauthorized(
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client \
                 secret ID, for a secret added to app '{client}'."
            ),
        )
    }

    pub(in crate::entra) fn secret_expired(client: &str) -> Self {
        Self::unauthorized(
            7_000_222,
            format!(
                "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new keys for your app."
            ),
        )
    }

    pub(in crate::entra) fn assertion_type() -> Self {
        Self::unauthorized(
            7_000_219,
            "'client_assertion_type' is required and must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'.",
        )
    }

    pub(in crate::entra) fn assertion_broken() -> Self {
        Self::unauthorized(50027, "JWT token is invalid or malformed.")
    }

    pub(in crate::entra) fn assertion_of_other_client(client: &str) -> Self {
        Self::unauthorized(
            700_021,
            format!(
                "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation and retry with '{client}'."
            ),
        )
    }

    pub(in crate::entra) fn assertion_audience() -> Self {
        Self::unauthorized(
            700_023,
            "Client assertion audience claim does not match Realm issuer.",
        )
    }

    pub(in crate::entra) fn assertion_time() -> Self {
        Self::unauthorized(
            700_024,
            "Client assertion is not within its valid time range.",
        )
    }

    pub(in crate::entra) fn assertion_signature(client: &str) -> Self {
        Self::unauthorized(
            700_027,
            format!(
                "The certificate with identifier used to sign the client assertion is not registered on application. Please visit \
                 https://developer.microsoft.com/en-us/graph/graph-explorer and query for 'applications' to see the keys of '{client}'."
            ),
        )
    }
}
