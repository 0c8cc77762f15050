//! Which organisations people belong to.

use std::collections::BTreeSet;

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
    /// Whether a code from the organisation's official address is still to be typed.
    pub(crate) awaits_code: bool,
    /// When the register was last found to name the person as a leader.
    pub(crate) verified_at: Option<i64>,
}

/// A link that is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLink<'a> {
    pub(crate) account: i64,
    pub(crate) siret: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) is_external: bool,
    pub(crate) awaits_code: bool,
}

/// An email domain that is approved for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Approval {
    pub(crate) siret: String,
    /// In lower case.
    pub(crate) domain: String,
    /// Whether it is that of a contractor.
    pub(crate) is_external: bool,
}

impl Store {
    /// Makes someone a member; a link that is there already stays as it is.
    pub(crate) async fn insert_identite_link(
        &self,
        new: &NewLink<'_>,
        now: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO identite_link \
             (account_id, siret, kind, is_external, awaits_code, created_at) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, siret) DO NOTHING",
        )
        .bind(new.account)
        .bind(new.siret)
        .bind(new.kind)
        .bind(new.is_external)
        .bind(new.awaits_code)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Makes someone a certified leader, whatever they were before; whom a moderator was asked
    /// about need not wait any longer.
    pub(crate) async fn certify_identite_member(
        &self,
        account: i64,
        siret: &str,
        kind: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO identite_link (account_id, siret, kind, created_at, verified_at) \
             VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (account_id, siret) \
             DO UPDATE SET kind = excluded.kind, verified_at = excluded.verified_at, awaits_code = 0",
        )
        .bind(account)
        .bind(siret)
        .bind(kind)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM identite_moderation \
             WHERE account_id = ? AND siret = ? AND moderated_at IS NULL",
        )
        .bind(account)
        .bind(siret)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The SIRETs of the organisations that someone belongs to by a kind of link.
    pub(crate) async fn identite_links_of_kind(
        &self,
        account: i64,
        kind: &str,
    ) -> Result<Vec<String>, StoreError> {
        let sirets =
            sqlx::query_scalar("SELECT siret FROM identite_link WHERE account_id = ? AND kind = ?")
                .bind(account)
                .bind(kind)
                .fetch_all(&self.pool)
                .await?;
        Ok(sirets)
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

    /// The organisations whose official address is still to confirm a person.
    pub(crate) async fn identite_links_awaiting_code(
        &self,
        account: i64,
    ) -> Result<Vec<String>, StoreError> {
        let sirets = sqlx::query_scalar(
            "SELECT siret FROM identite_link WHERE account_id = ? AND awaits_code = 1",
        )
        .bind(account)
        .fetch_all(&self.pool)
        .await?;
        Ok(sirets)
    }

    /// Notes which domains are approved. Members of an organisation with addresses of a domain that
    /// was not approved for it before belong to it by that domain from now on, if nothing
    /// stronger ties them to it.
    pub(crate) async fn approve_identite_domains(
        &self,
        approved: &[Approval],
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let rows = sqlx::query("SELECT siret, domain FROM identite_approved_domain")
            .fetch_all(&mut *transaction)
            .await?;
        let known: BTreeSet<(String, String)> =
            rows.iter().map(|row| (row.get("siret"), row.get("domain"))).collect();
        sqlx::query("DELETE FROM identite_approved_domain").execute(&mut *transaction).await?;
        for approval in approved {
            sqlx::query("INSERT OR IGNORE INTO identite_approved_domain VALUES (?, ?)")
                .bind(&approval.siret)
                .bind(&approval.domain)
                .execute(&mut *transaction)
                .await?;
            if known.contains(&(approval.siret.clone(), approval.domain.clone())) {
                continue;
            }
            sqlx::query(
                "UPDATE identite_link SET kind = 'domain', is_external = ?3 \
                 WHERE siret = ?1 AND kind IN ('domain_not_verified_yet', \
                 'no_validation_means_available', \
                 'no_verification_means_for_entreprise_unipersonnelle', \
                 'no_verification_means_for_small_association', \
                 'no_verification_means_for_small_organization') \
                 AND account_id IN (SELECT id FROM identite_account \
                                    WHERE substr(email, instr(email, '@') + 1) = ?2)",
            )
            .bind(&approval.siret)
            .bind(&approval.domain)
            .bind(approval.is_external)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
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
        awaits_code: row.get::<i64, _>("awaits_code") != 0,
        verified_at: row.get("verified_at"),
    }
}
