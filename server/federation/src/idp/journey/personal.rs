//! Owns what people say about themselves, on their way to a service and in their account.

use serde::{Deserialize, Serialize};

use crate::idp::rules::{Information, TypedInformation, information};
use crate::idp::{Account, Idp, IdpSession};
use crate::mail::Letter;
use crate::provider::PageError;
use crate::session::Session;

/// On which page people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asking {
    /// The one on the way to a service, which asks for the names only.
    Names,
    /// The one of their account.
    Everything,
}

impl Idp {
    /// Takes what was typed; `false` if a field does not follow the rules. What was typed then
    /// waits in the session for the page that shows it again.
    pub(crate) async fn inform(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        typed: TypedInformation,
        asking: Asking,
    ) -> Result<bool, PageError> {
        let identity = self.store.identite_identity(account.id).await?;
        let offered = identity.as_ref().is_none_or(|identity| identity.offers(&typed));
        if identity.is_some() && asking == Asking::Names {
            // What FranceConnect said is not for the person to change on the way.
            session.data.informed.clone_from(&session.data.interaction);
            self.sessions.save(session).await?;
            return Ok(true);
        }
        let Some(told) = information(&typed).ok().filter(|_| offered) else {
            session.data.draft = Some((asking, typed));
            self.sessions.save(session).await?;
            return Ok(false);
        };
        session.data.draft = None;
        session.data.informed.clone_from(&session.data.interaction);
        self.sessions.save(session).await?;
        match asking {
            Asking::Names => {
                let names = (told.given_name.as_str(), told.family_name.as_str());
                self.store.name_identite_account(account.id, names).await?;
            }
            Asking::Everything => self.change_information(account, &told).await?,
        }
        Ok(true)
    }

    /// What was typed wrongly on a page a moment ago; it is shown again once.
    pub(crate) async fn draft(
        &self,
        session: &mut Session<IdpSession>,
        asking: Asking,
    ) -> Result<Option<TypedInformation>, PageError> {
        let Some((page, typed)) = session.data.draft.take() else { return Ok(None) };
        self.sessions.save(session).await?;
        Ok((page == asking).then_some(typed))
    }

    async fn change_information(
        &self,
        account: &Account,
        told: &Information,
    ) -> Result<(), PageError> {
        let changed = changed(account, told);
        if changed.is_empty() {
            return Ok(());
        }
        self.store.inform_identite_account(account.id, told).await?;
        let letter = Letter::new("Mise à jour de vos données personnelles")
            .line("Ces informations de votre compte ProConnect ont été modifiées :")
            .line(changed.join(", "))
            .line(
                "Si vous n’êtes pas à l’origine de ce changement, réinitialisez votre mot de \
                 passe sans attendre.",
            );
        Ok(self.mailbox.write(account.email.as_str(), letter).await?)
    }
}

/// The names of the fields that change.
fn changed(account: &Account, told: &Information) -> Vec<&'static str> {
    let known = [
        ("prénom", account.given_name.as_deref(), Some(told.given_name.as_str())),
        ("nom", account.family_name.as_deref(), Some(told.family_name.as_str())),
        ("numéro de téléphone", account.phone_number.as_deref(), told.phone_number.as_deref()),
        ("profession", account.job.as_deref(), told.job.as_deref()),
    ];
    known.into_iter().filter(|(_, before, after)| before != after).map(|(name, ..)| name).collect()
}
