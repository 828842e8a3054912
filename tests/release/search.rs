//! The search box and `text:query` over the release: what stands in the text is found, however it is typed.

use super::{column, release};
use zhengtu::index::{Axis, EntryKind, Place, Results, Search};

fn search(words: &str) -> Results {
    release().index.search(&Search { words: words.to_owned(), hits_max: 50, ..Search::default() })
}

fn iris(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.iri.as_str()).collect()
}

#[test]
fn a_document_number_is_found_in_any_brackets() {
    let canonical = search("鲁政发〔2024〕1号");
    assert_eq!(canonical.hits[0].iri, "https://w3id.org/zhengtu/document/鲁政发〔2024〕1号");
    for typed in ["鲁政发[2024]1号", "鲁政发2024 1号", "鲁政发（2024）1号", "鲁政发﹝2024﹞第1号"]
    {
        assert_eq!(iris(&search(typed)), iris(&canonical), "{typed}");
    }
}

#[test]
fn a_number_does_not_find_a_longer_one() {
    let found = search("菏政发〔2024〕1号");
    assert!(!iris(&found).iter().any(|iri| iri.ends_with("document/菏政发〔2024〕11号")));
}

#[test]
fn an_alias_finds_the_department_first_and_its_measures() {
    let found = search("发改委");
    assert_eq!(found.hits[0].iri, "https://w3id.org/zhengtu/agency/菏泽市发展改革委");
    let measures = found.hits.iter().filter(|hit| hit.kind == EntryKind::Measure).count();
    assert_eq!(measures, 9);
}

#[test]
fn the_hit_is_marked_in_the_snippet() {
    let found = search("海绵城市");
    let hit = found.hits.iter().find(|hit| hit.kind == EntryKind::Measure).unwrap();
    let marks: Vec<&str> =
        hit.snippet.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
    assert!(marks.contains(&"海绵城市"), "{marks:?}");
}

#[test]
fn words_of_a_chapter_without_measures_find_the_document() {
    let found = search("\"蹚出凸显菏泽特色\"");
    assert_eq!(iris(&found), ["https://w3id.org/zhengtu/document/菏政发〔2024〕11号"]);
}

#[test]
fn facets_count_departments_documents_and_chapters() {
    let found = search("城镇化");
    for name in ["kind", "department", "document", "chapter"] {
        let facet = found.facets.iter().find(|facet| facet.name == name);
        assert!(facet.is_some_and(|facet| !facet.values.is_empty()), "{name}");
    }
}

#[test]
fn a_facet_count_is_the_number_of_hits_under_its_filter() {
    let all = search("城镇化");
    let departments = all.facets.iter().find(|facet| facet.name == "department").unwrap();
    for value in &departments.values {
        let narrowed = release().index.search(&Search {
            words: "城镇化".to_owned(),
            filters: vec![(Axis::Department, value.value.to_string())],
            hits_max: 0,
            ..Search::default()
        });
        assert_eq!(narrowed.total, value.count, "{}", value.label);
    }
}

#[test]
fn the_property_function_finds_measures_as_jena_does() {
    let numbers = column(
        "SELECT ?number WHERE { ?m text:query \"养老托育\" ; a zt:Measure ; zt:number ?number }",
        "number",
    );
    assert_eq!(numbers, ["16"]);
}

#[test]
fn the_property_function_gives_score_and_literal_best_first() {
    let rows = release()
        .endpoint
        .select(
            "SELECT ?m ?score ?literal WHERE {
               (?m ?score ?literal) text:query (zt:text \"养老 托育\" 20) . ?m a zt:Measure }",
            &[],
        )
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].text("score").parse::<f64>().unwrap() > 0.0);
    assert!(rows[0].text("literal").contains("养老"));
}

#[test]
fn both_forms_of_text_search_give_the_same_rows_in_columns_and_by_the_evaluator() {
    let list = "(?m ?score ?literal ?graph ?property ?snippet ?total) \
         text:query (zt:text \"城镇 就业\" 6 \"mode:any\")";
    let service = "SERVICE text:search { ?m text:words \"城镇 就业\" ; text:property zt:text ; text:mode \"any\" ; \
         text:limit 6 ; text:score ?score ; text:literal ?literal ; text:graph ?graph ; text:property ?property ; \
         text:snippet ?snippet ; text:total ?total }";
    let rows = |call: &str, order: &str| {
        let query =
            format!("SELECT * WHERE {{ {call} }} ORDER BY DESC(?score) ?m ?literal {order}");
        let rows = release().endpoint.select(&query, &[]).unwrap();
        let names = ["m", "score", "literal", "graph", "property", "snippet", "total"];
        let texts = |row: &zhengtu::store::Row| names.map(|name| row.text(name).to_owned());
        rows.iter().map(texts).collect::<Vec<_>>()
    };
    let found = rows(list, "");
    assert_eq!(found.len(), 6);
    assert_eq!(rows(service, ""), found);
    // The evaluator alone knows RAND.
    assert_eq!(rows(list, "RAND()"), found);
    for row in &found {
        let total: usize = row[6].parse().unwrap();
        assert!(total > 6 && row[5].contains('【'), "{row:?}");
    }
}

#[test]
fn exact_words_are_found_in_the_texts_that_contain_them() {
    let texts = |pattern: &str| {
        let query = format!("SELECT DISTINCT ?text {{ {pattern} }} ORDER BY STR(?text)");
        column(&query, "text")
    };
    let exact = texts("(?m [] ?text) text:query (zt:text \"镇化率\" \"mode:exact\")");
    // Of the texts of the graph, those that are indexed.
    let scanned = texts(
        "?part zt:text ?text FILTER(CONTAINS(?text, \"镇化率\")) \
         FILTER EXISTS { (?m [] ?text) text:query (zt:text \"率\" \"mode:exact\") }",
    );
    assert!(!exact.is_empty());
    assert_eq!(exact, scanned);
}

#[test]
fn the_examples_of_text_search_in_both_readmes_have_an_answer() {
    for readme in [include_str!("../../README.md"), include_str!("../../README.zh.md")] {
        let blocks = readme.split("```sparql").skip(1).filter_map(|rest| rest.split("```").next());
        let examples: Vec<&str> = blocks.filter(|query| query.contains("text:")).collect();
        assert_eq!(examples.len(), 2);
        let [list, service] = examples.as_slice() else { unreachable!() };
        let snippets = |query: &str| column(query, "snippet");
        assert!(!snippets(list).is_empty());
        assert_eq!(snippets(list), snippets(service));
    }
}

#[test]
fn a_hit_tells_what_answers_each_part_of_the_question_and_where() {
    for (words, kind, asked, answer, place) in [
        ("发改委", EntryKind::Department, "发改委", "市发展改革委", Place::Title),
        ("57%", EntryKind::Target, "57%", "57%", Place::Title),
        (
            "鲁政发[2024]1号",
            EntryKind::Document,
            "鲁政发〔2024〕1号",
            "鲁政发〔2024〕1号",
            Place::Number,
        ),
        ("海綿", EntryKind::Measure, "海绵", "海绵", Place::Text),
        ("公租房", EntryKind::Measure, "公租房", "公共租赁住房", Place::Text),
    ] {
        let found = search(words);
        let hit = found.hits.iter().find(|hit| hit.kind == kind);
        let hit = hit.unwrap_or_else(|| panic!("{words} finds no {kind:?}"));
        let told: Vec<_> = hit
            .reasons
            .iter()
            .map(|reason| (reason.asked.as_str(), reason.found.as_str(), reason.place))
            .collect();
        assert_eq!(told, [(asked, answer, place)], "{words}");
        assert!(hit.missing.is_empty(), "{words}");
    }
}

#[test]
fn a_relaxed_hit_tells_what_it_lacks() {
    let found = search("航天飞机 城镇化 养老");
    assert!(found.relaxed);
    assert!(found.hits.iter().all(|hit| hit.missing.contains(&"航天飞机".to_owned())));
}

#[test]
fn words_within_results_leave_those_that_have_them_and_are_marked() {
    let all = search("城市");
    let within = |words: &str| Search {
        words: "城市".to_owned(),
        within: vec![words.to_owned()],
        hits_max: 50,
        ..Search::default()
    };
    let found = release().index.search(&within("海绵"));
    assert!((1..all.total).contains(&found.total), "{} of {}", found.total, all.total);
    for hit in &found.hits {
        let marks: Vec<&str> = hit
            .title
            .iter()
            .chain(&hit.snippet)
            .filter(|part| part.hit)
            .map(|part| part.text.as_str())
            .collect();
        assert!(marks.contains(&"海绵"), "{marks:?}");
    }
    assert_eq!(release().index.search(&within("没有的词句")).total, 0);
}

#[test]
fn a_number_is_narrowed_by_its_letters_its_year_and_its_place_in_the_year() {
    let narrowed = |axis: Axis, value: &str| {
        let filters = vec![(axis, value.to_owned())];
        let found =
            release().index.search(&Search { filters, hits_max: 1000, ..Search::default() });
        let is_document = |hit: &&zhengtu::index::Hit| hit.kind == EntryKind::Document;
        found
            .hits
            .iter()
            .filter(is_document)
            .map(|hit| hit.iri.rsplit('/').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(narrowed(Axis::Series, "菏政发"), ["菏政发〔2024〕11号"]);
    assert_eq!(narrowed(Axis::NumberYear, "2024"), ["菏政发〔2024〕11号", "鲁政发〔2024〕1号"]);
    assert_eq!(narrowed(Axis::Serial, "1"), ["鲁政发〔2024〕1号"]);
}

#[test]
fn departments_are_counted_by_what_they_do() {
    let found = search("绿色建筑");
    let measure = found.hits.iter().find(|hit| hit.kind == EntryKind::Measure).unwrap();
    for name in ["lead", "department", "implements"] {
        let facet = found.facets.iter().find(|facet| facet.name == name).unwrap();
        assert!(!facet.values.is_empty(), "{name} of {}", measure.iri);
    }
}

#[test]
fn what_is_like_a_measure_is_another_measure_and_not_itself() {
    let iri = "https://w3id.org/zhengtu/measure/菏政发〔2024〕11号.10";
    let related = release().index.related(iri, 5).unwrap();
    assert!(!related.similar.is_empty());
    assert!(related.similar.iter().all(|hit| hit.kind == EntryKind::Measure && hit.iri != iri));
    assert!(related.similar.iter().all(|hit| hit.score < 1.0));
    assert_eq!(release().index.related("https://w3id.org/zhengtu/measure/没有", 5), None);
}
