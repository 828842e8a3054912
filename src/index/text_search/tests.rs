//! Modes against a scan over all literals, over texts made at random of characters that the rules look at.

use super::super::analysis::Normalized;
use super::super::entry::{Entry, EntryKind, Field};
use super::super::source::EntryList;
use super::super::write::write_index;
use super::*;
use crate::store::Store;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use proptest::prelude::*;
use std::collections::BTreeSet;

const TEXT: &str = "[绿化苗圃清单县区和服务綠縣1５.亩号，、“” \n㎡ＡaB]{0,14}";
const WORDS: &str = "[绿化苗圃单县和服1.亩号“”，㎡aA ]{1,5}";

fn entry(number: usize, texts: &[String]) -> Entry {
    let field = |text: &String| Field {
        property: "http://e/text".to_owned(),
        text: text.clone(),
        language: "zh".to_owned(),
    };
    Entry {
        iri: format!("http://e/{number}"),
        kind: EntryKind::Measure,
        title: format!("第{number}条"),
        aliases: Vec::new(),
        fields: texts.iter().map(field).collect(),
        number: None,
        document: None,
        chapter: None,
        departments: Vec::new(),
        targets: Vec::new(),
        tags: Vec::new(),
        date: None,
        deadline: None,
    }
}

/// The graph of these entries, and an index of them.
fn release(entries: &[Entry]) -> (tempfile::TempDir, Store, Index) {
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let quads = entries.iter().flat_map(|entry| {
        entry.fields.iter().map(move |field| {
            let literal = Literal::new_language_tagged_literal_unchecked(&field.text, "zh");
            Quad::new(node(&entry.iri), node(&field.property), literal, GraphName::DefaultGraph)
        })
    });
    let store = Store::from_quads(quads);
    let dir = tempfile::tempdir().unwrap();
    let listed: EntryList = entries.iter().cloned().collect();
    write_index(dir.path(), &listed, &|term| store.number(term)).unwrap();
    let index = Index::open(dir.path()).unwrap();
    (dir, store, index)
}

fn query(words: &str, mode: TextMode) -> TextQuery {
    TextQuery { words: words.to_owned(), mode, hits_max: usize::MAX, ..TextQuery::default() }
}

/// The hits as subject and literal.
fn places(hits: &[TextHit]) -> BTreeSet<(u32, u32)> {
    hits.iter().map(|hit| (hit.subject, hit.literal.unwrap())).collect()
}

/// The lines of a text as they are compared, without spaces.
fn lines(text: &str) -> Vec<String> {
    let normalized: String = Normalized::of(text).chars().iter().collect();
    let visible = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect();
    normalized.split('\n').map(visible).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn exact_words_are_found_in_the_literals_that_have_them_and_in_no_other(
        texts in prop::collection::vec(prop::collection::vec(TEXT, 1..4), 30),
        words in prop::collection::vec(WORDS, 40),
    ) {
        let entries: Vec<Entry> = (0..).zip(&texts).map(|(at, texts)| entry(at, texts)).collect();
        let (_dir, store, index) = release(&entries);
        let literals = store.triples(None, None, None).map(|triple| {
            let subject = store.number(triple.subject.as_ref().into()).unwrap();
            let literal = store.number(triple.object.as_ref()).unwrap();
            (subject, literal)
        });
        let literals: Vec<(u32, u32)> = literals.collect();
        let inside = texts.iter().flatten().map(|text| text.chars().skip(2).take(4).collect());
        for words in words.into_iter().chain(inside) {
            let sought = lines(&words).concat();
            let has = |(_, literal): &(u32, u32)| {
                lines(store.text(*literal).unwrap()).iter().any(|line| line.contains(&sought))
            };
            let scanned: BTreeSet<(u32, u32)> =
                literals.iter().filter(|_| !sought.is_empty()).filter(|place| has(place)).copied().collect();
            let exact = index.search_text(&query(&words, TextMode::Exact), &store);
            prop_assert_eq!(&places(&exact.hits), &scanned, "exact {}", words);
            prop_assert_eq!(exact.total, scanned.len());

            let finder = &index.contents().finder;
            let phrase = Verbatim::phrase(unquoted(&words), finder);
            let is_phrase = |(_, literal): &(u32, u32)| phrase.is_in(store.text(*literal).unwrap());
            let scanned: BTreeSet<(u32, u32)> =
                literals.iter().filter(|place| is_phrase(place)).copied().collect();
            let found = index.search_text(&query(&words, TextMode::Phrase), &store);
            prop_assert_eq!(&places(&found.hits), &scanned, "phrase {}", words);

            let all = index.search_text(&query(&words, TextMode::All), &store);
            let any = index.search_text(&query(&words, TextMode::Any), &store);
            prop_assert!(places(&all.hits).is_subset(&places(&any.hits)), "{}", words);
        }
    }

    #[test]
    fn a_limit_keeps_the_best_and_the_total_counts_all(
        texts in prop::collection::vec(prop::collection::vec(TEXT, 1..4), 30),
        hits_max in 1..5_usize,
    ) {
        let entries: Vec<Entry> = (0..).zip(&texts).map(|(at, texts)| entry(at, texts)).collect();
        let (_dir, store, index) = release(&entries);
        for (words, mode) in ["绿化 苗圃", "1", "单县", "号"].iter().flat_map(|words| {
            TextMode::ALL.iter().map(move |mode| (*words, *mode))
        }) {
            let all = index.search_text(&query(words, mode), &store);
            let limited = TextQuery { hits_max, ..query(words, mode) };
            let counted = TextQuery { is_counted: true, ..limited.clone() };
            let best = all.hits.get(..hits_max).unwrap_or(&all.hits);
            let hits = index.search_text(&limited, &store).hits;
            prop_assert_eq!(hits.as_slice(), best);
            let counted = index.search_text(&counted, &store);
            prop_assert_eq!(counted.hits.as_slice(), best);
            prop_assert_eq!(counted.total, all.hits.len(), "{} {:?}", words, mode);
        }
    }
}

#[test]
fn words_longer_than_what_is_looked_up_are_compared_to_their_end() {
    let long = "苗圃绿化".repeat(300);
    let texts = [format!("{long}一"), format!("{long}二")];
    let entries: Vec<Entry> =
        (0..).zip(&texts).map(|(at, text)| entry(at, std::slice::from_ref(text))).collect();
    let (_dir, store, index) = release(&entries);
    let found = index.search_text(&query(&texts[1], TextMode::Exact), &store);
    let found: Vec<&str> =
        found.hits.iter().map(|hit| store.text(hit.literal.unwrap()).unwrap()).collect();
    assert_eq!(found, [&texts[1]]);
}

#[test]
fn a_field_and_a_name_with_its_place_find_the_texts_that_have_their_words() {
    let texts = ["市林业局新建苗圃。", "省林业厅新建苗圃。", "新建苗圃。"];
    let mut entries: Vec<Entry> =
        (0..).zip(texts).map(|(number, text)| entry(number, &[text.to_owned()])).collect();
    entries.push(Entry {
        kind: EntryKind::Department,
        title: "甲乙市林业局".to_owned(),
        aliases: vec!["市林业局".to_owned()],
        ..entry(3, &[])
    });
    let (_dir, store, index) = release(&entries);
    for words in ["部门:市林业局 苗圃", "部门：甲乙市林业局 苗圃", "甲乙市林业局 苗圃"]
    {
        let found = index.search_text(&query(words, TextMode::All), &store);
        assert_eq!(found.total, 1, "{words}");
    }
}
