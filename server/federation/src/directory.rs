//! Owns who is registered now: services, identity providers, organisations, accounts and the
//! profile. Everybody asks here for each request, so that a change counts at once; every
//! snapshot that is handed out is consistent, because a change is checked as a whole before it
//! is seen by anyone.

use std::sync::{Arc, PoisonError, RwLock};

use crate::config::{Config, ConfigError};

/// A handle on the one directory; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    configured: Arc<Config>,
    current: Arc<RwLock<Arc<Config>>>,
}

impl Directory {
    /// Starts with the configuration, which is also what a reset goes back to.
    pub(crate) fn new(configured: Config) -> Self {
        let configured = Arc::new(configured);
        Self { current: Arc::new(RwLock::new(Arc::clone(&configured))), configured }
    }

    /// What is registered now. Ask again for the next request.
    pub(crate) fn current(&self) -> Arc<Config> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes a copy and puts it in force if it is consistent; otherwise nothing changes.
    pub(crate) fn change<T, E: From<ConfigError>>(
        &self,
        change: impl FnOnce(&mut Config) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = Config::clone(&current);
        let result = change(&mut changed)?;
        changed.validate()?;
        *current = Arc::new(changed);
        Ok(result)
    }

    /// Goes back to the configuration.
    pub(crate) fn reset(&self) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(&self.configured);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Profile;

    fn directory() -> Directory {
        Directory::new(Config::parse(crate::SAMPLE).expect("the sample parses"))
    }

    #[test]
    fn a_change_is_seen_by_the_next_who_asks() {
        let directory = directory();
        let before = directory.current();

        directory
            .clone()
            .change(|config| {
                config.profile = Profile::Production2026;
                Ok::<_, ConfigError>(())
            })
            .expect("consistent");

        assert_eq!(before.profile, Profile::Synthesis2025, "a snapshot never changes");
        assert_eq!(directory.current().profile, Profile::Production2026);
    }

    #[test]
    fn an_inconsistent_change_changes_nothing() {
        let directory = directory();

        let refused: Result<(), ConfigError> = directory.change(|config| {
            config.profile = Profile::Production2026;
            config.organisations.clear();
            Ok(())
        });

        assert!(refused.expect_err("accounts name organisations").to_string().contains("SIRET"));
        assert_eq!(directory.current().profile, Profile::Synthesis2025);
        assert!(!directory.current().organisations.is_empty());
    }

    #[test]
    fn a_reset_goes_back_to_the_configuration() {
        let directory = directory();
        let cleared: Result<(), ConfigError> = directory.change(|config| {
            config.services.clear();
            Ok(())
        });
        cleared.expect("consistent");

        directory.reset();

        assert_eq!(directory.current().services.len(), 1);
    }
}
