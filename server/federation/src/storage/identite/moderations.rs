//! The requests to join an organisation that someone has to decide. A request is open until it
//! is moderated; of each person and organisation at most one is.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::storage::{Store, StoreError};

/// A request with the person who made it.
#[derive(Clone, Debug)]
pub(crate) struct StoredModeration {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) siret: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) created_at: i64,
    pub(crate) moderated_at: Option<i64>,
    pub(crate) reason: Option<String>,
    pub(crate) allow_editing: bool,
    pub(crate) sp_name: Option<String>,
}

/// A request that is made.
#[derive(Debug)]
pub(crate) struct NewModeration<'a> {
    pub(crate) account_id: i64,
    pub(crate) siret: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) sp_name: Option<&'a str>,
    pub(crate) created_at: i64,
}

/// Requests with their people, narrowed down or ordered by what follows.
macro_rules! with_person {
    ($rest:literal) => {
        concat!(
            "SELECT identite_moderation.*, email, given_name, family_name \
             FROM identite_moderation \
             JOIN identite_account ON identite_account.id = account_id ",
            $rest
        )
    };
}

impl Store {
    /// Notes a request, unless one is open, and returns its number.
    pub(crate) async fn open_identite_moderation(
        &self,
        new: &NewModeration<'_>,
    ) -> Result<i64, StoreError> {
        sqlx::query(
            "INSERT INTO identite_moderation \
             (account_id, siret, kind, status, created_at, sp_name) \
             VALUES (?, ?, ?, 'pending', ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(new.account_id)
        .bind(new.siret)
        .bind(new.kind)
        .bind(new.created_at)
        .bind(new.sp_name)
        .execute(&self.pool)
        .await?;
        let id = sqlx::query_scalar(
            "SELECT id FROM identite_moderation \
             WHERE account_id = ? AND siret = ? AND moderated_at IS NULL",
        )
        .bind(new.account_id)
        .bind(new.siret)
        .fetch_one(&self.pool)
        .await?;
        Ok(id)
    }

    /// One request.
    pub(crate) async fn identite_moderation(
        &self,
        id: i64,
    ) -> Result<Option<StoredModeration>, StoreError> {
        let row = sqlx::query(with_person!("WHERE identite_moderation.id = ?"))
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(moderation))
    }

    /// All requests, the open ones first, then the latest.
    pub(crate) async fn identite_moderations(&self) -> Result<Vec<StoredModeration>, StoreError> {
        let query = with_person!(
            "ORDER BY moderated_at IS NOT NULL, moderated_at DESC, identite_moderation.id DESC"
        );
        let rows = sqlx::query(query).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(moderation).collect())
    }

    /// A person's requests, the latest first.
    pub(crate) async fn identite_moderations_of(
        &self,
        account: i64,
    ) -> Result<Vec<StoredModeration>, StoreError> {
        let query = with_person!("WHERE account_id = ? ORDER BY identite_moderation.id DESC");
        let rows = sqlx::query(query).bind(account).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(moderation).collect())
    }

    /// Takes a person's request back; `false` if it is not there.
    pub(crate) async fn delete_identite_moderation(
        &self,
        account: i64,
        id: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "DELETE FROM identite_moderation \
             WHERE id = ? AND account_id = ? AND status <> 'accepted'",
        )
        .bind(id)
        .bind(account)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Opens a refused request again that may be corrected; `false` if it may not.
    pub(crate) async fn reopen_identite_moderation(
        &self,
        account: i64,
        id: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_moderation SET status = 'reopened', moderated_at = NULL \
             WHERE id = ? AND account_id = ? AND status = 'rejected' AND allow_editing = 1",
        )
        .bind(id)
        .bind(account)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Accepts an open request: the person becomes a member by this kind of link. `false` if the
    /// request is not open.
    pub(crate) async fn accept_identite_moderation(
        &self,
        id: i64,
        kind: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let accepted = sqlx::query(
            "UPDATE identite_moderation SET status = 'accepted', moderated_at = ? \
             WHERE id = ? AND moderated_at IS NULL RETURNING account_id, siret",
        )
        .bind(now)
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = accepted else { return Ok(false) };
        sqlx::query(
            "INSERT INTO identite_link (account_id, siret, kind, created_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (account_id, siret) DO UPDATE SET kind = ?3, awaits_code = 0",
        )
        .bind(row.get::<i64, _>("account_id"))
        .bind(row.get::<String, _>("siret"))
        .bind(kind)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Refuses an open request; `false` if it is not open.
    pub(crate) async fn reject_identite_moderation(
        &self,
        id: i64,
        reason: &str,
        allow_editing: bool,
        now: i64,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_moderation \
             SET status = 'rejected', moderated_at = ?, reason = ?, allow_editing = ? \
             WHERE id = ? AND moderated_at IS NULL",
        )
        .bind(now)
        .bind(reason)
        .bind(allow_editing)
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }
}

fn moderation(row: &SqliteRow) -> StoredModeration {
    StoredModeration {
        id: row.get("id"),
        email: row.get("email"),
        given_name: row.get("given_name"),
        family_name: row.get("family_name"),
        siret: row.get("siret"),
        kind: row.get("kind"),
        status: row.get("status"),
        created_at: row.get("created_at"),
        moderated_at: row.get("moderated_at"),
        reason: row.get("reason"),
        allow_editing: row.get::<i64, _>("allow_editing") != 0,
        sp_name: row.get("sp_name"),
    }
}
