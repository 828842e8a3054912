//! What of a document matters beyond it. In: a quad; out: whether [`CitationLinks`](super::CitationLinks) or
//! [`Unread`](super::Unread) looks at quads like it. Guarantee: what these two say follows from such quads alone, so that the
//! others need not be kept for them.

use super::vocabulary::zt;
use oxigraph::model::QuadRef;

/// Whether a quad matters for links between documents, or for documents that are only cited.
pub fn tells_across(quad: QuadRef<'_>) -> bool {
    matches!(
        quad.predicate,
        zt::TITLE
            | zt::PROMULGATED_TITLE
            | zt::CITED_TITLE
            | zt::CITED_NUMBER
            | zt::CITED
            | zt::RELATION
            | zt::JURISDICTION
            | zt::SOURCE_TEXT
    )
}

#[cfg(test)]
mod tests {
    use super::super::{CitationLinks, Reference, Unread};
    use super::*;
    use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://w3id.org/zhengtu/{name}"))
    }

    fn say(document: &str, subject: &str, property: NamedNodeRef<'_>, object: Term) -> Quad {
        Quad::new(node(subject), property.into_owned(), object, node(document))
    }

    /// One document that cites another of the folder by its title, and one that is not there by its number. Invented.
    fn quads() -> Vec<Quad> {
        let [one, other] = ["document/海政发〔2031〕7号", "document/海政发〔2030〕2号"];
        let text = |words: &str| Term::from(Literal::from(words));
        vec![
            say(one, one, zt::TITLE, text("海滨市绿道建设方案")),
            say(one, "citation/1", zt::CITED_TITLE, text("海滨市苗圃管理暂行办法")),
            say(one, "citation/1", zt::RELATION, zt::CITES.into_owned().into()),
            say(one, "citation/2", zt::CITED_TITLE, text("海滨市绿化条例")),
            say(one, "citation/2", zt::CITED_NUMBER, text("海政发〔2029〕5号")),
            say(one, "citation/2", zt::CITED, node("document/海政发〔2029〕5号").into()),
            say(one, one, zt::NUMBER, text("7")),
            say(other, other, zt::TITLE, text("海滨市苗圃管理暂行办法")),
            say(other, other, zt::SOURCE_TEXT, node("text/2").into()),
        ]
    }

    #[test]
    fn what_documents_say_of_each_other_follows_from_these_quads_alone() {
        let reference = Reference::new(super::super::DEFAULT_BASE).unwrap();
        let told = |quads: &[Quad]| {
            let (mut links, mut unread) = (CitationLinks::default(), Unread::default());
            links.add(quads);
            unread.add(quads);
            let linked = links.describe(&reference);
            unread.add(&linked);
            (linked, unread.describe(&reference))
        };
        let all = quads();
        let across: Vec<Quad> =
            all.iter().filter(|quad| tells_across(quad.as_ref())).cloned().collect();
        assert!(across.len() < all.len());
        let (linked, unread) = told(&all);
        assert!(!linked.is_empty() && !unread.is_empty());
        assert_eq!(told(&across), (linked, unread));
    }
}
