//! Search, judged: questions with exactly what they must find, over entries invented for the purpose.
//!
//! `entries.json` holds near-misses on purpose (1号 and 11号, 单县 and 清单县区); `queries.tsv`
//! holds the questions. The texts are invented; no such documents exist.

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod modes;

use fixture::{
    BASE, Dir, as_term, ask, ask_exactly, counts, entries, graph, ids, index, listed, marked, node,
    substrings,
};
use oxigraph::model::{Literal, Term};
use proptest::prelude::*;
use zhengtu::index::{Axis, Entry, EntryKind, EntryList, Index, IndexError, Search, write_index};
use zhengtu::store::{TextQuery, TextSearch};

#[test]
fn every_question_finds_its_set_and_the_best_comes_first() {
    let (_dir, index) = index("judged");
    let mut wrong = Vec::new();
    for line in include_str!("queries.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (words, expected) = line.split_once('\t').unwrap();
        let expected: Vec<&str> = expected.split(' ').filter(|id| *id != "#").collect();
        let found = ids(&ask(&index, words).hits);
        let (mut a, mut b) = (found.clone(), expected.clone());
        a.sort();
        b.sort_unstable();
        if a != b || found.first().map(String::as_str) != expected.first().copied() {
            wrong.push(format!("{words}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_words_list_everything_in_the_order_of_listing() {
    let (_dir, index) = index("everything");
    let results = ask(&index, " ");
    assert_eq!(results.total, entries().len());
    let mut order: Vec<(EntryKind, String)> =
        results.hits.iter().map(|hit| (hit.kind, hit.iri.clone())).collect();
    let found = order.clone();
    order.sort();
    assert_eq!(found, order);
}

#[test]
fn facets_count_what_the_filters_leave() {
    let (_dir, index) = index("facets");
    let all = ask(&index, "发改委");
    assert_eq!(
        counts(&all.facets, "kind"),
        [("measure".to_owned(), 6), ("department".to_owned(), 2)]
    );
    assert_eq!(
        counts(&all.facets, "department"),
        [
            ("发改".to_owned(), 3),
            ("省发改".to_owned(), 2),
            ("卫健".to_owned(), 1),
            ("工信".to_owned(), 1)
        ]
    );
    let filtered = index.search(&Search {
        words: "发改委".to_owned(),
        kinds: vec![EntryKind::Measure],
        filters: vec![
            (Axis::Document, format!("{BASE}市文件")),
            (Axis::Department, format!("{BASE}发改")),
        ],
        hits_max: 0,
        ..Search::default()
    });
    assert_eq!(filtered.total, 3);
    assert!(filtered.hits.is_empty());
    assert_eq!(counts(&filtered.facets, "document"), [("市文件".to_owned(), 3)]);
    let chapters = counts(&filtered.facets, "chapter");
    assert_eq!(chapters.iter().map(|(_, count)| count).sum::<usize>(), 3);
}

#[test]
fn each_facet_value_counts_what_filtering_by_it_finds() {
    let (_dir, index) = index("counts");
    for facet in ask(&index, "建设").facets {
        for value in facet.values {
            let label = value.label.clone();
            let count = value.count;
            let mut search = Search { words: "建设".to_owned(), ..Search::default() };
            match facet.name.as_str() {
                "kind" => search.kinds = EntryKind::from_name(&value.value).into_iter().collect(),
                "targets" => search.has_targets = Some(&*value.value == "yes"),
                axis => {
                    search.filters =
                        vec![(Axis::from_name(axis).unwrap(), value.value.to_string())];
                }
            }
            assert_eq!(index.search(&search).total, count, "{} {label}", facet.name);
        }
    }
}

#[test]
fn a_filter_that_nothing_carries_finds_nothing() {
    let (_dir, index) = index("unknown");
    let filters = vec![(Axis::Document, format!("{BASE}没有"))];
    let search = Search { filters, hits_max: 10, ..Search::default() };
    assert_eq!(index.search(&search).total, 0);
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat() {
    let (_dir, index) = index("pages");
    let whole = ids(&ask(&index, "建设").hits);
    let mut pieces = Vec::new();
    for offset in (0..whole.len() + 4).step_by(2) {
        let search =
            Search { words: "建设".to_owned(), offset, hits_max: 2, ..Search::default() };
        let results = index.search(&search);
        assert_eq!(results.total, whole.len());
        pieces.extend(ids(&results.hits));
    }
    assert_eq!(pieces, whole);
}

#[test]
fn marks_are_on_the_characters_as_published() {
    let (_dir, index) = index("marks");
    let table: [(&str, &str, &[&str]); 8] = [
        ("5g基站", "m5", &["5Ｇ", "基站"]),
        ("nbiot", "m5", &["NB-IoT"]),
        ("发改委", "m3", &["发展改革委"]),
        ("旧城区改造", "m11", &["舊城區改造"]),
        ("老旧小区", "m11", &["老舊小區"]),
        ("1700万平方米", "m4", &["1,700万平方米"]),
        ("丙政发[2024]1号", "市文件", &["丙政发﹝2024﹞1号"]),
        ("57%", "省文件", &["百分之五十七"]),
    ];
    for (words, id, expected) in table {
        let hits = ask(&index, words).hits;
        let hit = hits.iter().find(|hit| hit.iri == format!("{BASE}{id}")).unwrap();
        let mut found = marked(&hit.title);
        found.extend(marked(&hit.snippet));
        for mark in expected {
            assert!(found.contains(mark), "{words}: {mark} is not in {found:?}");
        }
    }
}

#[test]
fn a_word_is_not_marked_inside_other_words() {
    let (_dir, index) = index("words");
    for hit in ask(&index, "和服").hits.iter().chain(&ask(&index, "单县").hits) {
        for segment in hit.title.iter().chain(&hit.snippet).filter(|segment| !segment.hit) {
            assert!(!segment.text.ends_with('管'), "{segment:?}");
        }
        let marks = [marked(&hit.title), marked(&hit.snippet)].concat();
        assert!(!marks.is_empty(), "{hit:?}");
    }
}

#[test]
fn most_of_many_words_are_enough_when_nothing_has_all_and_that_is_said() {
    let (_dir, index) = index("relaxed");
    let results = ask(&index, "养老 服务 火箭");
    assert!(results.relaxed);
    assert_eq!(results.hits[0].iri, format!("{BASE}m2"));
    assert!(!ask(&index, "养老 服务").relaxed);
    assert!(ask(&index, "养老 火箭").relaxed);
    assert_eq!(ask(&index, "火箭 卫星").total, 0);
}

#[test]
fn a_text_query_gives_the_literals_as_written_with_their_properties() {
    let (_dir, index) = index("text-query");
    let graph = graph();
    let terms = |number: Option<u32>| -> Term {
        let quads = graph.quads(None, None, None, None);
        let mut terms = quads.flat_map(|quad| {
            [quad.subject.into(), quad.predicate.into(), quad.object, as_term(quad.graph_name)]
        });
        terms.find(|term| graph.number(term.as_ref()) == number).unwrap()
    };
    let query = |words: &str, properties: &[&str]| TextQuery {
        words: words.to_owned(),
        properties: properties.iter().map(|name| node(name)).collect(),
        hits_max: 20,
        ..TextQuery::default()
    };
    let search = |query: &TextQuery| index.search_text(query, &graph).hits;
    let found = |query: &TextQuery| -> Vec<(Term, Term)> {
        let hits = search(query).into_iter();
        hits.map(|hit| (terms(Some(hit.subject)), terms(hit.literal))).collect()
    };
    let literal = |text: &str| Literal::new_language_tagged_literal(text, "zh").unwrap();
    let title = (node("m2").into(), literal("建设居家养老服务网络").into());
    assert!(found(&query("养老 服务", &[])).contains(&title));
    assert_eq!(found(&query("养老 服务", &["title"])), [title]);
    assert_eq!(found(&query("养老", &["nothing"])), []);
    assert_eq!(found(&query("，。", &[])), []);
    assert_eq!(found(&query("-养老", &[])), []);
    let hit = search(&query("居家养老", &["text"])).remove(0);
    assert_eq!(terms(hit.property), node("text").into());
    assert_eq!(terms(hit.graph), node("市文件").into());
    let limited = TextQuery { hits_max: 1, ..query("养老", &[]) };
    assert_eq!(search(&limited).len(), 1);
}

#[test]
fn a_literal_that_the_graph_lacks_is_no_hit_of_a_text_query() {
    let dir = Dir::new("no-graph");
    write_index(&dir.0, &listed(), &|_| None).unwrap();
    let index = Index::open(&dir.0).unwrap();
    let query = TextQuery { words: "养老".to_owned(), hits_max: 20, ..TextQuery::default() };
    assert_eq!(index.search_text(&query, &graph()).hits, []);
    assert!(ask(&index, "养老").total > 0);
}

#[test]
fn entries_are_counted_and_repeated_ones_left_out() {
    let dir = Dir::new("summary");
    let twice: EntryList = entries().into_iter().chain(entries()).collect();
    let summary = write_index(&dir.0, &twice, &|_| None).unwrap();
    assert_eq!((summary.entries, summary.duplicates), (entries().len(), entries().len()));
    assert!(matches!(write_index(&dir.0, &listed(), &|_| None), Err(IndexError::Occupied { .. })));
}

#[test]
fn an_index_without_entries_finds_nothing() {
    let dir = Dir::new("empty");
    write_index(&dir.0, &EntryList::default(), &|_| None).unwrap();
    let index = Index::open(&dir.0).unwrap();
    assert_eq!(ask(&index, "养老").total, 0);
    assert_eq!(ask(&index, "").total, 0);
    assert_eq!(ask(&index, "\"养\"").total, 0);
}

#[test]
fn opening_tells_a_missing_index_from_a_damaged_one_and_writes_nothing() {
    let dir = Dir::new("open");
    assert!(matches!(Index::open(&dir.0), Err(IndexError::Missing { .. })));
    write_index(&dir.0, &listed(), &|_| None).unwrap();
    let files = || {
        let names = std::fs::read_dir(&dir.0).unwrap();
        let mut names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = files();
    let _index = Index::open(&dir.0).unwrap();
    assert_eq!(files(), before);
    std::fs::write(dir.0.join("meta.json"), "{").unwrap();
    assert!(matches!(Index::open(&dir.0), Err(IndexError::Damaged { .. })));
}

#[test]
fn every_substring_is_found_and_marked_in_quotes_and_in_exact_mode() {
    let (_dir, index) = index("substrings");
    let substrings = substrings();
    assert!(substrings.len() > 2_000);
    // A step that is prime to everything: all texts and lengths are met, in a tenth of the time.
    for (iri, text) in substrings.iter().step_by(7) {
        for results in [ask(&index, &format!("“{text}”")), ask_exactly(&index, text)] {
            let hit = results.hits.iter().find(|hit| hit.iri == *iri);
            let hit = hit.unwrap_or_else(|| panic!("{text} of {iri} is not found"));
            let marks = [marked(&hit.title), marked(&hit.snippet)].concat();
            assert!(marks.contains(&text.as_str()), "{text} of {iri} is marked as {marks:?}");
        }
    }
}

/// Any text, and texts made of the characters that the rules look at.
const ANY_TEXT: &str = "\\PC{0,40}|[养老和服务1-9万%号〔〕“”\" \\-\n㎡Ａ]{0,60}";

/// The first characters of each run of Chinese characters, two to twelve of them.
fn han_parts(text: &str) -> impl Iterator<Item = String> {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let runs = text.split(move |c| !is_han(c)).map(|run| run.chars().take(12).collect::<String>());
    runs.filter(|part| part.chars().count() > 1)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_can_be_written_and_any_question_asked(
        texts in proptest::collection::vec(ANY_TEXT, 40),
        questions in proptest::collection::vec(ANY_TEXT, 40),
    ) {
        let dir = Dir::new("any");
        // Marks cut a title into pieces that lose and repeat nothing.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
        let number_iri = format!("{BASE}0-");
        let mut all = entries();
        let last = all.pop().ok_or_else(|| TestCaseError::fail("no entries"))?;
        all.extend((0..).zip(&texts).map(|(number, text)| {
            let mut entry = Entry { iri: format!("{BASE}0-{number}"), ..last.clone() };
            entry.title.clone_from(text);
            entry.aliases = vec![text.clone()];
            entry.fields.iter_mut().for_each(|field| field.text.clone_from(text));
            entry
        }));
        prop_assert!(write_index(&dir.0, &EntryList::from_iter(all), &|_| None).is_ok());
        let index = Index::open(&dir.0).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for words in texts.iter().chain(&questions) {
            let results = ask(&index, words);
            prop_assert_eq!(results.hits.len(), results.total.min(100));
            for hit in results.hits.iter().filter(|hit| hit.iri.starts_with(&number_iri)) {
                let shown: Vec<char> = hit.title.iter().flat_map(|s| letters(&s.text)).collect();
                prop_assert!(texts.iter().any(|text| letters(text) == shown));
            }
        }
        for (text, part) in texts.iter().flat_map(|text| han_parts(text).map(move |part| (text, part))) {
            let found = ask_exactly(&index, &part);
            // Spaces count on neither side: in 号 号号 the first two are marked.
            let marks: Vec<String> = found
                .hits
                .iter()
                .flat_map(|hit| [marked(&hit.title), marked(&hit.snippet)].concat())
                .map(|mark| mark.split_whitespace().collect())
                .collect();
            prop_assert!(marks.contains(&part), "{} of {} is marked as {:?}", part, text, marks);
        }
    }
}
