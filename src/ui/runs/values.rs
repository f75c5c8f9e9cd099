//! The values to enter in Configuration Manager, by dialog.

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::outside::outside;
use crate::ui::components::value::button;
use crate::ui::components::value::copy_label;
use crate::ui::components::value::copyable;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::msg::RunMsg;
use domain::locale::Locale;
use domain::sources::app_registration;
use engine::export::dialogs::Dialog;
use engine::export::dialogs::DialogField;
use engine::export::dialogs::FieldKind;
use engine::export::handoff::Handoff;
use yew::prelude::Callback;
use yew::prelude::Html;

/// ID of the section with the values. It is selected if the browser refuses the clipboard.
pub const ALL_VALUES: &str = "all-values";

/// Copies everything but the secret.
pub fn copy_all(t: Locale, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let copied = Msg::CopyAsked {
        id: ALL_VALUES.to_owned(),
        text: handoff.all_values(t),
    };
    el("p")
        .class("row no-print")
        .node(button(send, copied, "", text(t.hand_over_copy_all())))
        .html()
}

/// The app of an import dialog, in the Azure portal.
fn portal(t: Locale, handoff: &Handoff, dialog: Dialog) -> Option<Html> {
    let app = match dialog {
        Dialog::ImportServer => handoff.server.app_id,
        Dialog::ImportClient => handoff.client.app_id,
        Dialog::AzureServices | Dialog::App | Dialog::Discovery | Dialog::ClientSetup => {
            return None;
        }
    };
    let tenant = &handoff.tenant;
    let address = app_registration(tenant.cloud, tenant.id, app);
    let link = outside(t, &address, t.frame_portal());
    Some(el("p").class("small no-print").node(link).html())
}

pub fn dialogs(model: &Model, send: &Callback<Msg>, handoff: &Handoff) -> Html {
    let t = model.locale;
    let fields = handoff.fields(t);
    let mut pages: Vec<Dialog> = Vec::new();
    for field in &fields {
        if !pages.contains(&field.dialog) {
            pages.push(field.dialog);
        }
    }
    fragment(
        pages
            .into_iter()
            .map(|dialog| {
                el("section")
                    .class("group")
                    .child(el("h3").text(dialog.title(t)))
                    .node_some(
                        dialog
                            .note(t)
                            .map(|note| el("p").class("field-hint").text(note).html()),
                    )
                    .node_some(portal(t, handoff, dialog))
                    .child(
                        el("div").class("values").nodes(
                            &mut fields
                                .iter()
                                .enumerate()
                                .filter(|(_, field)| field.dialog == dialog)
                                .map(|(index, field)| value(model, send, index, field)),
                        ),
                    )
                    .html()
            })
            .collect(),
    )
}

fn value(model: &Model, send: &Callback<Msg>, index: usize, field: &DialogField) -> Html {
    let t = model.locale;
    let copy_secret = (field.kind == FieldKind::Secret && model.runs.secret.is_some())
        .then(|| secret_copy(t, send, ""));
    let is_from_another = field.kind == FieldKind::Secret && model.runs.received.is_some();
    let shown = if is_from_another {
        t.received_secret_value()
    } else {
        &field.value
    };
    match field.kind {
        FieldKind::Copy => copyable(
            t,
            send,
            &format!("value-{index}"),
            field.label,
            &field.value,
        ),
        FieldKind::Choose | FieldKind::Secret => el("div")
            .class("value")
            .child(el("span").class("value-label").text(field.label))
            .child(el("span").class("value-text").text(shown))
            .node_some(copy_secret)
            .node_some((field.kind == FieldKind::Choose).then(|| {
                el("span")
                    .class("field-hint")
                    .text(t.hand_over_choose())
                    .html()
            }))
            .html(),
    }
}

/// Copies the secret without showing it.
pub fn secret_copy(t: Locale, send: &Callback<Msg>, kind: &'static str) -> Html {
    let label = copy_label(t, t.hand_over_secret_label());
    button(send, Msg::Run(RunMsg::SecretCopyAsked), kind, label)
}
