//! One `text:query` call, read from its two lists. In: the items of the subject list and of the
//! argument list; out: a [`Call`], or an error that says which item is wrong and what would be right.

use super::error::QueryError;
use super::text_hits::Column;
use super::text_search::{Highlight, TextMode};
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
    /// How to look for it.
    pub(super) mode: TextMode,
    /// The marks of snippets.
    pub(super) highlight: Highlight,
    /// At most so many hits.
    pub(super) hits_max: usize,
}

/// What the items of the subject list after the first are bound to.
pub(super) const COLUMNS: [Column; 6] = [
    Column::Score,
    Column::Literal,
    Column::Graph,
    Column::Property,
    Column::Snippet,
    Column::Total,
];

/// What an option may be, for who wrote another.
const OPTIONS: &str =
    "a limit, \"mode:any\", \"highlight:s:【 | e:】\", \"lang:…\" or nothing; each of them once";

/// Reads a call: `(subject score? literal? graph? property? snippet? total?)` and
/// `(property* words limit? option*)`. `hits_max` is the limit of a call that says none and caps what one says.
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
        mode: TextMode::default(),
        highlight: Highlight::default(),
        hits_max,
    };
    let mut rest = arguments.iter().enumerate().map(|(at, item)| (at + 1, item)).peekable();
    while let Some((_, TermPattern::NamedNode(property))) =
        rest.next_if(|(_, item)| matches!(item, TermPattern::NamedNode(_)))
    {
        call.properties.push(property.clone());
    }
    let Some((at, item)) = rest.next() else {
        let reason =
            "the words to search for are missing; write e.g. text:query (zt:text \"养老\")";
        return Err(QueryError::TextCall(reason.to_owned()));
    };
    let expected = "the words to search for, as a string";
    call.words = words_of(item).ok_or_else(|| wrong("argument", at, item, expected))?;
    let mut said: Vec<&str> = Vec::new();
    for (at, item) in rest {
        let wrong = |expected: &str| wrong("argument", at, item, expected);
        let TermPattern::Literal(option) = item else { return Err(wrong(OPTIONS)) };
        let (name, value) = match option.value().split_once(':') {
            _ if is_integer(option) => ("limit", option.value()),
            Some(parts) if is_text(option) => parts,
            _ => return Err(wrong(OPTIONS)),
        };
        if said.contains(&name) {
            return Err(wrong(OPTIONS));
        }
        said.push(name);
        match name {
            "limit" => call.hits_max = read_limit(value).map_err(wrong)?.min(hits_max),
            "mode" => call.mode = read_mode(value).map_err(wrong)?,
            "highlight" => call.highlight = read_highlight(value).map_err(wrong)?,
            // It is about Jena's indexes, of which there is one a language, not about what is found.
            "lang" => {}
            _ => return Err(wrong(OPTIONS)),
        }
    }
    if call.mode == TextMode::Smart && !call.properties.is_empty() {
        let reason = "mode smart looks at resources with all their texts; leave out the property, or take the mode all";
        return Err(QueryError::TextCall(reason.to_owned()));
    }
    Ok(call)
}

/// The words that an argument gives.
pub(super) fn words_of(item: &TermPattern) -> Option<Words> {
    match item {
        TermPattern::Variable(variable) => Some(Words::Variable(variable.clone())),
        TermPattern::Literal(words) if is_text(words) => Some(Words::Text(words.clone())),
        _ => None,
    }
}

/// The most hits that are wanted, or what would have been right.
pub(super) fn read_limit(value: &str) -> Result<usize, &'static str> {
    let limit = value.parse().ok().filter(|limit: &usize| *limit > 0);
    limit.ok_or("a limit of at least 1")
}

/// The mode of this name, or what would have been right.
pub(super) fn read_mode(name: &str) -> Result<TextMode, &'static str> {
    TextMode::from_name(name.trim()).ok_or("the mode all, any, phrase, exact or smart")
}

/// The marks in `s:【 | e:】`, or what would have been right. What else Jena has there is about several snippets in one text.
pub(super) fn read_highlight(value: &str) -> Result<Highlight, &'static str> {
    let mut highlight = Highlight::default();
    for part in value.split('|').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(':') {
            Some(("s", mark)) => mark.clone_into(&mut highlight.before),
            Some(("e", mark)) => mark.clone_into(&mut highlight.after),
            Some(("m" | "z" | "f" | "jh" | "jf", _)) => {}
            _ => return Err("marks such as highlight:s:【 | e:】"),
        }
    }
    Ok(highlight)
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
            COLUMNS.len() + 2,
            extra,
            "nothing: at most ?resource ?score ?literal ?graph ?property ?snippet ?total",
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

pub(super) fn is_text(literal: &Literal) -> bool {
    let datatype = literal.datatype();
    datatype == xsd::STRING || datatype == rdf::LANG_STRING
}

pub(super) fn is_integer(literal: &Literal) -> bool {
    literal.datatype() == xsd::INTEGER
}

fn wrong(list: &str, number: usize, found: &TermPattern, expected: &str) -> QueryError {
    QueryError::TextCall(format!("{list} {number} is {found}; expected {expected}"))
}
