//! Items that run on in one paragraph. In: paragraphs; out: the same, cut before every 二、 and （二） that opens an
//! item inside one, and joined where a number stands alone above its heading. Public copies lose line ends:
//! …责任单位：某局（二）加强…. The surprise: the same characters also point to items (第（二）项) and list ordinals
//! (一、二类), so only a number that goes on with the numbering counts.

mod bare;
mod lone;
mod notes;

pub(super) use self::bare::find_bare_markers;
use self::bare::split_bare_points;
use self::lone::join_lone_numbers;
use self::notes::{split_labels, split_notes};
use super::ordinal::{Marker, Style, parse_marker};
use super::paragraph::trim;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

static CANDIDATE: Pattern = LazyLock::new(|| {
    pattern(
        r"[（(](?:[一二三四五六七八九十]{1,3}|[—－-])[）)]|(?:[一二三四五六七八九十]{1,3}|[—－-])、|[（(]\d{1,2}[）)]|\d{1,2}(?:、|\.(?:[^0-9]|$))|第[一二三四五六七八九十百零〇]{1,5}[章节条]",
    )
});

static BODY_LIST: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:单位|部门)[：:][^。；]*(?:政府|委员会|委|办|厅|局|部|院|会|中心|公司|集团|银行|单位|部门|区|市|县|等)$",
    )
});

/// What stands before a number that points to an item elsewhere.
const POINTERS: [char; 8] = ['第', '款', '条', '按', '照', '（', '(', '、'];

/// How many numbers in a row may be overlooked.
const SKIPPED_MAX: u32 = 2;

/// （二）活动内容：…: a noun and a colon open an item whatever stands before.
static LABELLED: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}、]{2,12}(?:[（(][\p{Han}]{1,8}[）)])?[：:]"));

/// （二）护林。: a short title opens an item though the one before it lost its number.
static TITLED: Pattern = LazyLock::new(|| pattern(r"^[\p{Han}“”、]{4,20}。[\p{Han}]"));

/// 1.苗木征集（1）需求征集: a noun and the first of its own points.
static OPENS_SUB_POINTS: Pattern =
    LazyLock::new(|| pattern(r"^[\p{Han}、]{2,16}。?[（(]1[）)][\p{Han}]"));

/// 二、申报材料（一）苗木证明: a noun and the first number below it open an item though one before it is lost.
static OPENS_BELOW: Pattern = LazyLock::new(|| {
    pattern(r"^[\p{Han}“”、]{2,24}\s?(?:[（(][一二1][）)]|[12][.、])[\p{Han}《“]")
});

/// 某园发〔2031〕8号: what the first chapter runs on from where a copy has nothing else in front.
static NUMBER_LINE: Pattern = LazyLock::new(|| pattern(r"^[\p{Han}]{2,16}〔20\d\d〕\d{1,4}号$"));

/// What stands behind 第三条 where it points to an article elsewhere.
static BEHIND_POINTER: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:规定|所[称列指述]|第[一二三四五六七八九十\d]{1,3}[款项]|[（(][一二三四五六七八九十\d]{1,3}[）)]项|的|至|、|和|中的)",
    )
});

/// 第二章 申报 第六条: a chapter whose line ends are lost, up to its first article or section or to the line end behind it.
static LOST_CHAPTER: Pattern = LazyLock::new(|| {
    pattern(r"^[\p{Han}“”、]{2,30}?(?:第[一二三四五六七八九十百零〇]{1,5}[节条]|\n|$)")
});

/// 某市绿化办法（试行）: what the first article or chapter of rules runs on from.
static RULES_TITLE: Pattern = LazyLock::new(|| {
    pattern(r"(?:办法|规定|细则|规则|规程|条例|方案|章程|措施|意见)(?:[（(][^（）()]{2,12}[）)])?$")
});

/// The numbers so far of the styles that public copies run on.
#[derive(Default)]
struct Numbering {
    /// The last 第一章, 第一节 and 第一条.
    part: u32,
    section: u32,
    article: u32,
    chapter: u32,
    item: u32,
    /// The last 1、 of a series that opened right behind a heading.
    point: u32,
    /// The last 1、 of whatever heading, as points may run on over chapters.
    last_point: u32,
    /// The same for （1）.
    sub_point: u32,
}

/// `paragraphs`, cut before the items that run on inside them.
pub(super) fn split_run_on(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let paragraphs = split_labels(clean, join_lone_numbers(clean, paragraphs));
    let paragraphs = split_notes(clean, &paragraphs);
    let mut numbering = Numbering::default();
    let mut pieces = Vec::with_capacity(paragraphs.len());
    for &paragraph in &paragraphs {
        let words = paragraph.slice(clean);
        let mut from = 0;
        if let Some(marker) = parse_marker(words) {
            numbering.take(&marker);
        }
        for found in CANDIDATE.find_iter(words) {
            let own = Span::new(from, found.start()).slice(words).trim_end();
            let Some(marker) = parse_marker(Span::new(found.start(), words.len()).slice(words))
            else {
                continue;
            };
            // What follows reaches over the line end: 一、种树1、选苗。 has its 2、 on a line of its own.
            let after_number = paragraph.byte_start + found.start() + marker.byte_end;
            let after = clean.get(after_number..).unwrap_or_default();
            if own.is_empty()
                || !numbering.goes_on(&marker, own, after)
                || points_back(words, found.start() + marker.byte_end)
            {
                continue;
            }
            numbering.take(&marker);
            pieces.push(trim(clean, Span::new(from, found.start()).shifted(paragraph.byte_start)));
            from = found.start();
        }
        pieces.push(trim(clean, Span::new(from, words.len()).shifted(paragraph.byte_start)));
    }
    pieces.retain(|piece| !piece.is_empty());
    split_bare_points(clean, pieces)
}

/// （二）项, （二）至（四）: a reference, not an item; but 二、项目管理 and （二）项目管理 are.
fn points_back(words: &str, byte_end: usize) -> bool {
    let (number, rest) = (words.get(..byte_end), words.get(byte_end..));
    number.is_some_and(|number| !number.ends_with(['、', '.']))
        && rest.filter(|rest| !rest.starts_with("项目")).is_some_and(|rest| {
            rest.starts_with(['项', '款', '条', '目', '至', '、', '或', '和', '，'])
                || rest.starts_with("规定")
        })
}

impl Numbering {
    /// Whether `marker` opens the next item in its place.
    fn goes_on(&self, marker: &Marker, before: &str, after: &str) -> bool {
        let border = ends_at_border(before);
        match marker.style {
            Style::HanBracket => self.goes_on_in_brackets(marker.number, before, after),
            Style::Han => self.goes_on_in_chapters(marker.number, before, after),
            Style::Digit => self.goes_on_in_points(marker.number, before, after),
            Style::Chapter | Style::Division => {
                let last = if marker.style == Style::Chapter { self.part } else { self.section };
                (marker.number == last + 1 || marker.number == 1)
                    && (border || RULES_TITLE.is_match(before) || parse_marker(before).is_some())
                    && LOST_CHAPTER.is_match(after)
            }
            Style::Article => {
                marker.number == self.article + 1
                    && !BEHIND_POINTER.is_match(after)
                    && (before.ends_with(['。', '；', '”', '）', ')'])
                        || is_lost_chapter(before)
                        || (marker.number == 1 && RULES_TITLE.is_match(before)))
            }
            Style::DigitBracket => {
                let below = [Style::HanBracket, Style::Digit];
                // 1.种树阶段。(1)选苗。…: behind a full stop the first has a title of its own.
                let heading = before.strip_suffix('。').filter(|_| TITLED.is_match(after));
                let heading = heading.unwrap_or(before);
                (marker.number == 1 && below.iter().any(|&style| is_bare_heading(heading, style)))
                    || (self.sub_point > 0 && marker.number == self.sub_point + 1 && border)
            }
            _ => false,
        }
    }

    /// Whether （二） opens an item.
    fn goes_on_in_brackets(&self, number: u32, before: &str, after: &str) -> bool {
        let border = ends_at_border(before);
        let heading = (!before.contains('。')
            && parse_marker(before).is_some_and(|open| open.style == Style::Han))
            || is_bare_heading(before, Style::HanBracket);
        let next = number == self.item + 1 && number > 1;
        // A number that was overlooked must not hide those behind it.
        let skips =
            self.item > 0 && (1..=SKIPPED_MAX + 1).contains(&number.saturating_sub(self.item));
        let is_free = !before.ends_with(POINTERS);
        ((border || heading) && (next || number == 1))
            || (is_bare_heading(before, Style::Han) && number <= SKIPPED_MAX + 1)
            || (skips && before.ends_with('。'))
            || (number == 2 && before.ends_with('。') && TITLED.is_match(after))
            || (border && number <= SKIPPED_MAX + 1 && OPENS_BELOW.is_match(after))
            || (next
                && is_free
                && (LABELLED.is_match(after)
                    || BODY_LIST.is_match(before)
                    || before.chars().count() > 20))
    }

    /// Whether 二、 opens a chapter.
    fn goes_on_in_chapters(&self, number: u32, before: &str, after: &str) -> bool {
        let border = ends_at_border(before);
        let next = number == self.chapter + 1;
        let skips = (self.chapter + 2..=self.chapter + 1 + SKIPPED_MAX).contains(&number);
        (number == 1 && (ends_like_title(before) || NUMBER_LINE.is_match(before)))
            || (next && (border || BODY_LIST.is_match(before)) && !before.ends_with('”'))
            || (next && number > 1 && ends_heading(before) && opens_words(after))
            || (skips && border && OPENS_BELOW.is_match(after))
    }

    /// Whether 2. opens a point: the first follows its heading without a border, the others a sentence.
    fn goes_on_in_points(&self, number: u32, before: &str, after: &str) -> bool {
        let border = ends_at_border(before);
        let next = self.point > 0 && number == self.point + 1;
        let runs_on = number == 1 || number == self.last_point + 1;
        (number == 1 && is_bare_heading(before, Style::HanBracket))
            || (is_bare_heading(before, Style::Han) && number <= SKIPPED_MAX + 1)
            // 二、护林4.巡山。…5.防火。: a copy that lost the points before.
            || (number > self.last_point
                && [Style::Han, Style::HanBracket].iter().any(|&style| is_bare_heading(before, style))
                && has_sequel(number, after))
            || (number == 1 && border && OPENS_SUB_POINTS.is_match(after))
            || (runs_on && is_open_heading(before) && has_sequel(number, after))
            || (runs_on && number > 1 && is_open_heading(before) && opens_words(after))
            || (next && (border || (!before.ends_with(POINTERS) && LABELLED.is_match(after))))
    }

    /// A number opens an item; those below it start again.
    fn take(&mut self, marker: &Marker) {
        match marker.style {
            Style::Han => {
                self.chapter = marker.number;
                (self.point, self.sub_point) = (0, 0);
            }
            Style::HanBracket => {
                self.item = marker.number;
                (self.point, self.sub_point) = (0, 0);
            }
            Style::Chapter => (self.part, self.section) = (marker.number, 0),
            Style::Division => self.section = marker.number,
            // The lists of every article have their own （一）.
            Style::Article => {
                (self.article, self.item) = (marker.number, 0);
                (self.point, self.sub_point) = (0, 0);
            }
            Style::Digit => {
                (self.point, self.sub_point) = (marker.number, 0);
                self.last_point = marker.number;
            }
            Style::DigitBracket => self.sub_point = marker.number,
            _ => {}
        }
    }
}

/// Whether `words` end where an item may end; a page's number or a stain may stand behind the full stop.
fn ends_at_border(words: &str) -> bool {
    let is_stain = |c: char| c.is_ascii_digit() || matches!(c, '!' | '-' | '~');
    words.ends_with(['。', '；', ';', '：', ':', '）', ')', '〕', ']', '”'])
        || words.trim_end_matches(is_stain).ends_with(['。', '；', ';'])
}

/// Whether the next chapter may follow right behind `words`, which are no list and no pointer: 改善城市环境二、….
fn ends_heading(words: &str) -> bool {
    const OPEN: [&str; 23] = [
        "第", "其", "之", "初", "大", "高", "周", "期", "十", "百", "千", "对", "在", "和", "及",
        "与", "或", "将", "为", "到", "是", "附件", "附表",
    ];
    words.ends_with(char::is_alphabetic)
        && words.chars().count() >= 4
        && !OPEN.iter().any(|open| words.ends_with(open))
}

/// Whether words open with a noun or a verb, and not with what goes on a list: 二、三级.
fn opens_words(words: &str) -> bool {
    static WORDS: Pattern = LazyLock::new(|| {
        pattern(r"^\s?[“《]?[\p{Han}&&[^一二三四五六七八九十两几]][\p{Han}“”]{2}")
    });
    WORDS.is_match(words)
}

/// Whether `words` are a heading whose points follow: （一）申请时要提交以下材料（一式两份）, or with its full stop （一）备齐材料。.
fn is_open_heading(words: &str) -> bool {
    const HEADING_CHARS_MAX: usize = 60;
    let words = words.strip_suffix('。').unwrap_or(words);
    let is_group = |marker: &Marker| matches!(marker.style, Style::Han | Style::HanBracket);
    words.chars().nth(HEADING_CHARS_MAX).is_none()
        && !words.contains(['。', '；'])
        && parse_marker(words).is_some_and(|marker| is_group(&marker))
}

/// Whether the number behind `number` opens a point not far behind: 1.…；2.….
fn has_sequel(number: u32, words: &str) -> bool {
    const POINT_CHARS_MAX: usize = 2000;
    let end = words.char_indices().nth(POINT_CHARS_MAX).map_or(words.len(), |(at, _)| at);
    let near = words.get(..end).unwrap_or_default();
    let opens = |mark: char| {
        near.match_indices(&format!("{}{mark}", number + 1))
            .any(|(at, _)| near.get(..at).is_some_and(|own| ends_at_border(own.trim_end())))
    };
    opens('.') || opens('、')
}

/// Whether the line that the first chapter runs on from is the title of what is issued: 某市绿化方案一、….
fn ends_like_title(words: &str) -> bool {
    static TITLE: Pattern = LazyLock::new(|| {
        pattern(
            r"^[^，。；：]{6,60}(?:方案|意见|措施|办法|计划|规划|要点|细则|规定|举措)(?:[（(][^（）()]{2,16}[）)])?$",
        )
    });
    TITLE.is_match(words)
}

/// Whether `words` are only the heading of a chapter or section: 第一章总则.
fn is_lost_chapter(words: &str) -> bool {
    let title = parse_marker(words)
        .filter(|marker| matches!(marker.style, Style::Chapter | Style::Division))
        .and_then(|marker| words.get(marker.byte_end..));
    title.is_some_and(|title| {
        (2..=30).contains(&title.chars().count()) && !title.contains(['。', '，', '；', '：'])
    })
}

/// Whether `words` are a number of that style and a noun without any punctuation but quotation marks and an aside at its end.
fn is_bare_heading(words: &str, style: Style) -> bool {
    static BARE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[\p{L}“”、+＋·]{2,24}|[\p{L}“”、]{2,40}(?:条件|材料|要求|如下))(?:[（(][^（）()。]{1,24}[）)])?$",
        )
    });
    let marker = parse_marker(words).filter(|marker| marker.style == style);
    marker.and_then(|marker| words.get(marker.byte_end..)).is_some_and(|title| BARE.is_match(title))
}

#[cfg(test)]
mod tests;
