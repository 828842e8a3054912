//! Content negotiation at the service: for each place a table of rules with their names, and what is refused.

use axum::http::StatusCode;

use crate::fixture::{get, sparql};

const SELECT: &str = "SELECT ?m WHERE { ?m a zt:Measure } ORDER BY ?m";
const CONSTRUCT: &str = "CONSTRUCT { ?m a zt:Measure } WHERE { ?m a zt:Measure }";

const JSON: &str = "application/sparql-results+json";
const XML: &str = "application/sparql-results+xml";
const RDF_XML: &str = "application/rdf+xml";
const JSON_LD: &str = "application/ld+json";
const NT: &str = "application/n-triples";
const TTL: &str = "text/turtle";
const TSV: &str = "text/tab-separated-values";

/// A browser's header of today.
const BROWSER: &str =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

/// A rule's name, what is accepted, what is added to the address, and the type that comes.
type Rule = (&'static str, &'static str, &'static str, &'static str);

async fn check(address: &str, rules: &[Rule]) {
    for (rule, accept, more, expected) in rules {
        let answer = get(&format!("{address}{more}"), accept).await;
        assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, *expected), "{rule}");
        assert!(answer.header("vary").contains("Accept"), "{rule}");
    }
}

#[tokio::test]
async fn a_table_has_the_format_that_the_rules_say() {
    let rules: [Rule; 23] = [
        ("anything is JSON", "*/*", "", JSON),
        ("a blank header is JSON", "", "", JSON),
        ("its own type", JSON, "", JSON),
        ("XML by its own type", XML, "", XML),
        ("CSV by its own type", "text/csv", "", "text/csv"),
        ("TSV by its own type", TSV, "", TSV),
        ("the wider type of JSON", "application/json", "", JSON),
        ("the wider type of XML", "application/xml", "", XML),
        ("the old type of XML", "text/xml", "", XML),
        ("case does not matter", "TEXT/CSV", "", "text/csv"),
        ("a parameter does not matter", "text/csv; header=present", "", "text/csv"),
        ("the higher quality", "text/csv;q=0.3, application/sparql-results+xml;q=0.7", "", XML),
        ("the order of offers among equals", "text/csv, application/sparql-results+xml", "", XML),
        ("a main type with a star", "text/*", "", "text/csv"),
        ("what is refused is not sent", "application/sparql-results+json;q=0, */*;q=0.1", "", XML),
        ("the special over the general", "*/*, text/csv;q=0.1", "", JSON),
        ("a broken part is as none", "text/csv;q=x, , text/tab-separated-values", "", TSV),
        ("unknown types beside a known one", "image/png, text/csv;q=0.1", "", "text/csv"),
        ("format over Accept", "text/csv", "&format=xml", XML),
        ("format by extension", "*/*", "&format=srx", XML),
        ("format by media type", "*/*", "&format=text%2Fcsv", "text/csv"),
        ("format where nothing else would fit", "image/png", "&format=tsv", TSV),
        ("a format left empty is none", "text/csv", "&format=", "text/csv"),
    ];
    check(&sparql(SELECT, ""), &rules).await;
}

#[tokio::test]
async fn a_graph_has_the_format_that_the_rules_say() {
    let rules: [Rule; 20] = [
        ("anything is Turtle", "*/*", "", TTL),
        ("Turtle by its own type", TTL, "", TTL),
        ("Turtle by its old type", "application/x-turtle", "", TTL),
        ("N-Triples by its own type", NT, "", NT),
        ("N-Triples as plain text", "text/plain", "", NT),
        ("RDF/XML by its own type", RDF_XML, "", RDF_XML),
        ("RDF/XML as XML", "application/xml", "", RDF_XML),
        ("JSON-LD by its own type", JSON_LD, "", JSON_LD),
        ("JSON-LD as JSON", "application/json", "", JSON_LD),
        (
            "a profile is ignored",
            "application/ld+json;profile=\"http://www.w3.org/ns/json-ld#compacted\"",
            "",
            JSON_LD,
        ),
        ("the higher quality", "text/turtle;q=0.4, application/n-triples;q=0.9", "", NT),
        ("a main type with a star", "application/*", "", NT),
        ("what is refused is not sent", "text/turtle;q=0, text/*;q=0.5", "", NT),
        (
            "the types of an RDF client",
            "application/rdf+xml;q=0.9, text/turtle, */*;q=0.1",
            "",
            TTL,
        ),
        ("format over Accept", TTL, "&format=nt", NT),
        ("format by extension", "*/*", "&format=rdf", RDF_XML),
        ("format by its common name", "*/*", "&format=ntriples", NT),
        ("format by media type", "*/*", "&format=application%2Fld%2Bjson", JSON_LD),
        ("json is JSON-LD here", "*/*", "&format=json", JSON_LD),
        ("xml is RDF/XML here", "*/*", "&format=xml", RDF_XML),
    ];
    check(&sparql(CONSTRUCT, ""), &rules).await;
    check("/rdf-graph-store?default", &rules).await;
    check("/rdf-graph-store?graph=https://w3id.org/zhengtu/document/甲政发〔2031〕1号", &rules)
        .await;
    check("/rdf-graph-store?default", &[("a browser gets data here", BROWSER, "", RDF_XML)]).await;
}

#[tokio::test]
async fn a_resource_leads_to_the_representation_that_the_rules_say() {
    let rules = [
        ("anything is the page", "*/*", "html"),
        ("a blank header is the page", "", "html"),
        ("a browser gets the page", BROWSER, "html"),
        ("Turtle by its own type", TTL, "ttl"),
        ("N-Triples by its own type", NT, "nt"),
        ("JSON-LD by its own type", JSON_LD, "jsonld"),
        ("RDF/XML by its own type", RDF_XML, "rdf"),
        ("JSON as JSON-LD", "application/json", "jsonld"),
        ("plain text as N-Triples", "text/plain", "nt"),
        ("XHTML as the page", "application/xhtml+xml", "html"),
        ("the higher quality", "text/html;q=0.2, application/rdf+xml;q=0.8", "rdf"),
        ("the order of offers among equals", "application/rdf+xml, text/turtle", "ttl"),
        ("a main type with a star", "application/*", "nt"),
        ("what is refused is not sent", "text/html;q=0, */*;q=0.5", "ttl"),
        ("an unknown type beside a known one", "image/png, text/turtle;q=0.1", "ttl"),
    ];
    for (rule, accept, extension) in rules {
        let answer = get("/measure/甲政发〔2031〕1号.1", accept).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{rule}");
        let location = answer.header("location");
        assert!(location.ends_with(&format!(".{extension}")), "{rule}: {location}");
    }
}

#[tokio::test]
async fn an_extension_decides_whatever_is_accepted() {
    let rules =
        [("html", "text/html"), ("ttl", TTL), ("nt", NT), ("jsonld", JSON_LD), ("rdf", RDF_XML)];
    for (extension, expected) in rules {
        for accept in ["*/*", "image/png", "text/turtle;q=0", BROWSER] {
            let address = format!("/measure/甲政发〔2031〕1号.1.{extension}");
            let answer = get(&address, accept).await;
            assert_eq!(answer.media_type(), expected, "{extension} to {accept}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_had_is_told_with_what_can() {
    let (table, graph) = (sparql(SELECT, ""), sparql(CONSTRUCT, ""));
    let tables = [JSON, XML, "text/csv", TSV];
    let graphs = [TTL, NT, RDF_XML, JSON_LD];
    let resources = ["text/html", TTL, NT, JSON_LD, RDF_XML];
    let rules: [(&str, &str, &str, &[&str]); 9] = [
        ("an unknown type of a table", &table, "image/png", &tables),
        ("the type of a graph for a table", &table, TTL, &tables),
        ("everything refused of a table", &table, "*/*;q=0", &tables),
        ("an unknown format of a table", &format!("{table}&format=png"), "*/*", &tables),
        ("an unknown type of a graph", &graph, "image/png", &graphs),
        ("the type of a table for a graph", &graph, "text/csv", &graphs),
        ("an unknown type of a stored graph", "/rdf-graph-store?default", "image/png", &graphs),
        (
            "an unknown format of a stored graph",
            "/rdf-graph-store?default&format=x",
            "*/*",
            &graphs,
        ),
        ("an unknown type of a resource", "/agency/甲市林业局", "image/png", &resources),
    ];
    for (rule, address, accept, offered) in rules {
        let answer = get(address, accept).await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{rule}");
        assert_eq!(answer.media_type(), "application/problem+json", "{rule}");
        assert_eq!(answer.json()["offered"], serde_json::json!(offered), "{rule}");
    }
}
