//! `resource`: a name to what is said of it. In: an IRI or a name; out: statements, labels, who points to it, and the words of the source. Surprising: a name
//! that nothing bears is searched for, and what was found is told beside the refusal.

use super::source::Source;
use super::standing::Standing;
use super::term::{term_json, term_of};
use super::tool::{Fields, Listing, Wrong, object};
use crate::index::Search;
use oxigraph::model::{NamedNode, Term};
use serde::Deserialize;
use serde_json::{Value, json};

/// Statements about a resource; a document has hundreds.
const STATEMENTS_MAX: usize = 200;
/// Statements that point to it; a unit is used thousands of times.
const REFERRERS_MAX: usize = 30;
/// Proposals for a name that nothing bears.
const NEAREST_MAX: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    resource: String,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "resource",
        title: "资源 / Resource",
        description: "Everything that is said of one resource: its labels, its statements, what points to it, and the quotes of the source text with code point \
                      offsets. 查一个资源的全部陈述与原文出处。",
        arguments: object(
            &json!({ "resource": {
                "type": "string",
                "description": "An IRI, a path below the base (measure/菏政发〔2024〕11号.10), or prefix:name (measure:菏政发〔2024〕11号.10)",
            } }),
            &["resource"],
        ),
    }
}

pub(super) fn answer(source: &Source, wanted: Wanted) -> Result<Fields, Wrong> {
    let Wanted { resource: name } = wanted;
    let found = source.expand(&name).filter(|iri| source.store.contains_subject(iri));
    let iri = found.ok_or_else(|| unknown(source, &name))?;
    let mut standing = Standing::default();
    standing.add(iri.clone());
    let mut triples = source.store.triples(Some(iri.as_ref().into()), None, None);
    let mut statements = Vec::new();
    for triple in triples.by_ref().take(STATEMENTS_MAX) {
        standing.add_term(source, &triple.object);
        statements.push(json!({
            "property": source.compact(triple.predicate.as_str()),
            "value": named(source, &triple.object),
        }));
    }
    let mut to_it = source.store.triples(None, None, Some(iri.as_ref().into()));
    let referrers: Vec<Value> = to_it
        .by_ref()
        .take(REFERRERS_MAX)
        .map(|triple| {
            let subject = named(source, &term_of(triple.subject));
            json!({ "subject": subject, "property": source.compact(triple.predicate.as_str()) })
        })
        .collect();
    let mut answer = Fields::new();
    answer.insert("iri".into(), iri.as_str().into());
    answer.insert("name".into(), source.compact(iri.as_str()).into());
    answer.insert("labels".into(), source.labels(&iri).into());
    answer.insert("statements".into(), statements.into());
    answer.insert("statementsCut".into(), triples.next().is_some().into());
    answer.insert("referrers".into(), referrers.into());
    answer.insert("referrersCut".into(), to_it.next().is_some().into());
    standing.write(source, &mut answer);
    Ok(answer)
}

/// A term with its label where it has one.
fn named(source: &Source, term: &Term) -> Value {
    let mut value = term_json(term);
    if let (Term::NamedNode(node), Some(fields)) = (term, value.as_object_mut()) {
        let labels = source.labels(node);
        let label = ["zh", "", "en"].iter().find_map(|language| labels.get(*language));
        if let Some(label) = label {
            fields.insert("label".into(), label.clone());
        }
    }
    value
}

fn unknown(source: &Source, name: &str) -> Wrong {
    let words = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
    // Of a pasted text its beginning is as good.
    let words: String = words.chars().take(60).collect();
    let search = Search { words, hits_max: NEAREST_MAX, ..Search::default() };
    let hits = source.index.search(&search).hits;
    let nearest = hits.iter().filter_map(|hit| {
        let iri = NamedNode::new(&hit.iri).ok()?;
        Some(json!({ "iri": iri.as_str(), "labels": source.labels(&iri) }))
    });
    let nearest: Vec<Value> = nearest.collect();
    let mut wrong = Wrong::call("unknown", format!("nothing here is known as {name}"));
    if let Wrong::Call(fields) = &mut wrong {
        fields.insert("nearest".into(), nearest.into());
    }
    wrong
}
