//! Support terms as JSON. In: the terms of a document; out: their reports, with paths and places as everywhere in a
//! [`Report`](super::Report).

use super::report::{QuantityReport, path_of, report_quantity, value};
use super::{Document, SupportTerm};
use crate::text::{CharRange, Text};
use serde::Serialize;

/// What is granted, lent or relieved.
#[derive(Clone, Debug, Serialize)]
pub struct SupportTermReport {
    /// Path of the item where it stands, empty before the first.
    pub path: String,
    /// `reward`, `subsidy`, `interest_subsidy`, `loan`, `down_payment`, `withdrawal`, `relief` or `charge`.
    pub kind: &'static str,
    /// The support's own name.
    pub name: String,
    /// A fixed sum, or a time.
    pub amount: Option<QuantityReport>,
    /// The most that is given.
    pub ceiling: Option<QuantityReport>,
    /// The share that is given, charged or relieved.
    pub rate: Option<QuantityReport>,
    /// What it is a share of.
    pub rate_base: Option<String>,
    /// Who receives it.
    pub recipient: Option<String>,
    /// What has to be fulfilled.
    pub condition: Option<String>,
    /// Which of the cases listed.
    pub tier: Option<String>,
    /// Per whom, for each what, how often.
    pub per: Option<String>,
    /// The words as published.
    pub text: String,
    /// Where.
    pub at: CharRange,
}

/// The reports of all terms of `document`.
pub(super) fn report_support_terms(text: &Text, document: &Document) -> Vec<SupportTermReport> {
    let report = |term: &SupportTerm| SupportTermReport {
        path: path_of(&document.items, term.item).unwrap_or_default(),
        kind: term.kind.code(),
        name: term.name.value.clone(),
        amount: term.amount.as_ref().map(report_quantity),
        ceiling: term.ceiling.as_ref().map(report_quantity),
        rate: term.rate.as_ref().map(report_quantity),
        rate_base: value(term.rate_base.as_ref()),
        recipient: value(term.recipient.as_ref()),
        condition: value(term.condition.as_ref()),
        tier: value(term.tier.as_ref()),
        per: value(term.per.as_ref()),
        text: text.source_slice(term.span).to_owned(),
        at: text.source_range(term.span),
    };
    document.support_terms.iter().map(report).collect()
}
