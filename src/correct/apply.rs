//! Corrections to documents.
//!
//! In: the entries of all files, then each document of a build. Out: corrected documents; at the end, whether every entry
//! found its document. Guarantee: entries apply in the order of their files, each to the document as corrected so far, so
//! one entry may change a value and a later one the unit of the same target.

use super::CorrectionError;
use super::entry::{Entry, parse_entries};
use super::fact::{Fact, find_facts, set_value};
use crate::document::{Document, Finding, FindingKind, Located};

/// How many facts an error lists as what was found instead.
const LISTED_MAX: usize = 5;

/// All corrections of a build.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    entries: Vec<Entry>,
    /// For each entry, the number of documents that it was applied to.
    documents: Vec<usize>,
}

impl Corrections {
    /// Adds the entries of `table`; `file` is its name in messages.
    ///
    /// # Errors
    /// Names the line that cannot be used.
    pub fn add(&mut self, file: &str, table: &str) -> Result<(), CorrectionError> {
        self.entries.extend(parse_entries(file, table)?);
        self.documents.resize(self.entries.len(), 0);
        Ok(())
    }

    /// Corrects the document read from `file_name`, adds a finding for each correction, and counts the document as met.
    ///
    /// # Errors
    /// As [`Corrections::apply_to`].
    pub fn apply(
        &mut self,
        file_name: &str,
        document: &mut Document,
        findings: &mut Vec<Finding>,
    ) -> Result<(), CorrectionError> {
        let number = number_of(document);
        self.apply_to(file_name, document, findings)?;
        self.meet(file_name, number.as_deref());
        Ok(())
    }

    /// Corrects the document read from `file_name`, and adds a finding for each correction.
    ///
    /// # Errors
    /// Names an entry that matches no fact of the document, or several, and says what was found instead.
    pub fn apply_to(
        &self,
        file_name: &str,
        document: &mut Document,
        findings: &mut Vec<Finding>,
    ) -> Result<(), CorrectionError> {
        let number = number_of(document);
        for (_, entry) in self.entries_of(file_name, number.as_deref()) {
            let fact = find_fact(document, entry)?;
            set_value(document, fact.slot, entry).map_err(|right| entry.problem(right))?;
            findings.push(Finding {
                kind: FindingKind::Corrected,
                at: Located::new(entry.note(), fact.span),
                item: fact.item,
            });
        }
        Ok(())
    }

    /// Takes note that the document read from `file_name`, with this number before it was corrected, is one of the build.
    pub fn meet(&mut self, file_name: &str, number: Option<&str>) {
        let met: Vec<usize> = self.entries_of(file_name, number).map(|(place, _)| place).collect();
        for place in met {
            if let Some(documents) = self.documents.get_mut(place) {
                *documents += 1;
            }
        }
    }

    /// All that the entries for a document say, as text: what the corrected document follows from beside the document itself.
    pub fn text_of(&self, file_name: &str, number: Option<&str>) -> String {
        let entries: Vec<&Entry> =
            self.entries_of(file_name, number).map(|(_, entry)| entry).collect();
        if entries.is_empty() { String::new() } else { format!("{entries:?}") }
    }

    /// The entries for a document, with their places.
    fn entries_of<'a>(
        &'a self,
        file_name: &'a str,
        number: Option<&'a str>,
    ) -> impl Iterator<Item = (usize, &'a Entry)> {
        self.entries.iter().enumerate().filter(move |(_, entry)| {
            entry.document == file_name || number == Some(&*entry.document)
        })
    }

    /// Checks, after all documents, that each entry was for exactly one of them.
    ///
    /// # Errors
    /// Names the first entry whose document was not read, or was read more than once.
    pub fn finish(&self) -> Result<(), CorrectionError> {
        for (entry, count) in self.entries.iter().zip(&self.documents) {
            if *count != 1 {
                let document = &entry.document;
                return Err(entry.problem(format!(
                    "{count} documents of this build have the number or file name `{document}`, not 1"
                )));
            }
        }
        Ok(())
    }
}

/// The number of a document, as entries give it.
pub fn number_of(document: &Document) -> Option<String> {
    document.header.number.as_ref().map(|number| number.value.to_string())
}

/// The one fact of `document` that `entry` names.
fn find_fact(document: &Document, entry: &Entry) -> Result<Fact, CorrectionError> {
    let facts = find_facts(document, entry.field);
    let named = |fact: &&Fact| {
        fact.place == entry.place
            && (entry.find.is_empty() || fact.words == entry.find)
            && is_same(&fact.value, &entry.old)
    };
    let mut matches = facts.iter().filter(named);
    let count = matches.clone().count();
    match (matches.next(), count) {
        (Some(only), 1) => Ok(only.clone()),
        _ => Err(entry.problem(describe_mismatch(&facts, entry, count))),
    }
}

/// Whether a value is the one that an entry expects; 57 and 57.0 are one number.
fn is_same(value: &str, expected: &str) -> bool {
    let number = |words: &str| words.parse::<f64>().ok();
    value == expected || number(value).is_some_and(|one| number(expected) == Some(one))
}

/// What was found instead: the facts at the place, else where the old value stands.
fn describe_mismatch(facts: &[Fact], entry: &Entry, count: usize) -> String {
    let Entry { place, old, field_name, .. } = entry;
    let show = |fact: &&Fact| format!("`{}` of `{}`", fact.value, fact.words);
    let head = format!("{count} facts match, not 1: `{place}` has ");
    let here: Vec<String> =
        facts.iter().filter(|fact| fact.place == *place).map(|fact| show(&fact)).collect();
    let elsewhere = facts.iter().filter(|fact| fact.value == *old).map(|fact| &*fact.place);
    let elsewhere: Vec<&str> = elsewhere.collect();
    let listed = |all: &[String]| {
        all.iter().take(LISTED_MAX).map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    match (here.is_empty(), elsewhere.is_empty()) {
        (false, _) => format!("{head}{field_name} {}", listed(&here)),
        (true, true) => format!("{head}no {field_name}, and `{old}` stands nowhere else"),
        (true, false) => {
            let places: Vec<String> = elsewhere.iter().map(|at| format!("`{at}`")).collect();
            format!("{head}no {field_name}, but `{old}` stands at {}", listed(&places))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{
        Assignment, Basis, Citation, DocumentNumber, DueBy, Item, ItemClass, Qualifier, Quantity,
        Relation, Role, Target,
    };
    use crate::text::Span;

    fn at<T>(value: T, byte_start: usize) -> Located<T> {
        Located::new(value, Span::new(byte_start, byte_start + 3))
    }

    /// Two items; the second has two assignments, two targets of one wording, and a citation. Invented.
    fn document() -> Document {
        let target = |byte_start| Target {
            item: Some(1),
            indicator: at("绿道长度".to_owned(), byte_start),
            quantity: Quantity {
                number: Some("17".to_owned()),
                number_upper: None,
                unit: Some("公里".to_owned()),
                qualifier: Qualifier::Reach,
                text: at("17公里".to_owned(), byte_start),
            },
            basis: Basis::Level,
            deadline: None,
            recurrence: None,
            baseline_year: None,
            compared_with: None,
            base_scope: None,
            item_condition: None,
            modality: None,
            span: Span::new(byte_start, byte_start + 9),
        };
        let item = |path: &[u32], heading: &str, parent| Item {
            path: path.to_vec(),
            number: at("1".to_owned(), 0),
            heading: at(heading.to_owned(), 30),
            class: ItemClass::Measure,
            parent,
            span: Span::new(30, 90),
            assignments: Vec::new(),
            truncated: false,
        };
        let assigned = |name: &str, byte_start| Assignment {
            agent: at(name.to_owned(), byte_start),
            role: Role::Lead,
        };
        let mut second = item(&[1, 2], "建设绿道", Some(0));
        second.assignments = vec![assigned("市住建局", 60), assigned("市水利局", 70)];
        let mut document = Document {
            items: vec![item(&[1], "实施行动", None), second],
            targets: vec![target(40), target(50)],
            citations: vec![Citation {
                item: None,
                title: Some(at("绿道试验办法".to_owned(), 9)),
                number: None,
                relation: Relation::Cites,
                span: Span::new(6, 15),
            }],
            ..Document::default()
        };
        let number = DocumentNumber::Coded { code: "某政发".to_owned(), year: 2031, serial: 7 };
        document.header.number = Some(at(number, 3));
        document
    }

    /// The document after the entries `lines`, tab-separated.
    fn corrected(lines: &str) -> Result<(Document, Vec<Finding>), String> {
        let table =
            format!("document\tplace\tfind\tfield\told\tnew\treason\n{}", lines.replace('|', "\t"));
        let (mut document, mut findings) = (document(), Vec::new());
        let mut corrections = Corrections::default();
        let done = corrections
            .add("a.tsv", &table)
            .and_then(|()| corrections.apply("a.txt", &mut document, &mut findings))
            .and_then(|()| corrections.finish());
        done.map(|()| (document, findings)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_corrected_value_keeps_the_span_it_was_read_from() {
        let lines = "某政发〔2031〕7号|1/2|市住建局|department|市住建局|市住房城乡建设局|简称";
        let (document, findings) = corrected(lines).unwrap();
        let agent = &document.items[1].assignments[0].agent;
        assert_eq!((agent.value.as_str(), agent.span.byte_start), ("市住房城乡建设局", 60));
        assert_eq!(findings[0].at.span, agent.span);
        assert_eq!(findings[0].kind, FindingKind::Corrected);
        assert_eq!(findings[0].at.value, "department: 市住建局 → 市住房城乡建设局; 简称");
    }

    #[test]
    fn a_document_is_found_by_number_or_file_name() {
        let lines = "a.txt|1/2||heading|建设绿道|建设海滨绿道|标题漏字
某政发〔2031〕7号|||number|某政发〔2031〕7号|某政发〔2031〕17号|印刷错误
某政发〔2031〕7号|||title||某市绿道试验方案|原文无标题";
        let (document, _) = corrected(lines).unwrap();
        assert_eq!(document.items[1].heading.value, "建设海滨绿道");
        assert_eq!(document.header.number.unwrap().value.to_string(), "某政发〔2031〕17号");
        assert_eq!(document.header.title.unwrap().value, "某市绿道试验方案");
    }

    #[test]
    fn several_fields_of_one_fact_are_corrected_one_after_the_other() {
        let lines = "a.txt|1/2|市水利局|role|lead|support|配合单位
a.txt|1/2|市水利局|department|市水利局|市水务局|更名
a.txt||绿道试验办法|cited_number||某政发〔2030〕2号|补文号";
        let (document, findings) = corrected(lines).unwrap();
        let assignment = &document.items[1].assignments[1];
        assert_eq!((assignment.role, &*assignment.agent.value), (Role::Support, "市水务局"));
        let number = document.citations[0].number.as_ref().unwrap();
        assert_eq!(number.value.to_string(), "某政发〔2030〕2号");
        assert_eq!(findings.len(), 3);
    }

    #[test]
    fn an_entry_that_matches_two_facts_is_an_error_that_lists_them() {
        assert_eq!(
            corrected("a.txt|1/2|17公里|value|17|18|误读").unwrap_err(),
            "a.tsv, line 2: 2 facts match, not 1: `1/2` has value `17` of `17公里`, `17` of `17公里`"
        );
    }

    #[test]
    fn an_entry_that_matches_nothing_says_what_stands_there_instead() {
        assert_eq!(
            corrected("a.txt|1/2|市住建局|department|市住房局|市住建局|误读").unwrap_err(),
            "a.tsv, line 2: 0 facts match, not 1: `1/2` has department `市住建局` of `市住建局`, `市水利局` of `市水利局`"
        );
        assert_eq!(
            corrected("a.txt|1/3|市住建局|department|市住建局|市住房局|误读").unwrap_err(),
            "a.tsv, line 2: 0 facts match, not 1: `1/3` has no department, but `市住建局` stands at `1/2`"
        );
    }

    #[test]
    fn a_whole_fact_is_removed_by_an_empty_new_value() {
        let lines = "a.txt|1/2|市住建局|assignment|市住建局||不是责任单位
a.txt||绿道试验办法|citation|绿道试验办法||不是引用";
        let (document, _) = corrected(lines).unwrap();
        assert_eq!(document.items[1].assignments[0].agent.value, "市水利局");
        assert_eq!(document.citations, []);
    }

    #[test]
    fn every_field_of_a_target_can_be_corrected() {
        let mut document = document();
        document.targets.pop();
        let lines = "a.txt\t1/2\t17公里\tindicator\t绿道长度\t海滨绿道长度\t误读
a.txt\t1/2\t17公里\tvalue\t17.0\t18.5\t误读
a.txt\t1/2\t17公里\tunit\t公里\t万米\t误读
a.txt\t1/2\t17公里\tcomparator\treach\tat_least\t误读
a.txt\t1/2\t17公里\tdeadline\t\t2032-06\t误读";
        let mut corrections = Corrections::default();
        let header = "document\tplace\tfind\tfield\told\tnew\treason\n";
        corrections.add("a.tsv", &format!("{header}{lines}")).unwrap();
        corrections.apply("a.txt", &mut document, &mut Vec::new()).unwrap();
        let target = &document.targets[0];
        assert_eq!(target.indicator.value, "海滨绿道长度");
        assert_eq!(target.quantity.number.as_deref(), Some("18.5"));
        assert_eq!(target.quantity.unit.as_deref(), Some("万米"));
        assert_eq!(target.quantity.qualifier, Qualifier::AtLeast);
        assert_eq!(target.deadline.as_ref().unwrap().due, DueBy::Month(2032, 6));
        assert_eq!(target.quantity.text.value, "17公里");
    }

    #[test]
    fn a_new_value_that_is_none_of_its_field_says_what_would_be_right() {
        assert_eq!(
            corrected("a.txt|1/2|市住建局|role|lead|牵头|误读").unwrap_err(),
            "a.tsv, line 2: `牵头` is no role; there are lead, responsible, shared, support, guide"
        );
    }

    #[test]
    fn an_entry_for_a_document_that_was_not_read_is_an_error() {
        assert_eq!(
            corrected("b.txt|||title|甲|乙|误读").unwrap_err(),
            "a.tsv, line 2: 0 documents of this build have the number or file name `b.txt`, not 1"
        );
    }
}
