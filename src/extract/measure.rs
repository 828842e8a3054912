//! Which items are measures. In: the outline with its assignments; out: each item's class. A measure is the
//! lowest numbered item that says what is to be done; aims, principles and history are sections. The surprise:
//! a sub-point is no measure of its own where its parent has text, unless it names who is in charge.

mod cover;
mod tree;

use self::cover::is_covering;
use self::tree::{
    ancestors, ancestors_have_article, below, chain, children, has_assignments_below, own_text,
};
use super::duty;
use super::ordinal::Style;
use super::outline::{Block, Outline};
use super::target::tells_statistics;
use super::topic::{
    AIMS, LABEL, NO_COMMITMENT, RESIDUAL, announces_goals, is_conditions, is_no_task,
    says_nothing_to_do, tells_of_document,
};
use crate::document::ItemClass;
use crate::text::{Pattern, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Articles about the rules themselves: purpose, scope, terms, entry into force.
static FORMAL: Pattern = LazyLock::new(|| {
    pattern(
        r"制定本[\p{Han}]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度|意见|方案|措施|政策|标准|指南|章程)|^[^。；]{2,60}是指|本[\p{Han}]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度)(?:所称|所指|适用于|自[^。]{0,30}(?:施行|实施|执行))|由[^。；]{2,40}负责解释",
    )
});

/// 应同时符合以下条件：, in front of a list; 对存在下列问题的苗圃限期整改： says what is done, and its entries of whom it holds.
static LISTS_CONDITIONS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?:以下|下列|如下|相应)[\p{Han}]{0,6}(?:条件|情形之一|材料|资料)|(?:条件|材料|资料)(?:如下|为|是|包括)?)(?:[，,][^。；：:]{0,20})?[：:]$",
        r"|(?:具备|符合|满足|达到)(?:以下|下列|如下)[\p{Han}]{0,4}条件(?:的[^。；：:，]{2,30})?[。：:]$",
        r"|(?:有|存在|符合|具备|属于|具有|出现)(?:以下|下列|如下)[\p{Han}]{0,6}(?:条件|要求|情形|情况|问题|行为)(?:之一)?的[^。；：:]{0,24}(?:予以|给予|要|应当?|可以?|不得|不予|不纳入|不享受|不适用|限期|有权)[^。；：:]{1,24}[。：:]?$",
    ))
});

/// Sets the class of every item.
pub(super) fn classify(clean: &str, outline: &mut Outline) {
    outline.conditions = find_listed_conditions(clean, outline);
    outline.chapters_act = chapters_act(clean, outline);
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

/// Whether the items 一、二、 of a document are its measures: most of them say what is done and have nothing below.
fn chapters_act(clean: &str, outline: &Outline) -> bool {
    const LEAVES_MIN: usize = 5;
    // More points than that are the measures of a plan.
    const POINTS_MAX: usize = 6;
    static CLOSING: Pattern =
        LazyLock::new(|| pattern(r"保障|组织|其他|其它|附则|要求|期限|监督|宣传|领导"));
    let is_task = |at: usize| {
        let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
        outline.styles.get(at) == Some(&Style::Han)
            && !is_no_task(heading)
            && !CLOSING.is_match(heading)
            && !own_text(clean, outline, at).is_empty()
    };
    let tasks: Vec<usize> = (0..outline.items.len()).filter(|&at| is_task(at)).collect();
    let leaves = tasks.iter().filter(|&&at| below(outline, at) == 0).count();
    let is_small = |&at: &usize| children(&outline.items, at).len() <= POINTS_MAX;
    leaves >= LEAVES_MIN && leaves * 4 >= tasks.len() * 3 && tasks.iter().all(is_small)
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
    if style == Style::Row {
        return true;
    }
    // What an article says counts, not whether its chapter is called 总则.
    let in_article = style == Style::Article || ancestors_have_article(outline, at);
    if is_idle(outline, at, in_article)
        || (style != Style::Article && is_below_conditions(outline, at))
        || is_label_or_residual(clean, outline, at)
        || AIMS.is_match(&item.heading.value)
        || is_opening_request(outline, at)
        || only_reports(clean, outline, at)
    {
        return false;
    }
    if in_article && style != Style::Article {
        return is_step_with_duty(clean, outline, at, defined);
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
    let is_group = outline.closed_by_note.contains(&at)
        || (is_chapter(style) && !children.is_empty() && !is_covering(clean, outline, at));
    if !item.assignments.is_empty() && !is_group {
        return !has_assignments_below(outline, at);
    }
    let covered = ancestors(&outline.items, at).any(|above| is_covering(clean, outline, above));
    if children.is_empty() {
        return !covered;
    }
    !covered && !has_assignments_below(outline, at) && is_covering(clean, outline, at)
}

/// Whether the heading of an item, or one above it, names no task; in rules, chapters only sort the articles.
fn is_idle(outline: &Outline, at: usize, in_article: bool) -> bool {
    let style = |at: usize| outline.styles.get(at).copied().unwrap_or(Style::Han);
    let heading = |at: usize| outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let mut above = std::iter::once(at).chain(ancestors(&outline.items, at));
    if in_article {
        above.any(|at| !is_chapter(style(at)) && is_conditions(heading(at)))
    } else {
        above.any(|at| is_no_task(heading(at)))
    }
}

/// Whether an item tells nothing but figures of what was: 销售面积5万平方米，同比增长3%.
fn only_reports(clean: &str, outline: &Outline, at: usize) -> bool {
    let own = own_text(clean, outline, at);
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    // 建立苗木价格调整机制: what happened before may be its condition.
    !own.is_empty()
        && !TASK_VERB.is_match(heading)
        && own.iter().all(|words| tells_statistics(words))
}

/// 健全监管体系: what rules ask for without naming who has to do it.
static TASK_VERB: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:在|针对|围绕|结合)[^，。；：]{2,24}[，,])?[\p{Han}]{0,8}?(?:要|应|应当|须)?(?:进一步|积极|大力|切实|认真|全面|深入|逐步|严格)?(?:做好|抓好|清理|压缩|精简|统筹|种好|建立|健全|完善|加强|强化|落实|推进|推动|实施|开展|优化|规范|支持|鼓励|引导|加快|加大|提升|提高|促进|深化|扩大|改革|创新|简化|制定|编制|组织)",
    )
});

/// Whether an item of rules that are numbered without articles makes a public body act, or one below it does.
fn gives_duty_itself(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let has_assignments = outline.items.get(at).is_some_and(|item| !item.assignments.is_empty());
    let opening = own_text(clean, outline, at).first().copied().unwrap_or(heading);
    has_assignments
        || TASK_VERB.is_match(heading)
        || TASK_VERB.is_match(opening)
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

/// Whether an item, or one above it, says only who qualifies or what has to be handed in.
pub(super) fn is_below_conditions(outline: &Outline, at: usize) -> bool {
    chain(&outline.items, at).any(|item| is_conditions(&item.heading.value))
        || std::iter::once(at)
            .chain(ancestors(&outline.items, at))
            .any(|at| outline.conditions.contains(&at))
}

/// 花农需提供以下材料：申请书，苗圃登记表。: what is handed in, in one sentence.
static ASKS_FOR_PAPERS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^。；：:]{0,30}[需应须]当?(?:提供|提交|递交|报送)(?:以下|下列|如下)[\p{Han}]{0,4}(?:材料|资料|证明)[：:][^。；]{4,}。?$",
    )
});

/// Whether an item only names something, or only says how the document itself is to be read.
fn is_label_or_residual(clean: &str, outline: &Outline, at: usize) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let own = own_text(clean, outline, at);
    // 有苗圃的花农，需提供以下材料：申请书，…: a list of papers in one sentence.
    if matches!(own.as_slice(), [words] if ASKS_FOR_PAPERS.is_match(words)) {
        return true;
    }
    if says_nothing_to_do(heading, &own) || tells_of_document(heading, &own) {
        return true;
    }
    if !heading.is_empty() {
        return LABEL.is_match(heading) || RESIDUAL.is_match(heading);
    }
    own.len() == 1 && own.iter().all(|words| RESIDUAL.is_match(words))
}

/// What opens a list of steps: 按照以下程序办理, 申报流程如下, 实行分级管理.
static OPENS_STEPS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:程序|流程|步骤|环节)[^的，。；：]{0,10}[：:]$|(?:分工|规则)(?:如下|办理|进行|执行|确定|为|是)[：:]$|实行分级[\p{Han}]{2,10}[。：:]$",
    )
});

/// Whether an article only opens the list of who does what in which order: its steps are the measures.
fn opens_steps(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let own = own_text(clean, outline, at);
    matches!(own.as_slice(), [words] if OPENS_STEPS.is_match(words) && !duty::gives_duty(words, defined))
}

/// Whether an entry makes a body act under an article that only opens its steps.
fn is_step_with_duty(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let above = ancestors(&outline.items, at).next();
    above.is_some_and(|above| opens_steps(clean, outline, above, defined))
        && !opens_steps(clean, outline, at, defined)
        && own_text(clean, outline, at).iter().any(|words| duty::gives_duty(words, defined))
}

/// Whether an article, or an entry of its list, gives a public body something to do.
fn is_article_with_duty(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let mut own = own_text(clean, outline, at);
    if own.first().is_some_and(|words| FORMAL.is_match(words)) {
        return false;
    }
    // Behind its first paragraph an article may still say what its words mean.
    own.retain(|words| !FORMAL.is_match(words));
    own.iter().any(|words| duty::gives_duty(words, defined))
        || (!own.last().is_some_and(|words| duty::opens_conditions(words))
            && !opens_steps(clean, outline, at, defined)
            && children(&outline.items, at).into_iter().any(|entry| {
                own_text(clean, outline, entry).iter().any(|words| duty::gives_duty(words, defined))
            }))
}

const fn is_chapter(style: Style) -> bool {
    matches!(style, Style::Han | Style::Chapter | Style::Part | Style::Division)
}

#[cfg(test)]
mod tests {
    use super::super::outline::find_outline;
    use super::super::paragraph::find_paragraphs;
    use super::super::responsibility::assign_bodies;
    use super::*;
    use crate::document::Item;

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
                "一、供苗范围。\n有下列情形之一的，不纳入供苗范围：\n1.苗圃；\n2.花店。\n二、种树。每年种树。"
            ),
            measures("一、供苗范围。\n苗圃不供苗。\n二、种树。每年种树。")
        );
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
    fn points_without_titles_detail_a_chapter_with_bodies() {
        let text = "一、加快种树\n每年种树。重点抓好：\n1.育苗；\n2.补苗。\n（责任单位：市园林局）\n二、治水\n每年治水。（责任单位：市水务局）\n三、护林\n每年护林。（责任单位：市林业局）";
        assert_eq!(measures(text), [[1], [2], [3]]);
    }

    #[test]
    fn the_bodies_of_a_chapter_make_it_no_measure_beside_its_items() {
        let text = "一、绿化\n做好以下工作：\n（一）每年种树。\n（二）补种死苗。\n上述工作当年完成。（牵头单位：市园林局）";
        assert_eq!(measures(text), [[1, 1], [1, 2]]);
    }

    #[test]
    fn points_only_detail_a_chapter_where_most_chapters_are_measures() {
        let text = "一、种树\n每年种树。\n二、补种\n每年补种。\n三、清河\n每年清河。\n四、修枝\n每年修枝。\n五、治虫\n每年治虫。\n六、护林\n护林员可申请一次装备：\n（一）不超过5件。\n（二）每年一次。";
        assert_eq!(measures(text), [[1], [2], [3], [4], [5], [6]]);
    }

    #[test]
    fn a_list_that_a_sentence_calls_conditions_holds_no_measures() {
        let text = "一、种树。每年种树。入库企业应同时符合以下条件：\n（一）在本市注册。\n（二）苗圃不少于500亩。\n二、治水。每年治水。";
        assert_eq!(measures(text), [[1], [2]]);
        let text = "一、种树。每年种树，做好以下工作：\n（一）育苗。每年育苗。（市园林局负责）";
        assert_eq!(measures(text), [[1, 1]]);
    }

    #[test]
    fn what_is_done_with_those_of_whom_something_holds_is_the_measure() {
        let text = "一、清理苗圃\n（一）符合下列要求的苗圃予以保留。\n1.有好苗。\n2.有好土。\n（二）对存在下列问题的苗圃要限期整改：\n1.苗木枯死的；\n2.土地荒芜的。";
        assert_eq!(measures(text), [[1, 1], [1, 2]]);
    }

    #[test]
    fn an_article_is_a_measure_for_what_it_or_its_list_makes_a_body_do() {
        let text = "第一章总则\n第一条申请程序如下：\n（一）申请人提出申请。\n（二）园林管理中心审核材料。\n第二条申请人应符合下列条件：\n（一）市园林局认定其为苗圃。\n第三条古树是指由园林管理中心认定的树木。";
        assert_eq!(measures(text), [vec![1, 1, 2]]);
        let text =
            "第一条花农可以通过下列方式得到苗木：\n（一）园林部门每年发放苗木。\n（二）购买。";
        assert_eq!(measures(text), [[1]]);
    }

    #[test]
    fn what_an_article_defines_on_the_way_takes_no_duty_from_it() {
        assert_eq!(
            measures(
                "第一条 市园林部门应当建立名录。\n本条所称名录是指古树的名录。\n第二条 本办法所指古树，是指百年以上的树木，由园林部门认定。"
            ),
            [[1]]
        );
    }

    #[test]
    fn an_article_is_a_measure_where_where_a_public_body_has_to_act() {
        assert_eq!(measures("第一条 本办法适用于本市。\n第二条 市园林部门应当建立名录。"), [[2]]);
    }

    #[test]
    fn whole_sentences_are_the_task_that_their_points_detail() {
        let text = "一、育苗\n（一）苗木按照适地适树的原则选择，树种由各苗圃通过引种、选育、嫁接等方式增加，并且按照苗圃规划分年进行筹集和更新。\n1.引种育苗。每年引种，种好树苗。\n2.选育良种。每年选育，种好树苗。";
        assert_eq!(measures(text), [vec![1, 1]]);
        let text = "一、补贴\n（一）种树补贴\n对符合以下条件之一的花农，每株给予补贴。\n1.重点花农：有苗圃的花农。\n2.新花农：今年种花的人。";
        assert_eq!(measures(text), [vec![1, 1]]);
    }

    #[test]
    fn papers_asked_for_in_one_sentence_are_no_task() {
        let text =
            "一、种树\n1.有苗圃的花农，需提供以下材料：申请书、苗圃登记表。\n2.每年补种死苗。";
        assert_eq!(measures(text), [vec![1, 2]]);
    }

    #[test]
    fn figures_may_be_the_condition_of_a_task() {
        let text = "一、种树\n（一）建立苗木价格调整机制。苗木价格同比上涨3%的，调整苗木供应。";
        assert_eq!(measures(text), [vec![1, 1]]);
    }
}
