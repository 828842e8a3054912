//! `search`: words to hits, as the search box gives them. In: words as people type them, with what narrows them; out: what they find, with the document that holds it, the words that
//! say so and why it was found.

use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, limit, object};
use crate::index::{Axis, EntryKind, Hit, Mode, Search, Segment, Sort, WITHIN_MAX};
use crate::release::Answer;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const HITS_DEFAULT: usize = 10;
const HITS_MAX: usize = 50;
/// More than the longest title, less than a document pasted by mistake.
const WORDS_CHARS_MAX: usize = 300;
/// Deeper paging costs the index every hit before it.
const SKIPPED_MAX: usize = 10_000;
/// Values of one filter: each costs a look-up.
const LISTED_MAX: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    words: String,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    filters: BTreeMap<String, Vec<String>>,
    has_targets: Option<bool>,
    mode: Option<String>,
    #[serde(default)]
    titles_only: bool,
    sort: Option<String>,
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
    #[serde(default)]
    facets: bool,
}

pub(super) fn listing() -> Listing {
    let strings = |description: &str| json!({ "type": "array", "items": { "type": "string" }, "maxItems": LISTED_MAX, "description": description });
    let values = Axis::ALL.map(|axis| {
        (axis.name().to_owned(), strings("IRIs, years or parts of numbers, as `facets` gives them"))
    });
    Listing {
        name: "search",
        title: "搜索 / Search",
        description: "Finds documents, measures, targets, departments, indicators, places and programmes by Chinese words, document numbers or quantities, best first. \
                      Gives IRIs that `resource`, `related` and `query` take, and why each was found. 按词语、文号或数量检索。",
        arguments: object(
            &json!({
                "words": { "type": "string", "maxLength": WORDS_CHARS_MAX, "description": "Words as typed into a search box: 养老托育, 鲁政发〔2024〕1号, 57%, 部门:发改委 城镇化" },
                "within": { "type": "array", "items": { "type": "string", "maxLength": WORDS_CHARS_MAX }, "maxItems": WITHIN_MAX, "description": "Further words that what is found must have as well" },
                "kinds": { "type": "array", "items": { "type": "string", "enum": EntryKind::ALL.map(EntryKind::name) }, "description": "Only these kinds; all without" },
                "filters": { "type": "object", "properties": Value::Object(values.into_iter().collect()), "additionalProperties": false,
                    "description": "Only what has one of these values of each (all of them for departments)" },
                "has_targets": { "type": "boolean", "description": "Only what has targets, or has none" },
                "mode": { "type": "string", "enum": Mode::ALL.map(Mode::name), "default": Mode::default().name(), "description": "smart: words in all forms; exact: the characters as they stand; word: the same on borders of words" },
                "titles_only": { "type": "boolean", "default": false },
                "sort": { "type": "string", "enum": Sort::ALL.map(Sort::name), "default": Sort::default().name() },
                "offset": { "type": "integer", "minimum": 0, "maximum": SKIPPED_MAX, "default": 0, "description": "Hits to skip" },
                "limit": { "type": "integer", "minimum": 1, "maximum": HITS_MAX, "default": HITS_DEFAULT },
                "facets": { "type": "boolean", "default": false, "description": "Whether the values to narrow by are told, with their counts" },
            }),
            &["words"],
        ),
    }
}

pub(super) fn answer(source: &Source, wanted: Wanted) -> Result<Fields, Wrong> {
    let tells_facets = wanted.facets;
    let search = read(wanted)?;
    let Answer { results, did_you_mean, .. } =
        Answer::to(&search, &source.index, &source.suggestions);
    let mut standing = Standing::default();
    for iri in results.hits.iter().filter_map(|hit| NamedNode::new(&hit.iri).ok()) {
        standing.add(iri);
    }
    let hits: Vec<Value> = results.hits.iter().map(hit_json).collect();
    let mut answer = Fields::new();
    answer.insert("total".into(), results.total.into());
    // Nothing had all the words: these have only most of them.
    answer.insert("relaxed".into(), results.relaxed.into());
    answer.insert("did_you_mean".into(), did_you_mean.into());
    answer.insert("hits".into(), hits.into());
    if tells_facets {
        answer.insert("facets".into(), json!(results.facets));
    }
    standing.write(source, &mut answer);
    Ok(answer)
}

/// The search that the arguments describe.
fn read(wanted: Wanted) -> Result<Search, Wrong> {
    let hits_max = limit(wanted.limit, HITS_DEFAULT, HITS_MAX)?;
    let too_many = |name: &str, most: usize, what: &str| {
        Err(Wrong::call("arguments", format!("`{name}` has at most {most} {what}")))
    };
    if std::iter::once(&wanted.words)
        .chain(&wanted.within)
        .any(|words| words.chars().count() > WORDS_CHARS_MAX)
    {
        return too_many("words` and each of `within", WORDS_CHARS_MAX, "characters");
    }
    if wanted.within.len() > WITHIN_MAX {
        return too_many("within", WITHIN_MAX, "items");
    }
    if wanted.offset > SKIPPED_MAX {
        return Err(Wrong::call("arguments", format!("`offset` is at most {SKIPPED_MAX}")));
    }
    let mut filters = Vec::new();
    for (name, values) in wanted.filters {
        let axis = one_of("filter", &name, &Axis::ALL.map(|axis| (axis.name(), axis)))?;
        if values.len() > LISTED_MAX {
            return too_many(&name, LISTED_MAX, "items");
        }
        filters.extend(values.into_iter().map(|value| (axis, value)));
    }
    let kinds = EntryKind::ALL.map(|kind| (kind.name(), kind));
    let kinds = wanted.kinds.iter().map(|name| one_of("kind", name, &kinds));
    let mut kinds: Vec<EntryKind> = kinds.collect::<Result<_, _>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    let modes = Mode::ALL.map(|mode| (mode.name(), mode));
    let sorts = Sort::ALL.map(|sort| (sort.name(), sort));
    Ok(Search {
        words: wanted.words.trim().to_owned(),
        within: wanted
            .within
            .iter()
            .map(|words| words.trim())
            .filter(|words| !words.is_empty())
            .map(str::to_owned)
            .collect(),
        kinds,
        mode: wanted
            .mode
            .map(|name| one_of("mode", &name, &modes))
            .transpose()?
            .unwrap_or_default(),
        titles_only: wanted.titles_only,
        filters,
        has_targets: wanted.has_targets,
        sort: wanted
            .sort
            .map(|name| one_of("sort", &name, &sorts))
            .transpose()?
            .unwrap_or_default(),
        offset: wanted.offset,
        hits_max,
    })
}

/// What a name stands for, or which names there are.
fn one_of<T: Copy>(what: &str, name: &str, known: &[(&str, T)]) -> Result<T, Wrong> {
    let found = known.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(own, _)| *own).collect();
        Wrong::call(
            "arguments",
            format!("there is no {what} {name}; there are {}", names.join(", ")),
        )
    })
}

/// A hit as tools tell it.
pub(super) fn hit_json(hit: &Hit) -> Value {
    json!({
        "iri": hit.iri,
        "kind": hit.kind.name(),
        "title": plain(&hit.title),
        "snippet": plain(&hit.snippet),
        "document": hit.document,
        "departments": hit.departments,
        "reasons": hit.reasons,
        "missing": hit.missing,
    })
}

fn plain(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}
