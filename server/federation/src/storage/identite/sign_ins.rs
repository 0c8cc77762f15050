//! The sign-ins of people, for their own eyes.

use sqlx::Row as _;

use crate::storage::{Store, StoreError};

/// How many are kept of each person.
const KEPT: u32 = 30;

/// A sign-in.
#[derive(Clone, Debug)]
pub(crate) struct StoredSignIn {
    /// In seconds since 1970.
    pub(crate) at: i64,
    /// The names in tokens (`amr`), separated by spaces.
    pub(crate) methods: String,
    /// The browser in a few words.
    pub(crate) device: String,
    /// The name of the service for which it was.
    pub(crate) service: Option<String>,
}

impl Store {
    /// Counts a sign-in and notes it; its number.
    pub(crate) async fn insert_identite_sign_in(
        &self,
        account: i64,
        sign_in: &StoredSignIn,
    ) -> Result<i64, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "UPDATE identite_account \
             SET sign_in_count = sign_in_count + 1, last_sign_in_at = ? WHERE id = ?",
        )
        .bind(sign_in.at)
        .bind(account)
        .execute(&mut *transaction)
        .await?;
        let id = sqlx::query_scalar(
            "INSERT INTO identite_sign_in (account_id, at, methods, device, service) \
             VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(account)
        .bind(sign_in.at)
        .bind(&sign_in.methods)
        .bind(&sign_in.device)
        .bind(&sign_in.service)
        .fetch_one(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM identite_sign_in WHERE account_id = ?1 AND id NOT IN \
             (SELECT id FROM identite_sign_in WHERE account_id = ?1 ORDER BY id DESC LIMIT ?2)",
        )
        .bind(account)
        .bind(KEPT)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Notes by which methods a person has signed in by now.
    pub(crate) async fn amend_identite_sign_in(
        &self,
        id: i64,
        methods: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE identite_sign_in SET methods = ? WHERE id = ?")
            .bind(methods)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A person's sign-ins, the latest first.
    pub(crate) async fn identite_sign_ins(
        &self,
        account: i64,
    ) -> Result<Vec<StoredSignIn>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM identite_sign_in WHERE account_id = ? ORDER BY id DESC")
                .bind(account)
                .fetch_all(&self.pool)
                .await?;
        let shown = |row: &sqlx::sqlite::SqliteRow| StoredSignIn {
            at: row.get("at"),
            methods: row.get("methods"),
            device: row.get("device"),
            service: row.get("service"),
        };
        Ok(rows.iter().map(shown).collect())
    }
}
