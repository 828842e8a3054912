//! The graph store protocol at `/rdf-graph-store`. In: the name of a graph, by `?graph=` with its IRI, by `?default`, or by a path below, which
//! names `<base>X` as `/X` does; out: all of its triples in a format of RDF, streamed. Guarantees: a graph is sent as a whole or the
//! connection breaks; writing is refused with the way that data get in. Surprising: no time limit applies and no worker is asked, because
//! nothing is evaluated; what is bounded is how many graphs are sent at once, and how long a reader may take nothing.

use std::io;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use oxigraph::io::RdfSerializer;
use oxigraph::model::{NamedNode, Triple};
use tokio::sync::Semaphore;

use super::address::decode_path;
use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::limits::GRAPHS_SENT_MAX;
use super::representation::serializer;
use super::request::Ask;
use super::resource::is_graph;
use super::site::Site;
use super::sparql::{choose_format, content_type, explain, wanted_format};
use super::stream::stream;
use crate::store::{AnswerFormat, QueryForm, Store};
use crate::worker::Answer;

/// Where a graph is named by a parameter.
pub(crate) const ADDRESS: &str = "/rdf-graph-store";

/// Where it is named by the path.
pub(crate) const BY_PATH: &str = "/rdf-graph-store/{*name}";

/// Leave to send one more graph.
static SENDING: Semaphore = Semaphore::const_new(GRAPHS_SENT_MAX);

/// What a request names: the set of all triples, or a named graph.
enum Graph {
    Default,
    Named(NamedNode),
}

pub(crate) fn routes() -> MethodRouter<Arc<Site>> {
    get(serve).put(refuse).post(refuse).delete(refuse).patch(refuse)
}

async fn refuse() -> ServiceError {
    ServiceError::UpdateRefused
}

async fn serve(State(site): State<Arc<Site>>, ask: Ask) -> Result<Response, ServiceError> {
    let graph = named_graph(&site, &ask)?;
    let formats = AnswerFormat::for_form(QueryForm::Construct);
    let wanted = wanted_format(&ask.parameters)?;
    let not_offered = || ServiceError::NotAcceptable {
        offered: formats.iter().map(|format| format.media_type()).collect(),
    };
    let format =
        choose_format(&ask.accept, wanted, QueryForm::Construct).ok_or_else(not_offered)?;
    let tag = entity_tag(&site, &ask, format.extension());
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let serializer = serializer(&site, format.rdf_format().ok_or_else(not_offered)?)?;
    let leave = SENDING.try_acquire().map_err(|_| ServiceError::Busy)?;
    let store = Arc::clone(&site.store);
    let answer = Answer::of_graph(format, move |sink| {
        let written = write_graph(&store, &graph, serializer, sink);
        drop(leave);
        written
    });
    let body = stream(answer.await.map_err(explain)?).await.map_err(explain)?;
    let media_type = HeaderValue::from_static(content_type(format));
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    set_tag(&mut response, &tag);
    Ok(response)
}

/// The graph that a request names, in exactly one way.
fn named_graph(site: &Site, ask: &Ask) -> Result<Graph, ServiceError> {
    let by_path = ask.path.strip_prefix(ADDRESS).filter(|rest| !rest.is_empty());
    let default = ask.parameters.one("default")?;
    let name = match (by_path, ask.parameters.one("graph")?, default) {
        (None, None, Some(_)) => return Ok(Graph::Default),
        (None, Some(iri), None) => NamedNode::new(iri).map_err(|_| {
            ServiceError::parameter("graph", ["应为绝对 IRI", "must be an absolute IRI"])
        })?,
        (Some(path), None, None) => {
            let path = decode_path(path)?;
            site.iri(&path).ok_or(ServiceError::NotFound { path })?
        }
        (None, None, None) => {
            let message = [
                "缺少；请给出图的 IRI，或用 ?default 取默认图",
                "is missing; give the IRI of a graph, or ?default for the default graph",
            ];
            return Err(ServiceError::parameter("graph", message));
        }
        _ => {
            let message = [
                "只能用一种方式指明图：graph、default 或路径",
                "names a graph in one way only: graph, default or the path",
            ];
            return Err(ServiceError::parameter("graph", message));
        }
    };
    if !is_graph(site, &name) {
        return Err(ServiceError::NotFound { path: name.into_string() });
    }
    Ok(Graph::Named(name))
}

fn write_graph(
    store: &Store,
    graph: &Graph,
    serializer: RdfSerializer,
    sink: &mut dyn io::Write,
) -> io::Result<()> {
    let mut writer = serializer.for_writer(sink);
    match graph {
        Graph::Default => {
            for triple in store.triples(None, None, None) {
                writer.serialize_triple(&triple)?;
            }
        }
        Graph::Named(name) => {
            for quad in store.quads(None, None, None, Some(name.as_ref().into())) {
                writer.serialize_triple(&Triple::from(quad))?;
            }
        }
    }
    writer.finish()?;
    Ok(())
}
