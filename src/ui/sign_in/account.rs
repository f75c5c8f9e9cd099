//! Who is signed in, in the header of every page and on every printed sheet.

use yew::prelude::Html;

use crate::ui::components::element::Element;
use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::icon::Icon;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::model::Model;

/// Tenant and its ID, for print.
pub fn printed(model: &Model) -> Html {
    let user = model.sign_in.access.user();
    let part = |value: Html| fragment(vec![text(" · "), value]);
    user.map_or_else(Html::default, |user| {
        fragment(vec![
            part(foreign(&tenant_name(user))),
            part(code(&user.tenant.to_string())),
        ])
    })
}

/// Cloud, tenant and account, always visible after the sign-in.
pub fn badges(model: &Model) -> Html {
    let t = model.locale;
    let Some(user) = model.sign_in.access.user() else {
        return Html::default();
    };
    el("ul")
        .attr("aria-label", t.frame_badges())
        .class("badges")
        .child(badge(
            Icon::Cloud,
            t.frame_cloud(),
            text(cloud_name(t, user.cloud)),
        ))
        .child(badge(
            Icon::Building,
            t.frame_tenant(),
            foreign(&tenant_name(user)),
        ))
        .child(badge(
            Icon::Person,
            t.frame_account(),
            foreign(&user.account.name),
        ))
        .html()
}

fn badge(icon: Icon, name: &str, value: Html) -> Element {
    let name = el("span").class("unseen").text(name).text(" ");
    el("li")
        .class("badge")
        .node(icon.view())
        .child(el("span").child(name).node(value))
}
