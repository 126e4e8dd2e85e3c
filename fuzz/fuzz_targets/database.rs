//! The reader of SQLite databases.
#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support::database(data));
