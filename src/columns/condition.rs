//! Conditions on rows: FILTER. In: an expression; out: true, false or an error for each row, as the standard has it. The surprise: a
//! comparison with a constant is a range of term numbers, because an image numbers values in their order.

use super::batch::Batch;
use super::context::Context;
use super::expression::Memo;
use crate::image::{TERMS_MAX, TermId, TermKind};
use std::cmp::Ordering;
use std::ops::Range;

/// A comparison of two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub(super) fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }

    /// The comparison with its sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }
}

/// How a text is looked for in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextTest {
    Contains,
    Starts,
    Ends,
}

/// What must hold of a row.
pub(super) enum Condition<'a> {
    /// The same for every row.
    Fixed(Option<bool>),
    /// The column has a value.
    Bound(usize),
    /// The column is this term. Exact for IRIs, which equal nothing else.
    Is {
        column: usize,
        id: TermId,
    },
    /// The column's number is in `yes`; outside of `home`, where numbers follow values, the answer is `foreign`, and what has no
    /// value order is compared by value.
    InRange {
        column: usize,
        yes: Range<TermId>,
        home: Range<TermId>,
        foreign: Option<bool>,
        by_value: Memo<'a>,
    },
    /// Two columns compared.
    Compare {
        left: usize,
        right: usize,
        comparison: Comparison,
        by_value: Memo<'a>,
    },
    /// Two columns are the same term.
    SameTerm {
        left: usize,
        right: usize,
    },
    /// The language of the column's literal, in lower case.
    Language {
        column: usize,
        tag: String,
    },
    /// The column's text, which must be a string, against a constant.
    Text {
        column: usize,
        test: TextTest,
        text: String,
        of_any: bool,
        by_value: Memo<'a>,
    },
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// Anything else.
    ByValue(Memo<'a>),
}

impl Condition<'_> {
    /// Whether it holds of a row; `None` is an error.
    pub(super) fn test(&self, context: &Context<'_>, batch: &Batch, row: usize) -> Option<bool> {
        match self {
            Self::Fixed(answer) => *answer,
            Self::Bound(column) => Some(batch.value(*column, row) != super::batch::UNBOUND),
            Self::Is { column, id } => bound(batch.value(*column, row)).map(|value| value == *id),
            Self::InRange { column, yes, home, foreign, by_value } => {
                let id = bound(batch.value(*column, row))?;
                if home.contains(&id) {
                    Some(yes.contains(&id))
                } else if is_ordered(context, id) {
                    *foreign
                } else {
                    by_value.truth(batch, row)
                }
            }
            Self::Compare { left, right, comparison, by_value } => {
                let (left, right) =
                    (bound(batch.value(*left, row))?, bound(batch.value(*right, row))?);
                compare(context, left, right, *comparison)
                    .unwrap_or_else(|| by_value.truth(batch, row))
            }
            Self::SameTerm { left, right } => {
                Some(bound(batch.value(*left, row))? == bound(batch.value(*right, row))?)
            }
            Self::Language { column, tag } => {
                let id = bound(batch.value(*column, row))?;
                language_is(context, id, tag)
            }
            Self::Text { column, test, text, of_any, by_value } => {
                let id = bound(batch.value(*column, row))?;
                text_matches(context, id, (*test, text, *of_any))
                    .unwrap_or_else(|| by_value.truth(batch, row))
            }
            Self::All(parts) => all(parts.iter().map(|part| part.test(context, batch, row))),
            Self::Any(parts) => {
                all(parts.iter().map(|part| part.test(context, batch, row).map(|held| !held)))
                    .map(|held| !held)
            }
            Self::Not(inner) => inner.test(context, batch, row).map(|held| !held),
            Self::ByValue(memo) => memo.truth(batch, row),
        }
    }

    /// The rows of a batch that meet the condition.
    pub(super) fn rows(&self, context: &Context<'_>, batch: &Batch) -> Vec<u32> {
        let all = 0..u32::try_from(batch.len()).unwrap_or(u32::MAX);
        all.filter(|row| self.test(context, batch, *row as usize) == Some(true)).collect()
    }
}

fn bound(id: TermId) -> Option<TermId> {
    (id != super::batch::UNBOUND).then_some(id)
}

/// False if one is false, else an error if one is, else true.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut answer = Some(true);
    for part in parts {
        match part {
            Some(true) => {}
            Some(false) => return Some(false),
            None => answer = None,
        }
    }
    answer
}

/// Whether the number alone tells how the term compares with every other of its kind and that it equals none of another.
fn is_ordered(context: &Context<'_>, id: TermId) -> bool {
    id < TERMS_MAX && context.image.kind(id).is_some_and(|kind| kind != TermKind::Other)
}

/// What numbers tell of a comparison; the outer `None` where they tell nothing.
#[expect(
    clippy::option_option,
    reason = "the inner one is an error of the comparison, the outer one no answer yet"
)]
fn compare(
    context: &Context<'_>,
    left: TermId,
    right: TermId,
    comparison: Comparison,
) -> Option<Option<bool>> {
    if left >= TERMS_MAX || right >= TERMS_MAX {
        return None;
    }
    match (context.image.kind(left)?, context.image.kind(right)?, comparison) {
        (TermKind::Number, TermKind::Number, _) => {
            let values = context.image.number(left)?.partial_cmp(&context.image.number(right)?);
            Some(values.map(|ordering| comparison.holds(ordering)))
        }
        (TermKind::String, TermKind::String, _) => Some(Some(comparison.holds(left.cmp(&right)))),
        (
            TermKind::NamedNode | TermKind::BlankNode | TermKind::String | TermKind::Tagged,
            TermKind::NamedNode | TermKind::BlankNode | TermKind::String | TermKind::Tagged,
            Comparison::Equal,
        ) => Some(Some(left == right)),
        _ => None,
    }
}

fn language_is(context: &Context<'_>, id: TermId, tag: &str) -> Option<bool> {
    if id < TERMS_MAX {
        return match context.image.kind(id)? {
            TermKind::NamedNode | TermKind::BlankNode => None,
            TermKind::Tagged => has_language(context, id, tag),
            _ => Some(tag.is_empty()),
        };
    }
    match context.terms.term(id)? {
        oxigraph::model::Term::Literal(literal) => {
            Some(literal.language().unwrap_or_default() == tag)
        }
        _ => None,
    }
}

fn has_language(context: &Context<'_>, id: TermId, tag: &str) -> Option<bool> {
    use oxigraph::model::TermRef;
    context.image.with_term(id, &mut String::new(), |term| match term {
        TermRef::Literal(literal) => literal.language() == Some(tag),
        _ => false,
    })
}

#[expect(
    clippy::option_option,
    reason = "the inner one is an error of the test, the outer one no answer yet"
)]
fn text_matches(
    context: &Context<'_>,
    id: TermId,
    (kind, text, of_any): (TextTest, &str, bool),
) -> Option<Option<bool>> {
    let holds = |value: &str| match kind {
        TextTest::Contains => value.contains(text),
        TextTest::Starts => value.starts_with(text),
        TextTest::Ends => value.ends_with(text),
    };
    if id >= TERMS_MAX {
        return None;
    }
    match context.image.kind(id)? {
        TermKind::String | TermKind::Tagged => Some(context.image.text(id).map(holds)),
        TermKind::Number | TermKind::Date if of_any => Some(context.image.text(id).map(holds)),
        _ => None,
    }
}
