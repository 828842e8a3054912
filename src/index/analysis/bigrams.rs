//! Characters to overlapping pairs, so that every visible substring can be found.
//!
//! In: normalised text. Out: [`Visible`], the characters without spaces, and pairs with character
//! positions. Guarantee: a substring of the text without line ends is a phrase of its pairs. Surprising: a
//! line end is a gap in the numbering, a space is not (`菏政发 〔2024〕` reads as `菏政发〔2024〕`).

use super::normalize::Normalized;

/// A character that is seen, with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Visible {
    /// The character.
    pub(crate) c: char,
    /// Its index in the normalised text.
    pub(crate) char_index: usize,
    /// Its position for phrases: one more than the character before it, two more after a line end.
    pub(crate) position: usize,
}

/// The visible characters of a text in order.
pub(crate) fn find_visible(text: &Normalized) -> Vec<Visible> {
    let mut visible = Vec::with_capacity(text.chars().len());
    let mut position = 0;
    for (char_index, &c) in text.chars().iter().enumerate() {
        if c == '\n' {
            position += 1;
        } else if !c.is_whitespace() {
            visible.push(Visible { c, char_index, position });
            position += 1;
        }
    }
    visible
}

/// Pairs of neighbours with the position of their first character; the last character before a gap
/// stands alone, so that each character begins a term at its own position.
pub(crate) fn find_bigrams(
    visible: &[Visible],
) -> impl Iterator<Item = (impl Iterator<Item = char>, usize)> {
    let next = visible.iter().skip(1).map(Some).chain(std::iter::once(None));
    visible.iter().zip(next).map(|(one, next)| {
        let next = next.filter(|two| two.position == one.position + 1).map(|two| two.c);
        (std::iter::once(one.c).chain(next), one.position)
    })
}

/// The pairs that a text must have, with their offsets, to contain `chars` (two or more): every
/// second pair, and the last one. Fewer give nothing.
pub(crate) fn cover(chars: &[char]) -> Vec<(usize, String)> {
    let last = chars.len().saturating_sub(2);
    pairs(chars).filter(|(offset, _)| offset % 2 == 0 || *offset == last).collect()
}

/// All pairs of neighbours, with their offsets.
pub(crate) fn pairs(chars: &[char]) -> impl Iterator<Item = (usize, String)> {
    chars.windows(2).enumerate().map(|(offset, pair)| (offset, pair.iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_pass_over_spaces_and_stop_at_line_ends() {
        let visible = find_visible(&Normalized::of("城 市更\n新"));
        let grams: Vec<(String, usize)> =
            find_bigrams(&visible).map(|(gram, position)| (gram.collect(), position)).collect();
        let expected = [("城市", 0), ("市更", 1), ("更", 2), ("新", 4)];
        assert_eq!(grams, expected.map(|(gram, position)| (gram.to_owned(), position)));
    }

    #[test]
    fn a_cover_reaches_both_ends() {
        let five: Vec<char> = "常住人口城".chars().collect();
        let offsets: Vec<usize> = cover(&five).into_iter().map(|(offset, _)| offset).collect();
        assert_eq!(offsets, [0, 2, 3]);
        assert_eq!(cover(&['城']), []);
    }
}
