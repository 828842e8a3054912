//! Parts of a query that another endpoint answers. In: algebra as parsed, with SERVICE blocks in it, and who may be asked; out: the same algebra with the rows that came
//! in the place of each block. Guarantees: a block that may not be sent is an error, one that is not answered too, or with SILENT one row that says nothing; what comes is no more than a bound. The
//! surprise: blocks are answered before anything else is, because no part of a query gives values to a block in any case.

use super::algebra::patterns_below;
use super::error::QueryError;
use super::text_service::is_text_search;
use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern};
use std::time::{Duration, Instant};

/// Blocks of one query: each is a request.
const BLOCKS_MAX: usize = 4;

/// Part of the time of a query that other endpoints may take of it.
const SHARE: u32 = 2;

/// Why another endpoint has not answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswered {
    /// It may not be asked.
    #[error("{0}")]
    Refused(String),
    /// It was asked in vain.
    #[error("{0}")]
    Failed(String),
}

/// The rows of another endpoint's answer.
#[derive(Clone, Debug, Default)]
pub struct OtherRows {
    /// The names of the columns.
    pub variables: Vec<Variable>,
    /// Each with as many values as there are columns.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// Who asks other endpoints.
pub trait OtherEndpoints: Send + Sync {
    /// Whether `endpoint` may be asked.
    ///
    /// # Errors
    /// [`NotAnswered::Refused`] where it may not.
    fn check(&self, endpoint: &NamedNode) -> Result<(), NotAnswered>;

    /// Has `query`, a SELECT, answered by `endpoint` within `time`.
    ///
    /// # Errors
    /// [`NotAnswered`] where it may not be asked or does not answer.
    fn ask(
        &self,
        endpoint: &NamedNode,
        query: &str,
        time: Duration,
    ) -> Result<OtherRows, NotAnswered>;
}

/// Nobody may be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoOthers;

impl OtherEndpoints for NoOthers {
    fn check(&self, endpoint: &NamedNode) -> Result<(), NotAnswered> {
        let detail = format!(
            "SERVICE {endpoint} is refused: this endpoint asks no other; send that part there yourself"
        );
        Err(NotAnswered::Refused(detail))
    }

    fn ask(&self, endpoint: &NamedNode, _: &str, _: Duration) -> Result<OtherRows, NotAnswered> {
        self.check(endpoint)?;
        Ok(OtherRows::default())
    }
}

/// How the blocks of a query are answered.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    /// Who asks.
    pub(super) others: &'a dyn OtherEndpoints,
    /// The time of the query; none where it is only looked at: then nobody is asked, and no block has rows.
    pub(super) time: Option<Duration>,
}

/// Puts the rows of other endpoints in the place of the blocks in `pattern` and below.
pub(super) fn ask_others(pattern: &mut GraphPattern, asking: Asking<'_>) -> Result<(), QueryError> {
    let until = asking.time.map(|time| Instant::now() + time / SHARE);
    Blocks { others: asking.others, until, count: 0 }.ask_in(pattern)
}

/// Whether there is a block in `pattern` or below that another endpoint would answer.
pub(super) fn has_services(pattern: &mut GraphPattern) -> bool {
    match pattern {
        GraphPattern::Service { name, .. } => !is_text_search(name),
        other => patterns_below(other).into_iter().any(has_services),
    }
}

struct Blocks<'a> {
    others: &'a dyn OtherEndpoints,
    /// None where the query is only looked at.
    until: Option<Instant>,
    count: usize,
}

impl Blocks<'_> {
    fn ask_in(&mut self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        let GraphPattern::Service { name, inner, silent } = pattern else {
            return patterns_below(pattern).into_iter().try_for_each(|inner| self.ask_in(inner));
        };
        // The search that is written as a block is answered here.
        if is_text_search(name) {
            return Ok(());
        }
        let NamedNodePattern::NamedNode(endpoint) = name else {
            let message = "SERVICE needs the IRI of an endpoint; a variable has no value yet when others are asked";
            return Err(QueryError::Service(message.to_owned()));
        };
        self.count += 1;
        if self.count > BLOCKS_MAX {
            return Err(QueryError::TooComplex {
                what: "SERVICE blocks",
                count_max: BLOCKS_MAX,
                line: None,
            });
        }
        *pattern = match self.ask(endpoint, inner) {
            Ok(rows) => rows,
            // Not to be asked at all is no failure that the block could have meant.
            Err(NotAnswered::Refused(detail)) => return Err(QueryError::Service(detail)),
            Err(NotAnswered::Failed(_)) if *silent => one_empty_row(),
            Err(NotAnswered::Failed(detail)) => return Err(QueryError::OtherEndpoint(detail)),
        };
        Ok(())
    }

    fn ask(&self, endpoint: &NamedNode, inner: &GraphPattern) -> Result<GraphPattern, NotAnswered> {
        let mut variables: Vec<Variable> = Vec::new();
        inner.on_in_scope_variable(|variable| {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
        });
        self.others.check(endpoint)?;
        let Some(until) = self.until else {
            return Ok(GraphPattern::Values { variables, bindings: Vec::new() });
        };
        let query =
            Query::Select { dataset: None, pattern: inner.clone(), base_iri: None }.to_string();
        let time = until.saturating_duration_since(Instant::now());
        let answered = self.others.ask(endpoint, &query, time)?;
        Ok(table(variables, &answered, &format!("{}#_:{}.", endpoint.as_str(), self.count)))
    }
}

/// The rows as a table of `variables`. A blank node is known in its own answer only: it becomes an IRI that begins with `blank`.
fn table(variables: Vec<Variable>, answered: &OtherRows, blank: &str) -> GraphPattern {
    let at: Vec<Option<usize>> = variables
        .iter()
        .map(|variable| answered.variables.iter().position(|own| own == variable))
        .collect();
    let ground = |term: &Term| match term {
        Term::NamedNode(node) => GroundTerm::NamedNode(node.clone()),
        Term::Literal(literal) => GroundTerm::Literal(literal.clone()),
        Term::BlankNode(node) => {
            let iri = format!("{blank}{}", node.as_str());
            GroundTerm::NamedNode(NamedNode::new_unchecked(iri))
        }
    };
    let bindings = answered.rows.iter().map(|row| {
        let value = |at: &Option<usize>| row.get((*at)?)?.as_ref().map(ground);
        at.iter().map(value).collect()
    });
    GraphPattern::Values { bindings: bindings.collect(), variables }
}

/// What joins with anything and says nothing.
fn one_empty_row() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: vec![Vec::new()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{
        AnswerFormat, DatasetChoice, Endpoint, EndpointOptions, Literals, Store, TextHits,
        TextQuery, TextSearch,
    };
    use oxigraph::model::{BlankNode, Literal, NamedNodeRef, Quad};
    use std::sync::{Arc, Mutex};

    const PLACE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://e/place");

    struct NoText;

    impl TextSearch for NoText {
        fn search_text(&self, _: &TextQuery, _: &dyn Literals) -> TextHits {
            TextHits::default()
        }
    }

    /// Answers every query with the same rows, from one endpoint only.
    struct Gazetteer(Mutex<Vec<String>>);

    impl OtherEndpoints for Gazetteer {
        fn check(&self, endpoint: &NamedNode) -> Result<(), NotAnswered> {
            if endpoint.as_str() == "http://places/sparql" {
                return Ok(());
            }
            Err(NotAnswered::Refused(format!("{endpoint} may not be asked")))
        }

        fn ask(&self, _: &NamedNode, query: &str, _: Duration) -> Result<OtherRows, NotAnswered> {
            self.0.lock().unwrap().push(query.to_owned());
            if query.contains("fails") {
                return Err(NotAnswered::Failed("http://places/sparql says 500".to_owned()));
            }
            let variable = |name| Variable::new_unchecked(name);
            Ok(OtherRows {
                variables: vec![variable("name"), variable("place"), variable("more")],
                rows: vec![
                    vec![Some(Literal::from("甲市").into()), Some(PLACE.into_owned().into()), None],
                    vec![None, Some(BlankNode::new_unchecked("b1").into()), None],
                ],
            })
        }
    }

    fn ask(query: &str) -> (Result<String, QueryError>, Vec<String>) {
        let seat = NamedNode::new_unchecked("http://e/in");
        let quad = Quad::new(
            NamedNode::new_unchecked("http://e/document"),
            seat,
            PLACE,
            oxigraph::model::GraphName::DefaultGraph,
        );
        let others = Arc::new(Gazetteer(Mutex::default()));
        let options = EndpointOptions::default();
        let store = Arc::new(Store::from_quads([quad]));
        let endpoint =
            Endpoint::new(store, Arc::new(NoText), options).unwrap().asking(others.clone());
        let mut table = Vec::new();
        let answered = endpoint
            .prepare(query, DatasetChoice::default())
            .and_then(|prepared| prepared.write(AnswerFormat::Csv, &mut table));
        let asked = others.0.lock().unwrap().clone();
        (answered.map(|_| String::from_utf8(table).unwrap()), asked)
    }

    #[test]
    fn rows_of_another_endpoint_join_with_ours() {
        let (answer, asked) = ask("SELECT ?d ?name { ?d <http://e/in> ?place . \
             SERVICE <http://places/sparql> { ?place <http://p/name> ?name FILTER(LANG(?name) = 'zh') } }");
        assert_eq!(answer.unwrap(), "d,name\r\nhttp://e/document,甲市\r\n");
        assert_eq!(asked.len(), 1);
        assert!(asked[0].contains("<http://p/name>") && asked[0].contains("FILTER"), "{asked:?}");
        assert!(!asked[0].contains("http://e/in"), "what is asked here stays here: {asked:?}");
    }

    #[test]
    fn a_blank_node_of_another_endpoint_is_named_by_it() {
        let query = "SELECT ?place { SERVICE <http://places/sparql> { ?place ?p ?o } }";
        let (answer, _) = ask(query);
        assert!(answer.unwrap().contains("http://places/sparql#_:1.b1"));
    }

    #[test]
    fn what_is_refused_is_said_and_what_fails_too_unless_it_is_silent() {
        let one = |words: &str| format!("SELECT * {{ ?d <http://e/in> ?place . {words} }}");
        let elsewhere = "SERVICE <http://inner/sparql> { ?place ?p ?o }";
        let (refused, asked) = ask(&one(elsewhere));
        assert!(matches!(refused, Err(QueryError::Service(_))) && asked.is_empty());
        let failing = "SERVICE <http://places/sparql> { ?place <http://p/fails> ?o }";
        let (failed, _) = ask(&one(failing));
        assert!(failed.unwrap_err().to_string().contains("says 500"));
        let silently = |words: &str| ask(&one(&words.replace("SERVICE", "SERVICE SILENT"))).0;
        assert!(silently(failing).unwrap().contains("http://e/document"));
        assert!(matches!(silently(elsewhere), Err(QueryError::Service(_))));
    }

    #[test]
    fn a_query_that_is_only_looked_at_asks_nobody() {
        let others = Arc::new(Gazetteer(Mutex::default()));
        let options = EndpointOptions::default();
        let store = Arc::new(Store::from_quads([]));
        let endpoint =
            Endpoint::new(store, Arc::new(NoText), options).unwrap().asking(others.clone());
        let query = "SELECT * { SERVICE <http://places/sparql> { ?s ?p ?o } }";
        assert!(endpoint.check(query).errors.is_empty());
        assert_eq!(endpoint.check(&query.replace("places", "inner")).errors.len(), 1);
        assert!(others.0.lock().unwrap().is_empty());
    }

    #[test]
    fn blocks_of_one_query_are_few() {
        let block = "SERVICE <http://places/sparql> { ?place ?p ?o }";
        let (refused, asked) = ask(&format!("SELECT * {{ {} }}", block.repeat(BLOCKS_MAX + 1)));
        assert!(matches!(refused, Err(QueryError::TooComplex { .. })), "{refused:?}");
        assert_eq!(asked.len(), 0, "what is refused in the end is not sent");
        let (variable, _) = ask("SELECT * { ?s ?p ?e . SERVICE ?e { ?a ?b ?c } }");
        assert!(matches!(variable, Err(QueryError::Service(_))), "{variable:?}");
    }
}
