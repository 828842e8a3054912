//! From bytes to triples: how many documents and megabytes a second, on all processors, and in how much memory.
//!
//!     cargo bench --bench extraction [-- FILE.jsonl [COUNTS.csv]]
//!
//! FILE.jsonl holds one JSON object a line with the document in `text`; by default the collection that
//! is kept beside the repository. Without it the notice of `data/` is read again and again, which says
//! less, because one document does not show the slow cases. In the same run jieba-rs cuts the same texts into words, on as
//! many threads: how fast the machine is today shows in that, and the ratio of the two is what to compare. The file is
//! read line by line while the documents are worked on, so the peaks of memory after a quarter and after all of them tell whether it grows with their number. Figures are
//! printed, nothing is asserted. COUNTS.csv gets a line a document of what was found in it: two of them, from before
//! and after a change, show as a difference what the change gained and lost. `tests/counts.csv` is the last that was kept.

#![allow(clippy::unwrap_used, reason = "a benchmark without its input says so and ends")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use zhengtu::document::{Document, ItemClass};
use zhengtu::extract::{Extraction, Gazetteer, extract};
use zhengtu::graph::{DEFAULT_BASE, PLACES, Reference, describe_document};
use zhengtu::text::read_text;

/// Times that the notice is read where there is no collection.
const REPEATS: usize = 500;

/// Outline items, measures, departments, targets, citations and findings of one document.
type Counts = [usize; 6];

const COUNTS_HEADER: &str = "document,outline,measures,departments,targets,citations,findings";

/// The documents that are left, numbered, and where a quarter of them ends.
struct Queue {
    documents: Box<dyn Iterator<Item = Vec<u8>> + Send>,
    taken: usize,
    bytes: usize,
    quarter: usize,
    /// Peak memory in megabytes when a quarter was taken.
    quarter_peak: Option<f64>,
}

impl Queue {
    fn new(documents: impl Iterator<Item = Vec<u8>> + Send + 'static, total: usize) -> Self {
        let documents = Box::new(documents);
        Self { documents, taken: 0, bytes: 0, quarter: total / 4, quarter_peak: None }
    }

    fn next(&mut self) -> Option<(usize, Vec<u8>)> {
        let document = self.documents.next()?;
        let at = self.taken;
        self.taken += 1;
        self.bytes += document.len();
        if self.taken == self.quarter {
            self.quarter_peak = peak_memory();
        }
        Some((at, document))
    }
}

/// What one thread did with its share.
#[derive(Default)]
struct Work {
    read: Duration,
    extract: Duration,
    describe: Duration,
    quads: usize,
    targets: usize,
    findings: usize,
    /// What was found in each document, with its place in the collection.
    counts: Vec<(usize, Counts)>,
    /// The longest time for one document, and which.
    slowest: (Duration, usize),
}

impl Work {
    fn add(mut self, other: Self) -> Self {
        self.read += other.read;
        self.extract += other.extract;
        self.describe += other.describe;
        self.quads += other.quads;
        self.targets += other.targets;
        self.findings += other.findings;
        self.counts.extend(other.counts);
        self.slowest = self.slowest.max(other.slowest);
        self
    }
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let collection =
        named.next().map_or_else(|| root.join("../shared/corpus/more.jsonl"), PathBuf::from);
    let queue = Mutex::new(open_queue(&collection, root));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let gazetteer = Gazetteer::from_table(PLACES);
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    let start = Instant::now();
    let work = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| work_through(&queue, &gazetteer, &reference)))
            .collect();
        workers.into_iter().fold(Work::default(), |sum, worker| sum.add(worker.join().unwrap()))
    });
    let wall = start.elapsed();
    report(&work, wall, threads, &queue.into_inner().unwrap());
    let peer = cut_into_words(&Mutex::new(open_queue(&collection, root)), threads);
    println!(
        "  jieba-rs cuts the same texts into words in {:.2} s: {:.2} of the time of extraction",
        peer.as_secs_f64(),
        peer.as_secs_f64() / wall.as_secs_f64()
    );
    if let Some(path) = named.next() {
        fs::write(path, counts_table(work.counts)).unwrap();
    }
}

fn open_queue(collection: &Path, root: &Path) -> Queue {
    match fs::File::open(collection) {
        Ok(file) => {
            let total = BufReader::new(fs::File::open(collection).unwrap()).lines().count();
            Queue::new(BufReader::new(file).lines().filter_map(|line| text_of(&line.ok()?)), total)
        }
        Err(error) => {
            println!(
                "{}: {error}; the notice of data/ is read {REPEATS} times",
                collection.display()
            );
            let notice = fs::read(root.join("data/documents/heze-2024-11.txt")).unwrap();
            Queue::new(std::iter::repeat_n(notice, REPEATS), REPEATS)
        }
    }
}

/// How long jieba-rs takes to cut every text of `queue` into words, its dictionary already read.
fn cut_into_words(queue: &Mutex<Queue>, threads: usize) -> Duration {
    let jieba = jieba_rs::Jieba::new();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let taken = queue.lock().unwrap().next();
                    let Some((_, bytes)) = taken else { return };
                    let text = String::from_utf8_lossy(&bytes);
                    std::hint::black_box(jieba.cut(&text, true));
                }
            });
        }
    });
    start.elapsed()
}

fn text_of(line: &str) -> Option<Vec<u8>> {
    let object: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(object.get("text")?.as_str()?.as_bytes().to_vec())
}

/// The most memory that the process has held so far, in megabytes; only Linux tells.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e3)
}

fn work_through(queue: &Mutex<Queue>, gazetteer: &Gazetteer, reference: &Reference) -> Work {
    let mut work = Work::default();
    loop {
        let taken = queue.lock().unwrap().next();
        let Some((at, bytes)) = taken else { return work };
        let (text, read) = timed(|| read_text(&bytes));
        let Ok(text) = text else { continue };
        let (found, extracted) = timed(|| extract(&text, gazetteer));
        let Extraction { document, findings } = found;
        let (quads, described) =
            timed(|| describe_document(&text, "document.txt", &document, &findings, reference));
        work.read += read;
        work.extract += extracted;
        work.describe += described;
        work.counts.push((at, count(&document, findings.len())));
        work.quads += quads.len();
        work.targets += document.targets.len();
        work.findings += findings.len();
        work.slowest = work.slowest.max((read + extracted + described, at));
    }
}

fn count(document: &Document, findings: usize) -> Counts {
    let measures = document.items.iter().filter(|item| item.class == ItemClass::Measure).count();
    let departments = document.items.iter().map(|item| item.assignments.len()).sum();
    let citations = document.citations.len();
    [document.items.len(), measures, departments, document.targets.len(), citations, findings]
}

fn counts_table(mut counts: Vec<(usize, Counts)>) -> String {
    counts.sort_unstable();
    let lines = counts.into_iter().map(|(at, counts)| {
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        format!("{at},{}\n", counts.join(","))
    });
    std::iter::once(format!("{COUNTS_HEADER}\n")).chain(lines).collect()
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = run();
    (done, start.elapsed())
}

#[expect(clippy::cast_precision_loss, reason = "rates are read by people")]
fn report(work: &Work, wall: Duration, threads: usize, queue: &Queue) {
    let seconds = wall.as_secs_f64();
    let (documents, megabytes) = (queue.taken, queue.bytes as f64 / 1e6);
    println!("{documents} documents, {megabytes:.1} MB, {threads} threads: {seconds:.2} s");
    println!("  {:.0} documents a second", documents as f64 / seconds);
    println!("  {:.2} MB a second", megabytes / seconds);
    println!("  {} quads, {} targets, {} findings", work.quads, work.targets, work.findings);
    let total = (work.read + work.extract + work.describe).as_secs_f64();
    for (stage, time) in
        [("text", work.read), ("extract", work.extract), ("describe", work.describe)]
    {
        println!("  {stage:<9} {:5.1} %", 100.0 * time.as_secs_f64() / total);
    }
    println!(
        "  slowest: document {} in {:.0} ms",
        work.slowest.1,
        work.slowest.0.as_secs_f64() * 1e3
    );
    if let (Some(quarter), Some(all)) = (queue.quarter_peak, peak_memory()) {
        println!("  peak memory: {quarter:.0} MB after a quarter, {all:.0} MB after all");
    }
}
