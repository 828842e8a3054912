//! The one place that makes IRIs of resources.
//!
//! In: numbers, names and keys as a document prints them. Out: IRIs under the base of the build.
//! Guarantees: the same words give the same IRI in every build; every local name is legal in Turtle
//! and SPARQL without escapes and has at most one dot, so a person can type it. Surprising: quotation
//! marks, dashes and brackets other than 〔〕 are dropped from names, so “链长制” and 链长制 are one.

use super::GraphError;
use super::vocabulary::PREFIXES;
use crate::document::{Document, DocumentNumber};
use crate::text::CharRange;
use oxigraph::model::NamedNode;
use unicode_normalization::UnicodeNormalization;

/// The base IRI of a build that names none.
pub const DEFAULT_BASE: &str = "https://w3id.org/zhengtu/";

/// A slug of a title is cut after so many characters: longer names cannot be typed, and titles
/// that agree so far are of one document.
const TITLE_CHARS_MAX: usize = 60;

/// Makes IRIs under one base.
#[derive(Clone, Debug)]
pub struct Mint {
    base: String,
}

impl Mint {
    /// Mints under `base`, an absolute IRI that ends in `/`.
    ///
    /// # Errors
    /// [`GraphError::Base`] where `base` is no absolute IRI or does not end in `/`.
    pub fn new(base: &str) -> Result<Self, GraphError> {
        let wrong = |problem: String| GraphError::Base { base: base.to_owned(), problem };
        NamedNode::new(base).map_err(|error| wrong(error.to_string()))?;
        if !base.ends_with('/') {
            return Err(wrong("it does not end in /".to_owned()));
        }
        Ok(Self { base: base.to_owned() })
    }

    /// The base IRI.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// All prefixes of the model with their namespaces: those of resources, which depend on the base,
    /// then the fixed ones.
    pub fn prefixes(&self) -> Vec<(String, String)> {
        const RESOURCES: [(&str, &str); 16] = [
            ("doc", "document/"),
            ("section", "section/"),
            ("measure", "measure/"),
            ("target", "target/"),
            ("support", "support/"),
            ("indicator", "indicator/"),
            ("agency", "agency/"),
            ("place", "place/"),
            ("fn", "function/"),
            ("programme", "programme/"),
            ("kind", "kind/"),
            ("topic", "topic/"),
            ("ztu", "unit/"),
            ("responsibility", "responsibility/"),
            ("citation", "citation/"),
            ("finding", "finding/"),
        ];
        let resources = RESOURCES
            .iter()
            .map(|(prefix, path)| ((*prefix).to_owned(), format!("{}{path}", self.base)));
        let fixed = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
        resources.chain(fixed).collect()
    }

    /// `document/<key>`.
    pub fn document(&self, key: &DocumentKey) -> NamedNode {
        self.resource("document", &key.0)
    }

    /// The document with this number.
    pub fn numbered_document(&self, number: &DocumentNumber) -> NamedNode {
        self.document(&DocumentKey::of_number(number))
    }

    /// `section/<document>.<item>`.
    pub fn section(&self, document: &DocumentKey, item: &str) -> NamedNode {
        self.part("section", document, item)
    }

    /// `measure/<document>.<item>`.
    pub fn measure(&self, document: &DocumentKey, item: &str) -> NamedNode {
        self.part("measure", document, item)
    }

    /// `target/<document>.<item>-<number>`, numbered from 1 inside the item.
    pub fn target(&self, document: &DocumentKey, item: &str, number: usize) -> NamedNode {
        self.part("target", document, &format!("{item}-{number}"))
    }

    /// `support/<document>.<item>-<number>`, numbered from 1 inside the item.
    pub fn support_term(&self, document: &DocumentKey, item: &str, number: usize) -> NamedNode {
        self.part("support", document, &format!("{item}-{number}"))
    }

    /// `quantity/<document>.<item>-<name>`: the quantity that is the `name` of a part of the item.
    pub fn quantity(&self, document: &DocumentKey, item: &str, name: &str) -> NamedNode {
        self.part("quantity", document, &format!("{item}-{name}"))
    }

    /// `quantity/<document>.<item>-<number>-c`: the condition that each item of a target meets.
    pub fn item_condition(&self, document: &DocumentKey, item: &str, number: usize) -> NamedNode {
        self.part("quantity", document, &format!("{item}-{number}-c"))
    }

    /// `quantity/<document>.<item>-p<number>`: the capacity of the item's n-th programme.
    pub fn capacity(&self, document: &DocumentKey, item: &str, number: usize) -> NamedNode {
        self.part("quantity", document, &format!("{item}-p{number}"))
    }

    /// `responsibility/<document>.<item>-<number>`, numbered from 1 inside the item.
    pub fn responsibility(&self, document: &DocumentKey, item: &str, number: usize) -> NamedNode {
        self.part("responsibility", document, &format!("{item}-{number}"))
    }

    /// `citation/<document>.<number>`, numbered from 1.
    pub fn citation(&self, document: &DocumentKey, number: usize) -> NamedNode {
        self.part("citation", document, &number.to_string())
    }

    /// `finding/<document>.<number>`, numbered from 1.
    pub fn finding(&self, document: &DocumentKey, number: usize) -> NamedNode {
        self.part("finding", document, &number.to_string())
    }

    /// `text/<first 16 hexadecimal digits of its SHA-256>`.
    pub fn source_text(&self, sha256: &str) -> NamedNode {
        self.resource("text", &first_hex(sha256))
    }

    /// `<text>#char=<start>,<end>`, in code points (RFC 5147).
    pub fn text_span(&self, source: &NamedNode, range: CharRange) -> NamedNode {
        let CharRange { char_start, char_end } = range;
        NamedNode::new_unchecked(format!("{}#char={char_start},{char_end}", source.as_str()))
    }

    /// `indicator/<name>`.
    pub fn indicator(&self, name: &str) -> NamedNode {
        self.named("indicator", name)
    }

    /// `programme/<name>`.
    pub fn programme(&self, name: &str) -> NamedNode {
        self.named("programme", name)
    }

    /// `agency/<name>`, the name beginning with its place.
    pub fn agency(&self, name: &str) -> NamedNode {
        self.named("agency", name)
    }

    /// `place/<code>`, or the name of a place that has no code.
    pub fn place(&self, code_or_name: &str) -> NamedNode {
        self.named("place", code_or_name)
    }

    /// `function/<code>`.
    pub fn function(&self, code: &str) -> NamedNode {
        self.named("function", code)
    }

    /// `kind/<code>`.
    pub fn kind(&self, code: &str) -> NamedNode {
        self.named("kind", code)
    }

    /// `topic/<code>`.
    pub fn topic(&self, code: &str) -> NamedNode {
        self.named("topic", code)
    }

    /// `unit/<name>`: a unit that QUDT lacks.
    pub fn local_unit(&self, name: &str) -> NamedNode {
        self.named("unit", &name.replace('/', "每"))
    }

    /// `scheme/<name>`: a code list.
    pub fn scheme(&self, name: &str) -> NamedNode {
        self.named("scheme", name)
    }

    /// `graph/<name>`: a named graph that is no document.
    pub fn graph(&self, name: &str) -> NamedNode {
        self.named("graph", name)
    }

    /// `dataset`: the graph as a whole.
    pub fn dataset(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}dataset", self.base))
    }

    /// `dataset#<name>`: a part of the graph, or what describes it.
    pub fn dataset_part(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}dataset#{}", self.base, local_name(name)))
    }

    /// `query/<name>`: a question with its query.
    pub fn query(&self, name: &str) -> NamedNode {
        self.named("query", name)
    }

    /// `sparql`: the endpoint.
    pub fn endpoint(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}sparql", self.base))
    }

    /// `<file>`: what the service answers with at its root.
    pub fn at_root(&self, file: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{file}", self.base))
    }

    /// `dump/<file>`: the graph as a file.
    pub fn dump(&self, file: &str) -> NamedNode {
        self.resource("dump", file)
    }

    fn part(&self, class: &str, document: &DocumentKey, part: &str) -> NamedNode {
        self.resource(class, &format!("{}.{part}", document.0))
    }

    fn named(&self, class: &str, name: &str) -> NamedNode {
        self.resource(class, &local_name(name))
    }

    fn resource(&self, class: &str, local: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{class}/{local}", self.base))
    }
}

/// The part of a document's IRI that its parts repeat: its number, or a name made from its title.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentKey(String);

impl DocumentKey {
    /// The key of a document: its number; else issuer and title; else its title and its text's hash;
    /// else the hash alone.
    pub fn new(document: &Document, sha256: &str) -> Self {
        let header = &document.header;
        if let Some(number) = &header.number {
            return Self::of_number(&number.value);
        }
        let title = header.title.as_ref().map(|title| local_name(&title.value)).unwrap_or_default();
        let issuer =
            header.issuers.first().map(|issuer| local_name(&issuer.value)).unwrap_or_default();
        let short: String = title.chars().take(TITLE_CHARS_MAX).collect();
        Self(if title.is_empty() {
            format!("无文号-{}", first_hex(sha256))
        } else if issuer.is_empty() {
            format!("{short}-{}", first_hex(sha256))
        } else if title.starts_with(&issuer) {
            short
        } else {
            format!("{issuer}-{short}")
        })
    }

    /// The key of a numbered document: the number in canonical form.
    pub fn of_number(number: &DocumentNumber) -> Self {
        Self(local_name(&number.to_string()))
    }

    /// The key as it stands in IRIs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn first_hex(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}

/// `name` as a legal local name: compatibility forms folded, everything dropped that Turtle or SPARQL
/// would want escaped, and brackets, quotation marks and dashes. Characters beyond the first plane,
/// which SPARQL parsers refuse, become `u` and their number.
pub(super) fn local_name(name: &str) -> String {
    // Most names hold nothing but characters that stay what they are.
    if name.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii_alphanumeric()) {
        return name.to_owned();
    }
    let mut local = String::with_capacity(name.len());
    for character in name.nfkc() {
        match character {
            '〔' | '〕' | '、' => local.push(character),
            '-' | '·' if !local.is_empty() => local.push(character),
            _ if !character.is_alphanumeric() => {}
            _ if u32::from(character) > 0xFFFF => {
                local.extend(format!("u{:x}", u32::from(character)).chars());
            }
            _ => local.push(character),
        }
    }
    local
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Located;
    use crate::text::Span;

    fn coded(code: &str, year: u16, serial: u32) -> DocumentNumber {
        DocumentNumber::Coded { code: code.into(), year, serial }
    }

    #[test]
    fn quotation_marks_dashes_and_brackets_are_dropped_from_names() {
        assert_eq!(local_name("市重点产业“链长制”办公室"), "市重点产业链长制办公室");
        assert_eq!(local_name("提升方案(2024—2025年)"), "提升方案20242025年");
        assert_eq!(local_name("《 关于％的意见》"), "关于的意见");
    }

    #[test]
    fn full_width_letters_are_folded_and_rare_characters_spelled() {
        assert_eq!(local_name("ＵＰＣ试验"), "UPC试验");
        assert_eq!(local_name("𫚖鱼"), "u2b696鱼");
    }

    #[test]
    fn a_numbered_document_is_named_by_its_number() {
        let mint = Mint::new(DEFAULT_BASE).unwrap();
        assert_eq!(
            mint.numbered_document(&coded("鲁政发", 2024, 1)).as_str(),
            "https://w3id.org/zhengtu/document/鲁政发〔2024〕1号"
        );
    }

    #[test]
    fn a_document_without_number_is_named_by_issuer_and_title() {
        let mut document = Document::default();
        assert_eq!(
            DocumentKey::new(&document, "0123456789abcdef99").as_str(),
            "无文号-0123456789abcdef"
        );
        document.header.title = Some(Located::new("关于推进甲事的意见".into(), Span::default()));
        assert_eq!(
            DocumentKey::new(&document, "0123456789abcdef99").as_str(),
            "关于推进甲事的意见-0123456789abcdef"
        );
        document.header.issuers = vec![Located::new("乙市人民政府".into(), Span::default())];
        assert_eq!(DocumentKey::new(&document, "").as_str(), "乙市人民政府-关于推进甲事的意见");
    }

    #[test]
    fn a_base_that_is_relative_or_lacks_its_slash_is_refused() {
        assert!(Mint::new("zhengtu/").is_err());
        assert!(Mint::new("https://example.org/zhengtu").is_err());
    }

    #[test]
    fn prefixes_follow_the_base() {
        let mint = Mint::new("http://localhost/").unwrap();
        assert!(mint.prefixes().contains(&("doc".into(), "http://localhost/document/".into())));
        assert!(mint.prefixes().iter().any(|(prefix, _)| prefix == "zt"));
    }
}
