//! Cited documents that nobody has read: what citations tell of them.
//!
//! In: the quads of all documents and records, piece by piece. Out: quads of the graph `graph/unread` under the base: a
//! title, the place and the issuer that title or number tell. Guarantee: nothing about a document that is described
//! elsewhere. It is asked last, because no single document knows what others hold; until then it keeps a row a citation.

use super::describe_organization::{describe_organization, describe_place};
use super::organization::Organization;
use super::place::Place;
use super::reference::Reference;
use super::statements::Statements;
use super::vocabulary::{skos, zt};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Documents described, documents cited, and what citations tell of these.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// Documents with a title or a text of their own.
    described: BTreeSet<NamedNode>,
    /// The document that each citation means.
    cited: BTreeSet<(NamedNode, NamedNode)>,
    /// Citations with the titles that they print.
    titles: BTreeSet<(NamedNode, String)>,
}

impl Unread {
    /// Takes note of what `quads` describe and cite.
    pub fn add(&mut self, quads: &[Quad]) {
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            match (&quad.object, quad.predicate.as_ref()) {
                (_, zt::TITLE | zt::SOURCE_TEXT) => {
                    self.described.insert(subject.clone());
                }
                (Term::NamedNode(document), zt::CITED) => {
                    self.cited.insert((document.clone(), subject.clone()));
                }
                (Term::Literal(title), zt::CITED_TITLE) => {
                    self.titles.insert((subject.clone(), title.value().to_owned()));
                }
                _ => {}
            }
        }
    }

    /// Describes the documents that were cited and not described.
    pub fn describe(&self, reference: &Reference) -> Vec<Quad> {
        let mut out = Statements::new(reference.mint.graph("unread"));
        for (document, titles) in self.find_unread() {
            describe_cited(&mut out, document, &titles, reference);
        }
        out.into_quads()
    }

    /// The documents cited and not described, with the titles that citations give them.
    fn find_unread(&self) -> BTreeMap<&NamedNode, BTreeSet<&str>> {
        let mut unread: BTreeMap<&NamedNode, BTreeSet<&str>> = BTreeMap::new();
        for (document, citation) in &self.cited {
            if !self.described.contains(document) {
                let from = (citation.clone(), String::new());
                let own = self.titles.range(from..).take_while(|(of, _)| of == citation);
                let titles = own.map(|(_, title)| title.as_str());
                unread.entry(document).or_default().extend(titles);
            }
        }
        unread
    }
}

/// What the titles and the number of a cited document tell of it.
fn describe_cited(
    out: &mut Statements,
    document: &NamedNode,
    titles: &BTreeSet<&str>,
    reference: &Reference,
) {
    let number = document.as_str().rsplit('/').next().unwrap_or_default();
    let title = titles.first().copied().unwrap_or(number);
    out.class(document, zt::POLICY_DOCUMENT);
    out.label(document, title);
    out.string(document, zt::TITLE, title);
    for other in titles.iter().skip(1) {
        out.chinese(document, skos::ALT_LABEL, other);
    }
    let code = number.split_once('〔').map(|(code, _)| code).unwrap_or_default();
    let place = reference.places.by_number_code(code, None).filter(|_| !code.is_empty());
    if let Some(place) = place {
        let place = describe_place(out, reference, place);
        out.add(document, zt::JURISDICTION, place);
    }
    let issuer = issuer_of_title(title, reference)
        .or_else(|| place.and_then(|place| issuer_of_code(code, place, reference)));
    if let Some(issuer) = issuer {
        let iri = reference.mint.agency(&issuer.label);
        describe_organization(out, reference, &iri, &issuer);
        out.add(document, zt::ISSUER, iri);
    }
}

/// The known body that a title begins with: 国务院 in 国务院关于….
fn issuer_of_title(title: &str, reference: &Reference) -> Option<Organization> {
    let (head, _) = title.split_once("关于")?;
    let body = Some(head).filter(|head| !head.is_empty());
    let body = body.map(|head| reference.organization(head, None))?;
    Some(body).filter(|body| body.function.is_some() && body.place.is_some())
}

/// The government or its office, by the code of its numbers: 鲁政发, 鲁政办发, 国办发.
fn issuer_of_code(code: &str, place: &Place, reference: &Reference) -> Option<Organization> {
    let kind = code.strip_prefix(code.chars().next()?)?.trim_start_matches(['市', '州']);
    let office = if place.level == 1 { "人民政府办公厅" } else { "人民政府办公室" };
    let name = match (place.level, kind) {
        (0, "发" | "函" | "令") => "国务院".to_owned(),
        (0, "办发" | "办函") => "国务院办公厅".to_owned(),
        (1.., "政" | "政发" | "政字" | "政函" | "府发" | "府" | "府字" | "府函") => {
            format!("{}人民政府", place.name)
        }
        (1.., "政办" | "政办发" | "政办字" | "政办函" | "府办发" | "府厅发" | "府办函") =>
        {
            format!("{}{office}", place.name)
        }
        _ => return None,
    };
    Some(reference.organization(&name, Some(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::mint::DEFAULT_BASE;

    fn by_code(code: &str) -> Option<String> {
        let reference = Reference::new(DEFAULT_BASE).unwrap();
        let place = reference.places.by_number_code(code, None)?;
        issuer_of_code(code, place, &reference).map(|body| body.label)
    }

    #[test]
    fn the_code_of_a_number_tells_government_or_office() {
        assert_eq!(by_code("鲁政发").as_deref(), Some("山东省人民政府"));
        assert_eq!(by_code("鲁政办字").as_deref(), Some("山东省人民政府办公厅"));
        assert_eq!(by_code("菏政办发").as_deref(), Some("菏泽市人民政府办公室"));
        assert_eq!(by_code("国办发").as_deref(), Some("国务院办公厅"));
        assert_eq!(by_code("鲁教发"), None);
    }

    #[test]
    fn a_title_tells_its_issuer_only_where_it_begins_with_a_known_body() {
        let reference = Reference::new(DEFAULT_BASE).unwrap();
        let issuer = |title: &str| issuer_of_title(title, &reference).map(|body| body.label);
        assert_eq!(issuer("国务院关于推进甲事的意见").as_deref(), Some("国务院"));
        assert_eq!(issuer("山东省教育厅关于乙事的通知").as_deref(), Some("山东省教育厅"));
        assert_eq!(issuer("关于丙事的意见"), None);
        assert_eq!(issuer("丁行动方案"), None);
    }
}
