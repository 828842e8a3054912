//! What an outline is: the items of a body, the blocks of words that belong to them, and what was found out on the way. Plain data.

use crate::document::{Item, ItemClass, Located};
use crate::extract::indicator_table::IndicatorTable;
use crate::extract::ordinal::Style;
use crate::extract::topic::{Announced, announced_by};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// A piece of the body: words that belong to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Block {
    /// The item; `None` before the first.
    pub(in crate::extract) item: Option<usize>,
    /// The words, without the item's number.
    pub(in crate::extract) span: Span,
    /// Whether these words are the item's heading.
    pub(in crate::extract) is_heading: bool,
    /// Whether they stand in the middle of a paragraph that began before.
    pub(in crate::extract) is_inline: bool,
}

/// The body's items and blocks.
#[derive(Default)]
pub(in crate::extract) struct Outline {
    pub(in crate::extract) items: Vec<Item>,
    pub(in crate::extract) blocks: Vec<Block>,
    /// The style of each item's number.
    pub(in crate::extract) styles: Vec<Style>,
    /// For each item, whether it stands in the middle of a paragraph.
    pub(in crate::extract) inline: Vec<bool>,
    /// Items before which a number is missing.
    pub(in crate::extract) gaps: Vec<usize>,
    /// Attachments that are tables or lists, whose rows promise nothing.
    pub(in crate::extract) tables: Vec<Span>,
    /// Tables of what indicators are to reach: their rows are no items, and are read by their columns.
    pub(in crate::extract) indicator_tables: Vec<IndicatorTable>,
    /// Items that are rows of a table which divides tasks, and the cell that says by when; it may be empty.
    pub(in crate::extract) row_dues: HashMap<usize, Span>,
    /// Items whose note of who is in charge stands behind the last item below them.
    pub(in crate::extract) closed_by_note: Vec<usize>,
    /// How many notes say who is in charge, besides sentences that do.
    pub(in crate::extract) notes_count: usize,
    /// Whether items are measures only where they make a public body act, as those of rules are.
    pub(in crate::extract) sets_rules: bool,
    /// Whether 一、二、 are the measures, and what stands below only details them.
    pub(in crate::extract) chapters_act: bool,
    /// What the heading of each item announces: it is asked of all that stands below it.
    pub(in crate::extract) announced: Vec<Announced>,
    /// Items that list who qualifies or what is handed in, as a sentence before them says.
    pub(in crate::extract) conditions: HashSet<usize>,
}

impl Outline {
    /// Takes the headings from items in the middle of paragraphs where hardly any of their style has one: there a short first sentence is
    /// only a sentence.
    pub(in crate::extract) fn drop_rare_headings(&mut self) {
        const ITEMS_MIN: usize = 12;
        const ITEMS_PER_HEADING_MIN: usize = 10;
        let mut counts: HashMap<Style, (usize, usize)> = HashMap::new();
        let run_on = |at: usize| self.inline.get(at).copied().unwrap_or(false);
        for (at, (item, &style)) in self.items.iter().zip(&self.styles).enumerate() {
            if run_on(at) {
                let (headings, all) = counts.entry(style).or_default();
                *headings += usize::from(!item.heading.value.is_empty());
                *all += 1;
            }
        }
        let is_rare = |style: &Style| {
            counts.get(style).is_some_and(|&(headings, all)| {
                headings > 0 && all >= ITEMS_MIN && headings * ITEMS_PER_HEADING_MIN <= all
            })
        };
        let dropped: HashSet<usize> = (0..self.items.len())
            .filter(|&at| run_on(at) && self.styles.get(at).is_some_and(is_rare))
            .collect();
        for &at in &dropped {
            let Some(item) = self.items.get_mut(at) else { continue };
            let start = item.heading.span.byte_start;
            item.heading = Located::new(String::new(), Span::new(start, start));
        }
        let is_dropped = |block: &&mut Block| block.item.is_some_and(|at| dropped.contains(&at));
        for block in self.blocks.iter_mut().filter(is_dropped) {
            block.is_heading = false;
        }
    }

    /// Finds out once what each heading announces; the headings are final by then.
    pub(in crate::extract) fn read_headings(&mut self) {
        self.announced = self.items.iter().map(|item| announced_by(&item.heading.value)).collect();
    }

    /// Whether a text without articles says in notes who is in charge of what, as plans do: details of a plan are called rules too.
    pub(in crate::extract) fn divides_tasks(&self) -> bool {
        const NOTES_MIN: usize = 2;
        self.notes_count >= NOTES_MIN && !self.styles.contains(&Style::Article)
    }

    /// Whether a span lies in a table. Tables stand in the order of the text.
    pub(in crate::extract) fn has_table(&self, span: Span) -> bool {
        let at = self.tables.partition_point(|table| table.byte_end < span.byte_end);
        self.tables.get(at).is_some_and(|table| table.contains(span))
    }

    /// Whether a chapter 总则 stands above articles, as it does in rules whatever their title calls them.
    pub(in crate::extract) fn opens_with_general_rules(&self) -> bool {
        self.styles.contains(&Style::Article)
            && self.items.iter().take(2).any(|item| item.heading.value == "总则")
    }

    /// Whether the articles stand below chapters 一、 and name a task each: 第一条 加快种树。…. Rules have chapters of their own.
    pub(in crate::extract) fn articles_name_tasks(&self) -> bool {
        const TITLED_MIN: usize = 3;
        let is_article = |&(style, _): &(&Style, &Item)| *style == Style::Article;
        let articles = || self.styles.iter().zip(&self.items).filter(is_article);
        let titled = articles().filter(|(_, item)| !item.heading.value.is_empty()).count();
        titled >= TITLED_MIN
            && titled * 2 > articles().count()
            && self.styles.contains(&Style::Han)
            && !self.styles.contains(&Style::Chapter)
    }

    /// What stands in an attached table or list, and tells what is counted or handed in, is nothing to be done.
    pub(in crate::extract) fn clear_measures_of_tables(&mut self) {
        for at in 0..self.items.len() {
            let number = self.items.get(at).map(|item| item.number.span);
            let is_listed = number.is_some_and(|number| self.has_table(number));
            if let Some(item) = self.items.get_mut(at).filter(|_| is_listed) {
                item.class = ItemClass::Section;
            }
        }
    }

    /// Plans and notices number their measures 第一条 too; there an article is an item like any other.
    pub(in crate::extract) fn treat_articles_as_items(&mut self) {
        for style in &mut self.styles {
            if *style == Style::Article {
                *style = Style::HanBracket;
            }
        }
    }
}
