//! Feeds `fuzzing::session_cookie`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server::fuzzing::session_cookie(data));
