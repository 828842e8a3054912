//! Reading the graph for a page. In: a resource and a property; out: values, names and links in the
//! reader's language. Guarantee: what the graph does not say is an empty value, never an error. Lists
//! are in the order of `zt:order`, then of names, so that a page is the same at every request.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};

use super::language::{Language, Reader};
use super::site::Site;
use crate::graph::vocabulary::{skos, zt};
use oxigraph::model::vocab::{rdf, rdfs};

/// A resource as shown: its name, and where the name leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The name in the reader's language.
    pub(crate) label: String,
    /// The link.
    pub(crate) href: String,
    /// The full IRI.
    pub(crate) iri: String,
}

/// A reading of one site for one reader.
#[derive(Clone, Copy)]
pub(crate) struct Lookup<'s> {
    pub(crate) site: &'s Site,
    pub(crate) reader: Reader,
}

impl<'s> Lookup<'s> {
    pub(crate) const fn new(site: &'s Site, reader: Reader) -> Self {
        Self { site, reader }
    }

    /// Of two wordings the one in the reader's language.
    pub(crate) fn t<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        self.reader.t(chinese, english)
    }

    /// Objects of a property.
    pub(crate) fn objects(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<Term> {
        let subject = Some(subject.as_ref().into());
        self.site.store.triples(subject, Some(property), None).map(|triple| triple.object).collect()
    }

    /// Resources that are objects of a property, in their order.
    pub(crate) fn nodes(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let nodes = self.objects(subject, property).into_iter().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node),
            Term::BlankNode(_) | Term::Literal(_) => None,
        });
        self.in_order(nodes.collect())
    }

    /// The first resource that is an object of a property.
    pub(crate) fn node(
        &self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Option<NamedNode> {
        self.nodes(subject, property).into_iter().next()
    }

    /// Resources that have `object` under a property, in their order.
    pub(crate) fn subjects(
        &self,
        property: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Vec<NamedNode> {
        let triples = self.site.store.triples(None, Some(property), Some(object.as_ref().into()));
        let nodes = triples.filter_map(|triple| match triple.subject {
            NamedOrBlankNode::NamedNode(node) => Some(node),
            NamedOrBlankNode::BlankNode(_) => None,
        });
        self.in_order(nodes.collect())
    }

    /// At most so many of the resources that have `object` under a property, and how many there are: only those are read.
    pub(crate) fn some_subjects(
        &self,
        property: NamedNodeRef<'_>,
        object: &NamedNode,
        count_max: usize,
    ) -> (Vec<NamedNode>, usize) {
        let object = Some(TermRef::from(object.as_ref()));
        let count = self.site.store.count(Some(property), object);
        let triples = self.site.store.triples(None, Some(property), object).take(count_max);
        let nodes = triples.filter_map(|triple| match triple.subject {
            NamedOrBlankNode::NamedNode(node) => Some(node),
            NamedOrBlankNode::BlankNode(_) => None,
        });
        (self.in_order(nodes.collect()), count)
    }

    /// How many resources have `object` under a property; known without looking at them.
    pub(crate) fn count(&self, property: NamedNodeRef<'_>, object: &NamedNode) -> usize {
        self.site.store.count(Some(property), Some(object.as_ref().into()))
    }

    /// Whether `subject` is of a class.
    pub(crate) fn is_a(&self, subject: &NamedNode, class: NamedNodeRef<'_>) -> bool {
        self.has(subject, rdf::TYPE, class)
    }

    /// Whether a statement is in the graph.
    pub(crate) fn has(
        &self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
        object: NamedNodeRef<'_>,
    ) -> bool {
        let object = Some(TermRef::from(object));
        self.site
            .store
            .triples(Some(subject.as_ref().into()), Some(property), object)
            .next()
            .is_some()
    }

    /// The text of a property in the reader's language where there is one, else in another.
    pub(crate) fn text(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Option<String> {
        self.text_of_any(subject, &[property])
    }

    /// The text of the first of several properties that has one in the best language there is.
    fn text_of_any(&self, subject: &NamedNode, properties: &[NamedNodeRef<'_>]) -> Option<String> {
        let mut best: Option<(u8, usize, String)> = None;
        for (index, property) in properties.iter().enumerate() {
            for term in self.objects(subject, *property) {
                if let Term::Literal(literal) = term {
                    let rank = self.rank_of(literal.language());
                    let found = (rank, index, literal.value().to_owned());
                    best = Some(best.map_or(found.clone(), |best| best.min(found)));
                }
            }
        }
        best.map(|(_, _, text)| text)
    }

    /// The text of a property, or nothing.
    pub(crate) fn text_or_empty(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> String {
        self.text(subject, property).unwrap_or_default()
    }

    /// A whole number.
    pub(crate) fn number(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Option<usize> {
        self.text(subject, property)?.parse().ok()
    }

    /// All texts of a property in the reader's language, or in any if there are none in it.
    pub(crate) fn texts(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<String> {
        let mut ranked: Vec<_> = self
            .objects(subject, property)
            .into_iter()
            .filter_map(|term| match term {
                Term::Literal(text) => {
                    Some((self.rank_of(text.language()), text.value().to_owned()))
                }
                Term::NamedNode(_) | Term::BlankNode(_) => None,
            })
            .collect();
        ranked.sort();
        let best = ranked.iter().map(|(rank, _)| *rank).min();
        ranked.retain(|(rank, _)| Some(*rank) == best);
        ranked.into_iter().map(|(_, text)| text).collect()
    }

    /// The name of a resource: its label, else the words that it quotes, else the last part of its IRI.
    pub(crate) fn label(&self, node: &NamedNode) -> String {
        self.text_of_any(node, &[rdfs::LABEL, skos::PREF_LABEL, zt::TITLE])
            .or_else(|| self.text(node, zt::QUOTE).map(|quote| quotation(&quote)))
            .unwrap_or_else(|| local_name(node.as_str()).to_owned())
    }

    /// The number of an item, where its name does not begin with it already.
    pub(crate) fn number_beside_name(&self, item: &NamedNode) -> String {
        let number = self.text_or_empty(item, zt::NUMBER);
        if self.label(item).starts_with(&number) { String::new() } else { number }
    }

    /// The link to a resource.
    pub(crate) fn href(&self, node: &NamedNode) -> String {
        let link = self.site.link(node.as_str());
        if link.starts_with('/') { self.reader.href(&link) } else { link }
    }

    /// A resource as shown.
    pub(crate) fn reference(&self, node: &NamedNode) -> Reference {
        Reference { label: self.label(node), href: self.href(node), iri: node.as_str().to_owned() }
    }

    /// The resources of a property as shown.
    pub(crate) fn references(
        &self,
        subject: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Vec<Reference> {
        self.nodes(subject, property).iter().map(|node| self.reference(node)).collect()
    }

    /// The name of the first resource of a property.
    pub(crate) fn label_of(&self, subject: &NamedNode, property: NamedNodeRef<'_>) -> String {
        self.node(subject, property).map(|node| self.label(&node)).unwrap_or_default()
    }

    /// All statements about a resource.
    pub(crate) fn statements(&self, node: &NamedNode) -> Vec<Triple> {
        self.site.store.triples(Some(node.as_ref().into()), None, None).collect()
    }

    /// A text in the reader's language comes first, then one in none, then the other languages.
    fn rank_of(&self, language: Option<&str>) -> u8 {
        match (language, self.reader.language) {
            (Some(tag), wanted) if tag.starts_with(wanted.code()) => 0,
            (None, _) => 1,
            (Some(tag), _) if tag.starts_with(Language::Chinese.code()) => 2,
            (Some(_), _) => 3,
        }
    }

    fn in_order(&self, nodes: Vec<NamedNode>) -> Vec<NamedNode> {
        // Most properties have one value, which needs no order.
        if nodes.len() < 2 {
            return nodes;
        }
        let mut keyed: Vec<_> = nodes
            .into_iter()
            .map(|node| (self.number(&node, zt::ORDER).unwrap_or(usize::MAX), node))
            .collect();
        keyed.sort_by(|(left_order, left), (right_order, right)| {
            left_order.cmp(right_order).then_with(|| natural_order(left.as_str(), right.as_str()))
        });
        keyed.dedup();
        keyed.into_iter().map(|(_, node)| node).collect()
    }
}

/// A quote in quotation marks, cut to what one line holds.
fn quotation(quote: &str) -> String {
    const CHARS_MAX: usize = 36;
    let line = quote.replace(char::is_whitespace, "");
    let mut chars = line.chars();
    let shown: String = chars.by_ref().take(CHARS_MAX).collect();
    let ellipsis = if chars.next().is_some() { "…" } else { "" };
    format!("“{shown}{ellipsis}”")
}

/// The part of an IRI after its last `#` or `/`.
pub(crate) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).find(|part| !part.is_empty()).unwrap_or(iri)
}

/// Order of names in which numbers count as numbers: ….2 before ….10.
pub(crate) fn natural_order(left: &str, right: &str) -> Ordering {
    let (mut lefts, mut rights) = (left.chars().peekable(), right.chars().peekable());
    while let (Some(&one), Some(&other)) = (lefts.peek(), rights.peek()) {
        let order = if one.is_ascii_digit() && other.is_ascii_digit() {
            next_number(&mut lefts).cmp(&next_number(&mut rights))
        } else {
            lefts.next();
            rights.next();
            one.cmp(&other)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    // One begins the other, or they differ in leading zeros only.
    left.cmp(right)
}

/// The number that comes next; one that is too long counts as the largest.
fn next_number(chars: &mut Peekable<Chars<'_>>) -> u64 {
    let mut number: u64 = 0;
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        number = number.saturating_mul(10).saturating_add(u64::from(digit));
        chars.next();
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_names_are_ordered_as_numbers() {
        let mut names = ["m.10-2", "m.2", "m.10-1", "m.1"];
        names.sort_by(|left, right| natural_order(left, right));
        assert_eq!(names, ["m.1", "m.2", "m.10-1", "m.10-2"]);
        assert_eq!(natural_order("m.2", "m.10"), Ordering::Less);
        assert_eq!(natural_order("m.02", "m.2"), Ordering::Less);
        assert_eq!(natural_order("m", "m.1"), Ordering::Less);
        assert_eq!(natural_order("甲1", "甲1"), Ordering::Equal);
        let long = "9".repeat(30);
        assert_eq!(natural_order(&long, "8"), Ordering::Greater);
    }

    #[test]
    fn a_quotation_is_one_line_and_says_where_it_is_cut() {
        assert_eq!(quotation("扩大 造林\n"), "“扩大造林”");
        let long = "林".repeat(37);
        assert_eq!(quotation(&long), format!("“{}…”", "林".repeat(36)));
    }

    #[test]
    fn the_last_part_of_an_iri_is_its_local_name() {
        assert_eq!(local_name("https://base.example/place/371700"), "371700");
        assert_eq!(local_name("https://base.example/ontology#Lead"), "Lead");
        assert_eq!(local_name("https://base.example/"), "base.example");
    }
}
