//! The limits of a query, in one place with their reasons, and the clock that ends a query that has
//! run too long.
//!
//! In: the time allowed; out: nothing while it lasts. The surprise: past a bound the clock unwinds the
//! evaluation's own thread. The evaluator swallows errors inside expressions, sorting and grouping,
//! so an error value would only make it go on with wrong values; unwinding stops it wherever it is, as
//! long as no build profile says `panic = "abort"`. The thread's owner turns that into a
//! [`QueryError`](super::QueryError).

use serde::{Deserialize, Serialize};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bounds on one query. The defaults suit a public endpoint on a small machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall-clock time of planning, evaluating and writing together. Half a minute is what a person
    /// waits for an analysis; everything on a page takes milliseconds.
    pub timeout_ms: u64,
    /// Rows of an answer held in memory ([`Endpoint::select`](super::Endpoint::select)); answers that
    /// are written to a sink have no such limit.
    pub rows_max: usize,
    /// Rows that a query may sort, or make of patterns that share no variable, while it is evaluated.
    /// Each takes a hundred bytes or more, and a product of two patterns makes millions a second.
    pub rows_held_max: usize,
    /// Length of a query. A list of 100,000 values takes seconds to plan, and planning cannot be
    /// interrupted; 64 KiB hold some 3,000 IRIs.
    pub query_bytes_max: usize,
    /// Brackets of all kinds open at once. The parser and the evaluator recurse at each; 64 is four
    /// times what hand-written queries reach.
    pub depth_max: usize,
    /// Operators and keywords that nest the algebra one level deeper without a bracket: `+`, `&&`, `/`,
    /// `!`, `UNION`, `OPTIONAL`, `BIND` and their like.
    pub operators_max: usize,
    /// Calls of REPLACE, SUBSTR, REGEX, GROUP_CONCAT and `!` inside one another. The parser reads
    /// what is inside twice at each, so thirty would take hours.
    pub rereads_max: usize,
    /// Triple patterns of one group. Ordering n of them takes n³ steps that cannot be interrupted: a star of 128
    /// takes ten seconds.
    pub group_patterns_max: usize,
    /// Triple patterns of the whole query, for the same reason.
    pub patterns_max: usize,
    /// OPTIONAL and MINUS parts of a query. Planning looks at all parts before each one again.
    pub optionals_max: usize,
    /// Hits taken from the text index for a call of `text:query` that says no limit itself, and the
    /// most that it may say.
    pub text_hits_max: usize,
    /// Memory for predicates that were laid out as arrays and are kept for the queries after, in bytes.
    pub links_bytes_max: usize,
    /// Times that a value may be copied into one string by CONCAT, REPLACE and their like. Thirty
    /// chained doublings need a gigabyte for each byte they start from.
    pub copies_max: u64,
    /// Stack of the thread that parses, plans and evaluates. Only touched pages take memory; with
    /// the limits above a debug build stays far below.
    pub stack_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout_ms: 30_000,
            rows_max: 100_000,
            rows_held_max: 10_000_000,
            query_bytes_max: 64 * 1024,
            depth_max: 64,
            operators_max: 512,
            rereads_max: 5,
            group_patterns_max: 64,
            patterns_max: 256,
            optionals_max: 48,
            text_hits_max: 1_000_000,
            links_bytes_max: 64 << 20,
            copies_max: 4_096,
            stack_bytes: 256 * 1024 * 1024,
        }
    }
}

/// What unwinds an evaluation that has passed a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// The deadline.
    Time,
    /// [`Limits::rows_held_max`].
    RowsHeld,
}

/// The deadline of one query.
pub(super) struct Clock {
    deadline: Option<Instant>,
    calls: AtomicU32,
    rows_held: AtomicUsize,
    rows_held_max: usize,
}

/// Looking at the machine's clock costs as much as some fifty quads.
const CALLS_PER_LOOK: u32 = 64;

/// Rows in columns are looked at some fifty times as fast.
const ROWS_PER_LOOK: u32 = 4_096;

impl Clock {
    /// A clock that starts now.
    pub(super) fn start(limits: &Limits) -> Self {
        Self {
            // A time past the end of the calendar never comes.
            deadline: Instant::now().checked_add(Duration::from_millis(limits.timeout_ms)),
            calls: AtomicU32::new(0),
            rows_held: AtomicUsize::new(0),
            rows_held_max: limits.rows_held_max,
        }
    }

    /// A clock without bounds.
    pub(super) fn endless() -> Self {
        Self {
            deadline: None,
            calls: AtomicU32::new(0),
            rows_held: AtomicUsize::new(0),
            rows_held_max: usize::MAX,
        }
    }

    /// To be called at every row that the evaluator is about to hold in memory.
    pub(super) fn tick_row_held(&self) {
        self.tick();
        if self.rows_held.fetch_add(1, Ordering::Relaxed) >= self.rows_held_max {
            resume_unwind(Box::new(Bound::RowsHeld));
        }
    }

    /// To be called when so many rows are about to be held in memory.
    pub(super) fn hold_rows(&self, rows: usize) {
        self.tick_rows(rows);
        if self.rows_held.fetch_add(rows, Ordering::Relaxed).saturating_add(rows)
            > self.rows_held_max
        {
            resume_unwind(Box::new(Bound::RowsHeld));
        }
    }

    /// To be called when so many rows were looked at.
    pub(super) fn tick_rows(&self, rows: usize) {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let before = self.calls.fetch_add(rows, Ordering::Relaxed);
        if before / ROWS_PER_LOOK != before.wrapping_add(rows) / ROWS_PER_LOOK {
            self.look();
        }
    }

    /// To be called at every quad and term; unwinds with [`Bound::Time`] past the deadline.
    pub(super) fn tick(&self) {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed);
        if calls.is_multiple_of(CALLS_PER_LOOK) {
            self.look();
        }
    }

    fn look(&self) {
        if self.deadline.is_some_and(|end| Instant::now() > end) {
            // Not a panic: no hook runs and nothing is printed.
            resume_unwind(Box::new(Bound::Time));
        }
    }
}
