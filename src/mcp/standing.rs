//! What an answer stands on. In: resources of an answer; out: their IRIs, and the words of the sources that say so. Guarantees: each IRI once, in the
//! order of the answer; a quote has its place in code points of the source as decoded, and the source there equals it.

use super::source::Source;
use super::term::clipped;
use crate::graph::vocabulary::zt;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, Term};
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

/// IRIs that an answer names beside its content.
const IRIS_MAX: usize = 100;
/// Quotes of an answer.
const QUOTES_MAX: usize = 30;
/// Quotes of one resource, so that one does not take all.
const QUOTES_EACH_MAX: usize = 5;

/// IRIs in their order, each once.
#[derive(Default)]
pub(super) struct Standing {
    iris: Vec<NamedNode>,
    known: FxHashSet<NamedNode>,
}

impl Standing {
    pub(super) fn add(&mut self, iri: NamedNode) {
        if self.known.insert(iri.clone()) {
            self.iris.push(iri);
        }
    }

    /// Adds a term that is a resource of the release; terms of vocabularies are no ground to stand on.
    pub(super) fn add_term(&mut self, source: &Source, term: &Term) {
        if let Term::NamedNode(node) = term
            && source.is_resource(node)
        {
            self.add(node.clone());
        }
    }

    /// Writes the release, the IRIs and their quotes into an answer.
    pub(super) fn write(self, source: &Source, answer: &mut Map<String, Value>) {
        let mut quotes = Vec::new();
        for iri in &self.iris {
            let room = QUOTES_MAX.saturating_sub(quotes.len()).min(QUOTES_EACH_MAX);
            quotes.extend(quotes_of(source, iri).take(room));
        }
        let iris: Vec<&str> = self.iris.iter().take(IRIS_MAX).map(NamedNode::as_str).collect();
        answer.insert("release".into(), source.release.as_str().into());
        if self.iris.len() > IRIS_MAX {
            answer.insert("irisInAll".into(), self.iris.len().into());
        }
        answer.insert("iris".into(), json!(iris));
        answer.insert("quotes".into(), quotes.into());
    }
}

/// The words that say what is known of a resource, or that it is.
fn quotes_of<'s>(source: &'s Source, iri: &NamedNode) -> impl Iterator<Item = Value> + use<'s> {
    let about = iri.clone();
    let itself = source.nodes(iri, rdf::TYPE).any(|class| class == zt::TEXT_SPAN);
    let spans = itself.then(|| iri.clone()).into_iter().chain(source.nodes(iri, zt::EVIDENCE));
    spans.filter_map(move |span| {
        let quote = source.text(&span, zt::QUOTE)?;
        let (words, is_cut) = clipped(&quote);
        let mut value = json!({
            "of": about.as_str(),
            "quote": words,
            "start": source.number(&span, zt::START),
            "end": source.number(&span, zt::END),
            "span": span.as_str(),
            "text": source.nodes(&span, zt::SOURCE_TEXT).next().map(NamedNode::into_string),
        });
        if is_cut && let Some(fields) = value.as_object_mut() {
            fields.insert("cut".into(), true.into());
        }
        Some(value)
    })
}
