//! What the release says of itself: VoID, its service, its questions, as programs ask for them.

use super::site::get;
use super::{column, release, select};
use axum::http::{StatusCode, header};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad, Term};
use zhengtu::graph::DEFAULT_BASE;
use zhengtu::store::DatasetChoice;

/// Leaves the description out.
const WITHOUT_DESCRIPTION: &str =
    "FILTER NOT EXISTS { GRAPH <https://w3id.org/zhengtu/graph/dataset> { ?s ?p ?o } }";

async fn turtle(path: &str) -> Vec<Quad> {
    let answer = get(path, "text/turtle").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(answer.body.as_bytes());
    quads.collect::<Result<_, _>>().unwrap()
}

fn holds(quads: &[Quad], subject: &str, predicate: &str, object: &str) -> bool {
    quads.iter().any(|quad| {
        quad.subject.to_string() == format!("<{subject}>")
            && quad.predicate.as_str() == predicate
            && match &quad.object {
                Term::Literal(literal) => literal.value() == object,
                Term::NamedNode(node) => node.as_str() == object,
                Term::BlankNode(_) => false,
            }
    })
}

#[tokio::test]
async fn void_counts_what_the_graph_holds_beside_it() {
    let void = turtle("/.well-known/void").await;
    let dataset = format!("{DEFAULT_BASE}dataset");
    let count = |select: &str, pattern: &str| {
        column(&format!("SELECT ({select} AS ?n) {{ {pattern} {WITHOUT_DESCRIPTION} }}"), "n")
            .remove(0)
    };
    let term = |name: &str| format!("http://rdfs.org/ns/void#{name}");
    for (name, counted) in [
        ("triples", count("COUNT(*)", "?s ?p ?o")),
        ("distinctSubjects", count("COUNT(DISTINCT ?s)", "?s ?p ?o")),
        ("distinctObjects", count("COUNT(DISTINCT ?o)", "?s ?p ?o")),
        ("properties", count("COUNT(DISTINCT ?p)", "?s ?p ?o")),
    ] {
        assert!(holds(&void, &dataset, &term(name), &counted), "{name} {counted}");
    }
    for (partition, name, counted) in [
        (
            "zt-Measure",
            "entities",
            count("COUNT(*)", "?s a zt:Measure . ?s ?p ?o FILTER(?p = rdf:type)"),
        ),
        (
            "zt-Measure--zt-heading",
            "triples",
            count("COUNT(*)", "?s a zt:Measure ; ?p ?o FILTER(?p = zt:heading)"),
        ),
        (
            "zt-heading",
            "distinctSubjects",
            count("COUNT(DISTINCT ?s)", "?s ?p ?o FILTER(?p = zt:heading)"),
        ),
    ] {
        let partition = format!("{dataset}#{partition}");
        assert!(holds(&void, &partition, &term(name), &counted), "{partition} {name} {counted}");
    }
}

#[tokio::test]
async fn a_browser_that_asks_for_void_is_sent_to_the_page_of_the_dataset() {
    let answer = get("/.well-known/void", "text/html").await;
    assert_eq!(
        (answer.status, answer.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/dataset")
    );
    assert_eq!(get("/.well-known/void", "image/png").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn the_endpoint_without_a_query_describes_the_service_and_where_it_was_asked() {
    const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
    let description = turtle("http://data.example/sparql").await;
    let endpoint = format!("{DEFAULT_BASE}sparql");
    for asked in [endpoint.as_str(), "http://data.example/sparql"] {
        assert!(holds(&description, &endpoint, &format!("{SD}endpoint"), asked), "{asked}");
    }
    let rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    assert!(holds(&description, &endpoint, rdf_type, &format!("{SD}Service")));
    // The schema: what stands as an object of these is an IRI.
    for property in ["supportedLanguage", "feature", "resultFormat", "defaultDataset"] {
        let name = NamedNode::new_unchecked(format!("{SD}{property}"));
        let mut objects = description.iter().filter(|quad| quad.predicate == name).peekable();
        assert!(objects.peek().is_some(), "{property}");
        assert!(objects.all(|quad| quad.object.is_named_node()), "{property}");
    }
    let xml = get("/sparql", "application/rdf+xml").await;
    assert_eq!(xml.header(header::CONTENT_TYPE), "application/rdf+xml; charset=utf-8");
}

#[test]
fn editors_of_other_projects_find_what_members_of_classes_say() {
    let rows = select(
        "SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype
        WHERE {
          {
            ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
            ?pp void:property ?prop .
            OPTIONAL {
              { ?pp void:classPartition [ void:class ?objectClass ] . }
              UNION
              { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] . }
            }
          } UNION {
            ?linkset void:subjectsTarget [ void:class ?subjectClass ] ;
                     void:linkPredicate ?prop ;
                     void:objectsTarget [ void:class ?objectClass ] .
          }
        }",
    );
    let said = |subject: &str, property: &str, variable: &str, value: &str| {
        rows.iter().any(|row| {
            row.text("subjectClass").ends_with(subject)
                && row.text("prop").ends_with(property)
                && row.text(variable).ends_with(value)
        })
    };
    assert!(said("#Measure", "#hasTarget", "objectClass", "#Target"));
    assert!(said("#Measure", "#heading", "objectDatatype", "#string"));
    assert!(said("#Target", "#lowerBound", "objectDatatype", "#decimal"));
}

#[test]
fn editors_of_other_projects_find_the_questions_and_the_prefixes() {
    let questions = select(
        "SELECT DISTINCT ?sq ?comment ?query
        WHERE {
          ?sq a sh:SPARQLExecutable ;
              rdfs:comment ?comment ;
              sh:select|sh:ask|sh:construct|sh:describe ?query .
        } ORDER BY ?sq",
    );
    // Each in Chinese and in English.
    assert_eq!(questions.len(), 2 * release().examples.len());
    for question in &questions {
        let asked = release().endpoint.prepare(question.text("query"), DatasetChoice::default());
        assert!(asked.is_ok(), "{}", question.text("sq"));
    }
    let prefixes = select(
        "SELECT DISTINCT ?prefix ?namespace
        WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix",
    );
    assert_eq!(prefixes.len(), release().prefixes.len());
}
