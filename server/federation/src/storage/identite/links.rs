//! Which organisations people belong to.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::storage::{Store, StoreError};

/// A person's belonging to an organisation.
#[derive(Clone, Debug)]
pub(crate) struct StoredLink {
    pub(crate) kind: String,
    pub(crate) is_external: bool,
    /// Whether the person was welcomed.
    pub(crate) greeted: bool,
}

impl Store {
    /// Makes someone a member; a link that is there already stays as it is.
    pub(crate) async fn insert_identite_link(
        &self,
        account: i64,
        siret: &str,
        (kind, is_external): (&str, bool),
        now: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identite_link (account_id, siret, kind, is_external, created_at) \
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id, siret) DO NOTHING",
        )
        .bind(account)
        .bind(siret)
        .bind(kind)
        .bind(is_external)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// How someone belongs to an organisation.
    pub(crate) async fn identite_link(
        &self,
        account: i64,
        siret: &str,
    ) -> Result<Option<StoredLink>, StoreError> {
        let row = sqlx::query("SELECT * FROM identite_link WHERE account_id = ? AND siret = ?")
            .bind(account)
            .bind(siret)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(link))
    }

    /// Ends a membership; `false` if there was none.
    pub(crate) async fn delete_identite_link(
        &self,
        account: i64,
        siret: &str,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query("DELETE FROM identite_link WHERE account_id = ? AND siret = ?")
            .bind(account)
            .bind(siret)
            .execute(&self.pool)
            .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Notes that someone was welcomed; `false` if they were before.
    pub(crate) async fn greet_identite_member(
        &self,
        account: i64,
        siret: &str,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE identite_link SET greeted = 1 \
             WHERE account_id = ? AND siret = ? AND greeted = 0",
        )
        .bind(account)
        .bind(siret)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// How many members with addresses of a domain each organisation has, the largest first.
    pub(crate) async fn identite_members_of_domain(
        &self,
        domain: &str,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT siret, count(*) AS members FROM identite_link \
             JOIN identite_account ON identite_account.id = identite_link.account_id \
             WHERE substr(email, instr(email, '@') + 1) = ? \
             GROUP BY siret ORDER BY members DESC, siret",
        )
        .bind(domain)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().map(|row| (row.get("siret"), row.get("members"))).collect())
    }
}

fn link(row: &SqliteRow) -> StoredLink {
    StoredLink {
        kind: row.get("kind"),
        is_external: row.get::<i64, _>("is_external") != 0,
        greeted: row.get::<i64, _>("greeted") != 0,
    }
}
