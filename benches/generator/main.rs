//! Makes a graph of this domain, as large as it is wanted, for benchmarks.
//!
//!     cargo bench --bench generator -- --triples 10000000 --seed 1 > graph.nq
//!
//! N-Quads go to standard output, what was made to standard error as one line of JSON. The places, departments and words are invented;
//! the vocabulary is that of `ontology/zhengtu.ttl` and each document is a graph of its own, as in a release. `--literals`
//! also counts the characters of the distinct literals, to which sizes on disk are compared.

mod document;
mod graph;
mod quads;
mod random;
mod reference;
mod words;

use graph::{Made, Size, generate};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str = "generator [--triples N] [--seed S] [--literals] > graph.nq";

fn main() -> ExitCode {
    let size = match read_arguments(std::env::args().skip(1)) {
        Ok(size) => size,
        Err(wrong) => return fail(&format!("{wrong}; {USAGE}")),
    };
    let out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match generate(size, out) {
        Ok(made) => {
            // Nothing is left to do where standard error is closed.
            let _ = writeln!(io::stderr(), "{}", summary(size, &made));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "generator: {message}");
    ExitCode::FAILURE
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Size, String> {
    let mut size = Size { triples: 1_000_000, seed: 1, counts_literals: false };
    while let Some(name) = arguments.next() {
        let mut number = || {
            let value = arguments.next().unwrap_or_default();
            value.parse::<u64>().map_err(|_| format!("{name} wants a number, not {value:?}"))
        };
        match name.as_str() {
            "--triples" => size.triples = usize::try_from(number()?).map_err(|e| e.to_string())?,
            "--seed" => size.seed = number()?,
            "--literals" => size.counts_literals = true,
            // Cargo says that it runs a benchmark.
            "--bench" => {}
            other => return Err(format!("{other} is not known")),
        }
    }
    Ok(size)
}

fn summary(size: Size, made: &Made) -> String {
    let Made { documents, measures, tally } = made;
    format!(
        "{{\"triples\": {}, \"seed\": {}, \"documents\": {documents}, \"measures\": {measures}, \
         \"bytes\": {}, \"literals\": {}, \"literal_bytes\": {}, \"common_word\": \"{}\", \
         \"middle_word\": \"{}\", \"rare_word\": \"{}\"}}",
        tally.triples,
        size.seed,
        tally.bytes,
        tally.literals(),
        tally.literal_bytes,
        words::COMMON_WORD,
        words::MIDDLE_WORD,
        words::RARE_WORD,
    )
}
