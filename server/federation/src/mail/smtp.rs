//! The mail server that delivers. Passwords and mails travel encrypted, unless the server is on this
//! machine; certificates are verified.

use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox as Party, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as TransportError};
use lettre::{Address, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::Mail;
use crate::config::{MailSink, Outbound};

/// How long delivering may take altogether: less than a page may.
const DEADLINE: Duration = Duration::from_secs(20);
/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The name beside the sender's address.
const SENDER_NAME: &str = "ProConnect";

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// Encrypted from the first byte.
    Tls,
    /// Encrypted before anything is said, or nothing is.
    StartTls,
    /// The server is on this machine.
    Loopback,
}

/// A mail server.
#[derive(Clone, Debug)]
pub(crate) struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

/// Why a mail is not delivered, or why no mail could ever be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SmtpError {
    #[error("{0}")]
    Address(&'static str),
    #[error("the password of the mail server, or the certificate authorities, cannot be read")]
    File(#[source] std::io::Error),
    #[error("the mail server cannot be prepared")]
    Setup(#[source] TransportError),
    #[error("the mail cannot be written")]
    Message(#[source] lettre::error::Error),
    #[error("the mail names an address that mail servers do not take")]
    Party(#[source] lettre::address::AddressError),
    #[error("the mail server takes too long")]
    Deadline,
    #[error("the mail server does not take the mail")]
    Transport(#[source] TransportError),
}

impl SmtpError {
    /// What may be logged.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Address(_) | Self::File(_) | Self::Setup(_) => "setup",
            Self::Message(_) | Self::Party(_) => "message",
            Self::Deadline => "timeout",
            Self::Transport(error) if error.is_timeout() => "timeout",
            Self::Transport(error) if error.is_tls() => "tls",
            Self::Transport(error) if error.is_permanent() => "refused",
            Self::Transport(error) if error.is_transient() => "refused_for_now",
            Self::Transport(error) if error.is_client() => "unsupported",
            Self::Transport(_) => "unreachable",
        }
    }
}

/// Checks what the configuration says of the mail server.
pub(crate) fn check(settings: &MailSink) -> Result<(), &'static str> {
    let Some(address) = &settings.smtp else {
        return match settings.smtp_password_file {
            Some(_) => Err("[mail] has a password, but no smtp server"),
            None => Ok(()),
        };
    };
    let url = parse(address)?;
    if settings.smtp_password_file.is_some() {
        if url.password().is_some() {
            return Err("[mail] has two passwords for its smtp server");
        }
        if url.username().is_empty() {
            return Err("[mail] smtp names no user for its password");
        }
    }
    match settings.sender.parse::<Address>() {
        Ok(_) => Ok(()),
        Err(_) => Err("[mail] sender is no address"),
    }
}

impl Smtp {
    /// The mail server of the configuration, if it names one.
    pub(crate) fn new(settings: &MailSink, outbound: &Outbound) -> Result<Option<Self>, SmtpError> {
        let Some(address) = &settings.smtp else { return Ok(None) };
        let url = parse(address).map_err(SmtpError::Address)?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let (tls, port) = match protection(&url) {
            Protection::Tls => (Tls::Wrapper(parameters(&host, outbound)?), 465),
            Protection::StartTls => (Tls::Required(parameters(&host, outbound)?), 587),
            Protection::Loopback => (Tls::None, 25),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .tls(tls)
            .port(url.port().unwrap_or(port))
            .timeout(Some(PATIENCE));
        if !url.username().is_empty() {
            let password = match &settings.smtp_password_file {
                Some(file) => {
                    let text = std::fs::read_to_string(file).map_err(SmtpError::File)?;
                    text.trim_end_matches(['\r', '\n']).to_owned()
                }
                None => decoded(url.password().unwrap_or_default()),
            };
            builder = builder.credentials(Credentials::new(decoded(url.username()), password));
        }
        Ok(Some(Self(builder.build())))
    }

    /// Hands a mail to the server.
    pub(super) async fn deliver(&self, mail: &Mail) -> Result<(), SmtpError> {
        let message = message(mail)?;
        let sent = tokio::time::timeout(DEADLINE, self.0.send(message)).await;
        sent.map_err(|_| SmtpError::Deadline)?.map_err(SmtpError::Transport).map(|_| ())
    }
}

fn parameters(host: &str, outbound: &Outbound) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &outbound.ca_file {
        let pem = std::fs::read(file).map_err(SmtpError::File)?;
        let certificate = Certificate::from_pem(&pem).map_err(SmtpError::Setup)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(SmtpError::Setup)
}

/// The mail as text and as HTML.
fn message(mail: &Mail) -> Result<Message, SmtpError> {
    let address = |text: &str| text.parse::<Address>().map_err(SmtpError::Party);
    let from = address(&mail.from)?;
    let seconds = u64::try_from(mail.sent_at).unwrap_or_default();
    Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.domain())))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .from(Party::new(Some(SENDER_NAME.to_owned()), from))
        .to(Party::new(None, address(&mail.to)?))
        .subject(&mail.subject)
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(SmtpError::Message)
}

/// Reads `smtp://user:password@host:port`. Messages never quote it.
fn parse(address: &SecretString) -> Result<Url, &'static str> {
    let url = Url::parse(address.expose_secret()).map_err(|_| "[mail] smtp is no address")?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    if !matches!(url.scheme(), "smtp" | "smtps") || url.host().is_none() || !bare {
        return Err("[mail] smtp must look like smtp://user:password@host:port, or smtps://…");
    }
    Ok(url)
}

fn protection(url: &Url) -> Protection {
    if url.scheme() == "smtps" {
        return Protection::Tls;
    }
    // Of an address that is not a web address the host is only a text so far.
    let own = match Host::parse(url.host_str().unwrap_or_default()) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => false,
    };
    if own { Protection::Loopback } else { Protection::StartTls }
}

fn decoded(part: &str) -> String {
    // A plus sign is no space here.
    let query = format!("x={}", part.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(smtp: &str) -> MailSink {
        MailSink { smtp: Some(smtp.into()), ..MailSink::default() }
    }

    #[test]
    fn a_connection_is_encrypted_unless_it_stays_on_this_machine() {
        let rows = [
            ("smtps://mail.example.fr", Protection::Tls),
            ("smtps://localhost:2465", Protection::Tls),
            ("smtp://mail.example.fr:587", Protection::StartTls),
            ("smtp://10.0.0.1", Protection::StartTls),
            ("smtp://0.0.0.0:25", Protection::StartTls),
            ("smtp://localhost.example.fr", Protection::StartTls),
            ("smtp://localhost:1025", Protection::Loopback),
            ("smtp://127.0.0.1:1025", Protection::Loopback),
            ("smtp://[::1]:1025", Protection::Loopback),
        ];
        for (address, expected) in rows {
            let url = parse(&address.into()).expect("an address");
            assert_eq!(protection(&url), expected, "{address}");
        }
    }

    #[test]
    fn addresses_that_make_no_sense_are_refused_without_being_quoted() {
        for wrong in [
            "mail.example.fr",
            "http://user:geheim@mail.example.fr",
            "smtp://user:geheim@",
            "smtp://user:geheim@mail.example.fr/path",
            "smtp://user:geheim@mail.example.fr?tls=none",
        ] {
            let refused = check(&settings(wrong)).expect_err(wrong);
            assert!(refused.contains("smtp") && !refused.contains("geheim"), "{refused}");
        }
        assert!(check(&settings("smtp://user:geheim@mail.example.fr:587")).is_ok());
        let file = Some("secret".into());
        let twice =
            MailSink { smtp_password_file: file, ..settings("smtps://a:b@mail.example.fr") };
        assert!(check(&twice).is_err());
        assert!(check(&MailSink { smtp: None, ..twice }).is_err());
    }

    #[test]
    fn a_password_is_decoded_as_it_stands_in_an_address() {
        assert_eq!(decoded("a%40b%3Ac+d"), "a@b:c+d");
    }
}
