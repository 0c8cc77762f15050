//! Every state of every page, in the order in which a person may come to it.

use super::fixtures::{
    agent, agent_in_two_steps, anonymous, employee, long_names, sessions, signed_in, space,
};
use crate::preset::Preset;
use crate::routes::Page;
use crate::session::{Ending, SessionState};
use crate::wire::ApiProblem;

/// A state that a page can be in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Its address below the gallery's.
    pub id: &'static str,
    /// What designers call it.
    pub title: &'static str,
    /// The page.
    pub page: Page,
    /// What the page knows.
    pub preset: fn() -> Preset,
}

macro_rules! states {
    ($($id:literal, $title:literal, $page:expr, $preset:expr;)*) => {
        &[$(State { id: $id, title: $title, page: $page, preset: || $preset }),*]
    };
}

/// All of them.
pub(crate) static STATES: &[State] = states![
    "accueil", "Accueil", Page::Home, anonymous();
    "accueil-connecte", "Accueil, session ouverte", Page::Home, signed_in(agent());
    "accueil-menu-ouvert", "Menu ouvert (petit écran)", Page::Home,
        Preset { open: "menu", ..signed_in(agent()) };
    "accueil-affichage", "Paramètres d’affichage", Page::Home,
        Preset { open: "affichage", ..anonymous() };
    "accueil-langues", "Choix de la langue", Page::Home, Preset { open: "langues", ..anonymous() };
    "accueil-hors-ligne", "Sans connexion à internet", Page::Home,
        Preset { offline: true, ..signed_in(agent()) };
    "connexion", "Connexion", Page::SignIn, anonymous();
    "connexion-deja", "Connexion, session déjà ouverte", Page::SignIn, signed_in(agent());
    "connexion-expiree", "Connexion, session expirée", Page::SignIn, ended(ApiProblem::SessionExpired);
    "connexion-revoquee", "Connexion, session fermée ailleurs", Page::SignIn,
        ended(ApiProblem::SessionRevoked);
    "connexion-proconnect", "Connexion, session fermée par ProConnect", Page::SignIn,
        ended(ApiProblem::EndedByProvider);
    "connexion-acces-perdu", "Connexion, accès perdu", Page::SignIn, ended(ApiProblem::AccessRefused);
    "compte-attente", "Compte, en attente", Page::Account, Preset::default();
    "compte", "Compte", Page::Account, signed_in(agent());
    "compte-minimal", "Compte, le moins possible", Page::Account, signed_in(employee());
    "compte-noms-longs", "Compte, noms longs", Page::Account, signed_in(long_names());
    "compte-menu", "Compte, menu personnel", Page::Account,
        Preset { open: "menu-personnel", ..signed_in(agent()) };
    "compte-anonyme", "Compte, personne n’est connecté", Page::Account, anonymous();
    "compte-expire", "Compte, session expirée", Page::Account, ended(ApiProblem::SessionExpired);
    "compte-echec", "Compte, service injoignable", Page::Account, failed(ApiProblem::Unreachable);
    "compte-indisponible", "Compte, service indisponible", Page::Account,
        failed(ApiProblem::Unavailable);
    "identite-attente", "Identité, en attente", Page::Identity, Preset::default();
    "identite", "Identité", Page::Identity, signed_in(agent());
    "identite-minimale", "Identité, le moins possible", Page::Identity, signed_in(employee());
    "organisation", "Organisation publique", Page::Organisation, signed_in(agent());
    "organisation-privee", "Organisation privée", Page::Organisation, signed_in(employee());
    "securite", "Sécurité, une étape", Page::Security, signed_in(agent());
    "securite-deux-etapes", "Sécurité, deux étapes", Page::Security, signed_in(agent_in_two_steps());
    "sessions-attente", "Sessions, en attente", Page::Sessions, signed_in(agent());
    "sessions-seule", "Sessions, une seule", Page::Sessions, listed(1);
    "sessions", "Sessions", Page::Sessions, listed(3);
    "sessions-question", "Sessions, confirmation", Page::Sessions,
        Preset { asked: true, ..listed(3) };
    "sessions-echec", "Sessions, service indisponible", Page::Sessions,
        Preset { sessions: Some(Err(ApiProblem::Unavailable)), ..signed_in(agent()) };
    "protege-anonyme", "Espace protégé, personne n’est connecté", Page::Protected, anonymous();
    "protege-niveau", "Espace protégé, niveau insuffisant", Page::Protected, signed_in(agent());
    "protege", "Espace protégé", Page::Protected,
        Preset { space: Some(Ok(space())), ..signed_in(agent_in_two_steps()) };
    "protege-echec", "Espace protégé, service indisponible", Page::Protected,
        Preset { space: Some(Err(ApiProblem::Unavailable)), ..signed_in(agent_in_two_steps()) };
    "fin-proche", "La session se termine bientôt", Page::Account,
        Preset { ending: Some(Ending::Idle), open: "fin-de-session", ..signed_in(agent()) };
    "fin-definitive", "La session atteint sa durée maximale", Page::Account,
        Preset { ending: Some(Ending::Final), open: "fin-de-session", ..signed_in(agent()) };
    "fin", "La session est terminée, la saisie est gardée", Page::Protected,
        Preset {
            over: true,
            open: "fin-de-session",
            space: Some(Ok(space())),
            ..signed_in(agent_in_two_steps())
        };
    "deconnexion", "Déconnexion réussie", Page::SIGNED_OUT, anonymous();
    "plan-du-site", "Plan du site", Page::SITE_MAP, anonymous();
    "niveaux-de-garantie", "Niveaux de garantie", Page::LEVELS, anonymous();
    "accessibilite", "Accessibilité", Page::ACCESSIBILITY, anonymous();
    "mentions-legales", "Mentions légales", Page::LEGAL, anonymous();
    "donnees-personnelles", "Données personnelles", Page::PERSONAL_DATA, anonymous();
    "cookies", "Gestion des cookies", Page::COOKIES, anonymous();
];

fn ended(why: ApiProblem) -> Preset {
    Preset { why: Some(why), ..anonymous() }
}

fn failed(problem: ApiProblem) -> Preset {
    Preset { session: SessionState::Failed(problem), ..Preset::default() }
}

fn listed(count: usize) -> Preset {
    Preset { sessions: Some(Ok(sessions(count))), ..signed_in(agent()) }
}
