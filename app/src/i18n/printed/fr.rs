//! French wording of documents.

use super::{Footer, LevelRow, Levels, Meta, NotFound, Printed, SignedOut, SiteMap};

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
    levels: Levels {
        meta: Meta::new(
            "Les niveaux de garantie",
            "Jusqu’où une identité a été vérifiée, et par quels moyens.",
        ),
        lead: "Un niveau dit jusqu’où votre identité et votre lien avec l’organisation ont été \
                  vérifiés, et par quels moyens vous prouvez que c’est vous.",
        level: "Niveau",
        identity: "Identité et organisation",
        means: "Ce qu’il faut pour l’atteindre",
        rows: [
            LevelRow {
                acr: "eidas0",
                name: "Déclaré",
                identity: "Déclarées par vous, en tout ou partie",
                means: "Un mot de passe, ou un lien reçu par courriel",
            },
            LevelRow {
                acr: "eidas0-mfa",
                name: "Déclaré, deux étapes",
                identity: "Déclarées par vous, en tout ou partie",
                means: "En plus, un code reçu par courriel, une application ou une clé d’accès",
            },
            LevelRow {
                acr: "eidas1",
                name: "Faible",
                identity: "Contrôlées par votre organisation ou par ProConnect",
                means: "Un mot de passe, ou un lien reçu par courriel",
            },
            LevelRow {
                acr: "eidas1-mfa",
                name: "Faible, deux étapes",
                identity: "Contrôlées par votre organisation ou par ProConnect",
                means: "En plus, un code reçu par courriel, une application ou une clé d’accès",
            },
            LevelRow {
                acr: "eidas2",
                name: "Substantiel",
                identity: "Vérifiées, et certifiées par une source officielle",
                means: "Deux facteurs robustes\u{a0}: mot de passe et application, ou clé d’accès",
            },
            LevelRow {
                acr: "eidas3",
                name: "Élevé",
                identity: "Vérifiées, et certifiées par une source officielle",
                means: "Un support matériel\u{a0}: carte agent et code PIN, ou clé de sécurité",
            },
        ],
        manager_heading: "La certification de dirigeant",
        manager: "Un service peut aussi demander que la personne soit certifiée dirigeante de l’organisation\u{a0}: \
                  FranceConnect confirme alors son identité, et les registres officiels sa fonction.",
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
