//! Headings and numbered items. In: paragraphs of the body; out: items with their place in the tree, and
//! the body cut into [`Block`]s, each belonging to one item. Guarantee: no block overlaps another, parents
//! stand before children. The surprise: a style of number has no fixed level; the first use of a new style
//! goes one level deeper, and a style in use returns to its own level.

use super::ordinal::{Marker, Style, parse_marker};
use super::paragraph::{find_sentences, trim};
use super::responsibility::find_closing_note;
use crate::document::{Item, ItemClass, Located};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest gap in a numbering that is still the same numbering.
const GAP_MAX: u32 = 4;

/// The largest number with which a text that was cut off at its start may begin.
const FIRST_MAX: u32 = 20;

/// Where so many of the items of a run have a heading, one that seems to have none may have lost its full stop.
const GLUED_SHARE_MIN: f64 = 0.4;

/// 某区：…, a label of an inline item.
const LABEL_CHARS_MAX: usize = 8;

/// A piece of the body: words that belong to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The item; `None` before the first.
    pub(super) item: Option<usize>,
    /// The words, without the item's number.
    pub(super) span: Span,
    /// Whether these words are the item's heading.
    pub(super) is_heading: bool,
    /// Whether they stand in the middle of a paragraph that began before.
    pub(super) is_inline: bool,
}

/// The body's items and blocks.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) items: Vec<Item>,
    pub(super) blocks: Vec<Block>,
    /// The style of each item's number.
    pub(super) styles: Vec<Style>,
    /// For each item, whether it stands in the middle of a paragraph.
    pub(super) inline: Vec<bool>,
    /// Items before which a number is missing.
    pub(super) gaps: Vec<usize>,
    /// Attachments that are tables or lists: their rows are no items and promise nothing.
    pub(super) tables: Vec<Span>,
    /// Items whose note of who is in charge stands behind the last item below them.
    pub(super) closed_by_note: Vec<usize>,
}

impl Outline {
    /// Plans and notices number their measures 第一条 too; there an article is an item like any other.
    pub(super) fn treat_articles_as_items(&mut self) {
        for style in &mut self.styles {
            if *style == Style::Article {
                *style = Style::HanBracket;
            }
        }
    }
}

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

static ATTACHMENT: Pattern =
    LazyLock::new(|| pattern(r"^附(?:件|表)?\d{0,2}[:：]|附件[:：]\s?1[.、]"));

/// What stands behind the last word of a body: no item goes on there.
static BEHIND_BODY: Pattern = LazyLock::new(|| {
    pattern(r"^(?:附(?:件|表)?\d{0,2}[:：]|(?:原文|文件|附件)下载|抄送|抄报|相关链接|相关附件)")
});

/// The line that stands above an attachment.
static ATTACHMENT_MARK: Pattern = LazyLock::new(|| pattern(r"^附件?\s?\d{0,2}[:：]?$"));

/// What an attachment that is no text is called; a table that divides the tasks is read.
static TABLE_TITLE: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，。；]{2,60}(?:清单|名单|目录|一览表|统计表|汇总表|申请表|申报表|登记表|评价表|评审表|审核表|报名表|推荐表|样表|表样|模板|大纲|提纲|格式)$",
    )
});

/// A sentence like this says something of its subject; a heading only names it.
static PREDICATE: Pattern =
    LazyLock::new(|| pattern(r".(?:应当|不得)|自(?:\d{4}年|发布|印发|公布)[^，]*起|未尽事宜"));

/// A usual heading whose line end is lost: 工作要求各单位要….
static FORMULA: Pattern = LazyLock::new(|| {
    pattern(
        r"^((?:工作|有关|相关|其他|活动|具体)(?:要求|安排|事项)|组织(?:机构|领导|实施|保障)|保障措施|联系方式|(?:时间|进度)安排|报名(?:方式|办法)|实施步骤|(?:支持|补助|奖补|资助|扶持|申报|项目)(?:方向|条件|标准|原则|对象|范围|程序))(?:各|请|为|本|凡|从|自|该)",
    )
});

/// 深化体制改革建立健全…: a heading that lost its line end, as far as its last noun; a verb opens the text.
static GLUED: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^([\p{Han}“”、]{2,22}?(?:改革|创新|试验|网络|特区|交流合作|合作|建设|体系|机制|水平|能力|发展|融合|服务|保障|管理|监管|环境|要求|思路|目标|原则|思想|任务|措施|重点|流程|手续|工作|质量|结构|布局|产业|领域|市场|企业|效率|力度|活力|转型|升级|培训|队伍|平台|基地|项目|投资|消费|领导|实施|宣传|考核|督查|政策|登记|额度))",
        r"(?:建立|加快|推进|推动|加强|深化|支持|鼓励|充分|积极|围绕|以|按照|坚持|进一步|大力|全面|完善|依托|发挥|落实|加大|探索|引导|打造|构建|健全|优化|强化|抓住|把握|结合|针对|根据|各地|各级|各部门|对|为|将|在|通过|着力|严格|切实|规模以上|利用|聚焦|瞄准|组织|开展|制定)[\p{Han}“]{3}"
    ))
});

/// Builds the outline of the paragraphs that are not `taken` by the head.
pub(super) fn find_outline(clean: &str, paragraphs: &[Span], taken: &[bool]) -> Outline {
    let body: Vec<Span> =
        paragraphs.iter().zip(taken).filter(|&(_, &taken)| !taken).map(|(&span, _)| span).collect();
    let mut builder = Builder {
        clean,
        outline: Outline::default(),
        stack: Vec::new(),
        last_numbers: HashMap::new(),
    };
    let shares = measure_headings(clean, &body);
    let mut in_attachments = false;
    let mut in_table = false;
    for (at, &span) in body.iter().enumerate() {
        let words = span.slice(clean);
        in_attachments = ATTACHMENT.is_match(words)
            || (in_attachments
                && parse_marker(words).is_some_and(|marker| marker.style == Style::Digit)
                && !words.contains('。'));
        let opens_next = body.get(at + 1).is_none_or(|next| opens_other(next.slice(clean)));
        in_table = opens_table(clean, &body, at) || (in_table && !ATTACHMENT_MARK.is_match(words));
        let stays_out = in_attachments || in_table;
        if in_table {
            builder.outline.tables.push(span);
        }
        match parse_marker(words).filter(|marker| !stays_out && builder.continues(marker)) {
            Some(marker) => builder.open_paragraph(
                span,
                &marker,
                (opens_next, shares.get(at).copied().unwrap_or(0.0)),
            ),
            None if BEHIND_BODY.is_match(words) || opens_table(clean, &body, at) => {
                builder.stack.clear();
                builder.add_running(span, false);
            }
            None => builder.add_running(span, false),
        }
    }
    builder.outline
}

/// Whether an attachment that is a table or list opens here: its rows are no items of the document.
fn opens_table(clean: &str, body: &[Span], at: usize) -> bool {
    let line = |at: usize| body.get(at).map_or("", |span| span.slice(clean));
    let titles = (at + 1..at + 4).map(line).take_while(|title| parse_marker(title).is_none());
    ATTACHMENT_MARK.is_match(line(at))
        && titles.into_iter().any(|title| TABLE_TITLE.is_match(title))
}

/// Whether a paragraph is no running text of the item before it.
fn opens_other(words: &str) -> bool {
    parse_marker(words).is_some() || BEHIND_BODY.is_match(words)
}

/// For each paragraph, the share of items in its run of numbers whose first sentence reads like a heading.
fn measure_headings(clean: &str, body: &[Span]) -> Vec<f64> {
    let mut open: HashMap<Style, usize> = HashMap::new();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let mut run_of: Vec<Option<usize>> = Vec::with_capacity(body.len());
    for span in body {
        let words = span.slice(clean);
        let run = parse_marker(words).map(|marker| {
            let fresh = marker.number == 1 || !open.contains_key(&marker.style);
            if fresh {
                open.insert(marker.style, runs.len());
                runs.push((0, 0));
            }
            let run = open.get(&marker.style).copied().unwrap_or_default();
            let rest = Span::new(marker.byte_end, words.len()).slice(words);
            let first = rest.split(['。', '：', ':']).next().unwrap_or_default();
            let more =
                rest.get(first.len()..).unwrap_or_default().trim_start_matches(['。', '：', ':']);
            let stands_alone = first.len() == rest.len() && !rest.ends_with('；');
            let is_heading = is_short(first)
                && (stands_alone || !(more.is_empty() || more.starts_with(['（', '(', '〔'])));
            if let Some(counts) = runs.get_mut(run) {
                counts.0 += u32::from(is_heading);
                counts.1 += 1;
            }
            run
        });
        run_of.push(run);
    }
    let share = |run: usize| {
        runs.get(run).map_or(0.0, |&(short, all)| f64::from(short) / f64::from(all.max(1)))
    };
    run_of.into_iter().map(|run| run.map_or(0.0, share)).collect()
}

/// Whether the line of an article only names what the paragraph below it says.
fn is_name(line: &str) -> bool {
    line.chars().count() <= 20
        && !line.contains(['，', ',', '。', '；', '：', ':', '应', '须', '是', '将'])
        && !PREDICATE.is_match(line)
}

/// Whether `marker` is the next of the innermost open item's own numbering.
fn goes_on_from(open: Option<(Style, u32)>, marker: &Marker) -> bool {
    open.is_some_and(|(style, number)| {
        style == Style::Digit && marker.style == style && marker.number == number + 1
    })
}

/// Whether a sentence is short enough for a heading and has at most one comma.
fn is_short(sentence: &str) -> bool {
    sentence.chars().count() <= 35
        && sentence.matches(['，', ',']).count() <= 1
        && !PREDICATE.is_match(sentence)
}

impl Builder<'_> {
    /// Whether a number goes on with the numbering so far.
    fn continues(&self, marker: &Marker) -> bool {
        match self.last_numbers.get(&marker.style) {
            _ if marker.number == 1 => true,
            Some(&last) => marker.number > last && marker.number - last <= GAP_MAX + 1,
            None => marker.number <= FIRST_MAX,
        }
    }

    fn open_paragraph(&mut self, span: Span, marker: &Marker, (opens_next, share): (bool, f64)) {
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
        let heading = self.find_heading(titled, marker.style, share, opens_next || is_text);
        let heading = if heading.is_empty() && (self.runs_on(span) || share >= GLUED_SHARE_MIN) {
            self.find_glued_heading(titled, marker.style)
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

    /// Whether a paragraph stands in the middle of a line: the copy has lost its line ends.
    fn runs_on(&self, paragraph: Span) -> bool {
        let before = Span::new(0, paragraph.byte_start).slice(self.clean);
        before.chars().next_back().is_some_and(|c| c != '\n')
    }

    /// The heading at the start of `rest` that runs into the text behind it; empty where there is none.
    fn find_glued_heading(&self, rest: Span, style: Style) -> Span {
        let words = rest.slice(self.clean);
        let glued = GLUED
            .captures(words)
            .filter(|_| matches!(style, Style::Han | Style::HanBracket))
            .and_then(|found| found.get(1));
        Span::new(rest.byte_start, rest.byte_start + glued.map_or(0, |heading| heading.len()))
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

    fn set_end(&mut self, item: usize, span: Span) {
        if let Some(item) = self.outline.items.get_mut(item) {
            item.span.byte_end = span.byte_end;
        }
    }

    /// The heading at the start of `rest`, empty where the item is only running text.
    fn find_heading(&self, rest: Span, style: Style, share: f64, opens_next: bool) -> Span {
        let words = rest.slice(self.clean);
        let none = Span::new(rest.byte_start, rest.byte_start);
        if let Some(title) =
            words.strip_prefix('【').and_then(|w| w.split_once('】')).map(|(title, _)| title)
        {
            let start = rest.byte_start + '【'.len_utf8();
            return Span::new(start, start + title.len());
        }
        let in_article =
            self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&Style::Article));
        if style == Style::Article && !opens_next && is_name(words) {
            let inside = words.strip_prefix('（').and_then(|rest| rest.strip_suffix('）'));
            let start = rest.byte_start + inside.map_or(0, |_| '（'.len_utf8());
            return Span::new(start, start + inside.map_or(words.len(), str::len));
        }
        if style == Style::Article
            || (in_article && !matches!(style, Style::Chapter | Style::Division | Style::Part))
        {
            return none;
        }
        let Some(first) = find_sentences(self.clean, rest).first().copied() else { return none };
        let colon = first.slice(self.clean).find(['：', ':']).map(|at| first.byte_start + at);
        let end = colon.unwrap_or(first.byte_end);
        let heading = Span::new(rest.byte_start, end);
        let title = heading.slice(self.clean);
        let tail =
            Span::new(end, rest.byte_end).slice(self.clean).trim_start_matches(['。', '：', ':']);
        let (chars, commas) = (title.chars().count(), title.matches(['，', ',']).count());
        let is_list_entry = title.ends_with(['；', ';', '的']) || title.contains(['；', ';']);
        if let Some(formula) = FORMULA.captures(words).and_then(|found| found.get(1)) {
            return Span::new(rest.byte_start, rest.byte_start + formula.len());
        }
        let accepted = if is_list_entry || title.is_empty() || PREDICATE.is_match(title) {
            false
        } else if words.len() == title.len() {
            chars <= 70
        } else if tail.is_empty() {
            let fits = !opens_next || chars <= 8 || style == Style::Han || share >= 0.75;
            chars <= 25 && commas == 0 && fits
        } else {
            (chars <= 25 && commas == 0 && share >= 0.4)
                || (share >= 0.5 && chars <= 60 && commas <= 2)
        };
        if accepted { heading } else { none }
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
            let heading = self.find_heading(rest, marker.style, share, true);
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
            (2..=LABEL_CHARS_MAX).contains(&label.chars().count()) && label.chars().all(char::is_alphabetic)
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
        assert_eq!(last_title("一、加强工作要求的落实，各单位要高度重视，确保花展顺利。"), "");
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
        assert_eq!(glued("前言。一、总体要求以绿化为中心，坚持适地适树，建设美丽城市。"), "总体要求");
        assert_eq!(glued("前言。（一）种好行道树，建立健全养护制度，美化环境，改善生活。"), "");
    }

    #[test]
    fn the_rows_of_an_attached_list_are_no_items() {
        let text = "一、种树\n每年种树。\n附件\n苗圃推广清单\n一、某县苗圃\n二、某市苗圃";
        assert_eq!(titles(text).len(), 1);
        let text = "一、种树\n每年种树。\n附件\n任务分工方案\n一、种树分工\n二、治水分工";
        assert_eq!(titles(text).len(), 3);
    }
}
