//! What is in force while a block is read: deadlines, and how often something is done. In: a clause after the other; out: the deadline
//! and the frequency of what it promises. The surprise: several years in a list belong to several numbers where the clause says 分别,
//! to the first the first.

use super::part::Part;
use super::quantity::Sort;
use super::wording::find_modality;
use super::{Reader, deadline, recurrence};
use crate::document::{Deadline, DeadlineBasis, DueBy, Located, Recurrence};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A deadline in force, with what is known of it.
#[derive(Clone)]
pub(super) struct InForce {
    pub(super) due: DueBy,
    pub(super) words: Located<String>,
    /// Whether a target has used it.
    pub(super) used: bool,
    /// Whether it opened the paragraph, before the sentence being read.
    pub(super) opened_paragraph: bool,
}

/// 2025年6月—2026年5月, 2027年1—3月: the month that a range of months ends with.
fn find_last_month(words: &str) -> Option<DueBy> {
    static MONTHS: Pattern = LazyLock::new(|| {
        pattern(
            r"(20\d\d)年(?:1[0-2]|[1-9])月?(?:[—–―－~～-]+|至|到)(?:(20\d\d)年)?(1[0-2]|[1-9])月",
        )
    });
    let found = MONTHS.captures(words)?;
    let year = found.get(2).or_else(|| found.get(1))?.as_str().parse().ok()?;
    Some(DueBy::Month(year, found.get(3)?.as_str().parse().ok()?))
}

/// 起步阶段（2027年1—6月）: the time in the bracket behind the name of a stage; `byte_start` is where `heading` stands.
pub(super) fn find_stage(heading: &str, byte_start: usize) -> Option<InForce> {
    static STAGE: Pattern =
        LazyLock::new(|| pattern(r"(?:阶段|步)[（(]([^（）()]*20\d\d年[^（）()]*)[）)]$"));
    let time = STAGE.captures(heading)?.get(1)?;
    if time.as_str().ends_with('起') {
        return None;
    }
    let found = deadline::find_due(time.as_str(), None)?;
    let span = found.span.shifted(byte_start + time.start());
    let words = found.span.slice(time.as_str()).to_owned();
    Some(InForce {
        due: find_last_month(time.as_str()).unwrap_or(found.due),
        words: Located::new(words, span),
        used: true,
        opened_paragraph: false,
    })
}

/// 2031年底前, 6月底: by when the tasks of a row are due, in a cell of its own.
pub(super) fn find_cell(clean: &str, cell: Span, document_year: Option<u16>) -> Option<InForce> {
    let words = cell.slice(clean);
    let due =
        find_last_month(words).or_else(|| deadline::find_due_of_cell(words, document_year))?;
    let words = Located::new(words.to_owned(), cell);
    Some(InForce { due, words, used: true, opened_paragraph: false })
}

/// As far behind a paragraph the line of its deadline may end.
const CLOSING_CHARS_MAX: usize = 240;

/// 完成时限：2031年6月底前: the line that closes a paragraph, behind who is responsible.
pub(super) fn find_closing_due(clean: &str, block: Span) -> Option<InForce> {
    static CLOSING: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:\s*[（(]?(?:责任|牵头|配合|参与|参加|负责|主办|协办|实施)(?:单位|部门|领导)[：:][^\n；;]*[\n；;，,]){0,4}\s*[（(]?(?:完成时限|完成时间|时限要求)[：:]\s*(20\d\d年[^\n，。；（）()]{0,12})[）)]?[。；]?\s*(?:\n|$)",
        )
    });
    // Most texts have no such lines.
    let rest = Span::new(block.byte_end, clean.len()).slice(clean);
    let near = rest.char_indices().nth(CLOSING_CHARS_MAX).map_or(rest.len(), |(at, _)| at);
    let near = rest.get(..near).filter(|near| near.contains("时限") || near.contains("时间"))?;
    let time = CLOSING.captures(near)?.get(1)?;
    let due = find_last_month(time.as_str())
        .or_else(|| deadline::find_due_of_cell(time.as_str(), None))?;
    let span = Span::new(time.start(), time.end()).shifted(block.byte_end);
    let words = Located::new(span.slice(clean).to_owned(), span);
    Some(InForce { due, words, used: true, opened_paragraph: true })
}

impl Reader<'_> {
    /// 今年是开局之年，…。主要预期目标是：…: a paragraph about this year tells the goals of this year.
    pub(super) fn take_goals_of_this_year(&mut self, sentence: Span) {
        static GOALS: Pattern = LazyLock::new(|| {
            pattern(r"^(?:经济社会)?(?:发展)?的?主要(?:预期)?目标(?:任务)?(?:是|为|：|:)")
        });
        const THIS_YEAR: &str = "今年";
        let opens = self.block.span.slice(self.clean).starts_with(THIS_YEAR);
        let Some(year) = self.calendar.document_year.filter(|_| opens && self.due.is_none()) else {
            return;
        };
        if GOALS.is_match(sentence.slice(self.clean)) {
            let start = self.block.span.byte_start;
            let words =
                Located::new(THIS_YEAR.to_owned(), Span::new(start, start + THIS_YEAR.len()));
            self.due = Some(InForce {
                due: DueBy::Year(year),
                words,
                used: true,
                opened_paragraph: false,
            });
        }
    }

    /// 完成投资3亿元年度目标任务: where no deadline governs it, the task is that of the document's year.
    fn take_task_of_this_year(&mut self, clause: Span) {
        let Some(year) = self.calendar.document_year.filter(|_| self.due.is_none()) else { return };
        let Some(span) = deadline::find_task_of_year(clause.slice(self.clean)) else { return };
        let span = span.shifted(clause.byte_start);
        let words = Located::new(span.slice(self.clean).to_owned(), span);
        self.due =
            Some(InForce { due: DueBy::Year(year), words, used: false, opened_paragraph: false });
    }

    /// The deadline that a clause names governs what follows.
    pub(super) fn take_due(&mut self, clause: Span, opens_paragraph: bool) {
        let words = clause.slice(self.clean);
        let listed = deadline::find_due_list(words, self.calendar.document_year);
        let last_listed = listed.last().copied();
        if !listed.is_empty() {
            let in_force = |found: deadline::Due| {
                let span = found.span.shifted(clause.byte_start);
                let words = Located::new(span.slice(self.clean).to_owned(), span);
                InForce { due: found.due, words, used: false, opened_paragraph: false }
            };
            self.due_list = listed.into_iter().map(in_force).collect();
        }
        // 2027年开工，上半年建成: a year of the sentence is that of the half-years behind it.
        let stated = self.due.as_ref().filter(|due| !due.opened_paragraph);
        let year = stated.map(|due| due.due.year()).filter(|_| !words.contains("今年"));
        let year = year.or(self.calendar.document_year);
        let Some(found) =
            deadline::find_due(words, year).or(last_listed.filter(|_| words.contains("分别")))
        else {
            let anew = recurrence::starts_anew(words)
                && (self.is_freshly_due() || !words.starts_with(['自', '从', '2']));
            if anew || deadline::opens_with_years_ahead(words) {
                self.due = None;
            }
            self.take_task_of_this_year(clause);
            return;
        };
        let span = found.span.shifted(clause.byte_start);
        let located = Located::new(span.slice(self.clean).to_owned(), span);
        self.modality = find_modality(words);
        let in_force =
            InForce { due: found.due, words: located, used: false, opened_paragraph: false };
        // 到2027年，… governs the paragraph; 2027年底前建成… only its own sentence.
        let is_alone = found.span.byte_end == words.len();
        let leads_in = in_force.words.value.starts_with('到')
            || (is_alone && in_force.words.value.starts_with("20"));
        if opens_paragraph && found.span.byte_start == 0 && leads_in && !self.block.is_heading {
            self.paragraph_due =
                Some(InForce { opened_paragraph: true, used: true, ..in_force.clone() });
        }
        self.due = Some(in_force);
    }

    /// 到2025年、2030年，绿化率分别达到40%、45%: of as many numbers as years each has its own; 达到40%和45% needs no 分别.
    pub(super) fn take_listed_due(&mut self, at: usize, parts: &[Part], clause: Span) {
        let words = clause.slice(self.clean);
        self.take_own_due(at, parts, clause);
        let opens = parts.first().is_some_and(|first| first.before.slice(words).contains("分别"));
        let joins = parts
            .iter()
            .skip(1)
            .all(|part| part.before.slice(words).trim_start_matches(['、', '和', '及']).is_empty());
        if (opens || joins)
            && parts.len() > 1
            && parts.len() == self.due_list.len()
            && let Some(due) = self.due_list.get(at)
        {
            self.due = Some(due.clone());
        }
    }

    /// 公园上半年、苗圃年底前分别达到100%和80%: each of the names may have a time of its own.
    pub(super) fn take_due_of_name(&mut self, name: Span) {
        let Some(found) = deadline::find_due(name.slice(self.clean), self.calendar.document_year)
        else {
            return;
        };
        let span = found.span.shifted(name.byte_start);
        let words = Located::new(span.slice(self.clean).to_owned(), span);
        self.due = Some(InForce { due: found.due, words, used: false, opened_paragraph: false });
    }

    /// 2030年达到70%、2031年达到80%: where the numbers of a clause have years of their own, each is due by its own.
    fn take_own_due(&mut self, at: usize, parts: &[Part], clause: Span) {
        let words = clause.slice(self.clean);
        if parts.len() < 2 || words.matches(['年', '月']).count() < 2 {
            return;
        }
        let find = |part: &Part| {
            let until = Span::new(part.before.byte_start, part.found.span.byte_end);
            let found = deadline::find_due(until.slice(words), self.calendar.document_year)?;
            Some((found, until.byte_start))
        };
        let dues = parts.iter().map(find).collect::<Vec<_>>();
        let is_each = dues.iter().flatten().count() >= 2;
        let Some((found, start)) = dues.get(at).copied().flatten().filter(|_| is_each) else {
            return;
        };
        let span = found.span.shifted(clause.byte_start + start);
        let words = Located::new(span.slice(self.clean).to_owned(), span);
        self.due = Some(InForce { due: found.due, words, used: false, opened_paragraph: false });
    }

    /// 苗木6月底前全部栽植；建设公园5个: a month inside a statement does not govern the next one, a year or what opens it does.
    pub(super) fn leave_statement(&mut self, statement: Span, before: Option<InForce>) {
        const OPENING_CHARS_MAX: usize = 12;
        let is_inside = self.due.as_ref().is_some_and(|due| {
            let place = due.words.span;
            let opening =
                Span::new(statement.byte_start, place.byte_start.max(statement.byte_start));
            matches!(due.due, DueBy::Month(..))
                && statement.contains(place)
                && opening.slice(self.clean).chars().count() > OPENING_CHARS_MAX
        });
        if is_inside {
            self.due = before;
        }
        // 每年种树60棵；建设公园5个: how often is said of its own statement, unless it leads in to the others.
        if !statement.slice(self.clean).contains(['：', ':']) {
            self.recurrence = None;
        }
    }

    /// How often what a clause says recurs, and how often what the sentence says does.
    pub(super) fn take_recurrence(
        &mut self,
        words: &str,
        opens_sentence: bool,
    ) -> (Option<Recurrence>, Option<Recurrence>) {
        // 每年培训1万人次，三年累计培训3万人次: a sum over years does not recur, nor what follows it.
        self.recurrence = self.recurrence.filter(|_| !recurrence::sums_up(words));
        // 每年种树，每次不少于3棵: another 每 is not the sentence's.
        let is_sum = words.contains("累计");
        // 每年种树，到2031年绿化率达到40%: what is reached by a year is reached once.
        let opening = words.trim_start_matches("力争").trim_start_matches("确保");
        let is_reached_by = ["到20", "到“十", "年底", "年内", "全年", "今年", "明年", "20"]
            .iter()
            .any(|time| opening.starts_with(time));
        self.recurrence = self.recurrence.filter(|_| !is_reached_by);
        let carried = self.recurrence.filter(|_| !words.starts_with('每') && !is_sum);
        let yearly = self.due.is_none() && recurrence::names_yearly_task(words);
        let carried = carried.or(yearly.then_some(Recurrence::Year));
        let recurrence = recurrence::find_recurrence(words).or(carried);
        // 力争每年植树500亩，建设公园5个 opens anew.
        let opens = opens_sentence || !words.starts_with('每') || words.starts_with("每年");
        if opens && recurrence::opens_with_recurrence(words) {
            self.recurrence = recurrence;
        }
        (recurrence, carried)
    }

    /// How often the sentence says something is done, where it holds for `part`: a level is reached once (每年种树，成活率由80%提高到90%).
    pub(super) fn carry_recurrence(
        part: &Part,
        words: &str,
        carried: Option<Recurrence>,
    ) -> Option<Recurrence> {
        static LEVEL: Pattern = LazyLock::new(|| {
            pattern(
                r"(?:率|占比|比例|比重|覆盖面)(?:稳定|保持|维持|提高|提升)?(?:在|达到?|[到至])?$",
            )
        });
        let is_level = part.found.sort == Sort::Share && LEVEL.is_match(part.before.slice(words));
        carried.filter(|_| !part.rises && !is_level)
    }

    /// What was due before the document was written is reported, not promised.
    pub(super) fn is_reported(&self) -> bool {
        let written = self.calendar.document_year;
        self.due.as_ref().zip(written).is_some_and(|(due, written)| due.due.year() < written)
    }

    /// 苗木6月底前全部栽植，检疫自受理之日起3日内办结: a time that counts from an event is no part of what is due before.
    pub(super) fn counts_from_event(&self, part: &Part, clause: Span) -> bool {
        part.found.sort == Sort::Time
            && clause.slice(self.clean).contains("之日起")
            && !self.is_due_in(clause)
            && self.is_freshly_due()
    }

    /// The deadline of the next target. What recurs without a deadline of its own has none.
    pub(super) fn take_deadline(&mut self, recurrence: Option<Recurrence>) -> Option<Deadline> {
        match &mut self.due {
            Some(due) => {
                let basis =
                    if due.used { DeadlineBasis::CarriedOver } else { DeadlineBasis::Stated };
                due.used = true;
                Some(Deadline { due: due.due, basis, words: Some(due.words.clone()) })
            }
            None if recurrence.is_some() => None,
            None => self.calendar.period.map(|period| Deadline {
                due: period.into(),
                basis: DeadlineBasis::PlanEnd,
                words: None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_ends_with_the_last_month_in_its_bracket() {
        let due = |heading: &str| find_stage(heading, 0).map(|stage| stage.due);
        assert_eq!(due("起步阶段（2025年6月—2026年5月）"), Some(DueBy::Month(2026, 5)));
        assert_eq!(due("起步阶段（2027年1—3月）"), Some(DueBy::Month(2027, 3)));
        assert_eq!(due("起步阶段（2027年）"), Some(DueBy::Year(2027)));
        assert_eq!(due("推广阶段（2027年6月起）"), None);
    }
}
