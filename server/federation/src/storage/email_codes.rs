//! The codes sent by mail, one an address, and the tries at them.

use sqlx::Row as _;

use super::{Store, StoreError};
use crate::secret::TokenHash;

/// A code that is to be sent.
#[derive(Debug)]
pub(crate) struct NewCode<'a> {
    pub(crate) email: &'a str,
    pub(crate) hash: &'a TokenHash,
    pub(crate) sent_at: i64,
    pub(crate) expires_at: i64,
    /// A living code sent at this time or before gives way; a later one stays.
    pub(crate) replaces_before: Option<i64>,
}

/// A code that was sent and still lives.
#[derive(Debug)]
pub(crate) struct SentCode {
    pub(crate) hash: Vec<u8>,
    pub(crate) sent_at: i64,
}

impl Store {
    /// Notes a code; `false` if a living one stays in force.
    pub(crate) async fn claim_email_code(&self, code: &NewCode<'_>) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "INSERT INTO email_code (email, code_hash, sent_at, expires_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (email) DO UPDATE \
             SET code_hash = ?2, sent_at = ?3, expires_at = ?4 \
             WHERE email_code.expires_at <= ?3 OR email_code.sent_at <= ?5",
        )
        .bind(code.email)
        .bind(code.hash.as_bytes())
        .bind(code.sent_at)
        .bind(code.expires_at)
        .bind(code.replaces_before)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// The living code of an address.
    pub(crate) async fn email_code(
        &self,
        email: &str,
        now: i64,
    ) -> Result<Option<SentCode>, StoreError> {
        let row = sqlx::query(
            "SELECT code_hash, sent_at FROM email_code WHERE email = ? AND expires_at > ?",
        )
        .bind(email)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        let sent = |row: sqlx::sqlite::SqliteRow| SentCode {
            hash: row.get("code_hash"),
            sent_at: row.get("sent_at"),
        };
        Ok(row.map(sent))
    }

    /// Takes a code away; `false` if it was taken before.
    pub(crate) async fn delete_email_code(
        &self,
        email: &str,
        hash: &TokenHash,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query("DELETE FROM email_code WHERE email = ? AND code_hash = ?")
            .bind(email)
            .bind(hash.as_bytes())
            .execute(&self.pool)
            .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Counts a try at an address's code; `false` if there were `limit` tries after `since`.
    pub(crate) async fn count_email_code_try(
        &self,
        email: &str,
        now: i64,
        since: i64,
        limit: i64,
    ) -> Result<bool, StoreError> {
        // One statement: simultaneous tries cannot pass the limit together.
        let result = sqlx::query(
            "INSERT INTO email_code_try (email, tried_at) SELECT ?1, ?2 WHERE ?4 > \
             (SELECT count(*) FROM email_code_try WHERE email = ?1 AND tried_at > ?3)",
        )
        .bind(email)
        .bind(now)
        .bind(since)
        .bind(limit)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }
}
