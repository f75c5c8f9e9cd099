//! Why a run or an undo did not begin.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use engine::run::prepare::StartError;
use yew::prelude::Html;

/// Why a run or an undo did not begin.
pub fn stopped(words: Locale, stop: &StartError) -> Html {
    let bar =
        |tone, title: &str, sentence: &str| message(tone, title, tag("p").say(sentence).html());
    match stop {
        StartError::OtherPage(Some(who)) => bar(
            Severity::Warning,
            words.stop_other_page_title(),
            &words.stop_other_page(isolated(&who.name)),
        ),
        StartError::OtherPage(None) => bar(
            Severity::Warning,
            words.stop_other_page_title(),
            words.stop_other_page_unknown(),
        ),
        StartError::OtherAccount(who) => bar(
            Severity::Warning,
            words.unfinished_other_title(),
            &words.unfinished_other(isolated(&who.name)),
        ),
        StartError::SignInOld => bar(Severity::Warning, words.stop_old_title(), words.stop_old()),
        StartError::OtherTenant(Answer::CannotTell) => bar(
            Severity::Warning,
            words.stop_other_tenant_title(),
            words.stop_tenant_unknown(),
        ),
        StartError::OtherTenant(_) => bar(
            Severity::Warning,
            words.stop_other_tenant_title(),
            words.stop_other_tenant(),
        ),
        StartError::NotKept(domain::platform::StorageError::Blocked) => bar(
            Severity::Danger,
            words.stop_blocked_title(),
            words.stop_blocked(),
        ),
        StartError::NotKept(domain::platform::StorageError::Full) => {
            bar(Severity::Danger, words.stop_full_title(), words.stop_full())
        }
        StartError::NotKept(domain::platform::StorageError::Busy) => {
            bar(Severity::Danger, words.stop_busy_title(), words.stop_busy())
        }
        StartError::Changed(_) => bar(
            Severity::Warning,
            words.stop_changed_title(),
            words.stop_changed(),
        ),
        StartError::Unread(failed) => several(vec![
            tag("h2").say(words.stop_unread_title()).html(),
            problem(words, failed),
        ]),
    }
}
