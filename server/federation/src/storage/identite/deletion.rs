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

    /// Ends the hub's sessions in which somebody got tokens as an identity of a provider, with
    /// these tokens.
    pub(crate) async fn sign_out_at_hub(
        &self,
        provider_uid: &str,
        provider_sub: &str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM browser_session WHERE provider = 'hub' AND id_hash IN \
             (SELECT session_hash FROM client_grant JOIN identity \
              ON identity.sub = json_extract(client_grant.data, '$.sub') \
              WHERE client_grant.provider = 'hub' AND provider_uid = ? AND provider_sub = ?)",
            "DELETE FROM client_grant WHERE provider = 'hub' AND json_extract(data, '$.sub') IN \
             (SELECT sub FROM identity WHERE provider_uid = ? AND provider_sub = ?)",
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
