//! Renews tokens before they expire, once for all waiting requests, and checks whose token it is.

use crate::auth::session::TokenRenewal;
use std::rc::Rc;
use std::time::Duration;

use crate::auth::account::Audience;
use crate::auth::embedding;
use crate::auth::id_token;
use crate::auth::id_token::Expected;
use crate::auth::pkce;
use crate::auth::pkce::Endpoint;
use crate::auth::pkce::Grant;
use crate::auth::pkce::TokenFault;
use crate::auth::session::Inner;
use crate::auth::session::Session;
use crate::auth::session::Token;
use crate::auth::session::TokenSource;
use crate::auth::session::needs;
use crate::auth::sign_in;
use crate::net::Authorization;
use crate::net::Failure;
use crate::net::Observer;
use crate::net::SignInReason;
use domain::entra::EntraReason;
use domain::secret::Secret;

/// A token this close to its expiry is renewed before use.
const MARGIN: Duration = Duration::from_secs(5 * 60);
/// Assumed lifetime if Microsoft Entra ID omits it, which it never does.
const USUAL_LIFE: Duration = Duration::from_secs(30 * 60);

/// Ends a renewal even if its caller stops waiting, so that other requests do not wait forever.
struct Ending<'a> {
    inner: &'a Inner,
    audience: Audience,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if let Some(renewal) = self.inner.renewals.borrow_mut().remove(&self.audience) {
            renewal.over.cancel();
        }
    }
}

impl Session {
    /// Returns the authorization for a service, and renews its token first if necessary.
    pub(super) async fn pass(
        &self,
        audience: Audience,
        watch: &Observer,
    ) -> Result<Authorization, Failure> {
        let now = self.0.world.elapsed();
        let left = self
            .0
            .tokens
            .borrow()
            .get(&audience)
            .map(|token| (token.ends.saturating_sub(now), token.margin));
        match left {
            Some((left, margin)) if left > margin => {}
            Some((left, _)) => {
                let renewed = self.renew_together(audience, watch).await;
                // The sign-in service is temporarily unavailable, but this token is still valid.
                let usable = !left.is_zero() && renewed.as_ref().is_err_and(is_passing);
                if !usable {
                    renewed?;
                }
            }
            None => self.renew_together(audience, watch).await?,
        }
        let tokens = self.0.tokens.borrow();
        let token = tokens
            .get(&audience)
            .ok_or_else(|| needs(SignInReason::SignedOut))?;
        Ok(Authorization {
            host: audience.host(self.cloud()),
            step_header: audience.step_header(),
            authorization: token.authorization.clone(),
        })
    }

    /// Gets a new token once for all requests that need it at the same time.
    pub(super) async fn renew_together(
        &self,
        audience: Audience,
        watch: &Observer,
    ) -> Result<(), Failure> {
        loop {
            let running = self.0.renewals.borrow().get(&audience).cloned();
            let Some(renewal) = running else {
                let renewal = Rc::new(TokenRenewal::default());
                self.0
                    .renewals
                    .borrow_mut()
                    .insert(audience, Rc::clone(&renewal));
                let _ending = Ending {
                    inner: &self.0,
                    audience,
                };
                let outcome = self.renew(audience, None, watch).await;
                renewal.outcome.replace(Some(outcome.clone()));
                return outcome;
            };
            renewal.over.cancelled().await;
            match renewal.outcome.borrow().as_ref() {
                // Another run was cancelled, not this one.
                None | Some(Err(Failure::Cancelled)) => {}
                Some(outcome) => return outcome.clone(),
            }
        }
    }

    /// Gets a new token. If it fails, the request that needs the token was not carried out, and the failure says so.
    pub(super) async fn renew(
        &self,
        audience: Audience,
        claims: Option<&str>,
        watch: &Observer,
    ) -> Result<(), Failure> {
        let app = &self.0.app;
        let TokenSource::Entra {
            client_id,
            redirect_uri,
            ..
        } = &app.source
        else {
            return embedding::renew(self, audience, claims, watch).await;
        };
        let gone = || {
            needs(if self.0.signed_out.get() {
                SignInReason::SignedOut
            } else {
                SignInReason::Expired
            })
        };
        let refresh = self.0.refresh.borrow().clone().ok_or_else(gone)?;
        let tenant = self.tenant().to_string();
        let endpoint = Endpoint {
            cloud: app.cloud,
            // The session's tenant, not the segment used at sign-in.
            tenant: &tenant,
            client_id: *client_id,
            redirect_uri,
        };
        let scope = sign_in::token_scope(app.cloud, app.scopes, audience);
        let grant = pkce::renew(
            &self.0.net,
            self.0.world.as_ref(),
            &endpoint,
            &refresh,
            &scope,
            claims,
            watch,
        )
        .await
        .map_err(not_renewed)?;
        let expected = Expected {
            cloud: app.cloud,
            client_id: *client_id,
            tenant: Some(self.tenant()),
            nonce: None,
            now: None,
        };
        // The access token is opaque, so an ID token that comes with it says whose it is. The ID token is optional (OpenID Connect Core
        // 1.0, 12.2); without it, the token belongs to the user of the refresh token.
        if let Some(token) = &grant.id_token {
            let identity = id_token::read(token, &expected).ok();
            if identity.is_none_or(|it| it.account.object_id != self.account().object_id) {
                return Err(needs(SignInReason::OtherAccount));
            }
        }
        if self.0.signed_out.get() {
            return Err(gone());
        }
        self.keep(audience, grant);
        Ok(())
    }

    /// Replaces the old tokens, which are wiped.
    pub(super) fn keep(&self, audience: Audience, grant: Grant) {
        let life = grant.lives.unwrap_or(USUAL_LIFE);
        let scopes = match grant.scopes {
            // "https://graph.microsoft.com/User.Read" or "User.Read": the last segment is the name.
            Some(scopes) => scopes
                .into_iter()
                .map(|scope| scope.rsplit('/').next().unwrap_or_default().to_owned())
                .collect(),
            // OAuth 2.0: without a list, the scopes are the requested ones.
            None => self
                .0
                .app
                .scopes
                .of(audience)
                .into_iter()
                .map(|scope| scope.name().to_owned())
                .collect(),
        };
        self.0.tokens.borrow_mut().insert(
            audience,
            Token {
                authorization: Secret::new(format!("Bearer {}", grant.access.expose())),
                ends: self.0.world.elapsed().saturating_add(life),
                margin: MARGIN.min(life / 2),
                scopes,
            },
        );
        if let Some(refresh) = grant.refresh.filter(|it| !it.expose().is_empty()) {
            self.0.refresh.replace(Some(refresh));
        }
    }
}

/// A failed renewal means that the request that needs the token was not carried out.
fn not_renewed(fault: TokenFault) -> Failure {
    match fault {
        TokenFault::Refused(refusal) => needs(SignInReason::Refused(refusal)),
        TokenFault::Net(Failure::Throttled { wait }) => Failure::Throttled { wait },
        TokenFault::Net(Failure::Cancelled) => Failure::Cancelled,
        // An unclear token response says nothing about the request, which was not sent.
        TokenFault::Net(_) => Failure::NoToken,
        TokenFault::BadRequest => Failure::NotSent,
    }
}

/// True if Microsoft Entra ID is temporarily unavailable. The session may still be valid.
fn is_passing(failure: &Failure) -> bool {
    if let Failure::SignInNeeded {
        why: SignInReason::Refused(refusal),
    } = failure
    {
        return refusal.reason == EntraReason::Busy;
    }
    matches!(failure, Failure::NotSent | Failure::NoToken)
}
