//! Owns the methods by which a person signed in, and their names in tokens (`amr`).

use serde::{Deserialize, Serialize};

/// One method, under its name in the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Method {
    #[serde(rename = "pwd")]
    Password,
    EmailLink,
    #[serde(rename = "email-otp")]
    EmailCode,
    /// The code of an authenticator.
    Totp,
    /// A passkey: proof of possession of a key.
    #[serde(rename = "pop")]
    Passkey,
    /// The device of the passkey knows the person, by a PIN or a finger.
    #[serde(rename = "uv")]
    UserVerification,
}

/// The methods of a session in the order in which they were used, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Methods(Vec<Method>);

impl Methods {
    /// Adds a method.
    pub(crate) fn add(&mut self, method: Method) {
        if !self.has(method) {
            self.0.push(method);
        }
    }

    /// Whether two factors of different kinds were used. A code by email is none: it adds nothing
    /// to a link by email, and production does not count it beside a password either.
    pub(crate) fn are_strong(&self) -> bool {
        let first = self.has(Method::Password) || self.has(Method::EmailLink);
        let second = self.has(Method::Totp) || self.has(Method::Passkey);
        (first && second) || (self.has(Method::Passkey) && self.has(Method::UserVerification))
    }

    /// Whether nothing but an email showed who it is.
    pub(crate) fn are_email_only(&self) -> bool {
        self.amr().iter().all(|name| *name == "mail")
    }

    /// Whether they open a session by themselves.
    pub(crate) fn open_a_session(&self) -> bool {
        [Method::Password, Method::EmailLink, Method::Passkey].iter().any(|one| self.has(*one))
    }

    /// Their names in tokens.
    pub(crate) fn amr(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        let strong = self.are_strong().then_some("mfa");
        for name in self.0.iter().filter_map(|method| method.amr()).chain(strong) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn has(&self, method: Method) -> bool {
        self.0.contains(&method)
    }
}

impl Method {
    fn amr(self) -> Option<&'static str> {
        match self {
            Self::Password => Some("pwd"),
            Self::EmailLink | Self::EmailCode => Some("mail"),
            Self::Totp => Some("otp"),
            Self::Passkey => Some("pop"),
            Self::UserVerification => None,
        }
    }
}

impl FromIterator<Method> for Methods {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        let mut all = Self::default();
        methods.into_iter().for_each(|method| all.add(method));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Method::{EmailCode, EmailLink, Passkey, Password, Totp, UserVerification};

    #[test]
    fn each_way_to_sign_in_has_its_amr() {
        let rows: [(&[Method], &[&str]); 13] = [
            (&[Password], &["pwd"]),
            (&[Password, EmailCode, EmailCode], &["pwd", "mail"]),
            (&[EmailLink], &["mail"]),
            (&[EmailLink, EmailCode], &["mail"]),
            (&[Password, Totp], &["pwd", "otp", "mfa"]),
            (&[Password, EmailCode, Totp], &["pwd", "mail", "otp", "mfa"]),
            (&[Password, Totp, EmailCode], &["pwd", "otp", "mail", "mfa"]),
            (&[Password, Passkey], &["pwd", "pop", "mfa"]),
            (&[Password, Passkey, UserVerification], &["pwd", "pop", "mfa"]),
            (&[Passkey, UserVerification], &["pop", "mfa"]),
            (&[Passkey], &["pop"]),
            (&[EmailLink, Totp], &["mail", "otp", "mfa"]),
            (&[EmailCode, Totp], &["mail", "otp"]),
        ];
        for (methods, amr) in rows {
            let methods: Methods = methods.iter().copied().collect();
            assert_eq!(methods.amr(), amr, "{methods:?}");
            assert_eq!(methods.are_strong(), amr.contains(&"mfa"), "{methods:?}");
            assert_eq!(methods.are_email_only(), amr == ["mail"], "{methods:?}");
        }
    }
}
