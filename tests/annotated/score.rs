//! Scores an extraction against what a reader found. In: two JSON values in the form of the annotation guide. Out: for each of nine
//! figures how many were right, found and wanted. The surprise: a target pairs with one at the same place with the same
//! value and unit, the one with the likest name first; its other attributes count in a figure of their own.

use serde_json::Value;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The figures, in order.
pub(crate) const FIGURES: [&str; 9] = [
    "header",
    "outline",
    "measures",
    "departments",
    "roles",
    "targets",
    "every attribute",
    "commitments",
    "references",
];

/// Names of what a target measures are the same from this likeness on.
const NAME_LIKENESS_MIN: f64 = 0.6;

/// The same for commitments, which have no number that would tell them apart.
const COMMITMENT_LIKENESS_MIN: f64 = 0.5;

/// A name that contains the other is at least so like it.
const CONTAINED_LIKENESS: f64 = 0.8;

/// Quotation marks and commas, which count as nothing in names.
const DROPPED: &str = "\"'“”‘’「」『』,。;:、";

/// How many were right, found and wanted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Tally {
    fn new(right: usize, found: usize, wanted: usize) -> Self {
        Self { right, found, wanted }
    }

    /// Takes another document's into account.
    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// The harmonic mean of precision and recall; 1 where nothing is wanted and nothing found.
    pub(crate) fn f1(self) -> f64 {
        let all = self.found + self.wanted;
        if all == 0 { 1.0 } else { to_f64(2 * self.right) / to_f64(all) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

/// The nine tallies of one document.
pub(crate) fn score(wanted: &Value, found: &Value) -> [Tally; 9] {
    let (departments, roles) =
        (score_assigned(wanted, found, false), score_assigned(wanted, found, true));
    let (targets, full) = score_targets(wanted, found);
    [
        score_sets(&header(wanted), &header(found), &BTreeSet::new()),
        score_sets(&outline(wanted), &outline(found), &BTreeSet::new()),
        score_sets(&paths(wanted, Some(false)), &paths(found, None), &paths(wanted, Some(true))),
        departments,
        roles,
        targets,
        full,
        score_commitments(wanted, found),
        score_references(wanted, found),
    ]
}

/// What neither side has to have, `spare`, counts nowhere.
fn score_sets(
    wanted: &BTreeSet<String>,
    found: &BTreeSet<String>,
    spare: &BTreeSet<String>,
) -> Tally {
    let right = wanted.intersection(found).count();
    let spared = found.iter().filter(|one| spare.contains(*one) && !wanted.contains(*one)).count();
    Tally::new(right, found.len() - spared, wanted.len())
}

fn list<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    document.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn is_optional(entry: &Value) -> bool {
    entry.get("optional").and_then(Value::as_bool).unwrap_or(false)
}

/// Words without what only the printing makes: width, kinds of brackets, quotation marks, spaces and commas.
fn fold(words: &str) -> String {
    let mut folded = String::new();
    for c in words.nfkc() {
        match c {
            '〔' | '﹝' | '[' | '【' | '(' => folded.push('('),
            '〕' | '﹞' | ']' | '】' | ')' => folded.push(')'),
            '—' | '–' | '―' | '~' | '-' if folded.ends_with('-') => {}
            '—' | '–' | '―' | '~' | '-' => folded.push('-'),
            c if c.is_whitespace() || DROPPED.contains(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

fn header(document: &Value) -> BTreeSet<String> {
    let Some(header) = document.get("document") else { return BTreeSet::new() };
    let single = ["title", "number", "date", "kind", "attached_title"];
    let singles = single.iter().map(|name| (*name, text(header, name)));
    let several = ["issuers", "recipients"].into_iter().flat_map(|name| {
        list(header, name).iter().map(move |one| (name, one.as_str().unwrap_or_default()))
    });
    let fields = singles.chain(several).filter(|(_, words)| !words.is_empty());
    fields.map(|(name, words)| format!("{name} {}", fold(words))).collect()
}

fn outline(document: &Value) -> BTreeSet<String> {
    let items = list(document, "outline").iter();
    items.map(|item| format!("{} {}", text(item, "path"), fold(text(item, "title")))).collect()
}

/// The measures, or those of them that are or are not optional.
fn paths(document: &Value, optional: Option<bool>) -> BTreeSet<String> {
    let measures = list(document, "measures").iter();
    let fits = measures.filter(|one| optional.is_none_or(|wish| is_optional(one) == wish));
    fits.map(|one| text(one, "path").to_owned()).collect()
}

fn score_assigned(wanted: &Value, found: &Value, with_role: bool) -> Tally {
    let assigned = |document: &Value, optional: bool| -> BTreeSet<String> {
        let places = list(document, "measures").iter().chain(list(document, "assignments"));
        let rows = places.flat_map(|one| {
            list(one, "departments").iter().map(move |body| (text(one, "path").to_owned(), body))
        });
        let rows = rows.filter(|(_, body)| is_optional(body) == optional);
        let roles = |body: &Value| -> Vec<String> {
            match (with_role, optional) {
                (false, _) => vec![String::new()],
                (true, false) => vec![text(body, "role").to_owned()],
                // Whoever need not be found may be found in any role.
                (true, true) => ["lead", "responsible", "support"].map(str::to_owned).to_vec(),
            }
        };
        rows.flat_map(|(path, body)| {
            let name = fold(text(body, "name"));
            roles(body).into_iter().map(move |role| format!("{path} {name} {role}"))
        })
        .collect()
    };
    score_sets(&assigned(wanted, false), &assigned(found, false), &assigned(wanted, true))
}

fn targets(document: &Value, with_value: bool) -> Vec<&Value> {
    let has_value = |target: &Value| target.get("value").is_some_and(Value::is_number);
    list(document, "targets").iter().filter(|target| has_value(target) == with_value).collect()
}

fn score_targets(wanted: &Value, found: &Value) -> (Tally, Tally) {
    let (wanted, found) = (targets(wanted, true), targets(found, true));
    let key = |target: &Value| {
        let value = target.get("value").and_then(Value::as_f64).unwrap_or_default();
        (text(target, "path").to_owned(), format!("{value:.6}"), fold(text(target, "unit")))
    };
    let fits = |want: &Value, got: &Value| key(want) == key(got);
    let pairs = pair(&wanted, &found, fits, f64::MIN);
    let firm: Vec<_> = pairs.iter().filter(|(want, _, _)| !is_optional(want)).collect();
    let firm_wanted = wanted.iter().filter(|want| !is_optional(want)).count();
    let all = firm.len() + found.len() - pairs.len();
    let full = firm.iter().filter(|(want, got, likeness)| {
        *likeness >= NAME_LIKENESS_MIN && has_same_attributes(want, got)
    });
    (Tally::new(firm.len(), all, firm_wanted), Tally::new(full.count(), all, firm_wanted))
}

/// Bound, deadline, recurrence and year compared with; a reader may leave several deadlines open.
fn has_same_attributes(want: &Value, got: &Value) -> bool {
    let same = |name: &str| {
        let shown = |value: &Value| match value {
            Value::String(words) => words.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let got = got.get(name).map(shown).unwrap_or_default();
        match want.get(name) {
            Some(Value::Array(several)) => several.iter().any(|one| shown(one) == got),
            one => one.map(shown).unwrap_or_default() == got,
        }
    };
    ["comparator", "deadline", "recurrence", "baseline"].iter().all(|name| same(name))
}

fn score_commitments(wanted: &Value, found: &Value) -> Tally {
    let (wanted, found) = (targets(wanted, false), targets(found, false));
    let fits = |want: &Value, got: &Value| {
        text(want, "path") == text(got, "path")
            && text(want, "comparator") == text(got, "comparator")
    };
    let pairs = pair(&wanted, &found, fits, COMMITMENT_LIKENESS_MIN);
    let right = pairs.iter().filter(|(want, _, _)| !is_optional(want)).count();
    let firm = wanted.iter().filter(|want| !is_optional(want)).count();
    Tally::new(right, right + found.len() - pairs.len(), firm)
}

/// Those that fit, each once, the likest names first.
fn pair<'a>(
    wanted: &[&'a Value],
    found: &[&'a Value],
    fits: impl Fn(&Value, &Value) -> bool,
    likeness_min: f64,
) -> Vec<(&'a Value, &'a Value, f64)> {
    let mut options = Vec::new();
    for (at, want) in wanted.iter().enumerate() {
        for (other, got) in found.iter().enumerate().filter(|(_, got)| fits(want, got)) {
            let likeness = likeness_of(text(want, "indicator"), text(got, "indicator"));
            if likeness >= likeness_min {
                options.push((likeness, at.abs_diff(other), at, other));
            }
        }
    }
    options.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut taken, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (likeness, _, at, other) in options {
        if !taken.contains(&at) && !used.contains(&other) {
            taken.insert(at);
            used.insert(other);
            pairs.push((wanted[at], found[other], likeness));
        }
    }
    pairs
}

/// A reference is right by its number or, where one side has none, by its title.
fn score_references(wanted: &Value, found: &Value) -> Tally {
    let (wanted, found) = (list(wanted, "references"), list(found, "references"));
    let mut used = BTreeSet::new();
    let mut right = 0;
    for want in wanted {
        let is_same = |got: &Value| {
            let [title, number] =
                ["title", "number"].map(|name| (fold(text(want, name)), fold(text(got, name))));
            let by_number = !number.0.is_empty() && number.0 == number.1;
            let by_title = !title.0.is_empty() && title.0 == title.1;
            by_number || (by_title && (number.0.is_empty() || number.1.is_empty()))
        };
        let match_at = (0..found.len()).find(|at| !used.contains(at) && is_same(&found[*at]));
        if let Some(at) = match_at {
            used.insert(at);
            right += usize::from(!is_optional(want));
        }
    }
    let firm = wanted.iter().filter(|want| !is_optional(want)).count();
    Tally::new(right, right + found.len() - used.len(), firm)
}

/// Likeness of two names, 0 to 1: twice what their longest common pieces have, of what both have.
fn likeness_of(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (fold(a).chars().collect(), fold(b).chars().collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let ratio = to_f64(2 * count_common(&a, &b)) / to_f64(a.len() + b.len());
    let contains = |long: &[char], short: &[char]| {
        short.len() >= 2 && long.windows(short.len()).any(|window| window == short)
    };
    if contains(&a, &b) || contains(&b, &a) { ratio.max(CONTAINED_LIKENESS) } else { ratio }
}

/// Characters in the longest common piece, and in those to both of its sides.
fn count_common(a: &[char], b: &[char]) -> usize {
    let (mut from_a, mut from_b, mut len) = (0, 0, 0);
    for at in 0..a.len() {
        for other in 0..b.len() {
            let same = a[at..].iter().zip(&b[other..]).take_while(|(a, b)| a == b).count();
            if same > len {
                (from_a, from_b, len) = (at, other, same);
            }
        }
    }
    if len == 0 {
        return 0;
    }
    len + count_common(&a[..from_a], &b[..from_b])
        + count_common(&a[from_a + len..], &b[from_b + len..])
}
