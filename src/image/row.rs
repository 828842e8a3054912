//! Numbers of terms, and rows of them. In: the positions of a triple; out: a row in one of four orders. The surprise: the default
//! graph is the number [`DEFAULT_GRAPH`], larger than every term.

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

/// The order in which the positions of a triple are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    /// By subject, predicate, object.
    Spo,
    /// By predicate, object, subject.
    Pos,
    /// By object, subject, predicate.
    Osp,
    /// By predicate, subject, object.
    Pso,
}

impl Order {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 4] = [Self::Spo, Self::Pos, Self::Osp, Self::Pso];

    /// The columns of this order from `[subject, predicate, object]`.
    pub(crate) fn key<T>(self, [subject, predicate, object]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [subject, predicate, object],
            Self::Pos => [predicate, object, subject],
            Self::Osp => [object, subject, predicate],
            Self::Pso => [predicate, subject, object],
        }
    }

    /// `[subject, predicate, object]` from the columns of this order.
    pub(crate) fn triple<T>(self, [a, b, c]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [a, b, c],
            Self::Pos => [c, a, b],
            Self::Osp => [b, c, a],
            Self::Pso => [b, a, c],
        }
    }

    /// Which column holds the position: 0 for subjects, 1 for predicates, 2 for objects.
    pub(crate) fn column_of(self, position: usize) -> usize {
        self.key([0, 1, 2]).iter().position(|at| *at == position).unwrap_or(position)
    }

    /// Which column holds the predicate.
    pub(super) fn predicate_column(self) -> usize {
        match self {
            Self::Pos | Self::Pso => 0,
            Self::Spo => 1,
            Self::Osp => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_gives_its_triple_back() {
        for order in Order::ALL {
            assert_eq!(order.triple(order.key([1, 2, 3])), [1, 2, 3], "{order:?}");
            assert_eq!(order.key([1, 2, 3])[order.predicate_column()], 2, "{order:?}");
        }
    }
}
