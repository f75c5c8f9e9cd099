//! What a plan was made from, on the review page: the wizard's answers, or the pair and its selected repairs.

use yew::prelude::Html;

use crate::ui::components::element::el;
use crate::ui::components::element::fragment;
use crate::ui::components::element::text;
use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::repair::repair_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::review::state::ReviewData;
use domain::ids::AppId;

pub fn view(model: &Model, review: &ReviewData) -> Html {
    let t = model.locale;
    let desired = &review.plan.desired;
    let tenant = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |user| foreign(&tenant_name(user)));
    let account = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |user| foreign(&user.account.name));
    if let Some(existing) = &desired.existing {
        let app = |name: &str, id: Option<AppId>| match id {
            Some(id) => fragment(vec![foreign(name), text(" · "), code(&id.to_string())]),
            None => text(t.report_no_app()),
        };
        let repairs = existing
            .repairs
            .iter()
            .map(|repair| el("li").text(&repair_name(t, *repair)).html());
        return essentials(vec![
            (t.azure_service_tenant_name(), tenant),
            (
                t.azure_service_tenant_id(),
                code(&desired.tenant.to_string()),
            ),
            (t.azure_service_account(), account),
            (
                t.web_app_title(),
                app(desired.server_name.as_str(), existing.server),
            ),
            (
                t.native_app_title(),
                app(desired.client_name.as_str(), existing.client),
            ),
            (
                t.review_repair_chosen(),
                el("ul").nodes(&mut { repairs }).html(),
            ),
        ]);
    }
    let discovery = match (desired.discovery.users, desired.discovery.groups) {
        (false, false) => t.frame_no().to_owned(),
        (users, groups) => [(users, t.discovery_users()), (groups, t.discovery_groups())]
            .into_iter()
            .filter_map(|(is_on, text)| is_on.then_some(text))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let subscription = match desired.subscription {
        Some(id) => subscription_name(model, &id.to_string()),
        None => text(t.review_picture_no_subscription()),
    };
    essentials(vec![
        (
            t.azure_service_connection(),
            foreign(desired.connection_name.as_str()),
        ),
        (
            t.azure_service_environment(),
            text(cloud_name(t, desired.cloud)),
        ),
        (t.azure_service_tenant_name(), tenant),
        (
            t.azure_service_tenant_id(),
            code(&desired.tenant.to_string()),
        ),
        (t.azure_service_account(), account),
        (t.web_app_title(), foreign(desired.server_name.as_str())),
        (t.web_app_home_page(), code(desired.home_page_url.as_str())),
        (
            t.web_app_uri(),
            code(&desired.uri.preview(Some(desired.tenant), None)),
        ),
        (t.web_app_secret(), text(desired.secret_life.label(t))),
        (t.native_app_title(), foreign(desired.client_name.as_str())),
        (
            t.web_app_text_language(),
            text(desired.text_language.locale().name()),
        ),
        (t.discovery_title(), text(&discovery)),
        (t.subscription_choose(), subscription),
        (
            t.shared_plan_hash(),
            code(review.plan_hash.as_deref().unwrap_or_default()),
        ),
    ])
}

fn subscription_name(model: &Model, id: &str) -> Html {
    let found = model
        .sign_in
        .access
        .user()
        .and_then(|user| user.subscriptions.done());
    let named = found
        .into_iter()
        .flatten()
        .find(|it| it.id.to_string() == id);
    fragment(vec![
        named.map_or_else(Html::default, |it| {
            fragment(vec![foreign(&it.name), text(" · ")])
        }),
        code(id),
    ])
}
