//! How each message changes the model. Pure: it returns effects.
//!
//! Only input changes what was typed: navigation, signing in, an error and a failed run leave it as it is.

use std::rc::Rc;

use crate::ui::links;

use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::EvidenceMsg;
use crate::ui::msg::Msg;
use crate::ui::msg::RunEffect;
use crate::ui::route::Route;
use crate::ui::shell::notice::Notifications;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::ReadState;
use crate::ui::storage;
use domain::confusables::isolated;

impl Model {
    /// Applies a message and returns the effects to start.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let before = self.signed_in_as();
        let mut effects = self.handle(msg);
        effects.extend(self.emit_sign_in(before));
        effects
    }

    fn handle(&mut self, msg: Msg) -> Vec<Effect> {
        self.sign_in.is_used |= msg.is_by_hand();
        if let Some(part) = msg.part() {
            return match self.parts.get(part) {
                Some(logic) => (logic.update)(self, msg),
                None => self.wait_for(part, msg),
            };
        }
        match msg {
            Msg::SiteRead(site) => self.site_read(site),
            Msg::PartFailed(part, file) => self.part_missing(part, file),
            Msg::PartAsked(part) => self.load_part(part),
            Msg::Typed(entry, text) => self.typed(entry, text),
            Msg::LanguageWanted(_) if self.is_language_own => Vec::new(),
            Msg::LanguageWanted(language) => self.load_language(language),
            Msg::LanguageLoaded(language, loaded) => self.language_loaded(language, loaded),
            Msg::FilePicked(entry) => vec![Effect::ReadFile(entry)],
            Msg::FileRead(entry, Some(text)) => self.handle(Msg::Typed(entry, text)),
            Msg::FileRead(FieldId::EvidencePack, None) => {
                self.handle(Msg::Evidence(EvidenceMsg::FileUnread))
            }
            Msg::FileRead(_, None) => {
                self.notify(self.locale.frame_file_unread());
                Vec::new()
            }
            Msg::Left(entry) => {
                self.setup.left.insert(entry, ());
                self.trim(entry)
            }
            Msg::WentTo(place) => self.go(place, true),
            Msg::FieldAsked(field) => {
                let control = FieldId::of(field, self.setup.draft.uri_form());
                let mut effects = self.go(Route::Step(step_of(field)), true);
                effects.extend(control.map(Effect::FocusField));
                effects
            }
            Msg::LinkSeen(takes_back) => self.link_seen(takes_back),
            Msg::Moved(address) => match Route::find(&address) {
                Some(place) if place == self.route => Vec::new(),
                Some(place) => self.go(place, false),
                None if self.takes_plan_link(&address) => self.go(Route::Plan, false),
                None => match links::state::parse(&address) {
                    Some(link) => self.follow(link),
                    None => {
                        self.say_unknown(&address);
                        vec![self.show_place(false)]
                    }
                },
            },
            Msg::SkipAsked => vec![Effect::FocusHeading],
            Msg::NotificationsAsked => vec![Effect::AskToNotify],
            Msg::NotificationsAnswered(is_allowed) => {
                self.notifications_answered(is_allowed);
                Vec::new()
            }
            Msg::SignInAsked => self.sign_in(),
            Msg::Looked(visit, now) => self.looked(visit, now),
            Msg::SignedOutElsewhere(who) => self.signed_out_elsewhere(&who),
            Msg::SignInDropped | Msg::ShownAgain => match self.sign_in.access {
                AuthState::Redirecting => {
                    self.sign_in.access = AuthState::SignedOut;
                    let mut effects = vec![Effect::AbandonSignIn];
                    if self.route == Route::Review {
                        effects.extend(self.read_for_review());
                    }
                    effects
                }
                AuthState::SignedOut
                | AuthState::Redeeming
                | AuthState::Refused(_)
                | AuthState::SignedIn(_)
                | AuthState::Ended(_) => Vec::new(),
            },
            Msg::Hidden => self.mask(),
            Msg::SignedIn(result) => self.signed_in(Rc::unwrap_or_clone(result)),
            Msg::SignedOut => self.signed_out(false),
            Msg::SignedOutAndTidied => self.signed_out(true),
            Msg::TidyAsked => vec![Effect::Run(RunEffect::DiscardFinished)],
            Msg::TenantRead(tenant, read) => {
                let before = self.sign_in.access.tenant_mismatch(&self.setup.draft);
                if let Some(user) = self.user_of(tenant) {
                    user.facts = ReadState::from(Rc::unwrap_or_clone(read));
                }
                self.recheck();
                self.ask_tenant_again(before)
            }
            Msg::SubscriptionsRead(tenant, read) => {
                if let Some(user) = self.user_of(tenant) {
                    user.subscriptions = ReadState::from(Rc::unwrap_or_clone(read));
                }
                Vec::new()
            }
            Msg::ProvidersRead(subscription, read) => {
                if let Some(user) = self.sign_in.access.user_mut()
                    && let Some((chosen, reading)) = &mut user.providers
                    && *chosen == subscription
                {
                    *reading = ReadState::from(Rc::unwrap_or_clone(read));
                }
                Vec::new()
            }
            Msg::ReadAgainAsked => self.read_again(),
            Msg::PairsFound(round, read) => self.pairs_found(round, Rc::unwrap_or_clone(read)),
            Msg::PairChosen(pair) => self.choose_pair(pair),
            Msg::AnotherWanted => {
                self.pair.wants_another = true;
                self.notice.text.clear();
                vec![Effect::FocusHeading]
            }
            Msg::NoJournals(trouble) => self.no_journals(trouble),
            Msg::CopyAsked { id, text } => {
                self.runs.is_secret_copying = false;
                vec![Effect::Copy { id, text }]
            }
            Msg::Copied(is_copied) => {
                let t = self.locale;
                if std::mem::take(&mut self.runs.is_secret_copying) && is_copied {
                    self.runs.is_secret_seen = true;
                    self.runs.asks_before_removal = false;
                }
                self.notify(if is_copied {
                    t.frame_copied()
                } else {
                    t.frame_copy_refused()
                });
                Vec::new()
            }
            Msg::SaveAsked(file) => {
                self.notify(&self.locale.frame_saved(isolated(&file.name)));
                vec![Effect::Save(file)]
            }
            // `Msg::part` gives them to their part.
            Msg::Review(_)
            | Msg::Run(_)
            | Msg::Pair(_)
            | Msg::Plan(_)
            | Msg::Providers(_)
            | Msg::Evidence(_) => Vec::new(),
            Msg::PrintAsked => vec![Effect::Print],
            Msg::RefusedDropped => {
                self.setup.refused = None;
                vec![Effect::Forget(storage::REFUSED)]
            }
        }
    }

    fn notifications_answered(&mut self, is_allowed: bool) {
        let (state, text) = if is_allowed {
            (Notifications::On, self.locale.run_notify_on())
        } else {
            (Notifications::Refused, self.locale.run_notify_refused())
        };
        self.notice.notifications = state;
        self.announce(text);
    }

    pub(in crate::ui) fn go(&mut self, place: Route, is_new: bool) -> Vec<Effect> {
        // The page is the only record of a run in progress, so it stays open.
        if self.is_running() && place != Route::Run {
            return vec![self.show_place(true)];
        }
        if self.runs.journals.undo.is_underway() && place != Route::Undo {
            return vec![self.show_place(true)];
        }
        self.enter(place, is_new)
    }
}
