//! The decision and what the build refuses, held against the reference model: `tests/model`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_tests_model::fuzz(data));
