//! One question over an endpoint, answered in pieces: the same wherever it is evaluated. In: an endpoint and
//! a question; out: pieces, the last of them an end or a failure.

use super::chunks::{Chunks, Send};
use super::frame::{Extent, Head, Piece};
use super::question::{Question, Wish};
use super::refusal::{Cause, Refusal};
use crate::store::{AnswerFormat, DatasetChoice, Endpoint, QueryForm};
use serde::Serialize;
use std::io;

/// Answers a question. An error means that nobody takes the answer.
pub(super) fn answer(endpoint: &Endpoint, question: &Question, send: Send<'_>) -> io::Result<()> {
    match evaluate(endpoint, question, send) {
        Ok(()) => Ok(()),
        Err(refusal) => send(Piece::Failed(refusal)),
    }
}

fn evaluate(endpoint: &Endpoint, question: &Question, send: Send<'_>) -> Result<(), Refusal> {
    match question.wish {
        Wish::Answer => write(endpoint, question, send),
        Wish::Prepare => {
            let form = endpoint.look_at(&question.text)?;
            wanted_format(question, form)?;
            tell(&form.keyword(), send)
        }
        Wish::Check => tell(&endpoint.check(&question.text), send),
        Wish::Explain => tell(&endpoint.explain(&question.text, choice(question)?)?, send),
    }
}

fn choice(question: &Question) -> Result<DatasetChoice, Refusal> {
    question.choice().ok_or_else(|| Refusal::new(Cause::Query, "a graph's name is no IRI"))
}

/// Something about a query, as JSON.
fn tell(told: &impl Serialize, send: Send<'_>) -> Result<(), Refusal> {
    let bytes = serde_json::to_vec(told).map_err(|error| Refusal::internal(error.to_string()))?;
    let head = Head { form: QueryForm::Select, format: AnswerFormat::Json };
    let end = Piece::End { bytes: bytes.into(), extent: Extent::default() };
    send(Piece::Head(head))
        .and_then(|()| send(end))
        .map_err(|error| Refusal::new(Cause::Gone, error.to_string()))
}

/// The format that is wanted for an answer of this form.
fn wanted_format(question: &Question, form: QueryForm) -> Result<AnswerFormat, Refusal> {
    question.format_for(form).ok_or_else(|| {
        let detail = format!("none of the wanted formats holds the answer of {}", form.keyword());
        Refusal::new(Cause::NoFormat { form }, detail)
    })
}

fn write(endpoint: &Endpoint, question: &Question, send: Send<'_>) -> Result<(), Refusal> {
    let prepared = endpoint.prepare(&question.text, choice(question)?)?;
    let form = prepared.form();
    let format = wanted_format(question, form)?;
    let mut sink = Chunks::new(Head { form, format }, question.cut, send);
    let rows = match prepared.write(format, &mut sink) {
        Err(error) if !sink.is_cut() => return Err(error.into()),
        Err(_) => None,
        Ok(summary) => u64::try_from(summary.rows).ok(),
    };
    sink.finish(rows).map_err(|error| Refusal::new(Cause::Gone, error.to_string()))
}
