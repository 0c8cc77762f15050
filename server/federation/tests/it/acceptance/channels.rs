//! What a service talks to directly: authorization, metadata, callback, tokens.

use super::{Row, by};

pub(super) const ROWS: &[Row] = &[
    Row::new(
        "AU1",
        by!(authorize::au1_unknown_and_deactivated_clients_get_a_page_without_a_way_back),
    ),
    Row::new("AU2", by!(authorize::au2_an_address_on_localhost_is_accepted)),
    Row::new("AU3", by!(authorize::au3_au4_every_usual_prompt_and_none_at_all_open_the_email_page)),
    Row::new("AU4", by!(authorize::au3_au4_every_usual_prompt_and_none_at_all_open_the_email_page)),
    Row::new(
        "AU5",
        by!(authorize::au5_a_silent_request_without_a_session_and_prompts_beside_none_are_refused),
    ),
    Row::new(
        "AU6",
        by!(
            authorize::au6_au7_the_nonce_is_optional_and_an_answer_in_the_fragment_may_be_asked_for
        ),
    ),
    Row::new(
        "AU7",
        by!(
            authorize::au6_au7_the_nonce_is_optional_and_an_answer_in_the_fragment_may_be_asked_for
        ),
    ),
    Row::new("AU8", by!(pkce::au8_a_bad_challenge_is_named_as_the_real_one_names_it)),
    Row::new("AU9", by!(pkce::au9_pk2_pk3_only_s256_is_accepted_as_a_method)),
    Row::new("AU10", by!(authorize::au10_au11_only_a_code_may_be_asked_for)),
    Row::new("AU11", by!(authorize::au10_au11_only_a_code_may_be_asked_for)),
    Row::new("DI1", by!(headers::di1_the_metadata_are_exactly_those_of_the_real_one)),
    Row::new("HE1", by!(health::he1_he2_health_is_told_in_one_word)),
    Row::new("HE2", by!(health::he1_he2_health_is_told_in_one_word)),
    Row::new("HE3", by!(health::he3_verbose_names_every_check_and_what_is_not_checked_here)),
    Row::new("HE4", by!(health::he4_checks_can_be_excluded)),
    Row::new("NF1", by!(health::nf1_an_unknown_path_is_told_as_by_the_real_one)),
    Row::new("CB1", by!(callback::cb1_cb2_cb3_a_callback_without_its_state_is_refused)),
    Row::new("CB2", by!(callback::cb1_cb2_cb3_a_callback_without_its_state_is_refused)),
    Row::new("CB3", by!(callback::cb1_cb2_cb3_a_callback_without_its_state_is_refused)),
    Row::new("CB4", by!(callback::cb4_cb5_cb7_codes_and_issuers_of_the_callback_are_checked)),
    Row::new("CB5", by!(callback::cb4_cb5_cb7_codes_and_issuers_of_the_callback_are_checked)),
    Row::new("CB6", by!(callback::cb6_an_error_of_the_provider_is_shown_with_its_description)),
    Row::new("CB7", by!(callback::cb4_cb5_cb7_codes_and_issuers_of_the_callback_are_checked)),
    Row::new("CS1", by!(callback::cs1_forms_need_the_token_of_their_session)),
    Row::new(
        "TK1",
        by!(tokens::tk1_tk2_a_code_gives_six_members_and_an_id_token_with_what_was_asked),
    ),
    Row::new(
        "TK2",
        by!(tokens::tk1_tk2_a_code_gives_six_members_and_an_id_token_with_what_was_asked),
    ),
    Row::new("TK3", by!(tokens::tk3_bad_codes_are_refused)),
    Row::new("TK4", by!(pkce::tk4_a_verifier_replaces_no_secret)),
    Row::new("TK5", by!(pkce::tk5_a_wrong_or_missing_verifier_is_refused_and_the_code_stays_good)),
    Row::new("TK6", by!(tokens::tk6_refreshing_keeps_the_claims_and_rotates_late)),
    Row::new("TK7", by!(tokens::tk7_an_unknown_refresh_token_is_refused)),
    Row::new(
        "TK8",
        by!(resource_server::tk8_a_revoked_refresh_token_is_refused_and_its_grant_is_dead),
    ),
    Row::new("TK9", by!(resource_server::tk9_a_revoked_access_token_gives_no_userinfo)),
    Row::new(
        "IN1",
        by!(resource_server::in1_a_resource_server_gets_a_signed_answer_with_four_members),
    ),
    Row::new("IN2", by!(resource_server::in2_in3_in4_in5_in6_bad_introspection_requests_are_named)),
    Row::new("IN3", by!(resource_server::in2_in3_in4_in5_in6_bad_introspection_requests_are_named)),
    Row::new("IN4", by!(resource_server::in2_in3_in4_in5_in6_bad_introspection_requests_are_named)),
    Row::new("IN5", by!(resource_server::in2_in3_in4_in5_in6_bad_introspection_requests_are_named)),
    Row::new("IN6", by!(resource_server::in2_in3_in4_in5_in6_bad_introspection_requests_are_named)),
    Row::new("RS1", by!(resource_server::rs1_a_resource_server_learns_whose_token_it_received)),
    Row::new(
        "RS2",
        by!(resource_server::rs2_a_token_that_is_not_alive_is_inactive_and_nothing_else_is_told),
    ),
];
