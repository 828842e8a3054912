//! Where a graph is to be had and what to ask of it: files, endpoint, questions, prefixes. In: their names; out: statements.

use super::super::Example;
use super::{Describing, uri};
use crate::graph::vocabulary::{dcat, dcterms, sd, sh, void};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef};

/// Formats of answers, by their names in the list of the W3C.
const RESULT_FORMATS: [&str; 8] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
];
const FORMATS: &str = "http://www.w3.org/ns/formats/";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
/// The property that searches texts.
const TEXT_QUERY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://jena.apache.org/text#query");

impl Describing<'_> {
    /// The endpoint, and the files of the graph.
    pub(super) fn service(&mut self, dumps: &[(&str, &str)]) {
        let (dataset, endpoint) = (self.dataset.clone(), self.mint.endpoint());
        self.out.add(&dataset, void::SPARQL_ENDPOINT, endpoint.clone());
        self.out.add(&dataset, void::OPEN_SEARCH_DESCRIPTION, self.mint.at_root("opensearch.xml"));
        self.out.class(&endpoint, sd::SERVICE);
        self.out.class(&endpoint, dcat::DATA_SERVICE);
        let title = ("政图 SPARQL 查询服务", Some("Zhengtu SPARQL endpoint"));
        self.out.bilingual(&endpoint, rdfs::LABEL, title);
        self.out.bilingual(&endpoint, dcterms::TITLE, title);
        for property in [sd::ENDPOINT, dcat::ENDPOINT_URL, dcat::ENDPOINT_DESCRIPTION] {
            self.out.add(&endpoint, property, endpoint.clone());
        }
        self.out.add(&endpoint, dcat::SERVES_DATASET, dataset.clone());
        self.out.add(&endpoint, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY);
        self.out.add(&endpoint, sd::FEATURE, sd::UNION_DEFAULT_GRAPH);
        self.out.add(&endpoint, sd::PROPERTY_FEATURE, TEXT_QUERY);
        for format in RESULT_FORMATS {
            let format = NamedNode::new_unchecked(format!("{FORMATS}{format}"));
            self.out.add(&endpoint, sd::RESULT_FORMAT, format);
        }
        self.out.add(&endpoint, sd::DEFAULT_DATASET, dataset.clone());
        let graph = self.mint.dataset_part("default-graph");
        self.out.add(&dataset, sd::DEFAULT_GRAPH, graph.clone());
        self.out.class(&graph, sd::GRAPH);
        for (file, media_type) in dumps {
            self.dump(file, media_type);
        }
    }

    fn dump(&mut self, file: &str, media_type: &str) {
        let (dataset, address) = (self.dataset.clone(), self.mint.dump(file));
        let dump = self.mint.dataset_part(&format!("dump-{}", file.replace('.', "-")));
        self.out.add(&dataset, void::DATA_DUMP, address.clone());
        self.out.add(&dataset, dcat::DISTRIBUTION, dump.clone());
        self.out.class(&dump, dcat::DISTRIBUTION_CLASS);
        self.out.string(&dump, rdfs::LABEL, file);
        self.out.add(&dump, dcat::DOWNLOAD_URL, address);
        let iana = |name: &str| NamedNode::new_unchecked(format!("{MEDIA_TYPES}{name}"));
        self.out.add(&dump, dcat::MEDIA_TYPE, iana(media_type));
        self.out.add(&dump, dcat::COMPRESS_FORMAT, iana("application/gzip"));
    }

    /// Questions with their queries, and the prefixes that queries need not declare, as editors of SPARQL ask for them.
    pub(super) fn questions(&mut self, examples: &[Example]) {
        let (dataset, endpoint) = (self.dataset.clone(), self.mint.endpoint());
        for (prefix, namespace) in self.mint.prefixes() {
            let declaration = self.mint.dataset_part(&format!("prefix-{prefix}"));
            self.out.add(&dataset, sh::DECLARE, declaration.clone());
            self.out.string(&declaration, sh::PREFIX, &prefix);
            self.out.add(&declaration, sh::NAMESPACE, uri(&namespace));
        }
        for example in examples {
            let question = self.mint.query(&example.name);
            let (class, property) = kind_of(&example.text);
            self.out.class(&question, sh::SPARQL_EXECUTABLE);
            self.out.class(&question, class);
            let words = (example.question_zh.as_str(), Some(example.question_en.as_str()));
            self.out.bilingual(&question, rdfs::LABEL, words);
            self.out.bilingual(&question, rdfs::COMMENT, words);
            self.out.string(&question, property, &example.text);
            self.out.add(&question, sh::PREFIXES, dataset.clone());
            self.out.add(&question, dcat::ACCESS_SERVICE, endpoint.clone());
        }
    }
}

/// The class of a query and the property that holds its text.
fn kind_of(query: &str) -> (NamedNodeRef<'static>, NamedNodeRef<'static>) {
    let begins = |word: &str| query.lines().any(|line| line.trim_start().starts_with(word));
    if begins("ASK") {
        (sh::SPARQL_ASK_EXECUTABLE, sh::ASK)
    } else if begins("CONSTRUCT") {
        (sh::SPARQL_CONSTRUCT_EXECUTABLE, sh::CONSTRUCT)
    } else if begins("DESCRIBE") {
        (sh::SPARQL_DESCRIBE_EXECUTABLE, sh::DESCRIBE)
    } else {
        (sh::SPARQL_SELECT_EXECUTABLE, sh::SELECT)
    }
}
