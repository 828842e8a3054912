//! `examples`: questions that the graph answers. In: words of a question, or none; out: questions in Chinese and English with their queries.

use super::source::Source;
use super::standing::Standing;
use super::tool::{Fields, Listing, Wrong, limit, object};
use crate::graph::Mint;
use crate::release::Example;
use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::{Value, json};

const EXAMPLES_DEFAULT: usize = 20;
/// More than a question has.
const WORDS_CHARS_MAX: usize = 300;
const EXAMPLES_MAX: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    words: Option<String>,
    limit: Option<usize>,
}

pub(super) fn listing() -> Listing {
    Listing {
        name: "examples",
        title: "示例 / Examples",
        description: "Questions in Chinese and English, each with a SPARQL query that answers it and can be changed. Look here before writing a query. \
                      问题与可改写的查询。",
        arguments: object(
            &json!({
                "words": { "type": "string", "description": "Only questions or queries that contain one of these words (牵头, target)" },
                "limit": { "type": "integer", "minimum": 1, "maximum": EXAMPLES_MAX, "default": EXAMPLES_DEFAULT },
            }),
            &[],
        ),
    }
}

pub(super) fn answer(source: &Source, wanted: Wanted) -> Result<Fields, Wrong> {
    let most = limit(wanted.limit, EXAMPLES_DEFAULT, EXAMPLES_MAX)?;
    let words = wanted.words.unwrap_or_default().to_lowercase();
    if words.chars().count() > WORDS_CHARS_MAX {
        let message = format!("`words` has at most {WORDS_CHARS_MAX} characters");
        return Err(Wrong::call("arguments", message));
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    let has_word = |example: &Example| {
        let Example { question_zh, question_en, text, .. } = example;
        let all = format!("{question_zh}\n{question_en}\n{text}").to_lowercase();
        words.is_empty() || words.iter().any(|word| all.contains(word))
    };
    let found: Vec<&Example> = source.examples.iter().filter(|example| has_word(example)).collect();
    let mint = Mint::new(&source.base_iri).ok();
    let mut standing = Standing::default();
    let mut examples: Vec<Value> = Vec::new();
    for example in found.iter().take(most) {
        let iri = mint.as_ref().map(|mint| mint.query(&example.name));
        examples.push(json!({
            "iri": iri.as_ref().map(NamedNode::as_str),
            "question": { "zh": example.question_zh, "en": example.question_en },
            "query": example.text,
        }));
        if let Some(iri) = iri {
            standing.add(iri);
        }
    }
    let mut answer = Fields::new();
    answer.insert("total".into(), found.len().into());
    answer.insert("examples".into(), examples.into());
    standing.write(source, &mut answer);
    Ok(answer)
}
