//! See `portcullis_fuzz::path_scope`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::path_scope::check(data));
