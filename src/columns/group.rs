//! Plans a group: what is joined first, and how. In: a relation and a pattern that may be put to it in any order; out: the relation
//! extended. The surprise: nothing is chosen by the order of the text; the element that leaves the fewest rows comes next, by the exact
//! counts of the image.

use super::batch::{Batch, Ready, Steps};
use super::compile::{condition, is_plain, range_of, with_constant};
use super::element::{Element, Group, Node};
use super::estimate::{Ranges, Size, least, note_sizes, objects_within, rows_after, size_of};
use super::expression::list_variables;
use super::join::JoinedRows;
use super::path::{End, PathRows, Start, Walk};
use super::planner::Planner;
use super::relation::{Column, Ranking, Relation};
use super::rows::FilteredRows;
use super::triple::{OBJECT, Pattern, Place, TripleRows};
use crate::image::{TermId, TermKind};
use oxigraph::model::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use std::ops::Range;
use std::rc::Rc;

/// What is wanted of a group.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    /// Columns that are used later.
    pub(super) names: &'w [Variable],
    /// Whether it only matters that there is a solution, not how many.
    pub(super) any: bool,
}

/// A group while it is planned.
struct Waiting {
    elements: Vec<(Element, Size)>,
    filters: Vec<Expression>,
    ranges: Ranges,
}

impl<'a> Planner<'a> {
    /// Extends `relation` by the solutions of `pattern` that also meet `filters`.
    pub(super) fn extend(
        &self,
        relation: Relation<'a>,
        pattern: &GraphPattern,
        filters: Vec<Expression>,
        wanted: Wanted<'_>,
    ) -> Option<Relation<'a>> {
        let context = self.context;
        let mut group = Group::new(context, Rc::clone(&self.fresh));
        group.add(pattern)?;
        group.filters.extend(filters);
        let ranges = self.ranges(&group);
        let mut elements: Vec<(Element, Size)> = Vec::new();
        for element in group.elements {
            let size = size_of(&context, &element, &ranges);
            elements.push((element, size));
        }
        let mut waiting = Waiting { elements, filters: group.filters, ranges };
        self.add_tables(&mut waiting);
        let mut relation = relation;
        let mark = self.mark();
        while let Some(next) = choose(&relation, &waiting.elements) {
            let (element, size) = waiting.elements.swap_remove(next);
            let name = context.watch.map(|_| self.name_of(&element));
            relation = self.join(relation, element, &size, (&waiting, wanted))?;
            relation = self.watched(mark, relation, || name.unwrap_or_default());
            relation = self.filter_bound(relation, &mut waiting.filters, mark)?;
        }
        for filter in std::mem::take(&mut waiting.filters) {
            relation = self.filter_watched(relation, &filter, mark)?;
        }
        Some(relation)
    }

    /// Where comparisons with constants leave the values of variables. Only a guess of sizes follows from a range; what uses one to leave
    /// rows out makes sure that no other value could compare.
    fn ranges(&self, group: &Group<'_>) -> Ranges {
        let mut ranges = Ranges::default();
        for filter in &group.filters {
            let Some((Expression::Variable(name), comparison, Expression::Literal(literal))) =
                with_constant(filter)
            else {
                continue;
            };
            let Some(found) = range_of(self.context, comparison, literal) else { continue };
            let range = ranges.entry(name.clone()).or_insert_with(|| found.home.clone());
            range.start = range.start.max(found.yes.start);
            range.end = range.end.min(found.yes.end).max(range.start);
        }
        ranges
    }

    /// Adds the constants that a variable must equal as a table, from which a join can start.
    fn add_tables(&self, waiting: &mut Waiting) {
        let mut tables = Vec::new();
        for filter in &waiting.filters {
            let Some((name, ids)) = self.constants_of(filter) else { continue };
            let bound = waiting.elements.iter().any(|(element, _)| {
                matches!(element, Element::Triple(_)) && element.variables().contains(&name)
            });
            if bound {
                let rows = ids.into_iter().map(|id| vec![id]).collect();
                let element = Element::Table { columns: vec![name], rows };
                let size = size_of(&self.context, &element, &waiting.ranges);
                tables.push((element, size));
            }
        }
        waiting.elements.extend(tables);
    }

    /// A variable and the only terms that it may be, where a filter says so.
    fn constants_of(&self, filter: &Expression) -> Option<(Variable, Vec<TermId>)> {
        use Expression as E;
        let id = |constant: &E| match constant {
            E::NamedNode(node) => Some(self.context.id(node.as_ref().into())),
            // No other term equals a plain string.
            E::Literal(text) if is_plain(text) => Some(self.context.id(text.as_ref().into())),
            _ => None,
        };
        let (name, mut ids) = match filter {
            E::Equal(left, right) | E::SameTerm(left, right) => match (&**left, &**right) {
                (E::Variable(name), constant) | (constant, E::Variable(name)) => {
                    (name.clone(), vec![id(constant)?])
                }
                _ => return None,
            },
            E::In(value, list) => match &**value {
                E::Variable(name) => (name.clone(), list.iter().map(id).collect::<Option<_>>()?),
                _ => return None,
            },
            _ => return None,
        };
        ids.sort_unstable();
        ids.dedup();
        Some((name, ids))
    }

    fn join(
        &self,
        relation: Relation<'a>,
        element: Element,
        size: &Size,
        (waiting, wanted): (&Waiting, Wanted<'_>),
    ) -> Option<Relation<'a>> {
        let rows = rows_after(&relation, size);
        let joined = match element {
            Element::Triple(nodes) => self.join_triple(relation, &nodes, (waiting, wanted))?,
            Element::Walk { start, walk, end } => self.join_walk(relation, (start, walk, end))?,
            Element::Table { columns, rows } => {
                let len = rows.len();
                let column = |number: usize| {
                    rows.iter().filter_map(|row| row.get(number).copied()).collect()
                };
                let batch = Batch::new((0..columns.len()).map(column).collect(), len);
                let columns = columns.into_iter().map(|name| Column {
                    name,
                    certain: true,
                    distinct: size.rows,
                });
                let steps = Box::new(Ready::one(batch));
                let table = Relation::new(steps, columns.collect(), size.rows);
                self.join_relation(relation, table)?
            }
            Element::Either(left, right) => {
                let names = names_after(waiting, wanted);
                self.join_either(relation, (&left, &right), &names)?
            }
            Element::Alone(pattern) => {
                // What it shares with the rows at hand is wanted for joining, if for nothing else.
                let mut names = names_after(waiting, wanted);
                names.extend(relation.names());
                let alone = self.pattern(&pattern, &names)?;
                self.join_relation(relation, alone)?
            }
        };
        Some(note_sizes(joined, rows, size))
    }

    fn join_triple(
        &self,
        relation: Relation<'a>,
        nodes: &[Node; 3],
        (waiting, wanted): (&Waiting, Wanted<'_>),
    ) -> Option<Relation<'a>> {
        let names = names_after(waiting, wanted);
        let mut columns: Vec<Column> = Vec::new();
        let mut keep = Vec::new();
        for (number, column) in relation.columns.iter().enumerate() {
            if names.contains(&column.name) {
                keep.push(number);
                columns.push(column.clone());
            }
        }
        let mut places = [Place::New; 3];
        let mut is_wanted = [false; 3];
        let mut new: Vec<&Variable> = Vec::new();
        for ((node, place), wanted) in nodes.iter().zip(&mut places).zip(&mut is_wanted) {
            match node {
                Node::Constant(id) => *place = Place::Constant(*id),
                Node::Variable(name) => match relation.column(name) {
                    Some(column) if column.certain => {
                        *place = Place::Column(relation.number(name)?);
                    }
                    Some(_) => return None,
                    // A variable that stands twice would have to agree with itself.
                    None if new.contains(&name) => return None,
                    None => {
                        new.push(name);
                        if names.contains(name) {
                            *wanted = true;
                            columns.push(Column {
                                name: name.clone(),
                                certain: true,
                                distinct: f64::INFINITY,
                            });
                        }
                    }
                },
            }
        }
        let objects = self.objects(nodes, &places, &waiting.ranges);
        let any = wanted.any && !is_wanted.contains(&true);
        let ranking = self.ranking(&relation, nodes, &places);
        let pattern = Pattern { places, keep, wanted: is_wanted, objects, any };
        let steps = Box::new(TripleRows::new(self.context, relation.steps, pattern));
        Some(Relation::new(steps, columns, relation.rows).ranked(ranking))
    }

    /// The order of the rows after a triple was joined: that of the rows before, to which the hits of a text search add theirs.
    fn ranking(&self, relation: &Relation<'a>, nodes: &[Node; 3], places: &[Place; 3]) -> Ranking {
        let [subject, _, object] = nodes;
        let [subject_place, Place::Constant(predicate), Place::New] = *places else {
            return relation.ranking.clone();
        };
        let Some(object) = object.variable() else { return relation.ranking.clone() };
        let (falls, hits) =
            (self.context.hits.falls(predicate), self.context.hits.count(predicate));
        match (&relation.ranking, subject_place) {
            (Ranking::Hits(hit), Place::Column(_)) if falls && subject.variable() == Some(hit) => {
                Ranking::Scores(object.clone())
            }
            (_, Place::New) if falls && relation.unit => Ranking::Scores(object.clone()),
            (_, Place::Constant(_) | Place::New) if hits.is_some() && relation.unit => {
                Ranking::Hits(object.clone())
            }
            (known, _) => known.clone(),
        }
    }

    /// The range of a new object, where no value outside of it could compare.
    fn objects(
        &self,
        nodes: &[Node; 3],
        places: &[Place; 3],
        ranges: &Ranges,
    ) -> Option<Range<TermId>> {
        let [_, Place::Constant(predicate), Place::New] = places else { return None };
        let range = ranges.get(nodes.get(OBJECT)?.variable()?)?;
        let other = self.context.image.ids_of(TermKind::Other);
        let unordered = objects_within(&self.context, *predicate, &other);
        (unordered.is_empty() && self.context.hits.count(*predicate).is_none())
            .then(|| range.clone())
    }

    fn join_walk(
        &self,
        relation: Relation<'a>,
        (start, walk, end): (Node, Walk, Node),
    ) -> Option<Relation<'a>> {
        if relation.columns.iter().any(|column| {
            !column.certain
                && [&start, &end].into_iter().any(|node| node.variable() == Some(&column.name))
        }) || start == end
        {
            return None;
        }
        let column_of = |node: &Node| node.variable().and_then(|name| relation.number(name));
        let is_new = |node: &Node| node.variable().is_some() && column_of(node).is_none();
        // From the end that is known.
        let (start, walk, end) = if is_new(&start) && !is_new(&end) {
            (end, walk.reversed(), start)
        } else {
            (start, walk, end)
        };
        if is_new(&start) && walk.repeat.none {
            return None;
        }
        let from = match &start {
            Node::Constant(id) => Start::Constant(*id),
            Node::Variable(_) => column_of(&start).map_or(Start::New, Start::Column),
        };
        let to = match &end {
            Node::Constant(id) => End::Constant(*id),
            Node::Variable(_) => column_of(&end).map_or(End::New, End::Column),
        };
        let mut columns = relation.columns.clone();
        for node in [&start, &end].into_iter().filter(|node| is_new(node)) {
            let name = node.variable()?.clone();
            columns.push(Column { name, certain: true, distinct: f64::INFINITY });
        }
        let input = (relation.steps, relation.columns.len());
        let steps = Box::new(PathRows::new(self.context, input, walk, (from, to)));
        Some(Relation::new(steps, columns, relation.rows).ranked(relation.ranking))
    }

    /// Joins two relations in the columns that both have.
    pub(super) fn join_relation(
        &self,
        relation: Relation<'a>,
        table: Relation<'a>,
    ) -> Option<Relation<'a>> {
        if relation.unit {
            return Some(table);
        }
        let mut keys = Vec::new();
        let mut new = Vec::new();
        let mut columns = relation.columns.clone();
        for (number, column) in table.columns.iter().enumerate() {
            match relation.number(&column.name) {
                Some(key) if column.certain && relation.is_certain(&column.name) => {
                    keys.push((key, number));
                }
                Some(_) => return None,
                None => {
                    new.push(number);
                    columns.push(column.clone());
                }
            }
        }
        let input = (relation.steps, relation.columns.len());
        let steps: Steps<'a> =
            Box::new(JoinedRows::new(self.context, input, table.steps, &keys, new));
        Some(Relation::new(steps, columns, relation.rows).ranked(relation.ranking))
    }

    /// Applies the filters all of whose variables have values.
    fn filter_bound(
        &self,
        mut relation: Relation<'a>,
        filters: &mut Vec<Expression>,
        mark: usize,
    ) -> Option<Relation<'a>> {
        let (ready, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(filters).into_iter().partition(|filter| {
                let mut names = Vec::new();
                list_variables(filter, &mut names)
                    && names.iter().all(|name| relation.is_certain(name))
            });
        *filters = waiting;
        for filter in ready {
            relation = self.filter_watched(relation, &filter, mark)?;
        }
        Some(relation)
    }

    fn filter_watched(
        &self,
        relation: Relation<'a>,
        expression: &Expression,
        mark: usize,
    ) -> Option<Relation<'a>> {
        let relation = self.filter(relation, expression)?;
        Some(self.watched(mark, relation, || format!("FILTER({expression})")))
    }

    /// The rows for which `expression` is true.
    pub(super) fn filter(
        &self,
        relation: Relation<'a>,
        expression: &Expression,
    ) -> Option<Relation<'a>> {
        match expression {
            Expression::And(left, right) => {
                let relation = self.filter(relation, left)?;
                self.filter(relation, right)
            }
            Expression::Exists(pattern) => self.existing(relation, pattern, true),
            Expression::Not(inner) if matches!(**inner, Expression::Exists(_)) => {
                let Expression::Exists(pattern) = &**inner else { return None };
                self.existing(relation, pattern, false)
            }
            _ => {
                let condition = condition(self.context, expression, &relation.names())?;
                let input = relation.steps;
                let steps = Box::new(FilteredRows { context: self.context, input, condition });
                Some(Relation { steps, unit: false, ..relation })
            }
        }
    }
}

/// The variables that are used after the elements joined so far.
fn names_after(waiting: &Waiting, wanted: Wanted<'_>) -> Vec<Variable> {
    let mut names = wanted.names.to_vec();
    for (element, _) in &waiting.elements {
        names.extend(element.variables());
    }
    for filter in &waiting.filters {
        names.extend(super::planner::variables_of(filter));
    }
    names
}

/// The element to join next: a part that is made on its own can only come first, of the others the one that leaves the fewest rows.
fn choose(relation: &Relation<'_>, elements: &[(Element, Size)]) -> Option<usize> {
    let alone = |(element, _): &(Element, Size)| matches!(element, Element::Alone(_));
    if relation.unit
        && let Some(first) = elements.iter().position(alone)
    {
        return Some(first);
    }
    least(relation, elements.iter().map(|(_, size)| size))
}
