//! The reader of write-ahead logs: beside their databases, and alone.
#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support::log(data));
