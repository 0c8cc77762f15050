//! Somebody who signs in, looks around, has their information read again, and signs out; again and
//! again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;

use super::journey::{Journey, Page};
use super::ledger::Ledger;
use super::outage::{Outages, What};
use super::world::{PUBLIC_URL, World};

/// Looks during one session.
const LOOKS: usize = 25;
/// Between two steps.
const PAUSE: Duration = Duration::from_millis(700);

/// See the module.
pub(crate) struct Person {
    email: String,
    journey: Journey,
    ledger: Arc<Ledger>,
    outages: Arc<Outages>,
}

/// What an answer said.
enum Said {
    SignedIn,
    Nobody,
    /// Neither; the stable code, or that nobody answered.
    Trouble(String),
}

impl Person {
    pub(crate) fn new(
        number: usize,
        world: &World,
        ledger: Arc<Ledger>,
        outages: Arc<Outages>,
    ) -> Self {
        let journey = Journey::new(PUBLIC_URL, &world.service_url());
        Self { email: format!("person{number}@fia1.fr"), journey, ledger, outages }
    }

    /// Lives until then, and signs out in the end.
    pub(crate) async fn live(mut self, end: Instant) -> anyhow::Result<()> {
        while Instant::now() < end {
            if self.sign_in().await {
                self.use_the_session(end).await;
                self.sign_out().await;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn sign_in(&mut self) -> bool {
        let started = Instant::now();
        let outcome = self.way_in().await;
        let arrived = matches!(&outcome, Ok(Some(page)) if page.url.path() == "/compte");
        if arrived {
            self.ledger.done("sign-ins");
            return true;
        }
        let what = match outcome {
            Ok(Some(page)) => format!("sign-in ended with {} {}", page.status, code(&page)),
            Ok(None) => "sign-in lost its way".to_owned(),
            Err(_) => "sign-in found nobody".to_owned(),
        };
        self.judge(&what, &[What::Store, What::Provider], started);
        false
    }

    /// The last page of a sign-in, if the way there has its forms.
    async fn way_in(&mut self) -> reqwest::Result<Option<Page>> {
        let mut page = self.journey.go(Method::GET, "/auth/login?return_to=%2Fcompte").await?;
        for _ in 0..2 {
            if page.url.path() == "/compte" || page.status != 200 {
                break;
            }
            let email: &[_] = &[("email", self.email.as_str())];
            let Some(next) = self.journey.fill(&page, email).await? else { return Ok(Some(page)) };
            page = next;
        }
        Ok(Some(page))
    }

    async fn use_the_session(&mut self, end: Instant) {
        for look in 0..LOOKS {
            tokio::time::sleep(PAUSE).await;
            if Instant::now() >= end {
                return;
            }
            let started = Instant::now();
            match look % 10 {
                3 => self.expect_signed_in("activity", Method::POST, "/api/stay", started).await,
                7 => {
                    let path = "/api/refresh_identity";
                    self.expect_signed_in("refreshes", Method::POST, path, started).await;
                }
                _ => self.expect_signed_in("looks", Method::GET, "/api/session", started).await,
            }
        }
    }

    async fn expect_signed_in(&mut self, name: &str, method: Method, path: &str, started: Instant) {
        match said(self.journey.go(method, path).await) {
            Said::SignedIn => self.ledger.done(name),
            Said::Nobody => {
                self.ledger.fault(format!("{}: a session was lost, at {name}", self.email));
            }
            Said::Trouble(code) => {
                let causes: &[What] = if name == "refreshes" {
                    &[What::Store, What::Provider]
                } else {
                    &[What::Store]
                };
                self.judge(&format!("{name} failed with {code}"), causes, started);
            }
        }
    }

    async fn sign_out(&mut self) {
        let started = Instant::now();
        let session = self.journey.cookies.get("app-session").cloned().unwrap_or_default();
        let ended = self.journey.go(Method::POST, "/auth/logout").await;
        let here = matches!(&ended, Ok(page) if page.status == 200);
        let left = self.journey.go(Method::GET, "/auth/logout/continue").await;
        match &left {
            Ok(page) if page.url.path() == "/deconnexion" => self.ledger.done("sign-outs"),
            Ok(page) => {
                let what = format!("sign-out ended with {} {}", page.status, code(page));
                self.judge(&what, &[What::Store, What::Provider], started);
            }
            Err(_) => {
                let what = "sign-out found nobody".to_owned();
                self.judge(&what, &[What::Store, What::Provider], started);
            }
        }
        if here {
            self.journey.cookies.insert("app-session".to_owned(), session);
            match said(self.journey.go(Method::GET, "/api/session").await) {
                Said::Nobody => self.ledger.done("old cookies refused"),
                Said::SignedIn => {
                    self.ledger.fault(format!("{}: a session outlived its end", self.email));
                }
                Said::Trouble(code) => {
                    self.judge(&format!("an old cookie met {code}"), &[What::Store], started);
                }
            }
        }
        // Next time with a new browser.
        self.journey.cookies.clear();
    }

    /// A failure is excused if one of these was away meanwhile.
    fn judge(&self, what: &str, causes: &[What], started: Instant) {
        if causes.iter().any(|cause| self.outages.since(*cause, started)) {
            self.ledger.excused(what);
        } else {
            self.ledger.fault(format!("{}: {what}", self.email));
        }
    }
}

fn said(answer: reqwest::Result<Page>) -> Said {
    match answer {
        Ok(page) if page.body.contains("\"state\":\"signed_in\"") => Said::SignedIn,
        Ok(page) if page.status == 401 || page.body.contains("\"state\":\"anonymous\"") => {
            Said::Nobody
        }
        Ok(page) => Said::Trouble(format!("{} {}", page.status, code(&page))),
        Err(_) => Said::Trouble("no answer".to_owned()),
    }
}

/// The stable code that a page or an answer shows.
fn code(page: &Page) -> String {
    let marker = "data-testid=\"problem-code\">";
    let shown = page.body.split_once(marker).and_then(|(_, rest)| rest.split('<').next());
    shown.map_or_else(|| page.body.chars().take(60).collect(), str::to_owned)
}
