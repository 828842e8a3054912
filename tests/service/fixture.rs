//! A site over the invented graph of `fixture.ttl`, and requests to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use tower::ServiceExt;
use zhengtu::index::{Entry, EntryKind, EntryList, Field, Index, Label, write_index};
use zhengtu::jobs::{JobOptions, Jobs};
use zhengtu::release::{Catalog, Example, FORMAT, FileSum, Manifest, Release};
use zhengtu::service::{Exports, Site, router};
use zhengtu::store::{Endpoint, EndpointOptions, Store};
use zhengtu::suggest::{Kind, Named, Suggestions};

/// The base of the fixture's IRIs.
pub(crate) const BASE: &str = "https://w3id.org/zhengtu/";

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// A header's text, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The media type without parameters.
    pub(crate) fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request with these headers and body.
pub(crate) async fn send(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    send_bytes(method, address, headers, body.as_bytes()).await
}

/// Sends a request whose body need not be text.
pub(crate) async fn send_bytes(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| router(Arc::new(site())));
    send_to(&ROUTER, method, address, headers, body).await
}

/// The same at the service of another site.
pub(crate) async fn send_to(
    router: &Router,
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut request = Request::builder().method(method).uri(encoded(address));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_vec())).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    // A body that was packed is no text, and only its head is looked at.
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: head.status, headers: head.headers, body }
}

/// `GET` with an `Accept` header.
pub(crate) async fn get(address: &str, accept: &str) -> Answer {
    send(Method::GET, address, &[("accept", accept)], "").await
}

/// The address of a query, with `more` parameters.
pub(crate) fn sparql(query: &str, more: &str) -> String {
    format!("/sparql?query={}{more}", escaped(query))
}

/// `text` as the value of a parameter.
pub(crate) fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// `address` with its Han characters, spaces and braces percent-encoded.
pub(crate) fn encoded(address: &str) -> String {
    const SET: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b' ').add(b'{').add(b'}').add(b'<').add(b'>').add(b'"');
    percent_encoding::utf8_percent_encode(address, SET).to_string()
}

pub(crate) fn site() -> Site {
    let text = include_bytes!("fixture.ttl");
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(text).map(Result::unwrap);
    let store = Arc::new(Store::from_quads(quads.flat_map(|quad| in_its_graphs(&quad))));
    let index = Arc::new(index(&store));
    site_over(store, index)
}

/// A site over a graph, with an index of it.
pub(crate) fn site_over(store: Arc<Store>, index: Arc<Index>) -> Site {
    let prefixes: Vec<(String, String)> = [
        ("zt", "https://w3id.org/zhengtu/ontology#"),
        ("measure", "https://w3id.org/zhengtu/measure/"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ]
    .map(|(name, namespace)| (name.to_owned(), namespace.to_owned()))
    .to_vec();
    let options = EndpointOptions { prefixes: prefixes.clone(), ..EndpointOptions::default() };
    let endpoint = Endpoint::new(Arc::clone(&store), index.clone(), options).unwrap();
    let site = Site::new(Release {
        dir: std::path::PathBuf::new(),
        manifest: Manifest {
            format: FORMAT,
            id: "invented".to_owned(),
            base_iri: BASE.to_owned(),
            program: String::new(),
            sources: vec![FileSum::of_bytes("invented.txt", b"")],
            counts: BTreeMap::new(),
            files: Vec::new(),
        },
        store,
        endpoint,
        index,
        suggestions: Arc::new(suggestions()),
        examples: vec![Example {
            name: "who-leads-a-measure".to_owned(),
            question_zh: "谁牵头？".to_owned(),
            question_en: "Who leads?".to_owned(),
            text: "SELECT ?who WHERE { ?m zt:leadBy ?who }".to_owned(),
        }],
        prefixes,
        hold: None,
    });
    let evaluator = site.evaluator.clone();
    site.with_exports(Exports { jobs: jobs(), evaluator })
}

/// A few long exports.
fn jobs() -> Jobs {
    let options = JobOptions {
        dir: None,
        running_max: 1,
        waiting_max: 9,
        client_max: 9,
        client_kept_max: 99,
        answer_bytes_max: 1 << 20,
        bytes_max: 1 << 20,
        keep_s: 600,
    };
    Jobs::open(options).unwrap()
}

/// The named graphs: a measure stands in that of its document, the other document in its own.
pub(crate) const GRAPHS: [(&str, &str); 2] = [
    ("document/甲政发〔2031〕1号", "measure/甲政发〔2031〕1号.1"),
    ("document/甲省政发〔2030〕9号", "document/甲省政发〔2030〕9号"),
];

/// A quad, and the same in the named graph of its subject: a triple of the default graph, which is a set, may also stand there.
fn in_its_graphs(quad: &Quad) -> Vec<Quad> {
    let of_subject = GRAPHS.into_iter().filter(|(_, subject)| {
        matches!(&quad.subject, NamedOrBlankNode::NamedNode(node)
            if node.as_str().strip_prefix(BASE) == Some(subject))
    });
    let named = of_subject.map(|(graph, _)| {
        let graph = NamedNode::new(format!("{BASE}{graph}")).unwrap();
        Quad { graph_name: graph.into(), ..quad.clone() }
    });
    named.chain([quad.clone()]).collect()
}

fn suggestions() -> Suggestions {
    let name = |path: &str, text: &str, kind| Named {
        iri: format!("{BASE}{path}"),
        text: text.to_owned(),
        kind,
        uses: 1,
    };
    let names = [
        name("measure/甲政发〔2031〕1号.1", "扩大造林", Kind::Measure),
        name("indicator/森林覆盖率", "森林覆盖率", Kind::Indicator),
        name("agency/甲市林业局", "甲市林业局", Kind::Department),
    ];
    Suggestions::of(names).unwrap()
}

fn index(store: &Store) -> Index {
    let dir = index_dir();
    std::fs::create_dir_all(&dir).unwrap();
    let label =
        |path: &str, label: &str| Label { iri: format!("{BASE}{path}"), label: label.to_owned() };
    let entry = |kind, path: &str, title: &str| Entry {
        iri: format!("{BASE}{path}"),
        kind,
        title: title.to_owned(),
        aliases: Vec::new(),
        fields: Vec::new(),
        number: None,
        document: None,
        chapter: None,
        departments: Vec::new(),
        targets: Vec::new(),
        tags: Vec::new(),
        date: None,
        deadline: None,
    };
    let document = label("document/甲政发〔2031〕1号", "甲市人民政府关于加强森林建设的通知");
    let forestry = label("agency/甲市林业局", "甲市林业局");
    let measure = Entry {
        fields: vec![Field {
            property: "https://w3id.org/zhengtu/ontology#text".to_owned(),
            text: "1.扩大造林。到2032年，森林覆盖率达到30%。".to_owned(),
            language: String::new(),
        }],
        document: Some(document),
        departments: vec![forestry],
        ..entry(EntryKind::Measure, "measure/甲政发〔2031〕1号.1", "扩大造林")
    };
    let entries = [
        measure,
        entry(EntryKind::Indicator, "indicator/森林覆盖率", "森林覆盖率"),
        entry(EntryKind::Department, "agency/甲市林业局", "甲市林业局"),
    ];
    write_index(&dir, &EntryList::from_iter(entries), &|term| store.number(term)).unwrap();
    opened(&dir)
}

/// The index of what a release finds in a graph.
pub(crate) fn index_of(store: &Store) -> Index {
    let dir = index_dir();
    std::fs::create_dir_all(&dir).unwrap();
    write_index(&dir, &Catalog::of(store), &|term| store.number(term)).unwrap();
    opened(&dir)
}

fn opened(dir: &Path) -> Index {
    let index = Index::open(dir).unwrap();
    // The index holds its files open; the folder's name is not needed any more.
    std::fs::remove_dir_all(dir).unwrap();
    index
}

/// A folder of its own for each index.
fn index_dir() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("zhengtu-service-{}-{number}", std::process::id()))
}
