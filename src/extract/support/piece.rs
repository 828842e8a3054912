//! The sums and shares of a clause. In: its words; out: pieces, each with the words around it, and where in a term it
//! belongs. The surprise: of a list the words before its first number and behind its last one hold for all, and a number
//! that something rose from belongs to nothing.

use super::wording::{Named, counts_each};
use crate::document::Qualifier;
use crate::extract::target::{Found, Sort, find_masked, find_quantities};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// What may stand before a ceiling without a noun, in characters.
const GAP_CHARS_MAX: usize = 10;

/// The same before a share, which may be a share of anything.
const SHARE_GAP_CHARS_MAX: usize = 4;

/// In a list that says of each number what it is for, longer words say something else.
const LIST_NAME_CHARS_MAX: usize = 24;

/// Words that make the number behind them another kind of number.
static NAMES_ANOTHER: Pattern =
    LazyLock::new(|| pattern(r"比例|额度|利率|达到|以上|增长|投资|销售|补贴|奖励|补助|贷款"));

/// What may stand behind one.
pub(super) const BEHIND_CHARS_MAX: usize = 6;

/// Between the quantities of a list nothing stands but these.
static LISTS: Pattern = LazyLock::new(|| pattern(r"^(?:的)?[、和及与或/]+$"));

/// 由60万元上调至80万元: the first number is what was.
static RISES: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:/[^，]{1,4})?(?:的标准)?(?:提高|提升|上调|调整|增加|下调|降低|降|下降|调高|上浮|增|放宽|改|变更|扩大|调)(?:到|至|为)(?:不低于|不超过|最高|每人|每月|每户)?$|^(?:到|至|为)$",
    )
});

/// 由原来每平方米不超过1000元调整为…: what was, whatever it became.
static WAS: Pattern = LazyLock::new(|| pattern(r"[由从](?:原来?|现行)?(?:的)?[\p{Han}]{0,10}$"));

static RISES_ON: Pattern =
    LazyLock::new(|| pattern(r"^(?:的标准)?(?:提高|提升|上调|调整|降低|下调|调高|上浮|放宽|扩大)"));

/// A clause that only caps what was granted before it.
static CAPS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:最高|封顶|上限|不超过|不得超过|最多|累计|限额|以内)[\p{Han}]{0,8}$|不超过$|不高于$",
    )
});

static IS_MOST: Pattern = LazyLock::new(|| {
    pattern(r"最高|上限|封顶|限额|不超过|不高于|最多|可贷|授信|贷款额度|提取额度")
});

/// A quantity with the terms' view of it.
pub(super) struct Piece {
    pub(super) found: Found,
    /// From the quantity before to this one, in the clause.
    pub(super) before: Span,
    /// To the quantity behind.
    pub(super) after: Span,
    /// Whether it goes on a list with the quantity before it.
    pub(super) lists: bool,
    /// Whether that list says of each number what it is for: 本科2万元、大专1万元的标准.
    pub(super) names_each: bool,
    pub(super) goes_on: bool,
}

/// Where in a term a quantity belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Amount,
    Ceiling,
    Rate,
}

/// The sums and shares of a clause; what a number rose from is none of them.
pub(super) fn find_pieces(words: &str) -> Vec<Piece> {
    let masked = find_masked(words);
    let found: Vec<Found> = find_quantities(words)
        .into_iter()
        .filter(|one| !masked.iter().any(|mask| mask.contains(one.span)))
        .filter(|one| match one.sort {
            Sort::Money => true,
            Sort::Share => one.quantity.unit.as_deref() != Some("倍"),
            Sort::Time | Sort::Count | Sort::Size => false,
        })
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut from = 0;
    let mut risen_from = None;
    for (at, one) in found.iter().enumerate() {
        let next = found.get(at + 1);
        let end = next.map_or(words.len(), |next| next.quantity.text.span.byte_start);
        let after = Span::new(one.span.byte_end, end.max(one.span.byte_end));
        let was = WAS.is_match(Span::new(from, one.span.byte_start).slice(words))
            && RISES_ON.is_match(after.slice(words));
        if was || (next.is_some() && RISES.is_match(after.slice(words))) {
            risen_from = Some(one.span.byte_start);
            continue;
        }
        let start = one.quantity.text.span.byte_start.max(from);
        let own_before = Span::new(from, start);
        let gap = own_before.slice(words);
        let lists = !pieces.is_empty() && LISTS.is_match(gap);
        let names_each = !lists
            && !pieces.is_empty()
            && gap.starts_with('、')
            && gap.chars().count() <= LIST_NAME_CHARS_MAX
            && !NAMES_ANOTHER.is_match(gap);
        let before = Span::new(from, risen_from.take().unwrap_or(start).max(from));
        pieces.push(Piece {
            found: one.clone(),
            before,
            after,
            lists,
            names_each,
            goes_on: next.is_some(),
        });
        from = one.span.byte_end;
    }
    // The words before the first of a list are those of all.
    let mut first = Span::default();
    for piece in &mut pieces {
        if piece.lists {
            piece.before = first;
        } else {
            first = piece.before;
        }
    }
    pieces
}

/// 额度为单缴存家庭50万元、双缴存家庭70万元: the words that say what the piece at `at` is for. `name_end` is where the
/// support's name ends, if it stands before.
pub(super) fn case_before(
    pieces: &[Piece],
    at: usize,
    name_end: usize,
    words: &str,
) -> Option<Span> {
    let piece = pieces.get(at)?;
    let opens = pieces.get(at + 1).is_some_and(|next| next.names_each);
    let from = if piece.names_each { piece.before.byte_start } else { name_end };
    if !(piece.names_each || opens) || from < piece.before.byte_start {
        return None;
    }
    let case = Span::new(from, piece.before.byte_end);
    let own = case.slice(words).trim_start_matches(['、', '为', '是', '按']);
    let span = Span::new(case.byte_end - own.len().min(case.byte_len()), case.byte_end);
    (2..=LIST_NAME_CHARS_MAX).contains(&own.chars().count()).then_some(span)
}

/// Which of its list the piece at `at` is, from 0, and how many the list has.
pub(super) fn place_in_list(pieces: &[Piece], at: usize) -> (usize, usize) {
    let before = pieces.iter().take(at + 1).rev().take_while(|piece| piece.lists).count();
    let behind = pieces.iter().skip(at + 1).take_while(|piece| piece.lists).count();
    (before, before + 1 + behind)
}

/// 销售额5000万元以上, 首次突破1亿元: what somebody has to reach.
pub(super) fn is_threshold(piece: &Piece, words: &str) -> bool {
    let quantity = &piece.found.quantity;
    let reaches = matches!(quantity.qualifier, Qualifier::AtLeast | Qualifier::MoreThan);
    let after = piece.after.slice(words);
    let text = quantity.text.value.as_str();
    piece.found.sort == Sort::Money
        && reaches
        && (text.ends_with("以上") || text.ends_with('）') || text.starts_with("超"))
        && !after.starts_with(['的', '奖', '补'])
}

/// Whether `piece` goes on the list of the quantity before it, which stands at `place`.
pub(super) fn goes_on_with(piece: &Piece, place: Place) -> bool {
    let is_rate = piece.found.sort == Sort::Share;
    (piece.lists || piece.names_each) && is_rate == (place == Place::Rate)
}

/// Where a quantity without a noun belongs: behind 最高不超过, or behind 每座.
pub(super) fn place_without_noun(piece: &Piece, words: &str) -> Option<Place> {
    let before = piece.before.slice(words);
    let is_money = piece.found.sort == Sort::Money;
    let at_most = piece.found.quantity.qualifier == Qualifier::AtMost;
    let chars_max = if is_money { GAP_CHARS_MAX } else { SHARE_GAP_CHARS_MAX };
    let opens = piece.before.byte_start == 0 && before.chars().count() <= chars_max;
    if (CAPS.is_match(before) && (is_money || opens)) || (at_most && opens) {
        Some(if is_money { Place::Ceiling } else { Place::Rate })
    } else {
        (is_money && counts_each(before)).then_some(Place::Amount)
    }
}

pub(super) fn place_of(piece: &Piece, named: Named, words: &str) -> Place {
    let quantity = &piece.found.quantity;
    if piece.found.sort == Sort::Share {
        return Place::Rate;
    }
    let bounded = matches!(quantity.qualifier, Qualifier::AtMost | Qualifier::LessThan);
    let start = if named.name.byte_end <= piece.before.byte_end {
        named.name.byte_start.saturating_sub("最高".len()).max(piece.before.byte_start)
    } else {
        piece.before.byte_end.saturating_sub("最高可给予".len()).max(piece.before.byte_start)
    };
    let near = (start..=piece.before.byte_end)
        .find_map(|start| words.get(start..piece.before.byte_end))
        .unwrap_or_default();
    let raises = near.ends_with("提高") || near.ends_with("增加") || near.ends_with("上浮");
    if bounded || (IS_MOST.is_match(near) && !raises) { Place::Ceiling } else { Place::Amount }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<(&str, String, &str)> {
        find_pieces(words)
            .iter()
            .map(|one| {
                let text = one.found.quantity.text.value.clone();
                (one.before.slice(words), text, one.after.slice(words))
            })
            .collect()
    }

    #[test]
    fn what_something_rose_from_is_no_piece() {
        assert_eq!(shown("花棚补贴由5万元提高至8万元"), [("花棚补贴由", "8万元".to_owned(), "")]);
    }

    #[test]
    fn a_list_has_the_words_before_its_first_number() {
        let pieces = shown("奖励8万元、5万元");
        assert_eq!(pieces[1].0, "奖励");
        assert!(find_pieces("本科2万元、大专1万元的标准")[1].names_each);
    }

    #[test]
    fn counts_and_asides_are_no_pieces() {
        assert_eq!(shown("建设花棚300个（每个投资5万元）"), []);
    }
}
