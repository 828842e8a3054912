//! The suite through our own path: the endpoint with its limits and its text search, answers written in every format that holds them
//! and read back.
//!
//! Without a choice our default graph is the union of all graphs. So each query is asked with the dataset that the test says by the
//! protocol's parameters, over a store where each file is a named graph; and, where a test knows no named graphs, also without a
//! choice over a store of the same triples, which is where the columnar engine answers.

use crate::outcome::Outcome;
use crate::suite::{Kind, QueryTest, Suite};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::GraphName;
use oxigraph::sparql::results::QueryResultsFormat;
use std::sync::{Arc, LazyLock};
use zhengtu::index::{EntryList, Index, write_index};
use zhengtu::store::{
    AnswerFormat, DatasetChoice, Endpoint, EndpointOptions, QueryError, QueryForm, Store,
};

/// An index without entries: a query of the suite has no text pattern, but passes by where they are looked for.
pub(crate) fn empty_index() -> Arc<Index> {
    static INDEX: LazyLock<Arc<Index>> = LazyLock::new(|| {
        let name = format!("zhengtu-conformance-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        write_index(&folder, &EntryList::from_iter([]), &|_| None).unwrap();
        let index = Index::open(&folder).unwrap();
        // The index holds its files open; the folder's name is not needed any more.
        std::fs::remove_dir_all(&folder).unwrap();
        Arc::new(index)
    });
    INDEX.clone()
}

fn endpoint(test: &QueryTest, store: Store) -> Endpoint {
    let base_iri = Some(test.query.as_str().to_owned());
    let options = EndpointOptions { base_iri, ..EndpointOptions::default() };
    Endpoint::new(Arc::new(store), empty_index(), options).unwrap()
}

/// Whether we can read the query; a refusal for any reason but its syntax is an error of the test.
pub(crate) fn parse(suite: &Suite, test: &QueryTest) -> Result<(), String> {
    let endpoint = endpoint(test, Store::from_quads([]));
    match endpoint.prepare(&suite.text(&test.query), DatasetChoice::default()) {
        Ok(_) => Ok(()),
        Err(error @ QueryError::Syntax { .. }) => Err(error.to_string()),
        Err(error) => panic!("{}: {error}", test.name),
    }
}

/// Our answers with the way that each was had.
pub(crate) fn ask(
    suite: &Suite,
    test: &QueryTest,
    has_dataset: bool,
) -> Vec<(String, Result<Outcome, String>)> {
    let named = test.data.iter().chain(&test.graph_data);
    let store = named.flat_map(|file| suite.quads(file, file.clone())).collect();
    // What the query says of its dataset counts where nothing is chosen.
    let choice = if has_dataset {
        DatasetChoice::default()
    } else {
        DatasetChoice { default_graphs: test.data.clone(), named_graphs: test.graph_data.clone() }
    };
    let mut answers = in_every_format(suite, test, "chosen", &endpoint(test, store), &choice);
    if !has_dataset && test.graph_data.is_empty() {
        let quads = test.data.iter().flat_map(|file| suite.quads(file, GraphName::DefaultGraph));
        let endpoint = endpoint(test, quads.collect());
        answers.extend(in_every_format(suite, test, "union", &endpoint, &DatasetChoice::default()));
    }
    answers
}

fn in_every_format(
    suite: &Suite,
    test: &QueryTest,
    way: &str,
    endpoint: &Endpoint,
    choice: &DatasetChoice,
) -> Vec<(String, Result<Outcome, String>)> {
    let query = suite.text(&test.query);
    let form = match endpoint.prepare(&query, choice.clone()) {
        Ok(prepared) => prepared.form(),
        Err(error) => return vec![(way.to_owned(), Err(error.to_string()))],
    };
    let formats = AnswerFormat::for_form(form).iter().filter(|format| match test.kind {
        Kind::Csv => **format == AnswerFormat::Csv,
        _ => **format != AnswerFormat::Csv,
    });
    let answers = formats.map(|format| {
        let mut bytes = Vec::new();
        let prepared = endpoint.prepare(&query, choice.clone()).unwrap();
        let written = prepared.write(*format, &mut bytes).map_err(|error| error.to_string());
        let outcome = written.and_then(|_| read(&bytes, *format, form));
        (format!("{way} as {format:?}"), outcome)
    });
    answers.collect()
}

fn read(bytes: &[u8], format: AnswerFormat, form: QueryForm) -> Result<Outcome, String> {
    let graph = |format| Outcome::read_graph(bytes, format, "urn:none");
    match format {
        AnswerFormat::Json => Outcome::read_table(bytes, QueryResultsFormat::Json),
        AnswerFormat::Xml => Outcome::read_table(bytes, QueryResultsFormat::Xml),
        AnswerFormat::Tsv => Outcome::read_table(bytes, QueryResultsFormat::Tsv),
        AnswerFormat::Csv if form == QueryForm::Select => Outcome::read_csv(bytes),
        AnswerFormat::Csv => Err("CSV holds no truth value".to_owned()),
        AnswerFormat::Turtle => graph(RdfFormat::Turtle),
        AnswerFormat::NTriples => graph(RdfFormat::NTriples),
        AnswerFormat::RdfXml => graph(RdfFormat::RdfXml),
        AnswerFormat::JsonLd => graph(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    }
}
