//! Sign-in errors about the page's own app registration: what is wrong, the values in use here, and the fix.

use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::cloud_name;
use crate::ui::components::text::code;
use crate::ui::components::value::copyable;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::msg::Msg;
use crate::ui::route::Route;
use engine::export::registration::Registration;
use engine::export::registration::address::PageAddress;
use engine::export::registration::fault::RegistrationError;

/// The redirect URI, client ID and cloud in use here.
pub fn found(model: &Model) -> Html {
    let t = model.locale;
    let cloud = model.setup.draft.cloud();
    let redirect = &model.redirect_uri();
    let client = model.site.config().and_then(|it| it.client_id(cloud));
    essentials(vec![
        (t.register_found_redirect(), code(redirect)),
        (
            t.register_found_client(),
            client.map_or_else(
                || text(t.register_found_none()),
                |client| code(&client.to_string()),
            ),
        ),
        (t.register_cloud(), text(cloud_name(t, cloud))),
    ])
}

/// What an AADSTS number means for the registration; `None` if it means nothing for it.
pub fn explained(model: &Model, send: &Callback<Msg>, number: u32) -> Option<Html> {
    let t = model.locale;
    let fault = RegistrationError::of(number)?;
    Some(fragment(vec![
        el("p").text(fault.sentence(t)).html(),
        found(model),
        fix(model, send, fault).unwrap_or_default(),
        el("p")
            .child(
                el("a")
                    .attr_value("href", &format!("#{}", Route::Register.address()))
                    .text(t.register_fault_more()),
            )
            .html(),
    ]))
}

fn fix(model: &Model, send: &Callback<Msg>, fault: RegistrationError) -> Option<Html> {
    let t = model.locale;
    let cloud = model.setup.draft.cloud();
    let client = model.site.config()?.client_id(cloud)?;
    let registration = Registration {
        cloud,
        address: PageAddress::parse(&model.home).ok()?,
        is_framed: model.embedding.is_embedded(),
        ..model.registration.registration().ok()?
    };
    let line = fault.command(&registration, client)?;
    Some(copyable(
        t,
        send,
        "register-fix",
        t.register_fault_command(),
        &line,
    ))
}

/// All AADSTS numbers about the registration, for errors that only Microsoft's own page shows.
pub fn numbers(model: &Model) -> Html {
    let t = model.locale;
    let rows = RegistrationError::all().iter().map(|(fault, codes)| {
        let codes: Vec<_> = codes.iter().map(|code| format!("AADSTS{code}")).collect();
        el("div")
            .child(el("dt").attr("translate", "no").text(&codes.join(", ")))
            .child(el("dd").text(fault.sentence(t)))
            .html()
    });
    el("details")
        .class("fold")
        .child(el("summary").text(t.register_faults()))
        .node(found(model))
        .child(el("dl").class("essentials").nodes(&mut { rows }))
        .html()
}
