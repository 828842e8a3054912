//! The names of places as texts print them, to be found in a text again: the graph says which items mention a place, not where. In: a graph, a text, the places that it mentions; out: where
//! their names stand. Guarantee: one pass over the text, at most so many of them. Surprising: all places are looked for, so that a name inside the longer name of a place that is not
//! mentioned is none (城市 in 晋城市); what remains is a reading of ours, with the rules of the extraction for short names.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::limits::{PLACE_MARKS_MAX, PLACES_NAMED_MAX};
use crate::graph::vocabulary::{skos, zt};
use crate::store::Store;

/// Characters before a name of two that make it part of another word: 清单县区 has no 单县.
const GLUE: [char; 16] = [
    '清', '菜', '名', '订', '账', '传', '保', '榜', '简', '凭', '表', '示', '相', '对', '适', '时',
];

/// Level of counties: their short names are common words (和平, 城关).
const COUNTY_LEVEL: usize = 3;

/// A place that has a name.
struct Named {
    place: NamedNode,
    /// Whether the name lacks the word of its level: 山东.
    is_short: bool,
    /// Whether it is a county or below.
    is_county: bool,
}

/// The names of all places of a release.
pub(crate) struct PlaceNames {
    /// None where there are no places.
    finder: Option<AhoCorasick>,
    /// In the order of the names that are looked for: several places may have one.
    named: Vec<Vec<Named>>,
}

impl PlaceNames {
    /// Reads the places of a graph.
    pub(crate) fn of(store: &Store) -> Self {
        let class = Some(zt::PLACE_CLASS.into());
        let places =
            store.triples(None, Some(rdf::TYPE), class).filter_map(|triple| match triple.subject {
                NamedOrBlankNode::NamedNode(place) => Some(place),
                NamedOrBlankNode::BlankNode(_) => None,
            });
        let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for place in places.take(PLACES_NAMED_MAX) {
            let level = literals(store, &place, zt::LEVEL).pop();
            let level = level.and_then(|level| level.parse().ok()).unwrap_or(COUNTY_LEVEL);
            for (property, is_short) in [(rdfs::LABEL, false), (skos::ALT_LABEL, true)] {
                for name in literals(store, &place, property) {
                    // One character means nothing.
                    if name.chars().count() > 1 {
                        let is_county = level >= COUNTY_LEVEL;
                        let one = Named { place: place.clone(), is_short, is_county };
                        names.entry(name).or_default().push(one);
                    }
                }
            }
        }
        Self { finder: AhoCorasick::new(names.keys()).ok(), named: names.into_values().collect() }
    }

    /// Where a text names one of the places in `mentioned`, in its order, by bytes.
    pub(crate) fn find<'m>(
        &self,
        text: &str,
        mentioned: &'m HashMap<NamedNode, String>,
    ) -> Vec<(Range<usize>, &'m NamedNode)> {
        let Some(finder) = self.finder.as_ref().filter(|_| !mentioned.is_empty()) else {
            return Vec::new();
        };
        let mut found: Vec<(Range<usize>, Option<&NamedNode>)> = Vec::new();
        for one in finder.find_overlapping_iter(text) {
            let named = self.named.get(one.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
            let known = named.iter().find_map(|named| {
                let (place, _) = mentioned.get_key_value(&named.place)?;
                means(text, &one.range(), named).then_some(place)
            });
            // Short names of places that are not mentioned are mere words.
            if known.is_some() || named.iter().any(|named| !named.is_short) {
                found.push((one.range(), known));
            }
        }
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        let known = found.into_iter().filter_map(|(range, place)| Some((range, place?)));
        known.take(PLACE_MARKS_MAX).collect()
    }
}

/// Whether the words at `range` mean the place and are no part of another word.
fn means(text: &str, range: &Range<usize>, named: &Named) -> bool {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, after) = (part(0..range.start), part(range.end..text.len()));
    if part(range.clone()).chars().count() == 2 && before.ends_with(GLUE) {
        return false;
    }
    let is_listed = before.ends_with(['、', '，', ',']) || after.starts_with(['、', '和']);
    !(named.is_short && named.is_county) || is_listed || after.starts_with(['市', '县', '区'])
}

/// The values of a property in Chinese or in no language.
fn literals(store: &Store, subject: &NamedNode, property: NamedNodeRef<'_>) -> Vec<String> {
    let triples = store.triples(Some(subject.as_ref().into()), Some(property), None);
    let values = triples.filter_map(|triple| match triple.object {
        Term::Literal(value) if value.language().is_none_or(|tag| tag.starts_with("zh")) => {
            Some(value.value().to_owned())
        }
        Term::Literal(_) | Term::NamedNode(_) | Term::BlankNode(_) => None,
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, Quad};

    /// Places with code, name, short name and level, and the words found in a text that mentions some of them.
    fn found(text: &str, mentioned: &[&str]) -> Vec<(String, String)> {
        let node = |code: &str| NamedNode::new(format!("http://example.org/{code}")).unwrap();
        let places = [
            ("1", "山东省", "山东", 1),
            ("2", "晋城市", "晋城", 2),
            ("3", "城市", "", 3),
            ("4", "单县", "", 3),
            ("5", "和平区", "和平", 3),
        ];
        let quads = places.iter().flat_map(|(code, name, short, level)| {
            let quad = |property: NamedNodeRef<'_>, object: Term| {
                Quad::new(node(code), property.into_owned(), object, GraphName::DefaultGraph)
            };
            let chinese = |name: &str| Literal::new_language_tagged_literal(name, "zh").unwrap();
            [
                quad(rdf::TYPE, zt::PLACE_CLASS.into_owned().into()),
                quad(rdfs::LABEL, chinese(name).into()),
                quad(skos::ALT_LABEL, chinese(short).into()),
                quad(zt::LEVEL, Literal::from(*level).into()),
            ]
        });
        let names = PlaceNames::of(&Store::from_quads(quads));
        let mentioned = mentioned.iter().map(|code| (node(code), String::new())).collect();
        let found = names.find(text, &mentioned);
        let told = found.into_iter().map(|(range, place)| {
            (
                text.get(range).unwrap().to_owned(),
                place.as_str().rsplit('/').next().unwrap().to_owned(),
            )
        });
        told.collect()
    }

    fn words(text: &str, mentioned: &[&str]) -> Vec<String> {
        found(text, mentioned).into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn each_time_that_a_text_names_a_place_is_found() {
        assert_eq!(words("支持单县，单县和山东。", &["1", "4"]), ["单县", "单县", "山东"]);
    }

    #[test]
    fn the_longer_name_of_a_place_is_found_as_a_whole() {
        assert_eq!(words("在山东省和山东", &["1"]), ["山东省", "山东"]);
    }

    #[test]
    fn a_name_inside_that_of_a_place_that_is_not_mentioned_is_none() {
        assert_eq!(words("晋城市与城市", &["3"]), ["城市"]);
    }

    #[test]
    fn a_place_that_is_not_mentioned_is_not_found() {
        assert!(found("在山东省", &["4"]).is_empty());
    }

    #[test]
    fn two_characters_of_another_word_are_no_place() {
        assert!(found("建立清单县区负责", &["4"]).is_empty());
    }

    #[test]
    fn the_short_name_of_a_county_counts_beside_another() {
        assert!(found("维护和平发展", &["5"]).is_empty());
        assert_eq!(words("单县、和平等地", &["5"]), ["和平"]);
    }
}
