//! Terms as bytes. In: a term; out: the bytes that stand for it, and back. A datatype is told by its number, so that its IRI stands
//! in an image once. The surprise: equal terms have equal bytes, so bytes are what is hashed and compared.

use super::row::TermId;
use oxigraph::model::{BlankNode, Literal, NamedNode, Term, TermRef, vocab::xsd};

const NAMED_NODE: u8 = 0;
const BLANK_NODE: u8 = 1;
const STRING: u8 = 2;
const TAGGED: u8 = 3;
const TYPED: u8 = 4;

/// The datatype that must have a number before the literal can be told; `None` for every other term.
pub(super) fn datatype_of(term: TermRef<'_>) -> Option<TermRef<'_>> {
    match term {
        TermRef::Literal(literal)
            if literal.language().is_none() && literal.datatype() != xsd::STRING =>
        {
            Some(literal.datatype().into())
        }
        _ => None,
    }
}

/// Writes `term` to `bytes`, which are emptied first. `datatype` is the number of [`datatype_of`] it.
pub(super) fn encode(term: TermRef<'_>, datatype: Option<TermId>, bytes: &mut Vec<u8>) {
    bytes.clear();
    let value = match term {
        TermRef::NamedNode(node) => {
            bytes.push(NAMED_NODE);
            node.as_str()
        }
        TermRef::BlankNode(node) => {
            bytes.push(BLANK_NODE);
            node.as_str()
        }
        TermRef::Literal(literal) => {
            match (literal.language(), datatype) {
                (Some(tag), _) => {
                    bytes.push(TAGGED);
                    bytes.extend(tag.bytes().chain([0]));
                }
                (None, Some(datatype)) => {
                    bytes.push(TYPED);
                    bytes.extend(datatype.to_le_bytes());
                }
                (None, None) => bytes.push(STRING),
            }
            literal.value()
        }
    };
    bytes.extend(value.bytes());
}

/// The term that `bytes` stand for; `term_of` gives the term of a datatype's number. `None` where they stand for none.
pub(super) fn decode(bytes: &[u8], term_of: impl Fn(TermId) -> Option<Term>) -> Option<Term> {
    let (&kind, rest) = bytes.split_first()?;
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    Some(match kind {
        NAMED_NODE => NamedNode::new_unchecked(text(rest)?).into(),
        BLANK_NODE => BlankNode::new_unchecked(text(rest)?).into(),
        STRING => Literal::new_simple_literal(text(rest)?).into(),
        TAGGED => {
            let end = rest.iter().position(|&byte| byte == 0)?;
            let (tag, value) = rest.split_at_checked(end)?;
            let value = text(value.get(1..)?)?;
            Literal::new_language_tagged_literal_unchecked(value, text(tag)?).into()
        }
        TYPED => {
            let (datatype, value) = rest.split_first_chunk::<4>()?;
            let Term::NamedNode(datatype) = term_of(TermId::from_le_bytes(*datatype))? else {
                return None;
            };
            Literal::new_typed_literal(text(value)?, datatype).into()
        }
        _ => return None,
    })
}

/// Where a term's bytes are looked for first. FNV-1a: an image must be found again by every later program, so the function
/// is ours to keep.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNodeRef;

    #[test]
    fn a_term_comes_back_as_it_was_written() {
        let decimal = || Term::from(NamedNode::from(xsd::DECIMAL));
        let terms: [Term; 5] = [
            NamedNode::new_unchecked("http://例.org/通知").into(),
            BlankNode::new_unchecked("节").into(),
            Literal::new_simple_literal("关于绿化").into(),
            Literal::new_language_tagged_literal_unchecked("绿化", "zh-hans").into(),
            Literal::new_typed_literal("12.0", xsd::DECIMAL).into(),
        ];
        for term in terms {
            let datatype = datatype_of(term.as_ref()).map(|_| 7);
            let mut bytes = Vec::new();
            encode(term.as_ref(), datatype, &mut bytes);
            assert_eq!(decode(&bytes, |id| (id == 7).then(decimal)), Some(term));
        }
    }

    #[test]
    fn only_a_datatype_other_than_string_needs_a_number() {
        let of = |literal: Literal| datatype_of(literal.as_ref().into()).is_some();
        assert!(of(Literal::new_typed_literal("1", xsd::INTEGER)));
        assert!(!of(Literal::new_simple_literal("1")));
        assert!(datatype_of(NamedNodeRef::new_unchecked("http://e/a").into()).is_none());
    }

    #[test]
    fn bytes_of_no_term_are_none() {
        for bytes in
            [&[][..], &[9, 65], &[0, 0xFF], &[3, b'z', b'h'], &[4, 1, 0], &[4, 1, 0, 0, 0, 65]]
        {
            assert_eq!(decode(bytes, |_| None), None, "{bytes:?}");
        }
    }
}
