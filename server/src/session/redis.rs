//! Sessions in Redis or Valkey: for several instances, and the quickest place to share.
//!
//! Invariant: whatever touches more than one key is one script (`scripts.rs`). The server may be away
//! at any time, also at start: the connection is made at the first use and again when it broke.

mod scripts;

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, Cmd, ErrorKind, FromRedisValue, RedisError, RedisResult, ScriptInvocation};
use url::Url;

use super::backend::{Backend, BackendError, Key, Lease, Row};
use scripts::Scripts;

/// What keys start with unless the URL says otherwise.
const PREFIX: &str = "app";
/// How long a request waits for an answer before it is told that the store is down.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(3);
/// Pause before a connection is tried again within one request.
const PAUSE: Duration = Duration::from_millis(50);
/// Redis serves nobody else while a script runs: rows are swept in batches.
const BATCH: usize = 500;

/// The fields of a row, all absent if there is none.
type Fields = (Option<String>, Option<i64>, Option<i64>, Option<i64>, Vec<u8>, Vec<u8>);

/// See the module.
#[derive(Clone)]
pub struct Redis {
    connection: ConnectionManager,
    prefix: String,
    scripts: Arc<Scripts>,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Redis").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Redis {
    /// Takes a URL such as `rediss://user:password@host:6379/0?prefix=app`; asks nothing of the
    /// server yet.
    pub fn new(url: &str) -> Result<Self, BackendError> {
        let (client, prefix) = parse(url).map_err(BackendError::Redis)?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_min_delay(PAUSE)
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(PATIENCE));
        let connection =
            ConnectionManager::new_lazy_with_config(client, config).map_err(BackendError::Redis)?;
        Ok(Self { connection, prefix, scripts: Arc::new(Scripts::new()) })
    }

    fn name(&self, kind: &str) -> String {
        format!("{}:{kind}", self.prefix)
    }

    fn session(&self, key: &Key) -> String {
        format!("{}:session:{}", self.prefix, key.to_hex())
    }

    /// A connection that broke while nobody used it is noticed by the next one who does: they get a
    /// second try on a new one. What is asked for may be done twice without harm.
    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, BackendError> {
        let outcome = match command.query_async(&mut self.connection.clone()).await {
            Err(error) if is_broken(&error) => {
                command.query_async(&mut self.connection.clone()).await
            }
            outcome => outcome,
        };
        outcome.map_err(BackendError::Redis)
    }

    /// As [`Self::ask`], for a script.
    async fn run<T: FromRedisValue>(
        &self,
        script: &mut ScriptInvocation<'_>,
    ) -> Result<T, BackendError> {
        let script = script.key(self.name(""));
        let outcome = match script.invoke_async(&mut self.connection.clone()).await {
            Err(error) if is_broken(&error) => {
                script.invoke_async(&mut self.connection.clone()).await
            }
            outcome => outcome,
        };
        outcome.map_err(BackendError::Redis)
    }
}

fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// The address, and the prefix that is ours alone to understand.
fn parse(url: &str) -> RedisResult<(Client, String)> {
    let invalid = || RedisError::from((ErrorKind::InvalidClientConfig, "not a URL"));
    let url = Url::parse(url).map_err(|_| invalid())?;
    let prefix = url.query_pairs().find(|(name, _)| name == "prefix");
    let prefix = prefix.map_or_else(|| PREFIX.to_owned(), |(_, prefix)| prefix.into_owned());
    Ok((Client::open(url)?, prefix))
}

#[async_trait]
impl Backend for Redis {
    async fn insert(&self, row: &Row) -> Result<bool, BackendError> {
        let mut script = self.scripts.insert.prepare_invoke();
        script.arg(row.key.to_hex()).arg(row.subject.to_hex());
        script.arg(row.created_at.timestamp()).arg(row.last_seen.timestamp());
        script.arg(row.expires_at.timestamp()).arg(&row.label[..]).arg(&row.sealed[..]);
        self.run(script.arg((row.expires_at - row.last_seen).num_seconds())).await
    }

    async fn load(&self, key: &Key, now: DateTime<Utc>) -> Result<Option<Row>, BackendError> {
        let mut command = redis::cmd("HMGET");
        command.arg(self.session(key)).arg(&["u", "c", "l", "e", "d", "s"]);
        let row = read(*key, self.ask(&command).await?)?;
        Ok(row.filter(|row| row.expires_at > now))
    }

    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError> {
        self.run(self.scripts.update.arg(key.to_hex()).arg(sealed)).await
    }

    async fn touch(
        &self,
        key: &Key,
        last_seen: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, BackendError> {
        let mut script = self.scripts.touch.prepare_invoke();
        script.arg(key.to_hex()).arg(last_seen.timestamp()).arg(expires_at.timestamp());
        self.run(script.arg((expires_at - last_seen).num_seconds())).await
    }

    async fn lease(
        &self,
        key: &Key,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Lease, BackendError> {
        let mut script = self.scripts.lease.prepare_invoke();
        script.arg(key.to_hex()).arg(now.timestamp()).arg(until.timestamp());
        Ok(match self.run(&mut script).await? {
            -1_i64 => Lease::NoRow,
            0 => Lease::Held,
            fence => Lease::Taken(fence),
        })
    }

    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError> {
        self.run(self.scripts.update_leased.arg(key.to_hex()).arg(fence).arg(sealed)).await
    }

    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError> {
        self.run::<i64>(self.scripts.release.arg(key.to_hex()).arg(fence)).await.map(|_| ())
    }

    async fn delete(&self, key: &Key) -> Result<bool, BackendError> {
        self.run(&mut self.scripts.delete.arg(key.to_hex())).await
    }

    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError> {
        let mut script = self.scripts.list.prepare_invoke();
        for subject in subjects {
            script.arg(subject.to_hex());
        }
        let found: Vec<(String, Fields)> = self.run(&mut script).await?;
        let mut rows = Vec::new();
        for (key, fields) in found {
            rows.extend(read(key_of(&key)?, fields)?.filter(|row| row.expires_at > now));
        }
        rows.sort_by_key(|row| Reverse(row.last_seen));
        Ok(rows)
    }

    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError> {
        let mut script = self.scripts.revoke.prepare_invoke();
        for key in keys {
            script.arg(key.to_hex());
        }
        self.run(&mut script).await
    }

    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError> {
        let mut command = redis::cmd("ZSCORE");
        let score: Option<f64> =
            self.ask(command.arg(self.name("revoked")).arg(key.to_hex())).await?;
        Ok(score.is_some())
    }

    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError> {
        let mut command = redis::cmd("ZADD");
        command.arg(self.name("used")).arg("NX").arg(until.timestamp()).arg(attempt.to_hex());
        self.ask(&command).await
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError> {
        let mut count = 0;
        loop {
            let ended: usize = self.run(self.scripts.sweep.arg(now.timestamp()).arg(BATCH)).await?;
            count += ended as u64;
            if ended < BATCH {
                return Ok(count);
            }
        }
    }

    async fn ping(&self) -> Result<(), BackendError> {
        self.ask::<String>(&redis::cmd("PING")).await.map(|_| ())
    }
}

fn read(key: Key, fields: Fields) -> Result<Option<Row>, BackendError> {
    let (Some(subject), Some(created), Some(seen), Some(ends), label, sealed) = fields else {
        return Ok(None);
    };
    let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(BackendError::Damaged);
    Ok(Some(Row {
        key,
        subject: key_of(&subject)?,
        created_at: time(created)?,
        last_seen: time(seen)?,
        expires_at: time(ends)?,
        label,
        sealed,
    }))
}

fn key_of(hex: &str) -> Result<Key, BackendError> {
    Key::from_hex(hex).ok_or(BackendError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_part_of_the_address() {
        let prefix = |url| parse(url).map(|(_, prefix)| prefix).ok();
        assert_eq!(prefix("redis://127.0.0.1/1").as_deref(), Some("app"));
        assert_eq!(prefix("rediss://u:p@r.example:6380/?prefix=agents").as_deref(), Some("agents"));
        assert_eq!(prefix("http://127.0.0.1"), None);
    }
}
