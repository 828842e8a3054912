//! Findings: what a reader should know about a document's defects.
//!
//! In: the findings. Out: one resource each, with its kind, the item concerned and the words. A finding
//! about something that is not there (a missing chapter) may have no words.

use super::describe_document::Description;
use super::vocabulary::zt;
use crate::document::{Finding, FindingKind};
use oxigraph::model::NamedNode;
use oxigraph::model::vocab::rdfs;

impl Description<'_> {
    /// Describes `findings`.
    pub(super) fn describe_findings(&mut self, findings: &[Finding]) {
        for (index, finding) in findings.iter().enumerate() {
            let iri = self.reference.mint.finding(&self.key, index + 1);
            let document = self.iri.clone();
            let (chinese, english) = kind_label(finding.kind);
            self.out.class(&iri, zt::FINDING_CLASS);
            self.out.bilingual(&iri, rdfs::LABEL, (chinese, Some(english)));
            self.out.integer(&iri, zt::ORDER, index + 1);
            self.out.add(&iri, zt::FINDING_KIND, kind_iri(finding.kind));
            self.out.add(&iri, zt::IN_DOCUMENT, document.clone());
            self.out.add(&iri, zt::CONCERNS, self.item_iri(finding.item));
            self.out.add(&document, zt::FINDING, iri.clone());
            if finding.kind == FindingKind::Corrected {
                self.out.string(&iri, zt::CORRECTION, &finding.at.value);
            }
            self.add_evidence(&iri, finding.at.span);
        }
    }
}

/// The concept of a kind, named by its code.
fn kind_iri(kind: FindingKind) -> NamedNode {
    let namespace = zt::FINDING_CLASS.as_str().trim_end_matches("Finding");
    NamedNode::new_unchecked(format!("{namespace}{}", kind.code()))
}

/// The labels of a kind, Chinese and English, as in `ontology/zhengtu.ttl`.
pub(super) const fn kind_label(kind: FindingKind) -> (&'static str, &'static str) {
    match kind {
        FindingKind::TextBreaksOff => ("正文中断", "the text breaks off"),
        FindingKind::PartMissing => ("缺少所述部分", "an announced part is missing"),
        FindingKind::SiteNoise => ("网页杂质", "lines of the web site"),
        FindingKind::TitleRepeated => ("标题重复", "the title is repeated"),
        FindingKind::PunctuationMixed => {
            ("标点全半角混用", "full- and half-width punctuation mixed")
        }
        FindingKind::NumberForm => ("文号不规范", "irregular form of a document number"),
        FindingKind::CitationWithoutNumber => ("引用无文号", "citation without a number"),
        FindingKind::MeasureWithoutBody => ("措施无责任单位", "measure without a responsible body"),
        FindingKind::NumberingGap => ("序号不连续", "gap in the numbering"),
        FindingKind::IndicatorUnclear => ("指标不明", "unclear indicator"),
        FindingKind::HeaderIncomplete => ("公文要素不全", "incomplete head"),
        FindingKind::NotAnOfficialDocument => ("非公文", "not an official document"),
        FindingKind::Corrected => ("人工更正", "corrected by hand"),
    }
}
