//! What FranceConnect said about people.

use sqlx::{Row as _, Sqlite, Transaction};

use crate::storage::{Store, StoreError};

/// An identity that FranceConnect confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredIdentity {
    /// What stands for the person at FranceConnect.
    pub(crate) sub: String,
    /// All given names, separated by spaces.
    pub(crate) given_name: String,
    /// The family name of birth.
    pub(crate) family_name: String,
    /// The family name in use, if it is another one.
    pub(crate) preferred_username: Option<String>,
    pub(crate) gender: String,
    /// Such as `1984-03-12`.
    pub(crate) birthdate: String,
    /// INSEE's code of the commune, empty for people born abroad.
    pub(crate) birthplace: String,
    /// INSEE's code of the country.
    pub(crate) birthcountry: String,
    /// When FranceConnect said so.
    pub(crate) confirmed_at: i64,
}

impl Store {
    /// What FranceConnect said about the owner of an account.
    pub(crate) async fn identite_identity(
        &self,
        account: i64,
    ) -> Result<Option<StoredIdentity>, StoreError> {
        let row = sqlx::query("SELECT * FROM identite_identity WHERE account_id = ?")
            .bind(account)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| StoredIdentity {
            sub: row.get("sub"),
            given_name: row.get("given_name"),
            family_name: row.get("family_name"),
            preferred_username: row.get("preferred_username"),
            gender: row.get("gender"),
            birthdate: row.get("birthdate"),
            birthplace: row.get("birthplace"),
            birthcountry: row.get("birthcountry"),
            confirmed_at: row.get("confirmed_at"),
        }))
    }

    /// Notes what FranceConnect said, and names the account accordingly.
    pub(crate) async fn confirm_identite_account(
        &self,
        account: i64,
        identity: &StoredIdentity,
        (given_name, family_name): (&str, &str),
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        write_identity(&mut transaction, account, Some(identity)).await?;
        sqlx::query("UPDATE identite_account SET given_name = ?, family_name = ? WHERE id = ?")
            .bind(given_name)
            .bind(family_name)
            .bind(account)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Replaces what is known.
pub(super) async fn write_identity(
    transaction: &mut Transaction<'_, Sqlite>,
    account: i64,
    identity: Option<&StoredIdentity>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identite_identity WHERE account_id = ?")
        .bind(account)
        .execute(&mut **transaction)
        .await?;
    let Some(identity) = identity else { return Ok(()) };
    sqlx::query(
        "INSERT INTO identite_identity (account_id, sub, given_name, family_name, \
         preferred_username, gender, birthdate, birthplace, birthcountry, confirmed_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(account)
    .bind(&identity.sub)
    .bind(&identity.given_name)
    .bind(&identity.family_name)
    .bind(&identity.preferred_username)
    .bind(&identity.gender)
    .bind(&identity.birthdate)
    .bind(&identity.birthplace)
    .bind(&identity.birthcountry)
    .bind(identity.confirmed_at)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
