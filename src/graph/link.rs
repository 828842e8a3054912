//! Citations without a number to the documents of the folder that bear the title cited.
//!
//! In: the quads of each document and record, in any order. Out: for each citation whose title is that of one other
//! document, `zt:cited` and the relation, in the graph of the document that cites. Guarantees: a number that the text
//! prints is never overruled; a title that two documents bear links to neither; what is held is a row a title and a row
//! an open citation, not the documents. Surprising: a title that names no place (关于加强某事的意见) means the document
//! of the citing body's own jurisdiction or of one above it, because every city has one.

use super::mint::local_name;
use super::place::Place;
use super::reference::Reference;
use super::statements::Statements;
use super::vocabulary::zt;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Shorter titles (实施细则, 若干措施) are common nouns.
const TITLE_CHARS_MIN: usize = 8;

/// Titles and open citations of the documents seen so far.
#[derive(Clone, Debug, Default)]
pub struct CitationLinks {
    /// Documents by folded title.
    titles: HashMap<String, BTreeSet<NamedNode>>,
    /// The place that each document holds for, by its key in IRIs.
    places: HashMap<NamedNode, String>,
    /// Citations that have a title and no number.
    open: Vec<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    citation: NamedNode,
    document: NamedNode,
    title: String,
    relation: Option<NamedNode>,
}

impl CitationLinks {
    /// Takes note of the titles and open citations in `quads`, which hold whole documents.
    pub fn add(&mut self, quads: &[Quad]) {
        let mut open: BTreeMap<NamedNode, Open> = BTreeMap::new();
        let mut relations: HashMap<NamedNode, NamedNode> = HashMap::new();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            match (&quad.object, quad.predicate.as_ref()) {
                (Term::Literal(title), zt::TITLE | zt::PROMULGATED_TITLE) => {
                    self.add_title(subject, title.value());
                }
                (Term::Literal(title), zt::CITED_TITLE) => {
                    let document = graph_of(quad).unwrap_or_else(|| subject.clone());
                    let title = title.value().to_owned();
                    let citation = subject.clone();
                    let relation = None;
                    open.insert(subject.clone(), Open { citation, document, title, relation });
                }
                (Term::NamedNode(relation), zt::RELATION) => {
                    relations.insert(subject.clone(), relation.clone());
                }
                (Term::NamedNode(place), zt::JURISDICTION)
                    if graph_of(quad).as_ref() == Some(subject) =>
                {
                    let key = place.as_str().rsplit('/').next().unwrap_or_default();
                    self.places.insert(subject.clone(), key.to_owned());
                }
                _ => {}
            }
        }
        let numbered = quads.iter().filter(|quad| quad.predicate == zt::CITED_NUMBER);
        for quad in numbered {
            if let NamedOrBlankNode::NamedNode(citation) = &quad.subject {
                open.remove(citation);
            }
        }
        self.open.extend(
            open.into_values().map(|one| Open { relation: relations.remove(&one.citation), ..one }),
        );
    }

    /// A document is cited by its title, by the same without its issuer, and by the title that it issues.
    fn add_title(&mut self, document: &NamedNode, title: &str) {
        let after_issuer = title.split_once("关于").map(|(_, after)| format!("关于{after}"));
        for form in [Some(title.to_owned()), after_issuer].into_iter().flatten() {
            let key = title_key(&form);
            if key.chars().count() >= TITLE_CHARS_MIN {
                self.titles.entry(key).or_default().insert(document.clone());
            }
        }
    }

    /// The links, each in the graph of the document that cites, in the order of the citations.
    pub fn describe(&self, reference: &Reference) -> Vec<Quad> {
        let mut quads = Vec::new();
        for open in &self.open {
            let Some(cited) = self.find_cited(open, reference) else { continue };
            let mut out = Statements::new(open.document.clone());
            out.add(&open.citation, zt::CITED, cited.clone());
            out.add(&open.document, zt::CITES, cited.clone());
            if let Some(relation) = &open.relation {
                let relation = NamedNodeRef::new_unchecked(relation.as_str());
                out.add(&open.document, relation, cited.clone());
            }
            quads.extend(out.into_quads());
        }
        quads
    }

    fn find_cited(&self, open: &Open, reference: &Reference) -> Option<&NamedNode> {
        let documents = self.titles.get(&title_key(&open.title))?;
        let mut meant = documents.iter().filter(|cited| self.is_meant(cited, open, reference));
        // A notice that names the plan that it issues does not cite itself.
        meant.next().filter(|only| meant.next().is_none() && **only != open.document)
    }

    /// Whether the title says which place's document it is, or the place fits.
    fn is_meant(&self, cited: &NamedNode, open: &Open, reference: &Reference) -> bool {
        let place = |document: &NamedNode| {
            let key = self.places.get(document)?;
            reference.places.by_code(key)
        };
        let (Some(cited), citing) = (place(cited), place(&open.document)) else { return true };
        let names = [Some(&cited.name), cited.short_name.as_ref()];
        let is_named = names.into_iter().flatten().any(|name| open.title.contains(&**name));
        let chain = citing.map(|citing| reference.places.chain(citing)).unwrap_or_default();
        let is_above = |above: &&Place| above.adcode == cited.adcode;
        cited.level == 0 || is_named || chain.iter().any(is_above)
    }
}

/// A title as it is compared: without brackets, spaces, dashes and dots, in half width.
fn title_key(title: &str) -> String {
    local_name(title).replace(['-', '·'], "")
}

/// The document whose graph holds `quad`.
fn graph_of(quad: &Quad) -> Option<NamedNode> {
    match &quad.graph_name {
        oxigraph::model::GraphName::NamedNode(graph) => Some(graph.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Citation, Document, DocumentNumber, Located, Relation};
    use crate::graph::describe_document;
    use crate::graph::mint::DEFAULT_BASE;
    use crate::text::{Span, Text};

    fn located<T>(value: T) -> Located<T> {
        Located::new(value, Span::new(0, 1))
    }

    /// A document of `issuer` with `title` that issues `attached` and cites `cites`.
    fn document(issuer: &str, title: &str, attached: &str, cites: &str) -> Document {
        let mut document = Document::default();
        document.header.title = Some(located(title.to_owned()));
        document.header.issuers = vec![located(issuer.to_owned())];
        if !attached.is_empty() {
            document.header.attached_title = Some(located(attached.to_owned()));
        }
        if !cites.is_empty() {
            document.citations = vec![Citation {
                item: None,
                title: Some(located(cites.to_owned())),
                number: None,
                relation: Relation::Implements,
                span: Span::new(0, 1),
            }];
        }
        document
    }

    /// The last parts of the IRIs of the documents cited by title.
    fn links(documents: &[Document]) -> Vec<String> {
        let reference = Reference::new(DEFAULT_BASE).unwrap();
        let mut links = CitationLinks::default();
        for (index, document) in documents.iter().enumerate() {
            let text = Text::from_source(format!("x{index}"));
            let described = describe_document(&text, "x.txt", document, &[], &reference);
            links.add(&described.into_quads());
        }
        let quads = links.describe(&reference);
        let implemented = quads.iter().filter(|quad| quad.predicate == zt::IMPLEMENTS);
        let name = |term: &Term| {
            term.to_string().rsplit('/').next().unwrap().trim_end_matches('>').to_owned()
        };
        implemented.map(|quad| name(&quad.object)).collect()
    }

    const PLAN: &str = "菏泽市海滨绿道试验行动计划(2031—2032年)";

    #[test]
    fn a_title_links_however_it_is_bracketed_and_spaced() {
        let plan = document("菏泽市人民政府", PLAN, "", "");
        let notice = document(
            "单县人民政府",
            "甲事通知",
            "",
            "《菏泽市海滨绿道试验行动计划（2031－2032 年）》",
        );
        assert_eq!(links(&[notice, plan]), ["菏泽市人民政府-菏泽市海滨绿道试验行动计划20312032年"]);
    }

    #[test]
    fn a_notice_is_found_by_the_title_that_it_issues_and_without_its_issuer() {
        let title = format!("菏泽市人民政府关于印发《{PLAN}》的通知");
        let issued = document("菏泽市人民政府", &title, PLAN, "");
        let by_plan = document("单县人民政府", "甲事通知", "", PLAN);
        let by_notice = document("曹县人民政府", "乙事通知", "", &format!("关于印发{PLAN}的通知"));
        assert_eq!(links(&[issued, by_plan, by_notice]).len(), 2);
    }

    #[test]
    fn a_title_that_two_documents_bear_links_to_neither() {
        let one = document("菏泽市人民政府", PLAN, "", "");
        let other = document("菏泽市教育局", PLAN, "", "");
        let notice = document("单县人民政府", "甲事通知", "", PLAN);
        assert_eq!(links(&[one, other, notice]), Vec::<String>::new());
    }

    #[test]
    fn a_title_without_a_place_means_the_document_of_ones_own_jurisdiction() {
        let title = "关于推进海滨绿道试验建设的意见";
        let own = document("菏泽市人民政府", title, "", "");
        let far = document("福州市人民政府", title, "", "");
        let notice = document("单县人民政府", "甲事通知", "", title);
        assert_eq!(
            links(&[own, far.clone(), notice.clone()]),
            ["菏泽市人民政府-关于推进海滨绿道试验建设的意见"]
        );
        assert_eq!(links(&[far, notice]), Vec::<String>::new());
    }

    #[test]
    fn a_common_noun_is_no_title() {
        let rules = document("菏泽市人民政府", "实施细则", "", "");
        let notice = document("单县人民政府", "甲事通知", "", "实施细则");
        assert_eq!(links(&[rules, notice]), Vec::<String>::new());
    }

    #[test]
    fn a_notice_does_not_cite_the_plan_that_it_issues() {
        let title = format!("菏泽市人民政府关于印发{PLAN}的通知");
        assert_eq!(links(&[document("菏泽市人民政府", &title, PLAN, PLAN)]), Vec::<String>::new());
    }

    #[test]
    fn a_number_that_is_printed_is_never_overruled() {
        let plan = document("菏泽市人民政府", PLAN, "", "");
        let mut notice = document("单县人民政府", "甲事通知", "", PLAN);
        let number = DocumentNumber::Coded { code: "菏政试发".into(), year: 2031, serial: 7 };
        notice.citations[0].number = Some(located(number));
        assert_eq!(links(&[plan, notice]), Vec::<String>::new());
    }
}
