//! Owns the mails of the federation. What is sent ends in the mailbox, where the mail sink shows it; only
//! the latest mails are kept. If a mail server is configured, it delivers them besides.

mod smtp;

use std::sync::Arc;

use askama::Template as _;

use crate::clock::Clock;
use crate::pages::{LetterHtml, LetterText};
use crate::secret::random_uid;
use crate::storage::{Store, StoreError};

pub(crate) use smtp::Smtp;
pub(crate) use smtp::check as check_smtp;

/// How many mails are kept.
const KEPT: u32 = 300;

/// What is to be sent.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// A mail that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// In seconds since 1970.
    pub(crate) sent_at: i64,
    /// Whether someone looked at it.
    pub(crate) read: bool,
}

/// A message of a title and a few lines, in text and HTML.
#[derive(Debug)]
pub(crate) struct Letter {
    title: String,
    lines: Vec<String>,
}

impl Letter {
    /// A letter with nothing in it. The title is also the subject.
    pub(crate) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), lines: Vec::new() }
    }

    /// Adds a paragraph.
    pub(crate) fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }
}

/// Why a letter is not sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailError {
    /// It was logged, and the mail is in the sink.
    #[error("the mail server did not take the mail")]
    Undelivered,
    #[error("the mail cannot be written")]
    Template(#[from] askama::Error),
    #[error("the mail cannot be kept")]
    Store(#[from] StoreError),
}

/// Where all mails end.
#[derive(Clone, Debug)]
pub(crate) struct Mailbox {
    sender: String,
    store: Store,
    clock: Arc<dyn Clock>,
    smtp: Option<Smtp>,
}

impl Mailbox {
    pub(crate) fn new(sender: String, store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { sender, store, clock, smtp: None }
    }

    /// The same, with a mail server that delivers.
    pub(crate) fn delivered_by(self, smtp: Option<Smtp>) -> Self {
        Self { smtp, ..self }
    }

    /// Whether mails leave the machine.
    pub(crate) fn delivers(&self) -> bool {
        self.smtp.is_some()
    }

    /// Sends a message that somebody waits for.
    pub(crate) async fn send(&self, message: Message) -> Result<(), MailError> {
        let mail = self.keep(message).await?;
        match &self.smtp {
            Some(smtp) if !delivered(smtp, &mail).await => Err(MailError::Undelivered),
            _ => Ok(()),
        }
    }

    /// Sends a message without waiting for the mail server: how long that takes would tell whether
    /// there is anybody to write to.
    pub(crate) async fn send_aside(&self, message: Message) -> Result<(), MailError> {
        let mail = self.keep(message).await?;
        if let Some(smtp) = self.smtp.clone() {
            tokio::spawn(async move { delivered(&smtp, &mail).await });
        }
        Ok(())
    }

    /// Sends a letter that says what was done. Whether it is delivered changes nothing.
    pub(crate) async fn write(&self, to: &str, letter: Letter) -> Result<(), MailError> {
        match self.deliver(to, letter).await {
            Err(MailError::Undelivered) => Ok(()),
            other => other,
        }
    }

    /// Sends a letter that somebody waits for.
    pub(crate) async fn deliver(&self, to: &str, letter: Letter) -> Result<(), MailError> {
        let Letter { title, lines } = letter;
        let text = LetterText { lines: &lines }.render()?;
        let html = LetterHtml { title: &title, lines: &lines }.render()?;
        self.send(Message { to: to.to_owned(), subject: title, text, html }).await
    }

    async fn keep(&self, message: Message) -> Result<Mail, StoreError> {
        let Message { to, subject, text, html } = message;
        let (id, from, sent_at) = (random_uid(), self.sender.clone(), self.clock.unix());
        let mail = Mail { id, from, to, subject, text, html, sent_at, read: false };
        self.store.insert_mail(&mail, KEPT).await?;
        Ok(mail)
    }

    /// All mails, the latest first.
    pub(crate) async fn list(&self) -> Result<Vec<Mail>, StoreError> {
        self.store.mails().await
    }

    /// One mail, which counts as read from now on.
    pub(crate) async fn read(&self, id: &str) -> Result<Option<Mail>, StoreError> {
        self.store.read_mail(id).await
    }

    /// Removes one mail; `false` if there is none.
    pub(crate) async fn remove(&self, id: &str) -> Result<bool, StoreError> {
        self.store.delete_mail(id).await
    }

    /// Removes all mails.
    pub(crate) async fn clear(&self) -> Result<(), StoreError> {
        self.store.delete_mails().await
    }
}

/// Hands a mail to the server; a failure is logged here, and only here.
async fn delivered(smtp: &Smtp, mail: &Mail) -> bool {
    match smtp.deliver(mail).await {
        Ok(()) => true,
        Err(error) => {
            // Neither address nor content: what servers answer often names the address.
            tracing::error!(mail.id = mail.id, mail.code = error.code(), "a mail is not delivered");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    async fn mailbox() -> Mailbox {
        let store = Store::open(None).await.expect("a store in memory");
        Mailbox::new("from@proconnect.example".to_owned(), store, Arc::new(SystemClock))
    }

    fn message(number: u32) -> Message {
        Message {
            to: "test@fia1.fr".to_owned(),
            subject: number.to_string(),
            text: String::new(),
            html: String::new(),
        }
    }

    #[tokio::test]
    async fn only_the_latest_mails_are_kept() {
        let mailbox = mailbox().await;
        for number in 0..KEPT + 5 {
            mailbox.send(message(number)).await.expect("sent");
        }

        let mails = mailbox.list().await.expect("a list");

        assert_eq!(mails.len(), KEPT as usize);
        assert_eq!(mails[0].subject, (KEPT + 4).to_string());
        assert_eq!(mails.last().expect("a mail").subject, "5");
    }

    #[tokio::test]
    async fn a_mail_that_was_looked_at_is_read() {
        let mailbox = mailbox().await;
        mailbox.send(message(1)).await.expect("sent");
        let id = mailbox.list().await.expect("a list")[0].id.clone();

        assert!(!mailbox.list().await.expect("a list")[0].read);
        assert!(mailbox.read(&id).await.expect("an answer").expect("a mail").read);
        assert!(mailbox.list().await.expect("a list")[0].read);
        assert!(mailbox.remove(&id).await.expect("an answer"));
        assert!(!mailbox.remove(&id).await.expect("an answer"), "it is gone");
    }
}
