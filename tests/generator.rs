//! The generator of benchmarks: what it makes is a graph of this domain by the same rules as a release, the same every time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

#[path = "../benches/generator/document.rs"]
mod document;
#[path = "../benches/generator/graph.rs"]
mod graph;
#[path = "../benches/generator/quads.rs"]
mod quads;
#[path = "../benches/generator/random.rs"]
mod random;
#[path = "../benches/generator/reference.rs"]
mod reference;
#[path = "../benches/generator/words.rs"]
mod words;

use graph::{Made, Size, generate};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, Quad, Term, Triple};
use std::collections::HashSet;
use zhengtu::pipeline::check_shapes;
use zhengtu::store::{Store, StoreError};

/// What documents share takes some 100,000 triples; the rest are documents.
const SMALL: Size = Size { triples: 120_000, seed: 1, counts_literals: true };

fn made(size: Size) -> (Vec<u8>, Made) {
    let mut bytes = Vec::new();
    let made = generate(size, &mut bytes).unwrap();
    (bytes, made)
}

fn quads(bytes: &[u8]) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::NQuads).for_slice(bytes).collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_graph_and_another_seed_another() {
    let (first, _) = made(SMALL);
    assert!(first == made(SMALL).0);
    assert!(first != made(Size { seed: 2, ..SMALL }).0);
}

#[test]
fn a_graph_is_as_large_as_asked_for_and_says_no_triple_twice() {
    let (bytes, made) = made(SMALL);
    let triples: HashSet<_> = quads(&bytes).into_iter().map(Triple::from).collect();
    assert_eq!((triples.len(), bytes.len()), (made.tally.triples, made.tally.bytes));
    let is_document = |triple: &&Triple| triple.object.to_string().ends_with("#PolicyDocument>");
    assert_eq!(triples.iter().filter(is_document).count(), made.documents);
    assert!((SMALL.triples..SMALL.triples + 3_000).contains(&triples.len()), "{}", triples.len());
}

#[test]
fn distinct_literals_are_counted_with_their_bytes() {
    let (bytes, made) = made(SMALL);
    let literals: HashSet<_> = quads(&bytes)
        .into_iter()
        .filter_map(|quad| match quad.object {
            Term::Literal(literal) => Some(literal),
            _ => None,
        })
        .collect();
    let length = literals.iter().map(|literal| literal.value().len()).sum::<usize>();
    assert_eq!((literals.len(), length), (made.tally.literals(), made.tally.literal_bytes));
}

#[test]
fn a_generated_graph_violates_no_shape() -> Result<(), StoreError> {
    let store = Store::read_nquads(made(SMALL).0.as_slice())?;
    let report = check_shapes(&store).unwrap();
    assert!(report.conforms(), "{report}");
    Ok(())
}

#[test]
fn every_property_is_one_of_the_ontology() {
    let ontology = include_str!("../ontology/zhengtu.ttl");
    let used: HashSet<_> = quads(&made(SMALL).0).into_iter().map(|quad| quad.predicate).collect();
    let own: Vec<_> = used.iter().filter_map(|p| p.as_str().strip_prefix(quads::ZT)).collect();
    assert!(own.len() > 40, "{own:?}");
    for name in own {
        let declared = ontology.lines().any(|line| line.starts_with(&format!("zt:{name} a owl:")));
        assert!(declared, "zt:{name}");
    }
}

#[test]
fn the_three_words_stand_in_measures_as_often_as_they_say() {
    let (bytes, made) = made(Size { triples: 500_000, ..SMALL });
    let text = format!("<{}text>", quads::ZT);
    let all = String::from_utf8(bytes).unwrap();
    let texts: Vec<&str> = all.lines().filter(|line| line.contains(&text)).collect();
    assert_eq!(texts.len(), made.measures);
    let share =
        |word: &str| texts.iter().filter(|text| text.contains(word)).count() * 1_000 / texts.len();
    assert!((550..650).contains(&share(words::COMMON_WORD)));
    assert!((45..75).contains(&share(words::MIDDLE_WORD)));
    assert_eq!(share(words::RARE_WORD), 0);
}

#[test]
fn a_city_lies_in_its_province_by_its_code() {
    let store = Store::read_nquads(made(SMALL).0.as_slice()).unwrap();
    let within = format!("{}within", quads::ZT);
    let within = NamedNodeRef::new(&within).unwrap();
    let pairs: Vec<_> = store.triples(None, Some(within), None).collect();
    assert_eq!(pairs.len(), 3_000);
    let code = |text: String| text.trim_matches(['<', '>']).rsplit('/').next().unwrap().to_owned();
    for pair in pairs {
        let (place, parent) = (code(pair.subject.to_string()), code(pair.object.to_string()));
        let start = parent.trim_end_matches("00");
        assert!(parent == "100000" || place.starts_with(start), "{place} in {parent}");
    }
}
