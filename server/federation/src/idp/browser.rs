//! Owns what is known of a browser: whether a person proved in it who they are, and how a list
//! names it.

use super::Idp;
use super::gate::BrowserTrust;
use crate::provider::PageError;
use crate::secret::Token;
use crate::storage::{StoreError, TrustedBrowser};

/// How long a browser is trusted, in seconds.
pub(crate) const TRUSTED_FOR: i64 = 90 * 24 * 3600;

/// The browser that a request came from.
#[derive(Debug)]
pub(crate) struct Browser {
    /// What it has to show for being trusted.
    pub(crate) token: Option<Token>,
    /// A few words for people.
    pub(crate) device: String,
}

impl Browser {
    /// Reads the value of the cookie and the `User-Agent`.
    pub(crate) fn new(cookie: Option<&str>, user_agent: &str) -> Self {
        Self { token: cookie.map(Token::presented), device: device(user_agent) }
    }
}

impl Browser {
    /// The same browser with what it has to show from now on.
    pub(crate) fn trusted(self, token: Token) -> Self {
        Self { token: Some(token), ..self }
    }
}

impl Idp {
    /// Whether the browser is known to belong to the owner of the account.
    pub(super) async fn browser_trust(
        &self,
        browser: &Browser,
        account: i64,
    ) -> Result<BrowserTrust, StoreError> {
        if !self.directory.current().identite.browser_check {
            return Ok(BrowserTrust::NotChecked);
        }
        let Some(token) = &browser.token else { return Ok(BrowserTrust::Unknown) };
        let known =
            self.store.see_identite_browser(&token.hash(), account, self.clock.unix()).await?;
        Ok(if known { BrowserTrust::Known } else { BrowserTrust::Unknown })
    }

    /// Trusts the browser from now on; what it has to show for it.
    pub(super) async fn trust(&self, browser: &Browser, account: i64) -> Result<Token, PageError> {
        let (token, now) = (Token::random(), self.clock.unix());
        // The former proof is replaced, or it would stay in the person's list.
        if let Some(former) = &browser.token {
            self.store.forget_identite_browser(&former.hash(), account).await?;
        }
        let trusted = TrustedBrowser {
            token: &token.hash(),
            account,
            device: &browser.device,
            since: now,
            until: now + TRUSTED_FOR,
        };
        self.store.trust_identite_browser(&trusted).await?;
        Ok(token)
    }
}

/// Program and system, as far as they can be told.
fn device(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)], other: &'static str| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map_or(other, |(_, name)| name)
    };
    let program = first(
        &[
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
        "Navigateur",
    );
    let system = first(
        &[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ],
        "un autre système",
    );
    format!("{program} sur {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_names_for_people() {
        let rows = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox sur Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
              Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge sur Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, \
              like Gecko) Version/18.0 Safari/604.1",
                "Safari sur iPhone",
            ),
            ("curl/8", "Navigateur sur un autre système"),
            ("<script>", "Navigateur sur un autre système"),
        ];
        for (user_agent, name) in rows {
            assert_eq!(device(user_agent), name);
        }
    }
}
