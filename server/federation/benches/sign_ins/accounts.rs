//! Fills the store of ProConnect Identité with people while no program runs. They all have the
//! password and the organisation of one account of the sample.

use std::path::Path;

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

/// The account whose password and organisation everybody has. The password is its address.
pub(crate) const MODEL: &str = "user@yopmail.com";

/// The address of one of them, counted from 1.
pub(crate) fn address(number: usize) -> String {
    format!("personne{number}@entreprise.example")
}

/// Makes sure that there are so many.
pub(crate) async fn fill(data: &Path, count: usize) -> anyhow::Result<()> {
    let options = SqliteConnectOptions::new().filename(data.join("federation.sqlite"));
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let mut transaction = connection.begin().await?;
    sqlx::query(
        "WITH RECURSIVE counted (number) AS \
         (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < ?1) \
         INSERT INTO identite_account \
         (email, password_hash, email_verified_at, given_name, family_name, created_at) \
         SELECT 'personne' || number || '@entreprise.example', password_hash, email_verified_at, \
         given_name, family_name, created_at \
         FROM counted, identite_account WHERE email = ?2 ON CONFLICT (email) DO NOTHING",
    )
    .bind(i64::try_from(count)?)
    .bind(MODEL)
    .execute(&mut *transaction)
    .await?;
    sqlx::query(
        "INSERT INTO identite_link (account_id, siret, kind, greeted, created_at) \
         SELECT person.id, siret, kind, greeted, link.created_at \
         FROM identite_account person, identite_link link \
         JOIN identite_account model ON model.id = link.account_id \
         WHERE model.email = ? AND person.email LIKE 'personne%@entreprise.example' \
         ON CONFLICT (account_id, siret) DO NOTHING",
    )
    .bind(MODEL)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    connection.close().await?;
    Ok(())
}
