//! Fills an image from N-Quads. In: a reader; out: batches of quads, in no order, to whoever makes the image.
//!
//! The surprise: most of the work is to read text and check IRIs, so the text is cut into blocks at ends of lines, which several
//! threads read, plain lines without the parser (`lines.rs`). A block with an error is read again behind as many empty lines as stand before it: so the error names its line.

use super::lines::LineReader;
use crate::image::Batch;
use oxigraph::io::{RdfFormat, RdfParseError, RdfParser, RdfSyntaxError};
use oxigraph::model::QuadRef;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many blocks or batches may wait: enough that no thread waits for a single long one.
const WAITING_MAX: usize = 8;

const BLOCK_BYTES: usize = 1 << 20;

/// A line that is longer is cut, and then is no N-Quads: the memory that it may take is bounded.
const LINE_BYTES_MAX: usize = 64 << 20;

/// More threads would wait for the one that gives the terms their numbers.
const THREADS_MAX: usize = 4;

/// Some lines of a text.
struct Block {
    /// How many lines stand before it.
    lines_before: u64,
    text: Vec<u8>,
}

/// The first block that is not N-Quads, as far as blocks were read.
type Failure = Mutex<Option<(Block, RdfSyntaxError)>>;

/// Hands the quads of `reader` to `insert`, which runs in a thread of its own, until one of them fails. The inner error is that of
/// `insert`.
///
/// # Errors
/// Where the text is not N-Quads or the reader fails.
pub(super) fn feed<E: Send>(
    reader: impl Read,
    mut insert: impl FnMut(&Batch) -> Result<(), E> + Send,
) -> Result<Result<(), E>, RdfParseError> {
    let (blocks, to_parse) = sync_channel::<Block>(WAITING_MAX);
    let (filled, to_insert) = sync_channel::<Batch>(WAITING_MAX);
    let (emptied, to_fill) = channel::<Batch>();
    let (to_parse, to_fill) = (Mutex::new(to_parse), Mutex::new(to_fill));
    let failure = Failure::default();
    let threads = thread::available_parallelism().map_or(1, |n| n.get().min(THREADS_MAX));
    let (read, inserted) = thread::scope(|scope| {
        let inserting = scope.spawn(move || insert_all(to_insert, &emptied, &mut insert));
        for _ in 0..threads {
            let filled = filled.clone();
            let (to_parse, to_fill, failure) = (&to_parse, &to_fill, &failure);
            scope.spawn(move || parse_all(to_parse, &filled, to_fill, failure));
        }
        drop(filled);
        let has_failed = || lock(&failure).is_some() || inserting.is_finished();
        let read = cut(reader, &blocks, has_failed);
        drop(blocks);
        // A panic there is not caught here.
        (read, inserting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    match failure {
        Some((block, error)) => Err(locate(&block).unwrap_or(RdfParseError::Syntax(error))),
        None => read.map(|()| inserted).map_err(RdfParseError::Io),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn insert_all<E>(
    batches: Receiver<Batch>,
    emptied: &Sender<Batch>,
    insert: &mut impl FnMut(&Batch) -> Result<(), E>,
) -> Result<(), E> {
    for mut batch in batches {
        insert(&batch)?;
        batch.clear();
        // Nobody fills it any more at the end.
        let _ = emptied.send(batch);
    }
    Ok(())
}

/// Cuts what `reader` gives at ends of lines, until `has_failed`.
fn cut(
    mut reader: impl Read,
    blocks: &SyncSender<Block>,
    has_failed: impl Fn() -> bool,
) -> io::Result<()> {
    let mut lines_before = 0;
    let mut text = Vec::with_capacity(BLOCK_BYTES);
    while !has_failed() {
        let read = reader.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut text)?;
        let last = |end: u8| text.iter().rposition(|byte| *byte == end);
        // Not between the two bytes of one end.
        let line_end = last(b'\n').or_else(|| last(b'\r'));
        let whole = match line_end.map(|at| at + 1) {
            _ if read == 0 => text.len(),
            Some(end) => end,
            None if text.len() > LINE_BYTES_MAX => text.len(),
            None => continue,
        };
        let rest = text.split_off(whole);
        let block = Block { lines_before, text: std::mem::replace(&mut text, rest) };
        lines_before += count_lines(&block.text);
        if blocks.send(block).is_err() || read == 0 {
            break;
        }
    }
    Ok(())
}

fn count_lines(text: &[u8]) -> u64 {
    // In pieces whose count fits a byte, which the machine adds sixteen at a time.
    let piece = |piece: &[u8], byte| piece.iter().map(|at| u8::from(*at == byte)).sum::<u8>();
    let ends = |byte: u8| text.chunks(255).map(|part| u64::from(piece(part, byte))).sum::<u64>();
    let returns = ends(b'\r');
    let both = || text.windows(2).map(|two| u64::from(two == b"\r\n")).sum::<u64>();
    ends(b'\n') + returns - if returns == 0 { 0 } else { both() }
}

fn parse_all(
    blocks: &Mutex<Receiver<Block>>,
    filled: &SyncSender<Batch>,
    to_fill: &Mutex<Receiver<Batch>>,
    failure: &Failure,
) {
    let mut lines = LineReader::default();
    loop {
        // The lock is held while waiting: another thread could do no more.
        let Ok(block) = lock(blocks).recv() else { return };
        // After an error blocks are still taken, so that nobody waits to be rid of one.
        let is_late = lock(failure)
            .as_ref()
            .is_some_and(|(other, _)| other.lines_before < block.lines_before);
        if is_late {
            continue;
        }
        if let Err(error) = parse(&block, &mut lines, filled, to_fill) {
            let mut first = lock(failure);
            if first.as_ref().is_none_or(|(other, _)| block.lines_before < other.lines_before) {
                *first = Some((block, error));
            }
        }
    }
}

fn parse(
    block: &Block,
    lines: &mut LineReader,
    filled: &SyncSender<Batch>,
    to_fill: &Mutex<Receiver<Batch>>,
) -> Result<(), RdfSyntaxError> {
    let mut batch = lock(to_fill).try_recv().unwrap_or_default();
    let take = |batch: &mut Batch, quad: QuadRef<'_>| {
        batch.push(quad);
        if batch.is_full() {
            let empty = lock(to_fill).try_recv().unwrap_or_default();
            // Nobody there means an error, which is told where the thread is joined.
            let _ = filled.send(std::mem::replace(batch, empty));
        }
    };
    let read_in_full = |batch: &mut Batch, text: &[u8]| {
        let mut quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(text);
        quads.try_for_each(|quad| quad.map(|quad| take(batch, quad.as_ref())))
    };
    lines.read(&block.text, &mut batch, take, read_in_full)?;
    let _ = filled.send(batch);
    Ok(())
}

/// The error of a block, with its place in the whole text.
fn locate(block: &Block) -> Option<RdfParseError> {
    let before = io::repeat(b'\n').take(block.lines_before);
    let text = before.chain(block.text.as_slice());
    RdfParser::from_format(RdfFormat::NQuads).for_reader(text).find_map(Result::err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    fn nquads(lines: u32) -> String {
        (0..lines).fold(String::new(), |mut text, n| {
            let _ = writeln!(text, "<http://e/{n}> <http://e/面积> \"{n}\" .");
            text
        })
    }

    #[test]
    fn an_error_of_the_one_who_inserts_ends_the_reading() {
        let text = nquads(50_000);
        let mut batches = 0;
        let failing = |_: &Batch| {
            batches += 1;
            if batches == 2 { Err("full") } else { Ok(()) }
        };
        assert_eq!(feed(text.as_bytes(), failing).unwrap(), Err("full"));
    }

    #[test]
    fn every_line_arrives_once_whatever_ends_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text = nquads(50_000).replace('\n', end);
            let mut quads = 0;
            let counting = |batch: &Batch| {
                quads += batch.len();
                Ok::<(), ()>(())
            };
            feed(text.trim_end().as_bytes(), counting).unwrap().unwrap();
            assert_eq!(quads, 50_000, "{end:?}");
        }
    }

    #[test]
    fn broken_text_is_an_error_that_names_its_line_however_late_it_comes() {
        let error_of =
            |text: &str| feed(text.as_bytes(), |_| Ok::<(), ()>(())).unwrap_err().to_string();
        let lines = nquads(50_000);
        for text in [lines.clone(), lines.replace('\n', "\r\n"), lines.replace('\n', "\r")] {
            let error = error_of(&format!("{text}<http://e/a> <http://e/b> .\n{text}"));
            assert!(error.contains("line 50001"), "{error}");
        }
        let twice = error_of(&format!("{lines}<a> .\n{lines}<b> ."));
        assert!(twice.contains("line 50001"), "{twice}");
    }
}
