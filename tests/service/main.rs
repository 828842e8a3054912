//! The service over an invented graph, without a socket. Each table names its rules.

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod resources;
