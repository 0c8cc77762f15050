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
}

/// The methods of a session in the order in which they were used, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Methods(Vec<Method>);

impl Methods {
    /// Adds a method.
    pub(crate) fn add(&mut self, method: Method) {
        if !self.0.contains(&method) {
            self.0.push(method);
        }
    }

    /// Their names in tokens.
    pub(crate) fn amr(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for name in self.0.iter().map(|method| method.amr()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl Method {
    fn amr(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::EmailLink | Self::EmailCode => "mail",
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
    use Method::{EmailCode, EmailLink, Password};

    #[test]
    fn each_way_to_sign_in_has_its_amr() {
        let rows: [(&[Method], &[&str]); 4] = [
            (&[Password], &["pwd"]),
            (&[Password, EmailCode, EmailCode], &["pwd", "mail"]),
            (&[EmailLink], &["mail"]),
            (&[EmailLink, EmailCode], &["mail"]),
        ];
        for (methods, amr) in rows {
            assert_eq!(methods.iter().copied().collect::<Methods>().amr(), amr, "{methods:?}");
        }
    }
}
