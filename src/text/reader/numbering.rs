//! Word's automatic numbers. In: the style and list parts of a .docx, then its paragraphs in order. Out: what Word
//! prints before each: `一、`, `（二）`, `3.`, `第四条 `. Guarantee: every paragraph is counted once, empty ones too, as
//! Word counts them. The surprise: lists that share a definition share its counters, unless one of them says where it
//! starts.

use super::ordinal::format_ordinal;
use super::xml::{attribute, is_off, open};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Word has nine levels.
const LEVELS_MAX: usize = 9;

/// Styles are based on styles; a longer chain is a circle.
const STYLES_MAX: usize = 16;

/// The list and level that a paragraph or a style names.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    place: Place,
}

/// One level of a list definition.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// The label, with `%1` for the number of the first level.
    label: String,
    suffix: String,
    /// All numbers in the label are printed as 1, 2, 3.
    legal: bool,
    /// Never starts again below a higher level.
    runs_on: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            label: String::new(),
            suffix: "tab".to_owned(),
            legal: false,
            runs_on: false,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    styles: HashMap<String, Style>,
    default_style: Option<String>,
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS_MAX]>,
    /// Lists and levels whose own start was used.
    started: Vec<(String, usize)>,
}

impl Numbering {
    /// The lists that the two parts define; either may be empty.
    pub(super) fn parse(styles: &str, lists: &str) -> Result<Self, quick_xml::Error> {
        let mut numbering = Self::default();
        numbering.read_styles(styles)?;
        numbering.read_lists(lists)?;
        Ok(numbering)
    }

    fn read_styles(&mut self, xml: &str) -> Result<(), quick_xml::Error> {
        let mut events = open(xml);
        let mut name = String::new();
        loop {
            let (Event::Start(element) | Event::Empty(element)) = (match events.read_event()? {
                Event::Eof => return Ok(()),
                event => event,
            }) else {
                continue;
            };
            let value = || attribute(&element, "val");
            if element.local_name().as_ref() == "style" {
                name = attribute(&element, "styleId").unwrap_or_default();
                let is_paragraph = attribute(&element, "type").is_some_and(|t| t == "paragraph");
                if is_paragraph
                    && attribute(&element, "default").is_some_and(|d| d != "0" && d != "false")
                {
                    self.default_style = Some(name.clone());
                }
                self.styles.insert(name.clone(), Style::default());
                continue;
            }
            let Some(style) = self.styles.get_mut(&name) else { continue };
            match element.local_name().as_ref() {
                "basedOn" => style.based_on = value(),
                "numId" => style.place.list = value(),
                "ilvl" => style.place.level = value().and_then(|n| n.parse().ok()),
                _ => {}
            }
        }
    }

    fn read_lists(&mut self, xml: &str) -> Result<(), quick_xml::Error> {
        let mut events = open(xml);
        let mut at = ListCursor::default();
        loop {
            match events.read_event()? {
                Event::Eof => return Ok(()),
                Event::Start(element) | Event::Empty(element) => {
                    self.read_list_element(&mut at, &element);
                }
                _ => {}
            }
        }
    }

    fn read_list_element(&mut self, at: &mut ListCursor, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        let id = |name| attribute(element, name).unwrap_or_default();
        match element.local_name().as_ref() {
            "abstractNum" => *at = ListCursor::in_definition(id("abstractNumId")),
            "num" => *at = ListCursor::in_list(id("numId")),
            "abstractNumId" => self.list(at).definition = value().unwrap_or_default(),
            "numStyleLink" => {
                self.definitions.entry(at.id.clone()).or_default().style_link = value();
            }
            "lvl" | "lvlOverride" => at.level = id("ilvl").parse().unwrap_or(0),
            "startOverride" => {
                let start = value().and_then(|n| n.parse().ok()).unwrap_or(1);
                let level = at.level;
                self.list(at).starts.insert(level, start);
            }
            name => {
                if matches!(
                    name,
                    "start" | "numFmt" | "lvlText" | "suff" | "isLgl" | "lvlRestart" | "pStyle"
                ) {
                    self.level(at).set(name, value(), is_off(element));
                }
            }
        }
    }

    fn list(&mut self, at: &ListCursor) -> &mut List {
        self.lists.entry(at.id.clone()).or_default()
    }

    fn level(&mut self, at: &ListCursor) -> &mut Level {
        let levels = if at.is_list {
            &mut self.lists.entry(at.id.clone()).or_default().levels
        } else {
            &mut self.definitions.entry(at.id.clone()).or_default().levels
        };
        levels.entry(at.level).or_default()
    }

    /// Counts the next paragraph and gives the label before it: empty where it has none.
    pub(super) fn count(&mut self, style: Option<&str>, own: &Place) -> String {
        self.find_place(style, own)
            .map_or_else(String::new, |(list, level)| self.advance(&list, level))
    }

    /// The list and level of a paragraph: its own, or else those of its style.
    fn find_place(&self, style: Option<&str>, own: &Place) -> Option<(String, usize)> {
        let mut place = own.clone();
        let mut named_by = None;
        let mut next = style.or(self.default_style.as_deref());
        for _ in 0..STYLES_MAX {
            let Some((name, style)) = next.and_then(|name| Some((name, self.styles.get(name)?)))
            else {
                break;
            };
            if place.list.is_none() && style.place.list.is_some() {
                place.list.clone_from(&style.place.list);
                named_by = Some(name);
            }
            place.level = place.level.or(style.place.level);
            next = style.based_on.as_deref();
        }
        let list = place.list.filter(|list| list != "0")?;
        // A style names its list; which level it means, the list says.
        let linked = || {
            self.definition(&list)?
                .levels
                .iter()
                .find(|(_, l)| l.style.as_deref() == named_by)
                .map(|(&n, _)| n)
        };
        let level = match named_by {
            Some(_) if own.level.is_none() => linked().or(place.level),
            _ => place.level,
        };
        Some((list, level.unwrap_or(0).min(LEVELS_MAX - 1)))
    }

    /// The definition that a list uses, through the style that holds it where it is only linked.
    fn definition(&self, list: &str) -> Option<&Definition> {
        let definition = self.definitions.get(&self.lists.get(list)?.definition)?;
        let Some(style) = &definition.style_link else { return Some(definition) };
        let linked = self.styles.get(style).and_then(|style| style.place.list.as_deref())?;
        self.definitions.get(&self.lists.get(linked)?.definition)
    }

    fn level_of(&self, list: &str, level: usize) -> Option<&Level> {
        let own = self.lists.get(list)?.levels.get(&level);
        own.or_else(|| self.definition(list)?.levels.get(&level))
    }

    fn advance(&mut self, list: &str, level: usize) -> String {
        let Some(shape) = self.level_of(list, level).cloned() else { return String::new() };
        let Some((key, own_start)) =
            self.lists.get(list).map(|l| (l.definition.clone(), l.starts.get(&level).copied()))
        else {
            return String::new();
        };
        let restarts: Vec<bool> = (0..LEVELS_MAX)
            .map(|n| n > level && self.level_of(list, n).is_none_or(|l| !l.runs_on))
            .collect();
        let starts_here = own_start.filter(|_| {
            let mark = (list.to_owned(), level);
            let is_new = !self.started.contains(&mark);
            if is_new {
                self.started.push(mark);
            }
            is_new
        });
        let counts = self.counts.entry(key).or_default();
        for ((n, count), restart) in counts.iter_mut().enumerate().zip(restarts) {
            if n == level {
                let next = count.map_or(shape.start, |count| count.saturating_add(1));
                *count = Some(starts_here.unwrap_or(next));
            } else if restart {
                *count = None;
            }
        }
        let counts = *counts;
        self.label(list, &shape, &counts)
    }

    fn label(&self, list: &str, shape: &Level, counts: &[Option<u32>; LEVELS_MAX]) -> String {
        let mut label = String::new();
        let mut rest = shape.label.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
            let Some(digit) = digit.and_then(|d| usize::try_from(d).ok()) else {
                label.push(c);
                continue;
            };
            rest.next();
            let level = self.level_of(list, digit - 1);
            let count = counts.get(digit - 1).copied().flatten();
            let count = count.or_else(|| level.map(|level| level.start)).unwrap_or(1);
            let format = level.map_or("decimal", |level| level.format.as_str());
            label += &format_ordinal(if shape.legal { "decimal" } else { format }, count);
        }
        // A bullet is a mark, not a number; symbol fonts keep it in the private use area.
        if shape.format == "bullet" || shape.format == "none" && label.trim().is_empty() {
            return String::new();
        }
        if shape.suffix != "nothing" && label.ends_with(char::is_alphanumeric) {
            label.push(' ');
        }
        label
    }
}

impl Level {
    fn set(&mut self, name: &str, value: Option<String>, off: bool) {
        match (name, value) {
            ("start", Some(value)) => self.start = value.parse().unwrap_or(1),
            ("numFmt", Some(value)) => self.format = value,
            ("lvlText", value) => self.label = value.unwrap_or_default(),
            ("suff", Some(value)) => self.suffix = value,
            ("isLgl", _) => self.legal = !off,
            ("lvlRestart", Some(value)) => self.runs_on = value == "0",
            ("pStyle", value) => self.style = value,
            _ => {}
        }
    }
}

/// Where in the list part the reading is.
#[derive(Default)]
struct ListCursor {
    id: String,
    is_list: bool,
    level: usize,
}

impl ListCursor {
    fn in_definition(id: String) -> Self {
        Self { id, is_list: false, level: 0 }
    }

    fn in_list(id: String) -> Self {
        Self { id, is_list: true, level: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Chapter"/><w:lvlText w:val="%1、"/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
          <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%4"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1">
          <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
      </w:numbering>"#;
    const STYLES: &str = r#"<w:styles xmlns:w="w">
        <w:style w:type="paragraph" w:styleId="Chapter"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Quiet"><w:basedOn w:val="Chapter"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
      </w:styles>"#;

    fn labels(places: &[(&str, usize)]) -> Vec<String> {
        let mut numbering = Numbering::parse(STYLES, LISTS).unwrap();
        let place =
            |&(list, level): &(&str, usize)| Place { list: Some(list.into()), level: Some(level) };
        places.iter().map(|p| numbering.count(None, &place(p))).collect()
    }

    #[test]
    fn lower_levels_start_again_below_a_higher_one() {
        let places =
            [("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 1), ("1", 2), ("1", 0), ("1", 1)];
        assert_eq!(
            labels(&places),
            ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]
        );
    }

    #[test]
    fn a_list_that_says_where_it_starts_starts_there_once() {
        assert_eq!(labels(&[("1", 2), ("1", 2), ("2", 2), ("2", 2)]), ["1.", "2.", "1.", "2."]);
    }

    #[test]
    fn an_article_gets_a_space_after_its_number_and_begins_where_the_list_says() {
        assert_eq!(labels(&[("3", 0), ("3", 0)]), ["第三条 ", "第四条 "]);
    }

    #[test]
    fn a_legal_label_prints_every_number_in_digits() {
        assert_eq!(labels(&[("1", 0), ("1", 3)]), ["一、", "1.1 "]);
    }

    #[test]
    fn a_style_numbers_its_paragraphs_and_zero_stops_it() {
        let mut numbering = Numbering::parse(STYLES, LISTS).unwrap();
        assert_eq!(numbering.count(Some("Chapter"), &Place::default()), "一、");
        assert_eq!(numbering.count(Some("Quiet"), &Place::default()), "");
        assert_eq!(numbering.count(Some("Chapter"), &Place::default()), "二、");
    }

    #[test]
    fn a_list_that_nobody_defined_has_no_label() {
        assert_eq!(labels(&[("9", 0)]), [""]);
    }
}
