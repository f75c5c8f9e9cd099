//! How to get a client ID for this site: what the page is for, the method, and what to do, run or deploy. Works without a client ID.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::clouds::clouds;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::field::check_box;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::head;
use crate::ui::components::icon::Icon;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
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
    let words = model.words;
    let form = &model.registration;
    let cloud = form.cloud();
    let lacks = model
        .site
        .config()
        .is_some_and(|config| config.client_id(cloud).is_none());
    let registration = form.registration();
    several(vec![
        head("", words.register_title(), words.register_lead()),
        if lacks {
            message(
                Severity::Info,
                "",
                tag("p")
                    .say(&words.register_missing(cloud_name(words, cloud)))
                    .html(),
            )
        } else {
            Html::default()
        },
        options(model),
        match &registration {
            Ok(registration) => several(vec![
                how(model, send, registration),
                permissions(words, registration),
            ]),
            Err(_) => Html::default(),
        },
        numbers(model),
    ])
}

fn options(model: &Model) -> Html {
    let words = model.words;
    let form = &model.registration;
    let works = WORKS.map(|work| {
        let (name, detail) = match work {
            ScopeSet::Check => (
                words.register_work_check(),
                words.register_work_check_detail(),
            ),
            ScopeSet::SetUp => (
                words.register_work_set_up(),
                words.register_work_set_up_detail(),
            ),
            ScopeSet::Discovery => (
                words.register_work_discovery(),
                words.register_work_discovery_detail(),
            ),
        };
        Choice::new(work.key(), name, detail)
    });
    let fault = form.registration().err();
    tag("section")
        .class("card")
        .with(tag("h2").say(words.register_options()))
        .put(clouds(
            words,
            FieldId::RegisterCloud,
            words.register_cloud(),
            "",
            &form.cloud,
        ))
        .put(
            Choices {
                entry: FieldId::RegisterWork,
                label: words.register_work(),
                hint: "",
                choices: works.into(),
                picked: &form.work,
                fault: None,
            }
            .view(words),
        )
        .put(
            TextField {
                entry: FieldId::RegisterAddress,
                kind: Kind::Code,
                label: words.register_address(),
                hint: words.register_address_hint(),
                value: &form.address,
                fault: fault.map(|fault| fault.sentence(words)),
                is_required: true,
            }
            .view(words),
        )
        .with(
            tag("div")
                .class("choices")
                .put(check_box(
                    FieldId::RegisterFramed,
                    form.is_framed,
                    words.register_framed(),
                    words.register_framed_detail(),
                ))
                .put(check_box(
                    FieldId::RegisterConsent,
                    form.consents,
                    words.register_consent(),
                    words.register_consent_detail(),
                )),
        )
        .html()
}

fn how(model: &Model, send: &Callback<Msg>, registration: &Registration) -> Html {
    let words = model.words;
    let way = model.registration.way();
    let ways = Method::ALL.map(|way| Choice::new(way.key(), way.name(words), ""));
    let body = match (way, way.file(registration)) {
        (Method::Portal, _) => by_hand(words, send, registration),
        (_, Some(script)) => file(words, send, way, script),
        (_, None) => message(
            Severity::Warning,
            "",
            tag("p").say(words.register_no_bicep()).html(),
        ),
    };
    tag("section")
        .class("card")
        .with(tag("h2").say(words.register_how()))
        .put(
            Choices {
                entry: FieldId::RegisterWay,
                label: words.register_way(),
                hint: "",
                choices: ways.into(),
                picked: way.key(),
                fault: None,
            }
            .view(words),
        )
        .put(body)
        .put(copyable(
            words,
            send,
            "register-config",
            words.register_config(),
            &config(registration),
        ))
        .html()
}

fn by_hand(words: Locale, send: &Callback<Msg>, registration: &Registration) -> Html {
    let steps = portal::steps(registration, words).into_iter().zip(1..);
    tag("ol")
        .class("numbered")
        .all(&mut steps.map(|(step, number)| {
            // One child per item: the list lays out a number and one box.
            let values = step.values.into_iter().zip(1..);
            tag("li")
                .with(
                    tag("div")
                        .class("group")
                        .with(tag("p").say(step.sentence))
                        .all(&mut values.map(|((name, value), place)| {
                            let id = format!("register-{number}-{place}");
                            copyable(words, send, &id, name, &value)
                        })),
                )
                .html()
        }))
        .html()
}

fn file(words: Locale, send: &Callback<Msg>, way: Method, script: String) -> Html {
    let copied = Msg::CopyAsked {
        id: "register-file".to_owned(),
        text: script.clone(),
    };
    let again = match way {
        Method::Bicep => words.register_again_bicep(),
        Method::Portal | Method::AzureCli | Method::GraphPowerShell => words.register_again(),
    };
    several(vec![
        tag("p").say(again).html(),
        tag("pre")
            .set("id", "register-file")
            .set("tabindex", "0")
            .set("role", "group")
            .set("aria-label", words.register_file())
            .set("translate", "no")
            .class("listing")
            .with(tag("code").say(&script))
            .html(),
        tag("p")
            .class("row")
            .put(button(
                send,
                Msg::SaveAsked(File {
                    name: way.file_name().to_owned(),
                    kind: "text/plain",
                    text: script,
                }),
                "primary",
                several(vec![Icon::Save.view(), text(words.register_save())]),
            ))
            .put(button(
                send,
                copied,
                "",
                several(vec![Icon::Copy.view(), text(words.register_copy())]),
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

fn permissions(words: Locale, registration: &Registration) -> Html {
    let head = [
        words.register_permission(),
        words.register_service(),
        words.register_why(),
    ];
    tag("section")
        .class("card")
        .with(tag("h2").say(words.register_permissions()))
        .with(
            tag("section")
                .set("tabindex", "0")
                .set("aria-label", words.register_permissions())
                .class("grid-scroll")
                .with(
                    tag("table")
                        .class("grid")
                        .with(
                            tag("thead").with(
                                tag("tr").all(
                                    &mut head
                                        .into_iter()
                                        .map(|name| tag("th").set("scope", "col").say(name).html()),
                                ),
                            ),
                        )
                        .with(tag("tbody").all(&mut registration.scopes().into_iter().map(
                            |scope| {
                                tag("tr")
                                    .with(
                                        tag("th")
                                            .set("scope", "row")
                                            .set("translate", "no")
                                            .class("code")
                                            .say(scope.name()),
                                    )
                                    .with(tag("td").say(service(words, scope.audience())))
                                    .with(tag("td").say(why(words, scope)))
                                    .html()
                            },
                        ))),
                ),
        )
        .html()
}

fn service(words: Locale, audience: Audience) -> &'static str {
    match audience {
        Audience::Graph => words.register_graph(),
        Audience::Arm => words.register_azure(),
    }
}

fn why(words: Locale, scope: Scope) -> &'static str {
    match scope {
        Scope::UserRead => words.register_why_user_read(),
        Scope::OrganizationReadAll => words.register_why_organization(),
        Scope::ApplicationReadAll => words.register_why_application_read(),
        Scope::DirectoryReadAll => words.register_why_grant_read(),
        Scope::ApplicationReadWriteAll => words.register_why_application(),
        Scope::DelegatedPermissionGrantReadWriteAll => words.register_why_grant(),
        Scope::PolicyReadAll => words.register_why_policy(),
        Scope::AppRoleAssignmentReadWriteAll => words.register_why_role(),
        Scope::UserImpersonation => words.register_why_azure(),
    }
}
