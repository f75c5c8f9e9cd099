//! All parts at once, for a program in one file.

use crate::ui::effects::LoadedPart;
use crate::ui::effects::PartLoader;
use crate::ui::evidence::part::EVIDENCE;
use crate::ui::model::PartsThere;
use crate::ui::pair::part::PAIR;
use crate::ui::part::Part;
use crate::ui::plan::part::PLAN;
use crate::ui::providers::part::PROVIDERS;
use crate::ui::registration::part::REGISTRATION;
use crate::ui::review::part::REVIEW;
use crate::ui::runs::part::RUN;

/// A part of this program.
#[must_use]
pub fn part(part: Part) -> &'static LoadedPart {
    match part {
        Part::Review => &REVIEW,
        Part::Run => &RUN,
        Part::Pair => &PAIR,
        Part::Registration => &REGISTRATION,
        Part::Plan => &PLAN,
        Part::Providers => &PROVIDERS,
        Part::Evidence => &EVIDENCE,
    }
}

/// What the parts do with the model.
#[must_use]
pub fn parts() -> PartsThere {
    PartsThere(Part::ALL.map(|it| (it, &part(it).logic)).to_vec())
}

/// A loader that has every part.
pub const LOADER: PartLoader = PartLoader {
    load: |it, _| Box::pin(async move { Ok(part(it)) }),
    prefetch: |_, _| (),
    language: |_| Box::pin(async { Ok(()) }),
};
