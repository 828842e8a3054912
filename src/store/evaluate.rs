//! A prepared query to its answer. In: algebra and a store; out: bytes in a standard format, or rows.
//!
//! Guarantees: evaluation has its own thread with a large stack and ends at the deadline; a fault
//! inside it becomes an error here and nothing else. The surprise: results cannot leave the thread
//! they are made in, so the sink is written from there.

use super::checks::pattern_of_mut;
use super::columnar::{Answer, QueryTerms};
use super::dataset::Store;
use super::error::QueryError;
use super::format::AnswerFormat;
use super::join_order::{add_tables, order_joins};
use super::limits::{Bound, Clock, Limits};
use super::pacing::{pace, tick_function};
use super::sort_keys::part_kinds;
use super::text_hits::{CallHits, HitTriples};
use super::view::{DefaultGraph, LocalTerms, View};
use super::written_rows::Layout;
use crate::columns::Context;
use oxigraph::io::RdfSerializer;
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term, Triple, TripleRef};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use serde::{Deserialize, Serialize};
use spareval::{
    PreparedQuery, QueryEvaluationError, QueryEvaluator, QueryResults, QuerySolutionIter,
};
use spargebra::Query;
use std::any::Any;
use std::cell::Cell;
use std::collections::HashSet;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

/// The four forms of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QueryForm {
    /// SELECT: a table.
    Select,
    /// ASK: yes or no.
    Ask,
    /// CONSTRUCT: triples from a template.
    Construct,
    /// DESCRIBE: the triples about resources.
    Describe,
}

impl QueryForm {
    /// The form of a parsed query.
    pub(super) fn of(query: &Query) -> Self {
        match query {
            Query::Select { .. } => Self::Select,
            Query::Ask { .. } => Self::Ask,
            Query::Construct { .. } => Self::Construct,
            Query::Describe { .. } => Self::Describe,
        }
    }

    /// Its keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Select => "SELECT",
            Self::Ask => "ASK",
            Self::Construct => "CONSTRUCT",
            Self::Describe => "DESCRIBE",
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE, 1 for an ASK.
    pub rows: usize,
}

/// One row of a SELECT.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    variables: Arc<[Variable]>,
    /// As many as there are variables.
    values: Vec<Option<Term>>,
}

impl Row {
    /// The values in the order of the variables.
    #[cfg(test)]
    pub(super) fn slots(&self) -> &[Option<Term>] {
        &self.values
    }

    /// The value of a variable, named without `?`; `None` where it is unbound.
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.values().find(|(variable, _)| *variable == name).map(|(_, term)| term)
    }

    /// The value as text: the characters of a literal, the IRI of a resource, empty if unbound.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Term::NamedNode(node)) => node.as_str(),
            Some(Term::BlankNode(node)) => node.as_str(),
            Some(Term::Literal(literal)) => literal.value(),
            None => "",
        }
    }

    /// The value if it is an IRI.
    pub fn node(&self, name: &str) -> Option<&NamedNode> {
        match self.get(name) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        }
    }

    /// Variables and values in the order of the SELECT, unbound ones left out.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Term)> {
        let bound = self.variables.iter().zip(&self.values);
        bound.filter_map(|(variable, term)| Some((variable.as_str(), term.as_ref()?)))
    }
}

/// Everything that evaluating one query needs.
pub(super) struct Evaluation<'a> {
    pub(super) store: &'a Store,
    pub(super) query: &'a Query,
    /// Hits of the query's `text:query` calls, by number.
    pub(super) calls: &'a [CallHits],
    pub(super) graphs: &'a QueryGraphs,
    pub(super) limits: &'a Limits,
    pub(super) prefixes: &'a [(String, String)],
}

/// The dataset of a query in the terms of the store.
pub(super) struct QueryGraphs {
    pub(super) default_graph: DefaultGraph,
    /// The named graphs that can be seen; `None` for all.
    pub(super) named: Option<Vec<NamedOrBlankNode>>,
}

thread_local! {
    /// Whether this thread was made by [`run_deep`].
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a thread with a large stack and waits for it: a thread of its own, or this one where it
/// was made by an outer call, so that who asks many queries one after the other pays for one thread.
///
/// # Errors
/// Where `work` passed a bound or panicked, or no thread is to be had.
pub fn run_deep<T: Send>(
    limits: &Limits,
    work: impl FnOnce() -> T + Send,
) -> Result<T, QueryError> {
    if IS_DEEP.get() {
        // What a query works on is its own and dropped with it; store and index never change.
        return panic::catch_unwind(AssertUnwindSafe(work))
            .map_err(|payload| broken_off(&*payload, limits));
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("query".to_owned()).stack_size(limits.stack_bytes);
        let work = || {
            IS_DEEP.set(true);
            work()
        };
        let handle = thread.spawn_scoped(scope, work).map_err(QueryError::Busy)?;
        handle.join().map_err(|payload| broken_off(&*payload, limits))
    })
}

/// The error for what an evaluation unwound with.
pub(super) fn broken_off(payload: &(dyn Any + Send), limits: &Limits) -> QueryError {
    match payload.downcast_ref::<Bound>() {
        Some(Bound::Time) => QueryError::Timeout { timeout_ms: limits.timeout_ms, costliest: None },
        Some(Bound::RowsHeld) => {
            QueryError::TooManyHeld { rows_max: limits.rows_held_max, costliest: None }
        }
        None => QueryError::Internal("evaluation broke off".to_owned()),
    }
}

impl Evaluation<'_> {
    /// Writes the answer; to be called on the evaluation's thread.
    pub(super) fn write(
        &self,
        format: AnswerFormat,
        mut sink: impl Write,
    ) -> Result<Summary, QueryError> {
        let form = QueryForm::of(self.query);
        if let Some(format) = format.results_format()
            && let Some(written) =
                self.in_columns(self.query, |answer| write_answer(answer, form, format, &mut sink))
        {
            let rows = written?;
            sink.flush()?;
            return Ok(Summary { rows });
        }
        let rows = match (form, format.results_format(), format.rdf_format()) {
            (QueryForm::Select, Some(format), _) => {
                self.with_solutions(self.query, |solutions, _| {
                    let serializer = QueryResultsSerializer::from_format(format);
                    let variables = solutions.variables().to_vec();
                    let mut writer =
                        serializer.serialize_solutions_to_writer(&mut sink, variables)?;
                    let mut rows = 0;
                    for solution in solutions {
                        writer.serialize(&solution.map_err(evaluation_error)?)?;
                        rows += 1;
                    }
                    writer.finish()?;
                    Ok(rows)
                })
            }
            (QueryForm::Ask, Some(format), _) => self.with_results(self.query, |results, _| {
                let QueryResults::Boolean(answer) = results else { return Err(wrong_kind()) };
                let serializer = QueryResultsSerializer::from_format(format);
                serializer.serialize_boolean_to_writer(&mut sink, answer)?;
                Ok(1)
            }),
            (QueryForm::Construct, _, Some(format)) => {
                self.with_results(self.query, |results, _| {
                    let QueryResults::Graph(triples) = results else { return Err(wrong_kind()) };
                    let triples = triples.map(|triple| triple.map_err(evaluation_error));
                    self.write_triples(RdfSerializer::from_format(format), triples, &mut sink)
                })
            }
            (QueryForm::Describe, _, Some(format)) => {
                let triples = self.described()?.into_iter().map(Ok);
                self.write_triples(RdfSerializer::from_format(format), triples, &mut sink)
            }
            _ => Err(misfit(form, format)),
        }?;
        sink.flush()?;
        Ok(Summary { rows })
    }

    /// All rows of a SELECT; to be called on the evaluation's thread.
    pub(super) fn rows(&self) -> Result<Vec<Row>, QueryError> {
        let rows_max = self.limits.rows_max;
        if let Some(rows) = self.in_columns(self.query, |answer| read_rows(answer, rows_max)) {
            return rows;
        }
        self.evaluated_rows()
    }

    /// All rows of a SELECT from the evaluator.
    pub(super) fn evaluated_rows(&self) -> Result<Vec<Row>, QueryError> {
        let rows_max = self.limits.rows_max;
        self.with_solutions(self.query, |solutions, _| {
            let variables: Arc<[Variable]> = solutions.variables().into();
            let mut rows = Vec::new();
            for solution in solutions {
                if rows.len() == rows_max {
                    return Err(QueryError::TooManyRows { rows_max });
                }
                let values = solution.map_err(evaluation_error)?.values().to_vec();
                rows.push(Row { variables: Arc::clone(&variables), values });
            }
            Ok(rows)
        })
    }

    /// The query, a DESCRIBE as the SELECT of what is described.
    pub(super) fn selected(&self) -> Query {
        match self.query.clone() {
            Query::Describe { dataset, pattern, base_iri } => {
                Query::Select { dataset, pattern, base_iri }
            }
            other => other,
        }
    }

    /// The triples of a DESCRIBE: those about each resource in the result of its pattern.
    fn described(&self) -> Result<Vec<Triple>, QueryError> {
        let select = self.selected();
        self.with_solutions(&select, |solutions, clock| {
            let (mut described, mut triples) = (HashSet::new(), Vec::new());
            let mut written: HashSet<Triple> = HashSet::new();
            for solution in solutions {
                for (_, term) in &solution.map_err(evaluation_error)? {
                    let node: NamedOrBlankNode = match term {
                        Term::NamedNode(node) => node.clone().into(),
                        Term::BlankNode(node) => node.clone().into(),
                        Term::Literal(_) => continue,
                    };
                    if described.insert(node.clone()) {
                        let of_node = self.store.describe_node(&node).into_iter();
                        triples.extend(of_node.filter(|triple| {
                            clock.tick_row_held();
                            written.insert(triple.clone())
                        }));
                    }
                }
            }
            Ok(triples)
        })
    }

    fn with_solutions<T>(
        &self,
        query: &Query,
        then: impl FnOnce(QuerySolutionIter<'_>, &Clock) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        self.with_results(query, |results, clock| match results {
            QueryResults::Solutions(solutions) => then(solutions, clock),
            _ => Err(wrong_kind()),
        })
    }

    fn with_results<T>(
        &self,
        query: &Query,
        then: impl FnOnce(QueryResults<'_>, &Clock) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        self.with_prepared(query, false, |prepared, view, clock| {
            then(prepared.execute(view).map_err(evaluation_error)?, clock)
        })
    }

    /// Prepares the query for the evaluator, which counts and times its steps where that is asked.
    pub(super) fn with_prepared<T>(
        &self,
        query: &Query,
        is_timed: bool,
        then: impl FnOnce(PreparedQuery<'_>, View<'_>, &Clock) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        let clock = Arc::new(Clock::start(self.limits));
        let terms = QueryTerms { store: self.store, local: LocalTerms::default() };
        let hits = HitTriples::new(self.calls, self.store, &terms.local);
        let view = View {
            store: self.store,
            default_graph: &self.graphs.default_graph,
            local: &terms.local,
            hits: &hits,
            clock: &clock,
        };
        let query = &for_evaluator(query.clone(), self.context(&terms, &hits, &clock));
        let paced = Arc::clone(&clock);
        let evaluator = QueryEvaluator::new().with_custom_function(tick_function(), move |_| {
            paced.tick_row_held();
            Some(Literal::from(true).into())
        });
        let evaluator = if is_timed { evaluator.compute_statistics() } else { evaluator };
        let mut prepared = evaluator.prepare(query);
        // The view itself makes up the default graph: the evaluator would count a triple of two
        // graphs twice.
        *prepared.dataset_mut() = spareval::QueryDatasetSpecification::new();
        if let Some(named) = &self.graphs.named {
            prepared.dataset_mut().set_available_named_graphs(named.clone());
        }
        then(prepared, view, &clock)
    }

    fn write_triples(
        &self,
        mut serializer: RdfSerializer,
        triples: impl Iterator<Item = Result<Triple, QueryError>>,
        sink: impl Write,
    ) -> Result<usize, QueryError> {
        for (name, iri) in self.prefixes {
            serializer = serializer
                .with_prefix(name, iri)
                .map_err(|error| QueryError::Internal(error.to_string()))?;
        }
        let mut writer = serializer.for_writer(sink);
        let mut rows = 0;
        for triple in triples {
            writer.serialize_triple(TripleRef::from(&triple?))?;
            rows += 1;
        }
        writer.finish()?;
        Ok(rows)
    }
}

/// A query as the evaluator is to have it: its joins and what it sorts by in order, and with ticks where it reads nothing.
pub(super) fn for_evaluator(mut query: Query, context: Context<'_>) -> Query {
    let pattern = pattern_of_mut(&mut query);
    add_tables(pattern);
    part_kinds(pattern);
    pace(pattern);
    order_joins(pattern, context);
    query
}

/// Writes an answer in columns: the rows of a SELECT, or whether there is one.
fn write_answer(
    mut answer: Answer<'_>,
    form: QueryForm,
    format: QueryResultsFormat,
    sink: &mut impl Write,
) -> Result<usize, QueryError> {
    let serializer = QueryResultsSerializer::from_format(format);
    if form == QueryForm::Ask {
        serializer.serialize_boolean_to_writer(sink, answer.has_row())?;
        return Ok(1);
    }
    match format {
        QueryResultsFormat::Json => return Ok(answer.write(Layout::Json, sink)?),
        QueryResultsFormat::Csv => return Ok(answer.write(Layout::Csv, sink)?),
        _ => {}
    }
    let variables = answer.variables().to_vec();
    let mut writer = serializer.serialize_solutions_to_writer(sink, variables.clone())?;
    let (mut rows, mut values) = (0, Vec::new());
    while answer.read_row(&mut values) {
        let bound = variables.iter().zip(&values);
        writer.serialize(bound.filter_map(|(name, term)| Some((name, term.as_ref()?))))?;
        rows += 1;
    }
    writer.finish()?;
    Ok(rows)
}

fn read_rows(mut answer: Answer<'_>, rows_max: usize) -> Result<Vec<Row>, QueryError> {
    let variables: Arc<[Variable]> = answer.variables().into();
    let (mut rows, mut values) = (Vec::new(), Vec::new());
    while answer.read_row(&mut values) {
        if rows.len() == rows_max {
            return Err(QueryError::TooManyRows { rows_max });
        }
        let values = std::mem::take(&mut values);
        rows.push(Row { variables: Arc::clone(&variables), values });
    }
    Ok(rows)
}

/// Names the formats that would have fitted.
pub(super) fn misfit(form: QueryForm, format: AnswerFormat) -> QueryError {
    let fitting: Vec<_> =
        AnswerFormat::for_form(form).iter().map(|format| format.media_type()).collect();
    QueryError::Format {
        format: format.media_type(),
        form: form.keyword(),
        fitting: fitting.join(", "),
    }
}

pub(super) fn evaluation_error(error: QueryEvaluationError) -> QueryError {
    match error {
        QueryEvaluationError::UnsupportedCustomFunction(_)
        | QueryEvaluationError::UnsupportedCustomFunctionArity { .. } => {
            QueryError::Unsupported(error.to_string())
        }
        QueryEvaluationError::UnsupportedService(name) => {
            QueryError::Service(format!("SERVICE {name} cannot be asked here"))
        }
        other => QueryError::Internal(other.to_string()),
    }
}

fn wrong_kind() -> QueryError {
    QueryError::Internal("the evaluator gave an answer of another form".to_owned())
}
