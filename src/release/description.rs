//! What a release says of itself inside its graph: VoID, DCAT, its service, its questions, its prefixes. In: a graph; out: quads of the
//! graph `graph/dataset` under the base. Guarantees: all counts are of the graph without this description; the same graph has the same
//! description. The surprise: because the description stands in the graph, who counts the graph afterwards counts it too.

mod service;

use super::Example;
use super::manifest::hex;
use crate::graph::vocabulary::{dcat, dcterms, owl, sd, skos, void, void_ext, zt};
use crate::graph::{Mint, Statements};
use crate::store::{ClassProfile, Profile, PropertyProfile, Store};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Properties that say that a resource is known elsewhere.
const LINKS: [NamedNodeRef<'static>; 6] = [
    owl::SAME_AS,
    skos::EXACT_MATCH,
    skos::CLOSE_MATCH,
    skos::BROAD_MATCH,
    skos::NARROW_MATCH,
    rdfs::SEE_ALSO,
];

/// What a description is made from, beside the graph.
pub(super) struct Described<'a> {
    pub(super) mint: &'a Mint,
    pub(super) examples: &'a [Example],
    /// Names of the files that the graph is handed out as, with media type.
    pub(super) dumps: &'a [(&'a str, &'a str)],
}

/// Describes the graph in `store`.
pub(super) fn describe(store: &Store, described: &Described<'_>) -> Vec<Quad> {
    let Described { mint, examples, dumps } = described;
    let profile = store.profile();
    let out = Statements::new(mint.graph("dataset"));
    let mut describing =
        Describing { store, mint, dataset: mint.dataset(), prefixes: mint.prefixes(), out };
    describing.whole(&profile);
    describing.partitions(&profile);
    describing.linksets();
    describing.service(dumps);
    describing.questions(examples);
    describing.out.into_quads()
}

/// A description while it is made.
struct Describing<'a> {
    store: &'a Store,
    mint: &'a Mint,
    dataset: NamedNode,
    prefixes: Vec<(String, String)>,
    out: Statements,
}

impl Describing<'_> {
    fn whole(&mut self, profile: &Profile) {
        let dataset = self.dataset.clone();
        for class in [void::DATASET, dcat::DATASET, sd::DATASET] {
            self.out.class(&dataset, class);
        }
        let title = (
            "政图：中国政府政策文件知识图谱",
            Some("Zhengtu: a knowledge graph of Chinese policy documents"),
        );
        self.out.bilingual(&dataset, rdfs::LABEL, title);
        self.out.bilingual(&dataset, dcterms::TITLE, title);
        self.out.bilingual(
            &dataset,
            dcterms::DESCRIPTION,
            (
                "文件、措施、责任分工、指标、目标、支持政策、地点及其原文出处。",
                Some("Documents, measures, responsibilities, indicators, targets, support terms and places, each with the words that say so."),
            ),
        );
        self.out.string(&dataset, void::URI_SPACE, self.mint.base());
        self.out.integer(&dataset, void::TRIPLES, profile.triples);
        self.out.integer(&dataset, void::DISTINCT_SUBJECTS, profile.subjects);
        self.out.integer(&dataset, void::DISTINCT_OBJECTS, profile.objects);
        self.out.integer(&dataset, void::PROPERTIES, profile.properties.len());
        // Where there are too many to be told apart, nobody knows how many.
        if !profile.classes.is_empty() {
            self.out.integer(&dataset, void::CLASSES, profile.classes.len());
        }
        let classes = profile.classes.iter().map(|known| known.class.as_str());
        let properties = profile.properties.iter().map(|known| known.property.as_str());
        let vocabularies: BTreeSet<&str> = classes.chain(properties).map(namespace_of).collect();
        for vocabulary in vocabularies {
            self.out.add(&dataset, void::VOCABULARY, NamedNode::new_unchecked(vocabulary));
        }
        let document = zt::POLICY_DOCUMENT.into();
        let first = self.store.triples(None, Some(rdf::TYPE), Some(document)).next();
        if let Some(NamedOrBlankNode::NamedNode(example)) = first.map(|triple| triple.subject) {
            self.out.add(&dataset, void::EXAMPLE_RESOURCE, example);
        }
    }

    fn partitions(&mut self, profile: &Profile) {
        let dataset = self.dataset.clone();
        for class in &profile.classes {
            self.class_partition(class);
        }
        for property in &profile.properties {
            let name = self.name_of(property.property.as_str());
            self.property_partition(&dataset, &name, property);
        }
    }

    fn class_partition(&mut self, profile: &ClassProfile) {
        let ClassProfile { class, members, properties } = profile;
        let name = self.name_of(class.as_str());
        let partition = self.mint.dataset_part(&name);
        let dataset = self.dataset.clone();
        self.out.add(&dataset, void::CLASS_PARTITION, partition.clone());
        self.out.add(&partition, void::CLASS, class.clone());
        self.out.integer(&partition, void::ENTITIES, *members);
        let triples = properties.iter().map(|property| property.triples).sum();
        self.out.integer(&partition, void::TRIPLES, triples);
        self.labels(&partition, class);
        for property in properties {
            let name = format!("{name}--{}", self.name_of(property.property.as_str()));
            self.property_partition(&partition, &name, property);
        }
    }

    fn property_partition(&mut self, of: &NamedNode, name: &str, profile: &PropertyProfile) {
        let partition = self.mint.dataset_part(name);
        self.out.add(of, void::PROPERTY_PARTITION, partition.clone());
        self.out.add(&partition, void::PROPERTY, profile.property.clone());
        self.out.integer(&partition, void::TRIPLES, profile.triples);
        self.out.integer(&partition, void::DISTINCT_SUBJECTS, profile.subjects);
        if let Some(objects) = profile.objects {
            self.out.integer(&partition, void::DISTINCT_OBJECTS, objects);
        }
        self.labels(&partition, &profile.property);
        for (class, triples) in &profile.value_classes {
            let part = self.mint.dataset_part(&format!("{name}--{}", self.name_of(class.as_str())));
            self.out.add(&partition, void::CLASS_PARTITION, part.clone());
            self.out.add(&part, void::CLASS, class.clone());
            self.out.integer(&part, void::TRIPLES, *triples);
        }
        for (datatype, triples) in &profile.datatypes {
            let part =
                self.mint.dataset_part(&format!("{name}--{}", self.name_of(datatype.as_str())));
            self.out.add(&partition, void_ext::DATATYPE_PARTITION, part.clone());
            self.out.add(&part, void_ext::DATATYPE, datatype.clone());
            self.out.integer(&part, void::TRIPLES, *triples);
        }
    }

    /// Links to resources of others, by property and namespace.
    fn linksets(&mut self) {
        let dataset = self.dataset.clone();
        for property in LINKS {
            let mut targets: BTreeMap<String, usize> = BTreeMap::new();
            for triple in self.store.triples(None, Some(property), None) {
                if let Term::NamedNode(target) = &triple.object
                    && !target.as_str().starts_with(self.mint.base())
                {
                    *targets.entry(namespace_of(target.as_str()).to_owned()).or_default() += 1;
                }
            }
            for (space, triples) in targets {
                let name = format!("{}--{}", self.name_of(property.as_str()), self.name_of(&space));
                let linkset = self.mint.dataset_part(&name);
                let target = self.mint.dataset_part(&self.name_of(&space));
                self.out.add(&dataset, void::SUBSET, linkset.clone());
                self.out.class(&linkset, void::LINKSET);
                self.out.add(&linkset, void::LINK_PREDICATE, property);
                self.out.add(&linkset, void::SUBJECTS_TARGET, dataset.clone());
                self.out.add(&linkset, void::OBJECTS_TARGET, target.clone());
                self.out.integer(&linkset, void::TRIPLES, triples);
                self.out.class(&target, void::DATASET);
                self.out.string(&target, void::URI_SPACE, &space);
            }
        }
    }

    /// The names of a class or property, if the graph has any.
    fn labels(&mut self, partition: &NamedNode, of: &NamedNode) {
        let of = of.as_ref().into();
        for triple in self.store.triples(Some(of), Some(rdfs::LABEL), None) {
            self.out.add(partition, rdfs::LABEL, triple.object);
        }
    }

    /// A name of an IRI inside the description: prefix and local name where there are any.
    fn name_of(&self, iri: &str) -> String {
        let is_plain = |local: &str| {
            !local.is_empty() && local.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let compact = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace.as_str()).filter(|local| is_plain(local))?;
            Some(format!("{prefix}-{local}"))
        });
        compact.unwrap_or_else(|| {
            let digits = hex(&Sha256::digest(iri));
            digits.chars().take(16).collect()
        })
    }
}

/// An IRI up to its last `#` or `/`.
fn namespace_of(iri: &str) -> &str {
    iri.rfind(['#', '/']).and_then(|end| iri.get(..=end)).unwrap_or(iri)
}

fn uri(text: &str) -> Literal {
    Literal::new_typed_literal(text, xsd::ANY_URI)
}
