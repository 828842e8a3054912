//! Support terms. In: the body's blocks and the targets found in them; out: what is granted, lent or relieved, in the order
//! of the text. Guarantee: no quantity is both of a target and of a support term: the stage reads what the targets left. The
//! surprise: a term is spread over clauses (按投资额的5%给予补助，单个项目最高不超过500万元), so a ceiling looks for the
//! terms of its own statement that have none.

mod circumstance;
mod piece;
mod relief;
mod term;
mod wording;

use super::measure::is_background;
use super::outline::{Block, Outline};
use super::paragraph::{find_clauses, find_sentences, split};
use super::target::{Sort, looks_back, tells_past};
use crate::document::{Located, Quantity, SupportKind, SupportTerm, Target};
use crate::text::{Pattern, Span, pattern};
use circumstance::{Circumstances, find_base, find_circumstances, find_per, find_tier};
use piece::{
    BEHIND_CHARS_MAX, Piece, Place, case_before, find_pieces, goes_on_with, is_threshold,
    place_in_list, place_of, place_without_noun,
};
use std::sync::LazyLock;
use term::{as_most, bare_term, can_cap, exactly};
use wording::{Around, Named, find_announced, find_support, grants, speaks_of_support};

/// Longer sentences are lists or lost line ends.
const SENTENCE_BYTES_MAX: usize = 6000;

/// Thresholds, examples and penalties are no support.
static NOT_GRANTED: Pattern = LazyLock::new(|| {
    pattern(
        r"承担|分担|监管资金|监管账户|节点|(?:补贴|补助|奖励)(?:总额|资金)?的\d|支付全部|备案价|罚款|处罚|滞纳金|违约金|例如|^问|^如[^果]|举例|原则上不|不再给予|退回|追回|截至|已发放|发放了|同比",
    )
});

/// Reads one block.
struct Reader<'a> {
    clean: &'a str,
    block: Block,
    taken: &'a [Span],
    terms: Vec<SupportTerm>,
    /// The first term of the statement being read.
    statement_from: usize,
    /// The first term of the last clause that gave one.
    group_from: usize,
    /// What the statement announced: 给予一定比例的补贴.
    announced: Option<(SupportKind, Located<String>)>,
    /// Whether a colon ended that announcement: a list of who gets how much follows.
    lists: bool,
}

/// Every support term of the blocks of `outline` whose quantities no target took.
pub(super) fn find_support_terms(
    clean: &str,
    outline: &Outline,
    targets: &[Target],
) -> Vec<SupportTerm> {
    let taken: Vec<Span> = targets.iter().map(|target| target.quantity.text.span).collect();
    let mut terms = Vec::new();
    for &block in &outline.blocks {
        if block.item.is_some_and(|at| is_background(outline, at))
            || looks_back(block.span.slice(clean))
        {
            continue;
        }
        let mut reader = Reader {
            clean,
            block,
            taken: &taken,
            terms: Vec::new(),
            statement_from: 0,
            group_from: 0,
            announced: None,
            lists: false,
        };
        reader.read();
        terms.append(&mut reader.terms);
    }
    terms
}

impl Reader<'_> {
    fn read(&mut self) {
        for sentence in find_sentences(self.clean, self.block.span) {
            let words = sentence.slice(self.clean);
            if words.len() > SENTENCE_BYTES_MAX || !speaks_of_support(words) {
                continue;
            }
            self.lists = false;
            for statement in split(self.clean, sentence, &['；', ';']) {
                self.statement_from = self.terms.len();
                self.group_from = self.terms.len();
                if !self.lists {
                    self.announced = None;
                }
                let clauses = find_clauses(self.clean, statement);
                for at in 0..clauses.len() {
                    let known = clauses.get(..=at).unwrap_or_default();
                    self.read_clause(known);
                }
            }
        }
    }

    /// Reads the last of `clauses`, which are those of the statement so far.
    fn read_clause(&mut self, clauses: &[Span]) {
        let Some(&clause) = clauses.last() else { return };
        let words = clause.slice(self.clean);
        if NOT_GRANTED.is_match(words) || (tells_past(words) && !grants(words)) {
            return;
        }
        let from = self.terms.len();
        let mut last: Option<(Named, Place)> = None;
        let pieces = find_pieces(words);
        for (at, piece) in pieces.iter().enumerate() {
            let span = piece.found.quantity.text.span.shifted(clause.byte_start);
            if self.taken.iter().any(|taken| taken.contains(span) || span.contains(*taken)) {
                continue;
            }
            // Of a list the words before its first number and behind its last one tell.
            let behind = pieces.iter().skip(at + 1).take_while(|next| next.lists).last();
            let named_behind =
                pieces.iter().skip(at + 1).take_while(|next| next.lists || next.names_each).last();
            let around = Around {
                clause: words,
                before: piece.before,
                after: behind.unwrap_or(piece).after,
                goes_on: behind.unwrap_or(piece).goes_on,
                is_share: piece.found.sort == Sort::Share,
            };
            let wider = Around { after: named_behind.unwrap_or(piece).after, ..around };
            let found = match last {
                Some(last) if goes_on_with(piece, last.1) => Some(last),
                _ => find_support(&around)
                    .or_else(|| named_behind.and_then(|_| find_support(&wider)))
                    .filter(|_| !is_threshold(piece, words))
                    .map(|named| (named, place_of(piece, named, words))),
            };
            if let Some((named, place)) = found {
                let count = self.terms.len();
                self.add(piece, named, place, (clauses, from));
                if self.terms.len() > count {
                    self.set_tier(place_in_list(&pieces, at));
                    let named_each = case_before(&pieces, at, named.name.byte_end, words);
                    if let (Some(case), Some(term)) = (named_each, self.terms.last_mut()) {
                        term.tier = Some(located(self.clean, case, clause));
                    }
                }
                last = Some((named, place));
            } else {
                last = None;
                self.go_on(piece, clauses);
            }
        }
        if self.terms.len() > from {
            self.group_from = from;
        } else if let Some(relief) = self.find_relief(words) {
            self.add_relief(&relief, clauses);
        } else if let Some(named) = find_announced(words).filter(|_| pieces.is_empty()) {
            self.announced = Some((named.kind, located(self.clean, named.name, clause)));
            let rest = Span::new(clause.byte_end, self.clean.len()).slice(self.clean);
            self.lists = rest.starts_with(['：', ':']);
        }
    }

    fn find_relief(&self, words: &str) -> Option<relief::Relief> {
        if self.block.is_heading { None } else { relief::find_relief(words) }
    }

    /// One more quantity: the ceiling of terms that wait for one, else a term of its own.
    fn add(&mut self, piece: &Piece, named: Named, place: Place, at: (&[Span], usize)) {
        let (clauses, clause_from) = at;
        let Some(&clause) = clauses.last() else { return };
        let waiting = self.waiting(clause_from);
        let fits = |term: &SupportTerm| term.kind == named.kind || term.kind == SupportKind::Reward;
        let lends = matches!(named.kind, SupportKind::Loan | SupportKind::Withdrawal);
        // 设立分中心的，最高资助200万元: another condition, another term.
        let before = clauses.iter().rev().nth(1).map_or("", |before| before.slice(self.clean));
        if place == Place::Ceiling
            && !lends
            && !before.ends_with('的')
            && self
                .terms
                .get(waiting..)
                .is_some_and(|terms| can_cap(terms) && terms.iter().all(fits))
        {
            self.set_ceiling(waiting, piece, clause);
            return;
        }
        let name = located(self.clean, named.name, clause);
        self.push(piece, (named.kind, name, place), clauses);
    }

    /// A quantity without a noun of its own: 最高不超过200万元 caps what the statement gave or announced, 农村公厕每座4万元
    /// goes on with it.
    fn go_on(&mut self, piece: &Piece, clauses: &[Span]) {
        let Some(&clause) = clauses.last() else { return };
        let words = clause.slice(self.clean);
        let behind = piece.after.slice(words);
        if behind.starts_with('的') || behind.chars().count() > BEHIND_CHARS_MAX {
            return;
        }
        let listed = self.lists && piece.found.sort == Sort::Money && behind.is_empty();
        let place = place_without_noun(piece, words);
        let Some(place) = place.or(listed.then_some(Place::Amount)) else { return };
        let waiting = self.waiting(self.terms.len());
        if place == Place::Ceiling && self.terms.get(waiting..).is_some_and(can_cap) {
            self.set_ceiling(waiting, piece, clause);
            return;
        }
        let given = self.terms.get(self.statement_from..).and_then(<[_]>::last);
        let given = given.map(|last| (last.kind, last.name.clone()));
        let Some((kind, name)) = given.or_else(|| self.announced.clone()) else { return };
        self.push(piece, (kind, name, place), clauses);
        // 博士20万元、硕士10万元: the words before the sum are who gets it.
        let who = piece.before.slice(words).trim_start_matches('、');
        let who = Span::new(piece.before.byte_end - who.len(), piece.before.byte_end);
        let who = who.shifted(clause.byte_start);
        let names = listed && who.byte_len() > 3 && !grants(who.slice(self.clean));
        if let Some(term) = self.terms.last_mut().filter(|_| names) {
            term.recipient = Some(Located::new(who.slice(self.clean).to_owned(), who));
        }
    }

    /// The last term is for the `index`-th of the `count` cases that its recipient or condition lists.
    fn set_tier(&mut self, (index, count): (usize, usize)) {
        let Some(term) = self.terms.last_mut().filter(|_| count > 1) else { return };
        let Some(cases) = term.condition.as_ref().or(term.recipient.as_ref()) else { return };
        let tier = find_tier(self.clean, cases.span, (index, count));
        term.tier = tier.map(|tier| Located::new(tier.slice(self.clean).to_owned(), tier));
    }

    /// The first term that a ceiling in the clause whose terms start at `clause_from` may cap.
    fn waiting(&self, clause_from: usize) -> usize {
        let from = if self.terms.len() > clause_from { clause_from } else { self.group_from };
        from.max(self.statement_from)
    }

    fn set_ceiling(&mut self, from: usize, piece: &Piece, clause: Span) {
        let ceiling = as_most(shifted(piece.found.quantity.clone(), clause));
        let words = clause.slice(self.clean);
        let per = find_per(
            words,
            piece.before,
            Span::new(piece.after.byte_start, piece.after.byte_start),
        );
        for term in self.terms.iter_mut().skip(from) {
            term.span.byte_end = term.span.byte_end.max(ceiling.text.span.byte_end);
            term.ceiling = Some(ceiling.clone());
            if term.per.is_none() {
                term.per = per.map(|per| located(self.clean, per, clause));
            }
        }
    }

    fn push(
        &mut self,
        piece: &Piece,
        what: (SupportKind, Located<String>, Place),
        clauses: &[Span],
    ) {
        let Some(&clause) = clauses.last() else { return };
        let (kind, name, place) = what;
        let words = clause.slice(self.clean);
        let quantity = shifted(piece.found.quantity.clone(), clause);
        let lead = Span::new(0, piece.found.quantity.text.span.byte_start);
        let here = |span: Span| located(self.clean, span, clause);
        let base = if place == Place::Rate { find_base(lead.slice(words)) } else { None };
        let per = find_per(words, lead, Span::new(lead.byte_end, words.len()));
        let around = self.circumstances(clauses, quantity.text.span.byte_start);
        let mut span = Span::new(
            name.span.byte_start.min(quantity.text.span.byte_start),
            name.span.byte_end.max(quantity.text.span.byte_end),
        );
        let base = base.map(here);
        let per = per.map(here);
        for part in base.iter().chain(&per) {
            span.byte_start = span.byte_start.min(part.span.byte_start);
        }
        let mut term = bare_term(self.block.item, (kind, name), span);
        let text = |span: Option<Span>| {
            span.map(|span| Located::new(span.slice(self.clean).to_owned(), span))
        };
        term.recipient = text(around.recipient);
        term.condition = text(around.condition);
        term.rate_base = base;
        term.per = per;
        match place {
            Place::Amount => term.amount = Some(exactly(quantity)),
            Place::Rate => term.rate = Some(exactly(quantity)),
            Place::Ceiling => term.ceiling = Some(as_most(quantity)),
        }
        self.terms.push(term);
    }

    fn add_relief(&mut self, relief: &relief::Relief, clauses: &[Span]) {
        let Some(&clause) = clauses.last() else { return };
        let name = located(self.clean, relief.name, clause);
        let around = self.circumstances(clauses, name.span.byte_start);
        let text = |span: Option<Span>| {
            span.map(|span| Located::new(span.slice(self.clean).to_owned(), span))
        };
        let kind = match find_announced(&name.value) {
            Some(named) if !matches!(named.kind, SupportKind::Loan) => named.kind,
            _ => SupportKind::Relief,
        };
        let span = name.span;
        let mut term = bare_term(self.block.item, (kind, name), span);
        let quantity = Some(shifted(relief.quantity.clone(), clause));
        if relief.is_time {
            term.amount = quantity;
        } else {
            term.rate = quantity;
        }
        term.recipient = text(around.recipient);
        term.condition = text(around.condition);
        self.group_from = self.terms.len();
        self.terms.push(term);
    }

    /// For whom, in spans of the clean text; the words are those of the statement before `byte_end`.
    fn circumstances(&self, clauses: &[Span], byte_end: usize) -> Circumstances {
        let Some(first) = clauses.first() else { return Circumstances::default() };
        let offset = first.byte_start;
        let words = Span::new(offset, byte_end).slice(self.clean);
        let own: Vec<Span> = clauses
            .iter()
            .map(|one| Span::new(one.byte_start - offset, one.byte_end.min(byte_end) - offset))
            .collect();
        let found = find_circumstances(words, &own);
        let moved = |span: Option<Span>| span.map(|span| span.shifted(offset));
        Circumstances { recipient: moved(found.recipient), condition: moved(found.condition) }
    }
}

fn shifted(mut quantity: Quantity, clause: Span) -> Quantity {
    quantity.text.span = quantity.text.span.shifted(clause.byte_start);
    quantity
}

fn located(clean: &str, span: Span, clause: Span) -> Located<String> {
    let span = span.shifted(clause.byte_start);
    Located::new(span.slice(clean).to_owned(), span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::target::{Calendar, find_targets};

    /// The terms of an invented measure, in one line each: kind, name, amount, ceiling, rate, for whom, per what.
    fn shown(words: &str) -> Vec<String> {
        let outline = Outline {
            blocks: vec![Block {
                item: None,
                span: Span::new(0, words.len()),
                is_heading: false,
                is_inline: false,
            }],
            ..Outline::default()
        };
        let targets = find_targets(words, &outline, Calendar::default());
        let terms = find_support_terms(words, &outline, &targets);
        for term in &terms {
            let quantities = term.amount.iter().chain(&term.ceiling).chain(&term.rate);
            for quantity in quantities {
                let spans = targets.iter().map(|target| target.quantity.text.span);
                assert!(spans.into_iter().all(|span| span != quantity.text.span), "{words}");
            }
        }
        terms.iter().map(line).collect()
    }

    fn line(term: &SupportTerm) -> String {
        let quantity = |label: &str, quantity: &Option<Quantity>| {
            quantity.as_ref().map(|one| format!("{label}={}", one.text.value))
        };
        let words = |label: &str, words: &Option<Located<String>>| {
            words.as_ref().map(|one| format!("{label}={}", one.value))
        };
        let parts = [
            Some(term.kind.code().to_owned()),
            Some(term.name.value.clone()),
            quantity("amount", &term.amount),
            quantity("ceiling", &term.ceiling),
            quantity("rate", &term.rate),
            words("of", &term.rate_base),
            words("for", &term.recipient),
            words("if", &term.condition),
            words("tier", &term.tier),
            words("per", &term.per),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_rate_and_the_ceiling_of_the_next_clause_are_one_term() {
        let words = "对引进新品种的花卉企业，按设备投资额的5%给予补助，单个项目最高不超过80万元。";
        assert_eq!(
            shown(words),
            [
                "subsidy 补助 ceiling=不超过80万元 rate=5% of=设备投资额 for=引进新品种的花卉企业 per=单个项目"
            ]
        );
    }

    #[test]
    fn each_sum_of_a_list_is_a_term() {
        let words = "对评为国家级、省级花卉基地的，分别给予60万元、30万元一次性奖励。";
        assert_eq!(
            shown(words),
            [
                "reward 一次性奖励 amount=60万元 if=评为国家级、省级花卉基地 tier=评为国家级 per=一次性",
                "reward 一次性奖励 amount=30万元 if=评为国家级、省级花卉基地 tier=省级花卉基地 per=一次性"
            ]
        );
    }

    #[test]
    fn a_list_that_names_each_case_says_which_sum_is_for_which() {
        let words = "最高贷款额度为单缴存家庭50万元、双缴存家庭70万元。";
        assert_eq!(
            shown(words),
            [
                "loan 贷款额度 ceiling=50万元 tier=单缴存家庭",
                "loan 贷款额度 ceiling=70万元 tier=双缴存家庭"
            ]
        );
    }

    #[test]
    fn what_a_limit_was_raised_from_is_no_term() {
        let words = "单缴存职工住房公积金贷款最高额度由40万元提高至55万元。";
        assert_eq!(shown(words), ["loan 住房公积金贷款最高额度 ceiling=55万元 for=单缴存职工"]);
    }

    #[test]
    fn thresholds_budgets_and_penalties_are_no_terms() {
        for words in [
            "对年销售额2000万元以上的花卉企业优先支持。",
            "市财政安排补助资金3000万元。",
            "逾期未缴纳的，处5万元罚款。",
        ] {
            assert_eq!(shown(words), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn a_target_is_no_support_term() {
        let words = "到2027年，花卉产值达到30亿元，花农补贴发放率达到98%，新增贷款20亿元。";
        assert_eq!(shown(words), Vec::<String>::new());
    }

    #[test]
    fn a_list_behind_a_colon_says_who_gets_how_much() {
        let words =
            "对来我市就业的园艺人才发放一次性购房补贴：博士20万元，硕士10万元；本科生5万元。";
        assert_eq!(
            shown(words),
            [
                "subsidy 一次性购房补贴 amount=20万元 for=博士",
                "subsidy 一次性购房补贴 amount=10万元 for=硕士",
                "subsidy 一次性购房补贴 amount=5万元 for=本科生"
            ]
        );
    }

    #[test]
    fn an_announced_support_takes_the_ceiling_behind_it() {
        let words = "对参加花卉展会的企业给予一定比例的补贴，最高不超过10万元。";
        assert_eq!(shown(words), ["subsidy 补贴 ceiling=不超过10万元 for=参加花卉展会的企业"]);
    }
}
