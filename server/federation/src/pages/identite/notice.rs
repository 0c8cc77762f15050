//! The notices that one page leaves for the next. Only known keys are shown.

/// A notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    text: &'static str,
    is_error: bool,
}

const ERRORS: &[(&str, &str)] = &[
    ("invalid_email", "Erreur : adresse email invalide."),
    ("invalid_credentials", "Erreur : mot de passe incorrect."),
    (
        "email_unavailable",
        "Erreur : un compte existe déjà pour cette adresse email. Connectez-vous.",
    ),
    (
        "weak_password",
        "Erreur : ce mot de passe ne suit pas les règles affichées sous le champ, ou contient \
         votre adresse email ou le nom du service.",
    ),
    (
        "leaked_password",
        "Erreur : ce mot de passe est trop répandu, il figure dans des listes connues. \
         Choisissez-en un autre.",
    ),
    ("passwords_differ", "Erreur : les deux mots de passe ne sont pas identiques."),
    ("invalid_verify_email_code", "Erreur : ce code est invalide ou a expiré."),
    ("invalid_totp_token", "Code invalide."),
    (
        "invalid_magic_link",
        "Erreur : ce lien est invalide, a expiré ou a déjà servi. Demandez-en un nouveau.",
    ),
    (
        "invalid_token",
        "Erreur : ce lien est invalide, a expiré ou a déjà servi. Demandez-en un nouveau.",
    ),
    (
        "invalid_personal_informations",
        "Erreur : un champ ne suit pas les règles. Corrigez-le, ce que vous avez saisi est conservé.",
    ),
    (
        "invalid_passkey",
        "Erreur : cette clé d’accès n’a pas pu être validée. Réessayez, ou choisissez un autre moyen.",
    ),
    ("passkey_not_found", "Erreur : cette clé d’accès n’existe pas, ou plus."),
    (
        "mail_not_sent",
        "Erreur : le courriel n’a pas pu être envoyé. Demandez-en un autre dans quelques instants.",
    ),
    (
        "franceconnect_oidc_error",
        "Erreur : FranceConnect n’a pas confirmé votre identité. Vous pouvez réessayer.",
    ),
    ("invalid_siret", "Erreur : SIRET invalide."),
    ("user_in_organization_already", "Erreur : vous êtes déjà rattaché à cette organisation."),
];

const OTHERS: &[(&str, &str)] = &[
    ("passkey_successfully_created", "Votre clé d’accès a été ajoutée."),
    ("passkey_successfully_deleted", "Votre clé d’accès a été supprimée."),
    ("cancel_moderation_success", "Votre demande de rattachement est annulée."),
    ("quit_organization_success", "Vous avez quitté l’organisation."),
    (
        "login_required",
        "Pour votre sécurité, connectez-vous à nouveau avant de changer ces réglages.",
    ),
    ("2fa_required", "Pour accéder à ces réglages, validez votre double authentification."),
    (
        "personal_information_update_success",
        "Vos informations ont été mises à jour. Vos services les recevront à la prochaine connexion.",
    ),
    ("authenticator_added", "L’application d’authentification a été ajoutée."),
    ("authenticator_successfully_deleted", "L’application d’authentification a été supprimée."),
    ("2fa_successfully_enabled", "La double authentification est activée sur tous les sites."),
    (
        "2fa_successfully_disabled",
        "La double authentification n’est demandée que sur les sites qui l’exigent.",
    ),
    ("trusted_browser_deleted", "Ce navigateur n’est plus de confiance."),
    ("trusted_browsers_deleted", "Plus aucun navigateur n’est de confiance."),
    ("user_successfully_deleted", "Votre compte a été supprimé."),
    ("logout_success", "Vous êtes maintenant déconnecté."),
    ("new_password_needed", "Votre compte n’a pas de mot de passe. Choisissez-en un."),
    (
        "email_verification_renewal",
        "Votre adresse email n’a pas été vérifiée depuis trois mois. Confirmez-la avec le code \
         que vous avez reçu.",
    ),
    (
        "browser_not_trusted",
        "Vous utilisez un nouveau navigateur. Confirmez votre adresse email avec le code que \
         vous avez reçu.",
    ),
    (
        "reset_password_email_sent",
        "Si un compte existe pour cette adresse, vous recevrez les instructions pour \
         réinitialiser le mot de passe dans quelques minutes.",
    ),
    ("password_change_success", "Votre mot de passe a été changé. Connectez-vous."),
];

impl Notice {
    /// Reads `notification`.
    pub(crate) fn parse(key: Option<&str>) -> Option<Self> {
        let key = key?;
        let text = |known: &[(&str, &'static str)]| {
            known.iter().find(|(name, _)| *name == key).map(|(_, text)| *text)
        };
        let error = text(ERRORS).map(|text| Self { text, is_error: true });
        error.or_else(|| text(OTHERS).map(|text| Self { text, is_error: false }))
    }

    pub(super) fn is_error(self) -> bool {
        self.is_error
    }

    pub(super) fn text(self) -> &'static str {
        self.text
    }
}
