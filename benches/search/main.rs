//! Text search over generated measures, one engine a process, so that its memory can be told. `benches/search.py` starts it and tells what is measured; by hand:
//!
//!     cargo bench --bench search -- make 100000 FOLDER     what is searched, and the searches
//!     cargo bench --bench search -- write zhengtu 100000 FOLDER   (or ngrams)
//!     cargo bench --bench search -- ask smart FOLDER    (or exact, ngrams)
//!
//! Each command ends with a line of JSON on standard output.

#![allow(dead_code, reason = "the generator of graphs writes more than its words and places")]

mod answering;
mod corpus;
mod entries;
mod meter;
mod ngrams;
#[path = "../generator/quads.rs"]
mod quads;
mod questions;
#[path = "../generator/random.rs"]
mod random;
#[path = "../generator/reference.rs"]
mod reference;
#[path = "../generator/words.rs"]
mod words;
mod zhengtu;

use crate::zhengtu::Zhengtu;
use ::zhengtu::index::{EntryKind, EntrySource, Index, Mode};
use anyhow::{Context, bail};
use corpus::Corpus;
use entries::Entries;
use meter::{megabytes, process_time};
use ngrams::Ngrams;
use questions::{KINDS, questions};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// Searches made.
const QUESTIONS: usize = 2_000;
/// Entries made at a time.
const BATCH: usize = 1_024;

fn main() -> anyhow::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match given.as_slice() {
        ["make", measures, folder] => make(measures.parse()?, Path::new(folder)),
        ["write", engine, measures, folder] => write(engine, measures.parse()?, Path::new(folder)),
        ["ask", engine, folder] => ask(engine, Path::new(folder)),
        // `cargo bench` without a name runs every benchmark.
        [] => {
            println!("benches/search.py runs this benchmark");
            Ok(())
        }
        _ => bail!("make MEASURES FOLDER, write ENGINE MEASURES FOLDER or ask ENGINE FOLDER"),
    }
}

/// Writes `records.jsonl`, what peers index: all texts of each entry, a line each; and `searches.jsonl`.
fn make(measures: usize, folder: &Path) -> anyhow::Result<()> {
    let corpus = Corpus::new(measures);
    let entries = Entries::of(&corpus);
    let count = entries.count();
    let (mut own_bytes, mut own_chars, mut all_bytes) = (0, 0, 0);
    let mut out = BufWriter::new(std::fs::File::create(folder.join("records.jsonl"))?);
    for start in (0..count).step_by(BATCH) {
        for entry in entries.entries(start..count.min(start + BATCH)) {
            let fields = entry.fields.iter().map(|field| field.text.as_str());
            let names = std::iter::once(&entry.title).chain(&entry.aliases).map(String::as_str);
            let texts: BTreeSet<&str> = names.chain(fields).collect();
            let text = texts.into_iter().collect::<Vec<_>>().join("\n");
            if entry.kind == EntryKind::Measure {
                own_bytes += text.len();
                own_chars += text.chars().count();
            }
            all_bytes += text.len();
            serde_json::to_writer(&mut out, &json!({ "id": entry.iri, "text": text }))?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    let mut out = BufWriter::new(std::fs::File::create(folder.join("searches.jsonl"))?);
    for question in questions(&corpus, QUESTIONS) {
        serde_json::to_writer(&mut out, &question)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    let kinds: Vec<_> =
        KINDS.iter().map(|kind| json!([kind.name, kind.share, kind.about])).collect();
    let made = json!({
        "measures": measures, "documents": corpus.papers.len(), "entries": count, "measure_bytes": own_bytes,
        "measure_chars": own_chars, "record_bytes": all_bytes, "kinds": kinds,
    });
    println!("{made}");
    Ok(())
}

/// Indexes with an engine.
fn write(engine: &str, measures: usize, folder: &Path) -> anyhow::Result<()> {
    let dir = folder.join(engine);
    let corpus = Corpus::new(measures);
    let entries = Entries::of(&corpus);
    let (start, start_cpu) = (Instant::now(), process_time());
    match engine {
        "zhengtu" => drop(zhengtu::write(&dir, &entries)?),
        "ngrams" => ngrams::write(&dir, folder)?,
        _ => bail!("{engine} is not known"),
    }
    let (seconds, cpu) = (start.elapsed(), process_time().saturating_sub(start_cpu));
    let written = json!({
        "seconds": seconds.as_secs_f64(), "cpu": cpu.as_secs_f64(), "peak_mb": megabytes("VmHWM"),
    });
    println!("{written}");
    Ok(())
}

/// Answers all searches with an engine.
fn ask(engine: &str, folder: &Path) -> anyhow::Result<()> {
    let zhengtu = |mode| -> anyhow::Result<Zhengtu> {
        let index = Index::open(&folder.join("zhengtu")).context("no index of zhengtu")?;
        index.warm();
        Ok(Zhengtu { index, mode })
    };
    match engine {
        "smart" => answering::answer_all(&zhengtu(Mode::Smart)?, folder, engine),
        "exact" => answering::answer_all(&zhengtu(Mode::Exact)?, folder, engine),
        "ngrams" => answering::answer_all(&Ngrams::open(&folder.join(engine))?, folder, engine),
        _ => bail!("{engine} is not known"),
    }
}
