//! Terms as tools show them. In: terms and texts; out: small JSON. Guarantee: no text is longer than it may be, and one that was cut says so.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedOrBlankNode, Term};
use serde_json::{Value, json};

/// Characters of one literal: more than nearly every paragraph, less than the text of a document.
const CHARS_MAX: usize = 2000;

/// `iri` as `prefix:name` with the longest namespace that fits, else as it is.
pub(crate) fn compact(prefixes: &[(String, String)], iri: &str) -> String {
    prefixes
        .iter()
        .filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace.as_str())?)))
        .filter(|(_, local)| !local.is_empty() && !local.contains(['/', '#']))
        .min_by_key(|(_, local)| local.len())
        .map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

/// A term as JSON: `{iri}`, `{blank}` or `{value}` with its language or datatype.
pub(super) fn term_json(term: &Term) -> Value {
    let literal = match term {
        Term::NamedNode(node) => return json!({ "iri": node.as_str() }),
        Term::BlankNode(node) => return json!({ "blank": node.as_str() }),
        Term::Literal(literal) => literal,
    };
    let (text, is_cut) = clipped(literal.value());
    let mut value = json!({ "value": text });
    if let Some(fields) = value.as_object_mut() {
        if let Some(language) = literal.language() {
            fields.insert("language".into(), language.into());
        } else if literal.datatype() != xsd::STRING {
            fields.insert("datatype".into(), literal.datatype().as_str().into());
        }
        if is_cut {
            fields.insert("chars".into(), literal.value().chars().count().into());
            fields.insert("cut".into(), true.into());
        }
    }
    value
}

/// A subject as a term.
pub(super) fn term_of(subject: NamedOrBlankNode) -> Term {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.into(),
        NamedOrBlankNode::BlankNode(node) => node.into(),
    }
}

/// The beginning of a text, and whether there is more of it.
pub(super) fn clipped(text: &str) -> (String, bool) {
    let mut rest = text.chars();
    let begin: String = rest.by_ref().take(CHARS_MAX).collect();
    let is_cut = rest.next().is_some();
    (begin, is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn a_long_text_is_cut_and_says_how_long_it_was() {
        let long = "苗".repeat(CHARS_MAX + 1);
        let value = term_json(&Literal::new_simple_literal(&long).into());
        assert_eq!((&value["cut"], &value["chars"]), (&true.into(), &(CHARS_MAX + 1).into()));
        assert_eq!(value["value"].as_str().unwrap().chars().count(), CHARS_MAX);
        assert_eq!(clipped("苗圃"), ("苗圃".to_owned(), false));
    }

    #[test]
    fn a_term_says_what_it_is() {
        let node = NamedNode::new_unchecked("http://e/苗圃");
        assert_eq!(term_json(&node.into()), json!({ "iri": "http://e/苗圃" }));
        let tagged = Literal::new_language_tagged_literal_unchecked("苗圃", "zh");
        assert_eq!(term_json(&tagged.into()), json!({ "value": "苗圃", "language": "zh" }));
        let number =
            json!({ "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer" });
        assert_eq!(term_json(&Literal::from(3).into()), number);
    }

    #[test]
    fn the_longest_namespace_that_fits_makes_the_name() {
        let prefixes =
            [("a", "http://e/"), ("b", "http://e/v#")].map(|(p, n)| (p.to_owned(), n.to_owned()));
        assert_eq!(compact(&prefixes, "http://e/v#leadBy"), "b:leadBy");
        assert_eq!(compact(&prefixes, "http://e/x/y"), "http://e/x/y");
    }
}
