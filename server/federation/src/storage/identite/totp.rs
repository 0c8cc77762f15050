//! Authenticators, one a person.

use sqlx::Row as _;

use crate::storage::{Store, StoreError};

/// An authenticator as it stands in the store.
#[derive(Debug)]
pub(crate) struct StoredTotp {
    /// Sealed for the account.
    pub(crate) secret: Vec<u8>,
    pub(crate) created_at: i64,
}

impl Store {
    /// A person's authenticator.
    pub(crate) async fn identite_totp(
        &self,
        account: i64,
    ) -> Result<Option<StoredTotp>, StoreError> {
        let row = sqlx::query("SELECT secret, created_at FROM identite_totp WHERE account_id = ?")
            .bind(account)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row
            .map(|row| StoredTotp { secret: row.get("secret"), created_at: row.get("created_at") }))
    }

    /// Gives a person an authenticator in place of the former one. The code of `last_step` was
    /// used to confirm it.
    pub(crate) async fn replace_identite_totp(
        &self,
        account: i64,
        totp: &StoredTotp,
        last_step: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identite_totp (account_id, secret, created_at, last_step) \
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account_id) \
             DO UPDATE SET secret = ?2, created_at = ?3, last_step = ?4",
        )
        .bind(account)
        .bind(&totp.secret)
        .bind(totp.created_at)
        .bind(last_step)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Uses the code of a step up; `false` if it, or a later one, was used before.
    pub(crate) async fn use_identite_totp_step(
        &self,
        account: i64,
        step: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_totp SET last_step = ?2 \
             WHERE account_id = ?1 AND (last_step IS NULL OR last_step < ?2)",
        )
        .bind(account)
        .bind(step)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Takes a person's authenticator away; `false` if there is none. Without any factor left,
    /// none is asked for.
    pub(crate) async fn delete_identite_totp(&self, account: i64) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let deleted = sqlx::query("DELETE FROM identite_totp WHERE account_id = ?")
            .bind(account)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "UPDATE identite_account SET force_second_factor = 0 WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM identite_totp WHERE account_id = ?1) \
             AND NOT EXISTS (SELECT 1 FROM identite_passkey WHERE account_id = ?1)",
        )
        .bind(account)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Sets whether every service gets a second factor; `false` if the person has none for it.
    pub(crate) async fn set_identite_second_factor_everywhere(
        &self,
        account: i64,
        everywhere: bool,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_account SET force_second_factor = ?2 WHERE id = ?1 \
             AND (EXISTS (SELECT 1 FROM identite_totp WHERE account_id = ?1) \
             OR EXISTS (SELECT 1 FROM identite_passkey WHERE account_id = ?1))",
        )
        .bind(account)
        .bind(everywhere)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }
}
