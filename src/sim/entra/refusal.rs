//! The refusals of the sign-in service: AADSTS number, OAuth error word, text.
//!
//! Numbers and words are Microsoft's ("Microsoft Entra authentication and authorization error codes", 2026-08; the numbers around
//! single-page apps from public threads). Texts are shaped like Microsoft's so that a client that reads them can be tried.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

/// Why the service says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The number behind `AADSTS`.
    pub code: u32,
    /// The OAuth word.
    pub error: &'static str,
    /// The sentence behind the number.
    pub text: String,
    /// The status at the token endpoint.
    pub status: StatusCode,
    /// The finer word some refusals carry.
    pub suberror: Option<&'static str>,
    /// A claims challenge the client has to pass on.
    pub claims: Option<String>,
}

impl Refusal {
    /// A refusal with status 400.
    pub(super) fn new(code: u32, error: &'static str, text: impl Into<String>) -> Self {
        Self {
            code,
            error,
            text: text.into(),
            status: StatusCode::BAD_REQUEST,
            suberror: None,
            claims: None,
        }
    }

    fn unauthorized(code: u32, text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new(code, "invalid_client", text)
        }
    }

    pub(super) fn malformed() -> Self {
        Self::new(
            9_002_313,
            "invalid_request",
            "Invalid request. Request is malformed or invalid.",
        )
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::new(
            900_144,
            "invalid_request",
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    pub(super) fn only_post(method: &str) -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::new(
                900_561,
                "invalid_request",
                format!("The endpoint only accepts POST requests. Received a {method} request."),
            )
        }
    }

    pub(super) fn tenant_word(word: &str) -> Self {
        Self::new(
            900_023,
            "invalid_request",
            format!(
                "Specified tenant identifier '{word}' is neither a valid DNS name, nor a valid external domain."
            ),
        )
    }

    pub(super) fn tenant_unknown(word: &str) -> Self {
        Self::new(
            90002,
            "invalid_request",
            format!(
                "Tenant '{word}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. \
                 Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
            ),
        )
    }

    pub(super) fn other_cloud(tenant: &str, theirs: &str, ours: &str) -> Self {
        Self::new(
            90038,
            "invalid_request",
            format!(
                "The specified tenant '{tenant}' belongs to the National Cloud '{theirs}'. The current cloud instance '{ours}' does not \
                 federate with '{theirs}'."
            ),
        )
    }

    pub(super) fn no_tenant_named() -> Self {
        Self::new(
            50059,
            "invalid_request",
            "No tenant-identifying information found in either the request or implied by any provided credentials.",
        )
    }

    pub(super) fn client_unknown(client: &str, tenant: &str) -> Self {
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

    pub(super) fn client_disabled(client: &str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new(
                7_000_112,
                "unauthorized_client",
                format!("Application '{client}' is disabled."),
            )
        }
    }

    pub(super) fn not_multi_tenant(client: &str, name: &str, endpoint: &str) -> Self {
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

    pub(super) fn redirect_unregistered(uri: &str, client: &str) -> Self {
        Self::new(
            50011,
            "invalid_client",
            format!(
                "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application \
                 '{client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal."
            ),
        )
    }

    pub(super) fn redirect_changed(now: &str, then: &str) -> Self {
        Self::new(
            500_112,
            "invalid_client",
            format!(
                "The reply address '{now}' does not match the reply address '{then}' provided when requesting Authorization code."
            ),
        )
    }

    pub(super) fn response_type(word: &str) -> Self {
        Self::new(
            700_051,
            "unsupported_response_type",
            format!("response_type '{word}' is not enabled for the application."),
        )
    }

    pub(super) fn implicit_off(word: &str) -> Self {
        Self::new(
            700_054,
            "unsupported_response_type",
            format!("response_type '{word}' is not enabled for the application."),
        )
    }

    pub(super) fn response_mode(word: &str) -> Self {
        Self::new(
            900_971,
            "invalid_request",
            format!("Unsupported 'response_mode' value '{word}'."),
        )
    }

    pub(super) fn prompt_word(word: &str) -> Self {
        Self::new(
            90023,
            "invalid_request",
            format!("Unsupported 'prompt' value '{word}'."),
        )
    }

    pub(super) fn pkce_needed() -> Self {
        Self::new(
            9_002_325,
            "invalid_request",
            "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
        )
    }

    pub(super) fn challenge_size() -> Self {
        Self::new(
            501_491,
            "invalid_request",
            "Invalid size of Code_Challenge parameter.",
        )
    }

    pub(super) fn challenge_method(word: &str) -> Self {
        Self::new(
            9_002_313,
            "invalid_request",
            format!(
                "Invalid request. Request is malformed or invalid: code_challenge_method '{word}'."
            ),
        )
    }

    pub(super) fn verifier_size() -> Self {
        Self::new(
            501_491,
            "invalid_grant",
            "Invalid size of Code_Verifier parameter.",
        )
    }

    pub(super) fn verifier_wrong() -> Self {
        Self::new(
            501_481,
            "invalid_grant",
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        )
    }

    pub(super) fn scope_missing() -> Self {
        Self::new(
            70011,
            "invalid_scope",
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.",
        )
    }

    pub(super) fn scope_invalid(scope: &str, reason: &str) -> Self {
        Self::new(
            70011,
            "invalid_scope",
            format!(
                "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not \
                 valid. The scope {scope} is not valid. {reason}"
            ),
        )
    }

    pub(super) fn two_resources(scope: &str) -> Self {
        Self::new(
            28000,
            "invalid_request",
            format!(
                "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is \
                 not valid."
            ),
        )
    }

    pub(super) fn app_scope_not_default(scope: &str) -> Self {
        Self::new(
            1_002_012,
            "invalid_scope",
            format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed \
                 to the resource identifier (application ID URI)."
            ),
        )
    }

    pub(super) fn resource_unknown(resource: &str, tenant: &str) -> Self {
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

    pub(super) fn scope_unknown(client: &str, scope: &str, resource: &str) -> Self {
        Self::new(
            650_053,
            "invalid_client",
            format!(
                "The application '{client}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the app \
                 vendor."
            ),
        )
    }

    pub(super) fn resource_not_listed(client: &str, resource: &str) -> Self {
        Self::new(
            650_057,
            "invalid_resource",
            format!(
                "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the \
                 client's application registration. Client app ID: {client}. Resource value from request: {resource}."
            ),
        )
    }

    pub(super) fn consent_needed(client: &str, name: &str) -> Self {
        Self {
            suberror: Some("consent_required"),
            ..Self::new(
                65001,
                "invalid_grant",
                format!(
                    "The user or administrator has not consented to use the application with ID '{client}' named '{name}'. Send an \
                     interactive authorization request for this user and resource."
                ),
            )
        }
    }

    pub(super) fn admin_consent_needed(client: &str, name: &str) -> Self {
        Self::new(
            90094,
            "access_denied",
            format!(
                "'{name}' ({client}) needs permission to access resources in your organization that only an admin can grant. Ask an admin \
                 to grant permission to this app before you can use it."
            ),
        )
    }

    pub(super) fn declined() -> Self {
        Self::new(
            65004,
            "access_denied",
            "User declined to consent to access the app.",
        )
    }

    pub(super) fn no_session() -> Self {
        Self::new(
            50058,
            "login_required",
            "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in \
             the request to Microsoft Entra ID.",
        )
    }

    pub(super) fn user_not_in_tenant(user: &str, tenant: &str, client: &str) -> Self {
        Self::new(
            50020,
            "invalid_grant",
            format!(
                "User account '{user}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access the \
                 application '{client}' in that tenant. The account needs to be added as an external user in the tenant first."
            ),
        )
    }

    pub(super) fn user_unknown(user: &str, tenant: &str) -> Self {
        Self::new(
            50034,
            "invalid_grant",
            format!(
                "The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be \
                 added to the directory."
            ),
        )
    }

    pub(super) fn user_disabled() -> Self {
        Self::new(50057, "invalid_grant", "The user account is disabled.")
    }

    pub(super) fn password_wrong() -> Self {
        Self::new(
            50126,
            "invalid_grant",
            "Error validating credentials due to invalid username or password.",
        )
    }

    pub(super) fn mfa_needed(claims: &str) -> Self {
        Self {
            suberror: Some("basic_action"),
            claims: Some(claims.to_owned()),
            ..Self::new(
                50076,
                "interaction_required",
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor \
                 authentication to access the resource.",
            )
        }
    }

    pub(super) fn blocked_by_policy() -> Self {
        Self {
            suberror: Some("message_only"),
            ..Self::new(
                53003,
                "access_denied",
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
            )
        }
    }

    pub(super) fn grant_type_unsupported(word: &str) -> Self {
        Self::new(
            70003,
            "unsupported_grant_type",
            format!("The app requested an unsupported grant type '{word}'."),
        )
    }

    pub(super) fn grant_broken() -> Self {
        Self::new(
            70000,
            "invalid_grant",
            "Provided grant is invalid or malformed.",
        )
    }

    pub(super) fn code_spent() -> Self {
        Self::new(
            54005,
            "invalid_grant",
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        )
    }

    pub(super) fn grant_expired() -> Self {
        Self::new(
            70008,
            "invalid_grant",
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request \
             for this user and resource.",
        )
    }

    pub(super) fn grant_of_other_client() -> Self {
        Self::new(
            700_005,
            "invalid_grant",
            "Provided Authorization Code is intended to use against other tenant, thus rejected.",
        )
    }

    pub(super) fn spa_day_over(issued: Timestamp) -> Self {
        Self::new(
            700_084,
            "invalid_grant",
            format!(
                "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which \
                 can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was \
                 issued on {issued}."
            ),
        )
    }

    pub(super) fn session_revoked() -> Self {
        Self {
            suberror: Some("bad_token"),
            ..Self::new(
                50173,
                "invalid_grant",
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset \
                 their password.",
            )
        }
    }

    pub(super) fn only_spa_crosses_origins() -> Self {
        Self::new(
            9_002_326,
            "invalid_request",
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: see the \
             'Origin' header.",
        )
    }

    pub(super) fn spa_must_cross_origins() -> Self {
        Self::new(
            9_002_327,
            "invalid_request",
            "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
        )
    }

    pub(super) fn public_client_with_secret() -> Self {
        Self::unauthorized(
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        )
    }

    pub(super) fn secret_needed() -> Self {
        Self::unauthorized(
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )
    }

    pub(super) fn secret_needed_for_app() -> Self {
        Self::unauthorized(
            7_000_216,
            "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        )
    }

    pub(super) fn secret_wrong(client: &str) -> Self {
        Self::unauthorized(
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client \
                 secret ID, for a secret added to app '{client}'."
            ),
        )
    }

    pub(super) fn secret_expired(client: &str) -> Self {
        Self::unauthorized(
            7_000_222,
            format!(
                "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new keys for your app."
            ),
        )
    }

    pub(super) fn device_pending() -> Self {
        Self::new(
            70016,
            "authorization_pending",
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )
    }

    pub(super) fn device_declined() -> Self {
        Self::new(
            70018,
            "authorization_declined",
            "OAuth 2.0 device flow error. The end-user denied the authorization request.",
        )
    }

    pub(super) fn device_expired() -> Self {
        Self::new(
            70020,
            "expired_token",
            "OAuth 2.0 device flow error. The device code has expired.",
        )
    }

    pub(super) fn device_unknown() -> Self {
        Self::new(
            70019,
            "bad_verification_code",
            "The provided device code is not recognized.",
        )
    }

    /// The whole `error_description`, as it stands in answers.
    #[must_use]
    pub fn description(&self, now: Timestamp, trace: Uuid, correlation: Uuid) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {}",
            self.code,
            self.text,
            stamp(now)
        )
    }

    /// The JSON body of the token endpoint.
    pub(super) fn body(
        &self,
        login_host: &str,
        now: Timestamp,
        trace: Uuid,
        correlation: Uuid,
    ) -> Value {
        let mut body = json!({
            "error": self.error,
            "error_description": self.description(now, trace, correlation),
            "error_codes": [self.code],
            "timestamp": stamp(now),
            "trace_id": trace.to_string(),
            "correlation_id": correlation.to_string(),
            "error_uri": format!("https://{login_host}/error?code={}", self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = suberror.into();
        }
        if let Some(claims) = &self.claims {
            body["claims"] = claims.clone().into();
        }
        body
    }
}

/// `2026-11-23 13:48:00Z`, as the service writes it.
fn stamp(now: Timestamp) -> String {
    now.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
