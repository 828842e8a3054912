//! The documents that a text names, as `extract --format json` prints them. In: citations; out: one entry a document, in the
//! order of the text. The surprise: a law is the same with or without its country, and one title may be of several notices.

use super::{Citation, Relation};
use crate::text::{CharRange, Text};
use serde::Serialize;
use std::collections::HashSet;

/// A cited document.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceReport {
    /// Title without 《》.
    pub title: Option<String>,
    /// 发文字号 in canonical form.
    pub number: Option<String>,
    /// `implements`, `repeals` or `cites`.
    pub relation: &'static str,
    /// The relation as the text words it.
    pub relation_exact: &'static str,
    /// Where it is named first.
    pub at: CharRange,
}

/// Each document once, with its number wherever that stands. Notices of one title and different numbers are several.
pub(super) fn report_references(text: &Text, citations: &[Citation]) -> Vec<ReferenceReport> {
    let numbers: HashSet<String> = citations
        .iter()
        .filter(|one| one.title.is_some())
        .filter_map(|one| one.number.as_ref())
        .map(|number| number.value.to_string())
        .collect();
    let mut references: Vec<ReferenceReport> = Vec::new();
    for citation in citations {
        let title = citation.title.as_ref().map(|title| title.value.clone());
        let number = citation.number.as_ref().map(|number| number.value.to_string());
        // A number alone is no second document where a title came with it.
        let again =
            title.is_none() && number.as_ref().is_some_and(|number| numbers.contains(number));
        let known =
            references.iter_mut().find(|known| is_one(known, title.as_deref(), number.as_deref()));
        if let Some(known) = known {
            known.number = known.number.take().or(number);
            continue;
        }
        if again {
            continue;
        }
        let (relation, relation_exact) = relation_names(citation.relation);
        references.push(ReferenceReport {
            title,
            number,
            relation,
            relation_exact,
            at: text.source_range(citation.span),
        });
    }
    references
}

/// A law is named with or without its country.
fn short(title: &str) -> &str {
    title.trim_start_matches("中华人民共和国")
}

/// Whether a document of this title and number is the one that is `known`: by its title, or by its number where a title leaves
/// out words (the issuer's name, or what stood in 〈〉). Two plans that one notice issues share its number, not their titles.
fn is_one(known: &ReferenceReport, title: Option<&str>, number: Option<&str>) -> bool {
    let known_number = known.number.as_deref();
    let differs = known_number.is_some() && number.is_some() && known_number != number;
    let same_title = known.title.as_deref().map(short) == title.map(short);
    let same_number = number.is_some() && known_number == number;
    let nearly = || match (known.title.as_deref(), title) {
        (Some(one), Some(other)) => leaves_out_words(one, other) || leaves_out_words(other, one),
        _ => false,
    };
    (same_title && !differs && (title.is_some() || known_number == number))
        || (same_number && nearly())
}

/// Whether `short` is `long` without some of its characters.
fn leaves_out_words(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

const fn relation_names(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::Implements => ("implements", "implements"),
        Relation::BasedOn => ("implements", "based_on"),
        Relation::Forwards => ("cites", "forwards"),
        Relation::Repeals => ("repeals", "repeals"),
        Relation::Amends => ("cites", "amends"),
        Relation::Cites => ("cites", "cites"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentNumber, Located};
    use crate::text::Span;

    fn shown(cited: &[(&str, Option<u32>)]) -> Vec<(Option<String>, Option<String>)> {
        let text = Text::from_source("某".into());
        let at = Span::new(0, 0);
        let cite = |&(title, serial): &(&str, Option<u32>)| {
            let number = serial.map(|serial| {
                let code = "某园发".to_owned();
                Located::new(DocumentNumber::Coded { code, year: 2031, serial }, at)
            });
            let title = Some(Located::new(title.to_owned(), at));
            Citation { item: None, title, number, relation: Relation::Cites, span: at }
        };
        let citations: Vec<Citation> = cited.iter().map(cite).collect();
        let entry = |one: ReferenceReport| (one.title, one.number);
        report_references(&text, &citations).into_iter().map(entry).collect()
    }

    #[test]
    fn a_title_with_another_number_is_another_document() {
        let twice = shown(&[("种树通知", Some(2)), ("种树通知", Some(5)), ("种树通知", None)]);
        assert_eq!(twice.len(), 2);
        let law = shown(&[("苗圃法", None), ("中华人民共和国苗圃法", None)]);
        assert_eq!(law, [(Some("苗圃法".to_owned()), None)]);
    }

    #[test]
    fn a_title_that_leaves_out_words_is_of_the_same_document_by_its_number() {
        let again = shown(&[("某部关于种树的通知", Some(2)), ("关于种树的通知", Some(2))]);
        assert_eq!(again.len(), 1);
        assert_eq!(shown(&[("种树办法", Some(2)), ("治水办法", Some(2))]).len(), 2);
    }

    #[test]
    fn a_number_that_stands_at_the_second_mention_is_taken() {
        let one = shown(&[("种树通知", None), ("种树通知", Some(5))]);
        assert_eq!(one, [(Some("种树通知".to_owned()), Some("某园发〔2031〕5号".to_owned()))]);
    }
}
