//! The options of searches. In: arguments; out: what is looked for, with every default filled in. Surprising: these read no environment, because a search belongs to
//! who asks and not to the machine.

use crate::index::{Axis, EntryKind, Mode, Sort};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words as one would type them into the search box; without any, everything under the filters.
    pub words: Vec<String>,
    /// How they are looked for: smart (words, names in all forms, numbers), exact (the characters), word (the same on borders of words).
    #[arg(long, value_name = "MODE", default_value = "smart", value_parser = named(Mode::ALL.map(|mode| (mode.name(), mode))))]
    pub mode: Mode,
    /// Only these kinds: document, measure, target, department, indicator, place, programme.
    #[arg(long = "kind", value_name = "KIND", value_parser = named(EntryKind::ALL.map(|kind| (kind.name(), kind))))]
    pub kinds: Vec<EntryKind>,
    /// Only what has this value of a facet, as `--json` lists them: AXIS=VALUE, e.g. year=2024.
    #[arg(long = "filter", value_name = "AXIS=VALUE", value_parser = parse_filter)]
    pub filters: Vec<(Axis, String)>,
    /// Only what has targets, or has none.
    #[arg(long, value_name = "YES|NO", value_parser = named([("yes", true), ("no", false)]))]
    pub targets: Option<bool>,
    /// Further words that what is found must have as well.
    #[arg(long, value_name = "WORDS")]
    pub within: Vec<String>,
    /// Look at titles and other names only.
    #[arg(long)]
    pub titles_only: bool,
    /// The most relevant first, the latest documents, or what is due first.
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = named(Sort::ALL.map(|sort| (sort.name(), sort))))]
    pub sort: Sort,
    /// The page of hits, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub page: u32,
    /// At most so many hits.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub hits_max: usize,
    /// Print hits and facets as JSON.
    #[arg(long)]
    pub json: bool,
}

/// One of some names, for an option.
fn named<T: Clone + Send + Sync + 'static, const N: usize>(
    names: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(names.each_ref().map(|(name, _)| *name));
    known.try_map(move |given| {
        let found = names.iter().find(|(name, _)| *name == given);
        found.map(|(_, value)| value.clone()).ok_or("not a known name")
    })
}

/// `AXIS=VALUE`.
fn parse_filter(given: &str) -> Result<(Axis, String), String> {
    let known = || Axis::ALL.map(Axis::name).join(", ");
    let (name, value) = given
        .split_once('=')
        .ok_or_else(|| format!("expected AXIS=VALUE with one of {}", known()))?;
    let axis = Axis::from_name(name)
        .ok_or_else(|| format!("there is no axis {name}; there are {}", known()))?;
    Ok((axis, value.to_owned()))
}

/// Arguments of `related`.
#[derive(Debug, Args)]
pub struct RelatedArgs {
    /// The IRI of a measure, document, target, department, indicator, place or programme, as `search` prints it.
    pub iri: String,
    /// At most so many of each sort.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub hits_max: usize,
    /// Print them as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `suggest`.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// The text so far: Chinese, pinyin, initials, or a mixture.
    #[arg(required = true)]
    pub words: Vec<String>,
    /// At most so many suggestions.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub max: usize,
    /// Print suggestions as JSON.
    #[arg(long)]
    pub json: bool,
}
