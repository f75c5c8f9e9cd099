//! How to get a client ID for this site: what the page is for, the method, and what to do, run or deploy. Works without a client ID.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::clouds::clouds;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::value::button;
use crate::ui::components::value::copyable;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::File;
use crate::ui::msg::Msg;
use crate::ui::registration::errors::numbers;
use crate::ui::registration::state::WORKS;
use domain::locale::Locale;
use engine::auth::account::Audience;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::export::registration::Method;
use engine::export::registration::Registration;
use engine::export::registration::portal;

pub fn view(model: &Model, send: &Callback<Msg>) -> Html {
    let t = model.locale;
    let form = &model.registration;
    let cloud = form.cloud();
    let lacks = model
        .site
        .config()
        .is_some_and(|config| config.client_id(cloud).is_none());
    let registration = form.registration();
    fragment(vec![
        head("", t.register_title(), t.register_lead()),
        if lacks {
            message(
                Severity::Info,
                "",
                el("p")
                    .text(&t.register_missing(cloud_name(t, cloud)))
                    .html(),
            )
        } else {
            Html::default()
        },
        options(model),
        match &registration {
            Ok(registration) => fragment(vec![
                how(model, send, registration),
                permissions(t, registration),
            ]),
            Err(_) => Html::default(),
        },
        numbers(model),
    ])
}

fn options(model: &Model) -> Html {
    let t = model.locale;
    let form = &model.registration;
    let works = WORKS.map(|work| {
        let (name, detail) = match work {
            ScopeSet::Check => (t.register_work_check(), t.register_work_check_detail()),
            ScopeSet::SetUp => (t.register_work_set_up(), t.register_work_set_up_detail()),
            ScopeSet::Discovery => (
                t.register_work_discovery(),
                t.register_work_discovery_detail(),
            ),
            ScopeSet::Providers => (
                t.register_work_providers(),
                t.register_work_providers_detail(),
            ),
        };
        Choice::new(work.key(), name, detail)
    });
    let fault = form.registration().err();
    el("section")
        .class("card")
        .child(el("h2").text(t.register_options()))
        .node(clouds(
            t,
            FieldId::RegisterCloud,
            t.register_cloud(),
            "",
            &form.cloud,
        ))
        .node(
            Choices {
                entry: FieldId::RegisterWork,
                label: t.register_work(),
                hint: "",
                choices: works.into(),
                picked: &form.work,
                fault: None,
            }
            .view(t),
        )
        .node(
            TextField {
                entry: FieldId::RegisterAddress,
                kind: InputKind::Code,
                label: t.register_address(),
                hint: t.register_address_hint(),
                value: &form.address,
                fault: fault.map(|fault| fault.sentence(t)),
                is_required: true,
            }
            .view(t),
        )
        .child(
            el("div")
                .class("choices")
                .node(check_box(
                    FieldId::RegisterFramed,
                    form.is_framed,
                    t.register_framed(),
                    t.register_framed_detail(),
                ))
                .node(check_box(
                    FieldId::RegisterConsent,
                    form.consents,
                    t.register_consent(),
                    t.register_consent_detail(),
                )),
        )
        .html()
}

fn how(model: &Model, send: &Callback<Msg>, registration: &Registration) -> Html {
    let t = model.locale;
    let way = model.registration.way();
    let ways = Method::ALL.map(|way| Choice::new(way.key(), way.name(t), ""));
    let body = match (way, way.file(registration)) {
        (Method::Portal, _) => by_hand(t, send, registration),
        (_, Some(script)) => file(t, send, way, script),
        (_, None) => message(
            Severity::Warning,
            "",
            el("p").text(t.register_no_bicep()).html(),
        ),
    };
    el("section")
        .class("card")
        .child(el("h2").text(t.register_how()))
        .node(
            Choices {
                entry: FieldId::RegisterWay,
                label: t.register_way(),
                hint: "",
                choices: ways.into(),
                picked: way.key(),
                fault: None,
            }
            .view(t),
        )
        .node(body)
        .node(copyable(
            t,
            send,
            "register-config",
            t.register_config(),
            &config(registration),
        ))
        .html()
}

fn by_hand(t: Locale, send: &Callback<Msg>, registration: &Registration) -> Html {
    let steps = portal::steps(registration, t).into_iter().zip(1..);
    el("ol")
        .class("numbered")
        .nodes(&mut steps.map(|(step, number)| {
            // One child per item: the list lays out a number and one box.
            let values = step.values.into_iter().zip(1..);
            el("li")
                .child(
                    el("div")
                        .class("group")
                        .child(el("p").text(step.sentence))
                        .nodes(&mut values.map(|((name, value), place)| {
                            let id = format!("register-{number}-{place}");
                            copyable(t, send, &id, name, &value)
                        })),
                )
                .html()
        }))
        .html()
}

fn file(t: Locale, send: &Callback<Msg>, way: Method, script: String) -> Html {
    let copied = Msg::CopyAsked {
        id: "register-file".to_owned(),
        text: script.clone(),
    };
    let again = match way {
        Method::Bicep => t.register_again_bicep(),
        Method::Portal | Method::AzureCli | Method::GraphPowerShell => t.register_again(),
    };
    fragment(vec![
        el("p").text(again).html(),
        el("pre")
            .attr("id", "register-file")
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", t.register_file())
            .attr("translate", "no")
            .class("listing")
            .child(el("code").text(&script))
            .html(),
        el("p")
            .class("row")
            .node(button(
                send,
                Msg::SaveAsked(File {
                    name: way.file_name().to_owned(),
                    kind: "text/plain",
                    text: script,
                }),
                "primary",
                fragment(vec![Icon::Save.view(), text(t.register_save())]),
            ))
            .node(button(
                send,
                copied,
                "",
                fragment(vec![Icon::Copy.view(), text(t.register_copy())]),
            ))
            .html(),
    ])
}

/// The config.json part for the registration, with a placeholder for the client ID.
fn config(registration: &Registration) -> String {
    let parents = match registration.is_framed {
        true => ", \"parents\": [\"https://portal.contoso.com\"]",
        false => "",
    };
    format!(
        "{{ \"clients\": {{ \"{}\": \"00000000-0000-0000-0000-000000000000\" }}{parents} }}",
        registration.cloud.key()
    )
}

fn permissions(t: Locale, registration: &Registration) -> Html {
    let head = [
        t.register_permission(),
        t.register_service(),
        t.register_why(),
    ];
    el("section")
        .class("card")
        .child(el("h2").text(t.register_permissions()))
        .child(
            el("section")
                .attr("tabindex", "0")
                .attr("aria-label", t.register_permissions())
                .class("grid-scroll")
                .child(
                    el("table")
                        .class("grid")
                        .child(
                            el("thead").child(
                                el("tr").nodes(
                                    &mut head.into_iter().map(|name| {
                                        el("th").attr("scope", "col").text(name).html()
                                    }),
                                ),
                            ),
                        )
                        .child(
                            el("tbody").nodes(&mut registration.scopes().into_iter().map(
                                |scope| {
                                    el("tr")
                                        .child(
                                            el("th")
                                                .attr("scope", "row")
                                                .attr("translate", "no")
                                                .class("code")
                                                .text(scope.name()),
                                        )
                                        .child(el("td").text(service(t, scope.audience())))
                                        .child(el("td").text(why(t, scope)))
                                        .html()
                                },
                            )),
                        ),
                ),
        )
        .html()
}

fn service(t: Locale, audience: Audience) -> &'static str {
    match audience {
        Audience::Graph => t.register_graph(),
        Audience::Arm => t.register_azure(),
    }
}

fn why(t: Locale, scope: Scope) -> &'static str {
    match scope {
        Scope::UserRead => t.register_why_user_read(),
        Scope::OrganizationReadAll => t.register_why_organization(),
        Scope::ApplicationReadAll => t.register_why_application_read(),
        Scope::DirectoryReadAll => t.register_why_grant_read(),
        Scope::ApplicationReadWriteAll => t.register_why_application(),
        Scope::DelegatedPermissionGrantReadWriteAll => t.register_why_grant(),
        Scope::PolicyReadAll => t.register_why_policy(),
        Scope::AppRoleAssignmentReadWriteAll => t.register_why_role(),
        Scope::UserImpersonation => t.register_why_azure(),
    }
}
