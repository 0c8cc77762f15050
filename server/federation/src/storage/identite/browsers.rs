//! The browsers in which people proved who they are.

use sqlx::Row as _;

use crate::secret::TokenHash;
use crate::storage::{Store, StoreError};

/// A browser that is trusted from now on.
#[derive(Debug)]
pub(crate) struct TrustedBrowser<'a> {
    pub(crate) token: &'a TokenHash,
    pub(crate) account: i64,
    pub(crate) device: &'a str,
    pub(crate) since: i64,
    pub(crate) until: i64,
}

/// A browser that is trusted.
#[derive(Debug)]
pub(crate) struct StoredBrowser {
    pub(crate) token: TokenHash,
    pub(crate) device: String,
    pub(crate) since: i64,
    pub(crate) last_seen: i64,
}

impl Store {
    /// The browsers that a person trusts, the latest first.
    pub(crate) async fn identite_browsers(
        &self,
        account: i64,
        now: i64,
    ) -> Result<Vec<StoredBrowser>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM identite_trusted_browser WHERE account_id = ? AND expires_at > ? \
             ORDER BY last_seen_at DESC, created_at DESC, token_hash",
        )
        .bind(account)
        .bind(now)
        .fetch_all(&self.pool)
        .await?;
        let trusted = |row: &sqlx::sqlite::SqliteRow| {
            Some(StoredBrowser {
                token: TokenHash::stored(row.get("token_hash"))?,
                device: row.get("device"),
                since: row.get("created_at"),
                last_seen: row.get("last_seen_at"),
            })
        };
        Ok(rows.iter().filter_map(trusted).collect())
    }

    /// Trusts a browser.
    pub(crate) async fn trust_identite_browser(
        &self,
        browser: &TrustedBrowser<'_>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identite_trusted_browser \
             (token_hash, account_id, created_at, last_seen_at, expires_at, device) \
             VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
        )
        .bind(browser.token.as_bytes())
        .bind(browser.account)
        .bind(browser.since)
        .bind(browser.until)
        .bind(browser.device)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether the account's owner trusts the browser, which is noted as seen.
    pub(crate) async fn see_identite_browser(
        &self,
        token: &TokenHash,
        account: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_trusted_browser SET last_seen_at = ?3 \
             WHERE token_hash = ?1 AND account_id = ?2 AND expires_at > ?3",
        )
        .bind(token.as_bytes())
        .bind(account)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Trusts a browser no longer; `false` if it was not trusted.
    pub(crate) async fn forget_identite_browser(
        &self,
        token: &TokenHash,
        account: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "DELETE FROM identite_trusted_browser WHERE token_hash = ? AND account_id = ?",
        )
        .bind(token.as_bytes())
        .bind(account)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Trusts no browser of a person any longer.
    pub(crate) async fn forget_identite_browsers(&self, account: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM identite_trusted_browser WHERE account_id = ?")
            .bind(account)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
