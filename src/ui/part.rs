//! The parts of the user interface that are loaded when they are needed.

use crate::ui::route::Route;

/// A group of features whose update, pages and effects are loaded together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The review of a plan.
    Review,
    /// Runs, undo, journals and the hand-over.
    Run,
    /// The check of a pair.
    Pair,
    /// The client ID page.
    Registration,
    /// Plans for another person.
    Plan,
    /// The resource providers of many subscriptions.
    Providers,
    /// The evidence of a run, and the check of evidence.
    Evidence,
}

impl Part {
    pub const ALL: [Self; 7] = [
        Self::Review,
        Self::Run,
        Self::Pair,
        Self::Registration,
        Self::Plan,
        Self::Providers,
        Self::Evidence,
    ];

    /// Name in the names of its files. The pages that need no sign-in share files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Run => "run",
            Self::Pair => "pair",
            Self::Registration | Self::Plan | Self::Evidence => "offline",
            Self::Providers => "providers",
        }
    }

    /// The part that draws a page; `None` if it is always there.
    #[must_use]
    pub fn of(route: Route) -> Option<Self> {
        match route {
            Route::Start | Route::CheckUri | Route::Step(_) => None,
            Route::Review => Some(Self::Review),
            Route::Run | Route::Unfinished | Route::Undo | Route::HandOver => Some(Self::Run),
            Route::CheckPair | Route::Report | Route::Retire => Some(Self::Pair),
            Route::Register => Some(Self::Registration),
            Route::Plan => Some(Self::Plan),
            Route::Evidence => Some(Self::Evidence),
            Route::Providers | Route::ProvidersReview | Route::ProvidersRun => {
                Some(Self::Providers)
            }
        }
    }
}
