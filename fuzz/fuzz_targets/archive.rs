//! The walk through containers, and what reads their members.
#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support::archive(data));
