//! Retire a pair: its consumers, what deleting means, and a check box for each app.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::route::Route;
use crate::ui::sign_in::state::Reading;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use engine::export::renewal::usage;
use engine::read::consumers::Consumers;
use engine::read::observed::App;
use engine::read::observed::Observed;
use engine::read::observed::there;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let checkup = model.pair.checkup.as_ref().and_then(Reading::done);
    let body = match checkup {
        None => several(vec![
            tag("p").say(words.retire_check_first()).html(),
            button(
                send,
                Msg::WentTo(Route::Report),
                "",
                text(words.report_again()),
            ),
        ]),
        Some(checkup) => several(vec![
            message(
                Severity::Warning,
                words.retire_warning_title(),
                tag("p").say(words.retire_warning()).html(),
            ),
            uses(model, &checkup.observed),
            ticks(model, &checkup.observed),
            message(
                Severity::Info,
                words.undo_soft_title(),
                tag("p").say(words.retire_soft()).html(),
            ),
        ]),
    };
    several(vec![
        head("", words.retire_title(), words.retire_lead()),
        body,
    ])
}

fn uses(model: &Model, observed: &Observed) -> Html {
    let words = model.words;
    let callers = match &observed.around.callers {
        Known::Unknown => tag("li").say(words.retire_callers_unread()).html(),
        Known::Known(all) => {
            let client = there(&observed.client).map(|app| app.app_id);
            let others: Vec<_> = all.iter().filter(|(app, _)| Some(*app) != client).collect();
            let count = u64::try_from(others.len()).unwrap_or_default();
            tag("li")
                .with(
                    tag("div")
                        .class("list-text")
                        .with(tag("span").say(&words.retire_callers(count)))
                        .all(&mut others.into_iter().map(|(app, name)| {
                            tag("span")
                                .class("list-note")
                                .put(foreign(name))
                                .say(" · ")
                                .put(code(&app.to_string()))
                                .html()
                        })),
                )
                .html()
        }
    };
    let read = match &model.pair.uses {
        None => Html::default(),
        Some(Reading::Waiting) => tag("li").put(busy(words.retire_reading())).html(),
        Some(Reading::Failed(failed)) => tag("li").put(problem(words, failed)).html(),
        Some(Reading::Done(uses)) => read_uses(words, uses),
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.retire_uses()))
        .with(
            tag("ul")
                .class("list")
                .put(callers)
                .put(read)
                .put(roles(words, observed))
                .maybe(there(&observed.server).map(|app| elsewhere(words, app))),
        )
        .html()
}

/// Facts that only Microsoft's portals and the console show.
fn elsewhere(words: Locale, app: &App) -> Html {
    let usage = usage(app.app_id, words);
    let row = |path: &str, notes: Vec<String>| {
        tag("li")
            .with(
                tag("div")
                    .class("list-text")
                    .with(tag("span").say(path))
                    .all(
                        &mut notes
                            .iter()
                            .map(|note| tag("span").class("list-note").say(note).html()),
                    ),
            )
            .html()
    };
    let tabs = usage.tabs.iter().map(|(tab, who)| format!("{tab}: {who}"));
    let mut notes = vec![usage.find.clone()];
    notes.extend(tabs);
    notes.push(usage.limits.to_owned());
    several(vec![
        row(usage.path, notes),
        row(usage.console_path, vec![usage.console.to_owned()]),
    ])
}

fn read_uses(words: Locale, uses: &Consumers) -> Html {
    let count = |known: Known<usize>, some: fn(&Locale, u64) -> String, unread: &str| match known {
        Known::Known(count) => some(&words, u64::try_from(count).unwrap_or_default()),
        Known::Unknown => unread.to_owned(),
    };
    let grants = uses.grants.as_ref().map(|all| all.len());
    several(vec![
        tag("li")
            .with(tag("span").say(&count(
                grants,
                |words, count| words.retire_grants(count),
                words.retire_grants_unread(),
            )))
            .html(),
        tag("li")
            .with(tag("span").say(&count(
                uses.assigned,
                |words, count| words.retire_assigned(count),
                words.retire_assigned_unread(),
            )))
            .html(),
    ])
}

fn roles(words: Locale, observed: &Observed) -> Html {
    let principal = there(&observed.server)
        .and_then(|app| app.principal.as_ref().known()?.as_ref())
        .map(|principal| principal.roles.as_ref().map(Vec::len));
    let told = match principal {
        Some(Known::Known(0)) => words.retire_roles_none(),
        Some(Known::Known(_)) => words.retire_roles_some(),
        Some(Known::Unknown) => words.retire_roles_unread(),
        None => return Html::default(),
    };
    tag("li").with(tag("span").say(told)).html()
}

fn ticks(model: &Model, observed: &Observed) -> Html {
    let words = model.words;
    let row = |part: AppRole, app: Option<&App>| {
        app.map(|_| {
            repair_box(
                words,
                &model.pair,
                model.now,
                "retire",
                Repair::Delete(part),
            )
        })
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.retire_choose()))
        .with(
            tag("div")
                .class("choices")
                .maybe(row(AppRole::Client, there(&observed.client)))
                .maybe(row(AppRole::Server, there(&observed.server))),
        )
        .html()
}

/// Review of the deletion, and back.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let is_chosen = model.is_retiring(AppRole::Server) || model.is_retiring(AppRole::Client);
    several(vec![
        if is_chosen {
            button(
                send,
                Msg::Pair(PairMsg::RetireAsked),
                "primary",
                text(words.retire_review()),
            )
        } else {
            Html::default()
        },
        button(
            send,
            Msg::WentTo(Route::Report),
            "",
            text(words.retire_back()),
        ),
    ])
}
