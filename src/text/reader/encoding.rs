//! Bytes to characters. In: bytes in one of the encodings that Chinese texts come in. Out: the text without
//! byte-order mark. Guarantee: [`decode`] never puts a replacement character. The surprise: UTF-8 is tried before
//! what a page declares and before GB18030, because hardly any text in those is valid UTF-8.

use super::error::ReadError;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// How far into a page its declaration stands.
const DECLARATION_BYTES_MAX: usize = 4096;

/// The text that `bytes` spell in UTF-8, marked UTF-16 or GB18030.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    decode_as(bytes, &[UTF_8, GB18030])
}

/// The text of a page: its own declaration is believed before the usual encodings. Pages carry broken bytes where
/// programs cut a text in half; each is U+FFFD here, and the reader looks whether one is left in the document.
pub(super) fn decode_declared(bytes: &[u8]) -> Result<String, ReadError> {
    let declared = find_declared(bytes).unwrap_or(UTF_8);
    match decode_as(bytes, &[UTF_8, declared, GB18030]) {
        Err(ReadError::Encoding) => {
            let decoded = [UTF_8, declared, GB18030].map(|encoding| encoding.decode(bytes).0);
            let broken = |text: &Cow<'_, str>| text.matches(char::REPLACEMENT_CHARACTER).count();
            let best = decoded.into_iter().min_by_key(broken);
            best.map(Cow::into_owned).ok_or(ReadError::Encoding)
        }
        decoded => decoded,
    }
}

/// The text of a part of an office file, which is UTF-8 unless a mark says otherwise.
pub(super) fn decode_marked(bytes: &[u8]) -> String {
    UTF_8.decode(bytes).0.into_owned()
}

fn decode_as(bytes: &[u8], encodings: &[&'static Encoding]) -> Result<String, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, malformed) = encoding.decode(bytes);
        return if malformed { Err(ReadError::Encoding) } else { Ok(text.into_owned()) };
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary { what: "it contains NUL bytes" });
    }
    let decoded =
        encodings.iter().find_map(|e| e.decode_without_bom_handling_and_without_replacement(bytes));
    decoded.map(Cow::into_owned).ok_or(ReadError::Encoding)
}

/// The encoding that `charset=` names near the beginning.
fn find_declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> =
        bytes.iter().copied().take(DECLARATION_BYTES_MAX).map(|b| b.to_ascii_lowercase()).collect();
    let at = head.windows(8).position(|window| window == b"charset=")?;
    let label: Vec<u8> = head
        .into_iter()
        .skip(at + 8)
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_declares() {
        let page = "<meta charset=\"big5\">繁體";
        let (bytes, _, _) = encoding_rs::BIG5.encode(page);
        assert_eq!(decode_declared(&bytes).unwrap(), page);
    }

    #[test]
    fn a_wrong_declaration_is_overruled_by_valid_utf_8() {
        let page = "<meta charset=gb2312>某市人民政府";
        assert_eq!(decode_declared(page.as_bytes()).unwrap(), page);
    }
}
