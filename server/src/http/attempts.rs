//! Sign-in and sign-out attempts in the browser's cookies: sealed, short-lived, few.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cookies::{pairs, value};
use crate::auth::attempt::LoginAttempt;
use crate::auth::logout::LogoutAttempt;
use crate::auth::return_to::ReturnTo;
use crate::sealing::Purpose;
use crate::state::AppState;

/// Most attempts that a browser keeps, as when it restores the tabs of yesterday; the oldest is
/// dropped for a new one.
const MAX_ATTEMPTS: usize = 10;
/// Most bytes that their cookies take: servers and proxies refuse headers of 8 kB.
const MAX_BYTES: usize = 6 * 1024;
/// How long a finished attempt is remembered, so that going back does not end in an error.
const REMEMBERED: Duration = Duration::minutes(10);
/// How long a person may take to sign out at ProConnect.
const LOGOUT_LIFETIME: Duration = Duration::minutes(10);
/// The cookie outlives the attempt, so that a late answer is told from an unknown one.
const COOKIE_LIFETIME: Duration = Duration::hours(24);

/// A sign-in attempt in its cookie.
#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StoredAttempt {
    /// No answer yet.
    Pending {
        /// The attempt.
        attempt: LoginAttempt,
    },
    /// Answered: whoever comes again goes where the sign-in led.
    Finished {
        /// There.
        return_to: ReturnTo,
        /// When.
        finished_at: DateTime<Utc>,
    },
}

impl StoredAttempt {
    fn since(&self) -> DateTime<Utc> {
        match self {
            Self::Pending { attempt } => attempt.started_at(),
            Self::Finished { finished_at, .. } => *finished_at,
        }
    }
}

/// Keeps a new attempt in the browser, and drops the oldest ones beyond the limit.
pub fn keep(state: &AppState, sent: &HeaderMap, attempt: LoginAttempt, answer: &mut HeaderMap) {
    let mut older: Vec<_> = pairs(sent)
        .filter(|(name, _)| state.cookies.is_login(name))
        .map(|(name, value)| {
            let since = unseal::<StoredAttempt>(state, Purpose::LoginAttempt, value)
                .map(|stored| stored.since());
            (since, name, size(name, value))
        })
        .collect();
    older.sort_unstable();
    let name = state.cookies.login(attempt.state());
    let sealed = seal(state, Purpose::LoginAttempt, &StoredAttempt::Pending { attempt });
    let mut count = older.len() + 1;
    let mut bytes = older.iter().map(|(_, _, size)| size).sum::<usize>() + size(&name, &sealed);
    for (_, name, size) in older {
        if count <= MAX_ATTEMPTS && bytes <= MAX_BYTES {
            break;
        }
        answer.append(SET_COOKIE, state.cookies.remove_transient(name));
        (count, bytes) = (count - 1, bytes - size);
    }
    answer.append(SET_COOKIE, state.cookies.transient(&name, &sealed, COOKIE_LIFETIME));
}

/// Bytes of a cookie in a request: name, value, and what stands between cookies.
fn size(name: &str, value: &str) -> usize {
    name.len() + value.len() + "=; ".len()
}

/// The attempt with this `state`, if this browser has it.
pub fn find(state: &AppState, sent: &HeaderMap, oauth_state: &str) -> Option<StoredAttempt> {
    let sealed = value(sent, &state.cookies.login(oauth_state))?;
    let stored = unseal(state, Purpose::LoginAttempt, sealed)?;
    match &stored {
        // The cookie's name is a short hash of the state: compare the whole.
        StoredAttempt::Pending { attempt } if attempt.state() != oauth_state => None,
        StoredAttempt::Pending { .. } | StoredAttempt::Finished { .. } => Some(stored),
    }
}

/// The cookie of an attempt that led to a sign-in.
pub fn finished(state: &AppState, oauth_state: &str, return_to: &ReturnTo) -> HeaderValue {
    let stored =
        StoredAttempt::Finished { return_to: return_to.clone(), finished_at: state.clock.now() };
    let sealed = seal(state, Purpose::LoginAttempt, &stored);
    state.cookies.transient(&state.cookies.login(oauth_state), &sealed, REMEMBERED)
}

/// Forgets an attempt that failed.
pub fn forget(state: &AppState, oauth_state: &str) -> HeaderValue {
    state.cookies.remove_transient(&state.cookies.login(oauth_state))
}

/// The cookie of a sign-out.
pub fn keep_logout(state: &AppState, attempt: &LogoutAttempt) -> HeaderValue {
    let sealed = seal(state, Purpose::LogoutAttempt, attempt);
    state.cookies.transient(state.cookies.logout(), &sealed, LOGOUT_LIFETIME)
}

/// The sign-out that this browser is in.
pub fn find_logout(state: &AppState, sent: &HeaderMap) -> Option<LogoutAttempt> {
    unseal(state, Purpose::LogoutAttempt, value(sent, state.cookies.logout())?)
}

fn seal<T: Serialize>(state: &AppState, purpose: Purpose, content: &T) -> String {
    let json = serde_json::to_vec(content).expect("attempts are plain data with text keys");
    URL_SAFE_NO_PAD.encode(state.keys.seal(purpose, &[], &json))
}

fn unseal<T: DeserializeOwned>(state: &AppState, purpose: Purpose, text: &str) -> Option<T> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&state.keys.open(purpose, &[], &sealed).ok()?).ok()
}
