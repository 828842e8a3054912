//! Extends rows by one triple pattern. In: rows and a pattern whose positions are constants, columns or new; out: a row for each
//! match. The surprise: looking up row by row turns into a [`Link`] once so many rows have come that laying the predicate out is cheaper.

use super::batch::{Batch, ROWS, Rows, Steps};
use super::context::Context;
use super::link::Link;
use crate::image::{Order, TermId};
use std::ops::Range;
use std::sync::Arc;

/// A predicate is laid out once an eighth as many rows were looked up as it has: a search costs about as much as eight rows read.
const SEARCHES_PER_ROW: usize = 8;

/// What stands in one position of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A term of the query.
    Constant(TermId),
    /// The value of this column of the input.
    Column(usize),
    /// A variable without a value so far: a new column.
    New,
}

/// The positions of a triple.
pub(super) const SUBJECT: usize = 0;
pub(super) const PREDICATE: usize = 1;
pub(super) const OBJECT: usize = 2;

/// How a pattern is matched.
pub(super) struct Pattern {
    /// Subject, predicate, object.
    pub(super) places: [Place; 3],
    /// Columns of the input that are wanted later; they come first, the new ones after them in the order of positions.
    pub(super) keep: Vec<usize>,
    /// Which new positions are wanted as columns.
    pub(super) wanted: [bool; 3],
    /// A new object need only be looked for in this range; a filter tests it again.
    pub(super) objects: Option<Range<TermId>>,
    /// Whether one match a row is enough.
    pub(super) any: bool,
}

/// Matches that were found and not handed out yet.
enum Matches {
    Table(Order, Range<usize>),
    Link(Range<usize>),
    Found(std::vec::IntoIter<[TermId; 3]>),
}

/// Rows extended by the matches of a pattern.
pub(super) struct TripleRows<'a> {
    context: Context<'a>,
    input: Steps<'a>,
    pattern: Pattern,
    batch: Batch,
    row: usize,
    rest: Option<Matches>,
    finder: Finder,
    /// Rows that the next batch may have: few at first, so that the first answer is soon there.
    rows_max: usize,
}

/// How matches are found.
enum Finder {
    /// In the tables; so many rows were looked up, and after the second number a link is tried.
    Search {
        done: usize,
        link_after: usize,
    },
    Link {
        order: Order,
        link: Arc<Link>,
    },
    Hits,
}

impl<'a> TripleRows<'a> {
    pub(super) fn new(context: Context<'a>, input: Steps<'a>, pattern: Pattern) -> Self {
        let finder = match pattern.places[PREDICATE] {
            Place::Constant(predicate) if context.hits.count(predicate).is_some() => Finder::Hits,
            Place::Constant(predicate) => {
                let kept = key_order(&pattern)
                    .and_then(|order| Some((order, context.links.find(order, predicate)?)));
                let rows = context.image.table(Order::Pso).range_of(&[predicate]).len();
                match kept {
                    Some((order, link)) => Finder::Link { order, link },
                    None => Finder::Search { done: 0, link_after: rows / SEARCHES_PER_ROW + 1 },
                }
            }
            _ => Finder::Search { done: 0, link_after: usize::MAX },
        };
        Self {
            context,
            input,
            pattern,
            batch: Batch::default(),
            row: 0,
            rest: None,
            finder,
            rows_max: ROWS / 16,
        }
    }

    /// The rows of the input that match, and the new columns.
    fn fill(&mut self) -> (Vec<u32>, [Vec<TermId>; 3]) {
        let mut rows = Vec::with_capacity(self.rows_max);
        let mut new: [Vec<TermId>; 3] = Default::default();
        while rows.len() < self.rows_max {
            let found = match self.rest.take() {
                Some(matches) => matches,
                None if self.row < self.batch.len() => {
                    let matches = self.find(self.row);
                    self.row += 1;
                    matches
                }
                None => break,
            };
            let source = u32::try_from(self.row - 1).unwrap_or(u32::MAX);
            let room = if self.pattern.any { 1 } else { self.rows_max - rows.len() };
            let (taken, rest) = self.take(found, room, &mut new);
            rows.resize(rows.len() + taken, source);
            self.rest = rest.filter(|_| !self.pattern.any);
        }
        self.context.tick(rows.len() + 1);
        (rows, new)
    }

    /// Moves at most `room` matches to the new columns. Gives their number, and what is left.
    fn take(
        &self,
        matches: Matches,
        room: usize,
        new: &mut [Vec<TermId>; 3],
    ) -> (usize, Option<Matches>) {
        match matches {
            Matches::Table(order, range) => {
                let end = range.end.min(range.start + room);
                let table = self.context.image.table(order);
                for (position, column) in self.wanted(new) {
                    table.read_column(order.column_of(position), range.start..end, column);
                }
                let rest = (end < range.end).then_some(Matches::Table(order, end..range.end));
                (end - range.start, rest)
            }
            Matches::Link(range) => {
                let end = range.end.min(range.start + room);
                if let Finder::Link { link, .. } = &self.finder {
                    for (_, column) in self.wanted(new) {
                        column.extend_from_slice(link.values(range.start..end));
                    }
                }
                (end - range.start, (end < range.end).then_some(Matches::Link(end..range.end)))
            }
            Matches::Found(mut found) => {
                let mut taken = 0;
                for triple in found.by_ref().take(room) {
                    taken += 1;
                    for (position, column) in self.wanted(new) {
                        column.extend(triple.get(position));
                    }
                }
                (taken, (found.len() > 0).then_some(Matches::Found(found)))
            }
        }
    }

    fn wanted<'b>(
        &self,
        new: &'b mut [Vec<TermId>; 3],
    ) -> impl Iterator<Item = (usize, &'b mut Vec<TermId>)> {
        let is_new = self.pattern.places.map(|place| place == Place::New);
        let wanted = self.pattern.wanted;
        new.iter_mut().zip(is_new.into_iter().zip(wanted)).enumerate().filter_map(
            |(position, (column, (new, wanted)))| (new && wanted).then_some((position, column)),
        )
    }

    /// The matches for one row of the input.
    fn find(&mut self, row: usize) -> Matches {
        let batch = &self.batch;
        let [subject, predicate, object] = self.pattern.places.map(|place| match place {
            Place::Constant(id) => Some(id),
            Place::Column(column) => Some(batch.value(column, row)),
            Place::New => None,
        });
        self.prepare(predicate);
        match &self.finder {
            Finder::Hits => {
                let predicate = predicate.unwrap_or_default();
                let found = self.context.hits.find(predicate, subject, object);
                let triples: Vec<_> = found
                    .into_iter()
                    .map(|(subject, object)| [subject, predicate, object])
                    .collect();
                Matches::Found(triples.into_iter())
            }
            Finder::Link { order, link } => {
                let (key, other) = match order {
                    Order::Pso => (subject, object),
                    _ => (object, subject),
                };
                let key = key.unwrap_or_default();
                match other {
                    Some(value) if link.has(key, value) => {
                        let range = link.range_of(key);
                        Matches::Link(range.start..range.start + 1)
                    }
                    Some(_) => Matches::Link(0..0),
                    None => Matches::Link(link.range_of(key)),
                }
            }
            Finder::Search { .. } => self.search(subject, predicate, object),
        }
    }

    fn search(
        &self,
        subject: Option<TermId>,
        predicate: Option<TermId>,
        object: Option<TermId>,
    ) -> Matches {
        let image = self.context.image;
        let order = order_for(subject, predicate, object);
        let key = order.key([subject, predicate, object]);
        let prefix: Vec<TermId> = key.into_iter().map_while(|part| part).collect();
        match (&self.pattern.objects, order) {
            (Some(objects), Order::Pso) => {
                let table = image.table(Order::Pos);
                let within = table.range_of(&prefix);
                let start = table.lower_bound(within.clone(), 1, objects.start);
                let end = table.lower_bound(start..within.end, 1, objects.end);
                Matches::Table(Order::Pos, start..end)
            }
            (Some(objects), Order::Spo) if prefix.len() == 2 => {
                let table = image.table(order);
                let within = table.range_of(&prefix);
                let start = table.lower_bound(within.clone(), 2, objects.start);
                let end = table.lower_bound(start..within.end, 2, objects.end);
                Matches::Table(order, start..end)
            }
            _ => Matches::Table(order, image.table(order).range_of(&prefix)),
        }
    }

    /// Lays the predicate out where it is time to.
    fn prepare(&mut self, predicate: Option<TermId>) {
        let Finder::Search { done, link_after } = &mut self.finder else { return };
        *done += 1;
        if *done < *link_after {
            return;
        }
        *link_after = usize::MAX;
        let (Some(order), Some(predicate)) = (key_order(&self.pattern), predicate) else { return };
        if let Some(link) = Link::new(&self.context, order, predicate).map(Arc::new) {
            let context = self.context;
            context.hold(link.len() / 8);
            context.links.keep((order, predicate), &link, context.links_bytes_max);
            self.finder = Finder::Link { order, link };
        }
    }
}

impl Rows for TripleRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        loop {
            if self.rest.is_none() && self.row >= self.batch.len() {
                self.batch = self.input.next()?;
                self.row = 0;
            }
            let (rows, new) = self.fill();
            if rows.is_empty() {
                continue;
            }
            self.rows_max = ROWS.min(self.rows_max * 2);
            let mut columns = self.batch.take(&rows, &self.pattern.keep);
            let wanted = self.pattern.places.iter().zip(self.pattern.wanted);
            let is_column = wanted.map(|(place, wanted)| *place == Place::New && wanted);
            columns.extend(
                new.into_iter()
                    .zip(is_column)
                    .filter_map(|(column, wanted)| wanted.then_some(column)),
            );
            return Some(Batch::new(columns, rows.len()));
        }
    }
}

/// The order of a link whose keys the input has.
fn key_order(pattern: &Pattern) -> Option<Order> {
    let varies = |position: usize| matches!(pattern.places.get(position), Some(Place::Column(_)));
    if varies(SUBJECT) { Some(Order::Pso) } else { varies(OBJECT).then_some(Order::Pos) }
}

/// The order in which the bound positions come first.
pub(super) fn order_for(
    subject: Option<TermId>,
    predicate: Option<TermId>,
    object: Option<TermId>,
) -> Order {
    match (subject.is_some(), predicate.is_some(), object.is_some()) {
        (_, true, true) if subject.is_none() => Order::Pos,
        (false, true, false) => Order::Pso,
        (_, false, true) => Order::Osp,
        _ => Order::Spo,
    }
}
