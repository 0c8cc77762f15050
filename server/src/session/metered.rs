//! A backend whose calls are counted and timed, whatever it is.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tracing::Instrument as _;

use super::backend::{Backend, BackendError, Key, Lease, Row};
use crate::metrics::Metrics;

/// See the module.
pub struct Metered {
    backend: Arc<dyn Backend>,
    metrics: Arc<Metrics>,
}

impl Metered {
    /// Counts the calls to `backend`.
    pub fn new(backend: Arc<dyn Backend>, metrics: Arc<Metrics>) -> Self {
        Self { backend, metrics }
    }

    async fn time<T>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<T, BackendError>> + Send,
    ) -> Result<T, BackendError> {
        let started = Instant::now();
        let answer = call.instrument(tracing::debug_span!("session store", operation)).await;
        self.metrics.store_asked(operation, answer.is_ok(), started.elapsed());
        answer
    }
}

#[async_trait]
impl Backend for Metered {
    async fn insert(&self, row: &Row) -> Result<bool, BackendError> {
        self.time("insert", self.backend.insert(row)).await
    }

    async fn load(&self, key: &Key, now: DateTime<Utc>) -> Result<Option<Row>, BackendError> {
        self.time("load", self.backend.load(key, now)).await
    }

    async fn update(&self, key: &Key, sealed: &[u8]) -> Result<bool, BackendError> {
        self.time("update", self.backend.update(key, sealed)).await
    }

    async fn touch(
        &self,
        key: &Key,
        last_seen: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, BackendError> {
        self.time("touch", self.backend.touch(key, last_seen, expires_at)).await
    }

    async fn lease(
        &self,
        key: &Key,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Lease, BackendError> {
        self.time("lease", self.backend.lease(key, now, until)).await
    }

    async fn update_leased(
        &self,
        key: &Key,
        fence: i64,
        sealed: &[u8],
    ) -> Result<bool, BackendError> {
        self.time("update_leased", self.backend.update_leased(key, fence, sealed)).await
    }

    async fn release(&self, key: &Key, fence: i64) -> Result<(), BackendError> {
        self.time("release", self.backend.release(key, fence)).await
    }

    async fn delete(&self, key: &Key) -> Result<bool, BackendError> {
        self.time("delete", self.backend.delete(key)).await
    }

    async fn list(&self, subjects: &[Key], now: DateTime<Utc>) -> Result<Vec<Row>, BackendError> {
        self.time("list", self.backend.list(subjects, now)).await
    }

    async fn revoke(&self, keys: &[Key]) -> Result<u64, BackendError> {
        self.time("revoke", self.backend.revoke(keys)).await
    }

    async fn is_revoked(&self, key: &Key) -> Result<bool, BackendError> {
        self.time("is_revoked", self.backend.is_revoked(key)).await
    }

    async fn burn(&self, attempt: &Key, until: DateTime<Utc>) -> Result<bool, BackendError> {
        self.time("burn", self.backend.burn(attempt, until)).await
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, BackendError> {
        self.time("sweep", self.backend.sweep(now)).await
    }

    async fn ping(&self) -> Result<(), BackendError> {
        self.time("ping", self.backend.ping()).await
    }
}
