//! Signature, date and openness. In: paragraphs; out: who signed, when, and which paragraphs are theirs.
//! The signature is a line with a body above a line that is only a date. The surprise: in a notice
//! that issues a plan it stands in the middle of the text, before the plan.

use super::date::find_dates;
use super::title::{ends_like_body, is_body_name};
use crate::document::{Date, Located, Openness};
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// How many lines above the date may be signing bodies.
const SIGNERS_MAX: usize = 16;

static OPENNESS: Pattern = LazyLock::new(|| {
    pattern(
        r"此件(?:主动)?公开(?:发布)?|(?:公开(?:属性|方式|形式|类别)[：:]?)?(?:主动公开|依申请公开|不予公开)|此件(?:依申请公开|不公开|不予公开)",
    )
});

static NAMES: Pattern = LazyLock::new(|| pattern(r"[^\s\u{3000}\u{A0}、]+"));

/// What a body of the centre, or its branch in a place, is called first.
static CENTRAL: Pattern =
    LazyLock::new(|| pattern(r"^(?:中华人民共和国|中国共产党|国家|中国|国务院|全国)"));

/// How the provinces are called, without 省 and 自治区.
macro_rules! provinces {
    () => {
        "(?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)"
    };
}

static PROVINCE: Pattern = LazyLock::new(|| pattern(provinces!()));

static OPENS_PLACE: Pattern = LazyLock::new(|| {
    pattern(concat!(r"^(?:中共)?", provinces!(), r"(?:省|市|自治区|[\p{Han}]{1,2}族)"))
});

/// What the signature tells, and the paragraphs that it takes.
#[derive(Default)]
pub(super) struct Signature {
    pub(super) signers: Vec<Located<String>>,
    pub(super) signed_on: Option<Located<Date>>,
    pub(super) paragraphs: Vec<usize>,
}

/// The first date line with a body above it, else the first date line, else a date line that runs on
/// from the body's name.
pub(super) fn find_signature(text: &Text, paragraphs: &[Span]) -> Signature {
    let mut unsigned = Signature::default();
    for (at, &span) in paragraphs.iter().enumerate() {
        let line = text.slice(span);
        let mut above =
            paragraphs.get(..at).unwrap_or_default().iter().rev().map(|&above| text.slice(above));
        let nearest = above.find(|line| !is_stamp_note(line));
        // A date right behind the list of attachments stands where the signature does.
        let lists = |line: &str| line.contains("附件：") || line.contains("附件:");
        let signs = |line: &str| ends_like_body(line) || find_signer_behind(line).is_some();
        let above_signs = nearest.is_some_and(|line| signs(line) || lists(line));
        let Some(date) = find_line_date(line, above_signs) else { continue };
        // 某市绿化办公室（某市园林局代章）2031年5月6日: the note of the stamp is no name.
        let name_end = find_stamp_note(line, date.span.byte_start);
        let before = Span::new(span.byte_start, span.byte_start + name_end);
        let located = Located::new(date.value, date.span.shifted(span.byte_start));
        let mut signers = Vec::new();
        let mut taken = vec![at];
        match find_signers(text, before) {
            Some(names) => signers.extend(names),
            None if !before.is_empty() => continue,
            None => {}
        }
        for above in (0..at).rev().take(SIGNERS_MAX) {
            let Some(&signer) = paragraphs.get(above) else { break };
            let name = text.slice(signer);
            if is_stamp_note(name) {
                taken.push(above);
                continue;
            }
            // No name is left of a line that another has run into.
            let whole = find_signers(text, signer).filter(|names| !names.is_empty());
            let Some(names) = whole else {
                let behind = find_signer_behind(name).or_else(|| find_glued_signer(name, &signers));
                let behind = behind.map(|name| name.shifted(signer.byte_start));
                let names = behind.and_then(|place| find_signers(text, place));
                signers.splice(0..0, names.into_iter().flatten());
                if join_wrapped(text, signer, &mut signers) {
                    taken.push(above);
                    continue;
                }
                break;
            };
            signers.splice(0..0, names);
            taken.push(above);
        }
        join_branches(text, &mut signers);
        let signature = Signature { signers, signed_on: Some(located), paragraphs: taken };
        if !signature.signers.is_empty() {
            return signature;
        }
        if unsigned.signed_on.is_none() {
            unsigned = signature;
        }
    }
    unsigned
}

/// Puts the beginning of a name that stands in `line` before its rest: where signers stand in two columns, 某市绿化和 | 某市林业局
/// has 园林管理局 below it, behind the other column's name.
fn join_wrapped(text: &Text, line: Span, signers: &mut Vec<Located<String>>) -> bool {
    const COLUMNS_MAX: usize = 2;
    let opening = text.slice(line);
    let home: String = opening.chars().take(2).collect();
    let rest = signers.iter().take(COLUMNS_MAX).position(|name| !name.value.starts_with(&home));
    let others = signers.iter().filter(|name| name.value.starts_with(&home)).count();
    let Some(at) = rest.filter(|_| others > 0 && others + 1 == signers.len()) else { return false };
    let Some(value) = signers.get(at).map(|rest| format!("{opening}{}", rest.value)) else {
        return false;
    };
    let is_name = find_glued(&value, &home).is_none()
        && is_body_name(&value)
        && !opening.contains(|c: char| !c.is_alphabetic());
    if is_name {
        let rest = signers.remove(at);
        signers.insert(0, Located::new(value, Span::new(line.byte_start, rest.span.byte_end)));
    }
    is_name
}

/// 国家税务总局 | 某市税务局: a line end inside the name of a central body's branch.
fn join_branches(text: &Text, signers: &mut Vec<Located<String>>) {
    const BRANCHES: [(&str, &[&str]); 3] = [
        ("总局", &["税务局", "监管局", "监管分局"]),
        ("监督管理委员会", &["监管局", "监管分局"]),
        ("银行", &["分行", "支行"]),
    ];
    for at in (1..signers.len()).rev() {
        let Some([body, branch]) = signers.get(at - 1..=at) else { continue };
        let is_branch = BRANCHES.iter().any(|(end, ends)| {
            body.value.ends_with(end) && ends.iter().any(|end| branch.value.ends_with(end))
        });
        let gap = Span::new(body.span.byte_end, branch.span.byte_start.max(body.span.byte_end));
        let joins = is_branch
            && CENTRAL.is_match(&body.value)
            && !PROVINCE.is_match(&body.value)
            && !CENTRAL.is_match(&branch.value)
            && gap.slice(text.clean()).contains('\n')
            && gap.slice(text.clean()).trim().is_empty();
        if joins {
            let whole = Span::new(body.span.byte_start, branch.span.byte_end);
            let joined = Located::new(format!("{}{}", body.value, branch.value), whole);
            signers.splice(at - 1..=at, [joined]);
        }
    }
}

/// The names that `line` consists of, also with 、 between them.
fn find_signers(text: &Text, line: Span) -> Option<Vec<Located<String>>> {
    /// 省园林厅、水务厅 is a row of short names inside a sentence.
    const NAME_CHARS_MIN: usize = 5;
    let words = text.slice(line);
    let is_whole = |name: &&str| name.chars().count() >= NAME_CHARS_MIN && is_body_name(name);
    if words.contains('、') && words.split('、').all(|name| is_whole(&name)) {
        let parts = split(text.clean(), line, &['、']);
        return Some(parts.into_iter().flat_map(|part| split_names(text, part)).collect());
    }
    if !ends_like_body(words) {
        return None;
    }
    let names = split_names(text, line);
    names.iter().all(|name| is_body_name(&name.value)).then_some(names)
}

/// 请遵照执行。某市园林局（某局代章）: the signer behind the last sentence of a text that has lost a line end.
fn find_signer_behind(line: &str) -> Option<Span> {
    const NAME_CHARS_MIN: usize = 5;
    let line = line.get(..find_stamp_note(line, line.len()))?;
    let (before, behind) = line.rsplit_once('。')?;
    let name = behind.trim_start();
    let is_name = ends_like_body(name) && name.chars().count() >= NAME_CHARS_MIN;
    (is_name && !before.is_empty()).then(|| Span::new(line.len() - name.len(), line.len()))
}

/// 附件：苗木汇总表某省园林局, above other bodies of the province: the signer that has run into the list of attachments.
fn find_glued_signer(line: &str, signers: &[Located<String>]) -> Option<Span> {
    const NAME_CHARS_MIN: usize = 5;
    static LISTED: Pattern = LazyLock::new(|| pattern(r"附[件表][^。；]*$|[表单册]$"));
    let home: String = signers.first()?.value.chars().take(2).collect();
    let at = line.rfind(&home)?;
    let (before, name) = line.split_at_checked(at)?;
    let is_name = is_body_name(name) && name.chars().count() >= NAME_CHARS_MIN;
    let are_neighbours = signers.iter().all(|signer| signer.value.starts_with(&home));
    (is_name && are_neighbours && LISTED.is_match(before)).then(|| Span::new(at, line.len()))
}

/// Where the note of the stamp begins that stands before the byte `at` of `line`; `at` where there is none.
pub(super) fn find_stamp_note(line: &str, at: usize) -> usize {
    let before = line.get(..at).unwrap_or_default().trim_end();
    let note =
        before.rfind(['（', '(']).filter(|&open| before.get(open..).is_some_and(is_stamp_note));
    note.unwrap_or(at)
}

/// （某局代章） says who stamped for the signer.
fn is_stamp_note(line: &str) -> bool {
    line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && line.contains('代')
}

/// A date that is all that a line has, or that ends a short line; below a signer also one that other text is glued to.
fn find_line_date(line: &str, above_signs: bool) -> Option<Located<Date>> {
    /// A line that is no row of names, with its date, is no longer than this; a row of them may be.
    const LINE_CHARS_MAX: usize = 60;
    const ROW_CHARS_MAX: usize = 200;
    let first = find_dates(line).into_iter().next().filter(|date| {
        let behind = line.get(date.span.byte_end..).unwrap_or_default();
        let is_time = behind.starts_with(['起', '前', '至', '到', '以', '，', '—', '-']);
        date.span.byte_start == 0 && above_signs && !is_time
    });
    if first.is_some() {
        return first;
    }
    let chars = line.chars().count();
    if chars > ROW_CHARS_MAX || line.contains(['。', '：', ':']) {
        return None;
    }
    find_dates(line).into_iter().next_back().filter(|date| {
        let is_row = || ends_like_body(line.get(..date.span.byte_start).unwrap_or_default());
        let rest = line.get(date.span.byte_end..).unwrap_or_default();
        (rest.is_empty() || rest == "印发") && (chars <= LINE_CHARS_MAX || is_row())
    })
}

/// A line of several signers is split where the source has spaces, which cleaning has dropped, and where one name ends and the
/// next begins without any.
pub(super) fn split_names(text: &Text, line: Span) -> Vec<Located<String>> {
    let spaced: Vec<&str> =
        NAMES.find_iter(text.source_slice(line)).map(|name| name.as_str()).collect();
    let whole = text.slice(line);
    // A row of a table at the end of a text signs nothing.
    if whole.contains('\t') || whole.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let are_names = spaced.len() > 1 && spaced.iter().all(|name| is_body_name(name));
    let printed = if are_names { spaced } else { vec![whole] };
    let first = printed.first().copied().unwrap_or_default();
    // The branch of a central body names its place inside.
    let branch = PROVINCE.find(first).filter(|_| CENTRAL.is_match(first));
    // 中共某市委某市人民政府: the place stands behind 中共.
    let place = first.strip_prefix("中共").filter(|_| !CENTRAL.is_match(first)).unwrap_or(first);
    let home: String = branch.map_or_else(
        || place.chars().take(2).filter(|_| !CENTRAL.is_match(place)).collect(),
        |place| place.as_str().to_owned(),
    );
    let mut byte_start = line.byte_start;
    printed
        .into_iter()
        .flat_map(|name| split_glued(name, &home))
        .map(|name| {
            let span = Span::new(byte_start, byte_start + name.len());
            byte_start = span.byte_end;
            Located::new(name.to_owned(), span)
        })
        .collect()
}

/// 某省园林局中华人民共和国某省海关: names without a space between them. `home` opens the names of the place. A central body's
/// name goes on over the place where it has its branch: 国家税务总局某省税务局 is one.
fn split_glued<'a>(words: &'a str, home: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut rest = words;
    while let Some(cut) = find_glued(rest, home) {
        let (name, behind) = rest.split_at(cut);
        names.push(name);
        rest = behind;
    }
    names.push(rest);
    names
}

/// Where the first of two glued names ends.
fn find_glued(words: &str, home: &str) -> Option<usize> {
    const NAME_CHARS_MIN: usize = 4;
    let is_name = |name: &str| {
        name == "中共中央" || (name.chars().count() >= NAME_CHARS_MIN && is_body_name(name))
    };
    let starts = words.char_indices().map(|(at, _)| at).skip(NAME_CHARS_MIN);
    let mut cuts = starts.filter_map(|at| words.split_at_checked(at));
    let (name, _) = cuts.find(|(name, behind)| {
        let at_home = !home.is_empty() && behind.starts_with(home);
        let has_place = PROVINCE.is_match(name) || (!home.is_empty() && name.contains(home));
        let is_branch = CENTRAL.is_match(name) && !has_place;
        let opens = at_home
            || CENTRAL.is_match(behind)
            || OPENS_PLACE.is_match(behind)
            || name.ends_with("办公厅")
            || (*name == "中共中央" && !behind.starts_with("办公厅"));
        let is_border = opens && (!is_branch || CENTRAL.is_match(behind));
        is_border && is_name(name) && ends_like_body(behind)
    })?;
    Some(name.len())
}

/// The note that tells whether the document is public, and the paragraph that is nothing else.
pub(super) fn find_openness(
    text: &Text,
    paragraphs: &[Span],
) -> Option<(Located<Openness>, usize)> {
    paragraphs.iter().enumerate().find_map(|(at, &span)| {
        let line = text.slice(span);
        let found = OPENNESS.find(line).filter(|_| line.chars().count() <= 24)?;
        let words = found.as_str();
        let value = if words.contains("依申请") {
            Openness::OnRequest
        } else if words.contains('不') {
            Openness::Closed
        } else {
            Openness::Open
        };
        let place = Span::new(found.start(), found.end()).shifted(span.byte_start);
        Some((Located::new(value, place), at))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::paragraph::find_paragraphs;
    use super::*;

    fn signature(words: &str) -> (Vec<String>, Option<String>) {
        let text = Text::from_source(words.into());
        let found = find_signature(&text, &find_paragraphs(text.clean()));
        let names = found.signers.into_iter().map(|signer| signer.value).collect();
        (names, found.signed_on.map(|date| date.value.to_string()))
    }

    #[test]
    fn a_body_above_a_date_has_signed() {
        let (names, date) = signature("请遵照执行。\n某市人民政府\n2024年5月6日\n（此件公开发布）");
        assert_eq!((names, date.as_deref()), (vec!["某市人民政府".to_owned()], Some("2024-05-06")));
        assert_eq!(
            signature("执行。\n某省财政厅 某省商务厅\n二〇二四年五月六日").0,
            ["某省财政厅", "某省商务厅"]
        );
        assert_eq!(signature("某市绿化办公室2024年5月6日").0, ["某市绿化办公室"]);
        assert_eq!(
            signature("执行。\n某省商务厅 某省财政厅　2024年5月6日").0,
            ["某省商务厅", "某省财政厅"]
        );
        assert_eq!(
            signature("执行。\n某省财政厅　　某州海关　　某省税务局\n2024年5月6日").0,
            ["某省财政厅", "某州海关", "某省税务局"]
        );
    }

    #[test]
    fn names_without_a_space_between_them_are_several_signers() {
        let names = |line: &str| signature(&format!("执行。\n{line}\n2024年5月6日")).0;
        assert_eq!(
            names("某省园林局中华人民共和国某省海关"),
            ["某省园林局", "中华人民共和国某省海关"]
        );
        assert_eq!(
            names("某省苗圃局 国家林业局某省调查总队某省花木局"),
            ["某省苗圃局", "国家林业局某省调查总队", "某省花木局"]
        );
        assert_eq!(
            names("中共广东省委办公厅广东省人民政府办公厅"),
            ["中共广东省委办公厅", "广东省人民政府办公厅"]
        );
        assert_eq!(
            names("国家林业局广东调查总队广东花木局"),
            ["国家林业局广东调查总队", "广东花木局"]
        );
        assert_eq!(names("园林和花木部办公厅苗圃部办公厅"), ["园林和花木部办公厅", "苗圃部办公厅"]);
        assert_eq!(
            signature("请遵照执行。某省园林局\n国家税务总局某省税务局\n2024年5月6日").0,
            ["某省园林局", "国家税务总局某省税务局"]
        );
        assert_eq!(
            signature("广东省园林厅中共广东省委绿化工作领导小组办公室广东省苗圃局广东省花木局广东省林业局2024年5月6日").0,
            ["广东省园林厅", "中共广东省委绿化工作领导小组办公室", "广东省苗圃局", "广东省花木局", "广东省林业局"]
        );
        assert_eq!(names("来源:某市园林局"), Vec::<String>::new());
        let row = "广东省园林局广东省苗圃局广东省花木局广东省林业局广东省草原局广东省公园局广东省绿化局广东省治水局广东省湿地局广东省山林局";
        assert_eq!(signature(&format!("执行。\n{row}2024年5月6日")).0.len(), 10);
        for line in ["国家税务总局广东省税务局", "中国农业银行某省分行", "某省园林局某市分局"]
        {
            assert_eq!(names(line), [line]);
        }
    }

    #[test]
    fn a_name_that_two_columns_have_torn_is_one() {
        assert_eq!(
            signature("执行。\n广东省园林局\n广东省绿化和\n广东省林业局\n苗木管理局\n2024年5月6日")
                .0,
            ["广东省园林局", "广东省绿化和苗木管理局", "广东省林业局"]
        );
        assert_eq!(
            signature("请执行\n广东省林业局\n苗木管理局\n2024年5月6日").0,
            ["广东省林业局", "苗木管理局"]
        );
    }

    #[test]
    fn the_branch_of_a_central_body_may_stand_on_the_next_line() {
        let names = |lines: &str| signature(&format!("执行。\n{lines}\n2024年5月6日")).0;
        assert_eq!(
            names("某市园林局\n国家税务总局\n某市税务局\n某市林业局"),
            ["某市园林局", "国家税务总局某市税务局", "某市林业局"]
        );
        assert_eq!(
            names("中国苗木银行\n国家税务总局\n某市园林局"),
            ["中国苗木银行", "国家税务总局", "某市园林局"]
        );
        assert_eq!(
            names("国家税务总局某省税务局\n某省税务局"),
            ["国家税务总局某省税务局", "某省税务局"]
        );
    }

    #[test]
    fn a_date_behind_the_list_of_attachments_is_the_signature() {
        let date = |words: &str| signature(words).1;
        assert_eq!(
            date("附件：1.花展报名表\n2024年5月6日2024年花展评委名单").as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(date("附件：1.花展报名表\n2024年5月6日起报名，请各单位填写"), None);
    }

    #[test]
    fn a_signer_may_stand_right_behind_the_last_sentence() {
        assert_eq!(
            signature("请认真组织实施。某市绿化领导小组办公室\n（某市园林局代章）\n2024年5月6日").0,
            ["某市绿化领导小组办公室"]
        );
        assert_eq!(
            signature("种树。\n某市绿化领导小组办公室（某市园林局代章）2024年5月6日").0,
            ["某市绿化领导小组办公室"]
        );
        assert_eq!(
            signature("请组织实施。　某市绿化办公室（某市园林局代章）\n2024年5月6日").0,
            ["某市绿化办公室"]
        );
        assert_eq!(
            signature("附件：1.苗木汇总表广东省园林局\n广东省林业局\n2024年5月6日").0,
            ["广东省园林局", "广东省林业局"]
        );
        assert_eq!(
            signature("2.花展申请表广东省园林局\n广东省林业局\n2024年5月6日").0,
            ["广东省园林局", "广东省林业局"]
        );
        assert_eq!(
            signature("请组织种树，报广东省园林局\n广东省林业局\n2024年5月6日").0,
            ["广东省林业局"]
        );
        assert_eq!(signature("请报送市园林局。\n2024年5月6日").0, Vec::<String>::new());
    }

    #[test]
    fn a_date_inside_a_sentence_is_no_signature() {
        assert_eq!(signature("本办法自2024年5月6日起施行。"), (Vec::new(), None));
    }

    #[test]
    fn a_note_tells_whether_the_document_is_public() {
        let table = [
            ("（此件公开发布）", Some(Openness::Open)),
            ("（此件主动公开）", Some(Openness::Open)),
            ("公开方式：依申请公开", Some(Openness::OnRequest)),
            ("推进政务信息公开和数据主动公开，完善制度，接受监督，回应关切。", None),
        ];
        for (words, openness) in table {
            let text = Text::from_source(words.into());
            let found = find_openness(&text, &find_paragraphs(text.clean()));
            assert_eq!(found.map(|(note, _)| note.value), openness, "{words}");
        }
    }
}
