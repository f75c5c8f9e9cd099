//! The registration, under way or ended.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::PickField;
use crate::ui::components::grid::Grid;
use crate::ui::components::grid::GridColumn;
use crate::ui::components::grid::GridRow;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem_as;
use crate::ui::components::notification::notification;
use crate::ui::components::text::foreign;
use crate::ui::components::value::button;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::providers::account;
use crate::ui::providers::cells::count;
use crate::ui::providers::cells::name;
use crate::ui::providers::cells::number;
use crate::ui::providers::cells::short;
use crate::ui::providers::cells::tag;
use crate::ui::providers::cells::tags;
use crate::ui::providers::cells::throttled;
use crate::ui::providers::export;
use crate::ui::providers::progress::NotBegun;
use crate::ui::providers::progress::ProviderRun;
use crate::ui::providers::progress::ProviderRunState;
use crate::ui::providers::progress::RESULTS;
use crate::ui::providers::progress::RunResult;
use crate::ui::providers::update::RUN_GRID;
use crate::ui::route::Route;
use domain::cmg::ProviderNamespace;
use domain::locale::Locale;
use domain::locale::formats;
use domain::platform::StorageError;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use engine::providers::progress::ProviderProgress;
use engine::providers::register::RegistrationEnd;
use yew::prelude::Callback;
use yew::prelude::Html;

/// Most different problems that are shown.
const MOST_PROBLEMS: usize = 5;

impl ProviderRun {
    /// Heading of the page.
    #[must_use]
    pub fn title(&self, t: Locale) -> &'static str {
        match &self.state {
            ProviderRunState::UnderWay => t.providers_run_title(),
            ProviderRunState::Stopping => t.providers_run_stopping(),
            ProviderRunState::NotBegun(_) => t.providers_run_not_begun(),
            ProviderRunState::Ended(RegistrationEnd::Stopped) => t.providers_run_stopped(),
            ProviderRunState::Ended(RegistrationEnd::Complete) => {
                let counts = self.count();
                if counts.failed > 0 {
                    t.providers_run_failed()
                } else if counts.under_way > 0 {
                    t.providers_run_left()
                } else {
                    t.providers_run_complete()
                }
            }
            ProviderRunState::Ended(
                RegistrationEnd::SignInNeeded(_)
                | RegistrationEnd::OtherTenant
                | RegistrationEnd::NotRecorded(_),
            ) => t.providers_run_interrupted(),
        }
    }
}

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(run) = &model.providers.run else {
        return head("", t.providers_run_title(), "");
    };
    fragment(vec![
        head("", run.title(t), ""),
        end(model, send, run),
        progress(model, send, run),
        problems(model, send, run),
        table(model, send, run),
    ])
}

/// How the run ended, and what to do next.
fn end(model: &Model, send: &Callback<Msg>, run: &ProviderRun) -> Html {
    let t = model.locale;
    let say = |severity, sentence: &str| message(severity, "", el("p").text(sentence).html());
    let stored = |error: &StorageError| {
        message(
            Severity::Danger,
            t.providers_not_recorded(),
            fragment(vec![
                el("p")
                    .text(match error {
                        StorageError::Blocked => t.providers_store_blocked(),
                        StorageError::Full => t.providers_store_full(),
                        StorageError::Busy => t.providers_store_busy(),
                    })
                    .html(),
                el("p").text(t.providers_use_scripts()).html(),
            ]),
        )
    };
    match &run.state {
        ProviderRunState::UnderWay | ProviderRunState::Stopping => Html::default(),
        ProviderRunState::NotBegun(NotBegun::OtherTab) => {
            say(Severity::Warning, t.providers_other_tab())
        }
        ProviderRunState::NotBegun(NotBegun::SignedOut) => {
            say(Severity::Warning, t.providers_signed_out())
        }
        ProviderRunState::NotBegun(NotBegun::SignInOld) => say(Severity::Warning, t.unfit_old()),
        ProviderRunState::NotBegun(NotBegun::NotRecorded(error))
        | ProviderRunState::Ended(RegistrationEnd::NotRecorded(error)) => stored(error),
        ProviderRunState::Ended(RegistrationEnd::OtherTenant) => {
            say(Severity::Warning, t.providers_review_elsewhere())
        }
        ProviderRunState::Ended(RegistrationEnd::Stopped) => {
            say(Severity::Info, t.providers_stopped_text())
        }
        ProviderRunState::Ended(RegistrationEnd::SignInNeeded(problem)) => fragment(vec![
            problem_as(t, Severity::Warning, problem),
            el("p")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::TenantAsked((
                        run.selection.cloud,
                        run.selection.tenant,
                    ))),
                    "primary",
                    text(t.azure_service_sign_in_again()),
                ))
                .html(),
            el("p").text(t.providers_sign_in_and_resume()).html(),
        ]),
        ProviderRunState::Ended(RegistrationEnd::Complete) => {
            let counts = run.count();
            fragment(vec![
                if counts.failed == 0 && counts.under_way == 0 {
                    say(Severity::Good, t.providers_complete_text())
                } else {
                    Html::default()
                },
                if counts.left > 0 {
                    message(
                        Severity::Warning,
                        &t.providers_left(count(counts.left)),
                        el("p").text(t.providers_left_text()).html(),
                    )
                } else {
                    Html::default()
                },
                next_tenant(model, send, run),
            ])
        }
    }
}

/// The next tenant with a selection.
fn next_tenant(model: &Model, send: &Callback<Msg>, run: &ProviderRun) -> Html {
    let t = model.locale;
    let mut others = model.providers.selections.iter();
    let Some(next) = others.find(|it| it.tenant != run.selection.tenant) else {
        return Html::default();
    };
    message(
        Severity::Info,
        t.providers_next_tenant(),
        fragment(vec![
            el("p")
                .text(&t.providers_next_tenant_text(
                    count(next.subscriptions.len()),
                    account::tenant_words(model, next.tenant),
                ))
                .html(),
            el("p")
                .node(button(
                    send,
                    Msg::Providers(ProvidersMsg::TenantAsked((next.cloud, next.tenant))),
                    "",
                    text(t.providers_sign_in_there()),
                ))
                .html(),
        ]),
    )
}

fn progress(model: &Model, send: &Callback<Msg>, run: &ProviderRun) -> Html {
    let t = model.locale;
    let counts = run.count();
    let done = counts.done();
    let all = [
        (
            "yes",
            t.providers_count_registered(number(t, counts.registered)),
            counts.registered,
        ),
        (
            "info",
            t.providers_count_registering(number(t, counts.under_way - counts.left)),
            counts.under_way - counts.left,
        ),
        (
            "warning",
            t.providers_count_left(number(t, counts.left)),
            counts.left,
        ),
        (
            "",
            t.providers_count_waiting(number(t, counts.waiting)),
            counts.waiting,
        ),
        (
            "failed",
            t.providers_count_failed(number(t, counts.failed)),
            counts.failed,
        ),
        (
            "",
            t.providers_count_stopped(number(t, counts.stopped)),
            counts.stopped,
        ),
    ];
    let throttled = run.throttled_until.map(|until| throttled(t, until));
    let status = run.is_under_way().then(|| {
        let pace = match (run.rate(), run.minutes_left()) {
            (Some(rate), Some(minutes)) => t.providers_pace(formats::number(t, rate), minutes),
            (Some(_), None) => t.providers_all_sent().to_owned(),
            (None, _) if counts.waiting == 0 => t.providers_all_sent().to_owned(),
            (None, _) => t.providers_pace_unknown().to_owned(),
        };
        fragment(vec![
            busy(&t.providers_done_of(number(t, counts.all), number(t, done))),
            el("p").class("quiet small").text(&pace).html(),
            el("p")
                .class("quiet small")
                .text(t.providers_may_leave())
                .html(),
            notification(model, send),
        ])
    });
    el("section")
        .class("card")
        .child(
            el("progress")
                .attr_value("max", &counts.all.max(1).to_string())
                .attr_value("value", &done.to_string())
                .attr("aria-label", t.providers_run_progress())
                .class("bar"),
        )
        .node(tags(&all))
        .node_some(status)
        .node_some(throttled)
        .html()
}

/// Each problem once, the most frequent first.
fn problems(model: &Model, send: &Callback<Msg>, run: &ProviderRun) -> Html {
    let t = model.locale;
    let problems = run.problems();
    if problems.is_empty() {
        return Html::default();
    }
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    let one = |(problem, number): (&Problem, usize)| {
        let role = matches!(problem.kind, ProblemKind::RegisterForbidden);
        fragment(vec![
            el("p")
                .class("quiet small")
                .text(&t.providers_problem_in(count(number)))
                .html(),
            problem_as(t, Severity::Danger, problem),
            if role {
                export::role(model, send)
            } else {
                Html::default()
            },
        ])
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.providers_problems()))
        .nodes(&mut problems.into_iter().take(MOST_PROBLEMS).map(one))
        .node_some((more > 0).then(|| el("p").text(&t.providers_problems_more(count(more))).html()))
        .html()
}

fn table(model: &Model, send: &Callback<Msg>, run: &ProviderRun) -> Html {
    let t = model.locale;
    let rows = run.shown.len();
    let plain = |name: &str| GridColumn {
        name: text(name),
        sorted: None,
    };
    let mut columns = vec![
        plain(t.providers_column_number()),
        plain(t.providers_column_name()),
    ];
    columns.extend(ProviderNamespace::ALL.map(|namespace| {
        GridColumn {
            name: el("span")
                .attr("translate", "no")
                .text(short(namespace))
                .html(),
            sorted: None,
        }
    }));
    let label = t.providers_run_table(count(rows));
    let grid = Grid {
        locale: t,
        id: RUN_GRID,
        kind: "registration",
        label: &label,
        columns,
        rows,
        state: run.grid,
        selects: false,
    };
    let events = send.reform(|event| Msg::Providers(ProvidersMsg::RunGrid(event)));
    let drawn = grid.view(&events, &|place| GridRow {
        cells: run
            .shown
            .get(place)
            .map_or_else(Vec::new, |place| cells(t, run, *place)),
        is_selected: None,
    });
    let options = std::iter::once((String::new(), t.providers_any().to_owned()))
        .chain(RESULTS.map(|(result, key)| (key.to_owned(), result_name(t, result).to_owned())));
    let active = run.grid.row(rows).and_then(|row| run.shown.get(row));
    el("section")
        .class("card")
        .child(el("h2").text(&label))
        .node(
            PickField::plain(
                FieldId::Providers(ProviderField::Result),
                t.providers_run_show(),
                options.collect(),
                run.result.map_or("", RunResult::key),
            )
            .view(t),
        )
        .node(if rows == 0 {
            el("p").text(t.providers_no_match()).html()
        } else {
            drawn
        })
        .node_some(active.and_then(|place| why(t, run, *place)))
        .html()
}

fn cells(t: Locale, run: &ProviderRun, place: usize) -> Vec<Html> {
    let Some(one) = run.selection.subscriptions.get(place) else {
        return Vec::new();
    };
    let mut cells = vec![text(&(place + 1).to_string()), name(&one.name, one.id)];
    let progress = run.progress.get(place);
    cells.extend(ProviderNamespace::ALL.map(|namespace| {
        let mut all = one.namespaces.iter();
        let column = all.position(|it| *it == namespace);
        let now = column
            .zip(progress)
            .and_then(|(column, row)| row.get(column));
        now.map_or_else(
            || el("span").class("quiet").text("–").html(),
            |now| {
                let (state, words) = words(t, now);
                tag(state, words)
            },
        )
    }));
    cells
}

/// The problems of the active row.
fn why(t: Locale, run: &ProviderRun, place: usize) -> Option<Html> {
    let one = run.selection.subscriptions.get(place)?;
    let problems = run.problems_of(place);
    (!problems.is_empty()).then(|| {
        el("div")
            .class("group")
            .child(
                el("h3")
                    .text(t.providers_details())
                    .text(" ")
                    .node(foreign(&one.name)),
            )
            .nodes(
                &mut problems
                    .into_iter()
                    .map(|it| problem_as(t, Severity::Danger, it)),
            )
            .html()
    })
}

fn result_name(t: Locale, result: RunResult) -> &'static str {
    match result {
        RunResult::Failed => t.providers_result_failed(),
        RunResult::UnderWay => t.provider_registering(),
        RunResult::Waiting => t.providers_result_waiting(),
        RunResult::Stopped => t.providers_result_stopped(),
        RunResult::Registered => t.provider_registered(),
    }
}

/// State for the style sheet, and name.
fn words(t: Locale, now: &ProviderProgress) -> (&'static str, &'static str) {
    match now {
        ProviderProgress::Waiting => ("", t.providers_result_waiting()),
        ProviderProgress::Present => ("yes", t.providers_result_present()),
        ProviderProgress::UnderWay => ("info", t.provider_registering()),
        ProviderProgress::Registered => ("yes", t.provider_registered()),
        ProviderProgress::LeftToAzure => ("warning", t.providers_result_left()),
        ProviderProgress::Failed(_) => ("failed", t.providers_result_failed()),
        ProviderProgress::Stopped => ("", t.providers_result_stopped()),
    }
}

pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(run) = &model.providers.run else {
        return Html::default();
    };
    let back = button(
        send,
        Msg::WentTo(Route::Providers),
        "",
        text(t.providers_to_table()),
    );
    let next = match &run.state {
        ProviderRunState::UnderWay => button(
            send,
            Msg::Providers(ProvidersMsg::StopAsked),
            "danger",
            text(t.providers_stop()),
        ),
        ProviderRunState::Stopping => Html::default(),
        ProviderRunState::Ended(_) | ProviderRunState::NotBegun(_) => {
            let left = run.unfinished().subscriptions.len();
            if left == 0 {
                Html::default()
            } else {
                button(
                    send,
                    Msg::Providers(ProvidersMsg::RetryAsked),
                    "primary",
                    text(&t.providers_retry(count(left))),
                )
            }
        }
    };
    fragment(vec![back, next])
}
