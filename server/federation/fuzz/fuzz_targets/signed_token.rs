//! Feeds `fuzzing::signed_token`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::signed_token(data));
