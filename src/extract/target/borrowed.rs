//! Names that a clause borrows from the one before it. In: an indicator as its clause gives it; out: the same, or what the clause before
//! builds or does. The surprise: the words before the number may all be of time, place or doing (增设床位，全市达到200张; 布设车站，
//! 2031年建成35座), and then the noun stands one clause earlier.

use super::Reader;
use super::part::Part;
use crate::document::{Located, Quantity};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A longer name is a sentence, and the shorter one says more.
const NAME_CHARS_MAX: usize = 40;

/// 全市, 首批, 三年, 各建成: where, when, how many in all or what is done, but not of what.
static BARE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:全[国省市县区州]|我[省市县区州]|各地)?(?:合计|总计|累计|共计|共)?(?:首批|第[一二三四]批|每批|[两三四五]年(?:内|间)?|当年|全年)?",
        r"(?:(?:各|再|新|已)?(?:建|建成|建设|新建|新建成|改建|布设|设立|设置|增设|加装|改造|改造完成|开设|开办|创建|创成|培育|启动|投用|完成改造|覆盖|新增|净增|更新|引进|招引|整治|治理|修复|修缮|开行|开通|认定|组建|投放|选派|安装|建立)(?:各)?)?$"
    ))
});

/// 新增, 再新建: what is done once more with what the number before counts.
static ONCE_MORE: Pattern =
    LazyLock::new(|| pattern(r"^(?:再|又)?(新增|净增|新建|改造|更新|引进|启动|建设|建成|开通)$"));

/// 总数, 总规模: how many in all.
static IN_ALL: Pattern =
    LazyLock::new(|| pattern(r"^(?:全[省市县区])?(总数|总量|总规模|数量|总面积|总里程)$"));

/// 布设温室, 推动苗圃新建温室: what is built or done, behind its verb.
static OBJECT: Pattern = LazyLock::new(|| {
    pattern(
        r"^.*(?:建设|建成|新建|改建|扩建|改造|增设|设立|设置|开办|开设|布设|布局|布点|打造|培育|创建|组建|成立|开展|举办|实施|配备|配置|提供|推出|开通|引进|招引|建立|完善|发展|安装|选派)([\p{Han}“”（）、]{2,30})$",
    )
});

/// 温室投入使用: what is opened.
static OPENED: Pattern = LazyLock::new(|| {
    pattern(
        r"^([\p{Han}“”（）]{3,24}?)(?:正式|全面)?(?:建成)?(?:投入使用|投入运营|投入运行|投用|启用|投运|开业|开园|建成)$",
    )
});

/// 提供座位: what the opened thing offers.
static OFFERED: Pattern = LazyLock::new(|| pattern(r"^(?:可)?提供([\p{Han}]{2,8})$"));

/// 深化, 优化: what is made better, and not more.
static IMPROVES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:持续|进一步|不断|全面|着力)?(?:深化|加强|优化|强化|提升|改善|健全|规范|严格|坚持|落实)",
    )
});

impl Reader<'_> {
    /// 检疫率，公园、苗圃分别达到100%和80%: what is measured of each stands alone before them.
    pub(super) fn with_measure_before(&self, name: String) -> String {
        static MEASURE: Pattern = LazyLock::new(|| {
            pattern(
                r"^(?:各[地市县区]|全[省市县区])?(?:今年|全年|20\d\d年)?([\p{Han}“”（）]{2,20}(?:率|比例|占比|比重|时间|时限))$",
            )
        });
        static MEASURES: Pattern = LazyLock::new(|| {
            pattern(r"(?:[率重比例量值度数速额]|收入|面积|水平|规模|强度|时间|时限)$")
        });
        let clause = self.clause_before.map_or("", |before| before.slice(self.clean));
        let measure = MEASURE.captures(clause).and_then(|found| found.get(1));
        match measure.filter(|_| !MEASURES.is_match(&name)) {
            Some(measure) => name + measure.as_str(),
            None => name,
        }
    }

    /// 增设长椅，全市达到200张: the noun that the clause before names.
    pub(super) fn with_noun_before(
        &self,
        indicator: Located<String>,
        part: &Part,
    ) -> Located<String> {
        let name = indicator.value.as_str();
        let Some(before) = self.clause_before else {
            return self.with_noun_of_last(part, &indicator).unwrap_or(indicator);
        };
        let clause = before.slice(self.clean);
        if let Some(offered) = OFFERED.captures(name).and_then(|found| found.get(1))
            && let Some(place) = OPENED.captures(clause).and_then(|found| found.get(1))
        {
            return Located::new(format!("{}{}", place.as_str(), offered.as_str()), indicator.span);
        }
        let in_all = IN_ALL.captures(name).and_then(|found| found.get(1));
        if name.is_empty() || !(in_all.is_some() || BARE.is_match(name)) {
            return indicator;
        }
        // 推动小区加装电梯，年均加装150部: the same act once more.
        let is_same_act = in_all.is_none() && clause.contains(name);
        let object = OBJECT.captures(clause).and_then(|found| found.get(1));
        let place = match object.filter(|_| !is_same_act) {
            Some(object) => Span::new(object.start(), object.end()).shifted(before.byte_start),
            None => before,
        };
        // 总数 alone is of what the number before counts, unless the clause before names a thing.
        if in_all.is_some() && object.is_none() && self.last_indicator.is_some() {
            return indicator;
        }
        // 深化花卉市场改革，全年开行30列: what is deepened or improved is not what runs.
        if object.is_none() && !is_same_act && in_all.is_none() && IMPROVES.is_match(clause) {
            return indicator;
        }
        // 建设花店，每年新增5家: what is added is not what there is.
        let adds = ["新增", "净增"].into_iter().find(|act| name == *act).unwrap_or_default();
        let value = format!(
            "{adds}{}{}",
            place.slice(self.clean),
            in_all.map_or("", |found| found.as_str())
        );
        let is_time = value.ends_with(['年', '月', '底', '末', '前', '后', '内']);
        if is_time || value.chars().count() < 2 || value.chars().count() > NAME_CHARS_MAX {
            return indicator;
        }
        Located::new(value, place)
    }

    /// 建成温室3座，2032年、2033年各建4座; 新增温室3座，此后再新增4座: the noun of the number before, where both count in one unit.
    fn with_noun_of_last(
        &self,
        part: &Part,
        indicator: &Located<String>,
    ) -> Option<Located<String>> {
        static CHANGE: Pattern =
            LazyLock::new(|| pattern(r"^(?:新增|净增|新建|改造|更新|引进)|(?:数量|总数|总量)$"));
        let name = indicator.value.as_str();
        let last = self.last_indicator.as_ref()?;
        if name.starts_with('各') && BARE.is_match(name) {
            return Some(last.clone());
        }
        let act = ONCE_MORE.captures(name)?.get(1)?.as_str();
        let unit =
            |quantity: &Quantity| quantity.unit.as_deref().and_then(|unit| unit.chars().last());
        let is_same = unit(&self.targets.last()?.quantity) == unit(&part.found.quantity);
        let noun = CHANGE.replace_all(&last.value, "");
        (is_same && noun.chars().count() >= 2)
            .then(|| Located::new(format!("{act}{noun}"), indicator.span))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::indicators;

    #[test]
    fn a_bare_scope_time_or_verb_counts_what_the_clause_before_names() {
        for (words, name) in [
            ("鼓励苗圃增设花木检疫点，全市达到200个以上", "花木检疫点"),
            ("推动老旧花园加装喷泉，力争年均加装150座", "老旧花园加装喷泉"),
            ("依托苗圃建设花店，2031年、2032年分别建成80个、120个", "花店"),
            ("设立共享花店，2031年底前总数达到400处", "共享花店总数"),
            ("开展花木进园区活动，三年不少于60场次", "花木进园区活动"),
            ("中心花园投入使用，提供座位150个", "中心花园座位"),
            ("加快建设花店，2032年、2033年分别新增10家、12家", "新增花店"),
            ("实施公园提升工程，三年改造不少于60座", "公园提升工程"),
            ("组建花匠服务团，首批选派100人", "花匠服务团"),
        ] {
            assert_eq!(
                indicators(&format!("一、种树\n{words}。")).first().map(String::as_str),
                Some(name),
                "{words}"
            );
        }
    }

    #[test]
    fn all_there_are_is_more_than_what_is_new() {
        let text = "一、种树\n到2031年新增花店10家、总数达到45家。";
        assert_eq!(indicators(text), ["新增花店", "花店总数"]);
    }

    #[test]
    fn a_clause_that_names_its_own_noun_borrows_none() {
        let text = "一、种树\n设立共享花店，新增公园400处。推进绿化，全市绿化率达到40%。";
        assert_eq!(indicators(text), ["新增公园", "全市绿化率"]);
        let text = "一、种树\n深化花卉市场改革，全年开行300列。";
        assert_eq!(indicators(text), ["开行"]);
        let text = "一、种树\n今年新增花店20家，明年再新增30家。苗木成活率达到40%，新增6万亩。";
        assert_eq!(indicators(text), ["新增花店", "新增花店", "苗木成活率", "新增"]);
    }
}
