//! Signing keys: written once, never replaced.

use super::{Store, StoreError};
use crate::jose::GeneratedKey;
use crate::protocol::SigningAlg;

impl Store {
    /// The key of a provider for an algorithm; none before it is first needed.
    pub(crate) async fn signing_key(
        &self,
        provider: &str,
        alg: SigningAlg,
    ) -> Result<Option<GeneratedKey>, StoreError> {
        let pem = sqlx::query_scalar("SELECT pem FROM signing_key WHERE provider = ? AND alg = ?")
            .bind(provider)
            .bind(alg.as_str())
            .fetch_optional(&self.pool)
            .await?;
        Ok(pem.map(|pem| GeneratedKey { alg, pem }))
    }

    /// Keeps a key.
    pub(crate) async fn keep_signing_key(
        &self,
        provider: &str,
        key: &GeneratedKey,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO signing_key (provider, alg, pem) VALUES (?, ?, ?)")
            .bind(provider)
            .bind(key.alg.as_str())
            .bind(&key.pem)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
