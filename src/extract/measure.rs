//! Which items are measures. In: the outline with its assignments; out: each item's class. A measure is the
//! lowest numbered item that says what is to be done; aims, principles and history are sections. The surprise:
//! a sub-point is no measure of its own where its parent has text, unless it names who is in charge.

mod conditions;
mod cover;
mod notes;
mod tree;

use self::conditions::{NAMES_CONDITIONS, find_listed_conditions, requires};
use self::cover::is_covering;
use self::notes::only_notes;
use self::tree::{
    ancestors, ancestors_have_article, below, children, has_assignments_below, own_text,
    self_and_above,
};
use super::duty;
use super::ordinal::Style;
use super::outline::Outline;
use super::target::tells_statistics;
use super::topic::{
    Announced, LABEL, is_residual, is_term, names_aims, names_document, only_names,
    says_nothing_to_do, tells_of_document,
};
use crate::document::{Header, Item, ItemClass};
use crate::text::{Pattern, pattern};
use std::sync::LazyLock;

/// Articles about the rules themselves: purpose, scope, terms, entry into force.
static FORMAL: Pattern = LazyLock::new(|| {
    pattern(
        // 制定本市办法 is something to do.
        r"制定本[\p{Han}&&[^地区市省县州部单位]]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度|意见|方案|措施|政策|标准|指南|章程)|^[^。；]{2,60}是指|本[\p{Han}]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度)(?:所称|所指|适用于|自[^。]{0,30}(?:施行|实施|执行))|[，,]适用本[\p{Han}]{0,4}?(?:办法|规定|细则|条例|规则|规程|制度)。|由[^。；]{2,}负责解释",
    )
});

/// Sets the class of every item.
pub(super) fn classify(clean: &str, outline: &mut Outline) {
    outline.read_headings();
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
    static CLOSING: Pattern = LazyLock::new(|| {
        pattern(r"^保障|保障(?:措施|机制|体系|工作)?$|组织|其他|其它|附则|要求|期限|监督|宣传|领导")
    });
    let is_task = |at: usize| {
        let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
        outline.styles.get(at) == Some(&Style::Han)
            && !announced(outline, at).no_task
            && !CLOSING.is_match(heading)
            && !own_text(clean, outline, at).is_empty()
    };
    let tasks: Vec<usize> = (0..outline.items.len()).filter(|&at| is_task(at)).collect();
    let leaves = tasks.iter().filter(|&&at| below(outline, at) == 0).count();
    let is_small = |&at: &usize| children(&outline.items, at).len() <= POINTS_MAX;
    leaves >= LEAVES_MIN && leaves * 4 >= tasks.len() * 3 && tasks.iter().all(is_small)
}

/// Whether the articles of a text without a title are those of a policy: half of them open with a task or a grant, and none is about
/// the rules themselves.
pub(super) fn articles_are_tasks(clean: &str, outline: &Outline) -> bool {
    const ARTICLES_MIN: usize = 5;
    let articles: Vec<usize> = (0..outline.items.len())
        .filter(|&at| outline.styles.get(at) == Some(&Style::Article))
        .collect();
    let heading = |at: usize| outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let is_formal = |&at: &usize| {
        own_text(clean, outline, at).first().is_some_and(|words| FORMAL.is_match(words))
    };
    let is_task = |&&at: &&usize| {
        let own = own_text(clean, outline, at);
        let opening = own.first().copied().unwrap_or_default();
        // 第一条为加快种树 explains another text.
        !opening.starts_with('为')
            && (TASK_VERB.is_match(heading(at))
                || (TASK_VERB.is_match(opening) && !APPLICANT_ACTS.is_match(opening))
                || GRANTS.is_match(opening))
    };
    articles.len() >= ARTICLES_MIN
        && articles.iter().filter(is_task).count() * 2 >= articles.len()
        && !articles.iter().any(is_formal)
}

/// Whether a text tells in articles how something is done, as 苗圃登记操作指南 does: they are those of rules, whatever it is called.
pub(super) fn is_guide_in_articles(header: &Header, outline: &Outline) -> bool {
    static GUIDE: Pattern =
        LazyLock::new(|| pattern(r"(?:指南|指引)(?:[（(][^（）()]{1,12}[）)])*$"));
    outline.styles.contains(&Style::Article)
        && header
            .attached_title
            .as_ref()
            .or(header.title.as_ref())
            .is_some_and(|title| GUIDE.is_match(&title.value))
}

/// Whether what an item or its ancestors are about commits nobody; aims commit, whatever chapter they stand in.
pub(super) fn is_background(outline: &Outline, at: usize) -> bool {
    self_and_above(outline, at).find_map(|at| announced(outline, at).background).unwrap_or(false)
}

/// What the heading of an item announces.
fn announced(outline: &Outline, at: usize) -> Announced {
    outline.announced.get(at).copied().unwrap_or_default()
}

fn is_measure(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let Some(item) = outline.items.get(at) else { return false };
    let style = outline.styles.get(at).copied().unwrap_or(Style::Han);
    if style == Style::Row {
        return true;
    }
    // What an article says counts, not whether its chapter is called 总则.
    let in_article = style == Style::Article || ancestors_have_article(outline, at);
    let is_condition = is_idle(outline, at, in_article)
        || (style != Style::Article && is_below_conditions(outline, at));
    // 本办法适用于本市。市园林局负责苗圃管理: what an article says besides counts too.
    let acts_besides =
        || style == Style::Article && says_duty(&own_text(clean, outline, at), defined);
    if (is_condition && !is_request(clean, outline, at))
        || (is_label_or_residual(clean, outline, at) && !acts_besides())
        || names_aims(&item.heading.value)
        || is_opening_request(outline, at)
        || only_notes(clean, outline, at, defined)
        || only_reports(clean, outline, at)
    {
        return false;
    }
    if in_article && style != Style::Article {
        return is_entry_with_duty(clean, outline, at, defined);
    }
    if style == Style::Article {
        return is_article_with_duty(clean, outline, at, defined);
    }
    if outline.sets_rules && !gives_duty_itself(clean, outline, at, defined) {
        return false;
    }
    let mut children = children(&outline.items, at);
    let has_points = !children.is_empty();
    children.retain(|&child| !is_below_conditions(outline, child));
    // A chapter's bodies are in charge of what stands below it.
    let is_group = outline.closed_by_note.contains(&at)
        || (is_chapter(style) && !children.is_empty() && !is_covering(clean, outline, at));
    if !item.assignments.is_empty() && !is_group {
        return !has_assignments_below(outline, at);
    }
    let covered = ancestors(&outline.items, at).any(|above| is_covering(clean, outline, above));
    if children.is_empty() {
        // 征集范围及要求 above 征集范围 and 征集要求 alone.
        let only_sorts = has_points
            && NAMES_CONDITIONS.is_match(&item.heading.value)
            && own_text(clean, outline, at).is_empty();
        return !covered && !only_sorts;
    }
    !covered && !has_assignments_below(outline, at) && is_covering(clean, outline, at)
}

/// Whether the heading of an item, or one above it, names no task; in rules, chapters only sort the articles.
fn is_idle(outline: &Outline, at: usize, in_article: bool) -> bool {
    let style = |at: usize| outline.styles.get(at).copied().unwrap_or(Style::Han);
    let mut chain = self_and_above(outline, at);
    if in_article {
        chain.any(|at| !is_chapter(style(at)) && announced(outline, at).conditions)
    } else {
        // Rules numbered 一、 have a chapter 总则 too.
        let is_general = |above: usize| {
            above != at
                && outline.sets_rules
                && outline.items.get(above).is_some_and(|item| item.heading.value == "总则")
        };
        chain.any(|at| announced(outline, at).no_task && !is_general(at))
    }
}

/// Whether an item below 申报要求 tells those who are written to what to do, not those who apply what they need.
fn is_request(clean: &str, outline: &Outline, at: usize) -> bool {
    let Some(above) = outline.items.get(at).and_then(|item| item.parent) else { return false };
    outline.items.get(above).is_some_and(|item| item.heading.value.ends_with("要求"))
        && announced(outline, above).conditions
        && own_text(clean, outline, at).first().is_some_and(|words| duty::tells_addressees(words))
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
        r"^(?:(?:在|针对|围绕|结合)[^，。；：]{2,24}[，,])?[\p{Han}]{0,8}?(?:要|应|应当|须)?(?:进一步|积极|大力|切实|认真|全面|深入|逐步|严格)?(?:做好|抓好|清理|压缩|精简|统筹|种好|建立|健全|完善|加强|强化|落实|推进|推动|实施|开展|优化|规范|调整|增设|放宽|延长|搭建|打造|培育|推广|依托|支持|鼓励|引导|加快|加大|提升|提高|促进|深化|扩大|改革|创新|简化|制定|编制|组织)",
    )
});

/// 材料审核, 补贴发放: what only an authority does, though the item need not name it.
static ACT_OF_AUTHORITY: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}]{0,6}(?:受理|审核|审查|初审|复审|复核|评审|审批|审定|公示|公布|拨付|兑付|兑现|发放|认定|核查|核准|核验)$",
    )
});

/// 核验。申请人登录平台: the step of somebody who applies.
static APPLICANT_ACTS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^，。；：按对由]{0,10}(?:人|企业|单位|公司|者|家庭)(?:应|需|须|可|登录|向|提交|持|凭|填写|通过|携带)",
    )
});

/// 每亩给予2千元补贴: who pays has something to do; so has who raises 补助额度 to 5千元.
static GRANTS: Pattern = LazyLock::new(|| {
    pattern(
        r"给予[^。；，]*(?:补贴|补助|奖励|奖补|贴息|资助|补偿|优惠|减免|扶持)|按[^。；]{2,40}(?:给予|发放)|发放[^。；，]{0,12}(?:补贴|补助|奖励)|(?:补贴|补助|奖励|资助)\d|(?:额度|比例|标准|年限|期限|时限)[^。；，]*(?:提高|调整|上浮|延长|降低|延后)(?:至|为|到)",
    )
});

/// Whether an item of rules that are numbered without articles makes a public body act, or one below it does.
fn gives_duty_itself(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let has_assignments = outline.items.get(at).is_some_and(|item| !item.assignments.is_empty());
    let own = own_text(clean, outline, at);
    let opening = own.first().copied().unwrap_or(heading);
    if FORMAL.is_match(opening) {
        return says_duty(&own, defined);
    }
    has_assignments
        || (ACT_OF_AUTHORITY.is_match(heading) && !APPLICANT_ACTS.is_match(opening))
        || TASK_VERB.is_match(heading)
        || (TASK_VERB.is_match(opening) && !APPLICANT_ACTS.is_match(opening))
        || duty::gives_duty(heading, defined)
        || own.iter().any(|words| GRANTS.is_match(words) || duty::gives_duty(words, defined))
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
    self_and_above(outline, at)
        .any(|at| announced(outline, at).conditions || outline.conditions.contains(&at))
}

/// 花农需提供以下材料：申请书，苗圃登记表。: what is handed in, in one sentence.
static ASKS_FOR_PAPERS: Pattern = LazyLock::new(|| {
    pattern(
        r"^[^。；：:]*[需应须]当?(?:提供|提交|递交|报送)(?:以下|下列|如下)[\p{Han}]{0,4}(?:材料|资料|证明)[：:][^。；]{4,}。?$",
    )
});

/// 特此公告。: what stands behind the last item of a text.
static CLOSING: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:特此[\p{Han}]{2,4}。?$|附件[\d：:]|请[^。]{2,300}将本[\p{Han}]{2,4}(?:转发|传达))",
    )
});

/// （一）坚持适地适树原则；: a principle and no more.
static PRINCIPLE: Pattern = LazyLock::new(|| pattern(r"^坚持[^，；。]{2,60}原则[；。;]?$"));

/// 组织机构 above 主办单位：某局 only names who runs something.
static RUN_BY: Pattern =
    LazyLock::new(|| pattern(r"^(?:组织|主办|承办|活动|大赛|赛事)(?:机构|单位|架构)$"));

/// Whether an item only names something, or only says how the document itself is to be read.
fn is_label_or_residual(clean: &str, outline: &Outline, at: usize) -> bool {
    let heading = outline.items.get(at).map_or("", |item| item.heading.value.as_str());
    let own = own_text(clean, outline, at);
    // 有苗圃的花农，需提供以下材料：申请书，…: a list of papers in one sentence.
    if matches!(own.as_slice(), [words] if ASKS_FOR_PAPERS.is_match(words)
        || (requires(heading, words)
            && !is_assigned(outline, at)
            && outline.styles.get(at) != Some(&Style::Article))
        || (heading.is_empty() && PRINCIPLE.is_match(words)))
        || (RUN_BY.is_match(heading)
            && children(&outline.items, at).is_empty()
            && !own.iter().any(|words| words.contains('。')))
    {
        return true;
    }
    if says_nothing_to_do(heading, &own)
        || tells_of_document(heading, &own)
        || names_document(heading, &own)
        || ((only_names(heading, &own) || explains_word(outline, at)) && !is_assigned(outline, at))
    {
        return true;
    }
    if !heading.is_empty() {
        return LABEL.is_match(heading) || is_residual(heading);
    }
    matches!(own.split_first(), Some((first, rest)) if is_residual(first) && rest.iter().all(|words| CLOSING.is_match(words)))
}

/// Whether an item is one of several, and of most around it, that explain a word in quotation marks.
fn explains_word(outline: &Outline, at: usize) -> bool {
    const WORDS_MIN: usize = 3;
    let explains = |item: &Item| is_term(&item.heading.value);
    let Some(item) = outline.items.get(at).filter(|item| explains(item)) else { return false };
    // 绿道“五连”工程 stands among them.
    let siblings = outline.items.iter().filter(|other| other.parent == item.parent);
    let (mut words, mut quoted, mut all) = (0, 0, 0);
    for other in siblings {
        words += usize::from(explains(other));
        quoted += usize::from(other.heading.value.contains('“'));
        all += 1;
    }
    words >= WORDS_MIN && quoted * 2 >= all
}

/// What opens a list of who does what: 按照下列分工组织实施, 实行分级管理. The steps of one procedure (申报程序如下) only detail it.
static DIVIDES_WORK: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:分工|规则)(?:如下|办理|进行|执行|确定|为|是|(?:组织)?(?:实施|落实))[：:]$|实行分级[\p{Han}]{2,10}[。：:]$",
    )
});

/// Whether an article only opens the list of who does what: its entries are the measures.
fn divides_work(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let own = own_text(clean, outline, at);
    matches!(own.as_slice(), [words] if DIVIDES_WORK.is_match(words) && !duty::gives_duty(words, defined))
}

/// Whether an entry makes a body act under an article that only divides the work.
fn is_entry_with_duty(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let above = ancestors(&outline.items, at).next();
    above.is_some_and(|above| divides_work(clean, outline, above, defined))
        && !divides_work(clean, outline, at, defined)
        && (is_assigned(outline, at)
            || own_text(clean, outline, at).iter().any(|words| duty::gives_duty(words, defined)))
}

/// （三）登记表。名单由市园林局公布。: what has run on from the last entry of an article's list is of the article.
fn behind_entries<'a>(clean: &'a str, outline: &Outline, at: usize) -> Option<&'a str> {
    let entries = children(&outline.items, at);
    let (&last, before) = entries.split_last()?;
    let ends_open = |&entry: &usize| {
        own_text(clean, outline, entry).last().is_some_and(|words| words.ends_with('；'))
    };
    let own = own_text(clean, outline, last);
    let (entry, behind) = own.last()?.split_once('。')?;
    (!before.is_empty() && before.iter().all(ends_open) && !entry.contains('；')).then_some(behind)
}

/// Whether an item names who is in charge of it.
fn is_assigned(outline: &Outline, at: usize) -> bool {
    outline.items.get(at).is_some_and(|item| !item.assignments.is_empty())
}

/// Whether an article, or an entry of its list, gives a public body something to do.
fn is_article_with_duty(clean: &str, outline: &Outline, at: usize, defined: &[String]) -> bool {
    let own = own_text(clean, outline, at);
    if says_duty(&own, defined) {
        return true;
    }
    if own.first().is_some_and(|words| FORMAL.is_match(words)) {
        return false;
    }
    is_assigned(outline, at)
        || behind_entries(clean, outline, at).is_some_and(|words| duty::gives_duty(words, defined))
        || (!own.last().is_some_and(|words| duty::opens_conditions(words))
            && !divides_work(clean, outline, at, defined)
            && children(&outline.items, at).into_iter().any(|entry| {
                own_text(clean, outline, entry).iter().any(|words| duty::gives_duty(words, defined))
            }))
}

/// Whether a sentence besides those on the rules themselves makes a public body act: beside what its words mean, an article may say so.
fn says_duty(own: &[&str], defined: &[String]) -> bool {
    // The article that ends the rules gives nothing to do, and a copy may go on behind it with other texts.
    static IN_FORCE: Pattern = LazyLock::new(|| {
        pattern(
            r"本[\p{Han}]{0,6}?(?:办法|规定|条例|细则|规则|规程|章程|规范|指南|指引|制度|意见|措施|方案)自[^。]{2,40}(?:施行|实施|执行|生效)",
        )
    });
    !own.first().is_some_and(|words| IN_FORCE.is_match(words))
        && own
            .iter()
            .flat_map(|words| words.split_inclusive('。'))
            .any(|sentence| !FORMAL.is_match(sentence) && duty::gives_duty(sentence, defined))
}

const fn is_chapter(style: Style) -> bool {
    matches!(style, Style::Han | Style::Chapter | Style::Part | Style::Division)
}

#[cfg(test)]
mod tests;
