//! French wording of documents.

use super::{Footer, Meta, NotFound, Printed, SignedOut, SiteMap};

pub(super) static PRINTED: Printed = Printed {
    tagline: "Votre compte professionnel, avec ProConnect",
    home_link: "Accueil - {service}",
    footer: Footer {
        description: "{service} est un service en ligne réservé aux professionnels, agents publics \
                      et salariés. On y entre avec ProConnect.",
        not_compliant: "Accessibilité\u{a0}: non conforme",
        partly_compliant: "Accessibilité\u{a0}: partiellement conforme",
        fully_compliant: "Accessibilité\u{a0}: totalement conforme",
        support: "Contacter l’assistance",
        other_language: "English version",
        licence: "Sauf mention explicite de propriété intellectuelle détenue par des tiers, les \
                  contenus de ce site sont proposés sous ",
        licence_name: "licence etalab-2.0",
    },
    signed_out: SignedOut {
        meta: Meta::new("Déconnexion", "Votre session sur {service} est terminée."),
        heading: "Déconnexion réussie",
        text: "Votre session sur ce service est terminée.",
        advice: "Sur un ordinateur partagé, fermez aussi votre navigateur.",
        again: "Se reconnecter",
        home: "Revenir à l’accueil",
    },
    site_map: SiteMap {
        meta: Meta::new("Plan du site", "Toutes les pages de {service}."),
        service: "Le service",
        account: "Votre compte",
        about: "À propos",
    },
    not_found: NotFound {
        meta: Meta::new("Page non trouvée", "La page demandée n’existe pas."),
        code: "Erreur 404",
        lead: "La page que vous cherchez est introuvable. Excusez-nous pour la gêne occasionnée.",
        text: "Si vous avez saisi l’adresse dans le navigateur, vérifiez qu’elle est correcte. La \
               page n’est peut-être plus disponible.",
        home: "Revenir à l’accueil",
    },
    accessibility: Meta::new(
        "Accessibilité",
        "La déclaration d’accessibilité du service {service}.",
    ),
    legal: Meta::new("Mentions légales", "L’éditeur et l’hébergeur du service {service}."),
    personal_data: Meta::new(
        "Données personnelles",
        "Les données personnelles que reçoit le service {service}, et ce qu’il en fait.",
    ),
    cookies: Meta::new(
        "Gestion des cookies",
        "Ce que le service {service} conserve dans votre navigateur.",
    ),
};
