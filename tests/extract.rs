//! Extraction as a whole: golden files (one case a file, all but the Heze notice invented for the purpose) and
//! promises that hold for any text. A case that differs names the first line that does and where the new output is.

#[cfg(test)]
mod promises;

#[cfg(test)]
mod cases {
    use super::promises;
    use proptest::prelude::*;
    use std::path::{Path, PathBuf};
    use zhengtu::document::Report;
    use zhengtu::extract::{Gazetteer, extract};
    use zhengtu::text::read_text;

    fn gazetteer() -> Gazetteer {
        Gazetteer::from_table(include_str!("../ontology/codes/places.tsv"))
    }

    fn cases(folder: &str) -> Vec<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/extract").join(folder);
        let mut cases: Vec<PathBuf> = std::fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "txt"))
            .collect();
        cases.sort();
        assert!(!cases.is_empty(), "no cases in {folder}");
        cases
    }

    fn report(bytes: &[u8]) -> String {
        match read_text(bytes) {
            Ok(text) => {
                let found = extract(&text, &gazetteer());
                let report = Report::new(&text, &found.document, &found.findings);
                serde_json::to_string_pretty(&report).unwrap() + "\n"
            }
            Err(error) => format!("{}\n", serde_json::json!({ "error": error.to_string() })),
        }
    }

    fn check(folder: &str) {
        for case in cases(folder) {
            let got = report(&std::fs::read(&case).unwrap());
            let expected = std::fs::read_to_string(case.with_extension("json")).unwrap_or_default();
            if got != expected {
                let written = Path::new(env!("CARGO_TARGET_TMPDIR"))
                    .join(case.with_extension("json").file_name().unwrap());
                std::fs::write(&written, &got).unwrap();
                let line =
                    got.lines().zip(expected.lines()).position(|(got, expected)| got != expected);
                let line =
                    line.unwrap_or_else(|| got.lines().count().min(expected.lines().count()));
                panic!(
                    "{} differs from line {}: see {}",
                    case.display(),
                    line + 1,
                    written.display()
                );
            }
        }
    }

    #[test]
    fn official_documents_are_read_as_their_golden_files_say() {
        check("ok");
    }

    #[test]
    fn what_is_no_document_is_told_as_its_golden_file_says() {
        check("err");
    }

    const PLAN: &str = include_str!("golden/extract/ok/plan.txt");

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read(source in any::<String>()) {
            promises::hold_for_file("a.txt", source.as_bytes());
        }

        #[test]
        fn any_mixture_of_official_words_is_read(words in proptest::collection::vec(
            prop::sample::select(vec![
                "一、", "（一）", "1.", "第三条", "①", "到2025年", "达到", "57%", "30万吨/年", "1—2个", "以上", "《", "》", "（", "）", "责任单位：",
                "市园林局", "牵头", "和", "、", "，", "。", "；", "\n", "　　", "均", "分别", "每年", "其中", "由", "全覆盖", "清零", "对新企业", "给予", "按", "5%", "补贴", "奖励50万元", "最高不超过", "贷款额度", "免征契税", "关于", "通知", "〔2024〕3号",
            ]), 0..60)) {
            promises::hold_for_text(words.concat());
        }

        #[test]
        fn an_official_text_with_a_hole_and_a_splinter_is_read(at in 0_usize..900, width in 0_usize..80, splinter in any::<String>()) {
            let kept: String = PLAN.chars().take(at).chain(splinter.chars()).chain(PLAN.chars().skip(at + width)).collect();
            promises::hold_for_text(kept);
        }
    }
}
