//! Values of corrections, written as `extract` prints them.
//!
//! In: a cell. Out: the value in the document model, or `None` where the cell is no such value. `show_` goes the other way,
//! so that an old value is compared in the form in which it is printed.

use crate::document::{Date, Deadline, DeadlineBasis, DocumentNumber, DueBy, Qualifier, Role};

const ROLES: [(&str, Role); 5] = [
    ("lead", Role::Lead),
    ("responsible", Role::Responsible),
    ("shared", Role::Shared),
    ("support", Role::Support),
    ("guide", Role::Guide),
];

const QUALIFIERS: [(&str, Qualifier); 11] = [
    ("reach", Qualifier::Reach),
    ("at_least", Qualifier::AtLeast),
    ("at_most", Qualifier::AtMost),
    ("more_than", Qualifier::MoreThan),
    ("less_than", Qualifier::LessThan),
    ("about", Qualifier::About),
    ("exactly", Qualifier::Exactly),
    ("between", Qualifier::Between),
    ("all", Qualifier::All),
    ("zero", Qualifier::Zero),
    ("some", Qualifier::Some),
];

/// The names of the roles.
pub(super) fn role_names() -> String {
    ROLES.map(|(name, _)| name).join(", ")
}

/// The names of the comparators.
pub(super) fn qualifier_names() -> String {
    QUALIFIERS.map(|(name, _)| name).join(", ")
}

pub(super) fn parse_role(cell: &str) -> Option<Role> {
    ROLES.iter().find(|(name, _)| *name == cell).map(|(_, role)| *role)
}

pub(super) fn show_role(role: Role) -> String {
    let name = ROLES.iter().find(|(_, known)| *known == role);
    name.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

pub(super) fn parse_qualifier(cell: &str) -> Option<Qualifier> {
    QUALIFIERS.iter().find(|(name, _)| *name == cell).map(|(_, qualifier)| *qualifier)
}

pub(super) fn show_qualifier(qualifier: Qualifier) -> String {
    let name = QUALIFIERS.iter().find(|(_, known)| *known == qualifier);
    name.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

/// A number in decimal notation: `1700`, `4.5`.
pub(super) fn parse_decimal(cell: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let is_decimal = match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    };
    is_decimal.then(|| cell.to_owned())
}

/// `2025` or `2025-06`.
pub(super) fn parse_due(cell: &str) -> Option<DueBy> {
    let due = match cell.split_once('-') {
        Some((year, month)) => DueBy::Month(year.parse().ok()?, month.parse().ok()?),
        None => DueBy::Year(cell.parse().ok()?),
    };
    due.last_day().map(|_| due)
}

/// The deadline as the text names it; empty for none and for the plan's end.
pub(super) fn show_deadline(deadline: Option<&Deadline>) -> String {
    match deadline {
        Some(Deadline { basis: DeadlineBasis::PlanEnd, .. }) | None => String::new(),
        Some(Deadline { due: DueBy::Year(year), .. }) => year.to_string(),
        Some(Deadline { due: DueBy::Month(year, month), .. }) => format!("{year}-{month:02}"),
    }
}

/// `2025-06-30`.
pub(super) fn parse_date(cell: &str) -> Option<Date> {
    let (year, rest) = cell.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `菏政发〔2024〕11号`, or the number of an order in full: `重庆市人民政府令第361号`.
pub(super) fn parse_number(cell: &str) -> Option<DocumentNumber> {
    let coded = || {
        let (code, rest) = cell.split_once('〔')?;
        let (year, serial) = rest.strip_suffix('号')?.split_once('〕')?;
        let (year, serial) = (year.parse().ok()?, serial.trim_start_matches('第').parse().ok()?);
        Some(DocumentNumber::Coded { code: code.to_owned(), year, serial })
    };
    let ordinal = || {
        let is_ordinal = cell.contains('第') && cell.ends_with('号');
        is_ordinal.then(|| DocumentNumber::Ordinal(cell.to_owned()))
    };
    coded().or_else(ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_are_printed() {
        assert!(ROLES.iter().all(|(name, role)| show_role(*role) == *name));
        assert!(QUALIFIERS.iter().all(|(name, one)| show_qualifier(*one) == *name));
        assert_eq!(parse_number("某政发〔2031〕7号").unwrap().to_string(), "某政发〔2031〕7号");
        assert_eq!(parse_date("2031-03-09").unwrap().to_string(), "2031-03-09");
    }

    #[test]
    fn what_is_no_value_is_none() {
        assert_eq!(parse_decimal("1,700"), None);
        assert_eq!(parse_decimal("4."), None);
        assert_eq!(parse_due("2031-13"), None);
        assert_eq!(parse_date("2031-02-29"), None);
        assert_eq!(parse_number("某政发(2031)7号"), None);
        assert_eq!(parse_role("牵头"), None);
    }
}
