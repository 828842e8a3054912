//! One note of who is in charge. In: the words of a note, without its brackets; out: assignments in the
//! order of the text. Two grammars: labelled (牵头单位：某局；配合单位：某委) and suffixed (某局牵头，
//! 某委配合). The surprise: in the suffixed one a role word governs every name since the last role word.

use super::agent::find_agents;
use crate::document::{Assignment, Located, Role};
use crate::extract::paragraph::split;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

static LABEL: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^[（(〔\[【]?(?:[一二三四1-9][、.])?[\p{Han}]{0,6}?",
        r"(牵头|责任|负责|配合|参与|参加|落实|主办|协办|承办|实施|主管|监管|督导|指导|推进|协同|协作|联系|完成|适用|办理)",
        r"[\p{Han}（）()、及和]{0,8}?(单位|部门|主体|机构|科室|处室|股室|地区|领导|人员|人|时限|时间|期限|范围|区域)?(?:[（(](?:单位|部门|科室)[）)])?[：:]"
    ))
});

static SUFFIX: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:等(?:有关|相关|职能|主管|行政|成员|责任|各)*(?:部门|单位|机构|地区)?(?:[和及]单位|单位)?)?(?:(?:共同)?(?:参与|配合|协助))?(?:(?:按照?|根据|依据?)(?:各自|部门)?(?:的)?(?:工作)?(?:职责|分工|职能|规定|要求)(?:分工)?|各司其职|共同|分别|具体|统一|分工)*",
        r"(?:负责牵头|牵头(?:负责|组织|推进|落实|实施)?|负责(?:落实|实施|组织实施|推进|具体实施)?|组织实施|组织落实|分工落实|抓好落实|贯彻落实|落实|实施|配合(?:落实|做好|实施)?|参与|参加|协助|协同|督导|指导|督促)(?:[（(][^（）()]*[）)]?)?$"
    ))
});

/// 审批科牵头承办，管理站协办: what those do whom a label names.
static OFFICE_ROLE: Pattern =
    LazyLock::new(|| pattern(r"(?:(?:负责)?(?:牵头|具体|共同|分别)?(?:承办|主办|办理)|协办)$"));

/// 综合窗口、园林窗口负责收件、受理: what they do of a procedure is told behind their names.
static STEPS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^([^，,；;]*?(?:[局委厅办会处科室站所口]|政府|中心|部门|单位|窗口))\s?",
        r"(?:负责[\p{Han}]|在[\p{Han}]{2,16}设立|(?:收件|受理|初审|复审|审核|审查|审批|核发|发证|制证|验收|公示|备案|反馈)(?:[、和及]|[^局委厅办会处科室站所口]*$)).*$"
    ))
});

/// What is said about other items or about time, not about who is in charge.
static ASIDE: Pattern = LazyLock::new(|| {
    pattern(
        r"以下(?:均|各|除|所有|任务|措施|政策|事项|工作|都)|不再(?:逐一|一一|单独|分别)?(?:列出|列明|标注|赘述)|完成时限|完成时间|时限要求|适用范围|^长期(?:坚持|推进)?$|^持续(?:推进|实施)$|年底前|月底前|^\d{4}年|为牵头",
    )
});

/// 以下均需各市落实: who has a share in this item and in those that follow.
static STANDING: Pattern = LazyLock::new(|| {
    pattern(
        r"^以下[\p{Han}]{0,6}?(?:均(?:需|须|由)|需|由)([\p{Han}、（）()<>〈〉]+?)(?:负责|抓好)?(?:落实|实施)",
    )
});

/// An aside in brackets says something of the name before it, or of the list.
static IN_BRACKETS: Pattern = LazyLock::new(|| pattern(r"[（(][^（）()]*[）)]"));

/// Between a role word and the next name of the same sentence.
static ROLE_THEN_NAME: Pattern =
    LazyLock::new(|| pattern(r"(?:牵头(?:负责)?|负责|配合|参与|协助)(?:、|；|\s)"));

/// A labelled part of a note that no role belongs to: persons, time, scope.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Role(Role),
    Other,
}

/// Whether `words` open with a label of this grammar, alone or behind the time: 6月底完成，牵头单位：市园林局.
pub(super) fn opens_with_label(words: &str) -> bool {
    let behind_time = || {
        let words = words.trim_start_matches(['（', '(', '〔', '[', '【']);
        let (time, rest) = words.split_once(['，', ',', '；', ';'])?;
        Some(rest).filter(|_| IS_TIME.is_match(time))
    };
    parse_label(words).or_else(|| behind_time().and_then(parse_label)).is_some()
}

/// What is said behind a note and is no part of it: 某局负责，以下均需各市落实; 某局负责，列第一的为牵头单位.
static BEHIND_NOTE: Pattern = LazyLock::new(|| {
    pattern(r"[，,；;](?:以下|[\p{Han}]{0,6}?(?:排|列)(?:名|序)?(?:在)?(?:第一|首位)).*$")
});

/// By when, or for how long: 2030年底前完成, 完成时间：持续推进.
macro_rules! time {
    () => {
        concat!(
            r"(?:(?:完成|实施|办理|推进)?(?:时限|时间|期限)(?:要求)?(?:为|[：:])?[^，,；;]*",
            r"|(?:力争|确保|争取|于|在)?(?:到|截至)?(?:20\d\d\s*年|1?\d\s*月|今年|明年|年[底内]|每年|每季|每月|上半年|下半年|全年|第?[一二三四]季度)[^，,；;局委厅]*",
            r"|(?:长期|持续|常态|常年|适时|尽快|立即|即时|分年|按年|按进度|逐年|同步|全程)[\p{Han}]{0,6})"
        )
    };
}

static IS_TIME: Pattern = LazyLock::new(|| pattern(concat!("^", time!(), "$")));

/// 某局负责，2030年底前完成: the time is no part of the role.
static TIME_BEHIND: Pattern = LazyLock::new(|| pattern(concat!(r"(?:[，,：:\s]", time!(), ")+$")));

/// 某办严控排放: a copy that lost its line end runs a name and the next paragraph together.
static RUN_ON: Pattern = LazyLock::new(|| {
    pattern(
        r"^([\p{Han}]{2,14}?(?:局|厅|委|办|政府|管委会)(?:办公厅|办公室)?)(?:[\p{Han}][^、，]{4,}|各[市县区地][^、，]*)$",
    )
});

/// 园林、水务等部门按职责分工负责: fields of work that only 部门 makes bodies.
static FIELDS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}&&[^经向由的请]]{2,8}(?:、[\p{Han}&&[^经向由的请]]{2,8}){1,8}等(?:有关|相关)?部门(?:(?:按照?|根据|依据?)(?:各自)?(?:职责|分工)|分工|共同|牵头|负责$|配合$)",
    )
});

/// Whether `words` end with a role word and name a body before it.
pub(super) fn is_suffixed(words: &str) -> bool {
    let first = words.split(['。', '；']).next().unwrap_or_default();
    let first = &*BEHIND_NOTE.replace(first, "");
    let first = &*TIME_BEHIND.replace(first, "");
    SUFFIX.is_match(first)
        && first.split(['，', ',']).any(|part| {
            if FIELDS.is_match(part) {
                return true;
            }
            let names =
                SUFFIX.find(part).map_or(part, |role| part.get(..role.start()).unwrap_or(part));
            find_agents(names, Span::new(0, names.len()))
                .iter()
                .any(|name| super::is_body(name.slice(names)))
        })
}

/// Whether a sentence tells only who does what: 市园林局牵头，市水务局配合，各区政府组织实施.
pub(super) fn tells_only_roles(sentence: &str) -> bool {
    const PARTS_CHARS_MAX: usize = 60;
    let parts: Vec<&str> = sentence.split(['，', ',', '；']).collect();
    let names_bodies = |part: &&str| {
        let names = parse_suffix(part).and_then(|(_, start)| part.get(..start)).unwrap_or_default();
        let agents = find_agents(names, Span::new(0, names.len()));
        part.chars().count() <= PARTS_CHARS_MAX
            && !agents.is_empty()
            && agents.iter().all(|name| {
                let name = name.slice(names);
                super::is_body(name)
                    && !name.contains("工作")
                    && !super::statement::ACTS.is_match(name)
            })
    };
    parts.len() >= 2 && sentence.contains("牵头") && parts.iter().all(names_bodies)
}

/// 某委产业发展司, 某局交通警察大队: an office inside a body is no next paragraph.
static INNER_OFFICE: Pattern =
    LazyLock::new(|| pattern(r"(?:司|处|科|室|站|所|队|校|馆|协会|联合会)$"));

/// 责任单位市园林局、市水务局: a label that lost its colon in front of bodies of a level.
fn parse_bare_label(words: &str) -> Option<(Label, usize)> {
    static BARE: Pattern = LazyLock::new(|| {
        pattern(
            r"^[（(〔\[【]?(责任|牵头|配合)(?:单位|部门)((?:[省市县区州]|各[市县区])[\p{Han}]{1,16}?(?:局|委|厅|办|政府|部门|中心|站)(?:[、，,；）)]|$))",
        )
    });
    let found = BARE.captures(words)?;
    let role = match found.get(1)?.as_str() {
        "牵头" => Role::Lead,
        "配合" => Role::Support,
        _ => Role::Responsible,
    };
    Some((Label::Role(role), found.get(2)?.start()))
}

fn parse_label(words: &str) -> Option<(Label, usize)> {
    let Some(found) = LABEL.captures(words) else { return parse_bare_label(words) };
    let (whole, verb) = (found.get(0)?, found.get(1)?);
    let sort = found.get(2).map_or("", |sort| sort.as_str());
    let printed = whole.as_str();
    // 【责任编辑：某某】: who edits the page of a website.
    if printed.contains("责任编辑") {
        return None;
    }
    let other = matches!(sort, "领导" | "人" | "人员" | "时限" | "时间" | "期限" | "范围" | "区域")
        || matches!(verb.as_str(), "完成" | "适用" | "办理");
    let role = if printed.contains("牵头") {
        Role::Lead
    } else if ["配合", "参与", "参加", "协办", "协同", "协作", "联系"]
        .iter()
        .any(|word| printed.contains(word))
    {
        Role::Support
    } else if printed.contains("督导") || printed.contains("指导") {
        Role::Guide
    } else {
        Role::Responsible
    };
    Some((if other { Label::Other } else { Label::Role(role) }, whole.end()))
}

fn parse_suffix(words: &str) -> Option<(Role, usize)> {
    let found = SUFFIX.find(words).or_else(|| OFFICE_ROLE.find(words))?;
    let printed = found.as_str();
    let role = if printed.contains("牵头") {
        Role::Lead
    } else if ["配合", "参与", "参加", "协助", "协同", "协办"]
        .iter()
        .any(|word| printed.contains(word))
    {
        Role::Support
    } else if printed.contains("职责") || printed.contains("分工") || printed.contains("分别")
    {
        Role::Shared
    } else if ["指导", "督导", "督促"].iter().any(|word| printed.contains(word)) {
        Role::Guide
    } else {
        Role::Responsible
    };
    Some((role, found.start()))
}

/// The list of those who have a share in what follows, which `sentence` tells.
pub(super) fn find_standing(sentence: &str) -> Option<Span> {
    let list = STANDING.captures(sentence)?.get(1)?;
    Some(Span::new(list.start(), list.end()))
}

/// Where the bracket opens in which `words` say who has a share in what follows.
fn find_standing_aside(words: &str) -> Option<usize> {
    let mut opens = words.match_indices(['（', '(']).filter(|(at, _)| *at > 0);
    opens.find_map(|(at, bracket)| {
        let rest = words.get(at + bracket.len()..)?;
        STANDING.is_match(rest).then_some(at)
    })
}

/// A bracket without its signs.
fn inner(clean: &str, bracket: Span) -> Span {
    let words = bracket.slice(clean);
    let open = words.chars().next().map_or(0, char::len_utf8);
    let end = words.strip_suffix(['）', ')']).map_or(words.len(), str::len);
    Span::new(bracket.byte_start + open, bracket.byte_start + end.max(open))
}

/// The sentences of a note, and that of the bracket which tells a standing share.
fn split_sentences(clean: &str, content: Span) -> Vec<Span> {
    // 市园林局（以下均需各区政府落实，不再列出）: the standing share in a bracket behind the names.
    let aside = find_standing_aside(content.slice(clean));
    let own =
        Span::new(content.byte_start, aside.map_or(content.byte_end, |at| content.byte_start + at));
    let behind = Span::new(own.byte_end, content.byte_end);
    let behind = aside.map(|_| inner(clean, behind));
    let sentences = split(clean, own, &['。']).into_iter().chain(behind);
    sentences.collect()
}

/// Gives those who have a standing share their part, unless the note names them already.
fn add_standing(clean: &str, standing: Vec<Span>, assignments: &mut Vec<Assignment>) {
    for list in standing {
        let named = assignments.len();
        assign(clean, list, Role::Responsible, assignments);
        let added = assignments.split_off(named);
        let is_new = |one: &Assignment| {
            !assignments.iter().any(|known| known.agent.value == one.agent.value)
        };
        let added: Vec<Assignment> = added.into_iter().filter(is_new).collect();
        assignments.extend(added);
    }
}

/// The assignments of the note at `content`; a note without any role word makes its bodies responsible.
pub(super) fn parse_note(clean: &str, content: Span) -> Vec<Assignment> {
    let mut assignments: Vec<Assignment> = Vec::new();
    let mut pending: Vec<Span> = Vec::new();
    let mut standing: Vec<Span> = Vec::new();
    let mut label = None;
    for sentence in split_sentences(clean, content) {
        for segment in find_segments(clean, sentence) {
            let words = segment.slice(clean);
            let mut names = segment;
            if let Some((next, width)) = parse_label(words) {
                label = Some(next);
                names.byte_start += width;
            } else if parse_suffix(words).is_none() && IS_TIME.is_match(words) {
                // 某局负责，年内完成；某委配合: the time names nobody, what stands behind it may.
                continue;
            } else if ASIDE.is_match(&IN_BRACKETS.replace_all(words, "")) {
                // 以下均需…落实，不再列出 runs to the end of its sentence; its bodies have a share in this item too.
                if let Some(names) = STANDING.captures(words).and_then(|found| found.get(1)) {
                    let list = Span::new(names.start(), names.end()).shifted(segment.byte_start);
                    standing.push(list);
                }
                break;
            }
            let suffix = parse_suffix(names.slice(clean));
            // 某局负责，年内完成 names nobody behind the comma.
            if suffix.is_none() && IS_TIME.is_match(names.slice(clean)) {
                continue;
            }
            // 完成时间：6月；某委配合: a role word ends what the label began.
            if label == Some(Label::Other) {
                if suffix.is_none() {
                    continue;
                }
                label = None;
            }
            if let Some((_, width)) = suffix {
                names.byte_end = names.byte_start + width;
            }
            match (suffix, label) {
                (Some((role, _)), label) => {
                    // 牵头单位：甲、乙按职责分工负责: the label says who leads.
                    let plain = matches!(role, Role::Shared | Role::Responsible);
                    let role = match label {
                        Some(Label::Role(labelled)) if plain => labelled,
                        _ => role,
                    };
                    pending.push(names);
                    for list in pending.drain(..) {
                        assign(clean, list, role, &mut assignments);
                    }
                }
                (None, Some(Label::Role(role))) => {
                    let steps = STEPS.captures(names.slice(clean)).and_then(|found| found.get(1));
                    if let Some(doer) = steps {
                        names.byte_end = names.byte_start + doer.len();
                    }
                    assign(clean, names, role, &mut assignments);
                }
                _ => pending.push(names),
            }
        }
    }
    for list in pending {
        assign(clean, list, Role::Responsible, &mut assignments);
    }
    add_standing(clean, standing, &mut assignments);
    assignments
}

/// `line` up to where its last name runs on into the next paragraph.
pub(super) fn cut_run_on(clean: &str, line: Span) -> Span {
    for segment in split(clean, line, &['，', ',', '、', '；', ';']) {
        let words = segment.slice(clean);
        let start = parse_label(words).map_or(0, |(_, width)| width);
        let name = words.get(start..).unwrap_or_default();
        if let Some(body) = RUN_ON.captures(name).and_then(|found| found.get(1))
            && (!super::is_body(name)
                || name.get(body.end()..).is_some_and(|rest| rest.starts_with('各')))
            && parse_suffix(name).is_none()
            && !INNER_OFFICE.is_match(name)
            && !STEPS.is_match(name)
            && !IN_BRACKETS.is_match(name)
        {
            return Span::new(line.byte_start, segment.byte_start + start + body.end());
        }
    }
    line
}

fn find_segments(clean: &str, sentence: Span) -> Vec<Span> {
    let mut segments = Vec::new();
    for segment in split(clean, sentence, &['，', ',', '；', ';', '\n', '\t']) {
        let mut from = segment.byte_start;
        // 市园林局牵头会同市水务局负责: two of them, each with its own role.
        let words = segment.slice(clean);
        if let Some(at) = words.find("牵头会同").map(|at| at + "牵头".len()) {
            segments.push(Span::new(from, segment.byte_start + at));
            from = segment.byte_start + at + "会同".len();
        }
        let segment = Span::new(from, segment.byte_end);
        for found in ROLE_THEN_NAME.find_iter(segment.slice(clean)) {
            let border = found.as_str().chars().next_back().map_or(0, char::len_utf8);
            let end = segment.byte_start + found.end();
            segments.push(Span::new(from, end - border));
            from = end;
        }
        segments.push(Span::new(from, segment.byte_end));
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

fn assign(clean: &str, list: Span, role: Role, assignments: &mut Vec<Assignment>) {
    for name in find_agents(clean, list) {
        let behind = Span::new(name.byte_end, list.byte_end).slice(clean);
        let leads = behind.starts_with("（牵头") || behind.starts_with("(牵头");
        let role = if leads { Role::Lead } else { role };
        let agent = Located::new(name.slice(clean).to_owned(), name);
        let known =
            assignments.iter().any(|one| one.agent.value == agent.value && one.role == role);
        if !known {
            assignments.push(Assignment { agent, role });
        }
    }
}

#[cfg(test)]
mod tests;
