//! Which organization a name means in a jurisdiction.
//!
//! In: a body as written (市发展改革委), the place whose government issued the document. Out: an
//! [`Organization`] with names, function, sector and place. Guarantees: every name gives one; the same
//! body has the same name under all its forms (市发改委, 菏泽市发展和改革委员会). A body that the code list
//! lacks keeps its own words, preceded by the place. Aliases never cross a jurisdiction.

use super::body_kind::find_kind;
use super::function::{Function, Functions, Meaning, NamePair};
use super::mint::local_name;
use super::place::{Place, Places};
use std::collections::BTreeSet;

/// A body, as the graph knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Organization {
    /// Place and standard short name: 菏泽市发展改革委; the label, and the IRI's last part.
    pub(super) label: String,
    /// Full name: 菏泽市发展和改革委员会.
    pub(super) full_name: String,
    /// Other names inside the jurisdiction: 市发展改革委, 市发改委.
    pub(super) other_names: BTreeSet<String>,
    /// Name in English, made from function and place.
    pub(super) label_en: Option<String>,
    /// Code of the function.
    pub(super) function: Option<String>,
    /// Local name of the sector's concept.
    pub(super) sector: Option<String>,
    /// The place it answers for.
    pub(super) place: Option<Place>,
}

/// Finds organizations by name.
#[derive(Clone, Copy)]
pub(super) struct Registry<'a> {
    /// Functions and names.
    pub(super) functions: &'a Functions,
    /// Places.
    pub(super) places: &'a Places,
}

/// A name read as place and template.
struct Reading<'a> {
    meaning: Meaning,
    template: String,
    place: &'a Place,
}

impl Registry<'_> {
    /// The body that `written` means in documents of `jurisdiction`.
    pub(super) fn identify(&self, written: &str, jurisdiction: Option<&Place>) -> Organization {
        let name: String = written.chars().filter(|character| !character.is_whitespace()).collect();
        if let Some(reading) = self.read_name(&name, jurisdiction) {
            return self.known(&reading, &name);
        }
        let central = jurisdiction.is_some_and(|place| place.level == 0);
        let mut heads = ["国家", "国务院", "中国"].iter().filter(|_| central);
        let prefixed = heads.find_map(|head| self.functions.meaning(&format!("{head}{name}")));
        if let Some(meaning) = prefixed.or_else(|| self.functions.meaning(without_aside(&name))) {
            return match (meaning, self.places.country(), jurisdiction) {
                (Meaning::National(_), Some(country), _) => self.national(meaning, country, &name),
                (Meaning::NationalOther(_), Some(country), _) => {
                    unlisted(&name, &name, self.functions.get(meaning.index()), Some(country))
                }
                (Meaning::Alias(_), _, Some(place)) if place.level > 0 => {
                    self.known(&Reading { meaning, template: name.clone(), place }, &name)
                }
                (_, _, place) => self.unplaced(&name, Some(meaning), place),
            };
        }
        let near = self.places.short_named(&name, jurisdiction).filter(|_| jurisdiction.is_some());
        if let Some((place, meaning)) = near.zip(self.functions.meaning("{}人民政府")) {
            // 福州、厦门 in a list of bodies are their governments.
            let template = "{}人民政府".to_owned();
            return self.known(&Reading { meaning, template, place }, &name);
        }
        if let Some(reading) = self.read_branch(&name, jurisdiction) {
            return self.known(&reading, &name);
        }
        if let Some((place, rest)) = self.own_place(&name, jurisdiction) {
            let template = format!("{{}}{rest}");
            if let Some(meaning) = self.functions.meaning(&template) {
                return self.known(&Reading { meaning, template, place: &place }, &name);
            }
            // A division named as a body is its government.
            let kind = if rest.is_empty() { "人民政府" } else { rest };
            let function = find_kind(self.functions, kind);
            let function = function.and_then(|meaning| self.functions.get(meaning.index()));
            return unlisted(&name, &name, function, Some(&place));
        }
        self.unplaced(&name, None, jurisdiction)
    }

    /// The place whose government or department `issuer` is; the country for its own bodies.
    pub(super) fn place_of_issuer(&self, issuer: &str) -> Option<Place> {
        let own = self.places.place_of_body(issuer);
        let national = || {
            let meaning = self.functions.meaning(issuer)?;
            matches!(meaning, Meaning::National(_) | Meaning::NationalOther(_))
                .then(|| self.places.country().cloned())?
        };
        own.or_else(national).or_else(|| self.places.find_inside(issuer).cloned())
    }

    /// The place that a body's name begins with, and the rest. A new area (鲁西新区) that the list lacks is part of
    /// the jurisdiction; a city or county that the list lacks is a place of its own.
    fn own_place<'n>(
        &self,
        name: &'n str,
        jurisdiction: Option<&Place>,
    ) -> Option<(Place, &'n str)> {
        let (mut place, rest) = self.places.split_body(name, jurisdiction)?;
        let listed = place.adcode.is_some() || jurisdiction.is_none();
        let is_division = place.name.ends_with(['市', '县', '州', '旗']);
        if !listed && place.parent_code.is_none() {
            place.parent_code = jurisdiction
                .filter(|above| above.level < place.level)
                .and_then(|above| above.adcode.clone());
        }
        Some((place, rest)).filter(|_| listed || is_division)
    }

    /// Reads `name` as a body of a place inside it that is not above the jurisdiction: 人行福州中心支行, 福州海关.
    fn read_branch<'p>(&'p self, name: &str, jurisdiction: Option<&Place>) -> Option<Reading<'p>> {
        let bare = without_aside(name);
        self.places.split_inside(bare, jurisdiction).into_iter().find_map(
            |(before, place, after)| {
                let template = format!("{before}{{}}{after}");
                let meaning = self.functions.meaning(&template)?;
                Some(Reading { meaning, template, place })
            },
        )
    }

    /// Reads `name` as the name of a function's body with its place written out or as its level's word.
    fn read_name<'p>(&'p self, name: &str, jurisdiction: Option<&'p Place>) -> Option<Reading<'p>> {
        let bare = without_aside(name);
        let inside = self.places.split_prefix(bare, jurisdiction).map(|(place, _)| place);
        let chain = jurisdiction.map(|place| self.places.chain(place)).unwrap_or_default();
        let written_out = inside.into_iter().chain(chain.iter().copied());
        let spelled = written_out.map(|place| (place, place.name.as_str()));
        let by_level = chain.iter().map(|place| (*place, place.level_word()));
        let by_short_name =
            chain.iter().filter_map(|place| Some((*place, &**place.short_name.as_ref()?)));
        let words =
            spelled.chain(by_level).chain(by_short_name).filter(|(_, word)| !word.is_empty());
        let placed = words.filter_map(|(place, word)| {
            let (before, after) = bare.split_once(word)?;
            Some((place, format!("{before}{{}}{after}")))
        });
        // A list shares its first word: 省市场监管局、商务厅.
        let shared = chain.first().map(|place| (*place, format!("{{}}{bare}")));
        placed.chain(shared).find_map(|(place, template)| {
            let meaning = self.functions.meaning(&template)?;
            Some(Reading { meaning, template, place })
        })
    }

    fn known(&self, reading: &Reading<'_>, written: &str) -> Organization {
        let Reading { meaning, template, place } = reading;
        let function = self.functions.get(meaning.index());
        let pair = match (meaning, function) {
            (Meaning::Other(_), _) | (_, None) => None,
            // 省法院 and 市法院 are short for different full names.
            (_, Some(function)) if level_names(function, place).bears(template) => {
                Some(level_names(function, place))
            }
            (Meaning::Province(_), Some(function)) if !function.province.short.is_empty() => {
                Some(&function.province)
            }
            (Meaning::City(_), Some(function)) => Some(&function.city),
            (_, Some(function)) => Some(level_names(function, place)),
        };
        let Some((pair, function)) = pair.filter(|pair| !pair.short.is_empty()).zip(function)
        else {
            // 中国铁路南昌局 has its place in it: no more belongs there.
            let short = place.short_name.as_ref().filter(|_| !written.contains(&place.name));
            let inside = !template.starts_with("{}");
            let spelled = short.is_some_and(|short| written.contains(&**short) && inside);
            let label = if spelled { written.to_owned() } else { fill(template, &place.name) };
            return unlisted(&label, written, function, Some(place));
        };
        let full = if pair.full.is_empty() { &pair.short } else { &pair.full };
        let label = fill(&pair.short, &place.name);
        let mut other_names =
            BTreeSet::from([written.to_owned(), without_aside(written).to_owned()]);
        other_names.extend(written_forms(function, pair, place));
        Organization {
            full_name: fill(full, &place.name),
            ..finished(&label, other_names, Some(function), Some(place))
        }
    }

    fn national(&self, meaning: Meaning, country: &Place, written: &str) -> Organization {
        let function = self.functions.get(meaning.index());
        let names = function.map(|function| function.national.clone()).unwrap_or_default();
        let label = names.first().map_or(written, String::as_str).to_owned();
        let full = function.and_then(|function| function.national_full.clone());
        let mut other_names = BTreeSet::from_iter(names);
        other_names.insert(written.to_owned());
        let organization = finished(&label, other_names, function, Some(country));
        Organization { full_name: full.unwrap_or(label), ..organization }
    }

    /// A name that tells no place: it belongs to the jurisdiction (各县区人民政府).
    fn unplaced(
        &self,
        name: &str,
        meaning: Option<Meaning>,
        place: Option<&Place>,
    ) -> Organization {
        let chain = place.map(|place| self.places.chain(place)).unwrap_or_default();
        let meaning_of_rest = meaning.or_else(|| find_kind(self.functions, name));
        let function = meaning_of_rest.and_then(|meaning| self.functions.get(meaning.index()));
        for above in chain {
            let word = above.level_word();
            let rest = name.strip_prefix(word).filter(|rest| !word.is_empty() && !rest.is_empty());
            if let Some(rest) = rest.filter(|_| meaning.is_none()) {
                return unlisted(&format!("{}{rest}", above.name), name, function, Some(above));
            }
        }
        // 河南出入境边检总站 names its place already.
        let told = |place: &&Place| {
            name.contains(&place.name)
                || place.short_name.as_ref().is_some_and(|short| name.contains(short))
        };
        let label = match place.filter(|place| place.level > 0 && !told(place)) {
            Some(place) => format!("{}{name}", place.name),
            None => name.to_owned(),
        };
        unlisted(&label, name, function, place)
    }
}

/// The sector of bodies that are many.
const COLLECTIVE: &str = "Collective";

/// A body that the code list has no names for; its function may still be known.
fn unlisted(
    label: &str,
    written: &str,
    function: Option<&Function>,
    place: Option<&Place>,
) -> Organization {
    let mut other_names = BTreeSet::from([written.to_owned()]);
    let short = place.and_then(|place| Some((place, label.strip_prefix(&*place.name)?)));
    if let Some((place, rest)) = short.filter(|_| function.is_some_and(|f| f.sector != COLLECTIVE))
    {
        other_names.insert(format!("{}{rest}", place.level_word()));
    }
    let organization = finished(label, other_names, function, place);
    let collective = is_collective(written).then(|| COLLECTIVE.to_owned());
    Organization { sector: organization.sector.or(collective), ..organization }
}

fn is_collective(name: &str) -> bool {
    let words =
        ["有关部门", "相关部门", "有关单位", "相关单位", "各部门", "各单位", "等部门", "等单位"];
    name.starts_with('各') || words.iter().any(|word| name.contains(word))
}

fn finished(
    label: &str,
    mut other_names: BTreeSet<String>,
    function: Option<&Function>,
    place: Option<&Place>,
) -> Organization {
    // One IRI, one label, however a text brackets or quotes the name.
    let label = local_name(label);
    other_names.remove(&label);
    let label_en =
        function.and_then(|function| function.label_en.as_deref()).map(|name| {
            match place.and_then(|place| place.label_en.as_deref()) {
                Some(place) => format!("{name} ({place})"),
                None => name.to_owned(),
            }
        });
    Organization {
        full_name: label.clone(),
        label,
        other_names,
        label_en,
        function: function.map(|function| function.code.clone()),
        sector: function.map(|function| function.sector.clone()),
        place: place.cloned(),
    }
}

/// The names that bodies of the place's level bear; municipalities (level 1, called 市) use a city's.
fn level_names<'f>(function: &'f Function, place: &Place) -> &'f NamePair {
    let province = place.level == 1 && place.level_word() != "市";
    match (province && !function.province.short.is_empty(), function.city.short.is_empty()) {
        (true, _) | (false, true) => &function.province,
        (false, false) => &function.city,
    }
}

/// What documents of the jurisdiction write for the body: 市发展改革委, 市发改委, 发改委.
fn written_forms(function: &Function, pair: &NamePair, place: &Place) -> Vec<String> {
    let last = |name: &str| name.chars().last();
    // A bureau of a province is a 厅, of a city a 局: the other form of an alias is not its name.
    let fits = |alias: &str| {
        let other = if last(&pair.short) == Some('厅') { '局' } else { '厅' };
        last(alias) != Some(other) || last(&pair.short) == Some(other)
    };
    let aliases = function.aliases.iter().map(String::as_str).filter(|alias| fits(alias));
    // 中共菏泽市委宣传部 is never shortened to 中共市委宣传部.
    let full = Some(pair.full.as_str()).filter(|full| full.starts_with("{}"));
    let templates = [pair.short.as_str()].into_iter().chain(full).chain(aliases);
    templates.map(|template| fill(template, place.level_word())).collect()
}

fn fill(template: &str, word: &str) -> String {
    template.replace("{}", word)
}

/// A name without the aside in brackets at its end: 各县区人民政府(管委会).
fn without_aside(name: &str) -> &str {
    let closed = name.strip_suffix([')', '）']);
    let open = closed.and_then(|inner| inner.rsplit_once(['(', '（']));
    open.map(|(head, _)| head).filter(|head| !head.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests;
