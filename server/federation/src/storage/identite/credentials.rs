//! Changes of what opens an account: its password, its proven address, its names.

use crate::idp::Information;
use crate::storage::{Store, StoreError};

impl Store {
    /// Opens an account; `None` if the address has one.
    pub(crate) async fn create_identite_account(
        &self,
        email: &str,
        password_hash: Option<&str>,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        let id = sqlx::query_scalar(
            "INSERT INTO identite_account (email, password_hash, created_at) VALUES (?, ?, ?) \
             ON CONFLICT (email) DO NOTHING RETURNING id",
        )
        .bind(email)
        .bind(password_hash)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(id)
    }

    /// Gives an account without a password one. Whoever does so has not shown yet that the
    /// address is theirs. `false` if there is a password.
    pub(crate) async fn add_identite_password(
        &self,
        id: i64,
        password_hash: &str,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_account SET password_hash = ?, email_verified_at = NULL \
             WHERE id = ? AND password_hash IS NULL",
        )
        .bind(password_hash)
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Replaces the password for someone who reads the address; all sessions end.
    pub(crate) async fn replace_identite_password(
        &self,
        id: i64,
        password_hash: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE identite_account SET password_hash = ?, email_verified_at = ?, \
             generation = generation + 1 WHERE id = ?",
        )
        .bind(password_hash)
        .bind(now)
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Notes that the person who signed in reads the address.
    pub(crate) async fn verify_identite_email(&self, id: i64, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE identite_account SET email_verified_at = ? WHERE id = ?")
            .bind(now)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Notes that somebody reads the address who need not be the one who signed in before. What
    /// others set up without reading it, a password and sessions, is void.
    pub(crate) async fn claim_identite_email(&self, id: i64, now: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE identite_account SET \
             generation = generation + (email_verified_at IS NULL), \
             password_hash = iif(email_verified_at IS NULL, NULL, password_hash), \
             email_verified_at = ? WHERE id = ?",
        )
        .bind(now)
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Changes the names.
    pub(crate) async fn name_identite_account(
        &self,
        id: i64,
        (given_name, family_name): (&str, &str),
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE identite_account SET given_name = ?, family_name = ? WHERE id = ?")
            .bind(given_name)
            .bind(family_name)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Changes all that the person says about themselves.
    pub(crate) async fn inform_identite_account(
        &self,
        id: i64,
        told: &Information,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE identite_account \
             SET given_name = ?, family_name = ?, phone_number = ?, job = ? WHERE id = ?",
        )
        .bind(&told.given_name)
        .bind(&told.family_name)
        .bind(&told.phone_number)
        .bind(&told.job)
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
