//! Owns the signing keys of all providers. A key is read from the store, or generated, when it
//! is first needed, and by one request only while the others wait: starting takes no time, and
//! a provider that is added later has its keys like any other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::jose::{GeneratedKey, KeyError, KeyPair, Signer};
use crate::protocol::SigningAlg;
use crate::secret::ClientSecret;
use crate::storage::{Store, StoreError};

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyringError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("generating a key was interrupted")]
    Interrupted,
}

/// A handle on the keys; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Keyring {
    store: Store,
    slots: Arc<Mutex<BTreeMap<Name, Slot>>>,
    /// Keys that replaced the stored ones, the latest last. They live until a restart.
    successors: Arc<Mutex<BTreeMap<Name, Vec<Arc<KeyPair>>>>>,
}

type Name = (String, SigningAlg);
type Slot = Arc<OnceCell<Arc<KeyPair>>>;

/// How many successors of a key stay published.
const SUCCESSORS: usize = 3;

impl Keyring {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, slots: Arc::default(), successors: Arc::default() }
    }

    /// The key with which a provider signs in an asymmetric algorithm.
    pub(crate) async fn pair(
        &self,
        provider: &str,
        alg: SigningAlg,
    ) -> Result<Arc<KeyPair>, KeyringError> {
        match self.successors(provider, alg).pop() {
            Some(latest) => Ok(latest),
            None => self.first(provider, alg).await,
        }
    }

    /// All keys of a provider in an algorithm whose signatures are still good.
    pub(crate) async fn published(
        &self,
        provider: &str,
        alg: SigningAlg,
    ) -> Result<Vec<Arc<KeyPair>>, KeyringError> {
        let mut keys = vec![self.first(provider, alg).await?];
        keys.extend(self.successors(provider, alg));
        Ok(keys)
    }

    /// Replaces a provider's key; what the earlier one signed stays good.
    pub(crate) async fn rotate(&self, provider: &str, alg: SigningAlg) -> Result<(), KeyringError> {
        let latest = self.stray(provider, alg).await?;
        let mut all = self.successors.lock().unwrap_or_else(PoisonError::into_inner);
        let successors = all.entry((provider.to_owned(), alg)).or_default();
        successors.push(latest);
        if successors.len() > SUCCESSORS {
            successors.remove(0);
        }
        Ok(())
    }

    /// A new key that is kept and published nowhere.
    pub(crate) async fn stray(
        &self,
        provider: &str,
        alg: SigningAlg,
    ) -> Result<Arc<KeyPair>, KeyringError> {
        Ok(Arc::new(KeyPair::read(&generate(alg).await?, provider)?))
    }

    fn successors(&self, provider: &str, alg: SigningAlg) -> Vec<Arc<KeyPair>> {
        let all = self.successors.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(provider.to_owned(), alg)).cloned().unwrap_or_default()
    }

    async fn first(&self, provider: &str, alg: SigningAlg) -> Result<Arc<KeyPair>, KeyringError> {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry((provider.to_owned(), alg)).or_default())
        };
        slot.get_or_try_init(|| self.read_or_generate(provider, alg)).await.cloned()
    }

    /// What a provider signs an answer with, for a client with this secret.
    pub(crate) async fn signer<'a>(
        &self,
        provider: &str,
        alg: SigningAlg,
        secret: &'a ClientSecret,
    ) -> Result<Signer<'a>, KeyringError> {
        Ok(match alg {
            SigningAlg::HS256 => Signer::Secret(secret),
            SigningAlg::RS256 | SigningAlg::ES256 => Signer::Key(self.pair(provider, alg).await?),
        })
    }

    async fn read_or_generate(
        &self,
        provider: &str,
        alg: SigningAlg,
    ) -> Result<Arc<KeyPair>, KeyringError> {
        let key = if let Some(kept) = self.store.signing_key(provider, alg).await? {
            kept
        } else {
            let generated = generate(alg).await?;
            self.store.keep_signing_key(provider, &generated).await?;
            generated
        };
        Ok(Arc::new(KeyPair::read(&key, provider)?))
    }
}

async fn generate(alg: SigningAlg) -> Result<GeneratedKey, KeyringError> {
    let generated = tokio::task::spawn_blocking(move || GeneratedKey::generate(alg));
    Ok(generated.await.map_err(|_| KeyringError::Interrupted)??)
}
