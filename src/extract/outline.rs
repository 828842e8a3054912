//! Headings and numbered items. In: paragraphs of the body; out: items with their place in the tree, and
//! the body cut into [`Block`]s, each belonging to one item. Guarantee: no block overlaps another, parents
//! stand before children. The surprise: a style of number has no fixed level; the first use of a new style
//! goes one level deeper, and a style in use returns to its own level.

mod attachment;
mod glued;
mod heading;
mod model;

use self::attachment::{
    ATTACHMENT, ATTACHMENT_MARK, BEHIND_BODY, opens_guide, opens_other, opens_rules,
    opens_standard, opens_table,
};
use self::glued::{find_glued_heading, find_label, runs_on};
use self::heading::{
    Around, Follows, GLUED_SHARE_MIN, Place, ends_entry_before, find_heading, is_short,
    measure_headings,
};
pub(super) use self::model::{Block, Outline};
use super::indicator_table::{find_tables, has_line};
use super::ordinal::{Marker, Style, parse_marker};
use super::paragraph::trim;
use super::responsibility::find_closing_note;
use crate::document::{Item, ItemClass, Located};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest gap in a numbering that is still the same numbering.
const GAP_MAX: u32 = 4;

/// The largest number with which a text that was cut off at its start may begin.
const FIRST_MAX: u32 = 20;

/// 某区：…, a label of an inline item.
const LABEL_CHARS_MAX: usize = 8;

#[derive(Default)]
struct Builder<'a> {
    clean: &'a str,
    outline: Outline,
    /// The open items from the top, one a level.
    stack: Vec<usize>,
    last_numbers: HashMap<Style, u32>,
}

/// A number inside a running paragraph, after a full stop, semicolon or colon.
static INLINE: Pattern = LazyLock::new(|| {
    pattern(r"[。；;：:）)](?:[（(]\d{1,2}[)）]|\d{1,2}[.、]|[①-⑳]|\d{1,2}[)）])")
});

/// Builds the outline of the paragraphs that are not `taken` by the head.
pub(super) fn find_outline(clean: &str, paragraphs: &[Span], taken: &[bool]) -> Outline {
    let body: Vec<Span> =
        paragraphs.iter().zip(taken).filter(|&(_, &taken)| !taken).map(|(&span, _)| span).collect();
    let mut builder = Builder { clean, ..Builder::default() };
    let shares = measure_headings(clean, &body);
    let mut in_attachments = false;
    let mut in_table = false;
    let indicator_tables = find_tables(clean, &body);
    for (at, &span) in body.iter().enumerate() {
        let words = span.slice(clean);
        let next = body.get(at + 1).map(|next| next.slice(clean));
        // A long name goes on in the line below it.
        in_attachments = ATTACHMENT.is_match(words)
            || (in_attachments
                && (is_attachment(words)
                    || (parse_marker(words).is_none() && next.is_some_and(is_attachment))));
        let follows = match next {
            Some(next) if builder.opens_child(words, next) => Follows::Child,
            Some(next) if !opens_other(next) => Follows::Text,
            _ => Follows::Other,
        };
        if opens_rules(clean, &body, at) {
            builder.stack.clear();
        }
        let opens = opens_table(clean, &body, at)
            || (!builder.outline.items.is_empty()
                && (opens_standard(clean, &body, at) || opens_guide(clean, &body, at)));
        in_table = opens || (in_table && !ATTACHMENT_MARK.is_match(words));
        let is_row = has_line(&indicator_tables, at);
        let stays_out = in_attachments || in_table || is_row;
        let above = at.checked_sub(1).and_then(|above| body.get(above));
        let in_list = above.is_some_and(|above| ends_entry_before(above.slice(clean), words));
        if in_table || is_row {
            builder.outline.tables.push(span);
        }
        match parse_marker(words).filter(|marker| !stays_out && builder.continues(marker, follows))
        {
            Some(marker) => builder.open_paragraph(
                span,
                &marker,
                Around { follows, in_list, share: shares.get(at).copied().unwrap_or(0.0) },
            ),
            None if BEHIND_BODY.is_match(words) || opens => {
                builder.stack.clear();
                builder.add_running(span, false);
            }
            None => builder.add_running(span, false),
        }
    }
    builder.outline.indicator_tables = indicator_tables;
    builder.outline
}

/// Whether a line of a list of attachments names one.
fn is_attachment(words: &str) -> bool {
    parse_marker(words).is_some_and(|marker| marker.style == Style::Digit) && !words.contains('。')
}

/// Whether `marker` is the next of the innermost open item's own numbering.
fn goes_on_from(open: Option<(Style, u32)>, marker: &Marker) -> bool {
    open.is_some_and(|(style, number)| {
        style == Style::Digit && marker.style == style && marker.number == number + 1
    })
}

impl Builder<'_> {
    /// Whether a number goes on with the numbering so far.
    fn continues(&self, marker: &Marker, follows: Follows) -> bool {
        let is_open =
            || self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&marker.style));
        match self.last_numbers.get(&marker.style) {
            _ if marker.number == 1 => true,
            // A chapter whose （一） or 1. fell out of the copy begins with the next.
            _ if matches!(marker.style, Style::HanBracket | Style::Digit)
                && marker.number == 2
                && !is_open() =>
            {
                true
            }
            // Whoever counts 三、 twice still opens a chapter.
            Some(&last) if marker.style == Style::Han && marker.number == last => {
                follows == Follows::Child
            }
            Some(&last) => marker.number > last && marker.number - last <= GAP_MAX + 1,
            None => marker.number <= FIRST_MAX,
        }
    }

    /// Whether the item that `next` opens goes below the one that `words` open: its style is neither theirs nor one above.
    fn opens_child(&self, words: &str, next: &str) -> bool {
        let (Some(own), Some(next)) = (parse_marker(words), parse_marker(next)) else {
            return false;
        };
        let styles = self.stack.iter().filter_map(|&open| self.outline.styles.get(open));
        next.style != own.style
            && !styles.take_while(|&&style| style != own.style).any(|&style| style == next.style)
    }

    fn open_paragraph(&mut self, span: Span, marker: &Marker, around: Around) {
        while self.stack.last().is_some_and(|&top| self.is_inline(top)) {
            self.stack.pop();
        }
        let words = span.slice(self.clean);
        let rest = trim(self.clean, Span::new(span.byte_start + marker.byte_end, span.byte_end));
        let noteless = find_closing_note(rest.slice(self.clean)).filter(|&at| at > 0);
        let titled = trim(
            self.clean,
            Span::new(rest.byte_start, noteless.map_or(rest.byte_end, |at| rest.byte_start + at)),
        );
        // A sentence that only a note follows is the item's text, not its heading.
        let is_text = noteless.is_some() && titled.slice(self.clean).ends_with('。');
        let follows = if is_text { Follows::Other } else { around.follows };
        let share = around.share;
        let heading = self.find_heading(titled, marker.style, Around { follows, ..around });
        let glued = find_glued_heading(self.clean, titled, marker.style);
        let has_lost_ends = runs_on(self.clean, span);
        // Where line ends are lost, a clause that goes on behind a noun is no heading to its end.
        let is_whole = !heading.is_empty() && !heading.slice(self.clean).contains(['，', ',']);
        let takes_glued = !self.is_in_article()
            && ((has_lost_ends && !is_whole) || (heading.is_empty() && share >= GLUED_SHARE_MIN));
        let label = find_label(self.clean, titled, marker.style);
        let heading = if has_lost_ends && !self.is_in_article() && !label.is_empty() {
            label
        } else if takes_glued && !glued.is_empty() {
            glued
        } else {
            heading
        };
        let item = self.open(marker, span.byte_start, heading, false);
        let body_start = self.skip_heading(rest, heading);
        if !heading.is_empty() {
            self.push_block(Some(item), heading, true, false);
        }
        self.set_end(item, Span::new(span.byte_start, span.byte_start + words.len()));
        self.add_running(Span::new(body_start, span.byte_end), true);
    }

    fn is_inline(&self, item: usize) -> bool {
        self.outline.inline.get(item).copied().unwrap_or(false)
    }

    /// Where the text behind a heading and its final punctuation starts.
    fn skip_heading(&self, rest: Span, heading: Span) -> usize {
        if heading.is_empty() {
            return rest.byte_start;
        }
        let tail = Span::new(heading.byte_end, rest.byte_end).slice(self.clean);
        heading.byte_end
            + (tail.len() - tail.trim_start_matches(['】', '。', '：', ':', '；']).len())
    }

    fn push_block(&mut self, item: Option<usize>, span: Span, is_heading: bool, is_inline: bool) {
        let span = trim(self.clean, span);
        if !span.is_empty() {
            self.outline.blocks.push(Block { item, span, is_heading, is_inline });
        }
    }

    /// Opens an item at the level of its style.
    fn open(&mut self, marker: &Marker, byte_start: usize, heading: Span, inline: bool) -> usize {
        let level = self
            .stack
            .iter()
            .position(|&open| self.outline.styles.get(open) == Some(&marker.style));
        if let Some(level) = level {
            self.stack.truncate(level);
        } else if matches!(marker.style, Style::Part | Style::Chapter) {
            self.stack.clear();
        } else if self.lost_first(marker) {
            let styles = &self.outline.styles;
            self.stack.retain(|&open| styles.get(open).is_some_and(|&style| style < marker.style));
        }
        let last = self.last_numbers.insert(marker.style, marker.number);
        let parent = self.stack.last().copied();
        let mut path = parent
            .and_then(|at| self.outline.items.get(at))
            .map(|item| item.path.clone())
            .unwrap_or_default();
        path.push(marker.number);
        let index = self.outline.items.len();
        if marker.number > 1 && last.is_some_and(|last| marker.number != last + 1) {
            self.outline.gaps.push(index);
        }
        let printed = marker.printed.shifted(byte_start);
        self.outline.items.push(Item {
            path,
            number: Located::new(printed.slice(self.clean).to_owned(), printed),
            heading: Located::new(heading.slice(self.clean).to_owned(), heading),
            class: ItemClass::Section,
            parent,
            span: Span::new(byte_start, heading.byte_end.max(printed.byte_end)),
            assignments: Vec::new(),
            truncated: false,
        });
        self.outline.styles.push(marker.style);
        self.outline.inline.push(inline);
        self.stack.push(index);
        // Numbers below the new item start again, unless they run on over its siblings.
        if inline {
            self.last_numbers.remove(&Style::Circled);
        }
        index
    }

    /// Whether a series begins with its second item: a copy that lost 一、 goes on with the （一） below it. The level of such an item is
    /// the usual one of its style. Numbers that run on over chapters are no such series.
    fn lost_first(&self, marker: &Marker) -> bool {
        let before = marker.number.checked_sub(1).filter(|&before| before > 0);
        before.is_some() && self.last_numbers.get(&marker.style) != before.as_ref()
    }

    fn set_end(&mut self, item: usize, span: Span) {
        if let Some(item) = self.outline.items.get_mut(item) {
            item.span.byte_end = span.byte_end;
        }
    }

    /// The heading at the start of `rest`.
    fn find_heading(&self, rest: Span, style: Style, around: Around) -> Span {
        find_heading(self.clean, rest, Place { style, in_article: self.is_in_article(), around })
    }

    fn is_in_article(&self) -> bool {
        self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&Style::Article))
    }

    /// Running text of the current item, and the items that are numbered inside it.
    fn add_running(&mut self, span: Span, same_paragraph: bool) {
        if !same_paragraph {
            while self.stack.last().is_some_and(|&top| self.is_inline(top)) {
                self.stack.pop();
            }
        }
        let inline = self.find_inline(span);
        let base = self.stack.clone();
        let titled = inline.iter().filter(|(place, marker)| self.is_titled(*place, marker)).count();
        #[expect(clippy::cast_precision_loss, reason = "a share of a few items")]
        let share = titled as f64 / inline.len().max(1) as f64;
        let first = inline.first().map_or(span.byte_end, |(place, _)| place.byte_start);
        self.add_own(Span::new(span.byte_start, first));
        for (place, marker) in inline {
            self.stack.clone_from(&base);
            let rest = Span::new(place.byte_start + marker.byte_end, place.byte_end);
            let around = Around { follows: Follows::Other, in_list: false, share };
            let heading = self.find_heading(rest, marker.style, around);
            let item = self.open(&marker, place.byte_start, heading, true);
            self.set_end(item, place);
            if !heading.is_empty() {
                self.push_block(Some(item), heading, true, true);
            }
            let body_start = self.skip_heading(rest, heading);
            self.push_block(Some(item), Span::new(body_start, place.byte_end), false, true);
        }
    }

    /// Whether an inline item opens with a short sentence that more text follows.
    fn is_titled(&self, place: Span, marker: &Marker) -> bool {
        let rest = Span::new(place.byte_start + marker.byte_end, place.byte_end).slice(self.clean);
        let sentence = rest.split_once('。');
        let label = rest.split_once(['：', ':']).filter(|(label, _)| {
            (2..=LABEL_CHARS_MAX).contains(&label.chars().count())
                && label.chars().all(char::is_alphabetic)
        });
        label.or(sentence).is_some_and(|(first, more)| !more.is_empty() && is_short(first))
    }

    /// A piece of the current item's own text.
    fn add_own(&mut self, span: Span) {
        let item = self.stack.last().copied();
        self.push_block(item, span, false, false);
        if let Some(at) = item {
            let is_last = at + 1 == self.outline.items.len();
            if is_last && !span.is_empty() {
                self.set_end(at, span);
            }
        }
    }

    /// Style and number of the innermost open item.
    fn open_number(&self) -> Option<(Style, u32)> {
        let style = *self.outline.styles.get(*self.stack.last()?)?;
        Some((style, *self.last_numbers.get(&style)?))
    }

    /// Numbered items inside running text: at least two, numbered from 1, each after a border; or those that go on from
    /// the number that opened the paragraph (1.某事；2.某事).
    fn find_inline(&self, span: Span) -> Vec<(Span, Marker)> {
        let words = span.slice(self.clean);
        let mut starts: Vec<(usize, Marker)> = Vec::new();
        let mut candidates: Vec<usize> = vec![0];
        candidates.extend(
            INLINE.find_iter(words).map(|found| {
                found.start() + found.as_str().chars().next().map_or(0, char::len_utf8)
            }),
        );
        let open_number = self.open_number();
        for at in candidates {
            let Some(marker) = parse_marker(Span::new(at, words.len()).slice(words)) else {
                continue;
            };
            let expected = match starts.last() {
                Some((_, last)) => last.number.saturating_add(1),
                None if goes_on_from(open_number, &marker) => marker.number,
                None => 1,
            };
            let same_style = starts.first().is_none_or(|(_, first)| first.style == marker.style);
            let open =
                self.stack.iter().any(|&item| self.outline.styles.get(item) == Some(&marker.style));
            if marker.number == expected
                && same_style
                && !(open && starts.is_empty() && marker.style == Style::Digit && at == 0)
            {
                starts.push((at, marker));
            }
        }
        if starts.len() < 2 && starts.first().is_none_or(|(_, first)| first.number == 1) {
            return Vec::new();
        }
        let ends: Vec<usize> =
            starts.iter().skip(1).map(|(at, _)| *at).chain([words.len()]).collect();
        starts
            .into_iter()
            .zip(ends)
            .map(|((from, marker), to)| (Span::new(from, to).shifted(span.byte_start), marker))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::find_paragraphs;
    use super::*;

    fn titles(text: &str) -> Vec<(Vec<u32>, String)> {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        outline.items.into_iter().map(|item| (item.path, item.heading.value)).collect()
    }

    fn last_title(text: &str) -> String {
        titles(text).pop().unwrap().1
    }

    #[test]
    fn the_line_of_an_article_is_its_title_where_the_text_stands_below() {
        assert_eq!(last_title("第一条养护期限\n养护期限为三年。"), "养护期限");
        assert_eq!(
            last_title("第一条（目的和依据）\n为了保护古树，根据有关法律制定。"),
            "目的和依据"
        );
        assert_eq!(last_title("第一条古树应当挂牌\n古树挂牌由管理单位承担。"), "");
    }

    #[test]
    fn a_usual_heading_that_lost_its_line_end_is_a_title() {
        assert_eq!(
            last_title("一、工作要求各单位要高度重视，加强领导，确保花展顺利。"),
            "工作要求"
        );
        assert_eq!(
            last_title("三、解释权及施行时间本通知由市园林局负责解释，自印发之日起施行。"),
            "解释权及施行时间"
        );
        assert_eq!(last_title("一、加强工作要求的落实，各单位要高度重视，确保花展顺利。"), "");
    }

    #[test]
    fn a_chapter_may_begin_with_its_second_item() {
        let text = "一、种树\n（一）育苗。每年育苗。\n（二）补种。每年补种。\n（三）护林。每年护林。\n二、治水\n（二）清河。每年清河。";
        assert_eq!(titles(text).pop().unwrap(), (vec![2, 2], "清河".to_owned()));
    }

    #[test]
    fn what_stands_behind_the_body_belongs_to_no_item() {
        let text = "一、拨款\n1.苗圃开具收据。\n2.市园林局按照规定的程序办理资金拨付手续。\n附件：1.苗圃名单";
        assert_eq!(last_title(text), "");
    }

    #[test]
    fn numbers_that_go_on_inside_a_paragraph_are_items() {
        let text = "（一）种树\n1.种好行道树，美化环境；2.种好公园树；3.种好防护林。\n（二）治水";
        let paths: Vec<Vec<u32>> = titles(text).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, [vec![1], vec![1, 1], vec![1, 2], vec![1, 3], vec![2]]);
    }

    #[test]
    fn a_heading_that_runs_into_its_text_ends_where_a_verb_opens_the_text() {
        let glued = |line: &str| {
            let paragraphs = [Span::new("前言。".len(), line.len())];
            let outline = find_outline(line, &paragraphs, &[false]);
            outline.items.into_iter().next().unwrap().heading.value
        };
        assert_eq!(
            glued("前言。（一）深化苗圃体制改革建立健全苗木产权制度，保护古树，美化环境。"),
            "深化苗圃体制改革"
        );
        assert_eq!(
            glued("前言。一、总体要求以绿化为中心，坚持适地适树，建设美丽城市。"),
            "总体要求"
        );
        assert_eq!(glued("前言。（一）种好行道树，建立健全养护制度，美化环境，改善生活。"), "");
    }

    #[test]
    fn a_short_sentence_is_a_title_where_the_document_has_such_titles() {
        let run = |first: &str| {
            let body = "（一）育苗。建设苗圃，种好树苗。\n（二）补种。补种死苗，清理枯枝。\n";
            format!(
                "一、种树\n{body}二、治水\n（一）继续清理河道，进一步改善水质。\n（二）适当调整水位，保障用水。\n（三）加强巡查，及时处理问题。\n（四）{first}"
            )
        };
        let titled = run("做好花展组织工作。加强宣传。完善服务，优化环境。");
        assert_eq!(last_title(&titled), "做好花展组织工作");
        assert_eq!(last_title(&run("做好花展组织工作，加强宣传。完善服务。")), "");
        assert_eq!(last_title(&run("责任单位及承办科室：市园林局养护科。")), "");
    }

    #[test]
    fn the_last_entry_of_a_list_has_no_title() {
        let text = "一、资金来源\n资金按下列渠道筹集：\n1.花木收入按比例提取；\n2.门票收入暂按比例提取（根据情况调整）。\n其他资金用于养护。";
        assert_eq!(last_title(text), "");
    }

    #[test]
    fn general_rules_above_articles_make_a_text_rules() {
        let opens = |text: &str| {
            let paragraphs = find_paragraphs(text);
            find_outline(text, &paragraphs, &vec![false; paragraphs.len()])
                .opens_with_general_rules()
        };
        assert!(opens("第一章总则\n第一条为了保护古树，制定本意见。"));
        assert!(!opens("第一章种树\n第一条每年种树。"));
        assert!(!opens("一、总则\n（一）每年种树。"));
    }

    #[test]
    fn the_rows_of_an_attached_list_are_no_items() {
        let text = "一、种树\n每年种树。\n附件\n苗圃推广清单\n一、某县苗圃\n二、某市苗圃";
        assert_eq!(titles(text).len(), 1);
        let text = "一、种树\n每年种树。\n附件\n任务分工方案\n一、种树分工\n二、治水分工";
        assert_eq!(titles(text).len(), 3);
    }
}
