//! Faults and options of Azure Resource Manager, for every tenant.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::subscriptions::state::Flap;

/// How Azure Resource Manager behaves. With the defaults, it has no faults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Modes {
    /// The list of resource providers ignores `$select`, which no specification has.
    pub ignores_select: bool,
    pub resource_graph: ResourceGraph,
    /// Registrations that are requested from now on are complete and then read as `Registering` again.
    pub flap: Option<Flap>,
    /// Namespaces whose registrations that are requested from now on never complete, as when one region fails. Case-insensitive.
    pub hanging: BTreeSet<String>,
    pub paging: PagingFault,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceGraph {
    #[default]
    Answers,
    /// 403 for every query.
    Refuses,
}

/// What is wrong with the link or token that follows a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagingFault {
    #[default]
    None,
    /// It leads to the same page again, and the last page has one too.
    Loop,
    /// The link leads to another host. Tokens are as they should be.
    OtherHost,
}

impl Modes {
    pub(in crate::subscriptions) fn hangs(&self, namespace: &str) -> bool {
        let mut hanging = self.hanging.iter();
        hanging.any(|one| one.eq_ignore_ascii_case(namespace))
    }
}
