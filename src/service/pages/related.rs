//! What is like a resource, on its page. In: the resource; out: lists with a heading each, without those that are empty, and the nearest counterpart in a document above. Surprising: what stands in a list above is left out of
//! those below it.

use oxigraph::model::NamedNode;

use crate::index::{Hit, Related};
use crate::service::lookup::{Lookup, Reference};

/// Resources of one list.
const LISTED_MAX: usize = 5;

/// A list of what is like a resource.
pub(crate) struct RelatedList {
    pub(crate) heading: &'static str,
    pub(crate) rows: Vec<RelatedRow>,
}

/// One of it.
pub(crate) struct RelatedRow {
    pub(crate) resource: Reference,
    pub(crate) document: Option<Reference>,
    /// How its text begins.
    pub(crate) beginning: String,
}

/// What is like `resource`, as the index has it.
pub(crate) fn find(lookup: Lookup<'_>, resource: &NamedNode) -> Related {
    lookup.site.index.related(resource.as_str(), 2 * LISTED_MAX).unwrap_or_default()
}

/// The nearest counterpart in the documents that a document implements.
pub(crate) fn nearest_above(related: &Related) -> Option<NamedNode> {
    NamedNode::new(&related.above.first()?.iri).ok()
}

/// What is like a resource, in lists.
pub(crate) fn lists(lookup: Lookup<'_>, related: Related) -> Vec<RelatedList> {
    let Related { similar, above, below, same_indicator } = related;
    let lists = [
        (lookup.reader.t("上级文件的对应措施", "In the documents it implements"), above),
        (lookup.reader.t("下级文件的对应措施", "In the documents that implement it"), below),
        (lookup.reader.t("相似措施", "Similar measures"), similar),
        (lookup.reader.t("其他文件的同一指标", "The same indicators elsewhere"), same_indicator),
    ];
    let mut listed: Vec<String> = Vec::new();
    let lists = lists.map(|(heading, hits)| {
        let fresh = hits.iter().filter(|hit| !listed.contains(&hit.iri)).take(LISTED_MAX);
        let rows: Vec<RelatedRow> = fresh.map(|hit| row(lookup, hit)).collect();
        listed.extend(rows.iter().map(|row| row.resource.iri.clone()));
        RelatedList { heading, rows }
    });
    lists.into_iter().filter(|list| !list.rows.is_empty()).collect()
}

fn row(lookup: Lookup<'_>, hit: &Hit) -> RelatedRow {
    let reference = |iri: &str, label: &str| Reference {
        label: label.to_owned(),
        href: lookup.reader.href(&lookup.site.link(iri)),
        iri: iri.to_owned(),
    };
    let plain = |segments: &[crate::index::Segment]| -> String {
        segments.iter().map(|segment| segment.text.as_str()).collect()
    };
    RelatedRow {
        resource: reference(&hit.iri, &plain(&hit.title)),
        document: hit.document.as_ref().map(|document| reference(&document.iri, &document.label)),
        beginning: plain(&hit.snippet),
    }
}
