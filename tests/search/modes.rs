//! The modes of a text query over the invented entries, and the snippets of what they find.

use super::fixture::{graph, index, node};
use zhengtu::store::{Highlight, Literals, TextMode, TextQuery, TextSearch};

/// Words in a mode and the texts that have them, as they are shown.
const SOUGHT: &[(TextMode, &str, &[&str])] = &[
    (TextMode::Phrase, "和服", &["支持举办汉服、【和服】等服饰展示活动，发展夜间经济。"]),
    (
        TextMode::Exact,
        "和服",
        &[
            "推动政务事项清单县区全覆盖，完善清单管理【和服】务规范。",
            "支持举办汉服、【和服】等服饰展示活动，发展夜间经济。",
            "编制清单县区通办目录，加强窗口管理【和服】务，1号窗口全天开放。(省发展改革委牵头)",
        ],
    ),
    (TextMode::Phrase, "居家 养老 服务", &["完善【居家养老服务】，实现街道全覆盖。(市民政局牵头)"]),
    (TextMode::Phrase, "养老 居家", &[]),
    (
        TextMode::Phrase,
        "1号窗口",
        &["编制清单县区通办目录，加强窗口管理和服务，【1号窗口】全天开放。(省发展改革委牵头)"],
    ),
    (
        TextMode::Exact,
        "1号窗口",
        &[
            "1【1号窗口】办理不动产登记，全省设窗口1650个。",
            "编制清单县区通办目录，加强窗口管理和服务，【1号窗口】全天开放。(省发展改革委牵头)",
        ],
    ),
    (TextMode::Exact, "养老设施", &["對建成區老舊小區實施改造，完善【養老設施】。"]),
    (
        TextMode::Exact,
        "“十强”产业",
        &["支持单县建设羊肉汤产业园，打造【“十强”产业】“雁阵形”集群7个左右。(市发展改革委牵头)"],
    ),
    (
        TextMode::Exact,
        "间经",
        // A line end inside a sentence is none.
        &[
            "办好冰雪嘉年华，带动夜【间\n经】济提质。落实 丙政发 〔2023〕 11号 要求。",
            "夜【间经】济试点",
            "支持举办汉服、和服等服饰展示活动，发展夜【间经】济。",
        ],
    ),
    (
        TextMode::Exact,
        "nb-iot與5g",
        &[
            "推动【NB-IoT与5Ｇ】基站协同部署，新建5G基站2000个。(市工业和信息化局、市发展改革委牵头)",
        ],
    ),
    (TextMode::All, "托育 羊肉汤", &[]),
    (TextMode::Any, "托位 羊肉汤 -发展改革委", &[]),
    (
        TextMode::Any,
        "居家 羊肉汤",
        &[
            "完善【居家】养老服务，实现街道全覆盖。(市民政局牵头)",
            "支持单县建设【羊肉汤】产业园，打造“十强”产业“雁阵形”集群7个左右。(市发展改革委牵头)",
        ],
    ),
];

#[test]
fn each_mode_finds_its_texts_and_marks_the_words_in_them() {
    let (_dir, index) = index("modes");
    let graph = graph();
    for (mode, words, expected) in SOUGHT {
        let query = TextQuery {
            words: (*words).to_owned(),
            mode: *mode,
            properties: vec![node("text")],
            hits_max: 20,
            highlight: Some(Highlight::default()),
            ..TextQuery::default()
        };
        let found = index.search_text(&query, &graph);
        let snippets = found.snippets.unwrap();
        let texts = found.hits.iter().filter_map(|hit| graph.text(hit.literal?));
        let mut shown: Vec<String> = texts.map(|text| snippets.of(text)).collect();
        shown.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(shown, expected, "{mode:?} {words}");
    }
}

#[test]
fn marks_are_those_that_are_asked_for() {
    let (_dir, index) = index("highlight");
    let query = TextQuery {
        words: "羊肉汤".to_owned(),
        hits_max: 1,
        highlight: Some(Highlight { before: "<b>".to_owned(), after: "</b>".to_owned() }),
        ..TextQuery::default()
    };
    let snippets = index.search_text(&query, &graph()).snippets.unwrap();
    assert_eq!(snippets.of("支持羊肉汤产业"), "支持<b>羊肉汤</b>产业");
    assert_eq!(snippets.of("其他产业。"), "其他产业。");
    let without = TextQuery { highlight: None, ..query };
    assert!(index.search_text(&without, &graph()).snippets.is_none());
}
