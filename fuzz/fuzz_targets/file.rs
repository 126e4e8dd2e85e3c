//! All that a file may be: databases in text, behind other bytes, without a header, pointers.
#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support::file(data));
