//! Sessions in one SQLite file: the default, survives a restart.

use std::cmp::Reverse;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};

use super::backend::{Backend, BackendError, Key, Lease, Row};

/// See the module.
#[derive(Debug, Clone)]
pub struct Sqlite(SqlitePool);

impl Sqlite {
    /// Opens the file, made if absent, and brings its schema up to date.
    pub async fn open(path: &Path) -> Result<Self, BackendError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(BackendError::Database)?;
        sqlx::migrate!("./migrations/sqlite").run(&pool).await.map_err(BackendError::Schema)?;
        Ok(Self(pool))
    }

    async fn changed(
        &self,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<u64, BackendError> {
        let done = query.execute(&self.0).await.map_err(BackendError::Database)?;
        Ok(done.rows_affected())
    }
}

#[async_trait]
impl Backend for Sqlite {
    async fn insert(&self, row: &Row) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "INSERT INTO session (key, subject, created_at, last_seen, expires_at, label, sealed)
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
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
        sqlx::query(
            "SELECT key, subject, created_at, last_seen, expires_at, label, sealed
             FROM session WHERE key = ? AND expires_at > ?",
        )
        .bind(key.0.to_vec())
        .bind(now.timestamp())
        .fetch_optional(&self.0)
        .await
        .map_err(BackendError::Database)?
        .map(|row| read(&row))
        .transpose()
    }

    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError> {
        let query = sqlx::query("UPDATE session SET sealed = ? WHERE key = ?")
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
        let query = sqlx::query("UPDATE session SET last_seen = ?, expires_at = ? WHERE key = ?")
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
        let taken: Option<i64> = sqlx::query_scalar(
            "UPDATE session SET fence = fence + 1, leased_until = ?
             WHERE key = ? AND leased_until <= ? RETURNING fence",
        )
        .bind(until.timestamp())
        .bind(key.0.to_vec())
        .bind(now.timestamp())
        .fetch_optional(&self.0)
        .await
        .map_err(BackendError::Database)?;
        if let Some(fence) = taken {
            return Ok(Lease::Taken(fence));
        }
        let exists: Option<i64> = sqlx::query_scalar("SELECT 1 FROM session WHERE key = ?")
            .bind(key.0.to_vec())
            .fetch_optional(&self.0)
            .await
            .map_err(BackendError::Database)?;
        Ok(if exists.is_some() { Lease::Held } else { Lease::NoRow })
    }

    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "UPDATE session SET sealed = ?, leased_until = 0 WHERE key = ? AND fence = ?",
        )
        .bind(sealed.to_vec())
        .bind(key.0.to_vec())
        .bind(fence);
        Ok(self.changed(query).await? == 1)
    }

    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError> {
        let query = sqlx::query("UPDATE session SET leased_until = 0 WHERE key = ? AND fence = ?")
            .bind(key.0.to_vec())
            .bind(fence);
        self.changed(query).await.map(|_| ())
    }

    async fn delete(&self, key: &Key) -> Result<bool, BackendError> {
        let query = sqlx::query("DELETE FROM session WHERE key = ?").bind(key.0.to_vec());
        Ok(self.changed(query).await? == 1)
    }

    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError> {
        let mut rows = Vec::new();
        // A person has one pseudonym for each session key: one, or a few while keys change.
        for subject in subjects {
            let found = sqlx::query(
                "SELECT key, subject, created_at, last_seen, expires_at, label, sealed
                 FROM session WHERE subject = ? AND expires_at > ?",
            )
            .bind(subject.0.to_vec())
            .bind(now.timestamp())
            .fetch_all(&self.0)
            .await
            .map_err(BackendError::Database)?;
            for row in &found {
                rows.push(read(row)?);
            }
        }
        rows.sort_by_key(|row| Reverse(row.last_seen));
        Ok(rows)
    }

    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError> {
        let mut transaction = self.0.begin().await.map_err(BackendError::Database)?;
        let mut count = 0;
        for key in keys {
            sqlx::query(
                "INSERT OR IGNORE INTO revoked_session (key, expires_at)
                 SELECT key, expires_at FROM session WHERE key = ?",
            )
            .bind(key.0.to_vec())
            .execute(&mut *transaction)
            .await
            .map_err(BackendError::Database)?;
            let gone = sqlx::query("DELETE FROM session WHERE key = ?")
                .bind(key.0.to_vec())
                .execute(&mut *transaction)
                .await
                .map_err(BackendError::Database)?;
            count += gone.rows_affected();
        }
        transaction.commit().await.map_err(BackendError::Database)?;
        Ok(count)
    }

    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM revoked_session WHERE key = ?")
            .bind(key.0.to_vec())
            .fetch_optional(&self.0)
            .await
            .map_err(BackendError::Database)?;
        Ok(found.is_some())
    }

    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError> {
        let query = sqlx::query(
            "INSERT INTO used_attempt (key, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(attempt.0.to_vec())
        .bind(until.timestamp());
        Ok(self.changed(query).await? == 1)
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError> {
        let mut count = 0;
        for statement in [
            "DELETE FROM used_attempt WHERE expires_at <= ?",
            "DELETE FROM revoked_session WHERE expires_at <= ?",
            "DELETE FROM session WHERE expires_at <= ?",
        ] {
            count = self.changed(sqlx::query(statement).bind(now.timestamp())).await?;
        }
        // Under steady load the log always has a reader, so by itself it would grow without end, and
        // every look-up searches it first.
        self.changed(sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")).await?;
        Ok(count)
    }

    async fn ping(&self) -> Result<(), BackendError> {
        sqlx::query("SELECT 1").execute(&self.0).await.map_err(BackendError::Database).map(|_| ())
    }
}

fn read(row: &SqliteRow) -> Result<Row, BackendError> {
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

#[cfg(test)]
mod tests {
    use sqlx::migrate::Migrator;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("a moment")
    }

    fn row(name: u8, expires_at: i64) -> Row {
        Row {
            key: Key([name; 32]),
            subject: Key([9; 32]),
            created_at: at(1),
            last_seen: at(2),
            expires_at: at(expires_at),
            label: vec![3],
            sealed: vec![4; 3000],
        }
    }

    #[tokio::test]
    async fn sessions_of_an_older_file_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sessions.db");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.expect("opened");
        let all = sqlx::migrate!("./migrations/sqlite");
        let older: Vec<_> = all.migrations.iter().take(3).cloned().collect();
        let older = Migrator { migrations: older.into(), ..Migrator::DEFAULT };
        older.run(&pool).await.expect("an older schema");
        assert!(Sqlite(pool.clone()).insert(&row(1, 100)).await.expect("written"));
        pool.close().await;

        let store = Sqlite::open(&path).await.expect("brought up to date");

        assert_eq!(store.load(&Key([1; 32]), at(50)).await.expect("read"), Some(row(1, 100)));
        assert!(!store.insert(&row(1, 100)).await.expect("written"), "a key is still unique");
    }

    #[tokio::test]
    async fn sweeping_empties_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sessions.db");
        let store = Sqlite::open(&path).await.expect("opened");
        assert!(store.insert(&row(1, 100)).await.expect("written"));
        let log = path.with_extension("db-wal");
        assert!(std::fs::metadata(&log).expect("a log").len() > 0);

        assert_eq!(store.sweep(at(50)).await.expect("swept"), 0);

        assert_eq!(std::fs::metadata(&log).expect("a log").len(), 0);
    }
}
