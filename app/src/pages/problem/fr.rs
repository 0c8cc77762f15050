//! French wording of the problems.

use super::{Common, ProblemPage, Text};

pub(super) static COMMON: Common = Common {
    role: "Il demande un rôle que vous n’avez pas. Vos rôles, d’après ProConnect\u{a0}:",
    email_domain: "Il accepte certaines adresses électroniques seulement. Le domaine de la \
                   vôtre\u{a0}:",
    siret: "Il accepte certaines organisations seulement. Le SIRET de la vôtre\u{a0}:",
    identity_provider: "Il accepte certains fournisseurs d’identité seulement. Le vôtre\u{a0}:",
    nothing: "non communiqué",
    another_account: "Utiliser un autre compte",
    levels: "Un de ces niveaux est demandé\u{a0}:",
    session_kept: "Votre session en cours continue, telle qu’elle était.",
    retry: "Réessayer",
    home: "Revenir à l’accueil",
    code: "Code à communiquer à l’assistance\u{a0}:",
    request: "Référence\u{a0}:",
};

pub(super) const fn text(kind: ProblemPage) -> &'static Text {
    match kind {
        ProblemPage::StateUnknown => &STATE_UNKNOWN,
        ProblemPage::Cancelled => &CANCELLED,
        ProblemPage::ProviderRefused => &PROVIDER_REFUSED,
        ProblemPage::ProviderUnavailable => &PROVIDER_UNAVAILABLE,
        ProblemPage::AnswerInvalid => &ANSWER_INVALID,
        ProblemPage::BadRequest => &BAD_REQUEST,
        ProblemPage::LevelInsufficient => &LEVEL_INSUFFICIENT,
        ProblemPage::AccessRefused => &ACCESS_REFUSED,
        ProblemPage::SignOutUnfinished => &SIGN_OUT_UNFINISHED,
        ProblemPage::SignOutFailed => &SIGN_OUT_FAILED,
        ProblemPage::OtherPerson => &OTHER_PERSON,
        ProblemPage::Forbidden => &FORBIDDEN,
        ProblemPage::TooManyRequests => &TOO_MANY_REQUESTS,
        ProblemPage::ServiceUnavailable => &SERVICE_UNAVAILABLE,
        ProblemPage::Internal => &INTERNAL,
    }
}

const STATE_UNKNOWN: Text = Text {
    title: "Cette tentative de connexion n’est plus valable",
    lead: "Elle a expiré, a déjà servi, ou a été commencée dans un autre navigateur.",
    advice: "Recommencez la connexion. Si vous aviez enregistré la page dans vos favoris, \
             enregistrez plutôt l’accueil du service.",
};

const CANCELLED: Text = Text {
    title: "Connexion annulée",
    lead: "Vous avez interrompu la connexion avec ProConnect. Rien n’a été enregistré.",
    advice: "Vous pouvez recommencer quand vous le souhaitez.",
};

const PROVIDER_REFUSED: Text = Text {
    title: "ProConnect a refusé la connexion",
    lead: "ProConnect n’a pas pu vous connecter à ce service.",
    advice: "Recommencez. Si le refus persiste, communiquez le code ci-dessous à \
             l’assistance.",
};

const PROVIDER_UNAVAILABLE: Text = Text {
    title: "ProConnect est momentanément indisponible",
    lead: "Nous n’arrivons pas à joindre ProConnect. Vos données ne sont pas en cause.",
    advice: "Patientez quelques minutes, puis recommencez.",
};

const ANSWER_INVALID: Text = Text {
    title: "Réponse inattendue de ProConnect",
    lead: "La réponse reçue n’a pas pu être vérifiée. Par prudence, nous l’avons écartée.",
    advice: "Recommencez la connexion. Si le problème persiste, communiquez le code \
             ci-dessous à l’assistance.",
};

const BAD_REQUEST: Text = Text {
    title: "Demande incorrecte",
    lead: "L’adresse suivie est incomplète ou inexacte.",
    advice: "Repartez de l’accueil, ou recommencez la connexion.",
};

const LEVEL_INSUFFICIENT: Text = Text {
    title: "Niveau de connexion insuffisant",
    lead: "Ce service demande une connexion plus sûre que celle que vous venez de faire.",
    advice: "Recommencez avec un second facteur\u{a0}: code, application ou clé d’accès. \
             S’il ne vous est pas proposé, adressez-vous à votre organisation.",
};

const ACCESS_REFUSED: Text = Text {
    title: "Vous n’avez pas accès à ce service",
    lead: "ProConnect vous connaît bien, mais ce service ne vous est pas ouvert.",
    advice: "Si vous avez un autre compte professionnel, utilisez-le\u{a0}: votre session \
             ProConnect sera d’abord fermée. Sinon, communiquez le code ci-dessous à \
             l’assistance du service.",
};

const SIGN_OUT_UNFINISHED: Text = Text {
    title: "Votre session ProConnect est encore ouverte",
    lead: "Votre session sur ce service est terminée, mais ProConnect n’a pas répondu.",
    advice: "Réessayez dans un instant. Sur un ordinateur partagé, fermez aussi votre \
             navigateur.",
};

const SIGN_OUT_FAILED: Text = Text {
    title: "La déconnexion n’a pas abouti",
    lead: "Le service est momentanément indisponible\u{a0}: votre session y est encore ouverte.",
    advice: "Recommencez\u{a0}: nous fermerons d’abord votre session ProConnect, puis \
             celle-ci. Sur un ordinateur partagé, fermez aussi votre navigateur.",
};

const OTHER_PERSON: Text = Text {
    title: "Vous avez répondu avec un autre compte",
    lead: "Nous vous avons demandé de confirmer votre identité, mais c’est une autre \
           personne qui s’est identifiée auprès de ProConnect.",
    advice: "Recommencez avec le compte de votre session. Pour en changer, \
             déconnectez-vous d’abord.",
};

const FORBIDDEN: Text = Text {
    title: "Demande refusée",
    lead: "Cette demande vient d’un autre site. Pour vous protéger, nous l’avons refusée.",
    advice: "Repartez de l’accueil du service.",
};

const TOO_MANY_REQUESTS: Text = Text {
    title: "Trop de demandes",
    lead: "Trop de demandes nous sont parvenues en peu de temps.",
    advice: "Patientez une minute, puis recommencez.",
};

const SERVICE_UNAVAILABLE: Text = Text {
    title: "Service indisponible",
    lead: "Le service est momentanément indisponible. Excusez-nous pour la gêne \
           occasionnée.",
    advice: "Cela ne met pas fin à votre session. Patientez quelques minutes, puis recommencez.",
};

const INTERNAL: Text = Text {
    title: "Erreur inattendue",
    lead: "Le service rencontre un problème. Excusez-nous pour la gêne occasionnée.",
    advice: "Recommencez dans un instant. Si le problème persiste, communiquez le code \
             ci-dessous à l’assistance.",
};
