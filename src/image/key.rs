//! Sort keys of terms. In: a term; out: bytes that compare as terms do in an image, and that tell the term again.
//!
//! ```text
//! kind, then
//!   NamedNode, BlankNode, String   the text
//!   Number                         16 bytes of value, datatype, end, lexical form
//!   Date                           16 bytes of value, lexical form
//!   Tagged                         text, end, language tag
//!   Other                          datatype, end, lexical form
//! ```
//!
//! Guarantees: distinct terms have distinct keys, and what the evaluator of SPARQL takes for a number or date is one here, with the
//! same value. The surprise: texts with a tag compare by text first and by tag second, because ORDER BY does.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNodeRef, TermRef};
use oxsdatatypes::{Date, Decimal, Integer};
use std::borrow::Cow;

/// What a term is, in the order in which an image numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TermKind {
    /// An IRI, by its bytes.
    NamedNode,
    /// A blank node, by its label.
    BlankNode,
    /// A literal of `xsd:decimal`, `xsd:integer` or a type derived from that, which the evaluator can calculate with: by
    /// value, then datatype, then lexical form.
    Number,
    /// A valid `xsd:date` without a timezone: by value, then lexical form.
    Date,
    /// A plain literal, by its bytes.
    String,
    /// A literal with a language tag: by its bytes, then by tag.
    Tagged,
    /// Every other literal: by datatype, then by lexical form.
    Other,
}

impl TermKind {
    pub(crate) const ALL: [Self; 7] = [
        Self::NamedNode,
        Self::BlankNode,
        Self::Number,
        Self::Date,
        Self::String,
        Self::Tagged,
        Self::Other,
    ];

    /// Of a literal, with its value if it is a number or date.
    fn of(literal: LiteralRef<'_>) -> (Self, [u8; 16]) {
        let datatype = literal.datatype();
        if literal.language().is_some() {
            (Self::Tagged, [0; 16])
        } else if datatype == xsd::STRING {
            (Self::String, [0; 16])
        } else if let Some(value) = number(literal.value(), datatype) {
            (Self::Number, sortable(value.to_be_bytes()))
        } else if let Some(value) = date(literal.value()).filter(|_| datatype == xsd::DATE) {
            (Self::Date, date_key(value))
        } else {
            (Self::Other, [0; 16])
        }
    }
}

/// Whether the datatype is that of integers or derived from it.
pub(super) fn is_integer(datatype: NamedNodeRef<'_>) -> bool {
    [
        xsd::INTEGER,
        xsd::BYTE,
        xsd::SHORT,
        xsd::INT,
        xsd::LONG,
        xsd::UNSIGNED_BYTE,
        xsd::UNSIGNED_SHORT,
        xsd::UNSIGNED_INT,
        xsd::UNSIGNED_LONG,
        xsd::POSITIVE_INTEGER,
        xsd::NEGATIVE_INTEGER,
        xsd::NON_POSITIVE_INTEGER,
        xsd::NON_NEGATIVE_INTEGER,
    ]
    .contains(&datatype)
}

/// The value of a number as the evaluator reads it: an integer has at most 64 bits.
pub(super) fn number(text: &str, datatype: NamedNodeRef<'_>) -> Option<Decimal> {
    // Most datatypes are none of these, and all of these begin alike.
    if !datatype.as_str().starts_with("http://www.w3.org/2001/XMLSchema#") {
        None
    } else if datatype == xsd::DECIMAL {
        text.parse().ok()
    } else if is_integer(datatype) {
        text.parse::<Integer>().ok().map(Decimal::from)
    } else {
        None
    }
}

/// The value of a date without a timezone.
pub(super) fn date(text: &str) -> Option<Date> {
    text.parse().ok().filter(|date: &Date| date.timezone_offset().is_none())
}

/// Bytes that compare as dates without timezone do.
pub(super) fn date_key(date: Date) -> [u8; 16] {
    // Seconds as a decimal, then the offset.
    let [bytes @ .., _, _] = date.to_be_bytes();
    sortable(bytes)
}

/// The bytes of a signed number so that they compare as the numbers do.
fn sortable(bytes: [u8; 16]) -> [u8; 16] {
    (i128::from_be_bytes(bytes) ^ i128::MIN).to_be_bytes()
}

/// Ends a text that is followed by another one: NUL inside is written as NUL, 1, so that a text comes before those that it begins.
const END: [u8; 2] = [0, 0];

fn push_ended(key: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        key.push(byte);
        if byte == 0 {
            key.push(1);
        }
    }
    key.extend(END);
}

/// The text before an end, and what follows it.
fn split_ended(key: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let zero = key.iter().position(|byte| *byte == 0)?;
    let (text, rest) = key.split_at_checked(zero)?;
    if let Some(rest) = rest.strip_prefix(&END) {
        return Some((text.into(), rest));
    }
    let mut text = text.to_vec();
    let mut rest = rest;
    loop {
        match rest {
            [0, 0, rest @ ..] => return Some((text.into(), rest)),
            [0, 1, after @ ..] => {
                text.push(0);
                rest = after;
            }
            [byte, after @ ..] => {
                text.push(*byte);
                rest = after;
            }
            [] => return None,
        }
    }
}

/// Appends the key of `term` to `key`.
pub(super) fn encode(term: TermRef<'_>, key: &mut Vec<u8>) {
    let literal = match term {
        TermRef::NamedNode(node) => {
            key.push(TermKind::NamedNode as u8);
            key.extend(node.as_str().as_bytes());
            return;
        }
        TermRef::BlankNode(node) => {
            key.push(TermKind::BlankNode as u8);
            key.extend(node.as_str().as_bytes());
            return;
        }
        TermRef::Literal(literal) => literal,
    };
    let (kind, value) = TermKind::of(literal);
    key.push(kind as u8);
    if matches!(kind, TermKind::Number | TermKind::Date) {
        key.extend(value);
    }
    if matches!(kind, TermKind::Number | TermKind::Other) {
        push_ended(key, literal.datatype().as_str());
    }
    match literal.language() {
        Some(tag) => {
            push_ended(key, literal.value());
            key.extend(tag.as_bytes());
        }
        None => key.extend(literal.value().as_bytes()),
    }
}

/// A term as its key tells it.
#[derive(Debug, PartialEq)]
pub(super) struct Parts<'a> {
    pub(super) kind: TermKind,
    /// Of a number or date: bytes that compare as the values do.
    pub(super) value: [u8; 16],
    /// IRI, label or lexical form.
    pub(super) text: Cow<'a, [u8]>,
    /// The datatype of a number, date or other literal, or the language tag; empty otherwise.
    pub(super) mark: Cow<'a, [u8]>,
}

impl Parts<'_> {
    /// The value of a number.
    pub(super) fn number(&self) -> Decimal {
        Decimal::from_be_bytes(sortable(self.value))
    }
}

/// What `key` tells; `None` for bytes that are no key.
pub(super) fn decode(key: &[u8]) -> Option<Parts<'_>> {
    let (&kind, rest) = key.split_first()?;
    let kind = *TermKind::ALL.get(usize::from(kind))?;
    let (value, rest) = match kind {
        TermKind::Number | TermKind::Date => {
            rest.split_first_chunk().map(|(value, rest)| (*value, rest))?
        }
        _ => ([0; 16], rest),
    };
    let (text, mark) = match kind {
        TermKind::Number | TermKind::Other => {
            let (datatype, text) = split_ended(rest)?;
            (text.into(), datatype)
        }
        TermKind::Tagged => {
            let (text, tag) = split_ended(rest)?;
            (text, tag.into())
        }
        TermKind::Date => (rest.into(), xsd::DATE.as_str().as_bytes().into()),
        TermKind::NamedNode | TermKind::BlankNode | TermKind::String => {
            (rest.into(), Cow::default())
        }
    };
    Some(Parts { kind, value, text, mark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, Literal, NamedNode, Term};

    fn key(term: impl Into<Term>) -> Vec<u8> {
        let mut key = Vec::new();
        encode(term.into().as_ref(), &mut key);
        key
    }

    fn typed(text: &str, datatype: NamedNodeRef<'_>) -> Vec<u8> {
        key(Literal::new_typed_literal(text, datatype))
    }

    fn tagged(text: &str, tag: &str) -> Vec<u8> {
        key(Literal::new_language_tagged_literal_unchecked(text, tag))
    }

    #[test]
    fn kinds_stand_in_their_order_and_terms_of_a_kind_in_theirs() {
        let keys = [
            key(NamedNode::new_unchecked("http://e/a")),
            key(NamedNode::new_unchecked("http://例/苗圃")),
            key(BlankNode::new_unchecked("a")),
            typed("-3.5", xsd::DECIMAL),
            typed("-3", xsd::INTEGER),
            typed("0.5", xsd::DECIMAL),
            typed("12.0", xsd::DECIMAL),
            typed("12.00", xsd::DECIMAL),
            typed("012", xsd::INTEGER),
            typed("12", xsd::INTEGER),
            typed("170000000", xsd::LONG),
            typed("-0004-02-29", xsd::DATE),
            typed("2024-12-31", xsd::DATE),
            typed("2025-01-01", xsd::DATE),
            key(Literal::from("")),
            key(Literal::from("绿化")),
            tagged("绿化", "en"),
            tagged("绿化", "zh"),
            tagged("绿化\0", "en"),
            tagged("绿化率", "en"),
            typed("2024-01-01Z", xsd::DATE),
            typed("2024-02-30", xsd::DATE),
            typed("12.0", xsd::DOUBLE),
            typed("a", xsd::INTEGER),
        ];
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{:?} before {:?}", decode(&pair[0]), decode(&pair[1]));
        }
    }

    #[test]
    fn a_key_tells_its_term() {
        let told = |key: &[u8]| {
            let parts = decode(key).unwrap();
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            (parts.kind, text(&parts.text), text(&parts.mark))
        };
        let integer = "http://www.w3.org/2001/XMLSchema#integer";
        let with = |kind, text: &str, mark: &str| (kind, text.to_owned(), mark.to_owned());
        assert_eq!(told(&typed("012", xsd::INTEGER)), with(TermKind::Number, "012", integer));
        assert_eq!(told(&tagged("a\0\u{1}b", "zh")), with(TermKind::Tagged, "a\0\u{1}b", "zh"));
        assert_eq!(told(&typed("a", xsd::INTEGER)), with(TermKind::Other, "a", integer));
        assert_eq!(told(&key(Literal::from("a\0"))), with(TermKind::String, "a\0", ""));
        assert_eq!(
            decode(&typed("-12.50", xsd::DECIMAL)).unwrap().number(),
            "-12.5".parse().unwrap()
        );
    }

    #[test]
    fn bytes_that_are_no_key_tell_nothing() {
        for bytes in [&[][..], &[9, 65], &[2, 1], &[6, b'a', 0, 1], &[5, b'a', 0]] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
