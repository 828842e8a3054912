//! The worker's side: what `zhengtu worker` does. In: questions on standard input; out: pieces of answers on
//! standard output, one question after the other, until the input ends.
//!
//! Guarantees: it has the bounds before it reads anything; all evaluation is on one thread with a large
//! stack. The surprise: head and end of a short answer go out in one write, because each write wakes the
//! other side.

use super::WorkerError;
use super::answering::answer;
use super::bounds::{bound_memory, end_with_parent};
use super::frame::{Frame, Piece};
use super::question::Question;
use crate::release::open_to_query;
use crate::remote::{Asker, Hosts};
use crate::store::{Endpoint, Limits, run_deep};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;

/// Answers questions over the release in `release_dir` until standard input ends. SERVICE may ask `hosts`.
///
/// # Errors
/// [`WorkerError`] where the work cannot begin.
pub fn work(
    release_dir: &Path,
    limits: Limits,
    memory_bytes: u64,
    hosts: Hosts,
) -> Result<(), WorkerError> {
    bound_memory(memory_bytes, limits.stack_bytes as u64)?;
    end_with_parent()?;
    let mut endpoint = open_to_query(release_dir, limits)?;
    if !hosts.is_empty() {
        endpoint = endpoint.asking(Arc::new(Asker::new(hosts)));
    }
    let system = |source| WorkerError::System { what: "use the pipes of a worker", source };
    // Without the buffer of lines that standard output has.
    let output = io::stdout().as_fd().try_clone_to_owned().map_err(system)?;
    let mut output = Output { pipe: File::from(output), waiting: Vec::new() };
    output.send(&Frame::Ready).map_err(system)?;
    let worked = run_deep(endpoint.limits(), || serve_questions(&endpoint, &mut output));
    match worked {
        // The service has gone, or it has closed its end.
        Ok(_) => Ok(()),
        Err(error) => Err(system(io::Error::other(error.to_string()))),
    }
}

fn serve_questions(endpoint: &Endpoint, output: &mut Output) -> io::Result<()> {
    let mut input = io::stdin().lock();
    loop {
        let question = Question::read(&mut input)?;
        answer(endpoint, &question, &mut |piece| output.send(&Frame::Piece(piece)))?;
    }
}

struct Output {
    pipe: File,
    /// A head that waits for what follows it.
    waiting: Vec<u8>,
}

impl Output {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        frame.write(&mut self.waiting)?;
        if matches!(frame, Frame::Piece(Piece::Head(_))) {
            return Ok(());
        }
        let sent = self.pipe.write_all(&self.waiting);
        self.waiting.clear();
        sent
    }
}
