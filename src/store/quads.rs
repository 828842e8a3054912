//! Rows found by any part of them. In: an image and a pattern; out: the rows that match, in the order of one of its four sorted
//! copies.
//!
//! Guarantees: each quad once; a pattern costs a binary search and then only rows that share the bound
//! positions, except for the last filter by graph. The surprise: rows of a triple stand together in the default graph too, whose
//! number is larger than every term's.

use crate::image::{IdPattern, IdQuad, Image, Order, TermId};

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

/// The rows of an image.
#[derive(Clone, Copy)]
pub(super) struct Quads<'a>(pub(super) &'a Image);

impl<'a> Quads<'a> {
    /// Where the matches of `pattern` are: the copy in which most of its bound positions come first,
    /// or the graph's own rows where those are fewer.
    pub(super) fn find(self, pattern: IdPattern) -> Cursor {
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
    pub(super) fn next(self, cursor: &mut Cursor) -> Option<IdQuad> {
        let rows = self.0.rows(cursor.order);
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
    pub(super) fn matches(self, pattern: IdPattern) -> impl Iterator<Item = IdQuad> + use<'a> {
        let mut cursor = self.find(pattern);
        std::iter::from_fn(move || self.next(&mut cursor))
    }

    fn stretch(self, order: Order, pattern: IdPattern) -> Cursor {
        let rows = self.0.rows(order);
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
    use crate::image::Builder;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    fn node(n: u32) -> NamedNode {
        NamedNode::new_unchecked(format!("http://e/{n}"))
    }

    /// Every quad over three values a position whose sum is even; 0 in the last is the default graph.
    fn image() -> Image {
        let mut builder = Builder::default();
        for n in 0..81 {
            let (s, p, o, g) = (n % 3, n / 3 % 3, n / 9 % 3, n / 27);
            let graph = if g == 0 { GraphName::DefaultGraph } else { node(g).into() };
            let quad = Quad::new(node(s), node(p), node(o), graph);
            if (s + p + o + g) % 2 == 0 {
                assert!(builder.insert(quad.as_ref()));
            }
        }
        builder.finish()
    }

    #[test]
    fn every_pattern_finds_what_a_scan_finds() {
        let image = image();
        let quads = Quads(&image);
        let all: Vec<_> = quads.matches(IdPattern::ANY).collect();
        assert_eq!(all.len(), image.len());
        let first = all[0];
        let choices = |of: fn(&IdQuad) -> TermId| {
            let mut known: Vec<_> = all.iter().map(of).collect();
            known.sort_unstable();
            known.dedup();
            [None, known.first().copied(), known.last().copied(), Some(first.subject)]
        };
        let (subjects, predicates) = (choices(|row| row.subject), choices(|row| row.predicate));
        let (objects, graphs) = (choices(|row| row.object), choices(|row| row.graph));
        for n in 0..256 {
            let pattern = IdQuad {
                subject: subjects[n % 4],
                predicate: predicates[n / 4 % 4],
                object: objects[n / 16 % 4],
                graph: graphs[n / 64],
            };
            let mut found: Vec<_> = quads.matches(pattern).collect();
            found.sort_unstable();
            let mut expected: Vec<_> =
                all.iter().copied().filter(|row| pattern.matches(row)).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{pattern:?}");
        }
    }

    #[test]
    fn rows_of_a_triple_stand_together_in_the_default_graph_too() {
        let mut builder = Builder::default();
        let about =
            |object: u32, graph: GraphName| Quad::new(node(1), node(2), node(object), graph);
        for quad in
            [about(3, GraphName::DefaultGraph), about(4, node(9).into()), about(3, node(9).into())]
        {
            assert!(builder.insert(quad.as_ref()));
        }
        let image = builder.finish();
        let predicate = image.id(node(2).as_ref().into());
        let pattern = IdQuad { predicate, ..IdPattern::ANY };
        let found: Vec<_> = Quads(&image).matches(pattern).collect();
        assert!(found[0].same_triple(&found[1]) && !found[1].same_triple(&found[2]));
    }
}
