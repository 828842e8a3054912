//! Items cut out of a longer list: what a division of labour gives to one body keeps the numbers that it has in the whole. In: the paragraphs
//! of the body; out: the places of such items. The surprise: their numbers begin and leap anywhere, so what shows that they are
//! items is the line below each that names who is in charge.

use crate::extract::ordinal::{Style, parse_marker};
use crate::text::{Pattern, Span, pattern};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Fewer items show no list.
const ITEMS_MIN: usize = 3;

/// 牵头单位：市园林局, on the line below an item.
static IN_CHARGE: Pattern = LazyLock::new(|| {
    pattern(r"^[（(〔\[]?(?:牵头|责任|负责|主办|承办)(?:责任|落实)?(?:单位|部门)[：:]")
});

/// The places of the items of an excerpt; empty where the numbers do not rise over all of them.
pub(super) fn find_excerpt(clean: &str, body: &[Span]) -> HashSet<usize> {
    // Many texts name nobody at all.
    if !["牵头", "责任", "负责", "主办", "承办"].iter().any(|word| clean.contains(word)) {
        return HashSet::new();
    }
    let number_of = |line: &Span| {
        let marker = parse_marker(line.slice(clean))?;
        (marker.style == Style::Digit).then_some(marker.number)
    };
    let mut items = HashSet::new();
    let mut last = 0;
    for (at, line) in body.iter().enumerate() {
        let Some(number) = number_of(line) else { continue };
        let is_in_charge =
            body.get(at + 1).is_some_and(|below| IN_CHARGE.is_match(below.slice(clean)));
        if number <= last || !is_in_charge {
            return HashSet::new();
        }
        last = number;
        items.insert(at);
    }
    if items.len() < ITEMS_MIN { HashSet::new() } else { items }
}

#[cfg(test)]
mod tests {
    use super::super::tests::paths;

    #[test]
    fn items_of_a_longer_list_keep_its_numbers() {
        let text = "28.种好行道树。\n牵头单位：市园林局\n配合单位：市财政局\n44.保护古树。\n责任单位：市林业局\n45.补种死苗。\n牵头单位：市园林局";
        assert_eq!(paths(text), [vec![28], vec![44], vec![45]]);
    }

    #[test]
    fn numbers_without_bodies_in_charge_or_that_fall_are_no_excerpt() {
        for text in [
            "28.种好行道树。\n牵头单位：市园林局\n44.保护古树。\n46.补种死苗。\n牵头单位：市园林局",
            "28.种好行道树。\n牵头单位：市园林局\n44.保护古树。\n牵头单位：市园林局\n30.补种死苗。\n牵头单位：市园林局",
        ] {
            assert_eq!(paths(text), [[0; 0]; 0], "{text}");
        }
    }
}
