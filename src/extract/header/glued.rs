//! Copies that have lost the line ends of their head and signature. In: paragraphs; out: the same, cut where the letterhead, the
//! number, the title, the addressees, the signature and the title of what is issued meet, and the fields of a row above them.
//! The surprise: a whole notice may be one line, and then only the words of its parts tell where they end: 某局文件某园发〔2031〕8号某局关于种树的通知各区园林局：….

use super::date::find_dates;
use super::record::split_record;
use super::signature::find_stamp_note;
use super::title::{self, ends_like_body, is_title_part};
use super::{ADDRESSEES, HEAD_PARAGRAPHS_MAX, find_numbers, is_addressees, skip_number};
use crate::extract::ordinal::parse_marker;
use crate::extract::paragraph::trim;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A letterhead and a title are together no longer than this, in bytes.
const HEAD_BYTES_MAX: usize = 900;

/// `paragraphs`, cut where the parts of the head and of the signature meet.
pub(in crate::extract) fn split_glued(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::with_capacity(paragraphs.len() + 4);
    let mut is_head = true;
    let mut known = Vec::new();
    for paragraph in split_record(clean, paragraphs) {
        let mut rest = paragraph;
        // 国家发展改革委 人民银行 财 | 政部: a line that breaks off inside a row of names goes on in this one.
        let goes_on = pieces.last().is_some_and(|last| breaks_off(last.slice(clean)));
        let may_open_rules = is_head;
        if is_head {
            let above = pieces.last().map_or("", |above| above.slice(clean));
            let (before, behind) = cut_head(clean, paragraph, above);
            known.extend(find_known(clean, &before));
            pieces.extend(before);
            let (names, behind, opens_body) = cut_addressees(clean, behind);
            pieces.extend(names);
            is_head = !opens_body && pieces.len() < HEAD_PARAGRAPHS_MAX;
            rest = trim(clean, behind);
        }
        match cut_signature(clean, rest, &known).filter(|_| !goes_on) {
            Some((before, signature, behind)) => {
                pieces.extend([before, signature]);
                pieces.extend(cut_note(clean, behind));
            }
            None if may_open_rules => pieces.extend(cut_issued(clean, rest, &RULES)),
            None => pieces.push(rest),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The bodies that the title and the letterhead name, where `pieces` are a letterhead, a number and a title.
fn find_known<'a>(clean: &'a str, pieces: &[Span]) -> Vec<&'a str> {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.slice(clean)).collect();
    let titled = words.last().and_then(|title| Some(title::find_issuer(title)?.slice(title)));
    let letterhead = words.first().filter(|_| words.len() > 1).map(|words| {
        let marks = LETTERHEAD_MARKS.find(words).map_or(words.len(), |marks| marks.start());
        words.get(..marks).unwrap_or_default()
    });
    titled
        .into_iter()
        .chain(letterhead)
        .filter(|name| ends_like_body(&name.replace('、', "")))
        .collect()
}

/// `line` before and behind the end of the addressees, and whether what is behind is the body.
fn cut_addressees(clean: &str, paragraph: Span) -> (Option<Span>, Span, bool) {
    let line = paragraph.slice(clean);
    let rest = skip_number(line);
    let names =
        ADDRESSEES.find(rest).filter(|names| is_addressees(rest) && names.end() < rest.len());
    let opens_body = rest.contains('。') || parse_marker(rest).is_some();
    let cut = names.map_or(0, |names| line.len() - rest.len() + names.end());
    let part = |from, to| Span::new(from, to).shifted(paragraph.byte_start);
    (Some(part(0, cut)).filter(|names| !names.is_empty()), part(cut, line.len()), opens_body)
}

/// The letterhead, the number and the title that a paragraph opens with and goes on behind; and what goes on. The title may have
/// begun in the line `above`.
fn cut_head(clean: &str, paragraph: Span, above: &str) -> (Vec<Span>, Span) {
    let line = paragraph.slice(clean);
    let number = find_numbers(line).into_iter().next().map_or(0, |number| number.span.byte_start);
    let before = line.get(..number).unwrap_or_default();
    let is_begun =
        above.contains("关于") && is_title_part(above) && title::find_kind(above).is_none();
    let is_title = (is_begun || before.contains("关于"))
        && is_title_part(before)
        && title::find_kind(before).is_some_and(|kind| kind.byte_end == before.len());
    let cut = |from, to| trim(clean, Span::new(from, to).shifted(paragraph.byte_start));
    if is_title {
        // 关于种树的通知某园发〔2031〕8号各区园林局：: only the title stands before the number, once or twice.
        let title = find_doubled(before);
        let mut pieces = vec![cut(0, number - title.len() * 2)];
        pieces.extend([
            cut(number - title.len() * 2, number - title.len()),
            cut(number - title.len(), number),
        ]);
        if title.is_empty() {
            pieces = vec![cut(0, number)];
        }
        pieces.retain(|piece| !piece.is_empty());
        return (pieces, cut(number, line.len()));
    }
    let Some(end) = find_title_end(line) else { return (Vec::new(), paragraph) };
    let borders = find_borders(line.get(..end).unwrap_or_default());
    let mut pieces = Vec::new();
    let mut from = 0;
    for border in borders.into_iter().chain([end]) {
        pieces.push(cut(from, border));
        from = border;
    }
    let note = PASSED.find(line.get(end..).unwrap_or_default()).map_or(0, |note| note.end());
    pieces.push(cut(end, end + note));
    pieces.retain(|piece| !piece.is_empty());
    (pieces, cut(end + note, line.len()))
}

/// （2031年5月6日某会议通过）: what stands under the title of a text.
static PASSED: Pattern = LazyLock::new(|| {
    pattern(r"^[（(]20\d\d年\d{1,2}月\d{1,2}日[^（）()。]{4,60}(?:通过|批准|公布|发布|会议上)[）)]")
});

/// 关于种树的通知关于种树的通知: the title that `before` ends with twice; empty where it does not.
fn find_doubled(before: &str) -> &str {
    const TITLE_CHARS_MIN: usize = 8;
    let mut tails = before
        .char_indices()
        .rev()
        .skip(TITLE_CHARS_MIN - 1)
        .filter_map(|(at, _)| before.get(at..));
    let is_doubled = |tail: &&str| {
        tail.contains("关于") && before.strip_suffix(tail).is_some_and(|rest| rest.ends_with(tail))
    };
    tails.find(is_doubled).unwrap_or_default()
}

/// Where the title ends that addressees or the first chapter follow: …关于种树的通知各区园林局：.
fn find_title_end(line: &str) -> Option<usize> {
    static KIND: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:的[\p{Han}]{0,4}|》意见)(?:通知|意见|建议|决定|公告|通告|通报|报告|汇报|函|批复|请示|答复)(?:[（(][^（）()]{2,12}[）)])?",
        )
    });
    static NEXT: Pattern = LazyLock::new(|| pattern(r"^(?:的|和|及|、|，|》|精神|要求|反馈|建议)"));
    let head = line.get(..floor(line, HEAD_BYTES_MAX))?;
    // Behind a sentence the title of another document may stand.
    let about = find_about(head)
        .filter(|&about| !head.get(..about).is_some_and(|head| head.contains('。')))?;
    KIND.find_iter(head).map(|kind| kind.end()).find(|&end| {
        let words = head.get(..end).unwrap_or_default();
        // A kind inside 《》 is that of another document.
        let is_outside = words.matches('《').count() == words.matches('》').count();
        let rest = line.get(end..floor(line, end + HEAD_BYTES_MAX)).unwrap_or_default();
        let opens = head.get(..about).is_some_and(|body| body.is_empty() || ends_like_body(body));
        let opens_next = is_addressees(skip_number(rest))
            || parse_marker(rest).is_some_and(|marker| marker.number == 1)
            || (opens && (PASSED.is_match(rest) || OPENS_BODY.is_match(rest)));
        let title = head.get(about..end).unwrap_or_default();
        end > about && is_outside && is_title_part(title) && !NEXT.is_match(rest) && opens_next
    })
}

/// 为进一步…, 根据《…》: what the body of a text without addressees opens with.
static OPENS_BODY: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:为(?:了|进一步|深入|全面|切实|认真|贯彻|落实|加快|推动|推进|做好|加强|规范|促进|提高|支持)|根据《|按照《|近年来|现将)",
    )
});

/// Where the words of a title begin that say what it is about.
fn find_about(head: &str) -> Option<usize> {
    ["关于", "征求《"].iter().filter_map(|word| head.find(word)).min()
}

/// 文件, 公文稿纸, 特急: what a letterhead says behind the name, and 签发人：某某 behind the number.
static LETTERHEAD_MARKS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:部门文件|文件|[\p{Han}]机发\d*号|公文稿纸|发文稿纸|稿纸|内部事项|普通事项|内部资料|明电|密电|特急|加急|特提|平急|签发人[：:]\s*(?:[\p{Han}]{2,4}|[A-Za-z×*]{2,4}))\s*",
    )
});

/// Where the number and the title begin in `head`, a letterhead and what follows it up to the end of the title.
fn find_borders(head: &str) -> Vec<usize> {
    let letterhead = find_about(head).and_then(|about| head.get(..about)).unwrap_or_default();
    let number = find_numbers(letterhead).into_iter().next_back().map(|number| number.span);
    let mut start = number.map_or(0, |number| number.byte_end);
    let rest = letterhead.get(start..).unwrap_or_default();
    start += LETTERHEAD_MARKS.find_iter(rest).last().map_or(0, |marks| marks.end());
    start += find_repeated(letterhead.get(start..).unwrap_or_default()).unwrap_or_default();
    let mut borders: Vec<usize> = number.map(|number| number.byte_start).into_iter().collect();
    borders.extend((start > 0).then_some(start));
    borders
}

/// 某市园林局某市园林局关于…: where the name begins that the letterhead ends with, once more than it needs.
fn find_repeated(letterhead: &str) -> Option<usize> {
    const NAME_CHARS_MIN: usize = 4;
    letterhead.char_indices().map(|(at, _)| at).find(|&at| {
        let name = letterhead.get(at..).unwrap_or_default();
        let before = letterhead.get(..at).unwrap_or_default();
        name.chars().nth(NAME_CHARS_MIN - 1).is_some()
            && name.starts_with(char::is_alphabetic)
            && before.contains(name)
    })
}

/// The first character border of `words` that is not before `at`.
fn ceil(words: &str, at: usize) -> usize {
    (at..=words.len()).find(|&at| words.is_char_boundary(at)).unwrap_or(words.len())
}

/// The last character border of `words` that is not behind `at`.
fn floor(words: &str, at: usize) -> usize {
    (0..=at.min(words.len())).rev().find(|&at| words.is_char_boundary(at)).unwrap_or_default()
}

/// Whether a line of running text has lost its end.
fn breaks_off(line: &str) -> bool {
    const RUNNING_CHARS_MIN: usize = 60;
    line.ends_with(char::is_alphabetic) && line.chars().nth(RUNNING_CHARS_MIN).is_some()
}

/// What stands before the signature of a paragraph that runs on into it and behind, the signature, and what stands behind.
/// `known` are the bodies that the head names.
fn cut_signature(clean: &str, rest: Span, known: &[&str]) -> Option<(Span, Span, Span)> {
    /// The name of a signer, what stamps it and the end of a list before it, in bytes.
    const SIGNER_BYTES_MAX: usize = 400;
    let words = rest.slice(clean);
    if !words.contains('日') {
        return None;
    }
    find_dates(words).into_iter().find_map(|date| {
        let from = ceil(words, date.span.byte_start.saturating_sub(SIGNER_BYTES_MAX));
        let near = Span::new(from, date.span.byte_start).slice(words);
        let before = near.get(..find_stamp_note(near, near.len()))?.trim_end();
        let behind = words.get(date.span.byte_end..)?.trim_start();
        if GOES_ON.is_match(behind) {
            return None;
        }
        let closes = may_follow(behind);
        // …全面完成。2031年5月6日相关解读：…: the day alone, and the frame of the page.
        let is_alone = before.ends_with('。') && FRAME.is_match(behind);
        let alone = is_alone.then_some(near.len());
        let name = find_known_signer(before, known, closes)
            .or_else(|| find_signer(before).filter(|_| closes))
            .or(alone)?;
        let name = from + name;
        if name == 0 && behind.is_empty() {
            return None;
        }
        let cut = |from, to| trim(clean, Span::new(from, to).shifted(rest.byte_start));
        Some((cut(0, name), cut(name, date.span.byte_end), cut(date.span.byte_end, words.len())))
    })
}

/// Where the name begins that `before` ends with, where the head names the body: behind a border or a list of attachments, or `closes`
/// says that what stands behind closes the text. In 按照某局2031年5月6日… it is part of a sentence.
fn find_known_signer(before: &str, known: &[&str], closes: bool) -> Option<usize> {
    static LISTED: Pattern = LazyLock::new(|| pattern(r"附件(?:\d|[：:])[^。；]*$"));
    known.iter().find_map(|name| {
        let rest = before
            .strip_suffix(name)
            .or_else(|| before.strip_suffix(name.replace('、', "").as_str()))?;
        let stands_alone = rest.trim_end().is_empty()
            || rest.trim_end().ends_with(|c: char| !c.is_alphabetic() && !matches!(c, '，' | '、'))
            || LISTED.is_match(rest)
            || closes;
        stands_alone.then_some(rest.len())
    })
}

/// Where a whole name behind a border begins that `before` ends with.
fn find_signer(before: &str) -> Option<usize> {
    const NAME_CHARS: std::ops::RangeInclusive<usize> = 3..=40;
    // 。 ends a sentence, ）, a Latin letter or the noun for a paper the list of attachments or of contacts.
    static BORDER: Pattern = LazyLock::new(|| {
        pattern(
            r"^.*(?:[。；！）)》”：\x21-\x7E]|特此[通函报公]告?知?|妥否，请批?示|(?:汇总|申请|申报|登记|统计|一览|明细|情况|推荐|信息|报名|样)表|名单|清单|回执|目录)",
        )
    });
    static PHRASE: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:[于的由在自经被和请对向与按据]|根据|依[据照]|执行|落实|参照|详见|详情|遵照)|发布于|[于的由在自经被和]$",
        )
    });
    let start = BORDER.find(before).map_or(0, |border| border.end());
    let name = before.get(start..)?;
    (ends_like_body(name) && !PHRASE.is_match(name) && NAME_CHARS.contains(&name.chars().count()))
        .then_some(start)
}

/// 某局2031年5月6日召开会议: a sentence, no signature.
static GOES_ON: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:[起前至到以在，、的与同和—-]|召开|举行|举办|会议|会|电话|视频|来函|复函|第|印发[^\s]|发布|下发|公布|颁布|出台|制[定订]|修[订改]|规定|通过|批准|批复|同意|作出|提出|发出|组织|开展|报送)",
    )
});

/// What a page prints behind a text.
static FRAME: Pattern = LazyLock::new(|| {
    pattern(r"^(?:(?:相关|政策|文件)(?:解读|链接|阅读|附件|稿件)|扫一扫|打印本页)")
});

/// Whether a signature may be before `behind`: nothing, a note, the list of attachments or the title of what is issued.
fn may_follow(behind: &str) -> bool {
    static FOLLOWS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:$|[（(〔](?:此[件文]|联系|本文|主动|依申请)|附件(?:[：:]|\d{0,2}[\p{Han}&&[^的]])|附表|信息公开|公开属性|抄送|联系人|印发$)",
        )
    });
    FOLLOWS.is_match(behind) || PLAN.is_match(behind)
}

/// （此件公开发布）, and what runs on behind it.
fn cut_note(clean: &str, behind: Span) -> Vec<Span> {
    static NOTE: Pattern =
        LazyLock::new(|| pattern(r"^[（(](?:此[件文]|主动|依申请)[^（）()]{2,60}[）)]"));
    let note = NOTE.find(behind.slice(clean)).map_or(0, |note| note.end());
    let cut = behind.byte_start + note;
    let mut pieces = vec![Span::new(behind.byte_start, cut)];
    pieces.extend(cut_issued(clean, trim(clean, Span::new(cut, behind.byte_end)), &PLAN));
    pieces
}

/// 某市苗圃办法（试行）第一条 为…, with the date of the notice that issues the rules: where the line ends before and behind the title
/// are lost.
static RULES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(20\d\d年\d{1,2}月\d{1,2}日)?\s*([^。；：，\s]{3,60}?(?:办法|规定|细则|规则|条例|方案|章程)(?:[（(][^（）()]{2,12}[）)])?)\s*(?:第一[条章](?:\s|为|总)|$)",
    )
});

/// 某市绿化方案（送审稿）为加快绿化，: the title of what is issued, and its first words.
static PLAN: Pattern = LazyLock::new(|| {
    pattern(
        r"^([^。；：，\s]{3,60}?(?:办法|规定|细则|规则|条例|方案|章程|措施|意见|计划|规划|要点)(?:[（(][^（）()]{2,16}[）)]){0,2})\s*(?:第一[条章](?:\s|为|总)|一、|为[\p{Han}]{2}|根据|按照|[\p{Han}]{0,6}近年来)",
    )
});

/// The title of what is issued, with the date before it, and what runs on behind it.
fn cut_issued(clean: &str, behind: Span, title: &Pattern) -> Vec<Span> {
    // 按照本办法第一条 points to the text itself; 基本规定 is a title.
    static OWN: Pattern = LazyLock::new(|| pattern(r"(?:^|[^基成资版样])本(?:办法|规定)"));
    let found = title.captures(behind.slice(clean));
    let found = found
        .filter(|found| !found.iter().skip(1).flatten().any(|part| OWN.is_match(part.as_str())));
    let Some(found) = found else { return vec![behind] };
    let mut pieces: Vec<Span> = found
        .iter()
        .skip(1)
        .flatten()
        .map(|part| Span::new(part.start(), part.end()).shifted(behind.byte_start))
        .collect();
    let cut = pieces.last().map_or(behind.byte_start, |title| title.byte_end);
    pieces.push(trim(clean, Span::new(cut, behind.byte_end)));
    pieces
}

#[cfg(test)]
mod tests;
