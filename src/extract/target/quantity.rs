//! Printed quantities. In: words; out: number, unit, bounds and place of every quantity in them. The number is
//! as printed; 万 and 亿 belong to the unit. The surprise: 以上 and 以下 include the number itself, 超过 and
//! 低于 do not (Civil Code, article 1259).

use super::age::find_ages;
use super::fraction::find_fractions;
use super::half::find_halves;
use super::score::find_scores;
use super::small::{closes_what_is_built, is_listed_with_numbers, opens_word, recurs_around};
use super::ten_thousand::find_ten_thousands;
use super::tenth::find_tenths;
use crate::document::{Located, Qualifier, Quantity};
use crate::text::{Pattern, Span, parse_decimal, parse_han, pattern};
use std::sync::LazyLock;

/// What sort of thing a unit counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Sort {
    /// %, ‰, 百分点, 倍.
    Share,
    /// 元.
    Money,
    /// 工作日, 小时, 个月.
    Time,
    /// 个, 家, 人: counting words.
    Count,
    /// 公里, 吨, 平方米, 千瓦.
    Size,
}

/// A quantity in the text, and what sort it is of.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Found {
    pub(in crate::extract) quantity: Quantity,
    pub(in crate::extract) sort: Sort,
    /// From the number to the end of the bounding word behind it, in the words given.
    pub(in crate::extract) span: Span,
}

macro_rules! base {
    () => {
        concat!(
            r"克[/／]千克|立方米[/／]秒|标准?立方米|标方|微克(?:[/／]|每)立方米|毫克(?:[/／]|每)立方米|毫克(?:[/／]|每)升|千克标准?煤|克标准?煤|平方公里|平方千米|平方米|㎡|m²|平米|立方米|立方|车道公里|吨公里|人公里|车公里|芯公里|皮长公里|延长?米|毫米|厘米|公里|千米|海里|公顷|吨标准煤|吨标煤|载重吨|总吨|蒸吨|吨|标准箱|标箱|个?标准机架|机架|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦|千伏安|兆伏安|千克|公斤|",
            r"(?:个|份|例|件|店|艘|列|趟|点|剂|单)次|航次|年一遇|美元|港元|欧元|元|人次|人天|人份|人|户次|户|个工作日|工作日|个工作小时|工作小时|个半天|个课时|课时|个学时|学时|个自然日|日以内|日之内|日内|日|个小时|小时|分钟|个月|个|天|台[（(]套[）)]|台套|台|套|辆次|辆|艘|架次|架|列|班次|班|家次|家|轮次|轮|项次|项|条|",
            r"处|所|座|场次|场|次|届|件|部|种|类|批次|批|张|份|只|头|羽|株|棵|块|片|期|幅|宗|间|栋|幢|床|名|位|对|门|本|篇|首|支|款|起|组|段|站|口|盏|根|单位|单|笔|倍|亩次|亩|斤|米|克|升|眼|副|路|尾|例|卷|册|枚|剂|集|席|趟|堂|节|把|棒|箱|分贝|MW|GW|Tbps|Gbps|Mbps|TEU|E[Ff][Ll][Oo][Pp][Ss]|P[Ff][Ll][Oo][Pp][Ss]|M|G|P"
        )
    };
}

macro_rules! unit {
    () => {
        concat!(r"(?:%|‰|个?百分点|(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)?(?:", base!(), r")(?:[（(](?:间|套|项|次|个|家|处|户|座|幢|栋|人|段|枪|桩|辆|台|名|所|条|张|组)[）)])?(?:[/／](?:年|月|日|天|人|千人|百人|万人|平方公里|公里|亩|户|个|台|套|年度|万平方米|平方米|千瓦时|万元))?|万亿|亿|万)")
    };
}

macro_rules! number {
    () => {
        r"^(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    };
}

macro_rules! unit_and_bound {
    () => {
        concat!(
            r"(?P<more>[多余]?)(?P<unit>",
            unit!(),
            r")(?P<bound>[（(][^（）()]{2,40}[）)](?:以上|以内|以下|左右|内)|(?:[（(]含[）)])?(?:及以上|及以下|及以内|以上|以内|之内|以下|左右|上下|内)?)"
        )
    };
}

static ARABIC: Pattern = LazyLock::new(|| pattern(concat!(number!(), unit_and_bound!())));

/// 30%—40%. A pattern of its own, because most numbers are no range, and to try all units twice takes its time.
static RANGE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        number!(),
        unit!(),
        r"?(?:[—–―－~～-]+|至)(?P<upper>\d+(?:\.\d+)?)",
        unit_and_bound!()
    ))
});

static HAN: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(百分之)?([一二两三四五六七八九十百千][一二三四五六七八九十百千零点]*)余?(",
        unit!(),
        r"|)((?:[（(]含[）)])?(?:及以上|以上|以内|之内|以下|左右|上下|内)?)"
    ))
});

static UNIT: Pattern = LazyLock::new(|| pattern(concat!("^", unit!())));

static BOUND_BEFORE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?P<least>(?:不应|不宜|不得|不可|不能)(?:小于|低于|少于)|不低于|不少于|不小于|不得低于|不得少于|最低|≥|至少[\p{Han}]{0,10}?|不(?:少|低)于每(?:[县市区镇乡村校户所个家人千万]|街道|社区)[\p{Han}（）()、]{0,12}?)|(?P<most>(?:不应|不宜|不得|不可|不能)(?:大于|高于|超过|多于|突破)|不超过|不高于|不多于|不大于|不得超过|不得高于|最多|至多|最高|≤)",
        r"|(?P<more>超过|突破|超|逾|高于|多于|大于|优于)|(?P<less>低于|少于|小于|不足|不到|不满)|(?P<about>大约|约为|约|接近|近))$"
    ))
});

/// 不低于基地总数的30%: the bound stands before what the share is taken of.
static BOUND_OF: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?P<least>不得?低于|不得?少于|不得?小于)|(?P<most>不得?超过|不得?高于|不得?大于))(?:(?:20\d\d年度?)?[\p{Han}]{2,24}的|[\p{Han}]{0,12}(?:总[\p{Han}]{1,3}|日均|年均|[日月年]用[气水电]量|[日月年]供[气水电]量))$",
    )
});

/// 高于全市平均1个百分点: how far one is above or below another.
static GAP: Pattern = LazyLock::new(|| {
    pattern(r"(不超过|不高于|不低于|高于|超过|快于|高出|低于)[\p{Han}&&[^并且后]]{2,14}$")
});

/// A small Han numeral counts events where they are held (召开两次) or recur (每季度调度一次); elsewhere it is part
/// of a phrase (一次性, 只跑一次).
static HOLDS: Pattern = LazyLock::new(|| pattern(r"(?:举办|召开|举行|不少于|至少|至多|最多)$"));

/// 开展一次苗木全面排查: what is gone through once is an event of its own.
static CHECKS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{0,10}(?:全面|集中|专项)(?:大)?(?:排查|检查|清理|普查|核查|体检|整治|摸底|评估)(?:$|[，。；])",
    )
});

/// 增长一倍: what makes a Han numeral a multiple.
static GROWS: Pattern = LazyLock::new(|| pattern(r"(?:增长|增加|提高|提升|扩大|翻)(?:了|近|约)?$"));

/// 打造三个以上: what makes a small Han numeral with a bound a number.
static BUILDS: Pattern =
    LazyLock::new(|| pattern(r"(?:打造|建设|建成|新建|培育|创建|新增|引进|形成|推出|争创)$"));

/// 每个县至少建设一处, 至少选择一个苗圃: a small Han numeral counts what each of many gets.
static EACH_GETS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:每[个所家座]?[\p{Han}（）()、]{1,24}?|各[\p{Han}]{1,10}?|^各)(?:原则上)?(?:要|应)?(?:至少)?(?:建设|建成|建好|建立|设立|设置|培育|明确|确定|选定|选取|遴选|打造|开设|配备|创建|组建|引进|培养|建)(?:至少|不少于)?$|至少(?:应当?|要|须)?(?:建设|建成|建立|建有|建|设立|设有|配有|配备|有|开设|组建|培育|选择|确定|选定|选取|打造|创建)$",
    )
});

static RECURS_BEFORE: Pattern = LazyLock::new(|| {
    pattern(
        r"每(?:半?年度?|[两三五2-9]年|个?季度|个?月)(?:至少|定期|集中)?(?:[\p{Han}]{0,12}?(?:修订|调整|举办|召开|举行|开展|组织|调度|通报|报送|发布|公布|更新|评选|评估|检查|进行|会商)|[\p{Han}]{0,20}?至少[\p{Han}]{2,12})?(?:不少于)?$",
    )
});

/// 20万脱贫人口: people are counted without a counting word.
static COUNTS_PEOPLE: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{0,6}?(?:人口|群众|居民|农民|农户|百姓|职工|劳动力|学生|市民|老年人|残疾人|妇女|儿童|用户|毕业生)",
    )
});

/// 260余座: more than the number.
const MORE: &str = "余";

/// A number like this is the name of a technology (4G, 5G), not a rate.
const GENERATION_MAX: f64 = 9.0;

/// Whether `words` are a unit and nothing else.
pub(in crate::extract) fn is_unit(words: &str) -> bool {
    static ALONE: Pattern = LazyLock::new(|| pattern(concat!("^", unit!(), "$")));
    // 万套〔间〕 is printed with either bracket.
    ALONE.is_match(&words.replace('〔', "（").replace('〕', "）"))
}

/// Whether `words` may hold a quantity.
pub(super) fn has_quantity(words: &str) -> bool {
    words.chars().any(|c| c.is_ascii_digit() || is_han_number(c) || c == '万')
}

const fn is_han_number(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
    )
}

/// Where numbers start: the pattern is tried only there, because most words of a text are none.
fn number_starts(words: &str, is_number: fn(char) -> bool) -> impl Iterator<Item = usize> {
    let mut inside = false;
    words.char_indices().filter_map(move |(at, c)| {
        let before = std::mem::replace(&mut inside, is_number(c));
        (inside && !before).then_some(at)
    })
}

/// The matches of `find` at the starts of numbers, with the places where they start.
fn matches_at<'a>(
    words: &'a str,
    is_number: fn(char) -> bool,
    find: fn(&'a str) -> Option<regex::Captures<'a>>,
) -> impl Iterator<Item = (usize, regex::Captures<'a>)> {
    let mut from = 0;
    number_starts(words, is_number).filter_map(move |at| {
        let captures = find(words.get(at..).filter(|_| at >= from)?)?;
        from = at + captures.get(0)?.end();
        Some((at, captures))
    })
}

/// Every quantity in `words`, in order.
pub(in crate::extract) fn find_quantities(words: &str) -> Vec<Found> {
    let mut found: Vec<Found> = matches_at(words, |c| c.is_ascii_digit(), match_arabic)
        .filter_map(|(at, captures)| parse_arabic_quantity(words, at, &captures))
        .collect();
    found.extend(
        matches_at(words, is_han_number, match_han)
            .filter_map(|(at, captures)| parse_han_quantity(words, at, &captures)),
    );
    found.extend(find_ten_thousands(words));
    found.extend(find_fractions(words));
    found.extend(find_halves(words));
    found.extend(find_ages(words));
    found.extend(find_tenths(words));
    found.extend(find_scores(words));
    found.sort_by_key(|one| one.span);
    found.dedup_by(|later, earlier| later.span.byte_start < earlier.span.byte_end);
    share_unit(words, &mut found);
    found
}

fn match_arabic(words: &str) -> Option<regex::Captures<'_>> {
    RANGE.captures(words).or_else(|| ARABIC.captures(words))
}

/// Most Han numerals are parts of words: only where a unit follows is it worth while to take the number apart.
fn match_han(words: &str) -> Option<regex::Captures<'_>> {
    let behind = words.trim_start_matches(|c| is_han_number(c) || matches!(c, '零' | '点'));
    // 三千余户; 三千多户 is how reports tell what was.
    let behind = behind.strip_prefix('余').unwrap_or(behind);
    (words.starts_with("百分之") || UNIT.is_match(behind)).then(|| HAN.captures(words)).flatten()
}

/// 1,200人次, 30%以上, 260余座; not the names of technologies and roads (5G, G334), nor a number that is part of another.
fn parse_arabic_quantity(words: &str, at: usize, captures: &regex::Captures<'_>) -> Option<Found> {
    let (whole, number, unit) =
        (captures.get(0)?, captures.name("number")?, captures.name("unit")?);
    let upper = captures.name("upper").and_then(|upper| parse_decimal(upper.as_str()));
    let value = parse_decimal(number.as_str())?;
    let before = words.get(..at)?;
    let named = matches!(unit.as_str(), "G" | "M" | "P")
        && value.parse().is_ok_and(|v: f64| v <= GENERATION_MAX);
    let behind_unit = words.get(at + unit.end()..).unwrap_or_default();
    let spelled = unit.as_str().ends_with(|c: char| c.is_ascii_uppercase())
        && behind_unit
            .trim_start_matches(['-', '—'])
            .starts_with(|c: char| c.is_ascii_alphabetic());
    let opens_word = opens_word(unit.as_str(), behind_unit, &value);
    // 50万人口以上的城市: the persons are those of a place.
    let is_population = unit.as_str().ends_with('人') && behind_unit.starts_with('口');
    // 于1日内答复 is a time, 6月30日内 a date; 30日 alone is a time only where it bounds or cuts one.
    let is_date = unit.as_str().starts_with('日')
        && (before.ends_with(['月', '-', '至', '.']) && !CUTS_DAYS.is_match(before)
            || (unit.as_str() == "日" && !counts_days(before, behind_unit)));
    // 9：00至17：00间: a time of the day, whose colon may have cut the clause before it.
    let is_hour = |before: &str| before.ends_with(|c: char| c.is_ascii_digit());
    let is_clock = number.as_str().len() == 2
        && (number.as_str().starts_with('0')
            || before.strip_suffix([':', '：']).is_some_and(is_hour));
    let glued = spelled
        || is_clock
        || is_population
        || is_date
        || opens_word
        || before.ends_with(|c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, '第' | '+' | '＋' | '-' | '.' | '/' | '×' | '＝' | '=')
        });
    // 10亿级集团: 万 and 亿 count by themselves only where nothing to be counted follows.
    let is_bound = captures.name("bound").is_some_and(|bound| !bound.is_empty());
    let is_bare = !is_bound
        && matches!(unit.as_str(), "万" | "亿" | "万亿")
        && words.get(at + whole.end()..).is_some_and(|rest| {
            rest.starts_with(char::is_alphanumeric) && !COUNTS_PEOPLE.is_match(rest)
        });
    let mut behind = captures.name("bound").map_or("", |bound| bound.as_str());
    if behind.is_empty() && captures.name("more").is_some_and(|more| !more.is_empty()) {
        behind = MORE;
    }
    let span = Span::new(at, at + whole.end());
    let (unit, behind) = split_days(unit.as_str(), behind);
    (!named && !glued && !is_bare).then(|| make(words, span, (Some(value), upper), (unit, behind)))
}

/// 日 is a unit only of a time limit: 1日内 is read as one unit, and is a day and a bound.
fn split_days<'a>(unit: &'a str, bound: &'a str) -> (&'a str, &'a str) {
    match unit.strip_prefix('日') {
        Some(within) if !within.is_empty() => ("日", within),
        _ => (unit, bound),
    }
}

/// 缩短至30日: the verb makes the days a length of time.
static CUTS_DAYS: Pattern =
    LazyLock::new(|| pattern(r"(?:压缩|压减|缩短|缩减|减少|精简|压降|减|降)[到至为]?$"));

/// Whether 30日 is a length of time and no date: 不超过30日, 由30日缩短至20日.
fn counts_days(before: &str, behind: &str) -> bool {
    static BOUNDED: Pattern = LazyLock::new(|| pattern(r"(?:不得?(?:超过|少于|低于)|至少|最长)$"));
    static FROM: Pattern =
        LazyLock::new(|| pattern(r"[由从](?:原来|原先|原有|法定|目前|现行|现有)?的?$"));
    static TO: Pattern = LazyLock::new(|| {
        pattern(r"^(?:内|以内)?(?:再|平均)?(?:压缩|压减|缩短|缩减|减少|精简|压降|减|降)")
    });
    // 不少于30日前公告 says when.
    !behind.starts_with(['前', '起', '后', '的'])
        && (BOUNDED.is_match(before)
            || CUTS_DAYS.is_match(before)
            || (FROM.is_match(before) && TO.is_match(behind)))
}

/// 压缩至12个、6个工作日以内: the unit that the last number names in full is that of the one before it, bound and all.
fn share_unit(words: &str, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let Some((before, [last, ..])) = found.split_at_mut_checked(at) else { continue };
        let Some(first) = before.last_mut() else { continue };
        let gap = words.get(first.span.byte_end..last.span.byte_start);
        let is_cut = last.sort == Sort::Time
            && first.quantity.unit.as_deref() == Some("个")
            && matches!(gap, Some("、" | "和" | "及"));
        if is_cut {
            first.quantity.unit.clone_from(&last.quantity.unit);
            first.sort = last.sort;
            if first.quantity.qualifier == Qualifier::Reach {
                first.quantity.qualifier = last.quantity.qualifier;
            }
        }
    }
}

/// 百分之五, 百家, 三十个; small numbers and those in fixed words (十大, 三个一批) are no quantities.
fn parse_han_quantity(words: &str, at: usize, captures: &regex::Captures<'_>) -> Option<Found> {
    let (whole, number, unit) = (captures.get(0)?, captures.get(2)?, captures.get(3)?);
    let behind = captures.get(4).map_or("", |bound| bound.as_str());
    let is_more = words
        .get(at + number.end()..at + unit.start())
        .is_some_and(|more| !more.is_empty() && behind.is_empty());
    let (unit, behind) = split_days(unit.as_str(), if is_more { MORE } else { behind });
    let span = Span::new(at, at + whole.end());
    let before = words.get(..at)?;
    let after_unit = words.get(span.byte_end..).unwrap_or_default();
    if unit == "日" && behind.is_empty() && !counts_days(before, after_unit) {
        return None;
    }
    if captures.get(1).is_some() {
        let value = parse_decimal(number.as_str())?;
        return unit.is_empty().then(|| make(words, span, (Some(value), None), ("%", behind)));
    }
    let value = parse_han(number.as_str())?;
    let is_event = ["届", "次", "场", "场次", "期"].contains(&unit)
        && (HOLDS.is_match(before)
            || RECURS_BEFORE.is_match(before)
            || recurs_around(words.get(..span.byte_end).unwrap_or_default())
            || (unit == "次"
                && before.ends_with("开展")
                && words.get(span.byte_end..).is_some_and(|rest| CHECKS.is_match(rest))));
    // 至少有一名子女 is asked of families; 至少有一支队伍 is what each place gets.
    let is_asked =
        before.ends_with("至少有") && ["名", "个", "位", "项", "种", "人"].contains(&unit);
    let is_each =
        sort_of(unit) == Sort::Count && unit != "批" && !is_asked && EACH_GETS.is_match(before);
    // 五个工作日内: a time limit in words.
    let is_time_limit =
        behind.ends_with('内') && unit.ends_with(['日', '时', '钟', '月']) && value >= 2;
    // 十四届 numbers a session, unless it is held.
    let is_session = unit == "届"
        && (!is_event
            || words.get(span.byte_end..).is_some_and(|rest| rest.starts_with(['人', '全', '中'])));
    // 百万亩, 千万人 are figures of speech; 五十万亩 is a number, and so is 百万吨以上.
    let is_bounded = (!behind.is_empty() && !is_more) || before.ends_with(['超', '过', '破']);
    let is_round = ["十", "百", "千"].contains(&number.as_str());
    let is_figure = unit.starts_with('万') && is_round && !is_bounded;
    let is_large = unit.starts_with(['万', '亿']) || unit.ends_with("百分点");
    // 比2030年增长一倍.
    let rest = words.get(span.byte_end..).unwrap_or_default();
    let is_fold = unit == "倍" && GROWS.is_match(before) && !rest.starts_with('的');
    // 打造三个以上花园, 大型苗圃两家以上: a bound makes a small number count.
    let ends_clause = ["户", "家", "处", "所", "座"].contains(&unit)
        && value >= 2
        && before.ends_with(char::is_alphabetic)
        && !["应有", "须有", "具有", "申报", "符合"].iter().any(|asks| before.contains(asks))
        && rest.is_empty();
    let is_built = behind.ends_with("以上") && (ends_clause || BUILDS.is_match(before));
    // 打造一个花园、建设5个苗圃: what is listed with numbers is counted as well.
    let is_listed = BUILDS.is_match(before)
        && words.get(span.byte_end..).is_some_and(|rest| is_listed_with_numbers(rest, unit));
    let is_built = is_built || closes_what_is_built(before, unit, rest);
    let counts_from_one =
        is_event || is_each || is_time_limit || is_large || is_fold || is_built || is_listed;
    let fits = !is_session
        && (value >= 10 || (value >= 1 && counts_from_one))
        && !unit.is_empty()
        && !is_figure
        && !unit.starts_with('%')
        && ((is_bounded && !is_round) || !matches!(unit, "万" | "亿"));
    // 千人口托位数 names a rate; so do 万人, 亩均 and 每千名儿童.
    let rate = before.ends_with('每')
        || (rest.starts_with('口') && unit.ends_with('人'))
        || rest.starts_with(['均', '万']);
    let fixed = rate
        || before.ends_with(['第', '几', '数', '上', '“', '五', '年', '月', '零'])
        || before.ends_with(|c: char| c.is_ascii_digit());
    (fits && !fixed).then(|| make(words, span, (Some(value.to_string()), None), (unit, behind)))
}

pub(super) fn make(
    words: &str,
    span: Span,
    numbers: (Option<String>, Option<String>),
    unit: (&str, &str),
) -> Found {
    let before = words.get(..span.byte_start).unwrap_or_default();
    let (mut qualifier, bound_len) = find_qualifier(before, unit.1, numbers.1.is_some());
    if let Some(bound) = find_bound_of(before, unit.0).filter(|_| qualifier == Qualifier::Reach) {
        qualifier = bound;
    }
    let text = Span::new(span.byte_start - bound_len, span.byte_end);
    let quantity = Quantity {
        number: numbers.0,
        number_upper: numbers.1,
        unit: Some(unit.0.to_owned()),
        qualifier,
        text: Located::new(text.slice(words).to_owned(), text),
    };
    Found { quantity, sort: sort_of(unit.0), span }
}

/// What the words around a number say of its bounds, and how many bytes of `before` say it.
fn find_qualifier(before: &str, behind: &str, is_range: bool) -> (Qualifier, usize) {
    let bound = BOUND_BEFORE.captures(before);
    let len = bound.as_ref().and_then(|found| found.get(0)).map_or(0, |found| found.len());
    let named = |name: &str| bound.as_ref().is_some_and(|found| found.name(name).is_some());
    let qualifier = if behind.ends_with("左右") || behind.ends_with("上下") || named("about") {
        Qualifier::About
    } else if behind.ends_with("以上") || named("least") {
        Qualifier::AtLeast
    } else if behind.ends_with('内') || behind.ends_with("以下") || named("most") {
        Qualifier::AtMost
    } else if named("more") || behind == MORE {
        Qualifier::MoreThan
    } else if named("less") {
        Qualifier::LessThan
    } else if is_range {
        Qualifier::Between
    } else {
        Qualifier::Reach
    };
    (qualifier, len)
}

/// The bound of a share that names its whole between the two, or of a gap that names what it is measured from.
pub(super) fn find_bound_of(before: &str, unit: &str) -> Option<Qualifier> {
    if unit.ends_with("百分点") {
        let gap = GAP.captures(before)?;
        return Some(match gap.get(1).map_or("", |word| word.as_str()) {
            "不超过" | "不高于" => Qualifier::AtMost,
            "不低于" => Qualifier::AtLeast,
            "低于" => Qualifier::LessThan,
            _ => Qualifier::MoreThan,
        });
    }
    let bound = BOUND_OF.captures(before).filter(|_| matches!(unit, "%" | "倍" | "天" | "成"))?;
    Some(if bound.name("least").is_some() { Qualifier::AtLeast } else { Qualifier::AtMost })
}

fn sort_of(unit: &str) -> Sort {
    let base = unit.split(['/', '／']).next().unwrap_or_default();
    if base.ends_with(['%', '‰', '倍', '成', '番']) || base.ends_with("百分点") {
        Sort::Share
    } else if base.ends_with('元') {
        Sort::Money
    } else if base == "日"
        || ["工作日", "自然日", "小时", "课时", "学时", "分钟", "个月", "天"]
            .iter()
            .any(|time| base.ends_with(time))
    {
        Sort::Time
    } else if [
        "米", "立方", "吨", "里", "亩", "斤", "公顷", "瓦", "瓦时", "伏安", "煤", "克", "公斤",
        "升", "箱", "贝", "遇", "M", "G", "P", "MW", "GW", "bps", "TEU", "FLOPS",
    ]
    .iter()
    .any(|size| base.ends_with(size))
    {
        Sort::Size
    } else {
        Sort::Count
    }
}

#[cfg(test)]
mod tests;
