//! Images made of a few quads, asked for everything; and damaged, word by word.

use super::super::batch::Batch;
use super::super::builder::{Builder, BuilderOptions, FileBuilder};
use super::super::row::DEFAULT_GRAPH;
use super::*;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, Quad, vocab::rdf, vocab::xsd};

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

fn quads() -> Vec<Quad> {
    let number = |n: u32| Literal::new_typed_literal(format!("{n}.0"), xsd::DECIMAL);
    let mut quads: Vec<Quad> = (0..500)
        .map(|n| Quad::new(node(&format!("措施{n}")), node("值"), number(n % 70), node("图")))
        .collect();
    let others: [Term; 6] = [
        Literal::from("绿化").into(),
        Literal::new_language_tagged_literal_unchecked("绿化", "zh").into(),
        Literal::new_language_tagged_literal_unchecked("绿化", "en").into(),
        Literal::new_typed_literal("2025-12-31", xsd::DATE).into(),
        Literal::from(7).into(),
        BlankNode::new_unchecked("节").into(),
    ];
    for other in others {
        quads.push(Quad::new(node("措施0"), node("题"), other, GraphName::DefaultGraph));
    }
    quads.push(Quad { graph_name: node("另图").into(), ..quads[0].clone() });
    quads.push(quads[0].clone());
    quads
}

fn image_of(quads: &[Quad]) -> Image {
    let mut builder = Builder::default();
    for quad in quads {
        builder.insert(quad.as_ref()).unwrap();
    }
    builder.finish()
}

fn bytes_of(image: &Image) -> &[u8] {
    image.bytes.as_slice()
}

/// A path in the system's temporary directory that no other test has.
fn path(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("zhengtu-image-{name}-{}", std::process::id()))
}

#[test]
fn every_term_has_a_number_that_leads_back_to_it() {
    let image = image_of(&quads());
    for quad in quads() {
        for term in [quad.subject.into(), quad.predicate.into(), quad.object] {
            let id = image.id(Term::as_ref(&term)).unwrap();
            let mut scratch = String::new();
            let same = |found: TermRef<'_>| found == term.as_ref();
            assert_eq!(image.with_term(id, &mut scratch, same), Some(true), "{term}");
            assert_eq!(image.term(id), Some(term));
        }
    }
    assert_eq!(image.id(node("无").as_ref().into()), None);
    assert_eq!(image.term(u32::MAX), None);
}

#[test]
fn numbers_are_given_by_kind_and_in_the_order_of_values() {
    let image = image_of(&quads());
    let mut last = None;
    for id in 0..u32::try_from(image.terms_len()).unwrap() {
        let kind = image.kind(id).unwrap();
        assert!(image.ids_of(kind).contains(&id));
        let place = (kind, image.number(id));
        assert!(last.is_none_or(|last| last <= place), "{:?}", image.term(id));
        last = Some(place);
    }
    let number = |n: i64| Decimal::from(n);
    let within = image.ids_of_numbers(Bound::Excluded(number(3)), Bound::Included(number(7)));
    let texts: Vec<_> = within.clone().filter_map(|id| image.text(id)).collect();
    assert_eq!(texts, ["4.0", "5.0", "6.0", "7.0", "7"]);
    assert!(
        within.clone().rev().map(|id| image.is_integer(id)).eq([true, false, false, false, false])
    );
    assert!(image.ids_of_numbers(Bound::Included(number(99)), Bound::Unbounded).is_empty());
    let date: Date = "2025-12-31".parse().unwrap();
    assert_eq!(image.ids_of_dates(Bound::Included(date), Bound::Unbounded).len(), 1);
    assert!(image.ids_of_dates(Bound::Excluded(date), Bound::Unbounded).is_empty());
}

#[test]
fn a_triple_counts_once_and_every_order_is_sorted() {
    let image = image_of(&quads());
    assert_eq!((image.triples_len(), image.quads_len()), (506, 507));
    for order in Order::ALL {
        let table = image.table(order);
        let mut columns = [Vec::new(), Vec::new(), Vec::new()];
        table.read(0..table.len(), &mut columns);
        let rows: Vec<_> = (0..table.len()).map(|row| table.row(row).unwrap()).collect();
        assert!(rows.is_sorted() && rows.len() == 506, "{order:?}");
        for (row, numbers) in rows.iter().enumerate() {
            assert_eq!(columns.each_ref().map(|column| column[row]), *numbers);
            for len in 0..=3 {
                let range = table.range_of(&numbers[..len]);
                let before = rows.iter().position(|row| row[..len] == numbers[..len]).unwrap();
                let alike = rows.iter().filter(|row| row[..len] == numbers[..len]).count();
                assert_eq!(range, before..before + alike, "{order:?}");
            }
            assert!(image.row_of(order.triple(*numbers)).is_some());
        }
        assert!(table.range_of(&[u32::MAX]).is_empty());
        assert_eq!(table.row(506), None);
    }
}

#[test]
fn a_graph_knows_its_triples_and_a_triple_its_graphs() {
    let image = image_of(&quads());
    let id = |name: &str| image.id(node(name).as_ref().into()).unwrap();
    let mut named = vec![id("图"), id("另图")];
    named.sort_unstable();
    assert!(image.graphs().eq(named.iter().copied()));
    assert!(image.contains_graph(id("图")) && image.contains_graph(DEFAULT_GRAPH));
    assert!(!image.contains_graph(id("措施0")));
    assert_eq!(image.triples_in(id("图")).count(), 500);
    assert_eq!(image.triples_in(DEFAULT_GRAPH).count(), 6);
    assert_eq!(image.triples_in(id("题")).count(), 0);
    for graph in named.iter().copied().chain([DEFAULT_GRAPH]) {
        for triple in image.triples_in(graph) {
            let row = image.row_of(triple).unwrap();
            assert!(image.graphs_of(row).any(|found| found == graph));
        }
    }
    let shared = image.triples_in(id("另图")).next().unwrap();
    assert!(image.graphs_of(image.row_of(shared).unwrap()).eq(named));
    assert_eq!(image.graphs_of(506).count(), 0);
}

#[test]
fn predicates_are_counted() {
    let image = image_of(&quads());
    let id = |name: &str| image.id(node(name).as_ref().into()).unwrap();
    let counts = image.counts_of(id("值")).unwrap();
    assert_eq!((counts.triples, counts.subjects, counts.objects), (500, 500, 70));
    let counts = image.counts_of(id("题")).unwrap();
    assert_eq!((counts.triples, counts.subjects, counts.objects), (6, 1, 6));
    assert_eq!(image.predicates().map(|counts| counts.triples).sum::<usize>(), 506);
    assert_eq!(image.counts_of(id("图")), None);
    assert_eq!((image.subjects_len(), image.objects_len()), (500, 76));
}

#[test]
fn the_members_of_a_class_are_counted_by_predicate() {
    let mut quads = quads();
    let class = |name: &str| Quad::new(node(name), rdf::TYPE, node("类"), GraphName::DefaultGraph);
    quads.extend([class("措施0"), class("措施1")]);
    let image = image_of(&quads);
    let id = |term: &NamedNode| image.id(term.as_ref().into()).unwrap();
    let counted: Vec<_> = image
        .class_counts()
        .map(|counts| (counts.class, counts.predicate, counts.triples, counts.subjects))
        .collect();
    let class = id(&node("类"));
    let mut expected = vec![
        (class, id(&node("值")), 2, 2),
        (class, id(&node("题")), 6, 1),
        (class, id(&rdf::TYPE.into_owned()), 2, 2),
    ];
    expected.sort_unstable();
    assert_eq!(counted, expected);
    assert_eq!(image.counts_of_class(class).count(), 3);
    assert_eq!(image.counts_of_class(id(&node("值"))).count(), 0);
}

#[test]
fn the_same_quads_give_the_same_bytes_in_any_order_and_any_memory() {
    let whole = image_of(&quads());
    let mut turned = quads();
    turned.reverse();
    assert_eq!(bytes_of(&image_of(&turned)), bytes_of(&whole));
    for memory_bytes in [0, 3_000, 40_000, 1 << 20] {
        let path = path(&format!("memory-{memory_bytes}"));
        let mut builder = FileBuilder::new(&path, BuilderOptions { memory_bytes });
        let mut batch = Batch::default();
        for quad in &turned {
            batch.push(quad.as_ref());
        }
        builder.insert_all(&batch).unwrap();
        builder.finish().unwrap();
        let mapped = Image::open(&path).unwrap();
        assert_eq!(bytes_of(&mapped), bytes_of(&whole), "{memory_bytes}");
        assert!(mapped.check().is_ok());
        drop(mapped);
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn an_image_with_more_quads_is_the_image_of_all() {
    let all = quads();
    let (some, others) = all.split_at(300);
    let path = path("more");
    let mut builder = FileBuilder::new(&path, BuilderOptions::default());
    let mut batch = Batch::default();
    for quad in others {
        batch.push(quad.as_ref());
    }
    builder.insert_image(&image_of(some)).unwrap();
    builder.insert_all(&batch).unwrap();
    builder.finish().unwrap();
    let mapped = Image::open(&path).unwrap();
    assert_eq!(bytes_of(&mapped), bytes_of(&image_of(&all)));
    drop(mapped);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn an_image_that_cannot_be_written_leaves_nothing_behind() {
    let path = path("taken");
    std::fs::write(&path, "before").unwrap();
    let error = FileBuilder::new(&path, BuilderOptions::default()).finish().unwrap_err();
    assert!(error.to_string().contains("zhengtu-image-taken"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn no_quads_are_an_image_too() {
    for image in [image_of(&[]), Image::default()] {
        assert_eq!((image.triples_len(), image.quads_len(), image.terms_len()), (0, 0, 0));
        assert_eq!(image.id(node("无").as_ref().into()), None);
        assert_eq!(image.graphs().count(), 0);
        assert!(image.table(Order::Pos).range_of(&[1]).is_empty());
        assert!(image.check().is_ok());
    }
}

/// Reads everything that an image can be asked for.
fn read_all(image: &Image) -> Vec<Option<Term>> {
    let terms: Vec<_> = (0..60).map(|id| image.term(id)).collect();
    for (id, term) in (0..60).zip(&terms) {
        let _ = term.as_ref().map(|term| image.id(Term::as_ref(term)));
        let _ = (image.number(id), image.text(id), image.is_integer(id), image.counts_of(id));
        let _ = image.triples_in(id).count();
        let _ = image.graphs_of(id as usize).count();
        for order in Order::ALL {
            let table = image.table(order);
            let range = table.range_of(&[id, id / 2, id / 3]);
            let _ = (table.row(id as usize), table.lower_bound(0..range.end, 1, id));
        }
    }
    for order in Order::ALL {
        let mut columns = [Vec::new(), Vec::new(), Vec::new()];
        image.table(order).read(0..1000, &mut columns);
    }
    let zero = Bound::Included(Decimal::from(0));
    let _ = (image.ids_of_numbers(zero, zero), image.graphs().count(), image.predicates().count());
    let _ = image.ids_of_dates(Bound::Unbounded, Bound::Included(Date::from_be_bytes([0; 18])));
    terms
}

#[test]
fn no_damaged_byte_leads_to_a_panic() {
    let few: Vec<Quad> = quads().into_iter().skip(480).collect();
    let whole = image_of(&few);
    let expected = read_all(&whole);
    for at in (0..bytes_of(&whole).len()).step_by(4) {
        for mask in [0xA5, 0xFF] {
            let mut damaged = bytes_of(&whole).to_vec();
            damaged[at..].iter_mut().take(4).for_each(|byte| *byte ^= mask);
            let Ok(image) = Image::from_bytes(Bytes::Made(damaged)) else { continue };
            let terms = read_all(&image);
            assert!(image.check().is_err() || terms == expected, "word {at}");
        }
    }
}
