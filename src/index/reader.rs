//! An index on disk, opened.
//!
//! In: the directory that [`write_index`](super::write_index) filled. Out: [`Index`], with what every
//! search looks at in memory: for each literal its entry and property, for each entry its kind and labels.
//! Guarantee: nothing is written, and everything needed comes from that directory. Surprising: of a large index that is
//! read when the first search comes, or when [`Index::warm`] is called.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::columnar::Column;
use tantivy::schema::Value;
use tantivy::{DocAddress, ReloadPolicy, Searcher, SegmentReader, TantivyDocument};

use super::analysis::WordFinder;
use super::axis::{Axis, Tag};
use super::directory::open_read_only;
use super::entry::{Entry, EntryKind};
use super::error::IndexError;
use super::literals::{Class, Literals};
use super::names::Names;
use super::number_set::NumberSet;
use super::schema::{Columns, Legend, Role, schema};
use super::tag_sets::{TagGatherer, TagSets};
use super::values::Values;

/// A text index, ready to be asked. It may be asked from many threads at once.
pub struct Index {
    dir: PathBuf,
    contents: OnceLock<Contents>,
    /// What is searched where the disk fails after opening.
    nothing: Contents,
}

/// What every search looks at.
pub(crate) struct Contents {
    pub(crate) searcher: Searcher,
    pub(crate) columns: Columns,
    pub(crate) names: Names,
    pub(crate) finder: Arc<WordFinder>,
    /// The values of all axes, in order.
    pub(crate) values: Values,
    pub(crate) properties: Vec<String>,
    /// By the number of the literal's document in the index.
    pub(crate) literals: Literals,
    /// By ordinal.
    pub(crate) entries: Vec<EntryFacts>,
    pub(crate) tag_sets: TagSets,
    /// The entries with targets.
    pub(crate) has_targets: NumberSet,
    /// What departments are in charge of, by their IRIs.
    pub(crate) charges: HashMap<Arc<str>, Charge>,
}

/// What a department is in charge of.
pub(crate) struct Charge {
    /// The place of the department among the tags.
    pub(crate) tag: u32,
    /// Ordinals, ascending.
    pub(crate) entries: Vec<u32>,
}

/// What is known of an entry without reading it.
#[derive(Clone, Debug)]
pub(crate) struct EntryFacts {
    pub(crate) kind: EntryKind,
    /// Where the entry itself is kept.
    pub(crate) address: DocAddress,
    /// Days as `20240131`.
    pub(crate) date: Option<u32>,
    pub(crate) deadline: Option<u32>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// A legend up to this size is read at opening, so that what is wrong with it is said then; a longer one would make the first
/// answer wait that asks for no text.
const READ_AT_ONCE_BYTES_MAX: u64 = 1 << 20;

impl Index {
    /// Opens the index in `dir`, which may be read-only.
    ///
    /// # Errors
    ///
    /// [`IndexError::Missing`] if there is none, [`IndexError::Damaged`] if it is not as it was written.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        let nothing = Contents::empty(dir)?;
        let index = Self { dir: dir.to_owned(), contents: OnceLock::new(), nothing };
        if Legend::bytes(dir)? <= READ_AT_ONCE_BYTES_MAX {
            let contents = Contents::open(dir)?;
            index.contents.get_or_init(|| contents);
        } else {
            open_read_only(dir)?;
        }
        Ok(index)
    }

    /// What searches look at.
    pub(crate) fn contents(&self) -> &Contents {
        if let Some(contents) = self.contents.get() {
            return contents;
        }
        match Contents::open(&self.dir) {
            Ok(contents) => self.contents.get_or_init(|| contents),
            // The files were checked at opening: only a disk that failed since leads here.
            Err(error) => {
                tracing::error!("{error}");
                &self.nothing
            }
        }
    }

    /// Reads what searches look at, unless it was read already, so that the first of them does not wait.
    pub fn warm(&self) {
        self.contents();
        super::analysis::warm();
    }
}

impl Contents {
    /// What an index without entries holds.
    fn empty(dir: &Path) -> Result<Self, IndexError> {
        let (schema, columns) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        let failed = |error: tantivy::TantivyError| IndexError::Damaged {
            path: dir.to_owned(),
            reason: error.to_string(),
        };
        Ok(Self {
            searcher: index.reader().map_err(failed)?.searcher(),
            columns,
            names: Names::new(Vec::new()),
            finder: Arc::new(WordFinder::new(std::iter::empty::<&str>())),
            values: Values::default(),
            properties: Vec::new(),
            literals: Literals::default(),
            entries: Vec::new(),
            has_targets: NumberSet::default(),
            tag_sets: TagSets::default(),
            charges: HashMap::new(),
        })
    }

    fn open(dir: &Path) -> Result<Self, IndexError> {
        let legend = Legend::read(dir)?;
        let damaged = |reason| IndexError::Damaged { path: dir.to_owned(), reason };
        let index = open_read_only(dir)?;
        let (expected, columns) = schema();
        if index.schema() != expected {
            return Err(damaged("its fields are not those of this program".to_owned()));
        }
        let searcher = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error: tantivy::TantivyError| damaged(error.to_string()))?
            .searcher();
        let mut tables = Tables::of(&legend.tags);
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            tables.read(segment, reader).map_err(|error| damaged(error.to_string()))?;
        }
        if tables.entries.len() != legend.entries {
            let found = tables.entries.len();
            return Err(damaged(format!("{found} entries, not {}", legend.entries)));
        }
        let names = Names::new(legend.named);
        let finder = Arc::new(WordFinder::new(names.forms()));
        let (values, tag_sets) = (Values::new(legend.tags), tables.tags.finish());
        Ok(Self {
            charges: charges_of(tables.entries.len(), &values, &tag_sets),
            tag_sets,
            literals: tables.literals,
            has_targets: NumberSet::of(tables.with_targets, tables.entries.len()),
            entries: tables.entries,
            properties: legend.properties,
            searcher,
            columns,
            names,
            finder,
            values,
        })
    }

    /// The entry with this ordinal, or nothing if the disk no longer gives it.
    pub(crate) fn read_entry(&self, ordinal: u32) -> Option<Entry> {
        let facts = self.entry_facts(ordinal)?;
        let document: TantivyDocument = self.searcher.doc(facts.address).ok()?;
        let source = document.get_first(self.columns.source)?;
        serde_json::from_slice(source.as_bytes()?).ok()
    }

    /// The entry with this IRI, with its ordinal.
    pub(crate) fn find_entry(&self, iri: &str) -> Option<(u32, Entry)> {
        EntryKind::ALL.into_iter().find_map(|kind| {
            // Entries stand in the order of kinds, and of IRIs in each.
            let Range { start: mut low, end: mut high } = self.kind_range(kind);
            while low < high {
                let ordinal = u32::midpoint(low, high);
                let entry = self.read_entry(ordinal)?;
                match entry.iri.as_str().cmp(iri) {
                    Ordering::Equal => return Some((ordinal, entry)),
                    Ordering::Less => low = ordinal + 1,
                    Ordering::Greater => high = ordinal,
                }
            }
            None
        })
    }

    /// The ordinals of the entries of a kind.
    pub(crate) fn kind_range(&self, kind: EntryKind) -> Range<u32> {
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let start = self.entries.partition_point(|facts| facts.kind < kind);
        number(start)..number(self.entries.partition_point(|facts| facts.kind <= kind))
    }

    /// The places of an entry's values on an axis.
    pub(crate) fn values_of(
        &self,
        ordinal: u32,
        axis: Axis,
    ) -> impl Iterator<Item = u32> + use<'_> {
        let is_on = move |place: &u32| self.values.get(*place).is_some_and(|own| own.axis == axis);
        self.tag_sets.all(ordinal).filter(is_on)
    }

    /// The place of the value of another axis that is the same resource.
    pub(crate) fn place_on(&self, place: u32, axis: Axis) -> Option<u32> {
        self.values.find(axis, &self.values.get(place)?.iri)
    }

    /// What is known of an entry.
    pub(crate) fn entry_facts(&self, ordinal: u32) -> Option<&EntryFacts> {
        self.entries.get(usize::try_from(ordinal).ok()?)
    }
}

/// The entries that each department is in charge of.
fn charges_of(entries_len: usize, values: &Values, sets: &TagSets) -> HashMap<Arc<str>, Charge> {
    let departments = values.places_on(Axis::Department);
    let charge = |(tag, _)| Charge { tag, entries: Vec::new() };
    let mut charges: Vec<Charge> = values.on(Axis::Department).map(charge).collect();
    for ordinal in (0..).take(entries_len) {
        for tag in sets.own(ordinal) {
            let place = usize::try_from(*tag).ok();
            let place = place.and_then(|place| place.checked_sub(departments.start));
            if let Some(charge) = place.and_then(|place| charges.get_mut(place)) {
                charge.entries.push(ordinal);
            }
        }
    }
    let iris = values.on(Axis::Department).map(|(_, value)| Arc::clone(&value.iri));
    iris.zip(charges).collect()
}

/// What is read from the columns of the index when it is opened.
struct Tables {
    literals: Literals,
    entries: Vec<EntryFacts>,
    with_targets: Vec<u32>,
    tags: TagGatherer,
    /// Where the tags end that a document lends to what it holds.
    lent_end: u32,
    /// Where the indicators begin and end among the tags: who has one has a target.
    indicators: Range<u32>,
}

impl Tables {
    fn of(tags: &[Tag]) -> Self {
        let first_behind = |axis: Axis| {
            let place = tags.partition_point(|tag| tag.axis <= axis);
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        Self {
            literals: Literals::default(),
            entries: Vec::new(),
            with_targets: Vec::new(),
            tags: TagGatherer::default(),
            lent_end: first_behind(Axis::Document),
            indicators: first_behind(Axis::Programme)..first_behind(Axis::Indicator),
        }
    }

    /// Reads a segment; entries come in the order of their ordinals.
    fn read(&mut self, segment: u32, reader: &SegmentReader) -> tantivy::Result<()> {
        let column = |name: &str| reader.fast_fields().column_opt::<u64>(name);
        let (entry, role, property) = (column("entry")?, column("role")?, column("property")?);
        let (kind, tag) = (column("kind")?, column("tag")?);
        let (date, deadline) = (column("date")?, column("deadline")?);
        for doc in 0..reader.max_doc() {
            let role = Role::from_number(first(role.as_ref(), doc).unwrap_or_default().into());
            let ordinal = first(entry.as_ref(), doc).unwrap_or(u32::MAX);
            // The title comes first of an entry's literals.
            if role == Role::Title {
                let tags = all(tag.as_ref(), doc);
                let has_targets = tags.iter().any(|tag| self.indicators.contains(tag));
                self.with_targets.extend(has_targets.then_some(ordinal));
                self.tags.add(tags, self.lent_end);
                self.entries.push(EntryFacts {
                    kind: EntryKind::from_number(first(kind.as_ref(), doc).unwrap_or_default()),
                    address: DocAddress::new(segment, doc),
                    date: first(date.as_ref(), doc),
                    deadline: first(deadline.as_ref(), doc),
                });
            }
            let kind = self.entries.last().map(|entry| entry.kind);
            let class = Class::of(role, kind == Some(EntryKind::Document));
            self.literals.push(ordinal, class, first(property.as_ref(), doc));
        }
        Ok(())
    }
}

fn first(column: Option<&Column<u64>>, doc: u32) -> Option<u32> {
    column?.first(doc).and_then(|value| u32::try_from(value).ok())
}

fn all(column: Option<&Column<u64>>, doc: u32) -> Vec<u32> {
    let values = column.into_iter().flat_map(|column| column.values_for_doc(doc));
    values.filter_map(|value| u32::try_from(value).ok()).collect()
}
