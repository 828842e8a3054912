//! What was read from a source text, and where. In: a source text in the graph; out: marks and anchors to
//! lay out. Surprising: marks are found from the spans backwards (span ← evidence ← thing), so that
//! whatever a build reads from a text is shown, also kinds of things that this file does not know. Only places
//! have no spans: their names are looked for in the text of the items that mention them.

use std::collections::HashMap;
use std::ops::Range;

use oxigraph::model::NamedNode;

use super::layout::{Anchor, Mark, Paragraph, lay_out};
use crate::graph::vocabulary::{nif, zt};
use crate::service::lookup::Lookup;

/// A source text with everything said about it.
pub(crate) struct MarkedText {
    source: Vec<char>,
    marks: Vec<Mark>,
    /// Measures and sections, with where they stand.
    anchors: Vec<Anchor>,
}

impl MarkedText {
    /// Reads a source text; none where the graph does not hold its characters.
    pub(crate) fn read(lookup: Lookup<'_>, source_text: &NamedNode) -> Option<Self> {
        let printed = lookup.text(source_text, nif::IS_STRING)?;
        let source: Vec<char> = printed.chars().collect();
        let mut text = Self { source, marks: Vec::new(), anchors: Vec::new() };
        let mut places = HashMap::new();
        for span in lookup.subjects(zt::SOURCE_TEXT, source_text) {
            if let Some(range) = range_of(lookup, &span) {
                for thing in lookup.subjects(zt::EVIDENCE, &span) {
                    text.add(lookup, &thing, &range);
                    add_places(lookup, &thing, &mut places);
                }
            } else {
                // What has the text and is no span of it is its document.
                add_places(lookup, &span, &mut places);
            }
        }
        text.mark_places(lookup, &printed, &places);
        text.anchors.sort_by_key(|anchor| anchor.char_start);
        Some(text)
    }

    /// All paragraphs.
    pub(crate) fn paragraphs(&self) -> Vec<Paragraph> {
        lay_out(&self.source, 0..self.source.len(), &self.marks, &self.anchors)
    }

    /// The paragraphs of a range.
    pub(crate) fn paragraphs_of(&self, range: Range<usize>) -> Vec<Paragraph> {
        lay_out(&self.source, range, &self.marks, &self.anchors)
    }

    fn add(&mut self, lookup: Lookup<'_>, thing: &NamedNode, range: &Range<usize>) {
        let is_a = |class| lookup.is_a(thing, class);
        if is_a(zt::SECTION) {
            self.add_anchor(lookup, thing, range, "section");
        } else if is_a(zt::MEASURE) {
            self.add_anchor(lookup, thing, range, "measure");
        } else if is_a(zt::POLICY_DOCUMENT) {
            // The head's evidence is the head itself: a mark would say nothing new.
        } else if is_a(zt::RESPONSIBILITY) {
            if let Some(agent) = lookup.node(thing, zt::AGENT) {
                let role = lookup.label_of(thing, zt::ROLE);
                let note = format!("{role}{}{}", lookup.t("：", ": "), lookup.label(&agent));
                self.add_mark(range, "department", lookup.href(&agent), note);
            }
        } else if is_a(zt::CITATION_CLASS) {
            let cited = lookup.node(thing, zt::CITED);
            let relation = lookup.label_of(thing, zt::RELATION);
            let href = lookup.href(cited.as_ref().unwrap_or(thing));
            let title = cited.map_or_else(
                || lookup.text_or_empty(thing, zt::CITED_TITLE),
                |cited| lookup.label(&cited),
            );
            self.add_mark(range, "citation", href, format!("{relation} {title}"));
        } else {
            let class = [
                (zt::TARGET, "target"),
                (zt::PROGRAMME, "programme"),
                (zt::PLACE_CLASS, "place"),
                (zt::FINDING_CLASS, "finding"),
            ]
            .into_iter()
            .find(|(class, _)| is_a(*class))
            .map_or("other", |(_, class)| class);
            self.add_mark(range, class, lookup.href(thing), lookup.label(thing));
        }
    }

    /// Marks the names of places, where no other mark says more of the same words.
    fn mark_places(
        &mut self,
        lookup: Lookup<'_>,
        printed: &str,
        places: &HashMap<NamedNode, String>,
    ) {
        let mut marked: Vec<Range<usize>> =
            self.marks.iter().map(|mark| mark.range.clone()).collect();
        marked.sort_by_key(|range| range.start);
        let mut marked = marked.into_iter().peekable();
        let mut marked_end = 0;
        let (mut byte, mut character) = (0, 0);
        for (bytes, place) in lookup.site.place_names().find(printed, places) {
            let chars_to = |end: usize| printed.get(byte..end).unwrap_or_default().chars().count();
            let start = character + chars_to(bytes.start);
            let end = character + chars_to(bytes.end);
            (byte, character) = (bytes.end, end);
            while let Some(range) = marked.next_if(|range| range.start < end) {
                marked_end = marked_end.max(range.end);
            }
            if marked_end <= start {
                let name = places.get(place).map_or("", String::as_str);
                let note = format!("{}{name}", lookup.t("地点：", "place: "));
                self.add_mark(&(start..end), "place", lookup.href(place), note);
            }
        }
    }

    fn add_mark(&mut self, range: &Range<usize>, class: &'static str, href: String, note: String) {
        self.marks.push(Mark { range: range.clone(), class, href, note });
    }

    fn add_anchor(
        &mut self,
        lookup: Lookup<'_>,
        item: &NamedNode,
        range: &Range<usize>,
        class: &'static str,
    ) {
        let heading = lookup.text_or_empty(item, zt::HEADING);
        let strong = self
            .find(&heading, range)
            .map_or(range.start..range.start, |found| range.start..found.end);
        let id = item_id(item);
        self.anchors.push(Anchor { char_start: range.start, id, class, strong });
    }

    /// Where the heading stands near the beginning of a range.
    fn find(&self, heading: &str, range: &Range<usize>) -> Option<Range<usize>> {
        // Before a heading stand its number and punctuation, no more.
        const PREFIX_CHARS_MAX: usize = 12;
        let heading: Vec<char> = heading.chars().collect();
        if heading.is_empty() {
            return None;
        }
        let own = self.source.get(range.clone())?;
        let offset = own
            .windows(heading.len())
            .take(PREFIX_CHARS_MAX)
            .position(|window| window == heading.as_slice())?;
        Some(range.start + offset..range.start + offset + heading.len())
    }
}

/// The places that an item mentions, with their names.
fn add_places(lookup: Lookup<'_>, item: &NamedNode, places: &mut HashMap<NamedNode, String>) {
    for place in lookup.nodes(item, zt::MENTIONS) {
        if !places.contains_key(&place) && lookup.is_a(&place, zt::PLACE_CLASS) {
            let name = lookup.label(&place);
            places.insert(place, name);
        }
    }
}

/// The code points of a span.
pub(crate) fn range_of(lookup: Lookup<'_>, span: &NamedNode) -> Option<Range<usize>> {
    Some(lookup.number(span, zt::START)?..lookup.number(span, zt::END)?)
}

/// The fragment of a measure or section in its document's page: the part of its IRI after the document.
pub(crate) fn item_id(item: &NamedNode) -> String {
    let (_, id) = item.as_str().rsplit_once('.').unwrap_or(("", item.as_str()));
    format!("item-{id}")
}
