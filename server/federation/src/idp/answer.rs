//! Owns what the hub is told about a person: level, methods and claims.

use serde_json::{Map, Value, json};

use super::leaders::is_outdated;
use super::organisations::{LinkKind, Strength};
use super::policy::{Assurance, Proof};
use super::{Account, Idp, IdpLogin};
use crate::config::Organisation;
use crate::protocol::{
    Acr, Authentication, AuthorizationRequest, AuthorizationResponse, OAuthError,
};
use crate::provider::PageError;
use crate::siret::Siret;
use crate::storage::{StoreError, StoredIdentity, StoredLink};

impl Idp {
    /// What the level is decided by.
    pub(super) async fn proof(
        &self,
        login: &IdpLogin,
        link: &StoredLink,
    ) -> Result<Proof, StoreError> {
        let (identity, now) =
            (self.store.identite_identity(login.account).await?, self.clock.unix());
        Ok(Proof {
            identity: self.assurance(identity.as_ref()),
            strong: login.methods.are_strong(),
            link: LinkKind::parse(&link.kind).map_or(Strength::Unverified, LinkKind::strength),
            outdated: is_outdated(link, identity.as_ref(), now),
        })
    }

    /// Who says what a person is called.
    pub(super) fn assurance(&self, identity: Option<&StoredIdentity>) -> Assurance {
        let now = self.clock.unix();
        identity.map_or(Assurance::Declared, |identity| identity.assurance(now))
    }

    /// Refuses a demand that nothing can satisfy.
    pub(super) async fn deny(
        &self,
        uid: &str,
        request: &AuthorizationRequest,
    ) -> Result<Option<AuthorizationResponse>, StoreError> {
        let error = OAuthError::new("access_denied", PageError::LevelOutOfReach.to_string());
        self.provider.refuse(uid, request, &error).await
    }

    /// What a code stands for.
    pub(super) fn authentication(
        &self,
        login: &IdpLogin,
        account: &Account,
        (siret, link): (&Siret, &StoredLink),
        level: Acr,
    ) -> Authentication {
        Authentication {
            sub: account.id.to_string(),
            acr: Some(level.as_str().into()),
            amr: Some(json!(login.methods.amr())),
            auth_time: login.auth_time,
            claims: self.claims(account, siret, link.is_external),
        }
    }

    fn claims(&self, account: &Account, siret: &Siret, is_external: bool) -> Map<String, Value> {
        let organisation = self.directory.current().establishment(siret);
        let is_public = organisation.as_ref().is_some_and(Organisation::is_public_service);
        let mut claims = Map::from_iter([
            ("uid".to_owned(), json!(account.id.to_string())),
            ("email".to_owned(), json!(account.email)),
            ("email_verified".to_owned(), json!(true)),
            ("phone_number_verified".to_owned(), json!(false)),
            ("siret".to_owned(), json!(siret)),
            ("is_public_service".to_owned(), json!(is_public)),
            ("is_service_public".to_owned(), json!(is_public)),
            ("is_external".to_owned(), json!(is_external)),
        ]);
        let optional = [
            ("given_name", &account.given_name),
            ("usual_name", &account.family_name),
            ("family_name", &account.family_name),
            ("phone_number", &account.phone_number),
            ("job", &account.job),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                claims.insert(name.to_owned(), json!(value));
            }
        }
        if let Some(organisation) = organisation {
            claims.insert("label".to_owned(), json!(organisation.label()));
            claims.insert("is_commune".to_owned(), json!(organisation.is_commune()));
        }
        claims
    }
}
