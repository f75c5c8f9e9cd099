//! App ID URI check: the validator alone, for a tenant that the admin describes. Works without a sign-in and without config.json.

use crate::ui::components::clouds::clouds;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri::state::STATES;
use crate::ui::app_id_uri::state::key_of;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::verdict;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use domain::app_id_uri::rules::PolicyState;
use domain::locale::Locale;

pub fn view(model: &Model) -> Html {
    let t = model.locale;
    let check = &model.app_id_uri.check;
    let rules = check.rules();
    let app = check.app(model.now);
    let is_typed = !check.text.trim().is_empty();
    let own = check.validate(check.text.trim(), model.now);
    fragment(vec![
        head("", t.uri_title(), t.uri_lead()),
        el("section")
            .class("card")
            .child(el("h2").text(t.uri_text_section()))
            .node(
                TextField {
                    entry: FieldId::CheckUri,
                    kind: InputKind::Code,
                    label: t.uri_text(),
                    hint: t.uri_text_hint(),
                    value: &check.text,
                    fault: None,
                    is_required: true,
                }
                .judged(
                    t,
                    (is_typed && own.outcome().is_refused()).then_some("own-verdict"),
                ),
            )
            .node_some(is_typed.then(|| verdict::verdict(t, "own-verdict", "", "", &own)))
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.uri_tenant_section()))
            .node(clouds(
                t,
                FieldId::CheckCloud,
                t.uri_cloud(),
                "",
                &check.cloud,
            ))
            .node(
                TextField {
                    entry: FieldId::CheckTenant,
                    kind: InputKind::Code,
                    label: t.uri_tenant(),
                    hint: t.uri_tenant_hint(),
                    value: &check.tenant,
                    fault: check.tenant_fault(t),
                    is_required: false,
                }
                .view(t),
            )
            .node(
                TextField {
                    entry: FieldId::CheckApp,
                    kind: InputKind::Code,
                    label: t.uri_app(),
                    hint: t.uri_app_hint(),
                    value: &check.app,
                    fault: check.app_fault(t),
                    is_required: false,
                }
                .view(t),
            )
            .node(
                TextField {
                    entry: FieldId::CheckDomains,
                    kind: InputKind::Lines,
                    label: t.uri_domains(),
                    hint: t.uri_domains_hint(),
                    value: &check.domains,
                    fault: check.domains_fault(t),
                    is_required: false,
                }
                .view(t),
            )
            .node(policy(
                t,
                FieldId::CheckUnique,
                t.uri_unique(),
                t.uri_unique_hint(),
                &check.unique,
            ))
            .node(policy(
                t,
                FieldId::CheckDefault,
                t.uri_default(),
                t.uri_default_hint(),
                &check.default_only,
            ))
            .html(),
        el("section")
            .class("card")
            .child(el("h2").text(t.uri_choices_section()))
            .node(
                TextField {
                    entry: FieldId::CheckName,
                    kind: InputKind::Line,
                    label: t.uri_name(),
                    hint: t.uri_name_hint(),
                    value: &check.name,
                    fault: None,
                    is_required: true,
                }
                .view(t),
            )
            .child(
                el("section")
                    .attr("tabindex", "0")
                    .attr("aria-label", t.uri_choices_caption())
                    .class("grid-scroll")
                    .child(
                        el("table")
                            .class("grid")
                            .child(
                                el("thead").child(
                                    el("tr")
                                        .child(
                                            el("th")
                                                .attr("scope", "col")
                                                .text(t.uri_choice_format()),
                                        )
                                        .child(
                                            el("th").attr("scope", "col").text(t.uri_choice_uri()),
                                        )
                                        .child(
                                            el("th")
                                                .attr("scope", "col")
                                                .text(t.uri_choice_verdict()),
                                        ),
                                ),
                            )
                            .child(el("tbody").nodes(&mut check.choices().iter().map(|choice| {
                                let verdict = choice.validate(&rules, &app);
                                el("tr")
                                    .child(
                                        el("th").attr("scope", "row").text(choice.form().label(t)),
                                    )
                                    .child(el("td").node(code(
                                        &choice.preview(rules.tenant, own_id(&check.app)),
                                    )))
                                    .child(
                                        el("td").child(
                                            el("span")
                                                .class("list-text")
                                                .child(el("span").node(verdict::tag(t, &verdict)))
                                                .child(
                                                    el("span")
                                                        .class("list-note")
                                                        .text(&verdict.sentence(t)),
                                                ),
                                        ),
                                    )
                                    .html()
                            }))),
                    ),
            )
            .html(),
    ])
}

fn own_id(typed: &str) -> Option<domain::ids::AppId> {
    typed.trim().parse().ok()
}

/// Page actions of the pages outside the wizard.
pub fn actions(model: &Model, send: &Callback<Msg>) -> Html {
    button(
        send,
        Msg::WentTo(Route::Start),
        "",
        text(model.locale.frame_back()),
    )
}

fn policy(
    t: Locale,
    entry: FieldId,
    label: &'static str,
    hint: &'static str,
    picked: &str,
) -> Html {
    let name = |state| match state {
        PolicyState::On => t.uri_policy_on(),
        PolicyState::Off => t.uri_policy_off(),
        PolicyState::Unknown => t.uri_policy_unknown(),
    };
    let choices = STATES
        .into_iter()
        .map(|state| Choice::new(key_of(state), name(state), ""))
        .collect();
    Choices {
        entry,
        label,
        hint,
        choices,
        picked,
        fault: None,
    }
    .view(t)
}
