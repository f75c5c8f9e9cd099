//! Code that applications and service principals share: owners and secrets.

use crate::answer::Refusal;
use crate::directory::applications;
use crate::directory::applications::Reader;
use crate::directory::call::Call;
use crate::directory::service_principals;
use crate::directory::store::Record;
use crate::directory::tenant::Tenant;

/// An application or a service principal, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::directory) enum Holder {
    Application(usize),
    Principal(usize),
}

impl Holder {
    /// The application that the first key identifies.
    pub(in crate::directory) fn application(call: &Call<'_>) -> Result<Self, Refusal> {
        applications::find(call, Reader::Copy).map(Self::Application)
    }

    /// The service principal that the first key identifies.
    pub(in crate::directory) fn principal(call: &Call<'_>) -> Result<Self, Refusal> {
        service_principals::find(call, Reader::Copy).map(Self::Principal)
    }

    pub(in crate::directory) fn record(self, tenant: &Tenant) -> &Record {
        match self {
            Self::Application(place) => &tenant.directory.applications[place],
            Self::Principal(place) => &tenant.directory.service_principals[place],
        }
    }

    pub(in crate::directory) fn record_mut(self, tenant: &mut Tenant) -> &mut Record {
        match self {
            Self::Application(place) => &mut tenant.directory.applications[place],
            Self::Principal(place) => &mut tenant.directory.service_principals[place],
        }
    }

    pub(in crate::directory) fn may_manage(self, call: &Call<'_>) -> Result<(), Refusal> {
        match self {
            Self::Application(place) => applications::may_manage(call, place),
            Self::Principal(place) => service_principals::may_manage(call, place),
        }
    }

    /// The section of the tenant's default app management policy that applies.
    pub(in crate::directory) fn restrictions(self) -> &'static str {
        match self {
            Self::Application(_) => "applicationRestrictions",
            Self::Principal(_) => "servicePrincipalRestrictions",
        }
    }
}
