//! How a query is answered, and what of it takes the time. In: an evaluation; out: its steps with the rows that were expected and found,
//! and their times. Guarantee: a query that passes a bound is explained as far as it came
//! (by the evaluator: if it had begun to give rows). The surprise: a refused query is only planned
//! again, not run, to say which of its patterns costs most.

use super::algebra::pattern_parts;
use super::checks::pattern_of_mut;
use super::columnar::QueryTerms;
use super::error::QueryError;
use super::evaluate::{Evaluation, broken_off, evaluation_error};
use super::limits::Clock;
use super::text_hits::HitTriples;
use super::view::{DefaultGraph, LocalTerms};
use crate::columns::{Context, Plan, Watch, WatchedStep, plan};
use serde::{Deserialize, Serialize};
use spareval::{QueryEvaluationError, QueryExplanation, QueryResults};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// How a query was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// `columns`: by the engine over the image; `evaluator`: by the general evaluator.
    pub engine: String,
    /// Rows or triples of the answer.
    pub rows: usize,
    /// Time of planning and evaluating, in milliseconds; nothing was written.
    pub ms: f64,
    /// Why it did not come to its end, if so.
    pub ended_by: Option<String>,
    /// The last steps, mostly one, each with those that it takes from.
    pub steps: Vec<Step>,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it does, as a query would say it.
    pub what: String,
    /// Rows that were expected; none where nothing was.
    pub expected_rows: Option<f64>,
    /// Rows that it gave.
    pub rows: usize,
    /// Its own time in milliseconds, without what it takes from.
    pub ms: f64,
    /// What it takes from.
    pub inputs: Vec<Step>,
}

impl Evaluation<'_> {
    /// Answers the query without writing the answer; to be called on the evaluation's thread.
    pub(super) fn explain(&self) -> Result<Explanation, QueryError> {
        let start = Instant::now();
        let is_ask = matches!(self.query, Query::Ask { .. });
        let watched = self.plan_watched(|plan, watch| {
            let Plan { mut rows, .. } = plan;
            let mut found = 0;
            let run = AssertUnwindSafe(|| {
                while let Some(batch) = rows.next() {
                    found += batch.len();
                    // One row answers it.
                    if is_ask && found > 0 {
                        found = 1;
                        break;
                    }
                }
            });
            let ended = catch_unwind(run).err().map(|payload| broken_off(&*payload, self.limits));
            Explanation {
                engine: "columns".to_owned(),
                rows: found,
                ms: 0.0,
                ended_by: ended.map(|error| error.to_string()),
                steps: watch.steps().into_iter().map(Step::from).collect(),
            }
        });
        let explanation = match watched {
            Some(watched) => watched,
            None => self.explain_evaluated()?,
        };
        Ok(Explanation { ms: milliseconds(start.elapsed()), ..explanation })
    }

    /// [`Evaluation::explain`] by the evaluator. A DESCRIBE is explained as the SELECT that it is answered by.
    fn explain_evaluated(&self) -> Result<Explanation, QueryError> {
        let query = self.selected();
        self.with_prepared(&query, true, |prepared, view, _| {
            let run = AssertUnwindSafe(|| {
                let (results, explanation) = prepared.explain(view);
                let mut found = 0;
                // Bounds unwind from here too, and then what was counted so far is told all the same.
                let count = AssertUnwindSafe(|| count_results(results?, &mut found));
                let counted = catch_unwind(count);
                (found, counted, explanation)
            });
            // Sorting and grouping are done when results begin: what is broken off there has no steps to tell.
            let (found, counted, steps) = match catch_unwind(run) {
                Ok((found, counted, explanation)) => (found, counted, told(&explanation)?),
                Err(payload) => (0, Err(payload), Vec::new()),
            };
            let ended = match counted {
                Ok(counted) => counted.err().map(evaluation_error),
                Err(payload) => Some(broken_off(&*payload, self.limits)),
            };
            Ok(Explanation {
                engine: "evaluator".to_owned(),
                rows: found,
                ms: 0.0,
                ended_by: ended.map(|error| error.to_string()),
                steps,
            })
        })
    }

    /// Plans the query for the engine over the image, with every step watched; `None` where that has no plan.
    fn plan_watched<T>(&self, then: impl FnOnce(Plan<'_>, &Watch) -> T) -> Option<T> {
        let DefaultGraph::Union = self.graphs.default_graph else { return None };
        let (Query::Select { pattern, .. } | Query::Ask { pattern, .. }) = self.query else {
            return None;
        };
        let clock = Clock::start(self.limits);
        let terms = QueryTerms { store: self.store, local: LocalTerms::default() };
        let hits = HitTriples::new(self.calls, self.store, &terms.local);
        let watch = Watch::new(self.prefixes);
        let context = Context { watch: Some(&watch), ..self.context(&terms, &hits, &clock) };
        let plan = plan(context, pattern, &super::columnar::projected(pattern))?;
        Some(then(plan, &watch))
    }

    /// The part of the query of which most rows are expected, in words; to be called on the evaluation's thread.
    pub(super) fn costliest(&self) -> Option<String> {
        let planned = self.plan_watched(|_, watch| {
            let mut most: Option<(String, f64)> = None;
            let mut waiting = watch.steps();
            while let Some(step) = waiting.pop() {
                // Of steps that pass on what they get, the one that it comes from.
                if most.as_ref().is_none_or(|(_, expected)| step.expected >= *expected) {
                    most = Some((step.what, step.expected));
                }
                waiting.extend(step.inputs);
            }
            most
        });
        let (what, rows) = match planned {
            Some(most) => most?,
            None => self.largest_pattern()?,
        };
        Some(format!("most rows are expected of {what} (about {})", rounded(rows)))
    }

    /// The triple pattern that matches most rows by itself.
    fn largest_pattern(&self) -> Option<(String, f64)> {
        let mut query = self.query.clone();
        let mut waiting = vec![pattern_of_mut(&mut query)];
        let mut most: Option<(String, usize)> = None;
        while let Some(pattern) = waiting.pop() {
            let found = match &*pattern {
                GraphPattern::Bgp { patterns } => patterns
                    .iter()
                    .map(|triple| (triple.to_string(), self.store.rows_of(triple)))
                    .max_by_key(|(_, rows)| *rows),
                GraphPattern::Path { .. } => Some((pattern.to_string(), self.store.len())),
                _ => None,
            };
            if let Some(found) = found
                && most.as_ref().is_none_or(|(_, rows)| found.1 > *rows)
            {
                most = Some(found);
            }
            waiting.extend(pattern_parts(pattern).patterns);
        }
        most.map(|(what, rows)| (what, as_f64(rows)))
    }
}

/// Counts what the evaluator gives, until it fails.
fn count_results(results: QueryResults<'_>, found: &mut usize) -> Result<(), QueryEvaluationError> {
    match results {
        QueryResults::Boolean(answer) => *found = usize::from(answer),
        QueryResults::Solutions(rows) => {
            for row in rows {
                row?;
                *found += 1;
            }
        }
        QueryResults::Graph(triples) => {
            for triple in triples {
                triple?;
                *found += 1;
            }
        }
    }
    Ok(())
}

/// The steps of an explanation of the evaluator.
fn told(explanation: &QueryExplanation) -> Result<Vec<Step>, QueryError> {
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    let told: Told =
        serde_json::from_slice(&json).map_err(|error| QueryError::Internal(error.to_string()))?;
    Ok(vec![told.plan.into()])
}

/// What the evaluator tells of itself.
#[derive(Deserialize)]
struct Told {
    plan: ToldStep,
}

#[derive(Deserialize)]
struct ToldStep {
    name: String,
    #[serde(rename = "number of results", default)]
    rows: usize,
    #[serde(rename = "duration in seconds", default)]
    seconds: f64,
    #[serde(default)]
    children: Vec<ToldStep>,
}

impl From<ToldStep> for Step {
    fn from(told: ToldStep) -> Self {
        let below: f64 = told.children.iter().map(|child| child.seconds).sum();
        Self {
            what: told.name,
            expected_rows: None,
            rows: told.rows,
            ms: (told.seconds - below).max(0.0) * 1000.0,
            inputs: told.children.into_iter().map(Self::from).collect(),
        }
    }
}

impl From<WatchedStep> for Step {
    fn from(watched: WatchedStep) -> Self {
        let below: Duration = watched.inputs.iter().map(|input| input.time).sum();
        Self {
            what: watched.what,
            expected_rows: Some(watched.expected.round()),
            rows: watched.rows,
            ms: milliseconds(watched.time.saturating_sub(below)),
            inputs: watched.inputs.into_iter().map(Self::from).collect(),
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a guess needs no exact number")]
fn as_f64(rows: usize) -> f64 {
    rows as f64
}

/// A number as a person would say it: two digits and a power of ten where it is large.
fn rounded(rows: f64) -> String {
    if rows < 1e6 { format!("{rows:.0}") } else { format!("{rows:.1e}") }
}
