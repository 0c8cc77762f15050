//! Feeds `fuzzing::token_request`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::token_request(data));
