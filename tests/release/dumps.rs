//! The graph as files: whole, in parts, and with sums that fit.

use super::release;
use super::site::{Answer, send_for_bytes};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use flate2::read::GzDecoder;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::collections::HashSet;
use std::io::Read;
use zhengtu::release::FileSum;

const NQUADS: &str = "/dump/zhengtu.nq.gz";
const TURTLE: &str = "/dump/zhengtu.ttl.gz";

async fn ask(
    method: Method,
    path: &str,
    headers: &[(header::HeaderName, &str)],
) -> Answer<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    send_for_bytes(request.body(Body::empty()).unwrap()).await
}

fn quads(packed: &[u8], format: RdfFormat) -> HashSet<Quad> {
    let mut text = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut text).unwrap();
    RdfParser::from_format(format).for_slice(&text).collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn the_files_hold_the_graph() {
    let packed = ask(Method::GET, NQUADS, &[]).await;
    assert_eq!(packed.header(header::CONTENT_TYPE), "application/gzip");
    let all: HashSet<Quad> = release().store.quads(None, None, None, None).collect();
    assert!(quads(&packed.body, RdfFormat::NQuads) == all);
    let packed = ask(Method::GET, TURTLE, &[]).await;
    let triples = release().store.count(None, None);
    assert_eq!(quads(&packed.body, RdfFormat::Turtle).len(), triples);
}

#[tokio::test]
async fn the_list_of_sums_is_that_of_the_files() {
    let list = String::from_utf8(ask(Method::GET, "/dump/SHA256SUMS", &[]).await.body).unwrap();
    let mut expected = String::new();
    for path in [NQUADS, TURTLE] {
        let file = ask(Method::GET, path, &[]).await;
        let sum = FileSum::of_bytes("", &file.body).sha256;
        assert_eq!(file.header(header::ETAG), format!("\"{sum}\""));
        let name = path.rsplit('/').next().unwrap();
        expected = format!("{expected}{sum}  {name}\n");
    }
    assert_eq!(list, expected);
}

#[tokio::test]
async fn a_download_that_broke_off_is_resumed_only_on_the_same_file() {
    let whole = ask(Method::GET, NQUADS, &[]).await;
    let tag = whole.header(header::ETAG).to_owned();
    let rest = [(header::RANGE, "bytes=100-"), (header::IF_RANGE, tag.as_str())];
    let part = ask(Method::GET, NQUADS, &rest).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.body, whole.body[100..]);
    let other = [(header::RANGE, "bytes=100-"), (header::IF_RANGE, "\"other\"")];
    let anew = ask(Method::GET, NQUADS, &other).await;
    assert_eq!((anew.status, anew.body.len()), (StatusCode::OK, whole.body.len()));
    let beyond = ask(Method::GET, NQUADS, &[(header::RANGE, "bytes=999999999-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let held = ask(Method::GET, NQUADS, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((held.status, held.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn the_head_of_a_file_is_that_of_the_whole_and_no_other_file_is_handed_out() {
    let whole = ask(Method::GET, TURTLE, &[]).await;
    let head = ask(Method::HEAD, TURTLE, &[]).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    for name in [header::CONTENT_LENGTH, header::ETAG, header::ACCEPT_RANGES] {
        assert_eq!(head.header(name.clone()), whole.header(name));
    }
    assert_eq!(head.header(header::CONTENT_LENGTH), whole.body.len().to_string());
    for path in ["/dump/graph.nq", "/dump/..%2Fmanifest.json", "/dump/%2e%2e/manifest.json"] {
        assert_eq!(ask(Method::GET, path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Packed already: nobody packs it again on the way.
    let packed = ask(Method::GET, TURTLE, &[(header::ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!(packed.header(header::CONTENT_ENCODING), "");
}
