//! Which resource stands at which path? In: request paths and IRIs; out: names, IRIs and links.
//! Guarantee: the resource `<base>X` is found at `/X` whatever the host is called, so links work on
//! localhost. Surprising: names hold dots (`measure/….7`), so a suffix is a format only if it is one of
//! the five.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};
use unicode_normalization::UnicodeNormalization;

use super::error::ServiceError;

/// What has a meaning in a link and would end the path early. Han characters are escaped in any case.
const IN_LINK: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// In a header every byte that is not plain is escaped.
const IN_HEADER: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',')
    .remove(b'=')
    .remove(b':');

/// A representation of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    /// The page.
    Html,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// JSON-LD, expanded.
    JsonLd,
    /// RDF/XML.
    RdfXml,
}

impl Format {
    /// All, the page first: the first is what a client without a wish gets.
    pub(crate) const ALL: [Self; 5] =
        [Self::Html, Self::Turtle, Self::NTriples, Self::JsonLd, Self::RdfXml];

    /// The suffix without its dot.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdf",
        }
    }

    /// The media type without parameters.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Turtle => "text/turtle",
            Self::NTriples => "application/n-triples",
            Self::JsonLd => "application/ld+json",
            Self::RdfXml => "application/rdf+xml",
        }
    }

    /// The name shown on a link.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Turtle => "Turtle",
            Self::NTriples => "N-Triples",
            Self::JsonLd => "JSON-LD",
            Self::RdfXml => "RDF/XML",
        }
    }
}

/// The media types that choose a representation, and wider types that older clients send instead.
pub(crate) const RESOURCE_OFFERS: [(&str, Format); 8] = [
    ("text/html", Format::Html),
    ("text/turtle", Format::Turtle),
    ("application/n-triples", Format::NTriples),
    ("application/ld+json", Format::JsonLd),
    ("application/rdf+xml", Format::RdfXml),
    ("application/xhtml+xml", Format::Html),
    ("application/json", Format::JsonLd),
    ("text/plain", Format::NTriples),
];

/// The name that a request path spells: decoded, in NFC, without its first slash.
pub(crate) fn decode_path(path: &str) -> Result<String, ServiceError> {
    let bare = path.strip_prefix('/').unwrap_or(path);
    let decoded = percent_decode_str(bare).decode_utf8().map_err(|_| ServiceError::BadPath)?;
    if decoded.chars().any(char::is_control) {
        return Err(ServiceError::BadPath);
    }
    Ok(decoded.nfc().collect())
}

/// A name without the format that its suffix names.
pub(crate) fn split_format(name: &str) -> (&str, Option<Format>) {
    if let Some((stem, suffix)) = name.rsplit_once('.') {
        for format in Format::ALL {
            if suffix == format.extension() && !stem.is_empty() {
                return (stem, Some(format));
            }
        }
    }
    (name, None)
}

/// The canonical spelling of a name that holds a document number (发文字号): no spaces, half-width digits,
/// the year in 〔〕, no 第 and no leading zeros before the serial number, no slash at the end.
pub(crate) fn canonical_name(name: &str) -> String {
    let bare = name.trim_end_matches('/').chars();
    let spaceless: Vec<char> = bare.filter(|c| !c.is_whitespace()).map(half_width).collect();
    let mut canonical = String::with_capacity(name.len());
    let mut rest = spaceless.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some((year, after_year)) = bracketed_year(rest) {
            canonical.push('〔');
            canonical.extend(year);
            canonical.push('〕');
            rest = skip_serial_padding(after_year);
        } else {
            canonical.push(*first);
            rest = after;
        }
    }
    canonical
}

/// A full-width digit as the digit that it is.
fn half_width(c: char) -> char {
    let digits = "０１２３４５６７８９".chars().zip('0'..='9');
    digits.into_iter().find(|(wide, _)| *wide == c).map_or(c, |(_, digit)| digit)
}

/// The four digits of a year in any brackets at the start, and what follows the brackets.
fn bracketed_year(chars: &[char]) -> Option<(&[char], &[char])> {
    const OPENING: &str = "〔﹝［[（({【";
    const CLOSING: &str = "〕﹞］])）}】";
    let (first, rest) = chars.split_first()?;
    let (year, rest) = rest.split_at_checked(4)?;
    let (last, rest) = rest.split_first()?;
    let matches = OPENING.contains(*first)
        && CLOSING.contains(*last)
        && year.iter().all(char::is_ascii_digit);
    matches.then_some((year, rest))
}

/// What follows 第 and zeros, where a number follows them.
fn skip_serial_padding(chars: &[char]) -> &[char] {
    let after_ordinal = match chars {
        ['第', rest @ ..] => rest,
        _ => chars,
    };
    let mut rest = after_ordinal;
    while let ['0', digit, ..] = rest {
        if !digit.is_ascii_digit() {
            break;
        }
        rest = rest.split_first().map_or(rest, |(_, tail)| tail);
    }
    rest
}

/// `name` as a path for a `Location` or `Link` header.
pub(crate) fn header_path(name: &str) -> String {
    format!("/{}", utf8_percent_encode(name, IN_HEADER))
}

/// `name` as a path for a link in a page.
pub(crate) fn link_path(name: &str) -> String {
    format!("/{}", utf8_percent_encode(name, IN_LINK))
}

/// Where a page links to for `iri`: its path here if it is one of ours, else the IRI itself. A fragment
/// stays a fragment.
pub(crate) fn link(base_iri: &str, iri: &str) -> String {
    match iri.strip_prefix(base_iri) {
        Some(local) => match local.split_once('#') {
            Some((name, fragment)) => {
                format!("{}#{}", link_path(name), utf8_percent_encode(fragment, IN_LINK))
            }
            None => link_path(local),
        },
        None => iri.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_a_format_only_if_it_is_one_of_the_five() {
        assert_eq!(split_format("measure/a〔2024〕1号.7"), ("measure/a〔2024〕1号.7", None));
        let (name, format) = split_format("measure/a〔2024〕1号.10-3.ttl");
        assert_eq!((name, format), ("measure/a〔2024〕1号.10-3", Some(Format::Turtle)));
        assert_eq!(split_format("ontology.txt"), ("ontology.txt", None));
        assert_eq!(split_format(".ttl"), (".ttl", None));
    }

    #[test]
    fn each_spelling_of_a_document_number_has_one_canonical_form() {
        let spellings = [
            "document/甲政发〔2031〕1号",
            "document/甲政发﹝2031﹞1号",
            "document/甲政发[2031]1号",
            "document/甲政发［2031］1号",
            "document/甲政发(2031)1号",
            "document/甲政发（2031）第1号",
            "document/甲政发 〔2031〕 01号",
            "document/甲政发〔2031〕第001号",
            "document/甲政发〔２０３１〕１号",
            "document/甲政发〔2031〕1号/",
        ];
        for spelling in spellings {
            assert_eq!(canonical_name(spelling), "document/甲政发〔2031〕1号", "{spelling}");
        }
    }

    #[test]
    fn a_canonical_name_keeps_what_only_looks_like_a_number() {
        for name in [
            "measure/甲政发〔2031〕10号.10-3",
            "place/371700",
            "document/甲(试行)方案",
            "document/甲〔2031〕0号",
        ] {
            assert_eq!(canonical_name(name), name);
        }
    }

    #[test]
    fn a_path_is_decoded_and_composed() {
        assert_eq!(decode_path("/a/%E4%B8%80").unwrap(), "a/一");
        assert_eq!(decode_path("/e%CC%81").unwrap(), "\u{e9}");
        assert!(decode_path("/%FF").is_err());
        assert!(decode_path("/a%00b").is_err());
        assert!(decode_path("/a%0D%0Ab").is_err());
    }

    #[test]
    fn a_link_leads_to_the_local_path_and_keeps_its_fragment() {
        let base = "https://base.example/";
        assert_eq!(link(base, "https://base.example/place/371700"), "/place/371700");
        assert_eq!(link(base, "https://base.example/ontology#Measure"), "/ontology#Measure");
        assert_eq!(link(base, "http://other.example/x"), "http://other.example/x");
    }
}
