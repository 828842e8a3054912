//! Names of entities to what they stand for.
//!
//! In: titles and aliases of entries. Out: [`Names`], which finds them in a question. Guarantee: every form
//! comes from the entries; no word stands in the code. Surprising: the short form without the level
//! (发改委 for 市发改委) is derived from evidence: the character between the name of a place and the name of
//! the body (菏泽 市 发展改革委), or one that several groups of names all begin with.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};

use super::analysis::{Word, compact, segment};
use super::entry::{Entry, EntryKind};

/// So many entities must show a leading character before it counts as a level.
const LEVEL_ENTITIES_MIN: usize = 3;
/// A short form has at least so many characters.
const SHORT_CHARS_MIN: usize = 3;
/// Longer titles are sentences, not names.
const NAME_CHARS_MAX: usize = 40;

/// An entity with all its names in normalised form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// The entity; empty for words that mean the same and name none.
    pub(crate) iri: String,
    /// Its title and aliases.
    pub(crate) names: Vec<String>,
    /// Names without the character of their level.
    pub(crate) short: Vec<String>,
}

/// What a name means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Every form that means the same; none contains another of three characters or more.
    pub(crate) forms: Vec<String>,
    /// Forms without the place or level that was typed, which other entities have as well.
    pub(crate) local: Vec<String>,
    /// IRIs of the entities so named, ascending.
    pub(crate) iris: Vec<String>,
}

/// A name found in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// Characters of the question.
    pub(crate) range: Range<usize>,
    /// What is so named.
    pub(crate) meaning: Arc<Meaning>,
}

/// All names, searchable in a question.
#[derive(Debug, Default)]
pub(crate) struct Names {
    named: Vec<Named>,
    /// Ascending by their text.
    forms: Vec<Form>,
    by_iri: BTreeMap<String, usize>,
    automaton: Option<AhoCorasick>,
}

/// One form of names.
#[derive(Debug)]
struct Form {
    text: String,
    /// The places in `named` that have it.
    holders: Vec<usize>,
    /// What it means, worked out when it is first asked for: hundreds of bodies may be called so.
    meaning: OnceLock<Arc<Meaning>>,
}

/// The names that entries have, before anything is derived from them.
#[derive(Debug, Default)]
pub(crate) struct NamesGiven {
    /// Titles of places.
    places: BTreeSet<String>,
    /// Entities with their names, in the order of listing.
    groups: Vec<(String, Vec<String>)>,
    /// Words that mean the same.
    synonyms: Vec<Vec<String>>,
}

impl NamesGiven {
    /// Adds words that mean the same.
    pub(crate) fn add_synonyms(&mut self, words: &[String]) {
        self.synonyms.push(words.iter().map(|word| compact(word)).collect());
    }

    /// Adds the names of an entry. Those of a document, measure or target are none.
    pub(crate) fn add(&mut self, entry: &Entry) {
        if matches!(entry.kind, EntryKind::Document | EntryKind::Measure | EntryKind::Target) {
            return;
        }
        if entry.kind == EntryKind::Place {
            self.places.insert(compact(&entry.title));
        }
        let names = names_of(entry);
        if !names.is_empty() {
            self.groups.push((entry.iri.clone(), names));
        }
    }

    /// Adds the forms that follow from all names together.
    pub(crate) fn derive(self) -> Vec<Named> {
        let Self { places, groups, synonyms } = self;
        let mut evidence: BTreeMap<char, usize> = BTreeMap::new();
        for (_, names) in &groups {
            for level in levels_of(names) {
                *evidence.entry(level).or_default() += 1;
            }
        }
        let mut levels: BTreeSet<char> = evidence
            .into_iter()
            .filter(|&(_, entities)| entities >= LEVEL_ENTITIES_MIN)
            .map(|(level, _)| level)
            .collect();
        levels.extend(groups.iter().flat_map(|(_, names)| levels_by_place(names, &places)));
        let named = |(iri, mut names): (String, Vec<String>)| {
            for local in local_forms(&names, &levels) {
                if !names.contains(&local) {
                    names.push(local);
                }
            }
            for whole in whole_forms(&names) {
                if !names.contains(&whole) {
                    names.push(whole);
                }
            }
            let short = short_forms(&names, &levels);
            Named { iri, names, short }
        };
        let words = |names| Named { iri: String::new(), names, short: Vec::new() };
        groups.into_iter().map(named).chain(synonyms.into_iter().map(words)).collect()
    }
}

/// Title first, then aliases, normalised; without those that are too short or too long for a name.
fn names_of(entry: &Entry) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(&entry.title).chain(&entry.aliases) {
        let name = compact(name);
        if (2..=NAME_CHARS_MAX).contains(&name.chars().count()) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Leading characters that look like a level: the first of a name that ends the title, or the first
/// that all names share.
fn levels_of(names: &[String]) -> BTreeSet<char> {
    let Some((title, aliases)) = names.split_first() else { return BTreeSet::new() };
    let mut levels: BTreeSet<char> = aliases
        .iter()
        .filter(|alias| title.ends_with(alias.as_str()))
        .filter_map(|alias| alias.chars().next())
        .collect();
    let first = title.chars().next();
    if !aliases.is_empty() && aliases.iter().all(|alias| alias.chars().next() == first) {
        levels.extend(first);
    }
    levels
}

/// Leading characters that complete the name of a place: 市, where the title is 菏泽 + 市发展改革委.
fn levels_by_place(names: &[String], places: &BTreeSet<String>) -> BTreeSet<char> {
    let Some((title, aliases)) = names.split_first() else { return BTreeSet::new() };
    aliases
        .iter()
        .filter_map(|alias| {
            let level = alias.chars().next()?;
            let place = format!("{}{level}", title.strip_suffix(alias.as_str())?);
            places.contains(&place).then_some(level)
        })
        .collect()
}

/// The names of a group without the name of the place: where 菏泽 stands before 市发改委 in the title, it is
/// left out of 菏泽市发展和改革委员会 as well.
fn local_forms(names: &[String], levels: &BTreeSet<char>) -> Vec<String> {
    let Some((title, aliases)) = names.split_first() else { return Vec::new() };
    let places: Vec<&str> = aliases
        .iter()
        .filter(|alias| alias.chars().next().is_some_and(|first| levels.contains(&first)))
        .filter_map(|alias| title.strip_suffix(alias.as_str()))
        .filter(|place| !place.is_empty())
        .collect();
    let without_place = |name: &String| {
        let local = places.iter().find_map(|place| name.strip_prefix(place))?;
        let has_level = local.chars().next().is_some_and(|first| levels.contains(&first));
        (has_level && local.chars().count() > SHORT_CHARS_MIN).then(|| local.to_owned())
    };
    names.iter().filter_map(without_place).collect()
}

/// The names of a group with the name of the place: where 菏泽 stands before 市发展改革委 in the title, 菏泽市发改委 is a name as well.
fn whole_forms(names: &[String]) -> Vec<String> {
    let Some((title, aliases)) = names.split_first() else { return Vec::new() };
    let local = aliases.iter().filter(|alias| title.ends_with(alias.as_str()));
    let Some(local) = local.max_by_key(|alias| alias.len()) else { return Vec::new() };
    let Some(place) = title.strip_suffix(local.as_str()).filter(|place| place.chars().count() > 1)
    else {
        return Vec::new();
    };
    let first = local.chars().next();
    let of_level = aliases.iter().filter(|alias| alias.chars().next() == first);
    of_level.map(|alias| format!("{place}{alias}")).collect()
}

/// The names of a group without their level.
fn short_forms(names: &[String], levels: &BTreeSet<char>) -> Vec<String> {
    let mut short: Vec<String> = Vec::new();
    for name in names {
        let Some(level) = name.chars().next().filter(|level| levels.contains(level)) else {
            continue;
        };
        // 市场监管局 beside 市市场监管局: its first character is no level.
        let doubled = format!("{level}{name}");
        let rest: String = name.chars().skip(1).collect();
        if rest.chars().count() >= SHORT_CHARS_MIN
            && !names.iter().any(|other| other.ends_with(&doubled) || *other == rest)
            && !short.contains(&rest)
        {
            short.push(rest);
        }
    }
    short
}

impl Names {
    /// Prepares names for searching.
    pub(crate) fn new(named: Vec<Named>) -> Self {
        let listed = Self::listed(named);
        Self { automaton: AhoCorasick::new(listed.forms()).ok(), ..listed }
    }

    /// Names that are looked up by their entity only: none is found in a question.
    pub(crate) fn listed(named: Vec<Named>) -> Self {
        let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, entity) in named.iter().enumerate() {
            for form in entity.names.iter().chain(&entity.short) {
                holders.entry(form).or_default().push(place);
            }
        }
        let form = |(text, holders): (&str, _)| Form {
            text: text.to_owned(),
            holders,
            meaning: OnceLock::new(),
        };
        let forms = holders.into_iter().map(form).collect();
        let entities = (0..).zip(&named).filter(|(_, named)| !named.iri.is_empty());
        let by_iri = entities.map(|(place, named)| (named.iri.clone(), place)).collect();
        Self { named, forms, by_iri, automaton: None }
    }

    /// Every form, for the words of texts.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|form| form.text.as_str())
    }

    /// The IRIs of the entities that are called so, in normalised form.
    pub(crate) fn called(&self, form: &str) -> impl Iterator<Item = &str> {
        let known = self.place_of(form).and_then(|place| self.forms.get(place));
        let iris = known.into_iter().flat_map(|form| self.holders(form));
        iris.map(|named| named.iri.as_str()).filter(|iri| !iri.is_empty())
    }

    fn place_of(&self, form: &str) -> Option<usize> {
        self.forms.binary_search_by(|own| own.text.as_str().cmp(form)).ok()
    }

    fn holders<'a>(&'a self, form: &'a Form) -> impl Iterator<Item = &'a Named> {
        form.holders.iter().filter_map(|&place| self.named.get(place))
    }

    /// The entities with their names.
    pub(crate) fn named(&self) -> &[Named] {
        &self.named
    }

    /// The entity with this IRI.
    pub(crate) fn find_named(&self, iri: &str) -> Option<&Named> {
        self.by_iri.get(iri).and_then(|&place| self.named.get(place))
    }

    /// Names in `text`, which is normalised and without spaces: from the left, the longest first,
    /// without overlap. A name without another form, or of two characters, must end on word borders.
    pub(crate) fn find_in(&self, text: &str) -> Vec<NameMatch> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let words = segment(text);
        let chars_total = text.chars().count();
        let mut candidates: Vec<(Range<usize>, usize)> = automaton
            .find_overlapping_iter(text)
            .filter_map(|found| {
                let start = text.get(..found.start())?.chars().count();
                let end = start + text.get(found.range())?.chars().count();
                Some((start..end, found.pattern().as_usize()))
            })
            .filter(|(range, form)| {
                range.len() == chars_total || self.may_stand(*form, range, &words)
            })
            .collect();
        candidates.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
        let mut found: Vec<NameMatch> = Vec::new();
        for (range, form) in candidates {
            if found.last().is_none_or(|last| last.range.end <= range.start) {
                let meaning = self.meaning(form);
                found.extend(meaning.map(|meaning| NameMatch { range, meaning }));
            }
        }
        found
    }

    /// Whether a form may be read at `range` of a longer text.
    fn may_stand(&self, form: usize, range: &Range<usize>, words: &[Word<'_>]) -> bool {
        let has_other_form = self
            .forms
            .get(form)
            .is_some_and(|form| self.holders(form).any(|entity| entity.names.len() > 1));
        (has_other_form && range.len() >= SHORT_CHARS_MIN)
            || (words.iter().any(|word| word.start == range.start)
                && words.iter().any(|word| word.end == range.end))
    }

    /// What the form at this place means.
    fn meaning(&self, form: usize) -> Option<Arc<Meaning>> {
        let form = self.forms.get(form)?;
        Some(Arc::clone(form.meaning.get_or_init(|| Arc::new(self.work_out(form)))))
    }

    fn work_out(&self, form: &Form) -> Meaning {
        let typed = form.text.as_str();
        let mut forms: BTreeSet<&str> = BTreeSet::new();
        // What stands in the typed form before another name: the place or level.
        let mut before: BTreeSet<&str> = BTreeSet::new();
        for entity in self.holders(form) {
            forms.extend(entity.names.iter().map(String::as_str));
            if entity.short.iter().any(|short| short == typed) {
                forms.extend(entity.short.iter().map(String::as_str));
            }
            let names = entity.names.iter().chain(&entity.short);
            before.extend(names.filter_map(|name| typed.strip_suffix(name.as_str())));
        }
        before.remove("");
        // Who says which place or level means no other.
        let is_bare = |form: &&str| {
            before.iter().any(|before| forms.contains(format!("{before}{form}").as_str()))
        };
        let local: Vec<&str> = forms.iter().copied().filter(is_bare).collect();
        for form in &local {
            forms.remove(form);
        }
        let owned = |text: &str| text.to_owned();
        let kept = forms.iter().filter(|form| !self.holds_another(form, &forms));
        let iris = self.holders(form).map(|entity| &entity.iri).filter(|iri| !iri.is_empty());
        let mut iris: Vec<String> = iris.cloned().collect();
        iris.sort_unstable();
        Meaning {
            forms: kept.map(|form| owned(form)).collect(),
            local: local.into_iter().map(owned).collect(),
            iris,
        }
    }

    /// Whether another of `forms` with three characters or more stands in `form`.
    fn holds_another(&self, form: &str, forms: &BTreeSet<&str>) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        automaton.find_overlapping_iter(form).any(|found| {
            let inside = form.get(found.range()).unwrap_or_default();
            inside != form && inside.chars().count() >= SHORT_CHARS_MIN && forms.contains(inside)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(title: &str, aliases: &[&str]) -> Entry {
        Entry {
            iri: format!("https://example.org/{title}"),
            kind: EntryKind::Department,
            title: title.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            fields: Vec::new(),
            number: None,
            document: None,
            chapter: None,
            departments: Vec::new(),
            targets: Vec::new(),
            tags: Vec::new(),
            date: None,
            deadline: None,
        }
    }

    fn place(title: &str) -> Entry {
        Entry { kind: EntryKind::Place, ..department(title, &[]) }
    }

    fn named(entries: &[Entry]) -> Vec<Named> {
        let mut given = NamesGiven::default();
        for entry in entries {
            given.add(entry);
        }
        given.derive()
    }

    fn forms_of(entries: &[Entry], typed: &str) -> Vec<String> {
        let names = Names::new(named(entries));
        names.find_in(typed).into_iter().flat_map(|found| found.meaning.forms.clone()).collect()
    }

    #[test]
    fn a_short_form_without_the_level_means_all_names_of_the_body() {
        let entries =
            [place("丙丁市"), department("丙丁市发展改革委", &["市发展改革委", "市发改委"])];
        assert_eq!(forms_of(&entries, "发改委"), ["发展改革委", "发改委"]);
        assert_eq!(forms_of(&entries, "市发改委"), ["市发展改革委", "市发改委"]);
    }

    #[test]
    fn who_names_the_place_means_no_other() {
        let entries = [
            place("丙丁市"),
            department("丙丁市发展改革委", &["发改委", "市发展改革委", "市发改委"]),
        ];
        assert_eq!(forms_of(&entries, "丙丁市发改委"), ["丙丁市发展改革委", "丙丁市发改委"]);
        assert!(!forms_of(&entries, "市发改委").contains(&"发改委".to_owned()));
    }

    #[test]
    fn the_place_is_left_out_of_every_name_that_begins_with_it() {
        let entries = [
            place("丙丁市"),
            department("丙丁市发展改革委", &["市发展改革委", "丙丁市发展和改革委员会"]),
        ];
        let forms = forms_of(&entries, "发展改革委");
        assert_eq!(forms, ["发展和改革委员会", "发展改革委"]);
    }

    #[test]
    fn a_level_that_three_bodies_show_needs_no_place() {
        let entries = [
            department("市发展改革委", &["市发改委"]),
            department("市住房城乡建设局", &["市住建局"]),
            department("市卫生健康委", &["市卫健委"]),
        ];
        assert_eq!(forms_of(&entries, "卫健委"), ["卫健委", "卫生健康委"]);
        assert!(forms_of(&entries[..1], "发改委").is_empty());
    }

    #[test]
    fn the_first_character_of_a_proper_name_is_no_level() {
        let entries = [
            place("丙丁市"),
            department("丙丁市市场监管局", &["市市场监管局", "市场监管局", "市市监局"]),
        ];
        let named = named(&entries);
        assert!(!named.iter().any(|entity| entity.short.contains(&"场监管局".to_owned())));
        assert!(forms_of(&entries, "市监局").contains(&"市场监管局".to_owned()));
    }

    #[test]
    fn a_name_inside_other_words_is_not_read() {
        let entries = [place("单县")];
        assert!(forms_of(&entries, "清单县区").is_empty());
        assert_eq!(forms_of(&entries, "支持单县"), ["单县"]);
    }
}
