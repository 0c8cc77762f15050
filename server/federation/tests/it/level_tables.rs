//! The tables of `LEVELS.md`, carried out row by row: what is asked for, and what the service is
//! told, with real requests, codes and tokens.

use std::fmt;

use federation::Profile;

use crate::support::{Browser, Callback, Page, Stack, decode};

const TABLES: &str = include_str!("../../LEVELS.md");

/// An account of the sample whose password is its address.
#[derive(Clone, Copy)]
struct Account {
    setting: &'static str,
    email: &'static str,
    /// The key of its authenticator.
    key: &'static str,
}

const ACCOUNTS: [Account; 3] = [
    Account { setting: "default", email: "user@yopmail.com", key: "" },
    Account {
        setting: "on demand",
        email: "authenticator@yopmail.com",
        key: "t5jzubj5i5l2amrqosajo64rs7c5ob5s",
    },
    Account {
        setting: "everywhere",
        email: "toujours@yopmail.com",
        key: "h6xfida4pwyeglw6v2q4rpue5g2bvmjx",
    },
];

/// A row of a table.
struct Row<'d> {
    cells: Vec<&'d str>,
}

impl<'d> Row<'d> {
    fn demanded(&self) -> Vec<&'d str> {
        self.cells[0].split(' ').filter(|level| *level != "–").collect()
    }

    fn person(&self) -> Person<'d> {
        if let Some((uid, level)) = self.cells[1].split_once(" at ") {
            return Person::Agent { uid, level };
        }
        let setting = self.cells[1].strip_prefix("Identité, ").expect("a person");
        let account = ACCOUNTS.into_iter().find(|account| account.setting == setting);
        let account = account.expect("a setting");
        Person::Account { account, browser_known: self.cells[2] == "known" }
    }

    /// What is asked for, the level and the methods.
    fn outcome(&self) -> [&'d str; 3] {
        [self.cells[3], self.cells[4], self.cells[5]]
    }
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cells[..3].join(" | "))
    }
}

enum Person<'d> {
    /// Somebody at a demo administration that declares this level.
    Agent { uid: &'d str, level: &'d str },
    /// Somebody with an account of ProConnect Identité.
    Account { account: Account, browser_known: bool },
}

/// The rows of the table below a heading.
fn rows(heading: &str) -> Vec<Row<'static>> {
    let section = TABLES.split("\n## ").find(|section| section.starts_with(heading));
    let lines = section.expect("a section").lines().filter(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 6, "{line}");
            Row { cells }
        })
        .collect()
}

#[tokio::test]
async fn the_synthesis_holds_row_by_row() {
    hold("Profile 2025", Profile::Synthesis2025, 10).await;
}

#[tokio::test]
async fn production_holds_row_by_row() {
    hold("Profile 2026", Profile::Production2026, 8).await;
}

async fn hold(heading: &str, profile: Profile, digits: usize) {
    let rows = rows(heading);
    assert!(rows.len() > 25, "{} rows", rows.len());
    for row in rows {
        // A federation of its own: no limit and no session of an earlier row counts.
        let stack = Stack::with(|config| {
            config.profile = profile;
            config.identite.browser_check = true;
        })
        .await;
        let outcome = sign_in(&stack, &row, digits).await;
        let outcome: Vec<&str> = outcome.iter().map(String::as_str).collect();
        assert_eq!(outcome, row.outcome(), "{row}");
    }
}

/// Signs the person of a row in: what was asked for, the level and the methods.
async fn sign_in(stack: &Stack, row: &Row<'_>, digits: usize) -> [String; 3] {
    let person = row.person();
    let browser = Browser::new();
    let email = match person {
        Person::Agent { uid, .. } => format!("test@{uid}.fr"),
        Person::Account { account, browser_known } => {
            if browser_known {
                make_known(stack, &browser, account).await;
            }
            account.email.to_owned()
        }
    };
    let claims = claims(&row.demanded());
    let page = browser.open(&stack.service().authorize_url(&[("claims", &claims)])).await;
    let mut page = browser.submit(&page, &[("email", &email)]).await;
    let mut asked = Vec::new();
    while page.location().is_none() {
        if page.body.contains(">Continuer sur le service</a>") {
            page = browser.open(&page.link("Continuer sur le service")).await;
            continue;
        }
        if page.body.contains("data-testid=\"error-code\"") {
            let code = page.hook("error-code").replace("- code erreur : ", "");
            return [asked.join(", "), code, String::new()];
        }
        let (what, next) = match page.url.path() {
            "/api/v2/verify-email" => {
                let code = stack.mailed_code().await;
                assert_eq!(code.len(), digits, "{row}");
                ("code by ProConnect", browser.submit(&page, &[("code", &code)]).await)
            }
            _ => answer(stack, &browser, &person, &page).await,
        };
        asked.push(what);
        assert!(asked.len() < 10, "{row}: {asked:?}");
        page = next;
    }
    let [acr, amr] = told(stack, &page).await;
    [asked.join(", "), acr, amr]
}

/// Does what a page of the identity provider asks for.
async fn answer(
    stack: &Stack,
    browser: &Browser,
    person: &Person<'_>,
    page: &Page,
) -> (&'static str, Page) {
    let account = match person {
        Person::Agent { level, .. } => {
            return ("form", browser.submit(page, &[("acr", level)]).await);
        }
        Person::Account { account, .. } => account,
    };
    match page.url.path() {
        "/users/sign-in" => {
            ("password", browser.submit(page, &[("password", account.email)]).await)
        }
        "/users/verify-email" => {
            let code = stack.mailed_code().await;
            assert_eq!(code.len(), 10);
            ("code by Identité", browser.submit(page, &[("verify_email_token", &code)]).await)
        }
        "/users/2fa-sign-in" => {
            let code = stack.totp(account.key, 0);
            ("authenticator", browser.submit_to(page, "totp", &[("totpToken", &code)]).await)
        }
        "/users/double-authentication-choice" => ("set up", set_up(stack, browser, page).await),
        path => panic!("unexpected {path}:\n{}", page.body),
    }
}

/// Sets an authenticator up and goes on.
async fn set_up(stack: &Stack, browser: &Browser, page: &Page) -> Page {
    let page = browser.submit(page, &[("radio-2fa", "totp")]).await;
    let page = browser.submit(&page, &[("totp-tool-type", "application")]).await;
    let key = page.body.split("id=\"humanReadableTotpKey\">").nth(1).expect("a key");
    let code = stack.totp(&key[..key.find('<').expect("its end")], 0);
    let page = browser.submit_to(&page, "totp", &[("totpToken", &code)]).await;
    assert_eq!(page.url.path(), "/users/2fa-successfully-configured", "{}", page.body);
    browser.submit(&page, &[]).await
}

/// Signs in without a service, once, so that the browser is known afterwards.
async fn make_known(stack: &Stack, browser: &Browser, account: Account) {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    let page = browser.submit(&page, &[("login", account.email)]).await;
    let person = Person::Account { account, browser_known: false };
    let mut page = browser.submit(&page, &[("password", account.email)]).await;
    while page.url.path() != "/" {
        page = answer(stack, browser, &person, &page).await.1;
    }
    assert!(browser.cookie("trusted-browser").is_some());
    browser.forget_cookie("identite_session");
    // The authenticator's next code is another one.
    stack.advance(120);
}

fn claims(demanded: &[&str]) -> String {
    let acr = if demanded.is_empty() {
        serde_json::Value::Null
    } else {
        serde_json::json!({ "essential": true, "values": demanded })
    };
    serde_json::json!({ "id_token": { "amr": null, "acr": acr } }).to_string()
}

/// The level and the methods, or the error.
async fn told(stack: &Stack, page: &Page) -> [String; 2] {
    let callback = Callback::of(page);
    if !callback.get("error").is_empty() {
        return [callback.get("error").to_owned(), String::new()];
    }
    let tokens = stack.service().tokens(&callback).await;
    let id_token = decode(tokens["id_token"].as_str().expect("text"));
    let methods = id_token["amr"].as_array().expect("methods").iter();
    let methods: Vec<&str> = methods.map(|method| method.as_str().expect("text")).collect();
    [id_token["acr"].as_str().expect("a level").to_owned(), methods.join(" ")]
}
