//! Accounts with their organisations.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::storage::{Store, StoreError};

/// An account as it stands in the store.
#[derive(Clone, Debug)]
pub(crate) struct StoredAccount {
    pub(crate) id: i64,
    /// In lower case.
    pub(crate) email: String,
    /// In PHC form; absent if only links by mail open the account.
    pub(crate) password_hash: Option<String>,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) phone_number: Option<String>,
    pub(crate) job: Option<String>,
    /// When its owner last proved to read the address.
    pub(crate) email_verified_at: Option<i64>,
    /// Sessions that were opened under another number are void.
    pub(crate) generation: i64,
    /// Whether their own second factor is asked for by every service.
    pub(crate) force_second_factor: bool,
    pub(crate) has_totp: bool,
    pub(crate) has_passkey: bool,
}

/// An account's row with what its owner has as second factors.
macro_rules! select_account {
    ($condition:literal) => {
        concat!(
            "SELECT a.*, EXISTS (SELECT 1 FROM identite_totp WHERE account_id = a.id) AS has_totp, \
             EXISTS (SELECT 1 FROM identite_passkey WHERE account_id = a.id) AS has_passkey \
             FROM identite_account a WHERE ",
            $condition
        )
    };
}

impl Store {
    /// The account of an address.
    pub(crate) async fn identite_account(
        &self,
        email: &str,
    ) -> Result<Option<StoredAccount>, StoreError> {
        let row = sqlx::query(select_account!("a.email = ?"))
            .bind(email)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(account))
    }

    /// The account with this number.
    pub(crate) async fn identite_account_by_id(
        &self,
        id: i64,
    ) -> Result<Option<StoredAccount>, StoreError> {
        let row =
            sqlx::query(select_account!("a.id = ?")).bind(id).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(account))
    }

    /// The SIRETs of the organisations that a person belongs to, in the order in which they joined.
    pub(crate) async fn identite_links(&self, id: i64) -> Result<Vec<String>, StoreError> {
        let sirets = sqlx::query_scalar(
            "SELECT siret FROM identite_link WHERE account_id = ? ORDER BY rowid",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        Ok(sirets)
    }

    /// The SIRETs of the organisations that have not decided about a person yet.
    pub(crate) async fn identite_pending(&self, id: i64) -> Result<Vec<String>, StoreError> {
        let sirets = sqlx::query_scalar(
            "SELECT siret FROM identite_moderation \
             WHERE account_id = ? AND moderated_at IS NULL ORDER BY id",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        Ok(sirets)
    }
}

fn account(row: &SqliteRow) -> StoredAccount {
    StoredAccount {
        id: row.get("id"),
        email: row.get("email"),
        password_hash: row.get("password_hash"),
        given_name: row.get("given_name"),
        family_name: row.get("family_name"),
        phone_number: row.get("phone_number"),
        job: row.get("job"),
        email_verified_at: row.get("email_verified_at"),
        generation: row.get("generation"),
        force_second_factor: row.get("force_second_factor"),
        has_totp: row.get("has_totp"),
        has_passkey: row.get("has_passkey"),
    }
}
