//! The documents that a comparison is asked for. In: `d`, once or several times, each a number in any spelling, an IRI, a path here or a title, or several of them; out: documents, and what names none.
//! Guarantee: a text that was pasted by mistake costs a bounded number of look-ups. Surprising: a line is one name before it is several, because numbers and titles are typed with spaces and commas.

use oxigraph::model::NamedNode;

use crate::graph::vocabulary::zt;
use crate::index::{EntryKind, Mode, Normalized, Search, compact, simplify};
use crate::service::address::canonical_name;
use crate::service::limits::COMPARED_MAX;
use crate::service::lookup::Lookup;
use crate::service::request::Ask;

/// Names that are looked at; each costs a few look-ups.
const PIECES_MAX: usize = 50;

/// Names that are searched for in the index.
const SEARCHES_MAX: usize = 24;

/// Hits among which the document of a number or a title is looked for.
const HITS_MAX: usize = 20;

/// Characters of a title that is searched for: fewer are a word, more are a text.
const TITLE_CHARS: std::ops::RangeInclusive<usize> = 4..=200;

/// Documents asked for, each once.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) documents: Vec<NamedNode>,
    /// What was typed and names no document.
    pub(super) unknown: Vec<String>,
    pub(super) too_many: bool,
}

/// The documents that the parameters name.
pub(super) fn wanted(lookup: Lookup<'_>, ask: &Ask) -> Wanted {
    let wanted = Wanted::default();
    let mut reading =
        Reading { lookup, wanted, pieces_left: PIECES_MAX, searches_left: SEARCHES_MAX };
    for line in ask.parameters.all("d").flat_map(str::lines).map(str::trim) {
        if !line.is_empty() {
            reading.read_line(line);
        }
    }
    reading.wanted
}

impl Wanted {
    fn add(&mut self, documents: Vec<NamedNode>) {
        for document in documents {
            if self.documents.contains(&document) {
                continue;
            }
            if self.documents.len() == COMPARED_MAX {
                self.too_many = true;
                return;
            }
            self.documents.push(document);
        }
    }

    fn add_unknown(&mut self, typed: &str) {
        // A page is not filled with what was pasted by mistake.
        if self.unknown.len() < COMPARED_MAX {
            self.unknown.push(typed.chars().take(80).collect());
        }
    }
}

/// The parameters as far as they are read.
struct Reading<'s> {
    lookup: Lookup<'s>,
    wanted: Wanted,
    pieces_left: usize,
    searches_left: usize,
}

impl Reading<'_> {
    fn read_line(&mut self, line: &str) {
        let is_border = |c: char| matches!(c, ',' | '，' | ';' | '；' | '、');
        let parts = line.split(is_border).map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.take(PIECES_MAX).collect();
        if parts.len() > 1 {
            match self.find(line) {
                found if found.is_empty() => {}
                found => return self.wanted.add(found),
            }
        }
        for part in parts {
            if self.pieces_left == 0 {
                return;
            }
            self.read_part(part);
        }
    }

    /// One name, else several with spaces between them.
    fn read_part(&mut self, part: &str) {
        let whole = self.find(part);
        if !whole.is_empty() {
            return self.wanted.add(whole);
        }
        let words: Vec<&str> = part.split_whitespace().take(PIECES_MAX).collect();
        if words.len() < 2 {
            return self.wanted.add_unknown(part);
        }
        let found: Vec<Vec<NamedNode>> = words.iter().map(|word| self.find(word)).collect();
        // Where no word is a name, they were meant as one.
        if found.iter().all(Vec::is_empty) {
            return self.wanted.add_unknown(part);
        }
        for (word, documents) in words.iter().zip(found) {
            if documents.is_empty() {
                self.wanted.add_unknown(word);
            } else {
                self.wanted.add(documents);
            }
        }
    }

    /// The documents of this name: one, but for a title that several have.
    fn find(&mut self, typed: &str) -> Vec<NamedNode> {
        let Some(left) = self.pieces_left.checked_sub(1) else { return Vec::new() };
        self.pieces_left = left;
        if let Some(document) = at_path(self.lookup, typed) {
            return vec![document];
        }
        let Some(left) = self.searches_left.checked_sub(1) else { return Vec::new() };
        let number = number_parts(typed);
        let title = compact(typed.trim_matches(['《', '》', '“', '”', '"']));
        if is_number(&number) {
            self.searches_left = left;
            let found = self.search(typed, false);
            let property = zt::DOCUMENT_NUMBER;
            let has_it = |node: &NamedNode| {
                number_parts(&self.lookup.text_or_empty(node, property)) == number
            };
            return found.into_iter().filter(has_it).collect();
        }
        if !TITLE_CHARS.contains(&title.chars().count()) {
            return Vec::new();
        }
        self.searches_left = left;
        let found = self.search(&title, true);
        let has_it = |node: &NamedNode| {
            let title_of = self.lookup.text_or_empty(node, zt::TITLE);
            [title_of, self.lookup.label(node)].iter().any(|name| compact(name) == title)
        };
        found.into_iter().filter(has_it).collect()
    }

    /// The first documents that a search finds.
    fn search(&self, words: &str, titles_only: bool) -> Vec<NamedNode> {
        let search = Search {
            words: words.to_owned(),
            kinds: vec![EntryKind::Document],
            mode: if titles_only { Mode::Exact } else { Mode::Smart },
            titles_only,
            hits_max: HITS_MAX,
            ..Search::default()
        };
        let hits = self.lookup.site.index.search(&search).hits.into_iter();
        hits.filter_map(|hit| NamedNode::new(hit.iri).ok()).collect()
    }
}

/// The document that `typed` is the number or the IRI of, or the path here.
fn at_path(lookup: Lookup<'_>, typed: &str) -> Option<NamedNode> {
    let path = typed.trim_start_matches('/');
    let named = canonical_name(&format!("document/{path}"));
    let spellings = [
        NamedNode::new(typed).ok(),
        lookup.site.iri(path),
        lookup.site.iri(&named),
        lookup.site.iri(&simplify(&named)),
    ];
    let is_document = |node: &NamedNode| lookup.is_a(node, zt::POLICY_DOCUMENT);
    spellings.into_iter().flatten().find(is_document)
}

/// Letters and digits of a document number, apart from one another and without what may be written differently or left out: brackets, spaces, 年, 第, 号, zeros before.
fn number_parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for &c in Normalized::of(text).chars() {
        let is_part = c.is_alphanumeric() && !matches!(c, '年' | '第' | '号');
        if is_part {
            let goes_on = last.is_some_and(|last| last.is_ascii_digit() == c.is_ascii_digit());
            match parts.last_mut().filter(|_| goes_on) {
                Some(part) => part.push(c),
                None => parts.push(c.to_string()),
            }
        }
        last = is_part.then_some(c);
    }
    parts.iter().map(|part| part.trim_start_matches('0').to_owned()).collect()
}

/// Whether these are letters, a year and a number in it.
fn is_number(parts: &[String]) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts {
        [letters, year, number] => {
            !is_digits(letters) && year.len() == 4 && is_digits(year) && is_digits(number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_of_a_number_has_the_same_parts() {
        for spelling in [
            "甲政发〔2031〕1号",
            "甲政发2031 1号",
            "甲政发2031年第1号",
            "甲政發［２０３１］０１号",
            "甲政发 2031-1",
        ] {
            let parts = number_parts(spelling);
            assert_eq!(parts, ["甲政发", "2031", "1"], "{spelling}");
            assert!(is_number(&parts), "{spelling}");
        }
        assert!(!is_number(&number_parts("到2031年建成10个公园")));
        assert!(!is_number(&number_parts("甲政发20311号")));
    }
}
