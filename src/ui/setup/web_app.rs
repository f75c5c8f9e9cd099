//! Step "Web app": the web (server) app and its App ID URI, validated while the admin types.

use crate::ui::setup::secret_life::secret_life;
use yew::prelude::Html;

use crate::ui::app_id_uri::state::pattern;
use crate::ui::components::field::Choice;
use crate::ui::components::field::Choices;
use crate::ui::components::field::Kind;
use crate::ui::components::field::PickField;
use crate::ui::components::field::TextField;
use crate::ui::components::head::head;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::message::Severity;
use crate::ui::components::message::message;
use crate::ui::components::verdict::verdict;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::route::Step;
use crate::ui::shell::frame::eyebrow;
use domain::app_id_uri::choice::UriForm;
use domain::known::Known;
use domain::locale::Locale;

pub fn view(model: &Model) -> Html {
    let words = model.words;
    let draft = &model.setup.draft;
    several(vec![
        head(
            &eyebrow(model, Some(Step::WebApp)),
            words.web_app_title(),
            words.web_app_lead(),
        ),
        tag("div")
            .class("card")
            .put(
                TextField {
                    entry: FieldId::ServerName,
                    kind: Kind::Line,
                    label: words.web_app_name(),
                    hint: words.web_app_name_hint(),
                    value: &draft.server_name,
                    fault: model.fault(FieldId::ServerName),
                    is_required: true,
                }
                .view(words),
            )
            .put(
                TextField {
                    entry: FieldId::HomePageUrl,
                    kind: Kind::Code,
                    label: words.web_app_home_page(),
                    hint: words.web_app_home_page_hint(),
                    value: &draft.home_page_url,
                    fault: model.fault(FieldId::HomePageUrl),
                    is_required: true,
                }
                .view(words),
            )
            .html(),
        tag("div")
            .class("card")
            .put(forms(words, &draft.uri_form))
            .put(parts(model))
            .put(outcome(model))
            .html(),
        tag("div").class("card").put(secret_life(model)).html(),
    ])
}

fn forms(words: Locale, picked: &str) -> Html {
    let choices = UriForm::ALL
        .into_iter()
        .map(|form| {
            let mut choice = Choice::new(form.key(), form.label(words), "");
            let safest = (form == UriForm::TenantAndApp).then(|| {
                several(vec![
                    text(" "),
                    tag("span")
                        .set("data-state", "good")
                        .class("tag")
                        .say(words.web_app_uri_safest())
                        .html(),
                ])
            });
            choice.name = several(vec![text(form.label(words)), safest.unwrap_or_default()]);
            choice.detail = tag("span")
                .set("translate", "no")
                .class("field-hint code")
                .say(pattern(form))
                .html();
            choice
        })
        .collect();
    Choices {
        entry: FieldId::UriForm,
        label: words.web_app_uri(),
        hint: words.web_app_uri_hint(),
        choices,
        picked,
        fault: None,
    }
    .view(words)
}

/// Fields of the selected format. Text typed for another format stays in the draft.
fn parts(model: &Model) -> Html {
    let words = model.words;
    let draft = &model.setup.draft;
    let name = || TextField {
        entry: FieldId::UriName,
        kind: Kind::Code,
        label: words.web_app_uri_name(),
        hint: "",
        value: &draft.uri_name,
        fault: None,
        is_required: true,
    };
    match draft.uri_form() {
        UriForm::TenantAndApp => Html::default(),
        UriForm::TenantAndName => name().view(words),
        UriForm::DomainAndName => several(vec![domain(model), name().view(words)]),
        UriForm::Own => TextField {
            entry: FieldId::UriText,
            kind: Kind::Code,
            label: words.web_app_uri_text(),
            hint: "",
            value: &draft.uri_text,
            fault: None,
            is_required: true,
        }
        .view(words),
    }
}

/// A list of the verified domains, or a text field if they are not known.
fn domain(model: &Model) -> Html {
    let words = model.words;
    let picked = &model.setup.draft.uri_domain;
    let Known::Known(domains) = model.rules().domains else {
        return TextField {
            entry: FieldId::UriDomain,
            kind: Kind::Code,
            label: words.web_app_uri_domain(),
            hint: words.web_app_uri_domain_hint(),
            value: picked,
            fault: None,
            is_required: true,
        }
        .view(words);
    };
    let mut options: Vec<(String, String)> = domains
        .iter()
        .map(|domain| (domain.as_str().to_owned(), domain.as_str().to_owned()))
        .collect();
    // A domain typed before the sign-in stays in the list, and the validator shows what is wrong with it.
    if !options.iter().any(|(key, _)| key == picked) {
        let text = if picked.is_empty() {
            words.web_app_uri_domain_choose().to_owned()
        } else {
            picked.clone()
        };
        options.insert(0, (picked.clone(), text));
    }
    PickField {
        entry: FieldId::UriDomain,
        label: words.web_app_uri_domain(),
        hint: "",
        options,
        picked,
        fault: None,
    }
    .view(words)
}

/// The final URI, and whether the tenant accepts it.
fn outcome(model: &Model) -> Html {
    let words = model.words;
    match model.setup.draft.uri(words) {
        Err(sentence) => tag("div")
            .set("id", "uri-verdict")
            .put(message(Severity::Info, "", tag("p").say(&sentence).html()))
            .html(),
        Ok(choice) => {
            let rules = model.rules();
            let uri = choice.preview(rules.tenant, None);
            let judged = choice.validate(&rules, &model.app_facts());
            several(vec![
                verdict(
                    words,
                    "uri-verdict",
                    words.web_app_uri_will_be(),
                    &uri,
                    &judged,
                ),
                if choice.needs_app() {
                    {
                        tag("p")
                            .class("field-hint")
                            .say(words.web_app_uri_app_later())
                            .html()
                    }
                } else {
                    Default::default()
                },
            ])
        }
    }
}
