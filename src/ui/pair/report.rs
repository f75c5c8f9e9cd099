//! Report of a pair: findings first (`findings.rs`), then the secrets on a time line, and discovery.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::exemption::exemption;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::field::file_field;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem;
use crate::ui::components::message::problem_as;
use crate::ui::components::onward;
use crate::ui::components::repair::repair_box;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::components::value::essentials;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::pair::findings;
use crate::ui::pair::secrets;
use crate::ui::providers::unread::unread;
use crate::ui::route::Route;
use crate::ui::sign_in::state::ReadState;
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
use engine::export::report as report_file;
use engine::plan::write::secret_days;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let body = match &model.pair.checkup {
        None if model.sign_in.access.user().is_none() => fragment(vec![
            message(Severity::Info, "", el("p").text(t.report_sign_in()).html()),
            el("p")
                .node(button(
                    send,
                    Msg::SignInAsked,
                    "primary",
                    text(t.azure_service_sign_in()),
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
        None | Some(ReadState::Waiting) => el("section")
            .class("card")
            .node(busy(t.report_reading()))
            .html(),
        Some(ReadState::Failed(failed)) => fragment(vec![
            problem(t, failed),
            onward::or_back(
                t,
                send,
                failed,
                (Route::Report, t.report_again()),
                (Route::CheckPair, t.report_other_pair()),
            ),
        ]),
        Some(ReadState::Done(checkup)) => ready(model, send, &checkup.report),
    };
    fragment(vec![head("", t.report_title(), t.report_lead()), body])
}

fn elsewhere(model: &Model, send: &Callback<Msg>) -> Html {
    let unfit = model.sign_in.access.tenant_mismatch(&model.setup.draft);
    let sentence = unfit.map(|unfit| unfit_sentence(model, unfit));
    let lead = el("p").text(&sentence.unwrap_or_default()).html();
    message(
        Severity::Warning,
        "",
        fragment(vec![lead, tenant_ways(model, send)]),
    )
}

fn ready(model: &Model, send: &Callback<Msg>, report: &Report) -> Html {
    let t = model.locale;
    let (wrong, right): (Vec<&Check>, Vec<&Check>) = report
        .checks
        .iter()
        .partition(|check| check.state != State::Ok);
    fragment(vec![
        verdict(t, report),
        el("p")
            .class("row no-print")
            .node(button(
                send,
                Msg::WentTo(Route::Report),
                "",
                text(t.report_again()),
            ))
            .node(button(
                send,
                Msg::SaveAsked(File {
                    name: report_file::file_name(report),
                    kind: "application/json",
                    text: report_file::written(report, t),
                }),
                "",
                fragment(vec![Icon::Save.view(), text(t.report_save())]),
            ))
            .node_some(
                (report.server.is_some() && report.client.is_some()).then(|| {
                    button(
                        send,
                        Msg::Pair(PairMsg::HandOverAsked),
                        "",
                        text(t.report_hand_over()),
                    )
                }),
            )
            .node(button(send, Msg::PrintAsked, "", text(t.report_print())))
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.report_what()))
            .node(what(t, report))
            .html(),
        findings::findings(model, send, &wrong, &right),
        request(model, send, report),
        findings::passed(model, &wrong, &right),
        secrets::view(model, send, report),
        discovery(model, report),
        if model.has(Feature::Providers) {
            providers(model, send)
        } else {
            Html::default()
        },
        earlier(model, report),
        if model.has(Feature::Retire) {
            retire(model.locale, send)
        } else {
            Html::default()
        },
    ])
}

fn retire(t: Locale, send: &Callback<Msg>) -> Html {
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.report_retire()))
        .child(el("p").text(t.report_retire_text()))
        .child(el("p").class("card-foot").node(button(
            send,
            Msg::WentTo(Route::Retire),
            "",
            text(t.report_retire_action()),
        )))
        .html()
}

fn verdict(t: Locale, report: &Report) -> Html {
    let count = |state| u64::try_from(report.count(state)).unwrap_or_default();
    if report.is_deleted() {
        return message(
            Severity::Info,
            t.report_deleted(),
            el("p").text(t.report_deleted_text()).html(),
        );
    }
    let (tone, title) = match report.worst() {
        State::Broken => (Severity::Danger, t.report_broken()),
        State::Attention => (Severity::Warning, t.report_attention()),
        State::CannotTell => (Severity::Info, t.report_cannot_tell()),
        State::Ok => (Severity::Good, t.report_ok()),
    };
    message(
        tone,
        title,
        el("p")
            .text(&t.report_counts(
                count(State::Attention),
                count(State::Broken),
                count(State::Ok),
                count(State::CannotTell),
            ))
            .html(),
    )
}

fn what(t: Locale, report: &Report) -> Html {
    let app = |fact: &Option<AppFact>| match fact {
        Some(fact) => fragment(vec![
            foreign(&fact.name),
            text(" · "),
            code(&fact.app.to_string()),
        ]),
        None => text(t.report_no_app()),
    };
    let mut rows = vec![
        (
            t.azure_service_tenant_name(),
            report
                .tenant_name
                .as_deref()
                .map_or_else(|| text(t.azure_service_unread()), foreign),
        ),
        (
            t.azure_service_tenant_id(),
            code(&report.tenant.to_string()),
        ),
        (
            t.azure_service_environment(),
            text(cloud_name(t, report.cloud)),
        ),
        (t.report_read_at(), text(&moment(t, Some(report.at)))),
        (t.web_app_title(), app(&report.server)),
        (t.native_app_title(), app(&report.client)),
    ];
    if !report.uris.is_empty() {
        let uris = report
            .uris
            .iter()
            .map(|uri| el("div").node(code(uri)).html());
        rows.push((t.web_app_uri(), fragment(uris.collect())));
    }
    essentials(rows)
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
    exemption(model.locale, send, "h2", &wanted)
}

/// Turns discovery on or off later.
fn discovery(model: &Model, report: &Report) -> Html {
    let t = model.locale;
    if report.server.is_none() {
        return Html::default();
    }
    let (sentence, repair) = match report.discovery {
        Answer::Yes => (t.report_discovery_on(), Some(Repair::DirectoryOff)),
        Answer::No => (t.report_discovery_off(), Some(Repair::DirectoryOn)),
        Answer::CannotTell => (t.report_discovery_unknown(), None),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.discovery_title()))
        .child(el("p").text(sentence))
        .node_some(
            repair
                .filter(|it| !report.repairs().contains(it))
                .filter(|_| model.has(Feature::Repair) && model.has(Feature::Discovery))
                .map(|repair| {
                    el("div")
                        .class("choices no-print")
                        .node(repair_box(t, &model.pair, model.now, "discovery", repair))
                        .html()
                }),
        )
        .child(
            el("p")
                .class("quiet small")
                .text(t.review_least())
                .text(": ")
                .text(t.role_least_consent_to_directory_read()),
        )
        .html()
}

/// The subscription whose providers are checked, if the sign-in may read Azure.
fn providers(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let subscriptions = model.sign_in.access.user().map(|user| &user.subscriptions);
    let Some(ReadState::Done(subscriptions)) = subscriptions else {
        let failed = subscriptions
            .filter(|_| model.sign_in.access.user().is_some_and(|it| it.may_write))
            .and_then(ReadState::failed);
        return el("section")
            .class("card no-print")
            .child(el("h2").text(t.subscription_title()))
            .node(match failed {
                Some(failed) => unread(model, send, failed),
                None => el("p").text(t.report_no_azure()).html(),
            })
            .html();
    };
    let azure = (model.pair.checkup.as_ref())
        .and_then(ReadState::done)
        .and_then(|checkup| checkup.observed.azure.as_ref());
    let options = std::iter::once((String::new(), t.report_no_subscription().to_owned()))
        .chain(subscriptions.iter().map(|it| {
            (
                it.id.to_string(),
                format!("{} · {}", isolated(&it.name), it.id),
            )
        }))
        .collect();
    el("section")
        .class("card no-print")
        .child(el("h2").text(t.subscription_title()))
        .node(
            PickField {
                entry: FieldId::Subscription,
                label: t.subscription_choose(),
                hint: t.report_subscription_hint(),
                options,
                picked: &model.setup.draft.subscription,
                fault: None,
            }
            .view(t),
        )
        .node_some(azure.map(|problem| problem_as(t, Severity::Warning, problem)))
        .html()
}

/// Changes since an earlier report.
fn earlier(model: &Model, report: &Report) -> Html {
    let t = model.locale;
    let read = model.pair.earlier_read.as_ref();
    let fault = match read {
        Some(Err(error)) => Some(report_file::sentence(*error, t)),
        Some(Ok(_)) | None => None,
    };
    let content = match read {
        Some(Ok(stored)) => match differences(stored, report) {
            Err(why) => message(Severity::Warning, "", el("p").text(why.sentence(t)).html()),
            Ok(all) if all.is_empty() => message(Severity::Good, t.report_same(), Html::default()),
            Ok(all) => el("ul")
                .class("group")
                .nodes(&mut all.iter().map(|it| el("li").text(&it.sentence(t)).html()))
                .html(),
        },
        Some(Err(_)) | None => Html::default(),
    };
    el("details")
        .attr_if("open", read.is_some())
        .class("card fold no-print")
        .child(el("summary").child(el("h2").text(t.report_compare())))
        .node(
            TextField {
                entry: FieldId::EarlierReport,
                kind: InputKind::Lines,
                label: t.report_earlier(),
                hint: t.report_earlier_hint(),
                value: &model.pair.earlier,
                fault,
                is_required: false,
            }
            .view(t),
        )
        .node(file_field(t, FieldId::EarlierReport))
        .node(content)
        .html()
}

/// Review of the selected repairs, and back to the pairs.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let count = u64::try_from(model.pair.chosen.len()).unwrap_or_default();
    fragment(vec![
        if model.pair.report().is_some() && model.has(Feature::Repair) {
            button(
                send,
                Msg::Pair(PairMsg::RepairsAsked),
                "primary",
                text(&t.report_review(count)),
            )
        } else {
            Html::default()
        },
        button(
            send,
            Msg::WentTo(Route::CheckPair),
            "",
            text(t.report_other_pair()),
        ),
    ])
}
