//! The suite through Oxigraph's own parser, optimiser and evaluator over its own store.

use crate::outcome::Outcome;
use crate::suite::{QueryTest, Suite};
use oxigraph::model::GraphName;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

/// Whether Oxigraph can read the query.
pub(crate) fn parse(suite: &Suite, test: &QueryTest) -> Result<(), String> {
    let evaluator = SparqlEvaluator::new().with_base_iri(test.query.as_str()).unwrap();
    let parsed = evaluator.parse_query(&suite.text(&test.query));
    parsed.map(drop).map_err(|error| error.to_string())
}

/// Oxigraph's answer.
pub(crate) fn ask(suite: &Suite, test: &QueryTest) -> Result<Outcome, String> {
    let store = Store::new().unwrap();
    for file in &test.data {
        store.extend(suite.quads(file, GraphName::DefaultGraph)).unwrap();
        // For a query that says FROM.
        store.extend(suite.quads(file, file.clone())).unwrap();
    }
    for file in &test.graph_data {
        store.extend(suite.quads(file, file.clone())).unwrap();
    }
    let evaluator = SparqlEvaluator::new().with_base_iri(test.query.as_str()).unwrap();
    let parsed = evaluator.parse_query(&suite.text(&test.query));
    let mut query = parsed.map_err(|error| error.to_string())?;
    if query.dataset().is_default_dataset() {
        let named = test.graph_data.iter().cloned().map(Into::into).collect();
        query.dataset_mut().set_available_named_graphs(named);
    }
    let results = query.on_store(&store).execute().map_err(|error| error.to_string())?;
    match results {
        QueryResults::Boolean(answer) => Ok(Outcome::Boolean(answer)),
        QueryResults::Solutions(solutions) => {
            let rows = solutions.map(|solution| {
                let solution = solution.map_err(|error| error.to_string())?;
                let bound = solution.iter();
                Ok(bound.map(|(name, term)| (name.as_str().into(), term.clone())).collect())
            });
            rows.collect::<Result<_, String>>().map(Outcome::Solutions)
        }
        QueryResults::Graph(triples) => {
            let graph = triples.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
            Ok(Outcome::Graph(Box::new(graph)))
        }
    }
}
