//! One `text:query` call, read from its two lists. In: the items of the subject list and of the
//! argument list; out: a [`Call`], or an error that says which item is wrong and what would be right.

use super::error::QueryError;
use super::text_hits::Column;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode};
use oxigraph::sparql::Variable;
use spargebra::term::TermPattern;

/// What to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// The words themselves.
    Text(Literal),
    /// A variable bound to them elsewhere in the group.
    Variable(Variable),
}

/// A call that is well formed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// What the resources found are joined with.
    pub(super) subject: TermPattern,
    /// The other variables of the subject list.
    pub(super) columns: Vec<(Column, Variable)>,
    /// Properties to search in; empty for all.
    pub(super) properties: Vec<NamedNode>,
    /// What to search for.
    pub(super) words: Words,
    /// At most so many hits.
    pub(super) hits_max: usize,
}

/// What the items of the subject list after the first are bound to.
const COLUMNS: [Column; 4] = [Column::Score, Column::Literal, Column::Graph, Column::Property];

/// Reads a call: `(subject score? literal? graph? property?)` and `(property* words limit? option*)`.
/// `hits_max` is the limit of a call that says none and caps what one says.
pub(super) fn read_call(
    subjects: &[TermPattern],
    arguments: &[TermPattern],
    hits_max: usize,
) -> Result<Call, QueryError> {
    let (subject, columns) = read_subjects(subjects)?;
    let mut call = Call {
        subject,
        columns,
        properties: Vec::new(),
        words: Words::Text(Literal::new_simple_literal("")),
        hits_max,
    };
    let mut rest = arguments.iter().enumerate().map(|(at, item)| (at + 1, item)).peekable();
    while let Some((_, TermPattern::NamedNode(property))) =
        rest.next_if(|(_, item)| matches!(item, TermPattern::NamedNode(_)))
    {
        call.properties.push(property.clone());
    }
    call.words = match rest.next() {
        Some((_, TermPattern::Variable(variable))) => Words::Variable(variable.clone()),
        Some((_, TermPattern::Literal(words))) if is_text(words) => Words::Text(words.clone()),
        Some((at, other)) => {
            return Err(wrong("argument", at, other, "the words to search for, as a string"));
        }
        None => {
            let reason =
                "the words to search for are missing; write e.g. text:query (zt:text \"养老\")";
            return Err(QueryError::TextCall(reason.to_owned()));
        }
    };
    let limit = rest
        .next_if(|(_, item)| matches!(item, TermPattern::Literal(literal) if is_integer(literal)));
    if let Some((at, item @ TermPattern::Literal(literal))) = limit {
        let limit = literal.value().parse().ok().filter(|limit: &usize| *limit > 0);
        let limit = limit.ok_or_else(|| wrong("argument", at, item, "a limit of at least 1"))?;
        call.hits_max = limit.min(hits_max);
    }
    for (at, item) in rest {
        // What else Jena has is about the index, not about which resources are found.
        let known = matches!(item, TermPattern::Literal(option)
            if option.value().starts_with("lang:") || option.value().starts_with("highlight:"));
        if !known {
            return Err(wrong("argument", at, item, "a limit, \"lang:…\" or nothing"));
        }
    }
    Ok(call)
}

fn read_subjects(
    subjects: &[TermPattern],
) -> Result<(TermPattern, Vec<(Column, Variable)>), QueryError> {
    let Some((subject, others)) = subjects.split_first() else {
        return Err(QueryError::TextCall(
            "the list before it is empty; write e.g. (?m ?score)".to_owned(),
        ));
    };
    if matches!(subject, TermPattern::Literal(_)) {
        return Err(wrong("subject item", 1, subject, "a variable or an IRI"));
    }
    if let Some(extra) = others.get(COLUMNS.len()) {
        return Err(wrong(
            "subject item",
            6,
            extra,
            "nothing: at most ?resource ?score ?literal ?graph ?property",
        ));
    }
    let mut columns = Vec::new();
    for (at, (column, item)) in COLUMNS.iter().zip(others).enumerate() {
        match item {
            TermPattern::Variable(variable) => columns.push((*column, variable.clone())),
            // `[]` holds a place without asking for its value.
            TermPattern::BlankNode(_) => {}
            other => return Err(wrong("subject item", at + 2, other, "a variable")),
        }
    }
    Ok((subject.clone(), columns))
}

fn is_text(literal: &Literal) -> bool {
    let datatype = literal.datatype();
    datatype == xsd::STRING || datatype == rdf::LANG_STRING
}

fn is_integer(literal: &Literal) -> bool {
    literal.datatype() == xsd::INTEGER
}

fn wrong(list: &str, number: usize, found: &TermPattern, expected: &str) -> QueryError {
    QueryError::TextCall(format!("{list} {number} is {found}; expected {expected}"))
}
