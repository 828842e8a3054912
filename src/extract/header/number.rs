//! 发文字号. In: words; out: the number in canonical form and where it stands. Any brackets, 第 and
//! leading zeros are read; `number_form_differs` says whether the print is canonical. The surprise: the
//! letters before the year are the body's code, and in running text words stick to it (根据某政发〔2024〕1号).

use crate::document::{DocumentNumber, Located};
use crate::text::{Pattern, Span, parse_ordinal, pattern};
use std::sync::LazyLock;

static CODED: Pattern = LazyLock::new(|| {
    pattern(
        r"([\p{Han}（）()]{1,14}?|[\p{Han}]{2,14})[〔﹝\[（(【〈［]((?:19|20)\d\d)年?[〕﹞\])）】〉］]第?(\d{1,5})号",
    )
});

static ORDER: Pattern = LazyLock::new(|| {
    pattern(
        r"((?:[\p{Han}]{2,28}(?:局|部|委|委员会|总署|政府)\n)*[\p{Han}]{2,28}(?:局|部|委|委员会|总署|政府)\n令|[\p{Han}]{2,30}(?:令|公告|通告))\n{0,2}[（(]?((?:20\d\d年)?)\n{0,2}[（(]?(第? ?[0-9一二三四五六七八九十百零〇]{1,6} ?号)[）)]?",
    )
});

/// 某市人民政府第12号令, 某部2031年第8号令: the word for an order behind its number.
static ORDER_BEHIND: Pattern = LazyLock::new(|| {
    pattern(
        r"([\p{Han}]{2,30}?(?:政府|部|委|局|院|署|会))((?:20\d\d年)?)(第[0-9一二三四五六七八九十百零〇]{1,6}号)令",
    )
});

/// Words that stand before a code in running text and are no part of it.
static BEFORE_CODE: Pattern = LazyLock::new(|| {
    pattern(
        r"^.*(?:根据|按照|按|依据|依照|从事|执行|落实|贯彻|享受|适用|符合|违反|转发|印发|原|除|和|与|及|以|对于|对|关于|将|的|见|在|由|其中|实施|参照|人民政府|号文|文件|通知|意见|办法|方案|措施|要点|计划|规划|规定|第|[（(])",
    )
});

/// 某省园林厅某园便函: a letterhead that has run into the code.
static LETTERHEAD: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]*(?:公司|中心|事项|加急|特急|办公[室厅]|委员会|管理局|政府|[省市县区州盟][\p{Han}]{1,8}?[厅局])(?P<code>[\p{Han}]{3,8})$",
    )
});

/// A code that no letterhead has run into has fewer characters as a rule.
const LETTERHEAD_CHARS_MIN: usize = 9;

/// 某规划发, 某发计划: an office of planning in the code itself.
static PLANNING_OFFICE: Pattern =
    LazyLock::new(|| pattern(r"[\p{Han}](?P<office>(?:规划|计划)[发函字办]?)$"));

/// Every coded number in `words`, with its place there.
pub(crate) fn find_numbers(words: &str) -> Vec<Located<DocumentNumber>> {
    let mut numbers = Vec::new();
    if !words.contains('号') {
        return numbers;
    }
    for found in CODED.captures_iter(words) {
        let (Some(whole), Some(code), Some(year), Some(serial)) =
            (found.get(0), found.get(1), found.get(2), found.get(3))
        else {
            continue;
        };
        let office = PLANNING_OFFICE.captures(code.as_str());
        let office = office.and_then(|found| found.name("office"));
        let before = Span::new(0, office.map_or(code.len(), |office| office.start()));
        let skipped = BEFORE_CODE
            .find(before.slice(code.as_str()))
            .map_or(day_len(words, code.start()), |before| before.end());
        let skipped = skipped + letterhead_len(code.as_str().get(skipped..).unwrap_or_default());
        let skipped = skipped + minutes_len(code.as_str().get(skipped..).unwrap_or_default());
        let bare = Span::new(skipped, code.len()).slice(code.as_str());
        let (Ok(year), Ok(serial)) = (year.as_str().parse(), serial.as_str().parse()) else {
            continue;
        };
        if bare.chars().count() < 2 || bare.contains(['（', '）', '(', ')']) {
            continue;
        }
        let number = DocumentNumber::Coded { code: bare.to_owned(), year, serial };
        numbers.push(Located::new(number, Span::new(whole.start() + skipped, whole.end())));
    }
    numbers
}

/// Bytes of the letterhead that a code has run together with.
fn letterhead_len(code: &str) -> usize {
    if code.chars().count() < LETTERHEAD_CHARS_MIN {
        return 0;
    }
    let found = LETTERHEAD.captures(code).and_then(|found| found.name("code"));
    // 某市园林委员会公告 is the name of a series.
    let is_code = |code: &str| !code.ends_with("公告") && !code.ends_with("通告");
    found.filter(|found| is_code(found.as_str())).map_or(0, |code| code.start())
}

/// 种树会议纪要某专纪: bytes of the title of minutes that has run into the code.
fn minutes_len(code: &str) -> usize {
    const CODE_CHARS_MIN: usize = 3;
    let end = code.rfind("纪要").map(|at| at + "纪要".len()).unwrap_or_default();
    let is_code = code.get(end..).is_some_and(|code| code.chars().count() >= CODE_CHARS_MIN);
    if is_code { end } else { 0 }
}

/// ABCD-2031-01025 某政办函〔2031〕75号: whether `before` is the number under which the rules of a place are registered, which stands
/// before the document's own.
pub(super) fn is_registration(before: &str) -> bool {
    static REGISTRATION: Pattern =
        LazyLock::new(|| pattern(r"^[A-Z]{2,8}[-－—]?20\d\d[-－—]?\d{3,8}\s*$"));
    REGISTRATION.is_match(before)
}

/// 2031年5月6日某政发: bytes of the 日 that belongs to a date, not to a code (日政发).
fn day_len(words: &str, at: usize) -> usize {
    let (before, code) = (words.get(..at).unwrap_or_default(), words.get(at..).unwrap_or_default());
    let is_day = code.starts_with('日') && before.ends_with(|c: char| c.is_ascii_digit());
    if is_day { '日'.len_utf8() } else { 0 }
}

/// What leads over to an order that is only named.
const CITES: [&str; 8] = ["依据", "依照", "根据", "按照", "执行", "贯彻", "落实", "违反"];

/// The number of an order or announcement: 某市人民政府令第12号, 某局公告2031年第8号, also over two lines or in
/// brackets, or 某市人民政府第12号令.
pub(crate) fn find_order_number(words: &str) -> Option<Located<DocumentNumber>> {
    let (found, order) = match ORDER.captures(words) {
        Some(found) => (found, ""),
        None => (ORDER_BEHIND.captures(words)?, "令"),
    };
    let (whole, issuer) = (found.get(0)?, found.get(1)?);
    let (year, ordinal) = (found.get(2)?.as_str(), found.get(3)?);
    let serial = ordinal.as_str().trim_start_matches('第').trim_end_matches('号').trim();
    let serial = parse_ordinal(serial)?;
    let day = day_len(words, issuer.start());
    // Bodies that order together stand a line each, and 令 below them.
    let issuers = issuer.as_str().get(day..)?.replace('\n', "");
    // 经某市政府第12号令公布 tells whose order it is; 依据某部第12号令制定 names that of another text.
    let issuers = issuers.trim_start_matches(['经', '由']);
    if CITES.iter().any(|word| issuers.starts_with(word)) {
        return None;
    }
    let full = format!("{issuers}{order}{year}第{serial}号");
    Some(Located::new(DocumentNumber::Ordinal(full), Span::new(whole.start() + day, whole.end())))
}

/// The number of the order that a head is of. In 某局关于执行某部公告2031年第8号的通知 it is that of another document.
pub(super) fn find_own_order(head: &str) -> Option<Located<DocumentNumber>> {
    let number = find_order_number(head)?;
    let line = head.get(..number.span.byte_end)?.rsplit(['\n', '】']).next()?;
    let is_named = ["关于", "转发", "根据", "按照"].iter().any(|word| line.contains(word));
    // 关于苗木发票的公告（某局公告2031年第8号）: a bracket that closes the line holds the text's own.
    let behind = head.get(number.span.byte_end..)?.trim_start_matches(['）', ')']);
    let is_closing = head.get(..number.span.byte_start)?.ends_with(['（', '('])
        && (behind.is_empty() || behind.starts_with('\n'));
    (!is_named || is_closing).then_some(number)
}

/// Whether a number is printed otherwise than in canonical form: other brackets, spaces, 第, zeros.
pub(crate) fn number_form_differs(number: &DocumentNumber, printed: &str) -> bool {
    match number {
        DocumentNumber::Coded { .. } => number.to_string() != printed,
        DocumentNumber::Ordinal(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<String> {
        find_numbers(words).into_iter().map(|number| number.value.to_string()).collect()
    }

    #[test]
    fn a_number_is_read_in_any_brackets() {
        for words in
            ["某政发〔2024〕3号", "某政发﹝2024﹞3号", "某政发[2024]第03号", "某政发（2024）3号"]
        {
            assert_eq!(shown(words), ["某政发〔2024〕3号"], "{words}");
        }
    }

    #[test]
    fn words_before_the_code_are_no_part_of_it() {
        assert_eq!(shown("根据某政办发〔2020〕15号文件"), ["某政办发〔2020〕15号"]);
        assert_eq!(shown("2031年绿化工作要点某绿办〔2020〕15号"), ["某绿办〔2020〕15号"]);
        assert_eq!(shown("2031年5月6日某绿办〔2020〕15号"), ["某绿办〔2020〕15号"]);
        assert_eq!(shown("除某绿办〔2020〕15号外"), ["某绿办〔2020〕15号"]);
        assert_eq!(shown("仍可享受某绿办〔2020〕15号"), ["某绿办〔2020〕15号"]);
        assert_eq!(shown("《某通知》（某规划发〔2020〕15号）"), ["某规划发〔2020〕15号"]);
        assert_eq!(shown("日政发〔2020〕15号"), ["日政发〔2020〕15号"]);
        assert_eq!(shown("关于种树的专题会议纪要某专纪〔2020〕15号"), ["某专纪〔2020〕15号"]);
        assert_eq!(shown("某市绿化纪要〔2020〕15号"), ["某市绿化纪要〔2020〕15号"]);
        assert_eq!(shown("某省园林绿化厅某园便函〔2020〕15号"), ["某园便函〔2020〕15号"]);
        assert_eq!(shown("花木部办公厅某园厅函〔2020〕15号"), ["某园厅函〔2020〕15号"]);
        for (printed, whole) in [
            ("某省园林绿化委员会公告〔2020〕第15号", "某省园林绿化委员会公告〔2020〕第15号"),
            ("某苗圃区管理委员会办发〔2020〕15号", "某苗圃区管理委员会办发〔2020〕15号"),
        ] {
            assert_eq!(shown(printed), [whole]);
        }
        assert_eq!(shown("《某方案》（某政发〔2020〕5号）"), ["某政发〔2020〕5号"]);
        assert_eq!(shown("按某部公告〔2020〕第15号公布"), ["某部公告〔2020〕第15号"]);
        assert_eq!(
            shown("（2020年3月1日某市人民政府某府规〔2020〕5号发布）"),
            ["某府规〔2020〕5号"]
        );
    }

    #[test]
    fn a_year_and_a_house_number_are_no_document_number() {
        assert_eq!(shown("（2024年）12号楼"), Vec::<String>::new());
    }

    #[test]
    fn an_order_is_numbered_by_its_issuer() {
        let number = find_order_number("某市人民政府令\n（第十六号）").unwrap();
        assert_eq!(number.value.to_string(), "某市人民政府令第16号");
        let number = find_order_number("某部某局公告2031年第8号").unwrap();
        assert_eq!(number.value.to_string(), "某部某局公告2031年第8号");
        for words in ["某局公告（2031年第8号）（苗木名录）", "某局公告\n2031年第8号"]
        {
            assert_eq!(find_order_number(words).unwrap().value.to_string(), "某局公告2031年第8号");
        }
        assert_eq!(find_order_number("责令第三方"), None);
        let number = find_order_number("某国园林总局\n某国林业部\n令\n第 26 号").unwrap();
        assert_eq!(number.value.to_string(), "某国园林总局某国林业部令第26号");
        let number = find_order_number("2031年7月7日某市人民政府第十六号令发布").unwrap();
        assert_eq!(number.value.to_string(), "某市人民政府令第16号");
        let number = find_order_number("某园林局2031年第16号令").unwrap();
        assert_eq!(number.value.to_string(), "某园林局令2031年第16号");
        assert_eq!(find_order_number("会同第三方号令群众种树"), None);
    }

    #[test]
    fn a_head_may_name_the_order_of_another() {
        let own = |head: &str| find_own_order(head).map(|number| number.value.to_string());
        let title = "【绿化】某园林局公告（2031年第8号）（苗木名录）";
        assert_eq!(own(title).as_deref(), Some("某园林局公告2031年第8号"));
        assert_eq!(own("某局关于执行某园林局公告2031年第8号的通知"), None);
        let title = "某园林局关于苗木发票的公告（某园林局公告2031年第8号）";
        assert_eq!(own(title).as_deref(), Some("某园林局公告2031年第8号"));
        assert_eq!(own("（依据某国园林部第12号令制定）"), None);
        let passed = "（2031年5月6日经某市人民政府第12号令公布）";
        assert_eq!(own(passed).as_deref(), Some("某市人民政府令第12号"));
    }

    #[test]
    fn only_the_canonical_print_has_the_canonical_form() {
        let number = &find_numbers("某政发〔2024〕3号").remove(0).value;
        assert!(!number_form_differs(number, "某政发〔2024〕3号"));
        assert!(number_form_differs(number, "某政发 〔2024〕3号"));
    }
}
