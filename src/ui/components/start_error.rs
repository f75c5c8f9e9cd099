//! Why a run or an undo did not begin.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use domain::problem::ProblemKind;
use engine::run::prepare::StartError;
use yew::prelude::Html;

/// Why a run or an undo did not begin.
pub fn stopped(t: Locale, stop: &StartError) -> Html {
    let bar =
        |tone, title: &str, sentence: &str| message(tone, title, el("p").text(sentence).html());
    match stop {
        StartError::OtherPage(Some(who)) => bar(
            Severity::Warning,
            t.stop_other_page_title(),
            &t.stop_other_page(isolated(&who.name)),
        ),
        StartError::OtherPage(None) => bar(
            Severity::Warning,
            t.stop_other_page_title(),
            t.stop_other_page_unknown(),
        ),
        StartError::OtherAccount(who) => bar(
            Severity::Warning,
            t.unfinished_other_title(),
            &t.unfinished_other(isolated(&who.name)),
        ),
        StartError::SignInOld => bar(Severity::Warning, t.stop_old_title(), t.stop_old()),
        StartError::OtherTenant(Answer::CannotTell) => bar(
            Severity::Warning,
            t.stop_other_tenant_title(),
            t.stop_tenant_unknown(),
        ),
        StartError::OtherTenant(_) => bar(
            Severity::Warning,
            t.stop_other_tenant_title(),
            t.stop_other_tenant(),
        ),
        StartError::NotKept(domain::platform::StorageError::Blocked) => {
            bar(Severity::Danger, t.stop_blocked_title(), t.stop_blocked())
        }
        StartError::NotKept(domain::platform::StorageError::Full) => {
            bar(Severity::Danger, t.stop_full_title(), t.stop_full())
        }
        StartError::NotKept(domain::platform::StorageError::Busy) => {
            bar(Severity::Danger, t.stop_busy_title(), t.stop_busy())
        }
        StartError::Changed(_) => bar(Severity::Warning, t.stop_changed_title(), t.stop_changed()),
        StartError::Unread(failed) if failed.kind == ProblemKind::Cancelled => {
            bar(Severity::Info, t.stop_before_title(), t.stop_before())
        }
        StartError::Unread(failed) => fragment(vec![
            el("h2").text(t.stop_unread_title()).html(),
            problem(t, failed),
        ]),
    }
}
