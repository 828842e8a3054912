//! A chart on a page. In: a drawing; out: what the template shows, with the address of the drawing as a file, and that file. Guarantee: a chart that has nothing to show
//! is no figure.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;

use crate::service::charts::Drawing;
use crate::service::error::ServiceError;
use crate::service::lookup::Lookup;

/// The parameter that asks for a chart of a resource's page as a file.
pub(crate) const CHART: &str = "chart";

/// A chart with its caption.
pub(crate) struct Figure {
    /// The drawing as part of the page.
    pub(crate) svg: String,
    pub(crate) caption: String,
    /// Where the file is.
    pub(crate) download: String,
    /// What the file is called.
    pub(crate) file: String,
}

impl Figure {
    /// A chart whose file is at `address`.
    pub(crate) fn new(drawing: &Drawing, caption: &str, address: String) -> Option<Self> {
        (!drawing.is_empty()).then(|| Self {
            svg: drawing.inline(),
            caption: caption.to_owned(),
            download: address,
            file: "chart.svg".to_owned(),
        })
    }

    /// The chart called `name` of the page of `resource`.
    pub(crate) fn of_resource(
        lookup: Lookup<'_>,
        (resource, name): (&NamedNode, &str),
        drawing: &Drawing,
        caption: &str,
    ) -> Option<Self> {
        let page = format!("{}.html?{CHART}={name}", lookup.site.link(resource.as_str()));
        let figure = Self::new(drawing, caption, lookup.reader.href(&page))?;
        Some(Self { file: format!("{name}.svg"), ..figure })
    }
}

/// The refusal of a chart that a page has not.
pub(crate) fn unknown_chart() -> ServiceError {
    ServiceError::parameter(CHART, ["此页没有这张图", "names no chart of this page"])
}

/// A drawing as a file.
pub(crate) fn respond_svg(drawing: &Drawing) -> Response {
    let media_type = HeaderValue::from_static("image/svg+xml; charset=utf-8");
    ([(header::CONTENT_TYPE, media_type)], drawing.standalone()).into_response()
}
