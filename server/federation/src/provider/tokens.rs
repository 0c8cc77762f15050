//! The token endpoint and revocation. Replaying a code or a retired refresh token revokes the
//! grant with everything that was issued from it (RFC 9700 §2.1.1, §4.14).

use serde::Serialize;

use super::{Failure, KeyringError, Provider, faults};
use crate::jose::{self, Signer};
use crate::protocol::{
    Check, Checklist, Client, Envelope, Grant, OAuthError, Params, Remark, ScopeSet, SigningAlg,
    TokenRequest, id_token_claims,
};
use crate::scenario::Scenario;
use crate::secret::{Token, half_s256};
use crate::storage::{NewToken, StoredToken, TokenKind};

/// A refresh token is replaced once this share of its lifetime, in percent, has passed.
const ROTATE_AFTER_PERCENT: i64 = 70;

/// The answer of the token endpoint.
#[derive(Serialize)]
pub(crate) struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    refresh_token: String,
    scope: ScopeSetText,
}

/// A scope as the space-separated text that OAuth wants.
#[derive(Serialize)]
#[serde(transparent)]
struct ScopeSetText(String);

/// The grant that a token request was found to be entitled to.
struct Entitlement {
    grant_id: String,
    grant: Grant,
    grant_expires_at: i64,
    scope: ScopeSet,
    /// The refresh token that the client keeps, if it keeps one.
    kept: Option<Token>,
}

impl Provider {
    /// Answers a token request.
    pub(crate) async fn token(
        &self,
        params: &Params,
        authorization: Option<&str>,
        checklist: &mut Checklist,
    ) -> Result<TokenResponse, Failure> {
        let client = self.authenticate(params, authorization, checklist)?;
        let request = checklist.check(Check::TokenRequestForm, TokenRequest::parse(params))?;
        let entitlement = match request {
            TokenRequest::Code { code, redirect_uri, code_verifier } => {
                let verifier = code_verifier.as_deref();
                self.redeem(&client, &code, (&redirect_uri, verifier), checklist).await?
            }
            TokenRequest::Refresh { refresh_token, scope } => {
                self.refresh(&client, refresh_token, scope, checklist).await?
            }
        };
        if let Some(scenario) = entitlement.grant.scenario {
            checklist.remark(Remark::Staged(scenario));
        }
        faults::before_tokens(entitlement.grant.scenario).await?;
        self.issue(&client, entitlement).await
    }

    /// Revokes a token. One that is unknown needs no revoking.
    pub(crate) async fn revoke(
        &self,
        params: &Params,
        authorization: Option<&str>,
        checklist: &mut Checklist,
    ) -> Result<(), Failure> {
        let client = self.authenticate(params, authorization, checklist)?;
        let token = presented_token(params, checklist)?;
        let found = self.store.token(self.name(), &token.hash(), self.clock.unix()).await?;
        let Some(found) = found else { return Ok(()) };
        let own = (found.grant.client_id == client.id)
            .then_some(())
            .ok_or_else(|| OAuthError::invalid_request("this token does not belong to you"));
        checklist.check(Check::TokenOfThisClient, own)?;
        match found.kind {
            TokenKind::Access => self.store.delete_token(&token.hash()).await?,
            TokenKind::Refresh => self.store.delete_grant(&found.grant_id).await?,
        }
        Ok(())
    }

    async fn redeem(
        &self,
        client: &Client,
        code: &Token,
        (redirect_uri, code_verifier): (&str, Option<&str>),
        checklist: &mut Checklist,
    ) -> Result<Entitlement, Failure> {
        let now = self.clock.unix();
        let stored = self.store.code(self.name(), &code.hash()).await?;
        let stored = checklist.check(Check::CodeKnown, stored.ok_or_else(refused))?;
        // Before the replay check: a stranger's request must not revoke anything.
        stored.binding.verify(&client.id, redirect_uri, code_verifier, checklist)?;
        let fresh = !stored.redeemed && self.store.redeem_code(&code.hash(), now).await?;
        if !fresh {
            tracing::warn!("an authorization code was replayed: its grant is revoked");
            self.store.delete_grant(&stored.grant_id).await?;
        }
        checklist.check(Check::CodeUnused, granted(fresh))?;
        checklist.check(Check::CodeFresh, granted(now < stored.expires_at))?;
        Ok(Entitlement {
            grant_id: stored.grant_id,
            scope: stored.grant.scope.clone(),
            grant_expires_at: stored.grant_expires_at,
            grant: stored.grant,
            kept: None,
        })
    }

    async fn refresh(
        &self,
        client: &Client,
        refresh_token: Token,
        scope: Option<ScopeSet>,
        checklist: &mut Checklist,
    ) -> Result<Entitlement, Failure> {
        let now = self.clock.unix();
        let stored = self
            .store
            .token(self.name(), &refresh_token.hash(), now)
            .await?
            .filter(|stored| {
                stored.kind == TokenKind::Refresh && stored.grant.client_id == client.id
            })
            .ok_or_else(refused);
        let stored = checklist.check(Check::RefreshTokenKnown, stored)?;
        if stored.rotated {
            tracing::warn!("a retired refresh token was replayed: its grant is revoked");
            self.store.delete_grant(&stored.grant_id).await?;
        }
        checklist.check(Check::RefreshTokenCurrent, granted(!stored.rotated))?;
        let scope = checklist.check(Check::ScopeWithinGrant, narrowed(&stored.scope, scope))?;
        let kept = if is_due_for_rotation(&stored, now) {
            if !self.store.rotate_token(&refresh_token.hash(), now).await? {
                return Err(OAuthError::invalid_grant().into());
            }
            None
        } else {
            Some(refresh_token)
        };
        Ok(Entitlement {
            grant_id: stored.grant_id,
            grant: stored.grant,
            grant_expires_at: stored.grant_expires_at,
            scope,
            kept,
        })
    }

    async fn issue(
        &self,
        client: &Client,
        entitlement: Entitlement,
    ) -> Result<TokenResponse, Failure> {
        let now = self.clock.unix();
        let lifetimes = self.lifetimes();
        let token = |kind: TokenKind, token: &Token, lifetime: u32| NewToken {
            hash: token.hash(),
            kind,
            grant_id: &entitlement.grant_id,
            scope: if kind == TokenKind::Access {
                &entitlement.scope
            } else {
                &entitlement.grant.scope
            },
            issued_at: now,
            expires_at: (now + i64::from(lifetime)).min(entitlement.grant_expires_at),
        };
        let access = Token::random();
        let access_row = token(TokenKind::Access, &access, lifetimes.access_token);
        let expires_in = access_row.expires_at - now;
        self.keep(access_row).await?;
        let refresh = if let Some(kept) = &entitlement.kept {
            kept.clone()
        } else {
            let fresh = Token::random();
            let row = token(TokenKind::Refresh, &fresh, lifetimes.refresh_token);
            self.keep(row).await?;
            fresh
        };
        let id_token = if entitlement.scope.contains("openid") {
            Some(self.id_token(client, &entitlement.grant, &access).await?)
        } else {
            None
        };
        Ok(TokenResponse {
            access_token: access.expose().to_owned(),
            token_type: "Bearer",
            expires_in,
            id_token,
            refresh_token: refresh.expose().to_owned(),
            scope: ScopeSetText(entitlement.scope.to_string()),
        })
    }

    /// A replay may revoke the grant while the first request is still being answered.
    async fn keep(&self, token: NewToken<'_>) -> Result<(), Failure> {
        if self.store.insert_token(self.name(), token).await? {
            Ok(())
        } else {
            Err(OAuthError::invalid_grant().into())
        }
    }

    async fn id_token(
        &self,
        client: &Client,
        grant: &Grant,
        access_token: &Token,
    ) -> Result<String, Failure> {
        let mut claims = id_token_claims(
            grant,
            Envelope {
                issuer: self.issuer(),
                now: self.clock.unix(),
                lifetime: self.lifetimes().id_token,
                at_hash: half_s256(access_token.expose()),
            },
        );
        faults::id_token_claims(grant.scenario, &mut claims);
        let signer = self.id_token_signer(client, grant.scenario).await?;
        Ok(faults::id_token(
            grant.scenario,
            client.id_token_alg,
            jose::sign(&claims, &signer, "JWT")?,
        ))
    }

    /// What an ID token is signed with: the provider's key, or what a scenario puts in its place.
    async fn id_token_signer<'a>(
        &self,
        client: &'a Client,
        scenario: Option<Scenario>,
    ) -> Result<Signer<'a>, KeyringError> {
        let (name, alg) = (self.name(), client.id_token_alg);
        match (scenario, alg) {
            (Some(Scenario::UnknownKey), SigningAlg::RS256 | SigningAlg::ES256) => {
                Ok(Signer::Key(self.keyring.stray(name, alg).await?))
            }
            (Some(Scenario::KeyRotation), SigningAlg::RS256 | SigningAlg::ES256) => {
                self.keyring.rotate(name, alg).await?;
                self.keyring.signer(name, alg, &client.secret).await
            }
            _ => self.keyring.signer(name, alg, &client.secret).await,
        }
    }
}

/// The token that introspection and revocation are about.
pub(super) fn presented_token(
    params: &Params,
    checklist: &mut Checklist,
) -> Result<Token, OAuthError> {
    let token = params.non_empty("token").ok_or_else(|| OAuthError::missing("token"));
    checklist.check(Check::TokenPresent, token).map(Token::presented)
}

fn refused() -> OAuthError {
    OAuthError::invalid_grant()
}

fn granted(holds: bool) -> Result<(), OAuthError> {
    if holds { Ok(()) } else { Err(refused()) }
}

/// A refresh may ask for less than was granted, never for more.
fn narrowed(granted: &ScopeSet, requested: Option<ScopeSet>) -> Result<ScopeSet, OAuthError> {
    match requested {
        None => Ok(granted.clone()),
        Some(scope) if scope.iter().all(|name| granted.contains(name)) => Ok(scope),
        Some(_) => Err(OAuthError::new("invalid_scope", "refresh token missing requested scope")),
    }
}

fn is_due_for_rotation(token: &StoredToken, now: i64) -> bool {
    let lifetime = token.expires_at - token.issued_at;
    (now - token.issued_at) * 100 >= lifetime * ROTATE_AFTER_PERCENT
}
