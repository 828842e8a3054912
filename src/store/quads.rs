//! Rows found by any part of them. In: an image, a pattern and which graphs to look into; out: the rows that match.
//!
//! Guarantees: each row once; every pattern of a triple is a stretch of one of the four orders, so no row is read in vain but
//! for its graph. The surprise: a graph's own rows are read instead where they are fewer.

use crate::image::{DEFAULT_GRAPH, IdPattern, IdQuad, Image, Order, Table, TermId};
use std::ops::Range;

/// Shorter stretches are read row by row.
const FEW_ROWS: usize = 8;
/// How many rows are read at once: a block of the image.
const READ_ROWS: usize = 128;
/// Looking up the graphs of a row in another order than Spo costs about as much as reading so many.
const LOOKUP_ROWS: usize = 16;

/// The graphs that a pattern looks into.
#[derive(Clone, Copy, Debug)]
pub(super) enum Among<'a> {
    /// All graphs as one set: each triple once, as one of the default graph.
    Triples,
    /// These graphs as one set.
    AnyOf(&'a [TermId]),
    /// One graph, or [`DEFAULT_GRAPH`].
    One(TermId),
    /// Each named graph.
    Named,
    /// Each graph, the default graph too.
    Every,
}

/// The rows of an image.
#[derive(Clone, Copy)]
pub(super) struct Quads<'a>(pub(super) &'a Image);

/// The order in which the bound positions of a pattern come first, and these in it.
fn order_of(pattern: IdPattern) -> (Order, Vec<TermId>) {
    let IdQuad { subject, predicate, object, .. } = pattern;
    let order = match (subject, predicate, object) {
        (_, None, Some(_)) => Order::Osp,
        (None, Some(_), None) => Order::Pso,
        (None, Some(_), Some(_)) => Order::Pos,
        (Some(_), _, _) | (None, None, None) => Order::Spo,
    };
    let key = order.key([subject, predicate, object]);
    (order, key.into_iter().map_while(|id| id).collect())
}

impl<'a> Quads<'a> {
    /// How many triples match, in whatever graphs.
    pub(super) fn count(self, pattern: IdPattern) -> usize {
        let (order, prefix) = order_of(pattern);
        self.0.table(order).range_of(&prefix).len()
    }

    /// The matches of `pattern`, whose graph is not looked at. Calls `tick` for each row that is read.
    pub(super) fn matches<F: Fn() + 'a>(
        self,
        pattern: IdPattern,
        among: Among<'a>,
        tick: F,
    ) -> impl Iterator<Item = IdQuad> + use<'a, F> {
        let (order, prefix) = order_of(pattern);
        let table = self.0.table(order);
        let range = table.range_of(&prefix);
        let one = match among {
            Among::One(graph) | Among::AnyOf(&[graph]) => Some(graph),
            _ => None,
        };
        let source = one.and_then(|graph| self.rows_of_graph(pattern, &range, graph));
        let inside = source.is_some();
        let source = source.unwrap_or_else(|| Source::Table(Stretch::new(table, range)));
        let mut rows = Rows { image: self.0, source, among, inside, waiting: Vec::new() };
        std::iter::from_fn(move || rows.next(&tick))
    }

    /// The rows of a graph among which the matches are, if they are fewer than the triples in `range` that match in any graph.
    fn rows_of_graph(
        self,
        pattern: IdPattern,
        range: &Range<usize>,
        graph: TermId,
    ) -> Option<Source<'a>> {
        let spo = self.0.table(Order::Spo);
        let (order, _) = order_of(pattern);
        let (within, cost) = match order {
            Order::Spo => (range.clone(), range.len()),
            _ => (0..spo.len(), range.len().saturating_mul(LOOKUP_ROWS)),
        };
        if cost <= FEW_ROWS || self.0.rows_in_len(graph, within.clone()) >= cost {
            return None;
        }
        let rows = self.0.rows_in(graph, within).filter_map(move |row| {
            let [subject, predicate, object] = spo.row(row)?;
            Some((row, IdQuad { subject, predicate, object, graph: DEFAULT_GRAPH }))
        });
        Some(Source::Graph(Box::new(rows), pattern))
    }
}

/// Where rows come from.
enum Source<'a> {
    Table(Stretch<'a>),
    /// The rows of a graph, with their rows in Spo; those that match are wanted.
    Graph(Box<dyn Iterator<Item = (usize, IdQuad)> + 'a>, IdPattern),
}

/// Rows with the graphs that hold them.
struct Rows<'a> {
    image: &'a Image,
    source: Source<'a>,
    among: Among<'a>,
    /// Whether the graph is known to hold each row.
    inside: bool,
    /// Rows of the last triple for further graphs, the next one last.
    waiting: Vec<IdQuad>,
}

impl Rows<'_> {
    fn next(&mut self, tick: &impl Fn()) -> Option<IdQuad> {
        loop {
            if let Some(row) = self.waiting.pop() {
                return Some(row);
            }
            tick();
            let row = match &mut self.source {
                Source::Table(stretch) => stretch.next()?,
                Source::Graph(rows, pattern) => {
                    let (row, quad) = rows.next()?;
                    if !pattern.matches(&IdQuad { graph: DEFAULT_GRAPH, ..quad }) {
                        continue;
                    }
                    (Some(row), quad)
                }
            };
            let (place, quad) = row;
            let place =
                || place.or_else(|| self.image.row_of([quad.subject, quad.predicate, quad.object]));
            match self.among {
                Among::Triples => return Some(quad),
                Among::One(graph) => {
                    if self.inside || self.image.graph_holds(graph, place()?) {
                        return Some(IdQuad { graph, ..quad });
                    }
                }
                Among::AnyOf(chosen) => {
                    let mut graphs = self.image.graphs_of(place()?);
                    if self.inside || graphs.any(|graph| chosen.binary_search(&graph).is_ok()) {
                        return Some(quad);
                    }
                }
                Among::Named | Among::Every => {
                    let named = matches!(self.among, Among::Named);
                    let graphs = self.image.graphs_of(place()?);
                    let graphs = graphs.filter(|graph| !named || *graph != DEFAULT_GRAPH);
                    self.waiting.extend(graphs.map(|graph| IdQuad { graph, ..quad }));
                    self.waiting.reverse();
                }
            }
        }
    }
}

/// A stretch of one order that is read from its front.
struct Stretch<'a> {
    table: Table<'a>,
    order: Order,
    rest: Range<usize>,
    /// Rows that are read, and the first of them that is not handed out.
    columns: [Vec<TermId>; 3],
    next: usize,
    is_short: bool,
}

impl<'a> Stretch<'a> {
    fn new(table: Table<'a>, rest: Range<usize>) -> Self {
        let is_short = rest.len() <= FEW_ROWS;
        Self { table, order: table.order(), rest, columns: Default::default(), next: 0, is_short }
    }

    /// The next triple, and its row if the order is Spo.
    fn next(&mut self) -> Option<(Option<usize>, IdQuad)> {
        let at = self.rest.next()?;
        let key = if self.is_short {
            self.table.row(at)?
        } else {
            let [first, ..] = &self.columns;
            if self.next == first.len() {
                // To the end of a block, so that each is unpacked once.
                let until = ((at / READ_ROWS + 1) * READ_ROWS).min(self.rest.end);
                self.columns.iter_mut().for_each(Vec::clear);
                self.table.read(at..until, &mut self.columns);
                self.next = 0;
            }
            let [a, b, c] = self.columns.each_ref().map(|column| column.get(self.next).copied());
            self.next += 1;
            [a?, b?, c?]
        };
        let [subject, predicate, object] = self.order.triple(key);
        let row = (self.order == Order::Spo).then_some(at);
        Some((row, IdQuad { subject, predicate, object, graph: DEFAULT_GRAPH }))
    }
}

#[cfg(test)]
mod tests;
