//! What a request may carry: hints, PKCE, prompts, addresses, scopes.

use super::Covered::InBrowser;
use super::{Row, by};

pub(super) const ROWS: &[Row] = &[
    Row::new("IH1", by!(idp_hint::ih1_a_hint_leads_straight_to_the_provider)),
    Row::new("IH2", by!(idp_hint::ih2_the_same_provider_needs_no_second_sign_in)),
    Row::new("IH3", by!(idp_hint::ih3_another_provider_is_signed_in_at)),
    Row::new("IH4", by!(idp_hint::ih4_an_unknown_provider_is_told_to_the_service)),
    Row::new("IH5", by!(idp_hint::ih5_an_abandoned_hint_leaves_the_first_providers_session)),
    Row::new("LH1", by!(routing::lh1_lh2_a_login_hint_skips_the_email_page)),
    Row::new("LH2", by!(routing::lh1_lh2_a_login_hint_skips_the_email_page)),
    Row::new("LH3", by!(routing::lh3_a_login_hint_of_several_providers_gives_the_choice)),
    Row::new("LH4", by!(mire::lh4_a_misspelt_login_hint_gets_a_suggestion)),
    Row::new("SH1", by!(routing::sh1_a_siret_hint_reaches_the_provider)),
    Row::new(
        "LS1",
        InBrowser(
            "interaction.spec.ts",
            "LS1 LS2 LS3 an address is remembered as long as the person wants it",
        ),
    ),
    Row::new(
        "LS2",
        InBrowser(
            "interaction.spec.ts",
            "LS1 LS2 LS3 an address is remembered as long as the person wants it",
        ),
    ),
    Row::new(
        "LS3",
        InBrowser(
            "interaction.spec.ts",
            "LS1 LS2 LS3 an address is remembered as long as the person wants it",
        ),
    ),
    Row::new(
        "LS4",
        InBrowser("interaction.spec.ts", "LS4 a login_hint leaves the remembered address alone"),
    ),
    Row::new("PK1", by!(pkce::pk1_a_challenge_is_met_by_its_verifier)),
    Row::new("PK2", by!(pkce::au9_pk2_pk3_only_s256_is_accepted_as_a_method)),
    Row::new("PK3", by!(pkce::au9_pk2_pk3_only_s256_is_accepted_as_a_method)),
    Row::new(
        "PR1",
        by!(two_services::pr1_pr2_a_silent_request_succeeds_with_a_session_and_only_then),
    ),
    Row::new(
        "PR2",
        by!(two_services::pr1_pr2_a_silent_request_succeeds_with_a_session_and_only_then),
    ),
    Row::new("PR3", by!(two_services::pr3_prompts_of_identite_are_not_prompts_of_the_federation)),
    Row::new(
        "RU1",
        by!(authorize::ru1_a_foreign_or_malformed_address_gets_a_page_without_a_way_back),
    ),
    Row::new("SC1", by!(scopes::sc1_sc2_every_scope_releases_exactly_its_claims)),
    Row::new("SC2", by!(scopes::sc1_sc2_every_scope_releases_exactly_its_claims)),
    Row::new("SC3", by!(scopes::sc3_a_scope_that_proconnect_does_not_know_is_ignored)),
    Row::new("SC4", by!(scopes::sc4_an_empty_scope_gets_a_page_without_a_way_back)),
    Row::new("SC5", by!(scopes::sc5_sc6_claims_need_openid_and_scopes_need_a_registration)),
    Row::new("SC6", by!(scopes::sc5_sc6_claims_need_openid_and_scopes_need_a_registration)),
];
