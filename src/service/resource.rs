//! Linked data: the resource `<base>X` at the path `/X`. In: any path that no other route has; out: 303
//! to a representation by `Accept`, the representation itself, a redirect to the canonical spelling, or
//! 404. Guarantee: whatever is the subject of a statement has an address here that answers.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;

use super::address::{
    Format, RESOURCE_OFFERS, canonical_name, decode_path, header_path, split_format,
};
use super::error::ServiceError;
use super::freshness::{VARY, entity_tag, is_held, not_modified, set_tag};
use super::lookup::Lookup;
use super::off_thread;
use super::pages;
use super::representation::{describe, describe_vocabulary, write};
use super::request::Ask;
use super::site::Site;
use crate::graph::vocabulary::ONTOLOGY;
use crate::index::simplify;

/// Answers for a resource or a representation of one.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    off_thread("resource", move || answer(&site, &ask)).await?
}

fn answer(site: &Site, ask: &Ask) -> Result<Response, ServiceError> {
    let name = decode_path(&ask.path)?;
    // The whole name first: a resource may be called so that its name ends like a format.
    if let Some(resource) = find(site, &name) {
        return redirect_by_accept(site, ask, &name, &resource);
    }
    let (stem, format) = split_format(name.trim_end_matches('/'));
    if let (Some(resource), Some(format), false) = (find(site, stem), format, name.ends_with('/')) {
        return represent(site, ask, stem, &resource, format);
    }
    let suffix = format.map(|format| format!(".{}", format.extension())).unwrap_or_default();
    let canonical = canonical_name(stem);
    let simplified = simplify(&canonical);
    for spelling in [canonical, simplified] {
        let address = format!("{spelling}{suffix}");
        if address != name && find(site, &spelling).is_some() {
            return redirect(StatusCode::PERMANENT_REDIRECT, ask, &address);
        }
    }
    Err(ServiceError::NotFound { path: name })
}

/// The resource called `name`, if anything is said of it or in it.
fn find(site: &Site, name: &str) -> Option<NamedNode> {
    if name == "ontology" || name.starts_with("ontology#") {
        // The vocabulary keeps its IRI under any base.
        let term = NamedNode::new(name.replacen("ontology", ONTOLOGY, 1)).ok()?;
        return site.store.contains_subject(&term).then_some(term);
    }
    let resource = site.iri(name)?;
    let known = site.store.contains_subject(&resource) || is_graph(site, &resource);
    known.then_some(resource)
}

/// Whether `name` is that of a named graph.
pub(crate) fn is_graph(site: &Site, name: &NamedNode) -> bool {
    site.store.quads(None, None, None, Some(name.as_ref().into())).next().is_some()
}

fn redirect_by_accept(
    site: &Site,
    ask: &Ask,
    name: &str,
    resource: &NamedNode,
) -> Result<Response, ServiceError> {
    let format =
        ask.accept.choose(&RESOURCE_OFFERS).ok_or_else(|| ServiceError::NotAcceptable {
            offered: Format::ALL.iter().map(|format| format.media_type()).collect(),
        })?;
    tracing::debug!(resource = resource.as_str(), release = site.manifest.id, "see other");
    redirect(StatusCode::SEE_OTHER, ask, &format!("{name}.{}", format.extension()))
}

/// A redirect to `name` that keeps the query string and so the language.
fn redirect(status: StatusCode, ask: &Ask, name: &str) -> Result<Response, ServiceError> {
    let mut address = ask.reader.href(&header_path(name));
    if !ask.query.is_empty() {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&ask.query);
    }
    let location = HeaderValue::from_str(&address).map_err(|_| ServiceError::BadPath)?;
    Ok((status, [(header::LOCATION, location), (header::VARY, VARY)]).into_response())
}

fn represent(
    site: &Site,
    ask: &Ask,
    name: &str,
    resource: &NamedNode,
    format: Format,
) -> Result<Response, ServiceError> {
    let tag = entity_tag(site, ask, format.extension());
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = if format == Format::Html {
        pages::render_resource(Lookup::new(site, ask.reader), ask, name, resource)?
    } else {
        let triples = if resource.as_str() == ONTOLOGY {
            describe_vocabulary(site)
        } else {
            describe(site, resource)
        };
        let body = write(site, &triples, format)?;
        ([(header::CONTENT_TYPE, content_type(format))], body).into_response()
    };
    set_tag(&mut response, &tag);
    for other in Format::ALL.into_iter().filter(|other| *other != format) {
        let path = header_path(&format!("{name}.{}", other.extension()));
        let link = format!("<{path}>; rel=\"alternate\"; type=\"{}\"", other.media_type());
        if let Ok(value) = HeaderValue::from_str(&link) {
            response.headers_mut().append(header::LINK, value);
        }
    }
    Ok(response)
}

/// The media type of a form, with its character set.
pub(crate) const fn content_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html; charset=utf-8",
        Format::Turtle => "text/turtle; charset=utf-8",
        Format::NTriples => "application/n-triples; charset=utf-8",
        Format::JsonLd => "application/ld+json",
        Format::RdfXml => "application/rdf+xml; charset=utf-8",
    }
}
