//! The head of a document: number, title, issuer, date, addressees, openness, period. Plain data;
//! a field that the text does not tell is empty, never guessed.

use super::Located;
use std::fmt;

/// What the head, the signature and the metadata table tell about a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// 标题: the document's own title, joined over line breaks; for a notice that issues a plan,
    /// the notice's; where only the plan's is printed, that one.
    pub title: Option<Located<String>>,
    /// 所印发文件标题: title of the plan, measures or rules that a notice issues, without 《》.
    pub attached_title: Option<Located<String>>,
    /// 发文字号.
    pub number: Option<Located<DocumentNumber>>,
    /// 发文机关, full form as written.
    pub issuers: Vec<Located<String>>,
    /// 成文日期.
    pub signed_on: Option<Located<Date>>,
    /// 文种, the last noun of the title: 通知, 意见, 办法…
    pub kind: Option<Located<String>>,
    /// 主送机关, one entry a body or group as separated by top-level commas.
    pub addressees: Vec<Located<String>>,
    /// 公开属性, from the note in brackets.
    pub openness: Option<Located<Openness>>,
    /// 规划期, from a title such as (2024—2025年).
    pub period: Option<Located<Period>>,
}

/// A 发文字号 or an order's number. Shown in canonical form by `Display`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DocumentNumber {
    /// 机关代字〔年〕序号号, e.g. 菏政发〔2024〕11号.
    Coded {
        /// 机关代字: 菏政发.
        code: String,
        /// Four-digit year.
        year: u16,
        /// 序号 without leading zeros.
        serial: u32,
    },
    /// An order or announcement numbered by its issuer, in full: 重庆市人民政府令第361号.
    Ordinal(String),
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coded { code, year, serial } => {
                // An announcement is the n-th of its year: 某部公告〔2031〕第8号.
                let is_announced = ["公告", "通告", "令"].iter().any(|word| code.ends_with(word));
                let ordinal = if is_announced { "第" } else { "" };
                write!(f, "{code}〔{year}〕{ordinal}{serial}号")
            }
            Self::Ordinal(full) => f.write_str(full),
        }
    }
}

/// A calendar day, shown as `YYYY-MM-DD`. Made only through [`Date::new`], so it always exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` where the calendar has no such day or the year is not 1 to 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = days_in_month(year, month)?;
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The last day of the month, or `None` where there is no such month.
    pub fn last_of_month(year: u16, month: u8) -> Option<Self> {
        Self::new(year, month, days_in_month(year, month)?)
    }

    /// The four-digit year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// 公开属性.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Openness {
    /// 主动公开, 此件公开发布.
    Open,
    /// 依申请公开.
    OnRequest,
    /// 不予公开.
    Closed,
}

/// The years that a plan covers, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// First year.
    pub year_start: u16,
    /// Last year.
    pub year_end: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_the_calendar_lacks_is_none() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2024, 13, 1), None);
        assert_eq!(Date::new(2024, 4, 31), None);
    }

    #[test]
    fn february_ends_on_the_29th_in_leap_years_only() {
        assert_eq!(Date::last_of_month(2024, 2), Date::new(2024, 2, 29));
        assert_eq!(Date::last_of_month(2100, 2), Date::new(2100, 2, 28));
    }

    #[test]
    fn a_coded_number_is_shown_in_canonical_brackets() {
        let number = DocumentNumber::Coded { code: "菏政发".into(), year: 2024, serial: 11 };
        assert_eq!(number.to_string(), "菏政发〔2024〕11号");
        let number = DocumentNumber::Coded { code: "某部公告".into(), year: 2031, serial: 8 };
        assert_eq!(number.to_string(), "某部公告〔2031〕第8号");
    }
}
