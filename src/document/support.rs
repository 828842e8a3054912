//! Support terms: what a document grants, lends or relieves, how much at most, for whom and for what. Plain data.
//! A support term is no target: the issuer undertakes no level, somebody who qualifies receives something.

use super::{Located, Quantity};
use crate::text::Span;

/// 支持政策条款: one thing granted, lent or relieved. At least one of `amount`, `ceiling` and `rate` is there.
#[derive(Clone, Debug, PartialEq)]
pub struct SupportTerm {
    /// Index in [`Document::items`](super::Document::items) of the item where it stands; `None` before the first.
    pub item: Option<usize>,
    /// What kind of support it is.
    pub kind: SupportKind,
    /// The support's own name in the words of the text: 一次性奖励, 购房补贴, 住房公积金贷款最高额度.
    pub name: Located<String>,
    /// A fixed sum, or a time (免收3个月租金).
    pub amount: Option<Quantity>,
    /// 上限: the most that is given, whatever the rate (最高不超过200万元).
    pub ceiling: Option<Quantity>,
    /// 比例: the share of `rate_base` that is given, charged or relieved. 免征 and 全额 are all of it, 减半 is 50 %.
    pub rate: Option<Quantity>,
    /// 计算基数: what the rate is a share of (设备投资额).
    pub rate_base: Option<Located<String>>,
    /// 对象: who receives it, with what distinguishes them (新认定的国家级专精特新企业).
    pub recipient: Option<Located<String>>,
    /// 条件: what has to be done or fulfilled, where the words name it apart from the recipient.
    pub condition: Option<Located<String>>,
    /// 档次: which of the cases that recipient or condition lists, where each has a sum of its own
    /// (对国家级、省级基地分别奖励60万元、30万元).
    pub tier: Option<Located<String>>,
    /// 计发单位: per whom, for each what, how often (每户, 单个项目, 每平方米, 每年, 一次性).
    pub per: Option<Located<String>>,
    /// The words of the clauses that give quantities and name.
    pub span: Span,
}

/// 支持方式: what kind of support a term gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupportKind {
    /// 奖励, 奖补, 以奖代补.
    Reward,
    /// 补贴, 补助, 资助, 消费券.
    Subsidy,
    /// 贴息.
    InterestSubsidy,
    /// 贷款额度, 授信额度: what may be borrowed.
    Loan,
    /// 首付比例: what has to be paid first.
    DownPayment,
    /// 公积金提取额度: what may be drawn from an account of one's own.
    Withdrawal,
    /// 免征, 减征, 减免, 优惠: taxes, fees and prices that fall away.
    Relief,
    /// 利率, 费率, 税率: what is charged.
    Charge,
}

impl SupportKind {
    /// The kind as reports and IRIs name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reward => "reward",
            Self::Subsidy => "subsidy",
            Self::InterestSubsidy => "interest_subsidy",
            Self::Loan => "loan",
            Self::DownPayment => "down_payment",
            Self::Withdrawal => "withdrawal",
            Self::Relief => "relief",
            Self::Charge => "charge",
        }
    }
}
