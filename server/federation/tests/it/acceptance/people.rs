//! Who people are, what they prove, and what becomes of it.

use super::Covered::NotOffline;
use super::{Row, by};

pub(super) const ROWS: &[Row] = &[
    Row::new(
        "AC1",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "AC2",
        by!(levels::ac2_voluntary_and_demanded_levels_together_are_met_by_the_demanded_one),
    ),
    Row::new("AC3", by!(levels::ac3_an_unmet_level_is_refused_to_the_service)),
    Row::new(
        "AC4",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "AC5",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "AC6",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "AC7",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "AC8",
        by!(levels::ac8_ac9_only_a_compliant_provider_or_an_mfa_address_is_told_the_demand),
    ),
    Row::new(
        "AC9",
        by!(levels::ac8_ac9_only_a_compliant_provider_or_an_mfa_address_is_told_the_demand),
    ),
    Row::new("AP1", by!(identite_levels::ap1_no_second_factor_is_asked_for_when_none_is_demanded)),
    Row::new("AP2", by!(identite_levels::ap2_a_second_factor_is_asked_for_when_it_is_demanded)),
    Row::new("AP3", by!(identite_levels::ap3_a_second_request_may_demand_more_than_the_first)),
    Row::new(
        "AP4",
        by!(identite_levels::ap4_another_person_at_the_second_request_has_factors_of_their_own),
    ),
    Row::new(
        "AP5",
        NotOffline(
            "the button of FranceConnect and the certification behind it are on the network",
        ),
    ),
    Row::new(
        "CL1",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new(
        "CL2",
        by!(
            levels::ac1_ac4_ac5_ac6_ac7_cl1_cl2_the_requested_level_and_methods_are_in_the_id_token
        ),
    ),
    Row::new("CL3", by!(levels::cl3_methods_that_the_provider_does_not_name_are_left_out)),
    Row::new("CL4", by!(levels::cl4_a_value_that_nobody_can_give_changes_nothing)),
    Row::new("CL5", by!(levels::cl5_a_claim_asked_for_by_name_is_in_the_id_token)),
    Row::new("EV1", by!(email_code::ev1_an_mfa_address_passes_the_demand_on_and_needs_no_code)),
    Row::new("EV2", by!(email_code::ev2_loading_the_page_again_sends_no_second_mail)),
    Row::new("EV3", by!(email_code::ev3_a_wrong_code_is_refused_on_the_page)),
    Row::new("EV4", by!(email_code::ev4_the_right_code_raises_the_level)),
    Row::new("EV5", by!(email_code::ev5_so5_a_session_with_a_typed_code_is_reused)),
    Row::new("EV6", by!(email_code::ev6_the_eleventh_try_within_five_minutes_is_refused)),
    Row::new("EM1", by!(mire::em1_em2_a_service_admits_its_domains_only)),
    Row::new("EM2", by!(mire::em1_em2_a_service_admits_its_domains_only)),
    Row::new("EM3", by!(mire::em3_a_session_of_another_domain_is_refused)),
    Row::new("FI1", by!(providers::fi1_a_provider_that_signs_no_userinfo_works)),
    Row::new("FI2", by!(providers::fi2_fi3_the_provider_learns_which_service_asks)),
    Row::new("FI3", by!(providers::fi2_fi3_the_provider_learns_which_service_asks)),
    Row::new("FI4", by!(providers::fi4_a_disabled_provider_says_so_and_leads_back_to_the_service)),
    Row::new("FI5", by!(providers::fi5_an_unknown_domain_without_a_default_provider_says_so)),
    Row::new("FI6", by!(providers::fi6_an_unreachable_provider_says_so)),
    Row::new("FI7", by!(providers::fi7_going_back_after_success_finds_no_session)),
    Row::new("ID1", by!(identity::id1_a_bad_telephone_number_is_dropped)),
    Row::new("ID2", by!(identity::id2_id3_id4_a_bad_email_is_refused_with_the_right_support)),
    Row::new("ID3", by!(identity::id2_id3_id4_a_bad_email_is_refused_with_the_right_support)),
    Row::new("ID4", by!(identity::id2_id3_id4_a_bad_email_is_refused_with_the_right_support)),
    Row::new("ID5", by!(identity::id5_a_bad_siret_is_replaced_by_the_providers)),
    Row::new("ID6", by!(identity::id6_id7_a_bad_siret_without_a_default_is_refused)),
    Row::new("ID7", by!(identity::id6_id7_a_bad_siret_without_a_default_is_refused)),
    Row::new("PV1", by!(identity::pv1_a_service_for_public_servants_refuses_private_staff)),
    Row::new("PCI1", by!(identity::pci1_a_public_servant_comes_in_through_identite)),
    Row::new("PCI2", by!(identity::us3_pci2_private_staff_of_an_unknown_domain_is_refused)),
    Row::new("BL1", by!(accounts::bl1_bl2_a_deactivated_account_is_kept_out_until_it_is_activated)),
    Row::new("BL2", by!(accounts::bl1_bl2_a_deactivated_account_is_kept_out_until_it_is_activated)),
];
