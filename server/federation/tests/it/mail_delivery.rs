//! Mails that a mail server delivers besides the sink, and what people see when it does not.

use std::io::Write;
use std::sync::{Arc, Mutex};

use federation::{Config, FreeEmails, Profile};
use reqwest::StatusCode;

use crate::support::{Browser, Callback, Folder, MailServer, Mood, Page, Stack};

const USER: &str = "user@yopmail.com";
const PASSWORD: &str = "une phrase de passe bien à moi";

async fn stack(server: &MailServer, change: impl FnOnce(&mut Config)) -> Stack {
    let address = format!("smtp://127.0.0.1:{}", server.port());
    Stack::with(|config| {
        config.mail.smtp = Some(address.into());
        change(config);
    })
    .await
}

async fn start(stack: &Stack, browser: &Browser, email: &str) -> Page {
    let page = browser.open(&stack.identite("/users/start-sign-in")).await;
    browser.submit(&page, &[("login", email)]).await
}

/// What is logged in this thread while the guard lives.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("unpoisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Logged {
    fn here(&self) -> tracing::subscriber::DefaultGuard {
        let logged = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::INFO)
            .with_writer(move || logged.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("unpoisoned").clone()).expect("text")
    }
}

#[tokio::test]
async fn a_mail_reaches_the_server_as_text_and_as_html() {
    let server = MailServer::start().await;
    let stack = stack(&server, |config| config.identite.browser_check = true).await;
    let browser = Browser::new();
    let page = start(&stack, &browser, USER).await;
    let page = browser.submit(&page, &[("password", USER)]).await;
    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(
        (mail.from.as_str(), mail.to.as_str()),
        ("ne-pas-repondre@proconnect.example", USER)
    );
    assert_eq!(mail.header("From"), "ProConnect <ne-pas-repondre@proconnect.example>");
    assert_eq!(mail.header("To"), USER);
    assert_eq!(mail.header("Subject"), "Vérification de votre adresse email");
    assert_eq!(mail.header("Date"), "Mon, 02 Mar 2026 09:00:00 +0000", "by the federation's clock");
    assert!(mail.header("Message-ID").ends_with("@proconnect.example>"));
    let parts = mail.parts();
    let code = stack.mailed_code().await;
    assert_eq!(parts.len(), 2);
    assert!(parts[0].content_type.starts_with("text/plain"), "{:?}", parts[0]);
    assert!(parts[1].content_type.starts_with("text/html"), "{:?}", parts[1]);
    assert!(parts.iter().all(|part| part.text.contains(&code)), "{parts:?}");
    assert!(parts[0].text.contains("n’essayez pas"), "{}", parts[0].text);
    assert!(parts[1].text.contains(&format!("<strong>{code}</strong>")), "{}", parts[1].text);
    let sink = browser.open(&stack.mail("/")).await;
    assert!(sink.body.contains("Un serveur de messagerie les distribue aussi."), "{}", sink.body);
}

#[tokio::test]
async fn a_user_and_the_password_of_a_file_open_the_server() {
    let (server, folder) = (MailServer::start().await, Folder::new());
    let file = folder.path().join("password");
    std::fs::write(&file, "geheim\n").expect("written");
    let address = format!("smtp://proconnect@127.0.0.1:{}", server.port());
    let stack = Stack::with(|config| {
        config.mail.smtp = Some(address.into());
        config.mail.smtp_password_file = Some(file);
    })
    .await;
    let browser = Browser::new();
    let page = start(&stack, &browser, USER).await;

    browser.submit_to(&page, "send-magic-link", &[]).await;

    // base64 of "\0proconnect\0geheim"
    let said = "AUTH PLAIN AHByb2Nvbm5lY3QAZ2VoZWlt".to_owned();
    assert!(server.commands().contains(&said), "{:?}", server.commands());
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_code_that_is_not_delivered_is_asked_for_again() {
    let server = MailServer::start().await;
    let stack = stack(&server, |_| {}).await;
    let (browser, logged) = (Browser::new(), Logged::default());
    let page = start(&stack, &browser, "ada@entreprise.example").await;
    server.become_(Mood::Refusing);

    let guard = logged.here();
    let page = browser.submit(&page, &[("password", PASSWORD)]).await;
    drop(guard);

    assert_eq!((page.url.path(), page.status), ("/users/verify-email", StatusCode::OK));
    assert!(page.body.contains("le courriel n’a pas pu être envoyé"), "{}", page.body);
    assert!(!page.body.contains("Code de vérification envoyé"), "{}", page.body);
    let log = logged.text();
    assert_eq!(log.matches("is not delivered").count(), 1, "{log}");
    assert!(log.contains("mail.code=\"refused\""), "{log}");
    let code = stack.mailed_code().await;
    assert!(!log.contains("entreprise.example") && !log.contains(&code), "{log}");
    let void = browser.submit(&page, &[("verify_email_token", &code)]).await;
    assert_eq!(void.url.query(), Some("notification=invalid_verify_email_code"));

    let again = browser.submit_to(&page, "send-email-verification", &[]).await;
    assert!(again.body.contains("le courriel n’a pas pu être envoyé"), "{}", again.body);
    server.become_(Mood::Taking);
    let again = browser.submit_to(&page, "send-email-verification", &[]).await;
    assert!(again.body.contains("Code de vérification envoyé"), "{}", again.body);
    let code = stack.mailed_code().await;
    let home = browser.submit(&again, &[("verify_email_token", &code)]).await;
    assert_eq!(home.url.path(), "/", "the account and its password are there");
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn how_long_a_reset_takes_says_nothing_of_whether_an_address_has_an_account() {
    let server = MailServer::start().await;
    server.become_(Mood::Silent);
    let stack = stack(&server, |_| {}).await;
    for email in ["nobody@inconnu.example", USER] {
        let browser = Browser::new();
        let page = browser.open(&stack.identite("/users/reset-password")).await;

        let sent = browser.submit(&page, &[("login", email)]).await;

        // Whoever waited for the silent server would hear in the end that the mail was not sent.
        assert_eq!(sent.url.query(), Some("notification=reset_password_email_sent"), "{email}");
    }
}

#[tokio::test]
async fn whoever_asks_for_a_link_hears_of_it_but_not_whether_an_address_has_an_account() {
    let server = MailServer::start().await;
    let stack = stack(&server, |_| {}).await;
    let browser = Browser::new();
    let page = start(&stack, &browser, USER).await;
    server.become_(Mood::Refusing);

    let again = browser.submit_to(&page, "send-magic-link", &[]).await;
    assert_eq!(again.url.path(), "/users/start-sign-in");
    assert!(again.body.contains("le courriel n’a pas pu être envoyé"), "{}", again.body);
    assert!(again.body.contains(&format!("value=\"{USER}\"")), "the address is still there");
    for email in [USER, "nobody@inconnu.example"] {
        let page = browser.open(&stack.identite("/users/reset-password")).await;
        let sent = browser.submit(&page, &[("login", email)]).await;
        assert_eq!(sent.url.query(), Some("notification=reset_password_email_sent"), "{email}");
    }
}

#[tokio::test]
async fn what_is_done_stays_done_when_its_mail_is_not_delivered() {
    let server = MailServer::start().await;
    let stack = stack(&server, |_| {}).await;
    let browser = Browser::new();
    let page = start(&stack, &browser, USER).await;
    browser.submit(&page, &[("password", USER)]).await;
    let page = browser.open(&stack.identite("/personal-information")).await;
    server.become_(Mood::Refusing);

    let page = browser.submit(&page, &[("given_name", "Jeanne")]).await;

    assert_eq!(page.url.query(), Some("notification=personal_information_update_success"));
    assert!(page.body.contains("value=\"Jeanne\""), "{}", page.body);
    assert_eq!(stack.mails().await.len(), 1, "the sink has it");
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_town_hall_that_is_not_reached_can_be_written_to_again() {
    let server = MailServer::start().await;
    let stack = stack(&server, |config| config.identite.free_emails = FreeEmails::Listed).await;
    let (browser, email) = (Browser::new(), "code-mairie@yopmail.com");
    let page = browser.open(&stack.service().authorize_url(&[("login_hint", email)])).await;
    let page = browser.submit(&page, &[("password", email)]).await;
    server.become_(Mood::Refusing);

    let page = browser.submit(&page, &[]).await;
    assert!(page.body.contains("le courriel n’a pas pu être envoyé"), "{}", page.body);
    server.become_(Mood::Taking);
    let page = browser.submit_to(&page, "official-contact-ask-which-email", &[]).await;

    assert!(page.body.contains("Code de vérification envoyé"), "{}", page.body);
    let mails = server.mails();
    assert_eq!(mails[0].to, "mairie.petit-bourg@orange.fr");
    assert_eq!(mails[0].header("Subject"), "[ProConnect] Authentifier un email sur ProConnect");
}

#[tokio::test]
async fn the_hubs_own_code_is_delivered_too() {
    let server = MailServer::start().await;
    let stack = stack(&server, |config| config.profile = Profile::Production2026).await;
    let (service, browser) = (stack.service(), Browser::new());
    let demand = r#"{"id_token":{"acr":{"essential":true,"value":"eidas1-mfa"}}}"#;
    let page = service.sign_in(&browser, "test@fia2.fr", &[("claims", demand)], &[]).await;

    assert_eq!(server.mails()[0].header("Subject"), "Code à usage unique");
    let code = stack.mailed_code().await;
    let done = browser.submit(&page, &[("code", &code)]).await;
    assert!(!Callback::of(&done).code().is_empty());
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_does_not_encrypt() {
    // To the federation 0.0.0.0 is another machine; it leads to this one.
    for scheme in ["smtp://user:geheim@0.0.0.0", "smtps://user:geheim@127.0.0.1"] {
        let server = MailServer::start().await;
        let address = format!("{scheme}:{}", server.port());
        let stack = Stack::with(|config| config.mail.smtp = Some(address.into())).await;
        let (browser, logged) = (Browser::new(), Logged::default());
        let page = start(&stack, &browser, USER).await;

        let guard = logged.here();
        let page = browser.submit_to(&page, "send-magic-link", &[]).await;
        drop(guard);

        assert!(page.body.contains("le courriel n’a pas pu être envoyé"), "{}", page.body);
        let said = server.commands().join("\n").to_ascii_uppercase();
        assert!(!said.contains("AUTH") && !said.contains("MAIL"), "{scheme}: {said}");
        assert!(server.mails().is_empty());
        assert!(logged.text().contains("is not delivered"), "{}", logged.text());
    }
}
