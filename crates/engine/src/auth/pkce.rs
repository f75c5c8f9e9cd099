//! The OAuth 2.0 protocol: sign-in URL, code redemption, and token refresh. The only file that uses the `oauth2` crate.
//!
//! Sends token requests through `net`. Other files decide which responses to trust.
#![expect(
    clippy::disallowed_types,
    reason = "only this file uses the sign-in library"
)]

use std::cell::Cell;
use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth2::AccessToken;
use oauth2::AuthUrl;
use oauth2::AuthorizationCode;
use oauth2::Client;
use oauth2::ClientId;
use oauth2::CsrfToken;
use oauth2::EndpointNotSet;
use oauth2::EndpointSet;
use oauth2::ErrorResponse;
use oauth2::HttpRequest;
use oauth2::PkceCodeChallenge;
use oauth2::PkceCodeVerifier;
use oauth2::RedirectUrl;
use oauth2::RefreshToken;
use oauth2::RequestTokenError;
use oauth2::Scope;
use oauth2::StandardRevocableToken;
use oauth2::TokenResponse;
use oauth2::TokenUrl;
use oauth2::basic::BasicRevocationErrorResponse;
use oauth2::basic::BasicTokenIntrospectionResponse;
use oauth2::basic::BasicTokenType;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::net::Failure;
use crate::net::MalformedResponse;
use crate::net::Net;
use crate::net::Observer;
use crate::net::RetryPolicy;
use domain::cloud::Cloud;
use domain::entra::EntraRefusal;
use domain::ids::AppId;
use domain::json::Object;
use domain::platform::Platform;
use domain::secret::Secret;

/// Authority and app of a sign-in.
#[derive(Clone, Debug)]
pub struct Endpoint<'a> {
    /// Cloud whose sign-in host receives the requests.
    pub cloud: Cloud,
    /// Tenant as a path segment: a GUID, a domain, or `organizations`.
    pub tenant: &'a str,
    /// Client ID of the page's own app.
    pub client_id: AppId,
    /// Redirect URI of the page, exactly as registered.
    pub redirect_uri: &'a str,
}

/// The three random values of one attempt.
#[derive(Clone, Debug)]
pub struct AuthSecrets {
    /// PKCE verifier: proves that the redeeming client started the sign-in.
    pub verifier: Secret,
    /// Binds the response in the URL to this attempt.
    pub state: String,
    /// Binds the ID token to this attempt.
    pub nonce: String,
}

impl AuthSecrets {
    /// Generates 32 bytes for each value. `None` if the browser has no cryptographically secure random numbers; there is no fallback.
    #[must_use]
    pub fn fresh(world: &dyn Platform) -> Option<Self> {
        let draw = || {
            let mut bytes = Zeroizing::new([0; 32]);
            world
                .random_bytes(bytes.as_mut())
                .then(|| BASE64_URL_SAFE_NO_PAD.encode(*bytes))
        };
        Some(Self {
            verifier: Secret::new(draw()?),
            state: draw()?,
            nonce: draw()?,
        })
    }
}

/// Parameters of the sign-in URL in addition to the endpoint and the random values.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest<'a> {
    /// All permissions to consent to, for all services. Only the sign-in URL allows several services.
    pub scopes: Vec<String>,
    /// Account to sign in, which skips the account picker.
    pub login_hint: Option<&'a str>,
    /// Claims challenge to satisfy, as JSON.
    pub claims: Option<&'a str>,
    /// Requires the user to enter the credentials again.
    pub is_anew: bool,
}

/// Tokens of a token response.
#[derive(Debug)]
pub struct Grant {
    /// Access token for the requested service.
    pub access: Secret,
    /// Refresh token, used to get the next tokens.
    pub refresh: Option<Secret>,
    /// ID token, which identifies the user.
    pub id_token: Option<Secret>,
    /// Lifetime of the access token, if the response states it.
    pub lives: Option<Duration>,
    /// Scopes covered by the consent; `None` means all requested scopes.
    pub scopes: Option<Vec<String>>,
}

/// Why a token request returned no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// Microsoft Entra ID refused the request.
    Refused(Box<EntraRefusal>),
    /// The request itself failed.
    Net(Failure),
    /// The page's settings cannot be used in a request.
    BadRequest,
}

/// Builds the URL of the sign-in page.
#[must_use]
pub fn authorize_url(
    endpoint: &Endpoint<'_>,
    auth_secrets: &AuthSecrets,
    parameters: &AuthorizationRequest<'_>,
) -> Option<String> {
    let client = client(endpoint)?;
    let verifier = PkceCodeVerifier::new(auth_secrets.verifier.expose().to_owned());
    let mut request = client
        .authorize_url(|| CsrfToken::new(auth_secrets.state.clone()))
        .add_scopes(parameters.scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_extra_param("response_mode", "fragment")
        .add_extra_param("nonce", auth_secrets.nonce.as_str());
    if let Some(hint) = parameters.login_hint {
        request = request.add_extra_param("login_hint", hint);
    }
    // `prompt=login`, because `max_age` is not documented and makes Microsoft Entra ID shorten the tokens.
    if parameters.is_anew {
        request = request.add_extra_param("prompt", "login");
    } else if parameters.login_hint.is_none() {
        // Microsoft Entra ID refuses an account picker together with an account.
        request = request.add_extra_param("prompt", "select_account");
    }
    if let Some(claims) = parameters.claims {
        request = request.add_extra_param("claims", claims);
    }
    Some(request.url().0.into())
}

/// Redeems the code once. If the response is lost, it does not retry: a code that is used twice looks stolen.
pub async fn redeem(
    net: &Net,
    world: &dyn Platform,
    endpoint: &Endpoint<'_>,
    code: Secret,
    verifier: &Secret,
    scope: &str,
) -> Result<Grant, TokenFault> {
    let client = client(endpoint).ok_or(TokenFault::BadRequest)?;
    let line = Line::new(
        net,
        world,
        endpoint.cloud,
        RetryPolicy::Never,
        Observer::quiet(),
    );
    let outcome = client
        .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()))
        .add_extra_param("scope", scope)
        .request_async(&|request| line.carry(request))
        .await;
    line.grant(outcome)
}

/// Gets tokens for one service with the refresh token. Safe to retry.
pub async fn renew(
    net: &Net,
    world: &dyn Platform,
    endpoint: &Endpoint<'_>,
    refresh: &Secret,
    scope: &str,
    claims: Option<&str>,
    watch: &Observer,
) -> Result<Grant, TokenFault> {
    let client = client(endpoint).ok_or(TokenFault::BadRequest)?;
    let line = Line::new(
        net,
        world,
        endpoint.cloud,
        RetryPolicy::Harmless,
        watch.clone(),
    );
    let refresh = RefreshToken::new(refresh.expose().to_owned());
    let mut request = client
        .exchange_refresh_token(&refresh)
        .add_scope(Scope::new(scope.to_owned()));
    if let Some(claims) = claims {
        request = request.add_extra_param("claims", claims);
    }
    let outcome = request.request_async(&|request| line.carry(request)).await;
    line.grant(outcome)
}

type EntraClient = Client<
    Refused,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

fn client(endpoint: &Endpoint<'_>) -> Option<EntraClient> {
    let base = format!(
        "https://{}/{}/oauth2/v2.0",
        endpoint.cloud.login_host(),
        endpoint.tenant
    );
    Some(
        Client::new(ClientId::new(endpoint.client_id.to_string()))
            .set_auth_uri(AuthUrl::new(format!("{base}/authorize")).ok()?)
            .set_token_uri(TokenUrl::new(format!("{base}/token")).ok()?)
            .set_redirect_uri(RedirectUrl::new(endpoint.redirect_uri.to_owned()).ok()?),
    )
}

/// Transport for one token request through `net`.
struct Line<'a> {
    net: &'a Net,
    world: &'a dyn Platform,
    host: &'static str,
    repeat: RetryPolicy,
    watch: Observer,
    status: Cell<u16>,
}

impl<'a> Line<'a> {
    fn new(
        net: &'a Net,
        world: &'a dyn Platform,
        cloud: Cloud,
        repeat: RetryPolicy,
        watch: Observer,
    ) -> Self {
        Self {
            net,
            world,
            host: cloud.login_host(),
            repeat,
            watch,
            status: Cell::new(0),
        }
    }

    async fn carry(&self, request: HttpRequest) -> Result<oauth2::HttpResponse, Undelivered> {
        let step = self.world.fresh_guid();
        let response = self
            .net
            .deliver(&request, self.host, self.repeat, step, &self.watch)
            .await
            .map_err(Undelivered)?;
        self.status.set(response.status().as_u16());
        Ok(response)
    }

    fn grant(
        &self,
        outcome: Result<Answer, RequestTokenError<Undelivered, Refused>>,
    ) -> Result<Grant, TokenFault> {
        let odd = |why| {
            TokenFault::Net(Failure::Unexpected {
                status: self.status.get(),
                why,
            })
        };
        let answer = outcome.map_err(|error| match error {
            RequestTokenError::ServerResponse(refused) => {
                TokenFault::Refused(Box::new(refused.into()))
            }
            RequestTokenError::Request(Undelivered(failure)) => TokenFault::Net(failure),
            RequestTokenError::Parse(..) => odd(MalformedResponse::BadJson),
            RequestTokenError::Other(_) => odd(MalformedResponse::NotJson),
        })?;
        if answer.token_type != BasicTokenType::Bearer {
            return Err(odd(MalformedResponse::BadJson));
        }
        let secret = |text: &String| Secret::new(text.clone());
        Ok(Grant {
            access: secret(answer.access_token.secret()),
            refresh: answer.refresh_token.map(|token| secret(token.secret())),
            id_token: answer.id_token.map(|token| secret(token.secret())),
            lives: answer.expires_in.map(Duration::from_secs),
            scopes: answer
                .scopes
                .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
        })
    }
}

/// A failure of `net`, passed through `oauth2`.
#[derive(Debug)]
struct Undelivered(Failure);

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer from the token endpoint")
    }
}

impl std::error::Error for Undelivered {}

/// A token response with Microsoft Entra ID's ID token. The ID token is also an `AccessToken`, because its `Debug` is redacted.
#[derive(Debug, Serialize)]
struct Answer {
    access_token: AccessToken,
    token_type: BasicTokenType,
    expires_in: Option<u64>,
    refresh_token: Option<RefreshToken>,
    scopes: Option<Vec<Scope>>,
    id_token: Option<AccessToken>,
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let kind: String = object.take("token_type")?;
        let scopes: Option<String> = object.take("scope")?;
        let id_token: Option<String> = object.take("id_token")?;
        let refresh_token: Option<String> = object.take("refresh_token")?;
        Ok(Self {
            access_token: AccessToken::new(object.take("access_token")?),
            token_type: if kind.eq_ignore_ascii_case("bearer") {
                BasicTokenType::Bearer
            } else {
                BasicTokenType::Extension(kind)
            },
            expires_in: object.take("expires_in")?,
            refresh_token: refresh_token.map(RefreshToken::new),
            scopes: scopes.map(|scopes| {
                let scopes = scopes.split(' ');
                scopes.map(|scope| Scope::new(scope.to_owned())).collect()
            }),
            id_token: id_token.map(AccessToken::new),
        })
    }
}

impl TokenResponse for Answer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        self.scopes.as_ref()
    }
}

/// Microsoft Entra ID's error response, which has more properties than the standard.
#[derive(Debug, Serialize)]
struct Refused {
    error: String,
    error_description: String,
    error_codes: Vec<u32>,
    trace_id: Option<String>,
    correlation_id: Option<String>,
    claims: Option<String>,
}

impl<'de> Deserialize<'de> for Refused {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        Ok(Self {
            error: object.take("error")?,
            error_description: object.take_or_default("error_description")?,
            error_codes: object.take_or_default("error_codes")?,
            trace_id: object.take("trace_id")?,
            correlation_id: object.take("correlation_id")?,
            claims: object.take("claims")?,
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

impl ErrorResponse for Refused {}

impl From<Refused> for EntraRefusal {
    fn from(refused: Refused) -> Self {
        let mut refusal = Self::new(&refused.error, &refused.error_description);
        if let Some(code) = refused.error_codes.first() {
            refusal = refusal.numbered(*code);
        }
        refusal.trace_id = refused.trace_id.or(refusal.trace_id);
        refusal.correlation_id = refused.correlation_id.or(refusal.correlation_id);
        refusal.claims = refused.claims;
        refusal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::net::script::Script;

    #[test]
    fn the_code_challenge_matches_rfc_7636() {
        // RFC 7636, appendix B.
        let auth_secrets = AuthSecrets {
            verifier: Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned()),
            state: "s".to_owned(),
            nonce: "n".to_owned(),
        };
        let endpoint = Endpoint {
            cloud: Cloud::UsGov,
            tenant: "organizations",
            client_id: "1b730954-1685-4b74-9bfd-dac224a7b894".parse().unwrap(),
            redirect_uri: "https://setup.contoso.com/",
        };
        let parameters = AuthorizationRequest {
            scopes: Vec::new(),
            login_hint: None,
            claims: None,
            is_anew: false,
        };
        let url = authorize_url(&endpoint, &auth_secrets, &parameters).unwrap();
        assert!(
            url.starts_with(
                "https://login.microsoftonline.us/organizations/oauth2/v2.0/authorize?"
            )
        );
        assert!(
            url.contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            "{url}"
        );
        assert!(!url.contains(auth_secrets.verifier.expose()));
    }

    #[test]
    fn every_random_value_is_unique() {
        let script = Script::empty();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2 {
            let auth_secrets = AuthSecrets::fresh(script.as_ref()).unwrap();
            for text in [
                auth_secrets.verifier.expose(),
                &auth_secrets.state,
                &auth_secrets.nonce,
            ] {
                assert_eq!(text.len(), 43);
                assert!(seen.insert(text.to_owned()), "{text}");
            }
        }
        script.random.set(false);
        assert!(AuthSecrets::fresh(script.as_ref()).is_none());
    }

    #[test]
    fn debug_output_of_a_token_response_is_redacted() {
        let answer: Answer = serde_json::from_str(
            r#"{"access_token":"hunter2","token_type":"Bearer","refresh_token":"hunter3","id_token":"hunter4"}"#,
        )
        .unwrap();
        assert!(!format!("{answer:?}").contains("hunter"));
    }
}
