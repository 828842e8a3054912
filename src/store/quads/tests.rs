//! Every pattern beside a scan over all quads.

use super::*;
use crate::image::Builder;
use oxigraph::model::{GraphName, NamedNode, Quad};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn node(n: u32) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{n}"))
}

/// Numbers of subject, predicate, object and graph; 0 in the last is the default graph.
fn image_of(rows: &[[u32; 4]]) -> Image {
    let mut builder = Builder::default();
    for [s, p, o, g] in rows {
        let graph = if *g == 0 { GraphName::DefaultGraph } else { node(*g).into() };
        builder.insert(Quad::new(node(*s), node(*p), node(*o), graph).as_ref()).unwrap();
    }
    builder.finish()
}

/// What a scan over the quads finds.
fn scan(rows: &BTreeSet<IdQuad>, pattern: IdPattern, among: Among<'_>) -> Vec<IdQuad> {
    let matching = rows.iter().copied().filter(|row| pattern.matches(row));
    let inside = matching.filter(|row| match among {
        Among::Triples | Among::Every => true,
        Among::AnyOf(chosen) => chosen.contains(&row.graph),
        Among::One(graph) => row.graph == graph,
        Among::Named => row.graph != DEFAULT_GRAPH,
    });
    let as_set = matches!(among, Among::Triples | Among::AnyOf(_));
    let found: BTreeSet<IdQuad> = inside
        .map(|row| if as_set { IdQuad { graph: DEFAULT_GRAPH, ..row } } else { row })
        .collect();
    found.into_iter().collect()
}

/// Asks every pattern over some values, in every choice of graphs.
fn compare(rows: &[[u32; 4]]) {
    let image = image_of(rows);
    let quads = Quads(&image);
    let id = |n: u32| image.id(node(n).as_ref().into()).unwrap();
    let numbered = |row: &[u32; 4]| {
        let [subject, predicate, object, graph] = *row;
        let graph = if graph == 0 { DEFAULT_GRAPH } else { id(graph) };
        IdQuad { subject: id(subject), predicate: id(predicate), object: id(object), graph }
    };
    let all: BTreeSet<IdQuad> = rows.iter().map(numbered).collect();
    let values: Vec<Option<TermId>> = [None, Some(TermId::MAX - 1)]
        .into_iter()
        .chain(all.iter().take(1).flat_map(|row| [Some(row.subject), Some(row.object)]))
        .chain(all.iter().next_back().map(|row| Some(row.predicate)))
        .collect();
    let mut graphs: Vec<TermId> = all.iter().map(|row| row.graph).collect();
    graphs.sort_unstable();
    graphs.dedup();
    let few: Vec<TermId> = graphs.iter().copied().step_by(2).collect();
    let choices = [Among::Triples, Among::Every, Among::Named, Among::AnyOf(&few)]
        .into_iter()
        .chain(
            graphs
                .iter()
                .flat_map(|graph| [Among::One(*graph), Among::AnyOf(std::slice::from_ref(graph))]),
        )
        .chain([Among::One(7), Among::AnyOf(&[])]);
    for among in choices {
        for n in 0..values.len().pow(3) {
            let value = |n: usize| values[n % values.len()];
            let pattern = IdQuad {
                subject: value(n),
                predicate: value(n / values.len()),
                object: value(n / values.len() / values.len()),
                graph: None,
            };
            let mut found: Vec<_> = quads.matches(pattern, among, || {}).collect();
            found.sort_unstable();
            assert_eq!(found, scan(&all, pattern, among), "{pattern:?} {among:?}");
        }
    }
}

#[test]
fn every_pattern_finds_what_a_scan_finds() {
    let rows: Vec<[u32; 4]> = (0..81)
        .map(|n| [n % 3, n / 3 % 3, n / 9 % 3, n / 27])
        .filter(|row| row.iter().sum::<u32>() % 2 == 0)
        .collect();
    compare(&rows);
    let large: Vec<[u32; 4]> = (0..900).map(|n| [n % 90, n % 2, n % 70, n % 5]).collect();
    compare(&large);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_quads_are_found_by_every_pattern(
        rows in prop::collection::vec([0..12_u32, 0..4_u32, 0..9_u32, 0..4_u32], 0..200)
    ) {
        compare(&rows);
    }
}

#[test]
fn each_row_that_is_read_ticks_the_clock() {
    let image = image_of(&[[1, 2, 3, 0], [1, 2, 4, 9], [1, 2, 3, 9]]);
    let ticks = std::cell::Cell::new(0);
    let tick = || ticks.set(ticks.get() + 1);
    let graph = image.id(node(9).as_ref().into()).unwrap();
    let few = [graph];
    assert_eq!(Quads(&image).matches(IdPattern::ANY, Among::AnyOf(&few), tick).count(), 2);
    assert!(ticks.get() >= 2);
}
