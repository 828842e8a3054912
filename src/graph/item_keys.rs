//! What stands for each item of a document in IRIs.
//!
//! In: the items. Out: a key for each, in the same order. Guarantee: no two items share a key.
//! Chapters are known by the ordinal as printed (一), measures by their number where numbering runs
//! on through the document (7); where it restarts, everything is known by its path (2-1-3).

use super::mint::local_name;
use crate::document::{Item, ItemClass};
use std::collections::HashSet;

/// The keys of one document's items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemKeys(Vec<String>);

impl ItemKeys {
    /// Keys for `items`.
    pub(super) fn new(items: &[Item]) -> Self {
        let short: Vec<String> = items.iter().map(short_key).collect();
        let runs_on = all_differ(&short);
        let mut seen = HashSet::new();
        let keys = items.iter().zip(short).map(|(item, short)| {
            let chapter = item.class == ItemClass::Section && item.path.len() == 1;
            let wanted = if runs_on || chapter { short } else { path_key(item) };
            let key = first_free(&wanted, &seen);
            seen.insert(key.clone());
            key
        });
        Self(keys.collect())
    }

    /// The key of item `index`; `0` for what stands before the first item.
    pub(super) fn get(&self, index: Option<usize>) -> &str {
        index.and_then(|index| self.0.get(index)).map_or("0", String::as_str)
    }
}

fn short_key(item: &Item) -> String {
    let printed = local_name(&item.number.value);
    match item.class {
        ItemClass::Section if item.path.len() <= 1 && !printed.is_empty() => printed,
        ItemClass::Section => path_key(item),
        ItemClass::Measure => match item.path.last() {
            Some(ordinal) => ordinal.to_string(),
            None => path_key(item),
        },
    }
}

fn path_key(item: &Item) -> String {
    if item.path.is_empty() {
        return local_name(&item.number.value);
    }
    item.path.iter().map(ToString::to_string).collect::<Vec<_>>().join("-")
}

fn all_differ(keys: &[String]) -> bool {
    let mut seen = HashSet::new();
    keys.iter().all(|key| seen.insert(key))
}

/// `wanted`, or with `_2`, `_3`… where a text prints the same ordinals twice.
fn first_free(wanted: &str, taken: &HashSet<String>) -> String {
    let mut key = wanted.to_owned();
    let mut count = 1_usize;
    while taken.contains(&key) {
        count += 1;
        key = format!("{wanted}_{count}");
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Located;
    use crate::text::Span;

    fn item(class: ItemClass, path: &[u32], number: &str) -> Item {
        let empty = |value: &str| Located::new(value.to_owned(), Span::default());
        Item {
            path: path.to_vec(),
            number: empty(number),
            heading: empty(""),
            class,
            parent: None,
            span: Span::default(),
            assignments: Vec::new(),
            truncated: false,
        }
    }

    #[test]
    fn numbering_that_runs_on_keeps_printed_numbers() {
        let items = [
            item(ItemClass::Section, &[2], "二"),
            item(ItemClass::Measure, &[2, 1], "1"),
            item(ItemClass::Section, &[3], "三"),
            item(ItemClass::Measure, &[3, 2], "2"),
        ];
        assert_eq!(ItemKeys::new(&items).0, ["二", "1", "三", "2"]);
    }

    #[test]
    fn numbering_that_restarts_uses_paths() {
        let items = [
            item(ItemClass::Section, &[2], "二"),
            item(ItemClass::Section, &[2, 1], "一"),
            item(ItemClass::Measure, &[2, 1, 1], "1"),
            item(ItemClass::Section, &[2, 2], "二"),
            item(ItemClass::Measure, &[2, 2, 1], "1"),
        ];
        assert_eq!(ItemKeys::new(&items).0, ["二", "2-1", "2-1-1", "2-2", "2-2-1"]);
    }

    #[test]
    fn ordinals_printed_twice_still_give_different_keys() {
        let items = [
            item(ItemClass::Section, &[1], "一"),
            item(ItemClass::Section, &[1], "一"),
            item(ItemClass::Section, &[], ""),
        ];
        assert_eq!(ItemKeys::new(&items).0, ["一", "一_2", ""]);
    }

    #[test]
    fn what_stands_before_the_first_item_has_the_key_0() {
        assert_eq!(ItemKeys::new(&[]).get(None), "0");
    }
}
