//! Signing keys: written once, never replaced.

use sqlx::Row as _;

use super::{Store, StoreError};
use crate::jose::GeneratedKey;
use crate::protocol::SigningAlg;

impl Store {
    /// The keys of a provider; none before its first start.
    pub(crate) async fn signing_keys(
        &self,
        provider: &str,
    ) -> Result<Vec<GeneratedKey>, StoreError> {
        let rows = sqlx::query("SELECT alg, pem FROM signing_key WHERE provider = ?")
            .bind(provider)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter()
            .map(|row| {
                let alg = serde_json::from_value::<SigningAlg>(row.get::<String, _>("alg").into())?;
                Ok(GeneratedKey { alg, pem: row.get("pem") })
            })
            .collect()
    }

    /// Keeps the keys of a provider.
    pub(crate) async fn keep_signing_keys(
        &self,
        provider: &str,
        keys: &[GeneratedKey],
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        for key in keys {
            sqlx::query("INSERT INTO signing_key (provider, alg, pem) VALUES (?, ?, ?)")
                .bind(provider)
                .bind(key.alg.as_str())
                .bind(&key.pem)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
