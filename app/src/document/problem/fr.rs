//! French wording of the problems.

use super::{Common, ProblemPage, Text};

pub(super) static COMMON: Common = Common {
    retry: "Réessayer",
    home: "Revenir à l’accueil",
    code: "Code à communiquer à l’assistance\u{a0}:",
    request: "Référence\u{a0}:",
};

pub(super) const fn text(kind: ProblemPage) -> &'static Text {
    match kind {
        ProblemPage::StateUnknown => &Text {
            title: "Cette tentative de connexion n’est plus valable",
            lead: "Elle a expiré, a déjà servi, ou a été commencée dans un autre navigateur.",
            advice: "Recommencez la connexion. Si vous aviez enregistré la page dans vos favoris, \
                     enregistrez plutôt l’accueil du service.",
        },
        ProblemPage::Cancelled => &Text {
            title: "Connexion annulée",
            lead: "Vous avez interrompu la connexion avec ProConnect. Rien n’a été enregistré.",
            advice: "Vous pouvez recommencer quand vous le souhaitez.",
        },
        ProblemPage::ProviderRefused => &Text {
            title: "ProConnect a refusé la connexion",
            lead: "ProConnect n’a pas pu vous connecter à ce service.",
            advice: "Recommencez. Si le refus persiste, communiquez le code ci-dessous à \
                     l’assistance.",
        },
        ProblemPage::ProviderUnavailable => &Text {
            title: "ProConnect est momentanément indisponible",
            lead: "Nous n’arrivons pas à joindre ProConnect. Vos données ne sont pas en cause.",
            advice: "Patientez quelques minutes, puis recommencez.",
        },
        ProblemPage::AnswerInvalid => &Text {
            title: "Réponse inattendue de ProConnect",
            lead: "La réponse reçue n’a pas pu être vérifiée. Par prudence, nous l’avons écartée.",
            advice: "Recommencez la connexion. Si le problème persiste, communiquez le code \
                     ci-dessous à l’assistance.",
        },
        ProblemPage::BadRequest => &Text {
            title: "Demande incorrecte",
            lead: "L’adresse suivie est incomplète ou inexacte.",
            advice: "Repartez de l’accueil, ou recommencez la connexion.",
        },
        ProblemPage::LevelInsufficient => &Text {
            title: "Niveau de connexion insuffisant",
            lead: "Ce service demande une connexion plus sûre que celle que vous venez de faire.",
            advice: "Recommencez avec un second facteur\u{a0}: code, application ou clé d’accès. \
                     S’il ne vous est pas proposé, adressez-vous à votre organisation.",
        },
        ProblemPage::Forbidden => &Text {
            title: "Demande refusée",
            lead: "Cette demande vient d’un autre site. Pour vous protéger, nous l’avons refusée.",
            advice: "Repartez de l’accueil du service.",
        },
        ProblemPage::TooManyRequests => &Text {
            title: "Trop de demandes",
            lead: "Trop de demandes nous sont parvenues en peu de temps.",
            advice: "Patientez une minute, puis recommencez.",
        },
        ProblemPage::ServiceUnavailable => &Text {
            title: "Service indisponible",
            lead: "Le service est momentanément indisponible. Excusez-nous pour la gêne \
                   occasionnée.",
            advice: "Vous n’avez pas été déconnecté. Patientez quelques minutes, puis recommencez.",
        },
        ProblemPage::Internal => &Text {
            title: "Erreur inattendue",
            lead: "Le service rencontre un problème. Excusez-nous pour la gêne occasionnée.",
            advice: "Recommencez dans un instant. Si le problème persiste, communiquez le code \
                     ci-dessous à l’assistance.",
        },
    }
}
