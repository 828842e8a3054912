//! Quads as numbers. In: the four positions of a quad; out: a row in one of four orders. The surprise: the default graph is the
//! number [`DEFAULT_GRAPH`], larger than every term, so that all rows of a triple stand together.

/// The number of a term inside one image.
pub(crate) type TermId = u32;

/// An image holds fewer terms than this; numbers from here on are free for others.
pub(crate) const TERMS_MAX: TermId = 1 << 31;

/// Stands for the default graph in the graph position.
pub(crate) const DEFAULT_GRAPH: TermId = TermId::MAX;

/// A quad, or a pattern of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct IdQuad<T = TermId> {
    pub(crate) subject: T,
    pub(crate) predicate: T,
    pub(crate) object: T,
    pub(crate) graph: T,
}

/// A pattern: `None` matches anything.
pub(crate) type IdPattern = IdQuad<Option<TermId>>;

impl IdPattern {
    /// Matches every quad.
    pub(crate) const ANY: Self = Self { subject: None, predicate: None, object: None, graph: None };

    pub(crate) fn matches(&self, row: &IdQuad) -> bool {
        self.subject.is_none_or(|id| id == row.subject)
            && self.predicate.is_none_or(|id| id == row.predicate)
            && self.object.is_none_or(|id| id == row.object)
            && self.graph.is_none_or(|id| id == row.graph)
    }
}

impl IdQuad {
    /// Whether both are the same triple, in whatever graphs.
    pub(crate) fn same_triple(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.predicate == other.predicate
            && self.object == other.object
    }
}

/// The order in which the positions of a row are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Spog,
    Posg,
    Ospg,
    Gspo,
}

impl Order {
    #[cfg(test)]
    pub(super) const ALL: [Self; 4] = [Self::Spog, Self::Posg, Self::Ospg, Self::Gspo];

    pub(crate) fn key<T>(self, row: IdQuad<T>) -> [T; 4] {
        let IdQuad { subject, predicate, object, graph } = row;
        match self {
            Self::Spog => [subject, predicate, object, graph],
            Self::Posg => [predicate, object, subject, graph],
            Self::Ospg => [object, subject, predicate, graph],
            Self::Gspo => [graph, subject, predicate, object],
        }
    }

    pub(crate) fn row(self, key: [TermId; 4]) -> IdQuad {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_gives_its_row_back() {
        let row = IdQuad { subject: 1, predicate: 2, object: 3, graph: 4 };
        for order in Order::ALL {
            assert_eq!(order.row(order.key(row)), row, "{order:?}");
        }
    }
}
