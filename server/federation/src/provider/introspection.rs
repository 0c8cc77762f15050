//! Token introspection (RFC 7662), in plain JSON or signed (RFC 9701). Every authenticated
//! client may introspect every token, as in the real federation.

use serde_json::{Map, Value, json};

use super::tokens::presented_token;
use super::{Answer, Failure, Provider};
use crate::protocol::{Checklist, Params};
use crate::storage::{StoredToken, TokenKind};

impl Provider {
    /// Says whether a token is alive and for whom.
    pub(crate) async fn introspect(
        &self,
        params: &Params,
        authorization: Option<&str>,
        accepts_jwt: bool,
        checklist: &mut Checklist,
    ) -> Result<Answer, Failure> {
        let client = self.authenticate(params, authorization, checklist)?;
        let token = presented_token(params, checklist)?;
        let stored = self.store.token(self.name(), &token.hash(), self.clock.unix()).await?;
        let state = match stored.filter(|stored| !stored.rotated) {
            Some(stored) => self.active(&stored),
            None => Map::from_iter([("active".to_owned(), false.into())]),
        };
        let alg = client.introspection_alg.filter(|_| accepts_jwt);
        let Some(alg) = alg else { return Ok(Answer::Json(state)) };
        let claims = Map::from_iter([
            ("iss".to_owned(), self.issuer().into()),
            ("aud".to_owned(), client.id.clone().into()),
            ("iat".to_owned(), self.clock.unix().into()),
            ("token_introspection".to_owned(), Value::Object(state)),
        ]);
        self.signed(&claims, alg, &client.secret, "token-introspection+jwt").await
    }

    fn active(&self, token: &StoredToken) -> Map<String, Value> {
        let mut state = Map::from_iter([
            ("active".to_owned(), true.into()),
            ("sub".to_owned(), token.grant.sub.clone().into()),
            ("client_id".to_owned(), token.grant.client_id.clone().into()),
            ("scope".to_owned(), token.scope.to_string().into()),
            ("iss".to_owned(), self.issuer().into()),
            ("iat".to_owned(), token.issued_at.into()),
            ("exp".to_owned(), token.expires_at.into()),
        ]);
        if token.kind == TokenKind::Access {
            state.insert("token_type".to_owned(), json!("Bearer"));
        }
        state
    }
}
