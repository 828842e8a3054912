//! How deep the arrays and dictionaries of a PDF nest. In: the bytes of a file. Out: whether a parser that calls itself for
//! each level could run out of stack, which ends the program and cannot be caught. Guarantee: plain parts and parts
//! packed with Flate are looked at. The surprise: brackets inside pictures count too, so the limit is far above what
//! chance makes of them; the reader's own stack is made large enough for it.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// No document nests deeper than tens; chance makes some hundreds of random bytes.
const DEPTH_MAX: usize = 10_000;

/// Stack for a reader that calls itself [`DEPTH_MAX`] times; only what is used takes memory.
pub(super) const STACK_BYTES: usize = 256 << 20;

/// The most that one packed part, and all of them, may unpack to.
const PART_BYTES_MAX: u64 = 64 << 20;
const PARTS_BYTES_MAX: u64 = 512 << 20;

/// What is wrong with the nesting of a file; none where it can be parsed.
pub(super) fn find_fault(bytes: &[u8]) -> Option<&'static str> {
    const TOO_DEEP: &str = "its objects nest too deep";
    let mut depth = Depth::default();
    if depth.pass(bytes) {
        return Some(TOO_DEEP);
    }
    let mut left = PARTS_BYTES_MAX;
    for part in packed_parts(bytes) {
        match unpack(part, &mut left) {
            Some(true) => return Some(TOO_DEEP),
            None => return Some("it unpacks to more than any document"),
            Some(false) => {}
        }
    }
    None
}

/// Whether a part nests too deep; none where too much was unpacked. Damaged parts are read as far as they go.
fn unpack(part: &[u8], left: &mut u64) -> Option<bool> {
    let mut depth = Depth::default();
    let mut decoder = ZlibDecoder::new(part).take(PART_BYTES_MAX);
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = decoder.read(&mut buffer) {
        *left = left.checked_sub(count as u64)?;
        if depth.pass(buffer.get(..count).unwrap_or_default()) {
            return Some(true);
        }
    }
    Some(false)
}

/// What follows each `stream` and begins like a Flate part.
fn packed_parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const MARK: &[u8] = b"stream";
    let starts = bytes.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    starts.filter_map(move |(at, _)| {
        let body = bytes.get(at + MARK.len()..)?;
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        body.first().is_some_and(|first| first & 0x0F == 8).then_some(body)
    })
}

/// The depth reached so far.
#[derive(Default)]
struct Depth {
    open: usize,
    last: u8,
}

impl Depth {
    /// Goes on with `bytes`; whether the limit was passed.
    fn pass(&mut self, bytes: &[u8]) -> bool {
        for &byte in bytes {
            match (self.last, byte) {
                (_, b'[') | (b'<', b'<') => self.open += 1,
                (_, b']') | (b'>', b'>') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            if self.open > DEPTH_MAX {
                return true;
            }
            self.last = byte;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_file_nests_too_deep_in_the_open_or_packed() {
        let deep = vec![b'['; DEPTH_MAX + 1];
        assert!(find_fault(&deep).is_some());
        let mut encoder =
            flate2::write::ZlibEncoder::new(b"stream\n".to_vec(), flate2::Compression::fast());
        encoder.write_all(&deep).unwrap();
        assert!(find_fault(&encoder.finish().unwrap()).is_some());
    }

    #[test]
    fn ordinary_nesting_is_no_fault() {
        assert_eq!(find_fault(&b"<< /Kids [[1 0 R] [2 0 R]] >>".repeat(50_000)), None);
    }
}
