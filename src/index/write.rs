//! Entries to an index on disk.
//!
//! In: entries in any order, the numbers of their terms in the graph, and a directory. Out: the index, and a count of what is
//! in it. Guarantees: the same entries give the same answers; they stand in the order of listing (kind, then IRI). Surprising:
//! all entries are held in memory, because the words of a text depend on the names of all of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use oxigraph::model::{Literal, NamedNodeRef, TermRef};
use serde::Serialize;
use tantivy::directory::MmapDirectory;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{IndexBuilder, SingleSegmentIndexWriter, TantivyDocument};

use super::analysis::{
    KeyKind, Normalized, Terms, WordFinder, Writing, compact, find_document_numbers,
    find_number_terms, find_terms, warm,
};
use super::entry::{Entry, EntryKind, Field, Label};
use super::error::IndexError;
use super::names::{Names, collect_names};
use super::schema::{Columns, FORMAT, Legend, Role, TOKENIZER, schema};
use super::tokens::Unpacker;

/// Memory that the writer's tables start from; they grow as needed.
const WRITER_BYTES: usize = 64 << 20;
/// Entries analysed at a time by one thread.
const BATCH_ENTRIES: usize = 128;
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
    entries: impl IntoIterator<Item = Entry>,
    numbers: TermNumbers<'_>,
) -> Result<IndexSummary, IndexError> {
    let disk = |reason: String| IndexError::Disk { path: dir.to_owned(), reason };
    let mut entries: Vec<Entry> = entries.into_iter().collect();
    let given = entries.len();
    entries.sort_by(|a, b| (a.kind, &a.iri).cmp(&(b.kind, &b.iri)));
    entries.dedup_by(|later, first| later.iri == first.iri);

    std::fs::create_dir_all(dir).map_err(|error| disk(error.to_string()))?;
    let directory = MmapDirectory::open(dir).map_err(|error| disk(error.to_string()))?;
    if tantivy::Index::exists(&directory).map_err(|error| disk(error.to_string()))? {
        return Err(IndexError::Occupied { path: dir.to_owned() });
    }
    let (schema, columns) = schema();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TOKENIZER, TextAnalyzer::from(Unpacker::default()));
    let mut writer = IndexBuilder::new()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer(directory, WRITER_BYTES)
        .map_err(|error| disk(error.to_string()))?;

    let analyst = std::thread::scope(|scope| {
        scope.spawn(warm);
        Analyst::new(&entries, columns, numbers)
    });
    let literals =
        write_all(&entries, &analyst, &mut writer).map_err(|error| disk(error.to_string()))?;
    writer.finalize().map_err(|error| disk(error.to_string()))?;
    analyst.into_legend(entries.len()).write(dir)?;
    Ok(IndexSummary { entries: entries.len(), literals, duplicates: given - entries.len() })
}

/// Analyses batches on all processors and adds their documents in order. Gives their number.
fn write_all(
    entries: &[Entry],
    analyst: &Analyst<'_>,
    writer: &mut SingleSegmentIndexWriter,
) -> tantivy::Result<usize> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
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
            for document in documents {
                writer.add_document(document)?;
            }
        }
        Ok(literals)
    })
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
    labels: Vec<Label>,
    label_places: BTreeMap<String, usize>,
    properties: Vec<String>,
    property_places: BTreeMap<String, usize>,
}

impl<'a> Analyst<'a> {
    fn new(entries: &[Entry], columns: Columns, numbers: TermNumbers<'a>) -> Self {
        let names = Names::listed(collect_names(entries));
        let finder = WordFinder::new(names.forms());
        let mut labels: BTreeMap<&str, &Label> = BTreeMap::new();
        let mut properties: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in entries {
            for label in entry.document.iter().chain(&entry.chapter).chain(&entry.departments) {
                labels.entry(&label.iri).or_insert(label);
            }
            for field in &entry.fields {
                properties.insert(&field.property, 0);
            }
        }
        let labels: Vec<Label> = labels.into_values().cloned().collect();
        let properties: Vec<String> = properties.into_keys().map(str::to_owned).collect();
        Self {
            label_places: (0..).zip(&labels).map(|(at, label)| (label.iri.clone(), at)).collect(),
            property_places: (0..).zip(&properties).map(|(at, name)| (name.clone(), at)).collect(),
            columns,
            numbers,
            names,
            finder,
            labels,
            properties,
        }
    }

    fn into_legend(self, entries: usize) -> Legend {
        Legend {
            format: FORMAT,
            entries,
            labels: self.labels,
            properties: self.properties,
            named: self.names.named().to_vec(),
        }
    }

    /// Sends the documents of every batch that is this thread's turn, until nobody listens.
    fn describe_batches(
        &self,
        entries: &[Entry],
        (thread, threads): (usize, usize),
        sender: &SyncSender<Vec<TantivyDocument>>,
    ) {
        let batches = entries.chunks(BATCH_ENTRIES).enumerate().skip(thread).step_by(threads);
        for (number, batch) in batches {
            let documents: Vec<TantivyDocument> = batch
                .iter()
                .zip(number * BATCH_ENTRIES..)
                .flat_map(|(entry, ordinal)| self.documents_of(entry, ordinal))
                .collect();
            if sender.send(documents).is_err() {
                return;
            }
        }
    }

    fn documents_of(&self, entry: &Entry, ordinal: usize) -> Vec<TantivyDocument> {
        literals_of(entry)
            .into_iter()
            .map(|literal| {
                let mut document = self.literal_document(entry, &literal);
                document.add_u64(self.columns.entry, ordinal as u64);
                if literal.role == Role::Title {
                    self.add_entry(entry, &mut document);
                }
                document
            })
            .collect()
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
        if let Some(field) = literal.field {
            if let Some(&property) = self.property_places.get(&field.property) {
                document.add_u64(self.columns.property, property as u64);
            }
            self.add_quad(entry, field, &mut document);
        }
        document
    }

    /// Notes where the graph holds a literal.
    fn add_quad(&self, entry: &Entry, field: &Field, document: &mut TantivyDocument) {
        let number = |iri: &str| (self.numbers)(NamedNodeRef::new_unchecked(iri).into());
        let graph = match (&entry.document, entry.kind) {
            (Some(document), _) => Some(&document.iri),
            (None, EntryKind::Document) => Some(&entry.iri),
            (None, _) => None,
        };
        let numbers = [
            number(&entry.iri),
            number(&field.property),
            (self.numbers)(literal_of(field).as_ref().into()),
            graph.and_then(|iri| number(iri)),
        ];
        for (column, number) in self.columns.quad.into_iter().zip(numbers) {
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
        let place = |label: &Label| self.label_places.get(&label.iri).map(|&place| place as u64);
        let columns = &self.columns;
        document.add_u64(columns.kind, entry.kind as u64);
        for place in entry.document.iter().filter_map(place) {
            document.add_u64(columns.document, place);
        }
        for place in entry.chapter.iter().filter_map(place) {
            document.add_u64(columns.chapter, place);
        }
        let mut departments: Vec<u64> = entry.departments.iter().filter_map(place).collect();
        departments.sort_unstable();
        departments.dedup();
        for place in departments {
            document.add_u64(columns.department, place);
        }
        // An entry is strings and lists: it always has a JSON form.
        document.add_bytes(columns.source, &serde_json::to_vec(entry).unwrap_or_default());
    }
}

/// The literal as the graph has it.
fn literal_of(field: &Field) -> Literal {
    let plain = || Literal::new_simple_literal(&field.text);
    if field.language.is_empty() {
        return plain();
    }
    Literal::new_language_tagged_literal(&field.text, &field.language).unwrap_or_else(|_| plain())
}
