//! Which items are measures. In: the outline with its assignments; out: each item's class. A measure is the
//! lowest numbered item that says what is to be done; aims, principles and history are sections. The surprise:
//! a sub-point is no measure of its own where its parent has text, unless it names who is in charge.

use super::duty;
use super::ordinal::Style;
use super::outline::{Block, Outline};
use super::target::tells_statistics;
use crate::document::{Item, ItemClass};
use crate::text::{Pattern, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

static NO_TASK: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:.*(?:总体要求|总体目标|总体思路|总体思路和主要目标|指导思想|基本原则|工作原则|主要原则|遵循的原则|主要目标|工作目标|发展目标|改革目标|行动目标|建设目标|任务目标|目标要求|把握的重要要求|基本思路|工作思路|重要意义|重大意义|附则|总则)",
        r"|目标|(?:文件|政策)?(?:起草|制定|出台|修订|政策)(?:的)?(?:背景|依据|过程|目的)(?:[和与及、][\p{Han}]{2,8})?|[^。]*计划执行情况|[^。]*主要预期目标|[\p{Han}]{0,4}(?:配置|分配|支持|扶持|奖补|认定|评选|遴选|使用|管理|实施|安排|建设|编制|考核|处置|申报|准入)(?:的)?原则|.*(?:工作|发展)回顾|(?:面临的?)?发展(?:环境|基础|形势).*|(?:基本|总体|当前)?形势(?:[和与及、][\p{Han}]{2,8})?|[\p{Han}]{0,6}形势研判|(?:发展|工作)?(?:现状|背景)(?:[和与及、][\p{Han}]{2,8})?|.*(?:重大成就|历史性成就|阶段性特征|关键时期|重要阶段|面临形势|适用范围).*)$"
    ))
});

/// Aims whose sub-items, if there are any, say what is to be done.
static AIMS: Pattern = LazyLock::new(|| pattern(r"目标任务|目标和任务"));

/// History, analysis and principles: what stands there commits nobody to anything.
static NO_COMMITMENT: Pattern = LazyLock::new(|| {
    pattern(
        r"成就|回顾|^过去|工作总结|取得的成绩|主要成效|运行情况|阶段性特征|重要阶段|关键时期|^发展基础|^发展环境|面临形势|^(?:(?:基本|总体|当前)?形势|(?:发展|工作)?(?:现状|背景))(?:$|[和与及、])|指导思想|基本原则|工作原则|遵循的原则|重要意义|重大意义|附则",
    )
});

/// Articles about the rules themselves: purpose, scope, terms, entry into force.
static FORMAL: Pattern = LazyLock::new(|| {
    pattern(
        r"制定本|^[^。；]{2,60}是指|本[\p{Han}]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度)(?:所称|适用于|自[^。]{0,30}(?:施行|实施|执行))|负责解释",
    )
});

/// Who may apply, what is handed in, who can be asked: what stands under such a heading is no task.
static CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[\p{Han}（）()&&[^和及与]]{0,10}?(?:招商|引进|重点|项目|企业|主体|申请|申报|报名|准入|认定|参赛|参评|参会|评选|评审|推荐|入选|入驻|支持|扶持|奖补|奖励|补助|补贴|适用|资格|应聘|招聘|招募|培训|遴选)[\p{Han}（）()&&[^和及与]]{0,6}?)?(?:基本|必备)?(?:条件|对象|材料|资料)$",
        r"|^[\p{Han}]{2,12}(?:类型|类别)$",
        r"|^(?:配置|分配|支持|扶持|奖补|补助|补贴|申报|适用|资助|评选|认定)范围$",
        r"|^(?:名词解释|术语(?:和|与)?定义|有关定义|联系方式|联系人|联系电话|联系人及(?:联系)?(?:方式|电话)|解读(?:机关|单位|人)(?:[及和、]解读人)?)$"
    ))
});

/// 扩大支持对象 is a task.
static ACTS_ON_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:聚焦|突出|明确|瞄准|合理|把握|严把|从严|科学|适当|全面|持续|健全|设定|取消|改善|放宽|扩大|明确|完善|严格|规范|优化|创新|简化|降低|提高|拓展|调整|落实|保障|创造|加强|提交|审核|精简|统一)",
    )
});

/// A label with a name behind it: 主办单位：某局.
static LABEL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:主办|承办|协办|支持|指导|联办|联合主办)(?:单位|机构)|[\p{Han}]{0,4}(?:职业|工种|主题|名称|时间|地点)(?:[（(][^（）()]{1,8}[）)])?)$",
    )
});

/// What every document ends with: it is about the document, not about a task.
static RESIDUAL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:其他|其它|本[\p{Han}]{2,8}?)?未尽事宜|^(?:本[\p{Han}]{2,8}?)?由[^。]{2,40}负责解释|^本[\p{Han}]{2,8}?自[^。]{2,30}起(?:开始|正式)?(?:施行|实施|执行|生效)|^本[\p{Han}]{2,8}?(?:不?适用于|有效期|与[^。]{2,40}不一致)|^[^。，；]{2,30}(?:相关|有关|其他|未尽)事[宜项][，,]?(?:按照?|依照|执行)[^。，；]{2,30}(?:执行|办理)?。?$|^解释(?:权|机关|部门)|^(?:施行|实施|生效|执行)(?:时间|日期)",
    )
});

/// 应同时符合以下条件：, in front of a list.
static LISTS_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?:以下|下列|如下|相应)[\p{Han}]{0,6}(?:条件|情形之一|材料|资料)|(?:条件|材料|资料)(?:如下|为|是|包括)?)(?:[，,][^。；：:]{0,20})?[：:]$",
        r"|(?:具备|符合|满足|达到)(?:以下|下列|如下)[\p{Han}]{0,4}条件(?:的[^。；：:，]{2,30})?[。：:]$",
    ))
});

/// Sets the class of every item.
pub(super) fn classify(clean: &str, outline: &mut Outline) {
    outline.conditions = find_listed_conditions(clean, outline);
    let defined = if outline.sets_rules || outline.styles.contains(&Style::Article) {
        duty::find_defined_names(clean)
    } else {
        Vec::new()
    };
    let classes: Vec<ItemClass> = (0..outline.items.len())
        .map(|at| {
            if is_measure(clean, outline, at, &defined) {
                ItemClass::Measure
            } else {
                ItemClass::Section
            }
        })
        .collect();
    for (item, class) in outline.items.iter_mut().zip(classes) {
        item.class = class;
    }
}

/// The items of the lists that a sentence before them calls conditions.
fn find_listed_conditions(clean: &str, outline: &Outline) -> HashSet<usize> {
    let mut listed = HashSet::new();
    let opens = |block: &&Block| LISTS_CONDITIONS.is_match(block.span.slice(clean));
    for block in outline.blocks.iter().filter(opens) {
        let first =
            outline.items.partition_point(|item| item.span.byte_start < block.span.byte_end);
        let same_list = |at: usize, number: u32| {
            let item = outline.items.get(at)?;
            let parent = outline.items.get(first)?.parent;
            let goes_on = item.parent == parent
                && outline.styles.get(at) == outline.styles.get(first)
                && item.path.last() == Some(&number);
            Some(goes_on)
        };
        let mut number = 1;
        let mut at = first;
        while same_list(at, number) == Some(true) {
            listed.insert(at);
            number += 1;
            at += 1 + below(outline, at);
        }
    }
    listed
}

/// How many items stand below an item.
fn below(outline: &Outline, at: usize) -> usize {
    let is_below = |item: &&Item| item.parent.is_some_and(|parent| parent >= at);
    outline.items.iter().skip(at + 1).take_while(is_below).count()
}

/// Aims that stand in a chapter of their own, or in one with the principles: 指导思想、基本原则和发展目标.
static GOALS: Pattern = LazyLock::new(|| pattern(r"(?:目标|指标)(?:和?任务|要求)?$"));

/// Whether a heading announces what is to be reached.
pub(super) fn announces_goals(heading: &str) -> bool {
    GOALS.is_match(heading)
}

/// Whether what an item or its ancestors are about commits nobody; aims commit, whatever chapter they stand in.
pub(super) fn is_background(outline: &Outline, at: usize) -> bool {
    let is_about = chain(&outline.items, at).map(|item| item.heading.value.as_str());
    let deciding = is_about
        .into_iter()
        .find(|heading| announces_goals(heading) || NO_COMMITMENT.is_match(heading));
    deciding.is_some_and(|heading| !announces_goals(heading))
}

fn is_measure(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let Some(item) = outline.items.get(at) else { return false };
    let style = outline.styles.get(at).copied().unwrap_or(Style::Han);
    // What an article says counts, not whether its chapter is called 总则.
    let is_idle = if style == Style::Article { is_conditions } else { is_no_task };
    if chain(&outline.items, at).any(|item| is_idle(&item.heading.value))
        || (style != Style::Article && is_below_conditions(outline, at))
        || is_label_or_residual(clean, outline, at)
        || AIMS.is_match(&item.heading.value)
        || is_opening_request(outline, at)
        || only_reports(clean, outline, at)
    {
        return false;
    }
    let below_article =
        chain(&outline.items, at).count() > 1 && ancestors_have_article(outline, at);
    if below_article {
        return false;
    }
    if style == Style::Article {
        return is_article_with_duty(clean, outline, at, defined);
    }
    if outline.sets_rules && !gives_duty_itself(clean, outline, at, defined) {
        return false;
    }
    let mut children = children(&outline.items, at);
    children.retain(|&child| !is_below_conditions(outline, child));
    // A chapter's bodies are in charge of what stands below it.
    let is_group =
        outline.closed_by_note.contains(&at) || (is_chapter(style) && !children.is_empty());
    if !item.assignments.is_empty() && !is_group {
        return !has_assignments_below(outline, at);
    }
    let covered = ancestors(&outline.items, at).any(|above| is_covering(clean, outline, above));
    if children.is_empty() {
        return !covered;
    }
    !covered && !has_assignments_below(outline, at) && is_covering(clean, outline, at)
}

/// Whether an item tells nothing but figures of what was: 销售面积5万平方米，同比增长3%.
fn only_reports(clean: &str, outline: &Outline, at: usize) -> bool {
    let own = own_text(clean, outline, at);
    !own.is_empty() && own.iter().all(|words| tells_statistics(words))
}

/// Whether an item of rules that are numbered without articles makes a public body act, or one below it does.
fn gives_duty_itself(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let has_assignments = outline.items.get(at).is_some_and(|item| !item.assignments.is_empty());
    has_assignments
        || duty::gives_duty(heading, defined)
        || own_text(clean, outline, at).iter().any(|words| duty::gives_duty(words, defined))
        || children(&outline.items, at)
            .into_iter()
            .any(|child| gives_duty_itself(clean, outline, child, defined))
}

/// Whether an item opens the document with what all of it asks for; further behind, 工作要求 holds tasks.
fn is_opening_request(outline: &Outline, at: usize) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    at == 0 && matches!(heading, "工作要求" | "基本要求" | "主要要求" | "任务要求")
}

/// Whether a heading announces aims, conditions or contacts.
fn is_no_task(heading: &str) -> bool {
    NO_TASK.is_match(heading) || is_conditions(heading)
}

fn is_conditions(heading: &str) -> bool {
    CONDITIONS.is_match(heading) && !ACTS_ON_CONDITIONS.is_match(heading)
}

/// Whether an item, or one above it, says only who qualifies or what has to be handed in.
pub(super) fn is_below_conditions(outline: &Outline, at: usize) -> bool {
    chain(&outline.items, at).any(|item| is_conditions(&item.heading.value))
        || std::iter::once(at)
            .chain(ancestors(&outline.items, at))
            .any(|at| outline.conditions.contains(&at))
}

/// Whether an item only names something, or only says how the document itself is to be read.
fn is_label_or_residual(clean: &str, outline: &Outline, at: usize) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    if !heading.is_empty() {
        return LABEL.is_match(heading) || RESIDUAL.is_match(heading);
    }
    let own = own_text(clean, outline, at);
    own.len() == 1 && own.iter().all(|words| RESIDUAL.is_match(words))
}

/// Whether an article, or an entry of its list, gives a public body something to do.
fn is_article_with_duty(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let own = own_text(clean, outline, at);
    if own.iter().any(|words| FORMAL.is_match(words)) {
        return false;
    }
    own.iter().any(|words| duty::gives_duty(words, defined))
        || (!own.last().is_some_and(|words| duty::opens_conditions(words))
            && children(&outline.items, at).into_iter().any(|entry| {
                own_text(clean, outline, entry).iter().any(|words| duty::gives_duty(words, defined))
            }))
}

const fn is_chapter(style: Style) -> bool {
    matches!(style, Style::Han | Style::Chapter | Style::Part | Style::Division)
}

/// Whether an item is itself the measure that its sub-points only detail.
fn is_covering(clean: &str, outline: &Outline, at: usize) -> bool {
    let Some(item) = outline.items.get(at) else { return false };
    let style = outline.styles.get(at).copied().unwrap_or(Style::Han);
    if is_chapter(style)
        || outline.closed_by_note.contains(&at)
        || has_assignments_below(outline, at)
    {
        return false;
    }
    if item.assignments.is_empty() && is_divided(clean, outline, at) {
        return false;
    }
    !item.assignments.is_empty() || !own_text(clean, outline, at).is_empty()
}

/// Whether an item only introduces what its points 1., 2. say under titles of their own.
fn is_divided(clean: &str, outline: &Outline, at: usize) -> bool {
    let points = children(&outline.items, at);
    points.len() > 1
        && outline.styles.get(at) == Some(&Style::HanBracket)
        && points.iter().all(|&point| {
            let title =
                outline.items.get(point).map_or(0, |item| item.heading.value.chars().count());
            outline.styles.get(point) == Some(&Style::Digit)
                && title >= 4
                && !own_text(clean, outline, point).is_empty()
        })
}

/// The words of an item itself. Blocks stand in the order of the text, so only those of the item and of what
/// stands below it are looked at.
fn own_text<'a>(clean: &'a str, outline: &Outline, at: usize) -> Vec<&'a str> {
    let Some(item) = outline.items.get(at) else { return Vec::new() };
    let first =
        outline.blocks.partition_point(|block| block.span.byte_start < item.span.byte_start);
    let below = |block: &&Block| {
        block.item.is_none_or(|holder| {
            let parent = outline.items.get(holder).and_then(|item| item.parent);
            holder == at || parent.is_some_and(|parent| parent >= at)
        })
    };
    let own = |block: &&Block| block.item == Some(at) && !block.is_heading;
    outline
        .blocks
        .iter()
        .skip(first)
        .take_while(below)
        .filter(own)
        .map(|block| block.span.slice(clean))
        .collect()
}

fn ancestors_have_article(outline: &Outline, at: usize) -> bool {
    ancestors(&outline.items, at).any(|above| outline.styles.get(above) == Some(&Style::Article))
}

fn has_assignments_below(outline: &Outline, at: usize) -> bool {
    outline
        .items
        .iter()
        .enumerate()
        .skip(at + 1)
        .take_while(|(_, item)| item.parent.is_some_and(|parent| parent >= at))
        .any(|(below, item)| {
            !item.assignments.is_empty()
                && ancestors(&outline.items, below).any(|above| above == at)
        })
}

fn children(items: &[Item], at: usize) -> Vec<usize> {
    items
        .iter()
        .enumerate()
        .skip(at + 1)
        .take_while(|(_, item)| item.parent.is_some_and(|parent| parent >= at))
        .filter(|(_, item)| item.parent == Some(at))
        .map(|(index, _)| index)
        .collect()
}

/// Indexes of the items above an item, the nearest first.
fn ancestors(items: &[Item], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(items.get(at).and_then(|item| item.parent), |&above| {
        items.get(above).and_then(|item| item.parent)
    })
}

/// An item and those above it.
fn chain(items: &[Item], at: usize) -> impl Iterator<Item = &Item> {
    std::iter::once(at).chain(ancestors(items, at)).filter_map(|at| items.get(at))
}

#[cfg(test)]
mod tests {
    use super::super::outline::find_outline;
    use super::super::paragraph::find_paragraphs;
    use super::super::responsibility::assign_bodies;
    use super::*;

    fn measures(text: &str) -> Vec<Vec<u32>> {
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        assign_bodies(text, &mut outline);
        classify(text, &mut outline);
        let is_measure = |item: &&Item| item.class == ItemClass::Measure;
        outline.items.iter().filter(is_measure).map(|item| item.path.clone()).collect()
    }

    #[test]
    fn the_lowest_items_with_a_task_are_measures() {
        assert_eq!(
            measures("一、总体要求\n（一）指导思想。坚持原则。\n二、绿化\n（二）种树。每年种树。"),
            [[2, 2]]
        );
        assert_eq!(measures("一、种树，美化环境。\n二、治水，改善水质。"), [[1], [2]]);
        assert_eq!(
            measures(
                "一、绿化\n（一）种树。做好以下工作：\n1.育苗。建设苗圃。\n2.补种。补种死苗。"
            ),
            [[1, 1]]
        );
    }

    #[test]
    fn a_chapter_about_the_state_of_things_is_no_measure() {
        assert_eq!(measures("一、基本形势\n绿化发展较快。\n二、绿化\n每年种树。"), [[2]]);
        assert_eq!(measures("一、适应发展形势\n加快绿化。\n二、绿化\n每年种树。"), [[1], [2]]);
    }

    #[test]
    fn a_sub_point_with_a_body_of_its_own_is_a_measure() {
        let text = "一、绿化\n（一）种树。做好工作。\n1.育苗。建苗圃。（市园林局负责）\n2.补种。补死苗。（市水务局负责）";
        assert_eq!(measures(text), [[1, 1, 1], [1, 1, 2]]);
    }

    #[test]
    fn points_with_titles_and_text_of_their_own_are_the_measures() {
        let text = "一、绿化\n（一）建设花海。通过种树、播种等方式建设花海。\n1.播种花草。每年播种。\n2.种植花木。每年种植。";
        assert_eq!(measures(text), [[1, 1, 1], [1, 1, 2]]);
        let text = "一、绿化\n（一）建设花海。通过种树、播种等方式建设花海。\n1.每年播种花草；\n2.每年种植花木。";
        assert_eq!(measures(text), [[1, 1]]);
    }

    #[test]
    fn conditions_labels_and_closing_words_are_no_measures() {
        assert_eq!(
            measures(
                "一、申请条件\n（一）企业在本市注册。\n（二）没有欠税。\n二、种树\n（一）每年种树。"
            ),
            [[2, 1]]
        );
        assert_eq!(
            measures("一、扩大支持对象。苗圃也予以支持。\n二、种树。每年种树。"),
            [[1], [2]]
        );
        assert_eq!(
            measures(
                "一、组织机构\n（一）主办单位：市园林局。\n（二）成立花展筹备组，负责日常工作。"
            ),
            [[1, 2]]
        );
        for closing in [
            "二、其他未尽事宜按照国家有关规定执行。",
            "二、其他\n（一）苗圃管理相关事宜，按照国家规定执行。\n（二）本办法不适用于私人花园。\n（三）本办法自印发之日起开始实施，有效期三年。",
            "二、解释权及施行时间\n本通知由市园林局负责解释。",
            "二、分配原则\n（一）公开。公开分配花苗。",
        ] {
            assert_eq!(measures(&format!("一、种树。每年种树。\n{closing}")), [[1]], "{closing}");
        }
        assert_eq!(
            measures(
                "一、苗圃。择优选择具备以下主要条件的苗圃供苗。\n（一）信誉好。苗圃信誉良好。\n二、种树。每年种树。"
            ),
            [[1], [2]]
        );
    }

    #[test]
    fn a_request_that_opens_the_document_is_no_measure() {
        assert_eq!(measures("一、工作要求\n抓好种树。\n二、种树。每年种树。"), [[2]]);
        assert_eq!(measures("一、种树。每年种树。\n二、工作要求\n抓好种树。"), [[1], [2]]);
    }

    #[test]
    fn classes_of_things_and_whom_to_attract_are_no_measures() {
        let text = "一、苗圃类型\n苗圃分为两类。\n二、花木招商引资重点对象\n（一）大型苗圃。\n三、聚焦重点对象\n扶持花农。";
        assert_eq!(measures(text), [[3]]);
    }

    #[test]
    fn an_item_of_statistics_is_no_measure() {
        let text = "一、种树情况\n种树5万亩，同比增长3%，增幅扩大；其中果树2万亩，同比下降1%。\n二、种树。每年种树。";
        assert_eq!(measures(text), [[2]]);
    }

    #[test]
    fn an_item_of_rules_is_a_measure_where_a_public_body_has_to_act() {
        let text = "一、名录\n古树名录由市园林部门制定。\n二、古树\n古树是百年以上的树木。";
        let paragraphs = find_paragraphs(text);
        let mut outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        outline.sets_rules = true;
        classify(text, &mut outline);
        let classes: Vec<_> = outline.items.iter().map(|item| item.class).collect();
        assert_eq!(classes, [ItemClass::Measure, ItemClass::Section]);
    }

    #[test]
    fn the_bodies_of_a_chapter_make_it_no_measure_beside_its_items() {
        let text = "一、绿化\n做好以下工作：\n（一）每年种树。\n（二）补种死苗。\n上述工作当年完成。（牵头单位：市园林局）";
        assert_eq!(measures(text), [[1, 1], [1, 2]]);
    }

    #[test]
    fn a_list_that_a_sentence_calls_conditions_holds_no_measures() {
        let text = "一、种树。每年种树。入库企业应同时符合以下条件：\n（一）在本市注册。\n（二）苗圃不少于500亩。\n二、治水。每年治水。";
        assert_eq!(measures(text), [[1], [2]]);
        let text = "一、种树。每年种树，做好以下工作：\n（一）育苗。每年育苗。（市园林局负责）";
        assert_eq!(measures(text), [[1, 1]]);
    }

    #[test]
    fn an_article_is_a_measure_for_what_it_or_its_list_makes_a_body_do() {
        let text = "第一章总则\n第一条申请程序如下：\n（一）申请人提出申请。\n（二）园林管理中心审核材料。\n第二条申请人应符合下列条件：\n（一）市园林局认定其为苗圃。\n第三条古树是指由园林管理中心认定的树木。";
        assert_eq!(measures(text), [[1, 1]]);
    }

    #[test]
    fn an_article_is_a_measure_where_where_a_public_body_has_to_act() {
        assert_eq!(measures("第一条 本办法适用于本市。\n第二条 市园林部门应当建立名录。"), [[2]]);
    }
}
