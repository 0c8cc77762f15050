//! The hub's accounts as an administrator sees them.

use sqlx::Row as _;

use super::{Store, StoreError};

/// An account of the hub with its identities.
#[derive(Debug)]
pub(crate) struct KnownUser {
    /// What services know the person by.
    pub(crate) sub: String,
    /// Whether an administrator lets it in.
    pub(crate) active: bool,
    pub(crate) last_connection_at: i64,
    /// The uid of an identity provider with the person's `sub` there.
    pub(crate) identities: Vec<(String, String)>,
}

impl Store {
    /// Everybody who signed in so far, the latest first.
    pub(crate) async fn known_users(&self) -> Result<Vec<KnownUser>, StoreError> {
        let rows = sqlx::query(
            "SELECT account.sub, active, last_connection_at, provider_uid, provider_sub \
             FROM account JOIN identity ON identity.sub = account.sub \
             ORDER BY last_connection_at DESC, account.sub, provider_uid, provider_sub",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut users: Vec<KnownUser> = Vec::new();
        for row in rows {
            let sub: String = row.get("sub");
            let identity = (row.get("provider_uid"), row.get("provider_sub"));
            match users.last_mut().filter(|user| user.sub == sub) {
                Some(user) => user.identities.push(identity),
                None => users.push(KnownUser {
                    sub,
                    active: row.get::<i64, _>("active") != 0,
                    last_connection_at: row.get("last_connection_at"),
                    identities: vec![identity],
                }),
            }
        }
        Ok(users)
    }

    /// Lets a person in or keeps them out.
    pub(crate) async fn set_user_active(&self, sub: &str, active: bool) -> Result<(), StoreError> {
        sqlx::query("UPDATE account SET active = ? WHERE sub = ?")
            .bind(i64::from(active))
            .bind(sub)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
