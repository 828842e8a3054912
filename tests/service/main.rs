//! The service over an invented graph, mostly without a socket. Each table names its rules.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bounded;
#[cfg(test)]
mod charted;
#[cfg(test)]
mod compared;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod datasets;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod graph_store;
#[cfg(test)]
mod head;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod inquiry;
#[cfg(test)]
mod levels;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod negotiation;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod query_page;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod results_page;
#[cfg(test)]
mod shares;
#[cfg(test)]
mod suggest;
