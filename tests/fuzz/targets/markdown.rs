//! Markdown to text.

#![no_main]

#[path = "../../promises/mod.rs"]
#[allow(dead_code, reason = "a target asks one promise")]
mod promises;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| promises::hold_for_file("a.md", bytes));
