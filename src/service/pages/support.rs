//! Support terms: a row of a table. In: a support term; out: how much, at most how much, what share, for whom and on what
//! condition, in the words of the text. What the text does not say is an empty string.

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::graph::vocabulary::zt;
use crate::service::lookup::{Lookup, Reference};

/// A support term as shown in tables.
pub(crate) struct SupportRow {
    pub(crate) term: Reference,
    /// The support's own name.
    pub(crate) name: String,
    /// Reward, subsidy, loan limit…
    pub(crate) kind: String,
    /// The fixed sum as printed.
    pub(crate) amount: String,
    /// The ceiling as printed.
    pub(crate) ceiling: String,
    /// The share as printed.
    pub(crate) rate: String,
    /// What it is a share of.
    pub(crate) rate_base: String,
    pub(crate) recipient: String,
    pub(crate) condition: String,
    /// Which of the cases listed.
    pub(crate) tier: String,
    pub(crate) per: String,
}

/// The support terms of `item`, in the order of the text.
pub(crate) fn rows(lookup: Lookup<'_>, item: &NamedNode) -> Vec<SupportRow> {
    lookup.nodes(item, zt::HAS_SUPPORT_TERM).iter().map(|term| row(lookup, term)).collect()
}

fn row(lookup: Lookup<'_>, term: &NamedNode) -> SupportRow {
    let text = |property| lookup.text_or_empty(term, property);
    let printed = |property: NamedNodeRef<'_>| {
        let quantity = lookup.node(term, property);
        quantity.map(|node| lookup.text_or_empty(&node, zt::VALUE_TEXT)).unwrap_or_default()
    };
    SupportRow {
        term: lookup.reference(term),
        name: text(zt::SUPPORT_NAME),
        kind: lookup.label_of(term, zt::SUPPORT_KIND),
        amount: printed(zt::AMOUNT),
        ceiling: printed(zt::CEILING),
        rate: printed(zt::RATE),
        rate_base: text(zt::RATE_BASE),
        recipient: text(zt::RECIPIENT),
        condition: text(zt::CONDITION),
        tier: text(zt::TIER),
        per: text(zt::PER),
    }
}
