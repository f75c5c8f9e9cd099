//! Last sign-ins of a pair: what Microsoft reports, and where to look if it reports nothing.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::busy;
use crate::ui::components::message::message;
use crate::ui::components::message::problem_as;
use crate::ui::components::outside::outside;
use crate::ui::components::text::foreign;
use crate::ui::components::time::moment;
use crate::ui::components::value::button;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::PairMsg;
use crate::ui::sign_in::state::ReadState;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::locale::Locale;
use domain::sources::enterprise_application;
use engine::audit::AppFact;
use engine::audit::Report;
use engine::read::observed::there;
use engine::read::sign_ins::LastUse;
use engine::read::sign_ins::NoReport;
use engine::read::sign_ins::SignIns;

/// The button that looks them up, and what it found.
pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let Some(report) = model.pair.report().filter(|it| it.server.is_some()) else {
        return Html::default();
    };
    let ask = |name| {
        let ask = Msg::Pair(PairMsg::SignInsAsked);
        el("p")
            .class("row no-print")
            .node(button(send, ask, "", text(name)))
            .html()
    };
    let body = match &model.pair.sign_ins {
        None if report.cloud != Cloud::Public => fragment(vec![
            el("p").text(t.sign_ins_other_cloud()).html(),
            portal(model, report),
        ]),
        None => fragment(vec![
            el("p").text(t.sign_ins_lead()).html(),
            ask(t.sign_ins_ask()),
        ]),
        Some(ReadState::Waiting) => busy(t.sign_ins_reading()),
        Some(ReadState::Failed(failed)) => fragment(vec![
            problem_as(t, Severity::Warning, failed),
            sign_in(t, send, failed.asks_for_sign_in()),
            ask(t.sign_ins_again()),
            portal(model, report),
        ]),
        Some(ReadState::Done(read)) => fragment(vec![
            found(t, report, read),
            el("p")
                .class("quiet small")
                .text(&t.sign_ins_read_at(moment(t, Some(read.read_at))))
                .html(),
            read.obstacle()
                .map_or_else(Html::default, |why| obstacle(model, send, why)),
            ask(t.sign_ins_again()),
            portal(model, report),
        ]),
    };
    // On paper only what was looked up.
    let class = match model.pair.sign_ins {
        None => "group no-print",
        Some(_) => "group",
    };
    el("div")
        .class(class)
        .child(el("h3").text(t.sign_ins_title()))
        .node(body)
        .html()
}

fn found(t: Locale, report: &Report, read: &SignIns) -> Html {
    let fact = |app: AppId| -> Option<&AppFact> {
        let mut facts = [&report.server, &report.client].into_iter().flatten();
        facts.find(|it| it.app == app)
    };
    el("ul")
        .class("list")
        .nodes(&mut read.apps().map(|(app, [client, resource])| {
            let note = |text: String| el("span").class("list-note").text(&text).html();
            el("li")
                .child(
                    el("div")
                        .class("list-text")
                        .node_some(fact(app).map(|it| foreign(&it.name)))
                        .node(note(t.sign_ins_client(when(t, client))))
                        .node(note(t.sign_ins_resource(when(t, resource)))),
                )
                .html()
        }))
        .html()
}

/// Last use of a secret, once it was looked up.
pub fn of_secret(model: &Model, key: KeyId) -> Option<Html> {
    let t = model.locale;
    let read = model.pair.sign_ins.as_ref()?.done()?;
    let sentence = t.sign_ins_secret(when(t, read.of_secret(key)));
    Some(el("span").class("list-note").text(&sentence).html())
}

fn when(t: Locale, last: LastUse<'_>) -> String {
    match last {
        LastUse::At(at) => moment(t, Some(at)),
        LastUse::NotReported => t.sign_ins_not_reported().to_owned(),
        // The reason is shown once, below.
        LastUse::CannotTell(_) => t.sign_ins_cannot_tell().to_owned(),
    }
}

fn obstacle(model: &Model, send: &Callback<Msg>, why: &NoReport) -> Html {
    let t = model.locale;
    let plain = |sentence| message(Severity::Info, "", el("p").text(sentence).html());
    match why {
        NoReport::OtherCloud => plain(t.sign_ins_other_cloud()),
        NoReport::NoLicense => plain(t.sign_ins_no_license()),
        NoReport::NoRole => plain(t.sign_ins_no_role()),
        NoReport::NoPermission => {
            // The sign-in of a check includes Directory.Read.All, which the reports accept.
            let may_help = model.sign_in.access.user().is_some_and(|it| it.may_write);
            fragment(vec![
                plain(t.sign_ins_no_permission()),
                sign_in(t, send, may_help),
            ])
        }
        NoReport::Failed(problem) => fragment(vec![
            el("p").text(t.sign_ins_failed()).html(),
            problem_as(t, Severity::Info, problem),
        ]),
    }
}

fn sign_in(t: Locale, send: &Callback<Msg>, may_help: bool) -> Html {
    if !may_help {
        return Html::default();
    }
    let name = text(t.azure_service_sign_in_again());
    el("p")
        .class("row no-print")
        .node(button(send, Msg::SignInAsked, "", name))
        .html()
}

/// The enterprise application of the web (server) app, which shows the sign-in logs.
fn portal(model: &Model, report: &Report) -> Html {
    let checkup = model.pair.checkup.as_ref().and_then(ReadState::done);
    let server = checkup.and_then(|it| there(&it.observed.server));
    let principal = server.and_then(|app| app.principal.as_ref().known()?.as_ref());
    let (Some(app), Some(principal)) = (&report.server, principal) else {
        return Html::default();
    };
    let address = enterprise_application(report.cloud, report.tenant, principal.object_id, app.app);
    let link = outside(model.locale, &address, model.locale.sign_ins_portal());
    el("p").class("small no-print").node(link).html()
}
