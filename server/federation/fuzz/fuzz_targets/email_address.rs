//! Feeds `fuzzing::email_address`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::email_address(data));
