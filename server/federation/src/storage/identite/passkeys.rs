//! Passkeys, and the challenges that they are to sign.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::secret::TokenHash;
use crate::storage::{Store, StoreError};

/// A passkey as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredPasskey {
    pub(crate) credential_id: Vec<u8>,
    pub(crate) name: String,
    /// The record of the library that checks signatures, in JSON.
    pub(crate) credential: String,
    /// Whether its device knew the person when it was registered.
    pub(crate) user_verified: bool,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
    pub(crate) use_count: i64,
}

/// A challenge that waits for its answer.
#[derive(Debug)]
pub(crate) struct Ceremony<'a> {
    pub(crate) session: &'a TokenHash,
    pub(crate) purpose: &'static str,
    pub(crate) account: i64,
}

/// A use of a passkey.
#[derive(Debug)]
pub(crate) struct PasskeyUse<'a> {
    pub(crate) account: i64,
    pub(crate) credential_id: &'a [u8],
    /// The record by which the signature was checked, and what it is from now on.
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    pub(crate) at: i64,
}

impl Store {
    /// A person's passkeys, the oldest first.
    pub(crate) async fn identite_passkeys(
        &self,
        account: i64,
    ) -> Result<Vec<StoredPasskey>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM identite_passkey WHERE account_id = ? ORDER BY created_at, credential_id",
        )
        .bind(account)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().map(passkey).collect())
    }

    /// Adds a passkey; `false` if somebody has it.
    pub(crate) async fn insert_identite_passkey(
        &self,
        account: i64,
        passkey: &StoredPasskey,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "INSERT INTO identite_passkey \
             (credential_id, account_id, name, credential, user_verified, created_at) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (credential_id) DO NOTHING",
        )
        .bind(&passkey.credential_id)
        .bind(account)
        .bind(&passkey.name)
        .bind(&passkey.credential)
        .bind(passkey.user_verified)
        .bind(passkey.created_at)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Notes a use; `false` if the passkey is gone, or was used with the same counter meanwhile.
    pub(crate) async fn use_identite_passkey(
        &self,
        used: &PasskeyUse<'_>,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_passkey \
             SET credential = ?, last_used_at = ?, use_count = use_count + 1 \
             WHERE credential_id = ? AND account_id = ? AND credential = ?",
        )
        .bind(used.after)
        .bind(used.at)
        .bind(used.credential_id)
        .bind(used.account)
        .bind(used.before)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Removes a passkey, and with the last second factor the wish to be asked for one everywhere;
    /// `false` if the person has no such passkey.
    pub(crate) async fn delete_identite_passkey(
        &self,
        account: i64,
        credential_id: &[u8],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let result =
            sqlx::query("DELETE FROM identite_passkey WHERE account_id = ? AND credential_id = ?")
                .bind(account)
                .bind(credential_id)
                .execute(&mut *transaction)
                .await?;
        sqlx::query(
            "UPDATE identite_account SET force_second_factor = 0 WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM identite_passkey WHERE account_id = ?1) \
             AND NOT EXISTS (SELECT 1 FROM identite_totp WHERE account_id = ?1)",
        )
        .bind(account)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(result.rows_affected() == 1)
    }

    /// Keeps a challenge; the session's former one for the same purpose is void.
    pub(crate) async fn begin_identite_ceremony(
        &self,
        ceremony: &Ceremony<'_>,
        state: &str,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identite_ceremony \
             (session_hash, purpose, account_id, state, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (session_hash, purpose) DO UPDATE \
             SET account_id = ?3, state = ?4, expires_at = ?5",
        )
        .bind(ceremony.session.as_bytes())
        .bind(ceremony.purpose)
        .bind(ceremony.account)
        .bind(state)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a challenge out: however its answer turns out, it is answered once.
    pub(crate) async fn end_identite_ceremony(
        &self,
        ceremony: &Ceremony<'_>,
        now: i64,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(
            "DELETE FROM identite_ceremony WHERE session_hash = ? AND purpose = ? \
             RETURNING account_id, state, expires_at",
        )
        .bind(ceremony.session.as_bytes())
        .bind(ceremony.purpose)
        .fetch_optional(&self.pool)
        .await?;
        let good = row.filter(|row| {
            row.get::<i64, _>("account_id") == ceremony.account
                && row.get::<i64, _>("expires_at") > now
        });
        Ok(good.map(|row| row.get("state")))
    }
}

fn passkey(row: &SqliteRow) -> StoredPasskey {
    StoredPasskey {
        credential_id: row.get("credential_id"),
        name: row.get("name"),
        credential: row.get("credential"),
        user_verified: row.get("user_verified"),
        created_at: row.get("created_at"),
        last_used_at: row.get("last_used_at"),
        use_count: row.get("use_count"),
    }
}
