//! What a plan was made from, on the review page: the wizard's answers, or the pair and its selected repairs.

use yew::prelude::Html;

use crate::ui::components::head::cloud_name;
use crate::ui::components::head::tenant_name;
use crate::ui::components::markup::several;
use crate::ui::components::markup::tag;
use crate::ui::components::markup::text;
use crate::ui::components::repair::repair_name;
use crate::ui::components::text::code;
use crate::ui::components::text::foreign;
use crate::ui::components::value::essentials;
use crate::ui::model::Model;
use crate::ui::review::state::ReviewData;
use domain::ids::AppId;

pub fn view(model: &Model, sheet: &ReviewData) -> Html {
    let words = model.words;
    let desired = &sheet.plan.desired;
    let tenant = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |visitor| foreign(&tenant_name(visitor)));
    let account = model
        .sign_in
        .access
        .user()
        .map_or_else(Html::default, |visitor| foreign(&visitor.account.name));
    if let Some(existing) = &desired.existing {
        let app = |name: &str, id: Option<AppId>| match id {
            Some(id) => several(vec![foreign(name), text(" · "), code(&id.to_string())]),
            None => text(words.report_no_app()),
        };
        let repairs = existing
            .repairs
            .iter()
            .map(|repair| tag("li").say(&repair_name(words, *repair)).html());
        return essentials(vec![
            (words.azure_service_tenant_name(), tenant),
            (
                words.azure_service_tenant_id(),
                code(&desired.tenant.to_string()),
            ),
            (words.azure_service_account(), account),
            (
                words.web_app_title(),
                app(desired.server_name.as_str(), existing.server),
            ),
            (
                words.native_app_title(),
                app(desired.client_name.as_str(), existing.client),
            ),
            (
                words.review_repair_chosen(),
                tag("ul").all(&mut { repairs }).html(),
            ),
        ]);
    }
    let discovery = match (desired.discovery.users, desired.discovery.groups) {
        (false, false) => words.frame_no().to_owned(),
        (users, groups) => [
            (users, words.discovery_users()),
            (groups, words.discovery_groups()),
        ]
        .into_iter()
        .filter_map(|(is_on, text)| is_on.then_some(text))
        .collect::<Vec<_>>()
        .join(", "),
    };
    let subscription = match desired.subscription {
        Some(id) => subscription_name(model, &id.to_string()),
        None => text(words.review_picture_no_subscription()),
    };
    essentials(vec![
        (
            words.azure_service_connection(),
            foreign(desired.connection_name.as_str()),
        ),
        (
            words.azure_service_environment(),
            text(cloud_name(words, desired.cloud)),
        ),
        (words.azure_service_tenant_name(), tenant),
        (
            words.azure_service_tenant_id(),
            code(&desired.tenant.to_string()),
        ),
        (words.azure_service_account(), account),
        (words.web_app_title(), foreign(desired.server_name.as_str())),
        (
            words.web_app_home_page(),
            code(desired.home_page_url.as_str()),
        ),
        (
            words.web_app_uri(),
            code(&desired.uri.preview(Some(desired.tenant), None)),
        ),
        (
            words.web_app_secret(),
            text(desired.secret_life.label(words)),
        ),
        (
            words.native_app_title(),
            foreign(desired.client_name.as_str()),
        ),
        (words.discovery_title(), text(&discovery)),
        (words.subscription_choose(), subscription),
    ])
}

fn subscription_name(model: &Model, id: &str) -> Html {
    let found = model
        .sign_in
        .access
        .user()
        .and_then(|visitor| visitor.subscriptions.done());
    let named = found
        .into_iter()
        .flatten()
        .find(|it| it.id.to_string() == id);
    several(vec![
        named.map_or_else(Html::default, |it| {
            several(vec![foreign(&it.name), text(" · ")])
        }),
        code(id),
    ])
}
