//! The end of an account.

use crate::storage::{Store, StoreError};

impl Store {
    /// Deletes an account with everything that belongs to it.
    pub(crate) async fn delete_identite_account(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM identite_account WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends the hub's sessions of somebody who signed in as an identity of a provider, and revokes
    /// the person's tokens.
    pub(crate) async fn sign_out_at_hub(
        &self,
        provider_uid: &str,
        provider_sub: &str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM browser_session WHERE provider = 'hub' \
             AND json_extract(data, '$.login.provider_uid') = ?1 AND json_extract(data, '$.login.sub') IN \
             (SELECT sub FROM identity WHERE provider_uid = ?1 AND provider_sub = ?2)",
            "DELETE FROM client_grant WHERE provider = 'hub' AND json_extract(data, '$.sub') IN \
             (SELECT sub FROM identity WHERE provider_uid = ?1 AND provider_sub = ?2)",
        ] {
            sqlx::query(statement)
                .bind(provider_uid)
                .bind(provider_sub)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
