//! Plans what stands inside OPTIONAL, EXISTS and MINUS. In: a relation and a pattern; out: the relation extended by the pattern, or only
//! the rows for which it has a solution, or none. `None` where the pattern cannot be put to single rows.

use super::element::extends;
use super::feed::{ExistingRows, Fed, Feed, OptionalRows};
use super::group::Wanted;
use super::planner::{Planner, variables_of};
use super::relation::{Column, Relation};
use oxigraph::model::Variable;
use spargebra::algebra::{Expression, GraphPattern};

impl<'a> Planner<'a> {
    /// A part that is fed the rows of `relation`; its columns, the last of which is the row number.
    fn fed(
        &self,
        relation: &Relation<'a>,
        pattern: &GraphPattern,
        condition: Option<&Expression>,
        wanted: Wanted<'_>,
    ) -> Option<(Fed<'a>, Vec<Column>)> {
        let shared = shared_variables(relation, pattern);
        if !extends(pattern) || !shared.iter().all(|name| relation.is_certain(name)) {
            return None;
        }
        let mut inside = shared;
        inside.extend(
            condition
                .iter()
                .flat_map(|filter| variables_of(filter))
                .filter(|name| relation.column(name).is_some()),
        );
        inside.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
        inside.dedup();
        self.fresh.set(self.fresh.get() + 1);
        let row = Variable::new_unchecked(format!("row {}", self.fresh.get()));
        let columns: Vec<usize> = inside.iter().filter_map(|name| relation.number(name)).collect();
        let mut fed_columns: Vec<Column> =
            inside.iter().filter_map(|name| relation.column(name)).cloned().collect();
        fed_columns.push(Column { name: row.clone(), certain: true, distinct: f64::INFINITY });
        let feed = Feed::default();
        let fed_relation = Relation::new(Box::new(feed.clone()), fed_columns, relation.rows);
        let mut names = wanted.names.to_vec();
        names.push(row.clone());
        names.extend(condition.iter().flat_map(|filter| variables_of(filter)));
        let mut part =
            self.extend(fed_relation, pattern, Vec::new(), Wanted { names: &names, ..wanted })?;
        if let Some(filter) = condition {
            part = self.filter(part, filter)?;
        }
        let row = part.number(&row)?;
        Some((Fed { feed, steps: part.steps, columns, row }, part.columns))
    }

    /// The relation extended by the solutions of `right` that meet `condition`, each row at least once.
    pub(super) fn optional(
        &self,
        relation: Relation<'a>,
        right: &GraphPattern,
        condition: Option<&Expression>,
        names: &[Variable],
    ) -> Option<Relation<'a>> {
        let (part, found) = self.fed(&relation, right, condition, Wanted { names, any: false })?;
        let mut columns = relation.columns.clone();
        let width = columns.len();
        let mut new = Vec::new();
        for (number, column) in found.into_iter().enumerate() {
            if number != part.row && relation.column(&column.name).is_none() {
                new.push(number);
                columns.push(Column { certain: false, ..column });
            }
        }
        let (context, input) = (self.context, relation.steps);
        let steps = Box::new(OptionalRows { context, input, part, columns: width, new });
        Some(Relation::new(steps, columns, relation.rows).ranked(relation.ranking))
    }

    /// The rows for which `pattern` has a solution, or has none.
    pub(super) fn existing(
        &self,
        relation: Relation<'a>,
        pattern: &GraphPattern,
        found: bool,
    ) -> Option<Relation<'a>> {
        let (part, _) = self.fed(&relation, pattern, None, Wanted { names: &[], any: true })?;
        let (context, input) = (self.context, relation.steps);
        let steps = Box::new(ExistingRows { context, input, part, found });
        Some(Relation { steps, unit: false, ..relation })
    }
}

/// The variables that a relation and a pattern both have.
pub(super) fn shared_variables(relation: &Relation<'_>, pattern: &GraphPattern) -> Vec<Variable> {
    let mut shared = Vec::new();
    pattern.on_in_scope_variable(|name| {
        if relation.column(name).is_some() && !shared.contains(name) {
            shared.push(name.clone());
        }
    });
    shared
}
