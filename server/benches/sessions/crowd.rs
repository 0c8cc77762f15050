//! Sessions of people who are not there: as many rows, of the same size, as real ones would be.

use std::sync::Arc;

use anyhow::Context as _;
use server::clock::{Clock as _, SystemClock};
use server::session::backend::{Backend, Key, Row};
use server::session::postgres::Postgres;
use server::session::redis::Redis;
use server::session::sqlite::Sqlite;
use tokio::task::JoinSet;

/// Writers at the same time.
const WRITERS: usize = 8;

/// Adds so many rows like that of the session with this cookie.
pub(crate) async fn fill(location: &str, cookie: &str, count: usize) -> anyhow::Result<()> {
    let backend: Arc<dyn Backend> = match location.split_once(':') {
        Some(("sqlite", path)) => Arc::new(Sqlite::open(path.as_ref()).await?),
        Some(("redis", _)) => Arc::new(Redis::new(location)?),
        _ => Arc::new(Postgres::new(location)?),
    };
    let id = cookie.split_once('=').context("a cookie")?.1;
    let row = backend.load(&Key::of(id), SystemClock.now()).await?.context("the session")?;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (backend, row) = (Arc::clone(&backend), row.clone());
        writers.spawn(async move {
            for number in (writer..count).step_by(WRITERS) {
                let key = Key::of(&format!("session {number}"));
                // Everybody has three.
                let subject = Key::of(&format!("person {}", number / 3));
                backend.insert(&Row { key, subject, ..row.clone() }).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    Ok(())
}
