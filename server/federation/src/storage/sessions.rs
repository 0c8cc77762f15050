//! Browser sessions. An update never creates a row: a request that is still running when the
//! session ends cannot bring it back.

use super::{Store, StoreError};
use crate::secret::TokenHash;

impl Store {
    /// The data of a session that has not expired.
    pub(crate) async fn session(
        &self,
        provider: &str,
        id: &TokenHash,
        now: i64,
    ) -> Result<Option<String>, StoreError> {
        let data = sqlx::query_scalar(
            "SELECT data FROM browser_session WHERE provider = ? AND id_hash = ? AND expires_at > ?",
        )
        .bind(provider)
        .bind(id.as_bytes())
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(data)
    }

    /// Begins a session.
    pub(crate) async fn insert_session(
        &self,
        provider: &str,
        id: &TokenHash,
        data: &str,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO browser_session (provider, id_hash, data, expires_at) VALUES (?, ?, ?, ?)",
        )
        .bind(provider)
        .bind(id.as_bytes())
        .bind(data)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Changes a session if it still exists.
    pub(crate) async fn update_session(
        &self,
        provider: &str,
        id: &TokenHash,
        data: &str,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE browser_session SET data = ?, expires_at = ? WHERE provider = ? AND id_hash = ?",
        )
        .bind(data)
        .bind(expires_at)
        .bind(provider)
        .bind(id.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Gives a session, and the grants made in it, another identifier.
    pub(crate) async fn rename_session(
        &self,
        provider: &str,
        old: &TokenHash,
        new: &TokenHash,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        for statement in [
            "UPDATE browser_session SET id_hash = ? WHERE provider = ? AND id_hash = ?",
            "UPDATE client_grant SET session_hash = ? WHERE provider = ? AND session_hash = ?",
        ] {
            sqlx::query(statement)
                .bind(new.as_bytes())
                .bind(provider)
                .bind(old.as_bytes())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Ends the session in which a grant was made, and revokes all grants made in it.
    pub(crate) async fn delete_session_of_grant(
        &self,
        provider: &str,
        grant_id: &str,
    ) -> Result<(), StoreError> {
        let session: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT session_hash FROM client_grant WHERE id = ?")
                .bind(grant_id)
                .fetch_optional(&self.pool)
                .await?;
        let Some(session) = session else { return Ok(()) };
        self.delete_session_by_hash(provider, &session).await
    }

    /// Ends a session and revokes the grants made in it.
    pub(crate) async fn delete_session(
        &self,
        provider: &str,
        id: &TokenHash,
    ) -> Result<(), StoreError> {
        self.delete_session_by_hash(provider, id.as_bytes()).await
    }

    async fn delete_session_by_hash(&self, provider: &str, hash: &[u8]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        for statement in [
            "DELETE FROM browser_session WHERE provider = ? AND id_hash = ?",
            "DELETE FROM client_grant WHERE provider = ? AND session_hash = ?",
        ] {
            sqlx::query(statement).bind(provider).bind(hash).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
