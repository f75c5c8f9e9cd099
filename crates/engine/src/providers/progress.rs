//! What a run knows of one provider in one subscription.

use domain::problem::Problem;

/// What the run knows of one provider in one subscription.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderProgress {
    /// Not begun.
    Waiting,
    /// It was registered before the run, so nothing was sent.
    Present,
    /// Azure took the request, or another person's request, and is registering it. Or its answer was lost, and the next looks show more.
    UnderWay,
    /// Azure has registered it.
    Registered,
    /// Azure is still registering it, and the run no longer watches.
    LeftToAzure,
    /// It was not registered, or nobody knows whether it was.
    Failed(Problem),
    /// Nothing was sent, because the run was stopped.
    Stopped,
}

impl ProviderProgress {
    /// Whether nothing more comes from this run.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::Waiting | Self::UnderWay => false,
            Self::Present
            | Self::Registered
            | Self::LeftToAzure
            | Self::Failed(_)
            | Self::Stopped => true,
        }
    }
}
