//! Feeds `fuzzing::provider_token`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server::fuzzing::provider_token(data));
