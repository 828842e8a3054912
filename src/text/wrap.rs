//! Hard-wrapped lines. In: the source; out: for each of its lines, whether its end is a paragraph's. Texts taken from pages
//! break every line at the same width and carry page numbers between them. Guarantee: a text whose lines end with their
//! sentences keeps all its line ends. The surprise: the decision is one for the whole text, from the widths of its lines.

use std::collections::HashMap;

/// Fewer lines tell nothing about a width.
const LINES_MIN: usize = 15;

/// Widths, in full-width characters, at which pages break their lines.
const WIDTHS: std::ops::RangeInclusive<f64> = 18.0..=120.0;

/// Share of the page's width from which a line is full.
const FULL: f64 = 0.85;

/// A line that comes back so often is the head of a page.
const PAGE_HEADS_MIN: usize = 3;

/// Fewer paragraphs tell nothing about how they open.
const INDENTED_MIN: usize = 5;

/// What becomes of a line of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// Its end is the end of a paragraph.
    Kept,
    /// The paragraph goes on in the next line.
    Joined,
    /// It is a page number or page head and belongs to no paragraph.
    Dropped,
}

struct Line<'a> {
    words: &'a str,
    indent: usize,
    /// As many of the indent as are no ideographic spaces.
    margin: usize,
    width: f64,
    /// Whether it is the row of a table: its end is that of its last cell, however long it is.
    is_row: bool,
}

/// What becomes of each line of `source`; empty where all line ends are kept.
pub(super) fn find_line_ends(source: &str) -> Vec<LineEnd> {
    let mut lines: Vec<Line<'_>> = source.split('\n').map(measure).collect();
    take_margin(&mut lines);
    let mut ends = find_wrapped_ends(&lines);
    for at in find_lone_numbers(&lines) {
        ends.resize(lines.len(), LineEnd::Kept);
        set(&mut ends, at, LineEnd::Joined);
    }
    ends
}

/// Pages that were laid out with blanks begin every line with those of their margin, which set nothing off. Ideographic
/// spaces are typed before a paragraph.
fn take_margin(lines: &mut [Line<'_>]) {
    for page in lines.split_inclusive_mut(|line| is_page_number(line.words)) {
        let mut indents: Vec<usize> =
            page.iter().filter(|line| !line.words.is_empty()).map(|line| line.margin).collect();
        indents.sort_unstable();
        let margin = indents.get(indents.len() / 10).copied().unwrap_or(0);
        for line in page {
            line.indent = line.indent.saturating_sub(margin);
        }
    }
}

/// 一 on a line of its own above 、种树: the numbers that a copy has cut off from their words.
fn find_lone_numbers(lines: &[Line<'_>]) -> Vec<usize> {
    let is_lone = |line: &Line<'_>| {
        !line.words.is_empty()
            && line.words.chars().all(is_numeral)
            && line.words.chars().count() <= 3
    };
    let pairs = lines.iter().zip(lines.iter().skip(1)).enumerate();
    pairs
        .filter(|(_, (line, next))| is_lone(line) && next.words.starts_with('、'))
        .map(|(at, _)| at)
        .collect()
}

/// What becomes of each line of a text that is hard-wrapped; empty for others.
fn find_wrapped_ends(lines: &[Line<'_>]) -> Vec<LineEnd> {
    let Some(width) = find_page_width(lines) else { return Vec::new() };
    let heads = count_lines(lines);
    let indented = lines.iter().filter(|line| line.indent >= 2 && !line.words.is_empty()).count()
        * 20
        > lines.len();
    let mut ends = vec![LineEnd::Kept; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        if is_page_mark(line, &heads, width) {
            set(&mut ends, at, LineEnd::Dropped);
            drop_blanks_around(lines, at, &mut ends);
        }
    }
    let opens_by_indent = opens_by_indent(lines, width);
    for (at, line) in lines.iter().enumerate() {
        let is_open = !line.is_row
            && line.width >= width * FULL
            && (is_unfinished(line.words) || opens_by_indent);
        if ends.get(at) != Some(&LineEnd::Kept) || !is_open {
            continue;
        }
        let next = lines
            .iter()
            .zip(&ends)
            .skip(at + 1)
            .find(|&(_, &end)| end != LineEnd::Dropped)
            .map(|(next, _)| next);
        let goes_on = next.is_some_and(|next| {
            let fresh = if indented { next.indent >= 2 } else { opens_item(next.words) };
            !next.words.is_empty() && !next.is_row && !fresh
        });
        if goes_on {
            set(&mut ends, at, LineEnd::Joined);
        }
    }
    ends
}

/// Whether what stands behind the last, shorter line of a paragraph is always indented: then a full line goes on in one that is not.
fn opens_by_indent(lines: &[Line<'_>], width: f64) -> bool {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let behind: Vec<&Line<'_>> = pairs
        .filter(|(line, next)| {
            let is_last = !line.words.is_empty() && line.width < width * FULL;
            is_last && !next.words.is_empty()
        })
        .map(|(_, next)| next)
        .collect();
    let indented = behind.iter().filter(|next| next.indent >= 2).count();
    indented >= INDENTED_MIN && indented * 10 >= behind.len() * 9
}

/// The blank lines above and below a page's number are those of its border.
fn drop_blanks_around(lines: &[Line<'_>], mark: usize, ends: &mut [LineEnd]) {
    let is_blank = |at: &usize| lines.get(*at).is_some_and(|line| line.words.is_empty());
    let above = (0..mark).rev().take_while(is_blank);
    let below = (mark + 1..lines.len()).take_while(is_blank);
    for at in above.chain(below) {
        set(ends, at, LineEnd::Dropped);
    }
}

/// Whether a full line ends amid its paragraph: not with a sentence, a lead-in, or the page of an entry in a table of contents.
fn is_unfinished(words: &str) -> bool {
    let leader = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_entry = ["...", "……", "···"].iter().any(|dots| leader.ends_with(dots));
    let in_bracket = words.rfind(['（', '(']) > words.rfind(['）', ')']);
    let is_label = in_bracket && words.ends_with(['：', ':']);
    !is_entry && (is_label || !words.ends_with(['。', '；', '：', '！', '？', ':', ';']))
}

fn set(ends: &mut [LineEnd], at: usize, end: LineEnd) {
    if let Some(slot) = ends.get_mut(at) {
        *slot = end;
    }
}

fn measure(line: &str) -> Line<'_> {
    let words = line.trim_matches(|c: char| c.is_whitespace());
    // （一）, a tab and words: an item, and no row.
    let behind_number = words.split_once('\t').filter(|(first, rest)| {
        !rest.contains('\t') && (opens_item(first) || first.ends_with(['.', '、', '）', ')']))
    });
    let is_row = words.contains('\t') && behind_number.is_none();
    let lead = line.len() - line.trim_start().len();
    let blanks =
        line.get(..lead).unwrap_or_default().chars().filter(|&c| c != '\u{C}' && c != '\r');
    let margin = blanks.clone().take_while(|&c| c != '\u{3000}').count();
    let indent = blanks.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    let width = width_of(words);
    #[expect(clippy::cast_precision_loss, reason = "an indent is a handful of spaces")]
    let blank = indent as f64 / 2.0;
    Line { words, indent, margin, width: width + blank.min(4.0), is_row }
}

/// How wide `words` stand on the page, in full-width characters. Blanks that justify a line (各 类 树 种) or follow the half
/// of a sign that was printed full (, for ，) are no part of the width that was set.
fn width_of(words: &str) -> f64 {
    let mut width = 0.0;
    let mut before = ' ';
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let is_latin = |c: &char| c.is_ascii_alphanumeric();
        width += match c {
            ' ' if is_latin(&before) && chars.peek().is_some_and(is_latin) => 0.5,
            ' ' => 0.0,
            ',' | ';' | ':' | '(' | ')' | '!' | '?' => 1.0,
            c if c < '\u{100}' => 0.5,
            _ => 1.0,
        };
        before = c;
    }
    width
}

/// The width at which the pages break their lines, if most full lines end in mid-sentence.
fn find_page_width(lines: &[Line<'_>]) -> Option<f64> {
    let lines: Vec<&Line<'_>> = lines.iter().filter(|line| !line.is_row).collect();
    let mut widths: Vec<f64> =
        lines.iter().filter(|line| !line.words.is_empty()).map(|line| line.width).collect();
    widths.sort_by(f64::total_cmp);
    let closing = ['。', '；', '：', '！', '？', '）', ')', '”', '》', ':', ';'];
    let fits = |width: &f64| {
        let full: Vec<&&Line<'_>> =
            lines.iter().filter(|line| line.width >= width * FULL).collect();
        let open = full.iter().filter(|line| !line.words.ends_with(closing)).count();
        WIDTHS.contains(width) && full.len() * 10 >= widths.len() * 3 && open * 10 >= full.len() * 6
    };
    // Where boxes in smaller letters hold the widest lines, the width of the pages is that of most.
    let candidates = [9, 7].into_iter().filter_map(|tenths| widths.get(widths.len() * tenths / 10));
    candidates.copied().filter(|_| widths.len() >= LINES_MIN).find(fits)
}

fn count_lines<'a>(lines: &[Line<'a>]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for line in lines {
        *counts.entry(line.words).or_insert(0) += 1;
    }
    counts
}

/// The number of a page, or a short line that stands on every page.
fn is_page_mark(line: &Line<'_>, heads: &HashMap<&str, usize>, width: f64) -> bool {
    let again = heads.get(line.words).copied().unwrap_or(0) >= PAGE_HEADS_MIN;
    is_page_number(line.words)
        || (again
            && !line.is_row
            && !line.words.is_empty()
            && line.width < width * FULL
            && !closes_bracket(line.words)
            && !line.words.ends_with(['。', '；', '：', '，']))
}

/// — 3 —, - 3 -, 3.
fn is_page_number(words: &str) -> bool {
    let is_frame = |c: char| c.is_whitespace() || matches!(c, '-' | '－' | '—' | '–' | '·');
    let bare = words.trim_matches(is_frame);
    !bare.is_empty() && bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

/// 牵头）: the end of a note that many points have.
fn closes_bracket(words: &str) -> bool {
    words.ends_with(['）', ')', '〕', ']']) && !words.contains(['（', '(', '〔', '['])
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// 一、, （一）, 第三条: an item that no indent sets off.
fn opens_item(words: &str) -> bool {
    let rest = words.trim_start_matches(['（', '(', '第']);
    let behind = rest.trim_start_matches(is_numeral);
    let bracketed = rest.len() < words.len();
    rest.len() > behind.len()
        && (behind.starts_with('、') || (bracketed && behind.starts_with(['）', ')', '条', '章'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "    第一条 为了加强全市公园的管理工作根据有关法律法规\n的规定结合本市的实际情况由市政府常务会议研究决定并且\n制定本办法。\n";

    fn page(times: usize) -> String {
        let pages: Vec<String> =
            (1..=times).map(|number| format!("{PAGE}- {number} -\n")).collect();
        pages.concat()
    }

    #[test]
    fn lines_of_one_width_that_end_in_mid_sentence_are_joined() {
        let ends = find_line_ends(&page(6));
        assert_eq!(
            ends.get(..4),
            Some(&[LineEnd::Joined, LineEnd::Joined, LineEnd::Kept, LineEnd::Dropped][..])
        );
    }

    #[test]
    fn a_margin_sets_nothing_off_and_blank_lines_around_a_page_number_end_nothing() {
        let page = PAGE.replace("    第", "第").replace("工作根据有关", "工作，根据有关");
        let set = page.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
        let set = format!("    {set}\n");
        let (first, rest) = set.split_once('\n').unwrap();
        let ends = find_line_ends(&format!("{first}\n\n   -1-\n\u{C}\n{rest}").repeat(8));
        let [joined, dropped] = [LineEnd::Joined, LineEnd::Dropped];
        assert_eq!(
            ends.get(..6),
            Some(&[joined, dropped, dropped, dropped, joined, LineEnd::Kept][..])
        );
    }

    #[test]
    fn the_last_words_of_a_note_are_no_head_of_a_page() {
        let page = "种树并且养护。（市园林局、市林业局和市住房城乡建设局\n牵头）\n".repeat(12);
        let ends = find_line_ends(&page);
        assert_eq!(ends.get(..2), Some(&[LineEnd::Joined, LineEnd::Kept][..]));
    }

    #[test]
    fn where_indents_open_paragraphs_a_full_line_goes_on_behind_its_sentence() {
        let page = "　　市园林局要加强全市公园的管理并且每年在春天种下\n新树并且由花农和林农一起养护全市的古树名木和苗圃。\n（市林业局、市住房城乡建设局和各区政府按照职责分工\n负责养护）。\n";
        let ends = find_line_ends(&page.repeat(8));
        assert_eq!(ends.get(1..4), Some(&[LineEnd::Joined, LineEnd::Joined, LineEnd::Kept][..]));
        let ends = find_line_ends(&page.replace('　', "").repeat(8));
        assert_eq!(ends.get(1), Some(&LineEnd::Kept));
    }

    #[test]
    fn lines_that_blanks_justify_are_joined_as_others() {
        let page = "市 园 林 局 负 责 全 市 公 园 的 建 设 和 管 理,按 照 职 责 制 定\n养护的办法并且会同各区每年检查一次全市公园的树木和\n花草。\n";
        let ends = find_line_ends(&page.repeat(8));
        assert_eq!(ends.get(..2), Some(&[LineEnd::Joined; 2][..]));
    }

    #[test]
    fn pages_are_joined_though_a_box_in_smaller_letters_has_wider_lines() {
        let page = "市园林局负责全市公园的建设和养护并且按照职责制定\n办法养护的办法要会同各区每年检查一次全市公园树木\n花草。\n";
        let boxed = "专栏里的字比正文小因此一行要比正文的一行多出不少的字才到得了页边的地方为止\n";
        let ends = find_line_ends(&(page.repeat(8) + &boxed.repeat(5)));
        assert_eq!(ends.get(..2), Some(&[LineEnd::Joined; 2][..]));
    }

    #[test]
    fn a_label_in_a_bracket_goes_on_and_an_entry_of_a_table_of_contents_does_not() {
        assert!(is_unfinished("建成口袋公园并且加强养护。（责任单位："));
        assert!(!is_unfinished("各区要做好以下工作："));
        assert!(!is_unfinished("二、种树 ........................ 12"));
        assert!(!is_unfinished("二、种树………………12"));
    }

    #[test]
    fn a_number_on_a_line_of_its_own_goes_on_with_its_words() {
        let ends = find_line_ends("种树方案\n一\n、种树\n二\n治水");
        let [kept, joined] = [LineEnd::Kept, LineEnd::Joined];
        assert_eq!(ends, [kept, joined, kept, kept, kept]);
    }

    #[test]
    fn rows_of_a_table_are_never_joined() {
        let row = "1\t建设公园\t新建口袋公园并改造老旧公园\t市园林局\t市财政局、各区政府\n";
        assert_eq!(find_line_ends(&row.repeat(20)), []);
        let ends = find_line_ends(&format!("{}{row}{row}", page(6)));
        assert_eq!(ends.get(24..26), Some(&[LineEnd::Kept, LineEnd::Kept][..]));
    }

    #[test]
    fn a_tab_behind_a_number_makes_no_row() {
        let page = page(6).replace("第一条 ", "（一）\t");
        assert_eq!(find_line_ends(&page).first(), Some(&LineEnd::Joined));
    }

    #[test]
    fn lines_that_end_with_their_sentences_are_kept() {
        let text = "为了加强全市公园的管理工作根据有关法律法规制定本办法。\n".repeat(20);
        assert_eq!(find_line_ends(&text), []);
        assert_eq!(find_line_ends("短文\n两行"), []);
    }
}
