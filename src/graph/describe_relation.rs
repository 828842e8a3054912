//! What a document points to: other documents, programmes, places.
//!
//! In: citations, programmes and place mentions. Out: resources and links from the items that name them.
//! Guarantees: a citation's relation is the property itself, with `zt:cites` beside it, so the n-ary and
//! the direct form cannot drift; a citation without number is there and has no `zt:cited`. A cited
//! document is named here and described by [`Unread`](super::Unread) if nobody has
//! read it.

use super::describe_document::Description;
use super::mint::local_name;
use super::vocabulary::{skos, zt};
use crate::document::{Citation, ProgrammeKind, Relation};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::HashMap;

impl Description<'_> {
    /// Describes all citations.
    pub(super) fn describe_citations(&mut self) {
        for (index, citation) in self.document.citations.iter().enumerate() {
            let iri = self.reference.mint.citation(&self.key, index + 1);
            let document = self.iri.clone();
            self.out.class(&iri, zt::CITATION_CLASS);
            self.out.integer(&iri, zt::ORDER, index + 1);
            self.out.add(&document, zt::CITATION, iri.clone());
            self.out.add(&self.item_iri(citation.item), zt::CITATION, iri.clone());
            let relation = relation(citation.relation);
            self.out.add(&iri, zt::RELATION, relation);
            self.describe_cited(&iri, citation, relation);
            self.add_evidence(&iri, citation.span);
        }
    }

    fn describe_cited(
        &mut self,
        iri: &NamedNode,
        citation: &Citation,
        relation: NamedNodeRef<'static>,
    ) {
        let title = citation.title.as_ref().map(|title| title.value.as_str());
        if let Some(title) = title {
            self.out.string(iri, zt::CITED_TITLE, title);
        }
        let number = citation.number.as_ref().map(|number| {
            let written = self.text.source_slice(number.span);
            let canonical = number.value.to_string();
            (if written.is_empty() { canonical.clone() } else { written.to_owned() }, canonical)
        });
        let label = match (title, &number) {
            (Some(title), _) => format!("《{title}》"),
            (None, Some((_, canonical))) => canonical.clone(),
            (None, None) => self.text.slice(citation.span).to_owned(),
        };
        self.out.label(iri, &label);
        if let Some((written, canonical)) = number {
            self.out.string(iri, zt::CITED_NUMBER, &written);
            let cited = citation.number.as_ref().map(|number| &number.value);
            let cited = cited.map(|number| self.reference.mint.numbered_document(number));
            // A notice that prints its own number does not cite itself.
            if let Some(cited) = cited.filter(|cited| *cited != self.iri) {
                let document = self.iri.clone();
                self.out.class(&cited, zt::POLICY_DOCUMENT);
                self.out.string(&cited, zt::DOCUMENT_NUMBER, &canonical);
                self.out.add(iri, zt::CITED, cited.clone());
                self.out.add(&document, zt::CITES, cited.clone());
                self.out.add(&document, relation, cited);
            }
        }
    }

    /// Describes all programmes.
    pub(super) fn describe_programmes(&mut self) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for programme in &self.document.programmes {
            let iri = self.reference.mint.programme(&programme.name.value);
            let kind = match programme.kind {
                ProgrammeKind::Action => "行动",
                ProgrammeKind::Works => "工程",
                ProgrammeKind::Scheme => "计划",
                ProgrammeKind::Pilot => "试点示范",
                ProgrammeKind::Project => "项目",
            };
            self.out.class(&iri, zt::PROGRAMME);
            // One IRI, one label, however a text brackets or quotes the name.
            let label = local_name(&programme.name.value);
            self.out.label(&iri, &label);
            if label != programme.name.value {
                self.out.chinese(&iri, skos::ALT_LABEL, &programme.name.value);
            }
            self.out.string(&iri, zt::PROGRAMME_KIND, kind);
            let item = self.item_iri(programme.item);
            self.out.add(&item, zt::MENTIONS, iri.clone());
            if programme.launched {
                self.out.add(&item, zt::LAUNCHES, iri.clone());
            }
            for mention in programme.places.iter().filter_map(|i| self.document.places.get(*i)) {
                let place = self.describe_adcode(&mention.adcode, &mention.name.value);
                self.out.add(&iri, zt::PLACE, place);
            }
            if let Some(quantity) = &programme.capacity {
                let item_key = self.item_keys.get(programme.item).to_owned();
                let count = counts.entry(item_key.clone()).or_default();
                *count += 1;
                let capacity = self.reference.mint.capacity(&self.key, &item_key, *count);
                self.out.class(&capacity, zt::QUANTITY);
                self.out.label(&capacity, &quantity.text.value);
                self.describe_quantity(&capacity, quantity, None);
                self.add_evidence(&capacity, quantity.text.span);
                self.out.add(&iri, zt::CAPACITY, capacity);
            }
            self.add_evidence(&iri, programme.name.span);
        }
    }

    /// Describes all mentions of places.
    pub(super) fn describe_places(&mut self) {
        for mention in &self.document.places {
            let place = self.describe_adcode(&mention.adcode, &mention.name.value);
            let item = self.item_iri(mention.item);
            self.out.add(&item, zt::MENTIONS, place);
        }
    }

    /// The place with this code, described here under `written` if the code list lacks it.
    fn describe_adcode(&mut self, adcode: &str, written: &str) -> NamedNode {
        let iri = self.reference.mint.place(adcode);
        if self.reference.places.by_code(adcode).is_none() {
            self.out.class(&iri, zt::PLACE_CLASS);
            self.out.label(&iri, written);
            self.out.string(&iri, zt::ADCODE, adcode);
            let level = match adcode {
                _ if adcode.ends_with("0000") => 1,
                _ if adcode.ends_with("00") => 2,
                _ => 3,
            };
            self.out.integer(&iri, zt::LEVEL, level);
        }
        iri
    }
}

/// The property of a relation.
const fn relation(relation: Relation) -> NamedNodeRef<'static> {
    match relation {
        Relation::Implements => zt::IMPLEMENTS,
        Relation::BasedOn => zt::BASED_ON,
        Relation::Forwards => zt::FORWARDS,
        Relation::Repeals => zt::REPEALS,
        Relation::Amends => zt::AMENDS,
        Relation::Cites => zt::CITES,
    }
}
