//! The suite as it lies on the disk. In: the name of a manifest; out: tests, and the files that they name by IRI.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    Graph, GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    Triple,
};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the suite is published: its manifests name their tests under this IRI.
pub(crate) const BASE: &str = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/";

const MANIFEST: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QUERY: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";

/// What a test asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The answer is the one in the file.
    Evaluation,
    /// The same, of a file whose values have no types.
    Csv,
    /// The query can be read.
    PositiveSyntax,
    /// The query cannot be read.
    NegativeSyntax,
}

/// A test of a query.
#[derive(Debug)]
pub(crate) struct QueryTest {
    /// Folder and fragment, as in `bind/bind01`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) query: NamedNode,
    /// Files that together are the default graph.
    pub(crate) data: Vec<NamedNode>,
    /// Files that are named graphs.
    pub(crate) graph_data: Vec<NamedNode>,
    pub(crate) result: Option<NamedNode>,
}

/// The folder of the suite.
pub(crate) struct Suite {
    folder: PathBuf,
}

/// Some or all manifests of the suite, as one graph.
pub(crate) struct Manifests {
    pub(crate) graph: Graph,
    /// In the order of the manifests.
    pub(crate) tests: Vec<NamedOrBlankNode>,
}

impl Suite {
    /// The suite beside the repository, or beside the folder of its worktrees.
    pub(crate) fn find() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let near = ["../shared/conformance/sparql11", "../../shared/conformance/sparql11"];
        let mut near = near.into_iter().map(|path| root.join(path));
        let found = near.find(|path| path.is_dir()).map(|folder| Self { folder });
        if found.is_none() {
            eprintln!("skipped: no W3C test suite beside the repository");
        }
        found
    }

    /// The bytes of a file of the suite.
    pub(crate) fn read(&self, file: &NamedNode) -> Vec<u8> {
        let path = self.folder.join(file.as_str().strip_prefix(BASE).unwrap());
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn text(&self, file: &NamedNode) -> String {
        String::from_utf8(self.read(file)).unwrap()
    }

    /// The triples of a file as quads of `graph`. Its blank nodes are its own.
    pub(crate) fn quads(&self, file: &NamedNode, graph: impl Into<GraphName>) -> Vec<Quad> {
        let (_, extension) = file.as_str().rsplit_once('.').unwrap();
        let format = RdfFormat::from_extension(extension).unwrap();
        let parser = RdfParser::from_format(format).with_base_iri(file.as_str()).unwrap();
        let parser = parser.with_default_graph(graph).rename_blank_nodes();
        parser.for_slice(&self.read(file)).map(Result::unwrap).collect()
    }

    /// The manifest called `name` with those that it includes.
    pub(crate) fn manifests(&self, name: &str) -> Manifests {
        let mut found = Manifests { graph: Graph::new(), tests: Vec::new() };
        self.add_manifest(&NamedNode::new(format!("{BASE}{name}")).unwrap(), &mut found);
        found
    }

    /// The folders whose manifests a manifest includes.
    pub(crate) fn included(&self, name: &str) -> Vec<String> {
        let file = NamedNode::new(format!("{BASE}{name}")).unwrap();
        let quads = self.quads(&file, GraphName::DefaultGraph).into_iter();
        let graph = quads.map(Triple::from).collect();
        let manifest = Manifests { graph, tests: Vec::new() };
        let included = manifest.list(file.as_ref().into(), "include").into_iter().map(|term| {
            let folder = term.to_string().replace(BASE, "").replace("/manifest.ttl", "");
            folder.trim_matches(['<', '>']).to_owned()
        });
        included.collect()
    }

    fn add_manifest(&self, file: &NamedNode, found: &mut Manifests) {
        for quad in self.quads(file, GraphName::DefaultGraph) {
            found.graph.insert(&quad.into());
        }
        for included in found.list(file.as_ref().into(), "include") {
            let Term::NamedNode(included) = included else { panic!("{included} is no manifest") };
            self.add_manifest(&included, found);
        }
        for test in found.list(file.as_ref().into(), "entries") {
            let Term::NamedNode(test) = test else { panic!("{test} has no name") };
            found.tests.push(test.into());
        }
    }
}

impl Manifests {
    /// The value of a property in the vocabulary of manifests.
    pub(crate) fn value(&self, subject: NamedOrBlankNodeRef<'_>, name: &str) -> Option<Term> {
        self.object(subject, &format!("{MANIFEST}{name}"))
    }

    /// The value of any property.
    pub(crate) fn object(&self, subject: NamedOrBlankNodeRef<'_>, property: &str) -> Option<Term> {
        let property = NamedNodeRef::new(property).unwrap();
        self.graph.object_for_subject_predicate(subject, property).map(Into::into)
    }

    /// The members of a list in the vocabulary of manifests.
    pub(crate) fn list(&self, subject: NamedOrBlankNodeRef<'_>, name: &str) -> Vec<Term> {
        self.members(self.value(subject, name))
    }

    /// The members of a list.
    pub(crate) fn members(&self, list: Option<Term>) -> Vec<Term> {
        let (mut members, mut rest) = (Vec::new(), list);
        while let Some(Term::BlankNode(node)) = rest {
            let node = NamedOrBlankNodeRef::from(node.as_ref());
            members.extend(self.object(node, rdf::FIRST.as_str()));
            rest = self.object(node, rdf::REST.as_str());
        }
        members
    }

    /// The tests that are of queries.
    pub(crate) fn query_tests(&self) -> Vec<QueryTest> {
        self.tests.iter().map(|test| self.query_test(test.as_ref())).collect()
    }

    fn query_test(&self, test: NamedOrBlankNodeRef<'_>) -> QueryTest {
        let name = test.to_string().replace(BASE, "").replace("manifest#", "");
        let name = name.trim_matches(['<', '>']).to_owned();
        let class = self.object(test, rdf::TYPE.as_str()).unwrap().to_string();
        let kind = match class.trim_matches(['<', '>']).strip_prefix(MANIFEST) {
            Some("QueryEvaluationTest") => Kind::Evaluation,
            Some("CSVResultFormatTest") => Kind::Csv,
            Some("PositiveSyntaxTest11") => Kind::PositiveSyntax,
            Some("NegativeSyntaxTest11") => Kind::NegativeSyntax,
            _ => panic!("{name}: {class} is no test of a query"),
        };
        let result = self.value(test, "result").map(as_file);
        match self.value(test, "action") {
            Some(Term::NamedNode(query)) => {
                QueryTest { name, kind, query, data: Vec::new(), graph_data: Vec::new(), result }
            }
            Some(Term::BlankNode(action)) => {
                let files = |property: &str| {
                    let property = NamedNode::new(format!("{QUERY}{property}")).unwrap();
                    let files = self.graph.objects_for_subject_predicate(&action, &property);
                    files.map(|file| as_file(file.into())).collect::<Vec<_>>()
                };
                let query = files("query").pop().unwrap();
                let (data, graph_data) = (files("data"), files("graphData"));
                QueryTest { name, kind, query, data, graph_data, result }
            }
            _ => panic!("{name} has no action"),
        }
    }
}

fn as_file(term: Term) -> NamedNode {
    match term {
        Term::NamedNode(file) => file,
        other => panic!("{other} is no file"),
    }
}
