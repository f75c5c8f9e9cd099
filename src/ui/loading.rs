//! What happens while a part of the program is not there, and when it did not arrive.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::head::head;
use crate::ui::components::part_failed::part_failed;
use crate::ui::effects::LoadedPart;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::part::Part;
use crate::ui::route;
use crate::ui::route::Route;
use yew::prelude::Callback;
use yew::prelude::Html;

impl Model {
    /// The part that the current page needs and that is not there.
    #[must_use]
    pub fn missing_part(&self) -> Option<Part> {
        let of_page = Part::of(self.route);
        // A plan without the journal of this tab would repeat what its run has done.
        let of_journal = self.runs.unread.as_ref().map(|_| Part::Run);
        let mut needed = of_page.into_iter().chain(of_journal);
        needed.find(|part| self.parts.get(*part).is_none())
    }

    /// Applies what the parts do at the start.
    pub(in crate::ui) fn take_parts(&mut self) -> Vec<Effect> {
        let there = self.parts.clone();
        let mut effects = Vec::new();
        for (_, logic) in there.0 {
            effects.extend((logic.arrived)(self));
        }
        effects
    }

    /// A part has arrived: does what waited for it.
    pub fn part_arrived(&mut self, loaded: &'static LoadedPart) -> Vec<Effect> {
        let part = loaded.part;
        if self.parts.get(part).is_some() {
            return Vec::new();
        }
        let was_missing = self.missing_part() == Some(part);
        self.parts.0.push((part, &loaded.logic));
        if self.part_failed.as_ref().is_some_and(|(of, _)| *of == part) {
            self.part_failed = None;
        }
        if self.notice.text == self.locale.part_loading() {
            self.announce("");
        }
        let mut effects = (loaded.logic.arrived)(self);
        if was_missing {
            effects.push(Effect::FocusIfLost);
            effects.extend(self.need_parts());
        }
        let waits = |msg: &Msg| msg.part() == Some(part);
        if self.waiting.as_ref().is_some_and(waits)
            && let Some(msg) = self.waiting.take()
        {
            effects.extend(self.update(msg));
        }
        effects
    }

    /// Requests the missing part of the current page, or the one that the next page will need.
    pub(in crate::ui) fn need_parts(&mut self) -> Option<Effect> {
        if let Some(part) = self.missing_part() {
            self.part_failed = None;
            if Part::of(self.route).is_some() {
                self.announce(self.locale.part_loading());
            }
            return Some(Effect::Load(part));
        }
        let next = match self.route {
            Route::Step(_) | Route::Report | Route::Unfinished => Part::Review,
            Route::Review => Part::Run,
            Route::Start
            | Route::CheckUri
            | Route::Register
            | Route::Plan
            | Route::Run
            | Route::CheckPair
            | Route::Retire
            | Route::Providers
            | Route::ProvidersReview
            | Route::ProvidersRun
            | Route::Undo
            | Route::HandOver
            | Route::Evidence => return None,
        };
        let is_there = self.parts.get(next).is_some();
        (!is_there).then_some(Effect::Prefetch(next))
    }

    /// Keeps what the admin did until its part is there.
    pub(in crate::ui) fn wait_for(&mut self, part: Part, msg: Msg) -> Vec<Effect> {
        self.waiting = Some(msg);
        self.load_part(part)
    }

    pub(in crate::ui) fn load_part(&mut self, part: Part) -> Vec<Effect> {
        self.part_failed = None;
        self.notify(self.locale.part_loading());
        vec![Effect::Load(part)]
    }

    pub(in crate::ui) fn part_missing(&mut self, part: Part, file: String) -> Vec<Effect> {
        let is_wanted = self.missing_part().is_some() || self.waiting.is_some();
        self.part_failed = Some((part, file));
        self.announce(self.locale.part_failed_title());
        // Not if it was for something that the admin does not wait for.
        is_wanted
            .then_some(Effect::FocusHeading)
            .into_iter()
            .collect()
    }
}

/// A page whose part is not there.
pub fn page(model: &Model) -> Html {
    let t = model.locale;
    let text = match model.part_failed {
        Some(_) => Html::default(),
        None => el("p").text(t.part_loading()).html(),
    };
    fragment(vec![head("", route::title(model.route, t), ""), text])
}

/// The file that did not arrive.
pub fn failure(model: &Model, send: &Callback<Msg>) -> Html {
    match &model.part_failed {
        Some((part, file)) => part_failed(model.locale, file, send, Msg::PartAsked(*part)),
        None => Html::default(),
    }
}
