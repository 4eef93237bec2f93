//! See `portcullis_fuzz::line`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::line::check(data));
