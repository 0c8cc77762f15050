//! Owns the database: the only SQL of the crate, one file per aggregate. Every look-up names the
//! provider whose rows it may see, so that one provider's tokens mean nothing to another.

mod accounts;
mod email_codes;
mod grants;
mod identite;
mod interactions;
mod known_users;
mod mails;
mod sessions;
mod signing_keys;

use std::path::Path;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqliteConnection, SqlitePool};

pub(crate) use accounts::SeenIdentity;
pub(crate) use email_codes::NewCode;
pub(crate) use grants::{NewToken, StoredToken, TokenKind};
pub(crate) use identite::{
    Approval, Ceremony, NewLink, NewModeration, NewSecret, PasskeyUse, StoredAccount,
    StoredFixture, StoredIdentity, StoredLink, StoredModeration, StoredPasskey, StoredSignIn,
    StoredTotp, TrustedBrowser, Try,
};
pub(crate) use interactions::StoredAttempt;
pub(crate) use known_users::KnownUser;

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the data folder cannot be prepared")]
    Folder(#[source] std::io::Error),
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    #[error("the database cannot be brought to this version")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("a stored record cannot be read or written")]
    Record(#[from] serde_json::Error),
}

/// The store.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pool: SqlitePool,
    _keeper: Option<Keeper>,
}

/// A connection that is never used. A database in memory ends with its last one, and the pool closes
/// those on which a request that was given up left something unfinished.
type Keeper = Arc<Mutex<SqliteConnection>>;

impl Store {
    /// Opens `federation.sqlite` in the folder, or a database in memory.
    pub(crate) async fn open(data_dir: Option<&Path>) -> Result<Self, StoreError> {
        let (pool, keeper) = if let Some(folder) = data_dir {
            prepare_folder(folder).map_err(StoreError::Folder)?;
            let options = SqliteConnectOptions::new()
                .filename(folder.join("federation.sqlite"))
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(5));
            (SqlitePoolOptions::new().max_connections(4).connect_with(options).await?, None)
        } else {
            // Parsed, it has a name of its own that other connections reach it by.
            let options = SqliteConnectOptions::from_str("sqlite::memory:")?;
            let keeper = SqliteConnection::connect_with(&options).await?;
            // One at a time: those that share memory refuse what others lock.
            let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
            (pool, Some(Arc::new(Mutex::new(keeper))))
        };
        sqlx::migrate!("./migrations").run(&pool).await?;
        Ok(Self { pool, _keeper: keeper })
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets what has expired.
    pub(crate) async fn sweep(&self, now: i64) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM browser_session WHERE expires_at <= ?",
            "DELETE FROM interaction WHERE expires_at <= ?",
            "DELETE FROM upstream_attempt WHERE expires_at <= ?",
            "DELETE FROM token WHERE expires_at <= ?",
            "DELETE FROM client_grant WHERE expires_at <= ?",
            "DELETE FROM email_code WHERE expires_at <= ?",
            "DELETE FROM email_code_try WHERE tried_at <= ? - 3600",
            "DELETE FROM identite_secret WHERE expires_at <= ?",
            "DELETE FROM identite_contact_code WHERE expires_at <= ?",
            "DELETE FROM identite_try WHERE tried_at <= ? - 3600",
            "DELETE FROM identite_trusted_browser WHERE expires_at <= ?",
            "DELETE FROM identite_ceremony WHERE expires_at <= ?",
        ] {
            sqlx::query(statement).bind(now).execute(&self.pool).await?;
        }
        // Under steady load the log always has a reader, so by itself it would grow without end.
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets everything but the signing keys.
    pub(crate) async fn clear(&self) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        for statement in [
            "DELETE FROM browser_session",
            "DELETE FROM interaction",
            "DELETE FROM email_code",
            "DELETE FROM email_code_try",
            "DELETE FROM mail",
            "DELETE FROM upstream_attempt",
            "DELETE FROM client_grant",
            "DELETE FROM account",
        ] {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Writes everything down and closes.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// The folder holds private keys: nobody else may look.
fn prepare_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Token;

    #[tokio::test]
    async fn a_database_in_memory_outlives_a_connection_that_the_pool_gives_up() {
        let store = Store::open(None).await.expect("the store opens");
        let session = Token::random().hash();
        store.insert_session("hub", &session, "alive", 20).await.expect("written");

        store.pool.acquire().await.expect("a connection").close().await.expect("closed");

        let found = store.session("hub", &session, 0).await.expect("read");
        assert_eq!(found.as_deref(), Some("alive"));
        let other = Store::open(None).await.expect("another store opens");
        assert_eq!(other.session("hub", &session, 0).await.expect("read"), None);
    }

    #[tokio::test]
    async fn sweeping_empties_the_log_and_keeps_what_is_alive() {
        let folder = std::env::temp_dir().join(format!("store-{}", uuid::Uuid::new_v4()));
        let store = Store::open(Some(&folder)).await.expect("the store opens");
        let log = folder.join("federation.sqlite-wal");
        let (alive, dead) = (Token::random().hash(), Token::random().hash());
        store.insert_session("hub", &alive, "alive", 20).await.expect("written");
        store.insert_session("hub", &dead, "dead", 10).await.expect("written");
        assert!(std::fs::metadata(&log).expect("a log").len() > 0);

        store.sweep(10).await.expect("swept");

        assert_eq!(std::fs::metadata(&log).expect("a log").len(), 0);
        let found = store.session("hub", &alive, 0).await.expect("read");
        assert_eq!(found.as_deref(), Some("alive"));
        assert_eq!(store.session("hub", &dead, 0).await.expect("read"), None);
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
