//! Documents typed by hand to exact triples.
//!
//! The text `golden/graph/notice.txt` is invented for the purpose; the document is typed here, its spans
//! found by searching for the words; `golden/graph/notice.ttl` holds every triple that must come out.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, Quad, Term, Triple, vocab};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use zhengtu::document::{
    Assignment, Basis, Citation, Date, Deadline, DeadlineBasis, Document, DocumentNumber, DueBy,
    Finding, FindingKind, Header, Item, ItemClass, Located, Modality, Openness, Period,
    PlaceMention, Programme, ProgrammeKind, Qualifier, Quantity, Recurrence, Relation, Role,
    Target,
};
use zhengtu::graph::vocabulary::{self, zt};
use zhengtu::graph::{
    DEFAULT_BASE, GraphError, Reference, Unread, describe_document, describe_ontology,
    describe_reference,
};
use zhengtu::text::{Span, Text};

const NOTICE: &str = include_str!("golden/graph/notice.txt");
const NOTICE_TRIPLES: &str = include_str!("golden/graph/notice.ttl");

/// Finds words in the clean text of the notice.
struct Finder(Text);

impl Finder {
    fn new() -> Self {
        Self(Text::from_source(NOTICE.to_owned()))
    }

    /// The first `words`; an empty span, which the golden triples show, where there are none.
    fn span(&self, words: &str) -> Span {
        let start = self.0.clean().find(words);
        start.map_or(Span::default(), |start| Span::new(start, start + words.len()))
    }

    /// From the first `start` to the end of the first `end` after it.
    fn between(&self, start: &str, end: &str) -> Span {
        let head = self.span(start);
        let rest = Span::new(head.byte_start, self.0.clean().len()).slice(self.0.clean());
        let len = rest.find(end).map_or(0, |start| start + end.len());
        Span::new(head.byte_start, head.byte_start + len)
    }

    fn words(&self, words: &str) -> Located<String> {
        Located::new(words.to_owned(), self.span(words))
    }

    fn at<T>(&self, value: T, words: &str) -> Located<T> {
        Located::new(value, self.span(words))
    }

    fn quantity(&self, number: &str, unit: &str, qualifier: Qualifier, text: &str) -> Quantity {
        Quantity {
            number: Some(number.to_owned()),
            number_upper: None,
            unit: Some(unit.to_owned()),
            qualifier,
            text: self.words(text),
        }
    }
}

fn coded(code: &str, year: u16, serial: u32) -> DocumentNumber {
    DocumentNumber::Coded { code: code.to_owned(), year, serial }
}

fn header(find: &Finder) -> Header {
    let title = "日照市人民政府关于印发日照市海滨绿道建设试验方案(2031—2032年)的通知";
    Header {
        title: Some(find.words(title)),
        attached_title: Some(find.words("日照市海滨绿道建设试验方案(2031—2032年)")),
        number: Some(find.at(coded("日政试发", 2031, 7), "日政试发〔2031〕7号")),
        issuers: vec![find.words("日照市人民政府")],
        signed_on: Date::new(2031, 3, 9).map(|day| find.at(day, "2031年3月9日")),
        kind: Some(find.words("通知")),
        addressees: vec![find.words("各区县人民政府(管委会)"), find.words("市政府各部门")],
        openness: Some(find.at(Openness::Open, "(此件公开发布)")),
        period: Some(find.at(Period { year_start: 2031, year_end: 2032 }, "2031—2032年")),
    }
}

fn items(find: &Finder) -> Vec<Item> {
    let assigned = |name: &str, role| Assignment { agent: find.words(name), role };
    let item = |path: &[u32], number: &str, heading: &str, span: Span| Item {
        path: path.to_vec(),
        number: find.words(number),
        heading: find.words(heading),
        class: if path.len() == 1 { ItemClass::Section } else { ItemClass::Measure },
        parent: (path.len() > 1).then_some(0),
        span,
        assignments: Vec::new(),
        truncated: false,
    };
    let chapter = "实施“绿道成网”行动";
    let first = find.between("1.建设绿道", "配合)");
    let second = find.between("2.推广绿道", "5%左右,");
    vec![
        item(&[1], "一", chapter, find.between("一、实施", "行动")),
        Item {
            assignments: vec![
                assigned("市住建局", Role::Lead),
                assigned("省自然资源厅", Role::Lead),
                assigned("市绿道服务队", Role::Support),
            ],
            ..item(&[1, 1], "1", "建设绿道", first)
        },
        Item { truncated: true, ..item(&[1, 2], "2", "推广绿道", second) },
    ]
}

fn targets(find: &Finder) -> Vec<Target> {
    let by = |due, basis, words: &str| Deadline { due, basis, words: Some(find.words(words)) };
    let target = |item, indicator: &str, quantity, span| Target {
        item: Some(item),
        indicator: find.words(indicator),
        quantity,
        basis: Basis::Level,
        deadline: None,
        recurrence: None,
        baseline_year: None,
        compared_with: None,
        base_scope: None,
        item_condition: None,
        modality: None,
        span,
    };
    let length = find.quantity("1.2", "万米", Qualifier::AtLeast, "1.2万米以上");
    let stations = Quantity {
        number_upper: Some("6".to_owned()),
        ..find.quantity("4", "个", Qualifier::Between, "4—6个")
    };
    let lights =
        Quantity { number: None, unit: None, ..find.quantity("", "", Qualifier::All, "全覆盖") };
    let costs = find.quantity("5", "%", Qualifier::About, "5%左右");
    vec![
        Target {
            basis: Basis::Increment,
            deadline: Some(by(DueBy::Year(2032), DeadlineBasis::Stated, "到2032年")),
            base_scope: Some(find.words("全市")),
            ..target(1, "全市新增海滨绿道", length, find.between("到2032年", "以上"))
        },
        Target {
            recurrence: Some(Recurrence::Year),
            item_condition: Some(find.quantity("300", "万元", Qualifier::AtLeast, "300万元以上")),
            ..target(1, "投资300万元以上“滨海”驿站", stations, find.between("每年建设", "6个"))
        },
        Target {
            deadline: Some(by(DueBy::Month(2031, 6), DeadlineBasis::Stated, "到2031年6月底")),
            ..target(2, "绿道智能照明", lights, find.between("到2031年6月底", "全覆盖"))
        },
        Target {
            basis: Basis::Growth,
            baseline_year: Some(2030),
            modality: Some(Modality::Strive),
            deadline: Some(Deadline {
                due: DueBy::Year(2032),
                basis: DeadlineBasis::PlanEnd,
                words: None,
            }),
            ..target(2, "维护费用", costs, find.between("力争维护", "左右"))
        },
    ]
}

fn document(find: &Finder) -> Document {
    let number = find.at(coded("鲁政试发", 2030, 2), "鲁政试发〔2030〕2号");
    Document {
        header: header(find),
        items: items(find),
        targets: targets(find),
        support_terms: Vec::new(),
        programmes: vec![
            Programme {
                item: Some(0),
                name: find.words("“绿道成网”行动"),
                kind: ProgrammeKind::Action,
                launched: true,
                capacity: None,
                places: Vec::new(),
            },
            Programme {
                item: Some(1),
                name: find.words("海藻试验项目"),
                kind: ProgrammeKind::Project,
                launched: false,
                capacity: Some(find.quantity("20", "吨/年", Qualifier::Exactly, "20吨/年")),
                places: vec![0],
            },
        ],
        places: vec![PlaceMention {
            item: Some(1),
            adcode: "371121".to_owned(),
            name: find.words("五莲县"),
        }],
        citations: vec![
            Citation {
                item: None,
                title: Some(find.words("山东省海滨绿道试验办法")),
                number: Some(number),
                relation: Relation::Implements,
                span: find.between("为贯彻落实", "2号)"),
            },
            Citation {
                item: None,
                title: Some(find.words("绿道名录")),
                number: None,
                relation: Relation::Cites,
                span: find.span("《绿道名录》"),
            },
        ],
    }
}

fn findings(find: &Finder) -> Vec<Finding> {
    vec![Finding { kind: FindingKind::TextBreaksOff, at: find.words("5%左右,"), item: Some(2) }]
}

fn described() -> Result<Vec<Quad>, GraphError> {
    let find = Finder::new();
    let reference = Reference::new(DEFAULT_BASE)?;
    let (document, findings) = (document(&find), findings(&find));
    Ok(describe_document(&find.0, "notice.txt", &document, &findings, &reference).into_quads())
}

fn lines(triples: impl IntoIterator<Item = Triple>) -> BTreeSet<String> {
    triples.into_iter().map(|triple| triple.to_string()).collect()
}

#[test]
fn a_document_typed_by_hand_gives_exactly_the_golden_triples() {
    let found = lines(described().unwrap().into_iter().map(Triple::from));
    let golden = RdfParser::from_format(RdfFormat::Turtle).for_slice(NOTICE_TRIPLES.as_bytes());
    let golden = lines(golden.map(|quad| Triple::from(quad.unwrap())));
    let missing: Vec<_> = golden.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&golden).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}\nsurplus {surplus:#?}");
}

#[test]
fn the_graph_is_named_by_the_document() {
    let name = "<https://w3id.org/zhengtu/document/日政试发〔2031〕7号>";
    assert!(described().unwrap().iter().all(|quad| quad.graph_name.to_string() == name));
}

#[test]
fn a_cited_document_that_nobody_has_read_gets_a_title_and_a_place() {
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    let mut unread = Unread::default();
    unread.add(&described().unwrap());
    let unread = lines(unread.describe(&reference).into_iter().map(Triple::from));
    let cited = "<https://w3id.org/zhengtu/document/鲁政试发〔2030〕2号>";
    let title = format!("{cited} <{}> \"山东省海滨绿道试验办法\"", zt::TITLE.as_str());
    let place = "<https://w3id.org/zhengtu/place/370000>";
    let place = format!("{cited} <{}> {place}", zt::JURISDICTION.as_str());
    assert!(unread.contains(&title) && unread.contains(&place), "{unread:#?}");
}

#[test]
fn every_term_of_the_vocabulary_is_defined_and_labelled_in_both_languages() {
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    let ontology = describe_ontology(&reference).unwrap();
    let label = NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
    for term in zt::ALL {
        let labels = ontology.iter().filter(|quad| {
            quad.subject.as_ref() == (*term).into() && quad.predicate.as_ref() == label
        });
        let languages: BTreeSet<_> = labels
            .filter_map(|quad| match &quad.object {
                Term::Literal(literal) => literal.language(),
                _ => None,
            })
            .collect();
        assert!(languages.contains("zh") && languages.contains("en"), "{term}");
    }
}

#[test]
fn every_term_that_the_ontology_defines_and_documents_use_is_in_the_vocabulary() {
    let known: BTreeSet<&str> = vocabulary::zt::ALL.iter().map(|term| term.as_str()).collect();
    for quad in described().unwrap() {
        let property = quad.predicate.as_str();
        assert!(!property.contains("/zhengtu/") || known.contains(property), "{property}");
    }
}

#[test]
fn every_finding_kind_is_a_concept_with_the_labels_that_documents_show() {
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    let at = Located::new(String::new(), Span::default());
    let findings =
        FindingKind::ALL.map(|kind| Finding { kind, at: at.clone(), item: None }).to_vec();
    let text = Text::from_source(String::new());
    let document = Document::default();
    let quads = describe_document(&text, "", &document, &findings, &reference).into_quads();
    let ontology: BTreeSet<String> = describe_ontology(&reference)
        .unwrap()
        .into_iter()
        .map(|quad| Triple::from(quad).to_string())
        .collect();
    let kinds = quads.iter().filter(|quad| quad.predicate == zt::FINDING_KIND);
    for kind in kinds.clone() {
        let labels = quads.iter().filter(|quad| quad.subject == kind.subject);
        for label in labels.filter(|quad| quad.predicate.as_str().ends_with("rdf-schema#label")) {
            let line = format!("{} {} {}", kind.object, label.predicate, label.object);
            assert!(ontology.contains(&line), "{line}");
        }
    }
    assert_eq!(kinds.count(), FindingKind::ALL.len());
}

#[test]
fn the_notice_of_the_collection_is_as_received() {
    let sources = include_str!("../data/sources.tsv");
    let notice = include_bytes!("../data/documents/heze-2024-11.txt");
    let line = sources.lines().find(|line| line.starts_with("documents/heze-2024-11.txt\t"));
    let hex = line.and_then(|line| line.split('\t').nth(3)).unwrap();
    let digest = Sha256::digest(notice);
    let number = |byte: &u8| u128::from(*byte);
    let first = digest.iter().take(16).fold(0, |sum, byte| sum << 8 | number(byte));
    assert_eq!(u128::from_str_radix(hex.split_at(32).0, 16), Ok(first));
}

#[test]
fn everything_in_the_reference_has_a_chinese_label() {
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    let quads = describe_reference(&reference);
    let labelled: BTreeSet<String> = quads
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("rdf-schema#label"))
        .filter(|quad| quad.object.to_string().ends_with("@zh"))
        .map(|quad| quad.subject.to_string())
        .collect();
    let without: BTreeSet<String> = quads
        .iter()
        .map(|quad| quad.subject.to_string())
        .filter(|subject| !labelled.contains(subject))
        .collect();
    assert!(without.is_empty(), "{without:#?}");
}

#[test]
fn a_document_without_title_and_number_is_called_by_its_file_and_keeps_its_iri() {
    let text = Text::from_source("甲、乙、丙。".to_owned());
    let reference = Reference::new(DEFAULT_BASE).unwrap();
    for (file, chinese, english) in [
        ("答复.txt", "无标题文件（答复.txt）", "Untitled document (答复.txt)"),
        ("", "无标题文件", "Untitled document"),
    ] {
        let document = Document::default();
        let quads = describe_document(&text, file, &document, &[], &reference).into_quads();
        let labels = quads.iter().filter(|quad| quad.predicate == vocab::rdfs::LABEL);
        let labels = labels.filter(|quad| quad.subject.to_string().contains("/document/无文号-"));
        let labels: Vec<String> = labels.map(|quad| quad.object.to_string()).collect();
        assert!(labels.contains(&format!("\"{chinese}\"@zh")), "{labels:?}");
        assert!(labels.contains(&format!("\"{english}\"@en")), "{labels:?}");
    }
}
