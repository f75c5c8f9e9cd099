//! Next steps in the Configuration Manager console.

use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use domain::locale::Locale;
use engine::audit::Report;
use engine::audit::SecretFact;
use engine::audit::check::CheckId;
use engine::export::next_steps::Need;
use engine::export::next_steps::NextStep;
use engine::export::renewal::Origin;
use engine::export::renewal::after_new_secret;
use yew::prelude::Html;

/// Steps in the console for the newest secret.
pub fn site_steps(words: Locale, report: &Report) -> Html {
    let is_living = |it: &&SecretFact| it.lives(report.at);
    let living = report.secrets.iter().filter(is_living).count();
    let newest = report.newest_secret(report.at).and_then(|it| it.end);
    // With a single unexpired secret, no new one was created: its end date would be the wrong one to show.
    let Some(end) = newest.filter(|_| living > 1) else {
        return tag("p")
            .class("quiet")
            .say(words.secrets_renew_then())
            .html();
    };
    let age = report.check(CheckId::ServerAge);
    // The page cannot see how the site got the app.
    let renewal = after_new_secret(Origin::Unknown, end, age, words);
    several(vec![
        steps(words, &renewal.steps),
        renewal.age.map_or_else(Html::default, |age| {
            tag("p").class("quiet small").say(&age).html()
        }),
    ])
}

/// Steps for the admin, each with its location and notes.
pub fn steps(words: Locale, steps: &[NextStep]) -> Html {
    tag("ul")
        .class("list")
        .all(&mut steps.iter().map(|it| step(words, it)))
        .html()
}

pub fn step(words: Locale, step: &NextStep) -> Html {
    let state = match step.need {
        Need::Required => "warning",
        Need::Recommended | Need::Optional => "info",
    };
    tag("li")
        .with(
            tag("div")
                .class("list-text")
                .with(
                    tag("p")
                        .class("row")
                        .with(tag("strong").say(step.title))
                        .with(
                            tag("span")
                                .set("data-state", state)
                                .class("tag")
                                .say(step.need.tag(words)),
                        ),
                )
                .with(tag("p").class("small").say(step.path))
                .with(tag("p").class("small").say(&words.handover_who(step.who)))
                .with(tag("p").class("list-note").say(&step.detail)),
        )
        .html()
}
