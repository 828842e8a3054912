//! Other SPARQL endpoints, asked for the parts of a query that are in SERVICE blocks.
//!
//! In: the hosts that the operator allows, then an endpoint and a query. Out: rows, as [`store`](crate::store) wants them. Guarantees: no host is asked that is not
//! allowed, whatever redirects say; no connection goes to an address that is not public, whatever a name resolves to, because the addresses that are looked at are
//! those that are connected to; no proxy, no cookie and no header of a client is used; what comes is bounded in time and bytes. Surprising: an operator cannot allow a host of
//! his own network, which is what strangers would ask for.
//!
//! Only `asker` knows the HTTP client.

mod addresses;
mod asker;
mod hosts;

pub use asker::Asker;
pub use hosts::{HostError, Hosts};
