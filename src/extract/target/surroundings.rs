//! The words around a quantity, as the rules of judgement see them. In: a part of a clause and what stands around it; out: the
//! claim that its words make, and what ties it to a time. The surprise: whether words reach a number (达到40%) and whether
//! something does what is counted (40%的小区建成…) is asked on both sides, of what promises and of what denies.

use super::naming::{labels_time, names_time};
use super::part::Part;
use super::quantity::{Sort, find_bound_of};
use super::wording::find_modality;
use super::{Reader, deadline};
use crate::document::{Modality, Qualifier, Recurrence};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// How firmly a clause is tied to a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// Not at all.
    #[default]
    Loose,
    /// A deadline of the sentence, a frequency or 力争 governs it.
    Governed,
    /// It names a deadline itself.
    Due,
}

/// What surrounds a part.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the words around, asked by name"
)]
pub(super) struct Surroundings<'a> {
    /// The clause that the part is cut from.
    pub(super) clause: &'a str,
    /// The words between two semicolons or full stops that the clause stands in.
    pub(super) statement: &'a str,
    /// The statement to its end.
    pub(super) whole: &'a str,
    /// What ties the clause to a time.
    pub(super) hold: Hold,
    /// Only a frequency ties it: 每月.
    pub(super) only_recurs: bool,
    /// The verdict on the part before it in the same clause.
    pub(super) sibling: Option<bool>,
    /// The quantity before in the sentence is promised.
    pub(super) goes_on: bool,
    /// What all things of a list do, from the words behind its last one.
    pub(super) shared_phrase: Option<&'a str>,
    /// The sentence has said that conditions follow: 应满足以下条件：….
    pub(super) lists_conditions: bool,
    /// The last promise read in the block is a time of a procedure: a clause that names nobody goes on with the same body's.
    pub(super) handled_before: bool,
    /// The clause before only names a time that something takes: 检疫时限，….
    pub(super) names_time: bool,
    /// The words of the block before the statement.
    pub(super) block_before: &'a str,
    /// The label of the item announces a time: 办理时限：….
    pub(super) labels_time: bool,
    /// The clause belongs to an article of a regulation.
    pub(super) in_article: bool,
}

impl Surroundings<'_> {
    pub(super) fn is_governed(&self) -> bool {
        self.hold >= Hold::Governed
    }

    /// The statement behind the clause.
    pub(super) fn rest(&self) -> &str {
        self.whole.get(self.statement.len()..).unwrap_or_default()
    }
}

impl<'a> Reader<'a> {
    /// What surrounds the parts of `clause`, which `statement` holds.
    pub(super) fn surround(
        &self,
        clause: Span,
        statement: Span,
        recurrence: Option<Recurrence>,
    ) -> Surroundings<'a> {
        let words = clause.slice(self.clean);
        let is_fresh = self.is_freshly_due();
        let is_firm = is_fresh
            || deadline::names_this_year(words)
            || matches!(find_modality(words), Some(Modality::Strive | Modality::Ensure));
        let hold = if self.is_due_in(clause) {
            Hold::Due
        } else if is_firm || recurrence.is_some() {
            Hold::Governed
        } else {
            Hold::Loose
        };
        Surroundings {
            clause: words,
            statement: Span::new(statement.byte_start, clause.byte_end).slice(self.clean),
            whole: statement.slice(self.clean),
            hold,
            only_recurs: recurrence.is_some() && !is_firm,
            sibling: None,
            goes_on: self.promised_before,
            shared_phrase: None,
            lists_conditions: self.lists_conditions,
            handled_before: self.targets.last().is_some_and(|last| {
                last.quantity
                    .unit
                    .as_deref()
                    .is_some_and(|unit| unit.ends_with(['日', '时', '钟', '天']))
            }),
            names_time: self
                .clause_before
                .is_some_and(|before| names_time(before.slice(self.clean))),
            block_before: Span::new(
                self.block.span.byte_start,
                statement.byte_start.max(self.block.span.byte_start),
            )
            .slice(self.clean),
            labels_time: self.label.is_some_and(labels_time),
            in_article: self.in_article,
        }
    }

    /// Whether `clause` names the deadline that is in force.
    pub(super) fn is_due_in(&self, clause: Span) -> bool {
        self.due.as_ref().is_some_and(|due| clause.contains(due.words.span))
    }

    /// Whether the sentence itself names a deadline.
    pub(super) fn is_freshly_due(&self) -> bool {
        self.due.as_ref().is_some_and(|due| !due.opened_paragraph)
    }
}

/// 招生规模不少于招生计划: a size is bounded by a share of another, not a price or a fee.
static MEASURES_A_SIZE: Pattern =
    LazyLock::new(|| pattern(r"总|比例|(?:规模|数量|人数|面积|招生|产量)[^，]{0,4}不"));

/// 养护标准不低于最低标准的1.6倍: one level is bounded by another.
static TIMES_A_LEVEL: Pattern =
    LazyLock::new(|| pattern(r"(?:标准|水平|工资)[\p{Han}]{0,4}不(?:低于|少于)"));

/// 招生计划数合计不超过招生总数的6%.
static LIMITS_A_PLAN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:计划数?|名额|指标)(?:合计|总计)?|目标为?)不(?:超过|高于)(?:20\d\d年度?)?[\p{Han}]{2,20}的$",
    )
});

/// 达到, 提高到, 控制在: the words before lead to the number.
static REACHES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:达到?|为|至|到|突破|完成|实现|新增|净增|增加|增长|提高|提升|下降|降低|减少|压减|削减|控制在|控制|压缩|缩短|稳定在|迈上|跃上|保持在|维持在|保持|稳定|增幅|涨幅|增速|占比?|保有|完成[^，]{0,10}的|分别|累计|总计|共|共计|不少|拓展|扩大|回收|消纳|集聚|吸引|形成|达成|高出|(?:率|比例|占比|比重|水平|强度)在|每[^，]{1,12}拥有|精简为?|达到?[^，]{0,8}水平[（(])(?:年均|平均|剩余|其余|“[^“”]*”)?$",
    )
});

/// 压缩至法定时限的一半, 达到2030年的2倍: a share of what was, or of what is allowed.
static REACHES_PART_OF: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?:压缩|压减|缩减|缩短|减少|降低|下降|精简|提高|提升|增加|增长|扩大|降|减|增)(?:到|至|为)|达到?|是|相当于|占)(?:20\d\d年|[\p{Han}]{0,6}(?:时限|时间|水平|标准|规模|原来|现有|目前|上年|去年|同期|[总年]量|总数|总额|总面积|总人口))的$",
    )
});

/// 高于城镇居民1.5个百分点.
static DIFFERS: Pattern =
    LazyLock::new(|| pattern(r"(?:高于|快于|低于|超过|高出)[\p{Han}&&[^并且后]]{2,14}$"));

/// What the counted things do.
static DOES: Pattern = LazyLock::new(|| {
    pattern(
        r"建成|达到|实现|完成|纳入|进入|入选|跻身|上榜|晋级|获评|设立|设置|建立|达标|达产|挂牌|通上|用上|喝上|通过|覆盖|接入|具备|创成|创建|开展|得到|列入|投入|开工|竣工|投产|复产|复工|建有|取得|配备|完工|贯通|通车|参加|使用|推行|实行|启动|入驻|落户|上线|建到|建在|入园|迁入|上云|入规|升规|上规|触网|技改|入统",
    )
});

/// What the words of a part say of its quantity.
#[derive(Clone, Copy)]
pub(super) struct Claim<'a> {
    pub(super) sort: Sort,
    /// The unit; empty where there is none.
    pub(super) unit: &'a str,
    /// The quantity with its bounding words, as printed.
    pub(super) text: &'a str,
    /// The words before the quantity and its bounding word.
    pub(super) before: &'a str,
    /// The words that lead to the number: what stands before it, or 由60日缩短至.
    pub(super) led: &'a str,
    /// The words behind.
    pub(super) after: &'a str,
    /// Whether a bounding word stands before the number: 不低于40%.
    pub(super) is_bounded: bool,
    /// Whether the number is a range: 2—3%.
    pub(super) is_range: bool,
    /// Whether the words before lead to the number: 达到, 新增, 由30%提高到.
    pub(super) reaches: bool,
}

impl<'a> Claim<'a> {
    /// The claim of `part`; `words` are those that the part's spans refer to.
    pub(super) fn new(part: &'a Part, words: &'a str) -> Self {
        let quantity = &part.found.quantity;
        let before = part.before.slice(words);
        let unit = quantity.unit.as_deref().unwrap_or_default();
        let is_bounded = quantity.text.span.byte_start < part.found.span.byte_start;
        let bounds_a_size = find_bound_of(before, unit) == Some(Qualifier::AtLeast)
            && (MEASURES_A_SIZE.is_match(before)
                || (unit == "倍" && TIMES_A_LEVEL.is_match(before)))
            || LIMITS_A_PLAN.is_match(before);
        let risen = Span::new(part.before.byte_end, quantity.text.span.byte_start);
        let led = Some(risen).filter(|risen| part.rises && risen.byte_start < risen.byte_end);
        Self {
            sort: part.found.sort,
            led: led.map_or(before, |risen| risen.slice(words)),
            unit,
            text: &quantity.text.value,
            before,
            // 清偿60%以上并杜绝新欠, 500个、总投资…: what stands besides says nothing of the number.
            after: Some(part.after.slice(words))
                .filter(|after| !after.starts_with(['并', '、']))
                .unwrap_or_default(),
            is_bounded,
            is_range: quantity.number_upper.is_some(),
            reaches: REACHES.is_match(before)
                || is_bounded
                || part.rises
                || bounds_a_size
                || (unit.ends_with("百分点") && DIFFERS.is_match(before))
                || (part.found.sort == Sort::Share && REACHES_PART_OF.is_match(before)),
        }
    }

    /// Whether the words behind say what the counted things do: 建成, 达到.
    pub(super) fn does(&self) -> bool {
        DOES.is_match(self.after)
    }

    /// Whether the number is only about right: 30个左右, 30个以上.
    pub(super) fn is_approximate(&self) -> bool {
        self.text.ends_with("左右") || self.text.ends_with("以上") || self.is_bounded
    }

    /// Whether a bounding word closes the quantity: 5个以上.
    pub(super) fn ends_with_bound(&self) -> bool {
        self.text.ends_with(['上', '内', '下'])
    }
}
