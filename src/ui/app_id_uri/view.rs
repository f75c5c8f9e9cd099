//! App ID URI check: the validator alone, for a tenant that the admin describes. Works without a sign-in and without config.json.

use crate::ui::components::clouds::clouds;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::app_id_uri::state::STATES;
use crate::ui::app_id_uri::state::key_of;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::Kind;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::text::code;
use crate::ui::components::value::button;
use crate::ui::components::verdict;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use domain::app_id_uri::rules::PolicyState;
use domain::app_id_uri::validator::judge_text;
use domain::locale::Locale;

pub fn view(model: &Model) -> Html {
    let words = model.words;
    let check = &model.app_id_uri.check;
    let rules = check.rules();
    let app = check.app(model.now);
    let own = judge_text(check.text.trim(), &rules, &app);
    several(vec![
        head("", words.uri_title(), words.uri_lead()),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.uri_text_section()))
            .put(
                TextField {
                    entry: FieldId::CheckUri,
                    kind: Kind::Code,
                    label: words.uri_text(),
                    hint: words.uri_text_hint(),
                    value: &check.text,
                    fault: None,
                    is_required: true,
                }
                .view(words),
            )
            .maybe(
                (!check.text.trim().is_empty())
                    .then(|| verdict::verdict(words, "own-verdict", "", "", &own)),
            )
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.uri_tenant_section()))
            .put(clouds(
                words,
                FieldId::CheckCloud,
                words.uri_cloud(),
                "",
                &check.cloud,
            ))
            .put(
                TextField {
                    entry: FieldId::CheckTenant,
                    kind: Kind::Code,
                    label: words.uri_tenant(),
                    hint: words.uri_tenant_hint(),
                    value: &check.tenant,
                    fault: check.tenant_fault(words),
                    is_required: false,
                }
                .view(words),
            )
            .put(
                TextField {
                    entry: FieldId::CheckApp,
                    kind: Kind::Code,
                    label: words.uri_app(),
                    hint: words.uri_app_hint(),
                    value: &check.app,
                    fault: check.app_fault(words),
                    is_required: false,
                }
                .view(words),
            )
            .put(
                TextField {
                    entry: FieldId::CheckDomains,
                    kind: Kind::Lines,
                    label: words.uri_domains(),
                    hint: words.uri_domains_hint(),
                    value: &check.domains,
                    fault: check.domains_fault(words),
                    is_required: false,
                }
                .view(words),
            )
            .put(policy(
                words,
                FieldId::CheckUnique,
                words.uri_unique(),
                words.uri_unique_hint(),
                &check.unique,
            ))
            .put(policy(
                words,
                FieldId::CheckDefault,
                words.uri_default(),
                words.uri_default_hint(),
                &check.default_only,
            ))
            .html(),
        tag("section")
            .class("card")
            .with(tag("h2").say(words.uri_choices_section()))
            .put(
                TextField {
                    entry: FieldId::CheckName,
                    kind: Kind::Line,
                    label: words.uri_name(),
                    hint: words.uri_name_hint(),
                    value: &check.name,
                    fault: None,
                    is_required: true,
                }
                .view(words),
            )
            .with(
                tag("section")
                    .set("tabindex", "0")
                    .set("aria-label", words.uri_choices_caption())
                    .class("grid-scroll")
                    .with(
                        tag("table")
                            .class("grid")
                            .with(
                                tag("thead").with(
                                    tag("tr")
                                        .with(
                                            tag("th")
                                                .set("scope", "col")
                                                .say(words.uri_choice_format()),
                                        )
                                        .with(
                                            tag("th")
                                                .set("scope", "col")
                                                .say(words.uri_choice_uri()),
                                        )
                                        .with(
                                            tag("th")
                                                .set("scope", "col")
                                                .say(words.uri_choice_verdict()),
                                        ),
                                ),
                            )
                            .with(tag("tbody").all(&mut check.choices().iter().map(|choice| {
                                let verdict = choice.validate(&rules, &app);
                                tag("tr")
                                    .with(
                                        tag("th")
                                            .set("scope", "row")
                                            .say(choice.form().label(words)),
                                    )
                                    .with(tag("td").put(code(
                                        &choice.preview(rules.tenant, own_id(&check.app)),
                                    )))
                                    .with(
                                        tag("td").with(
                                            tag("span")
                                                .class("list-text")
                                                .with(
                                                    tag("span").put(verdict::tag(words, &verdict)),
                                                )
                                                .with(
                                                    tag("span")
                                                        .class("list-note")
                                                        .say(&verdict.sentence(words)),
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
        text(model.words.frame_back()),
    )
}

fn policy(
    words: Locale,
    entry: FieldId,
    label: &'static str,
    hint: &'static str,
    picked: &str,
) -> Html {
    let name = |state| match state {
        PolicyState::On => words.uri_policy_on(),
        PolicyState::Off => words.uri_policy_off(),
        PolicyState::Unknown => words.uri_policy_unknown(),
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
    .view(words)
}
