//! A .doc or .wps to text: any streams in the container, any container.

#![no_main]

#[path = "../../promises/mod.rs"]
#[allow(dead_code, reason = "a target asks one promise")]
mod promises;
#[path = "../../readers/fixtures.rs"]
#[allow(dead_code, reason = "each target builds one format")]
mod fixtures;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    promises::hold_for_file("a.doc", bytes);
    let text = String::from_utf8_lossy(bytes);
    promises::hold_for_file("a.doc", &fixtures::doc(&text.lines().collect::<Vec<_>>()));
    let (main, table) = bytes.split_at(bytes.len() / 2);
    let streams = [("WordDocument", main), ("1Table", table)];
    promises::hold_for_file("a.doc", &fixtures::container(&streams));
});
