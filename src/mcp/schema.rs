//! `schema`: what may be asked. In: a class, or none; out: classes and properties with labels, counts and kinds of values. Guarantee: the counts are those that the
//! release holds of itself (VoID, in the graph `graph/dataset`), so nothing is counted here.

use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, object};
use crate::graph::Mint;
use crate::graph::vocabulary::{void, void_ext};
use oxigraph::model::{NamedNode, NamedNodeRef};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Classes or properties that are listed, those with most members or triples first.
const LISTED_MAX: usize = 150;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    class: Option<String>,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "schema",
        title: "词汇 / Schema",
        description: "The classes and properties of the graph with labels and counts, and the prefixes that need no declaration. With a class: the properties of its \
                      members with the classes and datatypes of their values. 类与属性、数量及取值。",
        arguments: object(
            &json!({ "class": { "type": "string", "description": "A class: zt:Measure, or its IRI" } }),
            &[],
        ),
    }
}

pub(super) fn answer(source: &Source, wanted: Wanted) -> Result<Fields, Wrong> {
    let dataset = Mint::new(&source.base_iri).map(|mint| mint.dataset()).map_err(|error| {
        tracing::error!(%error, "a tool failed");
        Wrong::Internal
    })?;
    let classes = parts(source, &dataset, void::CLASS_PARTITION, void::CLASS);
    let mut answer = Fields::new();
    let mut standing = Standing::default();
    let Some(name) = wanted.class else {
        standing.add(dataset.clone());
        list_terms(source, &dataset, &classes, &mut answer);
        answer.insert("textSearch".into(), TEXT_SEARCH.into());
        standing.write(source, &mut answer);
        return Ok(answer);
    };
    let class = source.expand(&name);
    let part = classes.iter().find(|(own, _)| Some(own) == class.as_ref());
    let (class, part) = part.ok_or_else(|| unknown(source, &name, &classes))?;
    standing.add(class.clone());
    standing.add(part.clone());
    answer.insert("class".into(), described(source, class, part, void::ENTITIES, "members").into());
    let properties = parts(source, part, void::PROPERTY_PARTITION, void::PROPERTY);
    let listed = list_parts(source, &properties, void::TRIPLES, "triples", true);
    answer.insert("properties".into(), listed);
    standing.write(source, &mut answer);
    Ok(answer)
}

/// Prefixes, classes and properties, for those who write a query by hand; none where the base is no IRI.
pub(crate) fn vocabulary(source: &Source) -> Option<Value> {
    let dataset = Mint::new(&source.base_iri).ok()?.dataset();
    let classes = parts(source, &dataset, void::CLASS_PARTITION, void::CLASS);
    let mut terms = Fields::new();
    list_terms(source, &dataset, &classes, &mut terms);
    Some(Value::Object(terms))
}

fn list_terms(source: &Source, dataset: &NamedNode, classes: &[Part], to: &mut Fields) {
    to.insert("prefixes".into(), prefixes(source));
    let listed = list_parts(source, classes, void::ENTITIES, "members", false);
    to.insert("classes".into(), listed);
    let properties = parts(source, dataset, void::PROPERTY_PARTITION, void::PROPERTY);
    let listed = list_parts(source, &properties, void::TRIPLES, "triples", false);
    to.insert("properties".into(), listed);
}

/// How words are searched in a query.
const TEXT_SEARCH: &str = "?thing text:query \"养老 托育\" finds what has these words, best first; (?thing ?score ?literal) text:query (zt:text \"养老\" 20) searches one property for at most 20 hits";

type Part = (NamedNode, NamedNode);

/// The parts of a dataset by property: what each is about, and the part.
fn parts(
    source: &Source,
    of: &NamedNode,
    property: NamedNodeRef<'_>,
    about: NamedNodeRef<'_>,
) -> Vec<Part> {
    let parts = source.nodes(of, property);
    parts.filter_map(|part| Some((source.nodes(&part, about).next()?, part))).collect()
}

/// Parts as they are listed, the largest first.
fn list_parts(
    source: &Source,
    parts: &[Part],
    count: NamedNodeRef<'_>,
    count_name: &str,
    with_values: bool,
) -> Value {
    let mut sized: Vec<(u64, &Part)> = parts
        .iter()
        .map(|part| (source.number(&part.1, count).unwrap_or_default(), part))
        .collect();
    sized.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.cmp(second)));
    let listed = sized.into_iter().take(LISTED_MAX).map(|(_, (about, part))| {
        let mut fields = described(source, about, part, count, count_name);
        if with_values {
            let classes = values(source, part, void::CLASS_PARTITION, void::CLASS);
            fields.insert("valueClasses".into(), classes.into());
            let datatypes = values(source, part, void_ext::DATATYPE_PARTITION, void_ext::DATATYPE);
            fields.insert("datatypes".into(), datatypes.into());
        }
        Value::Object(fields)
    });
    listed.collect()
}

/// What is told of a class or property.
fn described(
    source: &Source,
    about: &NamedNode,
    part: &NamedNode,
    count: NamedNodeRef<'_>,
    count_name: &str,
) -> Fields {
    let mut fields = Fields::new();
    fields.insert("name".into(), source.compact(about.as_str()).into());
    fields.insert("iri".into(), about.as_str().into());
    fields.insert("labels".into(), source.labels(part).into());
    fields.insert(count_name.into(), source.number(part, count).into());
    if let Some(subjects) = source.number(part, void::DISTINCT_SUBJECTS) {
        fields.insert("subjects".into(), subjects.into());
    }
    fields
}

/// Kinds of values with the number of triples that have one.
fn values(
    source: &Source,
    part: &NamedNode,
    property: NamedNodeRef<'_>,
    about: NamedNodeRef<'_>,
) -> Map<String, Value> {
    let kinds = parts(source, part, property, about);
    let counted = kinds.iter().map(|(kind, part)| {
        (source.compact(kind.as_str()), source.number(part, void::TRIPLES).into())
    });
    counted.collect()
}

fn prefixes(source: &Source) -> Value {
    let pairs = source.prefixes.iter().map(|(name, namespace)| (name.clone(), json!(namespace)));
    Value::Object(pairs.collect())
}

fn unknown(source: &Source, name: &str, classes: &[Part]) -> Wrong {
    let mut wrong = Wrong::call("unknown", format!("no class here is {name}"));
    if let Wrong::Call(fields) = &mut wrong {
        let names =
            classes.iter().take(LISTED_MAX).map(|(class, _)| source.compact(class.as_str()));
        fields.insert("classes".into(), names.collect::<Vec<_>>().into());
    }
    wrong
}
