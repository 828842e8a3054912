//! One resource as an entry. In: a node of the graph; out: its name, texts and links. Surprising: a document is found by what it says outside its measures too, which
//! stands in its source text only; so these texts are no literals of the graph, and `text:query` does not give them.

use crate::graph::vocabulary::{nif, skos, zt};
use crate::index::{Entry, EntryKind, Field, Label};
use crate::store::{Property, Store, Subject};
use crate::suggest::Kind;
use oxigraph::model::vocab::rdfs;
use std::cell::RefCell;
use std::collections::HashMap;

/// The properties that are read.
pub(super) struct Properties {
    pub(super) alternative_label: Property,
    pub(super) deadline: Property,
    pub(super) document_number: Property,
    pub(super) end: Property,
    pub(super) evidence: Property,
    pub(super) form: Property,
    pub(super) function: Property,
    pub(super) heading: Property,
    pub(super) implements: Property,
    pub(super) in_document: Property,
    pub(super) indicator: Property,
    pub(super) issuer: Property,
    pub(super) jurisdiction: Property,
    pub(super) label: Property,
    pub(super) launches: Property,
    pub(super) lead: Property,
    pub(super) measure: Property,
    pub(super) part_of: Property,
    pub(super) preferred_label: Property,
    pub(super) promulgated_title: Property,
    pub(super) quote: Property,
    pub(super) responsible: Property,
    pub(super) section: Property,
    pub(super) shared: Property,
    pub(super) signed_on: Property,
    pub(super) source_text: Property,
    pub(super) start: Property,
    pub(super) support: Property,
    pub(super) target: Property,
    pub(super) text: Property,
    pub(super) title: Property,
    pub(super) whole_text: Property,
    pub(super) within: Property,
}

impl Properties {
    pub(super) fn of(store: &Store) -> Self {
        Self {
            alternative_label: store.property(skos::ALT_LABEL),
            deadline: store.property(zt::DEADLINE),
            document_number: store.property(zt::DOCUMENT_NUMBER),
            end: store.property(zt::END),
            evidence: store.property(zt::EVIDENCE),
            form: store.property(zt::KIND),
            function: store.property(zt::FUNCTION),
            heading: store.property(zt::HEADING),
            implements: store.property(zt::IMPLEMENTS),
            in_document: store.property(zt::IN_DOCUMENT),
            indicator: store.property(zt::INDICATOR_OF),
            issuer: store.property(zt::ISSUER),
            jurisdiction: store.property(zt::JURISDICTION),
            label: store.property(rdfs::LABEL),
            launches: store.property(zt::LAUNCHES),
            lead: store.property(zt::LEAD_BY),
            measure: store.property(zt::HAS_MEASURE),
            part_of: store.property(zt::PART_OF),
            preferred_label: store.property(skos::PREF_LABEL),
            promulgated_title: store.property(zt::PROMULGATED_TITLE),
            quote: store.property(zt::QUOTE),
            responsible: store.property(zt::RESPONSIBLE_ORG),
            section: store.property(zt::HAS_SECTION),
            shared: store.property(zt::SHARED_BY),
            signed_on: store.property(zt::SIGNED_ON),
            source_text: store.property(zt::SOURCE_TEXT),
            start: store.property(zt::START),
            support: store.property(zt::SUPPORTED_BY),
            target: store.property(zt::HAS_TARGET),
            text: store.property(zt::TEXT),
            title: store.property(zt::TITLE),
            whole_text: store.property(nif::IS_STRING),
            within: store.property(zt::WITHIN),
        }
    }

    /// Those that name an entity.
    fn names(&self) -> [Property; 3] {
        [self.label, self.preferred_label, self.alternative_label]
    }

    /// Those whose literals are searched.
    pub(super) fn searched(&self) -> [Property; 10] {
        [
            self.alternative_label,
            self.document_number,
            self.heading,
            self.label,
            self.preferred_label,
            self.promulgated_title,
            self.quote,
            self.text,
            self.title,
            self.whole_text,
        ]
    }
}

/// Labels that were read: those of documents and departments are wanted again and again.
pub(super) type Labels<'a> = RefCell<HashMap<Subject<'a>, Option<Label>>>;

/// One resource of a graph, about to be listed.
#[derive(Clone, Copy)]
pub(super) struct Listing<'a, 'l> {
    pub(super) node: Subject<'a>,
    pub(super) properties: &'l Properties,
    pub(super) labels: &'l Labels<'a>,
}

/// Nodes with labels that an entry is found by.
pub(super) struct Links<'a> {
    pub(super) document: Option<Subject<'a>>,
    pub(super) chapter: Option<Subject<'a>>,
    pub(super) departments: Vec<Subject<'a>>,
}

impl<'a, 'l> Listing<'a, 'l> {
    pub(super) fn entry(self, kind: EntryKind) -> Entry {
        let Label { iri, label: title } = self.own_label();
        let links = self.links(kind);
        let holder = if kind == EntryKind::Document { Some(self.node) } else { links.document };
        let number = holder.and_then(|document| {
            self.at(document).literals(self.properties.document_number).next()
        });
        let document = match kind {
            EntryKind::Document => Some(Label { iri: iri.clone(), label: title.clone() }),
            _ => links.document.and_then(|node| self.label_of(node)),
        };
        let days = self.days(kind, holder);
        Entry {
            iri,
            kind,
            targets: self.target_labels(),
            tags: self.tags(kind, holder),
            date: days.date,
            deadline: days.deadline,
            aliases: self.aliases(kind, &title),
            fields: self.fields(kind),
            title,
            number: number.map(|field| field.text),
            document,
            chapter: links.chapter.and_then(|node| self.label_of(node)),
            departments: links.departments.iter().filter_map(|node| self.label_of(*node)).collect(),
        }
    }

    /// Its IRI and name; the IRI also where it has no name.
    pub(super) fn own_label(self) -> Label {
        let iri = self.node.iri();
        Label { label: self.name().unwrap_or_else(|| iri.clone()), iri }
    }

    pub(super) fn links(self, kind: EntryKind) -> Links<'a> {
        let properties = self.properties;
        let departments = match kind {
            EntryKind::Measure => self.related(properties.responsible).collect(),
            EntryKind::Document => self.related(properties.issuer).collect(),
            _ => Vec::new(),
        };
        let is_measure = kind == EntryKind::Measure;
        let is_document = kind == EntryKind::Document;
        Links {
            document: (!is_document).then(|| self.related(properties.in_document).next()).flatten(),
            chapter: is_measure.then(|| self.related(properties.part_of).next()).flatten(),
            departments,
        }
    }

    /// The literals searched, those that say most of the resource first.
    fn fields(self, kind: EntryKind) -> Vec<Field> {
        let properties = self.properties;
        let chosen = match kind {
            EntryKind::Document => vec![
                properties.title,
                properties.promulgated_title,
                properties.document_number,
                properties.text,
            ],
            EntryKind::Measure => vec![properties.heading, properties.text],
            EntryKind::Target => vec![properties.label],
            _ => vec![properties.preferred_label, properties.alternative_label],
        };
        let mut fields: Vec<Field> =
            chosen.into_iter().flat_map(|property| self.literals(property)).collect();
        match kind {
            EntryKind::Document => {
                let sections = self.node.nodes(properties.section);
                fields.extend(sections.flat_map(|node| self.at(node).literals(properties.text)));
                fields.extend(self.own_text());
            }
            EntryKind::Target => {
                let evidence = self.node.nodes(properties.evidence);
                fields.extend(evidence.flat_map(|node| self.at(node).literals(properties.quote)));
            }
            EntryKind::Measure => {}
            _ if fields.is_empty() => fields.extend(self.literals(properties.label)),
            _ => {}
        }
        fields
    }

    /// What a document says outside its measures: head, preamble, headings, signature. Each piece between two measures is one text.
    fn own_text(self) -> Vec<Field> {
        let properties = self.properties;
        let Some(source) = self.node.nodes(properties.source_text).next() else {
            return Vec::new();
        };
        let Some(whole) = self.at(source).literals(properties.whole_text).next() else {
            return Vec::new();
        };
        let number = |node: Subject<'a>, property: Property| {
            self.at(node).literals(property).next().and_then(|field| field.text.parse().ok())
        };
        let measures = self.node.nodes(properties.measure);
        let spans = measures.flat_map(|measure| measure.nodes(properties.evidence));
        let mut spans: Vec<(usize, usize)> = spans
            .filter_map(|span| {
                Some((number(span, properties.start)?, number(span, properties.end)?))
            })
            .collect();
        spans.sort_unstable();
        let chars: Vec<char> = whole.text.chars().collect();
        let mut pieces = Vec::new();
        let mut from = 0;
        for (start, end) in spans.into_iter().chain([(chars.len(), chars.len())]) {
            pieces.extend(chars.get(from..start));
            from = from.max(end);
        }
        let texts = pieces.into_iter().map(|piece| piece.iter().collect::<String>());
        texts
            .filter(|text| !text.trim().is_empty())
            .map(|text| Field { text, ..whole.clone() })
            .collect()
    }

    /// Other names in Chinese. Documents, measures and targets have none.
    fn aliases(self, kind: EntryKind, title: &str) -> Vec<String> {
        if matches!(kind, EntryKind::Document | EntryKind::Measure | EntryKind::Target) {
            return Vec::new();
        }
        let [preferred, alternative] =
            [self.properties.preferred_label, self.properties.alternative_label];
        let mut names: Vec<String> = self
            .literals(preferred)
            .chain(self.literals(alternative))
            .filter(|field| field.language != "en" && field.text != title)
            .map(|field| field.text)
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// A measure is known by its heading, if it has one; a document by its titles and its number; an entity by all its names.
    pub(super) fn names(self, kind: EntryKind) -> (Kind, impl Iterator<Item = String>) {
        let properties = self.properties;
        let (kind, chosen): (Kind, &[Property]) = match kind {
            EntryKind::Measure => (Kind::Measure, &[properties.heading]),
            EntryKind::Target => (Kind::Measure, &[]),
            EntryKind::Document => (
                Kind::Document,
                &[properties.title, properties.promulgated_title, properties.document_number],
            ),
            EntryKind::Department => (Kind::Department, &properties.names()),
            EntryKind::Indicator => (Kind::Indicator, &properties.names()),
            EntryKind::Place => (Kind::Place, &properties.names()),
            EntryKind::Programme => (Kind::Programme, &properties.names()),
        };
        let literals = chosen.iter().flat_map(|property| self.literals(*property));
        let mut texts: Vec<String> =
            literals.filter(|field| field.language != "en").map(|field| field.text).collect();
        texts.sort();
        texts.dedup();
        (kind, texts.into_iter())
    }

    pub(super) fn at(self, node: Subject<'a>) -> Self {
        Self { node, ..self }
    }

    /// The name in Chinese, else any name.
    fn name(self) -> Option<String> {
        let mut labels: Vec<Field> = self.literals(self.properties.label).collect();
        if labels.is_empty() {
            labels.extend(self.literals(self.properties.preferred_label));
        }
        labels.sort_by_key(|field| field.language != "zh");
        labels.into_iter().next().map(|field| field.text)
    }

    pub(super) fn literals(self, property: Property) -> impl Iterator<Item = Field> + use<'a> {
        self.node.literals(property).map(move |literal| {
            let (text, _, language) = literal.destruct();
            let language = language.unwrap_or_default();
            Field { property: property.iri().to_owned(), text, language }
        })
    }

    /// The nodes with a name to which the property leads, in the order of their IRIs.
    pub(super) fn related(
        self,
        property: Property,
    ) -> impl Iterator<Item = Subject<'a>> + use<'a, 'l> {
        self.node.nodes(property).filter(move |node| {
            let read = || Some(Label { iri: node.iri(), label: self.at(*node).name()? });
            self.labels.borrow_mut().entry(*node).or_insert_with(read).is_some()
        })
    }

    /// The label of a node that was found to have one.
    pub(super) fn label_of(self, node: Subject<'a>) -> Option<Label> {
        self.labels.borrow().get(&node).cloned().flatten()
    }
}
