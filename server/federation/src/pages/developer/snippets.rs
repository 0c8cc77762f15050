//! Owns the settings to copy for services in other stacks, filled in for one service. The texts
//! are files of their own, because the tests run them as they are.

use crate::config::Service;
use crate::protocol::SigningAlg;

/// Where the secret goes: it is not shown on a page.
const SECRET: &str = "remplacez-par-le-client-secret";

const STACKS: [(&str, &str); 5] = [
    ("tout client OpenID Connect", include_str!("../../../templates/snippets/generic.txt")),
    ("Node.js, openid-client", include_str!("../../../templates/snippets/openid-client.txt")),
    ("Django, Authlib", include_str!("../../../templates/snippets/django.txt")),
    ("Spring Boot, Spring Security", include_str!("../../../templates/snippets/spring.txt")),
    ("Keycloak, en courtier", include_str!("../../../templates/snippets/keycloak.txt")),
];

/// The settings for one stack.
#[derive(Debug)]
pub(crate) struct Snippet {
    pub(crate) title: &'static str,
    pub(crate) text: String,
}

/// The settings of a service, for each stack.
pub(crate) fn snippets(issuer: &str, service: &Service) -> Vec<Snippet> {
    let scopes = service.scopes.to_string();
    let first = |uris: &[String]| uris.first().cloned().unwrap_or_default();
    let values = [
        ("issuer", issuer.to_owned()),
        ("client_id", service.client_id.clone()),
        ("client_secret_placeholder", SECRET.to_owned()),
        ("redirect_uri", first(&service.redirect_uris)),
        ("post_logout_redirect_uri", first(&service.post_logout_redirect_uris)),
        ("scopes_list", scopes.replace(' ', ", ")),
        ("scopes", scopes),
        ("id_token_alg", service.id_token_signed_response_alg.as_str().to_owned()),
        (
            "userinfo_alg",
            service.userinfo_signed_response_alg.map_or("", SigningAlg::as_str).to_owned(),
        ),
    ];
    STACKS
        .into_iter()
        .map(|(title, template)| {
            let filled = |text: String, (name, value): &(&str, String)| {
                text.replace(&format!("{{{{ {name} }}}}"), value)
            };
            Snippet { title, text: values.iter().fold(template.to_owned(), filled) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn every_name_is_filled_in_and_no_secret_is() {
        let config = Config::parse(crate::SAMPLE).expect("valid");
        let service = &config.services[0];

        for snippet in snippets("http://localhost:3100/api/v2", service) {
            assert!(!snippet.text.contains("{{"), "{}: {}", snippet.title, snippet.text);
            assert!(snippet.text.contains(&service.client_id), "{}", snippet.title);
            assert!(!snippet.text.contains(service.client_secret.expose()), "{}", snippet.title);
        }
    }
}
