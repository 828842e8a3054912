//! In which language does the reader want the page? In: `?lang=` and `Accept-Language`; out: a
//! [`Reader`]. Guarantee: without a wish for English a page is Chinese. Surprising: a language chosen by
//! parameter is carried in every link of the page, because there are no cookies to remember it.

use super::negotiate::parse_quality;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    /// Chinese in simplified characters.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The code of parameters and of language tags in the graph.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The tag of the `lang` attribute.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The code's language, if it is one of ours.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Chinese, Self::English].into_iter().find(|language| language.code() == code)
    }

    /// The language of an `Accept-Language` header: English only where it is wanted more than Chinese.
    pub(crate) fn from_header(header: Option<&str>) -> Self {
        let wish = |code: &str| {
            header
                .unwrap_or("")
                .split(',')
                .filter_map(|part| {
                    let mut pieces = part.split(';');
                    let tag = pieces.next()?.trim();
                    let own = tag.split('-').next()?;
                    let quality = pieces
                        .find_map(|piece| parse_quality(piece.trim().strip_prefix("q=")?))
                        .unwrap_or(1000);
                    own.eq_ignore_ascii_case(code).then_some(quality)
                })
                .max()
                .unwrap_or(0)
        };
        if wish("en") > wish("zh") { Self::English } else { Self::Chinese }
    }
}

/// Who reads: the language, and whether links have to carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    /// The language of the page.
    pub(crate) language: Language,
    /// Whether the language was chosen by parameter.
    pub(crate) chosen: bool,
}

impl Reader {
    /// A program that reads English.
    pub(crate) const ENGLISH: Self = Self { language: Language::English, chosen: false };

    /// A person without another wish.
    pub(crate) const CHINESE: Self = Self { language: Language::Chinese, chosen: false };

    /// Of two wordings the one in the reader's language.
    pub(crate) fn t<'t>(self, chinese: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// `target` (a path, with or without a query and fragment) with the chosen language in it.
    pub(crate) fn href(self, target: &str) -> String {
        if self.chosen { with_language(target, self.language) } else { target.to_owned() }
    }
}

/// `target` with the parameter that chooses `language`, before a fragment if there is one.
pub(crate) fn with_language(target: &str, language: Language) -> String {
    let (address, fragment) = match target.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (target, String::new()),
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}lang={}{fragment}", language.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides_for_english_only_when_english_is_wanted_more() {
        let rules = [
            ("absent", None, Language::Chinese),
            ("Chinese first", Some("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese),
            ("English first", Some("en-US,en;q=0.9,zh;q=0.8"), Language::English),
            ("equal", Some("en,zh"), Language::Chinese),
            ("a third language", Some("fr"), Language::Chinese),
            ("a third language, then English", Some("fr, en;q=0.5"), Language::English),
            ("nonsense", Some(";;,=q"), Language::Chinese),
        ];
        for (rule, header, wanted) in rules {
            assert_eq!(Language::from_header(header), wanted, "{rule}");
        }
    }

    #[test]
    fn a_chosen_language_is_carried_in_links_before_the_fragment() {
        let reader = Reader { language: Language::English, chosen: true };
        assert_eq!(reader.href("/search?q=a"), "/search?q=a&lang=en");
        assert_eq!(reader.href("/ontology#Measure"), "/ontology?lang=en#Measure");
        let default = Reader { language: Language::English, chosen: false };
        assert_eq!(default.href("/query"), "/query");
    }
}
