//! The first few of many in an order, without putting all of them in order. In: items and how many are wanted; out: these, in order. Guarantee: what is given is what sorting all would
//! give, where no two items are equal.

use std::cmp::Ordering;

/// The first `wanted` of `items`, of which there are at most `items_len`.
pub(crate) fn first_of<T: Copy>(
    items: impl Iterator<Item = T>,
    (wanted, items_len): (usize, usize),
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    if wanted == 0 {
        return Vec::new();
    }
    // Twice as many as are wanted are held, so that they are put in order seldom; the last one that is good enough keeps most of the others out.
    let held_max = wanted.saturating_mul(2);
    let mut held: Vec<T> = Vec::with_capacity(held_max.min(items_len));
    let mut last = None;
    for item in items {
        if last.is_some_and(|last| order(&last, &item).is_lt()) {
            continue;
        }
        if held.len() == held_max {
            let (_, nth, _) = held.select_nth_unstable_by(wanted - 1, &order);
            last = Some(*nth);
            held.truncate(wanted);
        }
        held.push(item);
    }
    held.sort_unstable_by(&order);
    held.truncate(wanted);
    held
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_those_of_the_whole_order() {
        let items: Vec<u32> = (0..500).map(|item| item * 37 % 501).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        for wanted in [0, 1, 10, 249, 250, 499, 500, 1_000] {
            let first = first_of(items.iter().copied(), (wanted, items.len()), u32::cmp);
            assert_eq!(first, sorted[..wanted.min(500)], "{wanted}");
        }
    }
}
