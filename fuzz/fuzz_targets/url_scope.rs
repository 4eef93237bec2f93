//! See `portcullis_fuzz::url_scope`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::url_scope::check(data));
