//! A .docx to text: any body, any archive.

#![no_main]

#[path = "../../promises/mod.rs"]
#[allow(dead_code, reason = "a target asks one promise")]
mod promises;
#[path = "../../readers/fixtures.rs"]
#[allow(dead_code, reason = "each target builds one format")]
mod fixtures;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    promises::hold_for_file("a.docx", bytes);
    let xml = String::from_utf8_lossy(bytes);
    promises::hold_for_file("a.docx", &fixtures::docx(&xml));
    promises::hold_for_file("a.docx", &fixtures::zipped(&[("word/document.xml", &xml)]));
});
