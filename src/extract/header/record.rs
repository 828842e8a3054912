//! A row of a data base above a text: 2031-05-06 00:00:00 | 某市园林局、某市水务局 | 关于种树的通知 | 各区园林局：; the clean
//! text is without the spaces. In: paragraphs; out: the same, the fields of such a row apart, and what its first two tell of the
//! header. The surprise: the row has no end of its own; its last field is the first paragraph of the text.

use super::{Head, date, fields, take, title};
use crate::document::Located;
use crate::extract::paragraph::{split, trim};
use crate::text::{Pattern, Span, Text, pattern};
use std::sync::LazyLock;

/// The day, the bodies and the title; what follows is the text.
static ROW: Pattern =
    LazyLock::new(|| pattern(r"^(\d{4}-\d\d-\d\d) 00:00:00[|]([^|\n]{2,60})[|]([^|\n]{4,120})[|]"));

/// The day of a row once its fields stand apart.
static DAY: Pattern = LazyLock::new(|| pattern(r"^\d{4}-\d\d-\d\d 00:00:00[|]$"));

/// `paragraphs`, the first cut where the fields of a row meet, or those of a table that has lost its lines.
pub(super) fn split_record(clean: &str, paragraphs: &[Span]) -> Vec<Span> {
    let first = paragraphs.first().copied();
    let Some((first, row)) =
        first.and_then(|first| Some((first, ROW.captures(first.slice(clean))?)))
    else {
        let mut pieces = first.map_or_else(Vec::new, |first| fields::split_fields(clean, first));
        // 标　　题：: wide spaces in the middle of a line end it.
        let next = paragraphs.iter().skip(1).take(1);
        pieces.extend(next.flat_map(|&line| fields::cut_table(clean, line)));
        pieces.extend(paragraphs.iter().skip(2));
        return pieces;
    };
    let borders = (2..=3).filter_map(|field| row.get(field)).map(|field| field.start());
    let whole = row.get(0).map_or(0, |whole| whole.end());
    let mut from = 0;
    let mut pieces = Vec::with_capacity(paragraphs.len() + 3);
    for border in borders.chain([whole, first.byte_len()]) {
        let piece = trim(clean, Span::new(from, border).shifted(first.byte_start));
        // The bar behind a title or a name is no part of it; behind the day it tells what the line is.
        let end =
            piece.slice(clean).strip_suffix("|").filter(|_| from > 0).map_or(0, |_| "|".len());
        pieces.push(Span::new(piece.byte_start, piece.byte_end - end));
        from = border;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.extend(paragraphs.iter().skip(1));
    pieces
}

/// How many of `paragraphs` stand before the title of a row: its day and its bodies.
pub(super) fn fields_before_title(text: &Text, paragraphs: &[Span]) -> usize {
    let is_row = paragraphs.first().is_some_and(|&first| DAY.is_match(text.slice(first)));
    if is_row { 2 } else { 0 }
}

/// The day and the bodies of a row, where the text itself names none.
pub(super) fn read_record(text: &Text, paragraphs: &[Span], head: &mut Head) {
    let (Some(&day), Some(&bodies)) = (paragraphs.first(), paragraphs.get(1)) else { return };
    if fields_before_title(text, paragraphs) == 0 {
        return;
    }
    take(&mut head.taken, 0);
    take(&mut head.taken, 1);
    head.noise.retain(|noise| *noise != day && *noise != bodies);
    // 央行 in the row is 中国人民银行 in the title: the title goes before.
    let titled = head.header.title.as_ref().and_then(|title| title::find_issuer(&title.value));
    if head.header.issuers.is_empty() && titled.is_none() {
        let names = split(text.clean(), bodies, &['、', '，', ',']);
        let plain = |name: Span| Located::new(text.slice(name).to_owned(), name);
        head.header.issuers = names.into_iter().map(plain).collect();
    }
    if head.header.signed_on.is_none() {
        head.header.signed_on = date::find_dates(text.slice(day))
            .into_iter()
            .next()
            .map(|date| Located::new(date.value, date.span.shifted(day.byte_start)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Gazetteer, extract};

    #[test]
    fn the_fields_of_a_row_are_those_of_the_header() {
        let row = "2031-05-06 00:00:00 | 园林局、水务局 | 关于种树的通知 | 各区园林局,各区水务局:";
        let text = format!("{row}\n为了绿化，现就有关事项通知如下。\n一、种树\n每年种树。\n");
        let header = extract(&Text::from_source(text), &Gazetteer::default()).document.header;
        assert_eq!(header.title.unwrap().value, "关于种树的通知");
        assert_eq!(header.signed_on.unwrap().value.to_string(), "2031-05-06");
        let names = |names: Vec<Located<String>>| {
            names.into_iter().map(|name| name.value).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(header.issuers), "园林局 水务局");
        assert_eq!(names(header.addressees), "各区园林局 各区水务局");
    }

    #[test]
    fn the_title_of_a_row_names_its_issuer_in_full() {
        let row = "2031-05-06 00:00:00 | 园林局 | 某市园林局关于种树的通知 | 各区园林局:";
        let text = format!("{row}\n为了绿化，现就有关事项通知如下。\n一、种树\n每年种树。\n");
        let header = extract(&Text::from_source(text), &Gazetteer::default()).document.header;
        assert_eq!(header.issuers.first().unwrap().value, "某市园林局");
    }

    #[test]
    fn a_line_with_bars_is_no_row() {
        let text = "种树 | 补种 | 护林 | 清河\n每年种树。";
        let paragraphs = crate::extract::paragraph::find_paragraphs(text);
        assert_eq!(split_record(text, &paragraphs), paragraphs);
    }
}
