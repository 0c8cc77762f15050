//! One contract for every place where sessions are kept.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use server::session::backend::{Backend, Key, Lease, Row};
use server::session::memory::Memory;
use server::session::postgres::Postgres;
use server::session::redis::Redis;
use server::session::sqlite::Sqlite;
use tempfile::TempDir;

use crate::support::{in_the_middle_of_2026, stores};

#[tokio::test]
async fn memory_keeps_the_contract() {
    contract(async || Arc::new(Memory::default()) as Arc<dyn Backend>).await;
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let folder = TempDir::new().unwrap();
    let mut files = 0;
    contract(async || {
        files += 1;
        let path = folder.path().join(format!("{files}.db"));
        Arc::new(Sqlite::open(&path).await.unwrap()) as Arc<dyn Backend>
    })
    .await;
}

#[tokio::test]
async fn postgres_keeps_the_contract() {
    contract(async || {
        Arc::new(Postgres::new(&stores::postgres().await).unwrap()) as Arc<dyn Backend>
    })
    .await;
}

#[tokio::test]
async fn redis_keeps_the_contract() {
    contract(async || Arc::new(Redis::new(&stores::redis()).unwrap()) as Arc<dyn Backend>).await;
}

#[tokio::test]
async fn sqlite_survives_a_restart() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("s.db");
    let now = in_the_middle_of_2026();
    Sqlite::open(&path).await.unwrap().insert(&row("a", now)).await.unwrap();

    let again = Sqlite::open(&path).await.unwrap();

    assert_eq!(again.load(&Key::of("a"), now).await.unwrap(), Some(row("a", now)));
}

async fn contract(mut fresh: impl AsyncFnMut() -> Arc<dyn Backend>) {
    insert_never_replaces(fresh().await).await;
    expired_rows_are_absent_and_swept(fresh().await).await;
    changes_never_create(fresh().await).await;
    an_attempt_burns_once(fresh().await).await;
    concurrent_burns_have_one_winner(fresh().await).await;
    a_person_has_a_list(fresh().await).await;
    a_revoked_row_is_gone_and_remembered(fresh().await).await;
    a_lease_has_one_holder_at_a_time(fresh().await).await;
    a_write_after_the_lease_is_refused(fresh().await).await;
}

async fn insert_never_replaces(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let other = Row { sealed: b"other".to_vec(), ..row("a", now) };

    assert!(backend.insert(&row("a", now)).await.unwrap());
    assert!(!backend.insert(&other).await.unwrap());
    assert_eq!(backend.load(&Key::of("a"), now).await.unwrap(), Some(row("a", now)));
    assert_eq!(backend.load(&Key::of("b"), now).await.unwrap(), None);
    backend.ping().await.unwrap();
}

async fn expired_rows_are_absent_and_swept(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    backend.insert(&row("a", now)).await.unwrap();
    let end = now + Duration::hours(1);

    assert!(backend.load(&Key::of("a"), end - Duration::seconds(1)).await.unwrap().is_some());
    assert!(backend.load(&Key::of("a"), end).await.unwrap().is_none());
    assert_eq!(backend.sweep(end - Duration::seconds(1)).await.unwrap(), 0);
    assert_eq!(backend.sweep(end).await.unwrap(), 1);
    assert!(!backend.delete(&Key::of("a")).await.unwrap());
}

async fn changes_never_create(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let later = now + Duration::hours(2);
    assert!(!backend.update(&Key::of("a"), b"x").await.unwrap());
    assert!(!backend.touch(&Key::of("a"), now, later).await.unwrap());
    assert_eq!(backend.load(&Key::of("a"), now).await.unwrap(), None);

    backend.insert(&row("a", now)).await.unwrap();
    assert!(backend.update(&Key::of("a"), b"x").await.unwrap());
    assert!(backend.touch(&Key::of("a"), now, later).await.unwrap());
    let changed = backend.load(&Key::of("a"), now).await.unwrap().unwrap();
    assert_eq!((changed.sealed.as_slice(), changed.expires_at), (&b"x"[..], later));

    assert!(backend.delete(&Key::of("a")).await.unwrap());
    assert!(!backend.update(&Key::of("a"), b"y").await.unwrap(), "a deleted session stays deleted");
    assert_eq!(backend.load(&Key::of("a"), now).await.unwrap(), None);
}

async fn an_attempt_burns_once(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let until = now + Duration::minutes(30);

    assert!(backend.burn(&Key::of("state"), until).await.unwrap());
    assert!(!backend.burn(&Key::of("state"), until).await.unwrap());
    assert!(backend.burn(&Key::of("other"), until).await.unwrap());
    backend.sweep(until).await.unwrap();
    assert!(backend.burn(&Key::of("state"), until).await.unwrap(), "forgotten once it expired");
}

async fn concurrent_burns_have_one_winner(backend: Arc<dyn Backend>) {
    let until = in_the_middle_of_2026();
    let burns: Vec<_> = (0..20)
        .map(|_| {
            let backend = Arc::clone(&backend);
            tokio::spawn(async move { backend.burn(&Key::of("state"), until).await.unwrap() })
        })
        .collect();
    let mut winners = 0;
    for burn in burns {
        winners += usize::from(burn.await.unwrap());
    }
    assert_eq!(winners, 1);
}

async fn a_person_has_a_list(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let later = now + Duration::minutes(1);
    let of = |id: &str, subject: &str| Row { subject: Key::of(subject), ..row(id, now) };
    for row in [of("a", "Ada"), of("b", "Ada"), of("c", "Bob"), of("d", "Ada, older key")] {
        assert!(backend.insert(&row).await.unwrap());
    }
    backend.touch(&Key::of("b"), later, later + Duration::hours(1)).await.unwrap();
    let keys = async |subjects: &[&str], at| {
        let subjects: Vec<_> = subjects.iter().map(|subject| Key::of(subject)).collect();
        let rows = backend.list(&subjects, at).await.unwrap();
        rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
    };

    assert_eq!(keys(&["Ada"], now).await, [Key::of("b"), Key::of("a")], "the latest seen first");
    assert_eq!(keys(&["Ada", "Ada, older key"], now).await.len(), 3);
    assert_eq!(keys(&["Bob"], now).await, [Key::of("c")]);
    assert_eq!(keys(&["Eve"], now).await, []);
    assert_eq!(keys(&[], now).await, []);
    assert_eq!(keys(&["Ada"], now + Duration::hours(1)).await, [Key::of("b")], "only the living");
    backend.delete(&Key::of("b")).await.unwrap();
    assert_eq!(keys(&["Ada"], now).await, [Key::of("a")]);
    backend.sweep(now + Duration::hours(1)).await.unwrap();
    assert_eq!(keys(&["Ada"], now).await, []);
    assert!(backend.insert(&of("a", "Bob")).await.unwrap());
    assert_eq!(keys(&["Ada"], now).await, [], "no trace of the one before");
}

async fn a_revoked_row_is_gone_and_remembered(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let (gone, kept) = (Key::of("a"), Key::of("b"));
    for id in ["a", "b"] {
        backend.insert(&row(id, now)).await.unwrap();
    }

    assert_eq!(backend.revoke(&[]).await.unwrap(), 0);
    assert_eq!(backend.revoke(&[gone, Key::of("nobody's")]).await.unwrap(), 1);
    assert_eq!(backend.load(&gone, now).await.unwrap(), None);
    assert!(!backend.update(&gone, b"x").await.unwrap());
    assert!(!backend.touch(&gone, now, now).await.unwrap());
    assert_eq!(backend.lease(&gone, now, now).await.unwrap(), Lease::NoRow);
    assert_eq!(backend.list(&[Key::of("subject")], now).await.unwrap(), [row("b", now)]);
    assert!(backend.is_revoked(&gone).await.unwrap());
    assert!(!backend.is_revoked(&kept).await.unwrap());
    assert!(!backend.is_revoked(&Key::of("nobody's")).await.unwrap());
    assert_eq!(backend.revoke(&[gone]).await.unwrap(), 0);
    assert!(backend.is_revoked(&gone).await.unwrap());

    backend.sweep(now + Duration::hours(1)).await.unwrap();
    assert!(!backend.is_revoked(&gone).await.unwrap(), "forgotten when it would have expired");
}

async fn a_lease_has_one_holder_at_a_time(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let until = now + Duration::seconds(40);
    let key = Key::of("a");
    assert_eq!(backend.lease(&key, now, until).await.unwrap(), Lease::NoRow);
    backend.insert(&row("a", now)).await.unwrap();
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let backend = Arc::clone(&backend);
            tokio::spawn(async move { backend.lease(&Key::of("a"), now, until).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for lease in asked {
        match lease.await.unwrap() {
            Lease::Taken(fence) => taken.push(fence),
            other => assert_eq!(other, Lease::Held),
        }
    }
    assert_eq!(taken.len(), 1);

    backend.release(&key, taken[0] + 1).await.unwrap();
    assert_eq!(backend.lease(&key, now, until).await.unwrap(), Lease::Held, "not theirs to give");
    backend.release(&key, taken[0]).await.unwrap();
    assert!(matches!(backend.lease(&key, now, until).await.unwrap(), Lease::Taken(_)));
}

async fn a_write_after_the_lease_is_refused(backend: Arc<dyn Backend>) {
    let now = in_the_middle_of_2026();
    let (key, until) = (Key::of("a"), now + Duration::seconds(40));
    backend.insert(&row("a", now)).await.unwrap();
    let Lease::Taken(slow) = backend.lease(&key, now, until).await.unwrap() else {
        panic!("a free lease was refused")
    };
    let later = until + Duration::seconds(40);
    let Lease::Taken(quick) = backend.lease(&key, until, later).await.unwrap() else {
        panic!("an expired lease is free")
    };

    assert!(quick > slow);
    assert!(!backend.update_leased(&key, slow, b"slow").await.unwrap());
    assert!(backend.update_leased(&key, quick, b"quick").await.unwrap());
    assert_eq!(backend.load(&key, now).await.unwrap().unwrap().sealed, b"quick");
    let Lease::Taken(third) = backend.lease(&key, now, until).await.unwrap() else {
        panic!("a write gives the lease back")
    };
    backend.delete(&key).await.unwrap();
    assert!(!backend.update_leased(&key, third, b"z").await.unwrap(), "it stays deleted");
    backend.release(&key, third).await.unwrap();
    assert_eq!(backend.load(&key, now).await.unwrap(), None);
}

fn row(id: &str, now: DateTime<Utc>) -> Row {
    Row {
        key: Key::of(id),
        subject: Key::of("subject"),
        created_at: now,
        last_seen: now,
        expires_at: now + Duration::hours(1),
        label: vec![0, 255, b'\n'],
        sealed: b"sealed".to_vec(),
    }
}
