//! Errors about the request itself: its tenant, its parameters, its scope.

use http::StatusCode;

use crate::entra::refusal::Refusal;

impl Refusal {
    pub(in crate::entra) fn malformed() -> Self {
        Self::new(
            9_002_313,
            "invalid_request",
            "Invalid request. Request is malformed or invalid.",
        )
    }

    pub(in crate::entra) fn missing(parameter: &str) -> Self {
        Self::new(
            900_144,
            "invalid_request",
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    pub(in crate::entra) fn only_post(method: &str) -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::new(
                900_561,
                "invalid_request",
                format!("The endpoint only accepts POST requests. Received a {method} request."),
            )
        }
    }

    pub(in crate::entra) fn tenant_word(word: &str) -> Self {
        Self::new(
            900_023,
            "invalid_request",
            format!(
                "Specified tenant identifier '{word}' is neither a valid DNS name, nor a valid external domain."
            ),
        )
    }

    pub(in crate::entra) fn tenant_unknown(word: &str) -> Self {
        Self::new(
            90002,
            "invalid_request",
            format!(
                "Tenant '{word}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. \
                 Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
            ),
        )
    }

    pub(in crate::entra) fn other_cloud(tenant: &str, theirs: &str, ours: &str) -> Self {
        Self::new(
            90038,
            "invalid_request",
            format!(
                "The specified tenant '{tenant}' belongs to the National Cloud '{theirs}'. The current cloud instance '{ours}' does not \
                 federate with '{theirs}'."
            ),
        )
    }

    pub(in crate::entra) fn no_tenant_named() -> Self {
        Self::new(
            50059,
            "invalid_request",
            "No tenant-identifying information found in either the request or implied by any provided credentials.",
        )
    }

    pub(in crate::entra) fn response_type(word: &str) -> Self {
        Self::new(
            700_051,
            "unsupported_response_type",
            format!("response_type '{word}' is not enabled for the application."),
        )
    }

    pub(in crate::entra) fn implicit_off(word: &str) -> Self {
        Self::new(
            700_054,
            "unsupported_response_type",
            format!("response_type '{word}' is not enabled for the application."),
        )
    }

    pub(in crate::entra) fn response_mode(word: &str) -> Self {
        Self::new(
            900_971,
            "invalid_request",
            format!("Unsupported 'response_mode' value '{word}'."),
        )
    }

    pub(in crate::entra) fn prompt_word(word: &str) -> Self {
        Self::new(
            90023,
            "invalid_request",
            format!("Unsupported 'prompt' value '{word}'."),
        )
    }

    pub(in crate::entra) fn pkce_needed() -> Self {
        Self::new(
            9_002_325,
            "invalid_request",
            "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
        )
    }

    pub(in crate::entra) fn challenge_size() -> Self {
        Self::new(
            501_491,
            "invalid_request",
            "Invalid size of Code_Challenge parameter.",
        )
    }

    pub(in crate::entra) fn challenge_method(word: &str) -> Self {
        Self::new(
            9_002_313,
            "invalid_request",
            format!(
                "Invalid request. Request is malformed or invalid: code_challenge_method '{word}'."
            ),
        )
    }

    pub(in crate::entra) fn scope_missing() -> Self {
        Self::new(
            70011,
            "invalid_scope",
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.",
        )
    }

    pub(in crate::entra) fn scope_invalid(scope: &str, reason: &str) -> Self {
        Self::new(
            70011,
            "invalid_scope",
            format!(
                "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not \
                 valid. The scope {scope} is not valid. {reason}"
            ),
        )
    }

    pub(in crate::entra) fn two_resources(scope: &str) -> Self {
        Self::new(
            28000,
            "invalid_request",
            format!(
                "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is \
                 not valid."
            ),
        )
    }

    pub(in crate::entra) fn app_scope_not_default(scope: &str) -> Self {
        Self::new(
            1_002_012,
            "invalid_scope",
            format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed \
                 to the resource identifier (application ID URI)."
            ),
        )
    }

    pub(in crate::entra) fn resource_unknown(resource: &str, tenant: &str) -> Self {
        Self::new(
            500_011,
            "invalid_resource",
            format!(
                "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has \
                 not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your \
                 authentication request to the wrong tenant."
            ),
        )
    }

    pub(in crate::entra) fn resource_disabled(resource: &str) -> Self {
        Self::new(
            500_014,
            "invalid_resource",
            format!(
                "The service principal for resource '{resource}' is disabled. This indicates that a subscription within the tenant has \
                 lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it."
            ),
        )
    }

    pub(in crate::entra) fn scope_unknown(client: &str, scope: &str, resource: &str) -> Self {
        Self::new(
            650_053,
            "invalid_client",
            format!(
                "The application '{client}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app \
                 vendor."
            ),
        )
    }

    pub(in crate::entra) fn resource_not_listed(client: &str, resource: &str) -> Self {
        Self::new(
            650_057,
            "invalid_resource",
            format!(
                "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the \
                 client's application registration. Client app ID: {client}. Resource value from request: {resource}."
            ),
        )
    }
}
