//! Owns what people read about each scenario, in French: what will happen, and what a good
//! service does about it.

use super::Scenario;

/// The texts of one scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts {
    /// A short name.
    pub(crate) title: &'static str,
    /// What happens to the sign-in.
    pub(crate) effect: &'static str,
    /// What a good service does.
    pub(crate) expected: &'static str,
}

/// The answer to every token that cannot be trusted.
const REFUSE: &str = "Refuser la connexion, sans ouvrir de session, et proposer de réessayer.";

impl Scenario {
    /// What people read about it.
    #[expect(clippy::too_many_lines, reason = "a table: one entry for each scenario")]
    pub(crate) fn texts(self) -> Texts {
        let (title, effect, expected) = match self {
            Self::UserCancels => (
                "L’usager abandonne",
                "Le service reçoit l’erreur access_denied au lieu d’un code.",
                "Revenir à la page de connexion en disant que la connexion a été abandonnée.",
            ),
            Self::ProviderDown => (
                "Fournisseur d’identité injoignable",
                "L’usager voit l’erreur Y020031 ; s’il revient, le service reçoit server_error.",
                "Dire que le fournisseur d’identité est indisponible et proposer de réessayer.",
            ),
            Self::ServerError => (
                "Erreur de ProConnect",
                "Le service reçoit l’erreur server_error au lieu d’un code.",
                "Dire que ProConnect est indisponible, sans montrer l’erreur technique.",
            ),
            Self::WrongState => (
                "state falsifié",
                "Le retour porte un autre state que celui de la demande.",
                "Refuser sans échanger le code : ce retour n’est pas celui de ce navigateur.",
            ),
            Self::WrongResponseIssuer => (
                "iss du retour falsifié",
                "Le retour porte l’iss d’un autre fournisseur (RFC 9207).",
                "Refuser sans échanger le code.",
            ),
            Self::ExpiredCode => (
                "Code expiré",
                "Le code n’est plus valable à son arrivée ; /token répond invalid_grant.",
                "Proposer de se connecter à nouveau ; ne pas réessayer avec le même code.",
            ),
            Self::SlowToken => (
                "/token très lent",
                "/token ne répond qu’après 20 secondes.",
                "Abandonner après un délai raisonnable, et le dire à l’usager.",
            ),
            Self::TokenError => (
                "/token en panne",
                "/token répond 500.",
                "Dire que ProConnect est indisponible et proposer de réessayer.",
            ),
            Self::WrongNonce => {
                ("nonce falsifié", "Le nonce de l’id_token n’est pas celui de la demande.", REFUSE)
            }
            Self::WrongIssuer => {
                ("iss de l’id_token falsifié", "L’id_token nomme un autre émetteur.", REFUSE)
            }
            Self::WrongAudience => {
                ("aud de l’id_token falsifié", "L’id_token est destiné à un autre service.", REFUSE)
            }
            Self::BadSignature => {
                ("Signature invalide", "La signature de l’id_token ne se vérifie pas.", REFUSE)
            }
            Self::UnsignedToken => (
                "id_token non signé",
                "L’id_token annonce alg: none et n’a pas de signature.",
                REFUSE,
            ),
            Self::UnknownKey => (
                "Clé inconnue",
                "L’id_token est signé par une clé qui n’est pas dans le JWKS.",
                "Relire le JWKS une fois, puis refuser la connexion.",
            ),
            Self::KeyRotation => (
                "Rotation des clés",
                "ProConnect signe avec une nouvelle clé, publiée dans le JWKS ; sans effet en HS256.",
                "Relire le JWKS et accepter la connexion.",
            ),
            Self::ExpiredToken => {
                ("id_token expiré", "L’id_token est expiré depuis une heure.", REFUSE)
            }
            Self::SmallClockSkew => (
                "Horloge décalée de 30 secondes",
                "L’id_token est daté de 30 secondes dans le futur.",
                "Tolérer ce décalage et accepter la connexion.",
            ),
            Self::LargeClockSkew => (
                "Horloge décalée de 10 minutes",
                "L’id_token est daté de 10 minutes dans le futur.",
                "Refuser la connexion et signaler le décalage dans les journaux.",
            ),
            Self::LowerLevel => (
                "Niveau trop faible",
                "L’acr rendu n’est pas parmi ceux que le service exige.",
                "Comparer l’acr à l’exigence, côté serveur, et refuser l’accès protégé.",
            ),
            Self::NewSub => (
                "sub différent",
                "La même personne revient avec un autre sub.",
                "La traiter comme une autre personne, ou la rapprocher selon une règle assumée.",
            ),
            Self::UserinfoSubMismatch => (
                "sub de /userinfo différent",
                "/userinfo répond avec un autre sub que l’id_token.",
                "Refuser la connexion : ces données sont celles de quelqu’un d’autre.",
            ),
            Self::MissingClaims => (
                "Données manquantes",
                "/userinfo ne rend ni email, ni siret, ni usual_name.",
                "Continuer sans ces données, ou expliquer ce qui manque ; ne pas échouer.",
            ),
            Self::UserinfoError => (
                "/userinfo en panne",
                "/userinfo répond 500.",
                "Dire que ProConnect est indisponible et proposer de réessayer.",
            ),
            Self::SessionEnded => (
                "Session terminée ailleurs",
                "Après la connexion, la session ProConnect est fermée et les jetons révoqués.",
                "Garder sa propre session ; ne pas échouer au prochain rafraîchissement.",
            ),
        };
        Texts { title, effect, expected }
    }
}
