//! Requests of the suite with what it expects of their responses, and the service that they are sent to.

use crate::ours::empty_index;
use crate::suite::{BASE, Manifests};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use oxigraph::model::{NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt as _;
use zhengtu::release::{FORMAT, Manifest, Release};
use zhengtu::service::{Site, router};
use zhengtu::store::{Endpoint, EndpointOptions, Store};
use zhengtu::suggest::Suggestions;

const HTTP: &str = "http://www.w3.org/2011/http#";
const STATUS: &str = "http://www.w3.org/2011/http-statusCodes#";
const CONTENT: &str = "http://www.w3.org/2011/content#";

/// A request and its response as expected.
pub(crate) struct Exchange {
    pub(crate) test: String,
    pub(crate) method: String,
    pub(crate) address: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Names of statuses, or of classes of them.
    statuses: Vec<String>,
    pub(crate) format: Option<String>,
    pub(crate) answer: Option<bool>,
    /// The text of the response.
    pub(crate) content: Option<String>,
}

impl Exchange {
    /// A header of the request.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether a status is one of those expected.
    pub(crate) fn expects(&self, status: StatusCode) -> bool {
        let class = format!("StatusCode{}xx", status.as_u16() / 100);
        // As the vocabulary of statuses writes it: NotFound.
        let name = status.canonical_reason().unwrap_or_default().replace(' ', "");
        self.statuses.iter().any(|expected| *expected == class || *expected == name)
    }
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    /// Without parameters.
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// Sends a request to where the suite's `endpoint` is called `address` with us.
pub(crate) async fn send(router: &Router, exchange: &Exchange, renamed: [&str; 2]) -> Reply {
    let [endpoint, address] = renamed;
    let uri = exchange.address.replacen(endpoint, address, 1);
    let mut request = Request::builder().method(exchange.method.as_str()).uri(uri);
    for (name, value) in &exchange.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(exchange.body.clone())).unwrap();
    let response: Response<Body> = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let media_type = head.headers.get(header::CONTENT_TYPE).map_or("", |v| v.to_str().unwrap());
    let media_type = media_type.split(';').next().unwrap().to_owned();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Reply { status: head.status, media_type, body }
}

/// A service over these quads.
pub(crate) fn service(quads: Vec<Quad>, base_iri: &str) -> Router {
    let (store, index) = (Arc::new(Store::from_quads(quads)), empty_index());
    let options =
        EndpointOptions { base_iri: Some(base_iri.to_owned()), ..EndpointOptions::default() };
    let endpoint = Endpoint::new(Arc::clone(&store), index.clone(), options).unwrap();
    let manifest = Manifest {
        format: FORMAT,
        id: "suite".to_owned(),
        base_iri: base_iri.to_owned(),
        program: String::new(),
        sources: Vec::new(),
        counts: BTreeMap::new(),
        files: Vec::new(),
    };
    router(Arc::new(Site::new(Release {
        suggestions: Arc::new(Suggestions::of([]).unwrap()),
        dir: PathBuf::new(),
        manifest,
        store,
        endpoint,
        index,
        examples: Vec::new(),
        prefixes: Vec::new(),
        hold: None,
    })))
}

/// The requests of a test, in their order.
pub(crate) fn exchanges(manifests: &Manifests, test: NamedOrBlankNodeRef<'_>) -> Vec<Exchange> {
    let action = node(manifests.value(test, "action")).unwrap();
    let name = test.to_string().replace(BASE, "");
    let name = name.trim_matches(['<', '>']);
    let requests = nodes(manifests, &action, "requests");
    requests.iter().map(|request| exchange(manifests, name, request)).collect()
}

fn exchange(manifests: &Manifests, test: &str, request: &NamedOrBlankNode) -> Exchange {
    let http = |of: &NamedOrBlankNode, name: &str| text(manifests, of, &format!("{HTTP}{name}"));
    let headers = nodes(manifests, request, "headers").into_iter();
    let headers = headers.map(|field| {
        let part = |name| http(&field, name).unwrap();
        (part("fieldName").to_ascii_lowercase(), part("fieldValue"))
    });
    let response = part(manifests, request, "resp").unwrap();
    let expected = |name: &str| match manifests.value(response.as_ref(), name)? {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    };
    let property = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#expectedStatus";
    let property = NamedNode::new_unchecked(property);
    let statuses = manifests.graph.objects_for_subject_predicate(&response, &property);
    let statuses =
        statuses.map(|term| term.to_string().trim_matches(['<', '>']).replace(STATUS, ""));
    Exchange {
        test: test.to_owned(),
        method: http(request, "methodName").unwrap(),
        address: http(request, "absolutePath").unwrap(),
        headers: headers.collect(),
        body: body_of(manifests, request).unwrap_or_default(),
        statuses: statuses.collect(),
        format: expected("expectedFormat"),
        answer: expected("expectedBoolean").map(|answer| answer == "true"),
        content: body_of(manifests, &response).map(|bytes| String::from_utf8(bytes).unwrap()),
    }
}

fn body_of(manifests: &Manifests, message: &NamedOrBlankNode) -> Option<Vec<u8>> {
    let body = part(manifests, message, "body")?;
    let chars = text(manifests, &body, &format!("{CONTENT}chars")).unwrap();
    Some(match text(manifests, &body, &format!("{CONTENT}characterEncoding"))?.as_str() {
        "UTF-16" => chars.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => chars.into_bytes(),
    })
}

/// The text of a property, or the IRI that is its value.
pub(crate) fn text(manifests: &Manifests, of: &NamedOrBlankNode, property: &str) -> Option<String> {
    match manifests.object(of.as_ref(), property)? {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::NamedNode(node) => Some(node.into_string()),
        Term::BlankNode(_) => None,
    }
}

pub(crate) fn node(term: Option<Term>) -> Option<NamedOrBlankNode> {
    match term? {
        Term::BlankNode(node) => Some(node.into()),
        Term::NamedNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

/// A node in the vocabulary of HTTP.
fn part(manifests: &Manifests, of: &NamedOrBlankNode, name: &str) -> Option<NamedOrBlankNode> {
    node(manifests.object(of.as_ref(), &format!("{HTTP}{name}")))
}

/// The members of a list in the vocabulary of HTTP.
fn nodes(manifests: &Manifests, of: &NamedOrBlankNode, name: &str) -> Vec<NamedOrBlankNode> {
    let list = manifests.object(of.as_ref(), &format!("{HTTP}{name}"));
    manifests.members(list).into_iter().filter_map(|member| node(Some(member))).collect()
}
