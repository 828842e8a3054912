//! How a commitment without a number becomes a target. In: a clause and what the reader knows of the words before it; out: the target
//! with its name. The surprise: a clause that only says 全部完成 is about what the sentence began with, or about the clause before.

use super::super::indicator::{find_population, strip_lead, without_asides};
use super::super::past::tells_past;
use super::super::wording::find_modality;
use super::super::{Reader, span_start};
use super::{Commitment, find_commitment, strip_for, strip_tail};
use crate::document::{Basis, Located, Modality, Quantity, Recurrence, Target};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A longer name is a sentence.
const NAME_CHARS_MAX: usize = 40;

/// 进度安排：8月底前全部完成: a schedule says by when, and names nothing.
static SCHEDULE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:进度|时间|工作)(?:安排|要求|节点|进度)$|^(?:完成|办理)?(?:时限|时间|期限)(?:要求)?$",
    )
});

impl Reader<'_> {
    /// The commitment of `clause`, if it makes one. `promised_from` is where its first promised number stands.
    pub(in crate::extract::target) fn read_commitment(
        &mut self,
        clause: Span,
        recurrence: Option<Recurrence>,
        promised_from: Option<usize>,
    ) {
        let words = clause.slice(self.clean);
        let is_due = self.is_due_in(clause) || self.is_freshly_due();
        let is_sure = is_due
            || matches!(
                find_modality(words),
                Some(Modality::Strive | Modality::Ensure | Modality::Basic)
            );
        // What opened the paragraph is when it is to be done, but only for what is done once.
        let done_by =
            self.due.is_some() && (words.contains("全面完成") || words.contains("全面建成"));
        // 全面建成8个公园, 枯枝清理比例达到80%: the number is what is promised.
        let is_counted = |found: &Commitment| {
            promised_from.filter(|&from| found.bound.byte_end <= from).is_some_and(|from| {
                !Span::new(found.bound.byte_end, from).slice(words).contains('、')
            })
        };
        // 近年来，行政村全部实现通公交: reported.
        let is_told = |span: Span| tells_past(span.slice(self.clean));
        let is_reported = !is_sure && (is_told(clause) || self.clause_before.is_some_and(is_told));
        let found = find_commitment(words, (is_sure, is_due || done_by))
            .filter(|found| (!self.in_article || is_due) && !is_reported && !is_counted(found));
        if let Some(found) = found {
            self.add_commitment(&found, clause, recurrence);
        }
    }

    fn add_commitment(&mut self, found: &Commitment, clause: Span, recurrence: Option<Recurrence>) {
        let words = clause.slice(self.clean);
        let own = found.indicator.shifted(clause.byte_start);
        let named = self.last_indicator.as_ref().map(|indicator| indicator.span);
        // A clause that only says 全部完成 is about what the sentence began with, 除涉密外全部完成 and 对…，全部完成 about the clause before.
        let takes_before =
            |before: &Span| words.starts_with('除') || before.slice(self.clean).starts_with('对');
        let words_before =
            self.clause_before.filter(takes_before).map(|span| strip_for(self.clean, span));
        let subject = self.subject.map(|span| strip_for(self.clean, span));
        let words_before = words_before.or(named).or(subject);
        let opening = strip_lead(self.clean, clause);
        let is_schedule = |span: Span| SCHEDULE.is_match(span.slice(self.clean));
        if own.is_empty() && words_before.is_some_and(is_schedule) {
            return;
        }
        let Some(span) = Some(own).filter(|own| !own.is_empty()).or(words_before).or(Some(opening))
        else {
            return;
        };
        let bound = found.bound.shifted(clause.byte_start);
        let deadline = self.take_deadline(recurrence);
        let start = span.byte_start.min(bound.byte_start);
        let span_start = span_start(start, deadline.as_ref());
        let quantity = Quantity {
            number: None,
            number_upper: None,
            unit: None,
            qualifier: found.qualifier,
            text: Located::new(bound.slice(self.clean).to_owned(), bound),
        };
        let mut value = without_asides(span.slice(self.clean));
        // 苗圃全部完成改造: what is done with them is measured.
        let done = strip_tail(words, Span::new(found.bound.byte_end, words.len())).slice(words);
        let is_before = span == own && own.byte_end <= bound.byte_start;
        if is_before
            && bound.slice(self.clean).ends_with("完成")
            && value.chars().count() + done.chars().count() <= NAME_CHARS_MAX
        {
            value.push_str(done);
        }
        let indicator = Located::new(value, span);
        self.last_indicator = Some(indicator.clone());
        self.targets.push(Target {
            item: self.block.item,
            indicator,
            quantity,
            basis: Basis::Level,
            deadline,
            recurrence,
            baseline_year: None,
            compared_with: None,
            base_scope: find_population(words).map(|scope| {
                Located::new(scope.slice(words).to_owned(), scope.shifted(clause.byte_start))
            }),
            item_condition: None,
            modality: find_modality(words).or(self.modality.take()),
            span: Span::new(span_start, bound.byte_end.max(span.byte_end)),
        });
    }
}
