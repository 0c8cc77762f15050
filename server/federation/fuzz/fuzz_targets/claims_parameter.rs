//! Feeds `fuzzing::claims_parameter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::claims_parameter(data));
