//! Which representation does the client want? In: an `Accept` header and a list of offers; out: the
//! best offer or none. Guarantees: any header parses (parts that make no sense count as absent), the
//! order of offers decides ties. Surprising: parameters of a media range other than `q` are ignored,
//! because every representation here exists in one form only.

/// A parsed `Accept` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accept {
    ranges: Vec<MediaRange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MediaRange {
    main: String,
    sub: String,
    /// Thousandths, 0 to 1000.
    quality: u16,
}

impl Accept {
    /// Reads a header; an absent or blank one accepts everything.
    pub(crate) fn parse(header: Option<&str>) -> Self {
        let mut ranges: Vec<_> = header.unwrap_or("").split(',').filter_map(parse_range).collect();
        if ranges.is_empty() {
            ranges.push(MediaRange { main: "*".into(), sub: "*".into(), quality: 1000 });
        }
        Self { ranges }
    }

    /// How much `media_type` is wanted, in thousandths: the most specific range that covers it decides.
    pub(crate) fn quality(&self, media_type: &str) -> u16 {
        let (main, sub) = media_type.split_once('/').unwrap_or((media_type, ""));
        self.ranges
            .iter()
            .filter_map(|range| Some((range.specificity(main, sub)?, range.quality)))
            .max()
            .map_or(0, |(_, quality)| quality)
    }

    /// The offer that is wanted most; the first of several equals; none where all are refused.
    pub(crate) fn choose<T: Copy>(&self, offers: &[(&str, T)]) -> Option<T> {
        let mut best: Option<(u16, T)> = None;
        for &(media_type, offer) in offers {
            let quality = self.quality(media_type);
            if quality > best.map_or(0, |(quality, _)| quality) {
                best = Some((quality, offer));
            }
        }
        best.map(|(_, offer)| offer)
    }

    /// Whether a person with a browser asks: HTML is wanted by name and at least as much as `other`.
    pub(crate) fn prefers_html_to(&self, other: &str) -> bool {
        let named = self.ranges.iter().any(|range| range.main == "text" && range.sub == "html");
        let html = self.quality("text/html");
        named && html > 0 && html >= self.quality(other)
    }
}

impl MediaRange {
    /// 2 for the type itself, 1 for `main/*`, 0 for `*/*`, none where the range does not cover it.
    fn specificity(&self, main: &str, sub: &str) -> Option<u8> {
        match (self.main.as_str(), self.sub.as_str()) {
            ("*", "*") => Some(0),
            (own, "*") if own == main => Some(1),
            (own, own_sub) if own == main && own_sub == sub => Some(2),
            _ => None,
        }
    }
}

fn parse_range(part: &str) -> Option<MediaRange> {
    let mut pieces = part.split(';');
    let (main, sub) = pieces.next()?.trim().split_once('/')?;
    let quality = pieces
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(Some(1000), |(_, value)| parse_quality(value))?;
    Some(MediaRange { main: main.to_ascii_lowercase(), sub: sub.to_ascii_lowercase(), quality })
}

/// A quality value in thousandths; none for what is no number between 0 and 1.
pub(crate) fn parse_quality(value: &str) -> Option<u16> {
    let value: f32 = value.trim().parse().ok()?;
    if !(0.0..=1.0).contains(&value) {
        return None;
    }
    // Between 0 and 1000 by the check above: the conversion loses nothing but the fraction.
    let thousandths = (value * 1000.0).round();
    (0..=1000_u16).find(|step| (f32::from(*step) - thousandths).abs() < 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [(&str, &str); 4] = [
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
    ];

    #[test]
    fn each_rule_of_negotiation_chooses_as_its_name_says() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let rules: [(&str, Option<&str>, Option<&str>); 14] = [
            ("no header takes the first offer", None, Some("html")),
            ("a blank header takes the first offer", Some("  "), Some("html")),
            ("anything takes the first offer", Some("*/*"), Some("html")),
            ("a browser gets HTML", Some(browser), Some("html")),
            ("an exact type is found", Some("text/turtle"), Some("ttl")),
            ("case does not matter", Some("Text/Turtle"), Some("ttl")),
            (
                "the higher quality wins",
                Some("text/turtle;q=0.5, application/ld+json"),
                Some("jsonld"),
            ),
            ("order of offers breaks ties", Some("application/ld+json, text/turtle"), Some("ttl")),
            (
                "a specific range overrides a general one",
                Some("text/html;q=0, */*;q=0.1"),
                Some("ttl"),
            ),
            ("a main type with star covers its types", Some("application/*"), Some("jsonld")),
            ("a profile is ignored", Some("application/ld+json;profile=\"x\""), Some("jsonld")),
            ("zero refuses", Some("text/turtle;q=0"), None),
            ("an unknown type is not offered", Some("image/png"), None),
            (
                "a range with a broken quality is absent",
                Some("text/html;q=x, text/turtle;q=0.1"),
                Some("ttl"),
            ),
        ];
        for (rule, header, wanted) in rules {
            assert_eq!(Accept::parse(header).choose(&OFFERS), wanted, "{rule}");
        }
    }

    #[test]
    fn only_a_client_that_names_html_is_taken_for_a_browser() {
        assert!(Accept::parse(Some("text/html, */*;q=0.5")).prefers_html_to("application/json"));
        assert!(!Accept::parse(Some("*/*")).prefers_html_to("application/json"));
        let program = Accept::parse(Some("application/json, text/html;q=0.1"));
        assert!(!program.prefers_html_to("application/json"));
    }

    #[test]
    fn a_quality_outside_its_range_is_none() {
        assert_eq!(parse_quality("0.25"), Some(250));
        assert_eq!(parse_quality("1"), Some(1000));
        assert_eq!(parse_quality("1.5"), None);
        assert_eq!(parse_quality("-1"), None);
        assert_eq!(parse_quality("NaN"), None);
    }
}
