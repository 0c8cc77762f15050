//! Owns ProConnect's own second factor: a code by email, sent to the address that the identity
//! provider gave. One code an address, kept as a hash, good for an hour and for one use; tries
//! and mails are limited.

use askama::Template;

use super::error::{HubError, Stopped};
use super::level::Decision;
use super::{Hub, HubSession, Login};
use crate::config::Profile;
use crate::mail::{MailError, Message};
use crate::pages::{CodeMail, CodeMailHtml};
use crate::protocol::AuthorizationRequest;
use crate::secret::{Token, random_digits};
use crate::session::Session;
use crate::storage::{NewCode, StoreError};

/// How long a code is good for, in seconds.
const LIFETIME: i64 = 3600;
/// How long one has to wait for another one, in seconds.
const RESEND_AFTER: i64 = 600;
/// How many tries an address has in [`TRY_WINDOW`].
const TRIES: i64 = 10;
const TRY_WINDOW: i64 = 300;

/// Why a code is not accepted or not sent; the page that asks for it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeProblem {
    TooManyTries,
    MailNotSent,
    WrongCode,
}

/// Where a person stands who is asked for a code.
#[derive(Debug)]
pub(crate) enum Confirmation {
    /// The page asks for the code.
    Ask(Box<Asked>),
    /// Nothing to ask (any more): this interaction goes on.
    Done(String),
}

/// What the page that asks for the code shows.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) email: String,
    pub(crate) digits: usize,
    /// Whether another code may be sent now.
    pub(crate) may_resend: bool,
    pub(crate) problem: Option<CodeProblem>,
}

impl Asked {
    /// Whether no code is on its way.
    pub(crate) fn mail_failed(&self) -> bool {
        self.problem == Some(CodeProblem::MailNotSent)
    }
}

/// Whether a living code gives way to a new one.
#[derive(Clone, Copy, Debug)]
enum Sending {
    IfAbsent,
    Again,
}

impl CodeProblem {
    /// ProConnect's code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::TooManyTries => "Y170001",
            Self::MailNotSent => "Y170002",
            Self::WrongCode => "Y170003",
        }
    }

    /// What the person reads.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::TooManyTries => {
                "Vous avez dépassé le nombre de tentatives autorisées. Veuillez réessayer plus \
                 tard."
            }
            Self::MailNotSent => {
                "Le code n’a pas pu être envoyé par email. Veuillez réessayer plus tard."
            }
            Self::WrongCode => "Le code rentré est invalide ou expiré.",
        }
    }
}

/// How many digits a code has.
fn digits(profile: Profile) -> usize {
    match profile {
        Profile::Synthesis2025 => 10,
        Profile::Production2026 => 8,
    }
}

impl Hub {
    /// The page that asks for the code, which is sent now unless a living one was sent before.
    pub(crate) async fn ask_code(
        &self,
        session: &Session<HubSession>,
    ) -> Result<Confirmation, Stopped> {
        self.asking(session, Sending::IfAbsent).await
    }

    /// The same after another code was asked for; it is sent if enough time has passed.
    pub(crate) async fn ask_another_code(
        &self,
        session: &Session<HubSession>,
    ) -> Result<Confirmation, Stopped> {
        self.asking(session, Sending::Again).await
    }

    /// Takes a typed code.
    pub(crate) async fn confirm_code(
        &self,
        session: &mut Session<HubSession>,
        typed: &str,
    ) -> Result<Confirmation, Stopped> {
        let Some((login, request)) = self.waiting(session).await? else {
            return Ok(Confirmation::Done(interaction(session)?));
        };
        let profile = self.profile_of(&request.client_id);
        let (uid, email) = (login.interaction.clone(), login.email.clone());
        let problem =
            self.try_code(&email, typed).await.map_err(|error| HubError::from(error).at(&uid))?;
        let Some(problem) = problem else {
            if let Some(login) = &mut session.data.login {
                login.email_verified = true;
            }
            self.sessions.save(session).await.map_err(|error| HubError::from(error).at(&uid))?;
            return Ok(Confirmation::Done(uid));
        };
        let may_resend = self.may_resend(&email).await?;
        let problem = Some(problem);
        Ok(Confirmation::Ask(Box::new(Asked {
            email,
            digits: digits(profile),
            may_resend,
            problem,
        })))
    }

    async fn asking(
        &self,
        session: &Session<HubSession>,
        sending: Sending,
    ) -> Result<Confirmation, Stopped> {
        let Some((login, request)) = self.waiting(session).await? else {
            return Ok(Confirmation::Done(interaction(session)?));
        };
        let digits = digits(self.profile_of(&request.client_id));
        let problem = self.send_code(&login.email, digits, sending).await?;
        let may_resend = self.may_resend(&login.email).await?;
        let email = login.email.clone();
        Ok(Confirmation::Ask(Box::new(Asked { email, digits, may_resend, problem })))
    }

    /// The sign-in that waits for a code, if one does.
    async fn waiting<'s>(
        &self,
        session: &'s Session<HubSession>,
    ) -> Result<Option<(&'s Login, AuthorizationRequest)>, HubError> {
        let login = session.data.login.as_ref().ok_or(HubError::SessionNotFound)?;
        let request = self.request(session, &login.interaction).await?;
        let waits = self.decision(login, &request) == Decision::AskCode;
        Ok(waits.then_some((login, request)))
    }

    async fn send_code(
        &self,
        email: &str,
        digits: usize,
        sending: Sending,
    ) -> Result<Option<CodeProblem>, StoreError> {
        let (code, now) = (random_digits(digits), self.clock.unix());
        let hash = code_hash(email, &code);
        let new = NewCode {
            email: &canonical(email),
            hash: &hash,
            sent_at: now,
            expires_at: now + LIFETIME,
            replaces_before: match sending {
                Sending::IfAbsent => None,
                Sending::Again => Some(now - RESEND_AFTER),
            },
        };
        // Noted before it is sent: of two simultaneous requests only one sends a mail.
        if !self.store.claim_email_code(&new).await? {
            return Ok(None);
        }
        let Err(error) = self.mail_code(email, &code).await else { return Ok(None) };
        if !matches!(error, MailError::Undelivered) {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "the code cannot be sent");
        }
        self.store.delete_email_code(new.email, &hash).await?;
        Ok(Some(CodeProblem::MailNotSent))
    }

    async fn mail_code(&self, email: &str, code: &str) -> Result<(), MailError> {
        let message = Message {
            to: email.to_owned(),
            subject: "Code à usage unique".to_owned(),
            text: CodeMail { code }.render()?,
            html: CodeMailHtml { code }.render()?,
        };
        self.mailbox.send(message).await
    }

    async fn try_code(&self, email: &str, typed: &str) -> Result<Option<CodeProblem>, StoreError> {
        let (now, key) = (self.clock.unix(), canonical(email));
        if !self.store.count_email_code_try(&key, now, now - TRY_WINDOW, TRIES).await? {
            return Ok(Some(CodeProblem::TooManyTries));
        }
        let typed: String = typed.split_whitespace().collect();
        let hash = code_hash(email, &typed);
        let right = match self.store.email_code(&key, now).await? {
            Some(sent) if hash.equals(&sent.hash) => {
                self.store.delete_email_code(&key, &hash).await?
            }
            _ => false,
        };
        Ok((!right).then_some(CodeProblem::WrongCode))
    }

    async fn may_resend(&self, email: &str) -> Result<bool, StoreError> {
        let now = self.clock.unix();
        let sent = self.store.email_code(&canonical(email), now).await?;
        Ok(sent.is_none_or(|sent| sent.sent_at + RESEND_AFTER <= now))
    }
}

fn interaction(session: &Session<HubSession>) -> Result<String, HubError> {
    let login = session.data.login.as_ref().ok_or(HubError::SessionNotFound)?;
    Ok(login.interaction.clone())
}

/// Two spellings of an address share its code and its tries.
fn canonical(email: &str) -> String {
    email.to_lowercase()
}

/// The hash names the address, so that equal codes of two people do not look alike.
fn code_hash(email: &str, code: &str) -> crate::secret::TokenHash {
    Token::presented(&format!("{}\n{code}", canonical(email))).hash()
}
