//! Owns the requests that a moderator decides: they are made and taken back by people, accepted
//! and refused on the developer's pages and by the admin API, since the real decisions are made
//! by people elsewhere.

use std::sync::Arc;

use serde::Serialize;

use super::LinkKind;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::siret::Siret;
use crate::storage::{NewModeration, Store, StoreError, StoredModeration};

/// What a refusal says if no reason is given.
const DEFAULT_REASON: &str = "Raison transmise par mail";

/// A request to join an organisation.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Moderation {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) siret: String,
    pub(crate) organization_label: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) status: String,
    /// In seconds since 1970.
    pub(crate) created_at: i64,
    pub(crate) moderated_at: Option<i64>,
    #[serde(rename = "end_user_reason")]
    pub(crate) reason: Option<String>,
    pub(crate) allow_editing: bool,
    pub(crate) sp_name: Option<String>,
}

/// What a moderator decides.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// The person becomes a member by this kind of link.
    Accepted(LinkKind),
    /// They do not, and may be allowed to correct their request.
    Rejected { reason: Option<String>, allow_editing: bool },
}

/// All requests; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Moderations {
    store: Store,
    directory: Directory,
    clock: Arc<dyn Clock>,
}

impl Moderation {
    /// Whether it waits for a decision.
    pub(crate) fn is_open(&self) -> bool {
        self.moderated_at.is_none()
    }

    /// Whether it was refused.
    pub(crate) fn is_rejected(&self) -> bool {
        self.status == "rejected"
    }

    /// Who made it.
    pub(crate) fn person(&self) -> String {
        let names: Vec<&str> = [&self.given_name, &self.family_name]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        names.join(" ")
    }

    /// Why it was refused.
    pub(crate) fn shown_reason(&self) -> &str {
        self.reason.as_deref().unwrap_or(DEFAULT_REASON)
    }
}

impl Moderations {
    pub(crate) fn new(store: Store, directory: Directory, clock: Arc<dyn Clock>) -> Self {
        Self { store, directory, clock }
    }

    /// All, the open ones first.
    pub(crate) async fn list(&self) -> Result<Vec<Moderation>, StoreError> {
        let stored = self.store.identite_moderations().await?;
        Ok(stored.into_iter().map(|stored| self.shown(stored)).collect())
    }

    /// One of them.
    pub(crate) async fn find(&self, id: i64) -> Result<Option<Moderation>, StoreError> {
        let stored = self.store.identite_moderation(id).await?;
        Ok(stored.map(|stored| self.shown(stored)))
    }

    /// A person's own, the latest first.
    pub(crate) async fn of(&self, account: i64) -> Result<Vec<Moderation>, StoreError> {
        let stored = self.store.identite_moderations_of(account).await?;
        Ok(stored.into_iter().map(|stored| self.shown(stored)).collect())
    }

    /// A person's latest for one organisation.
    pub(super) async fn latest(
        &self,
        account: i64,
        siret: &Siret,
    ) -> Result<Option<Moderation>, StoreError> {
        let own = self.of(account).await?;
        Ok(own.into_iter().find(|request| request.siret == siret.as_str()))
    }

    /// Makes one, unless one is open, and returns its number.
    pub(super) async fn open(
        &self,
        account_id: i64,
        siret: &Siret,
        kind: &'static str,
        sp_name: Option<&str>,
    ) -> Result<i64, StoreError> {
        let created_at = self.clock.unix();
        let siret = siret.as_str();
        let new = NewModeration { account_id, siret, kind, sp_name, created_at };
        self.store.open_identite_moderation(&new).await
    }

    /// Takes a person's own back; `false` if it is not there.
    pub(crate) async fn cancel(&self, account: i64, id: i64) -> Result<bool, StoreError> {
        self.store.delete_identite_moderation(account, id).await
    }

    /// Opens a person's own again, if it was refused and may be corrected.
    pub(crate) async fn reopen(&self, account: i64, id: i64) -> Result<bool, StoreError> {
        self.store.reopen_identite_moderation(account, id).await
    }

    /// Decides one; `false` if it is not open.
    pub(crate) async fn decide(&self, id: i64, outcome: &Outcome) -> Result<bool, StoreError> {
        let now = self.clock.unix();
        match outcome {
            Outcome::Accepted(kind) => {
                self.store.accept_identite_moderation(id, kind.as_str(), now).await
            }
            Outcome::Rejected { reason, allow_editing } => {
                let reason = reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
                let reason = reason.unwrap_or(DEFAULT_REASON);
                self.store.reject_identite_moderation(id, reason, *allow_editing, now).await
            }
        }
    }

    fn shown(&self, stored: StoredModeration) -> Moderation {
        let registered = self.directory.current();
        let siret = Siret::parse(&stored.siret).ok();
        let organisation = siret.and_then(|siret| registered.establishment(&siret));
        Moderation {
            id: stored.id,
            email: stored.email,
            given_name: stored.given_name,
            family_name: stored.family_name,
            organization_label: organisation.map(|found| found.label()).unwrap_or_default(),
            siret: stored.siret,
            kind: stored.kind,
            status: stored.status,
            created_at: stored.created_at,
            moderated_at: stored.moderated_at,
            reason: stored.reason,
            allow_editing: stored.allow_editing,
            sp_name: stored.sp_name,
        }
    }
}
