//! Who has to do what. In: a measure; out: the bodies in charge, grouped by role in the order of the text.

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::graph::vocabulary::zt;
use crate::service::lookup::{Lookup, Reference};

/// The roles in the order of their weight.
pub(crate) const ROLES: [NamedNodeRef<'static>; 5] =
    [zt::LEAD, zt::RESPONSIBLE, zt::SHARED, zt::SUPPORT, zt::GUIDE];

/// Bodies that have the same role.
pub(crate) struct RoleGroup {
    /// The role's name.
    pub(crate) role: String,
    /// The bodies in the order of listing.
    pub(crate) agents: Vec<Reference>,
}

/// The bodies in charge of `item`.
pub(crate) fn groups(lookup: Lookup<'_>, item: &NamedNode) -> Vec<RoleGroup> {
    let responsibilities = lookup.nodes(item, zt::RESPONSIBILITY_OF);
    let mut groups = Vec::new();
    for role in ROLES {
        let agents: Vec<_> = responsibilities
            .iter()
            .filter(|responsibility| lookup.has(responsibility, zt::ROLE, role))
            .filter_map(|responsibility| lookup.node(responsibility, zt::AGENT))
            .map(|agent| lookup.reference(&agent))
            .collect();
        if !agents.is_empty() {
            groups.push(RoleGroup { role: lookup.label(&role.into_owned()), agents });
        }
    }
    groups
}
