//! tantivy with its own `NgramTokenizer`, n-grams of two and three characters. It gives all of them the same position, so that no phrase can be asked for: a piece is the
//! conjunction of its n-grams of three, or the one of two, as its own `QueryParser` would make it. A piece of one character has none and is not answered. Surprising: what has
//! the n-grams of a piece apart from each other is found too. No facets, snippets, aliases or quantities.

use super::answering::Engine;
use super::questions::Question;
use anyhow::Context;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{NgramTokenizer, TextAnalyzer};
use tantivy::{Index, Searcher, TantivyDocument, Term};

const TOKENIZER: &str = "ngrams";
const SHORTEST: usize = 2;
const LONGEST: usize = 3;
/// Memory of the writer, all threads together.
const WRITER_BYTES: usize = 512 << 20;

/// A text to be found, as peers read it.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

/// Indexes the records of `folder`.
pub(crate) fn write(dir: &Path, folder: &Path) -> anyhow::Result<()> {
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqs);
    let options = TextOptions::default().set_indexing_options(indexing).set_stored();
    let text = builder.add_text_field("text", options);
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, builder.build())?;
    let tokenizer = NgramTokenizer::new(SHORTEST, LONGEST, false)?;
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(tokenizer));
    let mut writer = index.writer(WRITER_BYTES)?;
    for line in BufReader::new(std::fs::File::open(folder.join("records.jsonl"))?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::new();
        document.add_text(id, record.id);
        document.add_text(text, record.text);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index that is asked.
pub(crate) struct Ngrams {
    searcher: Searcher,
    id: Field,
    text: Field,
}

impl Ngrams {
    pub(crate) fn open(dir: &Path) -> anyhow::Result<Self> {
        let index = Index::open_in_dir(dir).context("no index of n-grams")?;
        let schema = index.schema();
        let (id, text) = (schema.get_field("id")?, schema.get_field("text")?);
        Ok(Self { searcher: index.reader()?.searcher(), id, text })
    }

    fn query(&self, question: &Question) -> Option<BooleanQuery> {
        let mut grams: Vec<Box<dyn Query>> = Vec::new();
        for piece in &question.pieces {
            let chars: Vec<char> = piece.chars().collect();
            if chars.len() < SHORTEST {
                return None;
            }
            for gram in chars.windows(chars.len().min(LONGEST)) {
                let term = Term::from_field_text(self.text, &gram.iter().collect::<String>());
                grams.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
            }
        }
        Some(BooleanQuery::intersection(grams))
    }

    fn value(&self, address: tantivy::DocAddress, field: Field) -> Option<String> {
        let document: TantivyDocument = self.searcher.doc(address).ok()?;
        Some(document.get_first(field)?.as_str()?.to_owned())
    }
}

impl Engine for Ngrams {
    fn answer(&self, question: &Question) -> Option<usize> {
        let collectors = (TopDocs::with_limit(10).order_by_score(), Count);
        let (best, total) = self.searcher.search(&self.query(question)?, &collectors).ok()?;
        for (_, address) in best {
            std::hint::black_box(self.value(address, self.text));
        }
        Some(total)
    }

    fn all(&self, question: &Question, max: usize) -> Vec<String> {
        let Some(query) = self.query(question) else { return Vec::new() };
        let collector = TopDocs::with_limit(max).order_by_score();
        let best = self.searcher.search(&query, &collector).unwrap_or_default();
        best.into_iter().filter_map(|(_, address)| self.value(address, self.id)).collect()
    }
}
