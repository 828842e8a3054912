//! How often. In: the words of a clause; out: whether what it says recurs every year, quarter or month. The surprise: 年 alone may say so
//! (年培训800人), but 年产值 and 年均浓度 are names of what is measured.

use super::deadline::find_task_of_year;
use crate::document::Recurrence;
use crate::text::{Pattern, pattern};
use std::borrow::Cow;
use std::sync::LazyLock;

static RECURS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<year>每年度?|年均(?:\d|分别|增长|增幅达|新增|净增|提高|提升|下降|降低|完成|减少|增加|培训|培养|减负|新建|建设|建成|引进|实现|投入|改造|治理|培育|造林|招聘|加装|更新|接待|服务|开展|举办|组织|安置|输送|转化|发放|办理|抽检|抽查|检查|节约|[\p{Han}]{2,8}?(?:增速|增幅|增长率)|\d[\d.]*%(?:以上|左右)?的?(?:增速|增幅|增长))|按年度?|^年度实施|^年度[\p{Han}]{2,10}供应(?:量|总量|规模)|[\p{Han}]年度(?:供应|新增|投放|培训)|年度(?:增加值)?增长",
        r"|(?:^|[\p{Han}&&[^本上下该每一当全今去前]])年度(?:参与|接待|入企|用水|招生|完成[\p{Han}]{2,8}\d|[\p{Han}]{2,4}总量)|[\p{Han}&&[^本上下该每]]年度(?:培养|检查|抽查|服务)|逐年(?:提高|提升|增加|增长|上升|下降|降低|减少|压减|扩大|新增)(?:约|近|不少于|不低于|不超过|至少)?\d)",
        r"|(?P<quarter>每季度|每个季度|按季度|分季度)|(?P<month>每月|每个月|按月)"
    ))
});

/// 公园年接待游客30万人次: a bare 年 before what is done in it; 年产值, 年接待能力, 年招生计划 and 去年培训 are something else.
static YEARLY_ACT: Pattern = LazyLock::new(|| {
    pattern(
        r"(^|[^0-9每全今当去上半本历百周多近青少老成幼中前后明次同一二两三四五六七八九十〇零几元整新末底首])年((?:接待|抽样|抽检|抽查|培训|培养|招募|招聘|选派|选聘|募集|征集|巡河|巡查|巡护|服务|新增|净增|增收|增产|增[\p{Han}]{0,4}能力|开展|举办|组织|检查|入企|演出|放映|送戏|开行|输送|招生|减排|节约|造林|转化|引进|安置|惠及|救助|办理|办结|受理|更新|减少)(?:[^能率量额出贸业计]|$))",
    )
});

/// 落实年度任务: a task that is set every year, where no deadline tells which year is meant.
pub(super) fn names_yearly_task(clause: &str) -> bool {
    static TASK: Pattern =
        LazyLock::new(|| pattern(r"(?:^|[^\d年])年度(?:投资|目标|任务|供应|供地)"));
    TASK.is_match(&without_base(clause)) && find_task_of_year(clause).is_none()
}

/// Whether `clause` opens with a time of several years, or with a sum: 三年累计, 三年新建, 累计.
pub(super) fn sums_up(clause: &str) -> bool {
    static SUM: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:力争|争取|确保)?(?:[二两三四五六七八九十2-9]年(?:内|间)?[\p{Han}]|累计|合计|共计)",
        )
    });
    SUM.is_match(clause)
}

/// Whether a frequency opens `clause`: 每年, 力争每年.
pub(super) fn opens_with_recurrence(clause: &str) -> bool {
    static OPENS: Pattern =
        LazyLock::new(|| pattern(r"^(?:力争|争取|确保|计划|原则上)?每|^年度实施"));
    OPENS.is_match(clause)
}

/// 不低于年度供应总量的70%: of what it is a share.
fn without_base(clause: &str) -> Cow<'_, str> {
    static BASE: Pattern = LazyLock::new(|| pattern(r"年度[\p{Han}]{2,6}(?:总量|总数|总额)的"));
    if clause.contains("年度") { BASE.replace_all(clause, "") } else { clause.into() }
}

/// How often what `clause` says recurs.
pub(super) fn find_recurrence(clause: &str) -> Option<Recurrence> {
    if !clause.contains(['每', '年', '按', '分']) {
        return None;
    }
    let told = without_base(clause);
    let clause = &*told;
    let Some(found) = RECURS.captures(clause) else {
        return (clause.contains('年') && YEARLY_ACT.is_match(clause)).then_some(Recurrence::Year);
    };
    if found.name("year").is_some() {
        Some(Recurrence::Year)
    } else if found.name("quarter").is_some() {
        Some(Recurrence::Quarter)
    } else {
        Some(Recurrence::Month)
    }
}

/// 年接待游客: that it is done every year is no part of what is measured.
pub(super) fn without_yearly(name: &str) -> Cow<'_, str> {
    if name.contains('年') { YEARLY_ACT.replace(name, "$1$2") } else { name.into() }
}

/// 此后每年种树5棵, 2031年起逐年增加: what begins behind a deadline is not due by it.
pub(super) fn starts_anew(clause: &str) -> bool {
    static ANEW: Pattern = LazyLock::new(|| {
        pattern(
            r"^(?:此后|其后|之后|以后)(?:每|逐|年|全[省市县区])|^(?:自|从)?20\d\d年(?:\d{1,2}月)?起",
        )
    });
    ANEW.is_match(clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yearly_average_recurs_only_where_it_grows() {
        for words in [
            "花木年均产值增速20%",
            "年均增长5%",
            "花农年均减负3亿元",
            "每年新增3家",
            "花木产值保持年均8%以上的增速",
            "年度苗木供应量不低于30%",
            "年度完成种树投资5亿元",
        ] {
            assert_eq!(find_recurrence(words), Some(Recurrence::Year), "{words}");
        }
        assert_eq!(find_recurrence("细颗粒物年均浓度下降"), None);
        assert_eq!(find_recurrence("上一年度完成种树投资5亿元"), None);
        assert_eq!(find_recurrence("苗木用地不低于用地年度供应总量的30%"), None);
    }

    #[test]
    fn a_bare_year_before_an_act_recurs() {
        for words in [
            "苗木年抽样不低于1.8万株",
            "年培训花农800名",
            "中心公园年接待游客30万人次",
            "同一苗圃年度入企检查不超过2次",
            "花园年均加装喷泉150座",
            "成活率逐年提高3个百分点",
        ] {
            assert_eq!(find_recurrence(words), Some(Recurrence::Year), "{words}");
        }
        for words in [
            "苗圃年产值达到5亿元",
            "公园年接待能力达到30万人次",
            "不少于年招生计划的60%",
            "本年度培养花农60名",
            "去年培训花农800名",
            "三年培训花农800名",
            "成活率逐年提高到80%",
        ] {
            assert_eq!(find_recurrence(words), None, "{words}");
        }
        assert_eq!(without_yearly("中心公园年接待游客"), "中心公园接待游客");
    }

    #[test]
    fn what_begins_behind_a_deadline_starts_anew() {
        assert!(starts_anew("此后每年种树5棵"));
        assert!(starts_anew("2031年起逐年增加"));
        assert!(!starts_anew("2031年种树5棵"));
        assert!(!starts_anew("此后的工作"));
    }

    #[test]
    fn a_recurrence_is_told_by_its_word() {
        assert_eq!(find_recurrence("每年种树"), Some(Recurrence::Year));
        assert_eq!(find_recurrence("年均增长5%"), Some(Recurrence::Year));
        assert_eq!(find_recurrence("每季度通报"), Some(Recurrence::Quarter));
        assert!(sums_up("三年累计种树500亩"));
        assert!(sums_up("三年种树500亩"));
        assert!(!sums_up("2031年种树500亩"));
        assert!(names_yearly_task("落实年度任务植树500亩"));
        assert!(!names_yearly_task("完成2031年度任务"));
        assert!(!names_yearly_task("完成绿地投资3亿元年度目标任务"));
        assert_eq!(find_recurrence("年均增速超过"), None);
    }
}
