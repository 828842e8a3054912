//! Quads as numbers, found by any part of them. In: rows of four term numbers; out: the rows that match
//! a pattern, in the order of one of four sorted copies.
//!
//! Guarantees: each quad once; a pattern costs a binary search and then only rows that share the bound
//! positions, except for the last filter by graph. The surprise: the default graph is the number
//! [`DEFAULT_GRAPH`], larger than every term, so that all rows of a triple stand together.

use super::dictionary::TermId;

/// Stands for the default graph in the graph position.
pub(super) const DEFAULT_GRAPH: TermId = TermId::MAX;

/// A quad, or a pattern of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IdQuad<T = TermId> {
    pub(super) subject: T,
    pub(super) predicate: T,
    pub(super) object: T,
    pub(super) graph: T,
}

/// A pattern: `None` matches anything.
pub(super) type IdPattern = IdQuad<Option<TermId>>;

impl IdPattern {
    /// Matches every quad.
    pub(super) const ANY: Self = Self { subject: None, predicate: None, object: None, graph: None };

    fn matches(&self, row: &IdQuad) -> bool {
        self.subject.is_none_or(|id| id == row.subject)
            && self.predicate.is_none_or(|id| id == row.predicate)
            && self.object.is_none_or(|id| id == row.object)
            && self.graph.is_none_or(|id| id == row.graph)
    }
}

impl IdQuad {
    /// Whether both are the same triple, in whatever graphs.
    pub(super) fn same_triple(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.predicate == other.predicate
            && self.object == other.object
    }
}

/// The order in which the positions of a row are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Spog,
    Posg,
    Ospg,
    Gspo,
}

impl Order {
    fn key<T>(self, row: IdQuad<T>) -> [T; 4] {
        let IdQuad { subject, predicate, object, graph } = row;
        match self {
            Self::Spog => [subject, predicate, object, graph],
            Self::Posg => [predicate, object, subject, graph],
            Self::Ospg => [object, subject, predicate, graph],
            Self::Gspo => [graph, subject, predicate, object],
        }
    }

    fn row(self, key: [TermId; 4]) -> IdQuad {
        let [a, b, c, d] = key;
        let (subject, predicate, object, graph) = match self {
            Self::Spog => (a, b, c, d),
            Self::Posg => (c, a, b, d),
            Self::Ospg => (b, c, a, d),
            Self::Gspo => (b, c, d, a),
        };
        IdQuad { subject, predicate, object, graph }
    }
}

/// All quads of a store, in four orders.
pub(super) struct Quads {
    spog: Vec<[TermId; 4]>,
    posg: Vec<[TermId; 4]>,
    ospg: Vec<[TermId; 4]>,
    gspo: Vec<[TermId; 4]>,
}

/// A stretch of one sorted copy that holds all matches of a pattern, perhaps among others.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    order: Order,
    next: usize,
    end: usize,
    pattern: IdPattern,
}

impl Cursor {
    /// Rows between here and the end, whether they match or not.
    pub(super) fn rows_max(&self) -> usize {
        self.end - self.next
    }
}

impl Quads {
    /// Sorts `rows` and drops repetitions.
    pub(super) fn new(rows: Vec<IdQuad>) -> Self {
        let mut spog: Vec<_> = rows.into_iter().map(|row| Order::Spog.key(row)).collect();
        spog.sort_unstable();
        spog.dedup();
        spog.shrink_to_fit();
        let sorted_as = |order: Order| {
            let mut keys: Vec<_> =
                spog.iter().map(|key| order.key(Order::Spog.row(*key))).collect();
            keys.sort_unstable();
            keys
        };
        let (posg, ospg, gspo) =
            (sorted_as(Order::Posg), sorted_as(Order::Ospg), sorted_as(Order::Gspo));
        Self { spog, posg, ospg, gspo }
    }

    pub(super) fn len(&self) -> usize {
        self.spog.len()
    }

    /// The graphs that hold a quad, ascending, the default graph last if it holds any.
    pub(super) fn graphs(&self) -> Vec<TermId> {
        let mut graphs: Vec<_> = self.gspo.iter().map(|[graph, ..]| *graph).collect();
        graphs.dedup();
        graphs
    }

    /// Where the matches of `pattern` are: the copy in which most of its bound positions come first,
    /// or the graph's own rows where those are fewer.
    pub(super) fn find(&self, pattern: IdPattern) -> Cursor {
        let order = match (pattern.subject, pattern.predicate, pattern.object) {
            (Some(_) | None, None, Some(_)) => Order::Ospg,
            (None, Some(_), _) => Order::Posg,
            (Some(_), _, _) | (None, None, None) => Order::Spog,
        };
        let found = self.stretch(order, pattern);
        if pattern.graph.is_none() || found.rows_max() <= 8 {
            return found;
        }
        let inside = self.stretch(Order::Gspo, pattern);
        if inside.rows_max() < found.rows_max() { inside } else { found }
    }

    /// The next match, or `None` past the last. A pattern whose bound positions do not all come
    /// first steps over rows here, so one call may look at many.
    pub(super) fn next(&self, cursor: &mut Cursor) -> Option<IdQuad> {
        let rows = self.sorted(cursor.order);
        while cursor.next < cursor.end {
            let row = cursor.order.row(*rows.get(cursor.next)?);
            cursor.next += 1;
            if cursor.pattern.matches(&row) {
                return Some(row);
            }
        }
        None
    }

    /// The matches of `pattern`.
    pub(super) fn matches(&self, pattern: IdPattern) -> impl Iterator<Item = IdQuad> {
        let mut cursor = self.find(pattern);
        std::iter::from_fn(move || self.next(&mut cursor))
    }

    fn sorted(&self, order: Order) -> &[[TermId; 4]] {
        match order {
            Order::Spog => &self.spog,
            Order::Posg => &self.posg,
            Order::Ospg => &self.ospg,
            Order::Gspo => &self.gspo,
        }
    }

    fn stretch(&self, order: Order, pattern: IdPattern) -> Cursor {
        let rows = self.sorted(order);
        let key = order.key(pattern);
        // Only leading bound positions bound the stretch; a gap ends the prefix.
        let mut open = false;
        let [first, last] = [TermId::MIN, TermId::MAX].map(|rest| {
            open = false;
            key.map(|part| {
                open |= part.is_none();
                if open { rest } else { part.unwrap_or(rest) }
            })
        });
        let next = rows.partition_point(|row| *row < first);
        let end = next + gallop(rows.get(next..).unwrap_or_default(), last);
        Cursor { order, next, end, pattern }
    }
}

/// How many leading rows are at most `last`. Doubling steps first: most stretches are short, and a
/// search over the whole copy would cost more than reading them.
fn gallop(rows: &[[TermId; 4]], last: [TermId; 4]) -> usize {
    let mut step = 1;
    while rows.get(step - 1).is_some_and(|row| *row <= last) {
        step *= 2;
    }
    let known = step / 2;
    let rest = rows.get(known..rows.len().min(step)).unwrap_or_default();
    known + rest.partition_point(|row| *row <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(subject: u32, predicate: u32, object: u32, graph: u32) -> IdQuad {
        IdQuad { subject, predicate, object, graph }
    }

    /// Every row over three values a position whose sum is even.
    fn rows() -> Vec<IdQuad> {
        let mut rows = Vec::new();
        for n in 0..81 {
            let candidate = row(n % 3, n / 3 % 3, n / 9 % 3, n / 27);
            if (n % 3 + n / 3 % 3 + n / 9 % 3 + n / 27) % 2 == 0 {
                rows.push(candidate);
            }
        }
        rows
    }

    #[test]
    fn every_pattern_gives_exactly_the_rows_that_match_it() {
        let quads = Quads::new(rows());
        let choices = [None, Some(0), Some(1), Some(2), Some(7)];
        for n in 0..625 {
            let choice = |n: usize| choices[n % 5];
            let pattern = IdQuad {
                subject: choice(n),
                predicate: choice(n / 5),
                object: choice(n / 25),
                graph: choice(n / 125),
            };
            let mut found: Vec<_> = quads.matches(pattern).collect();
            found.sort_unstable();
            let mut expected: Vec<_> =
                rows().into_iter().filter(|row| pattern.matches(row)).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{pattern:?}");
        }
    }

    #[test]
    fn a_repeated_quad_counts_once() {
        assert_eq!(Quads::new(vec![row(1, 2, 3, 4), row(1, 2, 3, 4)]).len(), 1);
    }

    #[test]
    fn rows_of_a_triple_stand_together_in_the_default_graph_too() {
        let quads = Quads::new(vec![row(1, 2, 3, DEFAULT_GRAPH), row(1, 2, 4, 9), row(1, 2, 3, 9)]);
        let pattern = IdQuad { subject: None, predicate: Some(2), object: None, graph: None };
        let found: Vec<_> = quads.matches(pattern).collect();
        assert!(found[0].same_triple(&found[1]) && !found[1].same_triple(&found[2]));
    }
}
