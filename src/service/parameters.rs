//! The query string and form bodies. In: `a=b&c=d` as sent; out: decoded pairs in their order.
//! Guarantee: what is no UTF-8 after decoding is refused with the parameter's name, never repaired.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::error::ServiceError;

/// Everything that has a meaning in a query string is escaped; the rest stays readable.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Decoded pairs of names and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
}

impl Parameters {
    /// Decodes `text` (percent signs and `+` for a space).
    pub(crate) fn parse(text: &str) -> Result<Self, ServiceError> {
        let mut pairs = Vec::new();
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name).ok_or_else(|| ServiceError::parameter(name, NOT_UTF8))?;
            let value = decode(value).ok_or_else(|| ServiceError::parameter(&name, NOT_UTF8))?;
            pairs.push((name, value));
        }
        Ok(Self { pairs })
    }

    /// The value of a parameter that may stand once.
    pub(crate) fn one<'p>(&'p self, name: &str) -> Result<Option<&'p str>, ServiceError> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(ServiceError::parameter(name, ["只能出现一次", "may be given once only"]));
        }
        Ok(first)
    }

    /// The values of a parameter that may stand several times.
    pub(crate) fn all<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        self.pairs.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All pairs but those of `name`, in their order.
    pub(crate) fn without<'p>(&'p self, name: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
        let others = self.pairs.iter().filter(move |(own, _)| own != name);
        others.map(|(own, value)| (own.as_str(), value.as_str()))
    }

    /// A whole number from `low` to `high`.
    pub(crate) fn number(
        &self,
        name: &str,
        low: usize,
        high: usize,
    ) -> Result<Option<usize>, ServiceError> {
        let Some(value) = self.one(name)?.filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        match value.parse::<usize>() {
            Ok(number) if (low..=high).contains(&number) => Ok(Some(number)),
            _ => Err(ServiceError::BadParameter {
                name: name.to_owned(),
                chinese: format!("应为 {low} 至 {high} 的整数，收到的是“{value}”"),
                english: format!("must be a whole number from {low} to {high}, not “{value}”"),
            }),
        }
    }
}

const NOT_UTF8: [&str; 2] = ["不是 UTF-8 文本", "is not UTF-8 text"];

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?.into_owned();
    (!decoded.contains('\0')).then_some(decoded)
}

/// `pairs` as a query string without the question mark.
pub(crate) fn encode_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let parts: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, VALUE)))
        .collect();
    parts.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_in_order() {
        let parameters = Parameters::parse("q=%E5%85%BB%E8%80%81+%E6%89%98&k=a&k=b&empty").unwrap();
        assert_eq!(parameters.one("q").unwrap(), Some("养老 托"));
        assert_eq!(parameters.all("k").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(parameters.one("empty").unwrap(), Some(""));
        assert_eq!(parameters.one("absent").unwrap(), None);
    }

    #[test]
    fn what_is_malformed_is_refused_by_name() {
        let named = |result: Result<_, ServiceError>| match result {
            Err(ServiceError::BadParameter { name, .. }) => name,
            _ => String::new(),
        };
        assert_eq!(named(Parameters::parse("q=%FF").map(|_| ())), "q");
        assert_eq!(named(Parameters::parse("q=%00").map(|_| ())), "q");
        let twice = Parameters::parse("q=a&q=b").unwrap();
        assert_eq!(named(twice.one("q").map(|_| ())), "q");
        let page = Parameters::parse("page=x").unwrap();
        assert_eq!(named(page.number("page", 1, 9).map(|_| ())), "page");
    }

    #[test]
    fn an_encoded_pair_is_read_back_as_it_was() {
        let text = encode_pairs([("q", "a&b=c #+%〔2024〕")]);
        let parameters = Parameters::parse(&text).unwrap();
        assert_eq!(parameters.one("q").unwrap(), Some("a&b=c #+%〔2024〕"));
    }
}
