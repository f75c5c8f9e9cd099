//! The end of a sign-in: by a press on Sign out, because nobody uses the page any more, or because another tab signed out.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::ui::access::Access;
use crate::ui::access::Ended;
use crate::ui::access::Unfit;
use crate::ui::msg::DoctorMsg;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::place::Place;
use crate::ui::review::Review;
use crate::ui::stage::Stage;

/// A page nobody has used for this long lets go of its tokens. A run under way is use.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// And after this long however much it is used: the longest that NIST SP 800-63B (2017, section 4.2.3) allows at its second level of assurance. A run under
/// way is not cut off.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// Looks come every minute, in a hidden tab perhaps late. A longer gap is a computer that slept, and nobody was at it.
const SLEPT: SignedDuration = SignedDuration::from_mins(5);

impl Msg {
    /// True if a person has done it.
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
                | Self::Approved
                | Self::StopAsked
                | Self::ResumeAsked(_)
                | Self::UndoAsked(_)
                | Self::UndoApproved
                | Self::JournalAsked
                | Self::CloseAsked(..)
                | Self::DiscardAsked(_)
                | Self::TidyAsked
                | Self::CopyAsked { .. }
                | Self::SecretCopyAsked
                | Self::SecretToggled
                | Self::SecretSaved
                | Self::UnfoldToggled
                | Self::SaveAsked(_)
                | Self::PrintAsked
        ) || matches!(self, Self::Doctor(msg) if msg.is_by_hand())
    }
}

impl DoctorMsg {
    fn is_by_hand(&self) -> bool {
        !matches!(
            self,
            Self::PairsFound(..) | Self::Examined { .. } | Self::UsesRead(..)
        )
    }
}

impl Stage {
    /// From now on somebody looks whether the page is in use.
    pub(super) fn watch_use(&mut self) -> Effect {
        self.visit = self.visit.wrapping_add(1);
        self.used = true;
        // The sign-in is the first look: a computer may sleep before the second.
        self.used_at = self
            .access
            .visitor()
            .map(|visitor| (visitor.since, visitor.since));
        Effect::LookLater(self.visit)
    }

    /// Looks whether the page was used since the last look.
    pub(super) fn looked(&mut self, visit: u32, now: Timestamp) -> Vec<Effect> {
        if visit != self.visit || self.access.visitor().is_none() {
            return Vec::new();
        }
        self.now = now;
        let since = self.access.visitor().map_or(now, |visitor| visitor.since);
        if now.duration_since(since) >= LONGEST && !self.is_busy() {
            return self.let_go(Ended::Over);
        }
        let (used_at, looked_at) = self.used_at.unwrap_or((now, now));
        let has_slept = now.duration_since(looked_at) > SLEPT;
        let is_used = std::mem::take(&mut self.used) && !has_slept || self.is_busy();
        // A clock that was set back does not prolong anything.
        let used_at = if is_used { now } else { used_at.min(now) };
        self.used_at = Some((used_at, now));
        if now.duration_since(used_at) >= IDLE {
            return self.let_go(Ended::Idle);
        }
        let mut effects = vec![Effect::LookLater(visit)];
        // It may have become too old to write since it was reviewed.
        if matches!(self.review, Review::Ready(_)) && self.place == Place::Review {
            let is_old = self.unfit() == Some(Unfit::Old);
            effects.extend(is_old.then(|| self.observe()).flatten());
        }
        effects
    }

    /// Lets go of the sign-in if it is of that account.
    pub(super) fn signed_out_elsewhere(&mut self, who: &str) -> Vec<Effect> {
        let visitor = self.access.visitor();
        if visitor.is_none_or(|visitor| visitor.account.object_id.to_string() != who) {
            return Vec::new();
        }
        self.let_go(Ended::Elsewhere)
    }

    /// A secret in hand stays, masked: it is the only copy. So does what was typed.
    fn let_go(&mut self, why: Ended) -> Vec<Effect> {
        self.access = Access::Ended(why);
        self.forget_pair();
        self.recheck();
        let mut effects = vec![Effect::ForgetSession];
        effects.extend(self.mask());
        if self.place == Place::Review {
            effects.extend(self.observe());
        }
        self.tell(match why {
            Ended::Idle => self.words.azure_service_idle(),
            Ended::Over => self.words.azure_service_over(),
            Ended::Elsewhere => self.words.azure_service_elsewhere(),
        });
        effects
    }

    pub(super) fn signed_out(&mut self, discards_finished: bool) -> Vec<Effect> {
        if self.is_busy() {
            return Vec::new();
        }
        self.access = Access::Out;
        self.forget_pair();
        self.review = Review::Absent;
        self.run = None;
        self.secret = None;
        self.is_secret_shown = false;
        self.recheck();
        let mut effects = vec![
            Effect::SignOut { discards_finished },
            Effect::FillSecret(None),
            Effect::AskBeforeLeaving(false),
        ];
        effects.extend(self.enter(Place::Start, true));
        self.tell(self.words.frame_signed_out());
        effects
    }
}
