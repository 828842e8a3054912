//! Names that a clause leaves to the words before it. In: an indicator as its clause gives it; out: the same, completed from the
//! quantity or the clause before. The surprise: 竣工50个 and 占比重5% name what is done or compared, but not of what.

use super::Reader;
use super::part::Part;
use super::procedure::find_handled_behind;
use super::quantity::Sort;
use crate::document::Located;
use crate::extract::outline::Outline;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A longer name is a sentence, and the shorter one says more.
const NAME_CHARS_MAX: usize = 40;

/// The heading of an item that names what the numbers of its text measure: a label before a colon, a trade, a cluster of industry.
pub(super) fn find_label<'a>(
    clean: &str,
    outline: &'a Outline,
    item: Option<usize>,
) -> Option<&'a str> {
    static TRADE: Pattern = LazyLock::new(|| pattern(r"(?:产业|集群|行业|园区|基地)$"));
    const LABEL_CHARS_MAX: usize = 16;
    let heading = &outline.items.get(item?)?.heading;
    let words = heading.value.as_str();
    let is_label = clean.get(heading.span.byte_end..)?.starts_with(['：', ':']);
    ((2..=LABEL_CHARS_MAX).contains(&words.chars().count()) && (is_label || TRADE.is_match(words)))
        .then_some(words)
}

/// Whether a label announces how long the body that handles something takes.
pub(super) fn labels_time(label: &str) -> bool {
    static TAKES: Pattern = LazyLock::new(|| {
        pattern(r"(?:办理|办结|受理|审批|审核|审查|答复|处理)(?:时限|期限|时间)$")
    });
    TAKES.is_match(label)
}

/// Whether a clause only names a time that something takes: 苗木检疫全过程时间.
pub(super) fn names_time(clause: &str) -> bool {
    static TIME: Pattern = LazyLock::new(|| pattern(r"^[^，]{2,20}(?:时[限间]|周期|用时)$"));
    TIME.is_match(clause)
}

/// 符合条件的, 经审核无误的, 受理部门为区级部门的, 实现上述目标: on what it depends, or what was said already, but not what is done.
pub(super) fn is_bare_condition(clause: &str) -> bool {
    static CONDITION: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:对|经)?(?:审核|审查|核实|验收)?(?:后)?(?:符合(?:规定|相关|有关|受理|上述)?(?:条件|要求|规定)|材料(?:齐全|完整)|无误|合格|通过|属实|情况属实)的?$|^[\p{Han}]{2,12}为[\p{Han}]{2,16}的$|(?:实现|完成|达到)(?:上述|以上|前述)目标$|^在[^，]*(?:前提下|基础上|情况下|条件下)$",
        )
    });
    CONDITION.is_match(clause)
}

/// 以行道树等为重点: what has the stress is not what is done.
pub(super) fn is_focus(clause: &str) -> bool {
    static FOCUS: Pattern =
        LazyLock::new(|| pattern(r"^以[^，]*为(?:重点|抓手|主线|核心|突破口|导向|目标)$"));
    FOCUS.is_match(clause)
}

impl Reader<'_> {
    /// 占地区生产总值比重 and 总数 have no subject of their own: the clause before names whose share it is.
    pub(super) fn with_owner(&self, indicator: Located<String>) -> Located<String> {
        static CHANGE: Pattern =
            LazyLock::new(|| pattern(r"(?:净增|新增|增加|增长|数量|总数|面积|产量)$"));
        let is_bare = ["总数", "总量", "数量", "占比", "比重", "增长", "增速", "增幅"]
            .contains(&indicator.value.as_str());
        let Some(owner) =
            self.last_indicator.as_ref().filter(|_| indicator.value.starts_with('占') || is_bare)
        else {
            return indicator;
        };
        let owner = if is_bare { CHANGE.replace(&owner.value, "") } else { (&*owner.value).into() };
        // 新增花店10家、总数达到45家: all there are, not only the new ones.
        let counts_all = ["总数", "总量", "数量"].contains(&indicator.value.as_str());
        let owner = ["新增", "净增"]
            .iter()
            .find_map(|act| owner.strip_prefix(act).filter(|_| counts_all))
            .unwrap_or(&*owner);
        let value = format!("{owner}{}", indicator.value);
        if value.chars().count() > NAME_CHARS_MAX {
            indicator
        } else {
            Located::new(value, indicator.span)
        }
    }

    /// 对绿化许可，3个工作日内办结: what is done is named in the clause before.
    pub(super) fn with_thing_done(
        &self,
        indicator: Located<String>,
        part: &Part,
        words: &str,
    ) -> Located<String> {
        static BY_WHOM: Pattern = LazyLock::new(|| {
            pattern(
                r"^([\p{Han}“”]{2,12}?)由[\p{Han}、]{2,20}(?:局|委|办|厅|部门|政府|中心|机构)[\p{Han}]{0,16}$",
            )
        });
        // 检疫3个环节、5个工作日办结; 检疫3日内受理、5日内办结: the same thing, one step on.
        static STEP: Pattern = LazyLock::new(|| {
            pattern(
                r"^(.{2,30}?)(?:环节|步骤|手续|流程|响应|回应|受理|初审|审核|审批|核实|分办|分派|派单|签收|核查|反馈|联系|告知[\p{Han}]{0,6}|答复|办结|完成|[须应]?(?:电话|口头)报告)$",
            )
        });
        // 对苗木检疫申请，园林局应在5个工作日内办结: 对 tells of what, so who does it is no part of the name.
        static ACTOR: Pattern = LazyLock::new(|| {
            pattern(r"^[\p{Han}、]{0,24}(?:部门|机构|机关|政府|中心|局|委|办|厅)(?:应|要|须)?")
        });
        let told = |span: Span| span.slice(self.clean).starts_with('对');
        let act = part.after.slice(words);
        let names_actor = part.found.sort == Sort::Time
            && self.clause_before.is_some_and(told)
            && indicator
                .value
                .strip_suffix(act)
                .is_some_and(|who| ACTOR.find(who).is_some_and(|actor| actor.end() == who.len()));
        let indicator =
            if names_actor { Located::new(act.to_owned(), indicator.span) } else { indicator };
        let acts = part.found.sort == Sort::Time && act.ends_with(&*indicator.value);
        if acts
            && part.before.is_empty()
            && part.found.span.byte_start > 0
            && let Some(thing) =
                self.last_indicator.as_ref().and_then(|before| STEP.captures(&before.value))
        {
            let thing = thing.get(1).map_or("", |thing| thing.as_str());
            return Located::new(format!("{thing}{}", indicator.value), indicator.span);
        }
        let Some(thing) = self.clause_before.filter(|_| acts && !indicator.value.is_empty()) else {
            return indicator;
        };
        let thing = thing.slice(self.clean);
        // 补助由园林局审核，10日内拨付: who looks at it is no part of it.
        let thing =
            BY_WHOM.captures(thing).and_then(|found| found.get(1)).map_or(thing, |of| of.as_str());
        // 园林局应当建立苗木名录，并在3日内公布: who acts is no part of it.
        let thing = thing.split_once("应当").map_or(thing, |(_, act)| act);
        let thing = thing.strip_prefix("对于").unwrap_or(thing);
        let thing = thing.strip_prefix(['对', '如', '若']).unwrap_or(thing);
        let thing = thing.trim_end_matches('的');
        let value = format!("{thing}{}", indicator.value);
        if value.chars().count() > NAME_CHARS_MAX {
            indicator
        } else {
            Located::new(value, indicator.span)
        }
    }

    /// 自受理之日起3个月内，应完成审核: what is done is named behind the comma.
    pub(super) fn with_thing_behind(
        &self,
        indicator: Located<String>,
        part: &Part,
        clause: Span,
    ) -> Located<String> {
        if part.found.sort != Sort::Time || !part.after.is_empty() {
            return indicator;
        }
        let rest = Span::new(clause.byte_end, self.block.span.byte_end);
        match find_handled_behind(clause.slice(self.clean), rest.slice(self.clean)) {
            Some(done) => {
                let place = done.shifted(rest.byte_start);
                Located::new(place.slice(self.clean).to_owned(), place)
            }
            None => indicator,
        }
    }

    /// 审批时间压减一半，其中：政府项目减至90天: the time that is cut is named once.
    pub(super) fn with_time(&self, indicator: Located<String>, part: &Part) -> Located<String> {
        static TIME: Pattern = LazyLock::new(|| pattern(r"([\p{Han}]{2}(?:时间|时限|周期))$"));
        static OPEN: Pattern = LazyLock::new(|| {
            pattern(r"^([\p{Han}]{2,}?)(?:每[周日天月年])?(?:免费|低收费|或|集中)*开放时间$")
        });
        let last = self.last_indicator.as_ref().filter(|_| part.found.sort == Sort::Time);
        // 植物园每周开放时间不少于40小时，每年开放不少于300天: what is open is named once.
        if let Some(open) = last.filter(|_| indicator.value.ends_with("开放"))
            && let Some(place) = OPEN.captures(&open.value).and_then(|found| found.get(1))
        {
            return Located::new(format!("{}{}", place.as_str(), indicator.value), indicator.span);
        }
        let named = last.and_then(|before| TIME.captures(&before.value));
        let before = self.clause_before.map(|span| span.slice(self.clean));
        let whole = before.filter(|before| names_time(before));
        let named = named.and_then(|found| found.get(1)).map(|time| time.as_str());
        let Some(time) = whole.or(named).filter(|_| {
            part.found.sort == Sort::Time
                && part.after.is_empty()
                && !["时间", "时限", "周期", "天数"]
                    .iter()
                    .any(|noun| indicator.value.contains(noun))
        }) else {
            return indicator;
        };
        let value = format!("{}{time}", indicator.value);
        if value.chars().count() > NAME_CHARS_MAX {
            indicator
        } else {
            Located::new(value, indicator.span)
        }
    }

    /// 新开工重点项目100个、竣工50个: a bare verb has the object of the number before it.
    pub(super) fn with_object(&self, indicator: Located<String>) -> Located<String> {
        static STAGE: Pattern = LazyLock::new(|| {
            pattern(
                r"^(?:(?:新?开工)建设|新开工|开工|竣工|投产|完工|签约|落地|建成|续建|新建|启动|投用|入库)",
            )
        });
        let Some(before) = self.last_indicator.as_ref() else { return indicator };
        let is_bare =
            STAGE.find(&indicator.value).is_some_and(|verb| verb.end() == indicator.value.len());
        let object = STAGE
            .find(&before.value)
            .and_then(|verb| before.value.get(verb.end()..))
            .filter(|object| is_bare && !object.is_empty());
        match object {
            Some(object) => Located::new(format!("{}{object}", indicator.value), indicator.span),
            None => indicator,
        }
    }

    /// 水电：全年电量5亿千瓦时: 电量 alone does not say of what.
    pub(super) fn with_label(&self, indicator: Located<String>) -> Located<String> {
        static BARE: Pattern = LazyLock::new(|| {
            pattern(
                r"^[\p{Han}]{0,3}(?:产值|收入|增加值|投资|产量|销量|规模|电量|水量|总量|面积|数量)$",
            )
        });
        match self.label.filter(|label| {
            BARE.is_match(&indicator.value) && !label.contains(indicator.value.as_str())
        }) {
            Some(label) => Located::new(format!("{label}{}", indicator.value), indicator.span),
            None => indicator,
        }
    }

    /// （三）办理时限：3个工作日。 The heading says what takes the time.
    pub(super) fn with_time_label(
        &self,
        indicator: Located<String>,
        part: &Part,
    ) -> Located<String> {
        let label = self.label.filter(|label| {
            part.found.sort == Sort::Time && indicator.value.is_empty() && labels_time(label)
        });
        match label {
            Some(label) => Located::new(label.to_owned(), indicator.span),
            None => indicator,
        }
    }

    /// 投资 alone says nothing: what the sentence began with is what is invested in.
    pub(super) fn with_subject(&self, indicator: Located<String>) -> Located<String> {
        let Some(subject) =
            self.subject.filter(|_| self.block.is_heading && indicator.value == "投资")
        else {
            return indicator;
        };
        let value = format!("{}完成投资", subject.slice(self.clean));
        if value.chars().count() > NAME_CHARS_MAX {
            indicator
        } else {
            Located::new(value, indicator.span)
        }
    }
}
