//! The stores on the network, for tests: real servers, a corner of them for each test, and a way to
//! cut the line.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use server::random::{SystemEntropy, token};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use url::Url;

/// A PostgreSQL schema that nothing else uses, as a location for sessions.
pub(crate) async fn postgres() -> String {
    let server = address("TEST_POSTGRES_URL");
    let schema = unused_name();
    let pool = PgPoolOptions::new().max_connections(1).connect(server.as_str()).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&pool).await.unwrap();
    format!("{server}?options[search_path]={schema}")
}

/// A Redis prefix that nothing else uses, as a location for sessions.
pub(crate) fn redis() -> String {
    format!("{}?prefix={}", address("TEST_REDIS_URL"), unused_name())
}

/// Every byte that is kept at this location.
pub(crate) async fn dump(location: &str) -> Vec<u8> {
    if location.starts_with("redis") {
        dump_redis(location).await
    } else {
        dump_postgres(location).await
    }
}

async fn dump_postgres(location: &str) -> Vec<u8> {
    let pool = PgPoolOptions::new().max_connections(1).connect(location).await.unwrap();
    let mut bytes = Vec::new();
    for table in
        ["SELECT * FROM session", "SELECT * FROM used_attempt", "SELECT * FROM revoked_session"]
    {
        let rows = pool.fetch_all(table).await.unwrap();
        for row in &rows {
            for column in 0..row.len() {
                bytes.extend(row.try_get_raw(column).unwrap().as_bytes().unwrap());
            }
        }
    }
    bytes
}

async fn dump_redis(location: &str) -> Vec<u8> {
    let url: Url = location.parse().unwrap();
    let prefix = url.query_pairs().next().unwrap().1.into_owned();
    let mut connection =
        redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.unwrap();
    let ask = async |connection: &mut redis::aio::MultiplexedConnection, name: &str, key: &str| {
        let (command, rest): (&str, &[&str]) = match name {
            "hash" => ("HGETALL", &[]),
            "set" => ("SMEMBERS", &[]),
            _ => ("ZRANGE", &["0", "-1", "WITHSCORES"]),
        };
        let found: Vec<Vec<u8>> =
            redis::cmd(command).arg(key).arg(rest).query_async(connection).await.unwrap();
        found.concat()
    };
    let keys: BTreeSet<String> =
        redis::cmd("KEYS").arg(format!("{prefix}:*")).query_async(&mut connection).await.unwrap();
    let mut bytes = Vec::new();
    for key in keys {
        let kind: String = redis::cmd("TYPE").arg(&key).query_async(&mut connection).await.unwrap();
        bytes.extend(key.as_bytes());
        bytes.extend(ask(&mut connection, &kind, &key).await);
    }
    bytes
}

fn address(variable: &str) -> Url {
    #[expect(clippy::disallowed_methods, reason = "how the test's set-up hands over an address")]
    let address = std::env::var(variable);
    address
        .unwrap_or_else(|_| {
            panic!("no {variable}: use `cargo nextest run`, or `.make/stores cargo test`")
        })
        .parse()
        .unwrap()
}

fn unused_name() -> String {
    let name = token(&SystemEntropy);
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("test_{}", plain.to_lowercase())
}

/// A line to a store that can be cut and mended.
pub(crate) struct Line {
    /// The location at the near end of the line.
    pub(crate) location: String,
    open: watch::Sender<bool>,
    count: Arc<Count>,
}

/// Connections of a line.
#[derive(Default)]
struct Count {
    made: AtomicUsize,
    alive: AtomicUsize,
}

impl Line {
    /// A line to this location.
    pub(crate) async fn to(location: &str) -> Self {
        let mut url: Url = location.parse().unwrap();
        let far = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (open, is_open) = watch::channel(true);
        let count = Arc::new(Count::default());
        tokio::spawn(carry(listener, far, is_open, Arc::clone(&count)));
        Self { location: url.into(), open, count }
    }

    /// Breaks every connection, and each that is made from now on.
    pub(crate) async fn cut(&self) {
        self.open.send(false).unwrap();
        while self.count.alive.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// From now on connections hold again.
    pub(crate) fn mend(&self) {
        self.open.send(true).unwrap();
    }

    /// How many connections were made so far.
    pub(crate) fn connections(&self) -> usize {
        self.count.made.load(Ordering::SeqCst)
    }
}

async fn carry(listener: TcpListener, far: String, open: watch::Receiver<bool>, count: Arc<Count>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let mut open = open.clone();
        if !*open.borrow_and_update() {
            continue;
        }
        count.made.fetch_add(1, Ordering::SeqCst);
        count.alive.fetch_add(1, Ordering::SeqCst);
        let (far, count) = (far.clone(), Arc::clone(&count));
        tokio::spawn(async move {
            let mut far = TcpStream::connect(far).await.unwrap();
            tokio::select! {
                _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                _ = open.wait_for(|open| !open) => {}
            }
            drop((near, far));
            count.alive.fetch_sub(1, Ordering::SeqCst);
        });
    }
}
