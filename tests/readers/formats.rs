//! Each reader through the public face: one file that is right, and those that must be refused by name; then any bytes.

use crate::fixtures::{
    Font, container, doc, docx, paragraph, pdf, pdf_file, pdf_of_content, scan, zipped,
};
use crate::promises;
use proptest::prelude::*;
use zhengtu::text::{ReadError, read_source};

fn read(name: &str, bytes: &[u8]) -> String {
    match read_source(name, bytes) {
        Ok(text) => text.source().to_owned(),
        Err(error) => panic!("{name}: {error}"),
    }
}

fn refuse(name: &str, bytes: &[u8]) -> ReadError {
    read_source(name, bytes).map(|text| text.source().to_owned()).expect_err(name)
}

/// A plan with automatic numbers, a table with a merged cell, and what must not be read.
fn plan() -> Vec<u8> {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(None, text))
    };
    let rows = [
        [cell("", "序号"), cell("", "任务"), cell("", "责任单位")],
        [
            cell("", "1"),
            cell("", "建设绿道30公里"),
            cell("<w:vMerge w:val=\"restart\"/>", "市城市管理局"),
        ],
        [cell("", "2"), cell("", "新建公园5个"), cell("<w:vMerge/>", "")],
    ];
    let rows: Vec<String> =
        rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.concat())).collect();
    let body = [
        paragraph(None, "某市绿色空间行动计划"),
        paragraph(Some(0), "总体目标"),
        paragraph(Some(1), "近期目标。到2033年，建成绿道30公里以上。"),
        paragraph(Some(1), "远期目标。"),
        paragraph(Some(0), "重点任务"),
        paragraph(Some(1), "建设绿道。"),
        paragraph(Some(2), "编制规划。"),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:t>甲&amp;乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>".to_owned(),
        format!("<w:tbl>{}</w:tbl>", rows.concat()),
        paragraph(None, "附件：任务清单"),
    ];
    docx(&body.concat())
}

#[test]
fn a_word_document_is_read_with_the_numbers_and_tables_that_word_shows() {
    let expected = "某市绿色空间行动计划\n一、总体目标\n（一）近期目标。到2033年，建成绿道30公里以上。\n（二）远期目标。\n二、重点任务\n\
                    （一）建设绿道。\n1.编制规划。\n甲&乙\n丙\n序号\t任务\t责任单位\n1\t建设绿道30公里\t市城市管理局\n2\t新建公园5个\t市城市管理局\n附件：任务清单";
    assert_eq!(read("plan.docx", &plan()), expected);
}

#[test]
fn the_content_decides_before_the_ending() {
    assert_eq!(read("wrongly-named.txt", &plan()), read("plan.docx", &plan()));
    assert!(
        read(
            "page.txt",
            b"<!DOCTYPE html><body><p>\xE6\x9F\x90\xE5\xB8\x82</p>".repeat(10).as_slice()
        )
        .contains("某市")
    );
}

#[test]
fn markdown_is_read_as_it_is_rendered_whatever_it_is_called() {
    let notice = "# 某市绿道方案\n\n## 一、目标\n\n**（一）建设。**到2033年，建成绿道300公里。\n\n| 序号 | 任务 | 责任单位 |\n| --- | --- | --- |\n| 1 | 种树 | 园林局 |\n";
    let expected = "某市绿道方案\n一、目标\n（一）建设。到2033年，建成绿道300公里。\n序号\t任务\t责任单位\n1\t种树\t园林局";
    for name in ["plan.md", "plan.MARKDOWN", "plan.txt"] {
        assert_eq!(read(name, notice.as_bytes()), expected, "{name}");
    }
    assert_eq!(read("plan.md", "某市*绿道*方案".as_bytes()), "某市绿道方案");
}

#[test]
fn an_archive_or_a_damaged_word_document_is_refused_by_name() {
    assert!(matches!(refuse("a.docx", &zipped(&[("notes.txt", "x")])), ReadError::Binary { .. }));
    let damaged = zipped(&[("word/document.xml", "<w:document><w:p></w:document>")]);
    assert!(matches!(refuse("a.docx", &damaged), ReadError::Damaged { .. }));
}

#[test]
fn a_word_document_behind_a_password_is_refused_by_name() {
    let encrypted = container(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"y")]);
    assert!(matches!(refuse("a.docx", &encrypted), ReadError::Encrypted { .. }));
}

#[test]
fn an_old_word_document_is_read_by_paragraphs() {
    let paragraphs =
        ["某市人民政府关于试行办法的通知", "一、总体要求", "到2033年，新增绿地300公顷。"];
    assert_eq!(read("a.doc", &doc(&paragraphs)).trim_end(), paragraphs.join("\n"));
    assert_eq!(read("a.wps", &doc(&paragraphs)).trim_end(), paragraphs.join("\n"));
}

#[test]
fn an_old_office_file_that_is_no_word_document_is_refused_by_name() {
    assert!(matches!(
        refuse("a.doc", &container(&[("Workbook", b"x")])),
        ReadError::Binary { .. } | ReadError::Damaged { .. }
    ));
}

/// Two pages of an invented notice, hard-wrapped at 20 characters, with page numbers.
fn notice(font: Font) -> Vec<u8> {
    let first = vec![
        (122.0, 780.0, "为进一步做好全市绿道建设管理工作，经市"),
        (90.0, 752.0, "政府同意，现就有关事项通知如下，请认真落实。"),
        (122.0, 724.0, "一、明确目标。到2033年，全市建成绿道"),
        (90.0, 696.0, "三百公里以上。"),
        (122.0, 668.0, "二、落实责任。各县区要加强组织领导，密"),
        (270.0, 60.0, "— 1 —"),
    ];
    let second = vec![(90.0, 780.0, "切配合，⻓期坚持。"), (270.0, 60.0, "— 2 —")];
    pdf(&[first, second], font)
}

#[test]
fn a_pdf_is_read_by_paragraphs_without_page_numbers_and_with_plain_characters() {
    let expected = "为进一步做好全市绿道建设管理工作，经市政府同意，现就有关事项通知如下，请认真落实。\n\
                    一、明确目标。到2033年，全市建成绿道三百公里以上。\n二、落实责任。各县区要加强组织领导，密切配合，长期坚持。";
    assert_eq!(read("a.pdf", &notice(Font::Mapped)), expected);
}

#[test]
fn a_pdf_without_readable_text_is_refused_by_name() {
    assert_eq!(refuse("scan.pdf", &scan()), ReadError::Scan { pages: 1 });
    let lost =
        pdf(&[vec![(90.0, 700.0, "一丁七万丈三上下不与丐丑专且世丘丙业丛东")]], Font::Mismapped);
    assert!(matches!(refuse("lost.pdf", &lost), ReadError::FontWithoutMap { .. }));
    assert!(matches!(refuse("torn.pdf", b"%PDF-1.4\nnothing else"), ReadError::Damaged { .. }));
}

#[test]
fn a_pdf_behind_a_password_is_refused_by_name() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
        "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <00000000000000000000000000000000000000000000000000000000000000aa> /U <00000000000000000000000000000000000000000000000000000000000000bb> >>".to_owned(),
    ];
    let file = pdf_file(&objects, "/Encrypt 3 0 R /ID [<00> <00>]");
    assert!(matches!(refuse("a.pdf", &file), ReadError::Encrypted { .. }));
}

#[test]
fn a_pdf_that_nests_too_deep_does_not_end_the_program() {
    let deep = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        deep.as_str(),
    ];
    refuse("deep.pdf", &pdf_file(&objects.map(str::to_owned), ""));
    refuse("deeper.pdf", &pdf_file(&[format!("{deep}{}", "[".repeat(200_000))], ""));
}

#[test]
fn a_picture_is_refused_by_name() {
    assert!(matches!(refuse("a.png", b"\x89PNG\r\n\x1a\n"), ReadError::Binary { .. }));
}

/// `bytes` with some of them changed and the end cut off.
fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let len = bytes.len();
    let changes = prop::collection::vec((0..len, any::<u8>()), 0..12);
    (changes, 1..=len).prop_map(move |(changes, kept)| {
        let mut damaged = bytes.clone();
        for (at, byte) in changes {
            damaged[at] = byte;
        }
        damaged.truncate(kept);
        damaged
    })
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let page = include_str!("../documents/invented-notice.html").as_bytes().to_vec();
    let random = (
        prop::sample::select(vec!["", "%PDF-1.4\n", "PK\x03\x04", "<html>"]),
        prop::collection::vec(any::<u8>(), 0..2000),
    )
        .prop_map(|(mark, rest)| [mark.as_bytes(), &rest].concat());
    prop_oneof![
        random,
        damaged(plan()),
        damaged(notice(Font::Mapped)),
        damaged(scan()),
        damaged(doc(&["某市人民政府", "一、总体要求"])),
        damaged(page),
        any::<String>().prop_map(|content| pdf_of_content(&content)),
        any::<String>().prop_map(|body| docx(&body)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any_file(), ending in prop::sample::select(vec!["txt", "html", "md", "docx", "pdf", "doc"])) {
        promises::hold_for_file(&format!("a.{ending}"), &bytes);
    }
}
