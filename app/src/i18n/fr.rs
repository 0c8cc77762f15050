//! French wording.

use super::messages::{
    Api, Connect, Header, Home, Level, Messages, Meta, Point, Sessions, Settings, SignIn,
};
use super::{account, protected, security, session_end};

pub(super) static MESSAGES: Messages = Messages {
    new_window: "nouvelle fenêtre",
    header: Header {
        skip_links: "Accès rapide",
        skip_to_content: "Contenu",
        skip_to_footer: "Pied de page",
        navigation: "Menu principal",
        breadcrumb: "vous êtes ici\u{a0}:",
        show_breadcrumb: "Voir le fil d’Ariane",
        languages: "Langue",
        choose_language: "Choisir une langue",
        menu: "Menu",
        close: "Fermer",
        sign_in: "Se connecter",
        sign_out: "Se déconnecter",
        signing_out: "Déconnexion en cours…",
    },
    settings: Settings {
        title: "Paramètres d’affichage",
        legend: "Choisissez un thème pour personnaliser l’apparence du site.",
        light: "Thème clair",
        dark: "Thème sombre",
        system: "Système",
        system_hint: "Utilise les paramètres de votre appareil",
        close: "Fermer",
    },
    connect: Connect {
        login: "S’identifier avec",
        help: "Qu’est-ce que ProConnect ?",
        help_title: "Qu’est-ce que ProConnect ? - nouvelle fenêtre",
    },
    home: Home {
        meta: Meta::new(
            "Accueil",
            "Un espace pour les professionnels, où l’on entre avec son adresse \
                          électronique professionnelle grâce à ProConnect.",
        ),
        heading: "Votre espace professionnel",
        lead: "Une adresse électronique professionnelle suffit\u{a0}: ProConnect vous reconnaît, \
               vous et votre organisation, sans nouveau mot de passe.",
        sign_in: "Se connecter",
        account: "Accéder à mon compte",
        points_heading: "Se connecter simplement",
        points: [
            Point {
                title: "Un seul compte",
                text: "Vous utilisez le compte que votre administration ou votre entreprise vous \
                       a déjà donné.",
            },
            Point {
                title: "Votre organisation est reconnue",
                text: "Son nom et son numéro SIRET nous sont transmis avec votre identité. Vous \
                       n’avez rien à saisir.",
            },
            Point {
                title: "Vos données restent à leur place",
                text: "Nous recevons votre nom, vos coordonnées professionnelles et votre \
                       organisation. Votre mot de passe ne nous est jamais transmis.",
            },
        ],
    },
    sign_in: SignIn {
        meta: Meta::new("Connexion", "Se connecter à {service} avec ProConnect."),
        heading: "Connexion à {service}",
        who: "Ce service s’adresse aux professionnels\u{a0}: agents publics et salariés. \
              Munissez-vous de votre adresse électronique professionnelle.",
        button_heading: "Se connecter avec ProConnect",
        help_heading: "Vous n’arrivez pas à vous connecter\u{a0}?",
        help: "Vérifiez que vous utilisez votre adresse professionnelle, puis recommencez. Si le \
               problème persiste, adressez-vous au service informatique de votre organisation.",
        already: "Votre session est déjà ouverte.",
        already_link: "Accéder à mon compte",
    },
    account: account::FR,
    security: security::FR,
    sessions: Sessions {
        meta: Meta::new(
            "Mes sessions",
            "Les navigateurs où vous avez une session ouverte, et comment y mettre fin.",
        ),
        lead: "Voici les navigateurs où vous avez une session ouverte sur ce service.",
        loading: "Chargement de vos sessions…",
        needs_script: "Vos sessions ne s’affichent pas\u{a0}? Cette page a besoin de JavaScript. \
                       Activez-le dans votre navigateur, puis rechargez la page.",
        anonymous: "Connectez-vous pour voir vos sessions. Vous reviendrez ensuite ici.",
        failed_title: "Vos sessions ne peuvent pas être affichées",
        current: "C’est la session que vous utilisez en ce moment.",
        last_seen: "Dernière activité",
        first_seen: "Connexion",
        on: " sur ",
        unknown_device: "Appareil inconnu",
        end: "Mettre fin à cette session",
        end_question: "Mettre fin à la session ",
        end_others: "Mettre fin à toutes les autres sessions",
        end_others_question: "Mettre fin à toutes vos sessions, sauf celle-ci\u{a0}?",
        confirm: "Mettre fin",
        cancel: "Annuler",
        ending: "Fin en cours…",
        ended: "C’est fait. L’appareil devra se reconnecter.",
        not_ended: "La session continue",
        alone: "Vous n’avez aucune autre session ouverte.",
    },
    level: Level {
        declared: "Identité déclarée, connexion en une étape",
        declared_mfa: "Identité déclarée, connexion en deux étapes",
        checked: "Faible, connexion en une étape",
        checked_mfa: "Faible, connexion en deux étapes",
        substantial: "Substantiel",
        high: "Élevé",
        manager: "Dirigeant certifié de l’organisation",
        other: "Autre niveau",
        pwd: "mot de passe",
        mail: "code ou lien reçu par courriel",
        otp: "code d’une application d’authentification",
        pin: "code PIN",
        pop: "clé d’accès",
        hwk: "clé matérielle",
        swk: "clé logicielle",
        mfa: "plusieurs facteurs",
    },
    protected: protected::FR,
    session_end: session_end::FR,
    api: Api {
        session_expired: "Votre session a pris fin. Reconnectez-vous pour continuer.",
        session_revoked: "Vous avez mis fin à cette session depuis un autre appareil. Reconnectez-vous pour continuer.",
        signed_out: "Votre session est terminée. Reconnectez-vous pour continuer.",
        ended_by_provider: "ProConnect a mis fin à votre session. Reconnectez-vous pour continuer.",
        access_refused: "Votre situation a changé et ce service ne vous est plus ouvert. Votre \
                         session est terminée.",
        level_insufficient: "Cette action demande une connexion en deux étapes.",
        other_person: "Une autre personne est maintenant connectée dans ce navigateur.",
        provider_unavailable: "ProConnect n’a pas répondu. Votre session continue.",
        unavailable: "Le service est momentanément indisponible. Cela ne met pas fin à votre session.",
        too_many_requests: "Trop de demandes en peu de temps. Patientez une minute.",
        unreachable: "Le service n’a pas pu être joint. Vérifiez votre connexion à internet.",
        outdated: "Cette page n’est plus à jour. Rechargez-la.",
        internal: "Une erreur inattendue est survenue.",
    },
};
