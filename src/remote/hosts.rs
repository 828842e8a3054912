//! The hosts that an operator allows. In: `HOST`, `HOST:PORT`, or the same with `http://` before it; out: whether an address may be asked. Guarantee: only whole
//! names match, and a name without `http://` is asked over TLS only.

use axum::http::Uri;
use std::str::FromStr;

/// Hosts that may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(Vec<Host>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Host {
    name: String,
    /// None for the usual one.
    port: Option<u16>,
    may_be_plain: bool,
}

/// A text that names no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no host; write HOST, HOST:PORT, or http://HOST for one without TLS")]
pub struct HostError(String);

impl Hosts {
    /// The hosts that these texts name.
    ///
    /// # Errors
    /// [`HostError`] for the first text that names none.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, HostError> {
        texts.into_iter().map(str::parse).collect::<Result<_, _>>().map(Self)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `address` may be asked.
    pub(super) fn allow(&self, address: &Uri) -> bool {
        let (Some(scheme), Some(authority)) = (address.scheme_str(), address.authority()) else {
            return false;
        };
        // Who has a name and a password has no public endpoint.
        let is_bare = !authority.as_str().contains('@');
        let name = authority.host();
        let is_this = |host: &Host| {
            let is_scheme = scheme == "https" || scheme == "http" && host.may_be_plain;
            is_scheme && host.name.eq_ignore_ascii_case(name) && host.port == authority.port_u16()
        };
        is_bare && self.0.iter().any(is_this)
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let wrong = || HostError(text.to_owned());
        let (bare, may_be_plain) = match text.strip_prefix("http://") {
            Some(bare) => (bare, true),
            None => (text.strip_prefix("https://").unwrap_or(text), false),
        };
        let uri: Uri = format!("https://{bare}").parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        let is_host = !authority.host().is_empty() && authority.as_str() == bare;
        if !is_host || bare.contains(['@', '*']) {
            return Err(wrong());
        }
        let (name, port) = (authority.host().to_owned(), authority.port_u16());
        Ok(Self { name, port, may_be_plain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hosts_that_are_named_are_asked() {
        let hosts = Hosts::parse(["query.example.org", "http://old.example.org:8080"]).unwrap();
        for (address, allowed) in [
            ("https://query.example.org/sparql", true),
            ("https://QUERY.example.org/sparql", true),
            ("http://query.example.org/sparql", false),
            ("https://query.example.org:8443/sparql", false),
            ("https://a.query.example.org/sparql", false),
            ("https://query.example.org.evil.example/sparql", false),
            ("https://query.example.org@evil.example/sparql", false),
            ("https://me@query.example.org/sparql", false),
            ("http://old.example.org:8080/sparql", true),
            ("https://old.example.org:8080/sparql", true),
            ("http://old.example.org/sparql", false),
            ("ftp://query.example.org/sparql", false),
            ("/sparql", false),
        ] {
            assert_eq!(hosts.allow(&address.parse().unwrap()), allowed, "{address}");
        }
    }

    #[test]
    fn what_names_no_host_is_refused() {
        for text in ["", "http://", "a/b", "*.example.org", "me@example.org", "a b", "example.org/"]
        {
            assert_eq!(Hosts::parse([text]), Err(HostError(text.to_owned())), "{text}");
        }
    }
}
