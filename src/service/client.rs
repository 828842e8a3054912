//! Who asks. In: the address at the other end of the connection, and what proxies say; out: a key for the client's account. Guarantees: what a client says
//! of itself counts for nothing, because only the entry is read that the farthest of our own proxies has written; a network of IPv6 that one customer gets is one
//! client. Surprising: who asks from this machine has no account, unless proxies are believed: it is the operator, or a proxy that does not say for whom.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, header};

/// The address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// A client as it is told apart: an address of IPv4, or the first 64 bits of one of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Client {
    V4(u32),
    V6(u64),
}

impl Client {
    /// The client as a number that no other has.
    pub(crate) fn number(self) -> u128 {
        match self {
            Self::V4(address) => u128::from(address),
            Self::V6(network) => u128::from(network) << 64 | 1 << 32,
        }
    }
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client that sends a request through so many proxies of ours; none where it has no account.
pub(crate) fn client_of(request: &Request, proxies: usize) -> Option<Client> {
    let Peer(peer) = *request.extensions().get::<Peer>()?;
    if proxies == 0 {
        return (!peer.to_canonical().is_loopback()).then(|| key(peer));
    }
    let headers = request.headers();
    let listed = entry(headers, &X_FORWARDED_FOR, proxies).map(address);
    let forwarded = entry(headers, &header::FORWARDED, proxies).map(for_whom);
    let told = match (listed, forwarded) {
        // A proxy writes one of them and may pass on the other as the client sent it.
        (Some(listed), Some(forwarded)) => listed.filter(|_| listed == forwarded),
        (Some(told), None) | (None, Some(told)) => told,
        (None, None) => None,
    };
    Some(key(told.unwrap_or(peer)))
}

/// The entry of a list that the farthest proxy wrote: the last for one, the one before for two. Empty where the list is too short, none where there is no list.
fn entry<'h>(headers: &'h HeaderMap, name: &HeaderName, proxies: usize) -> Option<&'h str> {
    headers.contains_key(name).then(|| {
        let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        let entries: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        entries.into_iter().rev().nth(proxies - 1).unwrap_or_default()
    })
}

/// The address in an element of `Forwarded` (RFC 7239).
fn for_whom(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    address(named.next()?.1.trim().trim_matches('"'))
}

/// An address, with or without brackets and port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

fn key(address: IpAddr) -> Client {
    match address.to_canonical() {
        IpAddr::V4(address) => Client::V4(address.to_bits()),
        IpAddr::V6(address) => {
            let network = address.octets().into_iter().take(8);
            Client::V6(network.fold(0, |bits, octet| (bits << 8) | u64::from(octet)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn client(peer: &str, headers: &[(&str, &str)], proxies: usize) -> Option<Client> {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        client_of(&request, proxies)
    }

    fn of(address: &str) -> Client {
        key(address.parse().unwrap())
    }

    #[test]
    fn the_entry_of_the_farthest_proxy_counts_and_nothing_before_it() {
        let list = "x-forwarded-for";
        for (rule, headers, proxies, expected) in [
            ("nobody is believed", &[(list, "198.51.100.7")][..], 0, "192.0.2.1"),
            ("one proxy", &[(list, "198.51.100.7")], 1, "198.51.100.7"),
            ("forged before it", &[(list, "10.0.0.1, 198.51.100.7")], 1, "198.51.100.7"),
            ("two proxies", &[(list, "10.0.0.1, 198.51.100.7, 203.0.113.9")], 2, "198.51.100.7"),
            ("in two lines", &[(list, "198.51.100.7"), (list, "203.0.113.9")], 2, "198.51.100.7"),
            ("fewer entries than proxies", &[(list, "198.51.100.7")], 2, "192.0.2.1"),
            ("no address", &[(list, "unknown")], 1, "192.0.2.1"),
            ("with a port", &[(list, "198.51.100.7:81")], 1, "198.51.100.7"),
            ("no header", &[], 1, "192.0.2.1"),
            (
                "Forwarded",
                &[("forwarded", "for=10.0.0.1, for=198.51.100.7;proto=http")],
                1,
                "198.51.100.7",
            ),
            ("IPv6 in it", &[("forwarded", "For=\"[2001:db8::1]:47\"")], 1, "2001:db8::1"),
            ("hidden", &[("forwarded", "for=_secret")], 1, "192.0.2.1"),
            (
                "both agree",
                &[(list, "198.51.100.7"), ("forwarded", "for=198.51.100.7")],
                1,
                "198.51.100.7",
            ),
            (
                "both differ",
                &[(list, "198.51.100.7"), ("forwarded", "for=10.0.0.1")],
                1,
                "192.0.2.1",
            ),
        ] {
            assert_eq!(client("192.0.2.1", headers, proxies), Some(of(expected)), "{rule}");
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_client_and_a_mapped_address_is_that_of_ipv4() {
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn who_asks_from_this_machine_has_no_account_unless_proxies_are_believed() {
        for peer in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(client(peer, &[], 0), None);
            assert_eq!(client(peer, &[], 1), Some(of(peer)));
        }
    }
}
