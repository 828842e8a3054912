//! By when. In: the words of a clause and the document's year; out: deadline and year compared with. The surprise: most years in a
//! clause are no deadlines (names of plans, base years, validity), so a bare year counts only at the start of a clause or before a verb.

use crate::document::DueBy;
use crate::text::{Pattern, Span, parse_ordinal, pattern};
use std::sync::LazyLock;

static DUE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<range>(?:19|20)\d\d年?(?:[—–―－~～-]+|至|到)(?P<range_end>20\d\d)年)",
        r"|(?P<month>(?:(?:到|截至|截止|至|力争|确保|争取)?(?P<month_year>20\d\d)年)?(?P<month_number>1[0-2]|[1-9])月(?:份|初|中旬|下旬|上旬|底|末|[0-3]?\d日)?(?:之前|以前|底前|末前|前|底|末|初))",
        r"|(?P<act>(?:到|至|力争|确保|争取)?(?P<act_year>20\d\d)年(?P<act_number>1[0-2]|[1-9])月)(?:全面|全部|正式|基本|主体|如期)?(?:建成|启用|投用|投入|完工|竣工|通车|开园|开馆|开业|投产|封顶|完成|上线|开通|交付|贯通)",
        r"|(?:确保|力争|争取)(?P<day_month>1[0-2]|[1-9])月[1-3]?\d日",
        r"|(?P<quarter>(?:(?:到|至|力争|确保|争取)?(?P<quarter_year>20\d\d)年)?(?:第|前)?(?P<quarter_number>[一二三四1-4])季度)",
        r"|(?P<next>明年(?:(?P<next_half>上半年|下半年)|年?底(?:之?前)?)?)",
        r"|(?P<half>(?:(?:到|至|力争|确保|争取)?(?P<half_year>20\d\d)年)?(?P<half_which>上半年|下半年))",
        r"|(?P<whole>(?:力争|确保|争取)?(?P<whole_year>20\d\d)年?全年)",
        r"|(?P<year>(?:到|至|截至|截止|力争|确保|争取)?(?P<year_number>20\d\d)年(?P<year_tail>[春秋]季学期(?:开学)?(?:之?前|以前)|年底前|年底|年末|底之前|底以前|底前|底|末前|末|以前|之前|前|内)?)",
        r"|(?P<this>年底前|年底之前|年底|年末|年内|今年内|今年|全年|本年度|本年)",
        r"|(?P<plan>“?(?:到)?[“\x22]?(?P<plan_name>十四五|十五五|十三五|十二五)[”\x22]?(?:规划)?(?:末|期末|期间|时期末|时期))"
    ))
});

/// What follows a year that only starts or compares something.
static NO_DEADLINE_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:的\d[\d.]*倍|的[一二三两]倍|起|以来|以后|开始|基础上|相比|的基础|基期|度?[提早]前批|\d{1,2}月\d{1,2}日(?:起|至|—|-))",
    )
});

/// 自发布之日起至2031年3月31日期间: how long a policy holds.
static PERIOD_BEHIND: Pattern = LazyLock::new(|| pattern(r"^\d{1,2}月\d{1,2}日(?:止|期间|内)"));

static NO_DEADLINE_BEFORE: Pattern = LazyLock::new(|| {
    pattern(r"(?:自|从|较|比|与|同|在|对|以|印发|落实|完善|出台|编制|修订|有效期至)$")
});

/// 比2030年底, 较2030年: what is compared; 占比 is a share and no comparison.
static COMPARES: Pattern = LazyLock::new(|| pattern(r"(?:较|^比|[^占之配]比|高于|低于|快于)$"));

/// 2025年出让的地块: the year only says which.
static ATTRIBUTIVE: Pattern = LazyLock::new(|| pattern(r"^度?[\p{Han}]{1,5}的(?:[^，。]|$)"));

/// 于2030年筹措: unlike 高于2030年.
static STANDS_IN: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[^高低优少多大小等快关由基鉴用立建始源])于$"));

/// 安排2025年度植树任务: the year of the task is its deadline.
static PLANS_BEFORE: Pattern = LazyLock::new(|| {
    pattern(r"(?:安排|下达|完成|计划|力争|争取|落实|确定)(?:[全本][国省市县区]|我[省市县区])?$")
});

/// 完成2030年全市植树任务, 完成2030年新建苗圃5个: whose year the task or the plan is of.
static TASK_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"^度?[\p{Han}]{2,20}?(?:任务|供应计划|建设计划|控制目标)|^度?(?:新开工|开工|竣工|新建|改造|收购)[\p{Han}、]{2,20}?\d",
    )
});

static BASELINE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:较|比|与|同|相比|目标为不超过|目标为不高于)(?:于)?((?:19|20)\d\d)年(?:末|底)?(?:相比)?|[从由]((?:19|20)\d\d)年的|在((?:19|20)\d\d)年(?:的)?(?:末|底)?(?:水平|基础)(?:之)?上?)",
    )
});

/// A deadline in the words given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) due: DueBy,
    pub(super) span: Span,
}

/// The last deadline that `clause` names; relative words are resolved with `document_year`.
pub(super) fn find_due(clause: &str, document_year: Option<u16>) -> Option<Due> {
    // Most clauses name no time at all.
    if !clause.contains(['年', '月', '季', '五']) {
        return None;
    }
    let mut last = None;
    let breakdown = find_breakdown(clause);
    for found in DUE.captures_iter(clause) {
        let Some(whole) = found.name("act").or_else(|| found.get(0)) else { continue };
        if breakdown.is_some_and(|inside| inside.contains(Span::new(whole.start(), whole.end()))) {
            continue;
        }
        let before = clause.get(..whole.start()).unwrap_or_default();
        let behind = clause.get(whole.end()..).unwrap_or_default();
        let explicit =
            whole.as_str().starts_with('到') || whole.as_str().ends_with(['前', '底', '末', '内']);
        // 比2030年底减少: however the year is told, it is compared with.
        if NO_DEADLINE_BEHIND.is_match(behind)
            || COMPARES.is_match(before)
            || (NO_DEADLINE_BEFORE.is_match(before) && !explicit && !before.ends_with("占比"))
            || (before.trim_end_matches(['，', ',']).ends_with('起') && PERIOD_BEHIND.is_match(behind))
            // 每年4月底前: again and again.
            || (found.name("month").is_some() && before.ends_with("每年"))
        {
            continue;
        }
        if let Some(due) = resolve(&found, before, behind, document_year) {
            last = Some(Due { due, span: Span::new(whole.start(), whole.end()) });
        }
    }
    // Of 二〇二七年底前 the loop has seen 年底前 alone.
    let han = find_han_year(clause);
    han.filter(|han| last.is_none_or(|last| han.span.contains(last.span))).or(last)
}

/// 种树6棵（其中2031年3棵）: a bracket that breaks a number down has dues of its own.
fn find_breakdown(clause: &str) -> Option<Span> {
    let open = clause.find("（其中").or_else(|| clause.find("(其中"))?;
    let len = clause.get(open..)?.find(['）', ')'])?;
    Some(Span::new(open, open + len))
}

/// 到二〇三五年, 二〇二七年底前: a year in words.
fn find_han_year(clause: &str) -> Option<Due> {
    static HAN: Pattern = LazyLock::new(|| {
        pattern(
            r"(?:到二[〇○零]([一二三四五六七八九])([〇○零一二三四五六七八九])年[底末]?前?|二[〇○零]([一二三四五六七八九])([〇○零一二三四五六七八九])年(?:[底末]前?|以前|之前))",
        )
    });
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if !clause.contains('二') {
        return None;
    }
    // 比二〇二五年底提高: what is compared with.
    let is_free = |found: &regex::Captures<'_>| {
        found.get(0).is_some_and(|whole| {
            !COMPARES.is_match(clause.get(..whole.start()).unwrap_or_default())
                && !NO_DEADLINE_BEHIND.is_match(clause.get(whole.end()..).unwrap_or_default())
        })
    };
    let found = HAN.captures_iter(clause).filter(is_free).last()?;
    let whole = found.get(0)?;
    let mut digits = found.iter().skip(1).flatten().map(|digit| {
        let digit = digit.as_str().chars().next()?;
        u16::try_from(DIGITS.iter().position(|&c| c == digit).unwrap_or(0)).ok()
    });
    let year = digits.try_fold(20, |year: u16, digit| Some(year * 10 + digit?))?;
    Some(Due { due: DueBy::Year(year), span: Span::new(whole.start(), whole.end()) })
}

/// The deadline that a cell of a table is: 2030年12月, 9月完工, without a word of before; a range is due at its end.
pub(super) fn find_due_of_cell(cell: &str, document_year: Option<u16>) -> Option<DueBy> {
    static MONTH: Pattern =
        LazyLock::new(|| pattern(r"^(?:(20\d\d)年)?0?(1[0-2]|[1-9])月[^年月起启始]*$"));
    if let Some(found) = MONTH.captures(cell) {
        let year = found.get(1).map_or(document_year, |year| year.as_str().parse().ok())?;
        return Some(DueBy::Month(year, found.get(2)?.as_str().parse().ok()?));
    }
    find_due(cell, document_year).map(|due| due.due)
}

/// The deadlines of a list: 到2025年、2030年, 2022、2023和2024年末, or the parts of a year: 上半年、下半年, 4月和5月, of `document_year`
/// where none is printed. Empty where there is no list.
pub(super) fn find_due_list(clause: &str, document_year: Option<u16>) -> Vec<Due> {
    static LIST: Pattern = LazyLock::new(|| {
        pattern(r"20\d\d(?:年[底末]?前?)?(?:(?:[、和及]|以及)到?20\d\d(?:年[底末]?前?)?)+")
    });
    static YEAR: Pattern = LazyLock::new(|| pattern(r"20\d\d"));
    let Some(list) = LIST.find(clause).filter(|list| list.as_str().contains('年')) else {
        return find_parts_of_year(clause, document_year);
    };
    let before = clause.get(..list.start()).unwrap_or_default();
    let behind = clause.get(list.end()..).unwrap_or_default();
    let is_base = NO_DEADLINE_BEHIND.is_match(behind.trim_start_matches('年'))
        || (NO_DEADLINE_BEFORE.is_match(before) && behind.contains("基础"));
    if is_base {
        return Vec::new();
    }
    let years = YEAR.find_iter(list.as_str());
    let due = |year: regex::Match<'_>| {
        let due = DueBy::Year(year.as_str().parse().ok()?);
        Some(Due { due, span: Span::new(year.start(), year.end()).shifted(list.start()) })
    };
    years.filter_map(due).collect()
}

/// 2027年上半年、下半年, 4月、5月和6月: the year before the first is that of all.
fn find_parts_of_year(clause: &str, document_year: Option<u16>) -> Vec<Due> {
    static LIST: Pattern = LazyLock::new(|| {
        pattern(concat!(
            r"(?:(?P<year>20\d\d)年)?(?P<list>上半年[、和及]下半年|(?:1[0-2]|[1-9])月[份底末]?前?(?:[、和及](?:1[0-2]|[1-9])月[份底末]?前?)+",
            r"|第?[一二三四]季度(?:[、和及]第?[一二三四]季度)+)"
        ))
    });
    static PART: Pattern = LazyLock::new(|| pattern(r"[上下]半年|\d{1,2}月|[一二三四]季度"));
    let Some(found) = LIST.captures(clause).filter(|_| clause.contains("分别")) else {
        return Vec::new();
    };
    let year = found.name("year").and_then(|year| year.as_str().parse().ok()).or(document_year);
    let (Some(list), Some(year)) = (found.name("list"), year) else { return Vec::new() };
    let due = |part: regex::Match<'_>| {
        let month = match part.as_str() {
            "上半年" => 6,
            "下半年" => 12,
            words if words.ends_with("季度") => {
                3 * parse_ordinal(words.trim_end_matches("季度"))?
            }
            words => parse_ordinal(words.trim_end_matches('月'))?,
        };
        let span = Span::new(part.start(), part.end()).shifted(list.start());
        Some(Due { due: DueBy::Month(year, u8::try_from(month).ok()?), span })
    };
    PART.find_iter(list.as_str()).filter_map(due).collect()
}

/// Whether `clause` speaks of the year that it was written in, known or not: 全年, 年内.
pub(super) fn names_this_year(clause: &str) -> bool {
    static THIS_YEAR: Pattern =
        LazyLock::new(|| pattern(r"^(?:力争|确保|争取)?(?:全年|年内|今年|年底)"));
    THIS_YEAR.is_match(clause)
}

/// 五年内, 今后三年: a time that no deadline of the sentence ends.
pub(super) fn opens_with_years_ahead(clause: &str) -> bool {
    static AHEAD: Pattern = LazyLock::new(|| {
        pattern(
            r"^今后[\p{Han}]{2}|^(?:力争|争取|用|在|未来)?[一二两三四五六七八九十\d]{1,2}年(?:左右)?(?:的?时间)?(?:内|之内)|^(?:今后|未来|接下来)的?[一二两三四五六七八九十\d]{1,2}[年个]|[二两三四五]年(?:之)?内(?:新增|建成|建设|完成|实现|达到|培育|引进|培训|改造|累计)",
        )
    });
    AHEAD.is_match(clause)
}

/// 完成投资3亿元年度目标任务: a task with its number is that of this year. Where its 年度 stands.
pub(super) fn find_task_of_year(clause: &str) -> Option<Span> {
    static OF_THIS_YEAR: Pattern = LazyLock::new(|| {
        pattern(r"完成[^，每]*\d[^，每]{0,12}?的?(年度)(?:目标任务|目标|任务|投资计划)$")
    });
    let found = OF_THIS_YEAR.captures(clause).filter(|_| clause.contains("年度"))?.get(1)?;
    Some(Span::new(found.start(), found.end()))
}

fn resolve(
    found: &regex::Captures<'_>,
    before: &str,
    behind: &str,
    document_year: Option<u16>,
) -> Option<DueBy> {
    let year_of = |name: &str| {
        found.name(name).and_then(|year| year.as_str().parse::<u16>().ok()).or(document_year)
    };
    let number_of = |name: &str| found.name(name).and_then(|number| parse_ordinal(number.as_str()));
    if found.name("range").is_some() {
        // A range in a name or a title is the period of something else.
        let opens = ["", "力争", "确保", "争取", "计划"].contains(&before);
        return opens.then(|| year_of("range_end")).flatten().map(DueBy::Year);
    }
    if let Some(time) = found.name("act") {
        let year = found.name("act_year")?.as_str().parse().ok()?;
        let month = u8::try_from(number_of("act_number")?).ok()?;
        let verb = found.get(0).map_or(0, |whole| whole.end() - time.end());
        let is_which = behind.get(verb..).is_some_and(|rest| rest.starts_with('的'));
        let is_past = before.ends_with("已于") || before.ends_with('已');
        return (!is_which && !is_past).then_some(DueBy::Month(year, month));
    }
    if found.name("month").is_some() {
        let month = u8::try_from(number_of("month_number")?).ok()?;
        return Some(DueBy::Month(year_of("month_year")?, month));
    }
    if found.name("day_month").is_some() {
        let month = u8::try_from(number_of("day_month")?).ok()?;
        return Some(DueBy::Month(document_year?, month));
    }
    if found.name("quarter").is_some() {
        let quarter = u8::try_from(number_of("quarter_number")?).ok()?;
        let year = year_of("quarter_year")?;
        return (!behind.starts_with("经济")).then_some(DueBy::Month(year, quarter * 3));
    }
    if found.name("next").is_some() {
        return Some(resolve_next(found, document_year? + 1));
    }
    if let Some(which) = found.name("half_which") {
        let month = if which.as_str() == "上半年" { 6 } else { 12 };
        return Some(DueBy::Month(year_of("half_year")?, month));
    }
    if found.name("whole").is_some() {
        return year_of("whole_year").map(DueBy::Year);
    }
    if let Some(year) = found.name("year") {
        let bare = found.name("year_tail").is_none() && year.as_str().starts_with("20");
        let is_due = !bare || (opens_time(before, behind) && !ATTRIBUTIVE.is_match(behind));
        return is_due.then(|| year_of("year_number")).flatten().map(DueBy::Year);
    }
    if let Some(this) = found.name("this") {
        let known = names_known_year(this.as_str(), before, behind);
        return known.then_some(document_year).flatten().map(DueBy::Year);
    }
    match found.name("plan_name")?.as_str() {
        // Of later texts the period is past, and no deadline.
        "十二五" => document_year.filter(|&year| year <= 2015).map(|_| DueBy::Year(2015)),
        "十三五" => Some(DueBy::Year(2020)),
        "十四五" => Some(DueBy::Year(2025)),
        _ => Some(DueBy::Year(2030)),
    }
}

/// 明年, 明年上半年, 明年底: `year` is the next.
fn resolve_next(found: &regex::Captures<'_>, year: u16) -> DueBy {
    match found.name("next_half").map(|half| half.as_str()) {
        Some("上半年") => DueBy::Month(year, 6),
        Some(_) => DueBy::Month(year, 12),
        None => DueBy::Year(year),
    }
}

/// 2031年完成, 力争2031年: what stands around a bare year that is a deadline.
fn opens_time(before: &str, behind: &str) -> bool {
    static ACTS: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:实施|完成|建设|新增|实现|力争|确保|达|基本|开展|计划|建成|全[省市县]|不低于|不少于|不超过|超过|突破|增长|增至|降至|[比较]20)",
        )
    });
    before.is_empty()
        || ACTS.is_match(behind)
        || ((behind.starts_with('度') || TASK_BEHIND.is_match(behind))
            && PLANS_BEFORE.is_match(before))
        || before.ends_with(['，', '“', '、'])
        || STANDS_IN.is_match(before)
        || ["其中", "力争", "确保"].iter().any(|word| before.ends_with(word))
}

/// Whether 今年, 全年 or 年内 means the year of the document.
fn names_known_year(this: &str, before: &str, behind: &str) -> bool {
    let opens = before.is_empty()
        || ["力争", "确保", "计划"].iter().any(|word| before.ends_with(word))
        || (this == "全年" && (["带动", "推动", "实现"].contains(&before) || names_all(before)));
    match this {
        "今年" => !behind.starts_with('以'),
        "全年" | "本年" => opens,
        // 五年内 is no year of its own, nor is 二〇二五年底 here.
        "年内" | "年底" | "年末" | "年底前" => {
            !before.ends_with(|c: char| c.is_ascii_digit() || is_han_digit(c))
        }
        _ => true,
    }
}

/// 各苗圃, 全市: who does it, before the time.
fn names_all(before: &str) -> bool {
    static ALL: Pattern = LazyLock::new(|| pattern(r"^(?:各[\p{Han}]{1,6}|全[省市县区州])$"));
    ALL.is_match(before)
}

fn is_han_digit(c: char) -> bool {
    "一二两三四五六七八九十〇○零".contains(c)
}

/// The year that `clause` compares with.
pub(super) fn find_baseline(clause: &str) -> Option<(u16, Span)> {
    if !clause.contains('年') {
        return None;
    }
    let is_share = |found: &regex::Captures<'_>| {
        let start = found.get(0).map_or(0, |whole| whole.start());
        clause.get(..start).is_some_and(|before| before.ends_with('占'))
    };
    // 占比2031年达到25%: a share, and by when.
    let found = BASELINE.captures_iter(clause).find(|found| !is_share(found))?;
    let whole = found.get(0)?;
    let year = found.iter().skip(1).flatten().next()?.as_str().parse().ok()?;
    Some((year, Span::new(whole.start(), whole.end())))
}

/// 较2031年翻一番: what is compared is told in the clause itself, so that nothing behind it is compared, unless a colon leads in to it.
pub(super) fn compares_itself(clean: &str, place: Span) -> bool {
    const CHANGES: [&str; 9] =
        ["翻", "增长", "提高", "提升", "下降", "降低", "减少", "增加", "上升"];
    let clause = place.slice(clean);
    let leads_in = clean.get(place.byte_end..).is_some_and(|rest| rest.starts_with(['：', ':']));
    !leads_in
        && find_baseline(clause).is_some_and(|(_, year)| {
            let behind = clause.get(year.byte_end..).unwrap_or_default();
            CHANGES.iter().any(|verb| behind.contains(verb))
        })
}

#[cfg(test)]
mod tests;
