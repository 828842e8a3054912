//! UNION of patterns that extend rows. In: rows; out: the rows extended by one pattern, then by the other, batch by batch.

use super::batch::{Batch, Rows, Steps};
use super::feed::Feed;
use super::group::Wanted;
use super::planner::{Planner, chain_columns};
use super::relation::Relation;
use oxigraph::model::Variable;
use spargebra::algebra::GraphPattern;

/// Rows extended by either part.
struct EitherRows<'a> {
    input: Steps<'a>,
    /// Each part with what it is fed from and where its columns go.
    parts: [(Feed, Steps<'a>, Vec<Option<usize>>); 2],
    /// The batch at hand and the part that is at work on it.
    batch: Batch,
    part: usize,
}

impl Rows for EitherRows<'_> {
    fn next(&mut self) -> Option<Batch> {
        loop {
            if let Some((_, steps, columns)) = self.parts.get_mut(self.part) {
                if let Some(found) = steps.next() {
                    return Some(found.project(columns));
                }
                self.part += 1;
            } else {
                self.batch = self.input.next()?;
                self.part = 0;
            }
            if let Some((feed, ..)) = self.parts.get(self.part) {
                feed.put(self.batch.clone());
            }
        }
    }
}

/// Extends `relation` by the solutions of `left` and those of `right`.
pub(super) fn join<'a>(
    planner: &Planner<'a>,
    relation: Relation<'a>,
    (left, right): (&GraphPattern, &GraphPattern),
    names: &[Variable],
) -> Option<Relation<'a>> {
    let part = |pattern: &GraphPattern| {
        let feed = Feed::default();
        let rows = Relation::new(Box::new(feed.clone()), relation.columns.clone(), relation.rows);
        let wanted = Wanted { names, any: false };
        Some((feed, planner.extend(rows, pattern, Vec::new(), wanted)?))
    };
    let ((left_feed, left), (right_feed, right)) = (part(left)?, part(right)?);
    let columns = chain_columns(&left, &right, names);
    let numbers =
        |part: &Relation<'_>| columns.iter().map(|column| part.number(&column.name)).collect();
    let rows = left.rows + right.rows;
    let (left_numbers, right_numbers) = (numbers(&left), numbers(&right));
    let parts = [(left_feed, left.steps, left_numbers), (right_feed, right.steps, right_numbers)];
    let steps = EitherRows { input: relation.steps, parts, batch: Batch::default(), part: 2 };
    Some(Relation::new(Box::new(steps), columns, rows))
}
