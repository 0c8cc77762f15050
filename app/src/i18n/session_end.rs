//! Wording of the end of a session, and of reading the identity again.

#[derive(Debug)]
pub(crate) struct SessionEnd {
    pub soon_title: &'static str,
    pub soon: &'static str,
    pub soon_final: &'static str,
    pub stay: &'static str,
    pub close: &'static str,
    pub over_title: &'static str,
    pub over: &'static str,
    pub again: &'static str,
    pub again_title: &'static str,
    pub leave: &'static str,
    pub offline: &'static str,
    pub read_at: &'static str,
    pub refresh: &'static str,
    pub refreshing: &'static str,
    pub refreshed: &'static str,
    pub not_refreshed: &'static str,
}

pub(super) const FR: SessionEnd = SessionEnd {
    soon_title: "Votre session se termine bientôt",
    soon: "Vous n’avez rien fait depuis un moment. Votre session prendra fin dans moins de deux \
           minutes.",
    soon_final: "Votre session atteint sa durée maximale. Enregistrez votre travail, ou \
                 identifiez-vous de nouveau dès maintenant.",
    stay: "Prolonger ma session",
    close: "Fermer",
    over_title: "Votre session est terminée",
    over: "Rien de ce que vous avez saisi n’est perdu. Reconnectez-vous dans un autre onglet, puis \
           revenez ici\u{a0}: la page sera telle que vous l’avez laissée.",
    again: "Se reconnecter",
    again_title: "Se reconnecter - nouvelle fenêtre",
    leave: "Abandonner ma saisie",
    offline: "La connexion à internet est coupée. Votre saisie est conservée\u{a0}; enregistrez-la \
              quand la connexion sera revenue.",
    read_at: "Ces informations ont été lues auprès de ProConnect le",
    refresh: "Actualiser mes informations",
    refreshing: "Actualisation…",
    refreshed: "Vos informations sont à jour.",
    not_refreshed: "Vos informations n’ont pas été actualisées",
};

pub(super) const EN: SessionEnd = SessionEnd {
    soon_title: "Your session ends soon",
    soon: "You have done nothing for a while. In less than two minutes you will be signed out.",
    soon_final: "Your session reaches its longest duration. Save your work, or sign in again right \
                 now.",
    stay: "Stay signed in",
    close: "Close",
    over_title: "Your session is over",
    over: "Nothing that you typed is lost. Sign in again in another tab, then come back here: the \
           page will be as you left it.",
    again: "Sign in again",
    again_title: "Sign in again - new window",
    leave: "Discard what I typed",
    offline: "You are no longer connected to the internet. What you typed is kept; save it once \
              the connection is back.",
    read_at: "This information was read at ProConnect on",
    refresh: "Update my information",
    refreshing: "Updating…",
    refreshed: "Your information is up to date.",
    not_refreshed: "Your information was not updated",
};
