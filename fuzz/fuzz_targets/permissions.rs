//! See `portcullis_fuzz::permissions`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::permissions::check(data));
