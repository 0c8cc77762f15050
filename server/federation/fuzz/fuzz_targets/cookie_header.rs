//! Feeds `fuzzing::cookie_header`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::cookie_header(data));
