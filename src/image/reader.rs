//! An image as it is read. In: a file or memory; out: terms, numbers and sorted rows, in place.

use super::bytes::{Bytes, read_u32};
use super::class_counts::{ClassCounts, ClassList};
use super::error::ImageError;
use super::graphs::Graphs;
use super::key::TermKind;
use super::layout::{Layout, Section};
use super::map::map_file;
use super::names::Names;
use super::packed::{Packed, Shape};
use super::row::{Order, TERMS_MAX, TermId};
use super::table::{PredicateCounts, Predicates, Table};
use super::terms::Terms;
use oxigraph::model::{Term, TermRef};
use oxsdatatypes::{Date, Decimal};
use std::ops::{Bound, Range};
use std::path::Path;

/// A graph, read in place.
pub(crate) struct Image {
    bytes: Bytes,
    places: [Range<usize>; Section::ALL.len()],
    shapes: [Shape; Section::ALL.len()],
    /// Terms of each kind.
    counts: [usize; TermKind::ALL.len()],
    /// Where the numbers of each kind end.
    ends: [TermId; TermKind::ALL.len()],
    triples: usize,
    quads: usize,
    /// Distinct ones.
    subjects: usize,
    objects: usize,
}

impl Default for Image {
    /// The image of no quads.
    fn default() -> Self {
        Self {
            bytes: Bytes::Made(Vec::new()),
            places: Default::default(),
            shapes: Default::default(),
            counts: [0; _],
            ends: [0; _],
            triples: 0,
            quads: 0,
            subjects: 0,
            objects: 0,
        }
    }
}

impl Image {
    /// Opens the image in the file at `path`: maps it and checks its head.
    ///
    /// # Errors
    /// [`ImageError`], by what is wrong with the file.
    pub(crate) fn open(path: &Path) -> Result<Self, ImageError> {
        let mapped = map_file(path).map_err(|source| ImageError::file(path, source))?;
        Self::from_bytes(Bytes::Mapped(mapped))
    }

    pub(super) fn from_bytes(bytes: Bytes) -> Result<Self, ImageError> {
        let image = bytes.as_slice();
        let layout = Layout::read(image)?;
        let places = Section::ALL.map(|section| layout.place_of(section));
        let misfit = || ImageError::damaged("its sections do not fit together");
        let mut shapes: [Shape; Section::ALL.len()] = Default::default();
        for ((shape, place), section) in shapes.iter_mut().zip(&places).zip(Section::ALL) {
            if let Some(columns) = section.columns() {
                *shape = Shape::read(image, place.clone(), columns).ok_or_else(misfit)?;
            }
        }
        let counts = places.get(Section::Counts as usize).cloned().unwrap_or_default();
        let count = |at: usize| {
            let number = read_u32(image.get(counts.clone())?, at * size_of::<u32>())?;
            usize::try_from(number).ok()
        };
        let mut of_kinds = [0; TermKind::ALL.len()];
        let mut ends = [0; TermKind::ALL.len()];
        let mut end = 0_usize;
        for (at, (of_kind, to)) in of_kinds.iter_mut().zip(&mut ends).enumerate() {
            *of_kind = count(at).ok_or_else(misfit)?;
            end += *of_kind;
            *to = TermId::try_from(end).ok().filter(|end| *end <= TERMS_MAX).ok_or_else(misfit)?;
        }
        let total = |at: usize| count(TermKind::ALL.len() + at).ok_or_else(misfit);
        let image = Self {
            triples: total(0)?,
            quads: total(1)?,
            subjects: total(2)?,
            objects: total(3)?,
            places,
            shapes,
            counts: of_kinds,
            ends,
            bytes,
        };
        if image.fits() { Ok(image) } else { Err(misfit()) }
    }

    /// Whether the sections have as many rows as what they tell of.
    fn fits(&self) -> bool {
        let kinds = |kinds: &[TermKind]| {
            kinds.iter().filter_map(|kind| self.counts.get(*kind as usize)).sum::<usize>()
        };
        let nodes = kinds(&[TermKind::NamedNode, TermKind::BlankNode]);
        let literals = self.terms_len() - nodes;
        let rows = |section: Section| self.shape(section).map_or(0, Shape::rows);
        let bytes = |section: Section| self.section(section).len();
        [Section::Spo, Section::Pos, Section::Osp, Section::Pso]
            .into_iter()
            .all(|section| rows(section) == self.triples)
            && rows(Section::RowGraphs) == self.quads
            && rows(Section::GraphRows) == self.quads
            && rows(Section::SubjectStarts) == nodes + 1
            && rows(Section::ObjectStarts) == self.terms_len() + 1
            && rows(Section::TextStarts) == literals + 1
            && rows(Section::Marks) == literals
            && rows(Section::Values) == kinds(&[TermKind::Number])
            && bytes(Section::Predicates).is_multiple_of(Predicates::ENTRY_BYTES)
            && bytes(Section::Graphs).is_multiple_of(Graphs::ENTRY_BYTES)
            && bytes(Section::Classes).is_multiple_of(ClassList::ENTRY_BYTES)
    }

    /// Whether every byte is as it was written. Reads the whole image.
    ///
    /// # Errors
    /// [`ImageError::Damaged`].
    pub(crate) fn check(&self) -> Result<(), ImageError> {
        let image = self.bytes.as_slice();
        if image.is_empty() { Ok(()) } else { Layout::read(image)?.check(image) }
    }

    /// Number of distinct triples.
    pub(crate) fn triples_len(&self) -> usize {
        self.triples
    }

    /// Number of distinct quads.
    pub(crate) fn quads_len(&self) -> usize {
        self.quads
    }

    /// Number of distinct subjects.
    pub(crate) fn subjects_len(&self) -> usize {
        self.subjects
    }

    /// Number of distinct objects.
    pub(crate) fn objects_len(&self) -> usize {
        self.objects
    }

    /// Number of distinct terms.
    pub(crate) fn terms_len(&self) -> usize {
        self.ends.last().copied().unwrap_or_default() as usize
    }

    /// The triples, sorted in this order.
    pub(crate) fn table(&self, order: Order) -> Table<'_> {
        let (rows, starts) = match order {
            Order::Spo => (Section::Spo, Some(Section::SubjectStarts)),
            Order::Osp => (Section::Osp, Some(Section::ObjectStarts)),
            Order::Pos => (Section::Pos, None),
            Order::Pso => (Section::Pso, None),
        };
        let starts = starts.map(|section| self.packed(section));
        Table { order, rows: self.packed(rows), starts, predicates: self.predicate_list() }
    }

    /// The row of Spo that holds this triple.
    pub(crate) fn row_of(&self, triple: [TermId; 3]) -> Option<usize> {
        let range = self.table(Order::Spo).range_of(&triple);
        (!range.is_empty()).then_some(range.start)
    }

    /// What is known of each predicate, ascending by number.
    pub(crate) fn predicates(&self) -> impl Iterator<Item = PredicateCounts> {
        let list = self.predicate_list();
        (0..list.len()).filter_map(move |place| list.counts(place))
    }

    /// What is known of a predicate; `None` where no triple has it.
    pub(crate) fn counts_of(&self, predicate: TermId) -> Option<PredicateCounts> {
        self.predicate_list().counts_of(predicate)
    }

    /// What is known of the members of each class, ascending by class and predicate. Nothing where classes are too many to be counted.
    pub(crate) fn class_counts(&self) -> impl Iterator<Item = ClassCounts> + use<'_> {
        self.class_list().all()
    }

    /// What is known of the members of a class, ascending by predicate; see [`Image::class_counts`].
    pub(crate) fn counts_of_class(
        &self,
        class: TermId,
    ) -> impl Iterator<Item = ClassCounts> + use<'_> {
        self.class_list().of(class)
    }

    /// The named graphs, ascending by number.
    pub(crate) fn graphs(&self) -> impl Iterator<Item = TermId> + use<'_> {
        self.graph_list().named()
    }

    /// Whether a graph, or [`super::DEFAULT_GRAPH`], holds a triple.
    pub(crate) fn contains_graph(&self, graph: TermId) -> bool {
        self.graph_list().contains(graph)
    }

    /// The graphs that hold the triple in this row of Spo, ascending; the default graph comes last.
    pub(crate) fn graphs_of(&self, spo_row: usize) -> impl Iterator<Item = TermId> + use<'_> {
        self.graph_list().of_row(spo_row)
    }

    /// Each row of Spo with each graph that holds it, ascending.
    pub(super) fn holders(&self) -> impl Iterator<Item = (usize, TermId)> + use<'_> {
        self.graph_list().holders()
    }

    /// Whether a graph, or [`super::DEFAULT_GRAPH`], holds the triple in this row of Spo.
    pub(crate) fn graph_holds(&self, graph: TermId, spo_row: usize) -> bool {
        self.graph_list().holds(graph, spo_row)
    }

    /// How many rows of Spo in `within` a graph holds.
    pub(crate) fn rows_in_len(&self, graph: TermId, within: Range<usize>) -> usize {
        self.graph_list().stretch(graph, within).len()
    }

    /// The rows of Spo in `within` that a graph holds, ascending.
    pub(crate) fn rows_in(
        &self,
        graph: TermId,
        within: Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'_> {
        let graphs = self.graph_list();
        graphs.rows(graphs.stretch(graph, within))
    }

    /// The triples that a graph, or [`super::DEFAULT_GRAPH`], holds, ascending.
    #[cfg(test)]
    pub(crate) fn triples_in(&self, graph: TermId) -> impl Iterator<Item = [TermId; 3]> + use<'_> {
        let spo = self.table(Order::Spo);
        self.rows_in(graph, 0..self.triples).filter_map(move |row| spo.row(row))
    }

    /// The terms, for who reads many.
    pub(crate) fn terms(&self) -> Terms<'_> {
        let names = |bytes: Section, starts: Section, len: usize| Names {
            bytes: self.section(bytes),
            starts: self.packed(starts),
            len,
        };
        let [iris, blanks, ..] = self.counts;
        // Tags are few and not counted: their number is only a bound.
        let tags =
            self.shape(Section::TagStarts).map_or(0, Shape::rows) * super::names::BLOCK_NAMES;
        Terms {
            iris: names(Section::Iris, Section::IriStarts, iris),
            blanks: names(Section::Blanks, Section::BlankStarts, blanks),
            tags: names(Section::Tags, Section::TagStarts, tags),
            texts: self.section(Section::Texts),
            text_starts: self.packed(Section::TextStarts),
            marks: self.packed(Section::Marks),
            values: self.packed(Section::Values),
            ends: self.ends,
        }
    }

    /// The number of `term`, if the image has it.
    pub(crate) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.terms().id(term)
    }

    /// The term with this number; `None` where there is none, or none that can be read.
    pub(crate) fn term(&self, id: TermId) -> Option<Term> {
        self.terms().term(id)
    }

    /// What the term with this number is.
    pub(crate) fn kind(&self, id: TermId) -> Option<TermKind> {
        let at = self.ends.iter().position(|end| id < *end)?;
        TermKind::ALL.get(at).copied()
    }

    /// The numbers of all terms of a kind.
    pub(crate) fn ids_of(&self, kind: TermKind) -> Range<TermId> {
        self.terms().ids_of(kind)
    }

    /// Calls `f` with the term; see [`Terms::with_term`].
    pub(crate) fn with_term<T>(
        &self,
        id: TermId,
        scratch: &mut String,
        f: impl FnOnce(TermRef<'_>) -> T,
    ) -> Option<T> {
        self.terms().with_term(id, scratch, f)
    }

    /// The lexical form of a literal; `None` for other terms.
    pub(crate) fn text(&self, id: TermId) -> Option<&str> {
        self.terms().text(id)
    }

    /// The value of a number; see [`Terms::number`].
    pub(crate) fn number(&self, id: TermId) -> Option<Decimal> {
        self.terms().number(id)
    }

    /// Whether the term is a number of an integer type.
    pub(crate) fn is_integer(&self, id: TermId) -> bool {
        self.terms().is_integer(id)
    }

    /// The literals that are numbers between these values.
    pub(crate) fn ids_of_numbers(&self, from: Bound<Decimal>, to: Bound<Decimal>) -> Range<TermId> {
        self.terms().ids_of_numbers(from, to)
    }

    /// The literals that are dates without timezone between these.
    pub(crate) fn ids_of_dates(&self, from: Bound<Date>, to: Bound<Date>) -> Range<TermId> {
        self.terms().ids_of_dates(from, to)
    }

    fn predicate_list(&self) -> Predicates<'_> {
        Predicates { bytes: self.section(Section::Predicates), triples: self.triples }
    }

    fn class_list(&self) -> ClassList<'_> {
        ClassList { bytes: self.section(Section::Classes) }
    }

    fn graph_list(&self) -> Graphs<'_> {
        Graphs {
            list: self.section(Section::Graphs),
            by_row: self.packed(Section::RowGraphs),
            by_graph: self.packed(Section::GraphRows),
            triples: self.triples,
        }
    }

    fn shape(&self, section: Section) -> Option<&Shape> {
        self.shapes.get(section as usize)
    }

    fn packed<const K: usize>(&self, section: Section) -> Packed<'_, K> {
        debug_assert_eq!(section.columns(), Some(K), "{section:?}");
        let shape = self.shape(section).cloned().unwrap_or_default();
        shape.of(self.bytes.as_slice())
    }

    fn section(&self, section: Section) -> &[u8] {
        let place = self.places.get(section as usize).cloned().unwrap_or_default();
        self.bytes.as_slice().get(place).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
