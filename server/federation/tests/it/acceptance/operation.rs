//! Operation: registrations at run time, and the pages on every screen.

use super::Covered::{InBrowser, NotOffline};
use super::{Row, by};

pub(super) const ROWS: &[Row] = &[
    Row::new("AD1", NotOffline("no operator logs in: the admin API answers this machine and nobody else")),
    Row::new("AD2", NotOffline("no operator logs out: the admin API answers this machine and nobody else")),
    Row::new("AF1", by!(admin::providers::af1_a_provider_is_created_with_what_is_not_given)),
    Row::new("AF2", by!(admin::providers::af2_another_domain_of_a_provider_counts_at_once)),
    Row::new("AF3", by!(admin::providers::rt11_rt12_af3_a_deleted_provider_is_gone_at_once)),
    Row::new("AS1", by!(admin::services::as1_a_service_created_with_a_name_and_an_address_signs_people_in_at_once)),
    Row::new("AS2", by!(admin::services::as2_a_new_redirect_uri_is_accepted_at_once_and_the_old_one_no_more)),
    Row::new("AS3", by!(admin::services::as3_a_deleted_service_is_an_invalid_client_at_once)),
    Row::new("VI1", InBrowser("federation-pages.spec.ts", "VI1 the email page shows its field and its button at once")),
    Row::new("VI2", InBrowser("federation-pages.spec.ts", "VI2 the error page shows what happened and its codes at once")),
    Row::new("A11Y1", InBrowser("federation-pages.spec.ts", "A11Y1 no rule of axe is broken on the email page")),
    Row::new("A11Y2", InBrowser("federation-pages.spec.ts", "A11Y2 no rule of axe is broken on the error page")),
];
