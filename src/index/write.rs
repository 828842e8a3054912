//! Entries to an index on disk.
//!
//! In: a source of entries, the numbers of their terms in the graph, and a directory. Out: the index, and a count of what is
//! in it. Guarantees: the same entries give the same answers; they stand in the order of listing (kind, then IRI); memory grows
//! with names and labels only. Surprising: all entries are looked at twice, because the words of a text depend on the names of
//! all of them.

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use oxigraph::model::{Literal, NamedNodeRef, TermRef};
use serde::Serialize;
use tantivy::TantivyDocument;
use tantivy::directory::MmapDirectory;

use super::analysis::{
    KeyKind, Normalized, Terms, WordFinder, Writing, compact, find_document_numbers,
    find_number_terms, find_terms, warm,
};
use super::axis::{Axis, Tag};
use super::entry::{Entry, EntryKind, Field, Label};
use super::error::IndexError;
use super::names::Names;
use super::parts::SegmentWriter;
use super::schema::{Columns, FORMAT, Legend, Role, schema};
use super::source::{EntrySource, batches};

/// Memory that terms and columns may take before they are written: enough for about 25 million triples of the benchmark, because
/// parts are to be joined in the end.
const PART_BYTES_MAX: usize = 512 << 20;
/// Longer names are not looked up as a whole.
const WHOLE_NAME_CHARS_MAX: usize = 120;

/// What an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndexSummary {
    /// Entries that can be found.
    pub entries: usize,
    /// Their literals.
    pub literals: usize,
    /// Entries left out because another one has their IRI.
    pub duplicates: usize,
}

/// The number of a term in the graph that an index belongs to; `None` for one that the graph lacks.
pub type TermNumbers<'a> = &'a (dyn Fn(TermRef<'_>) -> Option<u32> + Sync);

/// Writes an index of `entries` into `dir`, which is made if it is missing. A literal whose triple has no `numbers` is found in
/// searches but not by `text:query`.
///
/// # Errors
///
/// [`IndexError::Occupied`] if `dir` holds an index already, [`IndexError::Disk`] if it cannot be
/// written.
pub fn write_index(
    dir: &Path,
    entries: &dyn EntrySource,
    numbers: TermNumbers<'_>,
) -> Result<IndexSummary, IndexError> {
    write_within(dir, entries, numbers, PART_BYTES_MAX)
}

/// [`write_index`] with another bound on memory.
fn write_within(
    dir: &Path,
    entries: &dyn EntrySource,
    numbers: TermNumbers<'_>,
    part_bytes_max: usize,
) -> Result<IndexSummary, IndexError> {
    let disk = |reason: String| IndexError::Disk { path: dir.to_owned(), reason };
    std::fs::create_dir_all(dir).map_err(|error| disk(error.to_string()))?;
    let directory = MmapDirectory::open(dir).map_err(|error| disk(error.to_string()))?;
    if tantivy::Index::exists(&directory).map_err(|error| disk(error.to_string()))? {
        return Err(IndexError::Occupied { path: dir.to_owned() });
    }
    let (schema, columns) = schema();
    let analyst = std::thread::scope(|scope| {
        scope.spawn(warm);
        Analyst::new(entries, columns, numbers)
    });
    let literals = SegmentWriter::begin(dir, schema, part_bytes_max)
        .and_then(|writer| write_all(entries, &analyst, writer))
        .map_err(|error| disk(error.to_string()))?;
    let written = entries.count();
    analyst.into_legend(written).write(dir)?;
    Ok(IndexSummary { entries: written, literals, duplicates: entries.duplicates() })
}

/// Makes and analyses batches on all processors and adds their documents in order. Gives their number.
fn write_all(
    entries: &dyn EntrySource,
    analyst: &Analyst<'_>,
    mut writer: SegmentWriter<'_>,
) -> tantivy::Result<usize> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let literals = std::thread::scope(|scope| {
        // One channel a thread, read in turn: the order of documents does not depend on timing.
        let receivers: Vec<_> = (0..threads)
            .map(|thread| {
                let (sender, receiver) = sync_channel(2);
                scope.spawn(move || analyst.describe_batches(entries, (thread, threads), &sender));
                receiver
            })
            .collect();
        let mut literals = 0;
        for receiver in receivers.iter().cycle() {
            let Ok(documents) = receiver.recv() else { break };
            literals += documents.len();
            writer.add(documents)?;
        }
        tantivy::Result::Ok(literals)
    })?;
    writer.finish()?;
    Ok(literals)
}

/// One text of an entry, with everything that it is to the entry.
struct EntryLiteral<'a> {
    text: &'a str,
    role: Role,
    /// The field that it is, if any.
    field: Option<&'a Field>,
}

/// The literals of an entry: title, number, aliases, then fields. A text that is several of these is one
/// literal with the first role.
fn literals_of(entry: &Entry) -> Vec<EntryLiteral<'_>> {
    let names = std::iter::once((entry.title.as_str(), Role::Title))
        .chain(entry.number.iter().map(|number| (number.as_str(), Role::Number)))
        .chain(entry.aliases.iter().map(|alias| (alias.as_str(), Role::Alias)));
    let mut literals: Vec<EntryLiteral<'_>> =
        names.map(|(text, role)| EntryLiteral { text, role, field: None }).collect();
    for field in &entry.fields {
        let same =
            literals.iter_mut().find(|known| known.field.is_none() && known.text == field.text);
        match same {
            Some(known) => known.field = Some(field),
            None => literals.push(EntryLiteral {
                text: &field.text,
                role: Role::Text,
                field: Some(field),
            }),
        }
    }
    literals
}

/// Turns entries into documents of the index.
struct Analyst<'a> {
    columns: Columns,
    numbers: TermNumbers<'a>,
    names: Names,
    finder: WordFinder,
    /// In their order.
    tags: Vec<Tag>,
    /// In their order, with their numbers in the graph.
    properties: Vec<(String, Option<u32>)>,
}

impl<'a> Analyst<'a> {
    fn new(entries: &dyn EntrySource, columns: Columns, numbers: TermNumbers<'a>) -> Self {
        let (entities, tags, properties) = entries.outline().into_parts();
        let names = Names::listed(entities);
        let finder = WordFinder::new(names.forms());
        let numbered = |iri: String| {
            let number = number_of(numbers, &iri);
            (iri, number)
        };
        let properties = properties.into_iter().map(numbered).collect();
        Self { columns, numbers, names, finder, tags, properties }
    }

    fn into_legend(self, entries: usize) -> Legend {
        Legend {
            format: FORMAT,
            entries,
            tags: self.tags,
            properties: self.properties.into_iter().map(|(iri, _)| iri).collect(),
            named: self.names.named().to_vec(),
        }
    }

    /// Sends the documents of every batch that is this thread's turn, until nobody listens.
    fn describe_batches(
        &self,
        entries: &dyn EntrySource,
        (thread, threads): (usize, usize),
        sender: &SyncSender<Vec<TantivyDocument>>,
    ) {
        for places in batches(0..entries.count()).skip(thread).step_by(threads) {
            let batch = entries.entries(places.clone());
            let documents: Vec<TantivyDocument> = batch
                .iter()
                .zip(places)
                .flat_map(|(entry, ordinal)| self.documents_of(entry, ordinal))
                .collect();
            if sender.send(documents).is_err() {
                return;
            }
        }
    }

    fn documents_of(&self, entry: &Entry, ordinal: usize) -> Vec<TantivyDocument> {
        let place = self.place_of(entry);
        let described = |literal: EntryLiteral<'_>| {
            let mut document = self.literal_document(entry, &literal);
            document.add_u64(self.columns.entry, ordinal as u64);
            if let Some(field) = literal.field {
                self.add_quad(field, place, &mut document);
            }
            if literal.role == Role::Title {
                if literal.field.is_none() {
                    let [subject, graph] = place;
                    self.add_numbers([subject, None, None, graph], &mut document);
                }
                self.add_entry(entry, &mut document);
            }
            document
        };
        literals_of(entry).into_iter().map(described).collect()
    }

    fn literal_document(&self, entry: &Entry, literal: &EntryLiteral<'_>) -> TantivyDocument {
        let terms = if literal.role == Role::Number && entry.kind != EntryKind::Document {
            // A measure is found by its document's whole number, never by a piece of it (1号).
            find_number_terms(literal.text)
        } else {
            find_terms(literal.text, &self.finder)
        };
        let Terms { mut words, grams } = terms;
        for name in self.whole_names(entry, literal) {
            words.push(&name, 0);
        }
        let mut document = TantivyDocument::new();
        document.add_text(self.columns.word, words);
        document.add_text(self.columns.gram, grams);
        document.add_u64(self.columns.role, literal.role as u64);
        document
    }

    /// The numbers of the entry and of the graph that holds it.
    fn place_of(&self, entry: &Entry) -> [Option<u32>; 2] {
        let subject = number_of(self.numbers, &entry.iri);
        let graph = match (&entry.document, entry.kind) {
            (Some(document), _) => number_of(self.numbers, &document.iri),
            (None, EntryKind::Document) => subject,
            (None, _) => None,
        };
        [subject, graph]
    }

    /// Notes where the graph holds a literal.
    fn add_quad(
        &self,
        field: &Field,
        [subject, graph]: [Option<u32>; 2],
        document: &mut TantivyDocument,
    ) {
        let known = (0..).zip(&self.properties).find(|(_, (iri, _))| *iri == field.property);
        if let Some((place, _)) = known {
            document.add_u64(self.columns.property, place);
        }
        let predicate = known.and_then(|(_, (_, number))| *number);
        let object = (self.numbers)(literal_of(field).as_ref().into());
        self.add_numbers([subject, predicate, object, graph], document);
    }

    fn add_numbers(&self, quad: [Option<u32>; 4], document: &mut TantivyDocument) {
        for (column, number) in self.columns.quad.into_iter().zip(quad) {
            if let Some(number) = number {
                document.add_u64(column, number.into());
            }
        }
    }

    /// Keys by which the whole of a question names this entry.
    fn whole_names(&self, entry: &Entry, literal: &EntryLiteral<'_>) -> Vec<String> {
        let mut names = Vec::new();
        match literal.role {
            Role::Text => {}
            Role::Number if entry.kind != EntryKind::Document => {}
            Role::Number => {
                let normalized = Normalized::of(literal.text);
                let numbers = find_document_numbers(normalized.chars(), Writing::Typed);
                names
                    .extend(numbers.into_iter().flat_map(|number| number.keys).map(|(key, _)| key));
            }
            Role::Title | Role::Alias => names.push(compact(literal.text)),
        }
        if literal.role == Role::Title {
            let known = self.names.find_named(&entry.iri);
            names.extend(
                known.iter().flat_map(|named| named.names.iter().chain(&named.short)).cloned(),
            );
            names.sort();
            names.dedup();
        }
        names
            .into_iter()
            .filter(|name| !name.is_empty() && name.chars().count() <= WHOLE_NAME_CHARS_MAX)
            .map(|name| KeyKind::Name.key(&name))
            .collect()
    }

    /// What is kept once an entry.
    fn add_entry(&self, entry: &Entry, document: &mut TantivyDocument) {
        let columns = &self.columns;
        document.add_u64(columns.kind, entry.kind as u64);
        let place = |(axis, label): (Axis, &Label)| {
            let order = |known: &Tag| (known.axis, &known.label.iri).cmp(&(axis, &label.iri));
            self.tags.binary_search_by(order).ok().map(|place| place as u64)
        };
        let mut places: Vec<u64> = entry.all_tags().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            document.add_u64(columns.tag, place);
        }
        for (column, day) in [(columns.date, entry.date), (columns.deadline, entry.deadline)] {
            if let Some(day) = day {
                document.add_u64(column, day.into());
            }
        }
        // An entry is strings and lists: it always has a JSON form.
        document.add_bytes(columns.source, &serde_json::to_vec(entry).unwrap_or_default());
    }
}

fn number_of(numbers: TermNumbers<'_>, iri: &str) -> Option<u32> {
    numbers(NamedNodeRef::new_unchecked(iri).into())
}

/// The literal as the graph has it.
fn literal_of(field: &Field) -> Literal {
    let plain = || Literal::new_simple_literal(&field.text);
    if field.language.is_empty() {
        return plain();
    }
    Literal::new_language_tagged_literal(&field.text, &field.language).unwrap_or_else(|_| plain())
}

#[cfg(test)]
mod tests {
    use super::super::entry::Search;
    use super::super::reader::Index;
    use super::super::source::{BATCH_ENTRIES, EntryList};
    use super::*;

    fn measure(number: usize) -> Entry {
        let text = format!("{number}.新建苗圃{number}处，完成绿化{}亩。", number % 7);
        let field = Field { property: "e:text".to_owned(), text, language: "zh".to_owned() };
        Entry {
            iri: format!("e:{number:04}"),
            kind: EntryKind::Measure,
            title: format!("扩大苗圃{number}"),
            aliases: Vec::new(),
            fields: vec![field],
            number: None,
            document: Some(Label {
                iri: "e:文".to_owned(), label: "关于苗圃的通知".to_owned()
            }),
            chapter: None,
            departments: Vec::new(),
            targets: Vec::new(),
            tags: Vec::new(),
            date: None,
            deadline: None,
        }
    }

    #[test]
    fn an_index_written_in_parts_answers_as_one_written_at_once_and_leaves_no_part() {
        let entries: EntryList = (0..3 * BATCH_ENTRIES).map(measure).collect();
        let written = [PART_BYTES_MAX, 0].map(|part_bytes_max| {
            let dir = tempfile::tempdir().unwrap();
            let index_dir = dir.path().join("index");
            let summary = write_within(&index_dir, &entries, &|_| Some(7), part_bytes_max).unwrap();
            let files: Vec<_> =
                std::fs::read_dir(&index_dir).unwrap().map(Result::unwrap).collect();
            assert!(files.iter().all(|file| file.file_type().unwrap().is_file()));
            let index = Index::open(&index_dir).unwrap();
            assert_eq!(index.contents().searcher.segment_readers().len(), 1);
            let answers = ["苗圃", "绿化3亩", "苗圃17", "“圃1”"].map(|words| {
                index.search(&Search { words: words.to_owned(), hits_max: 50, ..Search::default() })
            });
            (summary, files.len(), answers)
        });
        assert_eq!(written[0], written[1]);
        assert!(written[0].2.iter().all(|results| results.total > 0));
    }
}
