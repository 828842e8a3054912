//! The ground that documents are described on: code lists and lexicon, compiled in, under one base IRI.
//!
//! In: a base IRI. Out: a [`Reference`] that answers which organization, unit, indicator or place a
//! word means. Guarantee: two references with one base answer alike.

use super::GraphError;
use super::function::Functions;
use super::indicator::Indicators;
use super::mint::Mint;
use super::organization::{Organization, Registry};
use super::place::{Place, Places};
use super::table::Table;
use super::unit::Units;
use crate::document::{DocumentNumber, Header};

/// Administrative divisions (GB/T 2260) as a table: a header line, then one division a line.
pub const PLACES: &str = include_str!("../../ontology/codes/places.tsv");
pub(super) const FUNCTIONS: &str = include_str!("../../ontology/codes/functions.tsv");
pub(super) const UNITS: &str = include_str!("../../ontology/codes/units.tsv");
pub(super) const INDICATORS: &str = include_str!("../../data/lexicon/indicators.tsv");
const KINDS: &str = include_str!("../../ontology/codes/kinds.tsv");
const TOPICS: &str = include_str!("../../ontology/codes/topics.tsv");

/// One concept of a code list that only has names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Concept {
    /// What its IRI is made from.
    pub(super) code: String,
    /// Name in Chinese.
    pub(super) label_zh: String,
    /// Name in English.
    pub(super) label_en: Option<String>,
    /// Code of the wider concept.
    pub(super) broader: Option<String>,
}

/// Code lists and lexicon under one base IRI.
#[derive(Clone, Debug)]
pub struct Reference {
    pub(super) mint: Mint,
    pub(super) places: Places,
    pub(super) functions: Functions,
    pub(super) units: Units,
    pub(super) indicators: Indicators,
    pub(super) kinds: Vec<Concept>,
    pub(super) topics: Vec<Concept>,
}

impl Reference {
    /// Reads the code lists for a build under `base`, an absolute IRI that ends in `/`.
    ///
    /// # Errors
    /// [`GraphError::Base`] for a base that is none, [`GraphError::Table`] for a damaged code list.
    pub fn new(base: &str) -> Result<Self, GraphError> {
        let mint = Mint::new(base)?;
        Ok(Self {
            places: Places::parse("ontology/codes/places.tsv", PLACES)?,
            functions: Functions::parse("ontology/codes/functions.tsv", FUNCTIONS)?,
            units: Units::parse("ontology/codes/units.tsv", UNITS, &mint)?,
            indicators: Indicators::parse("data/lexicon/indicators.tsv", INDICATORS, &mint)?,
            kinds: parse_concepts("ontology/codes/kinds.tsv", KINDS)?,
            topics: parse_concepts("ontology/codes/topics.tsv", TOPICS)?,
            mint,
        })
    }

    /// The same with the lexicon `table` in place of the one that is compiled in, for a data folder that
    /// has its own.
    ///
    /// # Errors
    /// [`GraphError::Table`] for a line that cannot be used.
    pub fn with_indicators(self, table: &str) -> Result<Self, GraphError> {
        let indicators = Indicators::parse("lexicon/indicators.tsv", table, &self.mint)?;
        Ok(Self { indicators, ..self })
    }

    /// What makes the IRIs.
    pub const fn mint(&self) -> &Mint {
        &self.mint
    }

    /// The body that `written` means in documents of `jurisdiction`.
    pub(super) fn organization(&self, written: &str, jurisdiction: Option<&Place>) -> Organization {
        self.registry().identify(written, jurisdiction)
    }

    /// The place that a document holds for: its issuers', else the one that its number, its title or the
    /// title that it issues begins with. `None` where none of them tells.
    pub(super) fn jurisdiction(&self, header: &Header) -> Option<Place> {
        let by_issuer =
            header.issuers.iter().find_map(|issuer| self.registry().place_of_issuer(&issuer.value));
        let by_number = || match header.number.as_ref().map(|number| &number.value) {
            Some(DocumentNumber::Coded { code, .. }) => {
                self.places.by_number_code(code, None).cloned()
            }
            Some(DocumentNumber::Ordinal(full)) => self.registry().place_of_issuer(full),
            None => None,
        };
        let by_title = || {
            let titles = header.title.iter().chain(&header.attached_title);
            let heads = titles.flat_map(|title| {
                let issued = title.value.split_once("印发").map(|(_, issued)| issued);
                [Some(title.value.as_str()), issued].into_iter().flatten()
            });
            let mut places = heads.filter_map(|head| self.places.split_prefix(head, None));
            places.next().map(|(place, _)| place.clone())
        };
        by_issuer.or_else(by_number).or_else(by_title)
    }

    const fn registry(&self) -> Registry<'_> {
        Registry { functions: &self.functions, places: &self.places }
    }
}

fn parse_concepts(file: &'static str, text: &str) -> Result<Vec<Concept>, GraphError> {
    let table = Table::parse(file, text, &["code", "label_zh", "label_en"])?;
    let concepts = table.rows().map(|row| Concept {
        code: row.get("code").to_owned(),
        label_zh: row.get("label_zh").to_owned(),
        label_en: row.optional("label_en"),
        broader: row.optional("broader"),
    });
    Ok(concepts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Located;
    use crate::graph::mint::DEFAULT_BASE;
    use crate::text::Span;

    fn place(header: &Header) -> Option<String> {
        Reference::new(DEFAULT_BASE).unwrap().jurisdiction(header).map(|place| place.name)
    }

    #[test]
    fn a_document_holds_for_the_place_of_its_issuer() {
        let issuers = vec![Located::new("菏泽市人民政府".into(), Span::default())];
        assert_eq!(place(&Header { issuers, ..Header::default() }).as_deref(), Some("菏泽市"));
    }

    #[test]
    fn without_an_issuer_the_number_tells_the_place() {
        let number = DocumentNumber::Coded { code: "鲁政办发".into(), year: 2024, serial: 3 };
        let number = Some(Located::new(number, Span::default()));
        assert_eq!(place(&Header { number, ..Header::default() }).as_deref(), Some("山东省"));
    }

    #[test]
    fn a_header_that_tells_no_place_has_none() {
        assert_eq!(place(&Header::default()), None);
    }
}
