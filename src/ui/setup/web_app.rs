//! Step "Web app": the web (server) app and its App ID URI, validated while the admin types.

use crate::ui::setup::secret_life::secret_life;
use yew::prelude::Html;

use crate::ui::app_id_uri::state::pattern;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::InputKind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::verdict::verdict;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::route::WizardStep;
use crate::ui::setup::steps::eyebrow;
use domain::app_id_uri::choice::UriForm;
use domain::known::Known;
use domain::locale::Locale;
use engine::desired::text_language::TextLanguage;

pub fn view(model: &Model) -> Html {
    let t = model.locale;
    let draft = &model.setup.draft;
    fragment(vec![
        head(
            &eyebrow(model, Some(WizardStep::WebApp)),
            t.web_app_title(),
            t.web_app_lead(),
        ),
        el("div")
            .class("card")
            .node(
                TextField {
                    entry: FieldId::ServerName,
                    kind: InputKind::Line,
                    label: t.web_app_name(),
                    hint: t.web_app_name_hint(),
                    value: &draft.server_name,
                    fault: model.fault(FieldId::ServerName),
                    is_required: true,
                }
                .view(t),
            )
            .node(
                TextField {
                    entry: FieldId::HomePageUrl,
                    kind: InputKind::Code,
                    label: t.web_app_home_page(),
                    hint: t.web_app_home_page_hint(),
                    value: &draft.home_page_url,
                    fault: model.fault(FieldId::HomePageUrl),
                    is_required: true,
                }
                .view(t),
            )
            .node(
                PickField {
                    entry: FieldId::TextLanguage,
                    label: t.web_app_text_language(),
                    hint: t.web_app_text_language_hint(),
                    options: TextLanguage::ALL
                        .map(|it| (it.key().to_owned(), it.locale().name().to_owned()))
                        .to_vec(),
                    picked: draft.text_language().key(),
                    fault: None,
                }
                .view(t),
            )
            .html(),
        el("div")
            .class("card")
            .node(forms(t, &draft.uri_form))
            .node(parts(model))
            .node(outcome(model))
            .html(),
        el("div").class("card").node(secret_life(model)).html(),
    ])
}

fn forms(t: Locale, picked: &str) -> Html {
    let choices = UriForm::ALL
        .into_iter()
        .map(|form| {
            let mut choice = Choice::new(form.key(), form.label(t), "");
            let safest = (form == UriForm::TenantAndApp).then(|| {
                fragment(vec![
                    text(" "),
                    el("span")
                        .attr("data-state", "good")
                        .class("tag")
                        .text(t.web_app_uri_safest())
                        .html(),
                ])
            });
            choice.name = fragment(vec![text(form.label(t)), safest.unwrap_or_default()]);
            choice.detail = el("span")
                .attr("translate", "no")
                .class("field-hint code")
                .text(pattern(form))
                .html();
            choice
        })
        .collect();
    Choices {
        entry: FieldId::UriForm,
        label: t.web_app_uri(),
        hint: t.web_app_uri_hint(),
        choices,
        picked,
        fault: None,
    }
    .view(t)
}

/// Fields of the selected format. Text typed for another format stays in the draft.
fn parts(model: &Model) -> Html {
    let t = model.locale;
    let draft = &model.setup.draft;
    let is_typed = match draft.uri_form() {
        UriForm::TenantAndApp => false,
        UriForm::TenantAndName | UriForm::DomainAndName => !draft.uri_name.is_empty(),
        UriForm::Own => !draft.uri_text.is_empty(),
    };
    let is_refused = draft.uri(t).is_ok_and(|choice| {
        let verdict = choice.validate(&model.rules(), &model.app_facts());
        verdict.outcome().is_refused()
    });
    let refused = (is_typed && is_refused).then_some("uri-verdict");
    let name = || TextField {
        entry: FieldId::UriName,
        kind: InputKind::Code,
        label: t.web_app_uri_name(),
        hint: "",
        value: &draft.uri_name,
        fault: None,
        is_required: true,
    };
    match draft.uri_form() {
        UriForm::TenantAndApp => Html::default(),
        UriForm::TenantAndName => name().judged(t, refused),
        UriForm::DomainAndName => fragment(vec![domain(model), name().judged(t, refused)]),
        UriForm::Own => TextField {
            entry: FieldId::UriText,
            kind: InputKind::Code,
            label: t.web_app_uri_text(),
            hint: "",
            value: &draft.uri_text,
            fault: None,
            is_required: true,
        }
        .judged(t, refused),
    }
}

/// A list of the verified domains, or a text field if they are not known.
fn domain(model: &Model) -> Html {
    let t = model.locale;
    let picked = &model.setup.draft.uri_domain;
    let Known::Known(domains) = model.rules().domains else {
        return TextField {
            entry: FieldId::UriDomain,
            kind: InputKind::Code,
            label: t.web_app_uri_domain(),
            hint: t.web_app_uri_domain_hint(),
            value: picked,
            fault: None,
            is_required: true,
        }
        .view(t);
    };
    let mut options: Vec<(String, String)> = domains
        .iter()
        .map(|domain| (domain.as_str().to_owned(), domain.as_str().to_owned()))
        .collect();
    // A domain typed before the sign-in stays in the list, and the validator shows what is wrong with it.
    if !options.iter().any(|(key, _)| key == picked) {
        let text = if picked.is_empty() {
            t.web_app_uri_domain_choose().to_owned()
        } else {
            picked.clone()
        };
        options.insert(0, (picked.clone(), text));
    }
    PickField::plain(FieldId::UriDomain, t.web_app_uri_domain(), options, picked).view(t)
}

/// The final URI, and whether the tenant accepts it.
fn outcome(model: &Model) -> Html {
    let t = model.locale;
    match model.setup.draft.uri(t) {
        Err(sentence) => el("div")
            .attr("id", "uri-verdict")
            .node(message(Severity::Info, "", el("p").text(&sentence).html()))
            .html(),
        Ok(choice) => {
            let rules = model.rules();
            let uri = choice.preview(rules.tenant, None);
            let validated = choice.validate(&rules, &model.app_facts());
            fragment(vec![
                verdict(t, "uri-verdict", t.web_app_uri_will_be(), &uri, &validated),
                if choice.needs_app() {
                    {
                        el("p")
                            .class("field-hint")
                            .text(t.web_app_uri_app_later())
                            .html()
                    }
                } else {
                    Default::default()
                },
            ])
        }
    }
}
