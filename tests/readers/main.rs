//! Documents in every format, through the public face: what is right is read, what cannot be read is refused by name, and
//! no bytes make a reader panic. All texts are invented; the published ones that may lie beside the repository are
//! only compared with each other.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod formats;
#[cfg(test)]
#[path = "../promises/mod.rs"]
mod promises;
