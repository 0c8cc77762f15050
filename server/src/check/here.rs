//! What can be checked without the provider: addresses, folders, keys, the session store.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::Report;
use crate::application::{Parts, open};
use crate::config::{Config, PublicUrl, StoreLocation};
use crate::http::site::Site;
use crate::session::backend::{Backend, BackendError, Key, Row};

pub(super) fn addresses(report: &mut Report, config: &Config, public_url: &PublicUrl) {
    let origin = public_url.origin();
    if public_url.is_https() {
        report.ok(format!("APP_PUBLIC_URL is {origin}: cookies are Secure and named __Host-…"));
        if config.limits.trusted_proxies.is_empty() {
            report.attention(
                "TRUSTED_PROXIES is empty: behind a reverse proxy, all visitors count as one client",
            );
        }
    } else {
        report.attention(format!("APP_PUBLIC_URL is {origin}: for this machine only, without TLS"));
    }
    let listen = config.http.app_listen;
    if !listen.ip().is_loopback() {
        report.attention(format!(
            "APP_LISTEN is {listen}, reached without TLS: only the reverse proxy may get there"
        ));
    }
}

pub(super) fn data_folder(report: &mut Report, folder: &Path) {
    let shown = folder.display();
    let probe = folder.join(".check");
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, "check"))
        .and_then(|()| fs::remove_file(&probe));
    match written {
        Err(error) => report.error(format!("the data folder {shown} cannot be written: {error}")),
        Ok(()) if is_open_to_others(folder) => report.attention(format!(
            "the data folder {shown} can be read by other users of this machine: chmod 700 {shown}"
        )),
        Ok(()) => report.ok(format!("the data folder {shown} can be written, and is private")),
    }
}

fn is_open_to_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

pub(super) fn interface(report: &mut Report, config: &Config) {
    let dist = config.http.dist();
    let operator = match config.operator.operator() {
        Ok(operator) => operator,
        Err(error) => return report.error(error.to_string()),
    };
    match Site::load(&dist, operator) {
        Err(error) => report.error(error.to_string()),
        Ok(site) => {
            let missing = site.missing();
            report.expect(
                missing.is_empty(),
                format!("the interface in {dist} is complete"),
                format!("the interface in {dist} lacks {}", missing.join(", ")),
            );
        }
    }
}

/// Documents that the law asks for say only what is configured.
pub(super) fn legal_facts(report: &mut Report, config: &Config) {
    let facts = [
        ("APP_PUBLISHER", &config.operator.app_publisher),
        ("APP_DIRECTOR", &config.operator.app_director),
        ("APP_HOSTING", &config.operator.app_hosting),
        ("APP_SUPPORT", &config.operator.app_support),
        ("APP_DPO", &config.operator.app_dpo),
    ];
    let unset: Vec<_> =
        facts.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    if unset.is_empty() {
        report.ok("the legal notice and the page about personal data have their facts");
    } else {
        report.attention(format!(
            "{} not set: the legal pages send people to your institutional site for it",
            unset.join(", ")
        ));
    }
}

pub(super) fn keys(report: &mut Report, config: &Config, public_url: &PublicUrl, parts: &Parts) {
    let folder = &config.http.app_data_dir;
    match config.session.keys(public_url, folder, parts.entropy.as_ref()) {
        Ok(keys) => report.ok(format!("SESSION_KEYS: {} of 32 bytes; the first seals", keys.len())),
        Err(error) => report.error(error.to_string()),
    }
}

pub(super) async fn store(report: &mut Report, config: &Config, parts: &Parts) {
    let location = match config.session.location(&config.http.app_data_dir) {
        Ok(location) => location,
        Err(error) => {
            report.error(error.to_string());
            return;
        }
    };
    if matches!(location, StoreLocation::Memory) {
        report.attention("SESSION_STORE is memory: a restart signs everybody out");
    }
    let answer = match open(&location).await {
        Ok(backend) => try_out(backend, parts).await.map_err(anyhow::Error::new),
        Err(error) => Err(error),
    };
    match answer {
        Ok(true) => report.ok("the session store writes, reads and deletes"),
        Ok(false) => report.error("the session store does not give back what it was given"),
        Err(error) => report.error(format!("the session store does not work: {error:#}")),
    }
}

/// Whether a probe can be kept, found and removed.
async fn try_out(backend: Arc<dyn Backend>, parts: &Parts) -> Result<bool, BackendError> {
    let (mut key, now) = ([0; 32], parts.clock.now());
    parts.entropy.fill(&mut key);
    let expires_at = now + chrono::Duration::minutes(1);
    let probe = Row {
        key: Key(key),
        subject: Key([0; 32]),
        created_at: now,
        last_seen: now,
        expires_at,
        label: Vec::new(),
        sealed: b"check".to_vec(),
    };
    let kept = backend.insert(&probe).await?;
    let found = backend.load(&probe.key, now).await?;
    let removed = backend.delete(&probe.key).await?;
    Ok(kept && removed && found.is_some_and(|row| row.sealed == probe.sealed))
}
