//! The facts of a document that a correction can name, and how each is changed.
//!
//! In: a document and a field. Out: a [`Fact`] for each place that has the field, with the words that name it and its
//! value as printed. Guarantee: setting a value never touches the span of the words that it was read from.

use super::entry::{Entry, Field};
use super::value::{
    parse_date, parse_decimal, parse_due, parse_number, parse_qualifier, parse_role,
    qualifier_names, role_names, show_deadline, show_qualifier, show_role,
};
use crate::document::{Citation, Deadline, DeadlineBasis, Document, Header, Located, Target};
use crate::text::Span;

/// One value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// Where it is kept.
    pub(super) slot: Slot,
    /// Index of its item.
    pub(super) item: Option<usize>,
    /// Path of its item as `extract` prints it.
    pub(super) place: String,
    /// The words that name it.
    pub(super) words: String,
    /// The value, as `extract` prints it, but for shares in words, which count in per cent.
    pub(super) value: String,
    /// The words it was read from.
    pub(super) span: Span,
}

/// Indexes into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A field of the head; the index tells issuers apart.
    Head(usize),
    /// An item.
    Item(usize),
    /// An assignment of an item.
    Assignment(usize, usize),
    /// A target.
    Target(usize),
    /// A citation.
    Citation(usize),
}

/// All facts of `document` that have `field`.
pub(super) fn find_facts(document: &Document, field: Field) -> Vec<Fact> {
    match field {
        Field::Title
        | Field::AttachedTitle
        | Field::Number
        | Field::Issuer
        | Field::Date
        | Field::Kind => find_head_facts(&document.header, field),
        Field::Heading => {
            let items = document.items.iter().enumerate();
            let facts = items.map(|(index, item)| {
                let (words, span) = (item.heading.value.clone(), item.heading.span);
                fact(document, Slot::Item(index), (Some(index), words.clone(), words, span))
            });
            facts.collect()
        }
        Field::Assignment | Field::Department | Field::Role => {
            let items = document.items.iter().enumerate();
            let facts = items.flat_map(|(index, item)| {
                item.assignments.iter().enumerate().map(move |(rank, assignment)| {
                    let agent = &assignment.agent;
                    let value = match field {
                        Field::Role => show_role(assignment.role),
                        _ => agent.value.clone(),
                    };
                    let slot = Slot::Assignment(index, rank);
                    fact(document, slot, (Some(index), agent.value.clone(), value, agent.span))
                })
            });
            facts.collect()
        }
        Field::Citation | Field::CitedTitle | Field::CitedNumber => {
            let citations = document.citations.iter().enumerate();
            let facts = citations.map(|(index, citation)| {
                let (words, value) = citation_words(citation, field);
                fact(document, Slot::Citation(index), (citation.item, words, value, citation.span))
            });
            facts.collect()
        }
        _ => {
            let targets = document.targets.iter().enumerate();
            let facts = targets.map(|(index, target)| {
                let words = target.quantity.text.value.clone();
                let value = target_value(target, field);
                fact(document, Slot::Target(index), (target.item, words, value, target.span))
            });
            facts.collect()
        }
    }
}

/// Sets the value of `fact` to the new one of `entry`; what would be right where it is no value of the field.
pub(super) fn set_value(document: &mut Document, slot: Slot, entry: &Entry) -> Result<(), String> {
    let new = entry.new.as_str();
    match slot {
        Slot::Head(index) => set_head(&mut document.header, index, entry),
        Slot::Item(index) => {
            if let Some(item) = document.items.get_mut(index) {
                new.clone_into(&mut item.heading.value);
            }
            Ok(())
        }
        Slot::Assignment(index, rank) => {
            let Some(item) = document.items.get_mut(index) else { return Ok(()) };
            if entry.field == Field::Assignment {
                must_be_empty(new)?;
                item.assignments = without(std::mem::take(&mut item.assignments), rank);
                return Ok(());
            }
            let Some(assignment) = item.assignments.get_mut(rank) else { return Ok(()) };
            if entry.field == Field::Role {
                let right = || format!("`{new}` is no role; there are {}", role_names());
                assignment.role = parse_role(new).ok_or_else(right)?;
            } else {
                assignment.agent.value = must_not_be_empty(new)?;
            }
            Ok(())
        }
        Slot::Target(index) => {
            if entry.field == Field::Target {
                must_be_empty(new)?;
                document.targets = without(std::mem::take(&mut document.targets), index);
                return Ok(());
            }
            document.targets.get_mut(index).map_or(Ok(()), |target| set_target(target, entry))
        }
        Slot::Citation(index) => {
            if entry.field == Field::Citation {
                must_be_empty(new)?;
                document.citations = without(std::mem::take(&mut document.citations), index);
                return Ok(());
            }
            document.citations.get_mut(index).map_or(Ok(()), |one| set_citation(one, entry))
        }
    }
}

fn fact(
    document: &Document,
    slot: Slot,
    (item, words, value, span): (Option<usize>, String, String, Span),
) -> Fact {
    let path = item.and_then(|index| document.items.get(index)).map(|item| &item.path);
    let ordinals = path.into_iter().flatten().map(u32::to_string);
    let place = ordinals.collect::<Vec<_>>().join("/");
    Fact { slot, item, place, words, value, span }
}

fn find_head_facts(header: &Header, field: Field) -> Vec<Fact> {
    let shown: Vec<(String, Span)> = match field {
        Field::Title => header.title.iter().map(|one| (one.value.clone(), one.span)).collect(),
        Field::AttachedTitle => {
            header.attached_title.iter().map(|one| (one.value.clone(), one.span)).collect()
        }
        Field::Number => {
            header.number.iter().map(|one| (one.value.to_string(), one.span)).collect()
        }
        Field::Date => {
            header.signed_on.iter().map(|one| (one.value.to_string(), one.span)).collect()
        }
        Field::Kind => header.kind.iter().map(|one| (one.value.clone(), one.span)).collect(),
        _ => header.issuers.iter().map(|one| (one.value.clone(), one.span)).collect(),
    };
    // A field that the head lacks can be filled in: its old value is empty.
    let missing = shown.is_empty().then(|| (String::new(), Span::default()));
    let facts = shown.into_iter().chain(missing).enumerate().map(|(index, (value, span))| Fact {
        slot: Slot::Head(index),
        item: None,
        place: String::new(),
        words: value.clone(),
        value,
        span,
    });
    facts.collect()
}

fn citation_words(citation: &Citation, field: Field) -> (String, String) {
    let title = citation.title.as_ref().map(|title| title.value.clone());
    let number = citation.number.as_ref().map(|number| number.value.to_string());
    let words = title.clone().or_else(|| number.clone()).unwrap_or_default();
    let value = match field {
        Field::CitedTitle => title.unwrap_or_default(),
        Field::CitedNumber => number.unwrap_or_default(),
        _ => words.clone(),
    };
    (words, value)
}

fn target_value(target: &Target, field: Field) -> String {
    let quantity = &target.quantity;
    match field {
        Field::Value => quantity.number.clone().unwrap_or_default(),
        Field::ValueUpper => quantity.number_upper.clone().unwrap_or_default(),
        Field::Unit => quantity.unit.clone().unwrap_or_default(),
        Field::Comparator => show_qualifier(quantity.qualifier),
        Field::Deadline => show_deadline(target.deadline.as_ref()),
        _ => target.indicator.value.clone(),
    }
}

fn set_target(target: &mut Target, entry: &Entry) -> Result<(), String> {
    let new = entry.new.as_str();
    let decimal = || optional(new, parse_decimal, "no decimal number such as 4.5");
    match entry.field {
        Field::Value => target.quantity.number = decimal()?,
        Field::ValueUpper => target.quantity.number_upper = decimal()?,
        Field::Unit => {
            target.quantity.unit = Some(new.to_owned()).filter(|unit| !unit.is_empty());
        }
        Field::Comparator => {
            let right = || format!("`{new}` is no comparator; there are {}", qualifier_names());
            target.quantity.qualifier = parse_qualifier(new).ok_or_else(right)?;
        }
        Field::Deadline => {
            let due = optional(new, parse_due, "neither a year such as 2025 nor a month 2025-06")?;
            let words = target.deadline.take().and_then(|deadline| deadline.words);
            target.deadline = due.map(|due| {
                let basis = DeadlineBasis::Stated;
                Deadline { due, basis, words }
            });
        }
        _ => target.indicator.value = must_not_be_empty(new)?,
    }
    Ok(())
}

fn set_citation(citation: &mut Citation, entry: &Entry) -> Result<(), String> {
    let span = citation.span;
    if entry.field == Field::CitedNumber {
        let number = optional(&entry.new, parse_number, "no number such as 菏政发〔2024〕11号")?;
        let span = citation.number.as_ref().map_or(span, |number| number.span);
        citation.number = number.map(|number| Located::new(number, span));
    } else {
        let span = citation.title.as_ref().map_or(span, |title| title.span);
        citation.title = located(&entry.new, span);
    }
    if citation.title.is_none() && citation.number.is_none() {
        return Err("a citation has a title or a number; remove it as `citation`".to_owned());
    }
    Ok(())
}

fn set_head(header: &mut Header, index: usize, entry: &Entry) -> Result<(), String> {
    let new = entry.new.as_str();
    let at = |span: Option<Span>| span.unwrap_or_default();
    match entry.field {
        Field::Title => header.title = located(new, at(header.title.as_ref().map(|t| t.span))),
        Field::AttachedTitle => {
            let span = at(header.attached_title.as_ref().map(|title| title.span));
            header.attached_title = located(new, span);
        }
        Field::Kind => header.kind = located(new, at(header.kind.as_ref().map(|k| k.span))),
        Field::Number => {
            let span = at(header.number.as_ref().map(|number| number.span));
            let number = optional(new, parse_number, "no number such as 菏政发〔2024〕11号")?;
            header.number = number.map(|number| Located::new(number, span));
        }
        Field::Date => {
            let span = at(header.signed_on.as_ref().map(|day| day.span));
            let day = optional(new, parse_date, "no day such as 2024-05-06")?;
            header.signed_on = day.map(|day| Located::new(day, span));
        }
        _ => match header.issuers.get_mut(index) {
            Some(_) if new.is_empty() => {
                header.issuers = without(std::mem::take(&mut header.issuers), index);
            }
            Some(issuer) => new.clone_into(&mut issuer.value),
            None => header.issuers.extend(located(new, Span::default())),
        },
    }
    Ok(())
}

fn located(value: &str, span: Span) -> Option<Located<String>> {
    Some(value.to_owned()).filter(|value| !value.is_empty()).map(|value| Located::new(value, span))
}

/// `cell` as `parse` reads it, `None` where it is empty.
fn optional<T>(
    cell: &str,
    parse: impl Fn(&str) -> Option<T>,
    problem: &str,
) -> Result<Option<T>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    parse(cell).map(Some).ok_or_else(|| format!("`{cell}` is {problem}"))
}

fn must_be_empty(new: &str) -> Result<(), String> {
    let right = "a whole fact can only be removed: leave `new` empty, or correct one of its fields";
    if new.is_empty() { Ok(()) } else { Err(right.to_owned()) }
}

fn must_not_be_empty(new: &str) -> Result<String, String> {
    let right = "this field cannot be empty; remove the whole fact";
    if new.is_empty() { Err(right.to_owned()) } else { Ok(new.to_owned()) }
}

fn without<T>(list: Vec<T>, index: usize) -> Vec<T> {
    list.into_iter().enumerate().filter(|(at, _)| *at != index).map(|(_, one)| one).collect()
}
