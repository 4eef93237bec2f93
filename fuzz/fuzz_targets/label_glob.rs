//! See `portcullis_fuzz::label_glob`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::label_glob::check(data));
