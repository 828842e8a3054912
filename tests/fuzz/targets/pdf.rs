//! A PDF to text: whole files, and any content on one page.

#![no_main]

#[path = "../../promises/mod.rs"]
#[allow(dead_code, reason = "a target asks one promise")]
mod promises;
#[path = "../../readers/fixtures.rs"]
#[allow(dead_code, reason = "each target builds one format")]
mod fixtures;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    promises::hold_for_file("a.pdf", bytes);
    let content = String::from_utf8_lossy(bytes);
    promises::hold_for_file("a.pdf", &fixtures::pdf_of_content(&content));
    promises::hold_for_file("a.pdf", &fixtures::pdf_file(&[content.into_owned()], ""));
});
