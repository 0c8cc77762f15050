//! Feeds `fuzzing::server_configuration`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server::fuzzing::server_configuration(data));
