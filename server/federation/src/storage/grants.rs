//! Grants with their codes and tokens. Redeeming a code and rotating a token are single
//! statements that succeed for one caller only, however many try at once.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Store, StoreError};
use crate::protocol::{CodeBinding, Grant, ScopeSet};
use crate::secret::TokenHash;

/// The two kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// A code with what it was issued for.
#[derive(Debug)]
pub(crate) struct StoredCode {
    pub(crate) grant_id: String,
    pub(crate) binding: CodeBinding,
    pub(crate) grant: Grant,
    pub(crate) grant_expires_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) redeemed: bool,
}

/// A token with its grant.
#[derive(Debug)]
pub(crate) struct StoredToken {
    pub(crate) kind: TokenKind,
    pub(crate) grant_id: String,
    pub(crate) grant: Grant,
    pub(crate) grant_expires_at: i64,
    pub(crate) scope: ScopeSet,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) rotated: bool,
}

/// A token about to be stored.
#[derive(Debug)]
pub(crate) struct NewToken<'a> {
    pub(crate) hash: TokenHash,
    pub(crate) kind: TokenKind,
    pub(crate) grant_id: &'a str,
    pub(crate) scope: &'a ScopeSet,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
}

impl Store {
    /// Keeps a grant together with the code that stands for it.
    pub(crate) async fn insert_grant(
        &self,
        provider: &str,
        session: &TokenHash,
        grant: (&Grant, i64),
        code: (&TokenHash, &CodeBinding, i64),
    ) -> Result<(), StoreError> {
        let id = uuid::Uuid::new_v4().to_string();
        let mut transaction = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO client_grant (id, provider, session_hash, data, expires_at) \
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(provider)
        .bind(session.as_bytes())
        .bind(serde_json::to_string(grant.0)?)
        .bind(grant.1)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO authorization_code (hash, provider, grant_id, binding, expires_at) \
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(code.0.as_bytes())
        .bind(provider)
        .bind(&id)
        .bind(serde_json::to_string(code.1)?)
        .bind(code.2)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Finds a code, redeemed or not.
    pub(crate) async fn code(
        &self,
        provider: &str,
        hash: &TokenHash,
    ) -> Result<Option<StoredCode>, StoreError> {
        let row = sqlx::query(
            "SELECT grant_id, binding, data, client_grant.expires_at AS grant_expires_at, \
                    authorization_code.expires_at, redeemed_at \
             FROM authorization_code JOIN client_grant ON client_grant.id = grant_id \
             WHERE hash = ? AND authorization_code.provider = ?",
        )
        .bind(hash.as_bytes())
        .bind(provider)
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            Ok(StoredCode {
                grant_id: row.get("grant_id"),
                binding: serde_json::from_str(row.get("binding"))?,
                grant: serde_json::from_str(row.get("data"))?,
                grant_expires_at: row.get("grant_expires_at"),
                expires_at: row.get("expires_at"),
                redeemed: row.get::<Option<i64>, _>("redeemed_at").is_some(),
            })
        })
        .transpose()
    }

    /// Redeems a code; `false` if someone else was faster.
    pub(crate) async fn redeem_code(&self, hash: &TokenHash, now: i64) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "UPDATE authorization_code SET redeemed_at = ? WHERE hash = ? AND redeemed_at IS NULL",
        )
        .bind(now)
        .bind(hash.as_bytes())
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Keeps a token; `false` if its grant was revoked in the meantime.
    pub(crate) async fn insert_token(
        &self,
        provider: &str,
        token: NewToken<'_>,
    ) -> Result<bool, StoreError> {
        let result = sqlx::query(
            "INSERT INTO token (hash, provider, kind, grant_id, scope, issued_at, expires_at) \
             SELECT ?, ?, ?, id, ?, ?, ? FROM client_grant WHERE id = ?",
        )
        .bind(token.hash.as_bytes())
        .bind(provider)
        .bind(token.kind.as_str())
        .bind(token.scope.to_string())
        .bind(token.issued_at)
        .bind(token.expires_at)
        .bind(token.grant_id)
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Finds a token of either kind that has not expired, rotated or not.
    pub(crate) async fn token(
        &self,
        provider: &str,
        hash: &TokenHash,
        now: i64,
    ) -> Result<Option<StoredToken>, StoreError> {
        let row = sqlx::query(
            "SELECT kind, grant_id, data, client_grant.expires_at AS grant_expires_at, scope, \
                    issued_at, token.expires_at, rotated_at \
             FROM token JOIN client_grant ON client_grant.id = grant_id \
             WHERE hash = ? AND token.provider = ? AND token.expires_at > ?",
        )
        .bind(hash.as_bytes())
        .bind(provider)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(read_token).transpose()
    }

    /// Retires a refresh token; `false` if it was retired before.
    pub(crate) async fn rotate_token(
        &self,
        hash: &TokenHash,
        now: i64,
    ) -> Result<bool, StoreError> {
        let result =
            sqlx::query("UPDATE token SET rotated_at = ? WHERE hash = ? AND rotated_at IS NULL")
                .bind(now)
                .bind(hash.as_bytes())
                .execute(&self.pool)
                .await?;
        Ok(result.rows_affected() == 1)
    }

    /// Revokes one token.
    pub(crate) async fn delete_token(&self, hash: &TokenHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM token WHERE hash = ?")
            .bind(hash.as_bytes())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Revokes a grant with all its codes and tokens.
    pub(crate) async fn delete_grant(&self, grant_id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM client_grant WHERE id = ?")
            .bind(grant_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn read_token(row: &SqliteRow) -> Result<StoredToken, StoreError> {
    let kind: String = row.get("kind");
    Ok(StoredToken {
        kind: if kind == "access" { TokenKind::Access } else { TokenKind::Refresh },
        grant_id: row.get("grant_id"),
        grant: serde_json::from_str(row.get("data"))?,
        grant_expires_at: row.get("grant_expires_at"),
        scope: ScopeSet::parse(row.get("scope")),
        issued_at: row.get("issued_at"),
        expires_at: row.get("expires_at"),
        rotated: row.get::<Option<i64>, _>("rotated_at").is_some(),
    })
}
