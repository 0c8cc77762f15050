//! French wording.

use super::messages::{
    Account, Api, Article, Connect, Footer, Header, Home, Level, Messages, Meta, NotFound, Point,
    Section, Service, Sessions, Settings, SignIn, SignedOut,
};
use super::{protected, session_end};

pub(super) static MESSAGES: Messages = Messages {
    service: Service {
        name: "Espace agent",
        tagline: "Votre compte professionnel, avec ProConnect",
    },
    header: Header {
        skip_links: "Accès rapide",
        skip_to_content: "Contenu",
        skip_to_footer: "Pied de page",
        home_link: "Accueil - Espace agent",
        navigation: "Menu principal",
        home: "Accueil",
        account: "Mon compte",
        protected: "Espace protégé",
        menu: "Menu",
        close: "Fermer",
        sign_in: "Se connecter",
        sign_out: "Se déconnecter",
        signing_out: "Déconnexion en cours…",
    },
    footer: Footer {
        description: "Espace agent est un service en ligne réservé aux professionnels, \
                      agents publics et salariés. On y entre avec ProConnect.",
        new_window: "nouvelle fenêtre",
        accessibility: "Accessibilité\u{a0}: non conforme",
        legal: "Mentions légales",
        personal_data: "Données personnelles",
        cookies: "Gestion des cookies",
        other_language: "English version",
        licence: "Sauf mention explicite de propriété intellectuelle détenue par des tiers, \
                  les contenus de ce site sont proposés sous ",
        licence_name: "licence etalab-2.0",
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
        meta: Meta::new("Connexion", "Se connecter à Espace agent avec ProConnect."),
        heading: "Connexion à Espace agent",
        who: "Ce service s’adresse aux professionnels\u{a0}: agents publics et salariés. \
              Munissez-vous de votre adresse électronique professionnelle.",
        button_heading: "Se connecter avec ProConnect",
        help_heading: "Vous n’arrivez pas à vous connecter\u{a0}?",
        help: "Vérifiez que vous utilisez votre adresse professionnelle, puis recommencez. Si le \
               problème persiste, adressez-vous au service informatique de votre organisation.",
        already: "Votre session est déjà ouverte.",
        already_link: "Accéder à mon compte",
    },
    account: Account {
        meta: Meta::new(
            "Mon compte",
            "Votre identité, votre organisation et le niveau de votre connexion.",
        ),
        heading: "Mon compte",
        lead: "Voici ce que ProConnect nous a transmis lors de votre connexion.",
        loading: "Chargement de vos informations…",
        loaded: "Vos informations sont affichées.",
        needs_script: "Vos informations ne s’affichent pas\u{a0}? Cette page a besoin de \
                       JavaScript. Activez-le dans votre navigateur, puis rechargez la page.",
        anonymous_title: "Vous n’avez pas de session ouverte",
        anonymous: "Connectez-vous pour voir votre compte. Vous reviendrez ensuite ici.",
        failed_title: "Vos informations ne peuvent pas être affichées",
        retry: "Réessayer",
        identity: "Identité",
        given_name: "Prénom",
        usual_name: "Nom d’usage",
        email: "Adresse électronique",
        phone: "Téléphone",
        organisation: "Organisation",
        organisation_label: "Nom",
        siret: "SIRET",
        public_service: "Service public",
        public_service_yes: "Oui",
        public_service_no: "Non",
        sign_in: "Connexion",
        provider: "Fournisseur d’identité",
        level: "Niveau de garantie",
        methods: "Moyens utilisés",
        absent: "Non communiqué",
        change: "Une information est inexacte\u{a0}? Elle se corrige auprès de votre organisation \
                 ou dans votre compte ProConnect, puis se met à jour à la prochaine connexion.",
    },
    sessions: Sessions {
        meta: Meta::new(
            "Mes sessions",
            "Les navigateurs où vous avez une session ouverte, et comment y mettre fin.",
        ),
        heading: "Mes sessions",
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
        link: "Voir mes sessions ouvertes",
        back: "Revenir à mon compte",
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
    signed_out: SignedOut {
        meta: Meta::new("Déconnexion", "Votre session sur Espace agent est terminée."),
        heading: "Déconnexion réussie",
        text: "Votre session sur ce service est terminée.",
        advice: "Sur un ordinateur partagé, fermez aussi votre navigateur.",
        again: "Se reconnecter",
        home: "Revenir à l’accueil",
    },
    not_found: NotFound {
        meta: Meta::new("Page non trouvée", "La page demandée n’existe pas."),
        heading: "Page non trouvée",
        code: "Erreur 404",
        lead: "La page que vous cherchez est introuvable. Excusez-nous pour la gêne occasionnée.",
        text: "Si vous avez saisi l’adresse dans le navigateur, vérifiez qu’elle est correcte. La \
               page n’est peut-être plus disponible.",
        home: "Revenir à l’accueil",
    },
    accessibility: Article {
        meta: Meta::new("Accessibilité", "Déclaration d’accessibilité d’Espace agent."),
        sections: &[
            Section {
                heading: "État de conformité",
                paragraphs: &[
                    "Espace agent n’est pas conforme au référentiel général d’amélioration de \
                     l’accessibilité (RGAA 4.1)\u{a0}: aucun audit n’a encore été réalisé.",
                    "Des contrôles automatiques sont faits à chaque modification. Ils ne \
                     remplacent pas un audit.",
                ],
            },
            Section {
                heading: "Signaler un défaut",
                paragraphs: &[
                    "Si un contenu ou une fonction vous est inaccessible, écrivez au responsable \
                     du service\u{a0}: il vous proposera une autre voie.",
                    "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.",
                ],
            },
        ],
    },
    legal: Article {
        meta: Meta::new("Mentions légales", "Éditeur et hébergeur d’Espace agent."),
        sections: &[
            Section {
                heading: "Éditeur",
                paragraphs: &["Ce service est publié par l’organisation qui l’exploite. Son nom, \
                               son adresse et son directeur de la publication figurent sur son \
                               site institutionnel."],
            },
            Section {
                heading: "Hébergement",
                paragraphs: &["Le service est hébergé par l’organisation qui l’exploite, ou par \
                               le prestataire qu’elle a choisi."],
            },
        ],
    },
    personal_data: Article {
        meta: Meta::new(
            "Données personnelles",
            "Les données personnelles qu’Espace agent reçoit, et ce qu’il en fait.",
        ),
        sections: &[
            Section {
                heading: "Ce que nous recevons",
                paragraphs: &["Lors de votre connexion, ProConnect nous transmet vos prénom et \
                               nom d’usage, votre adresse électronique professionnelle, votre \
                               téléphone s’il est connu, votre organisation et le niveau de \
                               garantie de la connexion."],
            },
            Section {
                heading: "Ce que nous en faisons",
                paragraphs: &[
                    "Ces données servent à vous reconnaître et à afficher votre compte. \
                               Elles sont conservées le temps de votre session, puis effacées.",
                ],
            },
            Section {
                heading: "Vos droits",
                paragraphs: &["Vous pouvez demander l’accès à vos données, leur rectification ou \
                               leur effacement au délégué à la protection des données de \
                               l’organisation qui exploite le service, et saisir la CNIL."],
            },
        ],
    },
    cookies: Article {
        meta: Meta::new(
            "Gestion des cookies",
            "Ce qu’Espace agent conserve dans votre navigateur.",
        ),
        sections: &[
            Section {
                heading: "Aucun traceur",
                paragraphs: &[
                    "Ce site ne mesure pas votre audience et n’affiche pas de publicité. \
                               Il n’a donc pas de consentement à vous demander.",
                ],
            },
            Section {
                heading: "Ce qui est nécessaire au service",
                paragraphs: &[
                    "Un cookie de session, le temps de votre connexion\u{a0}; un cookie de \
                     quelques minutes pendant que vous vous identifiez.",
                    "Votre choix de thème clair ou sombre, gardé dans votre navigateur et jamais \
                     transmis.",
                ],
            },
        ],
    },
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
