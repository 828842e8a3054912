//! `/prefixes`: the prefixes that need no declaration, for programs. In: the site's list; out: JSON, or
//! Turtle with `sh:declare` as SPARQL editors read it.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::request::Ask;
use super::site::Site;

const JSON: &str = "application/json";
const TURTLE: &str = "text/turtle";

/// Serves the list.
pub(crate) async fn serve(
    State(site): State<Arc<Site>>,
    ask: Ask,
) -> Result<Response, ServiceError> {
    let offers = [(JSON, JSON), (TURTLE, TURTLE)];
    let media_type = match ask.parameters.one("format")? {
        None => ask.accept.choose(&offers).or_else(|| {
            // A browser asks for HTML, which this list has no need of.
            (ask.accept.quality("text/html") > 0).then_some(JSON)
        }),
        Some("json") => Some(JSON),
        Some("ttl" | "turtle") => Some(TURTLE),
        Some(_) => None,
    };
    let media_type =
        media_type.ok_or_else(|| ServiceError::NotAcceptable { offered: vec![JSON, TURTLE] })?;
    let tag = entity_tag(&site, &ask, media_type);
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = if media_type == JSON {
        ([(header::CONTENT_TYPE, JSON)], json(&site)).into_response()
    } else {
        ([(header::CONTENT_TYPE, "text/turtle; charset=utf-8")], turtle(&site)).into_response()
    };
    set_tag(&mut response, &tag);
    Ok(response)
}

fn json(site: &Site) -> String {
    let map: Map<String, Value> = site
        .prefixes
        .iter()
        .map(|(name, namespace)| (name.clone(), Value::from(namespace.as_str())))
        .collect();
    Value::Object(map).to_string()
}

fn turtle(site: &Site) -> String {
    let mut text = format!(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n<{}prefixes>\n",
        site.manifest.base_iri
    );
    let last = site.prefixes.len().saturating_sub(1);
    for (index, (name, namespace)) in site.prefixes.iter().enumerate() {
        let end = if index == last { '.' } else { ';' };
        // Names and namespaces were checked when the endpoint was made: neither holds a quote.
        let _ = writeln!(
            text,
            "    sh:declare [ sh:prefix \"{name}\" ; sh:namespace \"{namespace}\"^^xsd:anyURI ] {end}"
        );
    }
    text
}
