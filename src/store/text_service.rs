//! Text search as a SERVICE, for clients that know no predicate but those of the graph:
//!
//! ```text
//! SERVICE text:search { ?m text:words "养老 托育" ; text:mode "any" ; text:limit 20 ; text:score ?score }
//! ```
//!
//! In: algebra as parsed; out: the same algebra in which each such block is the call of `text:query` that means the
//! same, written with lists. Guarantees: nothing is sent anywhere; any other SERVICE stays as it is, to be refused. The surprise:
//! `text:property` with an IRI says where to search, and with a variable asks where it was found.

use super::algebra::patterns_below;
use super::error::QueryError;
use super::text_call::{
    COLUMNS, is_integer, is_text, read_highlight, read_limit, read_mode, words_of,
};
use super::text_hits::Column;
use super::text_pattern::TEXT_QUERY;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};
use spargebra::algebra::GraphPattern;
use spargebra::term::{BlankNode, NamedNodePattern, TermPattern, TriplePattern};

/// The namespace of text search.
const NAMESPACE: &str = "http://jena.apache.org/text#";

/// The name of the service.
const TEXT_SEARCH: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://jena.apache.org/text#search");

/// What a block may say, for who wrote something else.
const WORDS_OF_BLOCK: &str = "text:words, text:property, text:mode, text:limit, text:highlight, text:score, \
     text:literal, text:graph, text:snippet and text:total of one resource";

/// Writes the blocks in `pattern` and below as calls.
pub(super) fn unfold_services(pattern: &mut GraphPattern) -> Result<(), QueryError> {
    Unfolding { blocks: 0 }.unfold(pattern)
}

/// Whether a block of this name is a search.
pub(super) fn is_text_search(name: &NamedNodePattern) -> bool {
    matches!(name, NamedNodePattern::NamedNode(name) if *name == TEXT_SEARCH)
}

struct Unfolding {
    /// How many blocks there were so far.
    blocks: usize,
}

impl Unfolding {
    fn unfold(&mut self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        if let GraphPattern::Service { name: NamedNodePattern::NamedNode(name), inner, .. } =
            pattern
            && *name == TEXT_SEARCH
        {
            let block = Block::read(inner)?;
            self.blocks += 1;
            *pattern = GraphPattern::Bgp { patterns: block.into_call(self.blocks) };
            return Ok(());
        }
        patterns_below(pattern).into_iter().try_for_each(|inner| self.unfold(inner))
    }
}

/// What a block says.
struct Block {
    subject: TermPattern,
    words: Option<TermPattern>,
    properties: Vec<TermPattern>,
    /// The limit and other options, as arguments of a call.
    options: Vec<TermPattern>,
    /// The variable of each column.
    columns: [Option<TermPattern>; COLUMNS.len()],
}

impl Block {
    fn read(inner: &GraphPattern) -> Result<Self, QueryError> {
        let GraphPattern::Bgp { patterns } = inner else {
            return Err(wrong(&format!(
                "it may hold nothing but {WORDS_OF_BLOCK}; write the rest outside of it"
            )));
        };
        let Some(first) = patterns.first() else {
            return Err(wrong("it is empty; write e.g. ?m text:words \"养老\""));
        };
        let mut block = Self {
            subject: first.subject.clone(),
            words: None,
            properties: Vec::new(),
            options: Vec::new(),
            columns: [const { None }; COLUMNS.len()],
        };
        if matches!(block.subject, TermPattern::Literal(_)) {
            return Err(wrong(&format!(
                "{} cannot be found; expected a variable or an IRI",
                block.subject
            )));
        }
        patterns.iter().try_for_each(|triple| block.read_triple(triple))?;
        if block.words.is_none() {
            return Err(wrong(
                "the words to search for are missing; write e.g. text:words \"养老\"",
            ));
        }
        Ok(block)
    }

    fn read_triple(&mut self, triple: &TriplePattern) -> Result<(), QueryError> {
        let TriplePattern { subject, predicate, object } = triple;
        let name = match predicate {
            NamedNodePattern::NamedNode(node) => node.as_str().strip_prefix(NAMESPACE),
            NamedNodePattern::Variable(_) => None,
        };
        if *subject != self.subject || name.is_none() {
            return Err(wrong(&format!(
                "it may hold nothing but {WORDS_OF_BLOCK}; write {triple} outside of it"
            )));
        }
        let name = name.unwrap_or_default();
        let misfit =
            |expected: &str| wrong(&format!("text:{name} is {object}; expected {expected}"));
        let text = match object {
            TermPattern::Literal(literal) if is_text(literal) => Some(literal.value()),
            _ => None,
        };
        match (name, object) {
            ("words", _) => {
                words_of(object).ok_or_else(|| misfit("the words to search for, as a string"))?;
                once(&mut self.words, object).map_err(misfit)
            }
            ("property", TermPattern::NamedNode(_)) => {
                self.properties.push(object.clone());
                Ok(())
            }
            ("limit", TermPattern::Literal(limit)) if is_integer(limit) => {
                read_limit(limit.value()).map_err(misfit)?;
                self.add_option(object.clone()).map_err(misfit)
            }
            ("limit", _) => Err(misfit("a limit of at least 1")),
            ("mode", _) => {
                read_mode(text.unwrap_or_default()).map_err(misfit)?;
                self.add_option(option(name, text)).map_err(misfit)
            }
            ("highlight", _) => {
                let expected = "marks such as \"s:【 | e:】\"";
                text.and_then(|text| read_highlight(text).ok()).ok_or_else(|| misfit(expected))?;
                self.add_option(option(name, text)).map_err(misfit)
            }
            _ => self.read_column(name, object, misfit),
        }
    }

    fn read_column(
        &mut self,
        name: &str,
        object: &TermPattern,
        misfit: impl Fn(&str) -> QueryError,
    ) -> Result<(), QueryError> {
        let mut columns = COLUMNS.iter().zip(&mut self.columns);
        let column = columns.find(|(column, _)| column_name(**column) == name);
        match (column, object) {
            (None, _) => Err(wrong(&format!("text:{name} is none of {WORDS_OF_BLOCK}"))),
            (Some((_, column)), TermPattern::Variable(_)) => once(column, object).map_err(misfit),
            (Some(_), TermPattern::BlankNode(_)) => Ok(()),
            (Some(_), _) => Err(misfit("a variable")),
        }
    }

    /// Adds an option of which there is none of the kind.
    fn add_option(&mut self, option: TermPattern) -> Result<(), &'static str> {
        let kind = |option: &TermPattern| match option {
            TermPattern::Literal(literal) if is_text(literal) => {
                literal.value().split(':').next().map(str::to_owned)
            }
            _ => None,
        };
        if self.options.iter().any(|known| kind(known) == kind(&option)) {
            return Err(ONCE);
        }
        self.options.push(option);
        Ok(())
    }

    /// The triples of the call, whose cells are named after the number of the block.
    fn into_call(self, number: usize) -> Vec<TriplePattern> {
        // No blank node of a query has a space in its name.
        let blank = |what: &str, at: usize| {
            BlankNode::new_unchecked(format!("text search {number} {what} {at}"))
        };
        let mut subjects = vec![self.subject];
        let columns_len = self.columns.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let columns = self.columns.into_iter().take(columns_len).enumerate();
        subjects
            .extend(columns.map(|(at, column)| column.unwrap_or_else(|| blank("none", at).into())));
        let arguments = self.properties.into_iter().chain(self.words).chain(self.options);
        let mut triples = Vec::new();
        let mut list = |what: &str, items: Vec<TermPattern>| {
            let last = items.len();
            for (at, item) in items.into_iter().enumerate() {
                let rest: TermPattern = if at + 1 == last {
                    rdf::NIL.into_owned().into()
                } else {
                    blank(what, at + 1).into()
                };
                triples.push(triple(blank(what, at), rdf::FIRST, item));
                triples.push(triple(blank(what, at), rdf::REST, rest));
            }
        };
        list("subject", subjects);
        list("argument", arguments.collect());
        triples.push(triple(blank("subject", 0), TEXT_QUERY, blank("argument", 0).into()));
        triples
    }
}

/// Why something is not taken twice.
const ONCE: &str = "it once";

/// Puts `value` where nothing is yet.
fn once(place: &mut Option<TermPattern>, value: &TermPattern) -> Result<(), &'static str> {
    match place.replace(value.clone()) {
        None => Ok(()),
        Some(_) => Err(ONCE),
    }
}

fn option(name: &str, text: Option<&str>) -> TermPattern {
    Literal::new_simple_literal(format!("{name}:{}", text.unwrap_or_default())).into()
}

fn triple(subject: BlankNode, predicate: NamedNodeRef<'_>, object: TermPattern) -> TriplePattern {
    let predicate: NamedNode = predicate.into_owned();
    TriplePattern { subject: subject.into(), predicate: predicate.into(), object }
}

fn column_name(column: Column) -> &'static str {
    match column {
        Column::Score => "score",
        Column::Literal => "literal",
        Column::Graph => "graph",
        Column::Property => "property",
        Column::Snippet => "snippet",
        Column::Total => "total",
        _ => "",
    }
}

fn wrong(reason: &str) -> QueryError {
    QueryError::TextCall(format!("in SERVICE text:search, {reason}"))
}
