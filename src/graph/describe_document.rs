//! A document to quads: the head, and the frame that the other `describe_` files fill.
//!
//! In: a text, the document read from it, findings, the reference. Out: quads of one named graph, whose
//! name is the document's IRI. Guarantees: cannot fail; the same input gives the same quads; a document
//! typed by hand gives what an extracted one gives. What a text does not tell is left out, never guessed.

use super::describe_organization::{describe_organization, describe_place};
use super::item_keys::ItemKeys;
use super::mint::DocumentKey;
use super::place::Place;
use super::reference::Reference;
use super::statements::Statements;
use super::vocabulary::{skos, zt};
use crate::document::{Document, Finding, Header, Located, Openness};
use crate::text::{Span, Text};
use oxigraph::model::vocab::{rdfs, xsd};
use oxigraph::model::{Literal, NamedNode};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;

/// The quads that say what `document`, read from `text`, says. `file_name` is the label of the source.
pub fn describe_document(
    text: &Text,
    file_name: &str,
    document: &Document,
    findings: &[Finding],
    reference: &Reference,
) -> Statements {
    let mut description = Description::new(text, document, reference);
    description.describe_source(file_name);
    description.describe_header(file_name);
    description.describe_items();
    description.describe_targets();
    description.describe_support_terms();
    description.describe_programmes();
    description.describe_places();
    description.describe_citations();
    description.describe_findings(findings);
    description.out
}

/// What every `describe_` step needs.
pub(super) struct Description<'a> {
    pub(super) text: &'a Text,
    pub(super) document: &'a Document,
    pub(super) reference: &'a Reference,
    /// What the IRIs of parts repeat.
    pub(super) key: DocumentKey,
    /// What stands for each item in IRIs.
    pub(super) item_keys: ItemKeys,
    /// The document's IRI, also the name of its graph.
    pub(super) iri: NamedNode,
    /// The IRI of the source text.
    pub(super) source: NamedNode,
    /// SHA-256 of the source text, in hexadecimal.
    pub(super) sha256: String,
    /// The place that the document holds for.
    pub(super) jurisdiction: Option<Place>,
    /// The IRIs of the bodies described so far, by what is written: most are named again and again.
    bodies: HashMap<String, NamedNode>,
    pub(super) out: Statements,
}

impl<'a> Description<'a> {
    fn new(text: &'a Text, document: &'a Document, reference: &'a Reference) -> Self {
        let sha256 = sha256_hex(text.source());
        let key = DocumentKey::new(document, &sha256);
        let iri = reference.mint.document(&key);
        Self {
            text,
            document,
            reference,
            item_keys: ItemKeys::new(&document.items),
            source: reference.mint.source_text(&sha256),
            sha256,
            jurisdiction: reference.jurisdiction(&document.header),
            bodies: HashMap::new(),
            out: Statements::new(iri.clone()),
            key,
            iri,
        }
    }

    fn describe_header(&mut self, file_name: &str) {
        let (document, iri) = (self.document, self.iri.clone());
        let header = &document.header;
        self.out.class(&iri, zt::POLICY_DOCUMENT);
        self.describe_names(header, file_name);
        for issuer in &header.issuers {
            let agency = self.describe_body(&issuer.value);
            self.out.add(&iri, zt::ISSUER, agency);
            self.add_evidence(&iri, issuer.span);
        }
        if let Some(kind) = &header.kind {
            let concept = self.describe_kind(&kind.value);
            self.out.add(&iri, zt::KIND, concept);
        }
        if let Some(signed_on) = &header.signed_on {
            let day = Literal::new_typed_literal(signed_on.value.to_string(), xsd::DATE);
            self.out.add(&iri, zt::SIGNED_ON, day);
            self.add_evidence(&iri, signed_on.span);
        }
        for addressee in &header.addressees {
            self.out.string(&iri, zt::ADDRESSEE, &addressee.value);
            self.add_evidence(&iri, addressee.span);
        }
        if let Some(openness) = &header.openness {
            let concept = match openness.value {
                Openness::Open => zt::OPEN,
                Openness::OnRequest => zt::ON_REQUEST,
                Openness::Closed => zt::CLOSED,
            };
            self.out.add(&iri, zt::OPENNESS, concept);
            self.add_evidence(&iri, openness.span);
        }
        if let Some(period) = &header.period {
            self.out.year(&iri, zt::PERIOD_START, period.value.year_start);
            self.out.year(&iri, zt::PERIOD_END, period.value.year_end);
        }
        if let Some(place) = self.jurisdiction.clone() {
            let place = describe_place(&mut self.out, self.reference, &place);
            self.out.add(&iri, zt::JURISDICTION, place);
        }
    }

    fn describe_names(&mut self, header: &Header, file_name: &str) {
        let iri = self.iri.clone();
        let title = header.title.as_ref().or(header.attached_title.as_ref());
        match (title, &header.number) {
            (Some(title), _) => self.out.label(&iri, &title.value),
            (None, Some(_)) => self.out.label(&iri, self.key.as_str()),
            (None, None) => {
                let [chinese, english] = names_of_untitled(file_name);
                self.out.bilingual(&iri, rdfs::LABEL, (&chinese, Some(&english)));
            }
        }
        let strings = [
            (zt::TITLE, header.title.as_ref()),
            (zt::PROMULGATED_TITLE, header.attached_title.as_ref()),
        ];
        for (property, located) in strings {
            if let Some(Located { value, span }) = located {
                self.out.string(&iri, property, value);
                self.add_evidence(&iri, *span);
            }
        }
        if let Some(number) = &header.number {
            self.out.string(&iri, zt::DOCUMENT_NUMBER, &number.value.to_string());
            self.add_evidence(&iri, number.span);
        }
    }

    fn describe_kind(&mut self, kind: &str) -> NamedNode {
        let iri = self.reference.mint.kind(kind);
        let listed = self.reference.kinds.iter().any(|concept| concept.code == kind);
        if !listed {
            self.out.class(&iri, skos::CONCEPT);
            self.out.label(&iri, kind);
            self.out.chinese(&iri, skos::PREF_LABEL, kind);
            self.out.add(&iri, skos::IN_SCHEME, self.reference.mint.scheme("kinds"));
        }
        iri
    }

    /// Describes the body that `written` means in this document; its IRI.
    pub(super) fn describe_body(&mut self, written: &str) -> NamedNode {
        if let Some(iri) = self.bodies.get(written) {
            return iri.clone();
        }
        let body = self.reference.organization(written, self.jurisdiction.as_ref());
        // Without a place 市教育局 may be any city's: it stays the body of this document only.
        let iri = match &body.place {
            Some(_) => self.reference.mint.agency(&body.label),
            None => self.reference.mint.agency(&format!("{}-{}", self.key.as_str(), body.label)),
        };
        describe_organization(&mut self.out, self.reference, &iri, &body);
        self.bodies.insert(written.to_owned(), iri.clone());
        iri
    }

    /// The IRI of item `index`, or of the document where it stands before the first item.
    pub(super) fn item_iri(&self, index: Option<usize>) -> NamedNode {
        use crate::document::ItemClass;
        let item = index.and_then(|index| self.document.items.get(index));
        let key = self.item_keys.get(index);
        match item.map(|item| item.class) {
            Some(ItemClass::Measure) => self.reference.mint.measure(&self.key, key),
            Some(ItemClass::Section) => self.reference.mint.section(&self.key, key),
            None => self.iri.clone(),
        }
    }

    /// Describes the words at `span` and makes them evidence of `subject`; nothing for an empty span.
    pub(super) fn add_evidence(&mut self, subject: &NamedNode, span: Span) {
        if let Some(words) = self.describe_span(span) {
            self.out.add(subject, zt::EVIDENCE, words);
        }
    }
}

/// What a document without title and number is called: the hash in its IRI is no name for a reader.
fn names_of_untitled(file_name: &str) -> [String; 2] {
    let [chinese, english] = ["无标题文件", "Untitled document"];
    if file_name.is_empty() {
        return [chinese, english].map(str::to_owned);
    }
    [format!("{chinese}（{file_name}）"), format!("{english} ({file_name})")]
}

fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_lower_case_hexadecimal_digits() {
        assert_eq!(
            sha256_hex(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
