//! End of a sign-in: by Sign out, after a time without input, at the maximum session length, or by a sign-out in another tab.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::EvidenceMsg;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::msg::PlanMsg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::msg::ReviewMsg;
use crate::ui::msg::RunMsg;
use crate::ui::review::state::Review;
use crate::ui::route::Route;
use crate::ui::sign_in::state::AuthState;
use crate::ui::sign_in::state::Ended;
use crate::ui::sign_in::state::SignInMismatch;
use crate::ui::storage;

/// After this long without input, the page discards its tokens. A run in progress counts as input.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Maximum session length, even with input: the longest that NIST SP 800-63B (2017, section 4.2.3) allows at its second level of assurance.
/// A run in progress is not aborted.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Idle checks come every minute, or late in a hidden tab. A longer gap means that the computer slept, so input during the gap does not
/// count.
const SLEPT: SignedDuration = SignedDuration::from_mins(5);

impl Msg {
    /// True if the admin caused this message.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        matches!(
            self,
            Self::Typed(..)
                | Self::Left(_)
                | Self::WentTo(_)
                | Self::Moved(_)
                | Self::SkipAsked
                | Self::SignInAsked
                | Self::ReadAgainAsked
                | Self::PairChosen(_)
                | Self::AnotherWanted
                | Self::PartAsked(_)
                | Self::TidyAsked
                | Self::CopyAsked { .. }
                | Self::SaveAsked(_)
                | Self::PrintAsked
        ) || self.is_by_hand_in_part()
    }

    fn is_by_hand_in_part(&self) -> bool {
        matches!(
            self,
            Self::Review(ReviewMsg::UnfoldToggled)
                | Self::Evidence(EvidenceMsg::SaveAsked)
                | Self::Plan(PlanMsg::Used | PlanMsg::TakenBack | PlanMsg::Closed)
                | Self::Run(
                    RunMsg::Approved
                        | RunMsg::StopAsked
                        | RunMsg::ResumeAsked(_)
                        | RunMsg::UndoAsked(_)
                        | RunMsg::UndoApproved
                        | RunMsg::JournalAsked
                        | RunMsg::CloseAsked(..)
                        | RunMsg::DiscardAsked(_)
                        | RunMsg::SecretCopyAsked
                        | RunMsg::SecretToggled
                        | RunMsg::SecretSaved
                        | RunMsg::ReceivedClosed
                )
        ) || matches!(self, Self::Pair(msg) if msg.is_by_hand())
            || matches!(self, Self::Providers(msg) if msg.is_by_hand())
    }
}

impl PairMsg {
    fn is_by_hand(&self) -> bool {
        !matches!(
            self,
            Self::Examined { .. } | Self::UsesRead(..) | Self::SignInsRead { .. }
        )
    }
}

impl ProvidersMsg {
    fn is_by_hand(&self) -> bool {
        !matches!(
            self,
            Self::Entered
                | Self::Listed(..)
                | Self::ListEnded(..)
                | Self::RowsRead(..)
                | Self::RowsEnded(_)
                | Self::Progressed(..)
                | Self::RunEnded(..)
                | Self::DiscardRefused
                | Self::RunsRead(_)
        )
    }
}

impl Model {
    /// Starts the idle checks of a new sign-in.
    pub(in crate::ui) fn watch_use(&mut self) -> Effect {
        self.sign_in.number = self.sign_in.number.wrapping_add(1);
        self.sign_in.is_used = true;
        // The sign-in counts as the first check: the computer may sleep before the second.
        self.sign_in.used_at = self
            .sign_in
            .access
            .user()
            .map(|user| (user.since, user.since));
        Effect::LookLater(self.sign_in.number)
    }

    /// Checks whether there was input since the last check.
    pub(in crate::ui) fn looked(&mut self, visit: u32, now: Timestamp) -> Vec<Effect> {
        if visit != self.sign_in.number || self.sign_in.access.user().is_none() {
            return Vec::new();
        }
        self.now = now;
        let since = self.sign_in.access.user().map_or(now, |user| user.since);
        if now.duration_since(since) >= LONGEST && !self.is_busy() {
            return self.let_go(Ended::Over);
        }
        let (used_at, looked_at) = self.sign_in.used_at.unwrap_or((now, now));
        let has_slept = now.duration_since(looked_at) > SLEPT;
        let is_used = std::mem::take(&mut self.sign_in.is_used) && !has_slept || self.is_busy();
        // A clock that was set back must not extend the session.
        let used_at = if is_used { now } else { used_at.min(now) };
        self.sign_in.used_at = Some((used_at, now));
        if now.duration_since(used_at) >= IDLE {
            return self.let_go(Ended::Idle);
        }
        let mut effects = vec![Effect::LookLater(visit)];
        // The sign-in may have become too old to write since the review.
        if matches!(self.review.state, Review::Ready(_)) && self.route == Route::Review {
            let is_old = self.mismatch() == Some(SignInMismatch::Old);
            effects.extend(is_old.then(|| self.read_for_review()).flatten());
        }
        effects
    }

    /// Ends the sign-in if it belongs to this account.
    pub(in crate::ui) fn signed_out_elsewhere(&mut self, who: &str) -> Vec<Effect> {
        let user = self.sign_in.access.user();
        if user.is_none_or(|user| user.account.object_id.to_string() != who) {
            return Vec::new();
        }
        self.let_go(Ended::Elsewhere)
    }

    /// Ends the sign-in. An unsaved secret stays, masked, because this is its only copy. What was typed stays, too.
    fn let_go(&mut self, why: Ended) -> Vec<Effect> {
        self.sign_in.access = AuthState::Ended(why);
        self.forget_pair();
        self.providers.forget_list();
        self.recheck();
        let mut effects = vec![Effect::ForgetSession];
        effects.extend(self.mask());
        if self.route == Route::Review {
            effects.extend(self.read_for_review());
        }
        self.announce(match why {
            Ended::Idle => self.locale.azure_service_idle(),
            Ended::Over => self.locale.azure_service_over(),
            Ended::Elsewhere => self.locale.azure_service_elsewhere(),
        });
        effects
    }

    pub(in crate::ui) fn signed_out(&mut self, discards_finished: bool) -> Vec<Effect> {
        if self.is_busy() {
            return Vec::new();
        }
        self.sign_in.access = AuthState::SignedOut;
        self.forget_pair();
        self.providers.forget_list();
        self.providers.selections.clear();
        self.providers.plan = None;
        self.providers.run = None;
        self.review.state = Review::Absent;
        self.runs.run = None;
        self.runs.secret = None;
        self.runs.is_secret_shown = false;
        self.recheck();
        let mut effects = vec![
            Effect::SignOut { discards_finished },
            Effect::FillSecret(None),
            Effect::Forget(storage::PROVIDERS),
            Effect::AskBeforeLeaving(false),
        ];
        effects.extend(self.enter(Route::Start, true));
        self.announce(self.locale.frame_signed_out());
        effects
    }
}
