//! `search`: words to hits. In: words as people type them; out: what they find, with the document that holds it and the words that say so.

use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, limit, object};
use crate::index::{EntryKind, Hit, Search, Segment};
use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::{Value, json};

const HITS_DEFAULT: usize = 10;
const HITS_MAX: usize = 50;
/// More than the longest title, less than a document pasted by mistake.
const WORDS_CHARS_MAX: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    words: String,
    #[serde(default)]
    kinds: Vec<String>,
    limit: Option<usize>,
}

pub(super) fn listing() -> Listing {
    let kinds = EntryKind::ALL.map(EntryKind::name);
    Listing {
        name: "search",
        title: "搜索 / Search",
        description: "Finds documents, measures, targets, departments, indicators, places and programmes by Chinese words, document numbers or quantities, best first. \
                      Gives IRIs that `resource` and `query` take. 按词语、文号或数量检索。",
        arguments: object(
            &json!({
                "words": { "type": "string", "maxLength": WORDS_CHARS_MAX, "description": "Words as typed into a search box: 养老托育, 鲁政发〔2024〕1号, 57%" },
                "kinds": { "type": "array", "items": { "type": "string", "enum": kinds }, "description": "Only these kinds; all without" },
                "limit": { "type": "integer", "minimum": 1, "maximum": HITS_MAX, "default": HITS_DEFAULT },
            }),
            &["words"],
        ),
    }
}

pub(super) fn answer(source: &Source, wanted: Wanted) -> Result<Fields, Wrong> {
    let hits_max = limit(wanted.limit, HITS_DEFAULT, HITS_MAX)?;
    if wanted.words.chars().count() > WORDS_CHARS_MAX {
        let message = format!("`words` has at most {WORDS_CHARS_MAX} characters");
        return Err(Wrong::call("arguments", message));
    }
    let kinds = wanted.kinds.iter().map(|name| {
        EntryKind::from_name(name).ok_or_else(|| {
            let names = EntryKind::ALL.map(EntryKind::name).join(", ");
            Wrong::call("arguments", format!("there is no kind {name}; there are {names}"))
        })
    });
    let mut kinds: Vec<EntryKind> = kinds.collect::<Result<_, _>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    let search = Search { words: wanted.words, kinds, hits_max, ..Search::default() };
    let results = source.index.search(&search);
    let mut standing = Standing::default();
    for iri in results.hits.iter().filter_map(|hit| NamedNode::new(&hit.iri).ok()) {
        standing.add(iri);
    }
    let hits: Vec<Value> = results.hits.iter().map(hit_json).collect();
    let mut answer = Fields::new();
    answer.insert("total".into(), results.total.into());
    // Nothing had all the words: these have only most of them.
    answer.insert("relaxed".into(), results.relaxed.into());
    answer.insert("hits".into(), hits.into());
    standing.write(source, &mut answer);
    Ok(answer)
}

fn hit_json(hit: &Hit) -> Value {
    json!({
        "iri": hit.iri,
        "kind": hit.kind.name(),
        "title": plain(&hit.title),
        "snippet": plain(&hit.snippet),
        "document": hit.document,
    })
}

fn plain(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}
