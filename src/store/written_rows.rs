//! The rows of a SELECT in the JSON and CSV of the standard, straight from term numbers. In: batches of numbers; out: bytes, the same that
//! the library's serializer writes. It is here because an export is all writing: the library goes character by character, and a term
//! that many rows repeat is written once and copied.

use crate::columns::{Batch, Terms};
use crate::image::TermId;
use oxigraph::model::{TermRef, Variable, vocab::xsd};
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::ops::Range;

/// Bytes that are gathered before they are handed on.
const CHUNK_BYTES: usize = 1 << 15;

/// Bytes of written terms that are kept to be copied.
const KEPT_BYTES_MAX: usize = 1 << 20;

/// A format that rows are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Json,
    Csv,
}

/// A writer of rows.
pub(super) struct WrittenRows<'a, W> {
    layout: Layout,
    sink: W,
    terms: &'a dyn Terms,
    /// What stands before the value of each variable.
    keys: Vec<Vec<u8>>,
    buffer: Vec<u8>,
    scratch: String,
    kept: FxHashMap<TermId, Range<usize>>,
    kept_bytes: Vec<u8>,
    rows: usize,
}

impl<'a, W: Write> WrittenRows<'a, W> {
    /// Begins an answer with these variables.
    pub(super) fn new(
        sink: W,
        layout: Layout,
        variables: &[Variable],
        terms: &'a dyn Terms,
    ) -> Self {
        let names = variables.iter().map(Variable::as_str);
        let mut buffer = Vec::with_capacity(2 * CHUNK_BYTES);
        let keys = match layout {
            Layout::Json => {
                let quoted = names.map(|name| {
                    let mut quoted = Vec::new();
                    push_string(name, &mut quoted);
                    quoted
                });
                let quoted: Vec<Vec<u8>> = quoted.collect();
                buffer.extend_from_slice(b"{\"head\":{\"vars\":[");
                buffer.extend(quoted.join(&b','));
                buffer.extend_from_slice(b"]},\"results\":{\"bindings\":[");
                quoted.into_iter().map(|name| [name, b":".to_vec()].concat()).collect()
            }
            Layout::Csv => {
                buffer.extend(names.collect::<Vec<_>>().join(",").bytes());
                buffer.extend_from_slice(b"\r\n");
                vec![Vec::new(); variables.len()]
            }
        };
        let (kept, kept_bytes) = (FxHashMap::default(), Vec::new());
        let scratch = String::new();
        Self { layout, sink, terms, keys, buffer, scratch, kept, kept_bytes, rows: 0 }
    }

    /// Writes the rows of a batch.
    ///
    /// # Errors
    /// What the sink fails with.
    pub(super) fn write(&mut self, batch: &Batch) -> io::Result<()> {
        for row in 0..batch.len() {
            match self.layout {
                Layout::Json => self.push_object(batch, row),
                Layout::Csv => self.push_line(batch, row),
            }
            self.rows += 1;
            if self.buffer.len() >= CHUNK_BYTES {
                self.sink.write_all(&self.buffer)?;
                self.buffer.clear();
            }
        }
        Ok(())
    }

    /// Ends the answer. Gives the number of rows.
    ///
    /// # Errors
    /// What the sink fails with.
    pub(super) fn finish(mut self) -> io::Result<usize> {
        if self.layout == Layout::Json {
            self.buffer.extend_from_slice(b"]}}");
        }
        self.sink.write_all(&self.buffer)?;
        Ok(self.rows)
    }

    fn push_object(&mut self, batch: &Batch, row: usize) {
        if self.rows > 0 {
            self.buffer.push(b',');
        }
        self.buffer.push(b'{');
        let mut first = true;
        for number in 0..self.keys.len() {
            let Some(id) = batch.column(number).get(row) else { continue };
            let before = self.buffer.len();
            if !first {
                self.buffer.push(b',');
            }
            self.buffer.extend_from_slice(self.keys.get(number).map_or(&[], Vec::as_slice));
            if self.push_term(*id) {
                first = false;
            } else {
                self.buffer.truncate(before);
            }
        }
        self.buffer.push(b'}');
    }

    fn push_line(&mut self, batch: &Batch, row: usize) {
        for number in 0..self.keys.len() {
            if number > 0 {
                self.buffer.push(b',');
            }
            if let Some(id) = batch.column(number).get(row) {
                self.push_term(*id);
            }
        }
        self.buffer.extend_from_slice(b"\r\n");
    }

    /// False where the number stands for no term: an unbound variable.
    fn push_term(&mut self, id: TermId) -> bool {
        if let Some(bytes) = self.kept.get(&id).and_then(|range| self.kept_bytes.get(range.clone()))
        {
            self.buffer.extend_from_slice(bytes);
            return true;
        }
        let start = self.buffer.len();
        let (buffer, push) = (
            &mut self.buffer,
            match self.layout {
                Layout::Json => push_term,
                Layout::Csv => push_cell,
            },
        );
        if !self.terms.with_term(id, &mut self.scratch, &mut |term| push(term, buffer)) {
            return false;
        }
        if self.kept_bytes.len() > KEPT_BYTES_MAX {
            self.kept.clear();
            self.kept_bytes.clear();
        }
        let written = self.buffer.get(start..).unwrap_or_default();
        let place = self.kept_bytes.len()..self.kept_bytes.len() + written.len();
        self.kept_bytes.extend_from_slice(written);
        self.kept.insert(id, place);
        true
    }
}

fn push_term(term: TermRef<'_>, to: &mut Vec<u8>) {
    let (kind, value): (&[u8], &str) = match term {
        TermRef::NamedNode(node) => (b"uri", node.as_str()),
        TermRef::BlankNode(node) => (b"bnode", node.as_str()),
        TermRef::Literal(literal) => (b"literal", literal.value()),
    };
    to.extend_from_slice(b"{\"type\":\"");
    to.extend_from_slice(kind);
    to.extend_from_slice(b"\",\"value\":");
    push_string(value, to);
    if let TermRef::Literal(literal) = term {
        if let Some(language) = literal.language() {
            to.extend_from_slice(b",\"xml:lang\":");
            push_string(language, to);
        } else if literal.datatype() != xsd::STRING {
            to.extend_from_slice(b",\"datatype\":");
            push_string(literal.datatype().as_str(), to);
        }
    }
    to.push(b'}');
}

/// A term in a table: names and texts as they are, what a comma, a quote or a line's end would tear in quotes.
fn push_cell(term: TermRef<'_>, to: &mut Vec<u8>) {
    match term {
        TermRef::NamedNode(node) => to.extend_from_slice(node.as_str().as_bytes()),
        TermRef::BlankNode(node) => {
            to.extend_from_slice(b"_:");
            to.extend_from_slice(node.as_str().as_bytes());
        }
        TermRef::Literal(literal) => {
            let text = literal.value();
            if text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
                to.push(b'"');
                to.extend(text.replace('"', "\"\"").bytes());
                to.push(b'"');
            } else {
                to.extend_from_slice(text.as_bytes());
            }
        }
    }
}

/// A JSON string. Everything but quotes, backslashes and control characters stands as it is.
fn push_string(text: &str, to: &mut Vec<u8>) {
    let needs_escape = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    to.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(needs_escape) {
        let (plain, from) = rest.split_at(at);
        to.extend_from_slice(plain);
        let Some((byte, after)) = from.split_first() else { break };
        match *byte {
            b'"' | b'\\' => to.extend_from_slice(&[b'\\', *byte]),
            b'\n' => to.extend_from_slice(b"\\n"),
            b'\r' => to.extend_from_slice(b"\\r"),
            b'\t' => to.extend_from_slice(b"\\t"),
            0x08 => to.extend_from_slice(b"\\b"),
            0x0C => to.extend_from_slice(b"\\f"),
            other => to.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
        }
        rest = after;
    }
    to.extend_from_slice(rest);
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode, Term};
    use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

    struct Listed(Vec<Term>);

    impl Terms for Listed {
        fn id(&self, term: Term) -> TermId {
            let at = self.0.iter().position(|known| *known == term);
            at.and_then(|at| TermId::try_from(at).ok()).unwrap_or(TermId::MAX)
        }

        fn term(&self, id: TermId) -> Option<Term> {
            self.0.get(id as usize).cloned()
        }

        fn with_term(&self, id: TermId, _: &mut String, f: &mut dyn FnMut(TermRef<'_>)) -> bool {
            self.0.get(id as usize).map(|term| f(term.as_ref())).is_some()
        }
    }

    #[test]
    fn the_bytes_are_those_of_the_library() {
        let terms = Listed(vec![
            NamedNode::new_unchecked("http://例.org/通知").into(),
            Literal::from("行\n引\"号\"\\\t\u{8}\u{c}\u{1}\r尾").into(),
            Literal::new_language_tagged_literal_unchecked("绿化", "zh").into(),
            Literal::from(7).into(),
            oxigraph::model::BlankNode::new_unchecked("b1").into(),
        ]);
        let variables = ["a", "乙"].map(Variable::new_unchecked);
        let batch = Batch::from_columns(vec![vec![0, 1, 4, 0], vec![2, TermId::MAX, 3, 2]]);
        for (layout, format) in
            [(Layout::Json, QueryResultsFormat::Json), (Layout::Csv, QueryResultsFormat::Csv)]
        {
            let mut ours = Vec::new();
            let mut rows = WrittenRows::new(&mut ours, layout, &variables, &terms);
            rows.write(&batch).unwrap();
            assert_eq!(rows.finish().unwrap(), 4);
            let serializer = QueryResultsSerializer::from_format(format);
            let mut theirs = Vec::new();
            let mut writer =
                serializer.serialize_solutions_to_writer(&mut theirs, variables.to_vec()).unwrap();
            for row in 0..4 {
                let ids = [0, 1].map(|column| terms.term(batch.column(column)[row]));
                let bound = variables.iter().zip(&ids);
                writer
                    .serialize(bound.filter_map(|(name, term)| Some((name, term.as_ref()?))))
                    .unwrap();
            }
            writer.finish().unwrap();
            assert_eq!(String::from_utf8(ours).unwrap(), String::from_utf8(theirs).unwrap());
        }
    }
}
