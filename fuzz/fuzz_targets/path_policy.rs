//! See `portcullis_fuzz::path_policy`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::path_policy::check(data));
