//! Every state of every page, in the order in which a person may come to it; and every component.

use super::fixtures::{
    agent, agent_in_two_steps, anonymous, employee, long_names, sessions, signed_in, space,
};
use super::sheets::{self, Sheet};
use crate::i18n::Locale;
use crate::level::TWO_STEPS;
use crate::pages::problem::{AccessRule, Details, ProblemPage};
use crate::preset::Preset;
use crate::routes::{Page, sign_in};
use crate::session::{Ending, SessionState};
use crate::wire::ApiProblem;

/// A state that a page can be in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Its address below the gallery's.
    pub id: &'static str,
    /// What designers call it.
    pub title: &'static str,
    /// What it shows.
    pub shows: Shows,
}

/// What a state shows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shows {
    /// A page, and what it knows.
    Page(Page, fn() -> Preset),
    /// The page of addresses that have none.
    NotFound,
    /// A problem's page, and what it says beyond its kind.
    Problem(ProblemPage, fn() -> Details),
    /// The page on the way out.
    Leaving,
    /// The page of a service that does not answer.
    Unavailable,
    /// A component in all its variants.
    Sheet(Sheet),
}

macro_rules! states {
    ($($id:literal, $title:literal, $page:expr, $preset:expr;)*) => {
        [$(State { id: $id, title: $title, shows: Shows::Page($page, || $preset) }),*]
    };
}

macro_rules! others {
    ($($id:literal, $title:literal, $shows:expr;)*) => {
        [$(State { id: $id, title: $title, shows: $shows }),*]
    };
}

macro_rules! refused {
    ($rule:expr, $instead:expr) => {
        Shows::Problem(ProblemPage::AccessRefused, || {
            let instead: Option<&str> = $instead;
            Details {
                refusal: Some(($rule, instead.map(str::to_owned))),
                another_account: Some(retry()),
                ..details()
            }
        })
    };
}

/// States of a kind, with what designers call them.
#[derive(Debug)]
pub(crate) struct Group {
    /// Its title.
    pub title: &'static str,
    /// Its states.
    pub states: &'static [State],
}

/// All groups.
pub(crate) static GROUPS: [Group; 3] = [
    Group { title: "Pages", states: &PAGES },
    Group { title: "Arrêts et erreurs", states: &STOPS },
    Group { title: "Composants", states: &COMPONENTS },
];

/// The state that one sees first.
pub(crate) static FIRST: &State = &PAGES[0];

/// The state of that address.
pub(crate) fn state_at(id: &str) -> Option<&'static State> {
    GROUPS.iter().flat_map(|group| group.states).find(|state| state.id == id)
}

static PAGES: [State; 47] = states![
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

static STOPS: [State; 21] = others![
    "page-non-trouvee", "Page non trouvée", Shows::NotFound;
    "indisponible", "Service arrêté (page autonome)", Shows::Unavailable;
    "tentative-perimee", "Tentative de connexion périmée", problem(ProblemPage::StateUnknown);
    "connexion-annulee", "Connexion annulée", problem(ProblemPage::Cancelled);
    "connexion-refusee", "Connexion refusée par ProConnect", problem(ProblemPage::ProviderRefused);
    "proconnect-injoignable", "ProConnect injoignable", problem(ProblemPage::ProviderUnavailable);
    "reponse-invalide", "Réponse de ProConnect invalide", problem(ProblemPage::AnswerInvalid);
    "demande-invalide", "Demande invalide", problem(ProblemPage::BadRequest);
    "niveau-insuffisant", "Niveau insuffisant",
        Shows::Problem(ProblemPage::LevelInsufficient, two_steps_wanted);
    "autre-personne", "Autre personne revenue",
        Shows::Problem(ProblemPage::OtherPerson, session_kept);
    "acces-role", "Accès refusé, rôle", refused!(AccessRule::Role, None);
    "acces-domaine", "Accès refusé, adresse électronique",
        refused!(AccessRule::EmailDomain, Some("exemple.fr"));
    "acces-siret", "Accès refusé, organisation",
        refused!(AccessRule::Siret, Some("818 019 127 00021"));
    "acces-fournisseur", "Accès refusé, fournisseur d’identité",
        refused!(AccessRule::IdentityProvider, Some("ProConnect Identité"));
    "deconnexion-en-cours", "Déconnexion en cours", Shows::Leaving;
    "deconnexion-inachevee", "Déconnexion inachevée", problem(ProblemPage::SignOutUnfinished);
    "deconnexion-echouee", "Déconnexion échouée", problem(ProblemPage::SignOutFailed);
    "autre-site", "Demande d’un autre site", problem(ProblemPage::Forbidden);
    "trop-de-demandes", "Trop de demandes", problem(ProblemPage::TooManyRequests);
    "service-indisponible", "Service indisponible", problem(ProblemPage::ServiceUnavailable);
    "erreur-interne", "Erreur inattendue", problem(ProblemPage::Internal);
];

static COMPONENTS: [State; 16] = others![
    "composant-boutons", "Boutons", Shows::Sheet(sheets::BUTTONS);
    "composant-boutons-occupes", "Boutons occupés", Shows::Sheet(sheets::BUSY_BUTTON);
    "composant-proconnect", "Bouton ProConnect", Shows::Sheet(sheets::CONNECT_BUTTON);
    "composant-liens", "Liens", Shows::Sheet(sheets::LINKS);
    "composant-alertes", "Alertes", Shows::Sheet(sheets::ALERTS);
    "composant-bandeaux", "Bandeaux d’information", Shows::Sheet(sheets::NOTICES);
    "composant-badges", "Badges", Shows::Sheet(sheets::BADGES);
    "composant-cartes", "Cartes", Shows::Sheet(sheets::CARDS);
    "composant-tuiles", "Tuiles", Shows::Sheet(sheets::TILES);
    "composant-listes", "Listes de valeurs", Shows::Sheet(sheets::SUMMARIES);
    "composant-tableaux", "Tableaux", Shows::Sheet(sheets::TABLES);
    "composant-champs", "Champs de formulaire", Shows::Sheet(sheets::FIELDS);
    "composant-mot-de-passe", "Champ de mot de passe", Shows::Sheet(sheets::PASSWORDS);
    "composant-accordeons", "Accordéons", Shows::Sheet(sheets::ACCORDIONS);
    "composant-etapes", "Indicateur d’étapes", Shows::Sheet(sheets::STEPPERS);
    "composant-modale", "Fenêtre modale", Shows::Sheet(sheets::MODALS);
];

const fn problem(kind: ProblemPage) -> Shows {
    Shows::Problem(kind, details)
}

fn details() -> Details {
    Details { retry: retry(), ..Details::default() }
}

fn two_steps_wanted() -> Details {
    Details { levels: TWO_STEPS.map(str::to_owned).to_vec(), ..details() }
}

fn session_kept() -> Details {
    Details { session_kept: true, ..details() }
}

/// The link that starts again.
fn retry() -> String {
    sign_in(Locale::Fr, Page::Account)
}

fn ended(why: ApiProblem) -> Preset {
    Preset { why: Some(why), ..anonymous() }
}

fn failed(problem: ApiProblem) -> Preset {
    Preset { session: SessionState::Failed(problem), ..Preset::default() }
}

fn listed(count: usize) -> Preset {
    Preset { sessions: Some(Ok(sessions(count))), ..signed_in(agent()) }
}
