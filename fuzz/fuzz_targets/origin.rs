//! See `portcullis_fuzz::origin`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::origin::check(data));
