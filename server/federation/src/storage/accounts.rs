//! The hub's accounts: which `sub` stands for which identity of which provider.

use sqlx::Row as _;

use super::{Store, StoreError};

/// An account of the hub.
#[derive(Debug)]
pub(crate) struct Account {
    /// The same for every service.
    pub(crate) sub: String,
    /// Whether an administrator lets it in.
    pub(crate) active: bool,
}

impl Store {
    /// Finds the account of an identity, or makes one with the given `sub`.
    pub(crate) async fn account_of(
        &self,
        provider_uid: &str,
        provider_sub: &str,
        new_sub: &str,
        now: i64,
    ) -> Result<Account, StoreError> {
        // Immediate: two first sign-ins of one person must not both find nothing.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let found: Option<String> = sqlx::query_scalar(
            "SELECT sub FROM identity WHERE provider_uid = ? AND provider_sub = ?",
        )
        .bind(provider_uid)
        .bind(provider_sub)
        .fetch_optional(&mut *transaction)
        .await?;
        let sub = if let Some(sub) = found {
            sub
        } else {
            sqlx::query("INSERT INTO account (sub, last_connection_at) VALUES (?, ?)")
                .bind(new_sub)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("INSERT INTO identity (provider_uid, provider_sub, sub) VALUES (?, ?, ?)")
                .bind(provider_uid)
                .bind(provider_sub)
                .bind(new_sub)
                .execute(&mut *transaction)
                .await?;
            new_sub.to_owned()
        };
        let row = sqlx::query(
            "UPDATE account SET last_connection_at = ? WHERE sub = ? RETURNING sub, active",
        )
        .bind(now)
        .bind(&sub)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Account { sub: row.get("sub"), active: row.get::<i64, _>("active") != 0 })
    }

    /// Whether the account is still let in.
    pub(crate) async fn account_is_active(&self, sub: &str) -> Result<bool, StoreError> {
        let active: Option<i64> = sqlx::query_scalar("SELECT active FROM account WHERE sub = ?")
            .bind(sub)
            .fetch_optional(&self.pool)
            .await?;
        Ok(active == Some(1))
    }
}
