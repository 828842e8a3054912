//! Quantities and targets: numbers with unit, bound, basis and deadline. Plain data. A value is what
//! is printed; scaling by 万 and 亿 is kept apart, because a reader wants both.

use super::{Date, Located, Period};
use crate::text::Span;

/// A printed quantity: 1700万平方米以上, 57%左右, 全覆盖.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number in decimal notation as printed before its unit, Han numerals converted: `1700`,
    /// `4.5`; `None` for 全覆盖, 清零, 一批. For a range the lower end.
    pub number: Option<String>,
    /// The upper end of a range, else `None`.
    pub number_upper: Option<String>,
    /// The unit as written after the number, 万 and 亿 included: 万平方米, %, 个百分点.
    pub unit: Option<String>,
    /// What the words around the number say of its bounds.
    pub qualifier: Qualifier,
    /// The whole quantity with its bounding words: 1700万平方米以上.
    pub text: Located<String>,
}

/// 限定词: what the words say of the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// 达到, 建成, 新增: at least, by the verb alone.
    Reach,
    /// 以上, 不低于, 不少于, 至少: at least, inclusive.
    AtLeast,
    /// 以下, 以内, 不超过, 控制在…以内: at most, inclusive.
    AtMost,
    /// 超过, 突破, 高于: at least, exclusive.
    MoreThan,
    /// 低于, 不足: at most, exclusive.
    LessThan,
    /// 左右, 约: no bounds.
    About,
    /// A count or capacity of something existing: both bounds.
    Exactly,
    /// 1—2个: a range.
    Between,
    /// 全覆盖, 全部建成.
    All,
    /// 清零, 全面消除.
    Zero,
    /// 一批, 若干: no number.
    Some,
}

/// 目标: a commitment that an indicator reaches a quantity by a time or at a frequency.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Index in [`Document::items`](super::Document::items) of the item where it stands; `None` before the first.
    pub item: Option<usize>,
    /// What is measured, in the words of the text, subject first.
    pub indicator: Located<String>,
    /// How much.
    pub quantity: Quantity,
    /// Level, increment, growth or gap.
    pub basis: Basis,
    /// By when; `None` where neither text nor plan tells.
    pub deadline: Option<Deadline>,
    /// 每年, 年均…
    pub recurrence: Option<Recurrence>,
    /// 基期: the year compared with (较2020年).
    pub baseline_year: Option<u16>,
    /// The reference of a gap: 全省平均水平.
    pub compared_with: Option<Located<String>>,
    /// 范围: the population or the denominator that the words name: 全市, 城镇新建民用建筑.
    pub base_scope: Option<Located<String>>,
    /// 单项门槛: a quantity that each counted thing must meet (投资500万元以上).
    pub item_condition: Option<Quantity>,
    /// 力争, 确保, 基本.
    pub modality: Option<Modality>,
    /// The words from the indicator, or the deadline that governs it, to the end of the quantity.
    pub span: Span,
}

/// 口径: what the number says of the indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// 达到: the level or stock.
    Level,
    /// 新增: the increment.
    Increment,
    /// 在2020年基础上提高: relative growth.
    Growth,
    /// 超过全省平均0.5个百分点: the gap to a reference.
    Gap,
}

/// 期限: by when, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The period at whose end the target is due.
    pub due: DueBy,
    /// Where the deadline was read.
    pub basis: DeadlineBasis,
    /// The words that say so; `None` for the plan's end.
    pub words: Option<Located<String>>,
}

/// The period at whose end a target is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueBy {
    /// A year: 到2025年.
    Year(u16),
    /// A month of a year: 2025年6月底前.
    Month(u16, u8),
}

impl DueBy {
    /// The year of the period.
    pub const fn year(self) -> u16 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
        }
    }

    /// The last day inside the period; `None` for a month or year that does not exist.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(year, 12, 31),
            Self::Month(year, month) => Date::last_of_month(year, month),
        }
    }
}

impl From<Period> for DueBy {
    fn from(period: Period) -> Self {
        Self::Year(period.year_end)
    }
}

/// 期限来源: how a deadline is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadlineBasis {
    /// The clause of the target names it.
    Stated,
    /// An earlier clause, lead-in or paragraph opening names it.
    CarriedOver,
    /// Not named: the end of the plan.
    PlanEnd,
}

/// 频次: how often a target recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recurrence {
    /// 每年, 年均, 年度.
    Year,
    /// 每季度.
    Quarter,
    /// 每月.
    Month,
}

/// 承诺语气: how firmly the issuer commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modality {
    /// 确保.
    Ensure,
    /// 力争, 争取.
    Strive,
    /// 基本实现.
    Basic,
    /// 约束性.
    Binding,
    /// 预期性.
    Expected,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_due_on_its_last_day_and_a_month_on_its() {
        assert_eq!(DueBy::Year(2025).last_day(), Date::new(2025, 12, 31));
        assert_eq!(DueBy::Month(2024, 2).last_day(), Date::new(2024, 2, 29));
        assert_eq!(DueBy::Month(2024, 0).last_day(), None);
    }
}
