//! Feeds `fuzzing::siret`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| federation::fuzzing::siret(data));
