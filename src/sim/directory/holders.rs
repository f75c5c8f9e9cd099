//! What applications and service principals have in common: owners and secrets.

use crate::sim::answer::Refusal;
use crate::sim::directory::Call;
use crate::sim::directory::applications;
use crate::sim::directory::applications::Reader;
use crate::sim::directory::service_principals;
use crate::sim::directory::store::Record;
use crate::sim::directory::tenant::Tenant;

/// One of the two, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim::directory) enum Holder {
    Application(usize),
    Principal(usize),
}

impl Holder {
    /// The application the first key names.
    pub(in crate::sim::directory) fn application(call: &Call<'_>) -> Result<Self, Refusal> {
        applications::find(call, Reader::Copy).map(Self::Application)
    }

    /// The service principal the first key names.
    pub(in crate::sim::directory) fn principal(call: &Call<'_>) -> Result<Self, Refusal> {
        service_principals::find(call, Reader::Copy).map(Self::Principal)
    }

    pub(in crate::sim::directory) fn record(self, tenant: &Tenant) -> &Record {
        match self {
            Self::Application(place) => &tenant.directory.applications[place],
            Self::Principal(place) => &tenant.directory.service_principals[place],
        }
    }

    pub(in crate::sim::directory) fn record_mut(self, tenant: &mut Tenant) -> &mut Record {
        match self {
            Self::Application(place) => &mut tenant.directory.applications[place],
            Self::Principal(place) => &mut tenant.directory.service_principals[place],
        }
    }

    pub(in crate::sim::directory) fn may_manage(self, call: &Call<'_>) -> Result<(), Refusal> {
        match self {
            Self::Application(place) => applications::may_manage(call, place),
            Self::Principal(place) => service_principals::may_manage(call, place),
        }
    }

    /// Which part of the tenant's default app management policy is for it.
    pub(in crate::sim::directory) fn restrictions(self) -> &'static str {
        match self {
            Self::Application(_) => "applicationRestrictions",
            Self::Principal(_) => "servicePrincipalRestrictions",
        }
    }
}
