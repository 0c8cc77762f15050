//! Codes that were mailed to the official address of a town hall or a school, as hashes: one a link.

use sqlx::Row as _;

use crate::secret::TokenHash;
use crate::storage::{Store, StoreError};

/// A code that is still good.
#[derive(Clone, Debug)]
pub(crate) struct ContactCode {
    /// The address that it was mailed to.
    pub(crate) contact: String,
    pub(crate) hash: Vec<u8>,
}

impl Store {
    /// Notes a code in place of the former one; `false` if the link awaits none.
    pub(crate) async fn put_contact_code(
        &self,
        (account, siret): (i64, &str),
        contact: &str,
        hash: &TokenHash,
        expires_at: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "INSERT INTO identite_contact_code (account_id, siret, contact, hash, expires_at) \
             SELECT account_id, siret, ?3, ?4, ?5 FROM identite_link \
             WHERE account_id = ?1 AND siret = ?2 AND awaits_code = 1 \
             ON CONFLICT (account_id, siret) \
             DO UPDATE SET contact = ?3, hash = ?4, expires_at = ?5",
        )
        .bind(account)
        .bind(siret)
        .bind(contact)
        .bind(hash.as_bytes())
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// The code of a link, if it is still good.
    pub(crate) async fn contact_code(
        &self,
        account: i64,
        siret: &str,
        now: i64,
    ) -> Result<Option<ContactCode>, StoreError> {
        let row = sqlx::query(
            "SELECT contact, hash FROM identite_contact_code \
             WHERE account_id = ? AND siret = ? AND expires_at > ?",
        )
        .bind(account)
        .bind(siret)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| ContactCode { contact: row.get("contact"), hash: row.get("hash") }))
    }

    /// Uses a code up: the link awaits none any more. `false` if it was used before.
    pub(crate) async fn use_contact_code(
        &self,
        account: i64,
        siret: &str,
        hash: &TokenHash,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let used = sqlx::query(
            "DELETE FROM identite_contact_code WHERE account_id = ? AND siret = ? AND hash = ?",
        )
        .bind(account)
        .bind(siret)
        .bind(hash.as_bytes())
        .execute(&mut *transaction)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("UPDATE identite_link SET awaits_code = 0 WHERE account_id = ? AND siret = ?")
            .bind(account)
            .bind(siret)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
