//! `query`: SPARQL to rows. In: a query and how many rows are wanted; out: rows or statements, as many, and whether there are more. Guarantees: the query is parsed
//! and evaluated elsewhere, in a worker where there are any; nothing writes. Surprising: beside the IRIs of the answer those that the query names are what it stands on, and these
//! are found by looking at its words, because it is not parsed here.

use super::source::Source;
use super::standing::Standing;
use super::term::{term_json, term_of};
use super::tool::{Fields, Listing, Wrong, apart, limit, object};
use crate::store::{AnswerFormat, QueryForm, QueryReport};
use crate::worker::{Cause, Cut, Question, Refusal, Wish};
use axum::http::Extensions;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};
use serde::Deserialize;
use serde_json::{Value, json};

const ROWS_DEFAULT: usize = 200;
const ROWS_MAX: usize = 1000;
/// Bytes of a table or graph that are looked at: rows may hold whole texts, which are shown in part only.
const READ_BYTES_MAX: usize = 2 << 20;
/// Bytes of rows as told; a reader that wants more asks in parts.
const ROWS_BYTES_MAX: usize = 96 << 10;
/// IRIs named in a query that are looked up.
const NAMED_MAX: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    query: String,
    limit: Option<usize>,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "query",
        title: "查询 / Query",
        description: "Answers a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), read only. The prefixes of `schema` need no declaration. An answer is cut after \
                      `limit` rows and says so. A mistake is told with line, column and the nearest known names. 只读 SPARQL 查询。",
        arguments: object(
            &json!({
                "query": { "type": "string", "description": "SELECT ?m ?heading { ?m a zt:Measure ; zt:heading ?heading }" },
                "limit": { "type": "integer", "minimum": 1, "maximum": ROWS_MAX, "default": ROWS_DEFAULT, "description": "Rows or triples at most" },
            }),
            &["query"],
        ),
    }
}

/// What was asked and what came back, to be told.
struct Came {
    text: String,
    limit: usize,
    form: QueryForm,
    bytes: Vec<u8>,
    is_cut: bool,
    /// Of a query that found nothing: what in it the graph does not know.
    warnings: Value,
}

pub(super) async fn answer(
    source: Source,
    sender: &Extensions,
    wanted: Wanted,
) -> Result<Fields, Wrong> {
    let limit = limit(wanted.limit, ROWS_DEFAULT, ROWS_MAX)?;
    let text = wanted.query;
    let (form, bytes, is_cut) = match ask(&source, sender, &text, limit).await {
        Ok(answered) => answered,
        Err(refusal) => return Err(explain(&source, sender, &text, refusal).await),
    };
    let mut came = Came { text, limit, form, bytes, is_cut, warnings: Value::Null };
    if came.found_nothing() {
        let report = check(&source, sender, &came.text).await;
        came.warnings = report.map_or(Value::Null, |report| json!(report.warnings));
    }
    apart(source, came, tell).await
}

async fn ask(
    source: &Source,
    sender: &Extensions,
    text: &str,
    limit: usize,
) -> Result<(QueryForm, Vec<u8>, bool), Refusal> {
    let question = Question {
        table_format: Some(AnswerFormat::Tsv),
        graph_format: Some(AnswerFormat::NTriples),
        cut: Some(Cut {
            // One line more for the names, one to see whether there is more.
            table_lines_max: limit + 2,
            table_bytes_max: READ_BYTES_MAX,
            graph_bytes_max: READ_BYTES_MAX,
        }),
        ..plain(text)
    };
    let answer = source.asking.ask(sender, question).await?;
    let form = answer.head.form;
    let (bytes, is_cut) = answer.collect().await?;
    Ok((form, bytes, is_cut))
}

/// A query over everything.
fn plain(text: &str) -> Question {
    Question {
        text: text.to_owned(),
        default_graphs: Vec::new(),
        named_graphs: Vec::new(),
        table_format: None,
        graph_format: None,
        cut: None,
        wish: Wish::Answer,
    }
}

async fn check(source: &Source, sender: &Extensions, text: &str) -> Option<QueryReport> {
    let question = Question { wish: Wish::Check, ..plain(text) };
    let (bytes, _) = source.asking.ask(sender, question).await.ok()?.collect().await.ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Why a query has no answer, with what its check says of its names.
async fn explain(source: &Source, sender: &Extensions, text: &str, refusal: Refusal) -> Wrong {
    if matches!(refusal.cause, Cause::Gone | Cause::Internal) {
        tracing::error!(detail = %refusal.detail, "a query failed");
        return Wrong::Internal;
    }
    let mut fields = Fields::new();
    fields.insert("cause".into(), refusal.cause.word().into());
    fields.insert("message".into(), refusal.detail.into());
    if let Cause::Syntax { line, column } = refusal.cause {
        fields.insert("line".into(), line.into());
        fields.insert("column".into(), column.into());
    }
    // A query that is too much is not looked at a second time.
    if matches!(refusal.cause, Cause::Syntax { .. } | Cause::Query)
        && let Some(report) = check(source, sender, text).await
    {
        fields.insert("errors".into(), json!(report.errors));
        fields.insert("warnings".into(), json!(report.warnings));
    }
    Wrong::Call(fields)
}

impl Came {
    /// Whether there is no row: nothing behind the line of names, or nothing at all.
    fn found_nothing(&self) -> bool {
        let lines = self.bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        match self.form {
            QueryForm::Select => lines.count() <= 1,
            QueryForm::Ask => self.bytes.trim_ascii() == b"false",
            QueryForm::Construct | QueryForm::Describe => lines.count() == 0,
        }
    }

    /// The whole lines: the answer may have been cut inside one.
    fn lines(&self) -> &[u8] {
        let whole = self.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        self.bytes.get(..whole).unwrap_or_default()
    }
}

fn tell(source: &Source, came: Came) -> Result<Fields, Wrong> {
    let mut answer = Fields::new();
    answer.insert("form".into(), came.form.keyword().into());
    let mut standing = Standing::default();
    match came.form {
        QueryForm::Ask => {
            answer.insert("boolean".into(), (came.bytes.trim_ascii() == b"true").into());
        }
        QueryForm::Select => {
            let mut rows = Gathered::new(&came);
            let variables = read_table(source, &came, &mut standing, &mut rows)?;
            answer.insert("variables".into(), variables.into());
            rows.write("rows", &mut answer);
        }
        QueryForm::Construct | QueryForm::Describe => {
            let mut rows = Gathered::new(&came);
            read_graph(source, &came, &mut standing, &mut rows)?;
            rows.write("statements", &mut answer);
        }
    }
    if !came.warnings.is_null() {
        answer.insert("warnings".into(), came.warnings);
    }
    for node in named_in(source, &came.text) {
        standing.add(node);
    }
    standing.write(source, &mut answer);
    Ok(answer)
}

/// Rows until there are enough.
struct Gathered {
    rows: Vec<Value>,
    limit: usize,
    bytes_left: usize,
    is_cut: bool,
}

impl Gathered {
    fn new(came: &Came) -> Self {
        let Came { limit, is_cut, .. } = *came;
        Self { rows: Vec::new(), limit, bytes_left: ROWS_BYTES_MAX, is_cut }
    }

    /// Takes a row; false where there is no room for it.
    fn take(&mut self, row: Value) -> bool {
        let size = row.to_string().len();
        if self.rows.len() >= self.limit || size > self.bytes_left {
            self.is_cut = true;
            return false;
        }
        self.bytes_left -= size;
        self.rows.push(row);
        true
    }

    fn write(self, name: &str, answer: &mut Fields) {
        if self.is_cut {
            let count = self.rows.len();
            let note = format!(
                "cut after {count} {name}; there are more: use ORDER BY with LIMIT and OFFSET, or ask for less"
            );
            answer.insert("note".into(), note.into());
        }
        answer.insert("cut".into(), self.is_cut.into());
        answer.insert(name.into(), self.rows.into());
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Wrong {
    tracing::error!(%error, "an answer cannot be read");
    Wrong::Internal
}

fn read_table(
    source: &Source,
    came: &Came,
    standing: &mut Standing,
    rows: &mut Gathered,
) -> Result<Vec<String>, Wrong> {
    let parser = QueryResultsParser::from_format(QueryResultsFormat::Tsv);
    let output = parser.for_slice(came.lines()).map_err(|error| unreadable(&error))?;
    let SliceQueryResultsParserOutput::Solutions(solutions) = output else {
        return Err(unreadable(&"a table was expected"));
    };
    let names = solutions.variables().iter().map(|name| name.as_str().to_owned()).collect();
    for solution in solutions {
        let solution = solution.map_err(|error| unreadable(&error))?;
        let cells = solution.iter().map(|(name, term)| (name.as_str().to_owned(), term_json(term)));
        if !rows.take(Value::Object(cells.collect())) {
            break;
        }
        solution.iter().for_each(|(_, term)| standing.add_term(source, term));
    }
    Ok(names)
}

fn read_graph(
    source: &Source,
    came: &Came,
    standing: &mut Standing,
    rows: &mut Gathered,
) -> Result<(), Wrong> {
    for quad in RdfParser::from_format(RdfFormat::NTriples).for_slice(came.lines()) {
        let Quad { subject, predicate, object, .. } = quad.map_err(|error| unreadable(&error))?;
        let subject = term_of(subject);
        let row = json!({
            "subject": term_json(&subject),
            "property": source.compact(predicate.as_str()),
            "value": term_json(&object),
        });
        if !rows.take(row) {
            break;
        }
        standing.add_term(source, &subject);
        standing.add_term(source, &object);
    }
    Ok(())
}

/// Resources of the release among the words of a query.
fn named_in<'a>(source: &'a Source, text: &'a str) -> impl Iterator<Item = NamedNode> + use<'a> {
    let words = text.split(|c: char| c.is_whitespace() || "{}();,".contains(c));
    let names = words.map(|word| word.trim_end_matches('.')).filter(|word| word.contains(':'));
    let nodes = names.take(NAMED_MAX).filter_map(move |word| source.expand(word));
    nodes.filter(move |node| source.is_resource(node) && source.store.contains_subject(node))
}
