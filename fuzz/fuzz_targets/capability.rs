//! See `portcullis_fuzz::capability`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::capability::check(data));
