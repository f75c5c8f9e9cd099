//! Report of a pair: findings first, their meaning and their repairs; then the secrets on a time line, and discovery.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::exemption::exemption;
use crate::ui::components::field::Kind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::message::told;
use crate::ui::components::onward;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::pair::secrets;
use crate::ui::providers::unread::unread;
use crate::ui::route::Route;
use crate::ui::sign_in::state::Reading;
use crate::ui::sign_in::view::tenant_ways;
use crate::ui::sign_in::view::unfit_sentence;
use domain::cmg::SecretLife;
use domain::config::features::Feature;
use domain::confusables::isolated;
use domain::known::Answer;
use domain::locale::Locale;
use engine::audit::AppFact;
use engine::audit::Check;
use engine::audit::Report;
use engine::audit::State;
use engine::audit::check::CheckId;
use engine::desired::repair::Repair;
use engine::export::compare_reports::differences;
use engine::export::exemption::Exemption;
use engine::export::renewal::update_application_settings;
use engine::export::report as report_file;
use engine::plan::write::secret_days;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let body = match &model.pair.checkup {
        None if model.sign_in.access.user().is_none() => several(vec![
            message(
                Severity::Info,
                "",
                tag("p").say(words.report_sign_in()).html(),
            ),
            tag("p")
                .put(button(
                    send,
                    Msg::SignInAsked,
                    "primary",
                    text(words.azure_service_sign_in()),
                ))
                .html(),
        ]),
        None if model
            .sign_in
            .access
            .tenant_mismatch(&model.setup.draft)
            .is_some() =>
        {
            elsewhere(model, send)
        }
        None | Some(Reading::Waiting) => tag("section")
            .class("card")
            .put(busy(words.report_reading()))
            .html(),
        Some(Reading::Failed(failed)) => several(vec![
            problem(words, failed),
            onward::or_back(
                words,
                send,
                failed,
                (Route::Report, words.report_again()),
                (Route::CheckPair, words.report_other_pair()),
            ),
        ]),
        Some(Reading::Done(checkup)) => ready(model, send, &checkup.report),
    };
    several(vec![
        head("", words.report_title(), words.report_lead()),
        body,
    ])
}

fn elsewhere(model: &Model, send: &Callback<Msg>) -> Html {
    let unfit = model.sign_in.access.tenant_mismatch(&model.setup.draft);
    let sentence = unfit.map(|unfit| unfit_sentence(model, unfit));
    let told = tag("p").say(&sentence.unwrap_or_default()).html();
    message(
        Severity::Warning,
        "",
        several(vec![told, tenant_ways(model, send)]),
    )
}

fn ready(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let words = model.words;
    let (wrong, right): (Vec<&Check>, Vec<&Check>) = report
        .checks
        .iter()
        .partition(|check| check.state != State::Ok);
    several(vec![
        verdict(words, report),
        tag("p")
            .class("row no-print")
            .put(button(
                send,
                Msg::WentTo(Route::Report),
                "",
                text(words.report_again()),
            ))
            .put(button(
                send,
                Msg::SaveAsked(File {
                    name: report_file::file_name(report),
                    kind: "application/json",
                    text: report_file::written(report, words),
                }),
                "",
                several(vec![Icon::Save.view(), text(words.report_save())]),
            ))
            .maybe(
                (report.server.is_some() && report.client.is_some()).then(|| {
                    button(
                        send,
                        Msg::Pair(PairMsg::HandOverAsked),
                        "",
                        text(words.report_hand_over()),
                    )
                }),
            )
            .put(button(
                send,
                Msg::PrintAsked,
                "",
                text(words.report_print()),
            ))
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.report_what()))
            .put(what(words, report))
            .html(),
        findings(model, send, &wrong),
        request(model, send, report),
        passed(words, &right),
        secrets::view(model, send, report),
        discovery(model, report),
        if model.has(Feature::Providers) {
            providers(model, send)
        } else {
            Html::default()
        },
        earlier(model, report),
        if model.has(Feature::Retire) {
            retire(model.words, send)
        } else {
            Html::default()
        },
    ])
}

fn retire(words: Locale, send: &Callback<Msg>) -> Html {
    tag("section")
        .class("card no-print")
        .with(tag("h2").say(words.report_retire()))
        .with(tag("p").say(words.report_retire_text()))
        .with(tag("p").class("card-foot").put(button(
            send,
            Msg::WentTo(Route::Retire),
            "",
            text(words.report_retire_action()),
        )))
        .html()
}

fn verdict(words: Locale, report: &Report) -> Html {
    let count = |state| u64::try_from(report.count(state)).unwrap_or_default();
    let (tone, title) = match report.worst() {
        State::Broken => (Severity::Danger, words.report_broken()),
        State::Attention => (Severity::Warning, words.report_attention()),
        State::CannotTell => (Severity::Info, words.report_cannot_tell()),
        State::Ok => (Severity::Good, words.report_ok()),
    };
    message(
        tone,
        title,
        tag("p")
            .say(&words.report_counts(
                count(State::Attention),
                count(State::Broken),
                count(State::Ok),
                count(State::CannotTell),
            ))
            .html(),
    )
}

fn what(words: Locale, report: &Report) -> Html {
    let app = |fact: &Option<AppFact>| match fact {
        Some(fact) => several(vec![
            foreign(&fact.name),
            text(" · "),
            code(&fact.app.to_string()),
        ]),
        None => text(words.report_no_app()),
    };
    let mut rows = vec![
        (
            words.azure_service_tenant_name(),
            report
                .tenant_name
                .as_deref()
                .map_or_else(|| text(words.azure_service_unread()), foreign),
        ),
        (
            words.azure_service_tenant_id(),
            code(&report.tenant.to_string()),
        ),
        (
            words.azure_service_environment(),
            text(cloud_name(words, report.cloud)),
        ),
        (words.report_read_at(), text(&moment(Some(report.at)))),
        (words.web_app_title(), app(&report.server)),
        (words.native_app_title(), app(&report.client)),
    ];
    if !report.uris.is_empty() {
        let uris = report
            .uris
            .iter()
            .map(|uri| tag("div").put(code(uri)).html());
        rows.push((words.web_app_uri(), several(uris.collect())));
    }
    essentials(rows)
}

/// Findings, most severe first, each with the check boxes of its repairs.
fn findings(model: &Model, send: &Callback<Msg>, wrong: &[&Check]) -> Html {
    let words = model.words;
    if wrong.is_empty() {
        return Html::default();
    }
    // Two findings may share a repair: its check box is shown once, at the first of them.
    let mut offered = Vec::new();
    let in_order = State::ALL
        .into_iter()
        .flat_map(|state| wrong.iter().filter(move |check| check.state == state));
    let can_add = wrong
        .iter()
        .flat_map(|check| &check.repairs)
        .any(|repair| !repair.takes_away())
        && model.has(Feature::Repair);
    tag("section")
        .class("card")
        .with(tag("h2").say(words.report_findings()))
        .maybe(can_add.then(|| {
            tag("p")
                .class("row no-print")
                .put(button(
                    send,
                    Msg::Pair(PairMsg::AllChosen),
                    "",
                    text(words.report_choose_all()),
                ))
                .put(button(
                    send,
                    Msg::Pair(PairMsg::UpdateChosen),
                    "",
                    text(words.report_update_settings()),
                ))
                .html()
        }))
        .maybe(can_add.then(|| {
            tag("p")
                .class("quiet small no-print")
                .say(words.report_update_settings_text())
                .html()
        }))
        .maybe(can_add.then(|| site_half(model, send)))
        .with(
            tag("ul")
                .class("list")
                .all(&mut in_order.map(|check| finding(model, check, &mut offered))),
        )
        .html()
}

/// The site's part of *Update application settings*, which this page cannot do: it has no access to the site.
fn site_half(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let Some(report) = model.pair.report() else {
        return Html::default();
    };
    let update = update_application_settings(report.tenant, words);
    tag("details")
        .class("fold no-print")
        .with(tag("summary").say(words.report_update_site()))
        .with(tag("p").say(update.why))
        .put(copyable(
            words,
            send,
            "update-command",
            words.report_update_command(),
            &update.command,
        ))
        .with(tag("p").class("quiet small").say(update.command_note))
        .with(tag("p").say(update.path))
        .with(tag("p").class("quiet small").say(update.path_note))
        .html()
}

/// The exemption request, if a policy blocks or may block the next secret.
fn request(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let policy = report
        .checks
        .iter()
        .find(|it| it.id == CheckId::SecretPolicy);
    let is_free = policy.is_none_or(|check| check.state == State::Ok);
    let Some(server) = report.server.as_ref().filter(|_| !is_free) else {
        return Html::default();
    };
    let wanted = Exemption {
        cloud: report.cloud,
        tenant: report.tenant,
        tenant_name: report.tenant_name.as_deref().unwrap_or_default(),
        name: &server.name,
        app: Some(server.app),
        days: secret_days(SecretLife::TwoYears),
    };
    exemption(model.words, send, "h2", &wanted)
}

fn state_look(state: State) -> (Icon, &'static str) {
    match state {
        State::Ok => (Icon::Check, "yes"),
        State::Attention => (Icon::Warning, "warning"),
        State::Broken => (Icon::Cross, "no"),
        State::CannotTell => (Icon::Question, "cannot-tell"),
    }
}

/// Title of the app that a check is about.
fn about(words: Locale, check: &Check) -> Option<&'static str> {
    if check.id.is_of_server() {
        Some(words.web_app_title())
    } else if check.id.is_of_client() {
        Some(words.native_app_title())
    } else {
        None
    }
}

fn finding(model: &Model, check: &Check, offered: &mut Vec<Repair>) -> Html {
    let words = model.words;
    let mut own = check.repairs.clone();
    own.retain(|repair| !offered.contains(repair));
    let may_mend = model.has(Feature::Repair);
    if !may_mend {
        own.clear();
    }
    offered.extend_from_slice(&own);
    let (icon, look) = state_look(check.state);
    let (page, date) = check.id.source();
    tag("li")
        .set("data-check", check.id.key())
        .put(icon.draw_as("mark", look))
        .with(
            tag("div")
                .class("list-text")
                .maybe(
                    about(words, check).map(|app| tag("span").class("list-note").say(app).html()),
                )
                .with(tag("h3").say(check.id.title(words)))
                .with(tag("span").say(&check.seen))
                .with(tag("span").class("list-note").say(check.id.meaning(words)))
                .with(
                    tag("span")
                        .class("list-note")
                        .say(&words.report_source(date, page)),
                )
                .maybe((!own.is_empty()).then(|| {
                    tag("div")
                        .class("choices no-print")
                        .all(&mut own.iter().map(|repair| {
                            repair_box(words, &model.pair, model.now, check.id.key(), *repair)
                        }))
                        .html()
                }))
                .maybe((may_mend && own.len() < check.repairs.len()).then(|| {
                    tag("span")
                        .class("list-note no-print")
                        .say(words.report_mended_above())
                        .html()
                }))
                .maybe(
                    (check.repairs.is_empty() && check.state != State::CannotTell).then(|| {
                        tag("span")
                            .class("list-note")
                            .say(words.report_not_here())
                            .html()
                    }),
                ),
        )
        .with(
            tag("span")
                .set("data-state", look)
                .class("tag")
                .say(check.state.label(words)),
        )
        .html()
}

/// Passed checks, listed so that the admin sees what was checked.
fn passed(words: Locale, right: &[&Check]) -> Html {
    let count = u64::try_from(right.len()).unwrap_or_default();
    tag("details")
        .class("card fold")
        .with(tag("summary").with(tag("h2").say(&words.report_passed(count))))
        .with(tag("ul").class("list").all(&mut right.iter().map(|check| {
            let title = check.id.title(words);
            tag("li")
                .set("data-check", check.id.key())
                .put(Icon::Check.draw_as("mark", "yes"))
                .with(
                    tag("span")
                        .class("list-text")
                        .maybe(
                            about(words, check)
                                .filter(|app| *app != title)
                                .map(|app| tag("span").class("list-note").say(app).html()),
                        )
                        .with(tag("span").say(title))
                        .with(tag("span").class("list-note").say(&check.seen)),
                )
                .html()
        })))
        .html()
}

/// Turns discovery on or off later.
fn discovery(model: &Model, report: &Report) -> Html {
    let words = model.words;
    if report.server.is_none() {
        return Html::default();
    }
    let (told, repair) = match report.discovery {
        Answer::Yes => (words.report_discovery_on(), Some(Repair::DirectoryOff)),
        Answer::No => (words.report_discovery_off(), Some(Repair::DirectoryOn)),
        Answer::CannotTell => (words.report_discovery_unknown(), None),
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.discovery_title()))
        .with(tag("p").say(told))
        .maybe(
            repair
                .filter(|it| !report.repairs().contains(it))
                .filter(|_| model.has(Feature::Repair) && model.has(Feature::Discovery))
                .map(|repair| {
                    tag("div")
                        .class("choices no-print")
                        .put(repair_box(
                            words,
                            &model.pair,
                            model.now,
                            "discovery",
                            repair,
                        ))
                        .html()
                }),
        )
        .with(
            tag("p")
                .class("quiet small")
                .say(words.review_least())
                .say(": ")
                .say(words.role_least_consent_to_directory_read()),
        )
        .html()
}

/// The subscription whose providers are checked, if the sign-in may read Azure.
fn providers(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let subscriptions = model
        .sign_in
        .access
        .user()
        .map(|visitor| &visitor.subscriptions);
    let Some(Reading::Done(subscriptions)) = subscriptions else {
        let failed = subscriptions
            .filter(|_| model.sign_in.access.user().is_some_and(|it| it.may_write))
            .and_then(Reading::failed);
        return tag("section")
            .class("card no-print")
            .with(tag("h2").say(words.subscription_title()))
            .put(match failed {
                Some(failed) => unread(model, send, failed),
                None => tag("p").say(words.report_no_azure()).html(),
            })
            .html();
    };
    let azure = (model.pair.checkup.as_ref())
        .and_then(Reading::done)
        .and_then(|checkup| checkup.observed.azure.as_ref());
    let options = std::iter::once((String::new(), words.report_no_subscription().to_owned()))
        .chain(subscriptions.iter().map(|it| {
            (
                it.id.to_string(),
                format!("{} · {}", isolated(&it.name), it.id),
            )
        }))
        .collect();
    tag("section")
        .class("card no-print")
        .with(tag("h2").say(words.subscription_title()))
        .put(
            PickField {
                entry: FieldId::Subscription,
                label: words.subscription_choose(),
                hint: words.report_subscription_hint(),
                options,
                picked: &model.setup.draft.subscription,
                fault: None,
            }
            .view(words),
        )
        .maybe(azure.map(|problem| told(words, Severity::Warning, problem)))
        .html()
}

/// Changes since an earlier report.
fn earlier(model: &Model, report: &Report) -> Html {
    let words = model.words;
    let read = model.pair.earlier_read.as_ref();
    let fault = match read {
        Some(Err(error)) => Some(error.sentence(words)),
        Some(Ok(_)) | None => None,
    };
    let told = match read {
        Some(Ok(stored)) => match differences(stored, report) {
            Err(why) => message(
                Severity::Warning,
                "",
                tag("p").say(why.sentence(words)).html(),
            ),
            Ok(all) if all.is_empty() => {
                message(Severity::Good, words.report_same(), Html::default())
            }
            Ok(all) => tag("ul")
                .class("group")
                .all(
                    &mut all
                        .iter()
                        .map(|it| tag("li").say(&it.sentence(words)).html()),
                )
                .html(),
        },
        Some(Err(_)) | None => Html::default(),
    };
    tag("details")
        .set_if("open", read.is_some())
        .class("card fold no-print")
        .with(tag("summary").with(tag("h2").say(words.report_compare())))
        .put(
            TextField {
                entry: FieldId::EarlierReport,
                kind: Kind::Lines,
                label: words.report_earlier(),
                hint: words.report_earlier_hint(),
                value: &model.pair.earlier,
                fault,
                is_required: false,
            }
            .view(words),
        )
        .put(told)
        .html()
}

/// Review of the selected repairs, and back to the pairs.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let words = model.words;
    let count = u64::try_from(model.pair.chosen.len()).unwrap_or_default();
    several(vec![
        if model.pair.report().is_some() && model.has(Feature::Repair) {
            button(
                send,
                Msg::Pair(PairMsg::RepairsAsked),
                "primary",
                text(&words.report_review(count)),
            )
        } else {
            Html::default()
        },
        button(
            send,
            Msg::WentTo(Route::CheckPair),
            "",
            text(words.report_other_pair()),
        ),
    ])
}
