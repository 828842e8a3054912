//! Headings and numbered items. In: paragraphs of the body; out: items with their place in the tree, and
//! the body cut into [`Block`]s, each belonging to one item. Guarantee: no block overlaps another, parents
//! stand before children. The surprise: a style of number has no fixed level; the first use of a new style
//! goes one level deeper, and a style in use returns to its own level.

mod attachment;
mod excerpt;
mod glued;
mod heading;
mod lost;
mod model;
mod padded;
mod rows;

use self::attachment::{
    ATTACHMENT, ATTACHMENT_MARK, Attached, BEHIND_BODY, is_note, opens_guide, opens_other,
    opens_rules, opens_standard, opens_table,
};
use self::excerpt::find_excerpt;
use self::glued::{LostEnds, cut_glued, runs_on};
use self::heading::{
    Around, Follows, GLUED_SHARE_MIN, Place, ends_entry_before, find_heading, is_short,
    measure_headings,
};
use self::lost::restore;
pub(super) use self::model::{Block, Outline};
use self::padded::{find_lettered, find_padded};
use self::rows::lines_of;
use super::decimal::find_decimals;
use super::indicator_table::{find_tables, has_line};
use super::ordinal::{Marker, Style, parse_marker};
use super::paragraph::trim;
use super::responsibility::find_closing_note;
use super::run_on::find_bare_markers;
use super::task_table::find_task_tables;
use crate::document::{Item, ItemClass, Located};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest gap in a numbering that is still the same numbering.
const GAP_MAX: u32 = 4;

/// The largest number with which a text that was cut off at its start may begin.
const FIRST_MAX: u32 = 20;

/// 某区：…, a label of an inline item.
const LABEL_CHARS_MAX: usize = 8;

#[derive(Default)]
struct Builder<'a> {
    clean: &'a str,
    outline: Outline,
    /// The open items from the top, one a level.
    stack: Vec<usize>,
    last_numbers: HashMap<Style, u32>,
}

/// A number inside a running paragraph, after a full stop, semicolon or colon.
static INLINE: Pattern = LazyLock::new(|| {
    pattern(r"[。；;：:）)](?:[（(]\d{1,2}[)）]|\d{1,2}[.、]|[①-⑳]|\d{1,2}[)）])")
});

/// Builds the outline of the paragraphs that are not `taken` by the head.
pub(super) fn find_outline(clean: &str, paragraphs: &[Span], taken: &[bool]) -> Outline {
    let body: Vec<Span> =
        paragraphs.iter().zip(taken).filter(|&(_, &taken)| !taken).map(|(&span, _)| span).collect();
    let mut builder = Builder { clean, ..Builder::default() };
    let bare = find_series(clean, &body);
    let marker_of = |line: &Span| {
        bare.get(&line.byte_start).cloned().or_else(|| parse_marker(line.slice(clean)))
    };
    let shares = measure_headings(clean, &body, &bare);
    let excerpt = find_excerpt(clean, &body);
    let mut in_attachments = false;
    let mut table = None;
    let indicator_tables = find_tables(clean, &body);
    let task_tables = find_task_tables(clean, &body);
    let task_lines = lines_of(&task_tables);
    for (at, &span) in body.iter().enumerate() {
        if let Some(line) = task_lines.get(&at) {
            builder.open_line(span, line);
            continue;
        }
        builder.close_table();
        let words = span.slice(clean);
        let next = body.get(at + 1).map(|next| next.slice(clean));
        let (own, below) = (marker_of(&span), body.get(at + 1).and_then(marker_of));
        // A long name goes on in the line below it.
        in_attachments = ATTACHMENT.is_match(words)
            || (in_attachments
                && (is_attachment(words)
                    || (parse_marker(words).is_none() && next.is_some_and(is_attachment))));
        let follows = match next {
            Some(_) if opens_bare_child(&bare, &body, at) => Follows::Child,
            Some(_) if builder.opens_child(own.as_ref(), below.as_ref()) => Follows::Child,
            Some(next) if !opens_other(next) => Follows::Text,
            None if breaks_off(words, shares.get(at).copied()) => Follows::Text,
            _ => Follows::Other,
        };
        if opens_rules(clean, &body, at) {
            builder.stack.clear();
        }
        let is_other = !builder.outline.items.is_empty()
            && (opens_standard(clean, &body, at) || opens_guide(clean, &body, at));
        let opened = is_other.then_some(Attached::Rows).or_else(|| opens_table(clean, &body, at));
        let opens = opened.is_some();
        table = opened.or(table.filter(|_| !ATTACHMENT_MARK.is_match(words)));
        let is_row = has_line(&indicator_tables, at);
        let stays_out = in_attachments || table == Some(Attached::Rows) || is_row;
        let above = at.checked_sub(1).and_then(|above| body.get(above));
        let in_list = above.is_some_and(|above| ends_entry_before(above.slice(clean), words));
        if table.is_some() || is_row {
            builder.outline.tables.push(span);
        }
        let marker = restore(own, words, next, |style| builder.open_number_of(style));
        let opened = marker.filter(|marker| {
            !stays_out && (excerpt.contains(&at) || builder.continues(words, marker, follows))
        });
        match opened {
            Some(marker) => builder.open_paragraph(
                span,
                &marker,
                Around { follows, in_list, share: shares.get(at).copied().unwrap_or(0.0) },
            ),
            None if BEHIND_BODY.is_match(words) || opens || (table.is_some() && is_note(words)) => {
                builder.stack.clear();
                builder.add_running(span, false);
            }
            None => builder.add_running(span, false),
        }
    }
    builder.outline.indicator_tables = indicator_tables;
    builder.outline.drop_rare_headings();
    builder.outline
}

/// Whether `words`, the last of a copy, are a heading whose text is lost: the first of its run, or one whose sisters have headings.
fn breaks_off(words: &str, share: Option<f64>) -> bool {
    const SHARE_MIN: f64 = 0.5;
    // 三、请各区于5月底前报送总结。 asks for something, and is whole.
    if words.contains(['请', '应', '须', '自', '各']) {
        return false;
    }
    let is_first = || parse_marker(words).is_some_and(|marker| marker.number == 1);
    share.is_some_and(|share| share >= SHARE_MIN) || is_first()
}

/// The markers that only their series tells, by where their paragraphs start.
fn find_series(clean: &str, body: &[Span]) -> HashMap<usize, Marker> {
    let mut markers = find_bare_markers(clean, body);
    markers.extend(find_decimals(clean, body));
    markers.extend(find_padded(clean, body));
    markers.extend(find_lettered(clean, body));
    markers
}

/// Whether a point with a bare number goes below the heading of the chapter before it. Behind the points of 01. stands the next, 02.
fn opens_bare_child(bare: &HashMap<usize, Marker>, body: &[Span], at: usize) -> bool {
    let bare_at = |at: usize| body.get(at).and_then(|span| bare.get(&span.byte_start));
    bare_at(at + 1).is_some_and(|next| next.style != Style::Padded) && bare_at(at).is_none()
}

/// Whether a line of a list of attachments names one.
fn is_attachment(words: &str) -> bool {
    parse_marker(words).is_some_and(|marker| marker.style == Style::Digit) && !words.contains('。')
}

/// Whether `marker` is the next of the innermost open item's own numbering.
fn goes_on_from(open: Option<(Style, u32)>, marker: &Marker) -> bool {
    open.is_some_and(|(style, number)| {
        style == Style::Digit && marker.style == style && marker.number == number + 1
    })
}

impl Builder<'_> {
    /// Whether a number goes on with the numbering so far.
    fn continues(&self, words: &str, marker: &Marker, follows: Follows) -> bool {
        let is_open =
            || self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&marker.style));
        match self.last_numbers.get(&marker.style) {
            // （）: a number that is lost is the first, or none.
            _ if marker.number == 1 => !marker.printed.is_empty() || !is_open(),
            // A chapter whose （一） or 1. fell out of the copy begins with the second.
            _ if marker.style == Style::HanBracket && marker.number == 2 && !is_open() => true,
            // Whereas a list of attachments has no full stops.
            _ if marker.style == Style::Digit && marker.number == 2 && !is_open() => {
                words.contains('。')
            }
            // Whoever counts 三、 twice still opens a chapter.
            Some(&last) if marker.style == Style::Han && marker.number == last => {
                follows == Follows::Child
            }
            Some(&last) => marker.number > last && marker.number - last <= GAP_MAX + 1,
            None => marker.number <= FIRST_MAX,
        }
    }

    /// Whether the item that `next` opens goes below the one that `own` opens: its style is neither theirs nor one above.
    fn opens_child(&self, own: Option<&Marker>, next: Option<&Marker>) -> bool {
        let (Some(own), Some(next)) = (own, next) else { return false };
        let styles = self.stack.iter().filter_map(|&open| self.outline.styles.get(open));
        next.style != own.style
            && !styles.take_while(|&&style| style != own.style).any(|&style| style == next.style)
    }

    fn open_paragraph(&mut self, span: Span, marker: &Marker, around: Around) {
        while self.stack.last().is_some_and(|&top| self.is_inline(top)) {
            self.stack.pop();
        }
        let words = span.slice(self.clean);
        let rest = trim(self.clean, Span::new(span.byte_start + marker.byte_end, span.byte_end));
        let noteless = find_closing_note(rest.slice(self.clean)).filter(|&at| at > 0);
        let titled = trim(
            self.clean,
            Span::new(rest.byte_start, noteless.map_or(rest.byte_end, |at| rest.byte_start + at)),
        );
        // A sentence that only a note follows is the item's text, not its heading.
        let is_text = noteless.is_some() && titled.slice(self.clean).ends_with('。');
        let follows = if is_text { Follows::Other } else { around.follows };
        let share = around.share;
        let heading = self.find_heading(titled, marker.style, Around { follows, ..around });
        let has_lost_ends = runs_on(self.clean, span);
        let may_be_glued = !self.is_in_article()
            && (matches!(marker.style, Style::Han | Style::HanBracket)
                || (marker.style == Style::Digit && has_lost_ends));
        let heading = if may_be_glued {
            let has_sisters = share >= GLUED_SHARE_MIN;
            cut_glued(self.clean, titled, heading, LostEnds { has_lost_ends, has_sisters })
        } else {
            heading
        };
        let item = self.open(marker, span.byte_start, heading, false);
        let body_start = self.skip_heading(rest, heading);
        if !heading.is_empty() {
            self.push_block(Some(item), heading, true, false);
        }
        self.set_end(item, Span::new(span.byte_start, span.byte_start + words.len()));
        self.add_running(Span::new(body_start, span.byte_end), true);
    }

    fn is_inline(&self, item: usize) -> bool {
        self.outline.inline.get(item).copied().unwrap_or(false)
    }

    /// Where the text behind a heading and its final punctuation starts.
    fn skip_heading(&self, rest: Span, heading: Span) -> usize {
        if heading.is_empty() {
            return rest.byte_start;
        }
        let tail = Span::new(heading.byte_end, rest.byte_end).slice(self.clean);
        heading.byte_end
            + (tail.len()
                - tail
                    .trim_start_matches(['】', '）', ')', '］', ']', '〕', '。', '：', ':', '；'])
                    .len())
    }

    fn push_block(&mut self, item: Option<usize>, span: Span, is_heading: bool, is_inline: bool) {
        let span = trim(self.clean, span);
        if !span.is_empty() {
            self.outline.blocks.push(Block { item, span, is_heading, is_inline });
        }
    }

    /// A new item below the innermost open one, which it becomes itself.
    fn push_item(
        &mut self,
        (style, ordinal): (Style, u32),
        number: Located<String>,
        heading: Span,
        span: Span,
    ) -> usize {
        let parent = self.stack.last().copied();
        let mut path = parent
            .and_then(|at| self.outline.items.get(at))
            .map(|item| item.path.clone())
            .unwrap_or_default();
        path.push(ordinal);
        let index = self.outline.items.len();
        self.outline.items.push(Item {
            path,
            number,
            heading: Located::new(heading.slice(self.clean).to_owned(), heading),
            class: ItemClass::Section,
            parent,
            span,
            assignments: Vec::new(),
            truncated: false,
        });
        self.outline.styles.push(style);
        self.outline.inline.push(false);
        self.stack.push(index);
        index
    }

    /// Opens an item at the level of its style.
    fn open(&mut self, marker: &Marker, byte_start: usize, heading: Span, inline: bool) -> usize {
        let level = self
            .stack
            .iter()
            .position(|&open| self.outline.styles.get(open) == Some(&marker.style));
        if let Some(level) = level {
            self.stack.truncate(level);
        } else if matches!(marker.style, Style::Part | Style::Chapter | Style::Decimal) {
            // Chapters may stand below parts, and below nothing else.
            let keeps = marker.style == Style::Chapter && self.is_below_part();
            self.stack.truncate(usize::from(keeps));
        } else if self.lost_one_before(marker) {
            let styles = &self.outline.styles;
            self.stack.retain(|&open| styles.get(open).is_some_and(|&style| style < marker.style));
        }
        let last = self.last_numbers.insert(marker.style, marker.number);
        if marker.number > 1 && last.is_some_and(|last| marker.number != last + 1) {
            self.outline.gaps.push(self.outline.items.len());
        }
        let printed = marker.printed.shifted(byte_start);
        let number = Located::new(printed.slice(self.clean).to_owned(), printed);
        let span = Span::new(byte_start, heading.byte_end.max(printed.byte_end));
        let index = self.push_item((marker.style, marker.number), number, heading, span);
        if let Some(flag) = self.outline.inline.get_mut(index) {
            *flag = inline;
        }
        // Numbers below the new item start again, unless they run on over its siblings.
        if inline {
            self.last_numbers.remove(&Style::Circled);
        }
        index
    }

    /// Whether a part is open that says nothing of its own: its chapters follow. Behind a part with a text stand those of what is attached.
    fn is_below_part(&self) -> bool {
        let Some(&part) = self.stack.first() else { return false };
        self.outline.styles.get(part) == Some(&Style::Part)
            && !self
                .outline
                .blocks
                .iter()
                .rev()
                .any(|block| block.item == Some(part) && !block.is_heading)
    }

    /// Whether the item before this one is missing: a copy that lost 一、 goes on with the （一） below it. The level of such an item is
    /// the usual one of its style. Numbers that run on over chapters are no such series.
    fn lost_one_before(&self, marker: &Marker) -> bool {
        let before = marker.number.checked_sub(1).filter(|&before| before > 0);
        before.is_some() && self.last_numbers.get(&marker.style) != before.as_ref()
    }

    fn set_end(&mut self, item: usize, span: Span) {
        if let Some(item) = self.outline.items.get_mut(item) {
            item.span.byte_end = span.byte_end;
        }
    }

    /// The heading at the start of `rest`.
    fn find_heading(&self, rest: Span, style: Style, around: Around) -> Span {
        find_heading(self.clean, rest, Place { style, in_article: self.is_in_article(), around })
    }

    fn is_in_article(&self) -> bool {
        self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&Style::Article))
    }

    /// Running text of the current item, and the items that are numbered inside it.
    fn add_running(&mut self, span: Span, same_paragraph: bool) {
        if !same_paragraph {
            while self.stack.last().is_some_and(|&top| self.is_inline(top)) {
                self.stack.pop();
            }
        }
        let inline = self.find_inline(span);
        let base = self.stack.clone();
        let titled = inline.iter().filter(|(place, marker)| self.is_titled(*place, marker)).count();
        #[expect(clippy::cast_precision_loss, reason = "a share of a few items")]
        let share = titled as f64 / inline.len().max(1) as f64;
        let first = inline.first().map_or(span.byte_end, |(place, _)| place.byte_start);
        self.add_own(Span::new(span.byte_start, first));
        for (place, marker) in inline {
            self.stack.clone_from(&base);
            let rest = Span::new(place.byte_start + marker.byte_end, place.byte_end);
            let around = Around { follows: Follows::Other, in_list: false, share };
            let heading = self.find_heading(rest, marker.style, around);
            let item = self.open(&marker, place.byte_start, heading, true);
            self.set_end(item, place);
            if !heading.is_empty() {
                self.push_block(Some(item), heading, true, true);
            }
            let body_start = self.skip_heading(rest, heading);
            self.push_block(Some(item), Span::new(body_start, place.byte_end), false, true);
        }
    }

    /// Whether an inline item opens with a short sentence that more text follows.
    fn is_titled(&self, place: Span, marker: &Marker) -> bool {
        let rest = Span::new(place.byte_start + marker.byte_end, place.byte_end).slice(self.clean);
        let sentence = rest.split_once('。');
        let label = rest.split_once(['：', ':']).filter(|(label, _)| {
            (2..=LABEL_CHARS_MAX).contains(&label.chars().count())
                && label.chars().all(char::is_alphabetic)
        });
        label.or(sentence).is_some_and(|(first, more)| !more.is_empty() && is_short(first))
    }

    /// A piece of the current item's own text.
    fn add_own(&mut self, span: Span) {
        let item = self.stack.last().copied();
        self.push_block(item, span, false, false);
        if let Some(at) = item {
            let is_last = at + 1 == self.outline.items.len();
            if is_last && !span.is_empty() {
                self.set_end(at, span);
            }
        }
    }

    /// The number of the open item of a style.
    fn open_number_of(&self, style: Style) -> Option<u32> {
        let is_open = self.stack.iter().any(|&open| self.outline.styles.get(open) == Some(&style));
        self.last_numbers.get(&style).copied().filter(|_| is_open)
    }

    /// Style and number of the innermost open item.
    fn open_number(&self) -> Option<(Style, u32)> {
        let style = *self.outline.styles.get(*self.stack.last()?)?;
        Some((style, *self.last_numbers.get(&style)?))
    }

    /// Numbered items inside running text: at least two, numbered from 1, each after a border; or those that go on from
    /// the number that opened the paragraph (1.某事；2.某事).
    fn find_inline(&self, span: Span) -> Vec<(Span, Marker)> {
        let words = span.slice(self.clean);
        let mut starts: Vec<(usize, Marker)> = Vec::new();
        let mut candidates: Vec<usize> = vec![0];
        candidates.extend(
            INLINE.find_iter(words).map(|found| {
                found.start() + found.as_str().chars().next().map_or(0, char::len_utf8)
            }),
        );
        let open_number = self.open_number();
        for at in candidates {
            let Some(marker) = parse_marker(Span::new(at, words.len()).slice(words)) else {
                continue;
            };
            let expected = match starts.last() {
                Some((_, last)) => last.number.saturating_add(1),
                None if goes_on_from(open_number, &marker) => marker.number,
                None => 1,
            };
            let same_style = starts.first().is_none_or(|(_, first)| first.style == marker.style);
            let open =
                self.stack.iter().any(|&item| self.outline.styles.get(item) == Some(&marker.style));
            if marker.number == expected
                && same_style
                && !(open && starts.is_empty() && marker.style == Style::Digit && at == 0)
            {
                starts.push((at, marker));
            }
        }
        if starts.len() < 2 && starts.first().is_none_or(|(_, first)| first.number == 1) {
            return Vec::new();
        }
        let ends: Vec<usize> =
            starts.iter().skip(1).map(|(at, _)| *at).chain([words.len()]).collect();
        starts
            .into_iter()
            .zip(ends)
            .map(|((from, marker), to)| (Span::new(from, to).shifted(span.byte_start), marker))
            .collect()
    }
}

#[cfg(test)]
mod tests;
