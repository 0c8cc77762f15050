//! How the service presents itself, and who answers for it.

use app::operator::{Accessibility, Contact, Link, Operator};

use super::ConfigError;

/// What documents say of the service and its operator. The brand is that of the built interface.
#[derive(Debug, clap::Args)]
pub struct OperatorOptions {
    /// The name of the service.
    #[arg(long, env = "APP_NAME", default_value = "Espace agent", value_name = "NAME")]
    pub app_name: String,
    /// Its name on English pages; unset: the same.
    #[arg(long, env = "APP_NAME_EN", value_name = "NAME")]
    pub app_name_en: Option<String>,
    /// The lines of the brand block, separated by `|`; unset: `République|Française` for the State,
    /// else none.
    #[arg(long, env = "APP_LOGO", default_value = "", value_name = "LINES")]
    pub app_logo: String,
    /// Who publishes the service, for its legal notice: name and address.
    #[arg(long, env = "APP_PUBLISHER", value_name = "TEXT")]
    pub app_publisher: Option<String>,
    /// Who directs the publication.
    #[arg(long, env = "APP_DIRECTOR", value_name = "TEXT")]
    pub app_director: Option<String>,
    /// Who hosts the service: name, address, telephone.
    #[arg(long, env = "APP_HOSTING", value_name = "TEXT")]
    pub app_hosting: Option<String>,
    /// Where people get help: an email address, or an https:// address.
    #[arg(long, env = "APP_SUPPORT", value_name = "CONTACT")]
    pub app_support: Option<String>,
    /// How to reach the data protection officer: likewise.
    #[arg(long, env = "APP_DPO", value_name = "CONTACT")]
    pub app_dpo: Option<String>,
    /// How far the service follows the RGAA, by its last audit.
    #[arg(long, env = "APP_ACCESSIBILITY", default_value = "none", value_enum)]
    pub app_accessibility: Compliance,
    /// Further links of the footer, as `text=https://…`, separated by `;`.
    #[arg(long, env = "APP_LINKS", default_value = "", value_name = "LINKS")]
    pub app_links: String,
}

/// The result of an audit, in the terms of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Compliance {
    /// Not compliant, or not audited.
    None,
    /// Partly compliant.
    Partial,
    /// Fully compliant.
    Full,
}

impl OperatorOptions {
    /// The checked operator.
    pub fn operator(&self) -> Result<Operator, ConfigError> {
        let service = self.app_name.trim().to_owned();
        if service.is_empty() {
            return Err(ConfigError::Name);
        }
        Ok(Operator {
            service,
            service_en: given(self.app_name_en.as_ref()),
            logo: pieces(&self.app_logo, '|').map(str::to_owned).collect(),
            publisher: given(self.app_publisher.as_ref()),
            director: given(self.app_director.as_ref()),
            host: given(self.app_hosting.as_ref()),
            support: contact("APP_SUPPORT", self.app_support.as_ref())?,
            dpo: contact("APP_DPO", self.app_dpo.as_ref())?,
            accessibility: match self.app_accessibility {
                Compliance::None => Accessibility::None,
                Compliance::Partial => Accessibility::Partial,
                Compliance::Full => Accessibility::Full,
            },
            links: pieces(&self.app_links, ';').map(link).collect::<Result<_, _>>()?,
            ..Operator::default()
        })
    }
}

/// An option that is set to nothing counts as unset, as scripts leave them.
fn given(value: Option<&String>) -> Option<String> {
    value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn pieces(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).map(str::trim).filter(|piece| !piece.is_empty())
}

fn contact(name: &'static str, value: Option<&String>) -> Result<Option<Contact>, ConfigError> {
    given(value).map(|text| Contact::parse(&text).ok_or(ConfigError::Contact(name))).transpose()
}

fn link(piece: &str) -> Result<Link, ConfigError> {
    let (text, href) = piece.split_once('=').ok_or(ConfigError::Links)?;
    let (text, href) = (text.trim().to_owned(), href.trim().to_owned());
    let is_sound =
        !text.is_empty() && href.starts_with("https://") && url::Url::parse(&href).is_ok();
    is_sound.then_some(Link { text, href }).ok_or(ConfigError::Links)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Options {
        #[command(flatten)]
        operator: OperatorOptions,
    }

    fn read(arguments: &[&str]) -> Result<Operator, String> {
        let options = Options::try_parse_from([&["server"], arguments].concat())
            .map_err(|error| error.to_string())?;
        options.operator.operator().map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_configured_is_the_service_as_it_comes() {
        assert_eq!(read(&[]), Ok(Operator::default()));
        assert_eq!(read(&["--app-support", " ", "--app-publisher", ""]), Ok(Operator::default()));
    }

    #[test]
    fn what_is_configured_is_said() {
        let operator = read(&[
            "--app-name=Le Portail",
            "--app-name-en=The Portal",
            "--app-logo=Ministère|de l’Exemple",
            "--app-publisher=Ministère de l’Exemple, 1 rue de la Paix, 75000 Paris",
            "--app-support=aide@exemple.gouv.fr",
            "--app-dpo=https://exemple.gouv.fr/dpo",
            "--app-accessibility=partial",
            "--app-links=Aide=https://exemple.gouv.fr/aide?a=b; État=https://etat.exemple.fr",
        ])
        .expect("valid");

        assert_eq!(operator.service, "Le Portail");
        assert_eq!(operator.service_en.as_deref(), Some("The Portal"));
        assert_eq!(operator.logo, ["Ministère", "de l’Exemple"]);
        assert_eq!(operator.support, Some(Contact::Email("aide@exemple.gouv.fr".to_owned())));
        assert_eq!(operator.dpo, Some(Contact::Page("https://exemple.gouv.fr/dpo".to_owned())));
        assert_eq!(operator.accessibility, Accessibility::Partial);
        let links: Vec<_> = operator.links.iter().map(|link| (&*link.text, &*link.href)).collect();
        assert_eq!(
            links,
            [("Aide", "https://exemple.gouv.fr/aide?a=b"), ("État", "https://etat.exemple.fr")]
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (argument, word) in [
            ("--app-name= ", "APP_NAME"),
            ("--app-support=aide", "APP_SUPPORT"),
            ("--app-support=javascript:alert(1)", "APP_SUPPORT"),
            ("--app-support=http://exemple.fr", "APP_SUPPORT"),
            ("--app-dpo=dpo@exemple.fr et autres", "APP_DPO"),
            ("--app-links=https://exemple.fr", "APP_LINKS"),
            ("--app-links=Aide=javascript:alert(1)", "APP_LINKS"),
            ("--app-links==https://exemple.fr", "APP_LINKS"),
        ] {
            let refused = read(&[argument]).expect_err(argument);
            assert!(refused.contains(word), "{argument}: {refused}");
        }
    }
}
