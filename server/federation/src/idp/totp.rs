//! Owns the codes of an authenticator (RFC 6238): how an app learns its secret, and at which time
//! step a code is the right one.

use std::fmt::Write as _;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Secret, Totp, TotpError};

use crate::email::EmailAddress;
use crate::secret::{equal, random_bytes};

/// Who issues the codes, as apps show it.
const ISSUER: &str = "ProConnect";

/// How long a code is shown, in seconds.
const STEP: i64 = 30;

/// By how many steps a clock may be wrong, in both directions.
const DRIFT: i64 = 2;

/// What an authenticator and we know, and nobody else.
pub(super) struct SharedSecret(Secret);

/// What an app has to learn.
#[derive(Clone, Debug)]
pub(crate) struct AppSetup {
    /// The secret in groups of four characters, to be typed.
    pub(crate) key: String,
    /// The address that apps on the same device open.
    pub(crate) url: String,
    /// The same, for the app's camera.
    pub(crate) picture: Picture,
}

/// A QR code as an SVG path in a square with its margin.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) path: String,
}

/// Why an app cannot be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetupError {
    #[error("the address of an authenticator cannot be written")]
    Url(#[from] TotpError),
    #[error("the address of an authenticator fits into no QR code")]
    Picture(#[from] QrError),
}

impl SharedSecret {
    /// Draws a new one.
    pub(super) fn random() -> Self {
        Self::new(&random_bytes::<32>())
    }

    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(Secret::from(bytes.to_vec()))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// What an app has to learn to show codes for this address.
    pub(super) fn setup(&self, email: &EmailAddress) -> Result<AppSetup, SetupError> {
        let totp = Builder::new()
            .with_secret(self.0.clone())
            .with_issuer(Some(ISSUER))
            .with_account_name(email.as_str())
            .build()?;
        // Said although they are what apps assume, for those that assume something else.
        let url = format!("{}&algorithm=SHA1&digits=6&period={STEP}", totp.to_url()?);
        // Nothing stands in front of a screen: larger squares help cameras more than redundancy.
        let picture = picture(&QrCode::with_error_correction_level(&url, EcLevel::L)?);
        let letters: Vec<char> = self.0.to_base32().to_lowercase().chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(AppSetup { key: groups.join(" "), url, picture })
    }

    /// The time step of which the code is; spaces in it do not count.
    pub(super) fn step_of(&self, typed: &str, now: i64) -> Option<i64> {
        let typed: String = typed.split_whitespace().collect();
        let totp = Builder::new().with_secret(self.0.clone()).build_noncompliant();
        let current = now / STEP;
        // All of them are compared, so that time does not tell how wrong a clock is.
        (current - DRIFT..=current + DRIFT).filter(|step| equal(&code(&totp, *step), &typed)).max()
    }
}

fn code(totp: &Totp, step: i64) -> String {
    totp.generate(u64::try_from(step * STEP).unwrap_or_default()).to_string()
}

/// One square for each dark module, inside the margin that cameras need.
fn picture(code: &QrCode) -> Picture {
    const MARGIN: usize = 4;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % width + MARGIN, place / width + MARGIN);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Picture { width: width + 2 * MARGIN, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret, and codes with eight digits, of which apps show six.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        let rows = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (now, code) in rows {
            let step = SharedSecret::new(RFC).step_of(&code[2..], now);
            assert_eq!(step, Some(now / STEP), "{now}");
        }
    }

    #[test]
    fn clocks_may_be_wrong_by_a_minute() {
        let (secret, now) = (SharedSecret::new(RFC), 1_111_111_110);
        let totp = Builder::new().with_secret(RFC.to_vec()).build_noncompliant();
        for drift in -4..=4_i64 {
            let code = code(&totp, now / STEP + drift);
            let expected = (drift.abs() <= 2).then_some(now / STEP + drift);
            assert_eq!(secret.step_of(&code, now), expected, "{drift}");
        }
    }

    #[test]
    fn only_spaces_in_a_code_do_not_count() {
        let secret = SharedSecret::new(RFC);
        for (typed, right) in [
            ("287 082", true),
            (" 28 70 82\n", true),
            ("287082", true),
            ("287-082", false),
            ("0287082", false),
            ("94287082", false),
            ("28708", false),
            ("", false),
        ] {
            assert_eq!(secret.step_of(typed, 59).is_some(), right, "{typed}");
        }
    }

    #[test]
    fn apps_learn_issuer_account_and_secret() {
        let email = EmailAddress::parse("a.b+c@yopmail.com").expect("an address");
        let secret = SharedSecret::new(&[0xff; 32]);

        let setup = secret.setup(&email).expect("a setup");

        assert_eq!(
            setup.url,
            format!(
                "otpauth://totp/ProConnect:a.b%2Bc%40yopmail.com?secret={}Q&issuer=ProConnect\
                 &algorithm=SHA1&digits=6&period=30",
                "7".repeat(51)
            )
        );
        assert_eq!(setup.key, format!("{}777q", "7777 ".repeat(12)));
        assert_eq!(SharedSecret::random().as_bytes().len(), 32);
        assert!(setup.picture.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "a corner's mark");
    }
}
