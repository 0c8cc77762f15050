//! Sessions in the memory of the process: for tests, and for who wants none to survive a restart.

use std::cmp::Reverse;
use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::backend::{Backend, BackendError, Key, Lease, Row};

/// See the module.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    sessions: HashMap<Key, Row>,
    /// Fence and end of the latest lease of a session.
    leases: HashMap<Key, (i64, DateTime<Utc>)>,
    used_attempts: HashMap<Key, DateTime<Utc>>,
    revoked: HashMap<Key, DateTime<Utc>>,
}

#[async_trait]
impl Backend for Memory {
    async fn insert(&self, row: &Row) -> Result<bool, BackendError> {
        let mut tables = self.0.lock().await;
        if tables.sessions.contains_key(&row.key) {
            return Ok(false);
        }
        tables.sessions.insert(row.key, row.clone());
        Ok(true)
    }

    async fn load(&self, key: &Key, now: DateTime<Utc>) -> Result<Option<Row>, BackendError> {
        let tables = self.0.lock().await;
        Ok(tables.sessions.get(key).filter(|row| row.expires_at > now).cloned())
    }

    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError> {
        let mut tables = self.0.lock().await;
        let row = tables.sessions.get_mut(key);
        let found = row.is_some();
        if let Some(row) = row {
            row.sealed = sealed.to_vec();
        }
        Ok(found)
    }

    async fn touch(
        &self,
        key: &Key,
        last_seen: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, BackendError> {
        let mut tables = self.0.lock().await;
        let row = tables.sessions.get_mut(key);
        let found = row.is_some();
        if let Some(row) = row {
            row.last_seen = last_seen;
            row.expires_at = expires_at;
        }
        Ok(found)
    }

    async fn lease(
        &self,
        key: &Key,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Lease, BackendError> {
        let mut tables = self.0.lock().await;
        if !tables.sessions.contains_key(key) {
            return Ok(Lease::NoRow);
        }
        let (fence, leased_until) =
            tables.leases.entry(*key).or_insert((0, DateTime::<Utc>::MIN_UTC));
        if *leased_until > now {
            return Ok(Lease::Held);
        }
        *fence += 1;
        *leased_until = until;
        Ok(Lease::Taken(*fence))
    }

    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError> {
        let mut guard = self.0.lock().await;
        let Tables { sessions, leases, .. } = &mut *guard;
        match (sessions.get_mut(key), leases.get_mut(key)) {
            (Some(row), Some((current, until))) if *current == fence => {
                row.sealed = sealed.to_vec();
                *until = DateTime::<Utc>::MIN_UTC;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError> {
        let mut tables = self.0.lock().await;
        if let Some((current, until)) = tables.leases.get_mut(key)
            && *current == fence
        {
            *until = DateTime::<Utc>::MIN_UTC;
        }
        Ok(())
    }

    async fn delete(&self, key: &Key) -> Result<bool, BackendError> {
        let mut tables = self.0.lock().await;
        tables.leases.remove(key);
        Ok(tables.sessions.remove(key).is_some())
    }

    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError> {
        let tables = self.0.lock().await;
        let is_theirs = |row: &&Row| subjects.contains(&row.subject) && row.expires_at > now;
        let mut rows: Vec<_> = tables.sessions.values().filter(is_theirs).cloned().collect();
        rows.sort_by_key(|row| Reverse(row.last_seen));
        Ok(rows)
    }

    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError> {
        let mut guard = self.0.lock().await;
        let Tables { sessions, leases, revoked, .. } = &mut *guard;
        let mut count = 0;
        for key in keys {
            leases.remove(key);
            if let Some(row) = sessions.remove(key) {
                revoked.insert(*key, row.expires_at);
                count += 1;
            }
        }
        Ok(count)
    }

    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError> {
        Ok(self.0.lock().await.revoked.contains_key(key))
    }

    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError> {
        let mut tables = self.0.lock().await;
        if tables.used_attempts.contains_key(attempt) {
            return Ok(false);
        }
        tables.used_attempts.insert(*attempt, until);
        Ok(true)
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError> {
        let mut guard = self.0.lock().await;
        let Tables { sessions, leases, used_attempts, revoked } = &mut *guard;
        let before = sessions.len();
        sessions.retain(|_, row| row.expires_at > now);
        leases.retain(|key, _| sessions.contains_key(key));
        used_attempts.retain(|_, until| *until > now);
        revoked.retain(|_, until| *until > now);
        Ok((before - sessions.len()) as u64)
    }

    async fn ping(&self) -> Result<(), BackendError> {
        Ok(())
    }
}
