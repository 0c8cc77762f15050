//! Interactions, and the hub's attempts at identity providers. Both are taken out exactly once.

use sqlx::Row as _;

use super::{Store, StoreError};
use crate::protocol::AuthorizationRequest;
use crate::secret::TokenHash;

/// An attempt at an identity provider as it was stored.
#[derive(Debug)]
pub(crate) struct StoredAttempt {
    pub(crate) interaction_uid: String,
    pub(crate) data: String,
}

impl Store {
    /// Opens an interaction for a validated request.
    pub(crate) async fn insert_interaction(
        &self,
        provider: &str,
        uid: &str,
        request: &AuthorizationRequest,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO interaction (provider, uid, request, expires_at) VALUES (?, ?, ?, ?)",
        )
        .bind(provider)
        .bind(uid)
        .bind(serde_json::to_string(request)?)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The request of an open interaction.
    pub(crate) async fn interaction(
        &self,
        provider: &str,
        uid: &str,
        now: i64,
    ) -> Result<Option<AuthorizationRequest>, StoreError> {
        let request: Option<String> = sqlx::query_scalar(
            "SELECT request FROM interaction WHERE provider = ? AND uid = ? AND expires_at > ?",
        )
        .bind(provider)
        .bind(uid)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(request.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// Closes an interaction; `false` if it was closed before.
    pub(crate) async fn close_interaction(
        &self,
        provider: &str,
        uid: &str,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query("DELETE FROM interaction WHERE provider = ? AND uid = ?")
            .bind(provider)
            .bind(uid)
            .execute(&self.pool)
            .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Notes that the browser leaves for an identity provider.
    pub(crate) async fn insert_attempt(
        &self,
        state: &TokenHash,
        attempt: &StoredAttempt,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO upstream_attempt (state_hash, interaction_uid, data, expires_at) \
             VALUES (?, ?, ?, ?)",
        )
        .bind(state.as_bytes())
        .bind(&attempt.interaction_uid)
        .bind(&attempt.data)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes the attempt that the browser comes back with, if it belongs to one of the browser's
    /// interactions; a second time there is none.
    pub(crate) async fn take_attempt(
        &self,
        state: &TokenHash,
        interactions: &[String],
        now: i64,
    ) -> Result<Option<StoredAttempt>, StoreError> {
        let row = sqlx::query(
            "DELETE FROM upstream_attempt WHERE state_hash = ? AND expires_at > ? \
             AND interaction_uid IN (SELECT value FROM json_each(?)) \
             RETURNING interaction_uid, data",
        )
        .bind(state.as_bytes())
        .bind(now)
        .bind(serde_json::to_string(interactions)?)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| StoredAttempt {
            interaction_uid: row.get("interaction_uid"),
            data: row.get("data"),
        }))
    }
}
