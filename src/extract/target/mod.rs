//! Commitments. In: the body's blocks, the document's year and plan period; out: targets in the order of the
//! text. A sentence is read clause by clause: deadlines and base years govern the clauses behind them, a deadline
//! that opens a paragraph governs the paragraph. The surprise: the first target behind a deadline has
//! it stated, every later one has it carried over.

mod acted_on;
mod age;
mod amended;
mod article;
mod borrowed;
mod bracket;
mod commitment;
mod deadline;
mod denial;
mod doing;
mod duration;
mod each;
mod fraction;
mod governing;
mod half;
mod in_force;
mod indicator;
mod judge;
mod naming;
mod nickname;
mod norm;
mod part;
mod past;
mod procedure;
mod quantity;
mod recurrence;
mod requirement;
mod rests;
mod score;
mod small;
mod spread;
mod surroundings;
mod table;
mod ten_thousand;
mod tenth;
mod threshold;
mod verbs;
mod wording;

pub(super) use part::find_masked;
pub(super) use past::{tells_past, tells_statistics};
pub(super) use quantity::{Found, Sort, find_quantities, is_unit};
pub(super) use wording::is_unclear;

use super::measure::{is_background, is_below_conditions};
use super::outline::{Block, Outline};
use super::paragraph::{find_clauses, find_sentences, split};
use super::topic::announces_goals;
use crate::document::{
    Deadline, DeadlineBasis, Located, Modality, Period, Quantity, Recurrence, Target,
};
use crate::text::{Pattern, Span, pattern};
use governing::Governing;
use in_force::InForce;
use spread::{find_shared_measure, find_shared_phrase, share_bound, spread_names};
use std::sync::LazyLock;
use wording::{find_basis, find_modality};

/// Longer sentences are lists or lost line ends; reading on would cost more than it finds.
const SENTENCE_BYTES_MAX: usize = 6000;

/// A longer lead before a colon is a clause, not a label.
const LABEL_CHARS_MAX: usize = 9;

/// What the head tells about time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Calendar {
    /// The year that 年内 and 上半年 mean.
    pub(super) document_year: Option<u16>,
    /// The plan's period.
    pub(super) period: Option<Period>,
}

/// Reads one block.
struct Reader<'a> {
    clean: &'a str,
    block: Block,
    in_article: bool,
    calendar: Calendar,
    paragraph_due: Option<InForce>,
    due: Option<InForce>,
    /// Several deadlines in a list, for as many numbers: 到2025年、2030年分别达到….
    due_list: Vec<InForce>,
    baseline: Option<u16>,
    /// The frequency that opened the sentence.
    recurrence: Option<Recurrence>,
    modality: Option<Modality>,
    /// Whether the statements before in the sentence say that conditions follow.
    lists_conditions: bool,
    /// The first clause of the sentence, for clauses that name no subject.
    subject: Option<Span>,
    /// The item's heading where it names what its numbers measure: 水电：全年电量….
    label: Option<&'a str>,
    /// What the clause before is about, for clauses that only give its number.
    clause_before: Option<Span>,
    /// Whether the quantity before in the sentence is promised.
    promised_before: bool,
    /// What the clause before measured, for clauses that only go on: 增加5万吨、增长3%.
    last_indicator: Option<Located<String>>,
    targets: Vec<Target>,
}

/// Every commitment of the blocks of `outline`.
pub(super) fn find_targets(clean: &str, outline: &Outline, calendar: Calendar) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut governing = Governing::default();
    for &block in &outline.blocks {
        if is_silent(clean, outline, &block) {
            continue;
        }
        let in_article = block.item.is_some_and(|at| article::sets_standards(outline, at));
        let mut reader = Reader {
            clean,
            block,
            in_article,
            calendar,
            paragraph_due: None,
            due: None,
            due_list: Vec::new(),
            baseline: None,
            recurrence: None,
            modality: None,
            last_indicator: None,
            lists_conditions: false,
            subject: None,
            promised_before: false,
            label: naming::find_label(clean, outline, block.item),
            clause_before: None,
            targets: Vec::new(),
        };
        let given = governing.find(clean, outline, block, calendar);
        reader.paragraph_due = given.map(|due| InForce { opened_paragraph: false, ..due });
        reader.read_block();
        reader.take_lead_in();
        governing.leave(clean, outline, block, reader.paragraph_due.take());
        targets.append(&mut reader.targets);
    }
    targets.append(&mut table::find_table_targets(clean, outline, calendar));
    targets.sort_by_key(|target| target.span.byte_start);
    targets
}

/// Whether a block promises nothing, whatever numbers it has.
fn is_silent(clean: &str, outline: &Outline, block: &Block) -> bool {
    let is_idle = |at: usize| is_background(outline, at) || is_below_conditions(outline, at);
    block.item.is_some_and(is_idle)
        || outline.has_table(block.span)
        || is_note(clean, block.span)
        || looks_back(block.span.slice(clean))
        || tells_statistics(block.span.slice(clean))
}

/// 注：①… ②…: what stands behind a circled number below a table explains its figures.
fn is_note(clean: &str, block: Span) -> bool {
    const NOTES_BYTES_MAX: usize = 3000;
    let is_circled = |c: char| ('②'..='⑳').contains(&c);
    let words = block.slice(clean);
    let before = Span::new(0, block.byte_start).slice(clean);
    if !words.starts_with(is_circled) && !before.trim_end().ends_with(is_circled) {
        return false;
    }
    before.rfind('①').is_some_and(|first| {
        let opening = before.get(..first).unwrap_or_default().trim_end();
        before.len() - first <= NOTES_BYTES_MAX
            && ["注：", "注:", "说明："].iter().any(|word| opening.ends_with(word))
    })
}

/// A sentence that says how a total is made up.
static BREAKS_DOWN: Pattern = LazyLock::new(|| {
    pattern(r"^(?:其中|具体为|按[^，。：]{1,12}分|分[^，。：]{1,8}(?:为|看)?[：:])")
});

/// A sentence that cuts a total by what it consists of.
static CLASSIFIES: Pattern = LazyLock::new(|| pattern(r"^按[^，。：]{1,12}分[：:]"));

/// Whether a sentence can hold a target at all: most hold neither a quantity nor a word of all or none.
fn may_promise(sentence: &str) -> bool {
    commitment::may_commit(sentence) || quantity::has_quantity(sentence)
}

/// Whether a paragraph opens by looking back: 一年来, 过去五年.
pub(super) fn looks_back(words: &str) -> bool {
    static BACK: Pattern = LazyLock::new(|| {
        pattern(
            r"^.{0,40}?(?:[一二三四五几]年来|过去的?[一二三四五]年|工作回顾|以来，我[省市县区])|^会议(?:认为|指出)",
        )
    });
    BACK.is_match(words)
}

impl Reader<'_> {
    fn read(&mut self) {
        self.take_given_due();
        for (index, sentence) in find_sentences(self.clean, self.block.span).into_iter().enumerate()
        {
            if sentence.byte_len() > SENTENCE_BYTES_MAX
                || past::reports_months(sentence.slice(self.clean))
                || past::reports_years(sentence.slice(self.clean))
                || past::tells_stock(sentence.slice(self.clean))
                || past::reports_state(sentence.slice(self.clean))
                || past::reports_findings(sentence.slice(self.clean))
            {
                continue;
            }
            self.open_sentence(sentence);
            let promises = may_promise(sentence.slice(self.clean));
            if index > 0 && !promises {
                continue;
            }
            self.lists_conditions = false;
            for statement in split(self.clean, sentence, &['；', ';']) {
                let due_before = self.due.clone();
                for (at, clause) in find_clauses(self.clean, statement).into_iter().enumerate() {
                    // 主要指标：到2027年，…: a label may stand before what opens.
                    let before = Span::new(sentence.byte_start, clause.byte_start);
                    let labelled = at == 1
                        && before.slice(self.clean).ends_with(['：', ':'])
                        && before.slice(self.clean).chars().count() <= LABEL_CHARS_MAX;
                    let opens_sentence = labelled || (at == 0 && before.is_empty());
                    let opens_paragraph = index == 0 && !self.block.is_inline && opens_sentence;
                    if promises {
                        self.read_clause(clause, statement, (opens_paragraph, opens_sentence));
                    } else {
                        // A sentence without a promise may still tell by when the paragraph's are due.
                        self.take_due(clause, opens_paragraph);
                    }
                }
                self.leave_statement(statement, due_before);
                self.lists_conditions |= requirement::opens_conditions(statement.slice(self.clean));
            }
        }
    }

    /// The line that closes the paragraph tells by when it is due where nothing before does.
    fn take_given_due(&mut self) {
        if self.paragraph_due.is_none() {
            self.paragraph_due = in_force::find_closing_due(self.clean, self.block.span);
        }
    }

    /// …。到2030年，实现以下目标：: a deadline of the sentence that leads in to points governs them as if it opened the paragraph.
    fn take_lead_in(&mut self) {
        if self.block.span.slice(self.clean).ends_with(['：', ':']) && self.is_freshly_due() {
            self.paragraph_due = self.due.take().or(self.paragraph_due.take());
        }
        // “十五五”时期的主要目标: the heading of goals tells by when they are due; …的指导方针和主要目标 is that of a chapter.
        let heading = self.block.span.slice(self.clean);
        let is_mixed = ["方针", "要求", "原则", "思想"].iter().any(|other| heading.contains(other));
        if self.block.is_heading && !is_mixed && self.is_freshly_due() && announces_goals(heading) {
            self.paragraph_due = self.due.take();
        }
    }

    /// Nothing governs a new sentence, unless it breaks down what the sentence before promised: 其中，….
    fn open_sentence(&mut self, sentence: Span) {
        let goes_on = self.promised_before && BREAKS_DOWN.is_match(sentence.slice(self.clean));
        // 按用途分：… says the same total in another way; 其中… may be due at another time.
        if !(goes_on && CLASSIFIES.is_match(sentence.slice(self.clean))) {
            self.due = self.paragraph_due.clone();
        }
        if !goes_on {
            self.promised_before = false;
            self.last_indicator = None;
        }
        self.take_goals_of_this_year(sentence);
        self.due_list.clear();
        self.baseline = None;
        self.recurrence = None;
        self.modality = None;
        self.subject = None;
        self.clause_before = None;
    }

    fn read_clause(
        &mut self,
        clause: Span,
        statement: Span,
        (opens_paragraph, opens_sentence): (bool, bool),
    ) {
        let words = clause.slice(self.clean);
        self.take_due(clause, opens_paragraph);
        if self.is_reported() {
            return;
        }
        let compared = deadline::find_baseline(words).map(|(year, _)| year);
        self.baseline = compared.or(self.baseline);
        let (recurrence, carried) = self.take_recurrence(words, opens_sentence);
        let mut around = self.surround(clause, statement, recurrence);
        let parts = part::find_parts(words);
        around.shared_phrase = find_shared_phrase(&parts, words);
        let mut promised_from = None;
        for (at, part) in parts.iter().enumerate() {
            self.take_listed_due(at, &parts, clause);
            let promised = judge::is_promised(part, words, &around);
            around.sibling = Some(promised);
            self.promised_before = promised;
            if promised && self.add_of_each_year(part, &parts, clause) {
                promised_from.get_or_insert(part.found.span.byte_start);
            } else if promised {
                // 达到60亿元、年均增长7%: how often is said of the numbers behind it.
                promised_from.get_or_insert(part.found.span.byte_start);
                let until_here = Span::new(0, part.after.byte_end).slice(words);
                let said = recurrence::find_recurrence(until_here)
                    .or_else(|| Self::carry_recurrence(part, words, carried));
                self.add_parts(part, &parts, clause, said);
            }
        }
        let is_compared = compared.is_some();
        // 与2030年相比，… governs what follows; 较2030年增长5%，… compares what it tells itself.
        if is_compared && (promised_from.is_some() || deadline::compares_itself(self.clean, clause))
        {
            self.baseline = None;
        }
        self.read_breakdown(clause);
        self.read_commitment(clause, recurrence, promised_from);
        let opening = indicator::strip_lead(self.clean, clause);
        // 苗木检疫，符合条件的，5个工作日内办结: the condition names nothing that is done.
        if !(parts.is_empty() && naming::is_bare_condition(words)) {
            // 建设苗圃，到2031年底，建成60个: a time alone names nothing either.
            if !(parts.is_empty() && opening.is_empty()) {
                self.clause_before = Some(opening).filter(|_| parts.is_empty() && !is_compared);
            }
        }
        if self.subject.is_none()
            && !naming::is_focus(words)
            && opening.slice(self.clean).chars().count() >= 4
        {
            self.subject = Some(opening);
        }
    }

    /// 2031年、2032年各种树4棵: one target for each of the years.
    fn add_of_each_year(&mut self, part: &part::Part, parts: &[part::Part], clause: Span) -> bool {
        let words = part.before.slice(clause.slice(self.clean));
        if parts.len() > 1 || self.due_list.len() < 2 || !words.contains("年各") {
            return false;
        }
        for due in std::mem::take(&mut self.due_list) {
            self.due = Some(due);
            self.add_parts(part, parts, clause, None);
        }
        true
    }

    /// One target, or one for each name of a list that 均 or 分别 spreads a number over.
    fn add_parts(
        &mut self,
        part: &part::Part,
        parts: &[part::Part],
        clause: Span,
        recurrence: Option<Recurrence>,
    ) {
        let words = clause.slice(self.clean);
        let at = parts.iter().position(|other| other.found.span == part.found.span).unwrap_or(0);
        let mut named = indicator::find_shared_names(at, parts, words)
            .unwrap_or_else(|| indicator::find_names(part, words));
        let part = &share_bound(part, parts, words);
        if let Some(phrase) = find_shared_phrase(parts, words)
            .filter(|_| doing::find_phrase(&named.words).is_none() && !named.words.contains('的'))
        {
            named.words = format!("{phrase}的{}", named.words);
        }
        let before = part.before.slice(words);
        let spread = spread_names(before, words, part, parts);
        let all_names = spread.clone();
        let opens = parts.first().is_some_and(|first| first.before.slice(words).contains("分别"));
        let measured = match spread.get(at) {
            // 产值、产量分别增长8%、6%: a number for each.
            Some(name) if opens && parts.len() > 1 && spread.len() == parts.len() => {
                // The years that close the list are cut off its last name.
                let told = before_each(words).filter(|_| at + 1 == spread.len());
                let place = Span::new(name.byte_start, told.unwrap_or(name.byte_end));
                self.take_due_of_name(place.shifted(clause.byte_start));
                vec![*name]
            }
            // 产值、产量均增长8%, 分别增长8%: one number for all.
            Some(_)
                if part.after.is_empty() && (!opens || parts.len() == 1) && spread.len() > 1 =>
            {
                spread
            }
            _ => vec![named.span],
        };
        named.shared_measure = find_shared_measure(&all_names, words).map(str::to_owned);
        for name in measured {
            self.push(part, &named, (clause, name), recurrence);
        }
    }

    fn push(
        &mut self,
        part: &part::Part,
        named: &indicator::Named,
        place: (Span, Span),
        recurrence: Option<Recurrence>,
    ) {
        let (clause, name) = place;
        let words = clause.slice(self.clean);
        let mut value =
            if name == named.span { named.words.clone() } else { name.slice(words).to_owned() };
        if let Some(measure) = named
            .shared_measure
            .as_deref()
            .filter(|measure| name != named.span && !value.ends_with(measure))
        {
            value.push_str(measure);
        }
        if name != named.span {
            value = self.with_measure_before(rests::without_rests(&value));
        }
        let indicator = Located::new(value, name.shifted(clause.byte_start));
        let indicator = self.with_noun_before(indicator, part);
        let indicator = self.with_thing_done(indicator, part, words);
        let indicator = self.with_thing_behind(indicator, part, clause);
        let indicator = if indicator.value.chars().count() < 2 {
            let before = self
                .clause_before
                .filter(|_| part.before.byte_start == 0)
                .map(|span| Located::new(rests::without_rests(span.slice(self.clean)), span));
            before.or_else(|| self.last_indicator.clone()).unwrap_or(indicator)
        } else {
            indicator
        };
        let indicator = self.with_time_label(indicator, part);
        let indicator = self.with_time(self.with_object(self.with_owner(indicator)), part);
        if indicator.value.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            // A bare number in a list of results measures nothing that the text names.
            return;
        }
        let indicator = self.with_label(self.with_subject(indicator));
        self.last_indicator = Some(indicator.clone());
        let before = part.before.slice(words);
        let quantity = shifted(part.found.quantity.clone(), clause.byte_start);
        let basis = find_basis(before, &indicator.value, &part.found, named);
        let span_end =
            part.found.span.shifted(clause.byte_start).byte_end.max(indicator.span.byte_end);
        let located = |span: Span| {
            Located::new(span.slice(words).to_owned(), span.shifted(clause.byte_start))
        };
        let counts = self.counts_from_event(part, clause);
        let deadline = if counts { None } else { self.take_deadline(recurrence) };
        let span_start = span_start(clause.byte_start + part.before.byte_start, deadline.as_ref());
        let own_words = Span::new(part.before.byte_start, part.after.byte_end).slice(words);
        let whole = Span::new(0, part.found.span.byte_end).slice(words);
        let modality = find_modality(own_words).or_else(|| find_modality(whole)).or(self.modality);
        self.targets.push(Target {
            item: self.block.item,
            indicator,
            quantity,
            basis,
            deadline,
            recurrence,
            baseline_year: self.baseline,
            compared_with: named.compared_with.map(located),
            base_scope: named.scope.map(located),
            item_condition: part
                .condition
                .clone()
                .map(|condition| shifted(condition, clause.byte_start)),
            modality,
            span: Span::new(span_start, span_end),
        });
        self.modality = None;
    }
}

/// Where a list ends that 分别 spreads numbers over.
fn before_each(words: &str) -> Option<usize> {
    words.find("分别")
}

/// Where the words of a target start: at its own, or at the deadline where that stands just before.
fn span_start(own: usize, deadline: Option<&Deadline>) -> usize {
    let stated = deadline.filter(|deadline| deadline.basis == DeadlineBasis::Stated);
    stated
        .and_then(|deadline| deadline.words.as_ref())
        .map_or(own, |words| words.span.byte_start.min(own))
}

fn shifted(mut quantity: Quantity, byte_offset: usize) -> Quantity {
    quantity.text.span = quantity.text.span.shifted(byte_offset);
    quantity
}

#[cfg(test)]
mod tests;
