//! Why a run or an undo did not begin.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::message::Tone;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use domain::known::Answer;
use domain::lookalike::isolated;
use domain::words::Words;
use engine::run::prepare::Stop;
use yew::prelude::Html;

/// Why a run or an undo did not begin.
pub fn stopped(words: Words, stop: &Stop) -> Html {
    let bar =
        |tone, title: &str, sentence: &str| message(tone, title, tag("p").say(sentence).html());
    match stop {
        Stop::OtherPage(Some(who)) => bar(
            Tone::Warning,
            words.stop_other_page_title(),
            &words.stop_other_page(isolated(&who.name)),
        ),
        Stop::OtherPage(None) => bar(
            Tone::Warning,
            words.stop_other_page_title(),
            words.stop_other_page_unknown(),
        ),
        Stop::OtherAccount(who) => bar(
            Tone::Warning,
            words.unfinished_other_title(),
            &words.unfinished_other(isolated(&who.name)),
        ),
        Stop::SignInOld => bar(Tone::Warning, words.stop_old_title(), words.stop_old()),
        Stop::OtherTenant(Answer::CannotTell) => bar(
            Tone::Warning,
            words.stop_other_tenant_title(),
            words.stop_tenant_unknown(),
        ),
        Stop::OtherTenant(_) => bar(
            Tone::Warning,
            words.stop_other_tenant_title(),
            words.stop_other_tenant(),
        ),
        Stop::NotKept(domain::platform::NotKept::Blocked) => bar(
            Tone::Danger,
            words.stop_blocked_title(),
            words.stop_blocked(),
        ),
        Stop::NotKept(domain::platform::NotKept::Full) => {
            bar(Tone::Danger, words.stop_full_title(), words.stop_full())
        }
        Stop::NotKept(domain::platform::NotKept::Busy) => {
            bar(Tone::Danger, words.stop_busy_title(), words.stop_busy())
        }
        Stop::Changed(_) => bar(
            Tone::Warning,
            words.stop_changed_title(),
            words.stop_changed(),
        ),
        Stop::Unread(failed) => several(vec![
            tag("h2").say(words.stop_unread_title()).html(),
            problem(words, failed),
        ]),
    }
}
