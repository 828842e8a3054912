//! Answers the common shapes of queries column by column, straight from an image. In: the algebra of a query; out: a plan whose rows
//! are numbers of terms, thousands at a time, or none where something in the query is for the evaluator.
//!
//! Guarantees: a plan gives the evaluator's answer, as a bag of rows (in the same order where ORDER BY decides it); no step holds more
//! rows than it reports to the query's bounds. The surprise: which join comes first is decided by exact counts, never by the
//! order of the text.
//!
//! ```text
//! algebra -> planner (nested, grouping) -> group         what is made of what
//! element -> estimate -> group, sequence                 what is joined when
//! triple (link, links), path, join, feed, either, rows   how rows are extended and chosen
//! expression -> compile -> condition                     what is true of a row
//! aggregate (sum), sort (order), counted, members        what is made of many rows
//! watch                                                  what each step did, where someone asks
//! ```

mod aggregate;
mod batch;
mod compile;
mod condition;
mod context;
mod counted;
mod either;
mod element;
mod estimate;
mod expression;
mod feed;
mod group;
mod grouping;
mod join;
mod link;
mod links;
mod members;
mod nested;
mod order;
mod path;
mod planner;
mod relation;
mod rows;
mod sequence;
mod sort;
mod sum;
mod triple;
mod watch;

pub(crate) use batch::Batch;
pub(crate) use context::{Bounds, Context, Hits, Terms};
pub(crate) use links::Links;
pub(crate) use planner::{Plan, plan};
pub(crate) use sequence::sequence;
pub(crate) use watch::{Watch, WatchedStep};
