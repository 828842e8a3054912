//! What documents say of a programme. In: what names it; out: by document the items that launch or mention it, with the sentence that has its name. Guarantee: a sentence is the text's own characters, cut
//! with an ellipsis where it is very long.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::marks::item_id;
use super::undertaking::{Naming, Undertaking};
use super::wording::date_words;
use crate::graph::vocabulary::zt;
use crate::service::lookup::{Lookup, Reference};

/// Characters of a sentence on each side of the name.
const SIDE_CHARS_MAX: usize = 60;
/// Leading bodies that are named beside an item.
const LEADERS_SHOWN: usize = 3;

/// A document with its items that name a programme.
pub(crate) struct OfDocument {
    pub(crate) document: Reference,
    pub(crate) place: Reference,
    pub(crate) number: String,
    pub(crate) date: String,
    pub(crate) items: Vec<NamingRow>,
}

/// An item that names a programme.
pub(crate) struct NamingRow {
    pub(crate) item: Reference,
    pub(crate) number: String,
    /// Where it stands in the full text.
    pub(crate) in_text_href: String,
    pub(crate) is_launch: bool,
    /// What stands before the name, the name, and what stands behind it.
    pub(crate) sentence: Option<[String; 3]>,
    /// The bodies that lead, or else those in charge.
    pub(crate) leaders: Vec<Reference>,
    pub(crate) leaders_more: usize,
    /// The measures of a chapter that launches it.
    pub(crate) inside: Vec<Reference>,
}

/// The items by document: documents that launch the programme first, the newest first among them.
pub(crate) fn by_document(
    lookup: Lookup<'_>,
    undertaking: &Undertaking,
    names: &[&str],
) -> Vec<OfDocument> {
    let mut documents: BTreeMap<&str, (&NamedNode, Vec<&Naming>)> = BTreeMap::new();
    for one in &undertaking.named {
        let document = one.document.as_ref().unwrap_or(&one.item);
        let entry = documents.entry(document.as_str()).or_insert_with(|| (document, Vec::new()));
        entry.1.push(one);
    }
    let dated = documents.into_values().map(|(document, named)| {
        let is_launch = named.iter().any(|one| one.is_launch);
        (!is_launch, lookup.text_or_empty(document, zt::SIGNED_ON), document, named)
    });
    let mut dated: Vec<_> = dated.collect();
    // The sort is stable: equals stay in the order of their IRIs.
    dated.sort_by(|left, right| left.0.cmp(&right.0).then_with(|| right.1.cmp(&left.1)));
    let shown = dated.into_iter().map(|(_, signed_on, document, named)| OfDocument {
        document: lookup.reference(document),
        place: lookup
            .node(document, zt::JURISDICTION)
            .map(|place| lookup.reference(&place))
            .unwrap_or_default(),
        number: lookup.text_or_empty(document, zt::DOCUMENT_NUMBER),
        date: date_words(&signed_on, lookup.reader.language),
        items: named.into_iter().map(|one| naming_row(lookup, one, names)).collect(),
    });
    shown.collect()
}

fn naming_row(lookup: Lookup<'_>, one: &Naming, names: &[&str]) -> NamingRow {
    let item = &one.item;
    let mut leaders = lookup.nodes(item, zt::LEAD_BY);
    if leaders.is_empty() {
        leaders = lookup.nodes(item, zt::RESPONSIBLE_ORG);
    }
    let document = one.document.as_ref();
    NamingRow {
        item: lookup.reference(item),
        number: lookup.number_beside_name(item),
        in_text_href: document
            .map(|document| format!("{}#{}", lookup.href(document), item_id(item)))
            .unwrap_or_default(),
        is_launch: one.is_launch,
        sentence: sentence(&lookup.text_or_empty(item, zt::TEXT), names),
        leaders_more: leaders.len().saturating_sub(LEADERS_SHOWN),
        leaders: leaders.iter().take(LEADERS_SHOWN).map(|body| lookup.reference(body)).collect(),
        inside: one.inside.iter().map(|measure| lookup.reference(measure)).collect(),
    }
}

/// The sentence of a text that has one of the names, in three pieces around it.
fn sentence(text: &str, names: &[&str]) -> Option<[String; 3]> {
    let mut sentences = text.split_inclusive(['。', '；', '\n']).map(str::trim);
    let parted = sentences.find_map(|sentence| {
        names.iter().find_map(|name| {
            let (before, after) = sentence.split_once(name)?;
            Some([before, name, after])
        })
    });
    let [before, name, after] = parted?;
    let left_out = before.chars().count().saturating_sub(SIDE_CHARS_MAX);
    let end: String = before.chars().skip(left_out).collect();
    let before = if left_out > 0 { format!("…{end}") } else { end };
    let start: String = after.chars().take(SIDE_CHARS_MAX).collect();
    let is_cut = after.chars().nth(SIDE_CHARS_MAX).is_some();
    let after = if is_cut { format!("{start}…") } else { start };
    Some([before, name.to_owned(), after])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_that_has_the_name_is_told_in_three_pieces() {
        let text = "1.造林。开展“增绿行动”，扩大森林。保护湿地。";
        let pieces = sentence(text, &["绿化行动", "增绿行动"]).unwrap();
        assert_eq!(pieces, ["开展“", "增绿行动", "”，扩大森林。"]);
    }

    #[test]
    fn a_text_without_the_name_has_no_such_sentence() {
        assert_eq!(sentence("保护湿地。", &["增绿行动"]), None);
        assert_eq!(sentence("", &[]), None);
    }

    #[test]
    fn a_very_long_sentence_is_cut_on_both_sides_and_says_so() {
        let text = format!("{}增绿行动{}", "林".repeat(70), "木".repeat(70));
        let [before, _, after] = sentence(&text, &["增绿行动"]).unwrap();
        assert_eq!(before, format!("…{}", "林".repeat(60)));
        assert_eq!(after, format!("{}…", "木".repeat(60)));
    }
}
