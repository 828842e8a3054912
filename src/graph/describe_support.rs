//! Support terms: what is granted, lent or relieved, how much at most, for whom and for what.
//!
//! In: the support terms of a document. Out: one resource each, hung on the item where it stands, with up to three
//! quantities. Guarantees: a term is numbered from 1 inside its item; a sum that is the most of its term stands a second
//! time as `zt:yuanMax`, so that the question most asked needs no quantity. The surprise: a sum for each of something
//! (20元/平方米, 每户2万元) is the most for each, not for all.

use super::describe_document::Description;
use super::describe_quantity::yuan_max;
use super::vocabulary::zt;
use crate::document::{Quantity, SupportKind, SupportTerm};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::HashMap;

impl Description<'_> {
    /// Describes all support terms.
    pub(super) fn describe_support_terms(&mut self) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (index, term) in self.document.support_terms.iter().enumerate() {
            let item_key = self.item_keys.get(term.item).to_owned();
            let count = counts.entry(item_key.clone()).or_default();
            *count += 1;
            let iri = self.reference.mint.support_term(&self.key, &item_key, *count);
            self.out.class(&iri, zt::SUPPORT_TERM);
            self.out.add(&self.item_iri(term.item), zt::HAS_SUPPORT_TERM, iri.clone());
            self.out.add(&iri, zt::IN_DOCUMENT, self.iri.clone());
            self.out.integer(&iri, zt::ORDER, index + 1);
            self.out.label(&iri, &label(term));
            self.out.add(&iri, zt::SUPPORT_KIND, kind(term.kind));
            self.out.string(&iri, zt::SUPPORT_NAME, &term.name.value);
            self.describe_support_words(&iri, term);
            let name = format!("s{count}");
            self.describe_support_sums(&iri, (&item_key, &name), term);
            self.add_evidence(&iri, term.span);
        }
    }

    fn describe_support_words(&mut self, iri: &NamedNode, term: &SupportTerm) {
        let words = [
            (zt::RATE_BASE, &term.rate_base),
            (zt::RECIPIENT, &term.recipient),
            (zt::CONDITION, &term.condition),
            (zt::TIER, &term.tier),
            (zt::PER, &term.per),
        ];
        for (property, located) in words {
            if let Some(located) = located {
                self.out.string(iri, property, &located.value);
                self.add_evidence(iri, located.span);
            }
        }
    }

    fn describe_support_sums(&mut self, iri: &NamedNode, part: (&str, &str), term: &SupportTerm) {
        let quantities = [
            (zt::AMOUNT, "amount", &term.amount),
            (zt::CEILING, "ceiling", &term.ceiling),
            (zt::RATE, "rate", &term.rate),
        ];
        for (property, role, quantity) in quantities {
            if let Some(quantity) = quantity {
                let name = format!("{}-{role}", part.1);
                let node = self.reference.mint.quantity(&self.key, part.0, &name);
                self.out.class(&node, zt::QUANTITY);
                self.out.label(&node, &quantity.text.value);
                self.out.add(iri, property, node.clone());
                self.describe_quantity(&node, quantity, None);
                self.add_evidence(&node, quantity.text.span);
            }
        }
        let most = term.ceiling.as_ref().or(term.amount.as_ref());
        if let Some(yuan) = most.and_then(|most| self.yuan_max(most)) {
            self.out.decimal(iri, zt::YUAN_MAX, &yuan);
        }
    }

    fn yuan_max(&self, quantity: &Quantity) -> Option<String> {
        let printed = quantity.unit.as_deref().unwrap_or_default();
        yuan_max(quantity, &self.reference.units.read(printed, &self.reference.mint))
    }
}

/// 购房补贴 1%，不超过3万元.
fn label(term: &SupportTerm) -> String {
    let quantities = [&term.rate, &term.amount, &term.ceiling];
    let printed: Vec<&str> =
        quantities.into_iter().flatten().map(|quantity| quantity.text.value.as_str()).collect();
    // 免征增值税 says by itself that all of it falls away.
    match printed.as_slice() {
        [only] if term.name.value.contains(only) => term.name.value.clone(),
        _ => format!("{} {}", term.name.value, printed.join("，")),
    }
}

const fn kind(kind: SupportKind) -> NamedNodeRef<'static> {
    match kind {
        SupportKind::Reward => zt::REWARD,
        SupportKind::Subsidy => zt::SUBSIDY,
        SupportKind::InterestSubsidy => zt::INTEREST_SUBSIDY,
        SupportKind::Loan => zt::LOAN,
        SupportKind::DownPayment => zt::DOWN_PAYMENT,
        SupportKind::Withdrawal => zt::WITHDRAWAL,
        SupportKind::Relief => zt::RELIEF,
        SupportKind::Charge => zt::CHARGE,
    }
}
