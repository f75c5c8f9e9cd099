//! How each message changes the model. Pure: it returns effects.
//!
//! Only input changes what was typed: navigation, signing in, an error and a failed run leave it as it is.

use crate::ui::links;

use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use crate::ui::runs::journals::Undo;
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
        match msg {
            Msg::SiteRead(site) => self.site_read(site),
            Msg::Typed(entry, text) => self.typed(entry, text),
            Msg::LanguageWanted(_) if self.is_language_own => Vec::new(),
            Msg::LanguageWanted(language) => self.load_language(language),
            Msg::LanguageLoaded(language, loaded) => self.language_loaded(language, loaded),
            Msg::FilePicked(entry) => vec![Effect::ReadFile(entry)],
            Msg::FileRead(entry, Some(text)) => self.typed(entry, text),
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
                None => match links::state::parse(&address) {
                    Some(link) => self.follow(link),
                    None => {
                        self.say_unknown(&address);
                        vec![self.show_place(false)]
                    }
                },
            },
            Msg::SkipAsked => vec![Effect::FocusHeading],
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
            Msg::MaskDue(showing) if showing == self.runs.showing => self.mask(),
            Msg::MaskDue(_) => Vec::new(),
            Msg::SignedIn(result) => self.signed_in(*result),
            Msg::SignedOut => self.signed_out(false),
            Msg::SignedOutAndTidied => self.signed_out(true),
            Msg::TidyAsked => vec![Effect::DiscardFinished],
            Msg::TenantRead(tenant, read) => {
                let before = self.sign_in.access.tenant_mismatch(&self.setup.draft);
                if let Some(user) = self.user_of(tenant) {
                    user.facts = ReadState::from(*read);
                }
                self.recheck();
                self.ask_tenant_again(before)
            }
            Msg::SubscriptionsRead(tenant, read) => {
                if let Some(user) = self.user_of(tenant) {
                    user.subscriptions = ReadState::from(read);
                }
                Vec::new()
            }
            Msg::ProvidersRead(subscription, read) => {
                if let Some(user) = self.sign_in.access.user_mut()
                    && let Some((chosen, reading)) = &mut user.providers
                    && *chosen == subscription
                {
                    *reading = ReadState::from(read);
                }
                Vec::new()
            }
            Msg::ReadAgainAsked => self.read_again(),
            Msg::Observed { round, now, read } => self.observed(round, now, *read),
            Msg::Approved => self.approved(),
            Msg::Progressed(now, progress) => self.progressed(now, *progress),
            Msg::NotificationsAsked => vec![Effect::AskToNotify],
            Msg::NotificationsAnswered(is_allowed) => {
                self.notifications_answered(is_allowed);
                Vec::new()
            }
            Msg::Ticked(now) => self.ticked(now),
            Msg::StopAsked if matches!(self.runs.journals.undo, Undo::Finding) => {
                vec![Effect::Stop]
            }
            Msg::StopAsked if self.runs.journals.undo.is_underway() => vec![Effect::Stop],
            Msg::StopAsked => self.stop(),
            Msg::RunEnded(outcome, file) => self.run_ended(*outcome, file),
            Msg::JournalsRead(stored, trouble) => self.journals_read(stored, trouble),
            Msg::ResumeAsked(run) => self.resume(run),
            Msg::UndoAsked(run) => self.undo_asked(run),
            Msg::FoundOut(run, found) => self.found_out(run, *found),
            Msg::UndoApproved => self.undo_approved(),
            Msg::UndoProgressed(place, state) => {
                self.undo_progressed(place, *state);
                Vec::new()
            }
            Msg::UndoEnded(undone) => self.undo_ended(*undone),
            Msg::JournalAsked => vec![Effect::SaveJournal],
            Msg::CloseAsked(run, how) => self.close_run(run, how),
            Msg::DiscardAsked(run) => vec![Effect::Discard(run)],
            Msg::CopyAsked { id, text } => {
                self.runs.is_secret_copying = false;
                vec![Effect::Copy { id, text }]
            }
            Msg::SecretCopyAsked => {
                self.runs.is_secret_copying = self.runs.secret.is_some();
                let secret = self.runs.secret.clone();
                secret.map(Effect::CopySecret).into_iter().collect()
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
            Msg::SecretToggled => {
                self.runs.is_secret_shown =
                    !self.runs.is_secret_shown && self.runs.secret.is_some();
                self.runs.is_secret_seen |= self.runs.is_secret_shown;
                self.runs.asks_before_removal = false;
                self.runs.showing = self.runs.showing.wrapping_add(1);
                vec![self.fill_secret(), Effect::MaskLater(self.runs.showing)]
            }
            Msg::SecretSaved => self.secret_saved(),
            Msg::UnfoldToggled => {
                self.review.is_unfolded = !self.review.is_unfolded;
                Vec::new()
            }
            Msg::SaveAsked(file) => {
                self.notify(&self.locale.frame_saved(isolated(&file.name)));
                vec![Effect::Save(file)]
            }
            Msg::Pair(msg) => self.handle_pair(msg),
            Msg::PrintAsked => vec![Effect::Print],
            Msg::RefusedDropped => {
                self.setup.refused = None;
                vec![Effect::Forget(storage::REFUSED)]
            }
        }
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
