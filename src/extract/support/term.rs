//! A term in the making. In: what one quantity tells; out: a term, or the bounds of a quantity as a term means them. The
//! surprise: 奖励50万元 is exactly that sum, where a target of 50万元 would be at least that.

use crate::document::{Located, Qualifier, Quantity, SupportKind, SupportTerm};
use crate::text::Span;

/// A term of which only kind, name and place are known.
pub(super) fn bare_term(
    item: Option<usize>,
    what: (SupportKind, Located<String>),
    span: Span,
) -> SupportTerm {
    let (kind, name) = what;
    SupportTerm {
        item,
        kind,
        name,
        amount: None,
        ceiling: None,
        rate: None,
        rate_base: None,
        recipient: None,
        condition: None,
        tier: None,
        per: None,
        span,
    }
}

/// Whether all of `terms`, of which there are some, have a rate or an amount and wait for a ceiling.
pub(super) fn can_cap(terms: &[SupportTerm]) -> bool {
    !terms.is_empty()
        && terms.iter().all(|term| {
            term.ceiling.is_none()
                && (term.rate.is_some() || term.amount.is_some())
                && !matches!(term.kind, SupportKind::DownPayment | SupportKind::Charge)
        })
}

/// What is granted is granted as printed: no more, no less.
pub(super) fn exactly(quantity: Quantity) -> Quantity {
    let qualifier = match quantity.qualifier {
        Qualifier::Reach => Qualifier::Exactly,
        other => other,
    };
    Quantity { qualifier, ..quantity }
}

/// A ceiling printed without a bounding word next to it bounds all the same.
pub(super) fn as_most(quantity: Quantity) -> Quantity {
    let qualifier = match quantity.qualifier {
        Qualifier::Reach => Qualifier::AtMost,
        other => other,
    };
    Quantity { qualifier, ..quantity }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(qualifier: Qualifier) -> Quantity {
        let text = Located::new("50万元".to_owned(), Span::default());
        let (number, unit) = (Some("50".to_owned()), Some("万元".to_owned()));
        Quantity { number, number_upper: None, unit, qualifier, text }
    }

    #[test]
    fn a_sum_is_exactly_what_is_printed_and_a_ceiling_its_most() {
        assert_eq!(exactly(quantity(Qualifier::Reach)).qualifier, Qualifier::Exactly);
        assert_eq!(exactly(quantity(Qualifier::AtLeast)).qualifier, Qualifier::AtLeast);
        assert_eq!(as_most(quantity(Qualifier::Reach)).qualifier, Qualifier::AtMost);
    }

    #[test]
    fn only_a_term_with_a_sum_or_share_and_without_a_ceiling_waits_for_one() {
        let name = Located::new("奖励".to_owned(), Span::default());
        let bare = bare_term(None, (SupportKind::Reward, name), Span::default());
        let given = SupportTerm { amount: Some(quantity(Qualifier::Exactly)), ..bare.clone() };
        let full = SupportTerm { ceiling: Some(quantity(Qualifier::AtMost)), ..given.clone() };
        assert!(can_cap(&[given]));
        assert!(!can_cap(&[bare]) && !can_cap(&[full]) && !can_cap(&[]));
    }
}
