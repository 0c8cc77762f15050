//! Sessions in PostgreSQL: for several instances, or where a database is at hand anyway.
//!
//! Invariant: the database may be down at any time, also at start. Nothing is asked of it before the
//! first use, which brings the schema up to date; an operation that fails changes nothing here, so
//! that the next one finds its way by itself.

use std::str::FromStr as _;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use tokio::sync::OnceCell;

use super::backend::{Backend, BackendError, Key, Lease, Row};

/// Most connections of one instance.
const CONNECTIONS: u32 = 10;
/// How long a request waits for a connection before it is told that the store is down.
const PATIENCE: Duration = Duration::from_secs(5);
/// A connection that rested for this long is tried before it is used: the other end may be gone.
const FRESH: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug)]
pub struct Postgres {
    pool: PgPool,
    schema: OnceCell<()>,
}

type Query = sqlx::query::Query<'static, sqlx::Postgres, PgArguments>;

impl Postgres {
    /// Takes a URL as of `psql`; asks nothing of the database yet.
    pub fn new(url: &str) -> Result<Self, BackendError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(BackendError::Database)?
            .application_name("sessions")
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(|connection, rest| {
                Box::pin(async move {
                    if rest.idle_for >= FRESH {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_lazy_with(options);
        Ok(Self { pool, schema: OnceCell::new() })
    }

    /// The pool, once the schema is up to date.
    async fn ready(&self) -> Result<&PgPool, BackendError> {
        let migrated = self.schema.get_or_try_init(async || {
            sqlx::migrate!("./migrations/postgres").run(&self.pool).await
        });
        migrated.await.map_err(BackendError::Schema)?;
        Ok(&self.pool)
    }

    async fn changed(&self, query: Query) -> Result<u64, BackendError> {
        Ok(soon(query.execute(self.ready().await?)).await?.rows_affected())
    }

    async fn exists(&self, query: Query) -> Result<bool, BackendError> {
        Ok(soon(query.fetch_optional(self.ready().await?)).await?.is_some())
    }
}

/// A database that took a question and then fell silent is down, too.
async fn soon<T>(answer: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, BackendError> {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answer) => answer.map_err(BackendError::Database),
        Err(_) => Err(BackendError::Unavailable),
    }
}

#[async_trait]
impl Backend for Postgres {
    async fn insert(&self, row: &Row) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "INSERT INTO session (key, subject, created_at, last_seen, expires_at, label, sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        )
        .bind(row.key.0.to_vec())
        .bind(row.subject.0.to_vec())
        .bind(row.created_at.timestamp())
        .bind(row.last_seen.timestamp())
        .bind(row.expires_at.timestamp())
        .bind(row.label.clone())
        .bind(row.sealed.clone());
        Ok(self.changed(query).await? == 1)
    }

    async fn load(&self, key: &Key, now: DateTime<Utc>) -> Result<Option<Row>, BackendError> {
        let query = sqlx::query(
            "SELECT key, subject, created_at, last_seen, expires_at, label, sealed
             FROM session WHERE key = $1 AND expires_at > $2",
        )
        .bind(key.0.to_vec())
        .bind(now.timestamp());
        let row = soon(query.fetch_optional(self.ready().await?)).await?;
        row.map(|row| read(&row)).transpose()
    }

    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError> {
        let query = sqlx::query("UPDATE session SET sealed = $1 WHERE key = $2")
            .bind(sealed.to_vec())
            .bind(key.0.to_vec());
        Ok(self.changed(query).await? == 1)
    }

    async fn touch(
        &self,
        key: &Key,
        last_seen: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, BackendError> {
        let query =
            sqlx::query("UPDATE session SET last_seen = $1, expires_at = $2 WHERE key = $3")
                .bind(last_seen.timestamp())
                .bind(expires_at.timestamp())
                .bind(key.0.to_vec());
        Ok(self.changed(query).await? == 1)
    }

    async fn lease(
        &self,
        key: &Key,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Lease, BackendError> {
        let query = sqlx::query_scalar(
            "UPDATE session SET fence = fence + 1, leased_until = $1
             WHERE key = $2 AND leased_until <= $3 RETURNING fence",
        )
        .bind(until.timestamp())
        .bind(key.0.to_vec())
        .bind(now.timestamp());
        if let Some(fence) = soon(query.fetch_optional(self.ready().await?)).await? {
            return Ok(Lease::Taken(fence));
        }
        let query = sqlx::query("SELECT 1 FROM session WHERE key = $1").bind(key.0.to_vec());
        Ok(if self.exists(query).await? { Lease::Held } else { Lease::NoRow })
    }

    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "UPDATE session SET sealed = $1, leased_until = 0 WHERE key = $2 AND fence = $3",
        )
        .bind(sealed.to_vec())
        .bind(key.0.to_vec())
        .bind(fence);
        Ok(self.changed(query).await? == 1)
    }

    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError> {
        let query =
            sqlx::query("UPDATE session SET leased_until = 0 WHERE key = $1 AND fence = $2")
                .bind(key.0.to_vec())
                .bind(fence);
        self.changed(query).await.map(|_| ())
    }

    async fn delete(&self, key: &Key) -> Result<bool, BackendError> {
        let query = sqlx::query("DELETE FROM session WHERE key = $1").bind(key.0.to_vec());
        Ok(self.changed(query).await? == 1)
    }

    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError> {
        let query = sqlx::query(
            "SELECT key, subject, created_at, last_seen, expires_at, label, sealed
             FROM session WHERE subject = ANY($1) AND expires_at > $2 ORDER BY last_seen DESC",
        )
        .bind(bytes(subjects))
        .bind(now.timestamp());
        soon(query.fetch_all(self.ready().await?)).await?.iter().map(read).collect()
    }

    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError> {
        let query = sqlx::query(
            "WITH gone AS (DELETE FROM session WHERE key = ANY($1) RETURNING key, expires_at)
             INSERT INTO revoked_session (key, expires_at) SELECT key, expires_at FROM gone
             ON CONFLICT (key) DO UPDATE SET expires_at = EXCLUDED.expires_at",
        )
        .bind(bytes(keys));
        self.changed(query).await
    }

    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError> {
        let query = sqlx::query("SELECT 1 FROM revoked_session WHERE key = $1");
        self.exists(query.bind(key.0.to_vec())).await
    }

    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "INSERT INTO used_attempt (key, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(attempt.0.to_vec())
        .bind(until.timestamp());
        Ok(self.changed(query).await? == 1)
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError> {
        let mut count = 0;
        for statement in [
            "DELETE FROM used_attempt WHERE expires_at <= $1",
            "DELETE FROM revoked_session WHERE expires_at <= $1",
            "DELETE FROM session WHERE expires_at <= $1",
        ] {
            // Nobody waits for it: it may take its time.
            let query = sqlx::query(statement).bind(now.timestamp());
            let done = query.execute(self.ready().await?).await.map_err(BackendError::Database)?;
            count = done.rows_affected();
        }
        Ok(count)
    }

    async fn ping(&self) -> Result<(), BackendError> {
        soon(sqlx::query("SELECT 1").execute(self.ready().await?)).await.map(|_| ())
    }
}

fn bytes(keys: &[Key]) -> Vec<Vec<u8>> {
    keys.iter().map(|key| key.0.to_vec()).collect()
}

fn read(row: &PgRow) -> Result<Row, BackendError> {
    let key = |column| {
        let bytes: Vec<u8> = row.try_get(column).map_err(BackendError::Database)?;
        bytes.try_into().map(Key).map_err(|_| BackendError::Damaged)
    };
    let time = |column| {
        let seconds: i64 = row.try_get(column).map_err(BackendError::Database)?;
        DateTime::from_timestamp(seconds, 0).ok_or(BackendError::Damaged)
    };
    Ok(Row {
        key: key("key")?,
        subject: key("subject")?,
        created_at: time("created_at")?,
        last_seen: time("last_seen")?,
        expires_at: time("expires_at")?,
        label: row.try_get("label").map_err(BackendError::Database)?,
        sealed: row.try_get("sealed").map_err(BackendError::Database)?,
    })
}
