//! The reader of SQL dumps.
#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support::dump(data));
