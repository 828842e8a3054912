//! Bytes to clean text, and places in it.
//!
//! In: the bytes of a file. Out: a [`Text`]: the source exactly as decoded, the clean text that the
//! rules read, and a map between them. Guarantee: a span of the clean text has a range of code points
//! in the source, so every fact can be shown in the words as published. The surprise: cleaning only
//! drops or folds characters, it never adds one, so the map is a table with one row a clean byte.

mod clean;
mod edge;
mod needed;
mod numeral;
mod pattern;
mod reader;
mod spaced;
mod span;
mod wrap;

pub use numeral::{parse_decimal, parse_fraction, parse_han, parse_ordinal};
pub use pattern::{Expression, Pattern, pattern};
pub use reader::{FILE_BYTES_MAX, READABLE, ReadError, read_source, read_text};
pub use span::{CharRange, Span};

/// One text: as decoded, and cleaned for reading.
#[derive(Clone, Debug)]
pub struct Text {
    source: String,
    clean: String,
    /// For each byte of `clean`, and for its end: the byte in `source` where its character starts.
    source_bytes: Vec<u32>,
    /// The same in code points of `source`.
    source_chars: Vec<u32>,
}

impl Text {
    /// The text of `source`, cleaned. Sources past 4 GiB lose their offsets (they saturate).
    pub fn from_source(source: String) -> Self {
        let cleaned = clean::clean(&source);
        Self {
            source,
            clean: cleaned.text,
            source_bytes: cleaned.source_bytes,
            source_chars: cleaned.source_chars,
        }
    }

    /// The text exactly as decoded, without a byte-order mark.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The text that the rules read: `\n` line ends, half-width digits, no stray spaces.
    pub fn clean(&self) -> &str {
        &self.clean
    }

    /// The clean characters at `span`; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.clean)
    }

    /// The code points of the source that `span` of the clean text was read from.
    pub fn source_range(&self, span: Span) -> CharRange {
        let char_start = row(&self.source_chars, span.byte_start);
        let char_end = match self.last_char(span) {
            Some(byte) => row(&self.source_chars, byte) + 1,
            None => char_start,
        };
        CharRange { char_start, char_end }
    }

    /// The quote: the characters of the source that `span` of the clean text was read from.
    pub fn source_slice(&self, span: Span) -> &str {
        let byte_start = row(&self.source_bytes, span.byte_start);
        let byte_end = self.last_char(span).map_or(byte_start, |byte| {
            let last = row(&self.source_bytes, byte);
            let len = self
                .source
                .get(last..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            last + len
        });
        Span::new(byte_start, byte_end).slice(&self.source)
    }

    /// Byte offset in the clean text of the last character of `span`.
    fn last_char(&self, span: Span) -> Option<usize> {
        let slice = self.slice(span);
        let last = slice.chars().next_back()?;
        Some(span.byte_start + slice.len() - last.len_utf8())
    }
}

fn row(table: &[u32], byte: usize) -> usize {
    table.get(byte).or(table.last()).map_or(0, |&at| at as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &Text, words: &str) -> Span {
        let start = text.clean().find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn a_quote_is_the_source_with_its_spaces() {
        let text = Text::from_source("某政发 〔2024〕１１号".into());
        let span = find(&text, "某政发〔2024〕11号");
        assert_eq!(text.source_slice(span), "某政发 〔2024〕１１号");
        assert_eq!(text.source_range(span), CharRange { char_start: 0, char_end: 13 });
    }

    #[test]
    fn a_range_counts_code_points_not_bytes() {
        let text = Text::from_source("甲乙\r\n丙丁".into());
        let range = text.source_range(find(&text, "丁"));
        assert_eq!(range, CharRange { char_start: 5, char_end: 6 });
    }

    #[test]
    fn a_span_outside_the_text_has_an_empty_quote() {
        let text = Text::from_source("甲".into());
        assert_eq!(text.source_slice(Span::new(9, 12)), "");
    }
}
