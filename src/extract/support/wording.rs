//! Which words make a quantity a support term. In: the words before and behind a quantity in its clause; out: the kind
//! of support and the words that name it. The noun behind the number counts first (给予50万元一次性奖励), then
//! the one before it (补助标准为每户2万元). The surprise: a threshold stands in the same clause as the grant
//! (销售额达1000万元的企业奖励5万元), so a noun that leads on to the next number names that one.

use crate::document::SupportKind;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// What is given, lent or charged.
static NOUN: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<reward>奖励|奖补|奖金|以奖代补|嘉奖)",
        r"|(?P<interest>贴息)",
        r"|(?P<subsidy>补贴|补助|资助|贴补|补偿|津贴|消费券|购房券|代金券|优惠券|扶持资金|资金支持|资金扶持|经费支持)",
        r"|(?P<withdrawal>提取(?:住房公积金|公积金)?(?:的)?(?:最高|总)?(?:额度|限额|金额)?)",
        r"|(?P<down>首付)",
        r"|(?P<loan>可贷|授信|贷款(?:最高|基准|保底|可贷)?(?:额度|限额|上限|金额)|贷款最高|信用额度|担保额度|(?:最高|保底)(?:可贷)?[额限][度额]|计算额度|个人贷款|小额贷款)",
        r"|(?P<relief>减免|减征|减按|免征|免收|免缴|返还|优惠|折扣|抵扣|下浮|退税|减半)",
        r"|(?P<charge>贷款利率|年利率|利率|费率|税率|收费标准)",
    ))
});

/// Between a number and the noun behind it these words begin something else.
const BREAKS_BEHIND: [&str; 12] = [
    "企业", "项目", "家庭", "单位", "个人", "人才", "以上", "部分", "以下", "支持", "增长", "的企",
];

/// Between a noun and the number behind it these words begin a threshold.
const BREAKS_BEFORE: [&str; 19] = [
    "企业",
    "项目",
    "单位的",
    "达到",
    "增长",
    "新增",
    "购买",
    "投资",
    "销售",
    "营业",
    "产值",
    "面积",
    "以上",
    "以下的",
    "总投",
    "注册",
    "后",
    "扣除",
    "期限",
];

/// Sums of a budget, a fund or a statistic: nobody receives them as they stand.
static BUDGET: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:总额|总计|合计|总量|总金额|规模|资金池|基金|预算|安排|拨付|下达|到位|筹集|累计|共发放|发放[^，]{0,6}(?:贷款|资金)|共|余额|安排[^，]{0,24}(?:资金|经费|补助|补贴)|设立[^，]{0,24}资金|资金总[额量]|收入|支出|注入)(?:为|达到?|约|人民币|不低于|不少于|超)*$",
    )
});

static GIVES: Pattern =
    LazyLock::new(|| pattern(r"给予|予以|发放|给与|奖励|奖补|补助|补贴|资助|再奖|另奖"));

static HANDS_OUT: Pattern = LazyLock::new(|| pattern(r"给予|予以|计征|计算|发放|进行|实行|执行"));

static RECEIVES: Pattern = LazyLock::new(|| {
    pattern(r"^(?:用人单位|经营单位|建设单位|购房人|购房者|消费者|企业|个人|单位|家庭|其)")
});

static FOR_EACH: Pattern = LazyLock::new(|| {
    pattern(r"每(?:平方米|平米|个月|人每月|[\p{Han}]{1,2})$|单[个家户笔](?:项目|企业|活动|主体)?$")
});

/// What falls away, behind the word that says so: 减按1%征收率征收增值税.
static TAXED: Pattern = LazyLock::new(|| {
    pattern(r"^(?:减按|减征|减免|减收|免征)[^，。]{0,30}?(?:税|费|租金|房租)(?:$|[，、（(；])")
});

/// What a rate is taken by: 按设备投资额的5%给予补助.
static BY: Pattern = LazyLock::new(|| pattern(r"按照?|以|的$|照|参照|不超过|给予"));

/// Words that fill the place between number and noun without belonging to the name.
static FILLS: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:的标准|标准|的比例|比例|以内|之内|的|额度|限额|计算|左右|不等|（[^）]*）|\([^)]*\)|/[^，的给予补贴奖]{1,5}|给予|予以|进行|发放|实施|实行|享受|作为|购房人|企业|其)+",
    )
});

static SUFFIX: Pattern = LazyLock::new(|| {
    pattern(r"^(?:款)?(?:(?:最高|最低|基准|保底)?(?:额度|标准|比例|限额|上限|金额|资金|款))?")
});

/// Ends of what stands before a name: 对…的, 给予, 申请.
static NAME_BORDER: Pattern = LazyLock::new(|| {
    pattern(
        r".*(?:的|给予|予以|享受|申请|获得|可以?|按照?|对|向|将|由|”|加大|，|、|：|最高|每(?:平方米|平米|个月|次|[\p{Han}])|财政|分别|）|企业|家庭|职工|项目|人员|人才|单位|进行|实施|对象|购房人|发放|各|再|其|及|和|中|办理|调整|提高|降低|为|使用|上调|下调|放宽)",
    )
});

/// How far a noun may stand from its number, in characters.
const GAP_CHARS_MAX: usize = 14;

/// A support word near a quantity; spans are in the words given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) kind: SupportKind,
    pub(super) name: Span,
}

/// The words around one quantity, or a list of them: spans of the clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub(super) clause: &'a str,
    /// From the quantity before, or the start of the clause.
    pub(super) before: Span,
    /// To the quantity behind, or the end of the clause.
    pub(super) after: Span,
    /// Whether another quantity follows in the clause.
    pub(super) goes_on: bool,
    /// Whether the quantity is a share.
    pub(super) is_share: bool,
}

/// What the quantity grants; `None` where it grants nothing.
pub(super) fn find_support(around: &Around<'_>) -> Option<Named> {
    let before = around.before.slice(around.clause);
    if BUDGET.is_match(before) {
        return None;
    }
    let named =
        find_behind(around).or_else(|| find_before(around)).or_else(|| find_given(around))?;
    let is_interest = named.kind == SupportKind::Charge && around.clause.contains("贴息");
    let kind = if is_interest { SupportKind::InterestSubsidy } else { named.kind };
    let rest = Span::new(named.name.byte_start, around.clause.len());
    let name = TAXED.find(rest.slice(around.clause)).map_or(named.name, |taxed| {
        Span::new(
            rest.byte_start,
            (rest.byte_start + taxed_end(taxed.as_str())).max(named.name.byte_end),
        )
    });
    Some(Named { kind, name })
}

/// Without the mark that ends the words.
fn taxed_end(taxed: &str) -> usize {
    taxed.trim_end_matches(['，', '、', '（', '(', '；']).len()
}

/// Whether a clause goes on with a sum for each of something: 农村公厕每座4万元.
pub(super) fn counts_each(before: &str) -> bool {
    FOR_EACH.is_match(before)
}

/// Whether `words` speak of support at all: most texts do not, and are not read further.
pub(super) fn speaks_of_support(words: &str) -> bool {
    words.contains('免') || NOUN.is_match(words)
}

/// Whether a clause grants something.
pub(super) fn grants(clause: &str) -> bool {
    GIVES.is_match(clause) || HANDS_OUT.is_match(clause) || clause.contains('按')
}

/// 50万元一次性奖励, 按投资额的5%给予补助.
fn find_behind(around: &Around<'_>) -> Option<Named> {
    let after = around.after.slice(around.clause);
    let (noun, kind) = first_noun(after)?;
    let gap = Span::new(0, noun.byte_start).slice(after);
    let before = around.before.slice(around.clause);
    let handed_out = HANDS_OUT.find_iter(gap).last();
    let by = BY.is_match(before) || around.is_share;
    // 按每人200元的标准给予企业培训补贴: who receives it may stand between.
    let near = handed_out.map_or(gap, |verb| Span::new(verb.end(), gap.len()).slice(gap));
    let near = if handed_out.is_some() { RECEIVES.replace(near, "") } else { near.into() };
    let handed_out = handed_out.is_some();
    let breaks = near.chars().count() > GAP_CHARS_MAX
        || BREAKS_BEHIND.iter().any(|word| near.contains(word))
        || (handed_out && !by)
        || is_handed_for(gap, before);
    // 每增长1000万元奖励1万元: the noun belongs to the number that follows.
    let rest = Span::new(noun.byte_end, after.len()).slice(after);
    let leads_on = around.goes_on && rest.chars().count() <= 8 && !by && !GIVES.is_match(before);
    if breaks || leads_on || matches!(kind, SupportKind::Loan | SupportKind::Charge) && !by {
        return None;
    }
    let fills = FILLS.find(gap).map_or(0, |fills| fills.end());
    let fills = NAME_BORDER.find(gap).map_or(fills, |border| border.end().max(fills));
    let suffix = SUFFIX.find(rest).map_or(0, |suffix| suffix.end());
    let name = Span::new(fills, noun.byte_end + suffix).shifted(around.after.byte_start);
    Some(Named { kind, name })
}

/// 费率不超过1%的担保业务给予补贴: what stands between number and verb is what the number describes.
fn is_handed_for(gap: &str, before: &str) -> bool {
    let verb = gap.find("给予").or_else(|| gap.find("予以")).filter(|_| !before.contains('按'));
    let Some(verb) = verb else { return false };
    let head = Span::new(0, verb).slice(gap);
    let fills = FILLS.find(head).map_or(0, |fills| fills.end());
    let described = Span::new(fills, head.len()).slice(head);
    described.chars().count() > 2 && !described.ends_with("标准") && !described.contains('对')
}

/// 补助标准为每户2万元, 最高贷款额度由60万元上调至70万元.
fn find_before(around: &Around<'_>) -> Option<Named> {
    let before = around.before.slice(around.clause);
    let (noun, kind) = last_noun(before)?;
    let tail = Span::new(noun.byte_end, before.len()).slice(before);
    // 补助新建公厕项目每座5万元: what is counted stands between.
    let counts = FOR_EACH.is_match(tail) && GIVES.is_match(noun.slice(before));
    let chars_max = if counts { 2 * GAP_CHARS_MAX } else { GAP_CHARS_MAX };
    let breaks = !counts && BREAKS_BEFORE.iter().any(|word| tail.contains(word));
    if tail.chars().count() > chars_max || breaks {
        return None;
    }
    let after = around.after.slice(around.clause);
    // 获得补贴5万元以上的企业 is somebody, not something.
    if after.starts_with('的') && !around.is_share {
        return None;
    }
    let name = name_before(before, noun).shifted(around.before.byte_start);
    Some(Named { kind, name })
}

/// 给予企业50万元的资金奖励: verb before, noun anywhere behind.
fn find_given(around: &Around<'_>) -> Option<Named> {
    let before = around.before.slice(around.clause);
    let gives = GIVES.find_iter(before).last()?;
    let tail = Span::new(gives.end(), before.len()).slice(before);
    let behind = Span::new(around.after.byte_start, around.clause.len());
    let (noun, kind) = first_noun(behind.slice(around.clause))?;
    let near = tail.chars().count() <= GAP_CHARS_MAX
        && !BREAKS_BEFORE.iter().any(|word| tail.contains(word));
    near.then(|| Named { kind, name: noun.shifted(behind.byte_start) })
}

/// A name with the words that qualify it: 住房公积金贷款最高额度.
fn name_before(before: &str, noun: Span) -> Span {
    const QUALIFYING_CHARS_MAX: usize = 16;
    let head = Span::new(0, noun.byte_start).slice(before);
    let border = NAME_BORDER.find(head).map_or(0, |border| border.end());
    let qualifying = Span::new(border, noun.byte_start).slice(before).chars().count();
    // Longer words are no name, and half of them would be none either.
    let start = if qualifying > QUALIFYING_CHARS_MAX { noun.byte_start } else { border };
    let rest = Span::new(noun.byte_end, before.len()).slice(before);
    let suffix = SUFFIX.find(rest).map_or(0, |suffix| suffix.end());
    Span::new(start, noun.byte_end + suffix)
}

fn first_noun(words: &str) -> Option<(Span, SupportKind)> {
    NOUN.captures(words).and_then(|found| kind_of(&found))
}

fn last_noun(words: &str) -> Option<(Span, SupportKind)> {
    NOUN.captures_iter(words).last().and_then(|found| kind_of(&found))
}

fn kind_of(found: &regex::Captures<'_>) -> Option<(Span, SupportKind)> {
    let kinds = [
        ("reward", SupportKind::Reward),
        ("interest", SupportKind::InterestSubsidy),
        ("subsidy", SupportKind::Subsidy),
        ("down", SupportKind::DownPayment),
        ("loan", SupportKind::Loan),
        ("withdrawal", SupportKind::Withdrawal),
        ("relief", SupportKind::Relief),
        ("charge", SupportKind::Charge),
    ];
    let kind = kinds.iter().find(|(name, _)| found.name(name).is_some())?.1;
    let whole = found.get(0)?;
    Some((Span::new(whole.start(), whole.end()), kind))
}

/// The first support word of a clause without a quantity: 给予一定比例的补贴.
pub(super) fn find_announced(clause: &str) -> Option<Named> {
    let (noun, kind) = last_noun(clause)?;
    let name = name_before(clause, noun);
    let announces = GIVES.is_match(clause) || kind != SupportKind::Relief;
    announces.then_some(Named { kind, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The support around the last number of `clause`, which is marked ⟦ ⟧.
    fn named(marked: &str) -> Option<(SupportKind, String)> {
        let (head, rest) = marked.split_once('⟦').unwrap();
        let (number, tail) = rest.split_once('⟧').unwrap();
        let clause = format!("{head}{number}{tail}");
        let around = Around {
            clause: &clause,
            before: Span::new(0, head.len()),
            after: Span::new(head.len() + number.len(), clause.len()),
            goes_on: false,
            is_share: number.ends_with('%'),
        };
        find_support(&around).map(|found| (found.kind, found.name.slice(&clause).to_owned()))
    }

    fn check(kind: SupportKind, table: [(&str, &str); 3]) {
        for (marked, name) in table {
            assert_eq!(named(marked), Some((kind, name.to_owned())), "{marked}");
        }
    }

    #[test]
    fn the_noun_behind_a_number_names_the_support() {
        check(
            SupportKind::Reward,
            [
                ("给予⟦50万元⟧一次性奖励", "一次性奖励"),
                ("按年度销售额的⟦2%⟧给予奖励", "奖励"),
                ("由市级财政给予每家⟦20万元⟧的资金奖励", "资金奖励"),
            ],
        );
        assert_eq!(named("年销售额⟦2000万元⟧的企业给予奖励"), None);
    }

    #[test]
    fn the_noun_before_a_number_names_the_support() {
        check(
            SupportKind::Subsidy,
            [
                ("租房补贴标准为每人每月⟦800元⟧", "租房补贴标准"),
                ("一次性补助⟦3万元⟧", "一次性补助"),
                ("购房补贴最高不超过⟦10万元⟧", "购房补贴"),
            ],
        );
        assert_eq!(named("获得补助后投资⟦3亿元⟧"), None);
    }

    #[test]
    fn what_may_be_borrowed_is_a_loan_term() {
        check(
            SupportKind::Loan,
            [
                ("住房公积金贷款最高额度调整为⟦80万元⟧", "住房公积金贷款最高额度"),
                ("单笔授信⟦500万元⟧", "单笔授信"),
                ("夫妻双方最高可贷⟦90万元⟧", "可贷"),
            ],
        );
        assert_eq!(named("发放贷款⟦300亿元⟧"), None);
    }

    #[test]
    fn what_falls_away_is_relief() {
        check(
            SupportKind::Relief,
            [
                ("按照应纳税额的⟦50%⟧减征资源税", "减征资源税"),
                ("租金减免⟦30%⟧", "租金减免"),
                ("给予不超过⟦20%⟧的票价优惠", "票价优惠"),
            ],
        );
        assert_eq!(named("税收收入⟦30亿元⟧"), None);
    }

    #[test]
    fn a_budget_is_no_support_term() {
        assert_eq!(named("安排省级补助资金⟦9000万元⟧"), None);
        assert_eq!(named("消费券补贴总额⟦1200万元⟧"), None);
    }
}
