//! How each message changes the model. Pure: it returns effects.
//!
//! Only input changes what was typed: navigation, signing in, an error and a failed run leave it as it is.

use jiff::Timestamp;

use crate::ui::access::Access;
use crate::ui::access::Reading;
use crate::ui::access::SignInRefused;
use crate::ui::access::Unfit;
use crate::ui::access::Visitor;
use crate::ui::entry::Entry;
use crate::ui::journals::Undo;
use crate::ui::link;
use crate::ui::memory;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::review::Review;
use crate::ui::review::Sheet;
use crate::ui::run::Run;
use crate::ui::run::RunState;
use crate::ui::stage::Stage;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::lookalike::isolated;
use domain::problem::Problem;
use engine::journal::Keeping;
use engine::read::observed::Observed;
use engine::read::observed::there;
use engine::run::Order;
use engine::run::Progress;

impl Stage {
    /// Applies a message and returns the effects to start.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let before = self.signed_in_as();
        let mut effects = self.heard(msg);
        effects.extend(self.tell_sign_in(before));
        effects
    }

    fn heard(&mut self, msg: Msg) -> Vec<Effect> {
        self.used |= msg.is_by_hand();
        match msg {
            Msg::SiteRead(site) => self.site_read(site),
            Msg::Typed(entry, text) => self.typed(entry, text),
            Msg::Left(entry) => {
                self.left.insert(entry, ());
                Vec::new()
            }
            Msg::WentTo(place) => self.go(place, true),
            Msg::LinkSeen(takes_back) => self.link_seen(takes_back),
            Msg::Moved(address) => match Place::find(&address) {
                Some(place) if place == self.place => Vec::new(),
                Some(place) => self.go(place, false),
                None => match link::parse(&address) {
                    Some(link) => self.follow(link),
                    None => vec![self.show_place(false)],
                },
            },
            Msg::SkipAsked => vec![Effect::FocusHeading],
            Msg::SignInAsked => self.sign_in(),
            Msg::Looked(visit, now) => self.looked(visit, now),
            Msg::SignedOutElsewhere(who) => self.signed_out_elsewhere(&who),
            Msg::SignInDropped | Msg::ShownAgain => match self.access {
                Access::Leaving => {
                    self.access = Access::Out;
                    let mut effects = vec![Effect::AbandonSignIn];
                    if self.place == Place::Review {
                        effects.extend(self.observe());
                    }
                    effects
                }
                Access::Out
                | Access::Returning
                | Access::Refused(_)
                | Access::In(_)
                | Access::Ended(_) => Vec::new(),
            },
            Msg::Hidden => self.mask(),
            Msg::MaskDue(showing) if showing == self.showing => self.mask(),
            Msg::MaskDue(_) => Vec::new(),
            Msg::SignedIn(result) => self.signed_in(*result),
            Msg::SignedOut => self.signed_out(false),
            Msg::SignedOutAndTidied => self.signed_out(true),
            Msg::TidyAsked => vec![Effect::DiscardFinished],
            Msg::TenantRead(tenant, read) => {
                let before = self.access.elsewhere(&self.draft);
                if let Some(visitor) = self.visitor_of(tenant) {
                    visitor.facts = Reading::from(*read);
                }
                self.recheck();
                self.ask_tenant_again(before)
            }
            Msg::SubscriptionsRead(tenant, read) => {
                if let Some(visitor) = self.visitor_of(tenant) {
                    visitor.subscriptions = Reading::from(read);
                }
                Vec::new()
            }
            Msg::ProvidersRead(subscription, read) => {
                if let Some(visitor) = self.access.visitor_mut()
                    && let Some((chosen, reading)) = &mut visitor.providers
                    && *chosen == subscription
                {
                    *reading = Reading::from(read);
                }
                Vec::new()
            }
            Msg::ReadAgainAsked => self.read_again(),
            Msg::Observed { round, now, read } => self.observed(round, now, *read),
            Msg::Approved => self.approved(),
            Msg::Progressed(now, progress) => {
                self.progressed(now, *progress);
                Vec::new()
            }
            Msg::Ticked(now) => self.ticked(now),
            Msg::StopAsked if matches!(self.journals.undo, Undo::Finding) => vec![Effect::Stop],
            Msg::StopAsked if self.journals.undo.is_underway() => vec![Effect::Stop],
            Msg::StopAsked => self.stop(),
            Msg::RunEnded(outcome, file) => self.run_ended(*outcome, file),
            Msg::JournalsRead(shelved, trouble) => self.journals_read(shelved, trouble),
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
            Msg::CopyAsked { id, text } => vec![Effect::Copy { id, text }],
            Msg::SecretCopyAsked => self
                .secret
                .clone()
                .map(Effect::CopySecret)
                .into_iter()
                .collect(),
            Msg::Copied(is_copied) => {
                let words = self.words;
                self.tell(if is_copied {
                    words.frame_copied()
                } else {
                    words.frame_copy_refused()
                });
                Vec::new()
            }
            Msg::SecretToggled => {
                self.is_secret_shown = !self.is_secret_shown && self.secret.is_some();
                self.showing = self.showing.wrapping_add(1);
                vec![self.fill_secret(), Effect::MaskLater(self.showing)]
            }
            Msg::SecretSaved => self.secret_saved(),
            Msg::UnfoldToggled => {
                self.is_unfolded = !self.is_unfolded;
                Vec::new()
            }
            Msg::SaveAsked(file) => vec![Effect::Save(file)],
            Msg::Doctor(msg) => self.doctor_heard(msg),
            Msg::PrintAsked => vec![Effect::Print],
            Msg::RefusedDropped => {
                self.refused = None;
                vec![Effect::Forget(memory::REFUSED)]
            }
        }
    }

    /// Reads or reviews again if the answer has changed whether the sign-in is in the typed tenant: data of one tenant does not apply to
    /// another.
    fn ask_tenant_again(&mut self, before: Option<Unfit>) -> Vec<Effect> {
        if self.access.visitor().is_none() || self.access.elsewhere(&self.draft) == before {
            return Vec::new();
        }
        if self.access.elsewhere(&self.draft).is_some() {
            self.doctor.search = None;
            self.doctor.checkup = None;
        }
        let read = if self.place == Place::Review {
            self.observe()
        } else {
            self.read_pair()
        };
        read.into_iter().collect()
    }

    pub(super) fn typed(&mut self, entry: Entry, text: String) -> Vec<Effect> {
        let is_on = !text.is_empty();
        let before = self.access.elsewhere(&self.draft);
        let draft = &mut self.draft;
        match entry {
            Entry::ConnectionName => draft.connection_name = text,
            Entry::Description => draft.description = text,
            Entry::Cloud => draft.cloud = text,
            Entry::Tenant => draft.tenant = text,
            Entry::ServerName => draft.server_name = text,
            Entry::HomePageUrl => draft.home_page_url = text,
            Entry::UriForm => draft.uri_form = text,
            Entry::UriName => draft.uri_name = text,
            Entry::UriDomain => draft.uri_domain = text,
            Entry::UriText => draft.uri_text = text,
            Entry::SecretLife => draft.secret_life = text,
            Entry::ClientName => draft.client_name = text,
            Entry::UserDiscovery => draft.user_discovery = is_on,
            Entry::GroupDiscovery => draft.group_discovery = is_on,
            Entry::GroupNames => draft.group_names = text,
            Entry::Subscription => draft.subscription = text,
            Entry::AnotherSecret => draft.another_secret = is_on,
            Entry::SecretLater => draft.secret_later = is_on,
            Entry::AdoptServer | Entry::AdoptClient => {
                let Review::Ready(sheet) = &self.review else {
                    return Vec::new();
                };
                let observed = &sheet.observed;
                let found = if entry == Entry::AdoptServer {
                    there(&observed.server)
                } else {
                    there(&observed.client)
                };
                if let Some(app) = found.map(|app| app.app_id) {
                    draft.adopted.retain(|it| *it != app);
                    if is_on {
                        draft.adopted.push(app);
                    }
                }
            }
            Entry::Journal => return self.journal_opened(text),
            Entry::KeepAsFile => {
                self.journals.keeping = if is_on { Keeping::File } else { Keeping::Shelf };
                return Vec::new();
            }
            Entry::ForGood => {
                self.choose_for_good(is_on);
                return Vec::new();
            }
            Entry::PairId
            | Entry::PickServer
            | Entry::PickClient
            | Entry::HasNewSecret
            | Entry::EarlierReport
            | Entry::Repair(_) => return self.doctor_typed(entry, text),
            Entry::CheckCloud
            | Entry::CheckTenant
            | Entry::CheckApp
            | Entry::CheckDomains
            | Entry::CheckUnique
            | Entry::CheckDefault
            | Entry::CheckUri
            | Entry::CheckName => {
                self.check.set(entry, text);
                self.is_check_own = true;
                let kept = memory::write_check(&self.check);
                return vec![Effect::Remember(memory::CHECK, kept)];
            }
            Entry::RegisterCloud
            | Entry::RegisterWork
            | Entry::RegisterAddress
            | Entry::RegisterFramed
            | Entry::RegisterConsent
            | Entry::RegisterWay => {
                self.form.set(entry, text);
                return vec![Effect::Remember(memory::FORM, self.form.kept())];
            }
        }
        self.is_draft_own = true;
        self.drop_unasked();
        self.recheck();
        let mut effects = vec![self.keep_draft()];
        effects.extend(self.ask_tenant_again(before));
        if entry == Entry::Subscription {
            effects.extend(self.read_providers());
            if self.place == Place::Report {
                effects.extend(self.examine());
            }
        }
        if matches!(
            entry,
            Entry::AnotherSecret | Entry::SecretLater | Entry::AdoptServer | Entry::AdoptClient
        ) {
            effects.extend(self.observe());
        }
        effects
    }

    pub(super) fn keep_draft(&self) -> Effect {
        Effect::Remember(memory::DRAFT, memory::write_draft(&self.draft))
    }

    fn go(&mut self, place: Place, is_new: bool) -> Vec<Effect> {
        // The page is the only record of a run in progress, so it stays open.
        if self.is_running() && place != Place::Run {
            return vec![self.show_place(true)];
        }
        if self.journals.undo.is_underway() && place != Place::Undo {
            return vec![self.show_place(true)];
        }
        self.enter(place, is_new)
    }

    fn visitor_of(&mut self, tenant: TenantId) -> Option<&mut Visitor> {
        self.access
            .visitor_mut()
            .filter(|visitor| visitor.tenant == tenant)
    }

    fn sign_in(&mut self) -> Vec<Effect> {
        let wish = if self.portal_signs_in {
            self.wish_of_portal()
                .map(|wish| Effect::SignInByPortal(Box::new(wish)))
        } else {
            self.wish().map(|wish| Effect::SignIn(Box::new(wish)))
        };
        let Some(wish) = wish else {
            self.left.insert(Entry::Tenant, ());
            return Vec::new();
        };
        if self.secret.is_some() {
            // Leaving the page would lose the only copy of the secret.
            self.tell(self.words.hand_over_save_first());
            return self.go(Place::HandOver, true);
        }
        self.access = Access::Leaving;
        // The previous session's tokens are discarded now: if this sign-in is abandoned, nothing else would do it.
        let forgotten = (!self.is_busy()).then_some(Effect::ForgetSession);
        let mut effects: Vec<Effect> = forgotten.into_iter().collect();
        effects.extend([
            self.keep_draft(),
            Effect::Remember(memory::PLACE, self.place.address().to_owned()),
            wish,
        ]);
        effects
    }

    fn signed_in(&mut self, result: Result<Visitor, SignInRefused>) -> Vec<Effect> {
        let forget = Effect::Forget(memory::PLACE);
        match result {
            Err(refused) => {
                self.tell(refused.error.title(self.words));
                self.access = Access::Refused(refused);
                let mut effects = vec![forget];
                if self.place == Place::Review {
                    effects.extend(self.observe());
                }
                effects
            }
            Ok(visitor) => {
                self.tell(
                    &self
                        .words
                        .azure_service_signed_in(isolated(&visitor.account.name)),
                );
                self.access = Access::In(Box::new(visitor));
                self.recheck();
                let may_write = self.access.visitor().is_some_and(|it| it.may_write);
                let mut effects = vec![forget, Effect::ReadTenant];
                // A sign-in that only reads has not asked for Azure permissions.
                effects.extend(may_write.then_some(Effect::ReadSubscriptions));
                effects.extend(self.read_providers());
                effects.push(self.watch_use());
                if self.place == Place::Review {
                    effects.extend(self.observe());
                }
                if self.place == Place::Undo {
                    effects.extend(self.find_out());
                }
                effects.extend(self.read_pair());
                effects
            }
        }
    }

    fn read_again(&mut self) -> Vec<Effect> {
        let Some(visitor) = self.access.visitor_mut() else {
            return Vec::new();
        };
        visitor.facts = Reading::Waiting;
        visitor.subscriptions = Reading::Waiting;
        visitor.providers = None;
        let mut effects = vec![Effect::ReadTenant, Effect::ReadSubscriptions];
        effects.extend(self.read_providers());
        effects
    }

    /// Reads the providers of the selected subscription, unless they are read or being read.
    pub(super) fn read_providers(&mut self) -> Option<Effect> {
        let chosen: SubscriptionId = self.draft.subscription.parse().ok()?;
        let visitor = self.access.visitor_mut()?;
        if visitor
            .providers
            .as_ref()
            .is_some_and(|(of, _)| *of == chosen)
        {
            return None;
        }
        visitor.providers = Some((chosen, Reading::Waiting));
        Some(Effect::ReadProviders(chosen))
    }

    /// Starts the review: errors known on the page show at once; the rest is read.
    pub(super) fn observe(&mut self) -> Option<Effect> {
        self.round += 1;
        self.recheck();
        if matches!(self.access, Access::Leaving | Access::Returning) {
            self.review = Review::Reading;
            return None;
        }
        let unfit = self.unfit();
        if unfit.is_some() || !self.faults.is_empty() {
            self.review = Review::Faulty {
                faults: self.faults.clone(),
                unfit,
            };
            return None;
        }
        let desired = self.desired().ok()?;
        self.review = Review::Reading;
        Some(Effect::Observe {
            round: self.round,
            desired: Box::new(desired),
        })
    }

    fn observed(
        &mut self,
        round: u32,
        now: Timestamp,
        read: Result<Observed, Problem>,
    ) -> Vec<Effect> {
        self.now = now;
        if round != self.round || self.review != Review::Reading {
            return Vec::new();
        }
        self.review = match (read, self.desired()) {
            (Ok(observed), Ok(desired)) => {
                let past = self.resumed();
                let sheet = Sheet::new(&desired, observed, &past, now, self.words);
                Review::Ready(Box::new(sheet))
            }
            (Ok(_), Err(faults)) => Review::Faulty {
                faults,
                unfit: None,
            },
            (Err(problem), _) => Review::Failed(problem),
        };
        if self.unfit() == Some(Unfit::Old) {
            return self.observe().into_iter().collect();
        }
        let Review::Ready(sheet) = &self.review else {
            return Vec::new();
        };
        let planned = self.tell_planned(sheet);
        let writes = u64::try_from(sheet.plan.writes()).unwrap_or_default();
        self.tell(&self.words.review_writes(writes));
        vec![planned]
    }

    fn approved(&mut self) -> Vec<Effect> {
        if !self.may_begin() {
            // The sign-in may have changed since the review: review again to show why the run cannot begin.
            let is_ready = matches!(self.review, Review::Ready(_));
            return if is_ready && self.unfit().is_some() {
                self.observe().into_iter().collect()
            } else {
                Vec::new()
            };
        }
        let Review::Ready(sheet) = std::mem::take(&mut self.review) else {
            return Vec::new();
        };
        match sheet.plan.clone().approve() {
            Err(_) => {
                self.review = Review::Ready(sheet);
                Vec::new()
            }
            Ok(approved) => {
                self.stop = None;
                // Repairs that are still needed appear in the next check.
                self.doctor.chosen.clear();
                let order = Order {
                    approved,
                    draft: self.draft.clone(),
                    past: self.past().cloned(),
                    in_hand: self.secret.as_ref().map(|secret| secret.key_id),
                    keeping: self.journals.keeping,
                };
                self.run = Some(Box::new(Run::new(sheet, self.now)));
                let mut effects = self.enter(Place::Run, true);
                effects.extend([
                    Effect::AskBeforeLeaving(true),
                    Effect::Apply(Box::new(order)),
                    Effect::Tick,
                ]);
                effects
            }
        }
    }

    fn progressed(&mut self, now: Timestamp, progress: Progress) {
        self.now = now;
        let Some(run) = &mut self.run else { return };
        let before = run.count();
        run.hear(progress, now);
        let (done, all) = run.count();
        if (done, all) != before {
            let told = self.words.run_count(all, done);
            self.tell(&told);
        }
    }

    fn ticked(&mut self, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        match &mut self.run {
            Some(run) if run.state.is_underway() => {
                run.now = now;
                vec![Effect::Tick]
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn stop(&mut self) -> Vec<Effect> {
        let words = self.words;
        match &mut self.run {
            Some(run) if run.state.is_underway() => {
                run.state = RunState::Stopping;
                self.tell(words.run_stopping());
                vec![Effect::Stop]
            }
            Some(_) | None => Vec::new(),
        }
    }

    pub(super) fn mask(&mut self) -> Vec<Effect> {
        self.is_secret_shown = false;
        vec![self.fill_secret()]
    }

    fn secret_saved(&mut self) -> Vec<Effect> {
        let is_complete = self
            .run
            .as_ref()
            .is_some_and(|run| run.state == RunState::Complete);
        if is_complete {
            self.journals.file = None;
        }
        self.secret = None;
        self.is_secret_shown = false;
        self.tell(self.words.hand_over_secret_gone());
        vec![
            self.keep_file(),
            Effect::SecretSaved { is_complete },
            Effect::FillSecret(None),
            Effect::AskBeforeLeaving(false),
            Effect::FocusHeading,
        ]
    }
}
