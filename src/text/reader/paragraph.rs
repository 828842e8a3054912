//! Lines of pages to paragraphs. In: the lines of each page. Out: paragraphs, each on one line. Guarantees: page numbers
//! and what repeats at the head or foot of pages are gone; a paragraph that goes over a page is one. The surprise:
//! the shape decides before the words do. A line goes on with the one before it where that one is full and it is not
//! indented itself; only where a page indents nothing do the marks at a line's ends decide.

use super::super::{Pattern, pattern};
use super::page::Line;
use std::collections::BTreeMap;

/// A line is full that ends this close to where what begins the next one would have had to stand.
const FULL_EM: f32 = 1.6;

/// A line that begins this far from the left margin is indented.
const INDENT_EM: f32 = 0.8;

/// Lines of one paragraph differ at most by this factor in size.
const SIZE_RATIO_MAX: f32 = 1.15;

/// A distance of so many of those inside paragraphs is a border.
const PITCH_RATIO_MAX: f32 = 1.3;

/// How many lines at the head and at the foot of a page may be running heads.
const MARGIN_LINES: usize = 2;

/// So few body lines tell no margins of their own.
const MARGIN_EVIDENCE_MIN: usize = 15;

/// A number that an outline has, at the beginning of a line.
static ITEM: Pattern = Pattern::new(|| {
    pattern(
        r"^\s*(?:第[一二三四五六七八九十百零〇\d０-９]{1,6}[编章节条款]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d０-９]{1,3}[）)]|[\d０-９]{1,3}[.．、])",
    )
});

/// The same after the end of a sentence, where a line was lost.
static LOST_ITEM: Pattern = Pattern::new(|| {
    pattern(
        r"([。；：！？])\s*((?:第[一二三四五六七八九十百零〇]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]))",
    )
});

/// `— 1 —`, `- 1 -`, `1`, `第 1 页 共 5 页`, `1/5`.
static PAGE_NUMBER: Pattern = Pattern::new(|| {
    pattern(
        r"^\s*(?:[-—–―－─•·~]*\s*[\d０-９]{1,4}\s*[-—–―－─•·~]*|第?\s*[\d０-９]{1,4}\s*页?\s*[/，,]?\s*(?:共|/)\s*[\d０-９]{1,4}\s*页?|第\s*[\d０-９]{1,4}\s*页)\s*$",
    )
});

/// Where the text of a page stands.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: f32,
    right: f32,
    pitch: f32,
}

/// What a page consists of, from top to bottom.
#[derive(Debug)]
pub(super) enum Piece {
    /// Lines of text.
    Lines(Vec<Line>),
    /// Rows of a table, or paragraphs that are known already.
    Ready(Vec<String>),
}

impl Piece {
    fn lines(&self) -> &[Line] {
        match self {
            Self::Lines(lines) => lines,
            Self::Ready(_) => &[],
        }
    }
}

/// The paragraphs of a document.
pub(super) fn join_paragraphs(pieces: &[Piece]) -> Vec<String> {
    let all: Vec<&Line> = pieces.iter().flat_map(Piece::lines).collect();
    let usual = find_margins(&all);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut last: Option<(&Line, Margins)> = None;
    for piece in pieces {
        let page: Vec<&Line> = match piece {
            Piece::Lines(page) => page.iter().collect(),
            Piece::Ready(rows) => {
                paragraphs.extend(rows.iter().cloned());
                last = None;
                continue;
            }
        };
        let Some(usual) = usual else { continue };
        let margins = find_margins(&page).filter(|_| page.len() >= MARGIN_EVIDENCE_MIN);
        let margins = margins.map_or(usual, |own| own.beside(usual));
        let mut is_first = true;
        for line in page {
            let goes_on =
                last.is_some_and(|(before, its)| continues(before, its, line, margins, !is_first));
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => push_line(paragraph, &line.text),
                None => paragraphs.push(line.text.clone()),
            }
            last = Some((line, margins));
            is_first = false;
        }
    }
    paragraphs
}

/// The left edge that most lines have, the right edge that full lines have, the usual distance.
fn find_margins(lines: &[&Line]) -> Option<Margins> {
    let size = median(lines.iter().map(|line| line.size))?;
    let mut edges: BTreeMap<i64, usize> = BTreeMap::new();
    for line in lines {
        *edges.entry(in_steps(line.left, size)).or_default() += line.text.chars().count();
    }
    // The leftmost edge that carries a fair share of the text: continuation lines stand there.
    let total: usize = edges.values().sum();
    let step = edges.iter().find(|(_, chars)| **chars * 20 >= total).map(|(&step, _)| step)?;
    let at_edge = lines.iter().filter(|line| in_steps(line.left, size) <= step);
    let left = at_edge.map(|line| line.left).fold(f32::INFINITY, f32::min);
    let mut rights: Vec<f32> = lines.iter().map(|line| line.right).collect();
    rights.sort_by(f32::total_cmp);
    // Punctuation may hang over the edge.
    let right = rights.get(rights.len() * 9 / 10).copied()?;
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let gaps = pairs.map(|(above, below)| above.y - below.y).filter(|&gap| gap > size * 0.5);
    let pitch = find_pitch(gaps.collect()).unwrap_or(size * 2.0);
    Some(Margins { left, right, pitch })
}

/// The least distance that a fair share of lines have: distances between paragraphs may be wider, and on a page of short ones
/// they are most.
fn find_pitch(mut gaps: Vec<f32>) -> Option<f32> {
    gaps.sort_by(f32::total_cmp);
    let count_below = |limit: f32| gaps.partition_point(|&other| other < limit);
    let is_usual =
        |gap: &f32| (count_below(gap * 1.05) - count_below(gap * 0.95)) * 5 >= gaps.len();
    gaps.iter().copied().find(is_usual).or_else(|| median(gaps.iter().copied()))
}

impl Margins {
    /// Those of a page, where `usual` are those of all: a page of short lines and paragraphs does not show how wide lines are,
    /// nor how close they stand.
    fn beside(self, usual: Self) -> Self {
        let pitch = self.pitch.min(usual.pitch);
        Self { right: self.right.max(usual.right), pitch, ..self }
    }
}

/// Half a character is one step: typesetting is not exact.
#[expect(
    clippy::cast_possible_truncation,
    reason = "page coordinates are far below the limits of i64, and a cast saturates"
)]
fn in_steps(x: f32, size: f32) -> i64 {
    (x / (size * 0.5)).round() as i64
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Whether `line` goes on with the paragraph of `before`.
fn continues(before: &Line, its: Margins, line: &Line, margins: Margins, same_page: bool) -> bool {
    let em = line.size.max(before.size);
    let is_full = before.right > its.right - (FULL_EM + first_word_em(&line.text)) * em;
    let is_indented = line.left > margins.left + INDENT_EM * em;
    let is_same_size = em < line.size.min(before.size) * SIZE_RATIO_MAX;
    let is_near = !same_page || before.y - line.y < margins.pitch * PITCH_RATIO_MAX;
    is_full
        && !is_indented
        && is_same_size
        && is_near
        && !(ends_sentence(&before.text) && begins_item(&line.text))
}

/// How wide what programs do not part is at the beginning of a line: （点）, 〔2031〕8号, 85%，2031年.
fn first_word_em(text: &str) -> f32 {
    const OPENING: [char; 8] = ['（', '(', '〔', '[', '《', '〈', '“', '【'];
    const CLOSING: [char; 15] =
        ['）', ')', '〕', ']', '》', '〉', '”', '】', '，', '。', '、', '；', '：', '%', '.'];
    let mut width = 0.0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        width += if c.is_ascii() { 0.5 } else { 1.0 };
        let is_latin = c.is_ascii_alphanumeric() || CLOSING.contains(&c);
        let goes_on =
            |next: &char| CLOSING.contains(next) || (is_latin && next.is_ascii_alphanumeric());
        if !OPENING.contains(&c) && !chars.peek().is_some_and(goes_on) {
            break;
        }
    }
    width
}

/// A line end between two Latin words was a space.
fn push_line(paragraph: &mut String, text: &str) {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if is_latin(paragraph.chars().next_back()) && is_latin(text.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(text);
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', '：', '！', '？', ';', ':', '）', ')'])
}

/// Whether a line begins with a number that an outline has.
fn begins_item(text: &str) -> bool {
    ITEM.is_match(text)
}

/// The borders that a reader of blocks lost: an item after the end of a sentence begins a line.
pub(super) fn split_items(text: &str) -> String {
    LOST_ITEM.replace_all(text, "$1\n$2").into_owned()
}

/// Drops page numbers, and lines that stand at the head or foot of most pages.
pub(super) fn drop_running_heads(pages: &mut [Vec<Line>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut own: Vec<String> = margin_lines(page).map(|line| shape_of(&line.text)).collect();
        own.sort();
        own.dedup();
        for shape in own {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let least = 3.max(pages.len().div_ceil(2));
    for page in pages {
        let dropped: Vec<Line> = margin_lines(page)
            .filter(|line| {
                is_page_number(&line.text)
                    || seen.get(&shape_of(&line.text)).is_some_and(|&n| n >= least)
            })
            .cloned()
            .collect();
        page.retain(|line| !dropped.contains(line));
    }
}

fn margin_lines(page: &[Line]) -> impl Iterator<Item = &Line> {
    let foot = page.len().saturating_sub(MARGIN_LINES).max(MARGIN_LINES);
    page.iter().take(MARGIN_LINES).chain(page.iter().skip(foot))
}

/// A line without its digits: running heads may count pages.
fn shape_of(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

fn is_page_number(text: &str) -> bool {
    PAGE_NUMBER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs of whole pages.
    fn paragraphs_of(mut pages: Vec<Vec<Line>>) -> Vec<String> {
        drop_running_heads(&mut pages);
        join_paragraphs(&pages.into_iter().map(Piece::Lines).collect::<Vec<_>>())
    }

    /// A page set in lines of 20 characters of 16 points between 90 and 410, each paragraph indented by two.
    fn page(paragraphs: &[&str]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut y = 780.0;
        for paragraph in paragraphs {
            let indented: Vec<char> = "　　".chars().chain(paragraph.chars()).collect();
            for row in indented.chunks(20) {
                let text: String = row.iter().collect();
                lines.push(line(&text, y));
                y -= 28.0;
            }
        }
        lines
    }

    fn line(text: &str, y: f32) -> Line {
        let width = |text: &str| text.chars().map(|_| 16.0).sum::<f32>();
        let words = text.trim_start_matches('　');
        let left = 90.0 + width(text) - width(words);
        let right = left + width(words);
        Line { text: words.into(), left, right, y, size: 16.0, has_columns: false }
    }

    const FIRST: &str = "为进一步做好全市老旧小区改造工作，经市政府同意，现就有关事项通知如下，请各县区结合实际认真落实。";
    const SECOND: &str = "一、明确目标。各县区要按照要求抓好任务落实，确保按时完成。";

    #[test]
    fn hard_wrapped_lines_become_paragraphs() {
        assert_eq!(paragraphs_of(vec![page(&[FIRST, SECOND])]), [FIRST, SECOND]);
    }

    #[test]
    fn a_paragraph_goes_over_the_page_and_the_page_number_is_gone() {
        let mut first = page(&[SECOND, FIRST]);
        let mut second = first.split_off(4);
        second.extend(page(&[SECOND]).into_iter().map(|line| Line { y: line.y - 300.0, ..line }));
        first.push(line("　　　　　— 1 —", 60.0));
        second.push(line("　　　　　— 2 —", 60.0));
        assert_eq!(paragraphs_of(vec![first, second]), [SECOND, FIRST, SECOND]);
    }

    #[test]
    fn where_nothing_is_indented_the_distance_between_paragraphs_tells() {
        let texts = [
            ("为进一步做好全市公园建设和养护工作，经市", 780.0),
            ("政府同意，现就有关事项通知如下，请各县区", 752.0),
            ("结合实际认真落实，并且及时报告有关的情况", 724.0),
            ("市园林局", 684.0),
        ];
        let lines = texts.iter().map(|(text, y)| line(text, *y)).collect();
        assert_eq!(paragraphs_of(vec![lines]).last().map(String::as_str), Some("市园林局"));
    }

    #[test]
    fn a_line_is_full_where_what_begins_the_next_did_not_fit() {
        let ends = |last: &str, next: &str| {
            let full = "为进一步做好全市公园建设和养护工作，经市";
            let lines = vec![line(full, 780.0), line(last, 752.0), line(next, 724.0)];
            paragraphs_of(vec![lines]).len()
        };
        assert_eq!(
            ends("政府同意，根据有关文件（某园发", "〔2031〕8号），现就有关事项通知如下。"),
            1
        );
        assert_eq!(ends("政府同意，根据有关文件某园发文", "全市各有关单位要抓好落实。"), 2);
    }

    #[test]
    fn a_running_head_is_dropped_and_the_same_words_in_the_body_stay() {
        let head = "某市人民政府规章";
        let pages = (0..4).map(|_| {
            let mut lines = vec![line(head, 820.0)];
            lines.extend(page(&[FIRST, head, SECOND]));
            lines
        });
        let paragraphs = paragraphs_of(pages.collect());
        assert_eq!(paragraphs.iter().filter(|paragraph| *paragraph == head).count(), 4);
    }

    #[test]
    fn an_item_begins_a_line_even_where_nothing_is_indented() {
        let texts = [
            "（一）市财政局要做好资金保障，及时拨付。",
            "（二）市教育局要做好校舍建设，推进工程。",
            "（三）其他单位配合。",
        ];
        let lines =
            texts.iter().zip([780.0, 752.0, 724.0]).map(|(text, y)| line(text, y)).collect();
        assert_eq!(paragraphs_of(vec![lines]), texts);
    }

    #[test]
    fn page_numbers_are_known_by_their_shape() {
        for text in ["— 1 —", "- 12 -", "-1-", "3", "第 1 页 共 5 页", "第2页", "1/5"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2024年", "一、", "（1）", "11号", "1.建设"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn items_inside_a_block_get_their_lines_back() {
        assert_eq!(
            split_items("通知如下：一、目标。第二条 本市设立。"),
            "通知如下：\n一、目标。\n第二条 本市设立。"
        );
        assert_eq!(split_items("依照第二条办理"), "依照第二条办理");
    }
}
