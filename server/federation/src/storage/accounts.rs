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

/// An identity at a provider, and how it may find an account that is there already.
#[derive(Debug)]
pub(crate) struct SeenIdentity<'a> {
    pub(crate) provider_uid: &'a str,
    pub(crate) provider_sub: &'a str,
    /// In lower case.
    pub(crate) email: &'a str,
    /// The provider whose account with the same address a new identity joins.
    pub(crate) joins: Option<&'a str>,
}

impl Store {
    /// Finds the account of an identity, or the one that it joins, or makes one with the given
    /// `sub`.
    pub(crate) async fn account_of(
        &self,
        identity: &SeenIdentity<'_>,
        new_sub: &str,
        now: i64,
    ) -> Result<Account, StoreError> {
        // Immediate: two first sign-ins of one person must not both find nothing.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let found: Option<String> = sqlx::query_scalar(
            "UPDATE identity SET email = ? WHERE provider_uid = ? AND provider_sub = ? \
             RETURNING sub",
        )
        .bind(identity.email)
        .bind(identity.provider_uid)
        .bind(identity.provider_sub)
        .fetch_optional(&mut *transaction)
        .await?;
        let sub = if let Some(sub) = found {
            sub
        } else {
            let joined: Option<String> = sqlx::query_scalar(
                "SELECT account.sub FROM identity JOIN account ON account.sub = identity.sub \
                 WHERE identity.provider_uid = ? AND identity.email = ? \
                 ORDER BY account.last_connection_at DESC LIMIT 1",
            )
            .bind(identity.joins)
            .bind(identity.email)
            .fetch_optional(&mut *transaction)
            .await?;
            let sub = joined.unwrap_or_else(|| new_sub.to_owned());
            sqlx::query(
                "INSERT INTO account (sub, last_connection_at) VALUES (?, ?) \
                 ON CONFLICT (sub) DO NOTHING",
            )
            .bind(&sub)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "INSERT INTO identity (provider_uid, provider_sub, sub, email) VALUES (?, ?, ?, ?)",
            )
            .bind(identity.provider_uid)
            .bind(identity.provider_sub)
            .bind(&sub)
            .bind(identity.email)
            .execute(&mut *transaction)
            .await?;
            sub
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

    /// Whether someone signed in with this address before; it is given in lower case.
    pub(crate) async fn email_is_known(&self, email: &str) -> Result<bool, StoreError> {
        let known = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM identity WHERE email = ?)")
            .bind(email)
            .fetch_one(&self.pool)
            .await?;
        Ok(known)
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
