//! Text files. In: UTF-8 with or without byte-order mark, UTF-16 with one, GB18030. Out: the text as decoded.
//! Guarantee: no text with replacement characters gets through. The surprise: the ending says nothing here; what
//! no other reader claims is tried as text.

use super::error::ReadError;
use super::{Reader, encoding};

/// How many control characters in a thousand still pass as text.
const CONTROLS_PER_MILLE_MAX: usize = 5;

/// The reader of `.txt`.
pub(super) struct Plain;

impl Reader for Plain {
    fn format(&self) -> &'static str {
        "text file"
    }

    fn read(&self, bytes: &[u8]) -> Result<String, ReadError> {
        if let Some(what) = find_magic(bytes) {
            return Err(ReadError::Binary { what });
        }
        let source = encoding::decode(bytes)?;
        let controls = source.chars().filter(|&c| c.is_control() && !c.is_whitespace()).count();
        if controls * 1000 > source.chars().count() * CONTROLS_PER_MILLE_MAX {
            return Err(ReadError::Binary { what: "control characters" });
        }
        Ok(source)
    }
}

/// What the bytes are, where they are the beginning of something else.
fn find_magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "it is a zip archive without a Word document"),
        (b"PK\x05\x06", "it is an empty zip archive"),
        (b"{\\rtf", "it is an RTF file"),
        (b"MIME-Version:", "it is a web archive"),
        (b"Rar!", "it is an archive"),
        (b"\x89PNG", "it is a picture"),
        (b"\xFF\xD8\xFF", "it is a picture"),
        (b"GIF8", "it is a picture"),
        (b"\x7FELF", "it is a program"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;

    fn read(bytes: &[u8]) -> Result<String, ReadError> {
        Plain.read(bytes)
    }

    #[test]
    fn the_same_words_come_out_of_every_encoding() {
        let words = "某市人民政府关于试行办法的通知";
        let (gb, _, _) = GB18030.encode(words);
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(words.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let with_mark = [b"\xEF\xBB\xBF", words.as_bytes()].concat();
        for bytes in [words.as_bytes(), &gb, &utf16, &with_mark] {
            assert_eq!(read(bytes).unwrap(), words);
        }
    }

    #[test]
    fn no_bytes_are_an_empty_text() {
        assert_eq!(read(b"").unwrap(), "");
    }

    #[test]
    fn a_binary_file_is_an_error_that_says_so() {
        let error = read(b"PK\x03\x04rest").unwrap_err();
        assert!(error.to_string().contains("zip archive"), "{error}");
        assert!(matches!(read(b"a\0b"), Err(ReadError::Binary { .. })));
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error() {
        assert_eq!(read(b"\xFF\x80\xFF\x81 text").err(), Some(ReadError::Encoding));
    }
}
