//! Codes and links that were mailed, as hashes, and the tries at them.

use sqlx::Row as _;

use crate::secret::TokenHash;
use crate::storage::{Store, StoreError};

/// A code or link that is to be mailed.
#[derive(Debug)]
pub(crate) struct NewSecret<'a> {
    pub(crate) account: i64,
    pub(crate) purpose: &'static str,
    pub(crate) hash: &'a TokenHash,
    pub(crate) sent_at: i64,
    pub(crate) expires_at: i64,
    /// Whether it takes the place of one that is still good.
    pub(crate) replaces: bool,
}

/// Something that is tried, by or for somebody.
#[derive(Debug)]
pub(crate) struct Try<'a> {
    pub(crate) scope: &'static str,
    pub(crate) subject: &'a str,
    pub(crate) at: i64,
}

impl Store {
    /// Notes a secret; `false` if one that is still good stays in force.
    pub(crate) async fn claim_identite_secret(
        &self,
        secret: &NewSecret<'_>,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "INSERT INTO identite_secret (account_id, purpose, hash, sent_at, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (account_id, purpose) \
             DO UPDATE SET hash = ?3, sent_at = ?4, expires_at = ?5 \
             WHERE ?6 OR identite_secret.expires_at <= ?4",
        )
        .bind(secret.account)
        .bind(secret.purpose)
        .bind(secret.hash.as_bytes())
        .bind(secret.sent_at)
        .bind(secret.expires_at)
        .bind(secret.replaces)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// The hash of the secret that is still good.
    pub(crate) async fn identite_secret(
        &self,
        account: i64,
        purpose: &'static str,
        now: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query(
            "SELECT hash FROM identite_secret \
             WHERE account_id = ? AND purpose = ? AND expires_at > ?",
        )
        .bind(account)
        .bind(purpose)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| row.get("hash")))
    }

    /// When the secret that is still good was mailed.
    pub(crate) async fn identite_secret_sent_at(
        &self,
        account: i64,
        purpose: &'static str,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        let sent_at = sqlx::query_scalar(
            "SELECT sent_at FROM identite_secret \
             WHERE account_id = ? AND purpose = ? AND expires_at > ?",
        )
        .bind(account)
        .bind(purpose)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(sent_at)
    }

    /// The account that a link was mailed to, if it is still good.
    pub(crate) async fn identite_secret_owner(
        &self,
        purpose: &'static str,
        hash: &TokenHash,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        let owner = sqlx::query_scalar(
            "SELECT account_id FROM identite_secret \
             WHERE hash = ? AND purpose = ? AND expires_at > ?",
        )
        .bind(hash.as_bytes())
        .bind(purpose)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(owner)
    }

    /// Uses a secret up; `false` if it was used before.
    pub(crate) async fn use_identite_secret(
        &self,
        account: i64,
        purpose: &'static str,
        hash: &TokenHash,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "DELETE FROM identite_secret WHERE account_id = ? AND purpose = ? AND hash = ?",
        )
        .bind(account)
        .bind(purpose)
        .bind(hash.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Counts a try; `false` if there were `limit` tries after `since`.
    pub(crate) async fn count_identite_try(
        &self,
        tried: &Try<'_>,
        since: i64,
        limit: i64,
    ) -> Result<bool, StoreError> {
        // One statement: simultaneous tries cannot pass the limit together.
        let result = sqlx::query(
            "INSERT INTO identite_try (scope, subject, tried_at) SELECT ?1, ?2, ?3 WHERE ?5 > \
             (SELECT count(*) FROM identite_try \
              WHERE scope = ?1 AND subject = ?2 AND tried_at > ?4)",
        )
        .bind(tried.scope)
        .bind(tried.subject)
        .bind(tried.at)
        .bind(since)
        .bind(limit)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }
}
