//! Owns what developers read about checks and remarks, in French: the rule, and what to do about
//! a request that broke it.

use crate::protocol::{Check, Remark};

/// The rule, as a sentence that holds when the check passed.
pub(super) fn rule(check: &Check) -> String {
    let fixed = match check {
        Check::Parameter(name) => return format!("{name} a une forme valable"),
        Check::ParametersKnown => "chaque paramètre est documenté (strict_docs)",
        Check::ClientKnown => "client_id désigne un service actif",
        Check::RedirectUriPresent => "redirect_uri est présent",
        Check::RedirectUriRegistered => "redirect_uri est enregistrée, au caractère près",
        Check::ParametersOnce => "aucun paramètre n’est répété",
        Check::ResponseTypePresent => "response_type est présent",
        Check::ResponseTypeCode => "response_type vaut code",
        Check::ResponseModeKnown => "response_mode est connu",
        Check::PromptNoneAlone => "prompt=none est seul",
        Check::PromptSupported => "prompt vaut login, consent ou none",
        Check::ClaimsNeedOpenid => "claims accompagne le scope openid",
        Check::ScopeAllowed => "chaque scope est autorisé pour ce service",
        Check::ChallengeAccompaniesMethod => "code_challenge_method accompagne code_challenge",
        Check::ChallengeLongEnough => "code_challenge a au moins 43 caractères",
        Check::ChallengeCharacters => "code_challenge n’a que des caractères permis",
        Check::MethodAccompaniesChallenge => "code_challenge est accompagné de sa méthode",
        Check::MethodS256 => "code_challenge_method vaut S256",
        Check::ClaimsReadable => "claims est un objet JSON valable",
        Check::ClientNamed => "client_id est présent",
        Check::ClientSecretPost => "le service s’authentifie par client_secret_post",
        Check::ClientSecretPresent => "client_secret est présent",
        Check::ClientSecretRight => "client_secret est le bon",
        Check::TokenRequestForm => "grant_type et ses paramètres sont présents",
        Check::CodeKnown => "le code est connu",
        Check::CodeOfThisClient => "le code a été émis pour ce service",
        Check::CodeOfThisRedirectUri => "redirect_uri est celle de la demande",
        Check::CodeVerifierRight => "code_verifier correspond au code_challenge de la demande",
        Check::CodeUnused => "le code n’a pas déjà servi",
        Check::CodeFresh => "le code n’a pas expiré",
        Check::RefreshTokenKnown => "le refresh_token est connu, vivant et celui de ce service",
        Check::RefreshTokenCurrent => "le refresh_token n’a pas été remplacé",
        Check::ScopeWithinGrant => "le scope demandé avait été accordé",
        Check::BearerPresent => "un access_token est présent (Authorization: Bearer)",
        Check::AccessTokenAlive => "l’access_token est connu et vivant",
        Check::AccessTokenOpenid => "l’access_token porte le scope openid",
        Check::TokenPresent => "token est présent",
        Check::TokenOfThisClient => "le jeton a été émis pour ce service",
        Check::HintOfThisClient => "client_id est celui de l’id_token_hint",
        Check::HintValid => "id_token_hint, s’il est donné, est un id_token de ProConnect",
        Check::PostLogoutUriRegistered => {
            "post_logout_redirect_uri est enregistrée, au caractère près"
        }
    };
    fixed.to_owned()
}

/// What to do when the check failed, where the rule does not say it already.
pub(super) fn advice(check: &Check) -> Option<&'static str> {
    Some(match check {
        Check::ClientSecretPost => {
            "HTTP Basic n’est pas accepté par ProConnect : utilisez client_secret_post."
        }
        Check::RedirectUriRegistered | Check::PostLogoutUriRegistered => {
            "Comparez les deux adresses : schéma, port et barre finale comptent."
        }
        Check::ClientKnown => {
            "Vérifiez le client_id, et que le service est actif dans la configuration."
        }
        Check::ResponseTypeCode => "Seul le flux « authorization code » existe chez ProConnect.",
        Check::PromptSupported => {
            "select_account, select_organization et update_userinfo n’existent pas ici."
        }
        Check::ScopeAllowed => "Retirez le scope, ou ajoutez-le aux scopes du service.",
        Check::MethodS256 | Check::MethodAccompaniesChallenge => {
            "Envoyez code_challenge_method=S256."
        }
        Check::CodeKnown => "Chaque code est propre à un environnement ; il est effacé à la fin.",
        Check::CodeOfThisRedirectUri => "Envoyez à /token la même redirect_uri qu’à /authorize.",
        Check::CodeVerifierRight => {
            "Envoyez le code_verifier de cette connexion, et seulement si elle a un challenge."
        }
        Check::CodeUnused => "Un code ne sert qu’une fois : ses jetons viennent d’être révoqués.",
        Check::CodeFresh => "Un code vit 60 secondes : échangez-le dès le retour.",
        Check::RefreshTokenCurrent => {
            "Gardez toujours le dernier refresh_token reçu : la session vient d’être révoquée."
        }
        Check::AccessTokenAlive => "Un access_token vit une heure et finit avec la session.",
        Check::HintValid => "Envoyez l’id_token reçu de cet environnement, même expiré.",
        _ => return None,
    })
}

/// What is worth knowing about a request that broke no rule.
pub(super) fn remark(remark: &Remark) -> String {
    let fixed = match remark {
        Remark::ParameterUnknown(name) => {
            return format!("ProConnect ignore le paramètre {name}.");
        }
        Remark::Staged(scenario) => {
            return format!("Scénario joué : {}.", scenario.texts().title);
        }
        Remark::StateShort => "La documentation demande un state d’au moins 32 caractères.",
        Remark::NonceMissing => "La documentation demande un nonce : vérifiez-le dans l’id_token.",
        Remark::NonceShort => "La documentation demande un nonce d’au moins 32 caractères.",
        Remark::NoPkce => "PKCE (S256) est accepté et recommandé, même avec un secret.",
        Remark::AcrValuesVoluntary => {
            "acr_values n’oblige à rien : pour exiger un niveau, utilisez claims."
        }
        Remark::AcrAskedTwice => {
            "acr_values et claims.id_token.acr ensemble : comportement non spécifié, évitez."
        }
        Remark::PromptLoginReuses => {
            "prompt=login ne force pas une nouvelle connexion chez ProConnect."
        }
        Remark::MaxAgeIgnored => "max_age ne force rien ; auth_time est rendu.",
        Remark::HintMissing => "Sans id_token_hint, la déconnexion n’est pas rattachée au service.",
        Remark::PostLogoutUriMissing => {
            "Sans post_logout_redirect_uri, l’usager reste sur la page de ProConnect."
        }
        Remark::LogoutStateMissing => {
            "La documentation demande un state, à vérifier au retour de la déconnexion."
        }
        Remark::RefusedByProduction => {
            "Accepté par le profil 2025 ; la production de 2026 répondrait access_denied."
        }
    };
    fixed.to_owned()
}
