//! Fields in a search: 部门:… 文号:… and their like. In: the name before a colon; out: what it narrows by. Surprising: the names are a table, and a name that is not in
//! it is no field but words, because a sentence may hold a colon.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::axis::Axis;

/// What a field narrows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldName {
    /// Values of an axis.
    Axis(Axis),
    /// The number of the document.
    Number,
}

static NAMES: LazyLock<HashMap<&'static str, FieldName>> = LazyLock::new(|| {
    let lines = include_str!("fields.tsv").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    let named = pairs.filter_map(|(name, field)| match field {
        "number" => Some((name, FieldName::Number)),
        axis => Some((name, FieldName::Axis(Axis::from_name(axis)?))),
    });
    named.collect()
});

/// The field of this name, which is normalised.
pub(crate) fn find_field(name: &str) -> Option<FieldName> {
    NAMES.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_names_a_field() {
        let lines = include_str!("fields.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), NAMES.len());
        assert_eq!(find_field("部门"), Some(FieldName::Axis(Axis::Department)));
        assert_eq!(find_field("苗圃"), None);
    }
}
