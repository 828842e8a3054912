//! The face of the room: a store with its text index, prefixes and limits, asked in SPARQL. In: query
//! text; out: a [`Prepared`] query to be written in a format, or rows for a page.
//!
//! Guarantees: an endpoint never changes and is shared by all threads; what can be known to be wrong
//! with a query is said by [`Endpoint::prepare`], before anything is written. The surprise: values for
//! variables are put into the algebra as terms, never into the text.

use super::bindings::bind_variables;
use super::checks::{check_query, pattern_of_mut};
use super::error::{QueryError, StoreError};
use super::evaluate::{Evaluation, QueryForm, QueryGraphs, Row, Summary, misfit, run_deep};
use super::explain::Explanation;
use super::format::AnswerFormat;
use super::limits::Limits;
use super::name_check::{self, QueryReport};
use super::other_endpoints::{Asking, NoOthers, OtherEndpoints, ask_others, has_services};
use super::syntax::{Known, parse_query};
use super::text_hits::CallHits;
use super::text_pattern::{TextSource, rewrite_calls};
use super::text_search::TextSearch;
use super::text_service::unfold_services;
use super::view::DefaultGraph;
use super::{Store, dataset};
use oxigraph::model::{NamedNode, Term, TermRef};
use spargebra::{Query, SparqlParser};
use std::fmt;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// How an endpoint answers.
#[derive(Clone, Debug, Default)]
pub struct EndpointOptions {
    /// Prefixes known without declaration and used in Turtle, as (name without colon, IRI).
    pub prefixes: Vec<(String, String)>,
    /// What relative IRIs in queries are resolved against.
    pub base_iri: Option<String>,
    /// Bounds on each query.
    pub limits: Limits,
}

/// The graphs asked for by the request, which then count instead of FROM and FROM NAMED. Both empty:
/// those of the query, or everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetChoice {
    /// Together they are the default graph.
    pub default_graphs: Vec<NamedNode>,
    /// What GRAPH can see.
    pub named_graphs: Vec<NamedNode>,
}

/// A store that can be asked. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Endpoint {
    shared: Arc<Shared>,
    others: Arc<dyn OtherEndpoints>,
}

struct Shared {
    store: Arc<Store>,
    text_search: Arc<dyn TextSearch>,
    known: Known,
    prefixes: Vec<(String, String)>,
    limits: Limits,
}

impl Endpoint {
    /// An endpoint over `store`, whose `text:query` patterns ask `text_search`.
    ///
    /// # Errors
    /// [`StoreError::Option`] where a prefix or the base is not an absolute IRI.
    pub fn new(
        store: Arc<Store>,
        text_search: Arc<dyn TextSearch>,
        options: EndpointOptions,
    ) -> Result<Self, StoreError> {
        let EndpointOptions { prefixes, base_iri, limits } = options;
        let wrong = |name: &str, iri: &str, reason| StoreError::Option {
            name: name.to_owned(),
            iri: iri.to_owned(),
            reason,
        };
        let mut parser = SparqlParser::new();
        if let Some(base) = base_iri {
            parser = parser.with_base_iri(&base).map_err(|reason| wrong("base", &base, reason))?;
        }
        let base = parser.clone();
        for (name, iri) in &prefixes {
            parser = parser.with_prefix(name, iri).map_err(|reason| wrong(name, iri, reason))?;
        }
        let known = Known { all: parser, base };
        let shared = Arc::new(Shared { store, text_search, known, prefixes, limits });
        Ok(Self { shared, others: Arc::new(NoOthers) })
    }

    /// The same, with SERVICE blocks answered by `others`. As made at first an endpoint asks no other.
    #[must_use]
    pub fn asking(self, others: Arc<dyn OtherEndpoints>) -> Self {
        Self { others, ..self }
    }

    /// The graph behind it.
    pub fn store(&self) -> &Arc<Store> {
        &self.shared.store
    }

    /// The prefixes known without declaration, as (name without colon, IRI).
    pub fn prefixes(&self) -> &[(String, String)] {
        &self.shared.prefixes
    }

    /// The bounds on each query.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Parses and checks a query.
    ///
    /// # Errors
    /// Everything that is wrong with the query itself: syntax, size, an update, a wrong argument of `text:query`; and
    /// [`QueryError::Service`] or [`QueryError::OtherEndpoint`] where a SERVICE may not be asked or does not answer.
    pub fn prepare(&self, text: &str, choice: DatasetChoice) -> Result<Prepared, QueryError> {
        run_deep(self.limits(), || self.shared.prepare(text, choice, &[], self.others()))?
            .map(|plan| Prepared { shared: Arc::clone(&self.shared), plan })
    }

    fn others(&self) -> Asking<'_> {
        let time = Some(Duration::from_millis(self.limits().timeout_ms));
        Asking { others: &*self.others, time }
    }

    /// The form of a query that is well formed. No other endpoint is asked.
    ///
    /// # Errors
    /// As [`Endpoint::prepare`].
    pub fn look_at(&self, text: &str) -> Result<QueryForm, QueryError> {
        let looking = Asking { time: None, ..self.others() };
        let choice = DatasetChoice::default();
        let planned = run_deep(self.limits(), || self.shared.prepare(text, choice, &[], looking));
        planned.flatten().map(|plan| QueryForm::of(&plan.query))
    }

    /// What is wrong with a query, and which of its names the graph does not have. No other endpoint is asked.
    pub fn check(&self, text: &str) -> QueryReport {
        let form = self.look_at(text).map(|form| form.keyword().to_owned());
        if let Err(error @ QueryError::TooLong { .. }) = form {
            return name_check::too_long(error);
        }
        name_check::report(self.store(), self.prefixes(), text, form)
    }

    /// Answers a query without writing the answer, and says how.
    ///
    /// # Errors
    /// As [`Endpoint::prepare`]; a query that passes a bound is explained as far as it came.
    pub fn explain(&self, text: &str, choice: DatasetChoice) -> Result<Explanation, QueryError> {
        run_deep(self.limits(), || {
            let plan = self.shared.prepare(text, choice, &[], self.others())?;
            self.shared.evaluation(&plan).explain()
        })?
    }

    /// The rows of a SELECT, with values for some of its variables (named without `?`). They stand
    /// for the variable everywhere, also inside sub-queries.
    ///
    /// # Errors
    /// As [`Endpoint::prepare`] and [`Prepared::write`]; [`QueryError::TooManyRows`] past the limit;
    /// [`QueryError::Binding`] for a value that cannot stand where its variable does.
    pub fn select(&self, text: &str, bindings: &[(&str, Term)]) -> Result<Vec<Row>, QueryError> {
        run_deep(self.limits(), || {
            let choice = DatasetChoice::default();
            let plan = self.shared.prepare(text, choice, bindings, self.others())?;
            match QueryForm::of(&plan.query) {
                QueryForm::Select => self.shared.evaluation(&plan).rows(),
                form => Err(misfit(form, AnswerFormat::Json)),
            }
        })?
    }
}

impl Shared {
    /// To be called on a thread with a large stack.
    fn prepare(
        &self,
        text: &str,
        choice: DatasetChoice,
        bindings: &[(&str, Term)],
        asking: Asking<'_>,
    ) -> Result<Plan, QueryError> {
        let mut query = parse_query(&self.known, text, &self.limits)?;
        bind_variables(&mut query, bindings)?;
        if asking.time.is_some() && has_services(pattern_of_mut(&mut query)) {
            // What is refused in the end is not sent to others before.
            let mut looked_at = query.clone();
            let looking = Asking { time: None, ..asking };
            ask_others(pattern_of_mut(&mut looked_at), looking)?;
            unfold_services(pattern_of_mut(&mut looked_at))?;
            check_query(&looked_at, &self.limits)?;
        }
        ask_others(pattern_of_mut(&mut query), asking)?;
        unfold_services(pattern_of_mut(&mut query))?;
        check_query(&query, &self.limits)?;
        let source = TextSource {
            search: &*self.text_search,
            store: &self.store,
            hits_max: self.limits.text_hits_max,
        };
        let calls = rewrite_calls(pattern_of_mut(&mut query), source)?;
        let graphs = chosen_graphs(&self.store, &query, choice);
        Ok(Plan { query, calls, graphs })
    }

    /// The error, with the part of the query that most rows are expected of.
    fn blamed(&self, plan: &Plan, error: QueryError) -> QueryError {
        // Hits may be a million, and the time is over.
        if !plan.calls.is_empty() {
            return error;
        }
        let costliest = run_deep(&self.limits, || self.evaluation(plan).costliest());
        match costliest.ok().flatten() {
            Some(costliest) => error.blaming(costliest),
            None => error,
        }
    }

    fn evaluation<'a>(&'a self, plan: &'a Plan) -> Evaluation<'a> {
        Evaluation {
            store: &self.store,
            query: &plan.query,
            calls: &plan.calls,
            graphs: &plan.graphs,
            limits: &self.limits,
            prefixes: &self.prefixes,
        }
    }
}

/// A query as it will be evaluated.
struct Plan {
    query: Query,
    calls: Vec<CallHits>,
    graphs: QueryGraphs,
}

/// A query that is known to be well formed.
pub struct Prepared {
    shared: Arc<Shared>,
    plan: Plan,
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({})", self.plan.query)
    }
}

impl Prepared {
    /// Its form, which decides the formats that fit.
    pub fn form(&self) -> QueryForm {
        QueryForm::of(&self.plan.query)
    }

    /// What the answer is made with, and the query for the columnar engine.
    #[cfg(test)]
    pub(super) fn evaluation(&self) -> Evaluation<'_> {
        self.shared.evaluation(&self.plan)
    }

    /// Evaluates the query and writes the answer. An error after the first bytes leaves an
    /// incomplete answer in the sink: the receiver must be told by other means, such as breaking off.
    ///
    /// # Errors
    /// [`QueryError::Format`] before anything is written; [`QueryError::Timeout`], [`QueryError::Write`]
    /// and [`QueryError::Unsupported`] at any time.
    pub fn write(
        self,
        format: AnswerFormat,
        sink: impl Write + Send,
    ) -> Result<Summary, QueryError> {
        let Self { shared, plan } = self;
        let written = run_deep(&shared.limits, || shared.evaluation(&plan).write(format, sink));
        match written {
            Err(error) if error.is_of_size() => Err(shared.blamed(&plan, error)),
            written => written?,
        }
    }
}

/// The dataset of the request, or else of the query, or else everything. As the standard says, naming
/// graphs of one kind only leaves the other kind empty.
fn chosen_graphs(store: &dataset::Store, query: &Query, choice: DatasetChoice) -> QueryGraphs {
    let from_request = !choice.default_graphs.is_empty() || !choice.named_graphs.is_empty();
    let (default, named) = match query.dataset() {
        _ if from_request => (choice.default_graphs, choice.named_graphs),
        Some(clause) => (clause.default.clone(), clause.named.clone().unwrap_or_default()),
        None => return QueryGraphs { default_graph: DefaultGraph::Union, named: None },
    };
    let mut ids: Vec<_> =
        default.iter().filter_map(|name| store.id(TermRef::from(name.as_ref()))).collect();
    ids.sort_unstable();
    QueryGraphs {
        default_graph: DefaultGraph::Of(ids),
        named: Some(named.into_iter().map(Into::into).collect()),
    }
}

#[cfg(test)]
mod tests;
