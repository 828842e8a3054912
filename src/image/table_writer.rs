//! Writes the rows of an image. In: quads as numbers, with predicates and graphs as places in the lists of these; out: the
//! triples in four orders, which graphs hold them, and what is counted on the way.

use super::class_counts::ClassCounting;
use super::dictionary::Dictionary;
use super::error::ImageError;
use super::layout::Section;
use super::packing::Packing;
use super::part::{Part, Waiting};
use super::row::{DEFAULT_GRAPH, TermId};
use super::sorter::Sorter;
use std::io;

/// What part of the memory the quads take, and each order of the triples beside them.
pub(super) const QUADS_SHARE: usize = 2;
const ORDER_SHARE: usize = 8;

/// The first row of each term, as the rows come.
struct Starts {
    packing: Packing<1>,
    next: u64,
    /// How many terms have rows.
    terms: u32,
    last: Option<TermId>,
}

impl Starts {
    fn new(waiting: &Waiting) -> Self {
        Self { packing: Packing::new(Part::new(waiting)), next: 0, terms: 0, last: None }
    }

    /// The term has this row.
    fn add(&mut self, id: TermId, row: u32) -> io::Result<()> {
        if self.last.replace(id) != Some(id) {
            self.terms += 1;
        }
        self.reach(id, row)
    }

    /// `row` is the first row of the term, and of those before that have none.
    fn reach(&mut self, id: TermId, row: u32) -> io::Result<()> {
        while self.next <= u64::from(id) {
            self.packing.push([row])?;
            self.next += 1;
        }
        Ok(())
    }
}

/// Triples in the orders that are still to be sorted.
struct Unsorted {
    pos: Sorter<3>,
    osp: Sorter<3>,
    pso: Sorter<3>,
    graph_rows: Sorter<2>,
}

/// Tables that are written.
pub(super) struct Tables {
    pub(super) parts: Vec<(Section, Part)>,
    pub(super) triples: u32,
    pub(super) quads: u32,
    /// Distinct ones.
    pub(super) subjects: u32,
    pub(super) objects: u32,
}

/// Writes all tables. A graph's place past the list is the default graph.
///
/// # Errors
/// Where temporary files cannot be written, and where there are more rows than numbers.
pub(super) fn write_tables(
    quads: Sorter<4>,
    dictionary: &Dictionary,
    waiting: &Waiting,
) -> io::Result<Tables> {
    let terms = dictionary.counts.iter().sum();
    let Subjects { mut parts, count: subjects, unsorted } =
        write_subjects(quads, dictionary, waiting)?;
    let places = dictionary.predicates.len();
    let Unsorted { pos, osp, pso, graph_rows } = unsorted;
    let (first, second) = std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            let pos = write_by_predicate(pos, places, waiting)?;
            Ok::<_, io::Error>((pos, write_graph_rows(graph_rows, dictionary, waiting)?))
        });
        let own = write_by_predicate(pso, places, waiting)
            .and_then(|pso| Ok((pso, write_objects(osp, terms, waiting)?)));
        let others = others.join().unwrap_or_else(|_| Err(io::Error::other("a thread ended")));
        (others, own)
    });
    let ((pos, graphs), (pso, objects)) = (first?, second?);
    let mut counts = Part::new(waiting);
    let per_predicate = dictionary.predicates.iter().zip(&pos.predicates).zip(&pso.predicates);
    for ((id, [first_row, objects]), [_, subjects]) in per_predicate {
        for number in [id, first_row, subjects, objects] {
            counts.write(&number.to_le_bytes())?;
        }
    }
    let (triples, quads) = (pos.rows, graphs.rows);
    let (object_parts, objects) = objects;
    parts.extend(object_parts);
    parts.extend([
        (Section::Pos, pos.part),
        (Section::Pso, pso.part),
        (Section::Predicates, counts),
        (Section::GraphRows, graphs.part),
        (Section::Graphs, graphs.list),
    ]);
    Ok(Tables { parts, triples, quads, subjects, objects })
}

fn too_many(_: impl std::error::Error) -> io::Error {
    io::Error::other(ImageError::TooLarge { what: "triples" })
}

/// What is written while the triples come in the order of subjects.
struct Subjects {
    parts: Vec<(Section, Part)>,
    /// How many there are.
    count: u32,
    unsorted: Unsorted,
}

/// Writes Spo and what goes with it, counts the subjects, and hands the triples on to be sorted otherwise.
fn write_subjects(
    quads: Sorter<4>,
    dictionary: &Dictionary,
    waiting: &Waiting,
) -> io::Result<Subjects> {
    let nodes = dictionary.counts.iter().take(2).sum();
    let mut unsorted = Unsorted {
        pos: Sorter::new(waiting, ORDER_SHARE),
        osp: Sorter::new(waiting, ORDER_SHARE),
        pso: Sorter::new(waiting, ORDER_SHARE),
        graph_rows: Sorter::new(waiting, ORDER_SHARE),
    };
    let mut spo = Packing::new(Part::new(waiting));
    let mut row_graphs = Packing::new(Part::new(waiting));
    let mut starts = Starts::new(waiting);
    let mut classes = ClassCounting::new(dictionary.type_place);
    let mut last = None;
    quads.for_each(|[subject, predicate, object, graph]| {
        if last.replace([subject, predicate, object]) != Some([subject, predicate, object]) {
            let row = u32::try_from(spo.rows()).map_err(too_many)?;
            starts.add(subject, row)?;
            classes.add([subject, predicate, object]);
            spo.push([subject, predicate, object])?;
            unsorted.pos.push([predicate, object, subject])?;
            unsorted.osp.push([object, subject, predicate])?;
            unsorted.pso.push([predicate, subject, object])?;
        }
        let row = u32::try_from(spo.rows() - 1).map_err(too_many)?;
        row_graphs.push([row, graph])?;
        unsorted.graph_rows.push([graph, row])
    })?;
    starts.reach(nodes, u32::try_from(spo.rows()).map_err(too_many)?)?;
    let parts = vec![
        (Section::Spo, spo.finish()?),
        (Section::SubjectStarts, starts.packing.finish()?),
        (Section::RowGraphs, row_graphs.finish()?),
        (Section::Classes, classes.finish(&dictionary.predicates, waiting)?),
    ];
    Ok(Subjects { parts, count: starts.terms, unsorted })
}

/// Pos or Pso.
struct ByPredicate {
    part: Part,
    rows: u32,
    /// A predicate: its first row, and how many distinct terms stand in the second column.
    predicates: Vec<[u32; 2]>,
}

fn write_by_predicate(
    rows: Sorter<3>,
    predicates: usize,
    waiting: &Waiting,
) -> io::Result<ByPredicate> {
    let mut packing = Packing::new(Part::new(waiting));
    let mut counts = Vec::with_capacity(predicates);
    let mut last = None;
    rows.for_each(|[place, second, third]| {
        // Every predicate has a row, so places come without gaps.
        if last.is_none_or(|(before, _)| before != place) {
            counts.push([u32::try_from(packing.rows()).map_err(too_many)?, 0]);
        }
        if last.replace((place, second)) != Some((place, second))
            && let Some([_, distinct]) = counts.last_mut()
        {
            *distinct += 1;
        }
        packing.push([place, second, third])
    })?;
    let rows = u32::try_from(packing.rows()).map_err(too_many)?;
    Ok(ByPredicate { part: packing.finish()?, rows, predicates: counts })
}

fn write_objects(
    rows: Sorter<3>,
    terms: TermId,
    waiting: &Waiting,
) -> io::Result<([(Section, Part); 2], u32)> {
    let mut packing = Packing::new(Part::new(waiting));
    let mut starts = Starts::new(waiting);
    rows.for_each(|row| {
        let [object, ..] = row;
        starts.add(object, u32::try_from(packing.rows()).map_err(too_many)?)?;
        packing.push(row)
    })?;
    starts.reach(terms, u32::try_from(packing.rows()).map_err(too_many)?)?;
    let parts =
        [(Section::Osp, packing.finish()?), (Section::ObjectStarts, starts.packing.finish()?)];
    Ok((parts, starts.terms))
}

struct GraphRows {
    part: Part,
    rows: u32,
    list: Part,
}

fn write_graph_rows(
    rows: Sorter<2>,
    dictionary: &Dictionary,
    waiting: &Waiting,
) -> io::Result<GraphRows> {
    let mut packing = Packing::new(Part::new(waiting));
    let mut list = Part::new(waiting);
    let mut before = None;
    rows.for_each(|[place, row]| {
        if before.replace(place) != Some(place) {
            let id = dictionary.graphs.get(place as usize).copied().unwrap_or(DEFAULT_GRAPH);
            list.write(&id.to_le_bytes())?;
            list.write(&u32::try_from(packing.rows()).map_err(too_many)?.to_le_bytes())?;
        }
        packing.push([place, row])
    })?;
    let rows = u32::try_from(packing.rows()).map_err(too_many)?;
    Ok(GraphRows { part: packing.finish()?, rows, list })
}
