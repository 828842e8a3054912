//! Statements that put bodies in charge in the middle of a text: 由某局牵头, 某局负责…. In: a block; out: notes whose words remain part
//! of the text. The surprise: what stands behind the body that leads names those who help it, and may be a task as well.

use super::{Note, assign_list, is_body, note};
use crate::document::{Assignment, Role};
use crate::extract::outline::Block;
use crate::extract::paragraph::{find_sentences, split};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// 由市园林局负责.
static ENTRUSTED: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"由([\p{Han}、（）()]{1,70}?(?:[，,]各[\p{Han}、（）()]{1,30}?)?(?:局|厅|委|[^支总]部|办公室|政府|管委会|部门|单位|机关|(?:主管|经办|管理|监督|监管|执法|稽查)机构|中心|办|[^公]司|科学院|研究院|[残妇]联|海关|派出所|总队|支队|大队|指挥部|领导小组|[台测务作检监]站|[局厅委][\p{Han}]{2,8}[处科]|乡镇[（(]街道[）)]|[市县区][（(](?:[市县区]、?){1,3}[）)])|(?:属地|所在地?|各)?乡镇[（(]街道[）)])(?:[（(]以下(?:简称|称)[^（）()]*[）)])?",
        r"(?:等(?:有关|相关)?部门)?(?:[，,]?(?:按照?|根据)(?:各自)?的?(?:职责分工|职责|分工)(?:和[\p{Han}]{2,12}?)?|分别|共同|统筹)?",
        r"(?:(牵头负责|负责牵头|牵头)|(具体负责|负责|承办|共同组织实施)(?:[\p{Han}“]{2}|[，,。；、）)]|$))"
    ))
});

/// 由市园林局牵头，会同水务局、林业局等部门…: who helps the body that leads.
static HELPERS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^[，,]?会同(?:([\p{Han}、（）()]{2,80}?(?:局|厅|委|办|办公室|政府|管委会|部门|单位|公司|集团|中心))(?:对|进行|组织|共同|按|制[定订]|研究|负责|确定|开展|做好|统筹|实施|落实|[，,。；]|$)",
        r"|([\p{Han}、（）()]{2,120}?)等(?:有关|相关|行业|主管|职能|成员)*(?:部门|单位))"
    ))
});

/// 由市园林局牵头，各区政府配合: the others of the same statement, and what they do.
static BESIDES: Pattern = LazyLock::new(|| {
    pattern(
        r"^[，,](?:会同|联合|与|商)?([\p{Han}、（）()]{2,80}?)(?:等(?:有关|相关)*(?:部门|单位)?)?(?:(?:按照?|根据)(?:各自)?的?(?:职责分工|职责|分工)|分别|共同)?(?:(配合|参与|协助|协同|协办)|(具体负责|负责|落实))(?:[，,。；;）)]|$)",
    )
});

/// 督促各区政府落实 is what the one that leads does.
pub(super) static ACTS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:推动|推进|督促|督导|指导|组织|协调|统筹|加强|强化|确保|抓好|积极|引导|监督|要求|支持|动员|负责|做好)",
    )
});

/// 市园林局负责牵头…, 市园林局牵头…: a named department that opens a statement and is put in charge by it.
static PUT_IN_CHARGE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:^|[。；;])((?:(?:[\p{Han}]{2,14}(?:局|厅|委|办|分行|支行|海关|中心)、){0,6}(?:[省市县区州]|国家)[\p{Han}]{1,18}?(?:局|厅|委|办公室|办|中心|专班|指挥部)(?:、[\p{Han}]{2,14}?(?:局|厅|委|办|中心)){0,4}|联席会议办公室|领导小组办公室|[省市县区州]委(?:组织|宣传)部|[\p{Han}]{2,8}管理中心))(负责牵头|牵头负责|具体负责|发挥牵头作用[，,]负责|牵头|负责)(?:[\p{Han}“]{2}|[，,][\p{Han}、（）()]{2,60}?(?:配合|参与|协助|等[，,]?要))",
        r"|[，,](联席会议办公室|领导小组办公室|[省市县区州]委(?:组织|宣传)部|(?:[省市县区州]|国家)[\p{Han}]{1,12}?(?:局|厅|委))(负责牵头|牵头负责|具体负责|负责)[\p{Han}“]{2}",
        // 各级园林部门、财政部门根据…，负责…; 市、县（区）园林部门会同…负责….
        // 各区政府是…的主体，负责…; 属地政府为…主体，应按规定负责….
        r"|(?:^|[。；;])((?:各[市县区镇乡州]|辖区|属地|所在地)[\p{Han}、（）()]{0,10}?(?:政府|管委会))[是为][^。；，,]{2,}主体[，,](?:应当?[\p{Han}]{0,16}?)?(负责牵头|牵头负责|具体负责|负责)[\p{Han}“]{2}",
        r"|(?:^|[。；;，,])((?:各级|辖区|属地|国务院|[省市县区州](?:、各?[市县区](?:[（(][市县区、]{1,5}[）)])?)?)[\p{Han}]{1,18}?(?:部门|领导小组办公室)(?:[、和][\p{Han}]{2,10}?部门){0,3})(?:会同[^，。；]{2,}?)?(?:是[^，。；]{2,}(?:主管|管理|责任|牵头)部门)?(?:(?:按照?|根据|依据?)[^。；]{2,50}?|在[^，。；]{2,}(?:范围|职责)内)?[，,]?(负责牵头|牵头负责|具体负责|牵头|负责)[\p{Han}“]{2}"
    ))
});

/// 负责解释 is about the document; 负责同志 is a person.
static NOT_IN_CHARGE: Pattern =
    LazyLock::new(|| pattern(r"(?:解释|解读|同志|人员)[\p{Han}“]?$|负责人[\p{Han}“&&[^才]]?$"));

/// 本意见: the document itself.
static ITSELF: Pattern = LazyLock::new(|| {
    pattern(r"^本(?:意见|通知|方案|措施|办法|规划|计划|规定|条例|细则|要点|决定)")
});

/// Who is meant by these the text does not name, or it is no public body.
const GENERIC: [&str; 18] = [
    // 由市园林局指定一家单位.
    "指定",
    "有关",
    "相关",
    "县级以上",
    "行业主管部门",
    "其主管部门",
    "第三方",
    "施工单位",
    "用人单位",
    "建设单位",
    "申请单位",
    "申报单位",
    "申报部门",
    "完成单位",
    "产权单位",
    "责任单位",
    "本单位",
    "所在单位",
];

/// What a statement is about is told within so many bytes behind it.
const SENTENCE_BYTES_MAX: usize = 600;

/// Whether `names` tell nobody in particular; 市园林主管部门 is the one of the city.
fn is_generic(names: &str) -> bool {
    static OF_LEVEL: Pattern = LazyLock::new(|| {
        pattern(r"^(?:国务院|自治[区州县]|[\p{Han}]{0,4}[省市县区州])[\p{Han}、（）()]{2,}主管部门")
    });
    GENERIC.iter().any(|word| names.contains(word))
        || (names.contains("主管部门") && !OF_LEVEL.is_match(names))
}

/// Whether a name that is entrusted with something is that of a body.
fn is_entrusted(name: &str) -> bool {
    is_body(name) || name.ends_with(['站', '所'])
}

/// 由县苗圃负责育苗，县园林站、县林业局配合: a clause that says only who helps.
static SUPPORTERS: Pattern = LazyLock::new(|| {
    pattern(
        r"^([\p{Han}、（）()]{2,80}?)(?:等(?:有关|相关)*(?:部门|单位))?(?:积极|密切|共同)?(?:(?:配合|参与|参加|协办)|协助[\p{Han}“”、]{0,20})$",
    )
});

/// 鼓励苗圃机构参与 is what is to be done.
static INVITES: Pattern = LazyLock::new(|| {
    pattern(r"^(?:鼓励|吸引|邀请|支持|引导|动员|组织|可|应|需|请|由|让|使|并|在|对|向|与|经)")
});

/// The bodies that the clauses of the sentence behind a statement name as helping.
fn find_supporters(clean: &str, rest: Span) -> Vec<Assignment> {
    let sentence = rest.slice(clean).split(['。', '；', ';']).next().unwrap_or_default();
    let sentence = Span::new(rest.byte_start, rest.byte_start + sentence.len());
    if !["配合", "参", "协"].iter().any(|word| sentence.slice(clean).contains(word)) {
        return Vec::new();
    }
    let clauses = split(clean, sentence, &['，', ',']).into_iter();
    clauses
        .filter_map(|clause| {
            let list = SUPPORTERS.captures(clause.slice(clean))?.get(1)?;
            let list = Some(list).filter(|list| !INVITES.is_match(list.as_str()))?;
            let place = Span::new(list.start(), list.end()).shifted(clause.byte_start);
            let helpers = assign_list(clean, place, Role::Support);
            are_named(list.as_str(), &helpers).then_some(helpers)
        })
        .flatten()
        .filter(is_named)
        .collect()
}

/// Whether all of a list are bodies. 园林、水务、林业部门: the noun behind the last name is that of all.
fn are_named(list: &str, names: &[Assignment]) -> bool {
    let shares_noun = list.ends_with("部门") && list.contains('、');
    !names.is_empty() && (shares_noun || names.iter().all(|one| is_entrusted(&one.agent.value)))
}

/// 有关部门 names nobody.
fn is_named(one: &Assignment) -> bool {
    !["有关", "相关"].iter().any(|word| one.agent.value.starts_with(word))
}

/// What stands behind 负责 where nobody is put in charge.
static DESCRIBES: Pattern =
    LazyLock::new(|| pattern(r"^(?:人|同志|者|任|解释|解读|[^，。；：、]{0,4}的)"));

/// 由某局负责: statements that entrust a body with something; their words remain text.
pub(super) fn find_entrusted(clean: &str, block: usize, place: &Block, notes: &mut Vec<Note>) {
    let words = place.span.slice(clean);
    if !words.contains('由') {
        return;
    }
    for found in ENTRUSTED.captures_iter(words) {
        let (Some(names), Some(role)) = (found.get(1), found.get(2).or(found.get(3))) else {
            continue;
        };
        let span = Span::new(names.start(), role.end()).shifted(place.span.byte_start);
        let covered = notes.iter().any(|note| note.span.contains(span));
        // 由某局牵头，各单位负责解释 is about the document.
        let near =
            words.get(role.end()..words.floor_char_boundary(role.end() + SENTENCE_BYTES_MAX));
        let sentence = near.and_then(|rest| rest.split('。').next());
        let explains = sentence.is_some_and(|rest| rest.contains("负责解释"));
        let is_generic = names.as_str().split(['，', ',']).all(is_generic);
        // 由市园林局负责管理的公园 tells which parks, 由市园林局负责人签发 who signs.
        let behind = words.get(role.end()..).unwrap_or_default();
        let describes = DESCRIBES.is_match(behind);
        let mut assignments = note::parse_note(clean, span);
        let are_bodies = assignments.iter().all(|one| is_entrusted(&one.agent.value));
        let rest = Span::new(role.end(), words.len()).shifted(place.span.byte_start);
        if found.get(2).is_some() || role.as_str() == "承办" {
            assignments.extend(find_others(clean, rest));
        }
        for one in find_supporters(clean, rest) {
            if !assignments.iter().any(|known| known.agent.value == one.agent.value) {
                assignments.push(one);
            }
        }
        if !describes && !covered && !is_generic && !explains && are_bodies {
            notes.push(Note { block, span, assignments, stays: true });
        }
    }
}

/// 以下任务均需各区政府落实: a sentence that gives bodies a share in this item and in those that follow.
pub(super) fn find_standing(clean: &str, block: usize, place: &Block, notes: &mut Vec<Note>) {
    let words = place.span.slice(clean);
    if !words.contains("以下") || place.is_heading {
        return;
    }
    for sentence in find_sentences(clean, place.span) {
        let Some(list) = note::find_standing(sentence.slice(clean)) else { continue };
        let list = list.shifted(sentence.byte_start);
        let assignments = assign_list(clean, list, Role::Responsible);
        let covered = notes.iter().any(|note| note.span.contains(list));
        if !covered && are_named(list.slice(clean), &assignments) {
            notes.push(Note { block, span: list, assignments, stays: true });
        }
    }
}

/// Statements that a named department opens and that put it in charge; their words remain text.
pub(super) fn find_put_in_charge(clean: &str, block: usize, place: &Block, notes: &mut Vec<Note>) {
    let words = place.span.slice(clean);
    if !words.contains("牵头") && !words.contains("负责") {
        return;
    }
    for found in PUT_IN_CHARGE.captures_iter(words) {
        let group = |numbers: [usize; 4]| numbers.into_iter().find_map(|at| found.get(at));
        let groups = (group([1, 3, 5, 7]), group([2, 4, 6, 8]));
        let (Some(name), Some(role)) = groups else { continue };
        let whole = found.get(0).map_or("", |whole| whole.as_str());
        let span = Span::new(name.start(), role.end()).shifted(place.span.byte_start);
        let covered = notes.iter().any(|note| note.span.contains(span));
        // 某局牵头负责本意见实施 is about the document.
        let rest = Span::new(role.end(), words.len()).shifted(place.span.byte_start);
        let is_own = ITSELF.is_match(rest.slice(clean));
        if covered || is_own || is_phrase(name.as_str()) || NOT_IN_CHARGE.is_match(whole) {
            continue;
        }
        let leads = role.as_str().contains("牵头");
        let list = Span::new(name.start(), name.end()).shifted(place.span.byte_start);
        let role = if leads { Role::Lead } else { Role::Responsible };
        let mut assignments = assign_list(clean, list, role);
        if leads && rest.slice(clean).starts_with(['，', ',']) {
            assignments.extend(find_others(clean, rest));
        }
        notes.push(Note { block, span, assignments, stays: true });
    }
}

/// Whether words are more than names of bodies: 报市园林局. 经开区 and 对外 stand in names.
fn is_phrase(names: &str) -> bool {
    static IN_NAMES: Pattern = LazyLock::new(|| pattern(r"经[开济信贸发管合]|对[外台]|[日晚]报"));
    let rest = IN_NAMES.replace_all(names, "");
    rest.contains(['请', '由', '向', '对', '为', '的', '经', '报'])
}

/// The bodies that a statement names behind the one that leads: those it works with, and those that do their own share.
fn find_others(clean: &str, rest: Span) -> Vec<Assignment> {
    let words = rest.slice(clean);
    let place = |list: Span| list.shifted(rest.byte_start);
    if let Some(found) = HELPERS.captures(words) {
        let Some(list) = found.get(1).or(found.get(2)) else { return Vec::new() };
        let list = place(Span::new(list.start(), list.end()));
        let mut helpers = assign_list(clean, list, Role::Support);
        helpers.retain(is_named);
        return helpers;
    }
    let Some(found) = BESIDES.captures(words) else { return Vec::new() };
    let Some(list) = found.get(1).filter(|list| !ACTS.is_match(list.as_str())) else {
        return Vec::new();
    };
    let role = if found.get(2).is_some() { Role::Support } else { Role::Responsible };
    let mut others = assign_list(clean, place(Span::new(list.start(), list.end())), role);
    let are_bodies = are_named(list.as_str(), &others);
    others.retain(|one| are_bodies && is_named(one));
    others
}
