//! Whether a query says what its asker means. In: text; out: its first mistake with line, column and what was expected, and the names in
//! it that the graph does not have, with those that it has most like them. Guarantee: nothing is evaluated. The surprise: names are read
//! from the words of the text, so that they are checked in a query that does not parse yet.

use super::dataset::Store;
use super::error::QueryError;
use super::syntax::place_of;
use super::tokens::{Token, TokenKind, Tokens};
use oxigraph::model::NamedNodeRef;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Names of a namespace that are compared: those of a vocabulary, or of the resources that begin alike.
const COMPARED_MAX: usize = 20_000;
/// Names that are proposed.
const NEAREST_MAX: usize = 3;
/// More notes are not made: who has so many reads the first.
const NOTES_MAX: usize = 50;
/// Of so many characters at least, one may differ.
const CHARS_PER_MISTAKE: usize = 3;
/// Datatypes are used by casts and comparisons, whether a literal has them or not.
const DATATYPES: &str = "http://www.w3.org/2001/XMLSchema#";

/// What there is to say of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryReport {
    /// Its form, if it is a query: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`.
    pub form: Option<String>,
    /// What keeps it from being answered.
    pub errors: Vec<QueryNote>,
    /// What it says that the graph knows nothing of.
    pub warnings: Vec<QueryNote>,
}

/// Something about a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryNote {
    /// Line from 1, where it is about a place.
    pub line: Option<usize>,
    /// Column from 1, in characters.
    pub column: Option<usize>,
    /// What is wrong and what would be right.
    pub message: String,
    /// The same in Chinese.
    #[serde(default)]
    pub chinese: String,
    /// Names most like the one that is not known.
    pub nearest: Vec<String>,
}

/// Reports on `text`, of which preparing gave `form` or an error.
pub(super) fn report(
    store: &Store,
    prefixes: &[(String, String)],
    text: &str,
    prepared: Result<String, QueryError>,
) -> QueryReport {
    let (form, errors) = match prepared {
        Ok(form) => (Some(form), Vec::new()),
        Err(error) => (None, vec![note_of(error, prefixes)]),
    };
    let names = Names { store, text, prefixes: declared(text, prefixes), known: HashMap::new() };
    QueryReport { form, errors, warnings: names.unknown() }
}

/// Reports on a text that is too long to be looked at.
pub(super) fn too_long(error: QueryError) -> QueryReport {
    QueryReport { form: None, errors: vec![note_of(error, &[])], warnings: Vec::new() }
}

fn note_of(error: QueryError, prefixes: &[(String, String)]) -> QueryNote {
    let chinese = error.chinese();
    let QueryError::Syntax { line, column, message } = error else {
        let message = error.to_string();
        return QueryNote { line: None, column: None, message, chinese, nearest: Vec::new() };
    };
    let unknown = message.strip_prefix("the prefix ").and_then(|rest| rest.split_once(": "));
    let known = || prefixes.iter().map(|(name, _)| name.as_str());
    let nearest = unknown.map(|(prefix, _)| nearest(prefix, known())).unwrap_or_default();
    let nearest = nearest.into_iter().map(|name| format!("{name}:")).collect();
    QueryNote { line: Some(line), column: Some(column), message, chinese, nearest }
}

/// The prefixes of a query: those known without declaration, and its own, which win.
fn declared(text: &str, known: &[(String, String)]) -> Vec<(String, String)> {
    let tokens: Vec<Token> = Tokens::new(text).collect();
    let mut prefixes = Vec::new();
    for three in tokens.windows(3) {
        let [keyword, name, iri] = three else { continue };
        if keyword.span.slice(text).eq_ignore_ascii_case("PREFIX") && iri.kind == TokenKind::Iri {
            let name = name.span.slice(text).trim_end_matches(':');
            prefixes.push((name.to_owned(), bare(iri.span.slice(text)).to_owned()));
        }
    }
    prefixes.extend(known.iter().cloned());
    prefixes
}

/// An IRI without its angle brackets.
fn bare(iri: &str) -> &str {
    iri.trim_start_matches('<').trim_end_matches('>')
}

/// The names in a query.
struct Names<'a> {
    store: &'a Store,
    text: &'a str,
    prefixes: Vec<(String, String)>,
    /// The names of the graph that begin alike, by how they begin.
    known: HashMap<String, Vec<String>>,
}

impl Names<'_> {
    fn unknown(mut self) -> Vec<QueryNote> {
        let (mut notes, mut seen) = (Vec::new(), BTreeSet::new());
        let mut before = "";
        let template = template_of(self.text);
        for token in Tokens::new(self.text) {
            let word = token.span.slice(self.text);
            let is_declared = ["PREFIX", "BASE"].iter().any(|w| before.eq_ignore_ascii_case(w));
            let declares_iri = before.ends_with(':') && token.kind == TokenKind::Iri;
            before = word;
            // What a CONSTRUCT makes need not be there.
            if is_declared || declares_iri || template.contains(&token.span.byte_start) {
                continue;
            }
            let Some(iri) = self.iri_of(token.kind, word) else { continue };
            if seen.contains(&iri) {
                continue;
            }
            if let Some((name, nearest)) = self.judge(&iri) {
                let (line, column) = place_of(self.text, token.span.byte_start);
                let (line, column) = (Some(line), Some(column));
                let message = format!("{name} is not in the graph");
                let chinese = format!("数据中没有 {name}");
                notes.push(QueryNote { line, column, message, chinese, nearest });
                if notes.len() == NOTES_MAX {
                    break;
                }
            }
            seen.insert(iri);
        }
        notes
    }

    /// The IRI that a word stands for; `None` for words that are no names, and for what is relative.
    fn iri_of(&self, kind: TokenKind, word: &str) -> Option<String> {
        if kind == TokenKind::Iri {
            return Some(bare(word).to_owned()).filter(|iri| iri.contains(':'));
        }
        if kind != TokenKind::Word || word.starts_with(['?', '$', '@', '_']) {
            return None;
        }
        // A name may end a sentence.
        let (prefix, local) = word.trim_end_matches('.').split_once(':')?;
        let (_, namespace) = self.prefixes.iter().find(|(name, _)| name == prefix)?;
        let iri = format!("{namespace}{}", local.replace('\\', ""));
        namespace.contains(':').then_some(iri)
    }

    /// The name of an IRI that the graph does not have, and the nearest that it has.
    fn judge(&mut self, iri: &str) -> Option<(String, Vec<String>)> {
        let text_functions = self
            .prefixes
            .iter()
            .any(|(name, namespace)| name == "text" && iri.starts_with(namespace.as_str()));
        let is_known = self.store.id(NamedNodeRef::new_unchecked(iri).into()).is_some();
        if is_known || text_functions || iri.starts_with(DATATYPES) {
            return None;
        }
        let own =
            self.prefixes.iter().rev().filter(|(_, namespace)| {
                !namespace.is_empty() && iri.starts_with(namespace.as_str())
            });
        // Of equal ones the query's own, which come first.
        let (prefix, namespace) = own.max_by_key(|(_, namespace)| namespace.len())?.clone();
        let local = iri.strip_prefix(namespace.as_str())?;
        let first = local.chars().next()?;
        // Of a large namespace only those that begin alike.
        let all = self.known_from(&namespace).len() < COMPARED_MAX;
        let start = if all { namespace.clone() } else { format!("{namespace}{first}") };
        let known = self.known_from(&start).iter();
        let locals = known.filter_map(|known| known.strip_prefix(namespace.as_str()));
        let nearest = nearest(local, locals).into_iter().map(|name| format!("{prefix}:{name}"));
        Some((format!("{prefix}:{local}"), nearest.collect()))
    }

    fn known_from(&mut self, start: &str) -> &[String] {
        let store = self.store;
        self.known.entry(start.to_owned()).or_insert_with(|| store.iris_from(start, COMPARED_MAX))
    }
}

/// Where the template of a CONSTRUCT stands; nowhere in other queries.
fn template_of(text: &str) -> Range<usize> {
    let mut tokens = Tokens::new(text);
    let constructs = tokens.any(|token| {
        token.kind == TokenKind::Word && token.span.slice(text).eq_ignore_ascii_case("CONSTRUCT")
    });
    let Some(open) = tokens.next().filter(|token| constructs && token.span.slice(text) == "{")
    else {
        return 0..0;
    };
    let end = tokens.find(|token| token.span.slice(text) == "}");
    open.span.byte_start..end.map_or(text.len(), |token| token.span.byte_end)
}

/// The known names most like a wrong one, the best first.
fn nearest<'n>(wrong: &str, known: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wrong: Vec<char> = wrong.chars().collect();
    let most = (wrong.len() / CHARS_PER_MISTAKE).max(1);
    let mut found: Vec<(usize, &str)> = known
        .filter(|name| !name.is_empty())
        .filter_map(|name| Some((mistakes(&wrong, name, most)?, name)))
        .collect();
    found.sort_unstable();
    found.truncate(NEAREST_MAX);
    found.into_iter().map(|(_, name)| name).collect()
}

/// How many characters have to be changed, added, left out or swapped with their neighbour; `None` for more than `most`. Case counts for
/// nothing.
fn mistakes(wrong: &[char], right: &str, most: usize) -> Option<usize> {
    let right: Vec<char> = right.chars().collect();
    if wrong.len().abs_diff(right.len()) > most {
        return None;
    }
    let same = |a: &char, b: &char| a.to_lowercase().eq(b.to_lowercase());
    let width = right.len() + 1;
    let mut rows: Vec<Vec<usize>> = vec![(0..width).collect()];
    for (at, a) in wrong.iter().enumerate() {
        let cell = |row: usize, column: usize| {
            rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(usize::MAX - 1)
        };
        let mut row = vec![at + 1];
        for (column, b) in right.iter().enumerate() {
            let changed = cell(at, column) + usize::from(!same(a, b));
            let left = row.last().copied().unwrap_or_default();
            let mut least = changed.min(left + 1).min(cell(at, column + 1) + 1);
            let swapped = at.checked_sub(1).zip(column.checked_sub(1)).filter(|(i, j)| {
                wrong.get(*i).is_some_and(|before| same(before, b))
                    && right.get(*j).is_some_and(|before| same(a, before))
            });
            if let Some((i, j)) = swapped {
                least = least.min(cell(i, j) + 1);
            }
            row.push(least);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().filter(|count| *count <= most)
}

#[cfg(test)]
mod tests {
    use super::super::{Endpoint, EndpointOptions, Literals, TextHits, TextQuery, TextSearch};
    use super::*;
    use std::sync::Arc;

    struct NoText;

    impl TextSearch for NoText {
        fn search_text(&self, _: &TextQuery, _: &dyn Literals) -> TextHits {
            TextHits::default()
        }
    }

    const NQUADS: &str = "<http://e/v#leadBy> <http://e/v#heading> \"苗圃\" .\n\
                          <http://e/indicator/森林覆盖率> <http://e/v#heading> \"率\" .\n";

    fn report_on(text: &str) -> QueryReport {
        let store = Arc::new(Store::read_nquads(NQUADS.as_bytes()).unwrap());
        let prefix = |name: &str, iri: &str| (name.to_owned(), iri.to_owned());
        let prefixes =
            vec![prefix("zt", "http://e/v#"), prefix("indicator", "http://e/indicator/")];
        let options = EndpointOptions { prefixes, ..EndpointOptions::default() };
        Endpoint::new(store, Arc::new(NoText), options).unwrap().check(text)
    }

    fn nearest_of(text: &str) -> Vec<(usize, usize, Vec<String>)> {
        let warnings = report_on(text).warnings.into_iter();
        warnings.map(|note| (note.line.unwrap(), note.column.unwrap(), note.nearest)).collect()
    }

    #[test]
    fn names_that_the_graph_lacks_are_shown_with_those_most_like_them() {
        let name = |name: &str| vec![name.to_owned()];
        assert_eq!(
            nearest_of("SELECT * {\n  ?措施 zt:ledaBy ?d ; zt:heading ?h . }"),
            [(2, 7, name("zt:leadBy"))]
        );
        assert_eq!(
            nearest_of("SELECT * { ?s ?p indicator:森林覆盖律. }"),
            [(1, 18, name("indicator:森林覆盖率"))]
        );
        assert_eq!(
            nearest_of("PREFIX x: <http://e/v#>\nSELECT * { ?s x:headin <http://e/v#Heading> }"),
            [(2, 15, name("x:heading")), (2, 24, name("x:heading"))]
        );
        assert_eq!(nearest_of("SELECT * { ?s zt:none ?o }"), [(1, 15, Vec::new())]);
    }

    #[test]
    fn what_is_no_name_of_the_graph_is_not_missed() {
        for text in [
            "SELECT * { ?s zt:heading \"zt:ledaBy\" } # zt:ledaBy",
            "SELECT (xsd:integer(?h) AS ?n) { ?s zt:heading ?h }",
            "SELECT * { ?s zt:heading ?h . _:b zt:heading \"x\"@zh }",
            "PREFIX y: <http://e/other#> SELECT * { <http://elsewhere/x> zt:heading ?h }",
            "PREFIX y: <other#> SELECT * { y:x zt:heading <other> }",
            "PREFIX y: <http://e/other#> CONSTRUCT { ?s y:x zt:made } WHERE { ?s zt:heading ?h }",
        ] {
            assert_eq!(report_on(text).warnings, [], "{text}");
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_a_prefix_with_the_nearest() {
        let report = report_on("SELECT * {\n ?s zy:heading ?o }");
        let [error] = report.errors.as_slice() else { panic!("{report:?}") };
        assert_eq!((error.line, error.column), (Some(2), Some(5)));
        assert_eq!(error.nearest, ["zt:"]);
        assert_eq!(report.form, None);
        assert_eq!(report_on("ASK { ?s zt:heading ?o }").form.as_deref(), Some("ASK"));
        let update = report_on("CLEAR ALL");
        assert!(update.errors[0].message.contains("read-only") && update.errors[0].line.is_none());
    }

    #[test]
    fn of_many_unknown_names_the_first_are_told_and_a_text_that_is_too_long_is_not_read() {
        let names: Vec<String> = (0..200).map(|n| format!("zt:x{n}")).collect();
        let names = names.join(" ");
        assert_eq!(report_on(&format!("SELECT * {{ {names}")).warnings.len(), NOTES_MAX);
        let long = report_on(&format!("SELECT * {{ {}", "zt:x ".repeat(100_000)));
        assert_eq!((long.errors.len(), long.warnings.len()), (1, 0));
        assert!(long.errors[0].message.contains("the limit is"), "{long:?}");
    }

    #[test]
    fn distance_counts_changes_additions_omissions_and_swaps() {
        let count = |wrong: &str, right| mistakes(&wrong.chars().collect::<Vec<_>>(), right, 9);
        assert_eq!(count("heading", "heading"), Some(0));
        assert_eq!(count("Headng", "heading"), Some(1));
        assert_eq!(count("headign", "heading"), Some(1));
        assert_eq!(count("", "ab"), Some(2));
        assert_eq!(mistakes(&['a'], "xyz", 1), None);
    }
}
