//! For whom and per what. In: the words before a quantity; out: recipient, condition, unit of payment, base of a rate.
//! 对…的企业 names the recipient; 对新认定…的 and clauses that end in 的 name a condition. The surprise: a recipient
//! may run over several clauses, and between it and the grant stand clauses of procedure (经审核).

use crate::extract::paragraph::split as split_list;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// A recipient is no longer than this, in characters; longer words are a story.
const RECIPIENT_CHARS_MAX: usize = 120;

/// A case of a list is no longer than this, in characters.
const TIER_CHARS_MAX: usize = 30;

static FOR: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[府门政局会心构行司位库区市县省级则并再还中，：.．)）]|鼓励|支持)(?:凡是?|对于?|为|向)(?P<who>[^对]{2})",
    )
});

/// What the clause goes on with after naming a recipient.
static GRANT: Pattern = LazyLock::new(|| {
    pattern(
        r"给予|予以|发放(?:$|[^的])|一次性|分别|按照?$|按照?(?:政策|有关)?规定|按照?[^，]{0,24}(?:的|\d)|每[人户家个年月套亩]|再|最高|最低|不超过|奖励|补助|补贴|资助|奖补|贴息|减按|减半|免征|免收|可(?:以|享受|申请|贷|按|提取|上浮)|由[\p{Han}]{0,8}(?:财政|政府)|[省市县区]级?财政|在[^，]{0,30}(?:基础上|上限)|上浮|首付|贷款额度|最低首付|暂免|实行|执行|提供|继续",
    )
});

static PROCEDURE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:经|由|按|在|省|市|县|区|根据|依据|自|从|连续|于|审核|凭|持|即|其中|政策|本|\d{4}年|可|且不|再|待|财政|以|并在)",
    )
});

/// 购买首套住房的, 首次认定的.
static CONDITIONS: Pattern = LazyLock::new(|| pattern(r"(?:的|者|时|后)(?:$|[，；])"));

/// Words for those who receive something.
static SOMEBODY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:企业|家庭|人员|居民|职工|单位|项目|人才|个人|平台|机构|园区|农户|户|学生|群众|缴存人|纳税人|购房人|购房者|申请人|借款人|群体|毕业生|教师|合作社|商户|中心|市民|业主|开发商|主体|人|者|载体|基地|店|农|农民|牧民|渔民|人口|员工|社员|军人|儿童|妇女|院所|学校|协会|社区|村)$",
    )
});

/// 单缴存职工 before a name: 单缴存职工家庭最高贷款额度.
static OPENS_WITH_SOMEBODY: Pattern = LazyLock::new(|| {
    pattern(
        r"^[\p{Han}（）]{0,40}?(?:家庭|职工|人员|居民|人才|缴存人|申请人|毕业生|借款人|购房人|企业|纳税人|农户|项目)",
    )
});

static TELLS_OFFICES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:督促|鼓励|支持|引导|加大|推动|推进|加强|完善|落实|组织|优化|提高|指导|进一步|积极|充分|建立|开展|用好)",
    )
});

static PER: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"每(?:新增加?|增加|增长|新开|入库)?(?:一|1)?(?:个月|月|年度?|季度|人次|人|户|家|套|平方米|平米|亩|台|辆|座|名|位|张|件|项|吨|笔|公里|立方米|篇|场|次|批|只|头|份|个[\p{Han}]{0,4}|度)(?:每(?:年|月|人|平方米|户|天|日))?",
        r"|单(?:个|家|户|笔|项|套|次|一)(?:企业|项目|家庭|活动|主体|用户|机构)?|一次性|人均|户均"
    ))
});

static BASE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:按照?|给予|以|予以|补贴|奖励|补助|，|为|将)(?P<base>(?:其|所|实际|年度|核定|已)?[^，按给予的]{2,30}(?:的[^，按给予的]{2,16})?)(?:的|总[额和]?的?)(?:不超过|不高于|最高)?$",
    )
});

/// For whom; spans are in the words given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Circumstances {
    pub(super) recipient: Option<Span>,
    pub(super) condition: Option<Span>,
}

/// For whom something is given. `words` is the statement up to the quantity, `clauses` its clauses as spans of it, the
/// last one with the quantity.
pub(super) fn find_circumstances(words: &str, clauses: &[Span]) -> Circumstances {
    let Some((last, earlier)) = clauses.split_last() else { return Circumstances::default() };
    if let Some(found) = find_named_in(words, *last) {
        return found;
    }
    let held = earlier.iter().rev().skip_while(|clause| says_nobody(clause.slice(words)));
    let held: Vec<Span> = held.copied().collect();
    let Some(end) = held.first().map(|clause| clause.byte_end) else {
        return opened(words, *last);
    };
    // The nearest clause that opens with 对 opens the recipient, which then runs up to the grant.
    for clause in &held {
        if let Some(start) = find_for(clause.slice(words)) {
            let start = clause.byte_start + start;
            let own = clause.slice(words);
            let first = Span::new(start - clause.byte_start, own.len()).slice(own);
            let closed = GRANT.find(first).filter(|_| !is_open(first));
            let closed = closed.map(|grant| start + grant.start()).or_else(|| {
                // A clause that grants something else ends the recipient too.
                let later = held.iter().rev().filter(|other| other.byte_start > start);
                later.clone().find_map(|other| end_of_recipient(words, *other))
            });
            return split(words, Span::new(start, closed.unwrap_or(end)));
        }
        if clause.byte_end < end && !is_open(clause.slice(words)) {
            break;
        }
    }
    let named = opened(words, *last);
    let held = held.first().filter(|clause| stands_alone(clause.slice(words)));
    let held = held.map_or_else(Circumstances::default, |clause| split(words, *clause));
    // 购买首套住房的，双缴存家庭最高可贷: the clause before is the condition, its own words are who.
    Circumstances { recipient: named.recipient.or(held.recipient), condition: held.condition }
}

/// Where a clause that goes on after a recipient ends it, if it grants something itself.
fn end_of_recipient(words: &str, clause: Span) -> Option<usize> {
    static GRANTS: Pattern = LazyLock::new(|| {
        pattern(
            r"给予|予以|(?:[\p{Han}]{0,20}(?:比例|额度|利率|奖励|补贴|补助))[^，]{0,8}\d|产值每|不再区分",
        )
    });
    let own = clause.slice(words);
    let grants = GRANTS.find(own).filter(|_| !is_open(own))?;
    let cut = Span::new(0, grants.start()).slice(own);
    let end = if is_open(cut) { clause.byte_start + cut.len() } else { clause.byte_start };
    Some(end)
}

/// 单缴存职工最高可贷: the clause of the quantity names somebody without a preposition.
fn opened(words: &str, clause: Span) -> Circumstances {
    let own = clause.slice(words);
    let Some(found) = OPENS_WITH_SOMEBODY.find(own) else { return Circumstances::default() };
    let who = Span::new(clause.byte_start, clause.byte_start + found.end());
    let rest = Span::new(found.end(), own.len()).slice(own);
    let acts = ["购买", "贷款", "申请", "提高", "支持", "按", "将", "为", "由", "经"]
        .iter()
        .any(|verb| found.as_str().starts_with(verb));
    if acts || rest.starts_with(['第', '名', '首', '的']) || GRANT.is_match(found.as_str()) {
        Circumstances::default()
    } else {
        split(words, who)
    }
}

/// Whether a clause names somebody or a condition that the grant behind it needs.
fn is_open(clause: &str) -> bool {
    // A remark at the end changes nobody: 企业(不含国有企业).
    let remark = clause.ends_with(['）', ')']).then(|| clause.rsplit_once(['（', '('])).flatten();
    let clause = remark.map_or(clause, |(words, _)| words);
    CONDITIONS.is_match(clause) || SOMEBODY.is_match(clause)
}

/// Whether a clause between recipient and grant is of procedure, or grants something else to the same recipient.
fn says_nobody(clause: &str) -> bool {
    let grants = clause.contains(|c: char| c.is_ascii_digit())
        && GRANT.is_match(clause)
        && !is_open(clause)
        && find_for(clause).is_none();
    PROCEDURE.is_match(clause) || grants
}

/// Whether a clause without a preposition names somebody: it does not tell an office what to do.
fn stands_alone(clause: &str) -> bool {
    is_open(clause) && !TELLS_OFFICES.is_match(clause)
}

/// Where the words behind 对 start in `clause`.
fn find_for(clause: &str) -> Option<usize> {
    let found = FOR.captures(clause)?.name("who")?;
    Some(found.start())
}

fn find_named_in(words: &str, clause: Span) -> Option<Circumstances> {
    let own = clause.slice(words);
    let start = find_for(own)?;
    let rest = Span::new(start, own.len()).slice(own);
    let end = GRANT.find(rest)?.start();
    let who = Span::new(start, start + end).shifted(clause.byte_start);
    (end > 0).then(|| split(words, who))
}

/// A phrase that ends in 的 is a condition, any other somebody.
fn split(words: &str, phrase: Span) -> Circumstances {
    let own = phrase.slice(words);
    let own = own.strip_prefix('对').unwrap_or(own);
    let phrase = Span::new(phrase.byte_end - own.len(), phrase.byte_end);
    let kept = own.trim_end_matches(['，', ',', '、', '的']);
    let ends_in_condition =
        kept.len() < own.len() && own.contains('的') && !own.ends_with(['，', ',', '、'])
            || (CONDITIONS.is_match(own) && !SOMEBODY.is_match(kept));
    let count = kept.chars().count();
    if !(2..=RECIPIENT_CHARS_MAX).contains(&count) {
        return Circumstances::default();
    }
    let span = Span::new(phrase.byte_start, phrase.byte_start + kept.len());
    if ends_in_condition {
        Circumstances { condition: Some(span), recipient: None }
    } else {
        Circumstances { recipient: Some(span), condition: None }
    }
}

/// The `index`-th of the cases that `phrase` lists, if it lists exactly `count`; a span of `words`.
pub(super) fn find_tier(words: &str, phrase: Span, (index, count): (usize, usize)) -> Option<Span> {
    let cases = split_list(words, phrase, &['、', '和', '及', '与', '或']);
    // 国家级和省级(含副省级)、市级: a list of another length says nothing of which is which.
    let case = cases.get(index).filter(|_| cases.len() == count)?;
    (case.slice(words).chars().count() <= TIER_CHARS_MAX).then_some(*case)
}

/// Per whom or for each what; a span of `words`. The words nearest before the quantity count first.
pub(super) fn find_per(words: &str, before: Span, after: Span) -> Option<Span> {
    let last = PER.find_iter(before.slice(words)).last();
    let last = last.map(|per| Span::new(per.start(), per.end()).shifted(before.byte_start));
    last.or_else(|| {
        let first = PER.find(after.slice(words))?;
        Some(Span::new(first.start(), first.end()).shifted(after.byte_start))
    })
}

/// What a rate is a share of; a span of `before`.
pub(super) fn find_base(before: &str) -> Option<Span> {
    let base = BASE.captures(before)?.name("base")?;
    Some(Span::new(base.start(), base.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::paragraph::find_clauses;

    fn shown(words: &str) -> (Option<&str>, Option<&str>) {
        let clauses = find_clauses(words, Span::new(0, words.len()));
        let found = find_circumstances(words, &clauses);
        (
            found.recipient.map(|span| span.slice(words)),
            found.condition.map(|span| span.slice(words)),
        )
    }

    #[test]
    fn the_words_behind_the_preposition_name_the_recipient() {
        let table = [
            ("对新落户的总部企业，给予", "新落户的总部企业"),
            ("对符合条件的花农，经审核，按每亩", "符合条件的花农"),
            ("市财政对年度考核优秀的园区一次性奖励", "年度考核优秀的园区"),
        ];
        for (words, recipient) in table {
            assert_eq!(shown(words), (Some(recipient), None), "{words}");
        }
        assert_eq!(shown("针对突出问题，给予"), (None, None));
    }

    #[test]
    fn a_phrase_that_ends_in_de_is_a_condition() {
        let table = [
            ("对首次认定为省级花卉基地的，给予", "首次认定为省级花卉基地"),
            ("购买新建商品住房的，可享受", "购买新建商品住房"),
            ("凡租用标准花棚的，按每平方米", "租用标准花棚"),
        ];
        for (words, condition) in table {
            assert_eq!(shown(words), (None, Some(condition)), "{words}");
        }
        assert_eq!(shown("加大花卉产业支持力度，给予"), (None, None));
    }

    #[test]
    fn what_is_paid_for_each_is_told() {
        let per = |words: &'static str| {
            find_per(words, Span::new(0, words.len()), Span::new(words.len(), words.len()))
                .map(|span| span.slice(words))
        };
        assert_eq!(per("补贴标准为每人每月"), Some("每人每月"));
        assert_eq!(per("单个项目最高不超过"), Some("单个项目"));
        assert_eq!(per("给予一次性奖励"), Some("一次性"));
        assert_eq!(per("给予奖励"), None);
    }

    #[test]
    fn a_rate_has_a_base() {
        let base = |words: &'static str| find_base(words).map(|span| span.slice(words));
        assert_eq!(base("按设备投资额的"), Some("设备投资额"));
        assert_eq!(base("给予所缴契税"), None);
        assert_eq!(base("按照实际缴纳契税的"), Some("实际缴纳契税"));
        assert_eq!(base("利率为"), None);
    }
}
