//! Feeds `fuzzing::return_to`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server::fuzzing::return_to(data));
