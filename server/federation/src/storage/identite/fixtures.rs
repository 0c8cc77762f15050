//! The accounts that the configuration defines, as far as they were written into the store.

use std::collections::BTreeMap;

use sqlx::{Row as _, Sqlite, Transaction};

use super::StoredPasskey;
use super::identities::{StoredIdentity, write_identity};
use crate::config::{Link, Rejection};
use crate::secret::TokenHash;
use crate::storage::{Store, StoreError};

/// A configured account that is to be written.
#[derive(Debug)]
pub(crate) struct StoredFixture<'a> {
    /// The number of the account, if there is none with this address yet.
    pub(crate) id: i64,
    pub(crate) email: &'a str,
    pub(crate) password_hash: &'a str,
    pub(crate) given_name: &'a str,
    pub(crate) family_name: &'a str,
    pub(crate) phone_number: Option<&'a str>,
    /// The SIRETs of its organisations.
    pub(crate) members: Vec<&'a str>,
    /// The SIRETs of the organisations that have not decided yet.
    pub(crate) pending: Vec<&'a str>,
    pub(crate) links: &'a [Link],
    pub(crate) rejections: &'a [Rejection],
    pub(crate) passkeys: Vec<StoredPasskey>,
    /// The secret of the authenticator, sealed for the account.
    pub(crate) totp: Option<Vec<u8>>,
    pub(crate) second_factor_everywhere: bool,
    pub(crate) email_verified_at: i64,
    /// What FranceConnect said about its owner.
    pub(crate) identity: Option<StoredIdentity>,
    /// Changes whenever anything in the configuration of the account does.
    pub(crate) definition: TokenHash,
}

impl Store {
    /// The addresses of the configured accounts that were written, with their definitions.
    pub(crate) async fn identite_fixtures(&self) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let rows = sqlx::query("SELECT * FROM identite_fixture").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| (row.get("email"), row.get("definition"))).collect())
    }

    /// Writes a configured account as it is defined; only its number stays.
    pub(crate) async fn write_identite_fixture(
        &self,
        fixture: &StoredFixture<'_>,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO identite_account (id, email, password_hash, email_verified_at, \
             given_name, family_name, phone_number, created_at, force_second_factor) \
             VALUES (?1, ?2, ?3, ?8, ?4, ?5, ?6, ?7, ?9) \
             ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, \
             email_verified_at = excluded.email_verified_at, given_name = excluded.given_name, \
             family_name = excluded.family_name, phone_number = excluded.phone_number, \
             job = NULL, force_second_factor = excluded.force_second_factor RETURNING id",
        )
        .bind(fixture.id)
        .bind(fixture.email)
        .bind(fixture.password_hash)
        .bind(fixture.given_name)
        .bind(fixture.family_name)
        .bind(fixture.phone_number)
        .bind(now)
        .bind(fixture.email_verified_at)
        .bind(fixture.second_factor_everywhere)
        .fetch_one(&mut *transaction)
        .await?;
        write_authenticator(&mut transaction, id, fixture, now).await?;
        write_organisations(&mut transaction, id, fixture, now).await?;
        write_links(&mut transaction, id, fixture.links, now).await?;
        write_rejections(&mut transaction, id, fixture.rejections, now).await?;
        write_passkeys(&mut transaction, id, &fixture.passkeys).await?;
        write_identity(&mut transaction, id, fixture.identity.as_ref()).await?;
        sqlx::query(
            "INSERT INTO identite_fixture (email, definition) VALUES (?, ?) \
             ON CONFLICT (email) DO UPDATE SET definition = excluded.definition",
        )
        .bind(fixture.email)
        .bind(fixture.definition.as_bytes())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes the address of a configured account as proven at a time.
    pub(crate) async fn verify_identite_fixture(
        &self,
        email: &str,
        verified_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE identite_account SET email_verified_at = ? WHERE email = ?")
            .bind(verified_at)
            .bind(email)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Removes an account that the configuration no longer defines.
    pub(crate) async fn delete_identite_fixture(&self, email: &str) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM identite_account WHERE email = ?",
            "DELETE FROM identite_fixture WHERE email = ?",
        ] {
            sqlx::query(statement).bind(email).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets all accounts of ProConnect Identité.
    pub(crate) async fn clear_identite(&self) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM identite_account",
            "DELETE FROM identite_fixture",
            "DELETE FROM identite_approved_domain",
            "DELETE FROM identite_try",
        ] {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

async fn write_authenticator(
    transaction: &mut Transaction<'_, Sqlite>,
    id: i64,
    fixture: &StoredFixture<'_>,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identite_totp WHERE account_id = ?")
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    if let Some(secret) = &fixture.totp {
        sqlx::query("INSERT INTO identite_totp (account_id, secret, created_at) VALUES (?, ?, ?)")
            .bind(id)
            .bind(secret)
            .bind(now)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

async fn write_organisations(
    transaction: &mut Transaction<'_, Sqlite>,
    id: i64,
    fixture: &StoredFixture<'_>,
    now: i64,
) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM identite_link WHERE account_id = ?",
        "DELETE FROM identite_moderation WHERE account_id = ?",
    ] {
        sqlx::query(statement).bind(id).execute(&mut **transaction).await?;
    }
    for siret in &fixture.members {
        sqlx::query(
            "INSERT INTO identite_link (account_id, siret, kind, greeted, created_at) \
             VALUES (?, ?, 'domain', 1, ?)",
        )
        .bind(id)
        .bind(siret)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    }
    for siret in &fixture.pending {
        sqlx::query(
            "INSERT INTO identite_moderation (account_id, siret, kind, status, created_at) \
             VALUES (?, ?, 'organization_join_block', 'pending', ?)",
        )
        .bind(id)
        .bind(siret)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn write_links(
    transaction: &mut Transaction<'_, Sqlite>,
    id: i64,
    links: &[Link],
    now: i64,
) -> Result<(), StoreError> {
    for link in links {
        sqlx::query(
            "INSERT INTO identite_link \
             (account_id, siret, kind, is_external, awaits_code, greeted, created_at, verified_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        )
        .bind(id)
        .bind(link.siret.as_str())
        .bind(&link.kind)
        .bind(link.is_external)
        .bind(link.awaits_code)
        .bind(!link.awaits_code)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn write_rejections(
    transaction: &mut Transaction<'_, Sqlite>,
    id: i64,
    rejections: &[Rejection],
    now: i64,
) -> Result<(), StoreError> {
    for rejection in rejections {
        sqlx::query(
            "INSERT INTO identite_moderation \
             (account_id, siret, kind, status, created_at, moderated_at, reason, allow_editing) \
             VALUES (?1, ?2, 'organization_join_block', 'rejected', ?3, ?3, ?4, ?5)",
        )
        .bind(id)
        .bind(rejection.siret.as_str())
        .bind(now)
        .bind(&rejection.reason)
        .bind(rejection.allow_editing)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn write_passkeys(
    transaction: &mut Transaction<'_, Sqlite>,
    id: i64,
    passkeys: &[StoredPasskey],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identite_passkey WHERE account_id = ?")
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    for passkey in passkeys {
        // The configuration may have moved it from another account.
        sqlx::query(
            "INSERT OR REPLACE INTO identite_passkey \
             (credential_id, account_id, name, credential, user_verified, created_at) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&passkey.credential_id)
        .bind(id)
        .bind(&passkey.name)
        .bind(&passkey.credential)
        .bind(passkey.user_verified)
        .bind(passkey.created_at)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}
