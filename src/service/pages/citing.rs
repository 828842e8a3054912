//! How a document is cited: a reference in the manner of GB/T 7714, and the documents above and below as a drawing. In: a document; out: text, and SVG. Guarantee: what the graph does
//! not say is left out of the reference, and the day on which it is read is left to the reader. Surprising: in every language of the page issuer and title stand as they are printed.

use oxigraph::model::NamedNode;

use crate::graph::vocabulary::zt;
use crate::service::charts::{Caption, Drawing, Layers, layers};
use crate::service::language::{Language, Reader};
use crate::service::lookup::Lookup;

/// Documents that are drawn on each side; a number tells how many more there are.
const DRAWN_MAX: usize = 6;

/// Issuer. Title: number[A/OL]. (day)[]. IRI.
pub(crate) fn reference(lookup: Lookup<'_>, document: &NamedNode) -> String {
    let read_on = read_on(lookup);
    let printed = Lookup::new(lookup.site, Reader { language: Language::Chinese, ..lookup.reader });
    let issuers = printed.references(document, zt::ISSUER);
    let issuers: Vec<String> = issuers.into_iter().map(|issuer| issuer.label).collect();
    let title = printed.text(document, zt::TITLE).unwrap_or_else(|| printed.label(document));
    let number = printed.text_or_empty(document, zt::DOCUMENT_NUMBER);
    let signed_on = printed.text_or_empty(document, zt::SIGNED_ON);
    let said = [title.trim(), &number, &signed_on, read_on];
    written(&issuers.join(", "), said, document.as_str())
}

/// What stands for the day on which it is read.
pub(super) fn read_on<'t>(lookup: Lookup<'_>) -> &'t str {
    lookup.t("引用日期", "date of access")
}

fn written(issuers: &str, [title, number, day, read_on]: [&str; 4], iri: &str) -> String {
    let issuers = if issuers.is_empty() { String::new() } else { format!("{issuers}. ") };
    let number = if number.is_empty() || title.contains(number) {
        String::new()
    } else {
        format!(": {number}")
    };
    let day = if day.is_empty() { String::new() } else { format!("({day})") };
    format!("{issuers}{title}{number}[A/OL]. {day}[{read_on}]. {iri}.")
}

/// What a document goes back to and what goes back to it.
pub(crate) fn drawing(lookup: Lookup<'_>, document: &NamedNode) -> Drawing {
    let mut above = lookup.nodes(document, zt::IMPLEMENTS);
    for basis in lookup.nodes(document, zt::BASED_ON) {
        if !above.contains(&basis) {
            above.push(basis);
        }
    }
    let (below, below_count) = lookup.some_subjects(zt::IMPLEMENTS, document, DRAWN_MAX);
    let above_count = above.len();
    let above = names(lookup, &above, above_count);
    let below = names(lookup, &below, below_count);
    let name = lookup.label(document);
    let title = lookup.t("贯彻落实关系", "What implements what");
    let description = match lookup.t("zh", "en") {
        "zh" => format!("“{name}”之上 {above_count} 份文件，之下 {below_count} 份"),
        _ => format!("{above_count} documents above “{name}”, {below_count} below"),
    };
    let shown = Layers {
        upper: lookup.t("↑ 本文件贯彻落实或依据以上文件", "↑ which this document implements"),
        above: &above,
        name: &name,
        lower: lookup.t("↓ 以下文件贯彻落实本文件", "↓ which implement this document"),
        below: &below,
    };
    layers(Caption { title, description: &description }, &shown)
}

fn names(lookup: Lookup<'_>, nodes: &[NamedNode], count: usize) -> Vec<String> {
    let mut names: Vec<String> =
        nodes.iter().take(DRAWN_MAX).map(|node| lookup.label(node)).collect();
    let more = count.saturating_sub(names.len());
    if more > 0 {
        names.push(match lookup.t("zh", "en") {
            "zh" => format!("另有 {more} 份"),
            _ => format!("and {more} more"),
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_reference_has_issuer_title_number_day_and_address() {
        assert_eq!(
            written(
                "甲市人民政府",
                ["关于森林的通知", "甲政发〔2031〕1号", "2031-03-05", "引用日期"],
                "http://e/d"
            ),
            "甲市人民政府. 关于森林的通知: 甲政发〔2031〕1号[A/OL]. (2031-03-05)[引用日期]. http://e/d."
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        assert_eq!(
            written("", ["甲政发〔2031〕1号", "甲政发〔2031〕1号", "", "引用日期"], "http://e/d"),
            "甲政发〔2031〕1号[A/OL]. [引用日期]. http://e/d."
        );
    }
}
