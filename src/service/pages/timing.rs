//! Targets in the order of their days, and those days on a line. In: targets; out: an order, and a drawing. Surprising: what names no day comes last and is not drawn.

use oxigraph::model::NamedNode;

use super::wording::year_fraction;
use crate::graph::vocabulary::zt;
use crate::service::charts::{Caption, Dates, Drawing, timeline};
use crate::service::lookup::Lookup;

/// A target with its day, if it names one.
pub(crate) type Dated = (Option<String>, NamedNode);

/// The first due first and those without a day last; those of one day stay in their order.
pub(crate) fn in_order_of_days(
    lookup: Lookup<'_>,
    targets: impl IntoIterator<Item = NamedNode>,
) -> Vec<Dated> {
    let dated = targets.into_iter().map(|node| (lookup.text(&node, zt::DEADLINE), node));
    let mut dated: Vec<Dated> = dated.collect();
    // The sort is stable.
    dated.sort_by_key(|(deadline, _)| (deadline.is_none(), deadline.clone()));
    dated
}

/// Targets that are in the order of their days, on a line.
pub(crate) fn days_drawing(lookup: Lookup<'_>, title: &str, targets: &[Dated]) -> Drawing {
    let mut days: Vec<(f64, usize)> = Vec::new();
    for day in targets.iter().filter_map(|(deadline, _)| year_fraction(deadline.as_deref()?)) {
        match days.last_mut() {
            Some((last, count)) if (*last - day).abs() < 1e-6 => *count += 1,
            _ => days.push((day, 1)),
        }
    }
    let count: usize = days.iter().map(|(_, count)| count).sum();
    let description = match lookup.t("zh", "en") {
        "zh" => format!("{count} 个写明期限的目标"),
        _ => format!("{count} targets with a deadline"),
    };
    timeline(Caption { title, description: &description }, &Dates::Days(days))
}
