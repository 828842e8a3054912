//! `related`: a resource to what is like it. In: its IRI; out: similar resources, its counterparts in the documents above and below its own, and targets of the same indicators elsewhere.

use super::search::hit_json;
use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, limit, object};
use crate::index::Related;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::{Value, json};

const HITS_DEFAULT: usize = 5;
const HITS_MAX: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    resource: String,
    limit: Option<usize>,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "related",
        title: "相关 / Related",
        description: "What is like a measure, document, target, department, indicator, place or programme: `similar` in words, `above` and `below` its counterparts in the documents that its \
                      document implements and in those that implement it, `same_indicator` targets of the same indicators in other documents. 查相似措施与上下级对应措施。",
        arguments: object(
            &json!({
                "resource": { "type": "string", "description": "An IRI, a path below the base, or prefix:name, as `search` gives it" },
                "limit": { "type": "integer", "minimum": 1, "maximum": HITS_MAX, "default": HITS_DEFAULT, "description": "At most so many of each sort" },
            }),
            &["resource"],
        ),
    }
}

pub(super) fn answer(
    source: &Source,
    Wanted { resource, limit: asked }: Wanted,
) -> Result<Fields, Wrong> {
    let hits_max = limit(asked, HITS_DEFAULT, HITS_MAX)?;
    let iri = source.expand(&resource);
    let related = iri.and_then(|iri| source.index.related(iri.as_str(), hits_max));
    let Some(Related { similar, above, below, same_indicator }) = related else {
        let message =
            format!("{resource} is nothing that is searched; take an IRI that `search` gives");
        return Err(Wrong::call("unknown", message));
    };
    let mut standing = Standing::default();
    let mut answer = Fields::new();
    let lists = [
        ("similar", similar),
        ("above", above),
        ("below", below),
        ("same_indicator", same_indicator),
    ];
    for (name, hits) in lists {
        hits.iter()
            .filter_map(|hit| NamedNode::new(&hit.iri).ok())
            .for_each(|iri| standing.add(iri));
        answer.insert(name.into(), hits.iter().map(hit_json).collect::<Vec<Value>>().into());
    }
    standing.write(source, &mut answer);
    Ok(answer)
}
