//! HTML pages. In: the graph as read by a [`Lookup`]; out: complete documents. Guarantees: every page is
//! readable without JavaScript, links stay on this host, and the graph's words are escaped. A resource is
//! shown by the page of its class; what has no page of its own gets the table of its statements.

mod answer;
mod api;
mod bounds;
mod chosen;
mod citing;
mod compare;
mod compared_charts;
mod comparison;
mod counterpart;
mod csv;
mod data;
mod deadlines;
mod department;
mod document;
mod due;
mod failure;
mod fault;
mod figure;
mod function;
mod home;
mod indicator;
mod item;
mod layout;
mod marks;
mod measured;
mod naming;
mod narrowing;
mod ontology;
mod other;
mod place;
mod places;
mod programme;
mod programmes;
mod query;
mod related;
mod results;
mod role;
mod snippet;
mod support;
mod target;
mod timing;
mod undertaking;
mod unknown;
mod wording;
mod workload;

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::address::{Format, header_path};
use super::assets;
use super::charts::Drawing;
use super::error::ServiceError;
use super::freshness::{entity_tag, is_held, not_modified, set_tag};
use super::language::{Reader, with_language};
use super::lookup::Lookup;
use super::request::Ask;
use super::site::Site;
use crate::graph::vocabulary::{ONTOLOGY, zt};

use figure::{CHART, respond_svg, unknown_chart};

pub(crate) use api::serve as serve_api;
pub(crate) use compare::{
    serve as serve_compare, serve_csv as serve_compare_csv, serve_svg as serve_compare_svg,
};
pub(crate) use data::serve as serve_data;
pub(crate) use deadlines::{
    serve as serve_deadlines, serve_csv as serve_deadlines_csv, serve_svg as serve_deadlines_svg,
};
pub(crate) use failure::render_failure;
pub(crate) use home::serve as serve_home;
pub(crate) use places::serve as serve_places;
pub(crate) use programmes::serve as serve_programmes;
pub(crate) use query::{
    serve as serve_query, serve_posted as serve_posted_query,
    serve_remembered as serve_remembered_query,
};
pub(crate) use results::render_results;

/// What every page needs around its content.
pub(crate) struct Chrome {
    reader: Reader,
    /// Heading of the browser's tab.
    title: String,
    /// Which entry of the navigation is the current one, if any.
    section: &'static str,
    /// Words in the search box.
    words: String,
    /// The same page in the other language.
    switch_href: String,
    /// The release that answers.
    release: String,
    /// The resource's IRI, on pages of resources.
    iri: String,
    /// The other representations, on pages of resources.
    alternates: Vec<Alternate>,
}

struct Alternate {
    href: String,
    media_type: &'static str,
    name: &'static str,
}

impl Chrome {
    /// The frame of a page at `here`, a path with its query but without the language.
    pub(crate) fn new(site: &Site, reader: Reader, here: &str, title: &str) -> Self {
        Self {
            reader,
            title: title.to_owned(),
            section: "",
            words: String::new(),
            switch_href: with_language(here, reader.language.other()),
            release: site.manifest.id.clone(),
            iri: String::new(),
            alternates: Vec::new(),
        }
    }

    /// The frame of a resource's page.
    fn of_resource(lookup: Lookup<'_>, ask: &Ask, name: &str, resource: &NamedNode) -> Self {
        let mut chrome =
            Self::new(lookup.site, lookup.reader, &ask.here(), &lookup.label(resource));
        resource.as_str().clone_into(&mut chrome.iri);
        let rdf = Format::ALL.into_iter().filter(|format| *format != Format::Html);
        chrome.alternates = rdf
            .map(|format| Alternate {
                href: header_path(&format!("{name}.{}", format.extension())),
                media_type: format.media_type(),
                name: format.name(),
            })
            .collect();
        chrome
    }

    /// Of two wordings the one in the reader's language.
    fn t<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.reader.t(chinese, english)
    }

    /// A link inside the site.
    fn href(&self, target: &str) -> String {
        self.reader.href(target)
    }

    /// The language's tag for `lang`.
    fn tag(&self) -> &'static str {
        self.reader.language.tag()
    }

    /// The language's code where links and forms must carry it, else empty.
    fn carried_language(&self) -> &'static str {
        if self.reader.chosen { self.reader.language.code() } else { "" }
    }

    /// The address of a file of ours.
    #[expect(clippy::unused_self, reason = "templates reach functions through a value only")]
    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of a module of ours that imports others.
    #[expect(clippy::unused_self, reason = "templates reach functions through a value only")]
    fn module(&self, name: &str) -> String {
        assets::module_address(name)
    }
}

/// Renders a template as a response.
pub(crate) fn respond(page: &impl Template) -> Result<Response, ServiceError> {
    let html = page.render().map_err(|error| ServiceError::internal("template", error))?;
    let media_type = HeaderValue::from_static("text/html; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, media_type)], html).into_response())
}

/// The response to `ask`, or 304 where the client holds it already.
pub(crate) fn fresh(
    site: &Site,
    ask: &Ask,
    form: &str,
    make: impl FnOnce() -> Result<Response, ServiceError>,
) -> Result<Response, ServiceError> {
    let tag = entity_tag(site, ask, form);
    if is_held(ask.if_none_match.as_deref(), &tag) {
        return Ok(not_modified(&tag));
    }
    let mut response = make()?;
    set_tag(&mut response, &tag);
    Ok(response)
}

type Render = fn(Lookup<'_>, Chrome, &NamedNode) -> Result<Response, ServiceError>;

/// The page of each class; the first that fits a resource is shown.
const PAGES: [(NamedNodeRef<'static>, Render); 8] = [
    (zt::POLICY_DOCUMENT, document::render),
    (zt::MEASURE, item::render),
    (zt::SECTION, item::render),
    (zt::TARGET, target::render),
    (zt::ORGANIZATION, department::render),
    (zt::INDICATOR, indicator::render),
    (zt::PLACE_CLASS, place::render),
    (zt::PROGRAMME, programme::render),
];

type Draw = fn(Lookup<'_>, &NamedNode, &str) -> Option<Drawing>;

/// What draws the charts of the pages of each class.
const DRAWN: [(NamedNodeRef<'static>, Draw); 7] = [
    (zt::POLICY_DOCUMENT, document::chart),
    (zt::MEASURE, item::chart),
    (zt::SECTION, item::chart),
    (zt::TARGET, target::chart),
    (zt::ORGANIZATION, department::chart),
    (zt::INDICATOR, indicator::chart),
    (zt::PROGRAMME, programme::chart),
];

/// The page of a resource called `name`, or the chart of it that is asked for.
pub(crate) fn render_resource(
    lookup: Lookup<'_>,
    ask: &Ask,
    name: &str,
    resource: &NamedNode,
) -> Result<Response, ServiceError> {
    if let Some(chart) = ask.parameters.one(CHART)? {
        return render_chart(lookup, resource, chart);
    }
    let chrome = Chrome::of_resource(lookup, ask, name, resource);
    if resource.as_str() == ONTOLOGY {
        return ontology::render(lookup, chrome);
    }
    let fitting = PAGES.iter().find(|(class, _)| lookup.is_a(resource, *class));
    let render = match fitting {
        Some((_, render)) => *render,
        None if function::is_function(lookup, resource) => function::render,
        None => other::render,
    };
    render(lookup, chrome, resource)
}

/// The chart of a resource's page as a file.
fn render_chart(
    lookup: Lookup<'_>,
    resource: &NamedNode,
    name: &str,
) -> Result<Response, ServiceError> {
    let fitting = DRAWN.iter().find(|(class, _)| lookup.is_a(resource, *class));
    let drawing = match fitting {
        Some((_, draw)) => draw(lookup, resource, name),
        None => function::chart(lookup, resource, name),
    };
    let drawing = drawing.ok_or_else(unknown_chart);
    drawing.map(|drawing| respond_svg(&drawing))
}
