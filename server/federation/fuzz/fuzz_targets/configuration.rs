//! Feeds `fuzzing::configuration`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::configuration(data));
