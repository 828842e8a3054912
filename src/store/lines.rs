//! Reads N-Quads line by line. In: whole lines; out: quads that borrow from them, and the lines that are to be read in full.
//!
//! Nearly every line has four or five plain terms, and nearly every IRI was seen a moment ago: such lines are read here, where a known
//! IRI is not checked again and nothing is copied. Guarantee: a line is read here only where the parser would read the same from it; whatever
//! is unusual (comments, other escapes, long language tags, faults) is handed back.

use memchr::{memchr, memchr2};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    BlankNodeRef, GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, QuadRef,
    TermRef,
};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// How many IRIs are remembered; one takes the place of another with the same hash.
const KNOWN_IRIS: usize = 1 << 14;

/// Longer ones are not remembered, so that the memory is bounded.
const KNOWN_BYTES_MAX: usize = 1 << 10;

/// Shortest and longest language tag of one part.
const TAG_LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;

/// IRIs that were found valid.
struct KnownIris(Vec<String>);

impl KnownIris {
    fn accept(&mut self, iri: &str) -> bool {
        let mut hasher = FxHasher::default();
        hasher.write(iri.as_bytes());
        let place = usize::try_from(hasher.finish()).unwrap_or_default() % KNOWN_IRIS;
        let Some(known) = self.0.get_mut(place) else { return false };
        // An empty one is none.
        if known == iri && !iri.is_empty() {
            return true;
        }
        let is_valid = NamedNode::new(iri).is_ok();
        if is_valid && iri.len() <= KNOWN_BYTES_MAX {
            known.clear();
            known.push_str(iri);
        }
        is_valid
    }
}

/// Reads lines.
pub(super) struct LineReader {
    known: KnownIris,
    /// The text of a literal with escapes.
    unescaped: String,
}

impl Default for LineReader {
    fn default() -> Self {
        Self { known: KnownIris(vec![String::new(); KNOWN_IRIS]), unescaped: String::new() }
    }
}

impl LineReader {
    /// Hands the quads of `text` to `take`, and to `read_in_full` the lines that are not read here.
    ///
    /// # Errors
    /// The first of `read_in_full`.
    pub(super) fn read<S, E>(
        &mut self,
        text: &[u8],
        state: &mut S,
        mut take: impl FnMut(&mut S, QuadRef<'_>),
        mut read_in_full: impl FnMut(&mut S, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Ok(text) = std::str::from_utf8(text) else { return read_in_full(state, text) };
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
            let Some((line, after)) = rest.split_at_checked(end) else { break };
            match self.quad(line) {
                Some(quad) => take(state, quad),
                None => read_in_full(state, line.as_bytes())?,
            }
            rest = after;
        }
        Ok(())
    }

    /// The quad of a plain line.
    fn quad<'a>(&'a mut self, line: &'a str) -> Option<QuadRef<'a>> {
        let Self { known, unescaped } = self;
        // A return ends a line, too.
        if memchr(b'\r', line.as_bytes()).is_some() {
            return None;
        }
        let (subject, rest) = node(line, known)?;
        let (predicate, rest) = iri(space(rest)?, known)?;
        let rest = space(rest)?;
        let (object, rest) = match rest.strip_prefix('"') {
            Some(rest) => {
                let (text, rest) = text(rest, unescaped)?;
                let (literal, rest) = literal(text, rest, known)?;
                (literal.into(), rest)
            }
            None => node(rest, known).map(|(node, rest)| (TermRef::from(node), rest))?,
        };
        let rest = space(rest)?;
        let (graph_name, rest) = if rest.starts_with('.') {
            (GraphNameRef::DefaultGraph, rest)
        } else {
            let (name, rest) = node(rest, known)?;
            (name.into(), space(rest)?)
        };
        let rest = rest.strip_prefix('.')?;
        rest.trim_ascii().is_empty().then(|| QuadRef::new(subject, predicate, object, graph_name))
    }
}

/// What follows one space or more.
fn space(text: &str) -> Option<&str> {
    text.strip_prefix(' ').map(|rest| rest.trim_start_matches(' '))
}

fn iri<'a>(text: &'a str, known: &mut KnownIris) -> Option<(NamedNodeRef<'a>, &'a str)> {
    let text = text.strip_prefix('<')?;
    let (iri, rest) = text.split_at_checked(memchr(b'>', text.as_bytes())?)?;
    // One with an escape is not valid as it stands.
    known.accept(iri).then(|| Some((NamedNodeRef::new_unchecked(iri), rest.strip_prefix('>')?)))?
}

fn node<'a>(text: &'a str, known: &mut KnownIris) -> Option<(NamedOrBlankNodeRef<'a>, &'a str)> {
    let Some(label) = text.strip_prefix("_:") else {
        return iri(text, known).map(|(iri, rest)| (iri.into(), rest));
    };
    let end = label.bytes().position(|byte| !byte.is_ascii_alphanumeric())?;
    let (label, rest) = label.split_at_checked(end)?;
    let is_plain = !label.is_empty() && rest.starts_with(' ');
    is_plain.then(|| (BlankNodeRef::new_unchecked(label).into(), rest))
}

/// The text of a literal behind its first quotation mark, and what follows the last one.
fn text<'a>(mut rest: &'a str, unescaped: &'a mut String) -> Option<(&'a str, &'a str)> {
    unescaped.clear();
    loop {
        let (before, after) = rest.split_at_checked(memchr2(b'"', b'\\', rest.as_bytes())?)?;
        if let Some(after) = after.strip_prefix('"') {
            // Nothing is copied where there is no escape.
            if unescaped.is_empty() {
                return Some((before, after));
            }
            unescaped.push_str(before);
            return Some((unescaped, after));
        }
        let mut escaped = after.strip_prefix('\\')?.chars();
        unescaped.push_str(before);
        unescaped.push(match escaped.next()? {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            mark @ ('"' | '\\') => mark,
            _ => return None,
        });
        rest = escaped.as_str();
    }
}

fn literal<'a>(
    text: &'a str,
    rest: &'a str,
    known: &mut KnownIris,
) -> Option<(LiteralRef<'a>, &'a str)> {
    if let Some(rest) = rest.strip_prefix('@') {
        let (tag, rest) = rest.split_at_checked(memchr(b' ', rest.as_bytes())?)?;
        let is_plain =
            TAG_LENGTHS.contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_lowercase());
        let literal = LiteralRef::new_language_tagged_literal_unchecked(text, tag);
        return is_plain.then_some((literal, rest));
    }
    let Some(datatype) = rest.strip_prefix("^^") else {
        return Some((LiteralRef::new_simple_literal(text), rest));
    };
    let (datatype, rest) = iri(datatype, known)?;
    let is_plain = datatype != rdf::LANG_STRING;
    is_plain.then(|| (LiteralRef::new_typed_literal(text, datatype), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Quad;

    /// The quads that are read here, and the lines that are not.
    fn read(text: &str) -> (Vec<Quad>, Vec<String>) {
        let mut quads = Vec::new();
        let mut others = Vec::new();
        let other = |quads: &mut Vec<Quad>, line: &[u8]| {
            let _ = quads;
            others.push(String::from_utf8(line.to_vec()).unwrap());
            Ok::<(), ()>(())
        };
        let take = |quads: &mut Vec<Quad>, quad: QuadRef<'_>| quads.push(quad.into_owned());
        LineReader::default().read(text.as_bytes(), &mut quads, take, other).unwrap();
        (quads, others)
    }

    fn parsed(text: &str) -> Result<Vec<Quad>, String> {
        let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(text);
        quads.map(|quad| quad.map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn a_plain_line_is_read_as_the_parser_reads_it() {
        let lines = [
            "<http://e/苗圃> <http://e/p> <http://e/o> <http://e/g> .",
            "<http://e/s> <http://e/p> <http://e/o> .",
            "_:b1 <http://e/p> _:5f _:g .",
            "<http://e/s>  <http://e/p>   \"绿化\" . ",
            r#"<http://e/s> <http://e/p> "一\t二\n三\r\"四\"\\五" ."#,
            r#"<http://e/s> <http://e/p> "\n" ."#,
            r#"<http://e/s> <http://e/p> ""@zh <http://e/g> ."#,
            r#"<http://e/s> <http://e/p> "12.0"^^<http://www.w3.org/2001/XMLSchema#decimal> ."#,
            r#"<http://e/s> <http://e/p> "a"^^<http://www.w3.org/2001/XMLSchema#string> ."#,
            r#"<http://e/s> <http://e/p> "<> \\" <http://e/g> ."#,
        ];
        for line in lines {
            let (quads, others) = read(line);
            assert_eq!(others, [""; 0], "{line}");
            assert_eq!(parsed(line).as_ref(), Ok(&quads), "{line}");
        }
        let (quads, _) = read(&lines.join("\n"));
        assert_eq!(quads, parsed(&lines.join("\n")).unwrap());
    }

    #[test]
    fn an_unusual_line_is_handed_back_whole() {
        let lines = [
            "# <http://e/s> <http://e/p> <http://e/o> .\n",
            "<http://e/s> <http://e/p> <http://e/o> . # why\n",
            "<http://e/s><http://e/p><http://e/o>.\n",
            "<http://e/s> <http://e/p> <http://e/o> .\r\n",
            "<http://e/\\u7EFF> <http://e/p> <http://e/o> .\n",
            "<http://e/s> <http://e/p> \"\\u7EFF\" .\n",
            "<http://e/s> <http://e/p> \"a\"@zh-CN .\n",
            "_:a.b <http://e/p> _:é .\n",
        ];
        for line in lines {
            assert_eq!(read(line), (Vec::new(), vec![line.to_owned()]), "{line}");
            assert!(parsed(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn a_fault_is_handed_back() {
        let lines = [
            "<e> <http://e/p> <http://e/o> .",
            "<http://e/a b> <http://e/p> <http://e/o> .",
            "<http://e/a|b> <http://e/p> <http://e/o> .",
            "<http://e/s> _:p <http://e/o> .",
            "<> <http://e/p> <http://e/o> .",
            "\"s\" <http://e/p> <http://e/o> .",
            "<http://e/s> <http://e/p> \"a .",
            "<http://e/s> <http://e/p> \"a\" \"g\" .",
            "<http://e/s> <http://e/p> \"a\\q\" .",
            "<http://e/s> <http://e/p> \"a\"@ .",
            "<http://e/s> <http://e/p> \"a\"@abcdefghi .",
            "<http://e/s> <http://e/p> <http://e/o>",
            "<http://e/s> <http://e/p> <http://e/o> <http://e/g> <http://e/h> .",
            "<http://e/s> <http://e/p> \"a\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .",
        ];
        for line in lines {
            assert_eq!(read(line), (Vec::new(), vec![line.to_owned()]), "{line}");
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
