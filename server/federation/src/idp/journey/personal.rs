//! Owns the names that people give themselves on their way to a service.

use crate::idp::rules::name;
use crate::idp::{Account, Idp};
use crate::provider::PageError;

impl Idp {
    /// Takes the names; `false` if one of them is none.
    pub(crate) async fn name_account(
        &self,
        account: &Account,
        given_name: &str,
        family_name: &str,
    ) -> Result<bool, PageError> {
        let (Some(given), Some(family)) = (name(given_name), name(family_name)) else {
            return Ok(false);
        };
        self.store.name_identite_account(account.id, &given, &family).await?;
        Ok(true)
    }
}
